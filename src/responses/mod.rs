//! What was answered: typed columns, one entry for every row of the export they came from.
//!
//! Rows keep the order of the export, excluded ones included, so that a row number means the same everywhere. Which
//! rows count is decided by whoever counts: every counting function takes the list of rows. No text that a
//! respondent wrote is held here.

mod answers;
mod bits;
mod codes;
mod ranking;
mod ticks;

pub use answers::Answers;
pub use bits::Bits;
pub use codes::{Answer, Codes, Tally};
pub use ranking::{RankState, Ranking};
pub use ticks::Ticks;
