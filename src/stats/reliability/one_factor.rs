//! The maximum-likelihood fit of one common factor.

use super::guttman::SINGULAR;
use super::items::Covariances;
use crate::stats::cholesky::Cholesky;
use crate::stats::sample::compensated_sum;
use crate::stats::{Computed, NotComputed};

/// The most items of a one-factor model.
pub const MAX_FACTOR_ITEMS: usize = 100;

/// Newton steps; a solution needs a dozen.
const MAX_STEPS: u64 = 100;

/// Steps smaller than this are judged by the slope instead of the likelihood.
const NEAR: f64 = 1e-4;

/// Uniquenesses of standardised items at or below this are no variances.
const HEYWOOD: f64 = 1e-8;

/// Loadings and uniquenesses in the units of the items.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OneFactor {
    pub(super) loadings: Vec<f64>,
    pub(super) uniquenesses: Vec<f64>,
    /// `ln|Sigma| + tr(S Sigma^-1) - ln|S| - k` at the minimum: 0 for a perfect fit.
    pub(super) discrepancy: f64,
}

/// How hard a solution is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// From one start: for each of many resamples.
    OneStart,
    /// From several starts where the first does not lead to a solution.
    SeveralStarts,
}

/// Fits `covariances = loadings loadings' + diag(uniquenesses)` by maximum likelihood (Jöreskog 1967).
///
/// Newton's method on the standardised items, which does not change the solution, with Fisher's scoring where the
/// likelihood is not convex, after a few steps of the EM algorithm (Rubin & Thayer 1982). Uniquenesses may pass through
/// negative values; a solution that ends there is a Heywood case and has no value.
pub(super) fn fit(covariances: &Covariances, search: Search) -> Computed<OneFactor> {
    let k = covariances.len();
    if k > MAX_FACTOR_ITEMS {
        return Err(NotComputed::TooLarge { limit: "100 items of a one-factor model" });
    }
    let observed = covariances.correlations()?;
    let factor = Cholesky::of(k, |i, j| observed.get(i, j), SINGULAR)
        .ok_or(NotComputed::Undefined("an item is a sum of others: the covariance matrix is singular"))?;
    let first = start(&observed, &factor);
    let warm = expectation_maximisation(first.clone(), &observed, 30);
    let found = match (newton(warm, &observed), search) {
        (None, Search::SeveralStarts) => best_of_several(&first, &observed)?,
        (found, _) => found.ok_or(NOT_CONVERGED)?,
    };
    let (point, value) = found;
    if point.iter().skip(k).any(|&uniqueness| uniqueness <= HEYWOOD) {
        return Err(IMPROPER);
    }
    let spread = |i: usize| covariances.get(i, i);
    let loadings: Vec<f64> = point.iter().take(k).enumerate().map(|(i, at)| at * spread(i).sqrt()).collect();
    let sign = if compensated_sum(loadings.iter().copied()) < 0.0 { -1.0 } else { 1.0 };
    let discrepancy = value - 2.0 * factor.half_ln_determinant() - k as f64;
    Ok(OneFactor {
        loadings: loadings.iter().map(|loading| sign * loading).collect(),
        uniquenesses: point.iter().skip(k).enumerate().map(|(i, psi)| psi * spread(i)).collect(),
        discrepancy: discrepancy.max(0.0),
    })
}

const IMPROPER: NotComputed =
    NotComputed::Boundary("a uniqueness is not positive (Heywood case): no one-factor solution");

/// The minimum that Newton's method reaches from here, with the likelihood there.
fn newton(mut point: Vec<f64>, observed: &Covariances) -> Option<(Vec<f64>, f64)> {
    let mut state = State::at(&point, observed)?;
    for _ in 0..MAX_STEPS {
        let step = state.step(&point)?;
        let largest = largest_of(&step);
        if largest < 1e-12 {
            return Some((point, state.value));
        }
        // Near the minimum the likelihood itself is flat to rounding; its slope still tells where the minimum is.
        let better = if largest < NEAR {
            flatter(&point, &step, &state, observed)
        } else {
            lower(&point, &step, &state, observed)
        };
        match better {
            Some(better) => (point, state) = better,
            None if largest < 1e-6 => return Some((point, state.value)),
            None => return None,
        }
    }
    None
}

/// The best of the solutions that the EM algorithm, which keeps uniquenesses positive, finds from several starts.
fn best_of_several(first: &[f64], observed: &Covariances) -> Computed<(Vec<f64>, f64)> {
    let k = observed.len();
    let level = std::iter::repeat_n(0.5, 2 * k).collect();
    let alternating = (0..2 * k).map(|i| if i < k && i % 2 == 1 { -0.5 } else { 0.5 }).collect();
    let mut best: Option<(Vec<f64>, f64)> = None;
    for start in [first.to_vec(), level, alternating] {
        let point = expectation_maximisation(start, observed, 2000);
        let Some(state) = State::at(&point, observed) else { continue };
        if best.as_ref().is_none_or(|(_, value)| state.value < *value) {
            best = Some((point, state.value));
        }
    }
    let (point, _) = best.ok_or(NOT_CONVERGED)?;
    // The algorithm approaches a boundary ever more slowly and never reaches it.
    if point.iter().skip(k).any(|&uniqueness| uniqueness < 0.01) {
        return Err(IMPROPER);
    }
    newton(point, observed).ok_or(NOT_CONVERGED)
}

/// Steps of the EM algorithm: each lowers the likelihood, and uniquenesses stay positive.
fn expectation_maximisation(mut point: Vec<f64>, observed: &Covariances, steps: u32) -> Vec<f64> {
    let k = observed.len();
    for _ in 0..steps {
        let (loadings, uniquenesses) = point.split_at(k.min(point.len()));
        let information: f64 = loadings.iter().zip(uniquenesses).map(|(l, psi)| l * l / psi).sum();
        let weights: Vec<f64> =
            loadings.iter().zip(uniquenesses).map(|(l, psi)| l / psi / (1.0 + information)).collect();
        let with_items: Vec<f64> =
            (0..k).map(|i| observed.row(i).zip(&weights).map(|(r, weight)| r * weight).sum()).collect();
        let explained: f64 = weights.iter().zip(&with_items).map(|(a, b)| a * b).sum();
        let spread = 1.0 / (1.0 + information) + explained;
        let loadings: Vec<f64> = with_items.iter().map(|value| value / spread).collect();
        let left =
            loadings.iter().zip(&with_items).enumerate().map(|(i, (l, with))| observed.get(i, i) - l * with);
        let next: Vec<f64> = loadings.iter().copied().chain(left).collect();
        if next.iter().skip(k).any(|&psi| psi.is_nan() || psi <= 0.0) {
            break;
        }
        point = next;
    }
    point
}

const NOT_CONVERGED: NotComputed = NotComputed::NotConverged { iterations: MAX_STEPS };

/// Loadings, then uniquenesses: what the other items do not predict, and the best loadings for that.
fn start(observed: &Covariances, factor: &Cholesky) -> Vec<f64> {
    let k = observed.len();
    let inverse = factor.inverse();
    let uniquenesses: Vec<f64> =
        inverse.iter().enumerate().map(|(i, column)| 1.0 / column.get(i).copied().unwrap_or(1.0)).collect();
    let roots: Vec<f64> = uniquenesses.iter().map(|psi| psi.sqrt()).collect();
    let root = |i: usize| roots.get(i).copied().unwrap_or(1.0);
    // The leading eigenvector of the matrix scaled by the uniquenesses, roughly, by the power method.
    let mut vector: Vec<f64> = (0..k).map(|i| compensated_sum(observed.row(i))).collect();
    let mut eigenvalue = 1.0;
    for _ in 0..100 {
        let product: Vec<f64> = (0..k)
            .map(|i| {
                let row = observed.row(i).zip(&vector).enumerate();
                row.map(|(j, (r, v))| r * v / (root(i) * root(j))).sum()
            })
            .collect();
        let length = compensated_sum(product.iter().map(|value| value * value)).sqrt();
        if length <= 0.0 {
            break;
        }
        vector = product.iter().map(|value| value / length).collect();
        eigenvalue = length;
    }
    let stretch = (eigenvalue - 1.0).max(0.01).sqrt();
    let loadings = vector.iter().enumerate().map(|(i, value)| root(i) * value * stretch);
    loadings.chain(uniquenesses.iter().copied()).collect()
}

/// The likelihood and its derivatives at a point.
struct State {
    k: usize,
    /// `ln|Sigma| + tr(S Sigma^-1)`.
    value: f64,
    /// `Sigma^-1`.
    w: Vec<Vec<f64>>,
    /// `Sigma^-1 S Sigma^-1`.
    p: Vec<Vec<f64>>,
}

impl State {
    /// None where the implied matrix is not positive definite.
    fn at(point: &[f64], observed: &Covariances) -> Option<Self> {
        let k = observed.len();
        let (loadings, uniquenesses) = point.split_at_checked(k)?;
        let implied = |i: usize, j: usize| {
            let own = if i == j { entry(uniquenesses, i) } else { 0.0 };
            entry(loadings, i) * entry(loadings, j) + own
        };
        let factor = Cholesky::of(k, implied, 0.0)?;
        let w = factor.inverse();
        let product = |left: &[f64], column: usize| -> f64 {
            left.iter().zip(observed.row(column)).map(|(a, b)| a * b).sum()
        };
        let ws: Vec<Vec<f64>> = w.iter().map(|row| (0..k).map(|j| product(row, j)).collect()).collect();
        let p: Vec<Vec<f64>> = ws
            .iter()
            .map(|row| w.iter().map(|column| row.iter().zip(column).map(|(a, b)| a * b).sum()).collect())
            .collect();
        let trace = compensated_sum(ws.iter().enumerate().map(|(i, row)| entry(row, i)));
        let value = 2.0 * factor.half_ln_determinant() + trace;
        value.is_finite().then_some(Self { k, value, w, p })
    }

    fn gap(&self, i: usize, j: usize) -> f64 {
        cell(&self.w, i, j) - cell(&self.p, i, j)
    }

    fn gradient(&self, loadings: &[f64]) -> Vec<f64> {
        let by_loading = (0..self.k).map(|i| {
            2.0 * compensated_sum(loadings.iter().enumerate().map(|(j, loading)| self.gap(i, j) * loading))
        });
        by_loading.chain((0..self.k).map(|i| self.gap(i, i))).collect()
    }

    /// Newton's step, or Fisher's where the second derivatives are not positive definite.
    fn step(&self, point: &[f64]) -> Option<Vec<f64>> {
        let loadings = point.get(..self.k)?;
        let downhill: Vec<f64> = self.gradient(loadings).iter().map(|slope| -slope).collect();
        let size = 2 * self.k;
        let curvature = Curvature::of(self, loadings, true);
        let factor = Cholesky::of(size, |a, b| curvature.entry(a, b), 1e-10).or_else(|| {
            let curvature = Curvature::of(self, loadings, false);
            Cholesky::of(size, |a, b| curvature.entry(a, b), 0.0)
        })?;
        Some(factor.solve(&downhill))
    }
}

/// Second derivatives of the likelihood: observed (with `m = 2 p - w`) or expected (with `m = w`).
struct Curvature<'a> {
    state: &'a State,
    observed: bool,
    w_loadings: Vec<f64>,
    m_loadings: Vec<f64>,
    w_total: f64,
    m_total: f64,
}

impl<'a> Curvature<'a> {
    fn of(state: &'a State, loadings: &[f64], observed: bool) -> Self {
        let k = state.k;
        let mut result =
            Self { state, observed, w_loadings: vec![], m_loadings: vec![], w_total: 0.0, m_total: 0.0 };
        let times = |entry: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
            (0..k)
                .map(|i| loadings.iter().enumerate().map(|(j, loading)| entry(i, j) * loading).sum())
                .collect()
        };
        let w_loadings = times(&|i, j| cell(&state.w, i, j));
        let m_loadings = times(&|i, j| result.m(i, j));
        let along = |vector: &[f64]| vector.iter().zip(loadings).map(|(a, b)| a * b).sum();
        (result.w_total, result.m_total) = (along(&w_loadings), along(&m_loadings));
        (result.w_loadings, result.m_loadings) = (w_loadings, m_loadings);
        result
    }

    fn m(&self, i: usize, j: usize) -> f64 {
        let w = cell(&self.state.w, i, j);
        if self.observed { 2.0 * cell(&self.state.p, i, j) - w } else { w }
    }

    /// By two parameters: loadings come first, then uniquenesses.
    fn entry(&self, a: usize, b: usize) -> f64 {
        let k = self.state.k;
        let (i, j) = (a % k, b % k);
        let (w, m) = (cell(&self.state.w, i, j), self.m(i, j));
        let (wl, ml) = (|i: usize| entry(&self.w_loadings, i), |i: usize| entry(&self.m_loadings, i));
        match (a < k, b < k) {
            (true, true) => {
                let curved = if self.observed { 2.0 * self.state.gap(i, j) } else { 0.0 };
                wl(i) * ml(j) + wl(j) * ml(i) + self.w_total * m + self.m_total * w + curved
            }
            (true, false) => wl(j) * m + ml(j) * w,
            (false, true) => wl(i) * m + ml(i) * w,
            (false, false) => w * m,
        }
    }
}

/// The point at the end of the step, if the slope is smaller there.
fn flatter(point: &[f64], step: &[f64], state: &State, observed: &Covariances) -> Option<(Vec<f64>, State)> {
    let next: Vec<f64> = point.iter().zip(step).map(|(at, change)| at + change).collect();
    let next_state = State::at(&next, observed)?;
    let slope =
        |state: &State, point: &[f64]| largest_of(&state.gradient(point.get(..state.k).unwrap_or(&[])));
    (slope(&next_state, &next) < slope(state, point)).then_some((next, next_state))
}

fn largest_of(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most, value| most.max(value.abs()))
}

/// The first point along the step, halved as often as needed, that lowers the likelihood.
fn lower(point: &[f64], step: &[f64], state: &State, observed: &Covariances) -> Option<(Vec<f64>, State)> {
    let mut share = 1.0;
    for _ in 0..40 {
        let next: Vec<f64> = point.iter().zip(step).map(|(at, change)| at + share * change).collect();
        if let Some(next_state) = State::at(&next, observed).filter(|next| next.value < state.value) {
            return Some((next, next_state));
        }
        share *= 0.5;
    }
    None
}

fn entry(values: &[f64], index: usize) -> f64 {
    values.get(index).copied().unwrap_or(0.0)
}

fn cell(matrix: &[Vec<f64>], i: usize, j: usize) -> f64 {
    matrix.get(i).map_or(0.0, |row| entry(row, j))
}

#[cfg(test)]
mod tests {
    use super::{Covariances, Search, fit};
    use crate::stats::NotComputed;

    fn implied(loadings: &[f64], uniquenesses: &[f64]) -> Covariances {
        Covariances::filled(loadings.len(), |i, j| {
            Ok(loadings[i] * loadings[j] + if i == j { uniquenesses[i] } else { 0.0 })
        })
        .unwrap()
    }

    #[test]
    fn a_matrix_made_of_one_factor_gives_it_back() {
        let loadings = [0.8, 1.5, -0.4, 0.6, 2.0];
        let uniquenesses = [0.5, 0.3, 1.0, 0.2, 4.0];
        let factor = fit(&implied(&loadings, &uniquenesses), Search::OneStart).unwrap();
        for (got, want) in factor.loadings.iter().zip(loadings) {
            assert!((got - want).abs() < 1e-9, "{:?}", factor.loadings);
        }
        for (got, want) in factor.uniquenesses.iter().zip(uniquenesses) {
            assert!((got - want).abs() < 1e-9, "{:?}", factor.uniquenesses);
        }
        assert!(factor.discrepancy < 1e-12);
    }

    /// Correlations 0.9, 0.9 and 0.5 would need a loading of 0.9 * 0.9 / 0.5 = 1.62 > 1 squared.
    #[test]
    fn a_heywood_case_has_no_solution() {
        let r = [[1.0, 0.9, 0.9], [0.9, 1.0, 0.65], [0.9, 0.65, 1.0]];
        let matrix = Covariances::filled(3, |i, j| Ok(r[i][j])).unwrap();
        assert!(matches!(fit(&matrix, Search::SeveralStarts), Err(NotComputed::Boundary(_))));
    }

    #[test]
    fn a_singular_matrix_has_no_solution() {
        let matrix = Covariances::filled(3, |_, _| Ok(1.0)).unwrap();
        assert!(matches!(fit(&matrix, Search::SeveralStarts), Err(NotComputed::Undefined(_))));
        let wide = Covariances::filled(101, |i, j| Ok(f64::from(u8::from(i == j)))).unwrap();
        assert!(matches!(fit(&wide, Search::OneStart), Err(NotComputed::TooLarge { .. })));
    }
}
