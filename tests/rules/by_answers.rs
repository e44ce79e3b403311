//! Rules by certain answers: consent, eligibility, attention checks.

use super::{left_out, refused, unjudged};

const CONSENT: [super::Response<'_>; 3] = [&[("consent", "No")], &[("consent", "")], &[]];

#[test]
fn who_did_not_say_yes_did_not_consent() {
    assert_eq!(left_out("consent", "question = \"consent\"\ngiven = [\"Yes\"]", &CONSENT), [4, 5]);
    assert_eq!(left_out("consent", "column = \"consent\"\ngiven = \"Yes\"", &CONSENT), [4, 5]);
    assert_eq!(unjudged("consent", "question = \"consent\"\ngiven = \"Yes\"", &CONSENT), None);
}

#[test]
fn who_said_nothing_did_not_refuse() {
    let terms = "question = \"consent\"\nrefused = [\"No\"]";
    assert_eq!(left_out("consent", terms, &CONSENT), [4]);
    assert!(unjudged("consent", terms, &CONSENT).unwrap().starts_with("1 row is kept"));
}

#[test]
fn who_is_eligible_is_said_by_either_list_and_a_blank_says_neither() {
    let responses: [super::Response<'_>; 3] = [&[("age", "Under 18")], &[("age", "")], &[]];
    for terms in [
        "question = \"age\"\neligible = \"18 or older\"",
        "question = \"age\"\nnot-eligible = \"under-18\"",
        "column = \"age\"\nnot-eligible = \"Under 18\"",
    ] {
        assert_eq!(left_out("eligibility", terms, &responses), [4], "{terms}");
        let said = unjudged("eligibility", terms, &responses).unwrap();
        assert_eq!(said, "1 row is kept that the rule cannot judge: whether they are eligible is not known");
    }
}

#[test]
fn wrong_answers_are_counted_over_checks_and_a_blank_is_not_wrong() {
    let responses: [super::Response<'_>; 5] = [
        &[("check1", "Disagree")],
        &[("check1", "Disagree"), ("check2", "Red")],
        &[("check2", "")],
        &[("check1", ""), ("check2", "Red")],
        &[],
    ];
    let one = "question = \"check1\"\nright = \"Agree\"";
    assert_eq!(left_out("attention", one, &responses), [4, 5]);
    let both = "checks = [{ question = \"check1\", right = \"Agree\" }, { column = \"check2\", right = [\"Blue\", \"blue\"] }]";
    assert_eq!(left_out("attention", both, &responses), [4, 5, 7]);
    let but_one = format!("{both}\nallow = 1");
    assert_eq!(left_out("attention", &but_one, &responses), [5]);
    // With one wrong and one not answered it is not known whether there would have been two.
    assert!(unjudged("attention", &but_one, &responses).unwrap().starts_with("1 row is kept"));
    assert!(unjudged("attention", both, &responses).unwrap().starts_with("1 row is kept"));
}

#[test]
fn an_answer_that_nobody_could_give_is_named_with_the_nearest() {
    let problem =
        refused("[[exclude]]\nrule = \"consent\"\nquestion = \"consent\"\ngiven = \"Yess\"\n", &CONSENT);
    assert_eq!(problem.message, "\"Yess\" is no answer of consent");
    assert_eq!(problem.help.as_deref(), Some("did you mean \"Yes\"?"));
    let problem = refused("[[screen]]\nrule = \"attention\"\nquestion = \"a\"\nright = \"3\"\n", &CONSENT);
    assert_eq!(problem.message, "a has 4 items, which one is meant is not said");
    let problem = refused("[[exclude]]\nrule = \"test\"\ncolumn = \"testr\"\nis = \"1\"\n", &CONSENT);
    assert_eq!(problem.help.as_deref(), Some("did you mean \"tester\"?"));
}
