//! REDCap's edge cases, each on a file small enough to read: exports, dictionaries and ODM documents.

use canvass::codebook::{Form, Missing};
use canvass::diag::{Diag, FileId, Noted, codes};
use canvass::ingest::{self, Cells, Export, Platform};
use canvass::normalise::code;
use canvass::responses::Answers;

use crate::normalise::{Given, No, coded, first};

const HEAD: &str = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,text_validation_type_or_show_slider_number,identifier,branching_logic,matrix_group_name,matrix_ranking,field_annotation\nrecord_id,base,,text,Record,,,,,,,\n";

fn try_read(dictionary: &str, data: &str) -> Result<Noted<Export>, Vec<Diag>> {
    let dictionary = format!("{HEAD}{dictionary}");
    let definition = FileId::new("dictionary.csv");
    ingest::read(&FileId::new("data.csv"), data.as_bytes(), Some((&definition, dictionary.as_bytes())))
}

fn read(dictionary: &str, data: &str) -> Export {
    try_read(dictionary, data).unwrap_or_else(|diags| panic!("{diags:?}")).value
}

fn numbers(export: &Export, id: &str) -> Vec<Result<f64, Missing>> {
    match coded(export, id, None).value.answers {
        Answers::Numbers { items } => items[0].clone(),
        other => panic!("{other:?}"),
    }
}

fn all_answers(export: &Export) -> Vec<Answers> {
    let questions = export.instrument.questions.iter();
    questions.map(|question| code(export, question, None).value.answers).collect()
}

fn messages(noted: &Noted<Export>) -> Vec<&str> {
    noted.notes.iter().map(|note| note.message.as_str()).collect()
}

const RACE: &str =
    "sex,base,,radio,Sex,\"0, F | 1, M\",,,,,,\nrace,base,,checkbox,Race,\"1, A | -99, B\",,,,,,\n";

#[test]
fn an_export_in_each_of_the_five_separators_is_the_same_export() {
    let data = "record_id,sex,race___1,race____99,base_complete\n1,1,1,0,2\n2,0,0,1,2\n";
    let expected = all_answers(&read(RACE, data));
    for separator in [";", "\t", "|", "^"] {
        assert_eq!(all_answers(&read(RACE, &data.replace(',', separator))), expected, "{separator}");
    }
}

#[test]
fn a_second_header_row_of_labels_is_no_answer() {
    let export = read(
        RACE,
        "record_id,sex,race___1,race____99,base_complete\nRecord,Sex,Race (choice=A),Race (choice=B),Complete?\n1,1,1,0,2\n",
    );
    assert_eq!((export.header_rows, export.table.height(), export.cells), (2, 1, Cells::Codes));
    let bare = ingest::read(
        &FileId::new("data.csv"),
        b"record_id,sex,base_complete\nRecord,Sex,Complete?\n1,1,2\n",
        None,
    );
    assert_eq!(bare.unwrap().value.table.height(), 1);
    assert_eq!(first(&coded(&export, "sex", None)), [Given(1)]);
}

#[test]
fn r_04_label_headers_may_have_blanks_markup_and_line_ends() {
    let dictionary =
        "n,base,,text,\"<b>Your</b> weight\",,integer,,,,,\nm,base,,text,\"Two\nlines\",,integer,,,,,\n";
    let export = read(dictionary, "Record ,Your weight ,\"Two\nlines\",Complete?\n1,70,2,Complete\n");
    assert_eq!(export.platform, Platform::RedcapLabels);
    assert_eq!((numbers(&export, "n"), numbers(&export, "m")), (vec![Ok(70.0)], vec![Ok(2.0)]));
}

#[test]
fn r_05_a_choice_label_may_hold_what_marks_a_choice() {
    let export = read(
        "c,base,,checkbox,C,\"1, A (choice=B) | 2, A\",,,,,,\n",
        "Record,C (choice=A (choice=B)),C (choice=A),Complete?\n1,Unchecked,Checked,Complete\n",
    );
    let Form::Multi { cells, choices, .. } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!(choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(cells.columns(), [1, 2]);
}

#[test]
fn r_08_record_ids_are_texts() {
    let export = read(RACE, "record_id,sex,base_complete\n007,1,2\n7,0,2\n331-1,1,2\n");
    let ids: Vec<Option<&str>> = export.table.column(0).collect();
    assert_eq!(ids, [Some("007"), Some("7"), Some("331-1")]);
    assert!(export.identifiers.contains(&0));
}

#[test]
fn r_09_values_older_than_the_validation_are_unreadable_numbers_and_dates_that_are_there() {
    let export = read(
        "n,base,,text,N,,integer,,,,,\nd,base,,text,D,,date_ymd,,,,,\n",
        "record_id,n,d,base_complete\n1,about five,last May,2\n2,5,2020-05-01,2\n",
    );
    assert_eq!(numbers(&export, "n"), [Err(Missing::Unreadable), Ok(5.0)]);
    assert_eq!(first(&coded(&export, "d", None)), [Given(0), Given(0)]);
}

#[test]
fn r_12_hashed_record_ids_say_that_dates_may_be_shifted() {
    let hash = "9f86d081884c7d659a2feaa0c55ad015";
    let data = |id: &str| format!("record_id,sex,base_complete\n{id},1,2\n{},0,2\n", hash.replace('9', "a"));
    let shifted = |noted: Noted<Export>| noted.notes.iter().any(|note| note.code == codes::DATES_SHIFTED);
    assert!(shifted(try_read(RACE, &data(hash)).unwrap()));
    assert!(!shifted(try_read(RACE, &data("17")).unwrap()));
    assert!(shifted(ingest::read(&FileId::new("data.csv"), data(hash).as_bytes(), None).unwrap()));
}

#[test]
fn r_13_two_choices_of_one_label_cannot_be_told_apart_in_labels() {
    let dictionary = "a,base,,radio,A,\"1, x | 2, x | 3, y\",,,,,,\n";
    let noted = try_read(dictionary, "Record,A,Complete?\n1,x,Complete\n2,y,Complete\n").unwrap();
    assert_eq!(first(&coded(&noted.value, "a", None)), [No(Missing::Unreadable), Given(2)]);
    assert!(messages(&noted)[0].contains("codes 1 and 2 have the same label"));
    let raw = read(dictionary, "record_id,a,base_complete\n1,2,2\n");
    assert_eq!(first(&coded(&raw, "a", None)), [Given(1)]);
}

const CODES: &str = "a,base,,yesno,A,,,,,,,\nn,base,,text,N,,integer,,,,,\nd,base,,text,D,,date_ymd,,,,,\n";

#[test]
fn r_14_a_code_that_no_field_takes_is_proposed_as_missing_and_never_applied() {
    let data = "record_id,a,n,d,base_complete\n1,UNK,UNK,2020-01-01,2\n2,1,UNK,2020-01-02,2\n3,0,4,UNK,2\n";
    let noted = try_read(CODES, data).unwrap();
    let likely: Vec<&Diag> =
        noted.notes.iter().filter(|note| note.code == codes::LIKELY_MISSING_CODE).collect();
    assert_eq!(
        likely.iter().map(|note| note.message.as_str()).collect::<Vec<_>>(),
        [
            "\"UNK\" stands in 4 cells of 3 fields that do not take it, such as a, n, d: it may be a code for missing values"
        ]
    );
    let unreadable = No(Missing::Unreadable);
    assert_eq!(first(&coded(&noted.value, "a", None)), [unreadable, Given(0), Given(1)]);
    // Once is no sign of a code.
    let noted = try_read(CODES, "record_id,a,n,d,base_complete\n1,UNK,3,2020-01-01,2\n").unwrap();
    assert!(noted.notes.iter().all(|note| note.code != codes::LIKELY_MISSING_CODE));
}

#[test]
fn r_16_a_field_may_have_the_name_of_a_status_or_of_a_system_column() {
    let export = read(
        "base_complete,base,,text,Notes,,,,,,,\nredcap_event_name,base,,text,Named,,,,,,,\n",
        "record_id,redcap_event_name,base_complete,base_complete\n1,first_arm_1,words,2\n",
    );
    assert_eq!(export.instrument.questions[0].form.columns(), [2]);
    assert_eq!(export.metadata.forms[0].status, Some(3));
    assert_eq!(export.metadata.rest, [1]);
}

#[test]
fn r_17_an_empty_export_is_refused_with_a_remedy() {
    for data in ["", "\n", "\r\n"] {
        let errors = try_read(RACE, data).unwrap_err();
        assert_eq!(errors[0].code, codes::EMPTY_FILE);
        assert!(errors[0].help.is_some());
    }
    // A header without a record is a project without answers.
    assert_eq!(read(RACE, "record_id,sex,base_complete\n").table.height(), 0);
}

#[test]
fn r_18_notes_that_lost_their_paragraphs_are_the_same_answer() {
    let dictionary = "t,base,,notes,T,,,,,,,\n";
    let before = read(dictionary, "record_id,t,base_complete\n1,\"one\n\ntwo\",2\n");
    let after = read(dictionary, "record_id,t,base_complete\n1,one  two,2\n");
    assert_eq!(all_answers(&before), all_answers(&after));
}

#[test]
fn r_20_events_are_told_apart_by_their_cut_names() {
    let export = read(
        RACE,
        "record_id,redcap_event_name,sex,base_complete\n1,deadline_to_opt_ou_arm_1,1,2\n1,deadline_to_opt_ou_arm_1a,0,2\n",
    );
    let kinds = export.metadata.row_kinds.unwrap();
    assert_eq!(kinds.names, ["deadline_to_opt_ou_arm_1", "deadline_to_opt_ou_arm_1a"]);
}

#[test]
fn r_22_codes_with_a_leading_zero_are_codes_of_their_own() {
    let export = read(
        "a,base,,radio,A,\"01, first | 1, second\",,,,,,\nb,base,,radio,B,\"01, first\",,,,,,\n",
        "record_id,a,b,base_complete\n1,01,1,2\n2,1,01,2\n",
    );
    assert_eq!(first(&coded(&export, "a", None)), [Given(0), Given(1)]);
    assert_eq!(first(&coded(&export, "b", None)), [No(Missing::Unreadable), Given(0)]);
}

#[test]
fn r_23_other_scripts_are_read_in_headers_choices_and_cells() {
    let export = read(
        "пол,base,,radio,Пол,\"1, женский | 2, мужской\",,,,,,\n",
        "Record,Пол,Complete?\n1,мужской,Complete\n",
    );
    assert_eq!(first(&coded(&export, &export.instrument.questions[0].id, None)), [Given(1)]);
}

#[test]
fn r_24_an_export_of_labels_is_no_definition_of_the_raw_one() {
    let labels = FileId::new("labels.csv");
    let text = b"Record,Sex,Complete?\n1,F,Complete\n";
    let data = b"record_id,sex,base_complete\n1,0,2\n";
    let errors = ingest::read(&FileId::new("data.csv"), data, Some((&labels, text))).unwrap_err();
    assert_eq!(errors[0].code, codes::DEFINITION_INVALID);
    assert!(errors[0].help.as_deref().unwrap().contains("download the current one"));
}

#[test]
fn a_row_for_each_value_is_read_as_the_flat_export() {
    let dictionary = format!("{RACE}pulse,visit,,text,Pulse,,integer,,,,,\n");
    let flat = read(
        &dictionary,
        "record_id,redcap_repeat_instrument,redcap_repeat_instance,sex,race___1,race____99,base_complete,pulse,visit_complete\n1,,,1,0,1,2,,\n1,visit,1,,,,,60,2\n2,,,,0,0,0,,\n",
    );
    let values = "record,redcap_repeat_instrument,redcap_repeat_instance,field_name,value\n1,,,record_id,1\n1,,,sex,1\n1,,,race,-99\n1,,,base_complete,2\n1,visit,1,pulse,60\n1,visit,1,visit_complete,2\n2,,,record_id,2\n2,,,base_complete,0\n";
    let by_value = read(&dictionary, values);
    assert_eq!(all_answers(&by_value), all_answers(&flat));
    assert_eq!(by_value.metadata, flat.metadata);

    let errors = ingest::read(&FileId::new("data.csv"), values.as_bytes(), None).unwrap_err();
    assert!(errors[0].help.as_deref().unwrap().contains("data dictionary"));
    let twice = "record,field_name,value\n1,sex,1\n1,sex,0\n";
    assert!(try_read(RACE, twice).unwrap_err()[0].message.contains("two values"));
}

#[test]
fn a_checkbox_field_in_one_column_is_taken_apart_and_that_is_said() {
    let data = "record_id,sex,race,base_complete\n1,1,\"1,-99\",2\n2,1,-99,2\n3,1,,2\n";
    let noted = try_read(RACE, data).unwrap();
    let race = coded(&noted.value, "race", None);
    assert_eq!(first(&race), [Given(2), Given(1), No(Missing::Skipped)]);
    assert_eq!(messages(&noted), ["the ticks of race stand in one column and are taken apart at commas"]);
}

#[test]
fn logical_values_of_r_are_the_codes_that_they_were() {
    let data = "record_id,sex,race___1,race____99,base_complete\n1,FALSE,1,0,2\n2,TRUE,1,0,2\n3,1,1,0,2\n";
    let noted = try_read(RACE, data).unwrap();
    assert_eq!(first(&coded(&noted.value, "sex", None)), [Given(0), Given(1), Given(1)]);
    assert_eq!(messages(&noted), ["TRUE and FALSE in sex are read as its codes 1 and 0: 2 cells"]);
    // With other codes nothing says what TRUE is.
    let three =
        read("a,base,,radio,A,\"0, x | 1, y | 2, z\",,,,,,\n", "record_id,a,base_complete\n1,TRUE,2\n");
    assert_eq!(first(&coded(&three, "a", None)), [No(Missing::Unreadable)]);
}

#[test]
fn branching_on_another_event_asks_the_row_of_that_event() {
    let export = read(
        "sex,base,,radio,Sex,\"0, F | 1, M\",,,,,,\nbirths,later,,text,Births,,integer,,[first_arm_1][sex] = '0',,,\n",
        "record_id,redcap_event_name,sex,base_complete,births,later_complete\n1,first_arm_1,0,2,,\n1,last_arm_1,,,,2\n2,first_arm_1,1,2,,\n2,last_arm_1,,,,2\n3,last_arm_1,,,,2\n",
    );
    let (away, skipped, blank) = (Err(Missing::NotAsked), Err(Missing::Skipped), Err(Missing::Blank));
    // Of record 3 nobody knows.
    assert_eq!(numbers(&export, "births"), [away, skipped, away, away, blank]);
}

#[test]
fn dd_01_marks_and_odd_blanks_in_a_dictionary_are_no_part_of_names() {
    let definition = FileId::new("dictionary.csv");
    let dictionary =
        format!("\u{feff}{HEAD}a,base,,radio,\u{201c}A\u{201d}\u{a0},\"1,\u{a0}lo | 2, hi\",,,,,,\n");
    let export = ingest::read(
        &FileId::new("data.csv"),
        b"\xEF\xBB\xBFrecord_id,a,base_complete\n1,2,2\n",
        Some((&definition, dictionary.as_bytes())),
    )
    .unwrap()
    .value;
    assert_eq!(export.metadata.record, Some(0));
    assert_eq!(export.instrument.questions[0].form.choices()[0].label, "lo");
    assert_eq!(first(&coded(&export, "a", None)), [Given(1)]);
}

#[test]
fn dd_02_and_03_only_headers_with_commas_are_quoted() {
    let definition = FileId::new("dictionary.csv");
    let dictionary = "Variable / Field Name,Form Name,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\",Field Note\nid,f,text,ID,,\na,f,radio,A,\"1, x | 2, y\",note\n";
    let export = ingest::read(
        &FileId::new("data.csv"),
        b"id,a,f_complete\n1,2,2\n",
        Some((&definition, dictionary.as_bytes())),
    )
    .unwrap()
    .value;
    assert_eq!(export.instrument.questions[0].form.choices().len(), 2);
}

#[test]
fn dd_04_labels_are_read_as_people_see_them() {
    let export = read(
        "a,base,\"<div class=\"\"rich-text-field-label\"\"><p>How <b>much</b>?</p></div>\",radio,\"<p>Of\nthis</p>\",\"1, x\",,,,m,,\n",
        "record_id,a,base_complete\n1,1,2\n",
    );
    let Form::Battery { items, .. } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!(export.instrument.questions[0].wording, "How much?");
    assert_eq!(items[0].label, "Of this");
}

#[test]
fn dd_05_a_label_that_a_spreadsheet_made_a_date_is_told() {
    let dictionary = "k,base,,radio,K,\"1, 1-Feb | 2, 3-4 | 3, 5+\",,,,,,\n";
    let noted = try_read(dictionary, "record_id,k,base_complete\n1,1,2\n").unwrap();
    assert_eq!(noted.notes.iter().map(|note| note.code).collect::<Vec<_>>(), [codes::SPREADSHEET_DAMAGE]);
}

#[test]
fn dd_06_a_dictionary_of_another_time_is_told() {
    let noted = try_read(RACE, "record_id,sex,new_field,base_complete\n1,1,x,2\n").unwrap();
    assert_eq!(
        messages(&noted),
        [
            "columns that are not in the data dictionary (1): new_field",
            "fields that have no column in the export (1): race"
        ]
    );
}

#[test]
fn dd_07_columns_that_redcap_adds_are_in_no_dictionary_and_nothing_is_said_of_them() {
    let data = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_data_access_group,sex,race___1,race____99,base_complete\n1,first_arm_1,,,north,1,1,0,2\n";
    let noted = try_read(RACE, data).unwrap();
    assert_eq!(messages(&noted).iter().filter(|said| said.contains("not in the data dictionary")).count(), 0);
    let ids: Vec<&str> =
        noted.value.instrument.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["sex", "race"]);
    // A column beside them that nobody declared is told.
    let other = try_read(RACE, &data.replace("redcap_data_access_group", "group_of_mine")).unwrap();
    assert!(messages(&other).contains(&"columns that are not in the data dictionary (1): group_of_mine"));
}

#[test]
fn dd_09_and_10_the_first_field_is_the_record_id_and_names_are_in_lower_case() {
    let definition = FileId::new("dictionary.csv");
    let dictionary = "field_name,form_name,field_type,field_label,branching_logic\nSubjID,f,text,ID,\nAge,f,text,Age,\nKids,f,text,Kids,[Age] <> ''\n";
    let export = ingest::read(
        &FileId::new("data.csv"),
        b"subjid,age,kids,f_complete\nA1,30,,2\nA2,,,2\n",
        Some((&definition, dictionary.as_bytes())),
    )
    .unwrap()
    .value;
    assert_eq!(export.metadata.record, Some(0));
    assert_eq!(first(&coded(&export, "kids", None)), [No(Missing::Skipped), No(Missing::NotAsked)]);
}

/// A classic project with a checkbox field, a form that repeats and a file.
fn document(root: &str, answers: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><{root}><Study><GlobalVariables><redcap:MissingDataCodes>NA, Not applicable</redcap:MissingDataCodes><redcap:RepeatingInstrument redcap:UniqueEventName=\"event_1_arm_1\" redcap:RepeatInstrument=\"visit\" redcap:CustomLabel=\"\"/></GlobalVariables><MetaDataVersion OID=\"m\" redcap:RecordIdField=\"id\"><FormDef OID=\"Form.base\" Name=\"Base\" Repeating=\"No\" redcap:FormName=\"base\"><ItemGroupRef ItemGroupOID=\"g1\"/></FormDef><FormDef OID=\"Form.visit\" Name=\"Visit\" Repeating=\"No\" redcap:FormName=\"visit\"><ItemGroupRef ItemGroupOID=\"g2\"/></FormDef><ItemGroupDef OID=\"g1\"><ItemRef ItemOID=\"id\"/><ItemRef ItemOID=\"race___1\"/><ItemRef ItemOID=\"race____2\"/><ItemRef ItemOID=\"race___na\"/><ItemRef ItemOID=\"scan\"/><ItemRef ItemOID=\"base_complete\"/></ItemGroupDef><ItemGroupDef OID=\"g2\"><ItemRef ItemOID=\"pulse\"/><ItemRef ItemOID=\"visit_complete\"/></ItemGroupDef>{}{}{}{}{}{}{}{}<CodeList OID=\"c\" redcap:Variable=\"race\" redcap:CheckboxChoices=\"1, A &amp; B | -2, C\"><CodeListItem CodedValue=\"1\"><Decode><TranslatedText>Checked</TranslatedText></Decode></CodeListItem></CodeList></MetaDataVersion></Study><ClinicalData>{answers}</ClinicalData></ODM>",
        item("id", "id", "text", ""),
        item("race___1", "race", "checkbox", "<CodeListRef CodeListOID=\"c\"/>"),
        item("race____2", "race", "checkbox", "<CodeListRef CodeListOID=\"c\"/>"),
        item("race___na", "race", "checkbox", "<CodeListRef CodeListOID=\"c\"/>"),
        item("scan", "scan", "file", ""),
        item("base_complete", "base_complete", "select", ""),
        item("pulse", "pulse", "text\" redcap:TextValidationType=\"int", ""),
        item("visit_complete", "visit_complete", "select", ""),
    )
}

fn item(id: &str, variable: &str, kind: &str, list: &str) -> String {
    format!(
        "<ItemDef OID=\"{id}\" Name=\"{id}\" redcap:Variable=\"{variable}\" redcap:FieldType=\"{kind}\"><Question><TranslatedText>{variable}?</TranslatedText></Question>{list}<RangeCheck><ErrorMessage><TranslatedText>no</TranslatedText></ErrorMessage></RangeCheck></ItemDef>"
    )
}

const ROOT: &str = "ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\" xmlns:redcap=\"https://projectredcap.org\" SourceSystem=\"REDCap\"";

const SUBJECTS: &str = "<SubjectData SubjectKey=\"001\"><FormData FormOID=\"Form.base\" FormRepeatKey=\"1\"><ItemGroupData><ItemData ItemOID=\"id\" Value=\"001\"/><ItemData ItemOID=\"race___1\" Value=\"1\"/><ItemData ItemOID=\"race____2\" Value=\"0\"/><ItemDataBase64Binary ItemOID=\"scan\" redcap:DocName=\"me.png\"><![CDATA[iVBORw0KGgo=]]></ItemDataBase64Binary><ItemData ItemOID=\"base_complete\" Value=\"2\"/></ItemGroupData></FormData><FormData FormOID=\"Form.visit\" FormRepeatKey=\"1\"><ItemGroupData><ItemData ItemOID=\"pulse\" Value=\"60\"/><ItemData ItemOID=\"visit_complete\" Value=\"2\"/></ItemGroupData></FormData><FormData FormOID=\"Form.visit\" FormRepeatKey=\"2\"><ItemGroupData><ItemData ItemOID=\"visit_complete\" Value=\"2\"/></ItemGroupData></FormData></SubjectData><SubjectData SubjectKey=\"2\"><FormData FormOID=\"Form.base\" FormRepeatKey=\"1\"><ItemGroupData><ItemData ItemOID=\"race___na\" Value=\"1\"/><ItemData ItemOID=\"base_complete\" Value=\"2\"/></ItemGroupData></FormData></SubjectData>";

fn read_document(text: &str) -> Noted<Export> {
    ingest::read(&FileId::new("project.xml"), text.as_bytes(), None)
        .unwrap_or_else(|diags| panic!("{diags:?}"))
}

#[test]
fn o_01_to_04_a_classic_project_is_read_with_its_repeats_blanks_and_files() {
    let noted = read_document(&document(ROOT, SUBJECTS));
    let export = &noted.value;
    assert_eq!(noted.notes, []);
    assert_eq!(
        export.table.names(),
        &[
            "id",
            "redcap_repeat_instrument",
            "redcap_repeat_instance",
            "race___1",
            "race____2",
            "race___na",
            "scan",
            "base_complete",
            "pulse",
            "visit_complete"
        ]
    );
    let row =
        |row: usize| (0..10).map(|column| export.table.cell(row, column).unwrap_or("")).collect::<Vec<_>>();
    assert_eq!(row(0), ["001", "", "", "1", "0", "", "[document]", "2", "", ""]);
    assert_eq!(row(1), ["001", "visit", "1", "", "", "", "", "", "60", "2"]);
    assert_eq!(row(2), ["001", "visit", "2", "", "", "", "", "", "", "2"]);
    let away = No(Missing::NotAsked);
    // The second record ticked the box of a code for missing values.
    let race = coded(export, "race", None);
    assert_eq!(first(&race), [Given(1), away, away, No(Missing::NotApplicable)]);
    let not_asked = Err(Missing::NotAsked);
    assert_eq!(numbers(export, "pulse"), [not_asked, Ok(60.0), Err(Missing::Skipped), not_asked]);
    assert_eq!(export.instrument.questions[0].wording, "race?");
    assert_eq!(export.instrument.questions[0].form.choices()[0].label, "A & B");
}

#[test]
fn o_07_prefixes_and_addresses_of_names_do_not_matter() {
    let expected = read_document(&document(ROOT, SUBJECTS)).value;
    let other = document(ROOT, SUBJECTS)
        .replace("https://projectredcap.org", "http://projectredcap.org")
        .replace("redcap:", "rc:")
        .replace("xmlns:redcap", "xmlns:rc")
        .replace("SourceSystem=\"REDCap\"", "SourceSystem=\"\"");
    let export = read_document(&other).value;
    assert_eq!(export.instrument, expected.instrument);
    assert_eq!(all_answers(&export), all_answers(&expected));
}

#[test]
fn o_02_a_further_instance_of_what_is_not_said_to_repeat_is_a_row_of_its_own_and_told() {
    let again = "<SubjectData SubjectKey=\"1\"><FormData FormOID=\"Form.base\" FormRepeatKey=\"1\"><ItemGroupData><ItemData ItemOID=\"base_complete\" Value=\"2\"/></ItemGroupData></FormData><FormData FormOID=\"Form.base\" FormRepeatKey=\"2\"><ItemGroupData><ItemData ItemOID=\"base_complete\" Value=\"0\"/></ItemGroupData></FormData></SubjectData>";
    let noted = read_document(&document(ROOT, again));
    assert_eq!(noted.value.table.height(), 2);
    assert_eq!(
        messages(&noted),
        ["base has several instances, but is not declared as repeating; each is a row"]
    );
}

#[test]
fn a_document_that_contradicts_itself_or_hides_something_is_told() {
    let form = |items: &str| {
        format!(
            "<SubjectData SubjectKey=\"1\"><FormData FormOID=\"Form.base\" FormRepeatKey=\"1\"><ItemGroupData>{items}</ItemGroupData></FormData></SubjectData>"
        )
    };
    let twice =
        form("<ItemData ItemOID=\"race___1\" Value=\"1\"/><ItemData ItemOID=\"race___1\" Value=\"0\"/>");
    let errors = ingest::read(&FileId::new("p.xml"), document(ROOT, &twice).as_bytes(), None).unwrap_err();
    assert_eq!(errors[0].message, "item race___1 has two values in one row of a record");
    let unknown = form("<ItemData ItemOID=\"gone\" Value=\"1\"/>");
    let noted = read_document(&document(ROOT, &unknown));
    assert_eq!(messages(&noted), ["item gone is not in the definition: 1 values are not used"]);
    let definition = (&FileId::new("d.csv"), HEAD.as_bytes());
    let errors =
        ingest::read(&FileId::new("p.xml"), document(ROOT, "").as_bytes(), Some(definition)).unwrap_err();
    assert_eq!(errors[0].code, codes::DEFINITION_MISMATCH);
}

#[test]
fn answers_in_a_second_place_of_a_document_are_not_lost_in_silence() {
    let whole = document(ROOT, SUBJECTS);
    let from = whole.find("<ClinicalData").unwrap();
    let to = whole.find("</ODM").unwrap();
    let twice = format!("{}{}{}", &whole[..to], &whole[from..to], &whole[to..]);
    let diags = ingest::read(&FileId::new("p.xml"), twice.as_bytes(), None).unwrap_err();
    assert_eq!(diags[0].message, "the document holds answers in a second place, which REDCap does not write");
    assert!(diags[0].help.is_some());
}

#[test]
fn every_cut_of_a_document_is_refused_with_a_remedy_and_every_hurt_byte_at_least_so() {
    let whole = document(ROOT, SUBJECTS);
    let end_of_root = whole.rfind("</ODM").unwrap();
    let read = |bytes: &[u8]| ingest::read(&FileId::new("p.xml"), bytes, None);
    let has_remedy = |diags: &[Diag]| diags.iter().any(|diag| diag.help.is_some());
    assert!(read(whole.as_bytes()).is_ok());
    for end in 0..whole.len() {
        match read(&whole.as_bytes()[..end]) {
            // What ends before the name of the root does is no document yet; what ends before the root does, no project.
            Ok(read) => assert!(
                read.value.platform == Platform::Plain || end > end_of_root,
                "a document cut at {end} of {end_of_root} was read"
            ),
            Err(diags) => assert!(has_remedy(&diags), "{end}: {diags:?}"),
        }
        let mut hurt = whole.clone().into_bytes();
        hurt[end] = b'<';
        if let Err(diags) = read(&hurt) {
            assert!(has_remedy(&diags), "{end}: {diags:?}");
        }
    }
}
