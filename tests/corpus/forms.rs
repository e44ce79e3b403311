//! Real exports of SurveyMonkey, Google Forms and plain tables: kinds and counts of chosen questions, as counted with
//! Python's `csv.reader` over the cells that are not blank once stripped.

use canvass::codebook::Form;
use canvass::ingest::{self, Export, Platform};
use canvass::normalise::code;
use canvass::responses::{Answer, Answers};

use super::{file, folder};

fn read(folder: &str, name: &str) -> Export {
    let (id, bytes) = file(folder, name);
    ingest::read(&id, &bytes, None).unwrap().value
}

/// Questions of each kind, by the kind's name.
fn kinds(export: &Export) -> Vec<(&'static str, usize)> {
    let mut kinds: Vec<(&'static str, usize)> = Vec::new();
    for question in &export.instrument.questions {
        match kinds.iter_mut().find(|(kind, _)| *kind == question.form.kind()) {
            Some((_, count)) => *count += 1,
            None => kinds.push((question.form.kind(), 1)),
        }
    }
    kinds
}

/// The answers to the question whose id begins so.
fn answers(export: &Export, id: &str) -> Answers {
    let mut fitting = export.instrument.questions.iter().filter(|question| question.id.starts_with(id));
    let question = fitting.next().unwrap_or_else(|| panic!("no question {id}"));
    code(export, question, None).value.answers
}

/// How often each choice was made and how many rows are answered.
fn ticks(export: &Export, id: &str) -> (Vec<u64>, u64) {
    let Answers::Ticks(ticks) = answers(export, id) else { panic!("{id} is no multi-select") };
    let rows: Vec<usize> = (0..export.table.height()).collect();
    (ticks.mentions(&rows), ticks.respondents(&rows))
}

/// How often a choice was made.
fn chosen(export: &Export, id: &str, label: &str) -> usize {
    let Answers::Choice(codes) = answers(export, id) else { panic!("{id} is no single choice") };
    let question = export.instrument.questions.iter().find(|question| question.id.starts_with(id)).unwrap();
    let levels = question.form.choices().iter().position(|choice| choice.label == label);
    let code = u16::try_from(levels.unwrap_or_else(|| panic!("{id} has no {label}"))).unwrap();
    codes.iter().filter(|answer| *answer == Answer::Given(code)).count()
}

#[test]
fn survey_monkey_headers_of_one_and_two_rows() {
    let Some(folder) = folder(6) else { return };
    for (name, header_rows, rows, questions) in [
        ("fivethirtyeight/comma-survey/comma-survey.csv", 1, 1129, 12),
        ("fivethirtyeight/flying-etiquette-survey/flying-etiquette.csv", 1, 1040, 26),
        ("fivethirtyeight/food-world-cup/food-world-cup-data.csv", 1, 1373, 47),
        ("fivethirtyeight/steak-survey/steak-risk-survey.csv", 2, 550, 14),
        // 11 questions of one column before, 3 multi-selects, and 13 after them; four of the first have a text beside.
        ("fivethirtyeight/thanksgiving-2015/thanksgiving-2015-poll-data.csv", 1, 1058, 23),
        ("jupyter-surveys/surveymonkey_2020_all_responses.csv", 1, 1135, 82),
    ] {
        let export = read(&folder, name);
        let found = (export.platform, export.header_rows, export.table.height());
        assert_eq!(found, (Platform::SurveyMonkey, header_rows, rows), "{name}");
        assert_eq!(export.instrument.questions.len(), questions, "{name}");
        assert_eq!(export.identifiers, [0], "{name}");
    }
}

#[test]
fn survey_monkey_multi_selects_below_one_header_row() {
    let Some(folder) = folder(2) else { return };
    let export = read(&folder, "fivethirtyeight/thanksgiving-2015/thanksgiving-2015-poll-data.csv");
    let sides = vec![155, 242, 88, 464, 235, 215, 686, 206, 817, 766, 171, 209, 631, 111];
    assert_eq!(ticks(&export, "Which of these side dishes"), (sides, 964));
    let pies = vec![514, 35, 113, 133, 36, 39, 34, 342, 729, 152, 40, 71];
    assert_eq!(ticks(&export, "Which type of pie"), (pies, 964));
    let desserts = vec![110, 16, 128, 72, 191, 204, 43, 266, 103, 295, 134];
    assert_eq!(ticks(&export, "Which of these desserts"), (desserts, 964));
    assert_eq!(chosen(&export, "What is typically the main dish", "Turkey"), 859);
    assert_eq!(chosen(&export, "What is typically the main dish", "Other (please specify)"), 35);

    let export = read(&folder, "jupyter-surveys/surveymonkey_2020_all_responses.csv");
    let languages = vec![1122, 184, 47, 124, 15, 31, 34, 45, 14, 12, 1, 2, 7, 9, 1, 1, 96, 19, 3];
    assert_eq!(ticks(&export, "3."), (languages, 1134));
    // One of its titles lacks the full stop that its cells have.
    let team = vec![177, 749, 72, 264, 134, 183, 280, 64, 408, 181, 122];
    assert_eq!(ticks(&export, "17."), (team, 1130));
}

#[test]
fn survey_monkey_answers_that_do_not_apply_are_no_points() {
    let Some(folder) = folder(1) else { return };
    let export = read(&folder, "fivethirtyeight/food-world-cup/food-world-cup-data.csv");
    assert_eq!(kinds(&export), [("single", 47)]);
    let question = "Please rate how much you like the traditional cuisine of Italy";
    assert_eq!((chosen(&export, question, "5"), chosen(&export, question, "4")), (607, 438));
    let form = &export.instrument.questions.iter().find(|q| q.id.starts_with(question)).unwrap().form;
    let Form::Single { choices, .. } = form else { panic!() };
    let outside: Vec<&str> = choices
        .iter()
        .filter(|choice| choice.outside.is_some())
        .map(|choice| choice.label.as_str())
        .collect();
    assert_eq!(outside, ["N/A"]);
}

#[test]
fn one_google_form_is_the_same_as_csv_tsv_and_workbook() {
    let Some(folder) = folder(3) else { return };
    let [csv, tsv, xlsx] = ["csv", "tsv", "xlsx"]
        .map(|ending| read(&folder, &format!("google-forms-r-survey/2019_es.{ending}")));
    assert_eq!((csv.platform, csv.table.height()), (Platform::GoogleForms, 338));
    assert_eq!(csv.metadata.ended, Some(0));
    assert_eq!(csv.instrument.questions.len(), 51);
    // The TSV marks no quotation, so the marks that some typed around one word are taken for such.
    for (other, typed) in [(&tsv, Some(28)), (&xlsx, None)] {
        assert_eq!(other.platform, Platform::GoogleForms);
        for (question, theirs) in csv.instrument.questions.iter().zip(&other.instrument.questions) {
            let of = |export: &Export| code(export, question, None).value.answers;
            let same = question == theirs && of(&csv) == of(other);
            let is_typed = typed.is_some_and(|column| question.form.columns() == [column]);
            assert!(same || is_typed, "{}", question.id);
        }
    }
}

#[test]
fn google_checkboxes_are_counted_by_their_choices() {
    let Some(folder) = folder(1) else { return };
    let export = read(&folder, "google-forms-r-survey/2019_es.csv");
    let count = |id: &str, labels: &[&str]| -> (Vec<u64>, u64) {
        let (mentions, base) = ticks(&export, id);
        let question =
            export.instrument.questions.iter().find(|question| question.id.starts_with(id)).unwrap();
        let of = |label: &&str| {
            let at = question.form.choices().iter().position(|choice| choice.label == *label);
            mentions[at.unwrap_or_else(|| panic!("{id} has no {label}"))]
        };
        (labels.iter().map(of).collect(), base)
    };
    // `label in cell.split(", ")` for each row.
    let uses = ["Análisis estadístico", "Transformación de datos", "Modelado", "Visualización"];
    assert_eq!(count("¿Para qué aplicaciones usas R más", &uses), (vec![292, 245, 180, 269], 331));
    assert_eq!(count("Identifico mi origen", &["Hispánico/Latino", "Blanco"]), (vec![253, 77], 329));
    // A choice with commas within and without brackets: `label in cell`.
    let books = "Libros, libros de texto o artículos de revistas (JSS, JOSS, R-Journal)";
    assert_eq!(count("Cuando tienes problemas", &[books]), (vec![77], 331));
}
