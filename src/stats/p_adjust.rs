//! p-values adjusted for the number of tests in their family.

use super::record::{Computed, Method, NotComputed};

/// The default for confirmatory families.
pub const HOLM: Method = Method { id: "p_adjust.holm", name: "Holm adjustment", convention: "step down" };
/// False discovery rate, for exploratory families.
pub const BH: Method = Method {
    id: "p_adjust.bh",
    name: "Benjamini-Hochberg adjustment",
    convention: "false discovery rate, independent or positively dependent tests",
};
/// False discovery rate under any dependence.
pub const BY: Method = Method {
    id: "p_adjust.by",
    name: "Benjamini-Yekutieli adjustment",
    convention: "false discovery rate, any dependence",
};
/// Step up.
pub const HOCHBERG: Method =
    Method { id: "p_adjust.hochberg", name: "Hochberg adjustment", convention: "step up" };
/// Closed Simes test.
pub const HOMMEL: Method = Method { id: "p_adjust.hommel", name: "Hommel adjustment", convention: "" };
/// Times the number of tests.
pub const BONFERRONI: Method =
    Method { id: "p_adjust.bonferroni", name: "Bonferroni adjustment", convention: "" };
/// For independent tests.
pub const SIDAK: Method =
    Method { id: "p_adjust.sidak", name: "Šidák adjustment", convention: "single step, independent tests" };

/// Every method of this family.
pub const METHODS: &[Method] = &[HOLM, BH, BY, HOCHBERG, HOMMEL, BONFERRONI, SIDAK];

/// Which adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Adjustment {
    /// Holm (1979).
    #[default]
    Holm,
    /// Benjamini & Hochberg (1995).
    BenjaminiHochberg,
    /// Benjamini & Yekutieli (2001).
    BenjaminiYekutieli,
    /// Hochberg (1988).
    Hochberg,
    /// Hommel (1988).
    Hommel,
    /// Bonferroni.
    Bonferroni,
    /// Šidák (1967).
    Sidak,
}

impl Adjustment {
    /// The method's record.
    pub const fn method(self) -> Method {
        match self {
            Self::Holm => HOLM,
            Self::BenjaminiHochberg => BH,
            Self::BenjaminiYekutieli => BY,
            Self::Hochberg => HOCHBERG,
            Self::Hommel => HOMMEL,
            Self::Bonferroni => BONFERRONI,
            Self::Sidak => SIDAK,
        }
    }
}

/// The p-values of one family, adjusted together.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustedFamily {
    /// In the order given; a test without a p-value stays without one.
    pub p: Vec<Option<f64>>,
    /// How many tests the family counts: those with a p-value.
    pub n_tests: u64,
    /// The method.
    pub method: Method,
}

/// The largest family that Hommel's method, whose work grows with the square, accepts.
pub const MAX_HOMMEL: usize = 10_000;

/// Adjusts the p-values of one family. A missing p-value (a test that could not be computed) is not counted.
///
/// # Errors
/// `Invalid` if a p-value does not lie in [0, 1]; `TooLarge` for Hommel's method beyond [`MAX_HOMMEL`].
///
/// # Examples
///
/// ```
/// use canvass::stats::p_adjust::{Adjustment, adjust};
///
/// // A test that could not be computed is no member of the family.
/// let family = adjust(&[Some(0.01), Some(0.04), None, Some(0.03)], Adjustment::Holm)?;
/// assert_eq!(family.n_tests, 3);
/// // By hand: 3 * 0.01, then 2 * 0.03, then no less than that.
/// let expected = [Some(0.03), Some(0.06), None, Some(0.06)];
/// for (found, expected) in family.p.iter().zip(expected) {
///     assert_eq!(found.is_some(), expected.is_some());
///     assert!((found.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-15);
/// }
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn adjust(family: &[Option<f64>], adjustment: Adjustment) -> Computed<AdjustedFamily> {
    let mut sorted: Vec<(usize, f64)> =
        family.iter().enumerate().filter_map(|(i, p)| Some((i, (*p)?))).collect();
    if sorted.iter().any(|(_, p)| !(0.0..=1.0).contains(p)) {
        return Err(NotComputed::invalid("a p-value lies in [0, 1]"));
    }
    if adjustment == Adjustment::Hommel && sorted.len() > MAX_HOMMEL {
        return Err(NotComputed::TooLarge { limit: "Hommel's adjustment up to 10 000 tests" });
    }
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    let p: Vec<f64> = sorted.iter().map(|(_, p)| *p).collect();
    let adjusted = adjust_sorted(&p, adjustment);
    let mut result = vec![None; family.len()];
    for ((i, _), value) in sorted.iter().zip(adjusted) {
        result[*i] = Some(value.min(1.0));
    }
    Ok(AdjustedFamily { p: result, n_tests: p.len() as u64, method: adjustment.method() })
}

/// Adjusts p-values in increasing order.
fn adjust_sorted(p: &[f64], adjustment: Adjustment) -> Vec<f64> {
    let m = p.len() as f64;
    match adjustment {
        Adjustment::Bonferroni => p.iter().map(|p| m * p).collect(),
        // 1 - (1 - p)^m without losing a small p.
        Adjustment::Sidak => p.iter().map(|p| -libm::expm1(m * libm::log1p(-p))).collect(),
        Adjustment::Holm => step_down(p, |rank| m - rank + 1.0),
        Adjustment::Hochberg => step_up(p, |rank| m - rank + 1.0),
        Adjustment::BenjaminiHochberg => step_up(p, |rank| m / rank),
        Adjustment::BenjaminiYekutieli => {
            // Smallest terms first.
            let harmonic: f64 = (1..=p.len()).rev().map(|i| 1.0 / i as f64).sum();
            step_up(p, |rank| harmonic * m / rank)
        }
        Adjustment::Hommel => hommel(p),
    }
}

/// Running maximum of `factor(rank) * p` from the smallest p-value on.
fn step_down(p: &[f64], factor: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut running = 0.0_f64;
    p.iter()
        .enumerate()
        .map(|(i, p)| {
            running = running.max(factor(i as f64 + 1.0) * p);
            running
        })
        .collect()
}

/// Running minimum of `factor(rank) * p` from the largest p-value down.
fn step_up(p: &[f64], factor: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut running = 1.0_f64;
    let mut adjusted: Vec<f64> = p
        .iter()
        .enumerate()
        .rev()
        .map(|(i, p)| {
            running = running.min(factor(i as f64 + 1.0) * p);
            running
        })
        .collect();
    adjusted.reverse();
    adjusted
}

/// The algorithm of Wright (1992): for every size of subfamily the Simes bound of its largest p-values.
fn hommel(p: &[f64]) -> Vec<f64> {
    let n = p.len();
    // The Simes p-value of the whole family, below which no adjusted value lies.
    let whole = p.iter().enumerate().map(|(i, p)| n as f64 * p / (i as f64 + 1.0)).fold(1.0, f64::min);
    let mut adjusted = vec![whole; n];
    for size in (2..n).rev() {
        // The p-values of ranks n - size + 2 to n, against 2 to size.
        let (head, tail) = p.split_at(n - size + 1);
        let of_tail = tail
            .iter()
            .enumerate()
            .map(|(i, p)| size as f64 * p / (i as f64 + 2.0))
            .fold(f64::INFINITY, f64::min);
        let bound = |p: f64| (size as f64 * p).min(of_tail);
        let of_rest = head.last().map_or(of_tail, |p| bound(*p));
        let candidates = head.iter().map(|p| bound(*p)).chain(tail.iter().map(|_| of_rest));
        for (value, candidate) in adjusted.iter_mut().zip(candidates) {
            *value = value.max(candidate);
        }
    }
    adjusted.iter().zip(p).map(|(value, p)| value.max(*p)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(family: &[f64], adjustment: Adjustment) -> Vec<f64> {
        let family: Vec<Option<f64>> = family.iter().copied().map(Some).collect();
        adjust(&family, adjustment).unwrap().p.into_iter().map(Option::unwrap).collect()
    }

    fn close(got: &[f64], expected: &[f64]) {
        assert_eq!(got.len(), expected.len());
        for (a, b) in got.iter().zip(expected) {
            assert!((a - b).abs() < 1e-15, "{got:?} instead of {expected:?}");
        }
    }

    #[test]
    fn three_tests_by_hand() {
        let p = [0.03, 0.01, 0.02];
        close(&of(&p, Adjustment::Bonferroni), &[0.09, 0.03, 0.06]);
        close(&of(&p, Adjustment::Holm), &[0.04, 0.03, 0.04]);
        close(&of(&p, Adjustment::Hochberg), &[0.03, 0.03, 0.03]);
        close(&of(&p, Adjustment::BenjaminiHochberg), &[0.03, 0.03, 0.03]);
        close(&of(&p, Adjustment::BenjaminiYekutieli), &[0.055, 0.055, 0.055]);
        close(&of(&p, Adjustment::Hommel), &[0.03, 0.03, 0.03]);
    }

    #[test]
    fn missing_tests_are_not_counted() {
        let result = adjust(&[Some(0.02), None, Some(0.5)], Adjustment::Holm).unwrap();
        assert_eq!(result.p, [Some(0.04), None, Some(0.5)]);
        assert_eq!(result.n_tests, 2);
        assert_eq!(adjust(&[], Adjustment::Hommel).unwrap().p, []);
        assert_eq!(adjust(&[None], Adjustment::Hommel).unwrap().n_tests, 0);
    }

    #[test]
    fn tiny_p_values_survive_sidak() {
        close(&[of(&[1e-20, 0.5], Adjustment::Sidak)[0] / 1e-20], &[2.0]);
        close(&of(&[0.0, 1.0], Adjustment::Sidak), &[0.0, 1.0]);
    }

    #[test]
    fn nonsense_and_limits() {
        assert!(adjust(&[Some(1.5)], Adjustment::Holm).is_err());
        assert!(adjust(&[Some(f64::NAN)], Adjustment::Holm).is_err());
        let many = vec![Some(0.5); MAX_HOMMEL + 1];
        assert!(matches!(adjust(&many, Adjustment::Hommel), Err(NotComputed::TooLarge { .. })));
        assert!(adjust(&many, Adjustment::Holm).is_ok());
    }
}
