//! The first sheet of a workbook to a grid.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use crate::diag::{Diag, FileId, Noted, Place, codes};

use super::grid::{Grid, GridBuilder};

/// Reads the first sheet of a workbook. Dates become `YYYY-MM-DD HH:MM:SS`, whole numbers have no decimals.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Noted<Grid>, Diag> {
    let unreadable = |reason: String| {
        Diag::error(
            codes::FORMAT_UNKNOWN,
            Place::file(file),
            format!("{file} cannot be read as a workbook: {reason}"),
        )
        .help("save it again as CSV (UTF-8)")
    };
    let mut workbook =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let sheets = workbook.sheet_names();
    let range = match workbook.worksheet_range_at(0) {
        Some(range) => range.map_err(|error| unreadable(error.to_string()))?,
        None => return Err(unreadable("it has no sheet".to_owned())),
    };
    let mut builder = GridBuilder::new(file, range.width() * range.height());
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, line) in range.rows().zip(top + 1..) {
        for _ in 0..left {
            builder.cell("");
        }
        for cell in row {
            builder.cell(&text(cell));
        }
        // Sheets are full of blank rows between and below; they say nothing.
        builder.end_record(line);
    }
    let mut notes = Vec::new();
    if let [first, _, ..] = sheets.as_slice() {
        let message = format!("of {} sheets only the first, \"{first}\", is read", sheets.len());
        notes.push(Diag::note(codes::ASSUMED, Place::file(file), message));
    }
    Ok(Noted { value: builder.finish(), notes })
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        // Rust writes 3.0 as "3" and every other number with the fewest digits that give it back.
        Data::Float(number) => number.to_string(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if moment.as_f64() < 1.0 {
                format!("{hour:02}:{minute:02}:{second:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        Data::DateTime(duration) => duration.as_f64().to_string(),
        Data::Error(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_no_needless_decimals_and_dates_are_iso() {
        use calamine::{ExcelDateTime, ExcelDateTimeType};
        assert_eq!(text(&Data::Float(3.0)), "3");
        assert_eq!(text(&Data::Float(0.1)), "0.1");
        assert_eq!(text(&Data::Bool(true)), "TRUE");
        // 2019-12-13 12:02:32 is 43812.50175925926 days after the epoch of workbooks.
        let moment = ExcelDateTime::new(43_812.501_759_259_26, ExcelDateTimeType::DateTime, false);
        assert_eq!(text(&Data::DateTime(moment)), "2019-12-13 12:02:32");
    }

    #[test]
    fn what_only_starts_like_a_workbook_is_refused() {
        let diag = read(&FileId::new("a.xlsx"), b"PK\x03\x04 xl/workbook.xml and then nothing").unwrap_err();
        assert_eq!(diag.code, codes::FORMAT_UNKNOWN);
    }
}
