//! Tables in archives: the only one in a zip, or a gzip. What unpacks to far more than it should is refused.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::{DeflateDecoder, MultiGzDecoder};
use zip::{CompressionMethod, ZipArchive};

use crate::diag::{Diag, FileId, Place, codes};

use super::container::{Open, Opened, foreign, start};

/// Endings of tables in an archive.
const TABLES: [&str; 8] = [".csv", ".tsv", ".tab", ".txt", ".xlsx", ".sav", ".zsav", ".dta"];
/// What REDCap puts beside the data dictionary of a zipped instrument.
const BESIDE: [&str; 3] = ["authorid.txt", "instrumentid.txt", "originid.txt"];
/// How many tables of an archive are named.
const NAMED: usize = 8;
/// Unpacked bytes for each packed one that are still an export; texts that repeat shrink to a fiftieth.
const MOST_TIMES: u64 = 200;
/// Unpacked bytes that are no problem however few they were.
const ALWAYS: u64 = 1 << 28;

/// Whether a file begins as a gzip.
pub(super) fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(b"\x1F\x8B")
}

/// Whether a file begins as a zip, which a workbook is too.
pub(super) fn is_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// How many bytes a packed part may unpack to.
fn limit(packed: u64) -> u64 {
    packed.saturating_mul(MOST_TIMES).max(ALWAYS)
}

/// Opens what a gzip holds.
pub(super) fn gzip<'a>(file: &FileId, open: &'a Open<'a>) -> Result<Opened<'a>, Diag> {
    let unpacked: Box<Open<'a>> = Box::new(move || {
        let taken = Arc::new(AtomicU64::new(0));
        let packed = Counted { reader: open()?, count: Arc::clone(&taken) };
        Ok(Box::new(Bounded { reader: MultiGzDecoder::new(packed), given: 0, bound: Bound::Times(taken) }))
    });
    let start = start(file, &*unpacked)?;
    if is_gzip(&start) || is_zip(&start) {
        return Err(archive_within(file));
    }
    Ok(Opened { start, open: unpacked })
}

fn archive_within(file: &FileId) -> Diag {
    foreign(file, "an archive within an archive").help("unpack it and give the table in it")
}

fn damaged(file: &FileId) -> Diag {
    foreign(file, "a damaged zip archive").help("download or export it again")
}

/// Opens a workbook as it is, or the only table in a zip.
pub(super) fn zip<'a>(file: &FileId, bytes: Vec<u8>) -> Result<Opened<'a>, Diag> {
    let bytes: Arc<[u8]> = bytes.into();
    let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).map_err(|_| damaged(file))?;
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    if names.iter().any(|name| name == "mimetype") && names.iter().any(|name| name == "content.xml") {
        let what = "an OpenDocument spreadsheet";
        return Err(foreign(file, what).help("save it again as XLSX or CSV (UTF-8)"));
    }
    if names.iter().any(|name| name.starts_with("xl/workbook")) {
        bounded_workbook(file, &mut archive)?;
        let start = bytes.iter().take(4).copied().collect();
        return Ok(Opened { start, open: held(bytes, None) });
    }
    let name = only_table(file, &names)?;
    let entry = entry(file, &mut archive, &name)?;
    let open = held(bytes, Some(entry));
    let opened = Opened { start: start(file, &*open)?, open };
    if is_zip(&opened.start) && name.to_lowercase().ends_with(".xlsx") {
        let workbook = opened.whole(file)?;
        let workbook = ZipArchive::new(Cursor::new(workbook.as_slice()));
        bounded_workbook(file, &mut workbook.map_err(|_| damaged(file))?)?;
    } else if is_gzip(&opened.start) || is_zip(&opened.start) {
        return Err(archive_within(file));
    }
    Ok(opened)
}

/// The only table among the names of an archive. Names are never used as paths.
fn only_table(file: &FileId, names: &[String]) -> Result<String, Diag> {
    let is_table = |name: &&String| {
        let short = name.rsplit('/').next().unwrap_or_default().to_lowercase();
        let beside =
            name.starts_with("__MACOSX/") || short.starts_with('.') || BESIDE.contains(&short.as_str());
        !beside && TABLES.iter().any(|ending| short.ends_with(ending))
    };
    let mut tables: Vec<&String> = names.iter().filter(is_table).collect();
    tables.sort_unstable();
    match tables.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(foreign(file, "a zip archive without a table")
            .help("give the export itself: CSV, TSV, XLSX, SPSS or Stata")),
        several => {
            let named: Vec<&str> = several.iter().take(NAMED).map(|name| name.as_str()).collect();
            let more = several.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let what = format!("a zip archive of {} tables: {}{more}", several.len(), named.join(", "));
            Err(foreign(file, &what).help("unpack it and give the one that is meant"))
        }
    }
}

/// Where a table stands in a zip.
#[derive(Debug, Clone, Copy)]
struct Entry {
    from: u64,
    packed: u64,
    unpacked: u64,
    deflated: bool,
}

fn entry(file: &FileId, archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Entry, Diag> {
    let index = archive.index_for_name(name).ok_or_else(|| damaged(file))?;
    let found = archive.by_index_raw(index).map_err(|_| damaged(file))?;
    if found.encrypted() {
        return Err(foreign(file, "a zip archive with a password").help("unpack it and give the table in it"));
    }
    let deflated = match found.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        _ => {
            let what = "a zip archive packed in an unusual way";
            return Err(foreign(file, what).help("unpack it and give the table in it"));
        }
    };
    let from = found.data_start().ok_or_else(|| damaged(file))?;
    let entry = Entry { from, packed: found.compressed_size(), unpacked: found.size(), deflated };
    if entry.unpacked > limit(entry.packed) {
        return Err(too_large(file, entry.packed, entry.unpacked));
    }
    Ok(entry)
}

/// Bytes in memory as a file: all of them, or an entry of the zip that they are.
fn held<'a>(bytes: Arc<[u8]>, entry: Option<Entry>) -> Box<Open<'a>> {
    Box::new(move || {
        let mut all = Cursor::new(Arc::clone(&bytes));
        let Some(entry) = entry else { return Ok(Box::new(all)) };
        all.set_position(entry.from);
        let packed = all.take(entry.packed);
        let bound = Bound::Exactly(entry.unpacked);
        Ok(if entry.deflated {
            Box::new(Bounded { reader: DeflateDecoder::new(packed), given: 0, bound })
        } else {
            Box::new(Bounded { reader: packed, given: 0, bound })
        })
    })
}

/// Refuses a workbook whose parts unpack to more than their sizes allow, whatever it says of them.
fn bounded_workbook(file: &FileId, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Diag> {
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let packed = part.compressed_size();
        let limit = limit(packed);
        if part.size() > limit {
            return Err(too_large(file, packed, part.size()));
        }
        // A part that is damaged ends early, and is found to be by whoever reads it.
        let unpacked = io::copy(&mut part.take(limit.saturating_add(1)), &mut io::sink()).unwrap_or_default();
        if unpacked > limit {
            return Err(too_large(file, packed, unpacked));
        }
    }
    Ok(())
}

fn too_large(file: &FileId, packed: u64, unpacked: u64) -> Diag {
    let message = format!("{file} packs {unpacked} bytes or more into {packed}, which no export does");
    Diag::error(codes::TOO_LARGE, Place::file(file), message)
        .help("if it is an export all the same, unpack it and give the table in it")
}

/// What an archive says that is not so; it travels as the reason of an error in reading.
#[derive(Debug)]
enum Wrong {
    TooLarge { packed: u64, unpacked: u64 },
    OtherSize { said: u64, found: u64 },
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { packed, unpacked } => write!(f, "{packed} bytes unpack to {unpacked} or more"),
            Self::OtherSize { said, found } if found > said => {
                write!(f, "it says that it unpacks to {said} bytes, and unpacks to more")
            }
            Self::OtherSize { said, found } => {
                write!(f, "it says that it unpacks to {said} bytes, and ends after {found}")
            }
        }
    }
}

impl std::error::Error for Wrong {}

/// The problem of an archive that stopped its reading.
pub(super) fn refused(file: &FileId, error: &io::Error) -> Option<Diag> {
    match error.get_ref()?.downcast_ref::<Wrong>()? {
        Wrong::TooLarge { packed, unpacked } => Some(too_large(file, *packed, *unpacked)),
        wrong @ Wrong::OtherSize { .. } => {
            let message = format!("{file} is a damaged archive: {wrong}");
            let diag = Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message);
            Some(diag.help("download or export it again"))
        }
    }
}

/// Counts what is read.
struct Counted<R> {
    reader: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Gives no more bytes than there can be.
struct Bounded<R> {
    reader: R,
    given: u64,
    bound: Bound,
}

enum Bound {
    /// As many as the archive says.
    Exactly(u64),
    /// So many times what was taken so far.
    Times(Arc<AtomicU64>),
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let read = self.reader.read(into)?;
        self.given += read as u64;
        let wrong = match &self.bound {
            Bound::Exactly(said) if self.given > *said || (read == 0 && self.given < *said) => {
                Some(Wrong::OtherSize { said: *said, found: self.given })
            }
            Bound::Times(taken) if self.given > limit(taken.load(Ordering::Relaxed)) => {
                Some(Wrong::TooLarge { packed: taken.load(Ordering::Relaxed), unpacked: self.given })
            }
            Bound::Exactly(_) | Bound::Times(_) => None,
        };
        wrong.map_or(Ok(read), |wrong| Err(io::Error::new(io::ErrorKind::InvalidData, wrong)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(names: &[&str]) -> Result<String, Diag> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        only_table(&FileId::new("a.zip"), &names)
    }

    #[test]
    fn dd_08_a_zipped_instrument_is_its_data_dictionary() {
        let names = ["OriginID.txt", "AuthorID.txt", "InstrumentID.txt", "instrument.csv"];
        assert_eq!(only(&names).unwrap(), "instrument.csv");
        assert!(only(&["instrument.csv", "notes.txt"]).unwrap_err().message.contains("2 tables"));
        assert!(only(&["OriginID.txt"]).is_err());
    }
}
