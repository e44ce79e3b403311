//! Bytes to a table of texts, and to the instrument that the file or its definition tells.
//!
//! Ingest knows headers, ids and layouts. It never interprets an answer: cells stay the texts that they were.

mod container;
mod delimited;
mod encoding;
mod export;
pub mod grid;
mod infer;
pub mod plain;
mod raw;
pub mod redcap;
mod wording;
mod workbook;

pub use export::{Cells, Export, FormColumns, Metadata, Platform};
pub use grid::{Grid, Record};
pub use raw::{RawTable, TableBuilder};
