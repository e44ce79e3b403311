//! A table as CSV in long form: a line for each number, with numerator, denominator and percent in their own columns.

use ::csv::WriterBuilder;

use crate::findings::Value;
use crate::numbers::pinned;

use super::table::{Cell, Quote, Table};

/// The columns of the file.
const HEADER: [&str; 14] = [
    "table",
    "section",
    "row",
    "column",
    "shown",
    "finding",
    "numerator",
    "denominator",
    "percent",
    "value",
    "low",
    "high",
    "level",
    "not computed",
];

/// Writes a table. A text that a spreadsheet would run as a formula starts with an apostrophe; numbers stay numbers.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // A vector takes whatever is written, so that no line can fail.
    let _ = writer.write_record(HEADER);
    for section in &table.sections {
        for row in &section.rows {
            for (column, cell) in table.columns.iter().zip(&row.cells) {
                let place = [&table.id, &section.label, &row.label, column, &cell.shown];
                for numbers in lines(cell) {
                    let fields = place.iter().map(|text| guard(text)).chain(numbers);
                    let _ = writer.write_record(fields.collect::<Vec<_>>());
                }
            }
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// Writes rows of texts, guarded alike. Where the rows change their number of columns, a table of its own begins after a
/// blank line; a heading that is repeated within a table is left out.
pub fn rows_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let table = |rows: &[Vec<String>]| {
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        let heading = rows.first();
        let repeated = |position: usize, row: &Vec<String>| position > 0 && Some(row) == heading;
        for (_, row) in rows.iter().enumerate().filter(|(position, row)| !repeated(*position, row)) {
            let _ = writer.write_record(row.iter().map(|text| guard(text)));
        }
        writer.into_inner().unwrap_or_default()
    };
    let tables: Vec<Vec<u8>> = rows.chunk_by(|row, next| row.len() == next.len()).map(table).collect();
    tables.join(&b'\n')
}

/// One line for each finding of a cell; a cell that quotes none still has one line.
fn lines(cell: &Cell) -> Vec<Vec<String>> {
    if cell.quotes.is_empty() {
        return vec![vec![String::new(); HEADER.len() - 5]];
    }
    cell.quotes.iter().map(numbers).collect()
}

fn numbers(quote: &Quote) -> Vec<String> {
    let blank = String::new;
    let (numerator, denominator, value, why) = match &quote.value {
        Value::Share { count, of } => (count.to_string(), of.to_string(), blank(), blank()),
        Value::Count(count) => (blank(), blank(), count.to_string(), blank()),
        Value::Number(number) => (blank(), blank(), pinned(*number).to_string(), blank()),
        Value::Date(day) => (blank(), blank(), day.to_string(), blank()),
        Value::Test(test) => (blank(), blank(), pinned(test.p).to_string(), blank()),
        Value::Order(tiers) => {
            let words: Vec<String> = tiers.iter().map(|tier| tier.labels.join(" = ")).collect();
            (blank(), blank(), guard(&words.join(" > ")), blank())
        }
        Value::NotComputed(reason) => (blank(), blank(), blank(), guard(&reason.to_string())),
    };
    let limit = |limit: Option<f64>| limit.map_or_else(blank, |limit| pinned(limit).to_string());
    let interval = quote.interval.as_ref();
    vec![
        guard(quote.id.as_str()),
        numerator,
        denominator,
        quote.percent.clone().unwrap_or_default(),
        value,
        limit(interval.map(|interval| interval.low)),
        limit(interval.map(|interval| interval.high)),
        limit(interval.map(|interval| interval.level.get())),
        why,
    ]
}

/// A text that no spreadsheet takes for a formula, without control characters.
pub(super) fn guard(text: &str) -> String {
    /// Spreadsheets of some locales read the full-width signs as the usual ones.
    const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let cleaned: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // Blanks in front do not stop every spreadsheet, and a tab in front is a sign of its own.
    let dangerous = text.starts_with(FORMULA) || cleaned.trim_start().starts_with(FORMULA);
    if dangerous && !is_number(text) { format!("'{cleaned}") } else { cleaned }
}

/// Whether a text is a plain number, such as `-1.5`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::samples;

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes)
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn a_share_is_numerator_denominator_and_percent() {
        let lines = read(&csv(&samples::small()));
        assert_eq!(lines[0], HEADER);
        let expected = [
            "motivations",
            "Students",
            "Networking",
            "Respondents",
            "9 (64%)",
            "students/motivations/networking",
        ];
        assert_eq!(lines[1][..6], expected);
        assert_eq!(lines[1][6..9], ["9", "14", "64"]);
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn formulas_are_guarded_and_negative_numbers_are_not_harmed() {
        let formulas =
            ["=1+1", "+1-1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "-inf", "-", "＝1"];
        for hostile in formulas {
            assert!(guard(hostile).starts_with('\''), "{hostile:?} gives {:?}", guard(hostile));
        }
        for number in ["-1.5", "-12", "0.25", "3"] {
            assert_eq!(guard(number), number);
        }
        assert_eq!(guard("Agree - strongly"), "Agree - strongly");
        assert_eq!(guard("a\u{0}b\nc"), "a b c");
    }

    #[test]
    fn tables_of_rows_are_told_apart_by_a_blank_line() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows =
            [&["item", "n"][..], &["=1+1", "3"], &["item", "n"], &["b", "4"], &["step", "count", "of"]];
        let written = rows_csv(&rows.map(row));
        assert_eq!(String::from_utf8(written).unwrap(), "item,n\n'=1+1,3\nb,4\n\nstep,count,of\n");
    }

    #[test]
    fn a_hostile_row_stays_one_line() {
        let mut table = samples::small();
        table.sections[0].rows[0].label = "=HYPERLINK(\"http://x\",\"y\"),\r\n\"z\"".into();
        let lines = read(&csv(&table));
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1][2], "'=HYPERLINK(\"http://x\",\"y\"),  \"z\"");
    }
}
