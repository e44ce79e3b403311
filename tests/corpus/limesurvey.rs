//! Real LimeSurvey exports, and the tables of counts that were published from them.
//!
//! The tables stand in the corpus as they were published: a label and its count, or a column of counts for each item.

use std::collections::BTreeMap;

use canvass::codebook::{Form, Question, fold};
use canvass::ingest::{self, Export, Platform};
use canvass::normalise;
use canvass::responses::{Answers, Codes};

use super::{file, folder};

fn read(folder: &str, name: &str) -> Export {
    let (id, bytes) = file(folder, &format!("limesurvey-rse/{name}"));
    ingest::read(&id, &bytes, None).unwrap().value
}

/// Counts by label.
type Counts = BTreeMap<String, u64>;

fn counted(question: &Question, codes: &Codes) -> Counts {
    let mut counts = Counts::new();
    for (code, choice) in question.form.choices().iter().enumerate() {
        let given = codes.iter().filter(|answer| answer.given().map(usize::from) == Some(code)).count();
        counts.insert(fold(&choice.label), given as u64);
    }
    counts
}

/// The counts of every column of choices by its name (tables of numbers list the rows and count nothing), of every item by its wording, and of every multiple choice.
fn counts(export: &Export) -> BTreeMap<String, Counts> {
    let mut all = BTreeMap::new();
    for question in &export.instrument.questions {
        match (normalise::code(export, question, None).value.answers, &question.form) {
            (Answers::Choice(codes), Form::Single { column, .. }) => {
                all.insert(fold(&export.table.names()[*column]), counted(question, &codes));
            }
            (Answers::Choices { items }, Form::Battery { items: told, .. }) => {
                for (codes, item) in items.iter().zip(told) {
                    all.insert(fold(&item.label), counted(question, codes));
                    all.insert(fold(&export.table.names()[item.column]), counted(question, codes));
                }
            }
            (Answers::Ticks(ticks), form) => {
                let rows: Vec<usize> = (0..export.table.height()).collect();
                let labels = form.choices().iter().map(|choice| fold(&choice.label));
                all.insert(fold(&question.wording), labels.zip(ticks.mentions(&rows)).collect());
            }
            _ => {}
        }
    }
    all
}

/// Compares a published table with the counts; says how many cells it compared and which differ.
fn compare(table: &[Vec<String>], all: &BTreeMap<String, Counts>) -> (usize, Vec<String>) {
    let (mut compared, mut differ) = (0, Vec::new());
    let Some((header, rows)) = table.split_first() else { return (0, differ) };
    let mut check = |counts: Option<&Counts>, label: &str, published: &str| {
        let known = counts.and_then(|counts| counts.get(&fold(label)));
        let (Some(known), Ok(published)) = (known, published.parse::<f64>()) else { return };
        compared += 1;
        #[expect(clippy::cast_precision_loss, reason = "counts of a few hundred")]
        if (*known as f64 - published).abs() > 1e-9 {
            differ.push(format!("{label}: {known}, published {published}"));
        }
    };
    for row in rows {
        for (head, cell) in header.iter().zip(row).skip(1) {
            let of_column = if head == "Count" { all.get(&fold(&header[0])) } else { all.get(&fold(head)) };
            if of_column.is_some() {
                check(of_column, &row[0], cell);
            } else {
                // A row for each question and a column for each answer.
                check(all.get(&fold(&row[0])), head, cell);
            }
        }
    }
    (compared, differ)
}

/// Tables of 2016 whose counts are not those of the published data: the first counts more people than it has rows, the
/// others take "Never" with a blank behind it for another answer and leave it out.
const NOT_OF_THE_DATA: [&str; 3] = [
    "expected_2016_uk/paper1_2_4_5.csv",
    "expected_2016_uk/turnOver1_2.csv",
    "expected_2016_uk/turnOver3_4.csv",
];

#[test]
fn published_counts_are_reproduced() {
    let Some(folder) = folder(3) else { return };
    for (name, published, at_least) in [
        ("2016_uk_public_data.csv", "expected_2016_uk", 180),
        ("2017_nl_public_data.csv", "expected_2017_nl", 200),
        ("2017_zaf_public_data.csv", "expected_2017_zaf", 200),
    ] {
        let export = read(&folder, name);
        assert_eq!(export.platform, Platform::LimeSurvey, "{name}");
        let all = counts(&export);
        let mut compared = 0;
        let mut differ = Vec::new();
        let tables = std::fs::read_dir(format!("{folder}/limesurvey-rse/{published}")).unwrap();
        for table in tables {
            let table = table.unwrap().file_name().into_string().unwrap();
            // Percentages follow from the counts.
            if table.contains("[PERC]") || NOT_OF_THE_DATA.contains(&format!("{published}/{table}").as_str())
            {
                continue;
            }
            let (_, bytes) = file(&folder, &format!("limesurvey-rse/{published}/{table}"));
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
            let rows: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            let (cells, wrong) = compare(&rows, &all);
            compared += cells;
            differ.extend(wrong.into_iter().map(|wrong| format!("{table}: {wrong}")));
        }
        assert!(differ.is_empty(), "{name}: {differ:#?}");
        assert!(compared >= at_least, "{name}: only {compared} counts compared");
    }
}

/// Export, rows, columns, and for some questions their kind and number of choices or items. Counted with Python.
#[test]
fn kinds_are_seen_without_a_structure() {
    let Some(folder) = folder(4) else { return };
    let shape = |form: &Form| match form {
        Form::Battery { items, choices } => format!("{} items on {}", items.len(), choices.len()),
        Form::Multi { choices, .. } => format!("any of {}", choices.len()),
        Form::Single { choices, .. } => format!("one of {}", choices.len()),
        form => form.kind().to_owned(),
    };
    for (name, rows, columns, questions) in [
        ("2016_uk_public_data.csv", 273, 67, &[("edu1", "one of 5"), ("stability1", "number")][..]),
        ("2017_nl_public_data.csv", 77, 131, &[("likert0", "5 items on 10"), ("currentEmp13", "any of 65")]),
        ("2017_zaf_public_data.csv", 22, 277, &[("tool4can", "any of 36")]),
        ("2018_public_data.csv", 997, 707, &[("likert0", "5 items on 10"), ("tool4can", "any of 36")]),
    ] {
        let export = read(&folder, name);
        assert_eq!((export.table.height(), export.table.names().len()), (rows, columns), "{name}");
        for (id, expected) in questions {
            let question = export.instrument.question(id).unwrap_or_else(|| panic!("{name}: no {id}"));
            assert_eq!(shape(&question.form), *expected, "{name}: {id}");
        }
    }
}

#[test]
fn whole_numbers_that_a_data_frame_wrote_with_decimals_are_counted() {
    let Some(folder) = folder(1) else { return };
    let export = read(&folder, "2016_uk_public_data.csv");
    let question = export.instrument.question("currentEmp16a").unwrap();
    // `[float(row[10]) for row in rows if row[10]]`: 272 years with a sum of 546952.
    let Answers::Choice(codes) = normalise::code(&export, question, None).value.answers else {
        let Answers::Numbers { items } = normalise::code(&export, question, None).value.answers else {
            panic!("neither numbers nor choices")
        };
        let years: Vec<f64> = items[0].iter().flatten().copied().collect();
        assert_eq!((years.len(), years.iter().sum::<f64>()), (272, 546_952.0));
        return;
    };
    assert_eq!(codes.iter().filter(|answer| answer.given().is_some()).count(), 272);
}

#[test]
fn the_structure_of_a_survey_is_no_export_and_defines_another_survey() {
    let Some(folder) = folder(1) else { return };
    let (id, bytes) = file(&folder, "limesurvey-rse/2017_de_limesurvey_structure.txt");
    let diags = ingest::read(&id, &bytes, None).unwrap_err();
    assert!(diags[0].help.as_deref().is_some_and(|help| help.contains("definition")), "{diags:?}");
    // The German questions of the same year are those of the Dutch but for a few.
    let (export, answers) = file(&folder, "limesurvey-rse/2017_nl_public_data.csv");
    let noted = ingest::read(&export, &answers, Some((&id, &bytes))).unwrap();
    let question = noted.value.instrument.question("edu2").unwrap();
    assert!(question.defined && question.form.choices().len() > 30);
}
