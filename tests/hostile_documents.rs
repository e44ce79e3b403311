//! Documents and study files that are made to exhaust memory or the stack: a clear error at once.

use canvass::diag::{Code, Diag, FileId, Place, codes};
use canvass::ingest::read;
use canvass::record::{FindingsFile, ManifestFile};
use canvass::study::{Reported, Study};

use crate::any_bytes::targets::packed;

/// Ten entities, each ten of the one before: a billion laughs.
fn laughs(root: &str, inside: &str) -> String {
    let entities: Vec<String> = (1..10)
        .map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10)))
        .collect();
    let entities = entities.concat();
    format!("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY l0 \"ha\">{entities}]><{root}>{inside}&l9;")
}

/// Elements in elements, never closed.
fn nested(root: &str) -> String {
    format!("<{root}>{}", "<a>".repeat(1_000_000))
}

const ODM: &str = "ODM SourceSystem=\"REDCap\"";

fn file(name: &str) -> FileId {
    FileId::new(name)
}

/// Why an export is refused, or the definition beside a table that looks like an export of its platform.
fn refusal(name: &str, bytes: &[u8]) -> Diag {
    only(read(&file(name), bytes, None).err())
}

fn definition_refusal(export: &str, name: &str, bytes: &[u8]) -> Diag {
    only(read(&file("a.csv"), export.as_bytes(), Some((&file(name), bytes))).err())
}

fn only(diags: Option<Vec<Diag>>) -> Diag {
    let mut diags = diags.unwrap_or_default();
    assert_eq!(diags.len(), 1, "{diags:?}");
    assert!(diags[0].help.is_some(), "{diags:?}");
    assert!(diags[0].message.len() < 300, "{} bytes", diags[0].message.len());
    diags.remove(0)
}

fn says(diag: &Diag, code: Code, words: &str) {
    assert_eq!(diag.code, code, "{diag:?}");
    assert!(diag.message.contains(words), "{diag:?}");
}

const REDCAP: &str = "record_id,redcap_event_name,age,one_complete\n1,a_arm_1,3,2\n";
const LIMESURVEY: &str = "id,submitdate,lastpage,startlanguage,age\n1,2020-01-01 10:00:00,2,en,30\n";
const QUALTRICS: &str = "Q1\nHow?\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n2\n";

#[test]
fn entities_that_unfold_to_gigabytes_are_not_unfolded() {
    let odm = laughs(ODM, "");
    says(&refusal("a.xml", odm.as_bytes()), codes::FORMAT_UNKNOWN, "XML document");
    let odm = odm.replace("<?xml version=\"1.0\"?>", "");
    says(&refusal("a.xml", odm.as_bytes()), codes::FORMAT_UNKNOWN, "web page");
    says(&definition_refusal(REDCAP, "a.xml", odm.as_bytes()), codes::FORMAT_UNKNOWN, "web page");
    // What stands where an ODM document's root should be decides that it is one; the rest may come later.
    let late = format!("<{ODM}>{}", laughs("Study", ""));
    says(&refusal("a.xml", late.as_bytes()), codes::DEFINITION_INVALID, "");
    says(&definition_refusal(REDCAP, "a.xml", late.as_bytes()), codes::DEFINITION_INVALID, "");
    let lss = laughs("document", "<LimeSurveyDocType>Survey</LimeSurveyDocType>");
    says(&definition_refusal(LIMESURVEY, "a.lss", lss.as_bytes()), codes::DEFINITION_INVALID, "DOCTYPE");
    let sheet = laughs("worksheet", "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>");
    says(&refusal("a.xlsx", &packed(sheet.as_bytes())), codes::FORMAT_UNKNOWN, "entity");
}

#[test]
fn elements_that_nest_without_end_are_refused() {
    says(&refusal("a.xml", nested(ODM).as_bytes()), codes::DEFINITION_INVALID, "nest");
    says(&definition_refusal(REDCAP, "a.xml", nested(ODM).as_bytes()), codes::DEFINITION_INVALID, "nest");
    let lss = nested("document><LimeSurveyDocType>Survey</LimeSurveyDocType");
    says(&definition_refusal(LIMESURVEY, "a.lss", lss.as_bytes()), codes::DEFINITION_INVALID, "nest");
    says(
        &refusal("a.xlsx", &packed(nested("worksheet><sheetData").as_bytes())),
        codes::FORMAT_UNKNOWN,
        "end of xml",
    );
}

#[test]
fn json_that_nests_without_end_is_refused() {
    for deep in
        ["{\"SurveyElements\":[".to_owned() + &"[".repeat(1_000_000), "{\"SurveyElements\":".repeat(200_000)]
    {
        says(&definition_refusal(QUALTRICS, "a.qsf", deep.as_bytes()), codes::DEFINITION_INVALID, "");
        says(&refusal("a.qsf", deep.as_bytes()), codes::FORMAT_UNKNOWN, "definition");
        assert!(FindingsFile::read(deep.as_bytes()).is_err());
        assert!(ManifestFile::read(deep.as_bytes()).is_err());
    }
}

#[test]
fn a_study_file_that_nests_without_end_is_refused() {
    let file = file("study.toml");
    let deep = [
        format!("[study]\ntitle = {}", "[".repeat(200_000)),
        format!("[study]\ntitle = {}", "{ a = ".repeat(200_000)),
        format!("[study.{}]\nb = 1\n", vec!["a"; 20_000].join(".")),
        format!("[study]\n{} = 1\n", vec!["a"; 20_000].join(".")),
    ];
    for text in deep {
        let diags = Study::parse(&file, &text, "folder").unwrap_err();
        assert!(diags.len() < 20 && diags.iter().all(|diag| !diag.message.is_empty()), "{diags:?}");
        assert!(Reported::parse(&file, &text).is_err());
        let _ = Study::written_beside(&file, &text);
    }
}

#[test]
fn a_condition_that_nests_without_end_is_unknown() {
    let head = "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\",Branching Logic (Show field only if...)";
    let open = "(".repeat(100_000);
    for logic in
        [format!("{open}[age]"), format!("{open}[age]='1'{}", ")".repeat(100_000)), "not ".repeat(100_000)]
    {
        let dictionary = format!("{head}\nrecord_id,one,,text,Id,,\nage,one,,text,Age,,\"{logic}\"\n");
        let definition = file("d.csv");
        let noted =
            read(&file("a.csv"), REDCAP.as_bytes(), Some((&definition, dictionary.as_bytes()))).unwrap();
        let told = noted.notes.iter().filter(|note| note.code == codes::CONDITION_UNKNOWN).count();
        assert_eq!(told, 1, "{:?}", noted.notes.iter().map(|note| &note.code).collect::<Vec<_>>());
    }
}

#[test]
fn a_quote_that_never_closes_is_refused_with_its_line() {
    let diag = refusal("a.csv", b"id,q\n1,yes\n2,\"no\n3,yes\n");
    assert_eq!((diag.code, diag.place), (codes::UNBALANCED_QUOTE, Place::row(&file("a.csv"), 3)));
}

/// A sheet with a cell of text at each of these places.
fn sheet(places: &[&str]) -> Vec<u8> {
    let cell = |place: &&str| format!("<row><c r=\"{place}\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
    let rows: String = places.iter().map(cell).collect();
    packed(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes())
}

#[test]
fn a_cell_where_no_sheet_can_have_one_is_refused() {
    assert!(read(&file("a.xlsx"), &sheet(&["A1", "A2", "XFD3", "A1048576"]), None).is_ok());
    // The column of the last would take gigabytes; the sums of the letters of the others are beyond any number.
    for place in ["XFE1", "A1048577", "ZZZZZZ1", "AAAAAAAAAAAA1", "A99999999999"] {
        says(
            &refusal("a.xlsx", &sheet(&["A1", place])),
            codes::FORMAT_UNKNOWN,
            "where no sheet can have one",
        );
    }
}

#[test]
fn a_sheet_that_is_blank_but_for_a_cell_far_to_the_right_of_each_row_is_refused() {
    let rows: Vec<String> = (1..=1030).map(|row| format!("XFD{row}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    says(&refusal("a.xlsx", &sheet(&rows)), codes::TOO_LARGE, "blank cells");
}
