//! Statistics on counts and slices.
//!
//! Nothing here knows what a respondent, a question or a file is: every function takes numbers and gives a record
//! that says the value, the method by name, its convention and its cautions, or the reason why there is no value.
//! One file holds one family of methods; the definitions stand in `docs/methods.md` under each method's id.

pub mod aapor;
pub mod agreement;
pub mod categorical;
pub mod correlation;
pub mod count_table;
pub mod descriptive;
pub mod disclosure;
pub mod distributions;
pub mod effect_sizes;
mod fixed_margins;
pub mod forensics;
pub mod p_adjust;
pub mod parametric;
pub mod proportion;
pub mod random;
pub mod random_tables;
pub mod rank_tests;
pub mod rankings;
pub mod record;
pub mod reliability;
pub mod resampling;
pub mod root;
pub mod sample;
pub mod statcheck;
pub mod tails;

pub use record::{Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed, Test, Which};

/// Every family's methods, in the order of the documentation.
pub const FAMILIES: &[&[Method]] = &[
    distributions::METHODS,
    descriptive::METHODS,
    proportion::METHODS,
    categorical::METHODS,
    rank_tests::METHODS,
    effect_sizes::METHODS,
    parametric::METHODS,
    p_adjust::METHODS,
    rankings::METHODS,
    aapor::METHODS,
    forensics::METHODS,
    statcheck::METHODS,
    disclosure::METHODS,
    correlation::METHODS,
    resampling::METHODS,
    agreement::METHODS,
    reliability::METHODS,
];
