//! The report about a list of invitations: the funnel and its rates, nobody's name.

use std::fmt::Write as _;

use serde::Serialize;

use crate::cli::notes::{NoteRecord, TO_DECIDE, notes};
use crate::cli::ui::counted;
use crate::cli::wrap::hang;
use crate::diag::Noted;
use crate::ingest::invitations::{Funnel, Invitations, List};

/// The report as text.
pub(super) fn text(list: &Noted<Invitations>) -> String {
    let Noted { value, notes: noted } = list;
    let mut text = hang("", &format!("{}, not answers", value.list.words()), 2);
    let people = value.people.len();
    let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    text.push_str(&hang("", &format!("{}, {people}", counted(value.rows, "row")), 2));
    text.push('\n');
    match value.funnel() {
        Some(funnel) => {
            for (label, count) in stages(value, &funnel) {
                let _ = writeln!(text, "  {label:<44} {count:>7}");
            }
            text.push('\n');
            for rate in value.rates() {
                let share = if rate.of == 0 { "-".to_owned() } else { format!("{}/{}", rate.count, rate.of) };
                text.push_str(&hang(&format!("  {:<44} {share:>11}  ", rate.name), rate.definition, 59));
            }
        }
        None => text.push_str(&hang("  ", "nothing in it says who was sent a message and who responded", 2)),
    }
    for remark in remarks(value) {
        text.push_str(&hang("", remark, 2));
    }
    text.push_str("\nin a study file: invited = { roster = \"FILE\", key = \"COLUMN\", link = \"COLUMN OF THE EXPORT\" }\n");
    text.push_str(&notes(noted, TO_DECIDE));
    text
}

/// The stages that the list tells of, in the order in which people pass them.
fn stages(list: &Invitations, funnel: &Funnel) -> Vec<(&'static str, u64)> {
    let qualtrics = list.list == List::History;
    let mut stages = vec![("on the list", funnel.listed)];
    if qualtrics {
        stages.push(("  opted out before anything was sent", funnel.opted_out));
        stages.push(("  held back: asked too often", funnel.held_back));
    }
    stages.push(("  nothing sent, or not yet", funnel.waiting));
    stages.push(("sent, or tried", funnel.sent));
    if list.list != List::Participants {
        stages.push(("  failed to leave", funnel.failed));
    }
    if qualtrics {
        stages.extend([
            ("  bounced", funnel.bounced),
            ("opened", funnel.opened),
            ("started", funnel.started),
        ]);
    }
    stages.push(("  left with something answered", funnel.partial));
    if qualtrics {
        stages.push(("  turned away by the survey", funnel.screened_out));
    }
    stages.push(("finished", funnel.finished));
    if funnel.uninvited > 0 {
        stages.push(("  responded though nothing was sent to them", funnel.uninvited));
    }
    if list.public > 0 {
        stages.push(("by a public link, never invited", list.public));
    }
    if list.anonymous > 0 {
        stages.push(("responses that are anonymous", list.anonymous));
    }
    stages
}

/// What the list cannot tell.
fn remarks(list: &Invitations) -> Vec<&'static str> {
    match list.list {
        List::History => vec![
            "people deleted from the contacts since are not in this file, though the platform's totals count them",
            "opened is told by a picture in the message: some who read it are missing, and a mail program may open it unread",
        ],
        List::Participants | List::InvitationLog => vec![
            "REDCap does not learn what became of a message; invitations sent as alerts stand in no list",
        ],
        List::Links | List::Contacts => Vec::new(),
    }
}

#[derive(Serialize)]
struct ListRecord<'a> {
    list: &'static str,
    rows: u64,
    people: u64,
    stages: Vec<(&'a str, u64)>,
    rates: Vec<RateRecord>,
    notes: Vec<NoteRecord<'a>>,
}

#[derive(Serialize)]
struct RateRecord {
    name: &'static str,
    count: u64,
    of: u64,
    definition: &'static str,
}

/// The report as JSON.
pub(super) fn json(list: &Noted<Invitations>) -> String {
    let Noted { value, notes } = list;
    let record = ListRecord {
        list: value.list.words(),
        rows: value.rows,
        people: value.people.len() as u64,
        stages: value
            .funnel()
            .map(|funnel| stages(value, &funnel))
            .unwrap_or_default()
            .into_iter()
            .map(|(label, count)| (label.trim(), count))
            .collect(),
        rates: value
            .rates()
            .into_iter()
            .map(|rate| RateRecord {
                name: rate.name,
                count: rate.count,
                of: rate.of,
                definition: rate.definition,
            })
            .collect(),
        notes: notes.iter().map(NoteRecord::of).collect(),
    };
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
