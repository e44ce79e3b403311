//! The reporting checklists that a study asks for.

use crate::diag::{Diag, codes, nearest};
use crate::findings::{Findings, Outline};
use crate::numbers::NumberStyle;
use crate::study::{ChecklistAsked, Study};
use crate::text::checklists::{Answer, Checklist, Filled, Item, filled, open_items};

/// A checklist with what people wrote of its items, or every mistake in the study file: names that there are not, and words
/// that are no template.
fn read(study: &Study, asked: &ChecklistAsked) -> Result<(&'static Checklist, Vec<Answer>), Vec<Diag>> {
    let unknown = |what: &str, name: &crate::study::Spanned<String>, known: Vec<&str>| {
        let diag = study.error(
            codes::STUDY_UNKNOWN_NAME,
            &name.span,
            format!("no {what} is named \"{}\"", name.value),
        );
        diag.help(match nearest(&name.value, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are: {}", known.join(", ")),
        })
    };
    let Some(checklist) = Checklist::named(&asked.name.value) else {
        let known = Checklist::ALL.iter().map(|checklist| checklist.name).collect();
        return Err(vec![unknown("checklist", &asked.name, known)]);
    };
    if !asked.is_listed {
        let message = format!("{} is not among the checklists of [study]", checklist.name);
        let diag = study.error(codes::STUDY_MISSING_KEY, &asked.name.span, message);
        return Err(vec![diag.help(format!("add it there: checklists = [\"{}\"]", checklist.name))]);
    }
    let mut problems = Vec::new();
    let mut answers = Vec::new();
    for (item, words) in &asked.answers {
        if checklist.items.iter().all(|known| known.name != item.value) {
            let known = checklist.items.iter().map(|item| item.name).collect();
            problems.push(unknown(&format!("item of {}", checklist.name), item, known));
            continue;
        }
        match Answer::parse(&item.value, &words.value, &study.file, &study.place(&words.span)) {
            Ok(answer) => answers.push(answer),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok((checklist, answers)) } else { Err(problems) }
}

/// Fills the checklists of a study, each with a warning of what is open, or says everything that stands in the way.
pub(super) fn checklists(
    study: &Study,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
    is_public: bool,
) -> Result<Vec<(Filled, Option<Diag>)>, Vec<Diag>> {
    let mut problems = Vec::new();
    let mut all = Vec::new();
    for asked in &study.checklists {
        let found = read(study, asked).and_then(|(checklist, answers)| {
            filled(checklist, &answers, outline, findings, style, is_public)
        });
        match found {
            Ok(filled) => {
                let open: Vec<&Item> = filled.open().collect();
                let of = filled.checklist.items.len();
                let note = open_items(filled.checklist.name, &open, of, study.place(&asked.name.span));
                all.push((filled, note));
            }
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

/// The mistakes in what a study says of its checklists and, without any finding, what only people can still say.
pub(in crate::pipeline) fn check_checklists(study: &Study) -> (Vec<Diag>, Vec<Diag>) {
    let mut problems = Vec::new();
    let mut notes = Vec::new();
    for asked in &study.checklists {
        match read(study, asked) {
            Ok((checklist, answers)) => {
                let is_open = |item: &&Item| {
                    item.is_for_people() && answers.iter().all(|answer| answer.item != item.name)
                };
                let open: Vec<&Item> = checklist.items.iter().filter(is_open).collect();
                let place = study.place(&asked.name.span);
                notes.extend(open_items(checklist.name, &open, checklist.items.len(), place));
            }
            Err(mut found) => problems.append(&mut found),
        }
    }
    (problems, notes)
}
