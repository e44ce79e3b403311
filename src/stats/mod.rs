//! Statistics on counts and slices.
//!
//! Nothing here knows what a respondent, a question or a file is: every function takes numbers and gives a record
//! that says the value, the method by name, its convention and its cautions, or the reason why there is no value.
//! One file holds one family of methods; the definitions stand in `docs/methods.md` under each method's id.

pub mod agreement;
pub mod correlation;
pub mod distributions;
pub mod random;
pub mod record;
pub mod reliability;
pub mod resampling;
pub mod root;
pub(crate) mod sum;

pub use record::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

/// Every family's methods, in the order of the documentation.
pub const FAMILIES: &[&[Method]] = &[distributions::METHODS, correlation::METHODS, resampling::METHODS, agreement::METHODS, reliability::METHODS];
