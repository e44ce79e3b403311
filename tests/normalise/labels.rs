//! Labels and codes of scales in the wild, from the cell to the answer.

use canvass::codebook::{Choice, Form, Missing};
use canvass::diag::codes;
use canvass::ingest::Cells;

use super::*;

fn battery(choices: Vec<Choice>) -> Question {
    question("q", Form::Battery { items: items(0..1), choices })
}

fn with_codes(labels: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(code, label): &(&str, &str)| Choice {
        code: (*code).into(),
        id: (*code).into(),
        ..Choice::labelled(label)
    };
    labels.iter().map(choice).collect()
}

#[test]
fn lk_08_codes_with_gaps_and_weights_are_labels_and_no_distances() {
    let choices = with_codes(&[("1", "Disagree"), ("2.5", "Neutral"), ("13", "Agree")]);
    let mut export = export("q\n13\n2.5\n1", vec![battery(choices)]);
    export.cells = Cells::Codes;
    // The points of the scale by their places, whatever the codes: the middle is the second of three.
    assert_eq!(first(&coded(&export, "q", Some(&agreement()))), [Given(2), Given(1), Given(0)]);
}

#[test]
fn lk_06_codes_from_high_to_low_are_turned_around_by_their_labels() {
    let choices = with_codes(&[("1", "Agree"), ("2", "Neutral"), ("3", "Disagree")]);
    let mut export = export("q\n1\n3", vec![battery(choices)]);
    export.cells = Cells::Codes;
    assert_eq!(first(&coded(&export, "q", Some(&agreement()))), [Given(2), Given(0)]);
}

#[test]
fn lk_09_a_code_that_two_labels_share_is_not_read_as_either() {
    let choices = with_codes(&[("2", "Agree"), ("2", "Disagree"), ("3", "Neutral")]);
    let mut export = export("q\n2\n3", vec![battery(choices)]);
    export.cells = Cells::Codes;
    let coded = coded(&export, "q", None);
    assert_eq!(first(&coded), [No(Missing::Unreadable), Given(2)]);
    assert_eq!(codes_of(&coded), [codes::NOT_A_CHOICE]);
}

#[test]
fn lk_22_a_translated_label_is_known_by_its_code_or_where_the_definition_has_the_translation() {
    let mut choices = with_codes(&[("1", "Disagree"), ("2", "Agree")]);
    choices[1].also.push("Stimme zu".into());
    let mut export = export("q\nStimme zu\nStimme nicht zu", vec![battery(choices.clone())]);
    assert_eq!(first(&coded(&export, "q", None)), [Given(1), No(Missing::Unreadable)]);
    export = super::export("q\n2\n1", vec![battery(choices)]);
    export.cells = Cells::Codes;
    assert_eq!(first(&coded(&export, "q", None)), [Given(1), Given(0)]);
}

#[test]
fn lk_26_lk_27_not_applicable_and_blank_are_two_reasons_and_neither_is_a_point() {
    let mut choices =
        with_codes(&[("1", "Disagree"), ("2", "Neutral"), ("3", "Agree"), ("-1", "Does not concern me")]);
    // As a definition marks a choice that its author left out of analyses.
    choices[3].outside = Some(Missing::NotApplicable);
    let table = "q\nAgree\nDoes not concern me\n\nNot applicable\nNeutral";
    let coded = coded(
        &super::export(table.replace("\n\n", "\n \n").as_str(), vec![battery(choices)]),
        "q",
        Some(&agreement()),
    );
    let reasons =
        [Given(2), No(Missing::NotApplicable), No(Missing::Blank), No(Missing::NotApplicable), Given(1)];
    assert_eq!(first(&coded), reasons);
}
