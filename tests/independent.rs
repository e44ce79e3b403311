//! Findings against numbers that other tools computed from the same files; see fixtures/truth/README.md.
#![expect(clippy::unwrap_used, reason = "expected numbers that cannot be read stop the test")]

use std::collections::BTreeMap;

use canvass::diag::FileId;
use canvass::findings::{Finding, Value};
use canvass::io::{Disk, Memory, Source, resolve};
use canvass::pipeline::{Outcome, compute};
use serde_json::{Value as Json, json};

use crate::corpus;

fn bytes(name: &str) -> Vec<u8> {
    Disk.read(&FileId::new(name)).unwrap_or_else(|diag| panic!("{}", diag.message))
}

fn truth<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&bytes(&format!("fixtures/truth/{name}"))).unwrap()
}

fn outcome(source: &dyn Source, study: &str) -> Outcome {
    compute(source, &FileId::new(study), &|_| {}).unwrap_or_else(|stopped| {
        let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
        panic!("{study}: {}", messages.join("; "))
    })
}

/// A finding's value in the form of the files of expected numbers.
fn written(finding: &Finding) -> Json {
    match &finding.value {
        Value::Count(count) => json!(count),
        Value::Share { count, of } => json!({ "count": count, "of": of }),
        Value::Number(number) => json!(format!("{number:.6}")),
        Value::Date(day) => json!(day.to_string()),
        Value::Test(test) => json!({
            "statistic": test.statistic.map(|statistic| format!("{statistic:.6}")),
            "p": format!("{:.9}", test.p),
            "adjusted": test.adjusted.as_ref().map(|adjusted| format!("{:.9}", adjusted.p)),
        }),
        Value::Order(tiers) => json!(tiers.iter().map(|tier| &tier.labels).collect::<Vec<_>>()),
        Value::NotComputed(_) => Json::Null,
    }
}

/// The interval of a finding, under its id and "#interval".
fn interval(finding: &Finding) -> Json {
    let limits = finding.interval.as_ref().map(|interval| [interval.low, interval.high]);
    json!(limits.map(|limits| limits.map(|limit| format!("{limit:.6}"))))
}

/// What the programs of fixtures/truth found of near-peer: one for each part of the study file.
fn near_peer() -> BTreeMap<String, Json> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/truth");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("near_peer") && name.ends_with(".json"))
        .collect();
    names.sort();
    let mut all = BTreeMap::new();
    for name in names {
        for (id, value) in truth::<BTreeMap<String, Json>>(&name) {
            assert!(all.insert(id.clone(), value).is_none(), "{name} says {id} once more");
        }
    }
    all
}

#[test]
fn near_peer_is_what_a_second_program_computes_from_its_exports() {
    let expected = near_peer();
    let outcome = outcome(&Disk, "analyses/near-peer/study.toml");
    assert!(expected.len() > 300);
    for (id, value) in &expected {
        let found = match id.strip_suffix("#interval") {
            Some(id) => outcome.findings.get(id).map(interval),
            None => outcome.findings.get(id).map(written),
        };
        assert_eq!(found.as_ref(), Some(value), "{id}");
    }
}

#[test]
fn near_peer_finds_nothing_that_the_second_program_does_not_know() {
    let expected = near_peer();
    let outcome = outcome(&Disk, "analyses/near-peer/study.toml");
    // What became of everybody invited is told by the two rates; groups without answers have none.
    let elsewhere = |id: &str| {
        id.contains("/disposition/")
            || (id.starts_with("non-") && (id.ends_with("/rr1") || id.ends_with("/rr2")))
    };
    let unknown: Vec<&str> =
        outcome.findings.ids().filter(|id| !expected.contains_key(*id) && !elsewhere(id)).collect();
    assert_eq!(unknown, [""; 0]);
}

/// One question of a real export, as counted by fixtures/truth/eur.py over one base.
#[derive(serde::Deserialize)]
struct Counted {
    survey: String,
    question: String,
    native: String,
    base: String,
    rows: u64,
    answered: u64,
    not_split: u64,
    mentions: u64,
    choices: BTreeMap<String, u64>,
}

/// The wordings of the choices of every question of a definition, by the question's and the choice's id.
fn wordings(definition: &[u8]) -> BTreeMap<(String, String), String> {
    let definition: Json = serde_json::from_slice(definition.trim_ascii_start()).unwrap();
    let mut wordings = BTreeMap::new();
    for element in definition["SurveyElements"].as_array().unwrap() {
        let (payload, question) = (&element["Payload"], element["Payload"]["QuestionID"].as_str());
        if let (Some(question), Some(choices)) = (question, payload["Choices"].as_object()) {
            for (choice, about) in choices {
                let label = about["Display"].as_str().unwrap_or_default().to_owned();
                wordings.insert((question.to_owned(), choice.clone()), label);
            }
        }
    }
    wordings
}

/// Runs tests/studies/eur over one of the two sister exports, with one more line of rules.
fn multi_selects(corpus: &str, survey: &str, rule: &str) -> (Outcome, BTreeMap<(String, String), String>) {
    let name = "tests/studies/eur/study.toml";
    let study = FileId::new(name);
    let text = String::from_utf8(bytes(name)).unwrap().replace("/EUR", &format!("/{survey}")) + rule;
    let mut memory = Memory::default();
    memory.insert(study.clone(), text.into_bytes());
    let mut definition = Vec::new();
    for file in [format!("{survey}_raw.csv"), format!("{survey}.qsf")] {
        definition = bytes(&format!("{corpus}/eur-open-science-2022/{file}"));
        let inside = resolve(&study, &format!("../../../../shared/data/eur-open-science-2022/{file}"));
        memory.insert(inside, definition.clone());
    }
    (outcome(&memory, name), wordings(&definition))
}

#[test]
fn choices_that_hold_commas_are_counted_as_another_tool_counts_them() {
    let Some(corpus) = corpus::folder(4 * 99) else { return };
    let counted: Vec<Counted> = truth("eur.json");
    let ids: BTreeMap<&str, &str> = BTreeMap::from([
        ("Q1.1", "departments-social"),
        ("Q70", "departments-health"),
        ("Q69", "departments-history"),
        ("Q5", "open-access"),
        ("Q10", "data"),
        ("Q13", "preregistration"),
        ("Q17", "education"),
        ("Q20", "society"),
        ("Q21.1", "support"),
        ("Q21.2", "fair"),
        ("Q22.1", "rewards-had"),
        ("Q22.2", "rewards-wanted"),
    ]);
    let mut checked = 0;
    for survey in ["EUR", "ESL"] {
        for (base, rule) in [("all", ""), ("finished", "\n[[exclude]]\nrule = \"unfinished\"\n")] {
            let (outcome, wordings) = multi_selects(&corpus, survey, rule);
            for counted in counted.iter().filter(|counted| counted.survey == survey && counted.base == base) {
                let about = format!("{survey} {} {base}", counted.question);
                let question = ids[counted.question.as_str()];
                let outline = outcome.outline.question("eur", question).unwrap();
                let value = |tail: &str| outcome.findings.get(&format!("eur/{question}/{tail}")).map(written);
                assert_eq!(outcome.cohorts[0].people.included, counted.rows, "{about}");
                assert_eq!(counted.not_split, 0, "{about}");
                assert_eq!(value("answered"), Some(json!(counted.answered)), "{about}");
                assert_eq!(value("mentions-total"), Some(json!(counted.mentions)), "{about}");
                for (choice, count) in &counted.choices {
                    let label = &wordings[&(counted.native.clone(), choice.clone())];
                    let level = outline.levels.iter().find(|level| level.label == *label);
                    let expected = match counted.answered {
                        0 => Json::Null,
                        answered => json!({ "count": count, "of": answered }),
                    };
                    assert_eq!(value(&level.unwrap().id), Some(expected), "{about} choice {choice}");
                    checked += 1;
                }
            }
        }
    }
    assert_eq!(checked, 4 * 99);
}
