//! Reliability of a scale made of several items.

mod alpha;
mod guttman;
mod item_analysis;
mod items;
mod omega;
mod one_factor;
mod split_half;
mod two_items;

pub use alpha::{ALPHA, CronbachAlpha, MissingItems, cronbach_alpha, cronbach_alpha_bootstrap};
pub use guttman::{GuttmanLambda, ItemMatrix, MAX_SPLIT_ITEMS, guttman_lambda};
pub use item_analysis::{ITEM_ANALYSIS, ItemAnalysis, ItemStatistics, item_analysis};
pub use items::Items;
pub use omega::{McDonaldOmega, OMEGA, mcdonald_omega, mcdonald_omega_bootstrap};
pub use one_factor::MAX_FACTOR_ITEMS;
pub use split_half::{Split, SplitHalf, spearman_brown, split_half};
pub use two_items::{TWO_ITEMS, TwoItems, two_items};

use crate::stats::Method;

/// Every method of this family.
pub const METHODS: &[Method] = &[
    alpha::ALPHA,
    item_analysis::ITEM_ANALYSIS,
    omega::OMEGA,
    guttman::GUTTMAN,
    split_half::SPLIT_HALF,
    split_half::SPEARMAN_BROWN,
    two_items::TWO_ITEMS,
];
