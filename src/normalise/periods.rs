//! The periods in which dates fall, as the levels by which they are counted.

use crate::codebook::Date;
use crate::findings::Named;
use crate::responses::Answers;
use crate::study::Period;

/// More periods than this are not counted one by one.
const MOST: usize = 1200;

/// Every period from the first date to the last, those between in which none falls included; none where there are too
/// many to count. Its id says which it is: `2020` or `2020-03`.
pub(super) fn periods(answers: &Answers, by: Period) -> Vec<Named> {
    let Answers::Numbers { items } = answers else { return Vec::new() };
    let mut ends: Option<(Date, Date)> = None;
    for day in items.iter().flatten().filter_map(|number| date(*number.as_ref().ok()?)) {
        ends = Some(ends.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
    let Some((first, last)) = ends else { return Vec::new() };
    let mut periods = Vec::new();
    let (mut year, mut month) = (first.year(), first.month());
    while (year, month) <= (last.year(), last.month()) || (by == Period::Year && year <= last.year()) {
        if periods.len() == MOST {
            return Vec::new();
        }
        let id = match by {
            Period::Year => format!("{year:04}"),
            Period::Month => format!("{year:04}-{month:02}"),
        };
        periods.push(Named { label: id.clone(), id });
        (year, month) = if by == Period::Year || month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    periods
}

/// The day that a number stands for.
pub fn date(number: f64) -> Option<Date> {
    // Days of four-digit years, written as whole numbers by the reader of dates.
    #[expect(clippy::cast_possible_truncation, reason = "a day between the years 1 and 9999")]
    let day = number as i32;
    Date::of_number(day)
}
