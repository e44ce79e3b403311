//! Triangular factors of positive definite matrices.

/// The lower triangular factor of a symmetric positive definite matrix, row by row.
pub(super) struct Cholesky {
    factor: Vec<f64>,
    size: usize,
}

impl Cholesky {
    /// The factor of the matrix with the given entries; none where a pivot falls to `tolerance` times its diagonal
    /// entry, which makes the matrix singular or indefinite.
    pub(super) fn of(size: usize, entry: impl Fn(usize, usize) -> f64, tolerance: f64) -> Option<Self> {
        let mut result = Self { factor: vec![0.0; size * size], size };
        for i in 0..size {
            for j in 0..=i {
                let known: f64 = (0..j).map(|m| result.get(i, m) * result.get(j, m)).sum();
                let rest = entry(i, j) - known;
                let value = if i == j {
                    if rest.is_nan() || rest <= tolerance * entry(i, i) || rest <= 0.0 {
                        return None;
                    }
                    rest.sqrt()
                } else {
                    rest / result.get(j, j)
                };
                *result.factor.get_mut(i * size + j)? = value;
            }
        }
        Some(result)
    }

    /// Half the logarithm of the determinant.
    pub(super) fn half_ln_determinant(&self) -> f64 {
        (0..self.size).map(|i| libm::log(self.get(i, i))).sum()
    }

    /// The solution of `matrix * x = right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = right.to_vec();
        x.resize(self.size, 0.0);
        self.halfway(&mut x);
        for i in (0..self.size).rev() {
            let known: f64 = x.iter().enumerate().skip(i + 1).map(|(m, value)| self.get(m, i) * value).sum();
            self.divide(&mut x, i, known);
        }
        x
    }

    /// Puts the `y` of `factor * y = right` in the place of `right`: the sum of its squares is `right' * inverse * right`.
    pub(super) fn halfway(&self, right: &mut [f64]) {
        for i in 0..self.size {
            let known: f64 = right.iter().take(i).enumerate().map(|(m, value)| self.get(i, m) * value).sum();
            self.divide(right, i, known);
        }
    }

    /// The inverse, column by column.
    pub(super) fn inverse(&self) -> Vec<Vec<f64>> {
        (0..self.size)
            .map(|j| {
                let unit: Vec<f64> = (0..self.size).map(|i| f64::from(u8::from(i == j))).collect();
                self.solve(&unit)
            })
            .collect()
    }

    fn divide(&self, x: &mut [f64], i: usize, known: f64) {
        if let Some(value) = x.get_mut(i) {
            *value = (*value - known) / self.get(i, i);
        }
    }

    fn get(&self, i: usize, j: usize) -> f64 {
        self.factor.get(i * self.size + j).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Cholesky;

    #[test]
    fn a_small_system_is_solved() {
        let matrix = [[4.0, 2.0, 0.0], [2.0, 5.0, 1.0], [0.0, 1.0, 3.0]];
        let factor = Cholesky::of(3, |i, j| matrix[i][j], 1e-12).unwrap();
        let x = factor.solve(&[8.0, 15.0, 11.0]);
        for (got, want) in x.iter().zip([1.0, 2.0, 3.0]) {
            assert!((got - want).abs() < 1e-14);
        }
        // The determinant is 4 (15 - 1) - 2 * 6 = 44.
        assert!((libm::exp(2.0 * factor.half_ln_determinant()) - 44.0).abs() < 1e-12);
        assert!((factor.inverse()[2][2] - 16.0 / 44.0).abs() < 1e-15);
    }

    #[test]
    fn singular_and_indefinite_matrices_have_no_factor() {
        assert!(Cholesky::of(2, |_, _| 1.0, 1e-12).is_none());
        assert!(Cholesky::of(2, |i, j| if i == j { 1.0 } else { 2.0 }, 1e-12).is_none());
        assert!(Cholesky::of(1, |_, _| f64::NAN, 1e-12).is_none());
    }
}
