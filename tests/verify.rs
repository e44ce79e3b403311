//! Whatever is changed, verifying notices and says what and where.

use std::collections::{BTreeMap, BTreeSet};

use canvass::diag::FileId;
use canvass::findings::{Finding, Selector, Statistic, Value};
use canvass::io::{Digest, Memory, Source, relative};
use canvass::normalise::Cohort;
use canvass::normalise::Linked;
use canvass::pipeline::{Outcome, compute, render};
use canvass::study::{Claim, Says};
use canvass::verify::{Comparison, Verdict, check_claims, compare, compare_results, read_committed, trace};

use crate::studies_in_memory::{Csv, load, outcome, study_file};

/// The studies whose outputs are committed, with the files that hold their answers and rosters.
const STUDIES: [(&str, &[&str]); 3] = [
    (
        "near-peer",
        &[
            "fixtures/near-peer/students.csv",
            "fixtures/near-peer/residents.csv",
            "fixtures/near-peer/roster.csv",
        ],
    ),
    ("anes96", &["fixtures/anes96/anes96.csv"]),
    ("waves", &["fixtures/waves/pre.csv", "fixtures/waves/post.csv"]),
];

/// What verifying says of a changed study; nothing if the change made the study impossible, which a person is told too.
fn compared(source: &Memory, study: &str) -> Option<Comparison> {
    let outcome = compute(source, &study_file(study), &|_| {}).ok()?;
    let committed = read_committed(source, &FileId::new(&format!("output/{study}"))).unwrap();
    Some(compare_results(&outcome, &committed))
}

fn claims(outcome: &Outcome) -> &[Claim] {
    &outcome.reported.as_ref().unwrap().claims
}

#[test]
fn the_committed_outputs_and_every_claim_hold() {
    for (study, _) in STUDIES {
        let source = load(study);
        let outcome = outcome(&source, study);
        let files = render(&outcome, &source, &|_| {}).unwrap().value;
        let committed = read_committed(&source, &FileId::new(&format!("output/{study}"))).unwrap();
        let comparison = compare(&outcome, &files, &committed);
        assert!(comparison.is_same(), "{study}: {comparison:#?}");
        assert_eq!(comparison.same, outcome.findings.len() as u64);
        for check in check_claims(claims(&outcome), &outcome.findings) {
            assert!(matches!(check.verdict, Verdict::Holds { .. }), "{study}: {check:?}");
        }
    }
}

#[test]
fn changing_a_claimed_number_makes_its_claim_differ() {
    for (study, _) in STUDIES {
        let outcome = outcome(&load(study), study);
        for claim in claims(&outcome) {
            for says in altered(claim.says.as_ref().unwrap()) {
                let changed = Claim { says: Some(says), ..claim.clone() };
                let check = &check_claims(std::slice::from_ref(&changed), &outcome.findings)[0];
                let Verdict::Differs { found, .. } = &check.verdict else {
                    panic!("{study}: {:?} still holds", changed.says)
                };
                assert!(!found.is_empty());
                assert_eq!(check.finding.as_deref(), claim.finding.as_ref().map(|id| id.value.as_str()));
            }
        }
    }
}

/// What a claim could say instead, each differing in one number, place or member.
pub(crate) fn altered(says: &Says) -> Vec<Says> {
    let last_digit = |text: &str| {
        let (rest, digit) = text.split_at(text.len() - 1);
        format!("{rest}{}", (digit.parse::<u32>().unwrap() + 1) % 10)
    };
    match says {
        Says::Count { count, of } => {
            let base = of.map(|of| Says::Count { count: *count, of: Some(of + 1) });
            [Says::Count { count: count + 1, of: *of }].into_iter().chain(base).collect()
        }
        Says::Percent { percent, of } => {
            let base = of.map(|of| Says::Percent { percent: percent.clone(), of: Some(of + 1) });
            [Says::Percent { percent: last_digit(percent), of: *of }].into_iter().chain(base).collect()
        }
        Says::CountAndPercent { count, of, percent } => {
            let with =
                |count, of, percent: &str| Says::CountAndPercent { count, of, percent: percent.to_owned() };
            let base = of.map(|of| with(*count, Some(of + 1), percent));
            [with(count + 1, *of, percent), with(*count, *of, &last_digit(percent))]
                .into_iter()
                .chain(base)
                .collect()
        }
        Says::Number(number) => vec![Says::Number(last_digit(number))],
        Says::P(p) if p.starts_with('<') => vec![Says::P(p.replace('<', ">"))],
        Says::P(p) => vec![Says::P(last_digit(p))],
        Says::AdjustedP(p) if p.starts_with('<') => vec![Says::AdjustedP(p.replace('<', ">"))],
        Says::AdjustedP(p) => vec![Says::AdjustedP(last_digit(p))],
        Says::Statistic(statistic) => vec![Says::Statistic(last_digit(statistic))],
        Says::Interval(low, high) => {
            vec![Says::Interval(last_digit(low), high.clone()), Says::Interval(low.clone(), last_digit(high))]
        }
        // It names no number, place or member that could be another one.
        Says::MoreThanHalf => Vec::new(),
        Says::Order(labels) => {
            let mut swapped = labels.clone();
            swapped.swap(0, 1);
            vec![Says::Order(swapped)]
        }
        Says::Includes(labels) => vec![Says::Includes([labels.as_slice(), &["Salary".to_owned()]].concat())],
        Says::Most(labels) => {
            let mut other = labels.clone();
            "Other (please specify)".clone_into(&mut other[0]);
            vec![
                Says::Most(other),
                Says::Most(labels[1..].iter().chain(["Salary".to_owned()].iter()).cloned().collect()),
            ]
        }
    }
}

#[test]
fn changing_an_answer_behind_a_claim_names_the_finding_and_the_row() {
    for (study, _) in STUDIES {
        let source = load(study);
        let before = outcome(&source, study);
        for claim in claims(&before) {
            let id = &claim.finding.as_ref().unwrap().value;
            let changed = change_behind(&source, study, &before, id);
            let (file, line, comparison) =
                changed.unwrap_or_else(|| panic!("{study}: no change of one cell reaches {id}"));
            assert!(comparison.changes.iter().any(|change| change.id == *id), "{id} is not named");
            let named =
                comparison.inputs.iter().find(|input| file.ends_with(input.file.trim_start_matches("../")));
            let named = named.unwrap_or_else(|| panic!("{id}: {file} is not named: {:?}", comparison.inputs));
            assert_eq!(
                named.what,
                format!("the row on line {line} differs; all others are the same"),
                "{id}"
            );
        }
    }
}

/// Changes one cell of one row behind a finding so that the finding differs: the file, the line, and what verifying says.
fn change_behind(
    source: &Memory,
    study: &str,
    before: &Outcome,
    id: &str,
) -> Option<(String, u32, Comparison)> {
    let finding = before.findings.get(id)?;
    let linked = before.links.iter().find(|linked| linked.id == finding.group);
    let groups = linked.map_or(
        {
            // Behind a comparison stands everybody of its first group.
            vec![finding.group.split([':', '~']).next().unwrap_or_default().to_owned()]
        },
        |linked| linked.between.to_vec(),
    );
    groups.iter().find_map(|group| change_of_group(source, study, before, finding, group))
}

/// Changes one cell of one row of a group so that a finding differs.
fn change_of_group(
    source: &Memory,
    study: &str,
    before: &Outcome,
    finding: &Finding,
    group: &str,
) -> Option<(String, u32, Comparison)> {
    let id = finding.id.as_str();
    let cohort = before.cohorts.iter().find(|cohort| cohort.group == group)?;
    let (file, lines) = match (&finding.counts, finding.question.is_some()) {
        (Some(Selector::With(_) | Selector::WithLevel { .. }), _) => {
            (cohort.roster.clone()?, cohort.invitees.iter().map(|person| person.line).collect())
        }
        _ => (cohort.file.clone()?, cohort.rows.iter().map(|row| cohort.lines[*row]).collect::<Vec<u32>>()),
    };
    let csv = Csv::read(source, file.as_str());
    let columns = columns_of(before, finding.question.as_deref(), group, &csv);
    for line in lines.iter().take(3) {
        let record = csv.at_line(*line);
        for column in &columns {
            for text in ["", "-99", "9", "1", "0", "somebody else", "Strongly disagree"] {
                if csv.records[record].1[*column] == text {
                    continue;
                }
                let changed = csv.with_cell(source, record, *column, text);
                let Some(comparison) = compared(&changed, study) else { continue };
                if comparison.changes.iter().any(|change| change.id == id) {
                    return Some((file.as_str().to_owned(), *line, comparison));
                }
            }
        }
    }
    None
}

/// The columns whose cells can reach a finding: those of its question, or all of a roster.
fn columns_of(before: &Outcome, question: Option<&str>, group: &str, csv: &Csv) -> Vec<usize> {
    let all = 0..csv.records[0].1.len();
    let Some(question) =
        question.and_then(|id| before.study.questions.iter().find(|question| question.id == id))
    else {
        return all.collect();
    };
    let mut names: Vec<String> = Vec::new();
    names.extend(question.sources.get(group).into_iter().flatten().map(|name| name.value.clone()));
    names.extend(
        question.items.iter().filter_map(|item| item.sources.get(group)).map(|name| name.value.clone()),
    );
    let fits = |column: &usize| {
        let header = &csv.records[0].1[*column];
        names.iter().any(|name| header == name || header.starts_with(&format!("{name}_")))
    };
    let fitting: Vec<usize> = all.clone().filter(fits).collect();
    // A REDCap matrix is known by its group's name, which no column carries.
    if fitting.is_empty() { all.collect() } else { fitting }
}

#[test]
fn changing_any_cell_is_noticed_and_its_row_named() {
    for (study, files) in STUDIES {
        let source = load(study);
        for file in files {
            let mut checked = 0;
            let csv = Csv::read(&source, file);
            let headers = if file.ends_with("students.csv") { 3 } else { 1 };
            // Every row and every column, each row in other columns than the one before.
            let width = csv.records[0].1.len();
            let step = csv.records.len().div_ceil(4);
            let cells =
                (headers..csv.records.len()).flat_map(|row| (0..width).map(move |column| (row, column)));
            let cells = cells.filter(|(row, column)| (row * 5 + column) % step.max(7) == 0);
            for (record, column) in cells {
                let line = csv.records[record].0;
                let was = &csv.records[record].1[column];
                let changed = csv.with_cell(&source, record, column, &format!("{was}x"));
                let Some(comparison) = compared(&changed, study) else { continue };
                assert!(!comparison.is_same(), "{file}:{line} column {column}");
                let what = format!("the row on line {line} differs; all others are the same");
                assert!(
                    comparison.inputs.iter().any(|input| input.what == what),
                    "{file}:{line} {:?}",
                    comparison.inputs
                );
                checked += 1;
            }
            // A change that makes the study impossible is told otherwise; there are few of them.
            assert!(checked >= 10, "{file}: only {checked} changes were compared");
        }
    }
}

#[test]
fn every_count_is_the_number_of_rows_that_its_trace_lists() {
    for (study, _) in STUDIES {
        let outcome = outcome(&load(study), study);
        let mut checked: u64 = 0;
        for finding in &outcome.findings {
            let Some(selector) = &finding.counts else { continue };
            let expected = match &finding.value {
                Value::Count(count) | Value::Share { count, .. } => *count,
                Value::Number(_)
                | Value::Date(_)
                | Value::Test(_)
                | Value::Order(_)
                | Value::NotComputed(_) => continue,
            };
            // A total of mentions counts ticks, not people.
            if finding.statistic == Statistic::MentionsTotal {
                continue;
            }
            let linked = outcome.links.iter().find(|linked| linked.id == finding.group);
            if let Some(linked) = linked {
                checked += u64::from(is_traced_in_a_file(&outcome, linked, finding, expected));
                continue;
            }
            let is_group = outcome.cohorts.iter().any(|cohort| cohort.group == finding.group);
            // Several groups added up are those that the sides of the finding name.
            let is_behind = |cohort: &&Cohort| match selector {
                Selector::Sides(sides) => sides.iter().any(|(group, _)| *group == cohort.group),
                _ if is_group => cohort.group == finding.group,
                _ => finding.base.sides.iter().any(|side| side.id == cohort.group),
            };
            let cohorts: Vec<&Cohort> = outcome.cohorts.iter().filter(is_behind).collect();
            let cohort = cohorts[0];
            let of_people = matches!(selector, Selector::With(_) | Selector::WithLevel { .. });
            // The rows that stand behind a rate are those of the roster; the responses are listed beside them.
            let file = if of_people { cohort.roster.as_ref() } else { cohort.file.as_ref() }.unwrap();
            let file = relative(&outcome.study.file, file);
            let traced = trace(&outcome, finding.id.as_str()).unwrap().rows;
            let lines: Vec<u32> = traced.iter().filter(|row| row.file == file).map(|row| row.line).collect();
            let of_cohort = |cohort: &&Cohort| -> Vec<u32> {
                if of_people {
                    cohort.select_invitees(selector).iter().map(|person| person.line).collect()
                } else {
                    cohort.select(selector).iter().map(|row| cohort.lines[*row]).collect()
                }
            };
            let expected_lines: Vec<u32> = cohorts.iter().flat_map(of_cohort).collect();
            assert_eq!(lines, expected_lines, "{}", finding.id);
            assert_eq!(lines.iter().collect::<BTreeSet<_>>().len() as u64, expected, "{}", finding.id);
            checked += 1;
        }
        assert!(checked > 100, "{study}: {checked}");
    }
}

/// Of pairs, a trace lists the lines of the list of pairs, or of each wave those who are in it.
fn is_traced_in_a_file(outcome: &Outcome, linked: &Linked, finding: &Finding, expected: u64) -> bool {
    // People known by a key are listed nowhere: each stands in one wave or in both.
    if linked.same_people && matches!(finding.statistic, Statistic::Pairs | Statistic::UnclearPairs) {
        return false;
    }
    let traced = trace(outcome, finding.id.as_str()).unwrap().rows;
    let mut lines: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for row in &traced {
        assert!(lines.entry(row.file.as_str()).or_default().insert(row.line), "{}", finding.id);
    }
    let most = lines.values().map(|lines| lines.len() as u64).max().unwrap_or(0);
    assert_eq!(most, expected, "{}", finding.id);
    true
}

#[test]
fn an_edited_output_is_named() {
    let mut source = load("near-peer");
    let edited = FileId::new("output/near-peer/results.md");
    let text = String::from_utf8(source.read(&edited).unwrap()).unwrap().replace("14 of 22", "15 of 22");
    source.insert(edited, text.into_bytes());
    source.insert(FileId::new("output/near-peer/tables/extra.md"), b"| 1 |".to_vec());
    let outcome = outcome(&source, "near-peer");
    let files = render(&outcome, &source, &|_| {}).unwrap().value;
    let committed = read_committed(&source, &FileId::new("output/near-peer")).unwrap();
    let named: Vec<String> =
        compare(&outcome, &files, &committed).files.into_iter().map(|(name, _)| name).collect();
    assert_eq!(named, ["results.md", "tables/extra.md"]);
}

/// What verifying says of the outputs of the founding study after one of its files was edited.
fn after_edit(name: &str, edit: impl Fn(&str) -> String) -> Comparison {
    let mut source = load("near-peer");
    let file = FileId::new(&format!("output/near-peer/{name}"));
    let before = source.read(&file).map(|bytes| String::from_utf8(bytes).unwrap()).unwrap_or_default();
    let after = edit(&before);
    assert_ne!(before, after);
    source.insert(file, after.into_bytes());
    let outcome = outcome(&source, "near-peer");
    let files = render(&outcome, &source, &|_| {}).unwrap().value;
    compare(&outcome, &files, &read_committed(&source, &FileId::new("output/near-peer")).unwrap())
}

#[test]
fn an_edited_manifest_is_named() {
    let named = ("manifest.json".to_owned(), "does not say what was written");
    let other_study =
        after_edit("manifest.json", |text| text.replace("\"study\": \"near-peer\"", "\"study\": \"x\""));
    assert_eq!(other_study.files, std::slice::from_ref(&named));
    // The digest of an output, which neither the file nor the study gives.
    let digest = Digest::of(&load("near-peer").read(&FileId::new("output/near-peer/results.md")).unwrap());
    let other_digest = after_edit("manifest.json", |text| {
        text.replace(&digest.to_string(), &Digest::of(b"something else").to_string())
    });
    assert_eq!(other_digest.files, [named]);
    let other_version = after_edit("manifest.json", |text| {
        text.replace(&format!("\"canvass\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"canvass\": \"0.0.1\"")
    });
    assert!(other_version.is_same());
    assert!(other_version.remarks[0].starts_with("written by canvass 0.0.1; this is canvass "));
}

#[test]
fn files_that_a_desktop_leaves_are_a_remark() {
    let comparison = after_edit("tables/.DS_Store", |_| "Bud1".to_owned());
    assert!(comparison.is_same());
    assert_eq!(comparison.remarks, ["tables/.DS_Store is in the committed output but no run writes it"]);
}

#[test]
fn a_trace_lists_rows_for_summaries_orders_and_rows_left_out() {
    let near_peer = outcome(&load("near-peer"), "near-peer");
    let count = |id: &str| trace(&near_peer, id).unwrap().rows.len();
    // Fourteen students are analysed; one left before the identity scale, another skipped the motivations.
    assert_eq!(count("students/expectations/level/median"), 14);
    assert_eq!(count("students/identity/shared/q1"), 13);
    assert_eq!(count("students/preferred/order"), 14);
    assert_eq!(count("students/motivations/mentions-total"), 13);
    assert_eq!(count("students/excluded/break-off"), 1);
    assert_eq!(count("residents/excluded/break-off"), 1);
    assert_eq!(count("residents/excluded/nothing-answered"), 1);
    // A person who broke off, and the response that says so.
    assert_eq!(count("students/disposition/break-off"), 2);
}

#[test]
fn an_unbound_claim_is_said_to_be_bound_to_nothing() {
    let outcome = outcome(&load("near-peer"), "near-peer");
    let unbound = Claim { finding: None, says: None, ..claims(&outcome)[0].clone() };
    assert_eq!(check_claims(&[unbound], &outcome.findings)[0].verdict, Verdict::Unbound);
}

#[test]
fn the_likely_cause_of_a_wrong_percent_is_said() {
    let outcome = outcome(&load("near-peer"), "near-peer");
    let says = Says::Percent { percent: "25".into(), of: None };
    let claim = Claim {
        says: Some(says),
        ..claims(&outcome).iter().find(|claim| claim.id == "residents-responded").unwrap().clone()
    };
    let checks = check_claims(std::slice::from_ref(&claim), &outcome.findings);
    let Verdict::Differs { cause, .. } = &checks[0].verdict else { panic!() };
    assert_eq!(cause.as_deref(), Some("25% would be 5/20 or 4/16"));
    // Of a count and its percent the one is explained that differs.
    let both = |count, percent: &str| Says::CountAndPercent { count, of: None, percent: percent.into() };
    let explained = |says| {
        let claim = Claim { says: Some(says), ..claim.clone() };
        match check_claims(&[claim], &outcome.findings).remove(0).verdict {
            Verdict::Differs { cause, .. } => cause.unwrap_or_default(),
            verdict => panic!("{verdict:?}"),
        }
    };
    assert_eq!(explained(both(4, "25")), "25% would be 5/20 or 4/16");
    assert!(explained(both(5, "20")).starts_with("4 complete or partial"), "{}", explained(both(5, "20")));
}

#[test]
fn the_likely_cause_of_a_wrong_count_order_or_mean_is_said() {
    let near_peer = outcome(&load("near-peer"), "near-peer");
    let anes96 = outcome(&load("anes96"), "anes96");
    let cause = |outcome: &Outcome, id: &str, says: Says| {
        let claim = claims(outcome).iter().find(|claim| claim.id == id).unwrap();
        let claim = Claim { says: Some(says), ..claim.clone() };
        match check_claims(&[claim], &outcome.findings).remove(0).verdict {
            Verdict::Differs { cause, .. } => cause.unwrap_or_default(),
            verdict => panic!("{verdict:?}"),
        }
    };
    assert_eq!(
        cause(&near_peer, "students-responded", Says::Count { count: 15, of: Some(22) }),
        "14 complete or partial + 1 break-off = 15"
    );
    let order = ["Residents", "Senior medical students", "Attendings"].map(str::to_owned).to_vec();
    assert_eq!(
        cause(&near_peer, "students-prefer", Says::Order(order)),
        "the first two places are exchanged"
    );
    assert_eq!(cause(&anes96, "self-mean", Says::Number("4.4".into())), "rounds to 4.3");
}
