//! Splitting beside the csv crate, in blocks of any size.

use proptest::prelude::*;

use super::*;
use crate::ingest::encoding::Form;

/// The records of a text that is split so many bytes at a time, with their lines.
fn records(text: &str, block: usize) -> Result<Vec<(u32, Vec<String>)>, Stop> {
    let decoder = Decoder::new(Box::new(text.as_bytes()), Form::Utf8, 0).unwrap();
    let mut blocks = Blocks::new(decoder);
    blocks.block = block;
    let mut records = Vec::new();
    while let Some(block) = blocks.next()? {
        for (row, line) in block.lines.iter().enumerate() {
            let cells = block.cells[row * block.width..(row + 1) * block.width].iter();
            records.push((*line, cells.map(|span| block.text(*span).to_owned()).collect()));
        }
    }
    Ok(records)
}

/// What the csv crate makes of it, with the width of the first record.
fn meant(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
    let mut records: Vec<Vec<String>> = records.collect();
    records.retain(|record| record.iter().any(|cell| !cell.trim().is_empty()));
    let width = records.first().map_or(0, Vec::len);
    for record in &mut records {
        record.resize(width, String::new());
    }
    records
}

proptest! {
    #[test]
    fn any_text_is_split_as_the_csv_crate_splits_it(
        parts in prop::collection::vec(prop::sample::select(vec!["a", "bc ", ",", "\"", "\n", "\r", "\r\n", "\u{e9}"]), 0..40),
        block in 1_usize..20,
    ) {
        let text = parts.concat();
        match records(&text, block) {
            Ok(found) => {
                let cells: Vec<Vec<String>> = found.into_iter().map(|(_, cells)| cells).collect();
                prop_assert_eq!(cells, meant(&text));
            }
            Err(stop) => prop_assert!(matches!(stop, Stop::OpenQuote(_)), "{:?}", stop),
        }
    }

    #[test]
    fn lines_do_not_depend_on_the_size_of_blocks(
        parts in prop::collection::vec(prop::sample::select(vec!["a", ",", "\"b\nc\"", "\n", "\r", "\r\n"]), 0..40),
        block in 1_usize..20,
    ) {
        let text = parts.concat();
        prop_assert_eq!(records(&text, block).ok(), records(&text, 1000).ok());
    }
}

#[test]
fn every_cell_knows_its_line() {
    let text = "a,b\r\n\r\n1,\"x\ny\"\r2,z\n\n3,\"\"\"\"";
    let expected: [(u32, [&str; 2]); 4] =
        [(1, ["a", "b"]), (3, ["1", "x\ny"]), (5, ["2", "z"]), (7, ["3", "\""])];
    for block in [1, 3, 1000] {
        let found = records(text, block).unwrap();
        let found: Vec<(u32, Vec<&str>)> =
            found.iter().map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(found, expected.map(|(line, cells)| (line, cells.to_vec())), "{block}");
    }
}

#[test]
fn a_wide_header_above_short_rows_is_no_table() {
    let text = "a,".repeat(MOST_COLUMNS - 1) + "a\n" + &"1\n".repeat(MOST_MISSING / MOST_COLUMNS + 2);
    assert!(matches!(records(&text, 1 << 20).unwrap_err(), Stop::TooSparse(_)));
}
