//! placeholder
use crate::findings::Findings;
use crate::normalise::Cohort;
use crate::study::Nonresponse;
pub(super) fn nonresponse(_: &Nonresponse, _: &[String], _: &Cohort, _: &mut Findings) {}
