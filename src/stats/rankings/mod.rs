//! Rankings of a few items by many people: summaries, majority rules, consensus orders, choice models.

pub mod ballots;
pub mod bradley_terry;
mod choice_model;
pub mod comparison;
mod group_sums;
pub mod kemeny;
pub mod majority;
pub mod mallows;
pub mod plackett_luce;
pub mod quasi_variance;
pub mod summaries;

pub use ballots::{Ballots, Unranked};

use crate::stats::Method;

/// Every method of this family.
pub const METHODS: &[Method] = &[
    summaries::MEAN_RANK,
    summaries::RANK_FREQUENCY,
    summaries::BORDA,
    majority::CONDORCET,
    kemeny::KEMENY,
    kemeny::KENDALL_DISTANCE,
    mallows::MALLOWS,
    plackett_luce::PLACKETT_LUCE,
    plackett_luce::PLACKETT_LUCE_WEIGHTED,
    plackett_luce::COMPARISON_INTERVAL,
    bradley_terry::BRADLEY_TERRY,
    comparison::RANKINGS_PERMUTATION,
    comparison::RANKINGS_PERMUTATION_ITEM,
];
