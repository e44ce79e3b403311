//! What a spreadsheet program did to cells when it opened a file and saved it again.

use crate::diag::{Diag, Place, codes};

use super::Export;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Notes columns in which spans such as `1-2` became dates, long numbers lost digits, or an error
/// stands in an answer's place. Nothing is repaired.
pub(super) fn notes(export: &Export) -> Vec<Diag> {
    let mut notes = Vec::new();
    for column in 0..export.table.names().len() {
        // Texts that repeat are looked at once; only a column with damage is gone through for its first place.
        let first = |damaged: fn(&str) -> bool| {
            export.table.tally(column).find(|(text, _)| damaged(text))?;
            export.table.column(column).position(|cell| cell.is_some_and(damaged))
        };
        let place = |row: usize| {
            Place::cell(export.table.file(), export.table.line(row), &export.table.names()[column])
        };
        // The cells themselves are not told: a number may be somebody's, and a date a birthday.
        if let Some(row) = first(is_short_date)
            && has_spans(export, column)
        {
            let message = "it looks like a choice such as 1-2 that a spreadsheet program made a date";
            let diag = Diag::warning(codes::SPREADSHEET_DAMAGE, place(row), message);
            notes.push(
                diag.help("export again and read the file without opening it in a spreadsheet program"),
            );
        }
        if let Some(row) = first(is_error) {
            let message =
                "a spreadsheet program took the answer for a formula and kept an error in its place";
            let diag = Diag::warning(codes::SPREADSHEET_DAMAGE, place(row), message);
            notes.push(diag.help("what was answered is lost in this file; export again from the platform"));
        }
        if let Some(row) = first(is_power_of_ten) {
            let message = "of a long number a spreadsheet program kept the first digits";
            let diag = Diag::warning(codes::SPREADSHEET_DAMAGE, place(row), message);
            notes.push(diag.help("several numbers may have become the same; export again"));
        }
    }
    notes
}

/// Whether a column has spans among its cells, or its question among its choices.
fn has_spans(export: &Export, column: usize) -> bool {
    let questions =
        export.instrument.questions.iter().filter(|question| question.form.columns().contains(&column));
    let mut choices = questions.flat_map(|question| question.form.choices());
    choices.any(|choice| is_span(&choice.label)) || export.table.tally(column).any(|(text, _)| is_span(text))
}

/// `1-2`, `10 - 15`, `20+`.
pub(super) fn is_span(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.trim();
    text.strip_suffix('+').is_some_and(digits)
        || text
            .split_once(['-', '\u{2013}'])
            .is_some_and(|(from, to)| digits(from.trim_end()) && digits(to.trim_start()))
}

/// `1-Feb`, `Oct-15`.
pub(super) fn is_short_date(text: &str) -> bool {
    let day = |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    (5..=6).contains(&text.len())
        && text.split_once('-').is_some_and(|(a, b)| {
            (day(a) && MONTHS.contains(&b)) || (MONTHS.contains(&a) && day(b) && b.len() == 2)
        })
}

/// `#NAME?`, in the spelling of the programs; `#N/A` is what some write for a blank.
fn is_error(text: &str) -> bool {
    matches!(text, "#NAME?" | "#ERROR!" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NUM!")
}

/// `1.07E+10`.
fn is_power_of_ten(text: &str) -> bool {
    text.len() >= 6
        && text
            .split_once('E')
            .and_then(|(number, power)| Some((number, power.strip_prefix('+')?)))
            .is_some_and(|(number, power)| {
                let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                number
                    .split_once('.')
                    .is_some_and(|(whole, part)| whole.len() == 1 && digits(whole) && digits(part))
                    && digits(power)
            })
}

#[cfg(test)]
mod tests {
    use crate::diag::{FileId, Place, codes};
    use crate::ingest;

    fn places(text: &str) -> Vec<Place> {
        let file = FileId::new("a.csv");
        let notes = ingest::read(&file, text.as_bytes(), None).unwrap().notes;
        notes
            .into_iter()
            .filter(|note| note.code == codes::SPREADSHEET_DAMAGE)
            .map(|note| note.place)
            .collect()
    }

    #[test]
    fn spans_that_became_dates_are_noted_once_for_each_column() {
        let file = FileId::new("a.csv");
        let text = "children,month,id\n3-4,1-Feb,10700000001\n1-Feb,2-Mar,1.07E+10\n20+,Oct-15,10700000002\nOct-15,1-Feb,\n";
        assert_eq!(places(text), [Place::cell(&file, 3, "children"), Place::cell(&file, 3, "id")]);
    }

    #[test]
    fn g_10_and_m_08_choices_that_became_dates_are_noted_on_every_platform() {
        let file = FileId::new("a.csv");
        let google = "Timestamp,How many children?\n12/13/2019 12:02:32,1-2\n12/13/2019 12:02:33,2-Jan\n12/13/2019 12:02:34,1-2\n";
        assert_eq!(places(google), [Place::cell(&file, 3, "How many children?")]);
        let monkey = "RespondentID,How many?\n,Response\n3237565956,3-5\n3237565957,5-Mar\n3237565958,3-5\n";
        assert_eq!(places(monkey), [Place::cell(&file, 4, "How many?")]);
    }

    #[test]
    fn words_numbers_and_whole_dates_are_no_damage() {
        assert_eq!(places("a,b,c\n1-2,2020-01-02,1.5\n1-Jan-20,May-be,12E+3\n20-30,x-Feb,E+10\n"), []);
    }
}
