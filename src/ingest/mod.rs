//! Bytes to a table of texts, and to the instrument that the file or its definition tells.
//!
//! Ingest knows headers, ids and layouts. It never interprets an answer: cells stay the texts that they were.

mod export;
mod raw;

pub use export::{Cells, Export, Metadata, Platform};
pub use raw::{RawTable, TableBuilder};
