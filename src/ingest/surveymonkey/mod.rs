//! SurveyMonkey exports: two header rows, or one where the second was condensed or deleted.

mod blocks;
mod flat;
mod header;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Form, Instrument};
use crate::diag::{Diag, Noted, Place, codes};

use super::blocks::{Block, Part, Reader, Said, Tally, hold_one_number_each, is_not_applicable, join};
use super::identity::{column_tells_who, may_identify};
use super::infer::{self, WholeNumbers, distinct_names};
use super::{Cells, Export, Grid, Platform, RawTable};
use blocks::Titled;
use header::Header;

/// Says why a grid is a SurveyMonkey export, if it is one.
pub(super) fn detect(grid: &Grid) -> Option<String> {
    Header::of(grid).map(|header| header.evidence())
}

/// Reads an export. Fails if the grid is none.
pub(super) fn read(grid: &Grid) -> Result<Noted<Export>, Vec<Diag>> {
    let Some(header) = Header::of(grid) else {
        let message = format!("{} is no SurveyMonkey export", grid.file());
        return Err(vec![Diag::error(codes::FORMAT_UNKNOWN, Place::file(grid.file()), message)]);
    };
    let bare = grid.table(header.rows, header.titles.clone());
    let (titled, other) = if header.rows == 2 {
        blocks::of_two_rows(grid, &header, &bare)
    } else {
        (flat::of_one_row(&header.titles, header.first_question(), &bare), Vec::new())
    };
    let mut notes = Vec::new();
    let named = Named::of(&header, &titled);
    let table = grid.table(header.rows, named.columns.clone());
    let numeric = is_numeric(&table, &named.blocks);
    let numbers = if numeric { WholeNumbers::Codes } else { WholeNumbers::Numbers };
    let reader = Reader { table: &table, numbers };
    notes.extend(without_titles(&table, &titled, &named.blocks));
    if numeric {
        let message = "closed answers are numbers: the order of the choices or weights that the author gave, which the file does not say";
        let diag = Diag::warning(codes::ASSUMED, Place::file(table.file()), message);
        notes.push(diag.help(
            "export again with the actual answer text, or declare choices and codes in the study file",
        ));
    }
    let mut export = Export::of_rows(Platform::SurveyMonkey, header.evidence(), header.rows, table.clone());
    let (mut who, custom) = header.describe(&mut export.metadata);
    for block in &named.blocks {
        // A question of one column that asks who somebody is is none.
        if let [only] = block.parts.as_slice()
            && column_tells_who(&table, only.column, &block.wording)
        {
            who.push(only.column);
            notes.push(may_identify(&table, only.column, &table.names()[only.column]));
            continue;
        }
        let drafts = reader.read(block);
        export.instrument.questions.extend(drafts.questions);
        notes.extend(drafts.notes);
    }
    export.other_columns = [custom, other].concat();
    export.other_columns.sort_unstable();
    who.extend(export.other_columns.iter().filter(|column| column_tells_who(&table, **column, "")));
    export.identifiers = who;
    export.cells = if numeric { Cells::Codes } else { Cells::Labels };
    export.missing_codes_in = not_applicable(&table, &export.instrument);
    Ok(Noted { value: export, notes })
}

/// Questions with ids, and a name of its own for every column.
struct Named {
    blocks: Vec<Block>,
    columns: Vec<String>,
}

impl Named {
    fn of(header: &Header, titled: &[Titled]) -> Self {
        let wordings: Vec<String> = titled
            .iter()
            .map(|block| match block.parts.first() {
                Some(part) if block.title.is_empty() => {
                    format!("untitled question in column {}", part.column + 1)
                }
                _ => block.title.clone(),
            })
            .collect();
        let ids = distinct_names(&wordings);
        let mut columns = header.titles.clone();
        for (block, id) in titled.iter().zip(&ids) {
            for part in &block.parts {
                let only = block.parts.len() == 1;
                let label = if only || matches!(part.said, Said::Closed) { "" } else { part.label.as_str() };
                columns[part.column] = join(id, label);
            }
        }
        let blocks = titled
            .iter()
            .zip(ids)
            .map(|(block, id)| Block { id, wording: block.title.clone(), parts: block.parts.clone() })
            .collect();
        Self { blocks, columns: distinct_names(&columns) }
    }
}

/// Whether closed answers are written as numbers: there are several, and none holds a text.
fn is_numeric(table: &RawTable, blocks: &[Block]) -> bool {
    let closed = |part: &Part| !matches!(part.said, Said::Open | Said::Other) && !part.label.is_empty();
    let mut numeric = 0_usize;
    let mut one_number = false;
    for block in blocks {
        let boxes: Vec<&Part> = block.parts.iter().filter(|part| closed(part)).collect();
        one_number |= boxes.len() > 1 && hold_one_number_each(table, &boxes);
        for part in block.parts.iter().filter(|part| closed(part)) {
            let tally = Tally::of(table, part.column);
            if tally.is_blank() {
                continue;
            }
            let texts = tally.texts.keys().any(|text| !infer::number(text) && !is_not_applicable(text));
            // Entries of several boxes are no closed answers; those of one are called open.
            if texts && (part.said == Said::Closed || tally.says_only(&part.label)) {
                return false;
            }
            numeric += usize::from(!texts);
        }
    }
    // Sliders are numbers too; boxes that hold a number each, or many closed columns, are codes.
    one_number || numeric > 8
}

/// The cells in which an item of a ranking, or a row of numbers, does not apply, by column.
fn not_applicable(table: &RawTable, instrument: &Instrument) -> BTreeMap<usize, Vec<(String, String)>> {
    let of_numbers = instrument.questions.iter().filter_map(|question| match &question.form {
        Form::Ranking { items } | Form::Numbers { items } => Some(items),
        _ => None,
    });
    let texts = |column: usize| -> BTreeSet<&str> {
        table.tally(column).map(|(text, _)| text.trim()).filter(|cell| is_not_applicable(cell)).collect()
    };
    let code = |text: &str| (text.to_owned(), "not applicable".to_owned());
    of_numbers
        .flatten()
        .map(|item| (item.column, texts(item.column).into_iter().map(code).collect::<Vec<_>>()))
        .filter(|(_, codes)| !codes.is_empty())
        .collect()
}

fn without_titles(table: &RawTable, titled: &[Titled], blocks: &[Block]) -> Vec<Diag> {
    titled
        .iter()
        .zip(blocks)
        .filter(|(titled, _)| titled.untitled)
        .filter_map(|(_, block)| {
            let column = block.parts.first()?.column;
            let message = format!(
                "a question begins here without a title, because its columns are of another kind than those before; it is called \"{}\"",
                block.id
            );
            let diag = Diag::warning(codes::ASSUMED, Place::column(table.file(), &table.names()[column]), message);
            Some(diag.help("give the question a title in the first row if it is one"))
        })
        .collect()
}
