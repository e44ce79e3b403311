//! Why a cell of the outcome rates has no value: what is not asked of a part, and what a zero denominator counts.

use canvass::diag::FileId;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute, render};

const ASK: &str = "[[ask]]\ninquiry = \"outcome rates\"\n";
const SHOW: &str = "[[table]]\nid = \"t\"\nshow = \"outcome-rates\"\n";

fn outcome(study: &str, files: &[(&str, &str)]) -> Outcome {
    let mut memory = Memory::default();
    memory.insert(FileId::new("s/study.toml"), format!("[study]\ntitle = \"x\"\n{study}").into_bytes());
    for (name, text) in files {
        memory.insert(FileId::new(&format!("s/{name}")), text.as_bytes().to_vec());
    }
    compute(&memory, &FileId::new("s/study.toml"), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn table(outcome: &Outcome) -> String {
    let files = render(outcome, &Memory::default(), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
        .value;
    String::from_utf8(files["tables/t.md"].clone()).unwrap()
}

#[test]
fn a_part_has_no_list_of_its_own() {
    let export = "id,q,r\na,yes,yes\nb,no,yes\nc,yes,no\n";
    let roster = "id\na\nb\nc\nd\n";
    let study = "[groups.g]\nlabel = \"G\"\nexport = \"a.csv\"\ninvited = { roster = \"r.csv\", key = \"id\", link = \"id\" }\n\
                 [parts.p]\nlabel = \"P\"\nof = \"g\"\nanswered = { q = \"yes\" }\n\
                 [questions.q]\nkind = \"single\"\nchoices = [\"yes\", \"no\"]\ng = \"q\"\n\
                 [questions.r]\nkind = \"single\"\nchoices = [\"yes\", \"no\"]\ng = \"r\"\n";
    let shown = SHOW.replace("show", "in = [\"g\", \"p\"]\nshow");
    let text = table(&outcome(
        &format!("{study}{ASK}in = [\"g\"]\n{shown}"),
        &[("a.csv", export), ("r.csv", roster)],
    ));
    assert!(text.contains("a part has no list of its own") && !text.contains("group alone"), "{text}");
}

#[test]
fn a_rate_that_some_groups_alone_have_says_so_of_the_others() {
    let groups = "[groups.g]\ncounts = { complete = 30, silent = 60 }\n\
                  [groups.o]\nsample = \"opt-in\"\ncounts = { complete = 90, silent = 10 }\n";
    let text = table(&outcome(&format!("{groups}{ASK}{SHOW}"), &[]));
    assert!(text.contains("an opt-in sample alone has a participation rate"), "{text}");
    assert!(!text.contains("group alone"), "{text}");
}

#[test]
fn a_zero_denominator_says_what_is_zero() {
    let study = format!(
        "[groups.g]\ncounts = {{ silent = 5, not-eligible = 3 }}\neligible = \"estimated\"\n{ASK}{SHOW}"
    );
    let outcome = outcome(&study, &[]);
    let why = |rate: &str| match &outcome.findings.get(&format!("g/{rate}")).unwrap().value {
        canvass::findings::Value::NotComputed(reason) => reason.to_string(),
        other => panic!("{rate}: {other:?}"),
    };
    assert_eq!(why("coop1"), "nobody is known to have been reached");
    assert_eq!(why("coop4"), "nobody responded, refused or broke off");
    assert_eq!(why("rr5"), "nobody is known to be eligible");
    let text = table(&outcome);
    assert!(!text.contains("nobody answered"), "{text}");
}
