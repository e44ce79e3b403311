//! Small forms, written as text.

use super::*;
use crate::codebook::Comparison;

fn form(text: &str) -> Noted<Definition> {
    read(&FileId::new("form.csv"), text.as_bytes()).unwrap()
}

const FORM: &str = r#"survey,,,,,
,type,name,label::English (en),label::French (fr),relevant
,select_one yes_no,seen,Did you <b>see</b> it?,L'avez-vous vu ?,
,begin group,more,More,Plus,${seen} = 'yes'
,select_multiple things or_other,what,What?,Quoi ?,
,integer,age,Age,NULL,"selected(${what}, 'a') and count(${what}) > 1"
,end group,,,,
,note,thanks,Thanks,Merci,
choices,,,,,
,list name,name,label::English (en),label::French (fr),
,yes_no,yes,Yes,Oui,
,yes_no,no,No,Non,
,things,a,A thing,Une chose,
,things,b,Another,Une autre,
"#;

#[test]
fn k_09_translated_labels_are_known_in_every_language() {
    let form = form(FORM).value;
    let seen = &form.fields[0];
    assert_eq!((seen.wording().as_str(), seen.labels.len()), ("Did you see it?", 2));
    assert_eq!((seen.choices[0].code.as_str(), seen.choices[0].label.as_str()), ("yes", "Yes"));
    assert_eq!(seen.choices[0].also, ["Oui"]);
    // NULL stands for a translation that is not there.
    assert_eq!(form.fields[2].labels, ["Age"]);
}

#[test]
fn a_question_has_the_condition_of_the_groups_around_it() {
    let noted = form(FORM);
    let chosen =
        |question: &str, choice: &str| Condition::Chosen { question: question.into(), choice: choice.into() };
    let fields = &noted.value.fields;
    assert_eq!(fields[1].asked_if, Some(chosen("seen", "yes")));
    let Some(Condition::All(parts)) = &fields[2].asked_if else { panic!() };
    assert_eq!(parts[0], chosen("seen", "yes"));
    assert_eq!(
        parts[1],
        Condition::All(vec![chosen("what", "a"), Condition::Unknown("count(${what}) > 1".into())])
    );
    let unknown: Vec<&Diag> =
        noted.notes.iter().filter(|note| note.code == codes::CONDITION_UNKNOWN).collect();
    assert_eq!(unknown.len(), 1);
    assert_eq!(unknown[0].place, Place::row(&FileId::new("form.csv"), 6));
    assert_eq!(fields[3].asked_if, None);
}

#[test]
fn or_other_adds_a_choice_that_takes_a_text() {
    let form = form(FORM).value;
    let codes: Vec<&str> = form.fields[1].choices.iter().map(|choice| choice.code.as_str()).collect();
    assert_eq!(codes, ["a", "b", "other"]);
    assert!(form.fields[1].choices[2].text_entry && form.fields[1].or_other);
}

#[test]
fn names_of_two_fields_are_told_apart_by_their_groups() {
    let form = form(
        "type,name,label\nbegin_group,g,G\ntext,why,Why?\nend_group,,\nbegin_group,h,H\ntext,why,Why?\nend_group,,\ntext,other,O\n",
    )
    .value;
    assert_eq!(form.ids(), ["g/why", "h/why", "other"]);
    let compare = relevant::parse("${other} = 'x'", &Kinds::from([("other".into(), Some(Kind::Text))]));
    assert_eq!(
        compare,
        Condition::Compare { question: "other".into(), comparison: Comparison::Equal, value: "x".into() }
    );
}

#[test]
fn k_06_a_list_that_is_elsewhere_or_nowhere_is_said() {
    let noted = form("type,name,label\nselect_one_from_file towns.csv,town,Town\nselect_one gone,x,X\n");
    let messages: Vec<&str> = noted.notes.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the choices of \"town\" are in \"towns.csv\", which is not part of the form",
            "the choices of \"x\", a list \"gone\", are not in the form"
        ]
    );
    assert!(noted.value.fields.iter().all(|field| !field.listed));
}

#[test]
fn rows_without_a_name_and_groups_that_do_not_close_are_named() {
    let noted = form("type,name,label\ntext,,Nameless\nbegin_group,g,G\ntext,a,A\n");
    let lines: Vec<&Place> = noted.notes.iter().map(|note| &note.place).collect();
    let file = FileId::new("form.csv");
    assert_eq!(lines, [&Place::row(&file, 2), &Place::row(&file, 3)]);
    assert_eq!(noted.value.fields.len(), 1);
}

#[test]
fn a_name_that_two_choices_share_is_one_choice_and_said() {
    let noted = form(
        "survey,,,\n,type,name,label\n,select_one t,q,Q\nchoices,,,\n,list_name,name,label\n,t,1,North\n,t,1,South\n,t,2,East\n,t,2,East\n",
    );
    assert_eq!(noted.notes.len(), 1);
    assert_eq!(noted.notes[0].code, codes::SAME_CHOICE_TWICE);
    let choices = &noted.value.fields[0].choices;
    assert_eq!((choices.len(), choices[0].also.as_slice()), (2, &["South".to_owned()][..]));
}

#[test]
fn a_name_of_a_sheet_may_stand_on_a_line_of_its_own() {
    let noted = form("survey\n,type,name,label\n,text,q,Q\nchoices\n,list_name,name,label\n,l,1,One\n");
    assert_eq!((noted.value.fields[0].name.as_str(), noted.value.fields[0].wording().as_str()), ("q", "Q"));
}

#[test]
fn what_is_no_form_is_refused_with_a_remedy() {
    for text in ["a,b\n1,2\n", "list_name,name,label\ny,1,Yes\n", "type,name,label\n,,\n"] {
        let diags = read(&FileId::new("form.csv"), text.as_bytes()).unwrap_err();
        assert_eq!(diags[0].code, codes::DEFINITION_INVALID, "{text}");
        assert!(diags[0].help.is_some());
    }
}

#[test]
fn a_survey_or_choices_sheet_is_known_and_an_ordinary_table_is_not() {
    let is = |text: &str| {
        let grid = crate::ingest::grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value;
        is_definition(&grid)
    };
    assert!(is(FORM) && is("type,name,label\nselect_one y,q,Q\n") && is("list_name,name,label\ny,1,Yes\n"));
    assert!(!is("type,name,age\ncat,Tom,3\ntext,Ann,4\n") && !is("name,type\n,\nTom,\n"));
}
