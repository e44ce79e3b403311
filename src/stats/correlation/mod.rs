//! Correlation of two variables: Pearson, Spearman, Kendall and gamma, from pairs or from a table of counts.

mod bivariate;
mod concordance;
mod kendall;
mod pearson;
mod permutation;
mod spearman;

pub use bivariate::{Bivariate, MAX_PAIRS};
pub use concordance::PairContrast;
pub use kendall::{
    Gamma, KendallContinuity, KendallTauB, MAX_UNTIED, gk_gamma, kendall_tau_b, kendall_tau_b_exact,
    kendall_tau_b_exact_ties,
};
pub use pearson::{Correlation, pearson};
pub use permutation::{MAX_CELLS, MAX_WORK};
pub use spearman::{SpearmanInterval, spearman, spearman_exact, spearman_interval};

use crate::stats::Method;

/// Every method of this family.
pub const METHODS: &[Method] = &[
    pearson::PEARSON,
    spearman::SPEARMAN,
    spearman::SPEARMAN_EXACT,
    kendall::TAU_B,
    kendall::TAU_B_EXACT,
    kendall::TAU_B_EXACT_TIES,
    kendall::GAMMA,
];
