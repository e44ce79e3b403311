//! Kinds and counts of chosen questions of published exports, against a file that Python's csv module counted.

use std::collections::BTreeMap;
use std::fs;

use canvass::codebook::{Form, MultiCells, Question};
use canvass::ingest::{self, Export};
use canvass::normalise::Coder;
use canvass::responses::{Answer, Answers, Codes};

use super::{file, folder};

/// One line of `fixtures/truth/exports.tsv`.
struct Truth {
    file: String,
    definition: String,
    header_rows: usize,
    rows: usize,
    /// From 1.
    column: usize,
    kind: String,
    n: usize,
    counts: String,
}

fn truths() -> Vec<Truth> {
    let path = format!("{}/fixtures/truth/exports.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let read = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, definition, header_rows, rows, column, kind, n, counts] = cells.as_slice() else {
            panic!("{line}")
        };
        Truth {
            file: (*file).to_owned(),
            definition: (*definition).to_owned(),
            header_rows: header_rows.parse().unwrap(),
            rows: rows.parse().unwrap(),
            column: column.parse().unwrap(),
            kind: (*kind).to_owned(),
            n: n.parse().unwrap(),
            counts: (*counts).to_owned(),
        }
    };
    text.lines().skip(1).map(read).collect()
}

fn read(folder: &str, truth: &Truth) -> Export {
    let (id, bytes) = file(folder, &truth.file);
    let definition = (!truth.definition.is_empty()).then(|| file(folder, &truth.definition));
    let definition = definition.as_ref().map(|(id, bytes)| (id, bytes.as_slice()));
    ingest::read(&id, &bytes, definition).unwrap_or_else(|diags| panic!("{}: {diags:?}", truth.file)).value
}

fn given(codes: &Codes) -> Vec<u16> {
    codes
        .iter()
        .filter_map(|answer| if let Answer::Given(code) = answer { Some(code) } else { None })
        .collect()
}

fn sorted_counts(codes: &Codes) -> (usize, String) {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    let given = given(codes);
    for code in &given {
        *counts.entry(*code).or_default() += 1;
    }
    let mut counts: Vec<usize> = counts.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    (given.len(), counts.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
}

/// The kind by which the column was read, how many answered, and the counts; in the words of the truth.
fn found(export: &Export, coder: &Coder<'_>, question: &Question, column: usize) -> (String, usize, String) {
    let answers = coder.code(question, None).value.answers;
    let position = |columns: &[usize]| columns.iter().position(|known| *known == column).unwrap();
    let items =
        |items: &[canvass::codebook::Item]| items.iter().position(|item| item.column == column).unwrap();
    match (&question.form, &answers) {
        (Form::Single { .. }, Answers::Choice(codes)) => {
            let (n, counts) = sorted_counts(codes);
            ("one".into(), n, counts)
        }
        (Form::Battery { items: known, .. }, Answers::Choices { items: coded }) => {
            let (n, counts) = sorted_counts(&coded[items(known)]);
            ("one".into(), n, counts)
        }
        (Form::Multi { cells: MultiCells::Split(columns), .. }, Answers::Ticks(ticks)) => {
            let chosen = &ticks.chosen[position(columns)];
            ("tick".into(), (0..export.table.height()).filter(|row| chosen.get(*row)).count(), String::new())
        }
        (Form::Numbers { items: known }, Answers::Numbers { items: coded }) => {
            let numbers: Vec<f64> =
                coded[items(known)].iter().filter_map(|number| number.as_ref().ok()).copied().collect();
            ("number".into(), numbers.len(), numbers.iter().sum::<f64>().to_string())
        }
        (Form::Texts { items: known }, Answers::Texts { items: coded }) => {
            ("text".into(), given(&coded[items(known)]).len(), String::new())
        }
        (Form::Date { .. }, Answers::Texts { items: coded }) => {
            ("date".into(), given(&coded[0]).len(), String::new())
        }
        (form, _) => (form.kind().to_owned(), 0, String::new()),
    }
}

#[test]
fn kinds_and_counts_are_those_that_another_tool_counted() {
    let truths = truths();
    let Some(folder) = folder(truths.len()) else { return };
    let mut files: BTreeMap<&str, Vec<&Truth>> = BTreeMap::new();
    for truth in &truths {
        files.entry(&truth.file).or_default().push(truth);
    }
    assert!(files.len() >= 25, "{} files", files.len());
    let mut wrong = Vec::new();
    for (name, truths) in files {
        let export = read(&folder, truths[0]);
        let coder = Coder::new(&export);
        if (export.header_rows, export.table.height()) != (truths[0].header_rows, truths[0].rows) {
            wrong.push(format!("{name}: {} header rows, {} rows", export.header_rows, export.table.height()));
        }
        for truth in truths {
            let column = truth.column - 1;
            let question =
                export.instrument.questions.iter().find(|question| question.form.columns().contains(&column));
            let Some(question) = question else {
                wrong.push(format!("{name}: column {} is no question's", truth.column));
                continue;
            };
            let (kind, n, counts) = found(&export, &coder, question, column);
            let same_counts = match (counts.parse::<f64>(), truth.counts.parse::<f64>()) {
                (Ok(a), Ok(b)) => (a - b).abs() <= 1e-9 * b.abs(),
                _ => counts == truth.counts,
            };
            if kind != truth.kind || n != truth.n || !same_counts {
                wrong.push(format!(
                    "{name}: column {} is {kind} {n} {counts}, not {} {} {}",
                    truth.column, truth.kind, truth.n, truth.counts
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
