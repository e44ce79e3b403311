//! A plain table: one header row, and nothing that says what its columns mean.

use crate::codebook::Instrument;
use crate::diag::{Diag, Noted, Place, codes};

use super::infer::{WholeNumbers, distinct_names, question, tells_who};
use super::{Cells, Export, Grid, Metadata, Platform};

/// Reads a plain table: every column is a question of its own, of the kind that its cells suggest.
///
/// Every suggestion is noted, so that the study file can decide otherwise.
pub fn read(grid: &Grid) -> Noted<Export> {
    let names: Vec<String> =
        grid.record(0).map(|header| header.cells().map(str::to_owned).collect()).unwrap_or_default();
    let ids = distinct_names(&names);
    let table = grid.table(1, names);
    let mut notes = Vec::new();
    let mut questions = Vec::new();
    let mut identifiers = Vec::new();
    for (column, id) in ids.iter().enumerate() {
        let (question, note) = question(&table, column, id, WholeNumbers::Numbers);
        if *id != table.names()[column].trim() {
            let message = format!("column {} has no name of its own and is called \"{id}\"", column + 1);
            notes.push(
                Diag::warning(codes::DUPLICATE_COLUMN, Place::file(table.file()), message)
                    .help("give every column its own name in the header row"),
            );
        }
        if tells_who(&table, column, &question.form) {
            identifiers.push(column);
            let place = Place::column(table.file(), id);
            let message = format!("\"{id}\" may tell who a person is, so nothing of it is ever shown");
            notes.push(Diag::note(codes::ASSUMED, place, message));
        }
        questions.push(question);
        notes.push(note);
    }
    let export = Export {
        platform: Platform::Plain,
        evidence: "nothing in the header is of a platform that is known".to_owned(),
        header_rows: 1,
        table,
        instrument: Instrument { questions },
        metadata: Metadata::default(),
        other_columns: Vec::new(),
        identifiers,
        cells: Cells::Labels,
        seen_unanswered: None,
        missing_codes: Vec::new(),
        decimal_commas: Vec::new(),
    };
    Noted { value: export, notes }
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
        assert_eq!(noted.notes.iter().filter(|note| note.code == codes::DUPLICATE_COLUMN).count(), 2);
    }

    #[test]
    fn columns_that_tell_who_a_person_is_are_known_by_name_or_by_an_address() {
        let noted = read_text("E-mail,First Name,contact me,age\n,,ann@example.org,1\n,,,2\n");
        assert_eq!(noted.value.identifiers, [0, 1, 2]);
    }

    #[test]
    fn shuffled_rows_give_the_same_questions() {
        let one = read_text("q\nb\na\nb\na\n").value.instrument;
        let other = read_text("q\na\na\nb\nb\n").value.instrument;
        assert_eq!(one, other);
    }
}
