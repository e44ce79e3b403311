//! Rounding half up, in integers where the number is a ratio of counts.

/// The percent that `count` is of `base`, rounded half up to `decimals` places; `None` for an empty base.
///
/// Computed in integers: 1/16 is 6.3 at one decimal, where formatting the float would say 6.2.
pub fn percent(count: u64, base: u64, decimals: u8) -> Option<String> {
    if base == 0 {
        return None;
    }
    // Long division, digit by digit: no power of ten that could grow beyond an integer.
    let base = u128::from(base);
    let hundredfold = 100 * u128::from(count);
    let mut digits = (hundredfold / base).to_string().into_bytes();
    let mut rest = hundredfold % base;
    for _ in 0..decimals {
        rest *= 10;
        digits.push(b'0' + u8::try_from(rest / base).unwrap_or(0));
        rest %= base;
    }
    if 2 * rest >= base {
        increment(&mut digits);
    }
    Some(with_point(&String::from_utf8_lossy(&digits), decimals))
}

/// The percents of counts that make up a whole, rounded by the largest remainder, so that they sum to 100: each is cut off
/// at `decimals` places, and what is left goes to those that lost most. Nothing for an empty whole, and where some of those
/// that lost the same would get it and some not: equal counts have equal percents.
pub fn largest_remainder(counts: &[u64], decimals: u8) -> Option<Vec<String>> {
    let whole: u128 = counts.iter().map(|count| u128::from(*count)).sum();
    let units = 10_u128.pow(u32::from(decimals.min(9))) * 100;
    if whole == 0 {
        return None;
    }
    let exact = || counts.iter().map(|count| u128::from(*count) * units);
    let mut cut: Vec<u128> = exact().map(|units| units / whole).collect();
    let left = units - cut.iter().sum::<u128>();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    let lost: Vec<u128> = exact().map(|units| units % whole).collect();
    let lost_at = |position: &usize| lost.get(*position).copied().unwrap_or(0);
    order.sort_by_key(|position| std::cmp::Reverse(lost_at(position)));
    let mut at_cut = usize::try_from(left).ok().and_then(|left| left.checked_sub(1)).into_iter();
    if at_cut.any(|last| order.get(last).map(lost_at) == order.get(last + 1).map(lost_at)) {
        return None;
    }
    for (position, _) in order.into_iter().zip(0..left) {
        if let Some(percent) = cut.get_mut(position) {
            *percent += 1;
        }
    }
    Some(cut.into_iter().map(|percent| with_point(&percent.to_string(), decimals.min(9))).collect())
}

/// What percents that were printed with `decimals` places add up to, if it is not 100.
pub fn sum_of_percents<'a>(printed: impl IntoIterator<Item = &'a str>, decimals: u8) -> Option<String> {
    let units = |text: &str| text.replace('.', "").parse::<u128>().unwrap_or(0);
    let sum: u128 = printed.into_iter().map(units).sum();
    let text = with_point(&sum.to_string(), decimals);
    (text != with_point(&(100 * 10_u128.pow(u32::from(decimals.min(9)))).to_string(), decimals))
        .then_some(text)
}

/// A number rounded half up (away from zero) to `decimals` places, on its shortest decimal form.
///
/// 2.675 is 2.68 at two decimals although its binary value lies below, because 2.675 is what the reader of the data sees.
/// A result that rounds to zero has no sign. A number that is not finite has no text.
pub fn half_up(number: f64, decimals: u8) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let shortest = format!("{}", number.abs());
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    let places = usize::from(decimals);
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    let up = fraction.as_bytes().get(places).is_some_and(|digit| *digit >= b'5');
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    if up {
        increment(&mut digits);
    }
    let text = with_point(&String::from_utf8_lossy(&digits), decimals);
    let is_zero = text.bytes().all(|byte| byte == b'0' || byte == b'.');
    Some(if number < 0.0 && !is_zero { format!("-{text}") } else { text })
}

/// A number to ten significant digits: what every platform agrees on, whatever its last bits. Machines read it so.
pub fn pinned(number: f64) -> f64 {
    format!("{number:.9e}").parse().unwrap_or(number)
}

/// Adds one to a decimal number.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit == b'9' {
            *digit = b'0';
        } else {
            *digit += 1;
            return;
        }
    }
    digits.insert(0, b'1');
}

/// Puts a decimal point before the last `decimals` digits.
fn with_point(digits: &str, decimals: u8) -> String {
    let places = usize::from(decimals);
    if places == 0 {
        return digits.to_owned();
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{whole}.{fraction}")
}

/// The fewest decimals, two at most, that show these numbers as they are: quartiles of whole scores fall on quarters, and
/// 4.25 is not 4.3.
pub fn exact_places(numbers: impl IntoIterator<Item = f64>) -> u8 {
    let places = |number: f64| {
        let shows = |factor: f64| (number * factor - (number * factor).round()).abs() < 1e-9;
        if shows(1.0) {
            0
        } else if shows(10.0) {
            1
        } else {
            2
        }
    };
    numbers.into_iter().map(places).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_of_counts_round_half_up() {
        assert_eq!(percent(1, 16, 1).as_deref(), Some("6.3"));
        assert_eq!(percent(3, 16, 1).as_deref(), Some("18.8"));
        assert_eq!(percent(23, 80, 1).as_deref(), Some("28.8"));
        assert_eq!(percent(14, 22, 1).as_deref(), Some("63.6"));
        assert_eq!(percent(14, 22, 0).as_deref(), Some("64"));
        assert_eq!(percent(1, 8, 0).as_deref(), Some("13"));
        assert_eq!(percent(0, 5, 1).as_deref(), Some("0.0"));
        assert_eq!(percent(5, 5, 2).as_deref(), Some("100.00"));
        assert_eq!(percent(1, 2000, 1).as_deref(), Some("0.1"));
        assert_eq!(percent(u64::MAX, u64::MAX, 1).as_deref(), Some("100.0"));
    }

    #[test]
    fn however_many_decimals_are_asked_for_nothing_overflows() {
        assert_eq!(percent(2, 3, 40), Some(format!("66.{}7", "6".repeat(39))));
        assert_eq!(percent(u64::MAX, 1, 255), Some(format!("1844674407370955161500.{}", "0".repeat(255))));
        assert_eq!(half_up(0.5, 255), Some(format!("0.5{}", "0".repeat(254))));
    }

    #[test]
    fn largest_remainders_sum_to_a_hundred_unless_a_tie_would_be_broken() {
        let rounded = |counts: &[u64], decimals| largest_remainder(counts, decimals).unwrap();
        // Thirds cannot be told apart, so that none of them gets what is left.
        assert_eq!(largest_remainder(&[20, 20, 20], 0), None);
        assert_eq!(largest_remainder(&[1, 1, 1], 1), None);
        // 28.57 twice and 42.86: one of the two that lost the same would get what the other does not.
        assert_eq!(largest_remainder(&[2, 2, 3], 0), None);
        // 14.29 twice and 71.43: the largest alone gets what is left.
        assert_eq!(rounded(&[1, 1, 5], 0), ["14", "14", "72"]);
        // 28.57 twice, 14.29 thrice: both of those that lost most get one.
        assert_eq!(rounded(&[2, 2, 1, 1, 1], 0), ["29", "29", "14", "14", "14"]);
        // 47.27, 29.09, 12.73, 10.91: cut off they sum to 98; the last two lost most.
        assert_eq!(rounded(&[26, 16, 7, 6], 0), ["47", "29", "13", "11"]);
        assert_eq!(rounded(&[0, 5], 2), ["0.00", "100.00"]);
        assert!(largest_remainder(&[0, 0], 0).is_none() && largest_remainder(&[], 0).is_none());
        for counts in [&[3, 5, 7, 1, 10][..], &[1, 999, 5, 13], &[u64::MAX, 1, u64::MAX / 3]] {
            for decimals in 0..=3 {
                let printed = rounded(counts, decimals);
                let sum = sum_of_percents(printed.iter().map(String::as_str), decimals);
                assert_eq!(sum, None, "{counts:?} {printed:?}");
            }
        }
    }

    #[test]
    fn what_percents_add_up_to_is_said_unless_it_is_a_hundred() {
        // Three of eight twice and two of eight: 37.5, 37.5 and 25.
        let printed = |decimals| [3, 3, 2].map(|count| percent(count, 8, decimals).unwrap());
        let sum = |decimals| sum_of_percents(printed(decimals).each_ref().map(String::as_str), decimals);
        assert_eq!((sum(0).as_deref(), sum(1)), (Some("101"), None));
        assert_eq!(sum_of_percents(["33.3", "33.3", "33.3"], 1).as_deref(), Some("99.9"));
    }

    #[test]
    fn an_empty_base_has_no_percent() {
        assert_eq!(percent(0, 0, 1), None);
    }

    #[test]
    fn numbers_round_as_they_read() {
        assert_eq!(half_up(2.675, 2).as_deref(), Some("2.68"));
        assert_eq!(half_up(0.5, 0).as_deref(), Some("1"));
        assert_eq!(half_up(1.005, 2).as_deref(), Some("1.01"));
        assert_eq!(half_up(9.996, 2).as_deref(), Some("10.00"));
        assert_eq!(half_up(-0.004, 2).as_deref(), Some("0.00"));
        assert_eq!(half_up(-1.25, 1).as_deref(), Some("-1.3"));
        assert_eq!(half_up(3.0, 2).as_deref(), Some("3.00"));
        assert_eq!(half_up(1e-9, 3).as_deref(), Some("0.000"));
        assert_eq!(half_up(1e21, 0).as_deref(), Some("1000000000000000000000"));
        assert_eq!(half_up(f64::NAN, 2), None);
    }
}
