//! How far one person's answers lie from everybody's.

use crate::stats::cholesky::Cholesky;
use crate::stats::distributions::chi_squared;
use crate::stats::{Computed, Method, NotComputed};

/// The squared distance from the centre in the metric of the covariance.
pub const MAHALANOBIS: Method = Method {
    id: "careless.mahalanobis",
    name: "Mahalanobis distance",
    convention: "squared; means and covariance (divisor n - 1) of the people who answered every item; chi-squared with as \
                 many degrees of freedom as items",
};

/// How many people with every answer there must be for each item: the squared distance can never exceed
/// `(n - 1)^2 / n`, and its chi-squared distribution is one of large samples.
pub const PEOPLE_PER_ITEM: u64 = 10;

/// A pivot that falls below this share of its variance: the items then determine each other.
const SINGULAR: f64 = 1e-10;

/// The sums from which means and covariances follow, exact for whole scores.
#[derive(Debug, Clone)]
pub struct Moments {
    n: u64,
    sums: Vec<i64>,
    /// The lower triangle, row by row.
    products: Vec<i64>,
}

/// The middle of the people and the spread about it.
pub struct Centre {
    means: Vec<f64>,
    factor: Cholesky,
}

impl Moments {
    /// Nobody yet, on so many items.
    pub fn new(items: usize) -> Self {
        Self { n: 0, sums: vec![0; items], products: vec![0; items * (items + 1) / 2] }
    }

    /// Adds one person's scores, one for each item.
    pub fn add(&mut self, scores: &[i32]) {
        self.n += 1;
        let mut products = self.products.iter_mut();
        for (i, (sum, score)) in self.sums.iter_mut().zip(scores).enumerate() {
            *sum += i64::from(*score);
            for (other, product) in scores.iter().take(i + 1).zip(products.by_ref()) {
                *product += i64::from(*score) * i64::from(*other);
            }
        }
    }

    /// The centre of those added.
    ///
    /// # Errors
    /// [`NotComputed::TooFew`] below [`PEOPLE_PER_ITEM`] people for each item; [`NotComputed::Undefined`] where the
    /// covariance cannot be inverted.
    pub fn centre(&self) -> Computed<Centre> {
        let needed = PEOPLE_PER_ITEM * self.sums.len().max(1) as u64;
        if self.n < needed {
            return Err(NotComputed::TooFew { needed, found: self.n });
        }
        let n = i128::from(self.n);
        let divisor = self.n as f64 * (self.n - 1) as f64;
        let covariance = |i: usize, j: usize| {
            let (i, j) = (i.max(j), i.min(j));
            let at = |sums: &[i64], position: usize| i128::from(sums.get(position).copied().unwrap_or(0));
            let spread = n * at(&self.products, i * (i + 1) / 2 + j) - at(&self.sums, i) * at(&self.sums, j);
            spread as f64 / divisor
        };
        let factor = Cholesky::of(self.sums.len(), covariance, SINGULAR).ok_or(NotComputed::Undefined(
            "the covariance of the items cannot be inverted: an item does not vary or follows from the others",
        ))?;
        Ok(Centre { means: self.sums.iter().map(|sum| *sum as f64 / self.n as f64).collect(), factor })
    }
}

impl Centre {
    /// The squared distance of one person's scores. `room` is written over, so that a million people need it once.
    pub fn distance(&self, scores: &[i32], room: &mut Vec<f64>) -> f64 {
        room.clear();
        room.extend(scores.iter().zip(&self.means).map(|(score, mean)| f64::from(*score) - mean));
        self.factor.halfway(room);
        room.iter().map(|x| x * x).sum()
    }

    /// The squared distance that a share `alpha` of people would exceed if the items were normal.
    pub fn limit(&self, alpha: f64) -> f64 {
        chi_squared::upper_quantile(alpha, self.means.len() as f64)
    }
}
