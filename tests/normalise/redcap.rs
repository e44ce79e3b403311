//! REDCap exports from bytes to answers: forms that nobody opened, branching, boxes, rankings.

use canvass::codebook::Missing;
use canvass::diag::{FileId, codes};
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
