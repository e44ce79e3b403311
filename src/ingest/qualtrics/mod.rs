//! Qualtrics exports of every generation to a table, an instrument and what is about the response.

mod cells;
mod columns;
mod conditions;
mod decimals;
mod defined;
mod doubts;
mod draft;
mod expected;
mod grammar;
mod header;
mod import_id;
mod inferred;
mod joined;
mod labels;
mod matching;
mod matrix;
mod metadata;
mod names;
mod pairing;
mod rows;
mod several;
mod shown;
mod twins;

use std::collections::BTreeMap;

use crate::codebook::{Form, Instrument, Question};
use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::qsf::{self, Asked, Definition, Kind, Logic};
use super::{Export, Grid, Platform, RawTable, grid};
use cells::Mark;
use columns::{Columns, Group, Sheet};
use conditions::References;
use draft::{Draft, Ids};
use header::{Generation, Header};
use inferred::Known;
pub(super) use metadata::of_names;

/// Says why a grid is a Qualtrics export, if it is one.
pub(super) fn detect(grid: &Grid) -> Option<String> {
    Header::of(grid).map(|header| header.evidence())
}

/// Reads an export. Fails if the grid is none, or if the definition is unreadable or of another survey.
pub(super) fn read(grid: &Grid, definition: Option<(&FileId, &[u8])>) -> Result<Noted<Export>, Vec<Diag>> {
    let Some(header) = Header::of(grid) else {
        let message = format!("{} is no Qualtrics export", grid.file());
        return Err(vec![Diag::error(codes::FORMAT_UNKNOWN, Place::file(grid.file()), message)]);
    };
    let twin = definition.and_then(|(file, bytes)| other_export(file, bytes));
    let definition = match definition {
        Some((file, bytes)) if twin.is_none() => Some((file, qsf::parse(file, bytes)?)),
        _ => None,
    };
    let mut notes = header.notes(grid);
    let table = table(grid, &header, &mut notes);
    let sheet = Sheet { header: &header, table: &table };
    let mut columns = columns::sort(&sheet, definition.as_ref().map(|(_, definition)| definition));
    if let Some((file, definition)) = &definition {
        notes.extend(matching::reconcile(&mut columns.groups, &sheet, definition, file)?);
        columns::in_defined_order(&mut columns.groups, definition);
    }
    let definition = definition.as_ref().map(|(_, definition)| definition);
    let (cells, mixed) = cells::labels_or_codes(&sheet, &columns.groups, definition, &columns.metadata);
    notes.extend(mixed);
    let mark = cells::seen_unanswered(&sheet, &columns.groups, definition, cells);
    note_mark(mark.as_ref(), &columns.groups, &sheet, &mut notes);
    let mark = mark.map(|mark| mark.text);
    let commas = decimals::are_commas(&sheet, &columns, mark.as_deref());
    let mut names = twins::names(&sheet, &columns.twins, &mut notes);
    if let Some((grid, header)) = &twin {
        names.extend(pairing::names(&sheet, &columns, grid, header, &mut notes)?);
    }
    let known = Known {
        cells,
        mark: mark.as_deref(),
        has_ids: header.ids.is_some(),
        commas: commas.is_some(),
        names: &names,
    };
    let displayed = shown::columns(&sheet, &columns, mark.as_deref(), &mut notes);
    let instrument = Reader { sheet: &sheet, definition, known }.instrument(&mut columns, &mut notes);
    if columns.metadata.record.is_none() {
        let message = "no column holds the id of a response; a response is known by its line alone";
        notes.push(Diag::note(codes::ASSUMED, Place::file(grid.file()), message));
    }
    columns.other.sort_unstable();
    columns.metadata.rest.sort_unstable();
    columns.identifiers.sort_unstable();
    columns.identifiers.dedup();
    let platform = match header.generation {
        Generation::Legacy => Platform::QualtricsLegacy,
        Generation::Modern | Generation::Transitional | Generation::NamesOnly => Platform::Qualtrics,
    };
    let mut export = Export::of_rows(platform, header.evidence(), header.rows, table);
    export.instrument = instrument;
    export.metadata = columns.metadata;
    export.other_columns = columns.other;
    export.identifiers = columns.identifiers;
    export.cells = cells;
    export.seen_unanswered = mark;
    export.displayed = displayed;
    export.shuffled = shuffled(&export.instrument, definition);
    if let Some(note) = commas {
        export.decimal_commas = numbers(&export.instrument);
        notes.extend((!export.decimal_commas.is_empty()).then_some(note));
    }
    Ok(Noted { value: export, notes })
}

/// An export that was given in place of a definition: the same responses, as codes or as choice texts.
fn other_export(file: &FileId, bytes: &[u8]) -> Option<(Grid, Header)> {
    let grid = grid::read(file, bytes).ok()?.value;
    let header = Header::of(&grid)?;
    Some((grid, header))
}

/// The rows as a table. Where a program wrote `NA` for every blank, blanks are blank again.
fn table(grid: &Grid, header: &Header, notes: &mut Vec<Diag>) -> RawTable {
    let table = grid.table(header.rows, header.names.clone());
    if !cells::blanks_are_na(&table) {
        return table;
    }
    let message = "no cell is blank and many are NA, as R writes blanks; NA is read as blank";
    let diag = Diag::warning(codes::ASSUMED, Place::file(grid.file()), message);
    notes.push(diag.help("use the export itself, not a copy that R wrote, if NA is an answer"));
    grid.table_with(header.rows, header.names.clone(), |cell| (cell != "NA").then_some(cell))
}

fn note_mark(mark: Option<&Mark>, groups: &[Group], sheet: &Sheet<'_>, notes: &mut Vec<Diag>) {
    let Some(mark) = mark else { return };
    let message = format!(
        "{} in {} cells of {} columns is read as seen but unanswered",
        mark.text, mark.cells, mark.columns
    );
    notes.push(Diag::note(codes::ASSUMED, Place::file(sheet.table.file()), message));
    for group in mark.clashes.iter().filter_map(|position| groups.get(*position)) {
        let tag = draft::tag(group, sheet, None);
        let message =
            format!("{} is the code of a choice of {tag}, and elsewhere the mark of no answer", mark.text);
        let diag = Diag::warning(codes::ASSUMED, Place::column(sheet.table.file(), &tag), message);
        notes.push(diag.help("recode the choice in the survey, or export with another mark"));
    }
}

/// For the columns of questions that are asked in random order, which of them are asked among each other.
fn shuffled(instrument: &Instrument, definition: Option<&Definition>) -> BTreeMap<usize, usize> {
    let mut shuffled = BTreeMap::new();
    for question in &instrument.questions {
        let native = question.native.as_deref().unwrap_or_default();
        let qid = native.split('#').next().unwrap_or_default();
        let qid = qid.find("QID").map_or(qid, |start| &qid[start..]);
        let qid = qid.split('_').next().unwrap_or_default();
        if let Some(region) = definition.and_then(|definition| definition.question(qid)?.shuffled) {
            shuffled.extend(question.form.columns().into_iter().map(|column| (column, region)));
        }
    }
    shuffled
}

/// The columns of numbers.
fn numbers(instrument: &Instrument) -> Vec<usize> {
    let forms = instrument.questions.iter().map(|question| &question.form);
    let mut columns: Vec<usize> =
        forms.filter(|form| matches!(form, Form::Numbers { .. })).flat_map(Form::columns).collect();
    columns.sort_unstable();
    columns
}

/// The columns of texts that by their wording say who a person is.
fn asking_who(drafted: &Draft) -> Vec<usize> {
    let Form::Texts { items } = &drafted.form else { return Vec::new() };
    let by_wording = metadata::asks_who(&drafted.wording);
    let asks = |label: &str| metadata::asks_who(label) || metadata::is_identifying_name(label);
    items.iter().filter(|item| by_wording || asks(&item.label)).map(|item| item.column).collect()
}

/// Makes the questions.
struct Reader<'a> {
    sheet: &'a Sheet<'a>,
    definition: Option<&'a Definition>,
    known: Known<'a>,
}

impl Reader<'_> {
    fn instrument(&self, columns: &mut Columns, notes: &mut Vec<Diag>) -> Instrument {
        let mut ids = Ids::new(self.sheet);
        let mut references = References::default();
        let mut logics: Vec<Option<&Logic>> = Vec::new();
        let mut instrument = Instrument::default();
        for group in &columns.groups {
            let asked = self.definition.and_then(|definition| definition.question(&group.question));
            if asked.is_some_and(|asked| matches!(asked.kind, Kind::Shown | Kind::Measured)) {
                columns.other.extend(group.members.iter().map(|member| member.column));
                continue;
            }
            let defined = asked
                .zip(self.definition)
                .and_then(|(asked, definition)| defined::draft(group, asked, definition, self.sheet));
            if let (Some(asked), None) = (asked, &defined) {
                let message = format!("the columns of {} are not those of its definition", asked.tag);
                let place =
                    Place::column(self.sheet.table.file(), &draft::tag(group, self.sheet, Some(asked)));
                notes.push(Diag::warning(codes::DEFINITION_MISMATCH, place, message));
            }
            if asked.is_some_and(|asked| asked.kind == Kind::Contact) {
                columns.identifiers.extend(group.members.iter().map(|member| member.column));
            }
            let drafts = defined.unwrap_or_else(|| inferred::drafts(group, self.sheet, self.known));
            columns.other.extend(draft::unused(group, &drafts));
            notes.extend(doubts::of_promoters(group, self.sheet));
            for drafted in drafts {
                notes.extend(drafted.notes.iter().cloned());
                columns.identifiers.extend(asking_who(&drafted));
                // Conditions speak of the question, not of one of its parts.
                let is_whole = drafted.suffix.is_empty();
                let question = self.question(group, asked, drafted, &mut ids);
                notes.extend(doubts::of(&question, self.known.cells, self.sheet.table.file()));
                if is_whole {
                    references.add(group, &question.id, &question.form);
                }
                logics.push(asked.and_then(|asked| asked.condition.as_ref()));
                instrument.questions.push(question);
            }
        }
        let conditions: Vec<_> =
            logics.iter().map(|logic| logic.map(|logic| references.translate(logic, &instrument))).collect();
        for (question, condition) in instrument.questions.iter_mut().zip(conditions) {
            question.asked_if = condition;
        }
        instrument
    }

    /// Names the question and its items so that no two names of the instrument are equal.
    fn question(&self, group: &Group, asked: Option<&Asked>, drafted: Draft, ids: &mut Ids) -> Question {
        let tag = draft::tag(group, self.sheet, asked) + &drafted.suffix;
        let native = group.native().map(|native| native + &drafted.suffix);
        let id = ids.claim(&tag, native.as_deref().unwrap_or(&tag));
        let mut form = drafted.form;
        if let Form::Battery { items, .. }
        | Form::MultiBattery { items, .. }
        | Form::Ranking { items }
        | Form::Scores { items, .. }
        | Form::Numbers { items }
        | Form::Texts { items } = &mut form
        {
            for item in items {
                // A single entry is the question itself.
                if item.id != id {
                    let native = self.native_of(group, item.column);
                    item.id = ids.claim(&item.id, &native);
                }
            }
        }
        let wording = if drafted.wording.is_empty() { tag } else { drafted.wording };
        Question { id, native, wording, form, asked_if: None, defined: drafted.defined }
    }

    /// The platform's id of a column.
    fn native_of(&self, group: &Group, column: usize) -> String {
        let id = self.sheet.header.ids.as_ref().and_then(|ids| ids.get(column)?.as_ref());
        match id {
            Some(id) => id.id.clone(),
            None => format!("{}-{}", group.question, column + 1),
        }
    }
}

#[cfg(test)]
mod tests;
