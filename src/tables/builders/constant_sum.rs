//! Numbers that are to add up to a sum: who kept to it, and what each item got of it.

use crate::findings::{Outline, QuestionOutline};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Section, Table};

use super::{item_label, question_title, section_label};

/// A section for each group, a row for those who kept to the sum and one for each item.
pub(in crate::tables) fn constant_sum(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
) -> Table {
    let kept = |question: &QuestionOutline| question.finding("sum-kept").as_str().to_owned();
    let decimals = draft.decimals(questions.iter().map(|question| kept(question)));
    let mut sections = Vec::new();
    for question in questions {
        let asked = draft.asked([kept(question)]);
        let share = draft.share(&kept(question), decimals, ShareForm::PercentFirst);
        let kept = draft.with_facts(share, asked);
        let mut rows = vec![draft.row(KEPT, vec![kept, Cell::default()])];
        for item in &question.items {
            let id = question.item_finding(item, "allocation").as_str().to_owned();
            let n = match draft.asked([&id]) {
                Some(asked) => Draft::said(draft.style.count(asked.answered)),
                None => draft.without_account(),
            };
            let cells = vec![n, draft.mean_with_interval(&id)];
            rows.push(draft.row(&item_label(question, item), cells));
        }
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    Table {
        title: question_title(outline, questions),
        stub: "Item".to_owned(),
        columns: ["N", "Mean [95% CI]"].map(str::to_owned).to_vec(),
        sections,
        notes: vec![
            "Means are of those whose numbers add up to the sum; an item that they left blank got nothing of it.".to_owned(),
        ],
        ..Table::default()
    }
}

/// The row of those who kept to the sum.
const KEPT: &str = "Numbers add up to the sum";
