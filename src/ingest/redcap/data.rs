//! An export together with its data dictionary.

use std::cmp::Ordering;
use std::fmt::Write as _;

use crate::codebook::wording::plain;
use crate::codebook::{Choice, Instrument};
use crate::diag::{Diag, Noted, Place, codes};
use crate::ingest::header::words;
use crate::ingest::{Cells, Export, FormColumns, Grid, Metadata, Platform, RawTable};

use super::columns::{self, Headers, Role, SYSTEM};
use super::dictionary::{Dictionary, Field, Kind, Source};
use super::{doubts, questions, structure, values};

/// Recognises an export by its header, and by what the status columns of its forms hold.
pub(super) fn detect(grid: &Grid) -> Option<String> {
    let header = grid.record(0)?;
    let names: Vec<&str> = header.cells().map(str::trim).collect();
    if values::detect(grid) {
        return Some("it has a row for each value, with field_name and value".to_owned());
    }
    let below = if has_second_header(grid) { 2 } else { 1 };
    let holds_status =
        |column: usize| grid.records().skip(below).all(|record| is_status(record.cell(column)));
    let machine = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if let Some(name) = names.iter().find(|name| SYSTEM[..3].iter().any(|(system, _)| system == *name)) {
        return Some(format!("it has the column {name}"));
    }
    let status =
        (1..names.len()).find(|column| names[*column].ends_with("_complete") && holds_status(*column));
    if let Some(column) = status
        && names.iter().all(machine)
    {
        return Some(format!("the column {} holds the status of a form", names[column]));
    }
    let complete: Vec<usize> = (1..names.len()).filter(|column| names[*column] == "Complete?").collect();
    let marks = names.iter().any(|name| {
        name.contains("(choice=")
            || SYSTEM.iter().any(|(_, label)| label == name)
            || *name == "Survey Timestamp"
    });
    let labelled = complete.len() > 1
        || (complete.len() == 1 && (marks || complete.iter().all(|column| holds_status(*column))));
    labelled.then(|| match complete.len() {
        1 => "it has a column \"Complete?\"".to_owned(),
        n => format!("it has {n} columns \"Complete?\", one for each form"),
    })
}

/// Whether the first record below the names holds labels: no form has a status of this name.
pub(super) fn has_second_header(grid: &Grid) -> bool {
    grid.record(1).is_some_and(|record| record.cells().any(|cell| cell.trim() == "Complete?"))
}

/// Whether a cell can be the status of a form.
pub(super) fn is_status(cell: &str) -> bool {
    matches!(cell.trim(), "" | "0" | "1" | "2" | "Incomplete" | "Unverified" | "Complete")
}

/// Reads an export with its dictionary; fails if most of the columns are not in it.
pub(super) fn read(grid: &Grid, dictionary: &Dictionary) -> Result<Noted<Export>, Vec<Diag>> {
    let names: Vec<String> =
        grid.record(0).map(|header| header.cells().map(str::to_owned).collect()).unwrap_or_default();
    let mut header_rows = 1;
    let (headers, roles, table) = if values::detect(grid) {
        let table = values::table(grid, dictionary)?;
        let (headers, roles) = columns::align(table.names(), dictionary);
        (headers, roles, table)
    } else {
        let (headers, roles) = columns::align(&names, dictionary);
        header_rows += usize::from(second_header(grid, headers, &roles, dictionary));
        (headers, roles, grid.table(header_rows, names))
    };
    let kind = match headers {
        Headers::Names => "field names",
        Headers::Labels => "field labels",
    };
    let platform = match headers {
        Headers::Names => Platform::RedcapRaw,
        Headers::Labels => Platform::RedcapLabels,
    };
    let known = roles.iter().filter(|role| **role != Role::Unknown).count();
    let what = match dictionary.source {
        Source::Table => "data dictionary",
        Source::Odm => "ODM document",
    };
    let evidence = format!("{known} of {} columns have {kind} of the {what}", roles.len());
    let mut notes = mismatches(&table, dictionary, &roles)?;
    let cells = cells(&table, dictionary, &roles, headers);
    notes.extend(
        roles
            .iter()
            .position(|role| *role == Role::Record)
            .and_then(|record| doubts::shifted_dates(&table, record)),
    );
    if dictionary.structure.is_none() {
        notes.extend(doubts::missing_codes(&table, dictionary, &roles, cells));
    }
    let mut noted = build(Export::of_rows(platform, evidence, header_rows, table), cells, dictionary, &roles);
    noted.notes.splice(0..0, notes);
    Ok(noted)
}

/// Reads the rows of an ODM document, whose columns come from its definition.
pub(super) fn of_document(table: RawTable, dictionary: &Dictionary) -> Noted<Export> {
    let (_, roles) = columns::align(table.names(), dictionary);
    let evidence = "it is an ODM document of REDCap".to_owned();
    build(Export::of_rows(Platform::RedcapOdm, evidence, 0, table), Cells::Codes, dictionary, &roles)
}

/// Whether the record below the names holds the labels of the same columns.
fn second_header(grid: &Grid, headers: Headers, roles: &[Role], dictionary: &Dictionary) -> bool {
    if has_second_header(grid) {
        return true;
    }
    let Some(second) = grid.record(1).filter(|_| headers == Headers::Names) else { return false };
    let labels = columns::labels(roles, dictionary);
    let (mut same, mut known) = (0_usize, 0_usize);
    for (cell, label) in second.cells().zip(labels) {
        let Some(label) = label.filter(|label| !label.is_empty()) else { continue };
        known += 1;
        same += usize::from(words(&plain(cell)) == words(&label));
    }
    // Answers are hardly ever the labels of their own columns; half of them never are.
    same > 1 && same * 2 > known
}

fn build(mut export: Export, cells: Cells, dictionary: &Dictionary, roles: &[Role]) -> Noted<Export> {
    let structure = dictionary.structure.as_ref();
    let mut metadata = metadata(dictionary, roles, columns::forms(dictionary));
    let mut notes = structure::place_forms(&export.table, &mut metadata, structure);
    let built = questions::build(&export.table, dictionary, roles, cells);
    notes.extend(built.notes);
    let fields = |wanted: fn(&Field) -> bool| {
        let of = |role: &Role| match role {
            Role::Field(field) | Role::Box { field, .. } | Role::Joined(field) => {
                dictionary.fields.get(*field).is_some_and(wanted)
            }
            _ => false,
        };
        roles.iter().enumerate().filter(|(_, role)| of(role)).map(|(column, _)| column).collect::<Vec<_>>()
    };
    let mut identifiers = fields(Field::tells_who);
    identifiers.extend(positions(roles, |role| matches!(role, Role::Record | Role::SurveyIdentifier)));
    identifiers.sort_unstable();
    export.instrument = Instrument { questions: built.value };
    export.metadata = metadata;
    export.other_columns = positions(roles, |role| *role == Role::Unknown);
    export.identifiers = identifiers;
    export.cells = cells;
    export.decimal_commas = fields(|field| field.validation.ends_with("comma_decimal"));
    export.missing_codes = structure.map(|structure| structure.missing_codes.clone()).unwrap_or_default();
    Noted { value: export, notes }
}

fn positions(roles: &[Role], wanted: impl Fn(&Role) -> bool) -> Vec<usize> {
    roles.iter().enumerate().filter(|(_, role)| wanted(role)).map(|(column, _)| column).collect()
}

/// What the export has and the dictionary lacks, and the other way round.
fn mismatches(table: &RawTable, dictionary: &Dictionary, roles: &[Role]) -> Result<Vec<Diag>, Vec<Diag>> {
    let unknown: Vec<&str> = positions(roles, |role| *role == Role::Unknown)
        .into_iter()
        .map(|column| table.names()[column].as_str())
        .collect();
    let answers = roles
        .iter()
        .filter(|role| matches!(role, Role::Field(_) | Role::Box { .. } | Role::Joined(_)))
        .count();
    // Half is far below what renamed or added fields explain, and far above what two projects share by chance.
    if unknown.len() > answers + 1 {
        let message = format!(
            "{} of {} columns are not in the data dictionary, such as {}",
            unknown.len(),
            roles.len(),
            some(&unknown)
        );
        return Err(vec![Diag::error(codes::DEFINITION_MISMATCH, Place::file(table.file()), message).help(
            format!(
                "{} seems to belong to another project; give the dictionary of this one",
                dictionary.file
            ),
        )]);
    }
    let mut notes = Vec::new();
    if !unknown.is_empty() {
        let message =
            format!("columns that are not in the data dictionary ({}): {}", unknown.len(), some(&unknown));
        notes.push(Diag::warning(codes::DEFINITION_MISMATCH, Place::file(table.file()), message).help(
            "they are kept as text and not analysed; a dictionary downloaded with the data would have them",
        ));
    }
    let absent: Vec<&str> = absent_fields(dictionary, roles);
    if !absent.is_empty() {
        let message =
            format!("fields that have no column in the export ({}): {}", absent.len(), some(&absent));
        notes.push(
            Diag::warning(codes::DEFINITION_MISMATCH, Place::file(&dictionary.file), message).help(
                "REDCap leaves out fields that the person who exports may not see, without a word; export with full rights",
            ),
        );
    }
    Ok(notes)
}

/// Fields, or choices of checkbox fields, that should have a column and have none.
fn absent_fields<'a>(dictionary: &'a Dictionary, roles: &[Role]) -> Vec<&'a str> {
    let lacks = |(position, field): &(usize, &Field)| match field.kind {
        Kind::Descriptive => false,
        Kind::Checkbox => {
            let lacks = |(choice, said): (usize, &Choice)| {
                said.outside.is_none() && !roles.contains(&Role::Box { field: *position, choice })
            };
            !roles.contains(&Role::Joined(*position)) && field.choices.iter().enumerate().any(lacks)
        }
        _ => !roles.contains(&Role::Field(*position)),
    };
    let after_record = dictionary.fields.iter().enumerate().skip(1);
    after_record.filter(lacks).map(|(_, field)| field.name.as_str()).collect()
}

/// A few names, and how many more there are.
fn some(names: &[&str]) -> String {
    const NAMED: usize = 6;
    let mut text = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        let _ = write!(text, " and {} more", names.len() - NAMED);
    }
    text
}

/// Whether cells hold codes or labels: what most cells of choice fields can only be; without such, as the header.
fn cells(table: &RawTable, dictionary: &Dictionary, roles: &[Role], headers: Headers) -> Cells {
    /// So many cells of a column say what it holds.
    const LOOKED_AT: usize = 100;
    let (mut as_codes, mut as_labels) = (0_usize, 0_usize);
    for (column, role) in roles.iter().enumerate() {
        for cell in table.column(column).flatten().take(LOOKED_AT) {
            let (code, label) = match role {
                Role::Field(field) => {
                    let choices = &dictionary.fields[*field].choices;
                    (
                        choices.iter().any(|choice| choice.code == cell),
                        choices.iter().any(|choice| {
                            choice.label == cell || choice.also.iter().any(|also| also == cell)
                        }),
                    )
                }
                Role::Box { .. } => (matches!(cell, "0" | "1"), matches!(cell, "Checked" | "Unchecked")),
                _ => break,
            };
            as_codes += usize::from(code && !label);
            as_labels += usize::from(label && !code);
        }
    }
    match as_labels.cmp(&as_codes) {
        Ordering::Greater => Cells::Labels,
        Ordering::Equal if headers == Headers::Labels => Cells::Labels,
        Ordering::Less | Ordering::Equal => Cells::Codes,
    }
}

fn metadata(dictionary: &Dictionary, roles: &[Role], names: Vec<String>) -> Metadata {
    let mut forms: Vec<FormColumns> =
        names.into_iter().map(|name| FormColumns { name, ..FormColumns::default() }).collect();
    let form_of = |field: usize| {
        let form = &dictionary.fields.get(field)?.form;
        forms.iter().position(|columns| columns.name == *form)
    };
    let of_fields: Vec<Option<usize>> = (0..dictionary.fields.len()).map(form_of).collect();
    for (column, role) in roles.iter().enumerate() {
        match *role {
            Role::Timestamp(form) => forms[form].timestamp = Some(column),
            Role::Status(form) => forms[form].status = Some(column),
            Role::Box { field, .. } => {
                if let Some(form) = of_fields[field] {
                    forms[form].boxes.push(column);
                }
            }
            Role::Joined(field) => {
                if let Some(form) = of_fields[field] {
                    forms[form].fields.push(column);
                }
            }
            Role::Field(field) => {
                // A calculation is filled in without anybody opening its form.
                if let Some(form) = of_fields[field] {
                    match dictionary.fields[field].kind {
                        Kind::Calc => forms[form].derived.push(column),
                        _ => forms[form].fields.push(column),
                    }
                }
            }
            Role::Record | Role::System | Role::SurveyIdentifier | Role::Unknown => {}
        }
    }
    Metadata {
        record: roles.iter().position(|role| *role == Role::Record),
        ended: forms.iter().find_map(|form| form.timestamp),
        rest: positions(roles, |role| matches!(role, Role::System | Role::SurveyIdentifier)),
        forms,
        ..Metadata::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest::{grid, redcap};

    fn grid_of(text: &str) -> Grid {
        grid::read(&FileId::new("data.csv"), text.as_bytes()).unwrap().value
    }

    #[test]
    fn exports_of_codes_and_of_labels_are_recognised() {
        for text in [
            "record_id,redcap_event_name,A\n1,x,1\n",
            "id,age,base_complete\n1,2,0\n2,3,\n",
            "Record ID,Name,Complete?\n1,x,Incomplete\n",
            "Record ID,Name,Complete?,Race (choice=White),Complete?\n1,x,a,b,c\n",
        ] {
            assert!(detect(&grid_of(text)).is_some(), "{text}");
        }
        for text in ["id,task_complete\n1,yes\n", "StartDate,Q1\nx,1\n", "id,Age,base_complete\n1,2,0\n"] {
            assert_eq!(detect(&grid_of(text)), None, "{text}");
        }
    }

    const DICTIONARY: &str = "field_name,form_name,field_type,field_label,select_choices_or_calculations,text_validation_type_or_show_slider_number\nrecord_id,base,text,Record ID,,\nsex,base,radio,Sex,\"0, F | 1, M\",\nw,base,text,Weight,,number_comma_decimal\n";

    fn read_with(text: &str) -> Result<Noted<Export>, Vec<Diag>> {
        redcap::read(&grid_of(text), Some((&FileId::new("d.csv"), DICTIONARY.as_bytes())))
    }

    #[test]
    fn headers_and_cells_may_differ_in_what_they_hold() {
        let export = read_with("record_id,sex,w,base_complete\n1,M,1,2\n").unwrap().value;
        assert_eq!((export.platform, export.cells), (Platform::RedcapRaw, Cells::Labels));
        let export = read_with("Record ID,Sex,Weight,Complete?\n1,1,\"1,5\",2\n").unwrap().value;
        assert_eq!((export.platform, export.cells), (Platform::RedcapLabels, Cells::Codes));
        assert_eq!(export.decimal_commas, [2]);
        assert_eq!(export.instrument.questions.len(), 2);
    }

    #[test]
    fn columns_and_fields_without_a_partner_are_named() {
        let noted = read_with("record_id,sex,mine,base_complete\n1,1,x,2\n").unwrap();
        assert_eq!(noted.value.other_columns, [2]);
        let messages: Vec<&str> = noted.notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "columns that are not in the data dictionary (1): mine",
                "fields that have no column in the export (1): w"
            ]
        );
    }

    #[test]
    fn the_dictionary_of_another_project_is_refused() {
        let errors = read_with("id,a,b,c,other_complete\n1,1,x,2,0\n").unwrap_err();
        assert_eq!(errors[0].code, codes::DEFINITION_MISMATCH);
        assert!(errors[0].help.as_deref().unwrap().contains("d.csv"));
    }

    #[test]
    fn columns_in_another_order_are_the_same_export() {
        let export = read_with("base_complete,w,record_id,sex\n2,1,7,0\n").unwrap().value;
        assert_eq!(export.metadata.record, Some(2));
        assert_eq!(export.instrument.questions[0].form.columns(), [3]);
        assert_eq!(export.instrument.questions[1].form.columns(), [1]);
    }
}
