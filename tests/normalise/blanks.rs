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
fn where_the_file_marks_what_was_seen_a_blank_was_not_seen_and_only_a_condition_says_not_asked() {
    let questions = || vec![single("a", 1, &["x"]), single("b", 2, &["x"])];
    let mut export = with_finished(export("done|a|b\n1|x|\n1|x|-99\n0|-99|\n0||x\n1|x|", questions()));
    export.seen_unanswered = Some("-99".into());
    let b = coded(&export, "b", None);
    let (blank, left) = (No(Missing::Blank), No(Missing::NotReached));
    assert_eq!(first(&b), [blank, No(Missing::Skipped), left, Given(0), blank]);
    // The two persons who finished without seeing it, and no condition that would hide it from them.
    assert_eq!(codes_of(&b), [codes::NOT_SHOWN]);
    // Who left after b did not see a either.
    assert_eq!(first(&coded(&export, "a", None))[3], left);
}

#[test]
fn where_the_file_marks_what_was_seen_a_false_condition_still_says_not_asked() {
    let mut export = with_finished(export("done|a|b\n1|No|\n1|Yes|\n1|Yes|-99", two_questions()));
    export.seen_unanswered = Some("-99".into());
    let coded = coded(&export, "b", None);
    assert_eq!(first(&coded), [No(Missing::NotAsked), No(Missing::Blank), No(Missing::Skipped)]);
    assert_eq!(codes_of(&coded), [codes::NOT_SHOWN]);
}

#[test]
fn a_follow_up_to_what_was_not_reached_is_not_reached() {
    let questions = || {
        let trigger = Condition::Chosen { question: "b".into(), choice: "1".into() };
        let names = &["Yes", "No"];
        vec![single("a", 1, names), single("b", 2, names), asked_if(single("c", 3, names), trigger)]
    };
    let text = "done|a|b|c\n0|Yes||\n0||No|\n0||Yes|\n1|||\n0|||";
    let (left, not_asked) = (No(Missing::NotReached), No(Missing::NotAsked));
    // Who finished without an answer to b was not asked c; who left before b would have been, for all that is known.
    let expected = [left, not_asked, left, not_asked, left];
    let mut export = with_finished(export(text, questions()));
    assert_eq!(first(&coded(&export, "c", None)), expected);
    export.seen_unanswered = Some("-99".into());
    assert_eq!(first(&coded(&export, "c", None)), expected);
}

#[test]
fn a_follow_up_to_what_was_not_asked_is_not_asked_though_the_person_left() {
    let if_yes = |question: &str| Condition::Chosen { question: question.into(), choice: "1".into() };
    let names = &["Yes", "No"];
    let questions = vec![
        single("a", 1, names),
        asked_if(single("b", 2, names), if_yes("a")),
        asked_if(single("c", 3, names), if_yes("b")),
    ];
    let export = with_finished(export("done|a|b|c\n0|No||\n0|Yes||\n0|||", questions));
    let (left, not_asked) = (No(Missing::NotReached), No(Missing::NotAsked));
    assert_eq!(first(&coded(&export, "c", None)), [not_asked, left, left]);
    assert_eq!(first(&coded(&export, "b", None)), [not_asked, left, left]);
}

#[test]
fn a_condition_that_another_part_decides_needs_no_answer_that_was_not_reached() {
    let if_yes = |question: &str| Condition::Chosen { question: question.into(), choice: "1".into() };
    let names = &["Yes", "No"];
    let both = Condition::All(vec![if_yes("a"), if_yes("b")]);
    let questions = vec![single("a", 1, names), single("b", 2, names), asked_if(single("c", 3, names), both)];
    let export = with_finished(export("done|a|b|c\n0|No||\n0|Yes||", questions));
    assert_eq!(first(&coded(&export, "c", None)), [No(Missing::NotAsked), No(Missing::NotReached)]);
}

#[test]
fn conditions_in_a_circle_come_to_an_end() {
    let if_yes = |question: &str| Condition::Chosen { question: question.into(), choice: "1".into() };
    let names = &["Yes", "No"];
    let questions =
        vec![asked_if(single("a", 1, names), if_yes("b")), asked_if(single("b", 2, names), if_yes("a"))];
    let export = with_finished(export("done|a|b\n1|Yes|\n1||\n0|No|", questions));
    let not_asked = No(Missing::NotAsked);
    assert_eq!(first(&coded(&export, "b", None)), [No(Missing::Skipped), not_asked, not_asked]);
}

#[test]
fn finished_is_known_in_the_language_of_the_export() {
    let text = "done|a\nWahr|\nFALSO|\nVrai|\nperhaps|";
    let export = with_finished(export(text, vec![single("a", 1, &["x"])]));
    let (skipped, left) = (No(Missing::Skipped), No(Missing::NotReached));
    assert_eq!(first(&coded(&export, "a", None)), [skipped, left, skipped, No(Missing::Blank)]);
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

#[test]
fn who_left_among_questions_in_random_order_may_not_have_come_to_those_before() {
    let questions = || (0..4).map(|n| single(&format!("q{n}"), n + 1, &["x"])).collect::<Vec<_>>();
    let mut export =
        with_finished(export("done|q0|q1|q2|q3\n0|x||x|\n0|x|||x\n1|x||x|\n0|x|||", questions()));
    // The second and the third come in random order.
    export.shuffled = [(2, 1), (3, 1)].into();
    let (blank, left, skipped) = (No(Missing::Blank), No(Missing::NotReached), No(Missing::Skipped));
    assert_eq!(first(&coded(&export, "q1", None)), [blank, skipped, skipped, left]);
    assert_eq!(first(&coded(&export, "q2", None)), [Given(0), skipped, Given(0), left]);
    assert_eq!(first(&coded(&export, "q3", None)), [left, Given(0), skipped, left]);
}

#[test]
fn a_trigger_that_comes_in_random_order_and_is_blank_says_nothing_of_who_left_there() {
    let names = &["Yes", "No"];
    let questions = vec![
        single("a", 1, names),
        single("b", 2, names),
        asked_if(single("c", 3, names), Condition::Chosen { question: "a".into(), choice: "1".into() }),
    ];
    let mut export = with_finished(export("done|a|b|c\n0||No|\n0|No|No|\n1||No|", questions));
    export.shuffled = [(1, 0), (2, 0), (3, 0)].into();
    let not_asked = No(Missing::NotAsked);
    assert_eq!(first(&coded(&export, "c", None)), [No(Missing::Blank), not_asked, not_asked]);
}
