//! An export without its data dictionary: what names and cells alone tell.

use crate::codebook::{Choice, Form, Instrument, MultiCells, Question};
use crate::diag::{Diag, Noted, Place, codes};
use crate::ingest::identity;
use crate::ingest::infer::{WholeNumbers, distinct_names, question};
use crate::ingest::{Cells, Export, FormColumns, Grid, Metadata, Platform, RawTable};

use super::columns::{SURVEY_IDENTIFIER, SYSTEM};
use super::data::{has_second_header, is_status};
use super::doubts;
use super::structure;

/// What a column is, by its name.
enum Seen<'a> {
    Record,
    System,
    SurveyIdentifier,
    Timestamp,
    Status(&'a str),
    /// A box: the field's name or label, and the code or label of the choice.
    Box(&'a str, &'a str),
    Field,
}

/// Reads an export by its header and its cells.
pub(super) fn read(grid: &Grid) -> Noted<Export> {
    let names: Vec<String> =
        grid.record(0).map(|header| header.cells().map(str::to_owned).collect()).unwrap_or_default();
    let labelled = names.iter().any(|name| name.trim() == "Complete?" || name.contains("(choice="));
    let ids = distinct_names(&names);
    let header_rows = if has_second_header(grid) { 2 } else { 1 };
    let table = grid.table(header_rows, names);
    let (platform, cells, whole_numbers) = if labelled {
        (Platform::RedcapLabels, Cells::Labels, WholeNumbers::Numbers)
    } else {
        (Platform::RedcapRaw, Cells::Codes, WholeNumbers::Codes)
    };
    let mut reading = Reading::default();
    let shifted = doubts::shifted_dates(&table, 0);
    let mut notes = vec![
        Diag::note(codes::CHOICES_INFERRED, Place::file(table.file()), "no data dictionary was given").help(
            "give the project's data dictionary as definition: it knows wordings, choices that nobody chose, conditions and identifiers",
        ),
    ];
    for (column, id) in ids.iter().enumerate() {
        match seen(&table, column) {
            Seen::Field => {
                let (question, note) = question(&table, column, id, whole_numbers);
                reading.open = None;
                reading.form.fields.push(column);
                reading.questions.push(question);
                notes.push(note);
            }
            other => reading.add(column, &other),
        }
    }
    reading.end();
    notes.extend(shifted);
    notes.extend(structure::place_forms(&table, &mut reading.metadata, None));
    let forms = reading.metadata.forms.len();
    let evidence = format!(
        "columns named as REDCap names them, in {forms} {}",
        if forms == 1 { "form" } else { "forms" }
    );
    let mut export = Export::of_rows(platform, evidence, header_rows, table);
    export.instrument = Instrument { questions: reading.questions };
    export.metadata = reading.metadata;
    export.identifiers = reading.identifiers;
    export.cells = cells;
    identity::complete(&mut export);
    Noted { value: export, notes }
}

/// What has been read of an export, column by column.
#[derive(Default)]
struct Reading {
    metadata: Metadata,
    questions: Vec<Question>,
    identifiers: Vec<usize>,
    /// The form that has not ended yet.
    form: FormColumns,
    /// The field whose boxes were read last.
    open: Option<String>,
}

impl Reading {
    fn add(&mut self, column: usize, seen: &Seen<'_>) {
        match seen {
            Seen::Record => {
                self.metadata.record = Some(column);
                self.identifiers.push(column);
            }
            Seen::System => self.metadata.rest.push(column),
            Seen::SurveyIdentifier => {
                self.metadata.rest.push(column);
                self.identifiers.push(column);
            }
            Seen::Timestamp if self.form.timestamp.is_some() => self.metadata.rest.push(column),
            Seen::Timestamp => self.form.timestamp = Some(column),
            Seen::Status(form) => {
                (*form).clone_into(&mut self.form.name);
                self.form.status = Some(column);
                self.metadata.ended = self.metadata.ended.or(self.form.timestamp);
                self.metadata.forms.push(std::mem::take(&mut self.form));
            }
            Seen::Box(field, choice) => {
                self.form.boxes.push(column);
                self.add_box(field, column, choice);
                self.open = Some((*field).to_owned());
                return;
            }
            Seen::Field => {}
        }
        self.open = None;
    }

    /// Adds a box to the question before it, if that has the same field.
    fn add_box(&mut self, field: &str, column: usize, choice: &str) {
        let same = self.open.as_deref() == Some(field);
        if let Some(Form::Multi { cells: MultiCells::Split(columns), choices, .. }) =
            self.questions.last_mut().filter(|_| same).map(|question| &mut question.form)
        {
            columns.push(column);
            choices.push(Choice::labelled(choice));
            return;
        }
        let (cells, choices) = (MultiCells::Split(vec![column]), vec![Choice::labelled(choice)]);
        self.questions.push(Question {
            id: field.to_owned(),
            native: None,
            wording: field.to_owned(),
            form: Form::Multi { cells, choices, texts: Vec::new() },
            asked_if: None,
            defined: false,
        });
    }

    /// Columns after the last status belong to a form all the same; its status was left out of the export.
    fn end(&mut self) {
        if self.form != FormColumns::default() {
            self.metadata.forms.push(std::mem::take(&mut self.form));
        }
    }
}

fn seen(table: &RawTable, column: usize) -> Seen<'_> {
    let name = table.names()[column].trim();
    if column == 0 {
        return Seen::Record;
    }
    let is = |(raw, label): &(&str, &str)| name == *raw || name == *label;
    if SYSTEM.iter().any(is) {
        return Seen::System;
    }
    if is(&SURVEY_IDENTIFIER) {
        return Seen::SurveyIdentifier;
    }
    let holds_status = || table.column(column).flatten().all(is_status);
    if name == "Complete?" && holds_status() {
        return Seen::Status(name);
    }
    if let Some(form) = name.strip_suffix("_complete")
        && holds_status()
    {
        return Seen::Status(form);
    }
    let has_form =
        |form: &str| table.names().iter().any(|other| other.trim().strip_suffix("_complete") == Some(form));
    if name == "Survey Timestamp" || name.strip_suffix("_timestamp").is_some_and(has_form) {
        return Seen::Timestamp;
    }
    if let Some((field, choice)) = name.strip_suffix(')').and_then(|name| name.split_once(" (choice=")) {
        return Seen::Box(field, choice.trim_matches('\''));
    }
    // A field has no two underscores in a row, so the first three are the separator.
    match name.split_once("___") {
        Some((field, code)) if !field.is_empty() && !code.is_empty() => Seen::Box(field, code),
        _ => Seen::Field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest::grid;

    fn read_text(text: &str) -> Export {
        read(&grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value).value
    }

    #[test]
    fn boxes_are_gathered_and_forms_end_at_their_status() {
        let export = read_text(
            "record_id,redcap_repeat_instrument,redcap_repeat_instance,sex,race___1,race____99,base_complete,visit_timestamp,score,visit_complete\n007,,,1,1,0,2,,,\n007,visit,1,,,,,[not completed],UNK,0\n008,,,,0,0,0,,,\n",
        );
        let ids: Vec<&str> =
            export.instrument.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids, ["sex", "race", "score"]);
        let Form::Multi { choices, .. } = &export.instrument.questions[1].form else { panic!() };
        assert_eq!(choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>(), ["1", "_99"]);
        let forms: Vec<(&str, &[usize], &[usize])> = export
            .metadata
            .forms
            .iter()
            .map(|form| (form.name.as_str(), form.fields.as_slice(), form.boxes.as_slice()))
            .collect();
        assert_eq!(forms, [("base", &[3][..], &[4, 5][..]), ("visit", &[8][..], &[][..])]);
        assert_eq!(export.metadata.forms[1].timestamp, Some(7));
        assert_eq!(export.metadata.rest, [1, 2]);
        assert_eq!(export.table.cell(0, 0), Some("007"));
    }

    #[test]
    fn label_headers_that_repeat_stay_apart() {
        let export = read_text(
            "Record ID,Name,Name,Race (choice=White),Race (choice=Black),Complete?,Survey Timestamp,Name,Complete?\n1,x,y,Checked,Unchecked,Complete,,z,Incomplete\n",
        );
        let ids: Vec<&str> =
            export.instrument.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids, ["Name", "Name (2)", "Race", "Name (3)"]);
        assert_eq!(export.platform, Platform::RedcapLabels);
        assert_eq!(export.metadata.forms.len(), 2);
    }
}
