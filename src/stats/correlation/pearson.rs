//! The product-moment correlation, its t test and its Fisher interval.

use super::bivariate::{Bivariate, Cell, Margin};
use crate::stats::distributions::{normal, student_t};
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

pub(super) const PEARSON: Method = Method {
    id: "pearson",
    name: "Pearson correlation",
    convention: "t test with n - 2 degrees of freedom; interval by Fisher's z, from 4 pairs on",
};

/// A correlation coefficient with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// The coefficient, in [-1, 1].
    pub estimate: f64,
    /// Number of complete pairs.
    pub n: u64,
    /// Number of pairs left out because a value was missing.
    pub incomplete: u64,
    /// Test of no association; needs 3 pairs.
    pub test: Computed<Test>,
    /// Interval for the coefficient; none where the pairs lie exactly on a line.
    pub interval: Computed<Interval>,
    /// The method.
    pub method: Method,
}

/// Pearson's correlation (Pearson 1896) with the t test and the interval by Fisher's z (Fisher 1921).
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 pairs, [`NotComputed::NoVariation`] where a variable is constant.
///
/// # Examples
///
/// ```
/// use canvass::stats::correlation::{Bivariate, pearson};
/// use canvass::stats::{ConfidenceLevel, Which};
///
/// let pairs = Bivariate::from_pairs(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0])?;
/// // By hand: products of deviations 4, squares 5 and 5.
/// let found = pearson(&pairs, Which::TwoSided, ConfidenceLevel::P95)?;
/// assert!((found.estimate - 0.8).abs() < 1e-15);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn pearson(pairs: &Bivariate, which: Which, level: ConfidenceLevel) -> Computed<Correlation> {
    let moment = ProductMoment::of(&pairs.cells, &pairs.x.values, &pairs.y.values, pairs.len())?;
    Ok(Correlation {
        estimate: moment.r(),
        n: pairs.len(),
        incomplete: pairs.incomplete(),
        test: moment.t_test(which, PEARSON),
        interval: moment.fisher_interval(1.0, level, PEARSON),
        method: PEARSON,
    })
}

/// A product-moment correlation by its distances from both ends, which keeps its digits near ±1.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProductMoment {
    /// 1 - r.
    below_one: f64,
    /// 1 + r.
    above_minus_one: f64,
    n: u64,
}

impl ProductMoment {
    /// The correlation of the scores `x` and `y` of the levels that the cells name.
    pub(super) fn of(cells: &[Cell], x: &[f64], y: &[f64], n: u64) -> Computed<Self> {
        if n < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: n });
        }
        let x = Standardised::of(cells, x, |cell| cell.x, n)?;
        let y = Standardised::of(cells, y, |cell| cell.y, n)?;
        // With unit sums of squares, sum (a - b)^2 = 2 (1 - r) and sum (a + b)^2 = 2 (1 + r): no cancellation at
        // either end, and the same bits when the variables swap.
        let half_sum = |sign: f64| {
            0.5 * compensated_sum(x.scores.iter().zip(&y.scores).zip(cells).map(|((a, b), cell)| {
                let gap = a - sign * b;
                cell.count as f64 * gap * gap
            }))
        };
        let noise = 4.0 * f64::EPSILON * (1.0 + x.offset + y.offset);
        let exact = |distance: f64| if distance <= noise * noise { 0.0 } else { distance.min(2.0) };
        Ok(Self { below_one: exact(half_sum(1.0)), above_minus_one: exact(half_sum(-1.0)), n })
    }

    pub(super) fn r(self) -> f64 {
        // The smaller distance is the more accurate one.
        if self.below_one <= self.above_minus_one { 1.0 - self.below_one } else { self.above_minus_one - 1.0 }
    }

    pub(super) fn t_test(self, which: Which, method: Method) -> Computed<Test> {
        if self.n < 3 {
            return Err(NotComputed::TooFew { needed: 3, found: self.n });
        }
        let df = (self.n - 2) as f64;
        let mut cautions = Vec::new();
        let t = if self.on_a_line() {
            cautions.push(Caution::Boundary {
                what: "the values lie exactly on a line: the t statistic is infinite; prefer an exact test",
            });
            self.r() * f64::INFINITY
        } else {
            self.r() * (df / (self.below_one * self.above_minus_one)).sqrt()
        };
        let p = match which {
            _ if t.is_infinite() => match which {
                Which::TwoSided => 0.0,
                Which::Greater => f64::from(u8::from(t < 0.0)),
                Which::Less => f64::from(u8::from(t > 0.0)),
            },
            Which::TwoSided => student_t::two_sided(t, df),
            Which::Greater => student_t::sf(t, df),
            Which::Less => student_t::cdf(t, df),
        };
        Ok(Test { statistic: Some(t), df: vec![df], p, which, method, cautions })
    }

    /// `tanh(atanh r ± z * sqrt(inflation / (n - 3)))`.
    pub(super) fn fisher_interval(
        self,
        inflation: f64,
        level: ConfidenceLevel,
        method: Method,
    ) -> Computed<Interval> {
        if self.n < 4 {
            return Err(NotComputed::TooFew { needed: 4, found: self.n });
        }
        if self.on_a_line() {
            return Err(NotComputed::Boundary("the coefficient is 1 or -1: Fisher's z is infinite"));
        }
        let centre = 0.5 * libm::log(self.above_minus_one / self.below_one);
        let half = normal::upper_quantile(0.5 * level.alpha()) * (inflation / (self.n - 3) as f64).sqrt();
        Ok(Interval { low: libm::tanh(centre - half), high: libm::tanh(centre + half), level, method })
    }

    fn on_a_line(self) -> bool {
        self.below_one <= 0.0 || self.above_minus_one <= 0.0
    }
}

/// The scores of one variable, cell by cell, with weighted mean 0 and weighted sum of squares 1.
struct Standardised {
    scores: Vec<f64>,
    /// Largest |value| over the root sum of squares: how much of a score's relative accuracy centring costs.
    offset: f64,
}

impl Standardised {
    fn of(cells: &[Cell], values: &[f64], level: impl Fn(&Cell) -> usize, n: u64) -> Computed<Self> {
        // Scaling by a power of two is exact and keeps the squares from overflowing.
        let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let (_, exponent) = libm::frexp(largest);
        let scaled: Vec<f64> = cells
            .iter()
            .map(|cell| libm::scalbn(values.get(level(cell)).copied().unwrap_or(0.0), -exponent))
            .collect();
        let weighted = |terms: &dyn Fn(f64) -> f64| {
            compensated_sum(scaled.iter().zip(cells).map(|(&value, cell)| cell.count as f64 * terms(value)))
        };
        let mean = weighted(&|value| value) / n as f64;
        let squares = weighted(&|value| (value - mean) * (value - mean));
        if values.len() < 2 || squares <= 0.0 {
            return Err(NotComputed::NoVariation);
        }
        let root = squares.sqrt();
        let scores = scaled.iter().map(|value| (value - mean) / root).collect();
        Ok(Self { scores, offset: 1.0 / root })
    }
}

/// The correlation of the midranks of both variables.
pub(super) fn of_midranks(pairs: &Bivariate) -> Computed<ProductMoment> {
    let ranks =
        |margin: &Margin| -> Vec<f64> { margin.doubled_midranks().iter().map(|&rank| rank as f64).collect() };
    ProductMoment::of(&pairs.cells, &ranks(&pairs.x), &ranks(&pairs.y), pairs.len())
}
