//! A plain table: one header row, and nothing that says what its columns mean.

use crate::codebook::Instrument;
use crate::diag::{Diag, Noted, Place, codes};

use super::identity::{column_tells_who, may_identify};
use super::infer::{WholeNumbers, distinct_names, question};
use super::{Export, Grid, Platform, RawTable};

/// Reads a plain table: every column is a question of its own, of the kind that its cells suggest.
///
/// Every suggestion is noted, so that the study file can decide otherwise. A column that can tell who a person is is
/// no question.
pub fn read(grid: &Grid) -> Noted<Export> {
    let names: Vec<String> =
        grid.record(0).into_iter().flat_map(super::Record::cells).map(str::to_owned).collect();
    let ids = distinct_names(&names);
    let table = grid.table(1, names);
    let mut notes: Vec<Diag> = unnamed(&table, &ids).into_iter().collect();
    let mut questions = Vec::new();
    let mut identifiers = Vec::new();
    for (column, id) in ids.iter().enumerate() {
        if column_tells_who(&table, column, id) {
            identifiers.push(column);
            notes.push(may_identify(&table, column, id));
            continue;
        }
        let (question, note) = question(&table, column, id, WholeNumbers::Numbers);
        questions.push(question);
        notes.push(note);
    }
    let evidence = "nothing in the header is of a platform that is known".to_owned();
    let mut export = Export::of_rows(Platform::Plain, evidence, 1, table);
    export.instrument = Instrument { questions };
    export.identifiers = identifiers;
    Noted { value: export, notes }
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
    fn shuffled_rows_give_the_same_questions() {
        let one = read_text("q\nb\na\nb\na\n").value.instrument;
        let other = read_text("q\na\na\nb\nb\n").value.instrument;
        assert_eq!(one, other);
    }
}
