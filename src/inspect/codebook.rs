//! A codebook: every question with its wording, kind, items, choices, condition, counts and columns.
//!
//! It holds no answer of anybody: counts of who answered and why others did not, and choices as far as they may be
//! shown.

use crate::codebook::{Form, Item, Missing, Question, Scale};
use crate::ingest::Export;
use crate::normalise::{Bound, Coder, Cohort, bind};
use crate::responses::{Answers, Codes, Tally};
use crate::study::{Group, Study, StudyQuestion};

use super::choices;
use super::report::{counted, is_identifier, items, kind};
use super::scale;

/// The questions of an export or of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// Its title: the file's name or the study's title.
    pub title: String,
    /// Where the answers come from.
    pub sources: Vec<EntrySource>,
    /// The questions in order.
    pub entries: Vec<Entry>,
}

/// An export of a codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySource {
    /// The group's label, or the file's name.
    pub label: String,
    /// The export.
    pub file: String,
    /// The definition, if one was given.
    pub definition: Option<String>,
    /// Which platform wrote it.
    pub platform: &'static str,
    /// Rows that count: all of an export, those analysed of a study.
    pub rows: u64,
    /// Columns that are never shown, because they may tell who a person is.
    pub withheld: u64,
}

/// One question of a codebook, in one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id by which a study file names it, or its name in the study.
    pub id: String,
    /// The study's label.
    pub label: String,
    /// The wording.
    pub wording: String,
    /// Its kind, with the number of items or choices.
    pub kind: String,
    /// The label of its source.
    pub source: String,
    /// The platform's own id.
    pub native: Option<String>,
    /// Whether kind and choices come from a definition.
    pub defined: bool,
    /// When it is asked, in words, if not always.
    pub condition: Option<String>,
    /// Its items; one without a label if it has none.
    pub items: Vec<EntryItem>,
    /// Its choices or points that may be shown.
    pub choices: Vec<EntryChoice>,
    /// Choices that are not shown, because one person alone may have written them.
    pub choices_not_shown: u64,
    /// Its scale in words.
    pub scale: Option<String>,
    /// The items that the study declares as worded against the scale.
    pub reversed: Vec<String>,
    /// Rows that count.
    pub rows: u64,
}

/// An item of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryItem {
    /// Its id.
    pub id: String,
    /// Its wording.
    pub label: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Rows in which it is answered; `None` where that is counted once for all items.
    pub answered: Option<u64>,
    /// Rows without an answer, by reason.
    pub missing: Vec<(Missing, u64)>,
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryChoice {
    /// What an export of codes writes for it, if that is not its label.
    pub code: Option<String>,
    /// Its label.
    pub label: String,
    /// Why choosing it is no answer, if it is none.
    pub outside: Option<Missing>,
}

impl Codebook {
    /// The codebook of an export.
    pub fn of_export(export: &Export, definition: Option<&str>) -> Self {
        let coder = Coder::new(export);
        let rows: Vec<usize> = (0..export.table.height()).collect();
        let file = export.table.file().short().to_owned();
        let questions =
            export.instrument.questions.iter().filter(|question| !is_identifier(export, question));
        let entries = questions.map(|question| {
            let answers = coder.code(question, None).value.answers;
            let (labels, choices_not_shown) = choices::shown(question, &answers);
            let scale = scale::of(question, &labels, choices_not_shown);
            let maker = Maker { export, question, answers: &answers, rows: &rows };
            Entry {
                choices: with_codes(question, &scale.ordered(labels, question.defined)),
                choices_not_shown,
                scale: scale.words(),
                items: maker
                    .items(question.form.items().iter().map(|item| (item.id.clone(), item.label.clone()))),
                ..maker.entry(&question.id, "", &file)
            }
        });
        let entries = entries.collect();
        Self { title: file.clone(), sources: vec![source(export, &file, definition, rows.len())], entries }
    }

    /// The codebook of a study: its questions in each group with an export. `export` gives the export of a group.
    pub fn of_study<'e>(
        study: &Study,
        cohorts: &[Cohort],
        export: impl Fn(&Group) -> Option<&'e Export>,
    ) -> Self {
        let mut sources = Vec::new();
        let mut entries: Vec<(usize, Entry)> = Vec::new();
        for group in &study.groups {
            let cohort = cohorts.iter().find(|cohort| cohort.group == group.id);
            let (Some(export), Some(cohort)) = (export(group), cohort) else { continue };
            let definition = group.definition.as_ref().map(|file| file.short().to_owned());
            sources.push(source(export, &group.label, definition.as_deref(), cohort.rows.len()));
            // A study whose questions cannot be bound was refused before.
            for (declared, bound) in bind(study, group, export).unwrap_or_default() {
                let Some(answered) = cohort.question(&declared.id) else { continue };
                let place = study.questions.iter().position(|question| question.id == declared.id);
                let maker = Maker {
                    export,
                    question: &bound.question,
                    answers: &answered.answers,
                    rows: &cohort.rows,
                };
                entries.push((place.unwrap_or(usize::MAX), maker.of_study(declared, &bound, &group.label)));
            }
        }
        entries.sort_by_key(|(place, _)| *place);
        Self {
            title: study.title.clone(),
            sources,
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        }
    }
}

fn source(export: &Export, label: &str, definition: Option<&str>, rows: usize) -> EntrySource {
    EntrySource {
        label: label.to_owned(),
        file: export.table.file().short().to_owned(),
        definition: definition.map(str::to_owned),
        platform: export.platform.words(),
        rows: rows as u64,
        withheld: export.identifiers.len() as u64,
    }
}

/// The choices with these labels, with their codes.
fn with_codes(question: &Question, labels: &[String]) -> Vec<EntryChoice> {
    let mut choices = question.form.choices().iter();
    let mut entry = |label: &String| {
        let choice = choices.find(|choice| choice.label == *label);
        EntryChoice {
            code: choice.map(|choice| choice.code.clone()).filter(|code| code != label),
            label: label.clone(),
            outside: choice.and_then(|choice| choice.outside),
        }
    };
    labels.iter().map(&mut entry).collect()
}

/// What an entry is made from.
struct Maker<'a> {
    export: &'a Export,
    question: &'a Question,
    answers: &'a Answers,
    rows: &'a [usize],
}

impl Maker<'_> {
    fn of_study(&self, declared: &StudyQuestion, bound: &Bound, group: &str) -> Entry {
        let named = bound.items.iter().map(|item| (item.id.clone(), item.label.clone()));
        let (choices, not_shown, scale) = match &declared.scale {
            Some(scale) => (points(scale), 0, Some(ends(scale))),
            None => {
                let (labels, not_shown) = if declared.choices.is_empty() {
                    choices::shown(self.question, self.answers)
                } else {
                    (self.question.form.choices().iter().map(|choice| choice.label.clone()).collect(), 0)
                };
                (with_codes(self.question, &labels), not_shown, None)
            }
        };
        let reversed = bound.items.iter().zip(&bound.reversed).filter(|(_, reversed)| **reversed);
        Entry {
            reversed: reversed.map(|(item, _)| item.id.clone()).collect(),
            choices,
            choices_not_shown: not_shown,
            scale,
            items: self.items(named),
            ..self.entry(&declared.id, &bound.label, group)
        }
    }

    fn entry(&self, id: &str, label: &str, source: &str) -> Entry {
        let condition = self.question.asked_if.as_ref();
        Entry {
            id: id.to_owned(),
            label: if label == self.question.wording { String::new() } else { label.to_owned() },
            wording: self.question.wording.clone(),
            kind: kind(&self.question.form),
            source: source.to_owned(),
            native: self.question.native.clone(),
            defined: self.question.defined,
            condition: condition.map(|condition| condition.words(&self.export.instrument)),
            items: Vec::new(),
            choices: Vec::new(),
            choices_not_shown: 0,
            scale: None,
            reversed: Vec::new(),
            rows: self.rows.len() as u64,
        }
    }

    /// The items with their counts. A ranking is answered as a whole, and so is a multi-select.
    fn items(&self, named: impl Iterator<Item = (String, String)>) -> Vec<EntryItem> {
        let answers = items(self.answers, self.export.table.height());
        let named: Vec<(String, String)> = named.collect();
        let of_items = self.question.form.items();
        if named.len() == of_items.len() && answers.len() == of_items.len() && named.len() > 1 {
            let columns = |position: usize, item: &Item| match &self.question.form {
                Form::MultiBattery { columns, .. } => columns.get(position).cloned().unwrap_or_default(),
                _ => vec![item.column],
            };
            let entry = |(position, ((id, label), item)): (usize, ((String, String), &Item))| EntryItem {
                id,
                label,
                columns: self.names(&columns(position, item)),
                ..self.counts(answers.get(position).map(AsRef::as_ref))
            };
            return named.into_iter().zip(of_items).enumerate().map(entry).collect();
        }
        let whole = self.counts(answers.first().map(AsRef::as_ref));
        let mut entries = vec![EntryItem { columns: self.names(&self.question.form.columns()), ..whole }];
        if matches!(self.question.form, Form::Ranking { .. } | Form::Scores { .. }) {
            // The items that are ranked; who answered is counted once, for all.
            entries.extend(named.into_iter().zip(of_items).map(|((id, label), item)| EntryItem {
                id,
                label,
                columns: self.names(&[item.column]),
                answered: None,
                missing: Vec::new(),
            }));
        }
        entries
    }

    fn counts(&self, answers: Option<&Codes>) -> EntryItem {
        let tally = answers.map(|codes| codes.tally(self.rows, 0));
        EntryItem {
            id: String::new(),
            label: String::new(),
            columns: Vec::new(),
            answered: Some(tally.as_ref().map_or(0, Tally::answered)),
            missing: counted(|reason| tally.as_ref().map_or(0, |tally| tally.missing(reason))),
        }
    }

    fn names(&self, columns: &[usize]) -> Vec<String> {
        columns.iter().filter_map(|column| self.export.table.names().get(*column).cloned()).collect()
    }
}

fn points(scale: &Scale) -> Vec<EntryChoice> {
    let points = scale.points.iter().map(|point| EntryChoice {
        code: point.also.first().cloned(),
        label: point.label.clone(),
        outside: None,
    });
    let outside = scale.outside.iter().map(|outside| EntryChoice {
        code: outside.also.first().cloned(),
        label: outside.label.clone(),
        outside: Some(outside.reason),
    });
    points.chain(outside).collect()
}

fn ends(scale: &Scale) -> String {
    let label =
        |point: Option<&crate::codebook::Point>| point.map(|point| point.label.clone()).unwrap_or_default();
    format!(
        "\"{}\", {} points from \"{}\" (low) to \"{}\" (high)",
        scale.name,
        scale.points.len(),
        label(scale.points.first()),
        label(scale.points.last())
    )
}
