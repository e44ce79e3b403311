//! What an export holds, before there is a study: its kind, its responses, its questions and who answered them.

mod choices;
mod codebook;
mod records;
mod report;
mod responses;
mod scale;

pub use codebook::{Codebook, Entry, EntryChoice, EntryItem, EntrySource};
pub use records::{Records, one_row_of_each};
pub use report::{ItemReport, QuestionReport, Report, inspect};
pub use responses::ResponseCounts;
pub use scale::ScaleReport;
