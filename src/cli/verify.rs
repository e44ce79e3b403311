//! `canvass verify`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::io::Disk;
use crate::pipeline::{compute, render, study_file};
use crate::verify::{ClaimCheck, Comparison, Verdict, check_claims, compare, read_committed};

use super::args::Verify;
use super::exit::{DIFFERENT, DONE, FAILED};
use super::run::output_folder;
use super::ui::{Ui, counted};

pub(super) fn verify(options: &Verify, ui: &mut Ui) -> u8 {
    let file = study_file(&Disk, &options.study);
    let progress = |what: &str| ui.progress(what);
    let outcome = match compute(&Disk, &file, &progress) {
        Ok(outcome) => outcome,
        Err(stopped) => {
            ui.stopped(&stopped);
            return FAILED;
        }
    };
    let files = match render(&outcome, &Disk, &progress) {
        Ok(files) => files,
        Err(stopped) => {
            ui.stopped(&stopped);
            return FAILED;
        }
    };
    let committed = match read_committed(&Disk, &output_folder(options.out.as_deref(), &outcome)) {
        Ok(committed) => committed,
        Err(problem) => {
            ui.failed(problem);
            return FAILED;
        }
    };
    let comparison = compare(&outcome, &files.value, &committed);
    let checks = outcome
        .reported
        .as_ref()
        .map(|reported| check_claims(&reported.claims, &outcome.findings))
        .unwrap_or_default();
    ui.out(&if options.json { json(&comparison, &checks) } else { report(&comparison, &checks) });
    let held = checks.iter().all(|check| matches!(check.verdict, Verdict::Holds { .. }));
    if comparison.is_same() && held { DONE } else { DIFFERENT }
}

fn report(comparison: &Comparison, checks: &[ClaimCheck]) -> String {
    let changed = comparison.changes.len();
    let mut text = format!(
        "{} recomputed from the raw files: {} same",
        counted(comparison.same + changed as u64, "finding"),
        comparison.same
    );
    let _ = writeln!(text, "{}", if changed > 0 { format!(", {changed} differ") } else { String::new() });
    for input in &comparison.inputs {
        let _ = writeln!(text, "  input    {}: {}", input.file, input.what);
    }
    for change in &comparison.changes {
        let words = match (&change.was, &change.is) {
            (Some(was), Some(is)) => format!("was {was}, is {is}"),
            (Some(was), None) => format!("was {was}, is no longer computed"),
            (None, Some(is)) => format!("is {is}, was not computed"),
            (None, None) => String::new(),
        };
        let _ = writeln!(text, "  differs  {:<50} {words}", change.id);
    }
    for (name, what) in &comparison.files {
        let _ = writeln!(text, "  output   {name} {what}");
    }
    for remark in &comparison.remarks {
        let _ = writeln!(text, "  remark   {remark}");
    }
    if !checks.is_empty() {
        claims(checks, &mut text);
    }
    text
}

fn claims(checks: &[ClaimCheck], text: &mut String) {
    let _ = writeln!(text, "{}", counted(checks.len() as u64, "reported result"));
    let (mut hold, mut differ, mut unbound) = (0, 0, 0);
    for check in checks {
        let finding = check.finding.as_deref().unwrap_or("");
        match &check.verdict {
            Verdict::Holds { found } => {
                hold += 1;
                let _ = writeln!(text, "  holds    {}\n           {finding}: {found}", check.text);
            }
            Verdict::Differs { claimed, found, cause } => {
                differ += 1;
                let _ = writeln!(
                    text,
                    "  differs  {}\n           {finding}: claimed {claimed}, found {found}",
                    check.text
                );
                if let Some(cause) = cause {
                    let _ = writeln!(text, "           likely: {cause}");
                }
            }
            Verdict::Unbound => {
                unbound += 1;
                let _ =
                    writeln!(text, "  unbound  {}\n           nothing in the study computes it", check.text);
            }
        }
    }
    let differ_words = if differ == 1 { "1 differs".to_owned() } else { format!("{differ} differ") };
    let hold_words = if hold == 1 { "1 holds".to_owned() } else { format!("{hold} hold") };
    let unbound_words = if unbound == 1 {
        "1 is bound to nothing".to_owned()
    } else {
        format!("{unbound} are bound to nothing")
    };
    let _ = writeln!(text, "{hold_words}, {differ_words}, {unbound_words}");
}

#[derive(Serialize)]
struct ReportRecord<'a> {
    same: u64,
    inputs: Vec<[&'a str; 2]>,
    changes: Vec<ChangeRecord<'a>>,
    outputs: Vec<[&'a str; 2]>,
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

fn json(comparison: &Comparison, checks: &[ClaimCheck]) -> String {
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
    let record = ReportRecord {
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
        claims: claims.collect(),
    };
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
