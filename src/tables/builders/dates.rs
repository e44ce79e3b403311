//! Dates: base, the first, the middle and the last day.

use crate::findings::{Outline, QuestionOutline};
use crate::tables::draft::Draft;
use crate::tables::table::{Section, Table};

use super::{answered_cell, label, missing_cell};

/// A section for each question, a row for each group.
pub(in crate::tables) fn dates(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[Vec<&QuestionOutline>],
) -> Table {
    let mut sections = Vec::new();
    for asked in questions {
        let mut rows = Vec::new();
        for question in asked {
            let id = |tail: &str| question.finding(tail).as_str().to_owned();
            let account = draft.asked(["answered", "earliest", "latest"].map(id));
            let answered = answered_cell(draft, account, &id("answered"));
            let missing = missing_cell(draft, account, |_| true);
            let mut cells = vec![answered, draft.with_facts(missing, account)];
            cells.extend(["earliest", "median-date", "latest"].map(|tail| draft.day(&id(tail))));
            rows.push(draft.row(outline.group_label(&question.group), cells));
        }
        sections.push(Section { label: asked.first().map_or(String::new(), |one| label(one)), rows });
    }
    Table {
        title: "Dates".to_owned(),
        stub: "Group".to_owned(),
        columns: ["N", "Missing", "First day", "Middle day", "Last day"].map(str::to_owned).to_vec(),
        sections,
        notes: vec![
            "N: those who gave a day. Missing: no day, for any reason. Middle day: the earlier of two."
                .to_owned(),
        ],
        ..Table::default()
    }
}
