//! Sides compared: tests, effects, families and refusals, over small studies in memory.
#![expect(clippy::unwrap_used, reason = "a study that cannot be read stops the test")]

use std::fmt::Write as _;

use canvass::diag::FileId;
use canvass::findings::{Caution, Finding, Reason, TestResult, Value};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute};

/// Two groups that rated one statement from 1 to 5, and what is asked of them.
const TWO_GROUPS: &str = r#"
[study]
title = "Two groups"
[groups.students]
label = "Students"
export = "students.csv"
[groups.residents]
label = "Residents"
export = "residents.csv"
[scales.agreement]
points = ["1", "2", "3", "4", "5"]
[questions.rating]
kind = "likert"
scale = "agreement"
students = "rating"
residents = "rating"
"#;

/// The ratings of the guide's example: R's default gives .1428, without correction .1281, exact .1343.
const STUDENTS: [i32; 14] = [5, 4, 5, 4, 3, 5, 4, 4, 5, 2, 4, 5, 3, 4];
const RESIDENTS: [i32; 4] = [4, 3, 2, 4];

fn column(name: &str, values: &[i32]) -> Vec<u8> {
    let mut text = format!("{name}\n");
    for value in values {
        writeln!(text, "{value}").unwrap();
    }
    text.into_bytes()
}

fn run(study: &str, files: &[(&str, Vec<u8>)]) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    let file = FileId::new("s/study.toml");
    memory.insert(file.clone(), study.as_bytes().to_vec());
    for (name, bytes) in files {
        memory.insert(FileId::new(&format!("s/{name}")), bytes.clone());
    }
    compute(&memory, &file, &|_| {})
}

fn two_groups(ask: &str) -> Outcome {
    let files =
        [("students.csv", column("rating", &STUDENTS)), ("residents.csv", column("rating", &RESIDENTS))];
    let study = format!("{TWO_GROUPS}\n[[ask]]\ninquiry = \"compare\"\nof = \"rating\"\n{ask}\n");
    run(&study, &files).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn finding<'a>(outcome: &'a Outcome, id: &str) -> &'a Finding {
    let known = || outcome.findings.ids().collect::<Vec<_>>();
    outcome.findings.get(id).unwrap_or_else(|| panic!("no {id} in {:#?}", known()))
}

fn test<'a>(outcome: &'a Outcome, id: &str) -> &'a TestResult {
    match &finding(outcome, id).value {
        Value::Test(result) => result,
        other => panic!("{id}: {other:?}"),
    }
}

const SIDES: &str = "in = [\"students\", \"residents\"]";

#[test]
fn two_groups_are_compared_by_the_exact_test_of_their_ranks() {
    let outcome = two_groups(SIDES);
    let found = finding(&outcome, "students~residents/rating/test");
    let result = test(&outcome, "students~residents/rating/test");
    // coin::wilcox_test(distribution = "exact"): 0.1343; exactRankTests::wilcox.exact the same.
    assert_eq!(format!("{:.4}", result.p), "0.1343");
    // Pairs by hand: of 56 the student is above in 34 and level in 15.
    assert_eq!(result.statistic, Some(41.5));
    assert_eq!(found.method.unwrap().id, "mann_whitney.exact");
    let sides: Vec<(&str, u64)> =
        found.base.sides.iter().map(|side| (side.label.as_str(), side.answered)).collect();
    assert_eq!(sides, [("Students", 14), ("Residents", 4)]);
    assert_eq!(found.base.asked.as_ref().unwrap().answered, 18);
    let situation = "ordinal scale, two independent sides".to_owned();
    assert!(found.cautions.contains(&Caution::TestByRule { situation }));
    assert_eq!(outcome.outline.group_label("students~residents"), "Students v. Residents");
    let effect = finding(&outcome, "students~residents/rating/effect");
    assert_eq!(effect.value, Value::Number(41.5 / 56.0));
    assert!(effect.interval.is_some());
}

#[test]
fn the_rows_behind_a_comparison_are_those_of_all_sides() {
    let outcome = two_groups(SIDES);
    let trace = canvass::verify::trace(&outcome, "students~residents/rating/test").unwrap();
    let of = |file: &str| trace.rows.iter().filter(|row| row.file == file).count();
    assert_eq!((of("students.csv"), of("residents.csv")), (14, 4));
}

#[test]
fn a_declared_test_stands_in_place_of_the_rule() {
    for (name, p) in
        [("mann-whitney-asymptotic", "0.1428"), ("mann-whitney-asymptotic-uncorrected", "0.1281")]
    {
        let outcome = two_groups(&format!("{SIDES}\ntest = \"{name}\""));
        assert_eq!(format!("{:.4}", test(&outcome, "students~residents/rating/test").p), p);
        let found = finding(&outcome, "students~residents/rating/test");
        assert!(found.cautions.contains(&Caution::TestDeclared));
    }
}

#[test]
fn nothing_is_tested_below_the_declared_number() {
    let outcome = two_groups(&format!("{SIDES}\nleast = 5"));
    let why = Reason::BelowLeast { side: "Residents".to_owned(), found: 4, least: 5 };
    for tail in ["test", "effect", "delta"] {
        let id = format!("students~residents/rating/{tail}");
        assert_eq!(finding(&outcome, &id).value, Value::NotComputed(why.clone()), "{id}");
    }
}
