//! Print formats: which numbers are dates and times, and how they are written.

use crate::ingest::labelled::Kind;
use crate::ingest::labelled::written::{self, Precision};

/// What a number is by its print format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number.
    Number,
    /// Seconds since 14 October 1582, written as a day.
    Date,
    /// The same, written as a day and a time.
    Moment,
    /// Seconds of a day.
    Time,
}

/// Milliseconds from 14 October 1582 to 1 January 1970.
const EPOCH: f64 = 141_428.0 * 86_400_000.0;

/// What a number of this print format is.
pub(super) fn meaning(format: u8) -> Meaning {
    match format {
        // DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE and SDATE.
        20 | 23 | 24 | 28..=30 | 38 | 39 => Meaning::Date,
        // DATETIME and YMDHMS.
        22 | 41 => Meaning::Moment,
        // TIME and MTIME. DTIME is a length of time in seconds, WKDAY and MONTH are plain numbers.
        21 | 40 => Meaning::Time,
        _ => Meaning::Number,
    }
}

impl Meaning {
    /// What the cells hold.
    pub(super) fn kind(self) -> Kind {
        if self == Self::Number { Kind::Number } else { Kind::Date }
    }

    /// Writes a number as it is meant.
    pub(super) fn write(self, value: f64, text: &mut String) {
        let moment = value * 1000.0 - EPOCH;
        match self {
            Self::Number => written::number(value, text),
            Self::Date => written::moment(moment, Precision::Day, text),
            Self::Moment => written::moment(moment, Precision::Time, text),
            Self::Time => written::time(value, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v_05_seconds_since_1582_are_dates_by_their_print_format() {
        let written = |format, value| {
            let mut text = String::new();
            meaning(format).write(value, &mut text);
            text
        };
        // 2020-02-29 is day 159749 after 1582-10-14 by Python's datetime.
        let day = 159_749.0 * 86_400.0;
        assert_eq!(written(20, day), "2020-02-29");
        assert_eq!(written(23, day + 3600.0), "2020-02-29T01:00:00");
        assert_eq!(written(22, day), "2020-02-29T00:00:00");
        assert_eq!(written(41, day + 0.25), "2020-02-29T00:00:00.250");
        assert_eq!(written(21, 45_296.0), "12:34:56");
        assert_eq!(written(5, 45_296.0), "45296");
        assert_eq!(written(25, 90_061.0), "90061");
    }
}
