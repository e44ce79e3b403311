//! Quasi-variances: one number per item from which the error of every difference follows approximately.

use crate::stats::{Computed, NotComputed};

const MAX_STEPS: u64 = 200;

/// When the iteration stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stop {
    /// When no step changes the result.
    #[default]
    Converged,
    /// When the loss changes by less than `1e-8 * (loss + 0.1)` in one step: the rule of R's `glm`, which the R
    /// package qvcalc uses. The loss is small, so this is early: relative errors of 1e-6 are common.
    LikeGlm,
}

/// Quasi-variances of parameters that are known up to a common constant (Firth and de Menezes 2004).
///
/// `covariance` is the covariance matrix of the parameters with the reference's row and column 0. The result `q`
/// minimises the sum over pairs of `(ln(q_i + q_j) - ln var(i - j))^2`, as the R package qvcalc does. Needs three
/// parameters. A quasi-variance can be negative, where no quasi-standard error exists.
pub fn quasi_variances(covariance: &[Vec<f64>], stop: Stop) -> Computed<Vec<f64>> {
    let k = covariance.len();
    let pairs = variances_of_differences(covariance)?;
    let mut q = start(k, &pairs);
    let mut loss = squared_loss(&q, &pairs);
    let mut before = 0.0;
    for _ in 0..MAX_STEPS {
        if stop == Stop::LikeGlm && (loss - before).abs() < 1e-8 * (loss + 0.1) {
            return Ok(q);
        }
        before = loss;
        let step = gauss_newton_step(&q, &pairs);
        let (next, lower) = downhill(&q, &step, loss, &pairs);
        let moved = q.iter().zip(&next).fold(0.0, |m: f64, (a, b)| m.max((a - b).abs()));
        let size = next.iter().fold(0.0, |m: f64, a| m.max(a.abs()));
        (q, loss) = (next, lower);
        if moved <= 1e-14 * size {
            return Ok(q);
        }
    }
    Err(NotComputed::NotConverged { iterations: MAX_STEPS })
}

/// Quasi-standard errors, the square roots of the quasi-variances.
pub fn quasi_standard_errors(covariance: &[Vec<f64>], stop: Stop) -> Computed<Vec<f64>> {
    let q = quasi_variances(covariance, stop)?;
    if q.iter().any(|q| *q < 0.0) {
        return Err(NotComputed::Undefined("a quasi-variance is negative"));
    }
    Ok(q.into_iter().map(f64::sqrt).collect())
}

/// Two parameters and the variance of their difference.
type Pair = (usize, usize, f64);

fn variances_of_differences(covariance: &[Vec<f64>]) -> Computed<Vec<Pair>> {
    let k = covariance.len();
    if k < 3 {
        return Err(NotComputed::TooFew { needed: 3, found: k as u64 });
    }
    if covariance.iter().any(|row| row.len() != k) {
        return Err(NotComputed::invalid("a covariance matrix is square"));
    }
    let mut pairs = Vec::with_capacity(k * (k - 1) / 2);
    for (i, row) in covariance.iter().enumerate() {
        for (j, both) in row.iter().enumerate().take(i) {
            let variance = row[i] + covariance[j][j] - 2.0 * both;
            if !(variance > 0.0 && variance.is_finite()) {
                return Err(NotComputed::Undefined("the variance of a difference is not positive"));
            }
            pairs.push((i, j, variance));
        }
    }
    Ok(pairs)
}

/// The step from the variances themselves to the first sums `q_i + q_j`: least squares weighted by `1 / var^2`.
fn start(k: usize, pairs: &[Pair]) -> Vec<f64> {
    let mut system = vec![vec![0.0; k + 1]; k];
    for (i, j, variance) in pairs {
        let weight = 1.0 / (variance * variance);
        add_pair(&mut system, (*i, *j), weight, weight * variance);
    }
    let mut q = eliminate(system);
    if pairs.iter().any(|(i, j, _)| q[*i] + q[*j] <= 0.0) {
        let level = pairs.iter().map(|(_, _, variance)| variance).sum::<f64>() / pairs.len() as f64 / 2.0;
        for q in &mut q {
            *q = q.max(level / 10.0);
        }
    }
    q
}

fn add_pair(system: &mut [Vec<f64>], (i, j): (usize, usize), weight: f64, right: f64) {
    for (a, b) in [(i, j), (j, i)] {
        system[a][a] += weight;
        system[a][b] += weight;
        if let Some(last) = system[a].last_mut() {
            *last += right;
        }
    }
}

fn squared_loss(q: &[f64], pairs: &[Pair]) -> f64 {
    pairs.iter().map(|(i, j, variance)| libm::log((q[*i] + q[*j]) / variance).powi(2)).sum()
}

/// The normal equations of the linearised problem: a diagonally dominant system, solved by elimination.
fn gauss_newton_step(q: &[f64], pairs: &[Pair]) -> Vec<f64> {
    let k = q.len();
    let mut system = vec![vec![0.0; k + 1]; k];
    for (i, j, variance) in pairs {
        let sum = q[*i] + q[*j];
        let residual = -libm::log(sum / variance) / sum;
        let weight = 1.0 / (sum * sum);
        add_pair(&mut system, (*i, *j), weight, residual);
    }
    eliminate(system)
}

/// Gaussian elimination of a symmetric positive definite system whose right-hand side is the last column.
fn eliminate(mut system: Vec<Vec<f64>>) -> Vec<f64> {
    let k = system.len();
    for column in 0..k {
        let (top, below) = system.split_at_mut(column + 1);
        let pivot = &top[column];
        for row in below {
            let factor = row[column] / pivot[column];
            row.iter_mut().zip(pivot).skip(column).for_each(|(value, p)| *value -= factor * p);
        }
    }
    let mut solution = vec![0.0; k];
    for row in (0..k).rev() {
        let done: f64 = (row + 1..k).map(|column| system[row][column] * solution[column]).sum();
        solution[row] = (system[row][k] - done) / system[row][row];
    }
    solution
}

/// Takes the step, halved while it leaves the domain or increases the loss.
fn downhill(q: &[f64], step: &[f64], loss: f64, pairs: &[Pair]) -> (Vec<f64>, f64) {
    let mut share = 1.0;
    while share > 1e-9 {
        let next: Vec<f64> = q.iter().zip(step).map(|(q, s)| q + share * s).collect();
        if pairs.iter().all(|(i, j, _)| next[*i] + next[*j] > 0.0) {
            let lower = squared_loss(&next, pairs);
            if lower <= loss {
                return (next, lower);
            }
        }
        share /= 2.0;
    }
    (q.to_vec(), loss)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_estimates_are_their_own_quasi_variances() {
        // Three means with variances 1, 2 and 4, as contrasts with the first.
        let covariance = [vec![0.0, 0.0, 0.0], vec![0.0, 3.0, 1.0], vec![0.0, 1.0, 5.0]];
        let q = quasi_variances(&covariance, Stop::Converged).unwrap();
        for (got, expected) in q.iter().zip([1.0, 2.0, 4.0]) {
            assert!((got - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn a_negative_quasi_variance_has_no_root() {
        // Variances of the three differences 1, 1 and 4: q = (-1, 2, 2).
        let covariance = [vec![0.0; 3], vec![0.0, 1.0, -1.0], vec![0.0, -1.0, 1.0]];
        assert!((quasi_variances(&covariance, Stop::Converged).unwrap()[0] + 1.0).abs() < 1e-9);
        assert!(matches!(
            quasi_standard_errors(&covariance, Stop::Converged),
            Err(NotComputed::Undefined(_))
        ));
    }

    #[test]
    fn three_parameters_are_needed() {
        assert_eq!(
            quasi_variances(&[vec![0.0]], Stop::Converged),
            Err(NotComputed::TooFew { needed: 3, found: 1 })
        );
        assert!(quasi_variances(&[vec![0.0; 2], vec![0.0; 3], vec![0.0; 3]], Stop::Converged).is_err());
        assert!(quasi_variances(&vec![vec![0.0; 3]; 3], Stop::Converged).is_err());
    }
}
