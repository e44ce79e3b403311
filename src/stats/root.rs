//! Roots of monotone functions: bracketed, bounded, and down to the last bit.

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
    let mut stalled = 0_u32;
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
        // A root beside one end can make interpolation creep by single ulps: bisect after two poor steps.
        stalled = if (b - a).abs() > 0.5 * before { stalled + 1 } else { 0 };
        share = if stalled >= 2 { 0.5 } else { interpolated_share(a, b, c, fa, fb, fc) };
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

/// The next step as a share of the way from `a` to `b`, kept off both ends.
fn interpolated_share(a: f64, b: f64, c: f64, fa: f64, fb: f64, fc: f64) -> f64 {
    let xi = (a - b) / (c - b);
    let phi = (fa - fb) / (fc - fb);
    if !(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi) {
        return 0.5;
    }
    let share = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
    // One ulp of the interval end is the closest useful approach.
    let closest = 0.5 * f64::EPSILON * a.abs().max(f64::MIN_POSITIVE) / (b - a).abs();
    if share.is_finite() { share.clamp(closest.min(0.5), 1.0 - closest.min(0.5)) } else { 0.5 }
}

fn strictly_between(x: f64, a: f64, b: f64) -> bool {
    a.min(b) < x && x < a.max(b)
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
    fn no_change_of_sign_is_no_root() {
        assert_eq!(bracketed(0.0, 1.0, |x| x + 1.0), None);
        assert_eq!(bracketed(0.0, 1.0, |_| f64::NAN), None);
        assert_eq!(positive(1.0, |x| x + 1.0), None);
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
        assert!(calls < 150, "{calls} evaluations");
    }
}
