//! The cases of a Stata file: values, missing values with their letters, and dates by display format.

use crate::diag::FileId;
use crate::ingest::labelled::Kind;
use crate::ingest::labelled::bytes::{Bytes, Fault, until_zero};
use crate::ingest::labelled::texts::Texts;
use crate::ingest::labelled::written::{self, Precision, first_of_month};
use crate::ingest::{RawTable, TableBuilder};

use super::Parts;
use super::layout::Type;
use super::variables::{Column, Made};

/// What a number is by its display format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number.
    Number,
    /// Days since 1960.
    Days,
    /// Milliseconds since 1960.
    Clock,
    /// The same of which only the time of day is shown.
    TimeOfDay,
    /// Milliseconds since 1960 with leap seconds.
    ClockWithLeaps,
    /// Weeks, 52 of them in a year.
    Weeks,
    /// This many months.
    Months(i64),
}

/// Days from 1 January 1960 to 1 January 1970.
const EPOCH: f64 = 3653.0;
const DAY: f64 = 86_400_000.0;

/// The days at the end of which a second was put in, by year and month of the day after.
const LEAPS: [(i64, i64); 27] = [
    (1972, 7),
    (1973, 1),
    (1974, 1),
    (1975, 1),
    (1976, 1),
    (1977, 1),
    (1978, 1),
    (1979, 1),
    (1980, 1),
    (1981, 7),
    (1982, 7),
    (1983, 7),
    (1985, 7),
    (1988, 1),
    (1990, 1),
    (1991, 1),
    (1992, 7),
    (1993, 7),
    (1994, 7),
    (1996, 1),
    (1997, 7),
    (1999, 1),
    (2006, 1),
    (2009, 1),
    (2012, 7),
    (2015, 7),
    (2017, 1),
];

impl Meaning {
    /// What a number of this display format is.
    pub(super) fn of(format: &[u8]) -> Self {
        let format = format.strip_prefix(b"%-").or_else(|| format.strip_prefix(b"%")).unwrap_or(format);
        match format {
            [b't', b'd', ..] | [b'd', ..] => Self::Days,
            [b't', b'c', shown @ ..] if is_time(shown) => Self::TimeOfDay,
            [b't', b'c', ..] => Self::Clock,
            [b't', b'C', ..] => Self::ClockWithLeaps,
            [b't', b'w', ..] => Self::Weeks,
            [b't', b'm', ..] => Self::Months(1),
            [b't', b'q', ..] => Self::Months(3),
            [b't', b'h', ..] => Self::Months(6),
            _ => Self::Number,
        }
    }

    /// What the cells hold.
    pub(super) fn kind(self) -> Kind {
        if self == Self::Number { Kind::Number } else { Kind::Date }
    }

    /// Writes a number as it is meant: weeks, months, quarters and halves as their first day.
    pub(super) fn write(self, value: f64, text: &mut String) {
        // Beyond these it is no date that anybody gave, and the number stays.
        if self != Self::Number && (value.is_nan() || value.abs() >= 1e15) {
            return written::number(value, text);
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is far below 2^53")]
        let whole = value.floor() as i64;
        #[expect(clippy::cast_precision_loss, reason = "days are far below 2^53")]
        let day = |days: i64, text: &mut String| written::moment(days as f64 * DAY, Precision::Day, text);
        match self {
            Self::Days => written::moment((value - EPOCH) * DAY, Precision::Day, text),
            Self::TimeOfDay if (0.0..DAY).contains(&value) => written::time(value / 1000.0, text),
            Self::Clock | Self::TimeOfDay => written::moment(value - EPOCH * DAY, Precision::Time, text),
            Self::ClockWithLeaps => {
                let with = value - EPOCH * DAY;
                let leaps = LEAPS.iter().zip(1..).filter(|((year, month), before)| {
                    #[expect(clippy::cast_precision_loss, reason = "days are far below 2^53")]
                    let midnight = first_of_month(*year, *month) as f64 * DAY;
                    with >= midnight + f64::from(*before) * 1000.0
                });
                let leaps = u32::try_from(leaps.count()).unwrap_or(0);
                written::moment(with - f64::from(leaps) * 1000.0, Precision::Time, text);
            }
            Self::Weeks if whole.abs() < 1_000_000 => {
                let (year, week) = (1960 + whole.div_euclid(52), whole.rem_euclid(52));
                day(first_of_month(year, 1) + week * 7, text);
            }
            Self::Months(months) if whole.abs() < 1_000_000 => {
                let month = whole * months;
                day(first_of_month(1960 + month.div_euclid(12), month.rem_euclid(12) + 1), text);
            }
            Self::Number | Self::Weeks | Self::Months(_) => written::number(value, text),
        }
    }
}

/// Whether a display format shows hours and nothing of a day.
fn is_time(shown: &[u8]) -> bool {
    let has = |letters: &[u8]| shown.iter().any(|letter| letters.contains(letter));
    has(b"Hh") && !has(b"DdNnYyCcJj")
}

/// Reads the cases into a table.
pub(super) fn read(
    file: &FileId,
    parts: &Parts<'_>,
    made: &mut Made,
    texts: &mut Texts,
) -> Result<RawTable, Fault> {
    let names = made.columns.iter().map(|column| column.variable.name.clone()).collect();
    let mut table = TableBuilder::new(file, names);
    let mut data = parts.data;
    let mut row = String::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut line = 0_u32;
    while !data.rest().is_empty() {
        row.clear();
        ends.clear();
        for column in &mut made.columns {
            cell(column, &mut data, parts, texts, &mut row)?;
            ends.push(row.len());
        }
        line = line.saturating_add(1);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        table.push(line, starts.zip(&ends).map(|(start, end)| row.get(start..*end)));
    }
    Ok(table.finish())
}

/// What a value is: a number, nothing, or a missing value with a letter.
pub(super) enum Value {
    Number(f64),
    Single(f32),
    Missing(Option<char>),
}

impl Value {
    /// What a whole number of four bytes is, where missing values have letters.
    pub(super) fn of_long(value: i32) -> Self {
        if value > 2_147_483_620 {
            Self::Missing(letter(i64::from(value) - 2_147_483_621))
        } else {
            Self::Number(f64::from(value))
        }
    }
}

fn cell(
    column: &mut Column,
    data: &mut Bytes<'_>,
    parts: &Parts<'_>,
    texts: &mut Texts,
    row: &mut String,
) -> Result<(), Fault> {
    const WITHIN: &str = "its cases";
    let has_tags = parts.layout.has_tags();
    let value = match column.coded {
        Type::Text(width) => {
            let text = texts.read(until_zero(data.take(width, WITHIN)?));
            row.push_str(text.trim_end_matches(' '));
            return Ok(());
        }
        Type::LongText => {
            let reference = data.array(WITHIN)?;
            if let Some(text) = parts.strings.get(&long_text(reference, parts)) {
                row.push_str(texts.read(text).trim_end_matches(' '));
            }
            return Ok(());
        }
        Type::Byte => match i8::from_le_bytes(data.array(WITHIN)?) {
            127 if !has_tags => Value::Missing(None),
            value if has_tags && value > 100 => Value::Missing(letter(i64::from(value) - 101)),
            value => Value::Number(f64::from(value)),
        },
        Type::Int => match data.i16(WITHIN)? {
            i16::MAX if !has_tags => Value::Missing(None),
            value if has_tags && value > 32_740 => Value::Missing(letter(i64::from(value) - 32_741)),
            value => Value::Number(f64::from(value)),
        },
        Type::Long => match data.i32(WITHIN)? {
            i32::MAX if !has_tags => Value::Missing(None),
            value if !has_tags => Value::Number(f64::from(value)),
            value => Value::of_long(value),
        },
        Type::Float => {
            let bits = data.u32(WITHIN)?;
            // The lowest missing value is 2 to the 127, and the highest number is below it.
            if (0x7F00_0000..=0x7FFF_FFFF).contains(&bits) {
                Value::Missing(letter(i64::from((bits - 0x7F00_0000) / 0x800)).filter(|_| has_tags))
            } else {
                Value::Single(f32::from_bits(bits))
            }
        }
        Type::Double => {
            let bits = data.u64(WITHIN)?;
            if (0x7FE0_0000_0000_0000..=0x7FFF_FFFF_FFFF_FFFF).contains(&bits) {
                let step = i64::try_from((bits - 0x7FE0_0000_0000_0000) >> 40).unwrap_or(0);
                Value::Missing(letter(step).filter(|_| has_tags))
            } else {
                Value::Number(f64::from_bits(bits))
            }
        }
    };
    match value {
        Value::Number(number) => column.meaning.write(number, row),
        Value::Single(number) if column.meaning == Meaning::Number => written::single_precision(number, row),
        Value::Single(number) => column.meaning.write(f64::from(number), row),
        Value::Missing(None) => {}
        Value::Missing(Some(letter)) => {
            column.tags.insert(letter);
            row.push('.');
            row.push(letter);
        }
    }
    Ok(())
}

/// The letter of a missing value that lies so many steps above the one without.
fn letter(step: i64) -> Option<char> {
    let letter = u8::try_from(step).ok().filter(|step| (1..=26).contains(step))?;
    Some(char::from(b'a' + letter - 1))
}

/// The variable and the case of a long string.
fn long_text(reference: [u8; 8], parts: &Parts<'_>) -> (u64, u64) {
    let number = |bytes: &[u8]| {
        let join = |whole: u64, byte: &u8| whole << 8 | u64::from(*byte);
        if parts.layout.big { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) }
    };
    let (variable, case) = reference.split_at(match parts.layout.release {
        117 => 4,
        118 => 2,
        _ => 3,
    });
    (number(variable), number(case))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: &str, value: f64) -> String {
        let mut text = String::new();
        Meaning::of(format.as_bytes()).write(value, &mut text);
        text
    }

    #[test]
    fn dates_are_counted_from_1960_by_their_display_format() {
        // Python: (date(2020, 2, 29) - date(1960, 1, 1)).days is 21974.
        assert_eq!(written("%td", 21_974.0), "2020-02-29");
        assert_eq!(written("%-dD_m_Y", 21_974.0), "2020-02-29");
        assert_eq!(written("%tc", 21_974.0 * 86_400_000.0 + 1000.0), "2020-02-29T00:00:01");
        assert_eq!(written("%tC", 21_974.0 * 86_400_000.0 + 28_000.0), "2020-02-29T00:00:01");
        assert_eq!(written("%tcHH:MM:SS", 36_610_000.0), "10:10:10");
        assert_eq!(written("%tcDDmonCCYY_HH:MM", 36_610_000.0), "1960-01-01T10:10:10");
        assert_eq!(written("%tw", 52.0), "1961-01-01");
        assert_eq!(written("%tm", 241.0), "1980-02-01");
        assert_eq!(written("%tq", -1.0), "1959-10-01");
        assert_eq!(written("%th", 3.0), "1961-07-01");
        assert_eq!(written("%ty", 2020.0), "2020");
        assert_eq!(written("%9.0g", 2020.5), "2020.5");
        assert_eq!(written("%td", 1e300), "1e300");
    }
}
