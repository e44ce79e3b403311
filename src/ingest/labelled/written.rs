//! Numbers and moments as the texts that stand in a table.

use std::fmt::Write as _;

/// Writes a number with the fewest digits that are read as the same number.
pub(in crate::ingest) fn number(value: f64, text: &mut String) {
    // Writing to a string does not fail.
    let _ = if value.fract() == 0.0 && value.abs() < 1e15 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2^53")]
        let whole = value as i64;
        write!(text, "{whole}")
    } else if value.is_finite() && !(1e-5..1e17).contains(&value.abs()) {
        write!(text, "{value:e}")
    } else {
        write!(text, "{value}")
    };
}

/// Writes a number of single precision: 0.1 and not 0.10000000149011612.
pub(in crate::ingest) fn single_precision(value: f32, text: &mut String) {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        number(f64::from(value), text);
    } else {
        let large = value.is_finite() && !(1e-5..1e17).contains(&value.abs());
        let _ = if large { write!(text, "{value:e}") } else { write!(text, "{value}") };
    }
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The year, month and day that lie so many days after 1 January 1970.
fn civil(days: i64) -> Option<(i64, i64, i64)> {
    // Years from 0 to 9999: others are no dates that anybody gave.
    if !(-719_528..=2_932_896).contains(&days) {
        return None;
    }
    // Counted from 1 March of the year 0, so that the day of a leap year comes last.
    let from_march = days + 719_468;
    let era = from_march.div_euclid(146_097);
    let of_era = from_march.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, month, day))
}

/// The days from 1 January 1970 to the first of a month.
pub(in crate::ingest) fn first_of_month(year: i64, month: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// How much of a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Precision {
    /// The day, and the time only where there is one.
    Day,
    /// The day and the time.
    Time,
}

/// Writes a moment, given in milliseconds from 1 January 1970, as ISO 8601; one that is no date as its number.
pub(in crate::ingest) fn moment(milliseconds: f64, precision: Precision, text: &mut String) {
    #[expect(clippy::cast_possible_truncation, reason = "beyond the years that are dates it saturates")]
    let whole = milliseconds.round() as i64;
    let day = whole.div_euclid(DAY * 1000);
    let of_day = whole.rem_euclid(DAY * 1000);
    match civil(day).filter(|_| milliseconds.is_finite()) {
        None => number(milliseconds / 1000.0, text),
        Some((year, month, date)) => {
            let _ = write!(text, "{year:04}-{month:02}-{date:02}");
            if precision == Precision::Time || of_day != 0 {
                text.push('T');
                clock(of_day, text);
            }
        }
    }
}

/// Writes a time of day or a length of time, given in seconds: hours may be more than a day has.
pub(in crate::ingest) fn time(seconds: f64, text: &mut String) {
    let milliseconds = (seconds * 1000.0).round();
    // Beyond a million hours it is no time that anybody gave.
    if !(0.0..3.6e12).contains(&milliseconds) {
        return number(seconds, text);
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is far below 2^53")]
    clock(milliseconds as i64, text);
}

fn clock(milliseconds: i64, text: &mut String) {
    let (seconds, part) = (milliseconds / 1000, milliseconds % 1000);
    let _ = write!(text, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if part > 0 {
        let _ = write!(text, ".{part:03}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut String)) -> String {
        let mut text = String::new();
        write(&mut text);
        text
    }

    #[test]
    fn numbers_are_written_as_short_as_they_can_be_read_back() {
        for (value, expected) in [
            (1.0, "1"),
            (-0.0, "0"),
            (-99.0, "-99"),
            (0.1, "0.1"),
            (1.000_000_000_1, "1.0000000001"),
            (1e300, "1e300"),
            (0.000_001, "1e-6"),
            (1_234_567_890_123.0, "1234567890123"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(text(|text| number(value, text)), expected);
        }
        assert_eq!(text(|text| single_precision(0.1, text)), "0.1");
        assert_eq!(text(|text| single_precision(-3.0, text)), "-3");
    }

    #[test]
    fn moments_are_iso_dates() {
        let at = |milliseconds, precision| text(|text| moment(milliseconds, precision, text));
        assert_eq!(at(0.0, Precision::Day), "1970-01-01");
        assert_eq!(at(951_782_400_000.0, Precision::Day), "2000-02-29");
        assert_eq!(at(-1.0, Precision::Day), "1969-12-31T23:59:59.999");
        assert_eq!(at(1_582_934_400_000.0, Precision::Time), "2020-02-29T00:00:00");
        assert_eq!(at(-12_219_379_200_000.0, Precision::Day), "1582-10-14");
        assert_eq!(at(1e30, Precision::Day), "1e27");
        assert_eq!(text(|text| time(36_610.5, text)), "10:10:10.500");
        assert_eq!(text(|text| time(90_000.0, text)), "25:00:00");
        assert_eq!(text(|text| time(-1.0, text)), "-1");
        assert_eq!(
            (first_of_month(1970, 1), first_of_month(2000, 3), first_of_month(1960, 1)),
            (0, 11_017, -3653)
        );
    }
}
