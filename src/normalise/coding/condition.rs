//! Whether a condition holds for each row: yes, no, or not known.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::codebook::{
    Choice, Comparison, Condition, Form, FreeEnd, MultiCells, Question, Tiling, find_choice, tile,
};
use crate::ingest::{Cells, Export};

use super::choice::is_seen_unanswered;
use super::course::{Course, Progress};
use super::ticks::{Tick, spellings, tick};

/// For each row whether something holds; `None` where it is not known.
type Holds = Rc<[Option<bool>]>;

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
            Target::Boxes { columns, .. } => *columns.first()?,
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
                let mut holds = self::test(export, test);
                if let Some((trigger, position)) = trigger {
                    let own = position
                        .filter(|position| *position < before)
                        .and_then(|position| self.own(export, course, position));
                    forget_unreached(&mut holds, course, column, trigger, own.as_deref());
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
    trigger: usize,
    own: Option<&[Option<bool>]>,
) {
    for (row, holds) in holds.iter_mut().enumerate() {
        let away = matches!(course.on(row, column), Progress::Unfinished | Progress::NotStarted);
        let asked = own.and_then(|own| own.get(row).copied().flatten()) != Some(false);
        if away && asked && course.not_come_to(row, trigger) {
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
        Condition::Chosen { .. } | Condition::Compare { .. } | Condition::Answered { .. } => {
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
        Condition::Chosen { .. } | Condition::Compare { .. } | Condition::Answered { .. } => visit(condition),
    }
}

/// Where the answers to a question or an item stand, for a test.
enum Target<'e> {
    /// One choice in one column.
    One { column: usize, choices: &'e [Choice] },
    /// Boxes, a column for each choice.
    Boxes { columns: &'e [usize], choices: &'e [Choice] },
    /// Several choices in one cell.
    Joined { column: usize, separator: &'e str, choices: &'e [Choice] },
    /// A number, a text or anything else, as it stands.
    Plain { column: usize },
    /// A question of several columns, for which only whether anything is there can be asked.
    Several { columns: Vec<usize> },
}

fn target<'e>(export: &'e Export, name: &str) -> Option<Target<'e>> {
    let questions = &export.instrument.questions;
    let by_id = || questions.iter().find(|question| question.id == name);
    let by_native = || questions.iter().find(|question| question.native.as_deref() == Some(name));
    if let Some(question) = by_id().or_else(by_native) {
        return Some(match &question.form {
            Form::Single { column, choices, .. } => Target::One { column: *column, choices },
            Form::Multi { cells: MultiCells::Split(columns), choices, .. } => {
                Target::Boxes { columns, choices }
            }
            Form::Multi { cells: MultiCells::Joined { column, separator }, choices, .. } => {
                Target::Joined { column: *column, separator, choices }
            }
            Form::Date { column } => Target::Plain { column: *column },
            Form::Numbers { items } | Form::Texts { items } if items.len() == 1 => {
                Target::Plain { column: items[0].column }
            }
            form => Target::Several { columns: form.columns() },
        });
    }
    for question in questions {
        match &question.form {
            Form::Battery { items, choices } => {
                if let Some(item) = items.iter().find(|item| item.id == name) {
                    return Some(Target::One { column: item.column, choices });
                }
            }
            Form::MultiBattery { items, columns, choices } => {
                if let Some(position) = items.iter().position(|item| item.id == name) {
                    return Some(Target::Boxes { columns: columns.get(position)?, choices });
                }
            }
            Form::Ranking { items } | Form::Numbers { items } | Form::Texts { items } => {
                if let Some(item) = items.iter().find(|item| item.id == name) {
                    return Some(Target::Plain { column: item.column });
                }
            }
            Form::Single { .. } | Form::Multi { .. } | Form::Date { .. } | Form::Other { .. } => {}
        }
    }
    // A column that belongs to no question, such as embedded data.
    export.table.position(name).map(|column| Target::Plain { column })
}

fn test(export: &Export, test: &Condition) -> Vec<Option<bool>> {
    let unknown = || vec![None; export.table.height()];
    match test {
        Condition::Chosen { question, choice } => {
            target(export, question).map_or_else(unknown, |target| chosen(export, &target, choice))
        }
        Condition::Compare { question, comparison, value } => target(export, question)
            .map_or_else(unknown, |target| compared(export, &target, *comparison, value)),
        Condition::Answered { question } => {
            target(export, question).map_or_else(unknown, |target| answered(export, &target))
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Unknown(_) => unknown(),
    }
}

/// Reads each distinct text of a column once; blanks and the mark for "seen, not answered" are `None`.
fn by_text(export: &Export, column: usize, read: impl Fn(Option<&str>) -> Option<bool>) -> Vec<Option<bool>> {
    let blank = read(None);
    let mut known: BTreeMap<&str, Option<bool>> = BTreeMap::new();
    let table = &export.table;
    let mut holds = Vec::with_capacity(table.height());
    for cell in table.column(column) {
        let text = cell.filter(|text| !text.trim().is_empty() && !is_seen_unanswered(export, text));
        holds.push(match text {
            None => blank,
            Some(text) => *known.entry(text).or_insert_with(|| read(Some(text))),
        });
    }
    // A column that the table lacks says nothing.
    holds.resize(table.height(), None);
    holds
}

fn codes_first(export: &Export) -> bool {
    export.cells == Cells::Codes
}

fn chosen(export: &Export, target: &Target<'_>, choice: &str) -> Vec<Option<bool>> {
    let wanted = |choices: &[Choice]| {
        let by_id = choices.iter().position(|known| known.id == choice);
        by_id.or_else(|| choices.iter().position(|known| known.code == choice || known.label == choice))
    };
    let unknown = || vec![None; export.table.height()];
    match target {
        Target::One { column, choices } => {
            let Some(wanted) = wanted(choices) else { return unknown() };
            by_text(export, *column, |text| match text {
                None => Some(false),
                Some(text) => {
                    find_choice(choices, text, codes_first(export)).map(|found| found.position() == wanted)
                }
            })
        }
        Target::Boxes { columns, choices } => {
            let Some((position, column)) = wanted(choices).and_then(|at| Some((at, *columns.get(at)?)))
            else {
                return unknown();
            };
            by_text(export, column, |text| {
                match text.map_or(Tick::No, |text| tick(export, text, &choices[position])) {
                    Tick::Yes => Some(true),
                    Tick::No => Some(false),
                    Tick::Unreadable => None,
                }
            })
        }
        Target::Joined { column, separator, choices } => {
            let Some(wanted) = wanted(choices) else { return unknown() };
            let spellings = spellings(choices, codes_first(export));
            by_text(export, *column, |text| match text {
                None => Some(false),
                Some(text) => match tile(&spellings, separator, text, FreeEnd::Allowed).tiling {
                    Tiling::Unique(ticked) | Tiling::Ordered(ticked) => Some(ticked.contains(&wanted)),
                    Tiling::Ambiguous | Tiling::NoFit => None,
                },
            })
        }
        Target::Plain { column } => {
            by_text(export, *column, |text| Some(text.is_some_and(|text| text.trim() == choice)))
        }
        Target::Several { .. } => unknown(),
    }
}

fn compared(export: &Export, target: &Target<'_>, comparison: Comparison, value: &str) -> Vec<Option<bool>> {
    match target {
        Target::One { column, choices } => by_text(export, *column, |text| match text {
            None => compare(None, comparison, value),
            Some(text) if choices.is_empty() => compare(Some(text), comparison, value),
            Some(text) => {
                let found = find_choice(choices, text, codes_first(export))?;
                compare(Some(&choices[found.position()].code), comparison, value)
            }
        }),
        Target::Plain { column } => by_text(export, *column, |text| compare(text, comparison, value)),
        Target::Boxes { .. } | Target::Joined { .. } | Target::Several { .. } => {
            vec![None; export.table.height()]
        }
    }
}

/// Compares as numbers where both are numbers, else as texts, which can be equal or not and nothing else.
///
/// Platforms differ in whether nothing is less than a number, so that is not known.
fn compare(text: Option<&str>, comparison: Comparison, value: &str) -> Option<bool> {
    let Some(text) = text.map(str::trim) else {
        return match comparison {
            Comparison::Equal => Some(value.is_empty()),
            Comparison::NotEqual => Some(!value.is_empty()),
            Comparison::Greater | Comparison::AtLeast => {
                value.parse::<f64>().ok().filter(|value| *value > 0.0).map(|_| false)
            }
            Comparison::Less | Comparison::AtMost => None,
        };
    };
    let numbers = text.parse::<f64>().ok().zip(value.trim().parse::<f64>().ok());
    let Some((left, right)) = numbers else {
        return match comparison {
            Comparison::Equal => Some(text == value),
            Comparison::NotEqual => Some(text != value),
            _ => None,
        };
    };
    let order = left.partial_cmp(&right)?;
    Some(match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    })
}

fn answered(export: &Export, target: &Target<'_>) -> Vec<Option<bool>> {
    let any = |columns: &[usize], is: &dyn Fn(usize, &str) -> bool| {
        let mut holds = vec![Some(false); export.table.height()];
        for (position, column) in columns.iter().enumerate() {
            let there = by_text(export, *column, |text| Some(text.is_some_and(|text| is(position, text))));
            for (held, there) in holds.iter_mut().zip(there) {
                *held = Some(*held == Some(true) || there == Some(true));
            }
        }
        holds
    };
    match target {
        Target::One { column, .. } | Target::Joined { column, .. } | Target::Plain { column } => {
            any(&[*column], &|_, _| true)
        }
        Target::Boxes { columns, choices } => any(columns, &|position, text| {
            choices.get(position).is_some_and(|choice| tick(export, text, choice) == Tick::Yes)
        }),
        Target::Several { columns } => any(columns, &|_, _| true),
    }
}
