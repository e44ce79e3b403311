//! Why a cell is blank.

use canvass::codebook::{Comparison, Condition, Form, Missing};
use canvass::diag::codes;

use super::*;

fn if_yes() -> Condition {
    Condition::Chosen { question: "a".into(), choice: "1".into() }
}

fn two_questions() -> Vec<Question> {
    vec![single("a", 1, &["Yes", "No"]), asked_if(single("b", 2, &["Yes", "No"]), if_yes())]
}

#[test]
fn a_blank_where_the_condition_does_not_hold_was_not_asked() {
    let export = with_finished(export("done|a|b\n1|No|\n1|Yes|\n1|Yes|No", two_questions()));
    let coded = coded(&export, "b", None);
    assert_eq!(first(&coded), [No(Missing::NotAsked), No(Missing::Skipped), Given(1)]);
    assert_eq!(coded.notes, []);
}

#[test]
fn an_answer_where_the_condition_does_not_hold_is_kept_and_noted() {
    let export = with_finished(export("done|a|b\n1|No|Yes\n1|No|No", two_questions()));
    let coded = coded(&export, "b", None);
    assert_eq!(first(&coded), [Given(0), Given(1)]);
    assert_eq!(codes_of(&coded), [codes::ANSWERED_THOUGH_NOT_ASKED]);
    assert!(coded.notes[0].message.ends_with("2 cells"));
}

#[test]
fn a_blank_where_the_condition_is_not_known_is_unexplained_and_noted() {
    let unknown = asked_if(single("b", 2, &["Yes"]), Condition::Unknown("quota".into()));
    let export =
        with_finished(export("done|a|b\n1|No|\n1|Yes|Yes", vec![single("a", 1, &["Yes", "No"]), unknown]));
    let coded = coded(&export, "b", None);
    assert_eq!(first(&coded), [No(Missing::Blank), Given(0)]);
    assert_eq!(codes_of(&coded), [codes::CONDITION_UNKNOWN]);
}

#[test]
fn without_a_definition_or_without_progress_a_blank_is_unexplained() {
    let mut undefined = single("a", 1, &["Yes"]);
    undefined.defined = false;
    let unordered = with_finished(export("done|a\n1|\n0|", vec![undefined]));
    assert_eq!(first(&coded(&unordered, "a", None)), [No(Missing::Blank), No(Missing::Blank)]);
    let unfinished = export("x|a\n1|\n0|", vec![single("a", 1, &["Yes"])]);
    assert_eq!(first(&coded(&unfinished, "a", None)), [No(Missing::Blank), No(Missing::Blank)]);
}

#[test]
fn who_left_early_did_not_reach_what_comes_after_the_last_answer() {
    let questions = || vec![single("a", 1, &["x"]), single("b", 2, &["x"]), single("c", 3, &["x"])];
    let export = with_finished(export("done|a|b|c\n0|x||\n0||x|\nFalse|||\nTrue|x||x", questions()));
    let (skipped, left) = (No(Missing::Skipped), No(Missing::NotReached));
    assert_eq!(first(&coded(&export, "a", None)), [Given(0), skipped, left, Given(0)]);
    assert_eq!(first(&coded(&export, "b", None)), [left, Given(0), left, skipped]);
    assert_eq!(first(&coded(&export, "c", None)), [left, left, left, Given(0)]);
}

#[test]
fn progress_in_percent_says_who_left_where_nothing_else_does() {
    let mut export = export("percent|a\n100|\n40|", vec![single("a", 1, &["x"])]);
    export.metadata.progress = Some(0);
    assert_eq!(first(&coded(&export, "a", None)), [No(Missing::Skipped), No(Missing::NotReached)]);
}

#[test]
fn where_the_file_marks_what_was_seen_a_blank_was_not_seen() {
    let questions = || vec![single("a", 1, &["x"]), single("b", 2, &["x"])];
    let mut export = with_finished(export("done|a|b\n1|x|\n1|x|-99\n0|-99|\n0||x", questions()));
    export.seen_unanswered = Some("-99".into());
    let b = coded(&export, "b", None);
    assert_eq!(first(&b), [No(Missing::NotAsked), No(Missing::Skipped), No(Missing::NotReached), Given(0)]);
    assert_eq!(first(&coded(&export, "a", None))[3], No(Missing::NotAsked));
}

#[test]
fn the_export_s_own_question_lends_its_condition_and_order_to_a_declared_one() {
    let export = with_finished(export("done|a|b\n1|No|\n1|Yes|\n0|Yes|", two_questions()));
    let declared = question("declared", Form::Battery { items: items(2..3), choices: Vec::new() });
    let scale = agreement();
    let coded = canvass::normalise::code(&export, &declared, Some(&scale));
    assert_eq!(first(&coded), [No(Missing::NotAsked), No(Missing::Skipped), No(Missing::NotReached)]);
}

#[test]
fn blanks_and_conditions_on_numbers() {
    let at_least = |value: &str| Condition::Compare {
        question: "age".into(),
        comparison: Comparison::AtLeast,
        value: value.into(),
    };
    let age = question(
        "age",
        Form::Numbers { items: vec![Item { id: "age".into(), label: "Age".into(), column: 1 }] },
    );
    let export = with_finished(export(
        "done|age|b\n1|9|\n1|10|\n1|100|\n1||\n1|ten|",
        vec![age, asked_if(single("b", 2, &["x"]), at_least("10"))],
    ));
    let (not_asked, skipped) = (No(Missing::NotAsked), No(Missing::Skipped));
    // 100 is more than 10 as a number though not as a text; "ten" cannot be compared.
    assert_eq!(
        first(&coded(&export, "b", None)),
        [not_asked, skipped, skipped, not_asked, No(Missing::Blank)]
    );
}
