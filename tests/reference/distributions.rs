//! Distribution functions against R.

use canvass::stats::distributions::{
    beta, binomial, chi_squared, fisher_f, hypergeometric, noncentral_chi_squared, noncentral_t, normal,
    rank_sum, signed_rank, student_t, studentized_range,
};
use serde_json::{Value, json};

use super::arguments::{computed, f64_of, number, u64_of};

pub(super) fn evaluate(method: &str, _inputs: &Value, params: &Value) -> Option<Value> {
    let real = |key: &str| f64_of(&params[key]);
    let count = |key: &str| u64_of(&params[key]);
    let value = match method {
        "dist.norm_cdf" if params["lower"].as_bool() == Some(false) => number(normal::sf(real("x"))),
        "dist.norm_cdf" => number(normal::cdf(real("x"))),
        "dist.norm_logcdf" => number(normal::ln_cdf(real("x"))),
        "dist.norm_quantile" => number(normal::quantile(real("p"))),
        "dist.t_sf" => number(student_t::sf(real("x"), real("df"))),
        "dist.t_quantile" => number(student_t::quantile(real("p"), real("df"))),
        "dist.chisq_sf" => number(chi_squared::sf(real("x"), real("df"))),
        "dist.f_sf" => number(fisher_f::sf(real("x"), real("df1"), real("df2"))),
        "dist.beta_quantile" => number(beta::quantile(real("p"), real("a"), real("b"))),
        "dist.beta_cdf" => number(beta::cdf(real("x"), real("a"), real("b"))),
        "dist.binom_cdf" => number(binomial::cdf(count("k"), count("n"), real("p"))),
        "dist.hypergeom_cdf" => {
            let (white, black) = (count("white"), count("black"));
            number(hypergeometric::cdf(count("k"), white + black, white, count("draws")))
        }
        "dist.tukey_sf" => number(studentized_range::sf(real("q"), real("nmeans"), real("df"))),
        "dist.tukey_quantile" => number(studentized_range::quantile(real("p"), real("nmeans"), real("df"))),
        "dist.nct_cdf" => number(noncentral_t::cdf(real("x"), real("df"), real("ncp"))),
        "dist.ncchisq_cdf" => number(noncentral_chi_squared::cdf(real("x"), real("df"), real("ncp"))),
        "dist.wilcoxon_ranksum_cdf" => computed(rank_sum::cdf(count("q"), count("m"), count("n"))),
        "dist.signrank_cdf" => computed(signed_rank::cdf(count("q"), count("n"))),
        _ => return None,
    };
    Some(json!({ "value": value }))
}
