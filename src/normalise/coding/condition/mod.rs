//! Whether a condition holds for each row: yes, no, or not known.

mod cells;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::codebook::{Condition, Question};
use crate::ingest::Export;

use super::course::{Course, Progress};
use cells::{Target, target};

/// For each row whether something holds; `None` where it is not known.
pub(super) type Holds = Rc<[Option<bool>]>;

/// What is known of an export's conditions: many questions share one, and each is evaluated once.
#[derive(Debug)]
pub(super) struct Conditions {
    /// For each column the position of its question.
    owner: Vec<Option<usize>>,
    known: RefCell<Vec<Known>>,
    of_question: RefCell<BTreeMap<usize, Holds>>,
}

/// A condition that was evaluated, and what else its evaluation depends on.
#[derive(Debug)]
struct Known {
    condition: Condition,
    part: Option<usize>,
    before: usize,
    holds: Holds,
}

impl Conditions {
    pub(super) fn of(export: &Export) -> Self {
        let mut owner = vec![None; export.table.names().len()];
        for (position, question) in export.instrument.questions.iter().enumerate() {
            for column in question.form.columns() {
                if let Some(owner) = owner.get_mut(column) {
                    *owner = owner.or(Some(position));
                }
            }
        }
        Self { owner, known: RefCell::default(), of_question: RefCell::default() }
    }

    /// The export's question in a column.
    pub(super) fn owner<'e>(&self, export: &'e Export, column: usize) -> Option<(usize, &'e Question)> {
        let position = self.owner.get(column).copied().flatten()?;
        Some((position, export.instrument.questions.get(position)?))
    }

    /// Evaluates for every row the condition of the question to which a column belongs.
    ///
    /// What the condition needs is read from the cells as they stand. Where a person left, or nobody opened the form,
    /// before the question that it asks about, the blank there says nothing, and the condition is not known.
    pub(super) fn evaluate(
        &self,
        export: &Export,
        course: &Course,
        condition: &Condition,
        column: usize,
    ) -> Holds {
        let owner = self.owner.get(column).copied().flatten();
        if let Some(holds) = owner.and_then(|owner| self.of_question.borrow().get(&owner).cloned()) {
            return holds;
        }
        let before = owner.unwrap_or(usize::MAX);
        for position in self.conditional(export, condition, before) {
            let question = &export.instrument.questions[position];
            if let (Some(condition), Some(column)) = (&question.asked_if, question.form.columns().first()) {
                self.one(export, course, condition, *column, position);
            }
        }
        let holds = self.one(export, course, condition, column, before);
        if let Some(owner) = owner {
            self.of_question.borrow_mut().insert(owner, Rc::clone(&holds));
        }
        holds
    }

    /// The questions with a condition on which a condition rests in the end, each after those on which it rests itself.
    ///
    /// Only what stands earlier is followed, so that conditions in a circle come to an end.
    fn conditional(&self, export: &Export, condition: &Condition, before: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open = vec![(condition, before)];
        while let Some((condition, before)) = open.pop() {
            for test in tests(condition) {
                let Some(position) = self.trigger(export, test).and_then(|(_, position)| position) else {
                    continue;
                };
                let own = export.instrument.questions[position].asked_if.as_ref();
                if let Some(own) = own.filter(|_| position < before)
                    && found.insert(position)
                {
                    open.push((own, position));
                }
            }
        }
        found
    }

    /// The first column that a test looks at, and the position of its question.
    fn trigger(&self, export: &Export, test: &Condition) -> Option<(usize, Option<usize>)> {
        let column = match target(export, subject(test)?)? {
            Target::One { column, .. } | Target::Joined { column, .. } | Target::Plain { column } => column,
            Target::Boxes(boxes) => *boxes.columns.first()?,
            Target::Several { columns } => *columns.first()?,
        };
        Some((column, self.owner.get(column).copied().flatten()))
    }

    /// Evaluates a condition when those on which it rests are known.
    fn one(
        &self,
        export: &Export,
        course: &Course,
        condition: &Condition,
        column: usize,
        before: usize,
    ) -> Holds {
        let tests = tests(condition);
        let triggers: Vec<Option<(usize, Option<usize>)>> =
            tests.iter().map(|test| self.trigger(export, test)).collect();
        // Where the question stands matters only as far as it stands before what it asks about.
        let last = triggers.iter().flatten().filter_map(|(_, position)| *position).max();
        let before = before.min(last.map_or(0, |last| last + 1));
        let part = course.part(column);
        let is_known =
            |known: &&Known| known.part == part && known.before == before && known.condition == *condition;
        if let Some(known) = self.known.borrow().iter().find(is_known) {
            return Rc::clone(&known.holds);
        }
        let answers: Vec<(&Condition, Vec<Option<bool>>)> = tests
            .into_iter()
            .zip(triggers)
            .map(|(test, trigger)| {
                let mut holds = cells::test(export, test);
                if let Some((trigger, position)) = trigger {
                    let stands_on = match test {
                        Condition::At { event, .. } => {
                            Some(course.stands_on_event(event, trigger, holds.len()))
                        }
                        _ => course.stands_on(trigger),
                    };
                    // Where the row has no place for what is asked about, another row of the record may have it.
                    if let Some(stands_on) = &stands_on {
                        holds = stands_on.iter().map(|row| row.and_then(|row| holds[row])).collect();
                    }
                    let own = position
                        .filter(|position| *position < before)
                        .and_then(|position| self.own(export, course, position));
                    let columns = position
                        .and_then(|position| export.instrument.questions.get(position))
                        .map_or_else(|| vec![trigger], |question| question.form.columns());
                    let said = |row: usize| {
                        let mut cells = columns.iter().filter_map(|column| export.table.cell(row, *column));
                        cells.any(|cell| !cell.trim().is_empty())
                    };
                    let stands = (trigger, stands_on.as_deref());
                    forget_unreached(&mut holds, course, column, stands, own.as_deref(), &said);
                }
                (test, holds)
            })
            .collect();
        let holds: Holds = combine(condition, &answers, export.table.height()).into();
        let known = Known { condition: condition.clone(), part, before, holds: Rc::clone(&holds) };
        self.known.borrow_mut().push(known);
        holds
    }

    /// For whom the question at a position is asked, if it has a condition.
    fn own(&self, export: &Export, course: &Course, position: usize) -> Option<Holds> {
        let question = export.instrument.questions.get(position)?;
        let column = *question.form.columns().first()?;
        Some(self.one(export, course, question.asked_if.as_ref()?, column, position))
    }
}

/// Makes a test unknown for whoever left, or did not begin, before the question that it asks about.
///
/// Not where that question was not to be asked, for then its blank is what the test would have met, nor where the
/// question with the condition is on a form that was begun: the form tested the blank.
fn forget_unreached(
    holds: &mut [Option<bool>],
    course: &Course,
    column: usize,
    (trigger, stands_on): (usize, Option<&[Option<usize>]>),
    own: Option<&[Option<bool>]>,
    said: &dyn Fn(usize) -> bool,
) {
    for (row, holds) in holds.iter_mut().enumerate() {
        let Some(at) = stands_on.map_or(Some(row), |rows| rows[row]) else { continue };
        let away = matches!(course.on(row, column), Progress::Unfinished | Progress::NotStarted);
        let asked = own.and_then(|own| own.get(at).copied().flatten()) != Some(false);
        let unseen = || course.not_come_to(at, trigger) || (course.left_among(at, trigger) && !said(at));
        if away && asked && unseen() {
            *holds = None;
        }
    }
}

/// The distinct tests of a condition.
fn tests(condition: &Condition) -> Vec<&Condition> {
    let mut tests: Vec<&Condition> = Vec::new();
    collect(condition, &mut |test| {
        if !tests.contains(&test) {
            tests.push(test);
        }
    });
    tests
}

/// Joins the answers to the tests of a condition, column by column, as [`Condition::holds`] does for one row.
fn combine(
    condition: &Condition,
    answers: &[(&Condition, Vec<Option<bool>>)],
    height: usize,
) -> Vec<Option<bool>> {
    // Of several parts the first `decisive` one decides, else one that is not known.
    let joined = |parts: &[Condition], decisive: bool| {
        let mut joined = vec![Some(!decisive); height];
        for part in parts {
            for (joined, part) in joined.iter_mut().zip(combine(part, answers, height)) {
                if *joined != Some(decisive) && part != Some(!decisive) {
                    *joined = part;
                }
            }
        }
        joined
    };
    match condition {
        Condition::All(parts) => joined(parts, false),
        Condition::Any(parts) => joined(parts, true),
        Condition::Not(part) => {
            combine(part, answers, height).into_iter().map(|holds| holds.map(|holds| !holds)).collect()
        }
        Condition::Unknown(_) => vec![None; height],
        Condition::Chosen { .. }
        | Condition::Compare { .. }
        | Condition::Answered { .. }
        | Condition::At { .. } => {
            let answer = answers.iter().find(|(test, _)| *test == condition);
            answer.map_or_else(|| vec![None; height], |(_, holds)| holds.clone())
        }
    }
}

/// The question or item that a test asks about.
fn subject(test: &Condition) -> Option<&str> {
    match test {
        Condition::Chosen { question, .. }
        | Condition::Compare { question, .. }
        | Condition::Answered { question } => Some(question),
        Condition::At { part, .. } => subject(part),
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Unknown(_) => None,
    }
}

/// Visits every test of a condition.
fn collect<'c>(condition: &'c Condition, visit: &mut dyn FnMut(&'c Condition)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                collect(part, visit);
            }
        }
        Condition::Not(part) => collect(part, visit),
        Condition::Unknown(_) => {}
        Condition::Chosen { .. }
        | Condition::Compare { .. }
        | Condition::Answered { .. }
        | Condition::At { .. } => visit(condition),
    }
}
