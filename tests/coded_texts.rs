//! Free texts by the codes that people gave them: counted as choices, and never printed.

use canvass::diag::{Diag, FileId, Severity};
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute, render};

const STUDY: &str = r#"
[study]
title = "Texts"

[groups.here]
export = "here.csv"

[groups.there]
export = "there.csv"

[questions.comments]
kind = "text"
here = "said"
there = "said"

[questions.topics]
label = "What people wrote about"
kind = "multi"
here = "said"
there = "said"
choices = ["Time", "Contact", "Nothing that fits"]
codes = ["t", "c", "n"]
coding = { file = "codes.csv", key = "response", link = "id", code = ["first", "second"], separator = "+" }

[questions.age]
kind = "number"
here = "age"
there = "age"

[[exclude]]
rule = "break-off"

[[ask]]
inquiry = "text"

[[ask]]
inquiry = "choices"
of = "topics"

[[table]]
id = "topics"
show = "choices"
of = "topics"
"#;

// Six wrote something, one of them the secret word; r6 wrote nothing.
const HERE: &str = "id,said,age\nr1,too little time PETUNIA,20\nr2,we met often and long,21\nr3,hello there friend,22\n\
                    r4,one more long sentence,23\nr5,not read by anybody yet,24\nr6,,25\n";
const THERE: &str = "id,said,age\nx1,a text of the other group,30\n";
// r1 twice over two rows, r2 two codes in one cell, r3 in the second column, r4 a row without a code, r5 no row.
const CODES: &str =
    "response,first,second,note\nr1,t,,PETUNIA\nr1,c,,\nr2,Contact + t,,\nr3,,n,\nr4,,,unclear\nx1,n,,\n";

fn computed(study: &str, codes: &str) -> Result<Outcome, Stopped> {
    computed_of(study, HERE, codes)
}

fn computed_of(study: &str, here: &str, codes: &str) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    for (name, text) in
        [("study.toml", study), ("here.csv", here), ("there.csv", THERE), ("codes.csv", codes)]
    {
        memory.insert(FileId::new(&format!("s/{name}")), text.as_bytes().to_vec());
    }
    compute(&memory, &FileId::new("s/study.toml"), &|_| {})
}

fn outcome(codes: &str) -> Outcome {
    computed(STUDY, codes).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn value<'a>(outcome: &'a Outcome, id: &str) -> Option<&'a Value> {
    outcome.findings.get(id).map(|finding| &finding.value)
}

#[test]
fn codes_are_counted_as_choices_over_the_texts_that_were_coded() {
    let outcome = outcome(CODES);
    for (choice, count) in [("time", 2), ("contact", 2), ("nothing-that-fits", 1)] {
        let id = format!("here/topics/{choice}");
        assert_eq!(value(&outcome, &id), Some(&Value::Share { count, of: 3 }), "{choice}");
    }
    assert_eq!(value(&outcome, "here/comments/answered"), Some(&Value::Count(5)));
    assert_eq!(value(&outcome, "here/topics/answered"), Some(&Value::Count(3)));
    assert_eq!(value(&outcome, "here/topics/missing/not-coded"), Some(&Value::Count(2)));
    assert_eq!(value(&outcome, "here/topics/missing/blank"), Some(&Value::Count(1)));
    assert_eq!(value(&outcome, "here/topics/mentions-total"), Some(&Value::Count(5)));
    assert_eq!(value(&outcome, "there/topics/nothing-that-fits"), Some(&Value::Share { count: 1, of: 1 }));
    assert!(!outcome.notes.iter().any(|note| note.code.as_str() == "D028"), "{:#?}", outcome.notes);
    assert_eq!(outcome.inputs.iter().filter(|input| input.file.short() == "codes.csv").count(), 1);
}

#[test]
fn no_text_and_no_note_of_a_coder_reaches_an_output() {
    let outcome = outcome(CODES);
    let files = render(&outcome, &Memory::default(), &|_| {}).unwrap().value;
    assert!(files.len() > 3);
    for (name, bytes) in files {
        assert!(!String::from_utf8_lossy(&bytes).contains("PETUNIA"), "{name}");
    }
}

#[test]
fn codes_that_belong_to_no_text_are_reported_with_their_place_and_without_their_key() {
    let outcome = outcome(&format!("{CODES}r6,t,,\nzz9,t,,\nzz8,t,,\n"));
    let notes: Vec<&Diag> = outcome.notes.iter().filter(|note| note.code.as_str() == "D028").collect();
    let said: Vec<(String, &str)> =
        notes.iter().map(|note| (note.place.to_string(), note.message.as_str())).collect();
    assert!(
        said.iter()
            .any(|(place, text)| place.contains(":9") && text.starts_with("2 keys are of no response"))
    );
    assert!(said.iter().any(|(place, text)| place.contains(":8") && text.contains("nothing was written")));
    assert!(notes.iter().all(|note| note.severity == Severity::Warning));
    assert!(said.iter().all(|(_, text)| !text.contains("zz") && !text.contains("r6")));
    assert_eq!(value(&outcome, "here/topics/answered"), Some(&Value::Count(3)));
}

#[test]
fn a_key_of_two_texts_codes_neither() {
    let twice = HERE.replace("r5,not read by anybody yet", "r3,not read by anybody yet");
    let outcome =
        computed_of(STUDY, &twice, CODES).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    // r1 and r2 stay; which of its two texts r3 codes nobody knows, and r4 has no code.
    assert_eq!(value(&outcome, "here/topics/answered"), Some(&Value::Count(2)));
    assert_eq!(value(&outcome, "here/topics/missing/not-coded"), Some(&Value::Count(3)));
    assert_eq!(value(&outcome, "here/topics/nothing-that-fits"), Some(&Value::Share { count: 0, of: 2 }));
    let notes: Vec<&Diag> = outcome.notes.iter().filter(|note| note.code.as_str() == "D028").collect();
    let [note] = notes.as_slice() else { panic!("{notes:#?}") };
    assert!(note.message.starts_with("1 key is of several responses"), "{}", note.message);
    assert!(note.place.to_string().contains(":5"), "{}", note.place);
    // A second row of the key in which nothing was written leaves no doubt.
    let outcome = computed_of(STUDY, &HERE.replace("r6,,25", "r3,,25"), CODES).ok();
    assert_eq!(value(&outcome.unwrap(), "here/topics/answered"), Some(&Value::Count(3)));
}

#[test]
fn a_code_that_is_not_declared_stops_and_is_not_shown() {
    let stopped = computed(STUDY, &format!("{CODES}r5,my secret thought,,\n")).err().unwrap();
    let [problem] = stopped.problems.as_slice() else { panic!("{:#?}", stopped.problems) };
    assert_eq!(
        (problem.code.as_str(), problem.place.to_string().as_str()),
        ("D029", "s/codes.csv:8, column first")
    );
    assert!(!format!("{problem:?}").contains("secret"));
}

#[test]
fn what_a_coding_lacks_is_said() {
    for (change, to, message) in [
        (
            "choices = [\"Time\", \"Contact\", \"Nothing that fits\"]\ncodes = [\"t\", \"c\", \"n\"]\n",
            "",
            "without declared codes",
        ),
        ("key = \"response\"", "key = \"respnse\"", "codes.csv has no column \"respnse\""),
        ("link = \"id\"", "link = \"ids\"", "here.csv has no column \"ids\""),
        (", code = [\"first\", \"second\"]", "", "nothing says which column holds the codes"),
        ("separator = \"+\"", "separator = \" \"", "blanks alone"),
        ("kind = \"multi\"", "kind = \"single\"", "a question of kind single has no coding"),
    ] {
        let study = STUDY.replace(change, to);
        assert_ne!(study, STUDY, "{change}");
        let stopped = computed(&study, CODES).err().unwrap_or_else(|| panic!("{to:?} is taken"));
        let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(messages.iter().any(|said| said.contains(message)), "{message:?} is not in {messages:#?}");
    }
}

#[test]
fn a_coded_text_is_no_item_that_somebody_left_out() {
    let with = outcome(CODES);
    let (before, after) = STUDY.split_once("[questions.topics]").unwrap();
    let (_, after) = after.split_once("[questions.age]").unwrap();
    let (after, _) = after.split_once("[[ask]]\ninquiry = \"choices\"").unwrap();
    let without = computed(&format!("{before}[questions.age]{after}"), CODES).unwrap();
    for (with, without) in with.cohorts.iter().zip(&without.cohorts) {
        assert_eq!((&with.rows, &with.people), (&without.rows, &without.people));
    }
}

#[test]
fn a_key_of_two_exports_codes_neither_of_its_texts() {
    let mut memory = Memory::default();
    let there = "id,said,age\nr3,a text of the other group,30\nx2,,31\n";
    for (name, text) in
        [("study.toml", STUDY), ("here.csv", HERE), ("there.csv", there), ("codes.csv", CODES)]
    {
        memory.insert(FileId::new(&format!("s/{name}")), text.as_bytes().to_vec());
    }
    let run = |memory: &Memory| {
        compute(memory, &FileId::new("s/study.toml"), &|_| {})
            .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
    };
    let outcome = run(&memory);
    assert_eq!(value(&outcome, "here/topics/answered"), Some(&Value::Count(2)));
    assert_eq!(value(&outcome, "there/topics/answered"), Some(&Value::Count(0)));
    assert_eq!(value(&outcome, "there/topics/missing/not-coded"), Some(&Value::Count(1)));
    let several = |note: &&Diag| note.message.starts_with("1 key is of several responses");
    assert_eq!(outcome.notes.iter().filter(several).count(), 1, "{:#?}", outcome.notes);
    // A response of that key in which nothing was written leaves no doubt.
    memory.insert(FileId::new("s/there.csv"), there.replace("a text of the other group", "").into_bytes());
    let outcome = run(&memory);
    assert_eq!(value(&outcome, "here/topics/answered"), Some(&Value::Count(3)));
}
