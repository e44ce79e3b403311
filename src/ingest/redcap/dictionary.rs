//! The data dictionary: which fields a project has, on which forms, with which choices.

use std::collections::BTreeMap;

use crate::codebook::Choice;
use crate::codebook::wording::plain;
use crate::diag::{Diag, FileId, Noted, Place, codes, nearest};
use crate::ingest::damage::{is_short_date, is_span};
use crate::ingest::grid::{self, Grid, Record};
use crate::ingest::header::words;

use super::choices;
use super::structure::Structure;

/// A data dictionary.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dictionary {
    pub(super) file: FileId,
    /// The fields in the order of the project; the first is the record id.
    pub(super) fields: Vec<Field>,
    /// Which forms belong to which rows, where the definition says so.
    pub(super) structure: Option<Structure>,
    /// In what it is written.
    pub(super) source: Source,
}

/// In what a definition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A table with a row for each field.
    Table,
    /// An ODM document.
    Odm,
}

impl Dictionary {
    /// Where something about a field is written: in a table in one of its columns.
    pub(super) fn place(&self, field: &Field, column: &str) -> Place {
        match self.source {
            Source::Table => Place::cell(&self.file, field.line, column),
            Source::Odm => Place::row(&self.file, field.line),
        }
    }
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) form: String,
    pub(super) kind: Kind,
    /// The wording, plain text.
    pub(super) label: String,
    /// The text that stands above the field, plain text: the stem of a matrix.
    pub(super) header: String,
    pub(super) choices: Vec<Choice>,
    /// The validation, such as `integer` or `date_dmy`.
    pub(super) validation: String,
    pub(super) identifier: bool,
    /// The branching logic as written, if there is any.
    pub(super) branching: Option<String>,
    /// The matrix that the field is a row of.
    pub(super) matrix: Option<String>,
    /// Whether the matrix is a ranking.
    pub(super) ranking: bool,
    /// Whether the field is hidden from respondents.
    pub(super) hidden: bool,
    pub(super) line: u32,
}

/// What kind of field it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Notes,
    /// Radio buttons or a drop-down list.
    OneOf,
    Checkbox,
    YesNo,
    TrueFalse,
    Slider,
    Calc,
    File,
    Descriptive,
    /// A list that a database query fills: its choices are not in the dictionary.
    Query,
}

impl Kind {
    const NAMES: [(&str, Kind); 15] = [
        ("text", Kind::Text),
        ("notes", Kind::Notes),
        ("textarea", Kind::Notes),
        ("radio", Kind::OneOf),
        ("dropdown", Kind::OneOf),
        ("select", Kind::OneOf),
        ("checkbox", Kind::Checkbox),
        ("yesno", Kind::YesNo),
        ("truefalse", Kind::TrueFalse),
        ("slider", Kind::Slider),
        ("calc", Kind::Calc),
        ("file", Kind::File),
        ("signature", Kind::File),
        ("descriptive", Kind::Descriptive),
        ("sql", Kind::Query),
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, kind)| kind)
    }
}

impl Field {
    /// Whether the validation is for a kind of text that says who or where a person is.
    pub(super) fn tells_who(&self) -> bool {
        const TELLING: [&str; 6] = ["email", "phone", "ssn", "mrn", "vmrn", "zipcode"];
        let known = TELLING.iter().any(|word| {
            self.validation == *word
                || self.validation.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'))
        });
        self.identifier || known || self.validation.starts_with("postalcode")
    }
}

/// Whether a grid is a data dictionary, not data.
pub(super) fn is_dictionary(grid: &Grid) -> bool {
    grid.record(0).is_some_and(|header| {
        let heads = Heads::of(&header);
        heads.column(NAME).is_some() && heads.column(KIND).is_some()
    })
}

/// Reads a data dictionary; fails with every mistake that leaves answers undecodable.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Noted<Dictionary>, Vec<Diag>> {
    let mut notes = Vec::new();
    let grid = grid::read(file, bytes)?.note_into(&mut notes);
    let heads = grid.record(0).map(|header| Heads::of(&header)).unwrap_or_default();
    if heads.column(NAME).is_none() || heads.column(KIND).is_none() {
        let diag = Diag::error(codes::DEFINITION_INVALID, Place::file(file), "this is no REDCap data dictionary")
            .help("its first row should have \"Variable / Field Name\" and \"Field Type\"; in REDCap: Project Setup, Data Dictionary, download the current one");
        return Err(vec![diag]);
    }
    let mut errors = Vec::new();
    let mut fields: Vec<Field> = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for record in grid.records().skip(1) {
        let Some(field) = field(&heads, &record, file, &mut notes) else { continue };
        if let Some(first) = seen.insert(field.name.clone(), record.line()) {
            let message = format!("field {} is also on line {first}", field.name);
            errors.push(
                Diag::error(codes::DEFINITION_INVALID, place(file, &record, NAME), message)
                    .help("every field has its own name; remove one of the two rows"),
            );
        }
        let place = Place::cell(file, field.line, CHOICES.words);
        check_choices(&field, &place, &mut errors, &mut notes);
        fields.push(field);
    }
    let dictionary = Dictionary { file: file.clone(), source: Source::Table, fields, structure: None };
    if dictionary.fields.is_empty() && errors.is_empty() {
        errors.push(without_fields(file));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Noted { value: dictionary, notes })
}

/// What is said of a definition that defines nothing.
pub(super) fn without_fields(file: &FileId) -> Diag {
    Diag::error(codes::DEFINITION_INVALID, Place::file(file), format!("{file} defines no field"))
        .help("download the data dictionary again; its first field is the record id")
}

fn field(heads: &Heads, record: &Record<'_>, file: &FileId, notes: &mut Vec<Diag>) -> Option<Field> {
    let text = |head| heads.text(record, head);
    let name = text(NAME).to_ascii_lowercase();
    if name.is_empty() {
        return None;
    }
    let kind = Kind::named(text(KIND)).unwrap_or_else(|| {
        let known: Vec<&str> = Kind::NAMES.iter().map(|(name, _)| *name).collect();
        let message = format!("field {name} has the type \"{}\", which REDCap does not have", text(KIND));
        let help = match nearest(text(KIND), known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"? its column is kept as text"),
            None => "its column is kept as text".to_owned(),
        };
        notes.push(Diag::warning(codes::DEFINITION_INVALID, place(file, record, KIND), message).help(help));
        Kind::Text
    });
    let annotation = heads.raw(record, ANNOTATION);
    let some = |head| Some(text(head)).filter(|text| !text.is_empty());
    Some(Field {
        name,
        form: text(FORM).to_owned(),
        kind,
        label: plain(heads.raw(record, LABEL)),
        header: plain(text(HEADER)),
        choices: choices::of_kind(kind, choices::parse(text(CHOICES)), annotation),
        validation: text(VALIDATION).to_ascii_lowercase(),
        identifier: is_yes(text(IDENTIFIER)),
        branching: some(BRANCHING).map(str::to_owned),
        matrix: some(MATRIX).map(str::to_owned),
        ranking: is_yes(text(RANKING)),
        hidden: choices::is_hidden(annotation),
        line: record.line(),
    })
}

pub(super) fn is_yes(text: &str) -> bool {
    text.eq_ignore_ascii_case("y")
}

/// Two choices of one code cannot be told apart in codes; two of one label cannot in labels.
pub(super) fn check_choices(field: &Field, place: &Place, errors: &mut Vec<Diag>, notes: &mut Vec<Diag>) {
    let place = || place.clone();
    if matches!(field.kind, Kind::OneOf | Kind::Checkbox) && field.choices.is_empty() {
        let message = format!("field {} has no choices", field.name);
        notes.push(
            Diag::warning(codes::DEFINITION_INVALID, place(), message).help("write them as: 1, Yes | 0, No"),
        );
    }
    let damaged = field.choices.iter().find(|choice| is_short_date(&choice.label));
    if let Some(choice) = damaged.filter(|_| field.choices.iter().any(|choice| is_span(&choice.label))) {
        let message = format!(
            "field {}: the label {} looks like a choice such as 1-2 that a spreadsheet program made a date",
            field.name, choice.label
        );
        notes.push(
            Diag::warning(codes::SPREADSHEET_DAMAGE, place(), message)
                .help("download the dictionary again and do not save it from a spreadsheet program"),
        );
    }
    let mut codes_seen = BTreeMap::new();
    let mut labels_seen = BTreeMap::new();
    for choice in &field.choices {
        if let Some(first) = codes_seen.insert(choice.code.as_str(), choice.label.as_str()) {
            let message = format!(
                "field {}: \"{first}\" and \"{}\" have the same code {}",
                field.name, choice.label, choice.code
            );
            errors.push(
                Diag::error(codes::DEFINITION_INVALID, place(), message)
                    .help("give each choice its own code, as the project itself does"),
            );
        }
        if let Some(first) = labels_seen.insert(choice.label.as_str(), choice.code.as_str()) {
            let message = format!(
                "field {}: codes {first} and {} have the same label \"{}\"",
                field.name, choice.code, choice.label
            );
            notes.push(
                Diag::warning(codes::DEFINITION_INVALID, place(), message)
                    .help("an export of labels cannot tell them apart; export raw data"),
            );
        }
    }
}

fn place(file: &FileId, record: &Record<'_>, head: Head) -> Place {
    Place::cell(file, record.line(), head.words)
}

/// A column of the dictionary, by the names that it had over the years.
#[derive(Debug, Clone, Copy)]
struct Head {
    /// What it is called today.
    words: &'static str,
    folded: &'static [&'static str],
}

const NAME: Head = Head { words: "Variable / Field Name", folded: &["variable_field_name", "field_name"] };
const FORM: Head = Head { words: "Form Name", folded: &["form_name"] };
const HEADER: Head = Head { words: "Section Header", folded: &["section_header"] };
const KIND: Head = Head { words: "Field Type", folded: &["field_type"] };
const LABEL: Head = Head { words: "Field Label", folded: &["field_label"] };
const CHOICES: Head = Head {
    words: "Choices, Calculations, OR Slider Labels",
    folded: &[
        "choices_calculations_or_slider_labels",
        "select_choices_or_calculations",
        "choices_or_calculations",
    ],
};
const VALIDATION: Head = Head {
    words: "Text Validation Type OR Show Slider Number",
    folded: &["text_validation_type_or_show_slider_number", "text_validation_type"],
};
const IDENTIFIER: Head = Head { words: "Identifier?", folded: &["identifier"] };
const BRANCHING: Head = Head {
    words: "Branching Logic (Show field only if...)",
    folded: &["branching_logic_show_field_only_if", "branching_logic"],
};
const MATRIX: Head = Head { words: "Matrix Group Name", folded: &["matrix_group_name"] };
const RANKING: Head = Head { words: "Matrix Ranking?", folded: &["matrix_ranking"] };
const ANNOTATION: Head = Head { words: "Field Annotation", folded: &["field_annotation"] };

/// Where each column of this dictionary stands: columns are found by name, never by position.
#[derive(Debug, Default)]
struct Heads {
    folded: Vec<String>,
}

impl Heads {
    fn of(header: &Record<'_>) -> Self {
        Self { folded: header.cells().map(words).collect() }
    }

    fn column(&self, head: Head) -> Option<usize> {
        self.folded.iter().position(|folded| head.folded.contains(&folded.as_str()))
    }

    /// The cell as it stands, blank where the dictionary lacks the column.
    fn raw<'a>(&self, record: &Record<'a>, head: Head) -> &'a str {
        self.column(head).map_or("", |column| record.cell(column))
    }

    /// The cell without blanks around it; the `NA` that R writes for nothing is nothing.
    fn text<'a>(&self, record: &Record<'a>, head: Head) -> &'a str {
        let text = self.raw(record, head).trim();
        if text == "NA" { "" } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Noted<Dictionary>, Vec<Diag>> {
        read(&FileId::new("d.csv"), text.as_bytes())
    }

    const TODAY: &str = "\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\",\"Field Label\",\"Choices, Calculations, OR Slider Labels\",\"Field Note\",\"Text Validation Type OR Show Slider Number\",\"Text Validation Min\",\"Text Validation Max\",Identifier?,\"Branching Logic (Show field only if...)\",\"Required Field?\",\"Custom Alignment\",\"Question Number (surveys only)\",\"Matrix Group Name\",\"Matrix Ranking?\",\"Field Annotation\"\n";

    #[test]
    fn all_generations_of_headers_give_the_same_fields() {
        let today = format!(
            "{TODAY}id,f,,text,ID,,,,,,,,,,,,,\nsex,f,Head,radio,Sex,\"0, F | 1, M\",,,,,y,[a] = '1',,,,m,y,@HIDDEN\n"
        );
        let api = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier,branching_logic,required_field,custom_alignment,question_number,matrix_group_name,matrix_ranking,field_annotation\nid,f,NA,text,ID,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA\nsex,f,Head,radio,Sex,\"0, F | 1, M\",NA,NA,NA,NA,y,[a] = '1',NA,NA,NA,m,y,@HIDDEN\n";
        let mangled = "Variable...Field.Name,Form.Name,Section.Header,Field.Type,Field.Label,Choices..Calculations..OR.Slider.Labels,Identifier.,Branching.Logic..Show.field.only.if....,Matrix.Group.Name,Matrix.Ranking.,Field.Annotation\nid,f,,text,ID,,,,,,\nsex,f,Head,radio,Sex,\"0, F | 1, M\",y,[a] = '1',m,y,@HIDDEN\n";
        let expected = read_text(&today).unwrap().value;
        assert_eq!(expected.fields.len(), 2);
        assert_eq!(expected.fields[1].choices.len(), 2);
        assert!(expected.fields[1].ranking && expected.fields[1].hidden && expected.fields[1].identifier);
        assert_eq!(read_text(api).unwrap().value, expected);
        assert_eq!(read_text(mangled).unwrap().value, expected);
    }

    #[test]
    fn fourteen_columns_are_found_by_name_though_field_units_shifts_them() {
        let old = "Variable / Field Name,Form Name,Field Units,Section Header,Field Type,Field Label,Choices OR Calculations,Field Note,Text Validation Type,Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only if...),Required Field?\nid,f,,,text,ID,,,,,,,,\nw,f,kg,,text,Weight,,,number,,,,\"[a(1)] = \"\"1\"\"\",\n";
        let field = read_text(old).unwrap().value.fields.remove(1);
        assert_eq!(
            (field.validation.as_str(), field.branching.as_deref()),
            ("number", Some("[a(1)] = \"1\""))
        );
    }

    #[test]
    fn every_mistake_is_told_at_once_with_its_line() {
        let text = format!(
            "{TODAY}id,f,,text,ID,,,,,,,,,,,,,\na,f,,radio,A,\"1, x | 1, y\",,,,,,,,,,,,\nid,f,,text,Again,,,,,,,,,,,,,\n"
        );
        let errors = read_text(&text).unwrap_err();
        let lines: Vec<&Place> = errors.iter().map(|error| &error.place).collect();
        let file = FileId::new("d.csv");
        assert_eq!(
            lines,
            [
                &Place::cell(&file, 3, "Choices, Calculations, OR Slider Labels"),
                &Place::cell(&file, 4, "Variable / Field Name")
            ]
        );
        assert!(errors.iter().all(|error| error.help.is_some()));
    }

    #[test]
    fn an_unknown_type_and_equal_labels_are_told_and_read_all_the_same() {
        let text = format!(
            "{TODAY}id,f,,text,ID,,,,,,,,,,,,,\na,f,,radoi,A,,,,,,,,,,,,,\nb,f,,radio,B,\"1, x | 2, x\",,,,,,,,,,,,\n"
        );
        let noted = read_text(&text).unwrap();
        assert_eq!(noted.value.fields.len(), 3);
        let help: Vec<&str> = noted.notes.iter().filter_map(|note| note.help.as_deref()).collect();
        assert_eq!(help[0], "did you mean \"radio\"? its column is kept as text");
        assert!(help[1].contains("raw"));
    }

    #[test]
    fn another_table_is_no_dictionary() {
        let errors = read_text("a,b\n1,2\n").unwrap_err();
        assert_eq!(errors[0].code, codes::DEFINITION_INVALID);
    }

    #[test]
    fn what_says_who_or_where_a_person_is_counts_as_an_identifier() {
        let text = format!(
            "{TODAY}id,f,,text,ID,,,,,,,,,,,,,\na,f,,text,A,,,phone_australia,,,,,,,,,,\nb,f,,text,B,,,number,,,,,,,,,,\nc,f,,text,C,,,postalcode_canada,,,,,,,,,,\n"
        );
        let fields = read_text(&text).unwrap().value.fields;
        assert_eq!(fields.iter().map(Field::tells_who).collect::<Vec<_>>(), [false, true, false, true]);
    }
}
