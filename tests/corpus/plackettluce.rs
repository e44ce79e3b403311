//! Two data sets of R's PlackettLuce, read in place, against what its vignette prints of them.

use std::fmt::Write as _;

use canvass::diag::FileId;
use canvass::io::{Disk, Memory, Source as _, resolve};
use canvass::pipeline::{Outcome, compute};
use canvass::verify::{Verdict, check_claims};

const FOLDER: &str = "tests/studies/plackettluce";
const NASCAR: &str = "../../../../shared/data/pub-plackettluce/derived_csv/nascar.csv";
/// The drivers who were last in each of their races: with them there is no maximum of the likelihood.
const ALWAYS_LAST: [&str; 4] = ["84.0", "85.0", "86.0", "87.0"];

fn text(name: &str) -> String {
    let bytes = Disk.read(&FileId::new(name)).unwrap_or_else(|diag| panic!("{}", diag.message));
    String::from_utf8(bytes).unwrap()
}

fn of_corpus(folder: &str, name: &str) -> String {
    text(&format!("{folder}/pub-plackettluce/derived_csv/{name}"))
}

/// A study of this folder with its reported results and an export.
fn outcome(study: &str, reported: &str, export: (&str, String)) -> Outcome {
    let file = FileId::new(&format!("{FOLDER}/study.toml"));
    let mut memory = Memory::default();
    memory.insert(file.clone(), study.to_owned().into_bytes());
    memory.insert(resolve(&file, reported), text(&format!("{FOLDER}/{reported}")).into_bytes());
    memory.insert(resolve(&file, export.0), export.1.into_bytes());
    compute(&memory, &file, &|_| {}).unwrap_or_else(|stopped| {
        let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
        panic!("{}", messages.join("; "))
    })
}

/// Checks every claim of a study's reported results, and that there are so many.
fn holds(outcome: &Outcome, claims: usize) {
    let reported = outcome.reported.as_ref().unwrap();
    let checks = check_claims(&reported.claims, &outcome.findings);
    assert_eq!(checks.len(), claims);
    for check in checks {
        assert!(matches!(check.verdict, Verdict::Holds { .. }), "{check:?}");
    }
}

#[test]
fn pudding_has_the_worths_ties_and_quasi_standard_errors_of_the_vignette() {
    let Some(corpus) = crate::corpus::folder(18) else { return };
    let mut export = String::from("Brand 1,Brand 2,Brand 3,Brand 4,Brand 5,Brand 6\n");
    for line in of_corpus(&corpus, "pudding.csv").lines().skip(1) {
        let numbers: Vec<usize> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let [one, two, all, ..] = numbers[..] else { panic!("{line}") };
        assert_eq!(all, numbers[3..].iter().sum::<usize>());
        // The first preferred, the second preferred, and no difference.
        for (ranks, count) in [["1", "2"], ["2", "1"], ["1", "1"]].iter().zip(&numbers[3..]) {
            let mut cells = [""; 6];
            (cells[one - 1], cells[two - 1]) = (ranks[0], ranks[1]);
            for _ in 0..*count {
                writeln!(export, "{}", cells.join(",")).unwrap();
            }
        }
    }
    let study = text(&format!("{FOLDER}/pudding.toml"));
    holds(&outcome(&study, "pudding.reported.toml", ("pudding.csv", export)), 18);
}

#[test]
fn nascar_has_the_worths_of_the_vignette_with_pseudo_rankings() {
    let Some(corpus) = crate::corpus::folder(10) else { return };
    let study = text(&format!("{FOLDER}/nascar.toml"));
    let outcome = outcome(&study, "nascar.reported.toml", (NASCAR, of_corpus(&corpus, "nascar.csv")));
    holds(&outcome, 10);
}

#[test]
fn nascar_has_no_maximum_until_those_who_always_lose_are_left_out() {
    let Some(corpus) = crate::corpus::folder(7) else { return };
    let export = of_corpus(&corpus, "nascar.csv");
    let study = text(&format!("{FOLDER}/nascar.toml")).replace("pseudo = 0.5\n", "");
    let with_all = study.replace("reported = \"nascar.reported.toml\"\n", "");
    let with_all = outcome(&with_all, "nascar.reported.toml", (NASCAR, export.clone()));
    let reason = with_all.findings.get("races/finish/driver-58/worth").unwrap();
    assert!(format!("{:?}", reason.value).contains("no finite maximum exists"), "{:?}", reason.value);
    let kept = |cell: &&str| !ALWAYS_LAST.contains(cell);
    let line = |line: &str| {
        let mut cells: Vec<&str> = line.split(',').filter(kept).collect();
        cells.resize(43, "");
        cells.join(",")
    };
    let without: Vec<String> = export.lines().map(line).collect();
    let mut study = study.replace("nascar.reported.toml", "nascar-83.reported.toml");
    for code in ALWAYS_LAST {
        let number = code.trim_end_matches(".0");
        study = study.replace(&format!("\"{code}\","), "").replace(&format!("\"Driver {number}\","), "");
    }
    let outcome = outcome(&study, "nascar-83.reported.toml", (NASCAR, without.join("\n")));
    holds(&outcome, 6);
}
