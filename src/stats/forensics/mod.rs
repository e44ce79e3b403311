//! Whether reported means, standard deviations and percentages can come from the data they describe.
//!
//! A failed test says "inconsistent, check"; it does not say why.

pub mod debit;
pub mod grim;
pub mod grimmer;
pub mod reported;
pub mod sd_limits;

pub use reported::{Reported, Rounding};

use crate::stats::Method;

/// Every method of this family.
pub const METHODS: &[Method] =
    &[grim::GRIM, grim::GRIM_PERCENT, grimmer::GRIMMER, debit::DEBIT, sd_limits::SD_LIMITS];
