//! Studentized range: the range of `groups` standard normal variables over an independent estimate of their standard
//! deviation with `df` degrees of freedom (`df` may be infinite).
//!
//! Both integrals are smooth and vanish at both ends, so the trapezoidal rule converges exponentially; the upper tail
//! is integrated as itself.

use crate::stats::root;

use super::normal;
use super::trapezoid::LnScale;

/// P(Q <= q).
pub fn cdf(q: f64, groups: f64, df: f64) -> f64 {
    tail(q, groups, df, range_cdf)
}

/// P(Q > q).
pub fn sf(q: f64, groups: f64, df: f64) -> f64 {
    tail(q, groups, df, range_sf)
}

/// The `q` with P(Q <= q) = `p`.
pub fn quantile(p: f64, groups: f64, df: f64) -> f64 {
    upper_quantile(1.0 - p, groups, df)
}

/// The `q` with P(Q > q) = `upper`; keeps the digits of a small `upper`.
pub fn upper_quantile(upper: f64, groups: f64, df: f64) -> f64 {
    if !is_valid(groups, df) || !(0.0..=1.0).contains(&upper) {
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
            libm::log(upper) - libm::log(sf(q, groups, df))
        } else {
            libm::log(cdf(q, groups, df)) - libm::log1p(-upper)
        };
        at.clamp(-1e300, 1e300)
    };
    root::positive(3.0, miss).unwrap_or(f64::NAN)
}

fn is_valid(groups: f64, df: f64) -> bool {
    (2.0..=MAX_GROUPS).contains(&groups) && df > 0.0
}

/// More groups than any comparison has; bounds the work.
const MAX_GROUPS: f64 = 1e4;

/// Averages a tail of the range over the distribution of the standard deviation.
fn tail(q: f64, groups: f64, df: f64, range_tail: fn(f64, f64) -> f64) -> f64 {
    if !is_valid(groups, df) || q.is_nan() {
        return f64::NAN;
    }
    let q = q.max(0.0);
    if df > 1e12 || q.is_infinite() || q == 0.0 {
        return range_tail(q, groups);
    }
    let scale = LnScale::new(df);
    // Half a standard deviation of ln s: the rule's error is then far below rounding.
    let step = (0.5 / (2.0 * df).sqrt()).min(0.1);
    // Where the density has fallen by e^-45 on either side. A far tail of the range moves the weight to smaller s, the
    // lower tail of many groups to larger.
    let decay = 45.0 / df;
    let left = decay + decay.sqrt() + 0.5 * libm::log1p(0.5 * (q / df) * q);
    let right = decay.sqrt().min(1.0 + 0.5 * libm::log1p(2.0 * decay)) + 0.5 * libm::log1p(groups / df);
    let mut sum = 0.0;
    let mut v = -left;
    while v <= right {
        let density = libm::exp(scale.ln_density(v));
        if density > 0.0 {
            sum += density * range_tail(q * libm::exp(v), groups);
        }
        v += step;
    }
    (sum * step).min(1.0)
}

/// P(range <= w) = k ∫ φ(z) (Φ(z) - Φ(z - w))^(k-1) dz, z being the largest value.
fn range_cdf(w: f64, groups: f64) -> f64 {
    if w.is_infinite() {
        return 1.0;
    }
    over_largest(w, groups, |z| {
        let between =
            if z > w { normal::sf(z - w) - normal::sf(z) } else { normal::cdf(z) - normal::cdf(z - w) };
        libm::pow(between, groups - 1.0)
    })
}

/// P(range > w) = k ∫ φ(z) Φ(z)^(k-1) (1 - (1 - Φ(z - w)/Φ(z))^(k-1)) dz, every factor positive.
fn range_sf(w: f64, groups: f64) -> f64 {
    if w == 0.0 {
        return 1.0;
    }
    over_largest(w, groups, |z| {
        let below = normal::cdf(z);
        if below == 0.0 {
            return 0.0;
        }
        let share = normal::cdf(z - w) / below;
        libm::pow(below, groups - 1.0) * -libm::expm1((groups - 1.0) * libm::log1p(-share))
    })
}

fn over_largest(w: f64, groups: f64, f: impl Fn(f64) -> f64) -> f64 {
    let step = (0.7 / groups.sqrt()).min(0.25);
    let last = (0.5 * w + 9.5).max(9.5);
    if !last.is_finite() || last > 60.0 {
        return 0.0;
    }
    let mut sum = 0.0;
    let mut z = -9.5;
    while z <= last {
        sum += normal::pdf(z) * f(z);
        z += step;
    }
    (groups * sum * step).min(1.0)
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
    fn quantile_inverts_and_nonsense_is_nan() {
        let q = quantile(0.95, 4.0, 20.0);
        assert!((sf(q, 4.0, 20.0) - 0.05).abs() < 1e-13);
        assert!(sf(1.0, 1.0, 5.0).is_nan() && cdf(1.0, 3.0, 0.0).is_nan());
        assert!((sf(-1.0, 3.0, 5.0) - 1.0).abs() < 1e-15);
    }
}
