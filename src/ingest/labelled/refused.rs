//! Data files of statistics programs that are not read, each with what to do instead.

use crate::diag::{Diag, FileId, Place, codes};

/// The first bytes of a SAS data set.
const SAS: [u8; 28] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 8, 0, 9,
    0xC7, 0x31, 0x8C,
];

/// How far into a portable file its mark stands, at most.
const PORTABLE: usize = 512;

/// Why a file is not read, if it is one of these.
pub(super) fn why(file: &FileId, bytes: &[u8]) -> Option<Diag> {
    let head = &bytes[..bytes.len().min(PORTABLE)];
    let has = |mark: &[u8]| head.windows(mark.len()).any(|part| part == mark);
    let (what, help) = if has(b"SPSS PORT FILE") {
        ("an SPSS portable file (.por)", "open it in SPSS or PSPP and save it as .sav")
    } else if bytes.starts_with(&SAS) {
        ("a SAS data set (.sas7bdat)", "export it as .sav, .dta or CSV with the codes and a codebook")
    } else if bytes.starts_with(b"HEADER RECORD*******LIB") {
        ("a SAS transport file (.xpt)", "export it as .sav, .dta or CSV with the codes and a codebook")
    } else if matches!(bytes, [102..=104, 1 | 2, 1, ..]) && bytes.len() > 60 {
        ("a Stata file of before 1995", "open it in Stata and save it again")
    } else {
        return None;
    };
    let message = format!("{file} is {what}");
    Some(Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message).help(help))
}
