//! Two groups compared in 60 items of 1,000,000 rows, beside pandas and SciPy: `cargo bench --bench compare -- 1000000`.
//!
//! The answers are drawn here from a fixed seed: points 1 to 5, one in twenty missing. Timed are the accounts of both
//! sides, medians, quartiles, means and deviations, 60 Mann-Whitney tests with effects and intervals, and Holm. The
//! script does the same with `groupby`, `describe` and `mannwhitneyu`, without intervals and adjustment. p-values are
//! compared. `PYTHON` names the interpreter that has pandas and SciPy.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures time and writes what it gives to the script"
)]
#![expect(clippy::print_stdout, reason = "the table is for people")]

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use canvass::analyse::analyse;
use canvass::codebook::{Kind, Missing};
use canvass::diag::FileId;
use canvass::findings::{Findings, Named, People, Value};
use canvass::normalise::{Cohort, CohortQuestion};
use canvass::responses::{Answer, Answers, Codes};
use canvass::stats::random::Pcg64;
use canvass::study::Study;

const ITEMS: usize = 60;
const RUNS: usize = 5;
const SCRIPT: &str = include_str!("compare.py");

const STUDY: &str = r#"
[study]
title = "Two groups"
[groups.a]
export = "a.csv"
[groups.b]
export = "b.csv"
[scales.five]
points = ["1", "2", "3", "4", "5"]
[questions.battery]
kind = "likert"
scale = "five"
a = "x"
b = "x"
[[ask]]
inquiry = "compare"
of = "battery"
in = ["a", "b"]
"#;

fn main() {
    // `cargo test --benches` builds and runs every bench; there is nothing to test here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let rows: usize =
        std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let study = Study::parse(&FileId::new("study.toml"), STUDY, "bench").expect("the study is read");
    let answers = draw(rows);
    let cohorts = [cohort("a", &answers, 0, rows / 2), cohort("b", &answers, rows / 2, rows)];
    let mut seconds = Vec::new();
    let mut findings = Findings::default();
    for _ in 0..=RUNS {
        let start = Instant::now();
        findings = analyse(&study, &cohorts, &[]);
        seconds.push(start.elapsed().as_secs_f64());
    }
    // The first run warms up.
    let ours = median(&mut seconds[1..]);
    println!("{rows} rows by {ITEMS} items, {} findings\n", findings.len());
    println!("| What | seconds | ratio |\n|---|---:|---:|");
    println!("| canvass | {ours:.3} | 1.0 |");
    match script(&answers, rows) {
        Some((theirs, p_values)) => {
            println!("| pandas and SciPy | {theirs:.3} | {:.1} |", theirs / ours);
            disagreement(&findings, &p_values);
        }
        None => println!("| pandas and SciPy | not there | |"),
    }
}

/// Points from 1, 0 for no answer, item after item. The second half of the rows leans a little upwards.
fn draw(rows: usize) -> Vec<Vec<u8>> {
    let mut generator = Pcg64::new(1);
    let one = |generator: &mut Pcg64, row: usize| -> u8 {
        if generator.below(20) == 0 {
            return 0;
        }
        let point = generator.below(5) + 1;
        let leans = row >= rows / 2 && point < 5 && generator.below(400) == 0;
        u8::try_from(point).unwrap_or(1) + u8::from(leans)
    };
    (0..ITEMS).map(|_| (0..rows).map(|row| one(&mut generator, row)).collect()).collect()
}

fn cohort(name: &str, answers: &[Vec<u8>], from: usize, to: usize) -> Cohort {
    let codes = |item: &Vec<u8>| -> Codes {
        let answer = |point: &u8| match point {
            0 => Answer::Missing(Missing::Skipped),
            point => Answer::Given(u16::from(*point) - 1),
        };
        item[from..to].iter().map(answer).collect()
    };
    let named = |number: usize| Named { id: format!("i{number}"), label: format!("Item {number}") };
    let level = |point: i32| Named { id: point.to_string(), label: point.to_string() };
    let question = CohortQuestion {
        id: "battery".to_owned(),
        label: "Battery".to_owned(),
        wording: String::new(),
        kind: Kind::Likert,
        items: (0..ITEMS).map(named).collect(),
        levels: (1..=5).map(level).collect(),
        top: 3..5,
        reversed: vec![false; ITEMS],
        scores: (1..=5).collect(),
        nets: Vec::new(),
        ties: false,
        bottom: 0..2,
        middle: None,
        numbers: canvass::study::Numbers::default(),
        scored: None,
        answers: Answers::Scaled { items: answers.iter().map(codes).collect() },
    };
    let count = (to - from) as u64;
    Cohort {
        group: name.to_owned(),
        label: name.to_owned(),
        part_of: None,
        file: Some(FileId::new(&format!("{name}.csv"))),
        lines: Arc::new(Vec::new()),
        rows: (0..to - from).collect(),
        left_out: Vec::new(),
        screened: Vec::new(),
        people: Arc::new(People { received: count, included: count, ..People::default() }),
        invitees: Vec::new(),
        roster: None,
        questions: Arc::new(vec![question]),
        fielding: Arc::default(),
    }
}

/// The seconds of the script, the best of three, and its p-values.
fn script(answers: &[Vec<u8>], rows: usize) -> Option<(f64, Vec<f64>)> {
    let folder = tempfile::tempdir().ok()?;
    let (data, script) = (folder.path().join("answers.bin"), folder.path().join("compare.py"));
    std::fs::write(&data, answers.concat()).ok()?;
    std::fs::write(&script, SCRIPT).ok()?;
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut taken: Vec<(f64, Vec<f64>)> = Vec::new();
    for _ in 0..3 {
        let mut command = Command::new(&python);
        let output =
            command.arg(&script).arg(&data).arg(rows.to_string()).arg(ITEMS.to_string()).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let mut lines = text.lines();
        let seconds = lines.next()?.parse().ok()?;
        let p_values = lines.next()?.split(' ').filter_map(|p| p.parse().ok()).collect();
        taken.push((seconds, p_values));
    }
    taken.into_iter().min_by(|a, b| a.0.total_cmp(&b.0))
}

fn median(seconds: &mut [f64]) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Says where p-values differ.
fn disagreement(findings: &Findings, p_values: &[f64]) {
    let ours: BTreeMap<usize, f64> = (0..ITEMS)
        .filter_map(|item| match &findings.get(&format!("a~b/battery/i{item}/test"))?.value {
            Value::Test(test) => Some((item, test.p)),
            _ => None,
        })
        .collect();
    let differ = |(item, p): &(usize, &f64)| {
        ours.get(item).is_none_or(|own| (own - **p).abs() > 1e-9 * p.abs().max(1e-300) + 1e-12)
    };
    let wrong = p_values.iter().enumerate().filter(differ).count();
    println!("\n{} of {} p-values agree", p_values.len() - wrong, p_values.len());
}
