//! Indices of careless answers, one person at a time: what a row of answers looks like, never why.
//!
//! They follow the R package careless 1.2.2 and `stats::mahalanobis`, to whose values they are tested. Items are taken
//! as they come: whether one that is worded against the others is turned around first is said by whoever calls.

mod even_odd;
mod irv;
mod longstring;
mod mahalanobis;

pub use even_odd::{even_odd, halves};
pub use irv::irv;
pub use longstring::longstring;
pub use mahalanobis::{Centre, Moments, PEOPLE_PER_ITEM};

use crate::stats::Method;

pub use even_odd::EVEN_ODD;
pub use irv::IRV;
pub use longstring::LONGSTRING;
pub use mahalanobis::MAHALANOBIS;

/// Every method of this family.
pub const METHODS: &[Method] = &[LONGSTRING, IRV, EVEN_ODD, MAHALANOBIS];
