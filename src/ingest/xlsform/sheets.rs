//! The sheets of an XLSForm, from a workbook or from text in which the first column names the sheets.

use crate::diag::{Diag, FileId, codes};
use crate::ingest::{Grid, container, grid, workbook};

use super::invalid;

/// Rows of texts, each with its line.
type Rows = Vec<(u32, Vec<String>)>;

/// A sheet: rows of texts, each with its line.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// The heads of the columns as they are compared.
    heads: Vec<Head>,
    rows: Rows,
}

/// The head of a column: its name, and the language for which it holds texts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    name: String,
    language: String,
}

/// A row of a sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    sheet: &'a Sheet,
    /// The line on which it stands; in a workbook, the row.
    pub(super) line: u32,
    cells: &'a [String],
}

/// The sheets that matter here.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheets {
    pub(super) survey: Sheet,
    pub(super) choices: Sheet,
    pub(super) external: Sheet,
    pub(super) settings: Sheet,
}

/// The names of the sheets, with the older ones.
const SHEETS: [&str; 5] = ["survey", "choices", "external_choices", "settings", "choices and columns"];

/// Reads the sheets of a definition; fails with a remedy where there is no survey sheet.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Sheets, Vec<Diag>> {
    let mut sheets = Sheets::default();
    if workbook::is_workbook(bytes) {
        let named = |name: &str| SHEETS.contains(&fold(name).as_str());
        for (name, grid) in workbook::sheets(file, bytes, named).map_err(|diag| vec![diag])? {
            sheets.put(&fold(&name), Sheet::of(rows(&grid)));
        }
        // A form of one sheet may leave it the name that the program gave it.
        if sheets.survey.heads.is_empty() && sheets.choices.heads.is_empty() {
            sheets.survey = Sheet::of(rows(&grid::read(file, bytes)?.value));
        }
    } else {
        let grid = grid::read(file, bytes)?.value;
        if is_flat(&grid) {
            for (name, rows) in sections(flat_rows(file, bytes)?) {
                sheets.put(&name, Sheet::of(rows));
            }
        } else {
            sheets.survey = Sheet::of(rows(&grid));
        }
    }
    if sheets.survey.has("type") && sheets.survey.names_its_rows() {
        return Ok(sheets);
    }
    let message = if sheets.survey.has("list_name") && sheets.survey.names_its_rows() {
        format!("{file} is the choices of an XLSForm without its survey")
    } else {
        format!("{file} has no sheet \"survey\" with the columns \"type\" and \"name\"")
    };
    let help = "give the XLSForm as a workbook with the sheets survey and choices";
    Err(vec![invalid(codes::DEFINITION_INVALID, file, message).help(help)])
}

/// Whether the first sheet of a file is the survey of an XLSForm: heads `type` and `name`, and types below them.
pub(super) fn is_survey(grid: &Grid) -> bool {
    if is_flat(grid) {
        return true;
    }
    let rows: Rows = grid.records().take(LOOKED_AT).map(|record| row(&record)).collect();
    let sheet = Sheet::of(rows);
    let types: Vec<&str> = sheet.rows().map(|row| row.text("type")).filter(|text| !text.is_empty()).collect();
    let known = types.iter().filter(|text| super::types::is_known(text)).count();
    sheet.has("type") && sheet.names_its_rows() && known * 2 > types.len()
}

/// Whether a table is the choices of an XLSForm.
pub(super) fn is_choices(grid: &Grid) -> bool {
    let rows: Rows = grid.records().take(1).map(|record| row(&record)).collect();
    let sheet = Sheet::of(rows);
    sheet.has("list_name") && sheet.names_its_rows() && sheet.has("label")
}

/// How many rows are enough to know a survey sheet.
const LOOKED_AT: usize = 8;

/// Whether the first column names sheets, and what belongs to them stands to the right below.
fn is_flat(grid: &Grid) -> bool {
    let Some(first) = grid.record(0) else { return false };
    let alone = (1..first.len()).all(|column| first.cell(column).trim().is_empty());
    SHEETS.contains(&fold(first.cell(0)).as_str())
        && alone
        && grid.record(1).is_some_and(|second| {
            let apart = second.cell(0).trim().is_empty() && second.len() > 1;
            // Where the name stands alone on its line, nothing tells what separates the cells of the others.
            apart || (first.len() == 1 && second.cell(0).starts_with([',', ';', '\t']))
        })
}

/// The rows of a text in which the first column names sheets.
///
/// A table is as wide as its first record, which here holds a name and nothing else: one that is wide enough is set
/// before it.
fn flat_rows(file: &FileId, bytes: &[u8]) -> Result<Rows, Vec<Diag>> {
    let text = container::decoded(file, bytes).value;
    let separators = [',', ';', '\t'];
    let count = |separator: &char| text.matches(*separator).count();
    let separator = separators.into_iter().rev().max_by_key(count).unwrap_or(',');
    let widest = text.lines().map(|line| line.matches(separator).count()).max().unwrap_or(0);
    let first = format!("x{separator}").repeat(widest);
    let wide = grid::read(file, format!("{first}x\n{}", text.trim_start_matches('\u{feff}')).as_bytes())?;
    let rows = rows(&wide.value).into_iter().skip(1);
    Ok(rows.map(|(line, cells)| (line.saturating_sub(1), cells)).collect())
}

fn sections(rows: Rows) -> Vec<(String, Rows)> {
    let mut sections: Vec<(String, Rows)> = Vec::new();
    for (line, mut cells) in rows {
        let name = if cells.is_empty() { String::new() } else { cells.remove(0) };
        if !name.trim().is_empty() {
            sections.push((fold(&name), Vec::new()));
        }
        if let Some((_, rows)) = sections.last_mut()
            && cells.iter().any(|cell| !cell.trim().is_empty())
        {
            rows.push((line, cells));
        }
    }
    sections
}

fn rows(grid: &Grid) -> Rows {
    grid.records().map(|record| row(&record)).collect()
}

fn row(record: &crate::ingest::Record<'_>) -> (u32, Vec<String>) {
    (record.line(), (0..record.len()).map(|column| record.cell(column).to_owned()).collect())
}

/// Lower case, one blank between words.
fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

impl Sheets {
    fn put(&mut self, name: &str, sheet: Sheet) {
        match name {
            "survey" => self.survey = sheet,
            "choices" | "choices and columns" => self.choices = sheet,
            "external_choices" => self.external = sheet,
            _ => self.settings = sheet,
        }
    }
}

impl Sheet {
    fn of(mut rows: Rows) -> Self {
        if rows.is_empty() {
            return Self::default();
        }
        let (_, heads) = rows.remove(0);
        Self { heads: heads.iter().map(|head| Head::of(head)).collect(), rows }
    }

    /// Whether there is a column of this name, in whatever language.
    pub(super) fn has(&self, name: &str) -> bool {
        self.heads.iter().any(|head| head.name == name)
    }

    fn names_its_rows(&self) -> bool {
        self.has("name") || self.has("value")
    }

    /// The languages of the columns of this name, in order; "" for one without.
    pub(super) fn languages(&self, name: &str) -> Vec<&str> {
        self.heads.iter().filter(|head| head.name == name).map(|head| head.language.as_str()).collect()
    }

    /// The rows below the heads.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { sheet: self, line: *line, cells })
    }
}

impl Head {
    /// A head with the names of older forms put into today's.
    fn of(text: &str) -> Self {
        let (name, language) = match text.split_once("::") {
            Some((name, language)) => (name, language),
            None => text.split_once(':').unwrap_or((text, "")),
        };
        let name = fold(name).replace(' ', "_");
        let name = match name.as_str() {
            "caption" => "label",
            "listname" => "list_name",
            "relevance" => "relevant",
            // `bind::relevant` is an older spelling.
            "bind" if fold(language) == "relevant" => {
                return Self { name: "relevant".to_owned(), language: String::new() };
            }
            name => name,
        };
        Self { name: name.to_owned(), language: language.trim().trim_start_matches(':').trim().to_owned() }
    }
}

impl<'a> Row<'a> {
    /// The text in the first column of this name, trimmed; "NA" is how R writes nothing.
    pub(super) fn text(&self, name: &str) -> &'a str {
        let column = self.sheet.heads.iter().position(|head| head.name == name);
        column.map_or("", |column| self.cell(column))
    }

    /// The texts of the columns of this name by language, those that say something.
    pub(super) fn texts(&self, name: &str) -> Vec<(&'a str, &'a str)> {
        let columns = self.sheet.heads.iter().enumerate().filter(|(_, head)| head.name == name);
        columns
            .map(|(column, head)| (head.language.as_str(), self.cell(column)))
            // A translation that is absent is written as NULL or "-" by some tools.
            .filter(|(_, text)| !matches!(*text, "" | "-" | "NULL"))
            .collect()
    }

    fn cell(&self, column: usize) -> &'a str {
        let text = self.cells.get(column).map_or("", |cell| cell.trim());
        if text == "NA" { "" } else { text }
    }
}
