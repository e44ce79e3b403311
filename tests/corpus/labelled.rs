//! Real SPSS and Stata files, against what pyreadstat counts in them (`fixtures/truth/labelled.py`).

use std::collections::BTreeMap;

use canvass::codebook::{Form, MultiCells};
use canvass::ingest::{self, Export};
use canvass::io::Digest;
use serde_json::Value;

use super::{file, folder};

const TRUTH: &str = include_str!("../../fixtures/truth/labelled.json");

fn digest(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string()[..8].to_owned()
}

fn exports() -> Option<BTreeMap<String, (Export, Value)>> {
    let folder = folder(26)?;
    let truth: BTreeMap<String, Value> = serde_json::from_str(TRUTH).unwrap();
    let read = |(name, truth): (String, Value)| {
        let (id, bytes) = file(&folder, &name);
        let noted = ingest::read(&id, &bytes, None).unwrap_or_else(|diags| panic!("{name}: {diags:?}"));
        (name, (noted.value, truth))
    };
    Some(truth.into_iter().map(read).collect())
}

#[test]
fn cases_values_and_missing_values_are_those_that_pyreadstat_counts() {
    let Some(exports) = exports() else { return };
    assert!(exports.len() >= 26, "{} files", exports.len());
    let mut sums = 0;
    for (name, (export, truth)) in exports {
        let variables = truth["variables"].as_array().unwrap();
        assert_eq!(export.table.names().len(), variables.len(), "{name}");
        assert_eq!(export.table.height() as u64, truth["cases"].as_u64().unwrap(), "{name}");
        for (column, known) in variables.iter().enumerate() {
            let place = format!("{name}, variable {column}");
            let cells: Vec<&str> = export.table.column(column).map(Option::unwrap_or_default).collect();
            let filled = cells.iter().filter(|cell| !cell.is_empty()).count() as u64;
            assert_eq!(filled, known["filled"].as_u64().unwrap(), "{place}");
            let missing = export.missing_codes_in.get(&column).map_or(&[][..], Vec::as_slice);
            let is_missing = |cell: &&&str| missing.iter().any(|(code, _)| code == **cell);
            if known["said"].as_u64() > Some(0) || known["missing"].as_u64() > Some(0) {
                let count = cells.iter().filter(is_missing).count() as u64;
                assert_eq!(count, known["missing"].as_u64().unwrap(), "{place}");
            } else {
                assert!(missing.is_empty(), "{place}: {missing:?}");
            }
            if let Some(sum) = known["sum"].as_f64() {
                let ours: f64 = cells.iter().filter_map(|cell| cell.parse::<f64>().ok()).sum();
                assert!((ours - sum).abs() <= 1e-6 * sum.abs().max(1.0), "{place}: {ours} for {sum}");
                sums += 1;
            } else if let Some(expected) = known["cells"].as_str() {
                assert_eq!(digest(&cells.join("\n")), expected, "{place}");
            }
        }
    }
    assert!(sums >= 60, "only {sums} sums");
}

#[test]
fn labels_of_variables_and_values_are_those_that_pyreadstat_reads() {
    let Some(exports) = exports() else { return };
    let (mut wordings, mut lists) = (0, 0);
    for (name, (export, truth)) in exports {
        let variables = truth["variables"].as_array().unwrap();
        for question in &export.instrument.questions {
            let Form::Single { column, choices, .. } = &question.form else { continue };
            let known = &variables[*column];
            // A variable without a label is worded by its name.
            if known["label"] != digest("") {
                assert_eq!(known["label"], digest(&question.wording), "{name}, {}", question.id);
                wordings += 1;
            }
            // Values without a label are choices of their own.
            if question.defined && known["labels"][0] == choices.len() {
                let mut lines: Vec<String> =
                    choices.iter().map(|choice| format!("{}={}", choice.code, choice.label)).collect();
                lines.sort();
                assert_eq!(known["labels"][0], lines.len(), "{name}, {}: {lines:?}", question.id);
                assert_eq!(
                    known["labels"][1],
                    digest(&lines.join("\n")),
                    "{name}, {}: {lines:?}",
                    question.id
                );
                lists += 1;
            }
        }
    }
    assert!(wordings >= 10 && lists >= 20, "{wordings} wordings, {lists} lists of labels");
}

#[test]
fn multiple_response_sets_are_those_that_the_file_declares() {
    let Some(exports) = exports() else { return };
    let mut found = 0;
    for (name, (export, truth)) in exports {
        for (set, known) in truth["sets"].as_object().unwrap() {
            let question = export.instrument.question(set).unwrap_or_else(|| panic!("{name}: no {set}"));
            let Form::Multi { cells, .. } = &question.form else { panic!("{name}: {set}") };
            let columns: Vec<usize> = known["columns"]
                .as_array()
                .unwrap()
                .iter()
                .map(|at| usize::try_from(at.as_u64().unwrap()).unwrap())
                .collect();
            match cells {
                MultiCells::Counted { columns: ours, value } => {
                    assert_eq!((ours, value), (&columns, &known["counted"].to_string()));
                }
                MultiCells::Coded(ours) => {
                    assert_eq!((ours, &known["dichotomy"]), (&columns, &Value::Bool(false)));
                }
                other => panic!("{name}: {set} is {other:?}"),
            }
            found += 1;
        }
    }
    assert_eq!(found, 2);
}

#[test]
fn a_portable_file_is_refused_with_a_remedy() {
    let Some(folder) = folder(1) else { return };
    let (id, bytes) = file(&folder, "spss-stata-pyreadstat/sample.por");
    let diags = ingest::read(&id, &bytes, None).unwrap_err();
    assert!(diags[0].message.ends_with("an SPSS portable file (.por)"));
    assert!(diags[0].help.is_some());
}
