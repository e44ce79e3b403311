//! Nonresponse: attributes of the roster, early and late, bounds.

use canvass::diag::FileId;
use canvass::findings::Value;
use canvass::io::Source;
use canvass::pipeline::{Outcome, compute, render};

use crate::studies_in_memory::{Csv, changed, load, outcome, study_file};

fn share_of(outcome: &Outcome, id: &str) -> (u64, u64) {
    match outcome.findings.get(id).unwrap_or_else(|| panic!("no {id}")).value {
        Value::Share { count, of } => (count, of),
        ref other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn levels_add_up_to_those_invited_and_those_who_responded() {
    let outcome = outcome(&load("near-peer"), "near-peer");
    for (group, invited, responded) in [("students", 22, 14), ("residents", 20, 4)] {
        let levels: Vec<&str> = outcome
            .findings
            .ids()
            .filter(|id| id.starts_with(&format!("{group}/nonresponse/level/")) && id.ends_with("/responded"))
            .collect();
        let sums = levels
            .iter()
            .map(|id| share_of(&outcome, id))
            .fold((0, 0), |sum, (count, of)| (sum.0 + count, sum.1 + of));
        assert_eq!((levels.len(), sums), (4, (responded, invited)), "{group}");
    }
}

#[test]
fn a_column_that_tells_people_apart_is_no_attribute() {
    for (column, expected) in [("code", "may tell who a person is"), ("missing", "has no column")] {
        let memory =
            changed("near-peer", &[("attributes = \"level\"", &format!("attributes = \"{column}\""))]);
        let problems = compute(&memory, &study_file("near-peer"), &|_| {}).unwrap_err().problems;
        assert!(problems[0].message.contains(expected), "{:?}", problems[0]);
    }
    let mut memory = changed("near-peer", &[("attributes = \"level\"", "attributes = \"nick\"")]);
    let file = FileId::new("fixtures/near-peer/roster.csv");
    let roster = String::from_utf8(memory.read(&file).unwrap()).unwrap();
    let lines = roster.lines().enumerate().map(|(at, line)| {
        if at == 0 { format!("{line},nick\n") } else { format!("{line},nick of {}\n", &line[..3]) }
    });
    memory.insert(file, lines.collect::<String>().into_bytes());
    let problems = compute(&memory, &study_file("near-peer"), &|_| {}).unwrap_err().problems;
    assert!(problems[0].message.contains("tells them apart"), "{:?}", problems[0]);
    assert!(!format!("{problems:?}").contains("nick of"), "no text of one person is said");
}

#[test]
fn a_level_that_is_not_listed_is_named() {
    let memory =
        changed("near-peer", &[("\"Third year\", \"Fourth year\"", "\"Third yaer\", \"Fourth year\"")]);
    let problems = compute(&memory, &study_file("near-peer"), &|_| {}).unwrap_err().problems;
    assert!(
        problems[0].message.contains("holds \"Third year\", which is none of its levels"),
        "{:?}",
        problems[0]
    );
    assert_eq!(problems[0].help.as_deref(), Some("did you mean \"Third yaer\"?"));
}

#[test]
fn a_declared_date_parts_early_from_late() {
    let memory = changed(
        "near-peer",
        &[("inquiry = \"nonresponse\"\n", "inquiry = \"nonresponse\"\nlate = \"2021-02-05\"\n")],
    );
    let outcome = outcome(&memory, "near-peer");
    // Counted here from the export, over the responses analysed.
    let csv = Csv::read(&memory, "fixtures/near-peer/students.csv");
    let (time, item) = (csv.column("EndDate"), csv.column("Q7_1"));
    let cohort = outcome.cohorts.iter().find(|cohort| cohort.group == "students").unwrap();
    let mut sides = [(0, 0); 2];
    for row in &cohort.rows {
        let record = &csv.records[csv.at_line(cohort.lines[*row])].1;
        let side = &mut sides[usize::from(record[time].as_str() >= "2021-02-05")];
        let text = record[item].as_str();
        if text.ends_with("agree") || text.ends_with("Agree") || text == "Neutral" || text == "Disagree" {
            side.1 += 1;
            side.0 += u64::from(text == "Agree" || text == "Strongly agree");
        }
    }
    assert!(sides.iter().all(|(_, of)| *of > 0), "{sides:?}");
    for (side, tail) in sides.into_iter().zip(["early", "late"]) {
        assert_eq!(share_of(&outcome, &format!("students/expectations/informal/{tail}")), side, "{tail}");
    }
    for late in ["5 February", "2021-99-99", "2021-02-29", "2021-02-05 24:00:00", "2021-02-05 12:60"] {
        let ask = format!("inquiry = \"nonresponse\"\nlate = \"{late}\"\n");
        let memory = changed("near-peer", &[("inquiry = \"nonresponse\"\n", &ask)]);
        let Err(stopped) = compute(&memory, &study_file("near-peer"), &|_| {}) else { panic!("{late}") };
        assert!(stopped.problems[0].message.contains("is no date"), "{:?}", stopped.problems[0]);
    }
}

#[test]
fn bounds_hold_the_share_of_those_who_answered_whatever_the_others_say() {
    let outcome = outcome(&load("near-peer"), "near-peer");
    let mut checked = 0;
    for id in outcome.findings.ids().filter(|id| id.ends_with("/least")) {
        let stem = id.trim_end_matches("/least");
        let (least, frame) = share_of(&outcome, id);
        let (most, same) = share_of(&outcome, &format!("{stem}/most"));
        let (count, answered) = share_of(&outcome, &format!("{stem}/top-box"));
        assert_eq!((least, frame, most), (count, same, count + frame - answered), "{stem}");
        checked += 1;
    }
    assert_eq!(checked, 8);
}

#[test]
fn responses_of_strangers_leave_no_bounds() {
    let mut memory = changed("near-peer", &[("[[exclude]]\nrule = \"not-on-roster\"\n", "")]);
    let file = FileId::new("fixtures/near-peer/roster.csv");
    let roster = String::from_utf8(memory.read(&file).unwrap()).unwrap();
    let fewer: Vec<&str> = roster.lines().filter(|line| !line.starts_with("R05,")).collect();
    memory.insert(file, fewer.join("\n").into_bytes());
    let outcome = outcome(&memory, "near-peer");
    let value = &outcome.findings.get("residents/expectations/informal/least").unwrap().value;
    assert!(
        matches!(value, Value::NotComputed(reason) if reason.to_string().contains("person of its own")),
        "{value:?}"
    );
}

#[test]
fn no_key_of_the_roster_reaches_an_output() {
    let memory = load("near-peer");
    let outcome = outcome(&memory, "near-peer");
    let files = render(&outcome, &memory, &|_| {}).unwrap().value;
    for (name, bytes) in
        files.iter().filter(|(name, _)| name.starts_with("tables/") || name.ends_with(".json"))
    {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("S01") && !text.contains("R05"), "{name}");
    }
}
