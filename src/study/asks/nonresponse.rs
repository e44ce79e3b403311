//! What "nonresponse" is told.

use super::super::document::Section;
use super::Inquiry;
use crate::codebook::{Date, Written};
use crate::diag::codes;

/// Those who responded against those who did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonresponse {
    /// From when a response is late, as the digits of a date and time; the later half where nothing is said.
    pub late: Option<u64>,
}

/// Reads `late`, a date or a date and time.
pub(super) fn read(section: &Section<'_>) -> Inquiry {
    let late = section.text("late").map(|late| {
        let digits: String = late.value.chars().filter(char::is_ascii_digit).collect();
        let shape = late.value.trim().replace(|c: char| c.is_ascii_digit(), "0");
        let is_date = matches!(
            shape.as_str(),
            "0000-00-00" | "0000-00-00 00:00" | "0000-00-00 00:00:00" | "0000-00-00T00:00:00"
        );
        // A date alone is its first second.
        let moment = format!("{digits:0<14}");
        let moment = moment.parse::<u64>().ok().filter(|moment| is_date && is_there(&late.value, *moment));
        if moment.is_none() {
            section.problem_with_help(
                codes::STUDY_BAD_VALUE,
                late.span.clone(),
                format!("\"{}\" is no date", late.value),
                "dates read like \"2021-02-28\" or \"2021-02-28 14:05:00\", in the time zone of the export",
            );
        }
        moment
    });
    Inquiry::Nonresponse(Nonresponse { late: late.flatten() })
}

/// Whether the calendar has the day and the clock the time.
fn is_there(text: &str, moment: u64) -> bool {
    let (hours, minutes, seconds) = (moment / 10_000 % 100, moment / 100 % 100, moment % 100);
    Date::read(text, Written::YearMonthDay).is_some() && hours < 24 && minutes < 60 && seconds < 60
}
