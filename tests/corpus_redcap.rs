//! Real REDCap exports, read in place from the corpus: rows, columns and questions as counted with another tool.
//!
//! The counts were made with Python's csv module (3.12): records that hold any text, less the header; columns of the
//! header; columns ending in `_complete` that are no field; columns starting with a checkbox field and `___`; fields
//! of the dictionary by type, but for the first and those of type descriptive, if the header has them (single: radio,
//! dropdown, yesno, truefalse, sql; multi: checkbox; number: slider, calc, text validated as integer or number; date:
//! text validated as date, datetime or time; text: other text and notes; other: file).

use canvass::codebook::Form;
use canvass::diag::{Diag, Noted, codes};
use canvass::ingest::{Cells, Export, Platform, grid, redcap};

use crate::corpus;

fn read(folder: &str, data: &str, dictionary: Option<&str>) -> Result<Noted<Export>, Vec<Diag>> {
    let bytes = |name: &str| corpus::file(folder, name);
    let (file, text) = bytes(data);
    let grid = grid::read(&file, &text)?.value;
    assert!(redcap::detect(&grid).is_some(), "{data} is not recognised");
    let definition = dictionary.map(bytes);
    redcap::read(&grid, definition.as_ref().map(|(file, bytes)| (file, bytes.as_slice())))
}

/// Rows, columns, forms, boxes, and how many questions are single, multi, number, date, text and other.
type Counts = (usize, usize, usize, usize, [usize; 6]);

const PROJECTS: [(&str, Counts); 23] = [
    ("arm-multiple-delete", (60, 5, 1, 0, [0, 0, 0, 0, 2, 0])),
    ("arm-single-delete", (20, 4, 1, 0, [0, 0, 0, 0, 2, 0])),
    ("arm-single-longitudinal", (9, 6, 1, 0, [0, 0, 0, 1, 1, 1])),
    ("blank-for-gray-status", (6, 26, 3, 6, [3, 1, 2, 1, 8, 1])),
    ("checkboxes-1", (4, 13, 2, 9, [0, 2, 0, 0, 1, 0])),
    ("dag", (3, 17, 1, 0, [3, 0, 4, 1, 6, 0])),
    ("dag-write", (3, 17, 1, 0, [3, 0, 4, 1, 6, 0])),
    ("decimal-comma", (4, 6, 1, 0, [0, 0, 3, 0, 1, 0])),
    ("decimal-comma-and-dot", (4, 9, 1, 0, [0, 0, 6, 0, 1, 0])),
    ("decimal-dot", (4, 6, 1, 0, [0, 0, 3, 0, 1, 0])),
    ("file-repo", (2, 7, 1, 0, [0, 0, 0, 1, 1, 1])),
    ("longitudinal", (18, 125, 9, 25, [36, 5, 31, 8, 13, 1])),
    ("metadata-write", (5, 25, 3, 6, [2, 1, 3, 1, 7, 1])),
    ("multilevel-model-1", (220, 19, 2, 0, [1, 0, 10, 1, 2, 0])),
    ("nonnumeric-record-id", (3, 3, 1, 0, [0, 0, 0, 0, 1, 0])),
    ("potentially-problematic-values", (2, 5, 1, 0, [0, 0, 1, 1, 1, 0])),
    ("project-color-boxes", (4, 7, 1, 4, [0, 1, 0, 0, 0, 0])),
    ("repeating-instruments", (6, 15, 2, 0, [3, 0, 2, 3, 2, 0])),
    ("repeating-instruments-sparse", (9, 15, 2, 0, [3, 0, 3, 3, 1, 0])),
    ("simple", (5, 24, 3, 6, [2, 1, 3, 1, 7, 1])),
    ("survey", (2, 33, 4, 1, [11, 1, 2, 4, 6, 0])),
    ("validation-types-1", (1, 52, 1, 3, [5, 1, 13, 12, 15, 2])),
    ("vignette-repeating", (17, 15, 4, 0, [0, 0, 5, 0, 2, 1])),
];

fn counts(export: &Export) -> Counts {
    let kind = |wanted: &str| {
        export.instrument.questions.iter().filter(|question| question.form.kind() == wanted).count()
    };
    let kinds = ["single", "multi-select", "number", "date", "text", "other"].map(kind);
    let forms = export.metadata.forms.iter().filter(|form| form.status.is_some()).count();
    let boxes = export.metadata.forms.iter().map(|form| form.boxes.len()).sum();
    (export.table.height(), export.table.names().len(), forms, boxes, kinds)
}

#[test]
fn redcapr_projects_have_the_rows_columns_and_questions_that_python_counts() {
    let Some(folder) = corpus::folder(23) else { return };
    for (project, expected) in PROJECTS {
        // One of the projects has its dictionary under a name with a slip in it.
        let dictionary = if project == "decimal-comma" { "dictionay.csv" } else { "dictionary.csv" };
        let folder = format!("{folder}/redcapr/{project}");
        let noted = read(&folder, "data.csv", Some(dictionary)).unwrap();
        let export = noted.value;
        assert_eq!(counts(&export), expected, "{project}");
        assert_eq!((export.platform, export.cells), (Platform::RedcapRaw, Cells::Codes), "{project}");
        assert!(export.other_columns.is_empty(), "{project}");
        let mismatch = noted.notes.iter().find(|note| note.code == codes::DEFINITION_MISMATCH);
        assert_eq!(mismatch, None, "{project}");
        // Every column is the record id, about the row or a form, or belongs to exactly one question.
        let mut columns: Vec<usize> =
            export.instrument.questions.iter().flat_map(|question| question.form.columns()).collect();
        columns.extend(export.metadata.record);
        columns.extend(&export.metadata.rest);
        for form in &export.metadata.forms {
            columns.extend(form.status.iter().chain(&form.timestamp));
        }
        columns.sort_unstable();
        assert_eq!(columns, (0..export.table.names().len()).collect::<Vec<_>>(), "{project}");
    }
}

#[test]
fn redcapr_projects_without_a_record_are_refused_with_a_remedy() {
    let Some(folder) = corpus::folder(3) else { return };
    for project in ["empty-rows", "potentially-problematic-dictionary", "single-column"] {
        let folder = format!("{folder}/redcapr/{project}");
        let errors = read(&folder, "data.csv", Some("dictionary.csv")).unwrap_err();
        assert_eq!(errors[0].code, codes::EMPTY_FILE, "{project}");
        assert!(errors[0].help.is_some());
    }
}

#[test]
fn a_dictionary_of_another_redcapr_project_is_refused() {
    let Some(folder) = corpus::folder(1) else { return };
    let folder = format!("{folder}/redcapr");
    let errors = read(&folder, "survey/data.csv", Some("validation-types-1/dictionary.csv")).unwrap_err();
    assert_eq!(errors[0].code, codes::DEFINITION_MISMATCH);
}

#[test]
fn the_dictionary_written_by_r_gives_the_same_questions() {
    let Some(folder) = corpus::folder(1) else { return };
    let folder = format!("{folder}/redcapr/simple");
    let official = read(&folder, "data.csv", Some("dictionary.csv")).unwrap().value;
    let by_r = read(&folder, "data.csv", Some("metadata.csv")).unwrap().value;
    // grep '^"age' in both: the two files differ in the validation of this field alone.
    let but_age = |export: Export| {
        let mut questions = export.instrument.questions;
        questions.retain(|question| question.id != "age");
        questions
    };
    assert_eq!(but_age(by_r), but_age(official));
}

#[test]
fn the_badges_trial_is_read_without_a_dictionary() {
    let Some(folder) = corpus::folder(1) else { return };
    let folder = format!("{folder}/bmjopen-badges-redcap");
    let export = read(&folder, "BMJOpenBadges_DATA.csv", None).unwrap().value;
    // len(rows) - 1, len(rows[0]); the record id and data_collection_complete are no questions.
    assert_eq!((export.table.height(), export.table.names().len()), (202, 23));
    assert_eq!(export.instrument.questions.len(), 21);
    let form = |id: &str| &export.instrument.question(id).unwrap().form;
    // collections.Counter over each column.
    for (id, expected) in [
        ("study_type", &["1", "2", "3", "4", "5", "7", "9"][..]),
        ("publication_status", &["1", "2", "3"]),
        ("badge", &["0", "1"]),
        ("random", &["1", "2"]),
        ("time_check", &["1", "2", "3", "5", "n/a"]),
    ] {
        let Form::Single { choices, .. } = form(id) else { panic!("{id}") };
        assert_eq!(choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>(), expected, "{id}");
    }
    assert_eq!(form("opt_in_date").kind(), "date");
    assert_eq!(form("article_title").kind(), "other");
    assert!(export.identifiers.contains(&export.table.position("author_email").unwrap()));
}
