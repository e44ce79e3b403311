//! Files that are made to fail, or that failed on their way: a clear error in bounded memory, or the table that is in
//! them.

use std::fmt::Write as _;
use std::io::{Cursor, Read, Write as _};

use canvass::diag::{Diag, FileId, Place, codes};
use canvass::ingest::{self, Export, grid};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TABLE: &str = "id,q\n1,yes\n2,no\n";

fn file() -> FileId {
    FileId::new("a.csv")
}

fn read(bytes: &[u8]) -> Result<Export, Vec<Diag>> {
    ingest::read(&file(), bytes, None).map(|noted| noted.value)
}

/// The only problem of a file, which says what to do.
fn problem(bytes: &[u8]) -> Diag {
    let mut diags = read(bytes).unwrap_err();
    assert_eq!(diags.len(), 1, "{diags:?}");
    assert!(diags[0].help.is_some(), "{diags:?}");
    diags.remove(0)
}

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let grid = grid::read(&file(), bytes).unwrap().value;
    grid.records().map(|record| record.cells().map(str::to_owned).collect()).collect()
}

fn zipped(entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn deflated(entries: &[(&str, &[u8])]) -> Vec<u8> {
    zipped(entries, CompressionMethod::Deflated)
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// Bytes that repeat for ever, never in memory.
fn endless(start: &'static str, repeated: u8) -> Result<ingest::Contents, Vec<Diag>> {
    let open = || -> Result<Box<dyn Read + Send>, Diag> {
        Ok(Box::new(start.as_bytes().chain(std::io::repeat(repeated).take(1 << 31))))
    };
    ingest::contents(&file(), &open, None)
}

#[test]
fn the_only_table_in_an_archive_is_read() {
    let beside: &[(&str, &[u8])] =
        &[("__MACOSX/._a.csv", b"x"), ("readme.md", b"y"), ("Survey: a/b \u{1F600}.csv", TABLE.as_bytes())];
    for archive in [
        deflated(&[("a.csv", TABLE.as_bytes())]),
        zipped(&[("a.csv", TABLE.as_bytes())], CompressionMethod::Stored),
        deflated(beside),
        gzipped(TABLE.as_bytes()),
    ] {
        assert_eq!(cells(&archive), [["id", "q"], ["1", "yes"], ["2", "no"]]);
    }
}

#[test]
fn an_archive_of_several_tables_names_them() {
    let table = TABLE.as_bytes();
    let diag = problem(&deflated(&[("CSV/a_num.csv", table), ("CSV/b_text.csv", table)]));
    assert_eq!(diag.message, "a.csv is a zip archive of 2 tables: CSV/a_num.csv, CSV/b_text.csv");
    assert_eq!(diag.help.as_deref(), Some("unpack it and give the one that is meant"));
}

#[test]
fn an_archive_without_a_table_or_with_another_in_it_is_refused() {
    assert_eq!(problem(&deflated(&[("a.pdf", b"%PDF")])).message, "a.csv is a zip archive without a table");
    let inner = deflated(&[("a.csv", TABLE.as_bytes())]);
    assert_eq!(problem(&deflated(&[("b.csv", &inner)])).message, "a.csv is an archive within an archive");
    assert_eq!(problem(&gzipped(&inner)).message, "a.csv is an archive within an archive");
}

#[test]
fn an_archive_that_unpacks_to_far_more_than_an_export_is_refused() {
    let blank = vec![b' '; 300 << 20];
    for archive in [deflated(&[("a.csv", &blank)]), deflated(&[("xl/workbook.xml", &blank)])] {
        assert!(archive.len() < 1 << 20);
        assert_eq!(problem(&archive).code, codes::TOO_LARGE);
    }
}

#[test]
fn an_archive_that_lies_about_its_size_is_refused() {
    let table = TABLE.repeat(100);
    let mut archive = deflated(&[("a.csv", table.as_bytes())]);
    let size = u32::try_from(table.len()).unwrap().to_le_bytes();
    let at: Vec<usize> = (0..archive.len() - 4).filter(|at| archive[*at..*at + 4] == size).collect();
    for said in [10_u32, 100_000] {
        for at in &at {
            archive[*at..*at + 4].copy_from_slice(&said.to_le_bytes());
        }
        let diag = problem(&archive);
        assert_eq!(diag.code, codes::FORMAT_UNKNOWN);
        assert!(diag.message.contains(&format!("it says that it unpacks to {said} bytes")), "{diag:?}");
    }
}

#[test]
fn a_damaged_gzip_is_refused() {
    let mut archive = gzipped(TABLE.repeat(1000).as_bytes());
    archive.truncate(archive.len() / 2);
    assert_eq!(problem(&archive).code, codes::FILE_UNREADABLE);
}

#[test]
fn a_cell_of_two_gigabytes_is_refused_before_it_is_read() {
    for start in ["id,q\n1,\"", "id,q\n1,"] {
        let diags = endless(start, b'x').unwrap_err();
        assert_eq!((diags[0].code, &diags[0].place), (codes::TOO_LARGE, &Place::row(&file(), 2)), "{start}");
    }
}

#[test]
fn a_header_of_ten_million_columns_is_refused() {
    let diag = problem("a,".repeat(10_000_000).as_bytes());
    assert_eq!(diag.code, codes::TOO_LARGE);
    assert_eq!(diag.message, "the header has more than 100000 cells");
}

#[test]
fn bytes_of_zero_within_cells_are_kept() {
    let text = format!("{}3,a\0b\n", TABLE.repeat(10));
    assert_eq!(cells(text.as_bytes())[30], ["3", "a\0b"]);
}

#[test]
fn line_ends_of_every_kind_in_one_file_end_records() {
    assert_eq!(
        cells(b"id,q\r\n1,a\n2,b\r3,c\r\n\r4,d"),
        [["id", "q"], ["1", "a"], ["2", "b"], ["3", "c"], ["4", "d"]]
    );
}

#[test]
fn utf_16_is_the_same_table_in_every_order_with_and_without_a_mark() {
    let little: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (mark, bytes) in [(&b""[..], &little), (b"\xFF\xFE", &little), (b"", &big), (b"\xFE\xFF", &big)] {
        assert_eq!(cells(&[mark, bytes].concat()), cells(TABLE.as_bytes()));
    }
}

#[test]
fn a_byte_that_is_not_utf_8_far_down_is_read_as_windows_1252_with_its_line() {
    let mut bytes = b"id,q\n".to_vec();
    (0..200_000).for_each(|row| bytes.extend(format!("{row},caf\u{e9} and more\n").bytes()));
    let utf8 = grid::read(&file(), &bytes).unwrap();
    assert!(utf8.notes.is_empty());
    bytes.extend(b"200000,caf\xE9\n");
    let noted = grid::read(&file(), &bytes).unwrap();
    let place = Place::row(&file(), 200_002);
    assert_eq!((noted.notes[0].code, &noted.notes[0].place), (codes::ENCODING_ASSUMED, &place));
    assert_eq!(noted.value.record(200_001).unwrap().cell(1), "caf\u{e9}");
}

#[test]
fn a_file_of_many_blocks_is_the_same_as_the_csv_crate_reads() {
    let mut text = String::from("id,\"a, b\",c,d\n");
    for row in 0..60_000_u64 {
        let quoted = if row % 3 == 0 { "\"say \"\"x\"\",\r\nand more\"" } else { "plain" };
        let few = if row % 7 == 0 { "" } else { ",few" };
        let _ = write!(text, "{row},{quoted},{}{few}\r\n", row.wrapping_mul(0x9E37_79B9) % 300);
    }
    let grid = grid::read(&file(), text.as_bytes()).unwrap().value;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = 0;
    for (record, meant) in grid.records().zip(reader.records()) {
        let meant = meant.unwrap();
        let meant = (0..4).map(|at| meant.get(at).unwrap_or(""));
        assert!(record.cells().eq(meant), "line {}", record.line());
        rows += 1;
    }
    assert_eq!((rows, grid.len()), (60_001, 60_001));
}

#[test]
fn a_table_without_rows_keeps_its_columns() {
    let export = read(b"id,q\n").unwrap();
    assert_eq!((export.table.height(), export.table.names().len()), (0, 2));
}
