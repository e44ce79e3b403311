//! Numbers: base, mean, median and range.

use crate::findings::{Named, Outline, QuestionOutline};
use crate::tables::draft::Draft;
use crate::tables::table::{Row, Section, Table};

use super::{MEDIAN, exact_places, is_absent, label, median_cell, missing_cell};

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
    let answered = match (draft.value(&id("answered")), asked) {
        (None, Some(asked)) => Draft::said(draft.style.count(asked.answered)),
        (Some(_), _) | (None, None) => draft.count(&id("answered")),
    };
    // Each row has a unit of its own, and so its own decimals.
    let ends = ["minimum", "maximum"];
    let range_places = exact_places(draft, ends.map(id));
    let range = ends.map(|tail| draft.number(&id(tail), range_places));
    let places = exact_places(draft, MEDIAN.map(id));
    let range =
        Draft::joined(
            range,
            |[low, high]| {
                if is_absent(low) { low.to_owned() } else { format!("{low} to {high}") }
            },
        );
    let missing = missing_cell(draft, asked, |_| true);
    let cells = vec![
        answered,
        draft.with_facts(missing, asked),
        draft.with_interval(&id("mean"), 2),
        draft.number(&id("sd"), 2),
        median_cell(draft, id, places),
        range,
    ];
    let words = if item.label.is_empty() { label(question) } else { item.label.clone() };
    draft.row(&words, cells)
}
