//! The same inputs give the same bytes; the order of rows and columns reaches no finding.

use canvass::io::{Memory, Source};
use canvass::pipeline::render;
use canvass::record::FindingsFile;

use crate::studies_in_memory::{Csv, load, outcome};

const TABLES: [(&str, &[&str]); 2] = [
    (
        "near-peer",
        &[
            "fixtures/near-peer/students.csv",
            "fixtures/near-peer/residents.csv",
            "fixtures/near-peer/roster.csv",
        ],
    ),
    ("anes96", &["fixtures/anes96/anes96.csv"]),
];

fn findings(source: &dyn Source, study: &str) -> Vec<u8> {
    let outcome = outcome(source, study);
    FindingsFile::new(study, &outcome.outline, &outcome.findings).write()
}

fn header_rows(file: &str) -> usize {
    if file.ends_with("students.csv") { 3 } else { 1 }
}

/// A small generator of pseudo-random numbers, so that orders differ and are the same every time.
fn shuffled<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for position in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(position, usize::try_from(state >> 33).unwrap() % (position + 1));
    }
}

#[test]
fn two_runs_write_the_same_bytes() {
    for (study, _) in TABLES {
        let source = load(study);
        let run = || render(&outcome(&source, study), &source, &|_| {}).unwrap().value;
        let (first, second) = (run(), run());
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        for (name, bytes) in &first {
            assert!(bytes == &second[name], "{study}: {name}");
        }
    }
}

#[test]
fn shuffled_rows_give_the_same_findings() {
    for (study, files) in TABLES {
        let source = load(study);
        let before = findings(&source, study);
        for seed in 1..4 {
            let mut shuffled_source: Memory = source.clone();
            for file in files {
                let mut csv = Csv::read(&source, file);
                shuffled(&mut csv.records[header_rows(file)..], seed);
                csv.write_to(&mut shuffled_source);
            }
            assert!(findings(&shuffled_source, study) == before, "{study}, seed {seed}");
        }
    }
}

#[test]
fn permuted_columns_give_the_same_findings() {
    for (study, files) in TABLES {
        let source = load(study);
        let before = findings(&source, study);
        for seed in 1..4 {
            let mut permuted: Memory = source.clone();
            for file in files {
                let mut csv = Csv::read(&source, file);
                let width = csv.records[0].1.len();
                let mut order: Vec<usize> = (0..width).collect();
                // A REDCap export begins with its record id, by which rows are known.
                let fixed = usize::from(file.ends_with("residents.csv"));
                shuffled(&mut order[fixed..], seed);
                for (_, record) in &mut csv.records {
                    *record = order.iter().map(|column| record[*column].clone()).collect();
                }
                csv.write_to(&mut permuted);
            }
            assert!(findings(&permuted, study) == before, "{study}, seed {seed}");
        }
    }
}
