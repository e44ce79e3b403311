//! How far a response went and how long it took, by what the platform says of it.

use super::Export;

impl Export {
    /// How far a response went, in percent; `None` if the export does not say.
    pub fn progress(&self, row: usize) -> Option<f64> {
        percent(self.about(row, self.metadata.progress)?)
    }

    /// How many seconds a response took: what the platform says, else from its start to its end; `None` if neither is
    /// known.
    pub fn seconds(&self, row: usize) -> Option<f64> {
        let said = self.about(row, self.metadata.duration).and_then(number);
        said.filter(|seconds| *seconds >= 0.0).or_else(|| {
            let started = moment(self.about(row, self.metadata.started)?)?;
            let ended = moment(self.about(row, self.metadata.ended)?)?;
            // Two clocks can only be compared if both say their zone or neither does.
            (started.zoned == ended.zoned && ended.seconds >= started.seconds)
                .then_some(ended.seconds - started.seconds)
        })
    }
}

/// A percent as platforms write it.
pub(super) fn percent(text: &str) -> Option<f64> {
    number(text.trim_end_matches('%').trim_end())
}

fn number(text: &str) -> Option<f64> {
    let read = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    read(text).or_else(|| read(&text.replace(',', ".")))
}

/// A date with a time, in seconds from some day on.
struct Moment {
    seconds: f64,
    zoned: bool,
}

/// Reads `2021-02-28 14:05:00`, with or without seconds and their fractions, `T` and a zone.
fn moment(text: &str) -> Option<Moment> {
    let (date, time) = text.split_once(['T', ' '])?;
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (time, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => (time.get(..at)?, Some(minutes_east(time.get(at..)?)?)),
        None => (time, None),
    };
    let mut parts = time.trim().split(':');
    let hour: u32 = parts.next()?.parse().ok().filter(|hour| *hour < 24)?;
    let minute: u32 = parts.next()?.parse().ok().filter(|minute| *minute < 60)?;
    let second = parts.next().map_or(Some(0.0), |text| text.parse::<f64>().ok())?;
    if parts.next().is_some() || !(0.0..61.0).contains(&second) {
        return None;
    }
    let minutes = days(year, month, day) as f64 * 1440.0 + f64::from(hour) * 60.0 + f64::from(minute);
    Some(Moment { seconds: (minutes - zone.unwrap_or(0.0)) * 60.0 + second, zoned: zone.is_some() })
}

/// A zone, `Z` or `+02:00`, as minutes east of Greenwich.
fn minutes_east(zone: &str) -> Option<f64> {
    if zone == "Z" {
        return Some(0.0);
    }
    let (sign, digits) = (zone.get(..1)?, zone.get(1..)?.replace(':', ""));
    let (hours, minutes) = (digits.get(..2)?, digits.get(2..).filter(|rest| !rest.is_empty()).unwrap_or("0"));
    let minutes = hours.parse::<f64>().ok()? * 60.0 + minutes.parse::<f64>().ok()?;
    Some(if sign == "-" { -minutes } else { minutes })
}

/// The number of a day of the Gregorian calendar, counted in years that begin in March so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: &str, to: &str) -> f64 {
        moment(to).unwrap().seconds - moment(from).unwrap().seconds
    }

    #[test]
    fn times_are_apart_by_hand() {
        assert!((between("2021-02-28 23:59:30", "2021-03-01 00:00:15") - 45.0).abs() < 1e-9);
        assert!((between("2020-02-28 00:00", "2020-03-01 00:00") - 2.0 * 86400.0).abs() < 1e-9);
        assert!((between("2021-12-31T23:00:00Z", "2022-01-01T02:00:00.5+02:00") - 3600.5).abs() < 1e-6);
        assert!((between("1999-12-31 00:00", "2000-12-31 00:00") - 366.0 * 86400.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_iso_time_is_not_read() {
        for text in ["", "2021-02-28", "28.02.2021 14:05", "2021-13-01 10:00", "2021-02-28 25:00", "now"] {
            assert!(moment(text).is_none(), "{text}");
        }
    }

    #[test]
    fn percents_and_seconds_are_read_as_platforms_write_them() {
        assert_eq!(percent("30 %"), Some(30.0));
        assert_eq!(number("12,5"), Some(12.5));
        assert_eq!(number("1 min"), None);
    }
}
