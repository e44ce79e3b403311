//! Worths of the Plackett-Luce model with comparison intervals.

use crate::findings::{Named, Outline, QuestionOutline, Value};
use crate::tables::draft::Draft;
use crate::tables::table::{Section, Table};

use super::together::base_row;
use super::{question_title, section_label};

/// A section for each group, a row for each item, the one of most worth first.
pub(in crate::tables) fn worths(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
) -> Table {
    let mut sections = Vec::new();
    for question in questions {
        let mut rows = Vec::new();
        for item in by_worth(draft, question) {
            let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
            let cells = vec![
                draft.number(&id("worth"), 3),
                draft.with_interval(&id("log-worth"), 2),
                draft.number(&id("quasi-se"), 2),
            ];
            rows.push(draft.row(&item.label, cells));
        }
        let asked = draft.asked(
            question.items.iter().map(|item| question.item_finding(item, "worth").as_str().to_owned()),
        );
        rows.push(base_row(draft, "Rankings", asked, 3));
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    Table {
        title: question_title(outline, questions),
        stub: "Item".to_owned(),
        columns: ["Worth", "Log-worth [comparison interval]", "Quasi-SE"].map(str::to_owned).to_vec(),
        sections,
        notes: vec![
            "Worths sum to 1: the chance of an item to be ranked first among all. Log-worths are differences from the first \
             item asked. Two items differ if their comparison intervals do not overlap, and may differ where they do: the standard \
             error of a difference is the root of the sum of the two squared quasi-standard errors."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// The items by worth; as asked where there is none.
fn by_worth<'a>(draft: &Draft<'_>, question: &'a QuestionOutline) -> Vec<&'a Named> {
    let mut items: Vec<&Named> = question.items.iter().collect();
    let worth = |item: &Named| match draft.value(question.item_finding(item, "worth").as_str()) {
        Some(Value::Number(worth)) => *worth,
        _ => f64::NEG_INFINITY,
    };
    // The sort is stable, so that equal worths stay as asked.
    items.sort_by(|one, two| worth(two).total_cmp(&worth(one)));
    items
}
