//! What other programs print by default, where it differs from the study's p-values at the printed digits.

use crate::findings::{Caution, Compared, Named, Outline};
use crate::tables::draft::Draft;
use crate::tables::table::{Cell, Section, Table};

use super::comparisons::row_label;

/// The programs, by the ends of the ids of their findings.
const PROGRAMS: [(&str, &str); 3] = [("r", "R"), ("spss", "SPSS"), ("jasp", "JASP")];

/// A section for each comparison, a row for each test of which some program's default prints another p-value.
pub(in crate::tables) fn defaults(
    draft: &mut Draft<'_>,
    outline: &Outline,
    compared: &[&Named],
    questions: &[String],
    chosen: &Compared,
) -> Table {
    let mut sections = Vec::new();
    let mut same = 0;
    for one in compared {
        let mut rows = Vec::new();
        for test in chosen.tests(draft.findings(), &one.id, questions) {
            let stem = test.stem();
            let ids = PROGRAMS.map(|(tail, _)| format!("{stem}/defaults/{tail}"));
            if !ids.iter().any(|id| draft.findings().get(id).is_some()) {
                continue;
            }
            let own = draft.p_alone(test.id.as_str());
            let cells = ids.each_ref().map(|id| (id, draft.p_alone(id)));
            if cells.iter().all(|(_, cell)| cell.shown == own.shown) {
                same += 1;
                continue;
            }
            let cells: Vec<Cell> = cells.into_iter().map(|(id, cell)| with_why(draft, id, cell)).collect();
            let cells = std::iter::once(own).chain(cells).collect();
            rows.push(Draft::row_of_cells(&row_label(outline, test, None), cells));
        }
        let label = if compared.len() > 1 { one.label.clone() } else { String::new() };
        sections.push(Section { label, rows });
    }
    let mut notes = vec![
        "p-values of the same answers where nobody changes an option. R was run, SPSS held against its listings, JASP is as \
         it documents itself."
            .to_owned(),
    ];
    if same > 0 {
        notes.push(format!("Not listed, with the same p at the printed digits: {same}."));
    }
    let columns = std::iter::once("Here").chain(PROGRAMS.map(|(_, name)| name)).map(str::to_owned).collect();
    Table {
        title: "What other programs print by default".to_owned(),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes,
        ..Table::default()
    }
}

/// A program's p-value, marked with why it differs.
fn with_why(draft: &mut Draft<'_>, id: &str, cell: Cell) -> Cell {
    let cautions = draft.findings().get(id).map(|finding| finding.cautions.as_slice()).unwrap_or_default();
    let why = cautions.iter().find(|caution| matches!(caution, Caution::DiffersBecause { .. }));
    match why {
        Some(why) => draft.marked(cell, why),
        None => cell,
    }
}
