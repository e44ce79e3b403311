//! The trapezoidal rule on the whole line, which converges exponentially for smooth integrands that vanish at both
//! ends (Trefethen & Weideman 2014), and the scale mixture over a chi-distributed standard deviation.

use std::f64::consts::PI;

use super::special::stirling_error;

/// Terms this far below the largest (on the natural logarithm) no longer count.
const NEGLIGIBLE: f64 = 42.0;

/// Bounds the number of terms on either side and the number of halvings.
const MAX_TERMS: u32 = 20_000;
const MAX_HALVINGS: u32 = 7;

/// The density of `v = ln s`, where `s^2` is chi-squared over its `df` degrees of freedom.
#[derive(Debug, Clone, Copy)]
pub(super) struct LnScale {
    df: f64,
    ln_constant: f64,
}

impl LnScale {
    pub(super) fn new(df: f64) -> Self {
        let half = 0.5 * df;
        Self { df, ln_constant: libm::log(2.0) + 0.5 * libm::log(half / (2.0 * PI)) - stirling_error(half) }
    }

    /// Natural logarithm of the density at `v`; near its peak at 0 nothing cancels.
    pub(super) fn ln_density(self, v: f64) -> f64 {
        self.ln_constant + self.df * (v - 0.5 * libm::expm1(2.0 * v))
    }
}

/// Integrates `exp(ln_f)` over the line. `ln_f` has one peak, at about `peak`; `width` is its scale.
///
/// The step is halved until two results agree to rounding.
pub(super) fn integral(peak: f64, width: f64, ln_f: impl Fn(f64) -> f64) -> f64 {
    let top = ln_f(peak);
    if !top.is_finite() {
        return if top.is_nan() { f64::NAN } else { 0.0 };
    }
    let mut step = 0.5 * width;
    let mut total = sum_at(peak, step, 0.0, top, &ln_f);
    for _ in 0..MAX_HALVINGS {
        let finer = 0.5 * (total + sum_at(peak, step, 0.5, top, &ln_f));
        step *= 0.5;
        let change = (finer - total).abs();
        total = finer;
        if change <= 2e-14 * total {
            break;
        }
    }
    total * libm::exp(top)
}

/// `step` times the sum of `exp(ln_f - top)` at `peak + (k + offset) step` for all integers `k`.
fn sum_at(peak: f64, step: f64, offset: f64, top: f64, ln_f: &impl Fn(f64) -> f64) -> f64 {
    let side = |direction: f64, first: u32| {
        let mut sum = 0.0;
        for k in first..MAX_TERMS {
            let term = ln_f(peak + direction * (f64::from(k) + direction * offset) * step) - top;
            sum += libm::exp(term);
            if term < -NEGLIGIBLE || term.is_nan() {
                break;
            }
        }
        sum
    };
    step * (side(1.0, 0) + side(-1.0, 1))
}
