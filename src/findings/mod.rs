//! The result record: one unformatted finding for each statistic, with its base, method and cautions.
//!
//! Tables, figures, text and `findings.json` are made from findings alone. A finding knows what it counted, so that
//! the rows behind it can be found again; it holds no row itself.

mod base;
mod caution;
mod compared;
mod finding;
mod left_out;
mod outline;
mod outside;
mod paired;
mod selector;
mod statistic;
mod test_result;
mod value;

pub use crate::codebook::{Disposition, Kind};
pub use base::{Asked, Base, People, Side, Unbalanced};
pub use caution::Caution;
pub use compared::{Compared, PercentOf};
pub use finding::{BY_FREQUENCY, Collision, Finding, FindingId, Findings};
pub use left_out::{Excluded, Screened, usual_words};
pub use outline::{LinkOutline, Named, Outline, QuestionOutline};
pub use outside::{Outside, meanings};
pub use paired::{PairState, Standing};
pub use selector::{Facet, Selector};
pub use statistic::Statistic;
pub use test_result::{Adjusted, TestResult};
pub use value::{Reason, Tier, Value};
