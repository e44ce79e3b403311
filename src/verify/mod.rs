//! Can it be done again, and is it the same: a recomputed study against its committed output and its reported results.

mod cause;
mod claims;
mod committed;
mod compare;
mod trace;

pub use claims::{ClaimCheck, Verdict, check_claims, shown};
pub use committed::{Committed, read_committed};
pub use compare::{Change, Comparison, InputChange, compare, compare_results};
pub use trace::{Trace, TraceRow, trace};
