//! Rules that leave responses out and screens that only count: one made-up export in memory, one rule at a time.
#![expect(clippy::unwrap_used, reason = "a study that cannot be computed stops the test")]

mod accounts;
mod by_answers;
mod by_index;
mod by_platform;
mod wording;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use canvass::diag::{Diag, FileId};
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute};

/// The columns of the export, as Qualtrics names them, and what an ordinary response says.
const COLUMNS: [(&str, &str); 24] = [
    ("StartDate", "2024-05-01 10:00:00"),
    ("EndDate", "2024-05-01 10:05:00"),
    ("Status", "IP Address"),
    ("Progress", "100"),
    ("Duration (in seconds)", "300"),
    ("Finished", "True"),
    ("ResponseId", ""),
    ("DistributionChannel", "anonymous"),
    ("code", ""),
    ("wave", ""),
    ("tester", ""),
    ("consent", "Yes"),
    ("age", "18 or older"),
    ("check1", "Agree"),
    ("check2", "Blue"),
    ("a1", "1"),
    ("a2", "2"),
    ("a3", "4"),
    ("a4", "5"),
    ("b1", "2"),
    ("b2", "2"),
    ("b3", "3"),
    ("c1", "5"),
    ("c2", "4"),
];

/// A response: what it says other than the ordinary.
type Response<'a> = &'a [(&'a str, &'a str)];

/// The export with these responses, the first on line 4.
fn export(responses: &[Response<'_>]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = String::new();
    let import_id = |at: usize, name: &str| match name {
        "ResponseId" => "_recordId".to_owned(),
        "Duration (in seconds)" => "duration".to_owned(),
        // What comes after the marks of the platform: embedded data, then questions.
        _ if at > 14 => name.replacen(['a', 'b', 'c'], &format!("QID{}_", name.as_bytes()[0]), 1),
        _ if at > 10 => format!("QID{at}"),
        _ if at > 7 => name.to_owned(),
        _ => name.chars().take(1).flat_map(char::to_lowercase).chain(name.chars().skip(1)).collect(),
    };
    let mut head = |cell: &dyn Fn(usize, &str) -> String| {
        let cells: Vec<String> = COLUMNS.iter().enumerate().map(|(at, (name, _))| cell(at, name)).collect();
        let _ = writeln!(csv, "{}", cells.join(","));
    };
    head(&|_, name| quoted(name));
    head(&|_, name| quoted(name));
    head(&|at, name| quoted(&format!("{{\"ImportId\":\"{}\"}}", import_id(at, name))));
    for (number, response) in responses.iter().enumerate() {
        let record = format!("R_{number}");
        let mut said: BTreeMap<&str, &str> = response.iter().copied().collect();
        said.insert("ResponseId", &record);
        assert!(said.keys().all(|name| COLUMNS.iter().any(|(known, _)| known == name)), "{said:?}");
        let cells: Vec<String> =
            COLUMNS.iter().map(|(name, usual)| quoted(said.get(name).unwrap_or(usual))).collect();
        let _ = writeln!(csv, "{}", cells.join(","));
    }
    csv
}

const STUDY: &str = r#"
[study]
title = "Rules"
[groups.all]
export = "export.csv"
partial = { answered = 0 }
complete = { answered = 0 }
[scales.five]
points = ["1", "2", "3", "4", "5"]
[questions.consent]
kind = "single"
choices = ["Yes", "No"]
all = "consent"
[questions.age]
kind = "single"
choices = ["18 or older", "Under 18"]
all = "age"
[questions.check1]
kind = "single"
choices = ["Agree", "Disagree"]
all = "check1"
[questions.a]
kind = "likert"
scale = "five"
reverse = ["a2"]
all = ["a1", "a2", "a3", "a4"]
[questions.b]
kind = "likert"
scale = "five"
all = ["b1", "b2", "b3"]
[questions.c]
kind = "likert"
scale = "five"
all = ["c1", "c2"]
[[ask]]
inquiry = "response rate"
[[table]]
id = "flow"
show = "flow"
[[figure]]
id = "flow"
show = "flow"
"#;

fn source(rules: &str, responses: &[Response<'_>]) -> Memory {
    let mut memory = Memory::default();
    memory.insert(FileId::new("study.toml"), format!("{STUDY}{rules}").into_bytes());
    memory.insert(FileId::new("export.csv"), export(responses).into_bytes());
    memory
}

/// The study with these rules over these responses.
fn run(rules: &str, responses: &[Response<'_>]) -> Outcome {
    compute(&source(rules, responses), &FileId::new("study.toml"), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

/// What is wrong with the study with these rules.
fn refused(rules: &str, responses: &[Response<'_>]) -> Diag {
    let stopped = compute(&source(rules, responses), &FileId::new("study.toml"), &|_| {}).unwrap_err();
    stopped.problems.into_iter().next().unwrap()
}

/// The lines in the ledger under a rule.
fn lines(outcome: &Outcome, rule: &str) -> Vec<u32> {
    outcome.ledger.sorted().iter().filter(|entry| entry.rule == rule).map(|entry| entry.line).collect()
}

/// The lines that `[[exclude]]` of a rule leaves out; the same rule as `[[screen]]` must count the same and leave
/// out nobody.
fn left_out(rule: &str, terms: &str, responses: &[Response<'_>]) -> Vec<u32> {
    let outcome = run(&format!("[[exclude]]\nrule = \"{rule}\"\n{terms}"), responses);
    let out = lines(&outcome, &format!("exclude {rule}"));
    let value = |outcome: &Outcome, id: &str| outcome.findings.get(id).unwrap().value.clone();
    assert_eq!(value(&outcome, &format!("all/excluded/{rule}")), Value::Count(out.len() as u64));
    assert_eq!(value(&outcome, "all/included"), Value::Count((responses.len() - out.len()) as u64));
    let screened = run(&format!("[[screen]]\nrule = \"{rule}\"\n{terms}"), responses);
    assert_eq!(lines(&screened, &format!("screen {rule}")), out);
    let (count, of) = (out.len() as u64, responses.len() as u64);
    assert_eq!(value(&screened, &format!("all/screened/{rule}")), Value::Share { count, of });
    assert_eq!(value(&screened, "all/included"), Value::Count(of));
    out
}

/// What is noted under a rule of rows that it cannot judge.
fn unjudged(rule: &str, terms: &str, responses: &[Response<'_>]) -> Option<String> {
    let outcome = run(&format!("[[exclude]]\nrule = \"{rule}\"\n{terms}"), responses);
    let finding = outcome.findings.get(&format!("all/excluded/{rule}")).unwrap();
    let caution = finding.cautions.first().map(ToString::to_string);
    let noted = outcome.notes.iter().any(|note| {
        caution.as_ref().is_some_and(|caution| note.message == format!("rule \"{rule}\": {caution}"))
    });
    assert_eq!(noted, caution.is_some());
    caution
}
