//! Finds tests reported in APA style in running text.

use super::{Comparison, Kind, Printed, ReportedP, ReportedTest};

/// Every complete report of a test in the text, in order.
///
/// Recognised are `t(df)`, `r(df)`, `F(df1, df2)`, `z`, `Q(df)` with `w`/`within`/`b`/`between`, and chi-squared as
/// `chi2`, `chi^2`, `chi-square(d)`, `X2` or with the Greek letter and superscript, `G2`, and the Kruskal-Wallis
/// `H(df)`, the last with `(df, N = ...)` if wanted. Then a comparison, a number with thousands commas if any, a comma,
/// and `p` with a comparison and a decimal number, or `ns`. Signs that are no letters, digits or points before the
/// number are read as a minus, since that is what conversion makes of it. Anything else is not found.
pub fn read_tests(text: &str) -> Vec<ReportedTest> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let mut cursor = Cursor { chars: &chars, at: start };
        let after_letter = start > 0 && chars[start - 1].1.is_alphanumeric();
        let test = if after_letter { None } else { cursor.test() };
        if let Some(mut test) = test {
            let end = chars.get(cursor.at).map_or(text.len(), |(byte, _)| *byte);
            test.at = chars[start].0..end;
            found.push(test);
            start = cursor.at;
        } else {
            start += 1;
        }
    }
    found
}

/// Whether the text speaks of one-sided, one-tailed or directional tests.
pub fn mentions_one_tailed(text: &str) -> bool {
    let lower = text.to_lowercase();
    if lower.contains("directional") {
        return true;
    }
    // One sign, such as a hyphen or a space, may stand between.
    let names_tail = |rest: &str| ["sided", "tailed"].iter().any(|word| rest.starts_with(word));
    lower.match_indices("one").any(|(at, one)| {
        let rest = &lower[at + one.len()..];
        let mut after_sign = rest.chars();
        after_sign.next();
        names_tail(rest) || names_tail(after_sign.as_str())
    })
}

#[derive(Clone, Copy)]
struct Cursor<'a> {
    chars: &'a [(usize, char)],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|(_, c)| *c)
    }

    fn eat(&mut self, accept: impl Fn(char) -> bool) -> Option<char> {
        let next = self.peek().filter(|c| accept(*c))?;
        self.at += 1;
        Some(next)
    }

    fn eat_char(&mut self, expected: char) -> Option<char> {
        self.eat(|c| c == expected)
    }

    /// Takes the word if it comes next, whatever its case.
    fn eat_word(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        let all = word.chars().all(|expected| ahead.eat(|c| c.eq_ignore_ascii_case(&expected)).is_some());
        if all {
            *self = ahead;
        }
        all
    }

    fn skip_space(&mut self) {
        while self.eat(char::is_whitespace).is_some() {}
    }

    fn test(&mut self) -> Option<ReportedTest> {
        let kind = self.kind()?;
        self.skip_space();
        let (df1, df2) = match kind {
            Kind::Z => (None, None),
            _ => self.degrees_of_freedom(kind)?,
        };
        let (comparison, statistic) = self.statistic()?;
        let p = self.reported_p()?;
        Some(ReportedTest { kind, df1, df2, comparison, statistic, p, at: 0..0 })
    }

    fn kind(&mut self) -> Option<Kind> {
        for spelling in ["chi-squared", "chi-square", "chi square", "chi"] {
            if self.eat_word(spelling) {
                self.eat_char('_');
                return self.squared(spelling.len() > 3);
            }
        }
        let letter = self.eat(|c| "trFzZQ\u{3c7}\u{3a7}XxGH".contains(c))?;
        Some(match letter {
            't' => Kind::T,
            'r' => Kind::R,
            'F' => Kind::F,
            'z' | 'Z' => Kind::Z,
            'Q' => self.which_q(),
            _ => return self.squared(true),
        })
    }

    /// The sign of the square after the name of chi, which some names can do without.
    fn squared(&mut self, optional: bool) -> Option<Kind> {
        let caret = self.eat_char('^').is_some();
        let two = self.eat(|c| c == '2' || c == '\u{b2}').is_some();
        (two || (optional && !caret)).then_some(Kind::ChiSquared)
    }

    fn which_q(&mut self) -> Kind {
        let mut ahead = *self;
        ahead.skip_space();
        ahead.eat_char('-');
        ahead.skip_space();
        for (word, kind) in [
            ("within", Kind::QWithin),
            ("between", Kind::QBetween),
            ("w", Kind::QWithin),
            ("b", Kind::QBetween),
        ] {
            if ahead.eat_word(word) {
                *self = ahead;
                return kind;
            }
        }
        Kind::Q
    }

    fn degrees_of_freedom(&mut self, kind: Kind) -> Option<(Option<f64>, Option<f64>)> {
        self.eat_char('(')?;
        self.skip_space();
        // A 1 is often set, or scanned, as a letter.
        let letter_one = kind == Kind::F && self.eat(|c| c == 'l' || c == 'I').is_some();
        let first = if letter_one { 1.0 } else { self.number()?.value };
        self.skip_space();
        let both = match kind {
            Kind::F => {
                self.eat_char(',')?;
                self.skip_space();
                (Some(first), Some(self.number()?.value))
            }
            Kind::T | Kind::R => (None, Some(first)),
            Kind::ChiSquared => {
                self.sample_size()?;
                (Some(first), None)
            }
            _ => (Some(first), None),
        };
        self.skip_space();
        self.eat_char(')')?;
        Some(both)
    }

    /// `, N = 1,234`, which may be missing but not half there.
    fn sample_size(&mut self) -> Option<()> {
        if self.eat_char(',').is_none() {
            return Some(());
        }
        self.skip_space();
        self.eat(|c| c == 'N' || c == 'n')?;
        self.skip_space();
        self.eat_char('=')?;
        self.skip_space();
        self.number()?;
        Some(())
    }

    fn statistic(&mut self) -> Option<(Comparison, Printed)> {
        self.skip_space();
        let comparison = self.comparison()?;
        self.skip_space();
        let sign = |c: char| !(c.is_alphanumeric() || c.is_whitespace() || ".,;:<>=()[]".contains(c));
        let mut negative = false;
        for _ in 0..3 {
            negative |= self.eat(sign).is_some();
        }
        self.skip_space();
        let mut number = self.number()?;
        if negative {
            number.value = -number.value;
        }
        self.skip_space();
        self.eat_char(',')?;
        self.skip_space();
        Some((comparison, number))
    }

    fn reported_p(&mut self) -> Option<ReportedP> {
        if self.eat_char('n').is_some() {
            self.eat_char('.');
            self.eat_char('s')?;
            if self.peek().is_some_and(char::is_alphanumeric) {
                return None;
            }
            return Some(ReportedP::NotSignificant);
        }
        self.eat(|c| c == 'p' || c == 'P')?;
        self.skip_space();
        let comparison = self.comparison()?;
        self.skip_space();
        let mut number = self.number()?;
        if number.decimals == 0 {
            return None;
        }
        let mut ahead = *self;
        if ahead.eat(|c| c == 'e' || c == 'E').is_some()
            && let Some(exponent) = ahead.exponent()
        {
            *self = ahead;
            number.value *= libm::pow(10.0, -f64::from(exponent));
            number.decimals += exponent;
        }
        (number.value <= 1.0).then_some(ReportedP::Value(comparison, number))
    }

    /// A negative exponent, such as `-4`; a p-value has no other.
    fn exponent(&mut self) -> Option<u32> {
        self.eat(|c| c == '-' || c == '\u{2212}')?;
        let digits: String = std::iter::from_fn(|| self.eat(|c| c.is_ascii_digit())).collect();
        digits.parse().ok().filter(|exponent| *exponent <= 300)
    }

    fn comparison(&mut self) -> Option<Comparison> {
        Some(match self.eat(|c| "=<>".contains(c))? {
            '<' => Comparison::Less,
            '>' => Comparison::Greater,
            _ => Comparison::Equal,
        })
    }

    /// Digits with thousands commas and a decimal part, either of which may be missing.
    fn number(&mut self) -> Option<Printed> {
        let mut digits = self.digits();
        while !digits.is_empty() {
            let mut ahead = *self;
            let group = ahead.eat_char(',').map(|_| ahead.digits()).filter(|group| group.len() == 3);
            let Some(group) = group else { break };
            digits += &group;
            *self = ahead;
        }
        let mut ahead = *self;
        let fraction = ahead.eat_char('.').map(|_| ahead.digits()).filter(|fraction| !fraction.is_empty());
        if fraction.is_some() {
            *self = ahead;
        }
        let fraction = fraction.unwrap_or_default();
        if digits.is_empty() && fraction.is_empty() {
            return None;
        }
        let decimals = u32::try_from(fraction.len()).ok()?;
        let value = format!("{digits}.{fraction}").parse().ok()?;
        Some(Printed { value, decimals })
    }

    fn digits(&mut self) -> String {
        std::iter::from_fn(|| self.eat(|c| c.is_ascii_digit())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> ReportedTest {
        let mut tests = read_tests(text);
        assert_eq!(tests.len(), 1, "{text}");
        tests.remove(0)
    }

    #[test]
    fn spellings_of_chi_squared_are_one() {
        for name in [
            "chi2",
            "Chi2",
            "chi^2",
            "chi\u{b2}",
            "\u{3c7}2",
            "\u{3c7}\u{b2}",
            "X2",
            "x^2",
            "chi-square",
            "chi_2",
            "H",
        ] {
            let test = only(&format!("As {name}(2, N = 1,455) = 7.50, p = .02 shows"));
            assert_eq!((test.kind, test.df1, test.df2), (Kind::ChiSquared, Some(2.0), None), "{name}");
        }
    }

    #[test]
    fn spacing_is_free_and_the_place_is_kept() {
        let text = "\u{e9}: t ( 28 )=2.20 ,p=.03.";
        let test = only(text);
        assert_eq!(&text[test.at.clone()], "t ( 28 )=2.20 ,p=.03");
        assert_eq!(test.df2, Some(28.0));
        assert_eq!(test.statistic, Printed { value: 2.2, decimals: 2 });
    }

    #[test]
    fn odd_signs_are_minus_signs() {
        for sign in ["-", "\u{2212}", "- ", "\u{2013}", "\u{fffd}"] {
            assert!(only(&format!("t(28) = {sign}2.20, p = .03")).statistic.value < 0.0, "{sign}");
        }
    }

    #[test]
    fn thousands_are_grouped_by_three() {
        assert!((only("F(1, 20) = 2,000.20, p < .001").statistic.value - 2000.2).abs() < 1e-9);
        assert!(read_tests("t(28) = 2,20, p = .03").is_empty());
    }

    #[test]
    fn q_has_three_forms() {
        let kind = |text: &str| only(text).kind;
        assert_eq!(kind("Q(2) = 2.20, p = .03"), Kind::Q);
        assert_eq!(kind("Q-within(2) = 2.20, p = .03"), Kind::QWithin);
        assert_eq!(kind("Qb(2) = 2.20, p = .03"), Kind::QBetween);
    }

    #[test]
    fn letters_scanned_for_one_are_one() {
        assert_eq!(only("F(l, 20) = 2.2, p = .15").df1, Some(1.0));
        assert_eq!(only("F(I,20.5) = 2.2, ns").df2, Some(20.5));
    }

    #[test]
    fn several_tests_are_found_in_order() {
        let tests = read_tests(
            "Both t(28) = 2.20, p = .03, t(28) = 1.23, p = .04; z = 1.2, n.s. and F(2, 9) < 1, ns.",
        );
        assert_eq!(
            tests.iter().map(|test| test.kind).collect::<Vec<_>>(),
            [Kind::T, Kind::T, Kind::Z, Kind::F]
        );
        assert_eq!(tests[3].p, ReportedP::NotSignificant);
    }

    #[test]
    fn other_things_are_not_tests() {
        for text in [
            "t(28) = 2.20; p = .03",
            "t[28] = 2.20, p = .03",
            "t(28) = 2.20, p = 1.03",
            "t(2, 28) = 2.20, p = .03",
            "Qb(2, N = 187) = 2.20, p = .03",
            "Brant(5) = 2.20, p = .03",
            "q(2) = 2.2, p = .03",
            "t(28) = 2.20, nsx",
            "t(28) = , p = .03",
            "chi^(2) = 3, p = .1",
            "",
        ] {
            assert!(read_tests(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn one_tailed_words_are_found() {
        assert!(mentions_one_tailed("a One-Tailed test") && mentions_one_tailed("onesided"));
        assert!(mentions_one_tailed("our directional hypothesis") && mentions_one_tailed("one\u{2010}sided"));
        assert!(!mentions_one_tailed("two-tailed, one group"));
    }
}
