//! Plain tables whose codebook stands in the study file: separators, codes and what is no answer.

use std::fmt::Write as _;

use canvass::codebook::{Form, Missing};
use canvass::diag::{Diag, FileId, codes};
use canvass::findings::{Finding, Value};
use canvass::ingest::{self, Platform};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute};

/// A study of one question `q` on a plain table.
fn study(export: &str, question: &str, inquiry: &str) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    let study = format!(
        "[study]\ntitle = \"t\"\n[groups.all]\nexport = \"a.csv\"\npartial = {{ answered = 0 }}\ncomplete = {{ answered = 0 }}\n\
         [questions.q]\n{question}\n[[ask]]\ninquiry = \"{inquiry}\"\n"
    );
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("a.csv"), export.as_bytes().to_vec());
    compute(&memory, &FileId::new("study.toml"), &|_| {})
}

fn done(export: &str, question: &str, inquiry: &str) -> Outcome {
    study(export, question, inquiry).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn problems(export: &str, question: &str, inquiry: &str) -> Vec<Diag> {
    study(export, question, inquiry).unwrap_err().problems
}

fn found<'a>(outcome: &'a Outcome, what: &str) -> &'a Finding {
    let id = format!("all/q/{what}");
    let all: Vec<&str> = outcome.findings.iter().map(|finding| finding.id.as_str()).collect();
    outcome
        .findings
        .iter()
        .find(|finding| finding.id.as_str() == id)
        .unwrap_or_else(|| panic!("{id}: {all:?}"))
}

fn share(outcome: &Outcome, what: &str) -> (u64, u64) {
    let Value::Share { count, of } = found(outcome, what).value else { panic!("{what}") };
    (count, of)
}

/// How many have no answer for a reason.
fn without(outcome: &Outcome, what: &str, reason: Missing) -> u64 {
    let asked = found(outcome, what).base.asked.as_ref().unwrap();
    asked.missing.get(&reason).copied().unwrap_or(0)
}

const SETS: &str = "q,x\n1;3;,a\n1; 3 ;98;,b\n98;,c\n2,d\n,e\n3;1;,f\n7;,g\n";
const DECLARED: &str = "kind = \"multi\"\nall = \"q\"\nseparator = \";\"\n\
    choices = [\"Radio\", \"TV\", \"Web\"]\ncodes = [\"1\", \"2\", \"3\"]\nmissing = { \"98\" = \"dont-know\" }";

#[test]
fn several_codes_in_a_cell_are_taken_apart_at_the_separator_of_the_study() {
    let outcome = done(SETS, DECLARED, "choices");
    // Four of seven ticked something; one says nothing but "don't know", one is blank, one holds no choice.
    assert_eq!(share(&outcome, "radio"), (3, 4));
    assert_eq!(share(&outcome, "tv"), (1, 4));
    assert_eq!(share(&outcome, "web"), (3, 4));
    assert_eq!(share(&outcome, "web/mentions"), (3, 7));
    assert_eq!(without(&outcome, "radio", Missing::DontKnow), 1);
    assert_eq!(without(&outcome, "radio", Missing::Blank), 1);
    assert_eq!(without(&outcome, "radio", Missing::Unreadable), 1);
    assert!(!outcome.findings.iter().any(|finding| finding.id.as_str() == "all/q/98"));
    // Who does not know and yet ticked is told.
    assert_eq!(outcome.notes.iter().filter(|note| note.code == codes::EXCLUSIVE_CHOICE).count(), 1);
}

#[test]
fn a_code_that_is_declared_as_a_choice_and_as_missing_is_no_level() {
    let question = "kind = \"single\"\nall = \"q\"\nchoices = [\"Don't know\", \"Yes\", \"No\"]\n\
        codes = [\"9\", \"1\", \"2\"]\nmissing = { \"9\" = \"dont-know\", \"8\" = \"refused\" }";
    let outcome = done("q,x\n1,a\n9,b\n2,c\n1,d\n8,e\n9.0,f\n", question, "distribution");
    assert_eq!((share(&outcome, "yes"), share(&outcome, "no")), ((2, 3), (1, 3)));
    assert_eq!(without(&outcome, "yes", Missing::DontKnow), 2);
    assert_eq!(without(&outcome, "yes", Missing::Refused), 1);
}

#[test]
fn a_code_among_inferred_choices_is_no_level() {
    let rows = "Yes\nNo\nYes\nNo\nYes\nNo\nrefused\nYes\nNo\nYes\nNo\nrefused\n";
    let question = "kind = \"single\"\nall = \"q\"\nmissing = { \"refused\" = \"refused\" }";
    let outcome = done(&format!("q\n{rows}"), question, "distribution");
    assert_eq!((share(&outcome, "yes"), share(&outcome, "no")), ((5, 10), (5, 10)));
    assert_eq!(without(&outcome, "yes", Missing::Refused), 2);
}

#[test]
fn a_code_among_numbers_is_no_number() {
    let question =
        "kind = \"number\"\nall = \"q\"\nmissing = { \"-99\" = \"refused\", \"999\" = \"skipped\" }";
    let outcome = done("q\n10\n20\n-99\n999\n-99.0\n30\n9990\n", question, "number");
    let Value::Number(maximum) = found(&outcome, "maximum").value else { panic!() };
    let Value::Number(minimum) = found(&outcome, "minimum").value else { panic!() };
    assert_eq!((minimum, maximum), (10.0, 9990.0));
    assert_eq!(without(&outcome, "maximum", Missing::Refused), 2);
    assert_eq!(without(&outcome, "maximum", Missing::Skipped), 1);
}

#[test]
fn a_code_in_boxes_says_why_nothing_is_ticked() {
    let question = "kind = \"multi\"\nall = [\"d\", \"a\", \"b\"]\nchoices = [\"Don't know\", \"A\", \"B\"]\n\
        missing = { \"9\" = \"refused\", \"Don't know\" = \"dont-know\" }";
    // A box that is itself no answer stands last, whatever its place, so that each count is its own choice's.
    let outcome = done("d,a,b\n0,1,1\n0,0,1\n9,9,9\n1,0,0\n0,0,1\n", question, "choices");
    assert_eq!((share(&outcome, "a"), share(&outcome, "b")), ((1, 3), (3, 3)));
    assert_eq!(without(&outcome, "a", Missing::Refused), 1);
    assert_eq!(without(&outcome, "a", Missing::DontKnow), 1);
}

#[test]
fn mistakes_in_what_separates_and_what_is_missing_are_told_at_their_places() {
    let export = "q,x\n1;2,a\n";
    let told = |question: &str| {
        let problems = problems(export, question, "choices");
        let message = problems[0].message.clone();
        (problems.len(), message, problems[0].help.clone().unwrap_or_default())
    };
    let (n, message, help) = told("kind = \"multi\"\nall = \"q\"\nseparator = \";\"");
    assert_eq!((n, message.as_str()), (1, "question \"q\" has a separator and no choices to separate"));
    assert!(help.starts_with("give choices"), "{help}");
    let choices = "kind = \"multi\"\nchoices = [\"1\", \"2\"]\n";
    let (_, message, _) = told(&format!("{choices}all = \"q\"\nseparator = \"\""));
    assert_eq!(message, "nothing cannot stand between the answers in a cell");
    let (_, message, _) = told(&format!("{choices}all = [\"q\", \"x\"]\nseparator = \";\""));
    assert_eq!(message, "question \"q\" has a column for each choice in all, so nothing separates them");
    let (_, message, help) =
        told(&format!("{choices}all = \"q\"\nseparator = \";\"\nmissing = {{ \"9\" = \"dontknow\" }}"));
    assert_eq!(message, "\"dontknow\" is not one of the values that can stand here");
    assert!(help.starts_with("did you mean \"dont-know\"?"), "{help}");
    let (_, _, help) = told(&format!("{choices}all = \"q\"\nseperator = \";\""));
    assert_eq!(help, "did you mean \"separator\"?");
    let (_, message, _) = told("kind = \"text\"\nall = \"x\"\nmissing = { \"9\" = \"refused\" }");
    assert_eq!(message, "a question of kind text has no missing");
    let (_, message, _) = told("kind = \"single\"\nall = \"x\"\nseparator = \";\"");
    assert_eq!(message, "a question of kind single has no separator");
}

#[test]
fn a_question_that_may_be_a_ranking_is_one_where_the_study_says_so() {
    // Every row is a permutation, but of too few people to know.
    let export = "A,B,C\n1,2,3\n2,1,3\n3,1,2\n";
    let mean = |question: &str| {
        let outcome = done(export, question, "order of preference");
        let Value::Number(mean) = found(&outcome, "b/mean-rank").value else { panic!() };
        mean
    };
    // (2 + 1 + 1) / 3
    let expected = 4.0 / 3.0;
    let question = "kind = \"ranking\"\nall = [\"A\", \"B\", \"C\"]";
    assert!((mean(question) - expected).abs() < 1e-12);
}

#[test]
fn a_doubtful_question_of_several_columns_of_numbers_is_a_ranking_where_the_study_says_so() {
    let export = "RespondentID,Rank,,\n,A,B,C\n3237565956,1,2,3\n3237565957,2,1,3\n3237565958,3,1,2\n";
    let read = ingest::read(&FileId::new("a.csv"), export.as_bytes(), None).unwrap();
    assert!(matches!(&read.value.instrument.questions[0].form, Form::Numbers { items } if items.len() == 3));
    let doubt = read.notes.iter().find(|note| note.message.contains("may be a ranking")).unwrap();
    assert!(doubt.help.as_ref().unwrap().contains("kind = \"ranking\""), "{doubt:?}");
    let mean = |kind: &str, inquiry: &str, what: &str| {
        let outcome = done(export, &format!("kind = \"{kind}\"\nall = \"Rank\""), inquiry);
        let Value::Number(mean) = found(&outcome, what).value else { panic!("{what}") };
        mean
    };
    // (1 + 2 + 3) / 3 and (3 + 3 + 2) / 3, as ranks and as numbers.
    assert!((mean("ranking", "order of preference", "a/mean-rank") - 2.0).abs() < 1e-12);
    assert!((mean("ranking", "order of preference", "c/mean-rank") - 8.0 / 3.0).abs() < 1e-12);
    assert!((mean("number", "number", "c/mean") - 8.0 / 3.0).abs() < 1e-12);
}

#[test]
fn a_grid_of_places_and_items_is_a_ranking_where_the_study_says_so() {
    let rows = ["Tea\tMilk\tWater", "Milk\tTea\tWater", "Tea\tWater\tMilk", "Tea\tMilk\tWater"];
    let mut export =
        "Timestamp\tBest drinks? [1st choice]\tBest drinks? [2nd choice]\tBest drinks? [3rd choice]"
            .to_owned();
    for row in rows {
        export.push_str("\n12/13/2019 12:02:32\t");
        export.push_str(row);
    }
    let read = ingest::read(&FileId::new("a.csv"), export.as_bytes(), None).unwrap();
    assert_eq!(read.value.platform, Platform::GoogleForms);
    let doubts: Vec<&Diag> = read
        .notes
        .iter()
        .filter(|note| note.message.contains("it may be a ranking of what stands"))
        .collect();
    assert_eq!(doubts.len(), 1, "{:?}", read.notes);
    let question = "kind = \"ranking\"\nall = \"Best drinks?\"\nchoices = [\"Milk\", \"Tea\", \"Water\"]";
    let outcome = done(&export, question, "order of preference");
    let Value::Number(tea) = found(&outcome, "tea/mean-rank").value else { panic!() };
    let Value::Number(milk) = found(&outcome, "milk/mean-rank").value else { panic!() };
    // Tea: 1, 2, 1, 1. Milk: 2, 1, 3, 2.
    assert!((tea - 1.25).abs() < 1e-12 && (milk - 2.0).abs() < 1e-12);
}

#[test]
fn f_07_a_ranking_of_microsoft_forms_is_of_places_and_not_of_the_points_of_its_summary() {
    let mut export = "ID\tStart time\tCompletion time\tEmail\tName\tRank the drinks".to_owned();
    for (id, cell) in (1..).zip(["Tea;Milk;Water;", "Milk;Tea;Water;", "Tea;Water;Milk;", "Tea;Milk;Water;"])
    {
        let _ = write!(export, "\n{id}\t2021-01-02 10:00:00\t2021-01-02 10:05:00\tanonymous\t\t{cell}");
    }
    let read = ingest::read(&FileId::new("a.tsv"), export.as_bytes(), None).unwrap();
    assert_eq!(read.value.platform, Platform::MicrosoftForms);
    let question = "kind = \"ranking\"\nall = \"Rank the drinks\"\nseparator = \";\"\nchoices = [\"Milk\", \"Tea\", \"Water\"]";
    let outcome = done(&export, question, "order of preference");
    let Value::Number(tea) = found(&outcome, "tea/mean-rank").value else { panic!() };
    assert!((tea - 1.25).abs() < 1e-12);
}
