//! `canvass verify`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::{Diag, codes};
use crate::io::Disk;
use crate::record::Format;
use crate::verify::{ClaimCheck, Comparison, Verdict, check_claims, compare, read_committed};

use super::args::Verify;
use super::exit::{DIFFERENT, DONE, FAILED};
use super::study::{Rendered, output_folder, rendered, to_decide};
use super::ui::{Ui, counted};
use super::wrap::hang;

pub(super) fn verify(options: &Verify, ui: &mut Ui) -> u8 {
    let Rendered { outcome, published, files, notes } = match rendered(&options.study, options.audience, ui) {
        Ok(rendered) => rendered,
        Err(stopped) => {
            ui.stopped(&stopped);
            return FAILED;
        }
    };
    let committed =
        match read_committed(&Disk, &output_folder(options.out.as_deref(), options.audience, &outcome)) {
            Ok(committed) => committed,
            Err(problem) => {
                ui.failed(problem);
                return FAILED;
            }
        };
    // Warnings about the answers were said by the run; those about claims belong to checking them.
    let warnings: Vec<Diag> = notes.into_iter().filter(|note| note.code == codes::CLAIM_WORDS).collect();
    ui.diagnostics(&warnings, &outcome.sources);
    let told = published.as_ref().map_or(&outcome, |published| &published.outcome);
    let comparison = compare(told, &files, &committed);
    let checks = outcome
        .reported
        .as_ref()
        .map(|reported| check_claims(&reported.claims, &outcome.findings))
        .unwrap_or_default();
    let open = to_decide(&outcome.study, &outcome.sources);
    ui.out(&if options.json {
        json(&comparison, &checks, &open)
    } else {
        report(&comparison, &checks, &open)
    });
    let held = checks.iter().all(|check| matches!(check.verdict, Verdict::Holds { .. }));
    if comparison.is_same() && held { DONE } else { DIFFERENT }
}

fn report(comparison: &Comparison, checks: &[ClaimCheck], open: &[String]) -> String {
    let changed = comparison.changes.len();
    let mut text = format!(
        "{} recomputed from the raw files: {} same",
        counted(comparison.same + changed as u64, "finding"),
        comparison.same
    );
    let _ = writeln!(text, "{}", if changed > 0 { format!(", {changed} differ") } else { String::new() });
    let mut line = |head: &str, words: &str| text.push_str(&hang(&format!("  {head:<9}"), words, 11));
    for input in &comparison.inputs {
        line("input", &format!("{}: {}", input.file, input.what));
    }
    for change in &comparison.changes {
        let words = match (&change.was, &change.is) {
            (Some(was), Some(is)) => format!("was {was}, is {is}"),
            (Some(was), None) => format!("was {was}, is no longer computed"),
            (None, Some(is)) => format!("is {is}, was not computed"),
            (None, None) => String::new(),
        };
        line("differs", &format!("{}: {words}", change.id));
    }
    for (name, what) in &comparison.files {
        line("output", &format!("{name} {what}"));
    }
    for remark in &comparison.remarks {
        line("remark", remark);
    }
    for open in open {
        line("decide", open);
    }
    if !checks.is_empty() {
        claims(checks, &mut text);
    }
    text
}

/// The claims that differ first, then those bound to nothing, then those that hold.
fn claims(checks: &[ClaimCheck], text: &mut String) {
    let _ = writeln!(text, "{}", counted(checks.len() as u64, "reported result"));
    let of = |place: u8| checks.iter().filter(move |check| place_of(&check.verdict) == place);
    for check in (0..3).flat_map(of) {
        claim(check, text);
    }
    let (differ, unbound, hold) = (of(0).count(), of(1).count(), of(2).count());
    let differ_words = if differ == 1 { "1 differs".to_owned() } else { format!("{differ} differ") };
    let hold_words = if hold == 1 { "1 holds".to_owned() } else { format!("{hold} hold") };
    let unbound_words = if unbound == 1 {
        "1 is bound to nothing".to_owned()
    } else {
        format!("{unbound} are bound to nothing")
    };
    let _ = writeln!(text, "{hold_words}, {differ_words}, {unbound_words}");
}

fn place_of(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Differs { .. } => 0,
        Verdict::Unbound => 1,
        Verdict::Holds { .. } => 2,
    }
}

fn claim(check: &ClaimCheck, text: &mut String) {
    let finding = check.finding.as_deref().unwrap_or("");
    let (head, words, cause) = match &check.verdict {
        Verdict::Holds { found } => ("holds", format!("{finding}: {found}"), None),
        Verdict::Differs { claimed, found, cause } => {
            ("differs", format!("{finding}: claimed {claimed}, found {found}"), cause.as_ref())
        }
        Verdict::Unbound => ("unbound", "nothing in the study computes it".to_owned(), None),
    };
    text.push_str(&hang(&format!("  {head:<9}"), &check.text, 11));
    text.push_str(&hang("           ", &words, 13));
    if let Some(cause) = cause {
        text.push_str(&hang("           likely: ", cause, 13));
    }
}

/// The format of the report for machines: name, major, minor.
const FORMAT: (&str, u32, u32) = ("canvass.verify", 1, 1);

#[derive(Serialize)]
struct ReportRecord<'a> {
    format: Format,
    same: u64,
    inputs: Vec<[&'a str; 2]>,
    changes: Vec<ChangeRecord<'a>>,
    outputs: Vec<[&'a str; 2]>,
    remarks: &'a [String],
    to_decide: &'a [String],
    claims: Vec<ClaimRecord<'a>>,
}

#[derive(Serialize)]
struct ChangeRecord<'a> {
    id: &'a str,
    was: Option<&'a str>,
    is: Option<&'a str>,
}

#[derive(Serialize)]
struct ClaimRecord<'a> {
    id: &'a str,
    text: &'a str,
    finding: Option<&'a str>,
    verdict: &'static str,
    claimed: Option<&'a str>,
    found: Option<&'a str>,
    cause: Option<&'a str>,
}

fn json(comparison: &Comparison, checks: &[ClaimCheck], to_decide: &[String]) -> String {
    let claims = checks.iter().map(|check| {
        let (verdict, claimed, found, cause) = match &check.verdict {
            Verdict::Holds { found } => ("holds", None, Some(found.as_str()), None),
            Verdict::Differs { claimed, found, cause } => {
                ("differs", Some(claimed.as_str()), Some(found.as_str()), cause.as_deref())
            }
            Verdict::Unbound => ("unbound", None, None, None),
        };
        ClaimRecord {
            id: &check.id,
            text: &check.text,
            finding: check.finding.as_deref(),
            verdict,
            claimed,
            found,
            cause,
        }
    });
    let (name, major, minor) = FORMAT;
    let record = ReportRecord {
        format: Format { name: name.to_owned(), major, minor },
        same: comparison.same,
        inputs: comparison.inputs.iter().map(|input| [input.file.as_str(), input.what.as_str()]).collect(),
        changes: comparison
            .changes
            .iter()
            .map(|change| ChangeRecord {
                id: &change.id,
                was: change.was.as_deref(),
                is: change.is.as_deref(),
            })
            .collect(),
        outputs: comparison.files.iter().map(|(name, what)| [name.as_str(), *what]).collect(),
        remarks: &comparison.remarks,
        to_decide,
        claims: claims.collect(),
    };
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
