//! Number styles of journals.

use super::rounding::{half_up, percent};

/// How a journal wants its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberStyle {
    /// One decimal in percents, thousands apart from 10,000, zero before the point.
    #[default]
    Plain,
    /// APA 7: no zero before the point where a number cannot exceed 1; thousands from 1,000.
    Apa,
    /// AMA and JMIR: whole percents below a base of 100; thousands from 10,000; *P* without a zero.
    Ama,
}

/// How many decimals a column of percents shows, chosen once for the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimals(pub u8);

impl NumberStyle {
    /// The style's name in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("plain", Self::Plain), ("apa", Self::Apa), ("ama", Self::Ama)];

    /// The decimals of percents whose smallest base is `base`: what so few people can carry.
    pub fn percent_decimals(self, base: u64) -> Decimals {
        Decimals(match self {
            Self::Ama if base < 100 => 0,
            Self::Plain | Self::Apa | Self::Ama => 1,
        })
    }

    /// A count, with a comma between thousands as the style wants it.
    pub fn count(self, count: u64) -> String {
        let from = match self {
            Self::Apa => 1_000,
            Self::Plain | Self::Ama => 10_000,
        };
        let digits = count.to_string();
        if count < from {
            return digits;
        }
        let mut text = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    }

    /// A percent, for example `64%`; `n/a` for an empty base.
    pub fn percent(self, count: u64, base: u64, decimals: Decimals) -> String {
        percent(count, base, decimals.0).map_or_else(|| "n/a".to_owned(), |text| format!("{text}%"))
    }

    /// A share with its counts, for example `64% (14/22)`.
    pub fn share(self, count: u64, base: u64, decimals: Decimals) -> String {
        format!("{} ({}/{})", self.percent(count, base, decimals), self.count(count), self.count(base))
    }

    /// A number with this many decimals; `n/a` if it is not finite.
    pub fn number(self, number: f64, decimals: u8) -> String {
        half_up(number, decimals).map_or_else(|| "n/a".to_owned(), |text| text.replace('-', "\u{2212}"))
    }

    /// A p-value in a table: `0.134`, `<0.001`; never zero, and never one where it is below. AMA shows two decimals from
    /// .01 on; neither AMA nor APA shows the zero before the point.
    pub fn p_value(self, p: f64) -> String {
        let decimals = if self == Self::Ama && p >= 0.01 { 2 } else { 3 };
        let (least, most) = if decimals == 2 { (0.01, 0.99) } else { (0.001, 0.999) };
        // What would round to nothing, or to one though it is less, is said to lie beyond the last printed value.
        let text = if p < least {
            format!("<{least}")
        } else if p > most && p < 1.0 {
            format!(">{most}")
        } else {
            half_up(p, decimals).unwrap_or_else(|| "n/a".to_owned())
        };
        if self == Self::Plain { text } else { text.replacen("0.", ".", 1) }
    }

    /// A p-value in a sentence: `p = .134`, `P<.001`.
    pub fn p_phrase(self, p: f64) -> String {
        let value = self.p_value(p);
        let (sign, digits) = match value.strip_prefix(['<', '>']) {
            Some(digits) => (&value[..1], digits),
            None => ("=", value.as_str()),
        };
        if self == Self::Ama { format!("P{sign}{digits}") } else { format!("p {sign} {digits}") }
    }

    /// An interval of a share in percents, for example `43% to 80%`.
    pub fn percent_interval(self, low: f64, high: f64, decimals: Decimals) -> String {
        format!("{}% to {}%", self.number(low * 100.0, decimals.0), self.number(high * 100.0, decimals.0))
    }

    /// A number in words if it is below ten, as running text wants it, else its digits.
    pub fn words(self, count: u64) -> String {
        const WORDS: [&str; 10] =
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        usize::try_from(count)
            .ok()
            .and_then(|count| WORDS.get(count))
            .map_or_else(|| self.count(count), |word| (*word).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_bases_show_whole_percents_in_ama() {
        assert_eq!(NumberStyle::Ama.percent_decimals(22), Decimals(0));
        assert_eq!(NumberStyle::Ama.percent_decimals(100), Decimals(1));
        assert_eq!(NumberStyle::Ama.share(14, 22, Decimals(0)), "64% (14/22)");
        assert_eq!(NumberStyle::Plain.share(14, 22, Decimals(1)), "63.6% (14/22)");
    }

    #[test]
    fn nobody_answered_is_not_zero_percent() {
        assert_eq!(NumberStyle::Plain.share(0, 0, Decimals(1)), "n/a (0/0)");
    }

    #[test]
    fn thousands_are_apart_where_the_style_says_so() {
        assert_eq!(NumberStyle::Ama.count(6500), "6500");
        assert_eq!(NumberStyle::Ama.count(36127), "36,127");
        assert_eq!(NumberStyle::Apa.count(1_234_567), "1,234,567");
        assert_eq!(NumberStyle::Apa.count(999), "999");
    }

    #[test]
    fn p_values_are_never_zero_and_stand_as_each_style_wants_them() {
        let printed = |style: NumberStyle| [0.13432, 0.0004, 0.9999, 1.0, 0.0059].map(|p| style.p_phrase(p));
        assert_eq!(
            printed(NumberStyle::Plain),
            ["p = 0.134", "p < 0.001", "p > 0.999", "p = 1.000", "p = 0.006"]
        );
        assert_eq!(printed(NumberStyle::Apa), ["p = .134", "p < .001", "p > .999", "p = 1.000", "p = .006"]);
        assert_eq!(printed(NumberStyle::Ama), ["P=.13", "P<.001", "P>.99", "P=1.00", "P=.006"]);
    }

    #[test]
    fn words_stop_at_nine() {
        assert_eq!(NumberStyle::Ama.words(4), "four");
        assert_eq!(NumberStyle::Ama.words(10), "10");
    }
}
