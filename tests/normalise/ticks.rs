//! Multi-select questions.

use canvass::codebook::{Form, Missing, MultiCells};
use canvass::diag::codes;
use canvass::ingest::{Cells, Platform};
use canvass::normalise::{RecodedFrom, RecodingRule as Rule};
use canvass::responses::Ticks;

use super::*;

fn split(columns: std::ops::Range<usize>, labels: &[&str]) -> Question {
    let cells = MultiCells::Split(columns.collect());
    question("m", Form::Multi { cells, choices: choices(labels), texts: Vec::new() })
}

fn joined(labels: &[&str]) -> Question {
    let cells = MultiCells::Joined { column: 0, separator: ",".into() };
    question("m", Form::Multi { cells, choices: choices(labels), texts: Vec::new() })
}

fn ticks(coded: &Noted<Coded>) -> &Ticks {
    let Answers::Ticks(ticks) = &coded.value.answers else { panic!("no ticks") };
    ticks
}

fn mentions(coded: &Noted<Coded>) -> Vec<u64> {
    let ticks = ticks(coded);
    ticks.mentions(&(0..ticks.answered.len()).collect::<Vec<_>>())
}

#[test]
fn all_boxes_blank_is_no_answer_and_not_none_ticked() {
    let export = export("m1|m2\nRed|\n|\nRed|Green", vec![split(0..2, &["Red", "Green"])]);
    let coded = coded(&export, "m", None);
    assert_eq!(first(&coded), [Given(1), No(Missing::Blank), Given(2)]);
    assert_eq!(mentions(&coded), [2, 1]);
}

#[test]
fn the_mark_in_an_unticked_box_of_an_answered_question_is_no_missing_value() {
    let mut export = export("m1|m2\n1|-99\n-99|-99\n|\n1|", vec![split(0..2, &["Red", "Green"])]);
    export.cells = Cells::Codes;
    export.seen_unanswered = Some("-99".into());
    let coded = coded(&export, "m", None);
    assert_eq!(first(&coded), [Given(1), No(Missing::Skipped), No(Missing::Blank), Given(1)]);
    assert_eq!(mentions(&coded), [2, 0]);
    // Only the person who saw the question and ticked nothing is an entry.
    assert_eq!(coded.value.recoded.len(), 1);
    assert_eq!((coded.value.recoded[0].line, coded.value.recoded[0].rule), (3, Rule::SeenUnanswered));
    assert_eq!(coded.value.recoded[0].from, RecodedFrom::Text("-99".into()));
}

#[test]
fn zeros_of_qualtrics_say_that_the_boxes_were_seen() {
    let mut export = export("m1|m2\n1|0\n0|0\n|", vec![split(0..2, &["Red", "Green"])]);
    export.cells = Cells::Codes;
    let coded = coded(&export, "m", None);
    assert_eq!(first(&coded), [Given(1), No(Missing::Skipped), No(Missing::Blank)]);
}

#[test]
fn plain_tables_have_many_words_for_a_tick_and_no_other_word_is_one() {
    let mut export =
        export("m1|m2\nyes|no\nTRUE|FALSE\nx|\nRed|0\nmaybe|1", vec![split(0..2, &["Red", "Green"])]);
    export.platform = Platform::Plain;
    let coded = coded(&export, "m", None);
    assert_eq!(first(&coded), [Given(1), Given(1), Given(1), Given(1), No(Missing::Unreadable)]);
    assert_eq!(mentions(&coded), [4, 0]);
    assert_eq!(codes_of(&coded), [codes::NOT_A_CHOICE]);
}

#[test]
fn an_exclusive_choice_beside_others_is_kept_and_noted() {
    let mut question = split(0..2, &["Red", "None of these"]);
    let Form::Multi { choices, .. } = &mut question.form else { panic!() };
    choices[1].exclusive = true;
    let export = export("m1|m2\nRed|None of these\n|None of these", vec![question]);
    let coded = coded(&export, "m", None);
    assert_eq!(first(&coded), [Given(2), Given(1)]);
    assert_eq!(codes_of(&coded), [codes::EXCLUSIVE_CHOICE]);
    assert!(coded.notes[0].message.ends_with("1 person"));
}

#[test]
fn texts_beside_choices_are_counted_and_never_kept() {
    let mut question = split(0..1, &["Other"]);
    let Form::Multi { texts, .. } = &mut question.form else { panic!() };
    texts.push(1);
    let mut export = export("m1|m1_TEXT\nOther|my own words\nOther|-99\n|", vec![question]);
    export.seen_unanswered = Some("-99".into());
    let coded = coded(&export, "m", None);
    assert_eq!(ticks(&coded).texts[0].count(&[0, 1, 2]), 1);
    assert!(!format!("{coded:?}").contains("my own"));
}

#[test]
fn choices_with_commas_are_taken_apart_by_the_known_choices() {
    let export = export(
        "m\nMe, myself and I,Wait, is it just me?\nWait, is it just me?\nMe, myself",
        vec![joined(&["Me, myself and I", "Wait, is it just me?"])],
    );
    let coded = coded(&export, "m", None);
    assert_eq!(first(&coded), [Given(2), Given(1), No(Missing::Unreadable)]);
    assert_eq!(mentions(&coded), [1, 2]);
    assert_eq!(codes_of(&coded), [codes::NOT_A_CHOICE]);
}

#[test]
fn a_cell_that_fits_two_ways_is_missing_and_said() {
    let export = export("m\nRed,Green\nRed", vec![joined(&["Red,Green", "Green", "Red"])]);
    let coded = coded(&export, "m", None);
    // As "Red,Green" alone and as "Red" after "Green"; only the first follows the definition's order.
    assert_eq!(first(&coded), [Given(1), Given(1)]);
    assert_eq!(coded.value.recoded[0].rule, Rule::DefinitionOrder);
    let export = super::export("m\nRed,Green", vec![joined(&["Red", "Green", "Red,Green"])]);
    let coded = super::coded(&export, "m", None);
    assert_eq!(first(&coded), [No(Missing::Unreadable)]);
    assert_eq!(codes_of(&coded), [codes::AMBIGUOUS_CHOICES]);
}

#[test]
fn numeric_cells_are_lists_of_codes_and_no_large_number() {
    let mut export = export("m\n1,3\n123\n2", vec![joined(&["a", "b", "c"])]);
    export.cells = Cells::Codes;
    let coded = coded(&export, "m", None);
    assert_eq!(first(&coded), [Given(2), No(Missing::Unreadable), Given(1)]);
    assert_eq!(mentions(&coded), [1, 1, 1]);
}

#[test]
fn words_at_the_end_of_a_cell_belong_to_the_one_choice_that_takes_words_and_are_withheld() {
    let mut question = joined(&["Red", "Green", "Other"]);
    let Form::Multi { choices, .. } = &mut question.form else { panic!() };
    choices[2].text_entry = true;
    let export = export("m\nRed,my own, really", vec![question]);
    let coded = coded(&export, "m", None);
    assert_eq!(mentions(&coded), [1, 0, 1]);
    assert_eq!(
        (coded.value.recoded[0].rule, &coded.value.recoded[0].from),
        (Rule::OtherText, &RecodedFrom::Withheld)
    );
}

#[test]
fn every_item_of_a_multi_select_battery_is_a_question_of_its_own() {
    let form = Form::MultiBattery {
        items: items(0..2),
        columns: vec![vec![0, 1], vec![2, 3]],
        choices: choices(&["Red", "Green"]),
    };
    let export = export("a|b|c|d\nRed||Red|Green\n||Red|", vec![question("m", form)]);
    let coded = coded(&export, "m", None);
    let Answers::TickItems { items } = &coded.value.answers else { panic!() };
    assert_eq!(items[0].mentions(&[0, 1]), [1, 0]);
    assert_eq!(items[1].mentions(&[0, 1]), [2, 1]);
    assert_eq!(items[0].missing(&[0, 1], Missing::Blank), 1);
}

#[test]
fn a_cell_of_several_answers_is_never_told_but_parts_that_many_wrote_are() {
    let text = "m\nRed,mauve\nmauve,Red,Green\nGreen,mauve,my sister Ann\nRed\nGreen";
    let coded = coded(&export(text, vec![joined(&["Red", "Green"])]), "m", None);
    assert!(coded.value.recoded.iter().all(|entry| entry.from == RecodedFrom::Withheld));
    assert_eq!(codes_of(&coded), [codes::NOT_A_CHOICE, codes::MANY_UNREADABLE]);
    assert_eq!(coded.notes[1].message, "3 of 5 answers to m could not be read, counted as missing");
    assert_eq!(coded.notes[1].help.as_deref(), Some("\"mauve\" in 3 cells: add it to choices"));
}

#[test]
fn a_column_of_texts_taken_for_several_answers_looks_wrong() {
    let text = "m\nit was nice, thanks\nit was nice, thanks\nit was nice, thanks";
    let coded = coded(&export(text, vec![joined(&["Red", "Green"])]), "m", None);
    assert_eq!(codes_of(&coded), [codes::WRONG_COLUMN]);
    assert!(!format!("{:?}{:?}", coded.notes, coded.value.recoded).contains("nice"));
}

#[test]
fn cells_that_fit_two_ways_do_not_make_the_column_look_wrong() {
    let text = "m\nRed,Green\nRed,Green\nRed,Green";
    let coded = coded(&export(text, vec![joined(&["Red", "Green", "Red,Green"])]), "m", None);
    assert_eq!(codes_of(&coded), [codes::AMBIGUOUS_CHOICES, codes::MANY_UNREADABLE]);
}

#[test]
fn v_11_a_dichotomy_is_ticked_by_its_counted_value_alone() {
    // 1 is "no" and 2 is "yes" here; 9 is declared as missing.
    let cells = MultiCells::Counted { columns: vec![0, 1], value: "2".into() };
    let form = Form::Multi { cells, choices: choices(&["Tea", "Milk"]), texts: Vec::new() };
    let mut export = export("a|b\n2|1\n1|1\n9|9\n9|2\n|", vec![question("m", form)]);
    export.platform = Platform::Spss;
    for column in 0..2 {
        export.missing_codes_in.insert(column, vec![("9".into(), "Refused".into())]);
    }
    let coded = coded(&export, "m", None);
    let expected = [Given(1), No(Missing::Skipped), No(Missing::Refused), Given(1), No(Missing::Blank)];
    assert_eq!(first(&coded), expected);
    assert_eq!(mentions(&coded), [1, 1]);
}

#[test]
fn columns_that_each_hold_one_choice_are_ticks_of_one_question() {
    let mut choices = choices(&["Tea", "Milk", "Don't know"]);
    choices[2].outside = Some(Missing::DontKnow);
    let form = Form::Multi { cells: MultiCells::Coded(vec![0, 1]), choices, texts: Vec::new() };
    let mut export = export("a|b\n2|1\n1|1\n3|\n3|2\n|\n7|1", vec![question("m", form)]);
    export.cells = Cells::Codes;
    let coded = coded(&export, "m", None);
    let expected =
        [Given(2), Given(1), No(Missing::DontKnow), Given(1), No(Missing::Blank), No(Missing::Unreadable)];
    assert_eq!(first(&coded), expected);
    assert_eq!(mentions(&coded), [2, 2, 0]);
    assert_eq!(codes_of(&coded), [codes::NOT_A_CHOICE]);
}
