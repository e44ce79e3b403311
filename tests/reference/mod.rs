//! Every statistic against numbers from other programs.
//!
//! Two folders of the same schema are tried: the committed tenth in `fixtures/reference`, always, and the whole
//! collection named by the variable `CANVASS_REFERENCE` (by default `../shared/reference`, skipped where there is none).
//! A family evaluates a case in `tests/reference/<family>.rs`; the harness compares by the case's own tolerance.
#![expect(
    clippy::disallowed_methods,
    reason = "the cases are read from disk, from where the environment says"
)]
#![expect(clippy::print_stdout, reason = "the report of a test is for people who run it with --nocapture")]

mod arguments;
mod compare;
mod exceptions;

mod aapor;
mod agreement;
mod careless;
mod categorical;
mod correlation;
mod descriptive;
mod disclosure;
mod distributions;
mod effect_sizes;
mod exact_tests;
mod forensics;
mod p_adjust;
mod parametric;
mod proportion;
mod rank_tests;
mod rankings;
mod reliability;
mod resampling;
mod statcheck;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use canvass::stats::FAMILIES;
use serde_json::{Map, Value};

use compare::Comparison;

/// Evaluates one case: the method's values under the names that the schema gives them, or `None` if the method is unknown.
type Evaluate = fn(method: &str, inputs: &Value, params: &Value) -> Option<Value>;

/// One test per family, named after its file.
macro_rules! families {
    ($($family:ident),+ $(,)?) => {
        const EVALUATED: &[&str] = &[$(stringify!($family)),+];

        $(
            #[test]
            fn $family() {
                check(stringify!($family), $family::evaluate);
            }
        )+
    };
}

families! {
    aapor,
    agreement,
    careless,
    categorical,
    correlation,
    descriptive,
    disclosure,
    distributions,
    effect_sizes,
    exact_tests,
    forensics,
    p_adjust,
    parametric,
    proportion,
    rank_tests,
    rankings,
    reliability,
    resampling,
    statcheck,
}

#[test]
fn every_committed_family_is_evaluated() {
    for entry in std::fs::read_dir(committed()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let family = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        assert!(
            EVALUATED.contains(&family.as_str()),
            "fixtures/reference/{family}.json is evaluated by nothing"
        );
    }
}

#[test]
fn every_committed_method_is_declared_once() {
    let mut declared: Vec<&str> =
        FAMILIES.iter().flat_map(|family| family.iter().map(|method| method.id)).collect();
    declared.sort_unstable();
    for pair in declared.windows(2) {
        assert_ne!(pair[0], pair[1], "a method is declared twice");
    }
    for family in EVALUATED {
        let file = read(&committed().join(format!("{family}.json")));
        for case in cases(&file) {
            let method = text(case, "method");
            assert!(declared.contains(&method), "{method} stands in no METHODS table of canvass::stats");
        }
    }
}

/// Tries a family on both folders; panics with every failure.
fn check(family: &str, evaluate: Evaluate) {
    let mut failures = String::new();
    let mut folders = vec![committed()];
    folders.extend(collection());
    for folder in folders {
        let path = folder.join(format!("{family}.json"));
        // The collection may hold other families than the committed tenth, never the other way round.
        if folder != committed() && !path.exists() {
            continue;
        }
        let report = run(family, &read(&path), evaluate);
        println!("{}: {report}", path.display());
        for failure in &report.failures {
            let _ = writeln!(failures, "{}: {failure}", path.display());
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[derive(Debug, Default)]
struct Report {
    n_cases: usize,
    n_passed: usize,
    n_excepted: usize,
    worst: f64,
    worst_id: String,
    failures: Vec<String>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { n_cases, n_passed, n_excepted, worst, worst_id, .. } = self;
        write!(
            f,
            "{n_passed} of {n_cases} passed, {n_excepted} argued exceptions, worst relative error {worst:.1e} ({worst_id})"
        )
    }
}

fn run(family: &str, file: &Value, evaluate: Evaluate) -> Report {
    let mut report = Report::default();
    for case in cases(file) {
        report.n_cases += 1;
        let id = text(case, "id");
        let method = text(case, "method");
        let inputs = resolved(&case["inputs"], &file["datasets"]);
        let problem = match evaluate(method, &inputs, &resolved(&case["params"], &file["datasets"])) {
            None => Some("the method is not implemented".to_owned()),
            Some(got) => {
                let comparison = Comparison::of(family, method, &got, case);
                if comparison.worst > report.worst {
                    report.worst = comparison.worst;
                    id.clone_into(&mut report.worst_id);
                }
                comparison.problem
            }
        };
        match (problem, exceptions::reason(id)) {
            (None, None) => report.n_passed += 1,
            (None, Some(_)) => {
                report.failures.push(format!("{id} {method} passes: take it off the exceptions"));
            }
            (Some(problem), Some(reason)) => {
                println!("{id} {method}: {problem}; excepted: {reason}");
                report.n_excepted += 1;
            }
            (Some(problem), None) => {
                report.failures.push(format!("{id} {method} {}: {problem}", case["params"]));
            }
        }
    }
    report
}

/// Replaces every `{"$ref": name}` by the dataset of that name.
fn resolved(value: &Value, datasets: &Value) -> Value {
    match value {
        Value::Object(fields) => match fields.get("$ref").and_then(Value::as_str) {
            Some(name) => datasets[name].clone(),
            None => Value::Object(
                fields.iter().map(|(k, v)| (k.clone(), resolved(v, datasets))).collect::<Map<_, _>>(),
            ),
        },
        Value::Array(items) => items.iter().map(|item| resolved(item, datasets)).collect(),
        other => other.clone(),
    }
}

fn cases(file: &Value) -> impl Iterator<Item = &Value> {
    file["cases"].as_array().into_iter().flatten()
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_default()
}

fn read(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The root of the package, wherever the tests are compiled from.
fn root() -> PathBuf {
    Path::new(file!()).ancestors().nth(3).map(Path::to_owned).unwrap_or_default()
}

fn committed() -> PathBuf {
    root().join("fixtures/reference")
}

/// The whole collection, if it is here; one that is named must be here.
fn collection() -> Option<PathBuf> {
    match std::env::var("CANVASS_REFERENCE") {
        Ok(named) => {
            assert!(Path::new(&named).is_dir(), "CANVASS_REFERENCE names {named}, which is no folder");
            Some(PathBuf::from(named))
        }
        Err(_) => Some(root().join("../shared/reference")).filter(|folder| folder.is_dir()),
    }
}
