//! Sums that keep the digits which plain addition drops.

/// The compensated sum of `values` (Neumaier 1974); 0 for none. The order of the terms counts only in the last bit.
pub(crate) fn compensated(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = 0.0_f64;
    let mut lost = 0.0_f64;
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    if lost.is_finite() { sum + lost } else { sum }
}

#[cfg(test)]
mod tests {
    use super::compensated;

    #[test]
    #[expect(clippy::float_cmp, reason = "the compensated sum is exact here")]
    fn a_small_term_survives_two_large_ones() {
        assert_eq!(compensated([1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(compensated(std::iter::repeat_n(0.1, 10)), 1.0);
        assert_eq!(compensated([]), 0.0);
        assert_eq!(compensated([f64::INFINITY, 1.0]), f64::INFINITY);
    }
}
