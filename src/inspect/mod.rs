//! What an export holds, before there is a study: its kind, its responses, its questions and who answered them.

mod report;
mod responses;

pub use report::{QuestionReport, Report, inspect};
pub use responses::ResponseCounts;
