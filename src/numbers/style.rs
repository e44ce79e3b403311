//! Number styles of journals.

use super::rounding::{half_up, percent};
use super::spelled::spelled;

/// How a journal wants its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberStyle {
    /// One decimal in percents, thousands apart from 10,000, zero before the point.
    #[default]
    Plain,
    /// APA 7: no zero before the point where a number cannot exceed 1; thousands from 1,000; commas within intervals.
    Apa,
    /// AMA and JMIR: whole percents below a base of 100, one decimal from there on; thousands from 10,000; *P* without a
    /// zero.
    Ama,
}

/// How many decimals a column of percents shows, chosen once for the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimals(pub u8);

/// The decimals of a table's columns, where it asks for others than its style has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ColumnDecimals {
    /// Of percents and differences of percents.
    pub percent: Option<u8>,
    /// Of means and standard deviations.
    pub mean: Option<u8>,
    /// Of p-values.
    pub p: Option<u8>,
}

/// How the percents of a whole are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Each by itself, half up, so that they need not sum to 100.
    #[default]
    HalfUp,
    /// By the largest remainder, so that they do.
    LargestRemainder,
}

impl Rounding {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 2] =
        [("half-up", Self::HalfUp), ("largest-remainder", Self::LargestRemainder)];
}

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
        self.thousands_apart(&count.to_string())
    }

    /// The digits of a whole number with commas between thousands, from the number on from which the style wants them.
    fn thousands_apart(self, digits: &str) -> String {
        let least = match self {
            Self::Apa => 4,
            Self::Plain | Self::Ama => 5,
        };
        if digits.len() < least {
            return digits.to_owned();
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

    /// A number with this many decimals, its thousands apart as those of counts; `n/a` if it is not finite.
    pub fn number(self, number: f64, decimals: u8) -> String {
        let Some(text) = half_up(number, decimals) else { return "n/a".to_owned() };
        let (sign, size) = text.strip_prefix('-').map_or(("", text.as_str()), |size| ("\u{2212}", size));
        let (whole, fraction) = size.split_at(size.find('.').unwrap_or(size.len()));
        format!("{sign}{}{fraction}", self.thousands_apart(whole))
    }

    /// Degrees of freedom: two decimals where they are no whole number, and never a comma, as APA wants it and because
    /// they stand between commas themselves.
    pub fn degrees_of_freedom(self, df: f64) -> String {
        half_up(df, if df.fract() == 0.0 { 0 } else { 2 }).unwrap_or_else(|| "n/a".to_owned())
    }

    /// A number that cannot exceed 1, such as a correlation, a kappa or an alpha. APA shows no zero before its point.
    pub fn coefficient(self, number: f64, decimals: u8) -> String {
        let text = self.number(number, decimals);
        if self == Self::Apa { without_zero(&text) } else { text }
    }

    /// The decimals of means and standard deviations, wherever they stand.
    pub fn mean_decimals(self) -> u8 {
        match self {
            Self::Ama => 1,
            Self::Plain | Self::Apa => 2,
        }
    }

    /// How many there are, beside the name of those: `n = 14`.
    pub fn n(self, count: u64) -> String {
        match self {
            Self::Ama => format!("n={}", self.count(count)),
            Self::Plain | Self::Apa => format!("n = {}", self.count(count)),
        }
    }

    /// The letter of p-values, in headings.
    pub fn p_letter(self) -> &'static str {
        if self == Self::Ama { "P" } else { "p" }
    }

    /// The decimals of a p-value: three, of which AMA shows two from .01 on, unless they would hide on which side of .05
    /// it lies: what would round to .05 keeps three.
    pub fn p_decimals(self, p: f64) -> u8 {
        if self == Self::Ama && p >= 0.01 && !(0.045..0.055).contains(&p) { 2 } else { 3 }
    }

    /// A p-value in a table: `0.134`, `<0.001`; never zero, and never one where it is below, in AMA not even where it is one.
    /// Neither AMA nor APA shows the zero before the point.
    pub fn p_value(self, p: f64) -> String {
        self.p_value_to(p, self.p_decimals(p))
    }

    /// A p-value with this many decimals, as a table may ask for.
    pub fn p_value_to(self, p: f64, decimals: u8) -> String {
        let least = 0.1_f64.powi(i32::from(decimals));
        let printed = |number: f64| half_up(number, decimals).unwrap_or_else(|| "n/a".to_owned());
        // What would round to nothing, or to one though it is less, is said to lie beyond the last printed value.
        let text = if p < least * (1.0 - 1e-9) {
            format!("<{}", printed(least))
        } else if p > 1.0 - least && (p < 1.0 || self == Self::Ama) {
            format!(">{}", printed(1.0 - least))
        } else {
            printed(p)
        };
        if self == Self::Plain { text } else { without_zero(&text) }
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

    /// The limits of an interval, as they stand within its brackets: `0.25 to 0.75`; in APA `.25, .75`.
    pub fn limits(self, low: &str, high: &str) -> String {
        match self {
            Self::Apa => format!("{low}, {high}"),
            Self::Plain | Self::Ama => format!("{low} to {high}"),
        }
    }

    /// From the smallest to the largest number: `18 to 90`; in APA `18\u{2013}90`, unless one of them is below zero.
    pub fn range(self, low: &str, high: &str) -> String {
        let is_negative = low.starts_with('\u{2212}') || high.starts_with('\u{2212}');
        match self {
            Self::Apa if !is_negative => format!("{low}\u{2013}{high}"),
            Self::Plain | Self::Apa | Self::Ama => format!("{low} to {high}"),
        }
    }

    /// A level of confidence, with the decimals that it needs: `95%`, `97.5%`, `99.9%`.
    pub fn level(self, level: f64) -> String {
        let percent = level * 100.0;
        let whole = |places: i32| {
            let scaled = percent * 10f64.powi(places);
            (scaled - scaled.round()).abs() < 1e-9
        };
        let places = [(0, 0), (1, 1), (2, 2)].into_iter().find(|(power, _)| whole(*power));
        format!("{}%", self.number(percent, places.map_or(3, |(_, decimals)| decimals)))
    }

    /// An interval of a share in percents, as it stands within its brackets: `43% to 80%`.
    pub fn percent_interval(self, low: f64, high: f64, decimals: Decimals) -> String {
        let [low, high] = [low, high].map(|limit| format!("{}%", self.number(limit * 100.0, decimals.0)));
        self.limits(&low, &high)
    }

    /// A number in words if it is below ten, as running text wants it, else its digits.
    pub fn words(self, count: u64) -> String {
        spelled(count).filter(|_| count < 10).unwrap_or_else(|| self.count(count))
    }
}

/// A number below one without the zero before its point.
fn without_zero(text: &str) -> String {
    let sign = text.len() - text.trim_start_matches(['<', '>', '\u{2212}']).len();
    let (sign, digits) = text.split_at(sign);
    match digits.strip_prefix("0.") {
        Some(fraction) => format!("{sign}.{fraction}"),
        None => text.to_owned(),
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
    fn a_level_is_never_rounded_to_another() {
        let printed = [0.95, 0.975, 0.99, 0.999, 0.9, 0.9973].map(|level| NumberStyle::Apa.level(level));
        assert_eq!(printed, ["95%", "97.5%", "99%", "99.9%", "90%", "99.73%"]);
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
        assert_eq!(printed(NumberStyle::Ama), ["P=.13", "P<.001", "P>.99", "P>.99", "P=.006"]);
    }

    #[test]
    fn in_ama_no_p_hides_on_which_side_of_a_twentieth_it_lies() {
        let printed = [0.0449, 0.045, 0.046, 0.0499, 0.05, 0.054, 0.0549, 0.055, 0.0099, 0.01]
            .map(|p| NumberStyle::Ama.p_value(p));
        let expected = [".04", ".045", ".046", ".050", ".050", ".054", ".055", ".06", ".010", ".01"];
        assert_eq!(printed, expected);
        assert_eq!(NumberStyle::Ama.p_value_to(1.0, 3), ">.999");
    }

    #[test]
    fn numbers_have_their_thousands_apart_and_degrees_of_freedom_do_not() {
        let printed =
            |style: NumberStyle| [12_131.43, -1_234.5, 999.996, 9_999.99].map(|x| style.number(x, 2));
        assert_eq!(printed(NumberStyle::Apa), ["12,131.43", "\u{2212}1,234.50", "1,000.00", "9,999.99"]);
        for style in [NumberStyle::Plain, NumberStyle::Ama] {
            assert_eq!(printed(style), ["12,131.43", "\u{2212}1234.50", "1000.00", "9999.99"]);
        }
        assert_eq!(NumberStyle::Plain.number(9_999.996, 2), "10,000.00");
        assert_eq!(NumberStyle::Apa.number(1_234_567.0, 0), "1,234,567");
        assert_eq!([1233.0, 1233.456].map(|df| NumberStyle::Apa.degrees_of_freedom(df)), ["1233", "1233.46"]);
    }

    #[test]
    fn p_values_have_the_decimals_that_a_table_asks_for() {
        let printed =
            |decimals| [0.13432, 0.005, 0.0004, 0.9996].map(|p| NumberStyle::Apa.p_value_to(p, decimals));
        assert_eq!(printed(2), [".13", "<.01", "<.01", ">.99"]);
        assert_eq!(printed(3), [".134", ".005", "<.001", ">.999"]);
        assert_eq!(printed(4), [".1343", ".0050", ".0004", ".9996"]);
        assert_eq!(NumberStyle::Plain.p_value_to(0.001, 3), "0.001");
        assert_eq!(NumberStyle::Plain.p_value_to(0.999, 3), "0.999");
    }

    #[test]
    fn only_apa_drops_the_zero_of_a_number_that_cannot_exceed_one() {
        let printed = |style: NumberStyle| [0.873, -0.131, 1.0, -0.004].map(|r| style.coefficient(r, 2));
        assert_eq!(printed(NumberStyle::Apa), [".87", "\u{2212}.13", "1.00", ".00"]);
        assert_eq!(printed(NumberStyle::Ama), ["0.87", "\u{2212}0.13", "1.00", "0.00"]);
        assert_eq!(NumberStyle::Apa.number(0.5, 2), "0.50", "a standard deviation may exceed one");
    }

    #[test]
    fn means_intervals_and_ranges_stand_as_each_style_wants_them() {
        let [plain, apa, ama] = [NumberStyle::Plain, NumberStyle::Apa, NumberStyle::Ama];
        let interval = |style: NumberStyle| style.percent_interval(0.427, 0.803, Decimals(0));
        assert_eq!([plain, apa, ama].map(interval), ["43% to 80%", "43%, 80%", "43% to 80%"]);
        let range = |style: NumberStyle| [style.range("18", "90"), style.range("\u{2212}3", "5")];
        assert_eq!(range(apa), ["18\u{2013}90", "\u{2212}3 to 5"]);
        assert_eq!(range(ama), ["18 to 90", "\u{2212}3 to 5"]);
        assert_eq!([plain, apa, ama].map(|style| style.n(6500)), ["n = 6500", "n = 6,500", "n=6500"]);
    }

    #[test]
    fn words_stop_at_nine() {
        assert_eq!(NumberStyle::Ama.words(4), "four");
        assert_eq!(NumberStyle::Ama.words(10), "10");
    }
}
