//! Studentized range: the range of `groups` standard normal variables over an independent estimate of their standard
//! deviation with `df` degrees of freedom (`df` may be infinite).
//!
//! Both integrals are smooth and vanish at both ends, so the trapezoidal rule converges exponentially; the upper tail
//! is integrated as itself.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::stats::root;

use super::normal;
use super::special::erfc;
use super::trapezoid::LnScale;

/// More groups than any comparison has; bounds the work.
const MAX_GROUPS: f64 = 1e4;

/// P(Q <= q).
pub fn cdf(q: f64, groups: f64, df: f64) -> f64 {
    match Range::new(groups) {
        Some(range) => tail(q, df, groups, |w| range.cdf(w)),
        None => f64::NAN,
    }
}

/// P(Q > q).
pub fn sf(q: f64, groups: f64, df: f64) -> f64 {
    match Range::new(groups) {
        Some(range) => tail(q, df, groups, |w| range.sf(w)),
        None => f64::NAN,
    }
}

/// The `q` with P(Q <= q) = `p`.
pub fn quantile(p: f64, groups: f64, df: f64) -> f64 {
    upper_quantile(1.0 - p, groups, df)
}

/// The `q` with P(Q > q) = `upper`; keeps the digits of a small `upper`.
pub fn upper_quantile(upper: f64, groups: f64, df: f64) -> f64 {
    let Some(range) = Range::new(groups) else {
        return f64::NAN;
    };
    if df.is_nan() || df <= 0.0 || !(0.0..=1.0).contains(&upper) {
        return f64::NAN;
    }
    if upper == 0.0 {
        return f64::INFINITY;
    }
    if upper >= 1.0 {
        return 0.0;
    }
    let miss = |q: f64| {
        let at = if upper <= 0.5 {
            libm::log(upper) - libm::log(tail(q, df, groups, |w| range.sf(w)))
        } else {
            libm::log(tail(q, df, groups, |w| range.cdf(w))) - libm::log1p(-upper)
        };
        at.clamp(-1e300, 1e300)
    };
    root::positive(3.0, miss).unwrap_or(f64::NAN)
}

/// Averages a tail of the range over the distribution of the standard deviation.
fn tail(q: f64, df: f64, groups: f64, range_tail: impl Fn(f64) -> f64) -> f64 {
    if df.is_nan() || df <= 0.0 || q.is_nan() {
        return f64::NAN;
    }
    let q = q.max(0.0);
    if df > 1e12 || q.is_infinite() || q == 0.0 {
        return range_tail(q);
    }
    let scale = LnScale::new(df);
    // Half a standard deviation of ln s: the rule's error is then below rounding.
    let step = (0.5 / (2.0 * df).sqrt()).min(0.1);
    // Where the density has fallen by e^-40 on either side. A far tail of the range moves the weight to smaller s, the
    // lower tail of many groups to larger.
    let decay = 40.0 / df;
    let left = decay + decay.sqrt() + 0.5 * libm::log1p(0.5 * (q / df) * q);
    let right = decay.sqrt().min(1.0 + 0.5 * libm::log1p(2.0 * decay)) + 0.5 * libm::log1p(groups / df);
    let mut sum = 0.0;
    let mut v = -left;
    while v <= right {
        let density = libm::exp(scale.ln_density(v));
        if density > 0.0 {
            sum += density * range_tail(q * libm::exp(v));
        }
        v += step;
    }
    (sum * step).min(1.0)
}

/// The range of some standard normal variables, as an integral over the largest of them: the part that does not depend
/// on the range is computed once.
struct Range {
    groups: f64,
    step: f64,
    nodes: Vec<Node>,
}

/// One value of the largest.
struct Node {
    z: f64,
    density: f64,
    /// P(Z <= z).
    below: f64,
    /// The density of the largest of all at z, times the step.
    weight: f64,
}

impl Range {
    /// None unless there are at least two groups and not absurdly many.
    fn new(groups: f64) -> Option<Self> {
        if !(2.0..=MAX_GROUPS).contains(&groups) {
            return None;
        }
        let step = (0.7 / groups.sqrt()).min(0.25);
        let mut nodes = Vec::new();
        let mut z = -9.5;
        // Beyond 38.5 the density itself is 0.
        while z <= 38.5 {
            let (density, below) = (normal::pdf(z), normal::cdf(z));
            let weight = groups * density * libm::pow(below, groups - 1.0) * step;
            nodes.push(Node { z, density, below, weight });
            z += step;
        }
        Some(Self { groups, step, nodes })
    }

    /// P(range <= w) = k ∫ φ(z) (Φ(z) - Φ(z - w))^(k-1) dz.
    fn cdf(&self, w: f64) -> f64 {
        if w.is_infinite() {
            return 1.0;
        }
        let between = |node: &Node| {
            if node.z > w {
                normal::sf(node.z - w) - normal::sf(node.z)
            } else {
                node.below - normal::cdf(node.z - w)
            }
        };
        let sum: f64 =
            self.up_to(w).map(|node| node.density * libm::pow(between(node), self.groups - 1.0)).sum();
        (self.groups * self.step * sum).min(1.0)
    }

    /// P(range > w) = k ∫ φ(z) Φ(z)^(k-1) (1 - (1 - Φ(z - w)/Φ(z))^(k-1)) dz, every factor positive.
    fn sf(&self, w: f64) -> f64 {
        // So narrow a range has no weight: P(range <= w) < k (w φ(0))^(k-1).
        if self.groups * libm::pow(0.4 * w, self.groups - 1.0) < 1e-18 {
            return 1.0;
        }
        let sum: f64 = self
            .up_to(w)
            .map(|node| {
                let share = 0.5 * erfc((w - node.z) * FRAC_1_SQRT_2) / node.below;
                node.weight * -libm::expm1((self.groups - 1.0) * libm::log1p(-share.min(1.0)))
            })
            .sum();
        sum.min(1.0)
    }

    /// The nodes that can count: the mass lies about 0 or about w/2.
    fn up_to(&self, w: f64) -> impl Iterator<Item = &Node> {
        let last = (0.5 * w + 9.5).max(9.5);
        self.nodes.iter().take_while(move |node| node.z <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::distributions::student_t;

    #[test]
    fn two_groups_are_a_t_test() {
        for df in [1.0, 2.0, 5.5, 20.0, 300.0, f64::INFINITY] {
            for t in [0.2, 1.0, 3.0, 9.0] {
                let (got, expected) =
                    (sf(t * std::f64::consts::SQRT_2, 2.0, df), student_t::two_sided(t, df));
                assert!((got - expected).abs() <= 1e-11 * expected, "df {df} t {t}: {got} {expected}");
            }
        }
    }

    #[test]
    fn tails_add_to_one() {
        for (q, groups, df) in
            [(3.5, 4.0, 20.0), (6.0, 10.0, 60.0), (0.5, 3.0, 4.0), (2.0, 50.0, f64::INFINITY)]
        {
            let sum = cdf(q, groups, df) + sf(q, groups, df);
            assert!((sum - 1.0).abs() < 1e-12, "{q} {groups} {df}: {sum}");
        }
    }

    #[test]
    fn far_tail_keeps_its_digits() {
        // mpmath 1.3, mp.dps = 50: quadrature over the largest of 20 normal variables.
        let tail = sf(12.0, 20.0, f64::INFINITY);
        assert!((tail / 4.088_697_258_707_89e-15 - 1.0).abs() < 1e-12, "{tail:e}");
    }

    #[test]
    fn quantile_inverts_and_nonsense_is_nan() {
        let q = quantile(0.95, 4.0, 20.0);
        assert!((sf(q, 4.0, 20.0) - 0.05).abs() < 1e-13);
        assert!(sf(1.0, 1.0, 5.0).is_nan() && cdf(1.0, 3.0, 0.0).is_nan());
        assert!((sf(-1.0, 3.0, 5.0) - 1.0).abs() < 1e-15);
    }
}
