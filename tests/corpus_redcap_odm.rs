//! Real REDCap projects as ODM documents: they say what the CSV beside them says, and hold what Python counts.

use std::collections::BTreeSet;

use canvass::codebook::{Choice, Question};
use canvass::diag::Noted;
use canvass::ingest::{self, Export, Platform};
use canvass::normalise::code;
use canvass::responses::Answers;

use crate::corpus;

fn read(folder: &str, data: &str, definition: Option<&str>) -> Noted<Export> {
    let (file, bytes) = corpus::file(folder, data);
    let definition = definition.map(|name| corpus::file(folder, name));
    let definition = definition.as_ref().map(|(file, bytes)| (file, bytes.as_slice()));
    ingest::read(&file, &bytes, definition).unwrap_or_else(|diags| panic!("{folder}/{data}: {diags:?}"))
}

/// What the two exports of one project say otherwise, as `question: what`.
fn differences(csv: &Export, odm: &Export) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |id: &str, what: &str| found.push(format!("{id}: {what}"));
    let ids = |export: &Export| {
        export.instrument.questions.iter().map(|question| question.id.clone()).collect::<Vec<_>>()
    };
    for id in ids(odm).iter().filter(|id| !ids(csv).contains(id)) {
        say(id, "only in ODM");
    }
    let same_rows = csv.table.height() == odm.table.height()
        && (0..csv.table.height()).all(|row| {
            let key = |export: &Export| {
                let columns = export.metadata.record.iter().chain(&export.metadata.rest);
                let about = |column: &&usize| {
                    let name = &export.table.names()[**column];
                    name != "redcap_data_access_group" && name != "redcap_survey_identifier"
                };
                let cell = |column: &usize| export.table.cell(row, *column).unwrap_or_default().to_owned();
                columns.filter(about).map(cell).collect::<Vec<_>>()
            };
            key(csv) == key(odm)
        });
    if !same_rows {
        say("rows", "differ");
    }
    for question in &csv.instrument.questions {
        let Some(other) = odm.instrument.question(&question.id) else {
            say(&question.id, "only in CSV");
            continue;
        };
        if question.wording != other.wording {
            say(&question.id, "wording");
        }
        if question.form.kind() != other.form.kind() {
            say(&question.id, "kind");
        }
        let choices = |question: &Question| {
            let said = |choice: &Choice| (choice.code.clone(), choice.label.clone());
            question.form.choices().iter().map(said).collect::<Vec<_>>()
        };
        if choices(question) != choices(other) {
            say(&question.id, "choices");
        }
        if question.asked_if != other.asked_if {
            say(&question.id, "condition");
        }
        let answers = |export, question| -> Answers { code(export, question, None).value.answers };
        if same_rows && answers(csv, question) != answers(odm, other) {
            say(&question.id, "answers");
        }
    }
    found
}

/// The projects that have both, with the CSV that was exported at the time of the document, and what differs: the field
/// `age` is a calculation in only one of two published files, `interpreter_needed` was added after the CSV, and
/// `f_calculated` was not computed yet when the CSV was exported (grep for them in the files).
const PAIRS: [(&str, &str, &[&str]); 22] = [
    ("arm-multiple-delete", "data-old.csv", &[]),
    ("arm-single-delete", "data-old.csv", &[]),
    ("arm-single-longitudinal", "data.csv", &[]),
    ("blank-for-gray-status", "data.csv", &[]),
    ("checkboxes-1", "data.csv", &[]),
    ("dag", "data.csv", &[]),
    ("dag-write", "data.csv", &[]),
    ("decimal-comma", "data.csv", &[]),
    ("decimal-comma-and-dot", "data.csv", &[]),
    ("decimal-dot", "data.csv", &[]),
    ("file-repo", "data.csv", &[]),
    ("longitudinal", "data.csv", &[]),
    ("metadata-write", "data.csv", &["age: kind", "age: answers"]),
    ("multilevel-model-1", "data.csv", &[]),
    ("nonnumeric-record-id", "data.csv", &[]),
    ("potentially-problematic-values", "data.csv", &[]),
    ("repeating-instruments", "data.csv", &[]),
    ("repeating-instruments-sparse", "data.csv", &["age: kind", "age: answers"]),
    ("simple", "data.csv", &["interpreter_needed: only in ODM"]),
    ("survey", "data.csv", &[]),
    ("validation-types-1", "data.csv", &["f_calculated: answers"]),
    ("vignette-repeating", "data.csv", &[]),
];

#[test]
fn a_redcapr_project_says_the_same_as_csv_and_as_odm() {
    let Some(folder) = corpus::folder(22) else { return };
    let mut wrong = Vec::new();
    for (project, data, expected) in PAIRS {
        let dictionary = if project == "decimal-comma" { "dictionay.csv" } else { "dictionary.csv" };
        let folder = format!("{folder}/redcapr/{project}");
        let csv = read(&folder, data, Some(dictionary)).value;
        let odm = read(&folder, "project.xml", None).value;
        assert_eq!(odm.platform, Platform::RedcapOdm);
        let found = differences(&csv, &odm);
        if found != expected {
            wrong.push(format!("{project}: {found:?}"));
        }
        // With the document as the definition of the CSV, the same answers again.
        let both = read(&folder, data, Some("project.xml")).value;
        let found = differences(&both, &odm);
        let expected: Vec<&&str> = expected.iter().filter(|what| !what.starts_with("age")).collect();
        if found.iter().ne(expected) {
            wrong.push(format!("{project} defined by ODM: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rows, records, events, rows of repetitions, forms, and cells that hold an answer, a status or a time.
type Counts = [usize; 6];

/// How many questions are single, multi, number, date, text and other.
type Kinds = [usize; 6];

/// Counted with Python's `xml.etree.ElementTree` (3.12): different keys of record, event and repetition (a form's
/// `FormRepeatKey` where `RepeatingInstrument` names it, else `StudyEventRepeatKey` where `RepeatingEvent` does); FormDef;
/// ItemData with a value and `ItemDataBase64Binary`, but for the record id and the access group; and variables with a
/// FieldType by type and validation, but for the record id, statuses and descriptive ones.
const DOCUMENTS: [(&str, Counts, Kinds); 33] = [
    ("phpcap/PHPCapBasicDemography.REDCap.xml", [100, 100, 0, 0, 1, 1400], [3, 0, 4, 1, 6, 0]),
    ("phpcap/PHPCapDag.REDCap.xml", [4, 1, 0, 3, 2, 8], [0, 0, 1, 1, 0, 0]),
    ("phpcap/PHPCapLongitudinalData.REDCap.xml", [686, 100, 14, 0, 5, 10094], [12, 5, 11, 4, 11, 1]),
    ("phpcap/PHPCapRepeatableSurvey.REDCap.xml", [0, 0, 0, 0, 2, 0], [0, 0, 3, 3, 3, 0]),
    ("phpcap/PHPCapRepeatingForms.REDCap.xml", [0, 0, 0, 0, 2, 0], [0, 0, 3, 3, 3, 0]),
    ("pycap/doctest_project.xml", [3, 3, 1, 3, 1, 13], [1, 1, 0, 0, 0, 1]),
    ("pycap/test_long_project.xml", [13, 2, 12, 1, 9, 126], [36, 5, 32, 8, 13, 1]),
    ("pycap/test_simple_project.xml", [3, 3, 0, 0, 1, 31], [3, 0, 4, 1, 6, 0]),
    ("redcapr/arm-multiple-delete/project.xml", [56, 20, 3, 0, 1, 168], [0, 0, 0, 0, 2, 0]),
    ("redcapr/arm-single-delete/project.xml", [16, 16, 0, 0, 1, 48], [0, 0, 0, 0, 2, 0]),
    ("redcapr/arm-single-longitudinal/project.xml", [9, 3, 3, 0, 1, 32], [0, 0, 0, 1, 1, 1]),
    ("redcapr/blank-for-gray-status/project.xml", [6, 6, 0, 0, 3, 128], [3, 1, 2, 1, 8, 1]),
    ("redcapr/checkboxes-1/project.xml", [4, 4, 0, 0, 2, 46], [0, 2, 0, 0, 1, 0]),
    ("redcapr/dag-write/project.xml", [3, 3, 0, 0, 1, 8], [3, 0, 4, 1, 6, 0]),
    ("redcapr/dag/project.xml", [3, 3, 0, 0, 1, 9], [3, 0, 4, 1, 6, 0]),
    ("redcapr/decimal-comma-and-dot/project.xml", [4, 4, 0, 0, 1, 32], [0, 0, 6, 0, 1, 0]),
    ("redcapr/decimal-comma/project.xml", [4, 4, 0, 0, 1, 20], [0, 0, 3, 0, 1, 0]),
    ("redcapr/decimal-dot/project.xml", [4, 4, 0, 0, 1, 20], [0, 0, 3, 0, 1, 0]),
    ("redcapr/empty-rows/project.xml", [0, 0, 0, 0, 3, 0], [2, 1, 4, 1, 6, 1]),
    ("redcapr/file-repo/project.xml", [2, 2, 0, 0, 1, 10], [0, 0, 0, 1, 1, 1]),
    ("redcapr/longitudinal/project.xml", [18, 3, 12, 0, 9, 403], [36, 5, 31, 8, 13, 1]),
    ("redcapr/metadata-write/project.xml", [5, 5, 0, 0, 3, 115], [2, 1, 4, 1, 6, 1]),
    ("redcapr/multilevel-model-1/project.xml", [220, 20, 0, 200, 2, 2280], [1, 0, 10, 1, 2, 0]),
    ("redcapr/nonnumeric-record-id/project.xml", [3, 3, 0, 0, 1, 6], [0, 0, 0, 0, 1, 0]),
    ("redcapr/potentially-problematic-dictionary/project.xml", [0, 0, 0, 0, 1, 0], [5, 0, 0, 0, 0, 0]),
    ("redcapr/potentially-problematic-values/project.xml", [2, 2, 0, 0, 1, 8], [0, 0, 1, 1, 1, 0]),
    ("redcapr/repeating-instruments-sparse/project.xml", [9, 5, 0, 4, 2, 40], [3, 0, 2, 3, 2, 0]),
    ("redcapr/repeating-instruments/project.xml", [6, 2, 0, 4, 2, 32], [3, 0, 2, 3, 2, 0]),
    ("redcapr/simple-write/project.xml", [5, 5, 0, 0, 3, 105], [2, 1, 4, 1, 6, 1]),
    ("redcapr/simple/project.xml", [5, 5, 0, 0, 3, 119], [3, 1, 3, 1, 7, 1]),
    ("redcapr/survey/project.xml", [2, 2, 0, 0, 4, 14], [11, 1, 2, 4, 6, 0]),
    ("redcapr/validation-types-1/project.xml", [1, 1, 0, 0, 1, 5], [5, 1, 13, 12, 15, 2]),
    ("redcapr/vignette-repeating/project.xml", [17, 2, 0, 15, 4, 48], [0, 0, 5, 0, 2, 1]),
];

fn counts(export: &Export) -> Counts {
    let table = &export.table;
    let distinct = |column: Option<usize>| {
        let texts = column.into_iter().flat_map(|column| table.column(column).flatten());
        texts.collect::<BTreeSet<_>>().len()
    };
    let filled = |column: usize| table.column(column).flatten().count();
    let instance = table.position("redcap_repeat_instance").map_or(0, filled);
    let event = table.position("redcap_event_name");
    let about = export.metadata.record.iter().chain(&export.metadata.rest).copied().collect::<BTreeSet<_>>();
    let cells = (0..table.names().len()).filter(|column| !about.contains(column)).map(filled).sum();
    let forms = export.metadata.forms.len();
    [table.height(), distinct(export.metadata.record), distinct(event), instance, forms, cells]
}

#[test]
fn o_08_documents_hold_what_python_counts() {
    let Some(folder) = corpus::folder(DOCUMENTS.len()) else { return };
    for (document, expected, kinds) in DOCUMENTS {
        let noted = read(&folder, document, None);
        assert_eq!(counts(&noted.value), expected, "{document}");
        let kind = |wanted: &str| {
            let questions = noted.value.instrument.questions.iter();
            questions.filter(|question| question.form.kind() == wanted).count()
        };
        let found = ["single", "multi-select", "number", "date", "text", "other"].map(kind);
        assert_eq!(found, kinds, "{document}");
    }
}

#[test]
fn the_definition_of_a_project_alone_is_no_export() {
    let Some(folder) = corpus::folder(1) else { return };
    let (file, bytes) = corpus::file(&folder, "redcapr/single-column/project.xml");
    let errors = ingest::read(&file, &bytes, None).unwrap_err();
    assert!(errors[0].help.as_deref().unwrap().contains("--definition"));
}
