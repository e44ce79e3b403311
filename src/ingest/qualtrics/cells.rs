//! What the cells of an export hold: labels or codes, the mark of a seen but unanswered question, and `NA` for blank.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::fold;
use crate::diag::{Diag, Place, codes};
use crate::ingest::qsf::{Asked, Choice, Definition, Kind, Matrix};
use crate::ingest::{Cells, Metadata, RawTable};

use super::columns::{Group, Sheet};
use super::header::Generation;
use super::import_id::Part;

/// What Qualtrics writes by default for a question that was seen and not answered.
const USUAL_MARK: &str = "-99";

/// Whether a program wrote `NA` into every blank cell, as R does: there is no blank, and many columns have `NA`.
pub(super) fn blanks_are_na(table: &RawTable) -> bool {
    let mut with_na = 0;
    for column in 0..table.names().len() {
        let (mut filled, mut has) = (0, false);
        for (text, count) in table.tally(column) {
            filled += count;
            has |= text == "NA";
        }
        if filled < table.height() as u64 {
            return false;
        }
        with_na += usize::from(has);
    }
    // One question may have NA as an answer; several columns that have it, metadata among them, are not answers.
    with_na >= 3
}

/// The definition's question for a group, and the choices its single-choice cells take.
fn coded_choices<'d>(definition: Option<&'d Definition>, group: &Group) -> Option<&'d [Choice]> {
    let asked = definition?.question(&group.question)?;
    choices_in_cells(asked, group.side.as_deref())
}

fn choices_in_cells<'d>(asked: &'d Asked, side: Option<&str>) -> Option<&'d [Choice]> {
    match asked.kind {
        Kind::Single => Some(&asked.choices),
        Kind::Matrix(Matrix::Single) | Kind::Levels => Some(&asked.answers),
        Kind::SideBySide => {
            let side = asked.sides.iter().find(|part| Some(part.number.as_str()) == side)?;
            (side.matrix == Matrix::Single).then_some(side.answers.as_slice())
        }
        _ => None,
    }
}

/// Decides once per file whether cells hold labels or codes, and notes columns that hold the other.
pub(super) fn labels_or_codes(
    sheet: &Sheet<'_>,
    groups: &[Group],
    definition: Option<&Definition>,
    metadata: &Metadata,
) -> (Cells, Vec<Diag>) {
    let mut per_column: Vec<(usize, u64, u64)> = Vec::new();
    for group in groups {
        let Some(choices) = coded_choices(definition, group) else { continue };
        let codes: BTreeSet<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
        let labels: BTreeSet<String> = choices.iter().flat_map(spellings).map(fold).collect();
        for member in group.members.iter().filter(|member| matches!(member.part, Part::Answer(_))) {
            // The same few texts fill a column; each is looked at once.
            let mut texts: BTreeMap<&str, u64> = BTreeMap::new();
            sheet.tally(member.column).for_each(|(cell, count)| *texts.entry(cell).or_default() += count);
            let (mut n_codes, mut n_labels) = (0, 0);
            for (cell, count) in texts {
                match (codes.contains(cell), labels.contains(&fold(cell))) {
                    (true, false) => n_codes += count,
                    (false, true) => n_labels += count,
                    _ => {}
                }
            }
            per_column.push((member.column, n_codes, n_labels));
        }
    }
    let (n_codes, n_labels) =
        per_column.iter().fold((0, 0), |(codes, labels), (_, c, l)| (codes + c, labels + l));
    if n_codes + n_labels == 0 {
        return (without_definition(sheet, groups, metadata), Vec::new());
    }
    let cells = if n_labels >= n_codes { Cells::Labels } else { Cells::Codes };
    let (usual, other) = match cells {
        Cells::Labels => ("choice texts", "codes"),
        Cells::Codes => ("codes", "choice texts"),
    };
    let mixed = per_column.iter().filter_map(|(column, codes, labels)| {
        let odd = if cells == Cells::Labels { *codes } else { *labels };
        let message = format!("{odd} cells hold {other}, though the file holds {usual}");
        (odd > 0).then(|| {
            let place = Place::column(sheet.table.file(), sheet.name(*column));
            Diag::warning(codes::ASSUMED, place, message)
                .help("export all parts of the file with the same setting")
        })
    });
    (cells, mixed.collect())
}

/// Every text that a choice-text export may write for a choice.
pub(super) fn spellings(choice: &Choice) -> impl Iterator<Item = &str> {
    [choice.label.as_str(), choice.raw.as_str()]
        .into_iter()
        .chain(choice.naming.as_deref())
        .chain(choice.translations.iter().map(String::as_str))
        .filter(|text| !text.is_empty())
}

fn without_definition(sheet: &Sheet<'_>, groups: &[Group], metadata: &Metadata) -> Cells {
    // The same setting decides whether a submitted response says True or 1.
    let said = |column: Option<usize>| {
        column.into_iter().flat_map(|column| sheet.tally(column).map(|(cell, _)| cell))
    };
    let mut about = said(metadata.finished).chain(said(metadata.status)).peekable();
    let known = about.peek().is_some();
    if about.any(|cell| cell.parse::<i64>().is_err()) {
        return Cells::Labels;
    }
    // The exporter before 2017 said 1 in either setting.
    if known && sheet.header.generation != Generation::Legacy {
        return Cells::Codes;
    }
    let (mut whole, mut all) = (0, 0);
    for member in groups.iter().flat_map(|group| &group.members) {
        if matches!(member.part, Part::Answer(_) | Part::Tick(_)) {
            for (cell, count) in sheet.tally(member.column) {
                all += count;
                whole += count * u64::from(is_list_of_integers(cell));
            }
        }
    }
    // Texts stand among the answers where names alone say which column is one.
    if all > 0 && whole * 2 >= all { Cells::Codes } else { Cells::Labels }
}

/// Whether a cell is an integer or a list of them, as unsplit codes are.
fn is_list_of_integers(cell: &str) -> bool {
    cell.split(',').all(|part| part.parse::<i64>().is_ok())
}

/// The mark of a seen but unanswered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its text.
    pub(super) text: String,
    /// In how many cells of questions it stands.
    pub(super) cells: usize,
    /// In how many columns.
    pub(super) columns: usize,
    /// Questions of which it is a choice's own code.
    pub(super) clashes: Vec<usize>,
}

#[derive(Default)]
struct Tally {
    cells: usize,
    columns: usize,
    questions: BTreeSet<usize>,
    in_texts: bool,
    clashes: BTreeSet<usize>,
}

/// Finds the mark: a negative whole number that is no choice's code and stands where no number belongs.
pub(super) fn seen_unanswered(
    sheet: &Sheet<'_>,
    groups: &[Group],
    definition: Option<&Definition>,
    cells: Cells,
) -> Option<Mark> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (position, group) in groups.iter().enumerate() {
        let asked = definition.and_then(|definition| definition.question(&group.question));
        let own = asked.map(|asked| every_code(asked, group.side.as_deref())).unwrap_or_default();
        let numeric = asked.is_some_and(|asked| {
            matches!(asked.kind, Kind::Numbers | Kind::Number | Kind::Matrix(Matrix::Number))
        });
        for member in &group.members {
            for (text, count) in negatives(sheet, member.column) {
                let tally = tallies.entry(text.clone()).or_default();
                if own.contains(text.as_str()) {
                    tally.clashes.insert(position);
                    continue;
                }
                tally.cells += count;
                tally.columns += 1;
                // A slider may go below zero; alone it proves nothing.
                if !numeric || text == USUAL_MARK {
                    tally.questions.insert(position);
                    tally.in_texts |= matches!(member.part, Part::Text(_));
                }
            }
        }
    }
    let proves = |text: &str, tally: &Tally| {
        let several = tally.questions.len() >= 2;
        let no_code = tally.in_texts || cells == Cells::Labels || definition.is_some();
        tally.cells > 0 && (several && no_code || text == USUAL_MARK && !tally.questions.is_empty())
    };
    tallies.into_iter().filter(|(text, tally)| proves(text, tally)).max_by_key(|(_, tally)| tally.cells).map(
        |(text, tally)| Mark {
            text,
            cells: tally.cells,
            columns: tally.columns,
            clashes: tally.clashes.into_iter().collect(),
        },
    )
}

/// Every code that a question's cells may hold: ticks of older side-by-side questions are codes too.
fn every_code<'d>(asked: &'d Asked, side: Option<&str>) -> BTreeSet<&'d str> {
    let of_side =
        asked.sides.iter().filter(|part| Some(part.number.as_str()) == side).flat_map(|part| &part.answers);
    let own = asked.choices.iter().filter(|_| matches!(asked.kind, Kind::Single | Kind::Multi));
    own.chain(&asked.answers).chain(of_side).map(|choice| choice.code.as_str()).collect()
}

/// The negative whole numbers in a column, with their counts.
fn negatives(sheet: &Sheet<'_>, column: usize) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (cell, count) in sheet.tally(column) {
        let is_negative = cell.strip_prefix('-').is_some_and(|digits| {
            !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        if is_negative {
            *counts.entry(cell.to_owned()).or_default() += usize::try_from(count).unwrap_or(usize::MAX);
        }
    }
    counts
}
