//! Those invited, what became of them, and who is analysed.

use crate::findings::{Outline, Reason, Value};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Section, Table};

/// A row for each group.
pub(in crate::tables) fn response(draft: &mut Draft<'_>, outline: &Outline, groups: &[String]) -> Table {
    const COUNTS: [(&str, &str); 5] = [
        ("Invited", "invited"),
        ("Complete", "disposition/complete"),
        ("Partial", "disposition/partial"),
        ("Break-off", "disposition/break-off"),
        ("No response", "disposition/silent"),
    ];
    const RATES: [(&str, &str); 2] = [("RR1 [interval]", "rr1"), ("RR2 [interval]", "rr2")];
    const ROWS: [(&str, &str); 2] = [("Rows received", "received"), ("Rows analysed", "included")];
    let decimals =
        RATES.map(|(_, tail)| draft.decimals(groups.iter().map(|group| format!("{group}/{tail}"))));
    let mut rows = Vec::new();
    for group in groups {
        let id = |tail: &str| format!("{group}/{tail}");
        let tails = COUNTS.iter().chain(&RATES).chain(&ROWS).map(|(_, tail)| *tail);
        // A group without answers has no rows to count either, and for the same reason.
        let without = tails.map(id).find_map(|id| match draft.value(&id) {
            Some(Value::NotComputed(reason @ Reason::NotCollected)) => Some(reason.to_string()),
            _ => None,
        });
        let count = |draft: &mut Draft<'_>, tail: &str| match &without {
            Some(why) if draft.value(&id(tail)).is_none() => draft.absent(why),
            _ => draft.count(&id(tail)),
        };
        let mut cells: Vec<Cell> = COUNTS.iter().map(|(_, tail)| count(draft, tail)).collect();
        for ((_, tail), decimals) in RATES.iter().zip(decimals) {
            cells.push(draft.share(&id(tail), decimals, ShareForm::WithInterval));
        }
        cells.extend(ROWS.iter().map(|(_, tail)| count(draft, tail)));
        rows.push(draft.row(outline.group_label(group), cells));
    }
    let columns = COUNTS.iter().chain(&RATES).chain(&ROWS).map(|(heading, _)| (*heading).to_owned());
    Table {
        title: "Response".to_owned(),
        stub: "Group".to_owned(),
        columns: columns.collect(),
        sections: vec![Section { label: String::new(), rows }],
        notes: vec![
            "RR1: complete responses over everybody invited; RR2: complete and partial responses over everybody \
             invited (AAPOR). Those on the roster who did not respond count as eligible. People are counted on the roster, \
             rows in the export."
                .to_owned(),
        ],
        ..Table::default()
    }
}
