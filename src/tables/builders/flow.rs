//! From those invited to those analysed, step by step, and whom the screens would leave out.

use crate::findings::{Disposition, Outline, People, Value};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

/// A section for each group: every step with its number, and how many remain after each rule.
pub(in crate::tables) fn flow(draft: &mut Draft<'_>, outline: &Outline, groups: &[String]) -> Table {
    let sections: Vec<Section> = groups
        .iter()
        .map(|group| {
            let label = if groups.len() > 1 { outline.group_label(group).to_owned() } else { String::new() };
            Section { label, rows: rows(draft, group) }
        })
        .collect();
    let screens = sections.iter().flat_map(|section| &section.rows).any(|row| row.label.starts_with(SCREEN));
    let mut notes = vec![
        "People invited are counted on the roster, rows in the export. Rules apply in the order shown; a row is left \
         out once, by the first that fits, so that the rows left out and those analysed add up to those received."
            .to_owned(),
    ];
    if screens {
        notes.push(
            "Screens leave out nobody: each says how many of those analysed it would leave out, whatever the others say."
                .to_owned(),
        );
    }
    Table {
        title: "From invitation to analysis".to_owned(),
        stub: "Step".to_owned(),
        columns: ["n", "Remaining"].map(str::to_owned).to_vec(),
        sections,
        notes,
        ..Table::default()
    }
}

/// How the row of a screen begins.
const SCREEN: &str = "Screen: ";

fn rows(draft: &mut Draft<'_>, group: &str) -> Vec<Row> {
    let id = |tail: &str| format!("{group}/{tail}");
    let mut rows = Vec::new();
    let blank = Cell::default;
    let invited = draft.count(&id("invited"));
    rows.push(draft.row("Invited", vec![invited, blank()]));
    for disposition in Disposition::ALL {
        let id = id(&format!("disposition/{}", disposition.id()));
        if matches!(draft.value(&id), Some(Value::Count(_))) {
            let count = draft.count(&id);
            rows.push(
                draft.row(&format!("Invited: {}", disposition.words().to_lowercase()), vec![count, blank()]),
            );
        }
    }
    let people = people(draft, group);
    let received = draft.count(&id("received"));
    let mut remaining = people.map_or(0, |people| people.received);
    let all = people.map_or_else(blank, |people| Draft::said(draft.style.count(people.received)));
    rows.push(draft.row("Rows received", vec![received, all]));
    for excluded in people.iter().flat_map(|people| &people.excluded) {
        remaining = remaining.saturating_sub(excluded.count);
        let count = draft.count(&id(&format!("excluded/{}", excluded.rule)));
        let cells = vec![count, Draft::said(draft.style.count(remaining))];
        rows.push(draft.row(&format!("Left out: {}", excluded.words()), cells));
    }
    let included = draft.count(&id("included"));
    rows.push(draft.row("Analysed", vec![included, blank()]));
    let screens: Vec<String> = people
        .iter()
        .flat_map(|people| &people.screened)
        .map(|screen| id(&format!("screened/{}", screen.rule)))
        .collect();
    let decimals = draft.decimals(&screens);
    for (screen, id) in people.iter().flat_map(|people| &people.screened).zip(&screens) {
        let share = draft.share(id, decimals, ShareForm::PercentFirst);
        rows.push(draft.row(&format!("{SCREEN}{}", screen.words()), vec![share, blank()]));
    }
    rows
}

/// The account of a group's people.
fn people<'a>(draft: &Draft<'a>, group: &str) -> Option<&'a People> {
    draft.findings().get(&format!("{group}/received"))?.base.people.as_deref()
}
