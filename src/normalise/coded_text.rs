//! Free texts by the codes that people gave them: who wrote about what, and never what they wrote.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Found, Missing, find_choice};
use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::{Export, RawTable, grid};
use crate::responses::{Answer, Answers, Bits, Ticks};
use crate::study::{Coding, Study, StudyQuestion};

use super::roster::column;

/// The codes of a question's texts, by the key of the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodingList {
    /// The file.
    pub file: FileId,
    /// For each key the positions of its codes, and the first line that names it.
    responses: BTreeMap<String, (BTreeSet<usize>, u32)>,
    /// The rows of the file.
    pub rows: u64,
}

impl CodingList {
    /// What is said of keys that are of several responses.
    pub(super) const OF_SEVERAL: &str = "of several responses, so that nobody can tell whose text was coded";

    /// Takes out the codes of a key, and says the line that names it first; nothing if it has none.
    pub(super) fn take(&mut self, key: &str) -> Option<u32> {
        self.responses.get_mut(key).filter(|(codes, _)| !codes.is_empty()).map(|(codes, line)| {
            codes.clear();
            *line
        })
    }
}

/// The codings of texts, by the question that they answer.
pub type Codings = BTreeMap<String, CodingList>;

/// Reads a coding file, a table with one header row: the codes of each response, and the whole table.
pub fn read_coding(
    study: &Study,
    declared: &StudyQuestion,
    coding: &Coding,
    bytes: &[u8],
    notes: &mut Vec<Diag>,
) -> Result<(CodingList, RawTable), Vec<Diag>> {
    let grid = grid::read(&coding.file, bytes)?.note_into(notes);
    let names = grid.record(0).map(|header| header.cells().map(|cell| cell.trim().to_owned()).collect());
    let table = grid.table(1, names.unwrap_or_default());
    let mut problems = Vec::new();
    let key = column(study, &table, &coding.key, &mut problems);
    let columns: Vec<Option<usize>> =
        coding.code.iter().map(|name| column(study, &table, name, &mut problems)).collect();
    let (Some(key), true) = (key, problems.is_empty()) else { return Err(problems) };
    let mut responses: BTreeMap<String, (BTreeSet<usize>, u32)> = BTreeMap::new();
    for row in 0..table.height() {
        let Some(id) = table.cell(row, key).map(str::trim).filter(|id| !id.is_empty()) else { continue };
        let (given, _) = responses.entry(id.to_owned()).or_insert_with(|| (BTreeSet::new(), table.line(row)));
        for column in columns.iter().flatten() {
            let cell = table.cell(row, *column).unwrap_or_default();
            for code in parts(coding, cell) {
                match position(declared, code) {
                    Some(position) => {
                        given.insert(position);
                    }
                    None => problems.push(not_declared(declared, &table, row, *column)),
                }
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((CodingList { file: coding.file.clone(), responses, rows: table.height() as u64 }, table))
}

/// The codes in a cell.
fn parts<'a>(coding: &'a Coding, cell: &'a str) -> impl Iterator<Item = &'a str> {
    let parts: Vec<&str> = match &coding.separator {
        Some(separator) => cell.split(separator.as_str()).collect(),
        None => vec![cell],
    };
    parts.into_iter().map(str::trim).filter(|code| !code.is_empty())
}

fn position(declared: &StudyQuestion, code: &str) -> Option<usize> {
    find_choice(&declared.choices, code, true).map(Found::position)
}

/// The cell is somebody's note on a text, and may quote it: it is not shown.
fn not_declared(declared: &StudyQuestion, table: &RawTable, row: usize, column: usize) -> Diag {
    let name = table.names().get(column).map_or("", String::as_str);
    let known: Vec<&str> = declared.choices.iter().map(|choice| choice.code.as_str()).collect();
    let place = Place::cell(table.file(), table.line(row), name);
    let message = format!("this is none of the codes that {} declares", declared.id);
    Diag::error(codes::CODE_NOT_DECLARED, place, message).help(format!("there are: {}", known.join(", ")))
}

/// The texts of a question by their codes. Whoever wrote a text that has no code is not coded.
pub(super) fn by_code(
    study: &Study,
    declared: &StudyQuestion,
    list: &CodingList,
    export: &Export,
    texts: &Answers,
    notes: &mut Vec<Diag>,
) -> Result<Answers, Vec<Diag>> {
    let (Some(coding), Answers::Texts { items }) = (&declared.coding, texts) else {
        return Ok(texts.clone());
    };
    let mut problems = Vec::new();
    let link = column(study, &export.table, &coding.link, &mut problems);
    let (Some(link), Some(written)) = (link, items.first()) else { return Err(problems) };
    let height = export.table.height();
    let mut chosen = vec![Bits::none(height); declared.choices.len()];
    let mut answered = Vec::with_capacity(height);
    let mut without_text = Vec::new();
    let key = |row: usize| export.table.cell(row, link).map(str::trim).unwrap_or_default();
    let shared =
        shared(written.iter().enumerate().filter(|(_, answer)| is_given(*answer)).map(|(row, _)| key(row)));
    let mut of_several = Vec::new();
    for (row, answer) in written.iter().enumerate() {
        let mut coded = list.responses.get(key(row)).filter(|(codes, _)| !codes.is_empty());
        if is_given(answer) && shared.contains(key(row)) {
            of_several.extend(coded.take().map(|(_, line)| *line));
        }
        answered.push(match (answer, coded) {
            (Answer::Missing(reason), coded) => {
                without_text.extend(coded.map(|(_, line)| *line));
                Answer::Missing(reason)
            }
            (Answer::Given(_), None) => Answer::Missing(Missing::NotCoded),
            (Answer::Given(_), Some((codes, _))) => {
                for code in codes {
                    chosen[*code].set(row);
                }
                Answer::Given(u16::try_from(codes.len()).unwrap_or(u16::MAX))
            }
        });
    }
    of_several.sort_unstable();
    of_several.dedup();
    notes.extend(of_no_text(coding, &without_text, "of a response in which nothing was written"));
    notes.extend(of_no_text(coding, &of_several, CodingList::OF_SEVERAL));
    Ok(Answers::Ticks(Ticks {
        answered: answered.into_iter().collect(),
        chosen,
        texts: Vec::new(),
        contradicted: None,
    }))
}

fn is_given(answer: Answer) -> bool {
    matches!(answer, Answer::Given(_))
}

/// Keys that stand in several rows.
fn shared<'a>(keys: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    keys.filter(|key| !seen.insert(*key)).collect()
}

/// Says how many rows of a coding file name a response that none of these exports has.
pub fn strangers(coding: &Coding, list: &CodingList, exports: &[&Export]) -> Option<Diag> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for export in exports {
        // An export without the column was said where it was bound.
        if let Some(link) = export.table.position(&coding.link.value) {
            known.extend(export.table.column(link).flatten().map(str::trim));
        }
    }
    let lines: Vec<u32> = list
        .responses
        .iter()
        .filter(|(key, _)| !known.contains(key.as_str()))
        .map(|(_, (_, line))| *line)
        .collect();
    of_no_text(coding, &lines, "of no response")
}

pub(super) fn of_no_text(coding: &Coding, lines: &[u32], of: &str) -> Option<Diag> {
    let first = lines.iter().min()?;
    let place = Place::cell(&coding.file, *first, &coding.key.value);
    let keys = if lines.len() == 1 { "1 key is".to_owned() } else { format!("{} keys are", lines.len()) };
    let diag =
        Diag::warning(codes::CODE_OF_NO_TEXT, place, format!("{keys} {of}; their codes count nowhere"));
    Some(diag.help("compare the key with the column that link names; the key is not shown"))
}
