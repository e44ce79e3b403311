//! Resampling: bootstrap intervals and permutation tests, exact where affordable and seeded where not.

mod arrangements;
mod between_groups;
mod bootstrap;
mod decimal;
mod interval;
mod multinomial;
mod permutation;

pub use between_groups::{Dealt, DealtRows, MOST_LISTED, Share};
pub use bootstrap::{
    Bootstrap, Form, MAX_DRAWS, MAX_REPLICATES, MAX_UNDEFINED_PERCENT, Plan, bootstrap, bootstrap_counts,
    jackknife, replicate,
};
pub use interval::{
    Bca, BootstrapInterval, Interpolation, Jackknife, basic, bca, percentile, standard_error,
};
pub use permutation::{
    MAX_ARRANGEMENTS, MAX_STEPS, MeanDifference, MonteCarlo, mean_difference_exact,
    mean_difference_monte_carlo, monte_carlo_p, sign_flip_exact, sign_flip_monte_carlo,
};

use crate::stats::Method;

/// Every method of this family.
pub const METHODS: &[Method] = &[
    interval::PERCENTILE,
    interval::BASIC,
    interval::BCA,
    permutation::MEAN_DIFFERENCE,
    permutation::SIGN_FLIP,
    permutation::MONTE_CARLO,
];
