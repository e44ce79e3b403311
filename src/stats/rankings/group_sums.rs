//! Sums over all groups of items that could tie: elementary symmetric polynomials and their derivatives.

/// Sums over all groups of one size of the product of their members' values.
pub(super) struct GroupSums {
    /// Over all groups.
    pub(super) all: f64,
    /// Over the groups with this member.
    pub(super) with: Vec<f64>,
    /// Over the groups with both members, for the second below the first.
    pub(super) with_both: Vec<Vec<f64>>,
}

impl GroupSums {
    /// The sums are coefficients of the product of `1 + value * x`; leaving out factors multiplies what stands before,
    /// between and after them, so that nothing is ever subtracted.
    pub(super) fn new(values: &[f64], order: usize) -> Self {
        let m = values.len();
        let mut one = vec![0.0; order + 1];
        one[0] = 1.0;
        // `before[a]` leaves out `a` and all after it.
        let mut before = vec![one.clone()];
        for (a, value) in values.iter().enumerate() {
            before.push(times_factor(before[a].clone(), *value));
        }
        let mut sums = Self { all: before[m][order], with: vec![0.0; m], with_both: vec![Vec::new(); m] };
        let mut after = one;
        for a in (0..m).rev() {
            sums.with[a] = values[a] * coefficient(&before[a], &after, order - 1);
            // Everything but `a`, and but `b` and all between.
            let mut rest = after.clone();
            let mut both = vec![0.0; a];
            for b in (0..a).rev() {
                both[b] = values[a] * values[b] * coefficient(&before[b], &rest, order - 2);
                rest = times_factor(rest, values[b]);
            }
            sums.with_both[a] = both;
            after = times_factor(after, values[a]);
        }
        sums
    }
}

/// The polynomial times `1 + value * x`, cut to its length.
fn times_factor(mut polynomial: Vec<f64>, value: f64) -> Vec<f64> {
    for k in (1..polynomial.len()).rev() {
        polynomial[k] += polynomial[k - 1] * value;
    }
    polynomial
}

/// One coefficient of the product of two polynomials.
fn coefficient(a: &[f64], b: &[f64], order: usize) -> f64 {
    (0..=order).map(|k| a[k] * b[order - k]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_sums_leave_out_members() {
        let sums = GroupSums::new(&[2.0, 3.0, 5.0, 7.0], 3);
        assert!((sums.all - (30.0 + 42.0 + 70.0 + 105.0)).abs() < 1e-12);
        assert!((sums.with[1] - (30.0 + 42.0 + 105.0)).abs() < 1e-12);
        assert!((sums.with_both[3][1] - (42.0 + 105.0)).abs() < 1e-12);
        assert!((sums.with_both[2][0] - (30.0 + 70.0)).abs() < 1e-12);
    }
}
