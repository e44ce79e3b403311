//! Dates: the days between which they lie and how many fall into each period.

use canvass::codebook::{Date, Missing};
use canvass::diag::FileId;
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::normalise::Cohort;
use canvass::pipeline::{Outcome, compute, render};
use canvass::verify::shown;

const EXPORT: &str = "id,joined,ended\n1,2020-02-29,31/12/2021\n2,2021-11-02 10:30:00,1.1.2022\n3,2023-01-15,02/13/2022\n\
                      4,,28-02-2022\n5,2020-12-31,\n";

const STUDY: &str = r#"
[study]
title = "Dates"

[groups.g]
export = "export.csv"

[questions.joined]
label = "Joined"
kind = "date"
g = "joined"

[questions.ended]
kind = "date"
g = "ended"
written = "day-month-year"
by = "month"

[[ask]]
inquiry = "dates"

[[table]]
id = "joined"
show = "participants"
of = "joined"
"#;

fn outcome(study: &str) -> Outcome {
    let mut memory = Memory::default();
    memory.insert(FileId::new("s/study.toml"), study.as_bytes().to_vec());
    memory.insert(FileId::new("s/export.csv"), EXPORT.as_bytes().to_vec());
    compute(&memory, &FileId::new("s/study.toml"), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn value<'a>(outcome: &'a Outcome, id: &str) -> &'a Value {
    &outcome.findings.get(id).unwrap_or_else(|| panic!("no finding {id}")).value
}

#[test]
fn the_first_the_middle_and_the_last_day_are_days_on_which_something_was() {
    let outcome = outcome(STUDY);
    for (tail, day) in
        [("earliest", (2020, 2, 29)), ("median-date", (2020, 12, 31)), ("latest", (2023, 1, 15))]
    {
        let day = Date::new(day.0, day.1, day.2).unwrap();
        assert_eq!(value(&outcome, &format!("g/joined/{tail}")), &Value::Date(day), "{tail}");
    }
    assert_eq!(shown(outcome.findings.get("g/joined/latest").unwrap()), "2023-01-15");
    assert_eq!(value(&outcome, "g/joined/answered"), &Value::Count(4));
    assert_eq!(value(&outcome, "g/joined/missing/blank"), &Value::Count(1));
}

#[test]
fn every_period_between_is_counted_and_its_rows_are_found_again() {
    let outcome = outcome(STUDY);
    for (period, count) in [("2020", 2), ("2021", 1), ("2022", 0), ("2023", 1)] {
        assert_eq!(
            value(&outcome, &format!("g/joined/{period}")),
            &Value::Share { count, of: 4 },
            "{period}"
        );
    }
    for (period, count) in [("2021-12", 1), ("2022-01", 1), ("2022-02", 1)] {
        assert_eq!(value(&outcome, &format!("g/ended/{period}")), &Value::Share { count, of: 3 }, "{period}");
    }
    assert!(outcome.findings.get("g/ended/2022-03").is_none());
    let cohort: &Cohort = &outcome.cohorts[0];
    for finding in &outcome.findings {
        if let (Some(selector), Value::Share { count, .. } | Value::Count(count)) =
            (&finding.counts, &finding.value)
        {
            assert_eq!(cohort.select(selector).len() as u64, *count, "{}", finding.id);
        }
    }
}

#[test]
fn what_is_no_day_in_the_declared_order_is_unreadable_and_said() {
    let outcome = outcome(STUDY);
    assert_eq!(value(&outcome, &format!("g/ended/missing/{}", Missing::Unreadable.id())), &Value::Count(1));
    assert!(outcome.notes.iter().any(|note| note.message.contains("in ended is not a date: 1 cell")));
    let files = render(&outcome, &Memory::default(), &|_| {}).unwrap().value;
    let table = String::from_utf8(files["tables/joined.md"].clone()).unwrap();
    assert!(table.contains("| 2022 | 0 (0.0%) |"), "{table}");
    let findings = String::from_utf8(files["findings.json"].clone()).unwrap();
    assert!(findings.contains("\"date\": \"2020-02-29\""), "{findings}");
}

#[test]
fn what_is_no_date_in_the_order_that_is_declared_is_not_to_be_declared_again() {
    let notes = outcome(STUDY).notes;
    let help = |column: &str| {
        let note = notes.iter().find(|note| note.code.as_str() == "D005" && note.message.contains(column));
        note.and_then(|note| note.help.clone()).unwrap_or_default()
    };
    assert!(help("ended").contains("day-month-year, as the study file says"), "{notes:#?}");
    let other = STUDY.replace("written = \"day-month-year\"\n", "");
    let notes = outcome(&other).notes;
    let note = notes.iter().find(|note| note.message.contains("ended is not a date")).unwrap();
    assert!(note.help.as_deref().unwrap_or_default().contains("written = \"day-month-year\""), "{note:#?}");
}
