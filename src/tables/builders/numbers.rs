//! Numbers: base, mean, median and range.

use crate::findings::{Named, Outline, QuestionOutline};
use crate::tables::draft::Draft;
use crate::tables::table::{Row, Section, Table};

use super::{answered_cell, item_label, median_cell, missing_cell, range_cell};

/// A section for each group, a row for each number.
pub(in crate::tables) fn numbers(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[Vec<&QuestionOutline>],
) -> Table {
    let mut groups: Vec<&str> = Vec::new();
    for question in questions.iter().flatten() {
        if !groups.contains(&question.group.as_str()) {
            groups.push(&question.group);
        }
    }
    let mut sections = Vec::new();
    for group in &groups {
        let mut rows = Vec::new();
        for question in questions.iter().flatten().filter(|question| question.group == **group) {
            for item in &question.items {
                rows.push(row(draft, question, item));
            }
        }
        let label = if groups.len() > 1 { outline.group_label(group).to_owned() } else { String::new() };
        sections.push(Section { label, rows });
    }
    Table {
        title: match groups.as_slice() {
            [one] => format!("Numbers ({})", outline.group_label(one)),
            _ => "Numbers".to_owned(),
        },
        stub: "Question".to_owned(),
        columns: ["N", "Missing", "Mean [95% CI]", "SD", "Median [Q1, Q3]", "Range"]
            .map(str::to_owned)
            .to_vec(),
        sections,
        notes: vec!["N: those who gave a number. Missing: no number, for any reason.".to_owned()],
        ..Table::default()
    }
}

fn row(draft: &mut Draft<'_>, question: &QuestionOutline, item: &Named) -> Row {
    let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let asked = draft.asked(["answered", "mean", "median"].map(id));
    let answered = answered_cell(draft, asked, &id("answered"));
    // Each row has a unit of its own, and so its own decimals.
    let range = range_cell(draft, id);
    let missing = missing_cell(draft, asked, |_| true);
    let cells = vec![
        answered,
        draft.with_facts(missing, asked),
        draft.mean_with_interval(&id("mean")),
        draft.mean(&id("sd")),
        median_cell(draft, id),
        range,
    ];
    draft.row(&item_label(question, item), cells)
}
