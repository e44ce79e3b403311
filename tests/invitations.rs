//! A platform's own list of invitations as the roster of a study.

use canvass::diag::FileId;
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute};

const STUDY: &str = r#"
[study]
title = "A survey by mail"

[groups.all]
label = "All"
export = "answers.csv"
invited = { roster = "history.csv", key = "External Data Reference", link = "code" }

[questions.mood]
kind = "single"
all = "mood"
choices = ["Good", "Bad"]

[[ask]]
inquiry = "response rate"
"#;

/// Five people: c was held back, e waits; a was reminded.
const HISTORY: &str = "\
External Data Reference,Email Address,Status
a,a@x.org,Email Sent
b,b@x.org,Survey Finished
c,c@x.org,Skipped
d,d@x.org,Hard Bounce
e,e@x.org,Pending
a,a@x.org,Survey Finished
";

fn run(history: &str) -> Outcome {
    let mut source = Memory::default();
    source.insert(FileId::new("s/study.toml"), STUDY.as_bytes().to_vec());
    source.insert(FileId::new("s/history.csv"), history.as_bytes().to_vec());
    source.insert(FileId::new("s/answers.csv"), b"code,mood\na,Good\nb,Bad\n".to_vec());
    compute(&source, &FileId::new("s/study.toml"), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

#[test]
fn reminders_are_no_people_and_who_was_never_asked_is_not_invited() {
    let outcome = run(HISTORY);
    let value = |id: &str| outcome.findings.get(id).unwrap_or_else(|| panic!("no {id}")).value.clone();
    assert_eq!(value("all/invited"), Value::Count(3));
    assert_eq!(value("all/rr1"), Value::Share { count: 2, of: 3 });
    let notes: Vec<&str> = outcome.notes.iter().map(|note| note.message.as_str()).collect();
    let said = "Qualtrics distribution history: 6 rows, 3 people invited; not counted: 1 reminder, 2 people to whom \
                nothing was sent";
    assert!(notes.contains(&said), "{notes:#?}");
}

#[test]
fn a_history_given_as_answers_is_refused_with_the_remedy() {
    let file = FileId::new("history.csv");
    let diags = canvass::ingest::read(&file, HISTORY.as_bytes(), None).unwrap_err();
    assert_eq!(diags[0].message, "history.csv is a Qualtrics distribution history, not answers");
    assert!(diags[0].help.as_deref().unwrap_or_default().contains("invited = { roster"));
}

#[test]
fn d_04_d_11_a_response_without_a_row_in_the_history_is_in_no_rate() {
    let mut source = Memory::default();
    source.insert(FileId::new("s/study.toml"), STUDY.as_bytes().to_vec());
    source.insert(FileId::new("s/history.csv"), HISTORY.as_bytes().to_vec());
    // Three came by the anonymous link, or their contacts were deleted: they answered, and nobody invited them.
    let answers = b"code,mood\na,Good\nb,Bad\nx,Good\ny,Good\n,Bad\n";
    source.insert(FileId::new("s/answers.csv"), answers.to_vec());
    let study = FileId::new("s/study.toml");
    let with_rule = format!("{STUDY}\n[[exclude]]\nrule = \"not-on-roster\"\n");
    source.insert(study.clone(), with_rule.into_bytes());
    let outcome =
        compute(&source, &study, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let value = |id: &str| outcome.findings.get(id).unwrap_or_else(|| panic!("no {id}")).value.clone();
    assert_eq!(value("all/rr1"), Value::Share { count: 2, of: 3 });
}
