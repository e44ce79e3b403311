//! Accounts of rules: they close in every order, whatever the order of rows, and say what was left out where.

use canvass::diag::FileId;
use canvass::findings::{Selector, Value};
use canvass::pipeline::{compute, render};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{Response, lines, run, source};

/// Rules that look at one row at a time, and so leave out the same people in any order.
const BY_ROW: [&str; 8] = [
    "rule = \"preview\"",
    "rule = \"test\"\ncolumn = \"tester\"\nis = \"1\"",
    "rule = \"unfinished\"",
    "rule = \"consent\"\nquestion = \"consent\"\ngiven = \"Yes\"",
    "rule = \"eligibility\"\nquestion = \"age\"\neligible = \"18 or older\"",
    "rule = \"speeder\"\nfaster-than = \"2 min\"",
    "rule = \"progress\"\nbelow = 50",
    "rule = \"longstring\"\nof = \"a\"\nat-least = 4",
];

/// What a response may say that some rule is about.
const SAYINGS: [(&str, &str); 9] = [
    ("Status", "Survey Preview"),
    ("tester", "1"),
    ("Finished", "False"),
    ("consent", "No"),
    ("consent", ""),
    ("age", "Under 18"),
    ("Duration (in seconds)", "60"),
    ("Progress", "30"),
    ("a2", "1"),
];

fn file(rules: &[&str], key: &str) -> String {
    let written: Vec<String> = rules.iter().map(|rule| format!("[[{key}]]\n{rule}\n")).collect();
    written.concat()
}

fn people(said: &[Vec<usize>]) -> Vec<Vec<(&'static str, &'static str)>> {
    said.iter().map(|said| said.iter().map(|at| SAYINGS[*at]).collect()).collect()
}

fn responses<'a>(people: &'a [Vec<(&'static str, &'static str)>]) -> Vec<Response<'a>> {
    people.iter().map(Vec::as_slice).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_flow_closes_in_every_order_of_rules_and_leaves_out_the_same_people(
        said in vec(vec(0..SAYINGS.len(), 0..3), 1..12),
        order in Just(BY_ROW.to_vec()).prop_shuffle(),
        row_order in vec(any::<Index>(), 12),
    ) {
        let all = people(&said);
        let as_listed = run(&file(&BY_ROW, "exclude"), &responses(&all));
        let shuffled = run(&file(&order, "exclude"), &responses(&all));
        for outcome in [&as_listed, &shuffled] {
            let people = &outcome.cohorts[0].people;
            let out: u64 = people.excluded.iter().map(|excluded| excluded.count).sum();
            prop_assert_eq!(people.excluded.len(), BY_ROW.len());
            prop_assert_eq!(people.received, out + people.included);
            prop_assert_eq!(people.received, said.len() as u64);
        }
        prop_assert_eq!(&as_listed.cohorts[0].rows, &shuffled.cohorts[0].rows);
        // Rows in another order change no count.
        let mut moved = all.clone();
        for (at, index) in (0..moved.len()).zip(&row_order) {
            let other = index.index(moved.len());
            moved.swap(at, other);
        }
        let moved = run(&file(&order, "exclude"), &responses(&moved));
        prop_assert_eq!(&moved.cohorts[0].people, &shuffled.cohorts[0].people);
        // A screen counts whom the rule alone would leave out, in whatever order.
        let screened = run(&file(&order, "screen"), &responses(&all));
        for (rule, rows) in &screened.cohorts[0].screened {
            if rule == "any" {
                prop_assert_eq!(rows.len() + as_listed.cohorts[0].rows.len(), said.len());
                continue;
            }
            let alone: Vec<&str> = BY_ROW.into_iter().filter(|known| known.starts_with(&format!("rule = \"{rule}\""))).collect();
            let alone = run(&file(&alone, "exclude"), &responses(&all));
            prop_assert_eq!(rows, &alone.cohorts[0].left_out[0].1);
        }
    }
}

#[test]
fn eight_rules_are_shown_with_their_zeros_in_table_figure_and_ledger() {
    let all = people(&[vec![0], vec![1], vec![3, 6], vec![4], vec![5], vec![6], vec![]]);
    let rules =
        file(&BY_ROW, "exclude").replace("rule = \"test\"", "rule = \"test\"\nlabel = \"records of ours\"");
    let screens = "[[screen]]\nrule = \"speeder\"\nid = \"slow\"\nlabel = \"under ten minutes\"\nfaster-than = \"10 min\"\n\
                   [[screen]]\nrule = \"irv\"\nof = \"a\"\nbelow = 0.2\n";
    let source = source(&format!("{rules}{screens}"), &responses(&all));
    let outcome = compute(&source, &FileId::new("study.toml"), &|_| {}).unwrap();
    let counts: Vec<(&str, u64)> =
        outcome.cohorts[0].people.excluded.iter().map(|out| (out.words(), out.count)).collect();
    assert_eq!(
        counts,
        [
            ("previews and tests", 1),
            ("records of ours", 1),
            ("not submitted", 0),
            ("no consent", 2),
            ("not eligible", 1),
            ("answered too fast (under 120 s)", 1),
            ("did not come far enough (below 50%)", 0),
            ("one answer many times in a row (4 or more)", 0),
        ]
    );
    assert_eq!(lines(&outcome, "exclude consent"), [6, 7]);
    assert_eq!(lines(&outcome, "screen slow"), [10]);
    assert_eq!(outcome.findings.get("all/screened/slow").unwrap().value, Value::Share { count: 1, of: 1 });
    assert_eq!(outcome.findings.get("all/screened/irv").unwrap().value, Value::Share { count: 0, of: 1 });
    assert_eq!(outcome.findings.get("all/screened/any").unwrap().value, Value::Share { count: 1, of: 1 });
    let files = render(&outcome, &source, &|_| {}).unwrap().value;
    let table = String::from_utf8(files["tables/flow.csv"].clone()).unwrap();
    let shown: Vec<(&str, &str, &str)> = table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',').skip(2);
            Some((cells.next()?, cells.next()?, cells.next()?))
        })
        .collect();
    for cell in [
        ("Rows received", "n", "7"),
        ("Left out: previews and tests", "n", "1"),
        ("Left out: previews and tests", "Remaining", "6"),
        ("Left out: not submitted", "n", "0"),
        ("Left out: one answer many times in a row (4 or more)", "Remaining", "1"),
        ("Analysed", "n", "1"),
    ] {
        assert!(shown.contains(&cell), "{cell:?}\n{table}");
    }
    let figure = String::from_utf8(files["figures/flow.svg"].clone()).unwrap();
    assert!(
        figure.contains("left out: not eligible 1") && figure.contains("screen: under ten minutes 1"),
        "{figure}"
    );
    // No answer stands in the ledger.
    let ledger = String::from_utf8(files["ledger.csv"].clone()).unwrap();
    assert!(!ledger.contains("Under 18") && ledger.contains("not eligible"), "{ledger}");
}

#[test]
fn what_a_rule_counted_can_be_traced_to_its_rows() {
    let all = people(&[vec![0], vec![6], vec![]]);
    let outcome = run(
        "[[exclude]]\nrule = \"preview\"\n[[screen]]\nrule = \"speeder\"\nfaster-than = 100\n",
        &responses(&all),
    );
    let finding = outcome.findings.get("all/screened/speeder").unwrap();
    assert_eq!(finding.counts, Some(Selector::Screened { rule: "speeder".into() }));
    assert_eq!(outcome.cohorts[0].select(finding.counts.as_ref().unwrap()), [1]);
    let trace = canvass::verify::trace(&outcome, "all/screened/speeder").unwrap();
    assert_eq!(trace.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [5]);
}
