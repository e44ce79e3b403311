//! All tables of a study as one workbook: a sheet for each, and one of every finding.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::findings::{Finding, Findings, Value};
use crate::numbers::pinned;

use super::table::{Cell, Quote, Table, letter, marks};

/// The parts of a number that stand in columns of their own beside the table as it is printed.
const PARTS: [&str; 5] = ["n", "of", "value", "low", "high"];

/// Columns of the sheet of all findings.
const FINDINGS: [&str; 17] = [
    "finding",
    "group",
    "question",
    "item",
    "level",
    "statistic",
    "count",
    "of",
    "value",
    "p",
    "adjusted p",
    "low",
    "high",
    "confidence",
    "method",
    "not computed",
    "cautions",
];

/// Why there is no workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoWorkbook(String);

impl std::fmt::Display for NoWorkbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the workbook cannot be written: {}", self.0)
    }
}

impl std::error::Error for NoWorkbook {}

/// Writes a workbook. Texts are written as texts, so that none is ever run as a formula.
pub fn xlsx(title: &str, tables: &[Table], findings: &Findings) -> Result<Vec<u8>, NoWorkbook> {
    workbook(title, tables, findings).map_err(|error| NoWorkbook(error.to_string()))
}

fn workbook(title: &str, tables: &[Table], findings: &Findings) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same bytes on any day: a workbook says when it was made, and nothing here knows.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(clean(title)).set_creation_datetime(&epoch));
    let mut names = BTreeSet::new();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name(&table.id, &mut names))?;
        write_table(sheet, table)?;
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(name("Findings", &mut names))?;
    write_findings(sheet, findings)?;
    workbook.save_to_buffer()
}

/// A name that a sheet can have: at most 31 letters, unlike any other in whatever case.
fn name(id: &str, taken: &mut BTreeSet<String>) -> String {
    let letters: String = id
        .chars()
        .map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { '-' } else { c })
        .take(28)
        .collect();
    let mut name = letters.clone();
    let mut count = 1;
    while !taken.insert(name.to_lowercase()) {
        count += 1;
        name = format!("{letters}-{count}");
    }
    name
}

/// The looks of cells.
struct Looks {
    title: Format,
    stub: Format,
    heading: Format,
    section: Format,
    label: Format,
    below: Format,
    shown: Format,
    note: Format,
}

impl Looks {
    fn new() -> Self {
        let stub = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_border_top(FormatBorder::Medium)
            .set_border_bottom(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(12.0),
            heading: stub.clone().set_align(FormatAlign::Right),
            stub,
            section: Format::new().set_bold(),
            label: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            below: Format::new()
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_align(FormatAlign::Top)
                .set_indent(1),
            shown: Format::new().set_align(FormatAlign::Right).set_align(FormatAlign::Top),
            note: Format::new().set_font_size(9.0).set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// The table as it is printed, and to its right its numbers as numbers.
fn write_table(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let parts = parts(table);
    sheet.write_string_with_format(0, 0, clean(&table.title), &looks.title)?;
    let width = column(table.columns.len() + 1);
    for (at, heading) in headings(table).enumerate() {
        let look = if at == 0 { &looks.stub } else { &looks.heading };
        sheet.write_string_with_format(2, column(at), clean(heading), look)?;
    }
    for (at, (position, part)) in parts.iter().enumerate() {
        let heading = format!("{}: {part}", table.columns[*position]);
        sheet.write_string_with_format(2, width + 1 + column(at), clean(&heading), &looks.heading)?;
    }
    let widths = widths(table);
    let most_lines =
        headings(table).zip(&widths).map(|(heading, width)| heading_lines(heading, *width)).max();
    sheet.set_row_height(2, height(most_lines.unwrap_or(1)))?;
    let mut at = 3;
    for section in &table.sections {
        if !section.label.is_empty() {
            sheet.write_string_with_format(at, 0, clean(&section.label), &looks.section)?;
            at += 1;
        }
        for row in &section.rows {
            let label = marked(&row.label, &row.marks);
            sheet.set_row_height(at, height(lines(&label, widths[0])))?;
            let look = if section.label.is_empty() { &looks.label } else { &looks.below };
            sheet.write_string_with_format(at, 0, label, look)?;
            for (position, cell) in row.cells.iter().enumerate() {
                let shown = marked(&cell.shown, &cell.marks);
                sheet.write_string_with_format(at, column(position + 1), shown, &looks.shown)?;
            }
            for (to, (position, part)) in parts.iter().enumerate() {
                if let Some(number) = row.cells.get(*position).and_then(|cell| number(cell, part)) {
                    sheet.write_number(at, width + 1 + column(to), number)?;
                }
            }
            at += 1;
        }
    }
    at += 1;
    let whole: usize = widths.iter().sum();
    let footnotes = table.footnotes.iter().enumerate();
    let footnotes = footnotes.map(|(position, footnote)| format!("{} {footnote}.", letter(position)));
    for text in footnotes.chain(table.notes.iter().cloned()) {
        let text = clean(&text);
        sheet.set_row_height(at, height(lines(&text, whole)))?;
        if width > 1 {
            sheet.merge_range(at, 0, at, width - 1, &text, &looks.note)?;
        } else {
            sheet.write_string_with_format(at, 0, text, &looks.note)?;
        }
        at += 1;
    }
    for (position, letters) in widths.iter().enumerate() {
        sheet.set_column_width(column(position), f64::from(u32::try_from(*letters).unwrap_or(8)))?;
    }
    sheet.set_freeze_panes(3, 1)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_area(0, 0, at, width - 1)?;
    sheet.set_repeat_rows(2, 2)?;
    Ok(())
}

/// The headings of all columns.
fn headings(table: &Table) -> impl Iterator<Item = &String> {
    std::iter::once(&table.stub).chain(&table.columns)
}

/// How many letters wide each column is: as its longest cell asks and the longest word of its heading.
fn widths(table: &Table) -> Vec<usize> {
    let rows = || table.sections.iter().flat_map(|section| &section.rows);
    let labels = rows().map(|row| row.label.chars().count()).max().unwrap_or(0);
    let columns = table.columns.iter().enumerate().map(|(position, heading)| {
        let longest =
            rows().filter_map(|row| row.cells.get(position)).map(|cell| cell.shown.chars().count()).max();
        let word = heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
        longest.unwrap_or(0).max(word).clamp(8, 60) + 3
    });
    std::iter::once(labels.clamp(20, 56) + 6).chain(columns).collect()
}

/// How many lines a text takes in so many letters.
fn lines(text: &str, letters: usize) -> usize {
    text.chars().count().div_ceil(letters.max(1)).max(1)
}

/// How many lines a heading takes, broken between its words.
fn heading_lines(heading: &str, letters: usize) -> usize {
    let mut lines = 1;
    let mut taken = 0;
    for word in heading.split(' ') {
        let word = word.chars().count();
        // Bold letters are wider.
        if taken > 0 && (taken + 1 + word) * 6 > letters * 5 {
            lines += 1;
            taken = word;
        } else {
            taken += word + usize::from(taken > 0);
        }
    }
    lines
}

/// The height of a row of so many lines, in points.
fn height(lines: usize) -> f64 {
    15.0 * f64::from(u32::try_from(lines.min(27)).unwrap_or(27))
}

/// The numbers that stand in some cell of each column, in the order of the columns.
fn parts(table: &Table) -> Vec<(usize, &'static str)> {
    let cells = |position: usize| {
        table.sections.iter().flat_map(|section| &section.rows).filter_map(move |row| row.cells.get(position))
    };
    let mut parts = Vec::new();
    for position in 0..table.columns.len() {
        for part in PARTS {
            if cells(position).any(|cell| number(cell, part).is_some()) {
                parts.push((position, part));
            }
        }
    }
    parts
}

/// One part of the number of a cell; of several findings, the first.
fn number(cell: &Cell, part: &str) -> Option<f64> {
    let quote = cell.quotes.first()?;
    match (part, &quote.value) {
        ("n", Value::Share { count, .. }) | ("value", Value::Count(count)) => Some(*count as f64),
        ("of", Value::Share { of, .. }) => Some(*of as f64),
        ("value", Value::Number(number)) => finite(*number),
        ("value", Value::Test(test)) => finite(test.p),
        ("low", _) => limits(quote).and_then(|(low, _)| finite(low)),
        ("high", _) => limits(quote).and_then(|(_, high)| finite(high)),
        _ => None,
    }
}

fn limits(quote: &Quote) -> Option<(f64, f64)> {
    quote.interval.as_ref().map(|interval| (interval.low, interval.high))
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then(|| pinned(number))
}

fn write_findings(sheet: &mut Worksheet, findings: &Findings) -> Result<(), XlsxError> {
    let looks = Looks::new();
    for (at, heading) in FINDINGS.iter().enumerate() {
        sheet.write_string_with_format(0, column(at), *heading, &looks.stub)?;
    }
    for (at, finding) in (1..).zip(findings) {
        write_finding(sheet, at, finding)?;
    }
    sheet.set_column_width(0, 48)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(1, 1)?;
    let last = u32::try_from(findings.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, column(FINDINGS.len() - 1))?;
    Ok(())
}

fn write_finding(sheet: &mut Worksheet, at: u32, finding: &Finding) -> Result<(), XlsxError> {
    let cautions: Vec<String> = finding.cautions.iter().map(ToString::to_string).collect();
    let method = finding.method.map(|method| match method.convention {
        "" => method.name.to_owned(),
        convention => format!("{} ({convention})", method.name),
    });
    let why = match &finding.value {
        Value::NotComputed(reason) => Some(reason.to_string()),
        _ => None,
    };
    let words = match &finding.value {
        Value::Order(tiers) => {
            let places: Vec<String> = tiers.iter().map(|tier| tier.labels.join(" = ")).collect();
            Some(places.join(" > "))
        }
        // As it is written in the other files: a sheet has no days before 1900.
        Value::Date(day) => Some(day.to_string()),
        _ => None,
    };
    let texts = [
        (0, Some(finding.id.as_str().to_owned())),
        (1, Some(finding.group.clone())),
        (2, finding.question.clone()),
        (3, finding.item.clone()),
        (4, finding.level.clone()),
        (5, Some(finding.statistic.id().to_owned())),
        (8, words),
        (14, method),
        (15, why),
        (16, Some(cautions.join("; "))),
    ];
    for (to, text) in texts {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            sheet.write_string(at, to, clean(&text))?;
        }
    }
    let interval = finding.interval.as_ref();
    let (count, of, value, p, adjusted) = match &finding.value {
        Value::Share { count, of } => (Some(*count as f64), Some(*of as f64), None, None, None),
        Value::Count(count) => (Some(*count as f64), None, None, None, None),
        Value::Number(number) => (None, None, Some(*number), None, None),
        Value::Test(test) => {
            (None, None, test.statistic, Some(test.p), test.adjusted.as_ref().map(|adjusted| adjusted.p))
        }
        Value::Date(_) | Value::Order(_) | Value::NotComputed(_) => (None, None, None, None, None),
    };
    let numbers = [
        (6, count),
        (7, of),
        (8, value),
        (9, p),
        (10, adjusted),
        (11, interval.map(|interval| interval.low)),
        (12, interval.map(|interval| interval.high)),
        (13, interval.map(|interval| interval.level.get())),
    ];
    for (to, number) in numbers {
        if let Some(number) = number.and_then(finite) {
            sheet.write_number(at, to, number)?;
        }
    }
    Ok(())
}

fn marked(words: &str, positions: &[usize]) -> String {
    if positions.is_empty() { clean(words) } else { format!("{} [{}]", clean(words), marks(positions)) }
}

/// A text that a cell can hold: without control characters, at most 32,767 letters.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(32_767).collect()
}

/// A column by its position; the most that a sheet has for anything beyond.
fn column(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(16_383).min(16_383)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::tables::samples;

    fn read(tables: &[Table]) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(xlsx("Study", tables, &Findings::default()).unwrap())).unwrap()
    }

    #[test]
    fn numbers_are_numbers_beside_what_is_printed() {
        let mut workbook = read(&[samples::small()]);
        assert_eq!(workbook.sheet_names(), ["motivations", "Findings"]);
        let sheet = workbook.worksheet_range("motivations").unwrap();
        let cell = |row: u32, column: u32| sheet.get_value((row, column)).cloned();
        let text = |text: &str| Some(Data::String(text.to_owned()));
        // The heading, the section, the row; the number of those who ticked it and of whom.
        assert_eq!(
            (cell(2, 0), cell(3, 0), cell(4, 0)),
            (text("Choice"), text("Students"), text("Networking [a]"))
        );
        assert_eq!(
            (cell(4, 1), cell(4, 3), cell(4, 4)),
            (text("9 (64%)"), Some(Data::Float(9.0)), Some(Data::Float(14.0)))
        );
        assert_eq!(cell(2, 3), text("Respondents: n"));
    }

    #[test]
    fn what_looks_like_a_formula_is_a_text() {
        let mut table = samples::small();
        table.sections[0].rows[0].label = "=cmd|'/c calc'!A0".into();
        table.title = "x".repeat(40_000);
        let mut workbook = read(&[table]);
        let formulas = workbook.worksheet_formula("motivations").unwrap();
        assert!(formulas.used_cells().next().is_none());
        let sheet = workbook.worksheet_range("motivations").unwrap();
        assert_eq!(sheet.get_value((4, 0)), Some(&Data::String("=cmd|'/c calc'!A0 [a]".to_owned())));
    }

    #[test]
    fn sheets_have_names_that_a_workbook_allows() {
        let mut taken = BTreeSet::new();
        let long = "a-very-long-name-of-a-table-of-a-study";
        let names = [long, &long.to_uppercase(), "a/b[c]"].map(|id| name(id, &mut taken));
        assert_eq!(names, ["a-very-long-name-of-a-table-", "A-VERY-LONG-NAME-OF-A-TABLE--2", "a-b-c-"]);
        assert!(names.iter().all(|name| name.chars().count() <= 31));
    }
}
