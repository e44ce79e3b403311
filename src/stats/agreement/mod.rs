//! Agreement among raters: two raters on a table, many raters on categories, and ratings on a numeric scale.

mod coincidence;
mod fleiss;
mod intraclass;
mod ratings;
mod repairing;
mod two_raters;

pub use coincidence::{
    DifferenceMetric, KrippendorffAlpha, MAX_RATIO_PAIRS, krippendorff_alpha, krippendorff_alpha_bootstrap,
    krippendorff_alpha_of_pairs, krippendorff_alpha_of_pairs_bootstrap,
};
pub use fleiss::{FleissKappa, conger_kappa, fleiss_kappa, fleiss_kappa_bootstrap, fleiss_kappa_of_counts};
pub use intraclass::{IccForm, IntraclassCorrelation, MeanSquares, intraclass_correlation};
pub use ratings::Ratings;
pub use repairing::{Concordance, concordance};
pub use two_raters::{
    ChanceCorrected, Coefficient, KappaWeights, PercentAgreement, cohen_kappa, gwet_ac1, pabak,
    percent_agreement, scott_pi,
};

pub use coincidence::{NOMINAL as KRIPPENDORFF_NOMINAL, ORDINAL as KRIPPENDORFF_ORDINAL};
pub use two_raters::{
    AC1 as AC1_METHOD, PABAK as PABAK_METHOD, QUADRATIC as COHEN_QUADRATIC, UNWEIGHTED as COHEN_UNWEIGHTED,
};

use crate::stats::Method;

/// Every method of this family.
pub const METHODS: &[Method] = &[
    two_raters::PERCENT,
    two_raters::UNWEIGHTED,
    two_raters::LINEAR,
    two_raters::QUADRATIC,
    two_raters::PABAK,
    two_raters::AC1,
    two_raters::SCOTT,
    fleiss::FLEISS,
    fleiss::CONGER,
    coincidence::NOMINAL,
    coincidence::ORDINAL,
    coincidence::INTERVAL,
    coincidence::RATIO,
    intraclass::ICC1,
    intraclass::ICC2,
    intraclass::ICC3,
    intraclass::ICC1K,
    intraclass::ICC2K,
    intraclass::ICC3K,
    repairing::EXACT,
    repairing::MONTE_CARLO,
];
