//! Ratings from 0 to 10: who would recommend, who would not, and the difference.

use crate::findings::{Named, Outline, QuestionOutline};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Row, Section, Table};

use super::label;

const SHARES: [&str; 3] = ["promoters", "passives", "detractors"];

/// A section for each question, a row for each group and item.
pub(in crate::tables) fn net_promoter(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[Vec<&QuestionOutline>],
) -> Table {
    let mut sections = Vec::new();
    for asked in questions {
        let mut rows = Vec::new();
        for question in asked {
            for item in &question.items {
                let group = outline.group_label(&question.group);
                let words = if question.items.len() > 1 {
                    format!("{}, {group}", item.label)
                } else {
                    group.to_owned()
                };
                rows.push(row(draft, question, item, &words));
            }
        }
        let label = asked.first().filter(|_| questions.len() > 1).map(|question| label(question));
        sections.push(Section { label: label.unwrap_or_default(), rows });
    }
    let columns = ["N", "Promoters, n (%)", "Passives, n (%)", "Detractors, n (%)", "Score [95% CI]"];
    Table {
        title: questions.first().and_then(|asked| asked.first()).map_or(String::new(), |first| label(first)),
        stub: "Group".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        sections,
        notes: vec![
            "Promoters: 9 or 10. Passives: 7 or 8. Detractors: 0 to 6. Score: percent of promoters less percent of \
             detractors, from \u{2212}100 to 100."
                .to_owned(),
        ],
        ..Table::default()
    }
}

fn row(draft: &mut Draft<'_>, question: &QuestionOutline, item: &Named, words: &str) -> Row {
    let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let asked = draft.asked([id("net-promoter")]);
    let answered = draft.count(&id("answered"));
    let mut cells = vec![draft.with_facts(answered, asked)];
    let decimals = draft.decimals(SHARES.map(id));
    for tail in SHARES {
        cells.push(draft.share(&id(tail), decimals, ShareForm::CountFirst));
    }
    cells.push(draft.with_interval(&id("net-promoter"), 1));
    draft.row(words, cells)
}
