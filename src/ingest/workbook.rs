//! The sheets of an XLSX workbook to grids: the one that holds the answers, or those of a definition.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use crate::diag::{Diag, FileId, Noted, Place, codes, nearest};

use super::grid::{Grid, GridBuilder};

/// The rows and columns of a sheet: its last cell is XFD1048576. Each cell up to the last of a row takes memory.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;

/// Blank cells for each that holds something, of which a table still is one: a cell far to the right of each row must
/// not fill the memory.
const MOST_TIMES_BLANK: u64 = 1000;
/// Blank cells that are no problem however few are not.
const ALWAYS_BLANK: u64 = 1 << 24;

/// Whether bytes begin as a workbook does.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the sheet of this name, or the first that holds a table, and names the others. Dates become
/// `YYYY-MM-DD HH:MM:SS`, whole numbers have no decimals.
///
/// Cells are taken one by one: a damaged sheet that claims a cell in its last row does not fill the memory.
pub(super) fn read(file: &FileId, bytes: &[u8], wanted: Option<&str>) -> Result<Noted<Grid>, Diag> {
    let mut workbook = open(file, bytes)?;
    let sheets = workbook.sheet_names();
    if let Some(wanted) = wanted {
        if !sheets.iter().any(|name| name == wanted) {
            return Err(no_such_sheet(file, wanted, &sheets));
        }
        return Ok(Noted { value: sheet(file, &mut workbook, wanted)?, notes: Vec::new() });
    }
    let Some((first, others)) = sheets.split_first() else {
        return Err(unreadable(file, "it has no sheet"));
    };
    let mut value = sheet(file, &mut workbook, first)?;
    let mut read = first;
    for name in others {
        if holds_table(&value) {
            break;
        }
        let other = sheet(file, &mut workbook, name)?;
        if holds_table(&other) {
            (value, read) = (other, name);
        }
    }
    let mut notes = Vec::new();
    if !others.is_empty() {
        let named: Vec<String> =
            sheets.iter().filter(|name| *name != read).map(|name| format!("\"{name}\"")).collect();
        let message = format!(
            "of {} sheets only \"{read}\", the first that holds a table, is read; not {}",
            sheets.len(),
            named.join(", ")
        );
        let help = "to read another, name it in the group of the study file, sheet = \"...\", or save it as a file of \
                    its own";
        notes.push(Diag::note(codes::ASSUMED, Place::file(file), message).help(help));
    }
    Ok(Noted { value, notes })
}

/// Whether a sheet begins with the header of a table: a title or a text stands in one cell alone.
fn holds_table(grid: &Grid) -> bool {
    grid.record(0).is_some_and(|header| header.cells().filter(|cell| !cell.trim().is_empty()).count() > 1)
}

/// What to say of a sheet that a file does not have.
pub(super) fn no_such_sheet(file: &FileId, wanted: &str, sheets: &[String]) -> Diag {
    let message = format!("{} has no sheet \"{wanted}\"", file.short());
    let help = match nearest(wanted, sheets.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if sheets.is_empty() => "it is no workbook; leave sheet out".to_owned(),
        None => format!("its sheets are: {}", sheets.join(", ")),
    };
    Diag::error(codes::NO_SUCH_SHEET, Place::file(file), message).help(help)
}

/// Reads the sheets whose names are `wanted`, in the order of the workbook.
pub(super) fn sheets(
    file: &FileId,
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Grid)>, Diag> {
    let mut workbook = open(file, bytes)?;
    let names = workbook.sheet_names().into_iter().filter(|name| wanted(name));
    names.map(|name| Ok((name.clone(), sheet(file, &mut workbook, &name)?))).collect()
}

fn open<'a>(file: &FileId, bytes: &'a [u8]) -> Result<Xlsx<Cursor<&'a [u8]>>, Diag> {
    Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(file, &error.to_string()))
}

fn unreadable(file: &FileId, reason: &str) -> Diag {
    let message = format!("{file} cannot be read as a workbook: {reason}");
    Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message).help("save it again as CSV (UTF-8)")
}

fn sheet(file: &FileId, workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Grid, Diag> {
    let failed = |error: calamine::XlsxError| unreadable(file, &error.to_string());
    let mut cells = workbook.worksheet_cells_reader(name).map_err(failed)?;
    let mut rows = Rows::new(file);
    while let Some(cell) = cells.next_cell().map_err(failed)? {
        let (row, column) = cell.get_position();
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(unreadable(file, "it has a cell where no sheet can have one"));
        }
        if row != rows.row {
            rows.end();
            rows.row = row;
            if rows.blank > rows.filled.saturating_mul(MOST_TIMES_BLANK).max(ALWAYS_BLANK) {
                let message = format!("{file} has {} blank cells and {} others", rows.blank, rows.filled);
                let diag = Diag::error(codes::TOO_LARGE, Place::file(file), message);
                return Err(
                    diag.help("delete the columns that hold nothing, or save it again as CSV (UTF-8)")
                );
            }
        }
        let text = text(cell.get_value());
        if !text.is_empty() {
            rows.cells.insert(column, text);
        }
    }
    rows.end();
    Ok(rows.finish())
}

/// The rows read so far, and the cells of the one at hand by their columns.
struct Rows {
    builder: GridBuilder,
    row: u32,
    cells: BTreeMap<u32, String>,
    /// The first row, until the second says how far a header of two rows reaches: sheets leave out blank cells at the
    /// end of a row, and a question over several columns stands in the first of them.
    first: Option<(u32, BTreeMap<u32, String>)>,
    /// The number of cells of the longer of the first two rows.
    width: Option<u32>,
    /// How many cells were blank so far, and how many not.
    blank: u64,
    filled: u64,
}

impl Rows {
    fn new(file: &FileId) -> Self {
        let builder = GridBuilder::new(file);
        Self { builder, row: 0, cells: BTreeMap::new(), first: None, width: None, blank: 0, filled: 0 }
    }

    /// Ends a row. Sheets are full of blank rows between and below; they say nothing and are no records.
    fn end(&mut self) {
        if self.cells.is_empty() {
            return;
        }
        let cells = std::mem::take(&mut self.cells);
        match (self.width, self.first.take()) {
            (None, None) => self.first = Some((self.row, cells)),
            (None, Some((row, first))) => {
                let width = length(&first).max(length(&cells));
                self.width = Some(width);
                self.write(row, &first, width);
                self.write(self.row, &cells, width);
            }
            (Some(width), _) => self.write(self.row, &cells, width),
        }
    }

    fn write(&mut self, row: u32, cells: &BTreeMap<u32, String>, width: u32) {
        let width = width.max(length(cells));
        self.blank += u64::from(width).saturating_sub(cells.len() as u64);
        self.filled += cells.len() as u64;
        for column in 0..width {
            self.builder.cell(cells.get(&column).map_or("", String::as_str));
        }
        self.builder.end_record(row.saturating_add(1));
    }

    fn finish(mut self) -> Grid {
        if let Some((row, first)) = self.first.take() {
            self.write(row, &first, length(&first));
        }
        self.builder.finish()
    }
}

/// The number of cells of a row up to the last that is not blank.
fn length(cells: &BTreeMap<u32, String>) -> u32 {
    cells.last_key_value().map_or(0, |(column, _)| column.saturating_add(1))
}

fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Rust writes 3.0 as "3" and every other number with the fewest digits that give it back.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if moment.as_f64() < 1.0 {
                format!("{hour:02}:{minute:02}:{second:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_no_needless_decimals_and_dates_are_iso() {
        use calamine::{ExcelDateTime, ExcelDateTimeType};
        assert_eq!(text(&DataRef::Float(3.0)), "3");
        assert_eq!(text(&DataRef::Float(0.1)), "0.1");
        assert_eq!(text(&DataRef::Bool(true)), "TRUE");
        // 2019-12-13 12:02:32 is 43812.50175925926 days after the epoch of workbooks.
        let moment = ExcelDateTime::new(43_812.501_759_259_26, ExcelDateTimeType::DateTime, false);
        assert_eq!(text(&DataRef::DateTime(moment)), "2019-12-13 12:02:32");
    }

    fn rows(sheet: &[&[(u32, &str)]]) -> Grid {
        let mut rows = Rows::new(&FileId::new("a.xlsx"));
        for (row, cells) in (0..).zip(sheet) {
            rows.row = row;
            rows.cells.extend(cells.iter().map(|(column, text)| (*column, (*text).to_owned())));
            rows.end();
        }
        rows.finish()
    }

    #[test]
    fn a_question_over_the_last_columns_of_a_sheet_loses_none_of_them() {
        let grid = rows(&[
            &[(0, "Respondent ID"), (1, "Eaten?")],
            &[(1, "Beef"), (2, "Lamb")],
            &[(0, "7"), (2, "Lamb")],
        ]);
        assert_eq!((grid.width(), grid.len()), (3, 3));
        assert_eq!(grid.record(2).unwrap().cells().collect::<Vec<_>>(), ["7", "", "Lamb"]);
        assert_eq!(rows(&[&[(0, "a"), (1, "b")]]).width(), 2);
        assert!(rows(&[]).is_empty());
    }

    #[test]
    fn what_only_starts_like_a_workbook_is_refused() {
        let diag =
            read(&FileId::new("a.xlsx"), b"PK\x03\x04 xl/workbook.xml and then nothing", None).unwrap_err();
        assert_eq!(diag.code, codes::FORMAT_UNKNOWN);
    }
}
