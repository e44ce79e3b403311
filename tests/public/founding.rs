//! The founding study's public output, as it is committed: four residents answered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use canvass::diag::FileId;
use canvass::pipeline::{publish, render};
use canvass::verify::{compare, read_committed};
use serde_json::Value;

use super::outsider::{Outsider, is_count_of_group};
use crate::studies_in_memory::{load, outcome, root};

pub(super) fn read(folder: &str, name: &str) -> String {
    let path = root().join("output").join(folder).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(super) fn findings(folder: &str) -> Value {
    serde_json::from_str(&read(folder, "findings.json")).unwrap()
}

pub(super) fn is_withheld(finding: &Value) -> bool {
    finding["value"]["not-computed"] == "withheld to protect those who answered"
}

/// Counts about answers as they truly are, with their base, by the name that an outsider gives them.
fn truth() -> BTreeMap<String, (String, u64, Option<u64>)> {
    let mut counts = BTreeMap::new();
    for finding in findings("near-peer")["findings"].as_array().unwrap() {
        let Some(question) = finding["question"].as_str() else { continue };
        if !is_count_of_group(finding) {
            continue;
        }
        let id = finding["id"].as_str().unwrap().to_owned();
        let value = &finding["value"];
        let share = value["share"]["count"].as_u64().map(|count| (count, value["share"]["of"].as_u64()));
        if let Some((count, of)) = share.or(value["count"].as_u64().map(|count| (count, None))) {
            counts.insert(id, (question.to_owned(), count, of));
        }
    }
    assert!(counts.len() > 150, "{}", counts.len());
    counts
}

/// The study's own rule: under 5 a count is small, under 10 where identity is asked.
fn threshold(question: &str) -> u64 {
    if question == "identity" { 10 } else { 5 }
}

#[test]
fn no_small_count_can_be_worked_out_from_the_public_files() {
    let outsider = Outsider::reading(&findings("near-peer-public"));
    // What everybody may know in this study whatever is published; silence is an answer to a question for a text.
    let silence = ["not-reached", "skipped", "unreadable", "blank"];
    let everybody = Outsider::knowing_only(&findings("near-peer"), &silence, "comments");
    let mut attacked = 0;
    let mut narrowest = u64::MAX;
    for (id, (question, count, of)) in truth() {
        if question != "comments" && silence.iter().any(|reason| id.ends_with(&format!("/missing/{reason}")))
        {
            continue;
        }
        let mut cells = vec![(id.clone(), count)];
        cells.extend(of.map(|of| (format!("{id}#not"), of - count)));
        for (name, count) in cells {
            let (low, high) = outsider.bounds(&name);
            assert!((low..=high).contains(&count), "{name} is {count}, not {low} to {high}");
            if count == 0 || count >= threshold(&question) {
                continue;
            }
            let (least, most) = if name.contains("top-box") { (0, 0) } else { everybody.bounds(&name) };
            let vacuous =
                if name.contains("top-box") { everybody_left(&everybody, &name) } else { most - least };
            let needed = threshold(&question).min(vacuous);
            assert!(high - low >= needed, "{name} is known within {low} to {high}, and {needed} is the rule");
            attacked += 1;
            if needed > 0 {
                narrowest = narrowest.min(high - low);
            }
        }
    }
    // One resident's silence leaves three of the four.
    assert!(attacked > 150, "{attacked}");
    assert!(narrowest >= 3, "{narrowest}");
}

/// A top box is any number of those who answered: as uncertain as the base is at most.
fn everybody_left(everybody: &Outsider, name: &str) -> u64 {
    let stem = name.split("/top-box").next().unwrap();
    everybody.bounds(&format!("{stem}/answered")).1
}

#[test]
fn the_committed_public_output_is_what_the_study_gives() {
    let source = load("near-peer");
    let published =
        publish(&outcome(&source, "near-peer")).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    assert!(published.minimal);
    let files = render(&published.outcome, &source, &|_| {}).unwrap().value;
    let committed = read_committed(&source, &FileId::new("output/near-peer-public")).unwrap();
    let comparison = compare(&published.outcome, &files, &committed);
    assert!(comparison.is_same() && comparison.remarks.is_empty(), "{comparison:#?}");
    // A private output is not taken for it.
    let private = read_committed(&source, &FileId::new("output/near-peer")).unwrap();
    let comparison = compare(&published.outcome, &files, &private);
    assert!(!comparison.is_same());
    assert_eq!(comparison.remarks, ["written for a private audience, compared with what a public one reads"]);
}

#[test]
fn of_the_residents_only_who_responded_is_told() {
    let public = findings("near-peer-public");
    for finding in
        public["findings"].as_array().unwrap().iter().filter(|finding| finding["group"] == "residents")
    {
        let id = finding["id"].as_str().unwrap();
        let about_answers = !finding["question"].is_null();
        // How many skipped a question is declared to be public; nothing else about answers is told, as by a screen for
        // answers that are all alike.
        let is_protected = about_answers && finding["statistic"] != "missing";
        assert_eq!(is_withheld(finding), is_protected || finding["statistic"] == "screened", "{id}");
    }
    let rate = public["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["id"] == "residents/rr2")
        .unwrap();
    assert_eq!(rate["value"]["share"]["count"], 4);
}

#[test]
fn tables_text_and_manifest_say_nothing_that_the_findings_do_not() {
    let public = findings("near-peer-public");
    let all = public["findings"].as_array().unwrap();
    let withheld: BTreeSet<&str> = all
        .iter()
        .filter(|finding| is_withheld(finding))
        .map(|finding| finding["id"].as_str().unwrap())
        .collect();
    let told: BTreeSet<&str> = all
        .iter()
        .map(|finding| finding["id"].as_str().unwrap())
        .filter(|id| !withheld.contains(id))
        .collect();
    assert!(withheld.len() > 200 && told.len() > 50, "{} {}", withheld.len(), told.len());
    let mut lines = 0;
    for entry in fs::read_dir(root().join("output/near-peer-public/tables")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !name.ends_with(".csv") {
            continue;
        }
        let text = read("near-peer-public", &format!("tables/{name}"));
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            let record = record.unwrap();
            if withheld.contains(&record[5]) {
                lines += 1;
                assert_eq!(&record[4], "[c]", "{record:?}");
                assert!((6..13).all(|column| record[column].is_empty()), "{record:?}");
            } else {
                assert!(record[5].is_empty() || told.contains(&record[5]), "{record:?}");
            }
        }
        // The other forms of the table show the same cells.
        let cells = |text: &str| text.matches("[c]").count();
        let (markdown, html) = (name.replace(".csv", ".md"), name.replace(".csv", ".html"));
        let (markdown, html) = (
            read("near-peer-public", &format!("tables/{markdown}")),
            read("near-peer-public", &format!("tables/{html}")),
        );
        assert_eq!(cells(&markdown), cells(&html), "{name}");
    }
    assert!(lines > 150, "{lines}");
    let text = read("near-peer-public", "results.md");
    for ids in text.split("<!-- ").skip(1).map(|rest| rest.split(" -->").next().unwrap()) {
        assert!(ids.split(' ').all(|id| told.contains(id)), "{ids}");
    }
    let manifest: Value = serde_json::from_str(&read("near-peer-public", "manifest.json")).unwrap();
    assert_eq!(manifest["audience"], "public");
    for input in manifest["inputs"].as_array().unwrap() {
        let file = input["file"].as_str().unwrap();
        let answers = ["students.csv", "residents.csv", "roster.csv", "reported.toml"];
        assert!(input["rows"].is_null() && !answers.iter().any(|name| file.ends_with(name)), "{file}");
    }
    let files: Vec<&str> =
        manifest["outputs"].as_array().unwrap().iter().map(|out| out["file"].as_str().unwrap()).collect();
    assert!(!files.contains(&"ledger.csv"));
    // Only the flow of people is drawn.
    let drawn: Vec<&&str> =
        files.iter().filter(|file| file.ends_with(".svg") || file.ends_with(".png")).collect();
    assert_eq!(drawn, [&"figures/flow.png", &"figures/flow.svg"]);
    // What tells something by being there has a reason in its place.
    for left_out in ["motivations-together", "preferred-worths", "pairs", "missing", "preferred-mean-rank"] {
        assert!(files.contains(&format!("figures/{left_out}.md").as_str()), "{left_out}");
    }
}
