//! A study file against its data: everything that would stop a run, without computing anything.

use std::collections::BTreeSet;

use crate::analyse::outline;
use crate::codebook::Kind;
use crate::diag::{Diag, FileId};
use crate::findings::{Findings, Outline};
use crate::io::Source;
use crate::normalise::bind;
use crate::study::Study;
use crate::text::TextTemplate;

use super::compute::{Prepared, prepare};
use super::render::{figure, table};
use super::{Stopped, as_text};

/// A study in which a run would find no mistake, and what it would read.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The study with its answers, coded but not computed.
    pub prepared: Prepared,
    /// The questions of the study and what answers them, in the order of the file.
    pub bound: Vec<BoundQuestion>,
    /// Questions of the exports that the study does not read.
    pub unused: Vec<Unused>,
    /// Questions of the study of which nothing is asked.
    pub not_asked: Vec<String>,
}

/// What answers a question in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundQuestion {
    /// The question.
    pub question: String,
    /// Its kind.
    pub kind: Kind,
    /// The group.
    pub group: String,
    /// The names by which the study file finds it in the group's export.
    pub from: Vec<String>,
    /// How many items it has there; 1 for a question that is its own item.
    pub items: usize,
    /// Its points or choices there.
    pub levels: usize,
}

/// Questions of an export that no question of the study reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// The export.
    pub file: FileId,
    /// The ids of its questions.
    pub questions: Vec<String>,
}

/// Checks a study file against its data, or says everything that would stop a run.
pub fn check(source: &dyn Source, file: &FileId, progress: &dyn Fn(&str)) -> Result<Checked, Stopped> {
    let mut prepared = prepare(source, file, progress)?;
    let study = &prepared.study;
    let outline = outline(study, &prepared.cohorts);
    let mut problems = shown(study, &outline);
    let mut notes = Vec::new();
    let templates = study.texts.iter().flat_map(|text| [&text.template, &text.public_template]);
    for file in templates.flatten() {
        match source.read(file).and_then(|bytes| as_text(file, bytes)) {
            Ok(text) => {
                let parsed = TextTemplate::parse(file, &text);
                prepared.sources.insert(file.clone(), text);
                match parsed {
                    Ok(template) => notes.extend(template.notes()),
                    Err(found) => problems.extend(found),
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(Stopped { problems, sources: prepared.sources });
    }
    prepared.notes.extend(notes);
    let (bound, unused) = bindings(&prepared);
    let not_asked = not_asked(&prepared.study);
    Ok(Checked { prepared, bound, unused, not_asked })
}

/// Tables and figures that cannot be made, whatever is found: each is made of no findings at all.
fn shown(study: &Study, outline: &Outline) -> Vec<Diag> {
    let nothing = Findings::default();
    let tables = study.tables.iter().filter_map(|shown| table(study, shown, outline, &nothing).err());
    let figures = study.figures.iter().filter_map(|shown| figure(study, shown, outline, &nothing).err());
    tables.chain(figures).collect()
}

fn bindings(prepared: &Prepared) -> (Vec<BoundQuestion>, Vec<Unused>) {
    let Prepared { study, exports, .. } = prepared;
    let mut bound = Vec::new();
    let mut unused = Vec::new();
    for (key, export) in exports {
        let mut read: BTreeSet<usize> = BTreeSet::new();
        for group in &study.groups {
            if group.export.as_ref() != Some(&key.0) || group.definition != key.1 {
                continue;
            }
            // What cannot be bound stopped the reading before.
            for (declared, question) in bind(study, group, export).unwrap_or_default() {
                read.extend(question.question.form.columns());
                let named = declared.sources.get(&group.id).into_iter().flatten();
                let of_items = declared.items.iter().filter_map(|item| item.sources.get(&group.id));
                let mut from: Vec<String> = named.map(|name| name.value.clone()).collect();
                if from.is_empty() {
                    from.extend(of_items.map(|name| name.value.clone()));
                }
                bound.push(BoundQuestion {
                    question: declared.id.clone(),
                    kind: declared.kind,
                    group: group.id.clone(),
                    from,
                    items: question.items.len(),
                    levels: question.levels.len(),
                });
            }
        }
        let questions = export.instrument.questions.iter();
        let left = questions.filter(|question| !question.form.columns().iter().any(|c| read.contains(c)));
        let questions: Vec<String> = left.map(|question| question.id.clone()).collect();
        if !questions.is_empty() {
            unused.push(Unused { file: key.0.clone(), questions });
        }
    }
    let place = |id: &str| study.questions.iter().position(|question| question.id == id);
    bound.sort_by_key(|bound| (place(&bound.question), group_place(study, &bound.group)));
    (bound, unused)
}

fn group_place(study: &Study, id: &str) -> Option<usize> {
    study.groups.iter().position(|group| group.id == id)
}

fn not_asked(study: &Study) -> Vec<String> {
    let asked: BTreeSet<&str> = study.asks.iter().flat_map(|ask| &ask.of).map(String::as_str).collect();
    let ids = study.questions.iter().map(|question| question.id.as_str());
    ids.filter(|id| !asked.contains(id)).map(str::to_owned).collect()
}
