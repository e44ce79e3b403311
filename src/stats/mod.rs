//! Statistics on counts and slices.
//!
//! Nothing here knows what a respondent, a question or a file is: every function takes numbers and gives a record
//! that says the value, the method by name, its convention and its cautions, or the reason why there is no value.
//! One file holds one family of methods; the definitions stand in `docs/methods.md` under each method's id.

pub mod categorical;
pub mod count_table;
pub mod distributions;
mod fixed_margins;
pub mod random;
pub mod random_tables;
pub mod rank_tests;
pub mod record;
pub mod root;
pub mod tails;

pub use record::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

/// Every family's methods, in the order of the documentation.
pub const FAMILIES: &[&[Method]] = &[distributions::METHODS, categorical::METHODS, rank_tests::METHODS];
