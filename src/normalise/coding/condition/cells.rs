//! What one test of a condition says for each row, read from the cells as they stand.

use std::collections::BTreeMap;

use crate::codebook::{Choice, Comparison, Condition, Form, FreeEnd, MultiCells, Tiling, find_choice, tile};
use crate::ingest::{Cells, Export};

use super::super::choice::is_seen_unanswered;
use super::super::ticks::{Boxes, Tick, spellings};

/// Where the answers to a question or an item stand, for a test.
pub(super) enum Target<'e> {
    /// One choice in one column.
    One { column: usize, choices: &'e [Choice] },
    /// Boxes, a column for each choice.
    Boxes(Boxes<'e>),
    /// Several choices in one cell.
    Joined { column: usize, separator: &'e str, choices: &'e [Choice] },
    /// A number, a text or anything else, as it stands.
    Plain { column: usize },
    /// A question of several columns, for which only whether anything is there can be asked.
    Several { columns: Vec<usize> },
}

pub(super) fn target<'e>(export: &'e Export, name: &str) -> Option<Target<'e>> {
    let questions = &export.instrument.questions;
    let by_id = || questions.iter().find(|question| question.id == name);
    let by_native = || questions.iter().find(|question| question.native.as_deref() == Some(name));
    if let Some(question) = by_id().or_else(by_native) {
        return Some(match &question.form {
            Form::Single { column, choices, .. } => Target::One { column: *column, choices },
            Form::Multi { cells: MultiCells::Split(columns), choices, .. } => {
                Target::Boxes(Boxes { columns, choices, counted: None })
            }
            Form::Multi { cells: MultiCells::Counted { columns, value }, choices, .. } => {
                Target::Boxes(Boxes { columns, choices, counted: Some(value) })
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
                    let columns = columns.get(position)?;
                    return Some(Target::Boxes(Boxes { columns, choices, counted: None }));
                }
            }
            Form::Ranking { items }
            | Form::Scores { items, .. }
            | Form::Numbers { items }
            | Form::Texts { items } => {
                if let Some(item) = items.iter().find(|item| item.id == name) {
                    return Some(Target::Plain { column: item.column });
                }
            }
            Form::Single { .. }
            | Form::Multi { .. }
            | Form::Ordering { .. }
            | Form::Date { .. }
            | Form::Other { .. } => {}
        }
    }
    // A column that belongs to no question, such as embedded data.
    export.table.position(name).map(|column| Target::Plain { column })
}

pub(super) fn test(export: &Export, test: &Condition) -> Vec<Option<bool>> {
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
        // Which row it is that the event names is not seen from the cells.
        Condition::At { part, .. } => self::test(export, part),
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
        Target::Boxes(boxes) => {
            let Some((position, column)) =
                wanted(boxes.choices).and_then(|at| Some((at, *boxes.columns.get(at)?)))
            else {
                return unknown();
            };
            by_text(export, column, |text| {
                match text.map_or(Tick::No, |text| boxes.tick(export, position, text)) {
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
        Target::Boxes(_) | Target::Joined { .. } | Target::Several { .. } => {
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
        Target::Boxes(boxes) => {
            any(boxes.columns, &|position, text| boxes.tick(export, position, text) == Tick::Yes)
        }
        Target::Several { columns } => any(columns, &|_, _| true),
    }
}
