//! The files that a run writes for machines: findings, ledger and manifest, as versioned types of their own.
//!
//! Core types derive no serialisation: what stands in a file is decided here, and read back here.

mod base;
mod findings;
mod format;
mod ledger;
mod manifest;

pub use findings::{FindingRecord, FindingsFile, IntervalRecord, ValueRecord};
pub use format::{FINDINGS, Format, MANIFEST, Unreadable};
pub use ledger::ledger_csv;
pub use manifest::{Input, InputRecord, ManifestFile, OutputRecord, RowCheck, Shift};
