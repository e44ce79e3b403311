//! A real KoboToolbox export with its XLSForm, and forms that show corner cases.
//!
//! Counted with Python: `collections.Counter(row[q] for row in csv.DictReader(…))`, cells of several choices split at
//! blanks; "not asked" from the condition of the form, worked out by hand for the rows without an answer.

use canvass::codebook::{Form, Missing, MultiCells, Question};
use canvass::diag::{FileId, Noted, codes};
use canvass::ingest::{self, Cells, Export, Platform};
use canvass::normalise;
use canvass::responses::Answers;

use super::{file, folder};

/// The survey and the choices of the form, which the corpus has as two tables, as one text with the sheets named.
pub(super) fn form(folder: &str) -> Vec<u8> {
    let mut text = String::new();
    for sheet in ["survey", "choices"] {
        let (_, bytes) = file(folder, &format!("kobo-cleaningtools/derived_csv/cleaningtools_{sheet}.csv"));
        text.push_str(sheet);
        text.push('\n');
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for record in reader.records() {
            let record = record.unwrap();
            let cells = record.iter().map(|cell| cell.trim_start_matches('\u{feff}'));
            writer.write_record(std::iter::once("").chain(cells)).unwrap();
        }
        text.push_str(&String::from_utf8(writer.into_inner().unwrap()).unwrap());
    }
    text.into_bytes()
}

fn read(folder: &str, name: &str) -> Noted<Export> {
    let (id, bytes) = file(folder, &format!("kobo-cleaningtools/derived_csv/{name}"));
    let form = form(folder);
    ingest::read(&id, &bytes, Some((&FileId::new("form.csv"), &form))).unwrap()
}

fn question<'e>(export: &'e Export, id: &str) -> &'e Question {
    export.instrument.question(id).unwrap_or_else(|| panic!("no question {id}"))
}

/// The answers to a question: the choices' codes with their counts, and how many were not asked.
fn counts(export: &Export, id: &str) -> (Vec<(String, u64)>, u64) {
    let question = question(export, id);
    let rows: Vec<usize> = (0..export.table.height()).collect();
    let named = |counts: Vec<u64>| {
        let choices = question.form.choices().iter().map(|choice| choice.code.clone());
        choices.zip(counts).filter(|(_, count)| *count > 0).collect()
    };
    match normalise::code(export, question, None).value.answers {
        Answers::Choice(codes) => {
            let mut counts = vec![0; question.form.choices().len()];
            codes
                .iter()
                .filter_map(canvass::responses::Answer::given)
                .for_each(|code| counts[usize::from(code)] += 1);
            (named(counts), codes.tally(&rows, question.form.choices().len()).missing(Missing::NotAsked))
        }
        Answers::Ticks(ticks) => (named(ticks.mentions(&rows)), ticks.missing(&rows, Missing::NotAsked)),
        other => panic!("{id}: {other:?}"),
    }
}

fn expected(counts: &[(&str, u64)]) -> Vec<(String, u64)> {
    counts.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect()
}

#[test]
fn a_real_export_and_its_form_give_kinds_and_counts() {
    let Some(folder) = folder(9) else { return };
    let export = read(&folder, "cleaningtools_raw_data.csv").value;
    assert_eq!((export.platform, export.cells), (Platform::Kobo, Cells::Codes));
    assert_eq!((export.table.height(), export.table.names().len()), (632, 348));
    // Of 229 rows of the form that are no group, 149 have a column and are no metadata.
    assert_eq!(export.instrument.questions.len(), 149);
    assert!(matches!(question(&export, "age_respondent_r").form, Form::Numbers { .. }));
    assert!(matches!(question(&export, "return_date").form, Form::Date { .. }));
    assert!(matches!(question(&export, "primary_livelihood_other").form, Form::Texts { .. }));
    // In the order of the form's choices.
    let (counted, not_asked) = counts(&export, "hhh_r");
    assert_eq!((counted, not_asked), (expected(&[("yes", 624), ("no", 8)]), 0));
    // Asked of the eight who are not the head of the household.
    assert_eq!(counts(&export, "will_to_response_r").1, 624);
    let (counted, _) = counts(&export, "trust_water_office");
    assert_eq!(counted, expected(&[("yes", 382), ("no", 150), ("dont_know", 99), ("prefer_not_answer", 1)]));
    let (counted, not_asked) = counts(&export, "property_title");
    assert_eq!((counted, not_asked), (expected(&[("yes", 405), ("no", 59)]), 168));
    let (counted, _) = counts(&export, "users_build_trust");
    assert_eq!(
        counted,
        expected(&[
            ("nothing", 10),
            ("pay_bills", 500),
            ("report_leaks", 304),
            ("conserve_water", 420),
            ("dont_know", 2)
        ])
    );
    let (counted, not_asked) = counts(&export, "problems_water_who_attend");
    let who = [("water_office", 38), ("community_rep", 3), ("ngo", 4), ("plumber", 1)];
    assert_eq!((counted, not_asked), (expected(&who), 594));
}

#[test]
fn joined_cells_and_the_columns_of_the_choices_agree() {
    let Some(folder) = folder(2) else { return };
    for name in ["cleaningtools_raw_data.csv", "cleaningtools_clean_data.csv"] {
        let noted = read(&folder, name);
        let joined = noted.value.instrument.questions.iter().filter(|question| {
            matches!(&question.form, Form::Multi { cells: MultiCells::Joined { .. }, .. })
        });
        assert_eq!(joined.count(), 19, "{name}");
        // Whoever cleaned the data corrected two questions in one of the two places only.
        let differ = noted.notes.iter().filter(|note| note.code == codes::SAID_TWICE);
        let messages: Vec<&str> = differ.map(|note| note.message.as_str()).collect();
        let expected: &[&str] =
            if name.contains("clean_data") { &["water_sources", "treat_drink_water_how"] } else { &[] };
        assert_eq!(messages.len(), expected.len(), "{messages:?}");
        for (message, question) in messages.iter().zip(expected) {
            assert!(
                message.contains(&format!("\"{question}\"")) && message.contains("(2 in all)"),
                "{message}"
            );
        }
    }
}

#[test]
fn every_form_of_the_corpus_is_read_or_refused_with_a_remedy() {
    let Some(folder) = folder(53) else { return };
    let forms: Vec<String> = std::fs::read_dir(format!("{folder}/xlsform-pyxform"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| [".csv", ".xls", ".xlsx"].iter().any(|ending| name.ends_with(ending)))
        .collect();
    let mut read = 0;
    let mut refused = Vec::new();
    for name in &forms {
        let (id, bytes) = file(&folder, &format!("xlsform-pyxform/{name}"));
        let answers = (FileId::new("a.csv"), b"q,_id,_uuid\n1,2,3\n");
        let remedy = |diags: Vec<canvass::diag::Diag>| {
            assert!(diags.iter().all(|diag| diag.help.is_some()), "{name}: {diags:?}");
            diags[0].code
        };
        match ingest::read(&answers.0, answers.1, Some((&id, &bytes))) {
            Ok(_) => read += 1,
            // A form that is read, and is that of another survey.
            Err(diags) if remedy(diags.clone()) == codes::DEFINITION_MISMATCH => read += 1,
            Err(_) => refused.push(name.as_str()),
        }
        // As answers it is refused, whether it is read as a form or not.
        match ingest::read(&id, &bytes, None) {
            Ok(_) => assert!(["fruits.csv"].contains(&name.as_str()), "{name} was read as answers"),
            Err(diags) => drop(remedy(diags)),
        }
    }
    // All but the workbooks of the old kind and the list of fruits.
    let old = forms.iter().filter(|name| name.ends_with(".xls")).count();
    refused.retain(|name| !name.ends_with(".xls"));
    assert_eq!((read, refused), (forms.len() - old - 1, vec!["fruits.csv"]));
}
