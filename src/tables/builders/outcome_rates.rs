//! Outcome rates and dispositions: a row for each, a column for each group and for all of them together.

use crate::findings::{Disposition, Finding, Outline, Statistic, Value};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Section, Table};

/// The rates by what they are about.
const RATES: [(&str, &[&str]); 5] = [
    ("Response", &["rr1", "rr2", "rr3", "rr4", "rr5", "rr6", "participation-rate"]),
    ("Cooperation", &["coop1", "coop2", "coop3", "coop4"]),
    ("Refusal", &["ref1", "ref2", "ref3"]),
    ("Contact", &["con1", "con2", "con3"]),
    ("Eligibility", &["e"]),
];

/// What is said beside the rates of the standard.
const BESIDE: [(&str, &str); 5] = [
    ("platform-rate", "Called response rate by the platform"),
    ("view-rate", "View rate (CHERRIES)"),
    ("recruitment-rate", "Participation rate (CHERRIES)"),
    ("completion-rate", "Completion rate (CHERRIES)"),
    ("completeness", "Completeness of items"),
];

/// Why a column has no finding of a rate that another one has.
fn why_not(draft: &Draft<'_>, group: &str, tail: &str) -> &'static str {
    if draft.value(&format!("{group}/rr1")).is_none() {
        "a part has no list of its own"
    } else if tail == "participation-rate" {
        "an opt-in sample alone has a participation rate"
    } else {
        "it is a rate of each group alone"
    }
}

/// A section for each kind of rate.
pub(in crate::tables) fn outcome_rates(draft: &mut Draft<'_>, outline: &Outline, groups: &[String]) -> Table {
    let columns = with_overall(draft, groups);
    let all = RATES.iter().flat_map(|(_, tails)| tails.iter().copied()).chain(BESIDE.map(|(tail, _)| tail));
    let ids: Vec<String> =
        all.flat_map(|tail| columns.iter().map(move |group| format!("{group}/{tail}"))).collect();
    let decimals = draft.decimals(&ids);
    let mut sections = Vec::new();
    let cells = |draft: &mut Draft<'_>, tail: &str| -> Vec<Cell> {
        let cell = |group: &String| {
            let id = format!("{group}/{tail}");
            match draft.value(&id) {
                None => draft.absent(why_not(draft, group, tail)),
                Some(Value::Number(_)) => draft.percent(&id, decimals),
                Some(_) => draft.share(&id, decimals, ShareForm::WithInterval),
            }
        };
        columns.iter().map(cell).collect()
    };
    for (label, tails) in RATES {
        let mut rows = Vec::new();
        for tail in tails {
            let Some(finding) = first(draft, &columns, tail) else { continue };
            let label = rate_label(finding, tail);
            let cells = cells(draft, tail);
            rows.push(draft.row(&label, cells));
        }
        sections.push(Section { label: label.to_owned(), rows });
    }
    let mut rows = Vec::new();
    for (tail, label) in BESIDE {
        if first(draft, &columns, tail).is_some() {
            let cells = cells(draft, tail);
            rows.push(draft.row(label, cells));
        }
    }
    sections.push(Section { label: "Beside them".to_owned(), rows });
    sections.retain(|section| !section.rows.is_empty());
    Table {
        title: "Outcome rates".to_owned(),
        stub: "Rate".to_owned(),
        columns: columns.iter().map(|group| column_label(outline, group)).collect(),
        sections,
        notes: vec![
            "AAPOR outcome rates. I: complete; P: partial; R: refusals and break-offs; NC: not reached; O: other eligible; \
             K: known to be eligible, all of these; U: unknown whether eligible; e: the share of U that counts. Who is known \
             to be not eligible is in no rate."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// A row for each disposition, and who was invited.
pub(in crate::tables) fn dispositions(draft: &mut Draft<'_>, outline: &Outline, groups: &[String]) -> Table {
    let columns = with_overall(draft, groups);
    let mut rows = Vec::new();
    let mut row = |draft: &mut Draft<'_>, label: &str, tail: &str| {
        let cells = columns.iter().map(|group| count(draft, group, tail)).collect();
        rows.push(draft.row(label, cells));
    };
    for disposition in Disposition::ALL {
        let tail = format!("disposition/{}", disposition.id());
        let usual = Disposition::USUAL.contains(&disposition);
        if usual || first(draft, &columns, &tail).is_some() {
            row(draft, &format!("{} ({})", disposition.words(), disposition.class()), &tail);
        }
    }
    row(draft, "Invited", "invited");
    Table {
        title: "What became of everybody invited".to_owned(),
        stub: "Disposition".to_owned(),
        columns: columns.iter().map(|group| column_label(outline, group)).collect(),
        sections: vec![Section { label: String::new(), rows }],
        notes: vec![
            "In parentheses the class of the AAPOR standard: I complete, P partial, R refusal or break-off, NC not reached, \
             O other eligible, UH nothing returned, UO unknown for another reason, NE not eligible."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// A count; nobody has a disposition that is not said of a group whose people are known.
fn count(draft: &mut Draft<'_>, group: &str, tail: &str) -> Cell {
    let id = format!("{group}/{tail}");
    let known = draft.findings().get(&format!("{group}/invited")).map(|finding| &finding.base.people);
    match (draft.value(&id), known) {
        (None, Some(None)) => draft.without_account(),
        (None, Some(Some(people))) if people.invited.is_some() => Draft::said(draft.style.count(0)),
        (None, Some(Some(_))) => draft.count(&format!("{group}/disposition/silent")),
        _ => draft.count(&id),
    }
}

/// The groups, and after them the names under which all of some of them are added up.
fn with_overall(draft: &Draft<'_>, groups: &[String]) -> Vec<String> {
    let mut columns = groups.to_vec();
    for finding in draft.findings() {
        let sides = &finding.base.sides;
        let adds_up = finding.statistic == Statistic::Rr1 && !sides.is_empty();
        if adds_up && !columns.contains(&finding.group) && sides.iter().all(|side| groups.contains(&side.id))
        {
            columns.push(finding.group.clone());
        }
    }
    columns
}

/// The label of a group; all groups together are called as the study file names them.
fn column_label(outline: &Outline, group: &str) -> String {
    let label = outline.group_label(group);
    let mut letters = label.chars();
    match letters.next() {
        Some(letter) if label == group => letter.to_uppercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

fn first<'a>(draft: &Draft<'a>, columns: &[String], tail: &str) -> Option<&'a Finding> {
    let findings = draft.findings();
    columns.iter().find_map(|group| findings.get(&format!("{group}/{tail}")))
}

/// The rate with its formula, as its method says it.
fn rate_label(finding: &Finding, tail: &str) -> String {
    let formula = finding.method.and_then(|method| method.convention.split_once(": "));
    match (tail, formula) {
        ("e", _) => "Share of the unknown that counts as eligible, e".to_owned(),
        ("participation-rate", _) => "Participation rate".to_owned(),
        (_, Some((formula, _))) => format!("{} = {formula}", tail.to_uppercase()),
        (_, None) => tail.to_uppercase(),
    }
}
