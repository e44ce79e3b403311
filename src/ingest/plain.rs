//! A plain table: one header row, or SurveyMonkey's two, and nothing that says what its columns mean.

use crate::codebook::Instrument;
use crate::diag::{Diag, Noted, Place, codes};

use super::identity::column_tells_who;
use super::infer::{WholeNumbers, distinct_names, question};
use super::{Export, Grid, Platform, RawTable, wording};

/// Reads a plain table: every column is a question of its own, of the kind that its cells suggest.
///
/// Every suggestion is noted, so that the study file can decide otherwise. A column that can tell who a person is is
/// no question.
pub fn read(grid: &Grid) -> Noted<Export> {
    let two = has_second_header(grid);
    let header_rows = if two { 2 } else { 1 };
    let names = names(grid, two);
    let ids = distinct_names(&names);
    let table = grid.table(header_rows, names);
    let mut notes: Vec<Diag> = unnamed(&table, &ids).into_iter().collect();
    let mut questions = Vec::new();
    let mut identifiers = Vec::new();
    for (column, id) in ids.iter().enumerate() {
        if column_tells_who(&table, column, id) {
            identifiers.push(column);
            let place = Place::column(table.file(), id);
            let message = format!("\"{id}\" may tell who a person is, so nothing of it is ever shown");
            let help = "if it does not, declare it as a question in the study file";
            notes.push(Diag::note(codes::MAY_IDENTIFY, place, message).help(help));
            continue;
        }
        let (question, note) = question(&table, column, id, WholeNumbers::Numbers);
        questions.push(question);
        notes.push(note);
    }
    let evidence = if two {
        "a second header row below the ids, as SurveyMonkey writes it"
    } else {
        "nothing in the header is of a platform that is known"
    };
    let mut export = Export::of_rows(Platform::Plain, evidence.to_owned(), header_rows, table);
    export.instrument = Instrument { questions };
    export.identifiers = identifiers;
    Noted { value: export, notes }
}

/// Whether the second record is SurveyMonkey's second header row: blank below the id of the respondent, which no
/// respondent's row is, and below some question the words that SurveyMonkey writes there or, where the question's
/// text stands over several columns, a choice.
fn has_second_header(grid: &Grid) -> bool {
    let (Some(first), Some(second)) = (grid.record(0), grid.record(1)) else { return false };
    let id = first.cell(0).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let by_id = id.eq("respondentid".chars()) && second.cell(0).trim().is_empty();
    by_id
        && first.cells().zip(second.cells()).any(|(above, below)| {
            let below = below.trim().to_lowercase();
            matches!(below.as_str(), "response" | "open-ended response" | "other (please specify)")
                || (above.trim().is_empty() && !below.is_empty())
        })
}

/// The names of the columns; where a question's text stands over several of them, the later ones have their choice.
fn names(grid: &Grid, two: bool) -> Vec<String> {
    let Some(first) = grid.record(0) else { return Vec::new() };
    let second = grid.record(1).filter(|_| two);
    first
        .cells()
        .enumerate()
        .map(|(column, name)| match second {
            Some(second) if name.trim().is_empty() => wording::one_line(second.cell(column)),
            _ => name.to_owned(),
        })
        .collect()
}

/// What to say about columns that have no name of their own.
fn unnamed(table: &RawTable, ids: &[String]) -> Option<Diag> {
    let called: Vec<String> = ids
        .iter()
        .zip(table.names())
        .enumerate()
        .filter(|(_, (id, name))| *id != name.trim())
        .map(|(column, (id, _))| format!("{} is called \"{id}\"", column + 1))
        .collect();
    let message = match called.as_slice() {
        [] => return None,
        [only] => format!("column {only}, because it has no name of its own"),
        _ => {
            format!("{} columns have no name of their own: column {}", called.len(), called.join(", column "))
        }
    };
    let diag = Diag::warning(codes::DUPLICATE_COLUMN, Place::file(table.file()), message);
    Some(diag.help("give every column its own name in the header row"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Form;
    use crate::diag::FileId;
    use crate::ingest::grid;

    fn read_text(text: &str) -> Noted<Export> {
        read(&grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value)
    }

    #[test]
    fn every_column_is_a_question_and_every_guess_is_noted() {
        let noted = read_text("age,vote,why\n20,Dole,because\n30,Dole,so\n30,Clinton,well\n40,Clinton,\n");
        let kinds: Vec<&str> =
            noted.value.instrument.questions.iter().map(|question| question.form.kind()).collect();
        assert_eq!(kinds, ["number", "single", "text"]);
        let codes: Vec<&str> = noted.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(codes, ["I011", "I012", "I011"]);
        let Form::Single { choices, .. } = &noted.value.instrument.questions[1].form else { panic!() };
        assert_eq!(
            choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(),
            ["Clinton", "Dole"]
        );
    }

    #[test]
    fn names_that_repeat_or_are_absent_are_told_apart() {
        let noted = read_text("a,a,\n1,2,3\n");
        let ids: Vec<&str> =
            noted.value.instrument.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids, ["a", "a (2)", "column 3"]);
        let unnamed: Vec<&Diag> =
            noted.notes.iter().filter(|note| note.code == codes::DUPLICATE_COLUMN).collect();
        assert_eq!(unnamed.len(), 1);
        assert_eq!(
            unnamed[0].message,
            "2 columns have no name of their own: column 2 is called \"a (2)\", column 3 is called \"column 3\""
        );
    }

    #[test]
    fn columns_that_tell_who_a_person_is_are_known_by_name_or_by_an_address() {
        let noted = read_text("E-mail,First Name,contact me,age\n,,ann@example.org,1\n,,,2\n");
        assert_eq!(noted.value.identifiers, [0, 1, 2]);
        let ids: Vec<&str> =
            noted.value.instrument.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids, ["age"]);
    }

    #[test]
    fn the_second_header_row_of_survey_monkey_is_no_respondent() {
        let text = "RespondentID,Do you eat steak?,Which of these?,\n,Response,Beef,Lamb\n3237565956,Yes,Beef,\n3234982343,No,,Lamb\n";
        let export = read_text(text).value;
        assert_eq!((export.header_rows, export.table.height(), export.table.line(0)), (2, 2, 3));
        assert_eq!(export.table.names()[3], "Lamb");
        assert_eq!(export.identifiers, [0]);
        // A respondent who answered nothing, and a file of another tool.
        for text in ["RespondentID,a\n,\n1,x\n", "RespondentID,a\n1,Response\n", "row,a\n,Response\n1,x\n"] {
            assert_eq!(read_text(text).value.header_rows, 1, "{text}");
        }
    }

    #[test]
    fn shuffled_rows_give_the_same_questions() {
        let one = read_text("q\nb\na\nb\na\n").value.instrument;
        let other = read_text("q\na\na\nb\nb\n").value.instrument;
        assert_eq!(one, other);
    }
}
