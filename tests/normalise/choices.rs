//! Choices and points of scales.

use canvass::codebook::{Form, Missing};
use canvass::diag::{Place, codes};
use canvass::ingest::Cells;
use canvass::normalise::{ReadAs, RecodedFrom, RecodingRule as Rule};
use canvass::responses::Answers;

use super::*;

#[test]
fn a_label_or_its_code_is_its_choice_and_nothing_is_entered_in_the_ledger() {
    let mut export = export("q\nYes\nNo\n2", vec![single("q", 0, &["Yes", "No"])]);
    let coded = coded(&export, "q", None);
    assert_eq!(first(&coded), [Given(0), Given(1), Given(1)]);
    assert_eq!((coded.value.recoded.len(), coded.notes.len()), (0, 0));
    export.cells = Cells::Codes;
    assert_eq!(first(&super::coded(&export, "q", None)), [Given(0), Given(1), Given(1)]);
}

#[test]
fn a_spelling_is_read_and_entered_in_the_ledger() {
    let export = export("q\nstrongly\u{a0}agree \nAgree", vec![single("q", 0, &["Agree", "Strongly agree"])]);
    let coded = coded(&export, "q", None);
    assert_eq!(first(&coded), [Given(1), Given(0)]);
    let entry = &coded.value.recoded[0];
    assert_eq!((entry.line, entry.column.as_str(), entry.rule), (2, "q", Rule::Spelling));
    assert_eq!(entry.to, ReadAs::Answer("Strongly agree".into()));
    assert_eq!(codes_of(&coded), [codes::RECODED]);
}

#[test]
fn an_unknown_label_is_unreadable_with_the_nearest_point_and_its_first_place() {
    let export = export(
        "q\nAgree\nagree-ish\nagree-ish\nAgred\nAgree\nNeutral\nAgree\nagree-ish",
        vec![single("q", 0, &["Disagree", "Neutral", "Agree"])],
    );
    let coded = coded(&export, "q", Some(&agreement()));
    let unreadable = No(Missing::Unreadable);
    let agree = Given(2);
    assert_eq!(first(&coded)[..4], [agree, unreadable, unreadable, unreadable]);
    assert!(matches!(coded.value.answers, Answers::Scaled { .. }));
    assert_eq!(codes_of(&coded), [codes::NOT_ON_SCALE, codes::NOT_ON_SCALE, codes::MANY_UNREADABLE]);
    assert_eq!(coded.notes[0].place, Place::cell(export.table.file(), 3, "q"));
    assert_eq!(
        coded.notes[0].message,
        "\"agree-ish\" is not a point of scale agreement: 3 cells, counted as missing"
    );
    let help = coded.notes[1].help.as_deref().unwrap();
    assert_eq!(
        help,
        "its points are Disagree, Neutral, Agree; nearest: \"Agree\"; to accept it, add to [scales.agreement]: also = { \"Agred\" = \"Agree\" }"
    );
    assert_eq!(coded.notes[2].message, "4 of 8 answers to q could not be read, counted as missing");
    // Told are what stands in three rows and what is near a point.
    assert_eq!(coded.value.recoded.len(), 4);
    assert_eq!(coded.value.recoded[0].from, RecodedFrom::Text("agree-ish".into()));
}

#[test]
fn not_applicable_is_outside_the_base_and_no_recoding() {
    let export = export(
        "q\nNot applicable\nAgree",
        vec![single("q", 0, &["Agree", "Neutral", "Disagree", "Not applicable"])],
    );
    let coded = coded(&export, "q", Some(&agreement()));
    // The definition lists the choices from high to low; the answer is the point of the scale.
    assert_eq!(first(&coded), [No(Missing::NotApplicable), Given(2)]);
    assert_eq!(coded.value.recoded, []);
}

#[test]
fn a_battery_shares_its_scale_and_a_code_goes_through_its_choice() {
    let form = Form::Battery { items: items(0..2), choices: choices(&["Agree", "Neutral", "Disagree"]) };
    let mut export = export("i0|i1\n1|3\n3|2", vec![question("q", form)]);
    export.cells = Cells::Codes;
    let coded = coded(&export, "q", Some(&agreement()));
    let Answers::Scaled { items } = &coded.value.answers else { panic!() };
    // Code 1 is "Agree", the highest point, whatever the scale's own codes are.
    assert_eq!(items[0].iter().collect::<Vec<_>>(), [Given(2), Given(0)]);
    assert_eq!(items[1].iter().collect::<Vec<_>>(), [Given(0), Given(1)]);
}

#[test]
fn columns_of_numbers_or_texts_can_be_put_on_a_scale() {
    for form in [Form::Numbers { items: items(0..1) }, Form::Texts { items: items(0..1) }] {
        let export = export("i0\n3\n1.0\n4", vec![question("q", form)]);
        let coded = coded(&export, "q", Some(&agreement()));
        assert_eq!(first(&coded), [Given(2), Given(0), No(Missing::Unreadable)]);
        assert_eq!(coded.value.recoded[0].rule, Rule::Spelling);
    }
}

#[test]
fn a_code_that_the_author_gave_to_a_choice_is_no_mark_for_unanswered() {
    let mut question = single("q", 0, &["Yes", "Never heard of it"]);
    let Form::Single { choices, .. } = &mut question.form else { panic!() };
    choices[1].code = "-99".into();
    let mut export = export("q|r\n-99|-99\n1|1", vec![question, single("r", 1, &["Yes"])]);
    export.cells = Cells::Codes;
    export.seen_unanswered = Some("-99".into());
    assert_eq!(first(&coded(&export, "q", None)), [Given(1), Given(0)]);
    let other = coded(&export, "r", None);
    assert_eq!(first(&other), [No(Missing::Skipped), Given(0)]);
    assert_eq!(other.value.recoded[0].rule, Rule::SeenUnanswered);
}

#[test]
fn missing_codes_carry_the_reason_that_their_label_says() {
    let mut export = export("q\nUNK\nREF\nNASK\n1\nODD", vec![single("q", 0, &["Yes"])]);
    export.missing_codes =
        [("UNK", "Unknown"), ("REF", "Refused"), ("NASK", "Not asked"), ("ODD", "Invalid")]
            .map(|(code, label)| (code.to_owned(), label.to_owned()))
            .into();
    let coded = coded(&export, "q", None);
    let expected =
        [No(Missing::DontKnow), No(Missing::Refused), No(Missing::NotAsked), Given(0), No(Missing::Blank)];
    assert_eq!(first(&coded), expected);
    assert_eq!(coded.value.recoded.len(), 4);
}

#[test]
fn long_texts_and_texts_of_identifiers_are_never_told() {
    let long = "please call me on the number that I gave you before the interview started";
    let text = format!("q|name\n{long}|Ann");
    let mut export = export(&text, vec![single("q", 0, &["Yes"]), single("name", 1, &["Yes"])]);
    export.identifiers = vec![1];
    for id in ["q", "name"] {
        let coded = coded(&export, id, None);
        assert_eq!(coded.value.recoded[0].from, RecodedFrom::Withheld);
        let said = format!("{:?}{:?}", coded.notes, coded.value.recoded);
        assert!(!said.contains("call me") && !said.contains("Ann"), "{said}");
    }
}

#[test]
fn an_unreadable_cell_beside_a_choice_that_takes_words_is_never_told() {
    let mut question = single("q", 0, &["Red", "Other"]);
    let Form::Single { choices, .. } = &mut question.form else { panic!() };
    choices[1].text_entry = true;
    let export = export("q\nmauve\nred", vec![question]);
    let coded = coded(&export, "q", None);
    assert_eq!(first(&coded), [No(Missing::Unreadable), Given(0)]);
    assert_eq!(coded.value.recoded[0].from, RecodedFrom::Withheld);
    // A spelling of a choice is the choice's own text.
    assert_eq!(coded.value.recoded[1].from, RecodedFrom::Text("red".into()));
    assert!(!format!("{:?}", coded.notes).contains("mauve"));
}

#[test]
fn a_text_that_is_no_number_is_missing_and_never_told() {
    let export = export(
        "n\n12\nabout ten\n\n0",
        vec![question("q", Form::Numbers { items: vec![items(0..1).remove(0)] })],
    );
    let coded = coded(&export, "q", None);
    let Answers::Numbers { items } = &coded.value.answers else { panic!() };
    // A blank line of the table is a row with a blank cell.
    assert_eq!(items[0], [Ok(12.0), Err(Missing::Unreadable), Err(Missing::Blank), Ok(0.0)]);
    assert_eq!(codes_of(&coded), [codes::NOT_A_NUMBER]);
    assert!(!format!("{:?}{:?}", coded.notes, coded.value.recoded).contains("about ten"));
}

#[test]
fn of_texts_only_their_presence_is_kept() {
    let mut export =
        export("t\nsecret words\n\n-99", vec![question("q", Form::Texts { items: items(0..1) })]);
    export.seen_unanswered = Some("-99".into());
    let coded = coded(&export, "q", None);
    assert_eq!(first(&coded), [Given(0), No(Missing::Blank), No(Missing::Skipped)]);
    assert!(!format!("{coded:?}").contains("secret"));
}

#[test]
fn a_text_that_is_no_choice_is_told_only_if_it_cannot_be_somebodys_own() {
    let text =
        "q\nYes\nNo\nYes\nNo\nYes\nNo\nYes\nNo\nAnna Smith\nNoo\n-7\n01701234567\nperhaps\nperhaps\nperhaps";
    let coded = coded(&export(text, vec![single("q", 0, &["Yes", "No"])]), "q", None);
    let told: Vec<Option<&str>> = coded
        .value
        .recoded
        .iter()
        .map(|entry| match &entry.from {
            RecodedFrom::Text(text) => Some(text.as_str()),
            RecodedFrom::Withheld => None,
        })
        .collect();
    let often = Some("perhaps");
    assert_eq!(told, [None, Some("Noo"), Some("-7"), None, often, often, often]);
    let said = format!("{:?}", coded.notes);
    assert!(!said.contains("Anna") && !said.contains("0170"), "{said}");
}

#[test]
fn a_column_of_which_most_is_no_choice_looks_wrong_and_nothing_of_it_is_told() {
    let text = "q\nYes\nNoo\nNoo\nNoo\nAnna\n\nYes";
    let coded = coded(&export(text, vec![single("q", 0, &["Yes", "No"])]), "q", None);
    assert_eq!(codes_of(&coded), [codes::WRONG_COLUMN]);
    let message = &coded.notes[0].message;
    assert_eq!(
        message,
        "column q looks wrong for question q: 4 of 6 cells are nothing that it takes, counted as missing"
    );
    assert!(coded.value.recoded.iter().all(|entry| entry.from == RecodedFrom::Withheld));
    assert!(!format!("{:?}", coded.notes).contains("Noo"));
}

#[test]
fn one_answer_in_twenty_may_be_unreadable_and_more_is_said() {
    // 3 of 60 are one in twenty; 3 of 59 are more; 2 of 2 are too few to speak of.
    for (good, bad, expected) in [
        (57, 3, None),
        (56, 3, Some("3 of 59 answers to q could not be read, counted as missing")),
        (0, 2, None),
    ] {
        let text = format!("q{}{}", "\nYes".repeat(good), "\nperhaps".repeat(bad));
        let coded = coded(&export(&text, vec![single("q", 0, &["Yes"])]), "q", None);
        let many = coded.notes.iter().find(|note| note.code == codes::MANY_UNREADABLE);
        assert_eq!(many.map(|note| note.message.as_str()), expected);
    }
}

#[test]
fn many_texts_in_a_column_of_numbers_are_counted_among_all() {
    let export =
        export("n\n12\nten\nten\nabout ten", vec![question("q", Form::Numbers { items: items(0..1) })]);
    let coded = coded(&export, "q", None);
    assert_eq!(codes_of(&coded), [codes::NOT_A_NUMBER, codes::MANY_UNREADABLE]);
    assert_eq!(coded.notes[1].message, "3 of 4 answers to q could not be read, counted as missing");
    assert!(!format!("{:?}{:?}", coded.notes, coded.value.recoded).contains("ten\""));
}

#[test]
fn v_02_a_code_may_be_missing_in_one_column_and_an_answer_in_another() {
    let number = |id: &str, column| question(id, Form::Numbers { items: items(column..column + 1) });
    let mut export = export("age|weeks\n99|99\n40|", vec![number("age", 0), number("weeks", 1)]);
    export.missing_codes_in.insert(0, vec![("99".into(), "Refused".into())]);
    let of = |id: &str| coded(&export, id, None).value.answers;
    assert_eq!(of("age"), Answers::Numbers { items: vec![vec![Err(Missing::Refused), Ok(40.0)]] });
    assert_eq!(of("weeks"), Answers::Numbers { items: vec![vec![Ok(99.0), Err(Missing::Blank)]] });
}
