//! `canvass check`.

mod json;

use std::fmt::Write as _;

use crate::diag::{Diag, codes};
use crate::io::{Disk, relative};
use crate::pipeline::{BoundQuestion, Checked, Stopped, check as check_study, study_file};

use super::args::Check;
use super::exit::{DIFFERENT, DONE, FAILED};
use super::notes::{notes, on_their_lines};
use super::study::to_decide;
use super::ui::{Ui, counted};
use super::wrap::{cut, hang, one_line, pad, width};

pub(super) fn check(options: &Check, ui: &mut Ui) -> u8 {
    let checked = study_file(&Disk, &options.study)
        .and_then(|file| check_study(&Disk, &file, &|what| ui.progress(what)));
    match checked {
        Ok(mut checked) => {
            checked.prepared.notes = on_their_lines(&checked.prepared.notes, &checked.prepared.sources);
            ui.out(&if options.json { json::fine(&checked) } else { text(&checked) });
            DONE
        }
        Err(stopped) => {
            if options.json {
                ui.out(&json::wrong(&on_their_lines(&stopped.problems, &stopped.sources)));
            } else {
                ui.stopped(&stopped);
            }
            status(&stopped)
        }
    }
}

/// A study that was read has mistakes; one that could not be read was not checked.
fn status(stopped: &Stopped) -> u8 {
    let unread = [codes::FILE_NOT_FOUND, codes::FILE_UNREADABLE, codes::NOT_A_STUDY, codes::STUDY_SYNTAX];
    let unread = |problem: &Diag| unread.contains(&problem.code);
    if stopped.problems.iter().any(unread) { FAILED } else { DIFFERENT }
}

fn text(checked: &Checked) -> String {
    let study = &checked.prepared.study;
    let mut text = hang("", &format!("{}: {}", study.id, study.title), 2);
    files(checked, &mut text);
    groups(checked, &mut text);
    questions(checked, &mut text);
    asked(checked, &mut text);
    text.push_str(&notes(&checked.prepared.notes, ["thing assumed", "things assumed"]));
    let open = to_decide(study, &checked.prepared.sources);
    if !open.is_empty() {
        let _ = writeln!(text, "\n{} to decide", counted(open.len() as u64, "line"));
        for line in &open {
            text.push_str(&hang("  ", line, 4));
        }
    }
    text.push_str("\na run would accept this study\n");
    if !study.texts.is_empty() || study.reported.is_some() {
        text.push_str(
            "which findings its text and its reported results name is seen when they are computed\n",
        );
    }
    text
}

fn files(checked: &Checked, text: &mut String) {
    let study = &checked.prepared.study;
    for (at, file) in checked.prepared.files.iter().enumerate() {
        let questions = file.questions.map_or(String::new(), |n| format!(", {}", counted(n, "question")));
        let rows = counted(file.rows, "row");
        let line = format!("{}: {}, {rows}{questions}", relative(&study.file, &file.file), file.what);
        text.push_str(&hang(&head(at, "reads"), &line, 12));
    }
    for (at, unused) in checked.unused.iter().enumerate() {
        let line = format!(
            "{} of {}: {}",
            counted(unused.questions.len() as u64, "question"),
            unused.file.short(),
            some(&unused.questions)
        );
        text.push_str(&hang(&head(at, "leaves"), &line, 12));
    }
}

fn head(at: usize, word: &str) -> String {
    format!("  {:<9} ", if at == 0 { word } else { "" })
}

/// How many names are listed before the rest are counted.
const NAMED: usize = 16;

fn some(names: &[String]) -> String {
    let mut named: Vec<String> = names.iter().take(NAMED).map(|name| cut(name, 30)).collect();
    if names.len() > NAMED {
        named.push(format!("and {} more", names.len() - NAMED));
    }
    named.join(", ")
}

fn groups(checked: &Checked, text: &mut String) {
    let cohorts = checked.prepared.cohorts.iter().filter(|cohort| !cohort.is_answer());
    for (at, cohort) in cohorts.enumerate() {
        let people = &cohort.people;
        let line = if cohort.file.is_none() {
            let invited = people.n_invited().unwrap_or(cohort.invitees.len() as u64);
            format!("{}: {invited} invited, no answers", cohort.group)
        } else {
            let out = people.excluded.iter().filter(|excluded| excluded.count > 0);
            let out: Vec<String> =
                out.map(|excluded| format!("{} {}", excluded.count, excluded.rule)).collect();
            let out = if out.is_empty() {
                "none left out".to_owned()
            } else {
                format!("left out: {}", out.join(", "))
            };
            let rows = counted(people.received, "row");
            let invited = people.n_invited().map_or(String::new(), |n| format!("; {n} invited"));
            let screened = people.screened.iter().filter_map(|screened| {
                let count = screened.count.as_ref().ok().filter(|count| **count > 0)?;
                Some(format!("{count} {}", screened.rule))
            });
            let screened: Vec<String> = screened.collect();
            let screened = if screened.is_empty() {
                String::new()
            } else {
                format!("; screens would leave out: {}", screened.join(", "))
            };
            format!("{}: {} of {rows}; {out}{invited}{screened}", cohort.group, people.included)
        };
        text.push_str(&hang(&head(at, "keeps"), &line, 12));
    }
}

fn questions(checked: &Checked, text: &mut String) {
    let several = checked.prepared.cohorts.iter().filter(|cohort| !cohort.is_answer()).count() > 1;
    let id = checked.bound.iter().map(|bound| width(&bound.question)).max().unwrap_or(0).clamp(8, 24);
    let mut last = None;
    for (at, bound) in checked.bound.iter().enumerate() {
        let repeated = last == Some(&bound.question);
        last = Some(&bound.question);
        let named = if repeated { String::new() } else { cut(&bound.question, id) };
        let group = if several { format!("{}: ", bound.group) } else { String::new() };
        let from: Vec<String> = bound.from.iter().map(|name| one_line(name)).collect();
        let line = format!("{group}{}", some(&from));
        let begun = format!("{}{} {} ", head(at, "binds"), pad(&named, id), pad(&kind(bound), 14));
        text.push_str(&hang(&begun, &line, width(&begun)));
    }
}

fn kind(bound: &BoundQuestion) -> String {
    let levels = if bound.levels > 0 { format!("/{}", bound.levels) } else { String::new() };
    let items = if bound.items > 1 { format!(" x {}", bound.items) } else { String::new() };
    format!("{}{levels}{items}", bound.kind.name())
}

fn asked(checked: &Checked, text: &mut String) {
    let study = &checked.prepared.study;
    for (at, ask) in study.asks.iter().enumerate() {
        let of = if ask.of.is_empty() { String::new() } else { format!(" of {}", some(&ask.of)) };
        text.push_str(&hang(&head(at, "asks"), &format!("{}{of}", ask.inquiry.name()), 12));
    }
    if !checked.not_asked.is_empty() {
        text.push_str(&hang(&head(0, "asks not"), &some(&checked.not_asked), 12));
    }
    let makes = format!(
        "{}, {}{}",
        counted(study.tables.len() as u64, "table"),
        counted(study.figures.len() as u64, "figure"),
        match study.texts.len() {
            0 => String::new(),
            1 => ", a text".to_owned(),
            more => format!(", {more} texts"),
        }
    );
    text.push_str(&hang(&head(0, "makes"), &makes, 12));
}
