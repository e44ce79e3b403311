//! REDCap exports from bytes to answers: forms that nobody opened, branching, boxes, rankings.

use canvass::codebook::Missing;
use canvass::diag::{FileId, Place, codes};
use canvass::ingest;
use canvass::normalise::{Coder, Progress};
use canvass::responses::RankState;

use super::*;
use Progress::{Finished, NotStarted, Unknown};

const HEAD: &str = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,text_validation_type_or_show_slider_number,identifier,branching_logic,matrix_group_name,matrix_ranking,field_annotation\nrecord_id,base,,text,Record,,,,,,,\n";

fn read(dictionary: &str, data: &str) -> Export {
    let dictionary = format!("{HEAD}{dictionary}");
    let definition = FileId::new("dictionary.csv");
    let definition = Some((&definition, dictionary.as_bytes()));
    let read = ingest::read(&FileId::new("data.csv"), data.as_bytes(), definition);
    read.unwrap_or_else(|diags| panic!("{diags:?}")).value
}

const RACE: &str =
    "sex,base,,radio,Sex,\"0, F | 1, M\",,,,,,\nrace,base,,checkbox,Race,\"1, A | -99, B\",,,,,,\n";

#[test]
fn r_01_boxes_of_a_form_that_nobody_opened_are_no_answers() {
    let export = read(
        RACE,
        "record_id,sex,race___1,race____99,base_complete\n1,1,1,0,2\n2,,0,0,0\n3,0,0,0,2\n4,0,0,0,0\n5,,0,1,0\n",
    );
    let race = coded(&export, "race", None);
    let (blank, skipped) = (No(Missing::Blank), No(Missing::Skipped));
    // 2 nobody opened; 3 is complete without a tick; 4 is incomplete, so the boxes may not have been seen.
    assert_eq!(first(&race), [Given(1), blank, skipped, blank, Given(1)]);
    assert_eq!(codes_of(&race), [codes::ASSUMED]);
    let coder = Coder::new(&export);
    let progress: Vec<Progress> = (0..5).map(|row| coder.progress(row)).collect();
    assert_eq!(progress, [Finished, NotStarted, Finished, Unknown, Unknown]);
    let sex = coded(&export, "sex", None);
    assert_eq!(first(&sex), [Given(1), blank, Given(0), Given(0), blank]);
}

#[test]
fn r_11_a_survey_that_was_not_completed_was_left_after_its_last_answer() {
    let export = read(
        RACE,
        "record_id,base_timestamp,sex,race___1,race____99,base_complete\n1,[not completed],1,0,0,0\n2,2021-02-01 07:30:00,,0,0,2\n3,,,0,0,0\n4,[not completed],,0,0,0\n",
    );
    let (left, skipped, blank) = (No(Missing::NotReached), No(Missing::Skipped), No(Missing::Blank));
    assert_eq!(first(&coded(&export, "race", None)), [left, skipped, blank, left]);
    assert_eq!(first(&coded(&export, "sex", None)), [Given(1), skipped, blank, left]);
}

#[test]
fn branching_on_a_box_says_who_was_not_asked() {
    let export = read(
        "m,base,,checkbox,M,\"1, A | 98, Other\",,,,,,\nmore,base,,text,More,,,,[m(98)] = '1',,,\nkids,base,,text,Kids,,integer,,[more] <> '',,,\n",
        "record_id,m___1,m___98,more,kids,base_complete\n1,1,0,,,2\n2,0,1,words,,2\n3,0,1,,,2\n",
    );
    let (not_asked, skipped) = (No(Missing::NotAsked), No(Missing::Skipped));
    assert_eq!(first(&coded(&export, "more", None)), [not_asked, Given(0), skipped]);
    let kids = coded(&export, "kids", None);
    let Answers::Numbers { items } = &kids.value.answers else { panic!() };
    assert_eq!(items[0], [Err(Missing::NotAsked), Err(Missing::Skipped), Err(Missing::NotAsked)]);
}

#[test]
fn a_follow_up_on_a_form_that_nobody_opened_is_blank_unless_another_form_decides() {
    let export = read(
        "sex,base,,radio,Sex,\"0, F | 1, M\",,,,,,\nany,later,,yesno,Any,,,,,,,\nkids,later,,text,Kids,,integer,,[any] = '1',,,\nbirths,later,,text,Births,,integer,,[sex] = '0',,,\n",
        "record_id,sex,base_complete,any,kids,births,later_complete\n1,1,2,,,,0\n2,0,2,,,,0\n3,0,2,,,,2\n",
    );
    let numbers = |id| match coded(&export, id, None).value.answers {
        Answers::Numbers { items } => items[0].clone(),
        other => panic!("{other:?}"),
    };
    let (blank, not_asked) = (Err(Missing::Blank), Err(Missing::NotAsked));
    // The form of 1 and 2 was not opened; 3 completed it without saying whether there are any.
    assert_eq!(numbers("kids"), [blank, blank, not_asked]);
    // Men are not asked, opened or not; the woman who completed the form skipped it.
    assert_eq!(numbers("births"), [not_asked, blank, Err(Missing::Skipped)]);
    assert_eq!(coded(&export, "kids", None).notes, []);
}

#[test]
fn a_record_is_submitted_when_every_form_that_was_begun_is_complete() {
    let export = read(
        "sex,base,,radio,Sex,\"0, F | 1, M\",,,,,,\nany,later,,yesno,Any,,,,,,,\n",
        "record_id,sex,base_complete,any,later_complete\n1,1,2,1,2\n2,1,2,1,1\n3,1,2,,\n4,,,,\n5,1,done,,2\n",
    );
    let submitted: Vec<Option<bool>> = (0..5).map(|row| export.submitted(row)).collect();
    assert_eq!(submitted, [Some(true), Some(false), Some(true), None, None]);
}

#[test]
fn a_ranking_matrix_gives_ranks_in_codes_and_in_labels() {
    let dictionary = "u,base,,radio,U,\"1, First choice | 2, Second choice\",,,,rank,y,\nv,base,,radio,V,\"1, First choice | 2, Second choice\",,,,rank,y,\n";
    for data in [
        "record_id,u,v,base_complete\n1,2,1,2\n2,1,,2\n",
        "Record,U,V,Complete?\n1,Second choice,First choice,Complete\n2,First choice,,Complete\n",
    ] {
        let export = read(dictionary, data);
        let coded = coded(&export, "rank", None);
        let Answers::Ranks(rankings) = &coded.value.answers else { panic!() };
        assert_eq!(rankings[0].ranks, [Some(2), Some(1)], "{data}");
        assert_eq!(rankings[1].state, RankState::TopK(1), "{data}");
    }
}

#[test]
fn labels_and_codes_of_one_project_give_the_same_answers() {
    let raw = read(RACE, "record_id,sex,race___1,race____99,base_complete\n1,1,1,0,2\n2,0,0,1,2\n");
    let labels = read(
        RACE,
        "Record,Sex,Race (choice=A),Race (choice=B),Complete?\n1,M,Checked,Unchecked,Complete\n2,F,Unchecked,Checked,Complete\n",
    );
    for id in ["sex", "race"] {
        assert_eq!(coded(&raw, id, None).value.answers, coded(&labels, id, None).value.answers, "{id}");
    }
}

#[test]
fn r_19_code_zero_is_an_answer_and_r_21_a_deleted_choice_is_unreadable() {
    let export = read(RACE, "record_id,sex,race___1,race____99,base_complete\n1,0,1,0,2\n2,3,1,0,2\n");
    let sex = coded(&export, "sex", None);
    assert_eq!(first(&sex), [Given(0), No(Missing::Unreadable)]);
    assert_eq!(codes_of(&sex), [codes::NOT_A_CHOICE]);
}

#[test]
fn a_hidden_field_is_not_asked_of_anybody() {
    let export = read("h,base,,text,H,,,,,,,@HIDDEN\n", "record_id,h,base_complete\n1,,2\n2,set,2\n");
    let coded = coded(&export, "h", None);
    assert_eq!(first(&coded), [No(Missing::NotAsked), Given(0)]);
    assert_eq!(coded.notes, []);
}

#[test]
fn r_10_decimal_commas_are_read_where_the_field_says_so() {
    let export = read(
        "w,base,,text,W,,number_comma_decimal,,,,,\nx,base,,text,X,,number,,,,,\n",
        "record_id,w,x,base_complete\n1,\"1,54\",\"1,54\",2\n",
    );
    let numbers = |id| match coded(&export, id, None).value.answers {
        Answers::Numbers { items } => items[0].clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(numbers("w"), [Ok(1.54)]);
    assert_eq!(numbers("x"), [Err(Missing::Unreadable)]);
}

fn numbers(export: &Export, id: &str) -> Vec<Result<f64, Missing>> {
    match coded(export, id, None).value.answers {
        Answers::Numbers { items } => items[0].clone(),
        other => panic!("{other:?}"),
    }
}

const VISITS: &str = "sex,base,,radio,Sex,\"0, F | 1, M\",,,,,,\nboxes,base,,checkbox,Boxes,\"1, A | 2, B\",,,,,,\npulse,visit,,text,Pulse,,integer,,,,,\ntwice,visit,,calc,Twice,[pulse]*2,,,,,,\nbirths,visit,,text,Births,,integer,,[sex] = '0',,,\n";

#[test]
fn r_06_what_does_not_belong_to_a_row_is_not_asked_there() {
    let export = read(
        VISITS,
        "record_id,redcap_repeat_instrument,redcap_repeat_instance,sex,boxes___1,boxes___2,base_complete,pulse,twice,births,visit_complete\n1,,,0,1,0,2,,,,\n1,visit,1,,,,,60,120,2,2\n1,visit,2,,,,,,,,2\n2,,,1,0,0,2,,,,\n2,visit,1,,,,,70,140,,2\n",
    );
    let (not_asked, skipped) = (No(Missing::NotAsked), No(Missing::Skipped));
    assert_eq!(first(&coded(&export, "sex", None)), [Given(0), not_asked, not_asked, Given(1), not_asked]);
    assert_eq!(first(&coded(&export, "boxes", None)), [Given(1), not_asked, not_asked, skipped, not_asked]);
    let away = Err(Missing::NotAsked);
    assert_eq!(numbers(&export, "pulse"), [away, Ok(60.0), Err(Missing::Skipped), away, Ok(70.0)]);
    // A calculation without a result was not skipped by anybody.
    assert_eq!(numbers(&export, "twice"), [away, Ok(120.0), Err(Missing::Blank), away, Ok(140.0)]);
    // The condition is read on the record's own row: the woman skipped it once, the man was never asked.
    assert_eq!(numbers(&export, "births"), [away, Ok(2.0), Err(Missing::Skipped), away, away]);
}

const TWO_FORMS: &str = "a,one,,yesno,A,,,,,,,\nb,two,,yesno,B,,,,,,,\n";

#[test]
fn dd_11_a_form_that_is_blank_throughout_an_event_is_taken_not_to_belong_there_and_that_is_said() {
    let dictionary = format!("{HEAD}{TWO_FORMS}");
    let definition = FileId::new("dictionary.csv");
    let data = "record_id,redcap_event_name,a,one_complete,b,two_complete\n1,first_arm_1,1,2,,\n1,last_arm_1,,,0,2\n2,first_arm_1,,0,,\n2,last_arm_1,,,,2\n";
    let noted =
        ingest::read(&FileId::new("data.csv"), data.as_bytes(), Some((&definition, dictionary.as_bytes())))
            .unwrap();
    let (away, blank, skipped) = (No(Missing::NotAsked), No(Missing::Blank), No(Missing::Skipped));
    let export = noted.value;
    assert_eq!(first(&coded(&export, "a", None)), [Given(0), away, blank, away]);
    assert_eq!(first(&coded(&export, "b", None)), [away, Given(1), away, skipped]);
    let assumed: Vec<(&str, &Place)> = noted
        .notes
        .iter()
        .filter(|note| note.code == codes::ASSUMED)
        .map(|note| (note.message.as_str(), &note.place))
        .collect();
    let file = FileId::new("data.csv");
    assert_eq!(
        assumed,
        [
            (
                "on every row of first_arm_1 the form two is blank, boxes and status included, and is taken not to belong there: not asked",
                &Place::row(&file, 2)
            ),
            (
                "on every row of last_arm_1 the form one is blank, boxes and status included, and is taken not to belong there: not asked",
                &Place::row(&file, 3)
            ),
        ]
    );
}

#[test]
fn r_06_a_form_that_nobody_opened_anywhere_shows_nothing_of_where_it_belongs() {
    let export = read(
        TWO_FORMS,
        "record_id,redcap_event_name,a,one_complete,b,two_complete\n1,first_arm_1,1,2,,\n1,last_arm_1,1,2,,\n",
    );
    assert_eq!(first(&coded(&export, "b", None)), [No(Missing::Blank); 2]);
}

/// A project of two events; form `two` repeats alone in the first and with the whole event in the second.
fn two_ways() -> String {
    let item = |name: &str, kind: &str| {
        format!(
            "<ItemDef OID=\"{name}\" redcap:Variable=\"{name}\" redcap:FieldType=\"{kind}\"><Question><TranslatedText>{name}</TranslatedText></Question></ItemDef>"
        )
    };
    let form = |name: &str, items: &[&str]| {
        let items: Vec<String> = items.iter().map(|item| format!("<ItemRef ItemOID=\"{item}\"/>")).collect();
        let items = items.concat();
        format!(
            "<FormDef OID=\"Form.{name}\" Name=\"Form {name}\" redcap:FormName=\"{name}\"><ItemGroupRef ItemGroupOID=\"{name}.g\"/></FormDef><ItemGroupDef OID=\"{name}.g\">{items}<ItemRef ItemOID=\"{name}_complete\"/></ItemGroupDef>"
        )
    };
    let event = |name: &str, forms: &[&str]| {
        let forms: Vec<String> = forms
            .iter()
            .map(|form| format!("<FormRef FormOID=\"Form.{form}\" redcap:FormName=\"{form}\"/>"))
            .collect();
        let forms = forms.concat();
        format!(
            "<StudyEventDef OID=\"Event.{name}\" Name=\"{name}\" redcap:UniqueEventName=\"{name}\">{forms}</StudyEventDef>"
        )
    };
    format!(
        "<ODM SourceSystem=\"REDCap\" xmlns:redcap=\"https://projectredcap.org\"><Study><GlobalVariables><redcap:MissingDataCodes>UNK, Unknown | NA, Not applicable</redcap:MissingDataCodes><redcap:RepeatingInstrumentsAndEvents><redcap:RepeatingInstruments><redcap:RepeatingInstrument redcap:UniqueEventName=\"first_arm_1\" redcap:RepeatInstrument=\"two\"/></redcap:RepeatingInstruments><redcap:RepeatingEvents><redcap:RepeatingEvent redcap:UniqueEventName=\"last_arm_1\"/></redcap:RepeatingEvents></redcap:RepeatingInstrumentsAndEvents></GlobalVariables><MetaDataVersion redcap:RecordIdField=\"record_id\">{}{}{}{}{}{}{}{}{}</MetaDataVersion></Study>",
        event("first_arm_1", &["one", "two"]),
        event("last_arm_1", &["two"]),
        form("one", &["record_id", "a"]),
        form("two", &["b"]),
        item("record_id", "text"),
        item("a", "yesno"),
        item("b", "yesno"),
        item("one_complete", "select"),
        item("two_complete", "select"),
    )
}

#[test]
fn r_07_a_form_that_repeats_alone_in_one_event_and_with_the_other_event_keeps_every_row() {
    let odm = format!("{}</ODM>", two_ways());
    let definition = FileId::new("project.xml");
    let data = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,a,one_complete,b,two_complete\n1,first_arm_1,,,UNK,2,,\n1,first_arm_1,two,1,,,1,2\n1,first_arm_1,two,2,,,NA,2\n1,last_arm_1,,1,,,0,2\n1,last_arm_1,,2,,,,2\n";
    let noted =
        ingest::read(&FileId::new("data.csv"), data.as_bytes(), Some((&definition, odm.as_bytes()))).unwrap();
    assert_eq!(noted.notes, []);
    let (away, unknown) = (No(Missing::NotAsked), No(Missing::DontKnow));
    assert_eq!(first(&coded(&noted.value, "a", None)), [unknown, away, away, away, away]);
    let not_applicable = No(Missing::NotApplicable);
    let expected = [away, Given(0), not_applicable, Given(1), No(Missing::Skipped)];
    assert_eq!(first(&coded(&noted.value, "b", None)), expected);
    let names = &noted.value.metadata.row_kinds.as_ref().unwrap().names;
    assert_eq!(names, &["first_arm_1", "two in first_arm_1", "last_arm_1"]);

    // The same answers in the document itself.
    let answer = |form: &str, key: u8, item: &str, value: &str| {
        format!(
            "<FormData FormOID=\"Form.{form}\" FormRepeatKey=\"{key}\"><ItemGroupData><ItemData ItemOID=\"{item}\" Value=\"{value}\"/><ItemData ItemOID=\"{form}_complete\" Value=\"2\"/></ItemGroupData></FormData>"
        )
    };
    let event = |name: &str, key: u8, forms: &str| {
        format!(
            "<StudyEventData StudyEventOID=\"Event.{name}\" StudyEventRepeatKey=\"{key}\">{forms}</StudyEventData>"
        )
    };
    let answers = [
        event(
            "first_arm_1",
            1,
            &[answer("one", 1, "a", "UNK"), answer("two", 1, "b", "1"), answer("two", 2, "b", "NA")].concat(),
        ),
        event("last_arm_1", 1, &answer("two", 1, "b", "0")),
        event(
            "last_arm_1",
            2,
            "<FormData FormOID=\"Form.two\" FormRepeatKey=\"1\"><ItemGroupData><ItemData ItemOID=\"two_complete\" Value=\"2\"/></ItemGroupData></FormData>",
        ),
    ];
    let document = format!(
        "{}<ClinicalData><SubjectData SubjectKey=\"1\">{}</SubjectData></ClinicalData></ODM>",
        two_ways(),
        answers.concat()
    );
    let in_one = ingest::read(&FileId::new("all.xml"), document.as_bytes(), None).unwrap();
    assert_eq!(in_one.notes, []);
    assert_eq!(in_one.value.instrument, noted.value.instrument);
    assert_eq!(in_one.value.metadata, noted.value.metadata);
    for row in 0..5 {
        let cells = |export: &Export| {
            (0..8).map(|column| export.table.cell(row, column).map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(cells(&in_one.value), cells(&noted.value), "{row}");
    }
}
