//! Tests and sizes of effect in a sentence, as each style prints them.

use crate::findings::{Finding, Findings, Statistic, TestResult, Value};
use crate::numbers::{NumberStyle, exact_places};
use crate::stats::{Interval, Which};

/// How a size of effect is printed.
struct Scale {
    /// What stands before its equals sign.
    sign: &'static str,
    /// By what it is multiplied: 100 for a difference of shares, which is told in percentage points.
    factor: f64,
    /// Its decimals.
    places: u8,
    /// What follows it.
    unit: &'static str,
    /// Whether it cannot exceed 1.
    is_at_most_one: bool,
}

impl Scale {
    fn of(statistic: Statistic, style: NumberStyle) -> Option<Self> {
        let is_at_most_one = statistic.is_at_most_one();
        let number = |sign| Self { sign, factor: 1.0, places: 2, unit: "", is_at_most_one };
        let points = |sign| Self { factor: 100.0, places: 1, unit: " percentage points", ..number(sign) };
        Some(match statistic {
            Statistic::Superiority => number("A"),
            Statistic::CliffsDelta => number("Cliff's \u{3b4}"),
            Statistic::EpsilonSquared => number("\u{3b5}\u{b2}"),
            Statistic::OmegaSquared => number("\u{3c9}\u{b2}"),
            Statistic::CramersV => number("V"),
            Statistic::Phi => number("\u{3c6}"),
            Statistic::RankBiserial => number("r"),
            Statistic::KendallW => number("W"),
            Statistic::OrderTau => number("\u{3c4}"),
            Statistic::Kappa | Statistic::WeightedKappa => number("\u{3ba}"),
            Statistic::Pabak => number("PABAK"),
            Statistic::Ac1 => number("AC1"),
            Statistic::KrippendorffAlpha => number("Krippendorff's \u{3b1}"),
            Statistic::Alpha => number("\u{3b1}"),
            Statistic::Omega => number("\u{3c9}"),
            Statistic::SpearmanBrown => number("Spearman-Brown \u{3c1}"),
            Statistic::HedgesG => number("g"),
            Statistic::DAverage | Statistic::DZ => number("d"),
            Statistic::MeanDifference => Self { places: style.mean_decimals(), ..number("mean difference") },
            Statistic::Shift => number("Hodges-Lehmann shift"),
            Statistic::Pseudomedian => number("pseudomedian"),
            Statistic::ShareDifference => points("difference"),
            Statistic::NetChange => points("net change"),
            _ => return None,
        })
    }

    fn print(&self, number: f64, style: NumberStyle) -> String {
        if self.is_at_most_one {
            style.coefficient(number, self.places)
        } else {
            style.number(number * self.factor, self.places)
        }
    }

    fn limits(&self, interval: &Interval, style: NumberStyle) -> String {
        let [low, high] = [interval.low, interval.high].map(|limit| self.print(limit, style));
        style.limits(&low, &high)
    }
}

/// A number alone, with the decimals that it has in tables.
pub(super) fn value(number: f64, statistic: Statistic, style: NumberStyle) -> String {
    let scale = scale(number, statistic, style);
    format!("{}{}", scale.print(number, style), scale.unit)
}

/// How a number alone is printed, whether or not it is a size of effect.
fn scale(number: f64, statistic: Statistic, style: NumberStyle) -> Scale {
    let places = match statistic {
        Statistic::Mean | Statistic::Sd => style.mean_decimals(),
        Statistic::MeanRank => 2,
        Statistic::Median | Statistic::Q1 | Statistic::Q3 | Statistic::Minimum | Statistic::Maximum => {
            exact_places([number])
        }
        _ => 1,
    };
    let is_at_most_one = statistic.is_at_most_one();
    let places = if is_at_most_one { 2 } else { places };
    let plain = Scale { sign: "", factor: 1.0, places, unit: "", is_at_most_one };
    Scale::of(statistic, style).unwrap_or(plain)
}

/// A size of effect with its sign and its interval.
pub(super) fn effect(finding: &Finding, style: NumberStyle) -> Result<String, String> {
    let (Value::Number(number), Some(scale)) = (&finding.value, Scale::of(finding.statistic, style)) else {
        return Err("it is no size of effect".to_owned());
    };
    let words = format!("{}{}{}{}", scale.sign, equals(style), scale.print(*number, style), scale.unit);
    Ok(match &finding.interval {
        Some(interval) => [words, confidence(interval, &scale, style)].join(between(style)),
        None => words,
    })
}

/// The limits of a number's interval alone.
pub(super) fn limits(number: f64, finding: &Finding, style: NumberStyle) -> Result<String, String> {
    let interval = finding.interval.as_ref().ok_or("it has no interval")?;
    Ok(scale(number, finding.statistic, style).limits(interval, style))
}

fn confidence(interval: &Interval, scale: &Scale, style: NumberStyle) -> String {
    let level = style.level(interval.level.get());
    let limits = scale.limits(interval, style);
    match style {
        NumberStyle::Apa => format!("{level} CI [{limits}]"),
        NumberStyle::Ama => format!("{level} CI, {limits}"),
        NumberStyle::Plain => format!("{level} CI {limits}"),
    }
}

/// A test: its statistic and degrees of freedom, or its name if it has none, and its p-values.
pub(super) fn test(finding: &Finding, style: NumberStyle) -> Result<String, String> {
    let Value::Test(test) = &finding.value else { return Err("it is no test".to_owned()) };
    let mut parts = vec![statistic(finding, test, style)];
    let sided = if test.which == Which::TwoSided { "" } else { ", one-sided" };
    parts.push(format!("{}{sided}", style.p_phrase(test.p)));
    if let Some(adjusted) = &test.adjusted {
        parts.push(format!("adjusted {}", style.p_phrase(adjusted.p)));
    }
    Ok(parts.join(between(style)))
}

/// A test with the size of effect beside it, and the id of that.
pub(super) fn report(
    finding: &Finding,
    findings: &Findings,
    style: NumberStyle,
) -> Result<(String, Option<String>), String> {
    let words = test(finding, style)?;
    let stem = finding.id.as_str().strip_suffix("/test");
    // What stands beside a test of ranks is of ranks too, as in tables.
    let is_of_ranks = finding.method.is_some_and(|method| method.id.starts_with("wilcoxon"));
    let first = if is_of_ranks { "rank-biserial" } else { "effect" };
    let beside = stem.and_then(|stem| {
        [first, "effect", "rank-biserial", "delta", "difference"].iter().find_map(|tail| {
            let found = findings.get(&format!("{stem}/{tail}"))?;
            Some((effect(found, style).ok()?, found.id.as_str().to_owned()))
        })
    });
    Ok(match beside {
        Some((size, id)) => ([words, size].join(between(style)), Some(id)),
        None => (words, None),
    })
}

fn statistic(finding: &Finding, test: &TestResult, style: NumberStyle) -> String {
    let method = finding.method.map_or("", |method| method.id);
    let name = || finding.method.map_or_else(|| "test".to_owned(), |method| method.name.to_owned());
    let (Some(value), Some(letter)) = (test.statistic, letter(method)) else { return name() };
    // Counts and sums of ranks as they are; what was divided by a standard error with two decimals.
    let value = match letter {
        "U" | "V" | "J" if (value * 2.0).fract() == 0.0 => {
            style.number(value, u8::from(value.fract() != 0.0))
        }
        _ => style.number(value, 2),
    };
    let df: Vec<String> = test.df.iter().map(|df| style.degrees_of_freedom(*df)).collect();
    let df = if df.is_empty() { String::new() } else { format!("({})", df.join(", ")) };
    format!("{letter}{df}{}{value}", equals(style))
}

/// The letter of a test's statistic; none where the field has none, so that the test is named instead.
fn letter(method: &str) -> Option<&'static str> {
    const LETTERS: [(&str, &str); 17] = [
        ("t_test", "t"),
        ("posthoc.conover", "t"),
        ("anova", "F"),
        ("friedman.iman_davenport", "F"),
        ("chisq", "\u{3c7}\u{b2}"),
        ("cmh", "\u{3c7}\u{b2}"),
        ("friedman", "\u{3c7}\u{b2}"),
        ("mcnemar", "\u{3c7}\u{b2}"),
        ("stuart_maxwell", "\u{3c7}\u{b2}"),
        ("mmi.rao_scott", "\u{3c7}\u{b2}"),
        ("g_test", "G"),
        ("kruskal_wallis", "H"),
        ("cochran_armitage", "z"),
        ("mann_whitney", "U"),
        ("wilcoxon_signed_rank", "V"),
        ("jonckheere_terpstra", "J"),
        ("posthoc.dunn", "z"),
    ];
    let (_, letter) = LETTERS.iter().find(|(start, _)| method.starts_with(start))?;
    // By the normal approximation rank tests give a z.
    let is_normal = method.ends_with(".asymptotic") && matches!(*letter, "U" | "V" | "J");
    Some(if is_normal { "z" } else { letter })
}

fn equals(style: NumberStyle) -> &'static str {
    if style == NumberStyle::Ama { "=" } else { " = " }
}

fn between(style: NumberStyle) -> &'static str {
    if style == NumberStyle::Ama { "; " } else { ", " }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{Base, FindingId};
    use crate::stats::{ConfidenceLevel, Method};

    fn finding(tail: &str, statistic: Statistic, value: Value, method: &'static str) -> Finding {
        Finding {
            id: FindingId::new(["a~b/q", tail]),
            group: "a~b".into(),
            question: Some("q".into()),
            item: None,
            level: None,
            statistic,
            base: Base { people: None, asked: None, sides: Vec::new() },
            value,
            interval: None,
            method: Some(Method { id: method, name: "Named test", convention: "" }),
            counts: None,
            cautions: Vec::new(),
        }
    }

    fn tested(method: &'static str, statistic: Option<f64>, df: &[f64], p: f64) -> Finding {
        let test = TestResult {
            statistic,
            df: df.to_vec(),
            p,
            which: Which::TwoSided,
            smallest: None,
            adjusted: None,
        };
        finding("test", Statistic::Test, Value::Test(test), method)
    }

    fn sized(statistic: Statistic, value: f64, low: f64, high: f64) -> Finding {
        let method = Method { id: "m", name: "m", convention: "" };
        let interval = Interval { low, high, level: ConfidenceLevel::P95, method };
        Finding { interval: Some(interval), ..finding("effect", statistic, Value::Number(value), "m") }
    }

    #[test]
    fn each_style_prints_a_test_with_its_effect() {
        let mut findings = Findings::default();
        findings.push(tested("t_test.student", Some(2.314), &[18.0], 0.0328));
        findings.push(sized(Statistic::HedgesG, 0.649, 0.051, 1.226));
        let of = |style| report(findings.get("a~b/q/test").unwrap(), &findings, style).unwrap();
        assert_eq!(of(NumberStyle::Apa).0, "t(18) = 2.31, p = .033, g = 0.65, 95% CI [0.05, 1.23]");
        assert_eq!(of(NumberStyle::Ama).0, "t(18)=2.31; P=.03; g=0.65; 95% CI, 0.05 to 1.23");
        assert_eq!(of(NumberStyle::Plain).0, "t(18) = 2.31, p = 0.033, g = 0.65, 95% CI 0.05 to 1.23");
        assert_eq!(of(NumberStyle::Apa).1.as_deref(), Some("a~b/q/effect"));
    }

    #[test]
    fn a_statistic_has_the_letter_of_its_method_and_a_test_without_one_its_name() {
        let printed =
            |method, value, df: &[f64]| test(&tested(method, value, df, 0.5), NumberStyle::Apa).unwrap();
        assert_eq!(printed("mann_whitney.exact", Some(36.5), &[]), "U = 36.5, p = .500");
        assert_eq!(printed("mann_whitney.exact", Some(36.0), &[]), "U = 36, p = .500");
        assert_eq!(printed("mann_whitney.asymptotic", Some(-18.377), &[]), "z = \u{2212}18.38, p = .500");
        assert_eq!(printed("anova_welch", Some(3.2), &[2.0, 17.256]), "F(2, 17.26) = 3.20, p = .500");
        assert_eq!(printed("chisq", Some(11.277), &[6.0]), "\u{3c7}\u{b2}(6) = 11.28, p = .500");
        assert_eq!(printed("fisher_exact", None, &[]), "Named test, p = .500");
        assert_eq!(printed("mmi.permutation", Some(10.4), &[]), "Named test, p = .500");
    }

    #[test]
    fn apa_prints_no_zero_where_a_number_cannot_exceed_one() {
        let bounded = sized(Statistic::CliffsDelta, -0.2857, -0.7193, 0.33);
        assert_eq!(
            effect(&bounded, NumberStyle::Apa).unwrap(),
            "Cliff's \u{3b4} = \u{2212}.29, 95% CI [\u{2212}.72, .33]"
        );
        assert_eq!(
            effect(&bounded, NumberStyle::Plain).unwrap(),
            "Cliff's \u{3b4} = \u{2212}0.29, 95% CI \u{2212}0.72 to 0.33"
        );
        let points = sized(Statistic::ShareDifference, 0.375, 0.1853, 0.5729);
        assert_eq!(
            effect(&points, NumberStyle::Ama).unwrap(),
            "difference=37.5 percentage points; 95% CI, 18.5 to 57.3"
        );
        assert!(effect(&tested("chisq", None, &[], 0.5), NumberStyle::Apa).is_err());
    }

    #[test]
    fn a_paired_test_of_ranks_has_a_size_of_ranks_and_one_of_signs_the_net_change() {
        let sized_at = |tail, statistic, value| finding(tail, statistic, Value::Number(value), "m");
        let of = |method| {
            let mut findings = Findings::default();
            findings.push(tested(method, None, &[], 0.0063));
            findings.push(sized_at("effect", Statistic::NetChange, 0.4167));
            findings.push(sized_at("rank-biserial", Statistic::RankBiserial, 0.8462));
            report(findings.get("a~b/q/test").unwrap(), &findings, NumberStyle::Apa).unwrap().0
        };
        assert_eq!(of("wilcoxon_signed_rank.exact"), "Named test, p = .006, r = .85");
        assert_eq!(of("sign_test"), "Named test, p = .006, net change = 41.7 percentage points");
    }

    #[test]
    fn a_number_alone_has_the_decimals_of_tables() {
        for (statistic, number, style, printed) in [
            (Statistic::Mean, 4.254, NumberStyle::Apa, "4.25"),
            (Statistic::Mean, 4.254, NumberStyle::Ama, "4.3"),
            (Statistic::MeanDifference, 1.958, NumberStyle::Plain, "1.96"),
            (Statistic::MeanRank, 1.357, NumberStyle::Ama, "1.36"),
            (Statistic::Median, 4.25, NumberStyle::Ama, "4.25"),
            (Statistic::Median, 4.0, NumberStyle::Apa, "4"),
            (Statistic::Kappa, 0.614, NumberStyle::Apa, ".61"),
            (Statistic::ShareDifference, 0.375, NumberStyle::Plain, "37.5 percentage points"),
        ] {
            assert_eq!(value(number, statistic, style), printed);
        }
        let mean = sized(Statistic::Mean, 4.254, 4.016, 4.492);
        assert_eq!(limits(4.254, &mean, NumberStyle::Apa).unwrap(), "4.02, 4.49");
    }
}
