//! Where a monotone function turns: roots bracketed down to the last bit, and the first count that fits.

/// The most evaluations that a search makes; a bracket of all finite numbers shrinks to one ulp well before.
const MAX_STEPS: u32 = 300;

/// Finds where `f` changes sign in `[low, high]` by Chandrupatla's method (1997): inverse quadratic interpolation where it
/// is safe, bisection elsewhere.
///
/// Stops when the bracket is two neighbouring floating-point numbers, or `f` is exactly 0. Returns `None` if `f` has the
/// same sign at both ends or is NaN there. A step function (an interval that inverts a discrete test) is fine: the answer
/// is the last number before or the first after the jump.
pub fn bracketed(low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> Option<f64> {
    let (mut a, mut b) = (high, low);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa == 0.0 {
        return Some(a);
    }
    if fb == 0.0 {
        return Some(b);
    }
    if !(fa > 0.0 && fb < 0.0 || fa < 0.0 && fb > 0.0) {
        return None;
    }
    let mut share = 0.5;
    let mut n_poor = 0_u32;
    for _ in 0..MAX_STEPS {
        let mut x = a + share * (b - a);
        if !strictly_between(x, a, b) {
            x = 0.5 * a + 0.5 * b;
            if !strictly_between(x, a, b) {
                break;
            }
        }
        let before = (b - a).abs();
        let fx = f(x);
        if fx == 0.0 {
            return Some(x);
        }
        if fx.is_nan() {
            return None;
        }
        let (c, fc);
        if (fx > 0.0) == (fa > 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, fx);
        n_poor = if (b - a).abs() > 0.5 * before { n_poor + 1 } else { 0 };
        share = interpolated_share(a, b, c, fa, fb, fc);
        // Never closer to the better end than a few ulps, so that the next step lands just across the root and closes the
        // bracket. Rounding in `f` may have put the root further off: the distance grows until it is crossed.
        let closest = 1.5 * f64::EPSILON * a.abs().max(f64::MIN_POSITIVE) / (b - a).abs();
        let closest = (closest * libm::exp2(2.0 * f64::from(n_poor))).min(0.5);
        share = share.clamp(closest, 1.0 - closest);
    }
    Some(if fa.abs() < fb.abs() { a } else { b })
}

/// Finds the positive root of `f` on a logarithmic scale, widening the bracket from `guess` by powers of two.
///
/// For scale parameters and ratios, whose roots may lie anywhere between 1e-300 and 1e300. `f` must be monotone.
pub fn positive(guess: f64, mut f: impl FnMut(f64) -> f64) -> Option<f64> {
    let start = if guess.is_finite() && guess > 0.0 { guess } else { 1.0 };
    let at_start = f(start);
    if at_start == 0.0 {
        return Some(start);
    }
    if at_start.is_nan() {
        return None;
    }
    let mut factor = 2.0_f64;
    let (mut below, mut above) = (start, start);
    while below > 1e-307 || above < 1e307 {
        let (next_below, next_above) = ((below / factor).max(1e-307), (above * factor).min(1e307));
        if (f(next_below) > 0.0) != (at_start > 0.0) {
            return bracketed(next_below, below, f);
        }
        if (f(next_above) > 0.0) != (at_start > 0.0) {
            return bracketed(above, next_above, f);
        }
        (below, above) = (next_below, next_above);
        factor *= factor.min(1e10);
    }
    None
}

/// The next step as a share of the way from `a` to `b`.
fn interpolated_share(a: f64, b: f64, c: f64, fa: f64, fb: f64, fc: f64) -> f64 {
    let xi = (a - b) / (c - b);
    let phi = (fa - fb) / (fc - fb);
    if !(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi) {
        return 0.5;
    }
    let share = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
    if share.is_finite() { share } else { 0.5 }
}

fn strictly_between(x: f64, a: f64, b: f64) -> bool {
    a.min(b) < x && x < a.max(b)
}

/// The first count in `from..to` for which a condition holds that, once true, stays true; `to` if there is none.
pub(crate) fn first_where(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn square_root_of_two_to_the_last_bit() {
        let root = bracketed(0.0, 2.0, |x| x * x - 2.0).unwrap();
        assert!((root - std::f64::consts::SQRT_2).abs() <= f64::EPSILON);
    }

    #[test]
    fn a_step_is_found_from_either_side() {
        let root = bracketed(0.0, 1.0, |x| if x < 0.3 { -1.0 } else { 1.0 }).unwrap();
        assert!((root - 0.3).abs() <= f64::EPSILON);
    }

    #[test]
    fn the_first_count_that_fits() {
        for threshold in 0..=9 {
            assert_eq!(first_where(2, 7, |k| k >= threshold), threshold.clamp(2, 7));
        }
        assert_eq!(first_where(4, 4, |_| true), 4);
    }

    #[test]
    fn no_change_of_sign_is_no_root() {
        assert_eq!(bracketed(0.0, 1.0, |x| x + 1.0), None);
        assert_eq!(bracketed(0.0, 1.0, |_| f64::NAN), None);
        assert_eq!(positive(1.0, |x| x + 1.0), None);
    }

    #[test]
    fn smooth_functions_take_few_steps() {
        type Case<'a> = (f64, f64, &'a dyn Fn(f64) -> f64);
        let count = |low: f64, high: f64, f: &dyn Fn(f64) -> f64| {
            let mut calls = 0_u32;
            let root = bracketed(low, high, |x| {
                calls += 1;
                f(x)
            });
            assert!(root.is_some());
            calls
        };
        let cases: [Case; 5] = [
            (0.0, 2.0, &|x| x * x - 2.0),
            (2.0, 4.0, &|x| libm::erfc(x) - 1e-5),
            (-745.0, -0.7, &|u| libm::expm1(u / 30.0) + 0.9),
            (0.0, 1.0, &|x| x * x * x * x * x - 1e-9),
            (0.0, 1.0, &|x| libm::atan(1e6 * (x - 0.3))),
        ];
        for (i, (low, high, f)) in cases.into_iter().enumerate() {
            let calls = count(low, high, f);
            assert!(calls <= 30, "case {i}: {calls} evaluations");
        }
    }

    #[test]
    fn few_steps_even_far_away() {
        let mut calls = 0_u32;
        let root = positive(1.0, |x| {
            calls += 1;
            libm::log(x) + 500.0
        })
        .unwrap();
        assert!((libm::log(root) + 500.0).abs() < 1e-12);
        assert!(calls < 60, "{calls} evaluations");
    }
}
