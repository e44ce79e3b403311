//! How far each person went: whether the survey or form was finished, and what was reached before.

use std::collections::BTreeMap;

use crate::codebook::{Form, MultiCells};
use crate::ingest::{Export, FormColumns, Platform, RawTable};

use super::belonging::Belonging;

/// How far a person went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// It was submitted, or the form is marked as complete.
    Finished,
    /// It was left before the end.
    Unfinished,
    /// Nobody opened it.
    NotStarted,
    /// The export does not say.
    Unknown,
}

/// How far each person went, in the survey or on each form.
#[derive(Debug)]
pub(super) struct Course {
    parts: Vec<Part>,
    /// For each column the part to which it belongs.
    part_of: Vec<Option<usize>>,
    /// For each column its question's position in the instrument, if a definition gives the order.
    order: Vec<Option<usize>>,
    belonging: Belonging,
    /// For each column whether its question comes in random order among others, all of which have one position.
    shuffled: Vec<bool>,
}

/// What is answered in one go: a survey, or a form.
#[derive(Debug)]
struct Part {
    progress: Vec<Progress>,
    /// For rows that are not finished, the last question of the instrument that was reached.
    reached: Vec<Option<usize>>,
}

impl Course {
    pub(super) fn of(export: &Export) -> Self {
        let table = &export.table;
        let width = table.names().len();
        let forms = &export.metadata.forms;
        let (mut parts, mut part_of) = (Vec::new(), vec![None; width]);
        if forms.is_empty() {
            parts.push(Part { progress: of_survey(export), reached: vec![None; table.height()] });
            part_of.fill(Some(0));
        }
        for (position, form) in forms.iter().enumerate() {
            parts.push(Part { progress: of_form(table, form), reached: vec![None; table.height()] });
            for column in form.fields.iter().chain(&form.boxes).filter(|column| **column < width) {
                part_of[*column] = Some(position);
            }
        }
        let belonging = Belonging::of(export);
        let shuffled = (0..width).map(|column| export.shuffled.contains_key(&column)).collect();
        let mut course = Self { parts, part_of, order: order(export, width), belonging, shuffled };
        course.reach(export);
        course
    }

    /// How far a person went on the part to which a column belongs.
    pub(super) fn on(&self, row: usize, column: usize) -> Progress {
        self.part(column)
            .and_then(|part| self.parts.get(part))
            .map_or(Progress::Unknown, |part| part.progress[row])
    }

    /// Whether a row that was left before the end was left before a column's question: `None` where no order is known.
    pub(super) fn left_before(&self, row: usize, column: usize) -> Option<bool> {
        let question = self.order.get(column).copied().flatten()?;
        let part = self.parts.get(self.part(column)?)?;
        Some(part.reached[row].is_none_or(|reached| reached < question))
    }

    /// Whether a column belongs to a row at all: the form of another event or repetition does not.
    pub(super) fn belongs(&self, row: usize, column: usize) -> bool {
        self.belonging.belongs(row, column)
    }

    /// For each row the row of the same record and event on which a column stands, if there is one and only one.
    /// `None` if it stands on every row itself.
    pub(super) fn stands_on(&self, column: usize) -> Option<Vec<Option<usize>>> {
        self.belonging.stands_on(column)
    }

    /// The same for another event of the record.
    pub(super) fn stands_on_event(&self, event: &str, column: usize, height: usize) -> Vec<Option<usize>> {
        self.belonging.stands_on_event(event, column, height)
    }

    /// How far a person went on everything that was started.
    pub(super) fn progress(&self, row: usize) -> Progress {
        let started = self.parts.iter().map(|part| part.progress[row]);
        let worst = started.filter(|progress| *progress != Progress::NotStarted).max();
        worst.unwrap_or(Progress::NotStarted)
    }

    /// The form, or the survey, to which a column belongs.
    pub(super) fn part(&self, column: usize) -> Option<usize> {
        self.part_of.get(column).copied().flatten()
    }

    /// Whether a row's person did not come as far as a column's question: nobody opened its form, or it was left before.
    pub(super) fn not_come_to(&self, row: usize, column: usize) -> bool {
        match self.on(row, column) {
            Progress::NotStarted => true,
            Progress::Unfinished => self.left_before(row, column) == Some(true),
            Progress::Finished | Progress::Unknown => false,
        }
    }

    /// Whether a definition gives the order of the questions that a column belongs to.
    pub(super) fn knows_order(&self, column: usize) -> bool {
        self.order.get(column).copied().flatten().is_some()
    }

    /// Whether nobody knows of a person who left if a column's question came before: the order is random, and the person
    /// left among the questions that come among each other.
    pub(super) fn left_among(&self, row: usize, column: usize) -> bool {
        let reached = self.part(column).and_then(|part| self.parts.get(part)?.reached[row]);
        self.on(row, column) == Progress::Unfinished
            && self.shuffled.get(column) == Some(&true)
            && reached.is_some()
            && reached == self.order.get(column).copied().flatten()
    }

    /// Notes for each unfinished row the last question with something in it.
    fn reach(&mut self, export: &Export) {
        let unfinished: Vec<Vec<usize>> = self
            .parts
            .iter()
            .map(|part| {
                let left = |row: &usize| part.progress[*row] == Progress::Unfinished;
                (0..part.progress.len()).filter(left).collect()
            })
            .collect();
        for (position, question) in export.instrument.questions.iter().enumerate() {
            let first =
                question.form.columns().first().and_then(|column| self.order.get(*column).copied()?);
            let position = first.unwrap_or(position);
            let boxes = boxes(&question.form);
            for column in question.form.columns() {
                let Some(part) = self.part_of.get(column).copied().flatten() else { continue };
                for row in &unfinished[part] {
                    let cell = export.table.cell(*row, column).map_or("", str::trim);
                    let unticked = boxes && matches!(cell, "0" | "Unchecked");
                    if !cell.is_empty() && !unticked {
                        let reached = &mut self.parts[part].reached[*row];
                        *reached = (*reached).max(Some(position));
                    }
                }
            }
        }
    }
}

fn boxes(form: &Form) -> bool {
    matches!(
        form,
        Form::Multi { cells: MultiCells::Split(_) | MultiCells::Counted { .. }, .. }
            | Form::MultiBattery { .. }
    )
}

/// For each column the position of its question, where a definition gives the order. Questions that come in random
/// order among each other have the position of the first.
fn order(export: &Export, width: usize) -> Vec<Option<usize>> {
    let mut order = vec![None; width];
    // A file of labels does not say what was shown to whom, so a blank in it may stand anywhere.
    if matches!(export.platform, Platform::Spss | Platform::Stata) {
        return order;
    }
    let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
    let questions = export.instrument.questions.iter().enumerate();
    for (position, question) in questions.filter(|(_, question)| question.defined) {
        for column in question.form.columns().into_iter().filter(|column| *column < width) {
            let first = export.shuffled.get(&column).map(|among| *firsts.entry(*among).or_insert(position));
            order[column] = Some(first.unwrap_or(position));
        }
    }
    order
}

/// Progress in a survey.
fn of_survey(export: &Export) -> Vec<Progress> {
    let progress = |submitted| match submitted {
        Some(true) => Progress::Finished,
        Some(false) => Progress::Unfinished,
        None => Progress::Unknown,
    };
    export.submissions().into_iter().map(progress).collect()
}

/// Progress on a form.
///
/// A form nobody opened has the status incomplete and zeros in all boxes. In a form filled in by staff, incomplete is
/// only what the status says when nobody changed it, so whether it was left early is not known; in a survey it is.
fn of_form(table: &RawTable, form: &FormColumns) -> Vec<Progress> {
    let cell = |row: usize, column: usize| table.cell(row, column).map_or("", str::trim);
    (0..table.height())
        .map(|row| {
            let stamp = form.timestamp.map(|column| cell(row, column));
            match form.status.map(|column| cell(row, column)) {
                Some("2" | "1" | "Complete" | "Unverified") => return Progress::Finished,
                Some("0" | "Incomplete" | "") | None => {}
                Some(_) => return Progress::Unknown,
            }
            match stamp {
                Some("[not completed]") => return Progress::Unfinished,
                Some(stamp) if !stamp.is_empty() => return Progress::Finished,
                _ => {}
            }
            let ticked = |column: &usize| !matches!(cell(row, *column), "" | "0" | "Unchecked");
            let started = form.fields.iter().any(|column| !cell(row, *column).is_empty())
                || form.boxes.iter().any(ticked);
            if started { Progress::Unknown } else { Progress::NotStarted }
        })
        .collect()
}
