//! Distribution functions, quantiles and the special functions under them.
//!
//! Free functions on `f64`. Every upper tail is computed as itself, never as `1 - cdf`, so small p-values keep their
//! digits. Arguments outside a distribution's domain (a negative number of degrees of freedom, a probability above 1,
//! NaN) give NaN: callers check their input first and never let a NaN into a record.

pub mod beta;
pub mod binomial;
pub mod chi_squared;
pub mod fisher_f;
pub mod hypergeometric;
pub mod incomplete;
pub mod noncentral_chi_squared;
pub mod noncentral_f;
pub mod noncentral_hypergeometric;
pub mod noncentral_t;
pub mod normal;
pub mod rank_sum;
pub mod signed_rank;
pub mod special;
pub mod student_t;
pub mod studentized_range;

mod poisson_mixture;
mod trapezoid;

use super::record::Method;

/// The functions that the reference cases pin, under their ids.
pub const METHODS: &[Method] = &[
    function("dist.norm_cdf", "normal distribution function"),
    function("dist.norm_logcdf", "logarithm of the normal distribution function"),
    function("dist.norm_quantile", "normal quantile"),
    function("dist.t_sf", "Student t upper tail"),
    function("dist.t_quantile", "Student t quantile"),
    function("dist.chisq_sf", "chi-squared upper tail"),
    function("dist.f_sf", "F upper tail"),
    function("dist.beta_quantile", "beta quantile"),
    function("dist.beta_cdf", "beta distribution function"),
    function("dist.binom_cdf", "binomial distribution function"),
    function("dist.hypergeom_cdf", "hypergeometric distribution function"),
    function("dist.tukey_sf", "studentized range upper tail"),
    function("dist.tukey_quantile", "studentized range quantile"),
    function("dist.nct_cdf", "noncentral t distribution function"),
    function("dist.ncchisq_cdf", "noncentral chi-squared distribution function"),
    function("dist.wilcoxon_ranksum_cdf", "rank sum distribution function without ties"),
    function("dist.signrank_cdf", "signed rank distribution function without ties"),
];

const fn function(id: &'static str, name: &'static str) -> Method {
    Method { id, name, convention: "" }
}

/// The mass of 0, …, `value`, summed from the nearer end, so that a small lower tail keeps its digits.
fn sum_to(mass: &[f64], value: u64) -> f64 {
    let count = usize::try_from(value).unwrap_or(usize::MAX).saturating_add(1);
    if count >= mass.len() {
        1.0
    } else if count <= mass.len() / 2 {
        mass.iter().take(count).sum()
    } else {
        1.0 - mass.iter().skip(count).sum::<f64>()
    }
}
