//! The ticks of a multi-select question, from a column for each choice or from several choices in one cell.

use std::collections::BTreeMap;

use crate::codebook::{Choice, Found, FreeEnd, Missing, MultiCells, Tiling, find_choice, fold, tile};
use crate::ingest::{Cells, Export, Platform};
use crate::responses::{Answer, Bits, Ticks};

use super::account::{Account, Fact};
use super::asked::Asked;
use super::choice::{is_seen_unanswered, missing_code};
use super::course::Progress;
use super::recoded::{ReadAs, Rule};
use super::unread::Kind;

/// What a cell says about one box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tick {
    /// It is ticked.
    Yes,
    /// It is not.
    No,
    /// It cannot be read.
    Unreadable,
}

/// Boxes: a column for each choice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Boxes<'a> {
    pub(super) columns: &'a [usize],
    pub(super) choices: &'a [Choice],
    /// The value that is a tick, where the file declares it.
    pub(super) counted: Option<&'a str>,
}

impl Boxes<'_> {
    /// Reads a cell of the box at `position` that is neither blank nor marked as seen and not answered.
    pub(super) fn tick(&self, export: &Export, position: usize, text: &str) -> Tick {
        let (Some(column), Some(choice)) = (self.columns.get(position), self.choices.get(position)) else {
            return Tick::Unreadable;
        };
        match self.counted {
            Some(counted) if text.trim() == counted => Tick::Yes,
            Some(_) => Tick::No,
            None => tick(export, *column, text, choice),
        }
    }
}

/// Reads a cell whose tick the file does not declare.
///
/// Qualtrics writes the choice's code or text, or 1, into the box of a choice that was made, whatever that text is;
/// REDCap writes 1 and 0; people who make tables write many words.
fn tick(export: &Export, column: usize, text: &str, choice: &Choice) -> Tick {
    let text = text.trim();
    let says_it = || {
        text == choice.code
            || fold(text) == fold(&choice.label)
            || choice.also.iter().any(|also| fold(also) == fold(text))
    };
    match export.platform {
        Platform::Qualtrics | Platform::QualtricsLegacy => {
            // A 0 is written for what was seen and not chosen, unless it is the choice's own code.
            if text == "0" && choice.code != "0" { Tick::No } else { Tick::Yes }
        }
        platform if platform.writes_other_in_place() && choice.text_entry => Tick::Yes,
        Platform::RedcapRaw | Platform::RedcapLabels | Platform::RedcapOdm => match text {
            "0" | "Unchecked" => Tick::No,
            "1" | "Checked" => Tick::Yes,
            _ if missing_code(export, column, text).is_some() => Tick::No,
            _ if says_it() => Tick::Yes,
            _ => Tick::Unreadable,
        },
        _ => match text.to_lowercase().as_str() {
            "1" | "1.0" | "yes" | "true" | "x" | "checked" | "selected" => Tick::Yes,
            "0" | "0.0" | "no" | "false" | "unchecked" | "not selected" => Tick::No,
            _ if says_it() => Tick::Yes,
            _ => Tick::Unreadable,
        },
    }
}

/// The texts by which several answers in one cell are known: codes or labels, as the file holds them.
pub(super) fn spellings(choices: &[Choice], codes: bool) -> Vec<Vec<&str>> {
    choices
        .iter()
        .map(|choice| {
            if codes {
                vec![choice.code.as_str()]
            } else {
                std::iter::once(choice.label.as_str()).chain(choice.also.iter().map(String::as_str)).collect()
            }
        })
        .collect()
}

/// What one row says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Row {
    ticked: Vec<usize>,
    /// Whether something in it says that the question was seen.
    seen: bool,
    /// Whether every box is there and none is ticked.
    unticked: bool,
    unreadable: bool,
    /// Why there is no answer, where a cell says it.
    reason: Option<Missing>,
    /// Why there is no answer, where a box that is none on the question's own terms is ticked.
    outside: Option<Missing>,
}

/// Codes a multi-select question. `asked` gives who was asked the question of a column.
pub(super) fn code<'a>(
    export: &Export,
    cells: &MultiCells,
    choices: &[Choice],
    texts: &[usize],
    asked: impl Fn(usize) -> Asked<'a>,
    account: &mut Account<'_>,
) -> Ticks {
    let column = cells.columns().first().copied().unwrap_or(usize::MAX);
    let asked = asked(column);
    let rows = match cells {
        MultiCells::Split(columns) => split(export, Boxes { columns, choices, counted: None }, account),
        MultiCells::Counted { columns, value } => {
            split(export, Boxes { columns, choices, counted: Some(value) }, account)
        }
        MultiCells::Coded(columns) => coded(export, columns, choices, account),
        MultiCells::Joined { column, separator } => joined(export, *column, separator, choices, account),
    };
    let height = export.table.height();
    let mut chosen = vec![Bits::none(height); choices.len()];
    let mut answered = Vec::with_capacity(height);
    let can_contradict = choices.iter().any(|choice| choice.exclusive || choice.outside.is_some());
    let mut contradicted = can_contradict.then(|| Bits::none(height));
    for (row, said) in rows.into_iter().enumerate() {
        let count = u16::try_from(said.ticked.len()).unwrap_or(u16::MAX);
        answered.push(if said.unreadable {
            Answer::Missing(Missing::Unreadable)
        } else if count == 0 {
            Answer::Missing(why_none(&said, row, column, &asked, account))
        } else {
            asked.check_answer(row, account);
            let excludes = said.ticked.iter().any(|choice| choices[*choice].exclusive);
            if (count > 1 && excludes) || said.outside.is_some() {
                account.met(Fact::Exclusive, row, column);
                if let Some(rows) = &mut contradicted {
                    rows.set(row);
                }
            }
            for choice in said.ticked {
                chosen[choice].set(row);
            }
            Answer::Given(count)
        });
    }
    let is_text = |cell: Option<&str>| {
        cell.is_some_and(|text| !text.trim().is_empty() && !is_seen_unanswered(export, text))
    };
    let texts = texts.iter().map(|column| export.table.column(*column).map(is_text).collect()).collect();
    Ticks { answered: answered.into_iter().collect(), chosen, texts, contradicted }
}

/// Why nothing is ticked. A mark says that the question was seen; zeros in all boxes say it only of a finished form.
fn why_none(said: &Row, row: usize, column: usize, asked: &Asked<'_>, account: &mut Account<'_>) -> Missing {
    if let Some(reason) = said.reason.or(said.outside) {
        return reason;
    }
    if said.seen {
        let cell = account.export.table.cell(row, column).map(str::trim);
        let told = Some(asked.mark().or(cell).unwrap_or("0").to_owned());
        account.recoded(row, column, told, ReadAs::Missing(Missing::Skipped), Rule::SeenUnanswered);
        return Missing::Skipped;
    }
    let reason = asked.reason(row, account);
    if said.unticked && reason == Missing::Skipped && asked.progress(row) != Progress::NotStarted {
        account.met(Fact::NoneTicked, row, column);
    }
    reason
}

/// What a text in a box is.
#[derive(Debug, Clone, Copy)]
enum InBox {
    Nothing,
    Seen,
    Missing(Missing),
    Tick(Tick),
}

fn split(export: &Export, boxes: Boxes<'_>, account: &mut Account<'_>) -> Vec<Row> {
    let height = export.table.height();
    let mut rows = vec![Row { unticked: true, ..Row::default() }; height];
    // REDCap writes zeros whether or not anybody saw the boxes; elsewhere a zero is the mark of having seen them.
    let zero_is_seen = !export.platform.is_redcap();
    for (position, column) in boxes.columns.iter().enumerate().take(boxes.choices.len()) {
        let distinct = export.table.distinct(*column);
        let said: Vec<InBox> = distinct
            .texts()
            .iter()
            .map(|(text, _)| match text.trim() {
                "" => InBox::Nothing,
                _ if is_seen_unanswered(export, text) => InBox::Seen,
                _ => {
                    let declared = (!is_called(&boxes.choices[position], text))
                        .then(|| account.declared_missing(text))
                        .flatten();
                    // REDCap's boxes hold such a code for a whole question, which is read with the others.
                    let of_file = || {
                        (boxes.counted.is_some() || export.platform == Platform::LimeSurvey)
                            .then(|| missing_code(export, *column, text))
                            .flatten()
                    };
                    declared
                        .or_else(of_file)
                        .map_or_else(|| InBox::Tick(boxes.tick(export, position, text)), InBox::Missing)
                }
            })
            .collect();
        for (row, at) in distinct.rows().enumerate() {
            match at.map_or(InBox::Nothing, |at| said[at]) {
                InBox::Nothing => rows[row].unticked = false,
                InBox::Seen => rows[row].seen = true,
                InBox::Missing(reason) => {
                    let text = at.map_or("", |at| distinct.texts()[at].0);
                    is_missing(row, *column, text, reason, &mut rows[row], account);
                }
                InBox::Tick(Tick::Yes) => match boxes.choices[position].outside {
                    Some(reason) => rows[row].outside = rows[row].outside.or(Some(reason)),
                    None => rows[row].ticked.push(position),
                },
                InBox::Tick(Tick::No) => rows[row].seen |= zero_is_seen,
                InBox::Tick(Tick::Unreadable) => {
                    rows[row].unreadable = true;
                    account.unread(Kind::NotAChoice, row, *column);
                }
            }
        }
    }
    rows
}

/// Reads columns that each hold one choice. Two columns with the same choice are one tick.
fn coded(export: &Export, columns: &[usize], choices: &[Choice], account: &mut Account<'_>) -> Vec<Row> {
    let mut rows = vec![Row::default(); export.table.height()];
    for column in columns {
        let mut known: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for (row, cell) in export.table.column(*column).enumerate() {
            let Some(text) = cell.map(str::trim).filter(|text| !text.is_empty()) else { continue };
            let codes = export.cells == Cells::Codes;
            let find = || find_choice(choices, text, codes).map(Found::position);
            let choice = *known.entry(text).or_insert_with(find);
            let outside = choice.and_then(|choice| choices[choice].outside);
            match (outside.or_else(|| account.missing_code(*column, text)), choice) {
                (Some(reason), _) => is_missing(row, *column, text, reason, &mut rows[row], account),
                (None, Some(choice)) if rows[row].ticked.contains(&choice) => {}
                (None, Some(choice)) => rows[row].ticked.push(choice),
                (None, None) => {
                    rows[row].unreadable = true;
                    account.unread(Kind::NotAChoice, row, *column);
                }
            }
        }
    }
    rows
}

/// Whether a box that is itself no answer holds its own name, as it does where it is ticked.
fn is_called(choice: &Choice, text: &str) -> bool {
    choice.outside.is_some() && (choice.code == text.trim() || choice.label == text.trim())
}

/// Enters a cell that holds a declared missing value; the first of a row says why there is no answer.
fn is_missing(
    row: usize,
    column: usize,
    text: &str,
    reason: Missing,
    said: &mut Row,
    account: &mut Account<'_>,
) {
    let told = account.told(column, text);
    account.recoded(row, column, told, ReadAs::Missing(reason), Rule::MissingCode);
    said.unticked = false;
    said.reason = said.reason.or(Some(reason));
}

/// What a joined cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Joined {
    Ticked { choices: Vec<usize>, rule: Option<Rule> },
    Seen,
    MissingCode,
    Ambiguous,
    Unreadable,
}

fn joined(
    export: &Export,
    column: usize,
    separator: &str,
    choices: &[Choice],
    account: &mut Account<'_>,
) -> Vec<Row> {
    let distinct = export.table.distinct(column);
    let read =
        |text: &str| (!text.trim().is_empty()).then(|| read_joined(export, column, separator, choices, text));
    let known: Vec<Option<Joined>> = distinct.texts().iter().map(|(text, _)| read(text)).collect();
    let mut rows = vec![Row::default(); export.table.height()];
    for (row, position) in distinct.rows().enumerate() {
        let Some(said) = position.and_then(|position| known[position].as_ref()) else { continue };
        match said {
            Joined::Ticked { choices: ticked, rule } => {
                for choice in ticked {
                    match choices[*choice].outside {
                        Some(reason) => rows[row].outside = rows[row].outside.or(Some(reason)),
                        None => rows[row].ticked.push(*choice),
                    }
                }
                if let Some(rule) = *rule {
                    let labels: Vec<&str> =
                        ticked.iter().map(|choice| choices[*choice].label.as_str()).collect();
                    // The cell may hold somebody's own words beside the choices.
                    account.recoded(row, column, None, ReadAs::Answer(labels.join(" + ")), rule);
                }
            }
            Joined::Seen => rows[row].seen = true,
            Joined::MissingCode => {}
            Joined::Ambiguous => {
                rows[row].unreadable = true;
                account.unread(Kind::Ambiguous, row, column);
            }
            Joined::Unreadable => {
                rows[row].unreadable = true;
                account.unread(Kind::Joined, row, column);
            }
        }
    }
    rows
}

/// A cell without blanks around its separators, which say nothing where no choice holds the separator.
fn without_blanks(separator: &str, choices: &[Choice], cell: &str) -> Option<String> {
    let holds = |text: &String| text.contains(separator);
    if separator.trim().is_empty() || choices.iter().any(|c| holds(&c.label) || c.also.iter().any(holds)) {
        return None;
    }
    let parts: Vec<&str> = cell.split(separator).map(str::trim).collect();
    Some(parts.join(separator)).filter(|narrow| narrow != cell)
}

fn read_joined(export: &Export, column: usize, separator: &str, choices: &[Choice], text: &str) -> Joined {
    if is_seen_unanswered(export, text) {
        return Joined::Seen;
    }
    if missing_code(export, column, text).is_some() {
        return Joined::MissingCode;
    }
    let takes_text: Vec<usize> = (0..choices.len()).filter(|choice| choices[*choice].text_entry).collect();
    let free = if takes_text.is_empty() { FreeEnd::Refused } else { FreeEnd::Allowed };
    let codes = export.cells == Cells::Codes;
    // Some platforms end every choice with the separator instead of joining them by it.
    let body = text.trim();
    let body = body.strip_suffix(separator.trim_end()).filter(|body| !body.is_empty()).unwrap_or(body);
    let ways = |body: &str| {
        let tiled = tile(&spellings(choices, codes), separator, body, free);
        if tiled.tiling == Tiling::NoFit || tiled.free.is_some() {
            let other = tile(&spellings(choices, !codes), separator, body, FreeEnd::Refused);
            if other.tiling != Tiling::NoFit {
                return other;
            }
        }
        tiled
    };
    let mut tiled = ways(body);
    if tiled.tiling == Tiling::NoFit
        && let Some(narrow) = without_blanks(separator, choices, body)
    {
        tiled = ways(&narrow);
    }
    let (mut ticked, mut rule) = match tiled.tiling {
        Tiling::Unique(ticked) => (ticked, None),
        Tiling::Ordered(ticked) => (ticked, Some(Rule::DefinitionOrder)),
        Tiling::Ambiguous => return Joined::Ambiguous,
        // Where words stand in the place of a choice, a cell without a choice is nothing but such words.
        Tiling::NoFit => match takes_text.as_slice() {
            [other] if export.platform.writes_other_in_place() => (vec![*other], Some(Rule::OtherText)),
            _ => return Joined::Unreadable,
        },
    };
    if tiled.free.is_some() {
        // The words at the end belong to the one choice that takes words; with several such nothing says to which.
        let [other] = takes_text.as_slice() else { return Joined::Unreadable };
        if !ticked.contains(other) {
            ticked.push(*other);
        }
        rule = Some(Rule::OtherText);
    }
    ticked.sort_unstable();
    Joined::Ticked { choices: ticked, rule }
}
