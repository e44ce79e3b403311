//! Those invited, what became of them, and who is analysed.

use crate::findings::{Disposition, Outline, Reason, Value};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Section, Table};

/// A row for each group.
pub(in crate::tables) fn response(draft: &mut Draft<'_>, outline: &Outline, groups: &[String]) -> Table {
    const RATES: [(&str, &str); 2] = [("RR1 [interval]", "rr1"), ("RR2 [interval]", "rr2")];
    const ROWS: [(&str, &str); 2] = [("Rows received", "received"), ("Rows analysed", "included")];
    let said = said(draft, groups);
    let tails: Vec<String> = std::iter::once("invited".to_owned())
        .chain(said.iter().map(|disposition| format!("disposition/{}", disposition.id())))
        .collect();
    let decimals =
        RATES.map(|(_, tail)| draft.decimals(groups.iter().map(|group| format!("{group}/{tail}"))));
    let mut rows = Vec::new();
    for group in groups {
        let id = |tail: &str| format!("{group}/{tail}");
        let all = RATES.iter().chain(&ROWS).map(|(_, tail)| *tail);
        let all = tails.iter().map(String::as_str).chain(all);
        // A group without answers has no rows to count either, and for the same reason.
        let without = all.map(id).find_map(|id| match draft.value(&id) {
            Some(Value::NotComputed(reason @ Reason::NotCollected)) => Some(reason.to_string()),
            _ => None,
        });
        let count = |draft: &mut Draft<'_>, tail: &str| match &without {
            Some(why) if draft.value(&id(tail)).is_none() => draft.absent(why),
            // A disposition that is not said of a group whose people are known is one that nobody has.
            None if tail.starts_with("disposition/")
                && draft.value(&id(tail)).is_none()
                && draft.value(&id("invited")).is_some() =>
            {
                let invited = draft.findings().get(&id("invited"));
                if invited.is_some_and(|finding| finding.base.people.is_none()) {
                    draft.without_account()
                } else {
                    Draft::said(draft.style.count(0))
                }
            }
            _ => draft.count(&id(tail)),
        };
        let mut cells: Vec<Cell> = tails.iter().map(|tail| count(draft, tail)).collect();
        for ((_, tail), decimals) in RATES.iter().zip(decimals) {
            cells.push(draft.share(&id(tail), decimals, ShareForm::WithInterval));
        }
        cells.extend(ROWS.iter().map(|(_, tail)| count(draft, tail)));
        rows.push(draft.row(outline.group_label(group), cells));
    }
    let columns = std::iter::once("Invited")
        .chain(said.iter().map(|disposition| disposition.words()))
        .chain(RATES.iter().chain(&ROWS).map(|(heading, _)| *heading))
        .map(str::to_owned);
    let excluded = said.contains(&Disposition::NotEligible);
    let note = "RR1: complete responses over everybody invited; RR2: complete and partial responses over everybody invited \
                (AAPOR). Those on the roster who did not respond count as eligible. People are counted on the roster, rows in \
                the export.";
    let without = if excluded { " Who is known to be not eligible is in no rate." } else { "" };
    Table {
        title: "Response".to_owned(),
        stub: "Group".to_owned(),
        columns: columns.collect(),
        sections: vec![Section { label: String::new(), rows }],
        notes: vec![format!("{note}{without}")],
        ..Table::default()
    }
}

/// The dispositions that have a column: the usual ones, and others that somebody in one of the groups has.
fn said(draft: &Draft<'_>, groups: &[String]) -> Vec<Disposition> {
    let is_said = |disposition: &Disposition| {
        let is_found =
            |group: &String| draft.value(&format!("{group}/disposition/{}", disposition.id())).is_some();
        Disposition::USUAL.contains(disposition) || groups.iter().any(is_found)
    };
    Disposition::ALL.into_iter().filter(is_said).collect()
}
