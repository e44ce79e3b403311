//! Days of the calendar.

use std::fmt;

/// A day of the Gregorian calendar, from the year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u32,
    day: u32,
}

/// The order in which year, month and day are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Written {
    /// 2020-03-31.
    #[default]
    YearMonthDay,
    /// 31.03.2020.
    DayMonthYear,
    /// 3/31/2020.
    MonthDayYear,
}

impl Written {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::YearMonthDay, Self::DayMonthYear, Self::MonthDayYear];

    /// Its name in study files.
    pub fn name(self) -> &'static str {
        match self {
            Self::YearMonthDay => "year-month-day",
            Self::DayMonthYear => "day-month-year",
            Self::MonthDayYear => "month-day-year",
        }
    }
}

/// Days of the months of a year that is no leap year.
const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let days = DAYS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
        let days = days + u32::from(month == 2 && is_leap(year));
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// Reads a day written in digits with hyphens, slashes or points between, with or without a time after it. The year
    /// has four digits, because two say no century.
    pub fn read(text: &str, written: Written) -> Option<Self> {
        let day = text.trim().split([' ', 'T']).next().unwrap_or_default();
        let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
        let [first, second, third] = parts.as_slice() else { return None };
        let (year, month, day) = match written {
            Written::YearMonthDay => (first, second, third),
            Written::DayMonthYear => (third, second, first),
            Written::MonthDayYear => (third, first, second),
        };
        let number = |text: &str, digits: std::ops::RangeInclusive<usize>| -> Option<u32> {
            let fits = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| fits)
        };
        Self::new(i32::try_from(number(year, 4..=4)?).ok()?, number(month, 1..=2)?, number(day, 1..=2)?)
    }

    /// The days since 1 January of the year 1.
    pub fn number(self) -> i32 {
        let before = (1..self.month).filter_map(|month| DAYS.get(month as usize - 1)).sum::<u32>();
        let leap = u32::from(self.month > 2 && is_leap(self.year));
        let years = self.year - 1;
        let in_year = i32::try_from(before + leap + self.day - 1).unwrap_or_default();
        years * 365 + years / 4 - years / 100 + years / 400 + in_year
    }

    /// The day with this number.
    pub fn of_number(number: i32) -> Option<Self> {
        // No year has fewer days than 365, so that the year is at or before this one.
        let mut year = number.div_euclid(365) + 1;
        while year > 1 && (Self { year, month: 1, day: 1 }).number() > number {
            year -= 1;
        }
        let mut left = u32::try_from(number - Self { year, month: 1, day: 1 }.number()).ok()?;
        for (month, days) in (1..).zip(DAYS) {
            let days = days + u32::from(month == 2 && is_leap(year));
            if left < days {
                return Self::new(year, month, left + 1);
            }
            left -= days;
        }
        None
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u32 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other_through_leap_years() {
        let mut day = Date::new(1896, 1, 1).unwrap();
        let last = Date::new(2104, 12, 31).unwrap();
        let mut count = 0;
        while day < last {
            let next = Date::of_number(day.number() + 1).unwrap();
            assert!(next > day, "{next} after {day}");
            assert_eq!(Date::of_number(day.number()), Some(day));
            day = next;
            count += 1;
        }
        // Python: (date(2104, 12, 31) - date(1896, 1, 1)).days.
        assert_eq!(count, 76_335);
        // Python: date(2020, 2, 29).toordinal() - 1.
        assert_eq!(Date::new(2020, 2, 29).unwrap().number(), 737_483);
    }

    #[test]
    fn only_days_of_the_calendar_in_the_order_declared_are_days() {
        let shown = |text, written| Date::read(text, written).map(|day| day.to_string());
        assert_eq!(shown("2020-02-29 13:45:00", Written::YearMonthDay).as_deref(), Some("2020-02-29"));
        assert_eq!(shown("2020-02-29T13:45:00Z", Written::YearMonthDay).as_deref(), Some("2020-02-29"));
        assert_eq!(shown("3.4.2020", Written::DayMonthYear).as_deref(), Some("2020-04-03"));
        assert_eq!(shown("3/4/2020", Written::MonthDayYear).as_deref(), Some("2020-03-04"));
        for text in ["2021-02-29", "2020-13-01", "20-01-01", "2020-1", "soon", "", "3.4.2020", "2020-00-10"] {
            assert_eq!(shown(text, Written::YearMonthDay), None, "{text}");
        }
    }
}
