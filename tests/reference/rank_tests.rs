//! Rank tests against R (coin, PMCMRplus, clinfun) and exact enumeration.

use canvass::stats::p_adjust::Adjustment;
use canvass::stats::rank_tests::friedman::{self, RankedRows};
use canvass::stats::rank_tests::posthoc::{self, Comparisons};
use canvass::stats::rank_tests::signed_rank::{self, Differences, Zeros};
use canvass::stats::rank_tests::{
    Continuity, Tabulated, hodges_lehmann, jonckheere, kruskal_wallis, mann_whitney, sign, tabulate,
};
use canvass::stats::tails::TwoSidedRule;
use canvass::stats::{Computed, Which};
use serde_json::{Value, json};

use super::arguments::{computed, groups, level, number, numbers, options, present, which};

pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    let value = match method {
        "mann_whitney.statistic"
        | "mann_whitney.asymptotic"
        | "mann_whitney.exact"
        | "hodges_lehmann_ci.exact" => {
            let samples = tabulate(&[present(&inputs["x"]), present(&inputs["y"])]);
            samples.map_or(Value::Null, |samples| two_groups(method, &samples, params))
        }
        "wilcoxon_signed_rank.asymptotic"
        | "wilcoxon_signed_rank.exact"
        | "wilcoxon_signed_rank.effect"
        | "sign_test" => paired(method, inputs, params),
        "kruskal_wallis"
        | "kruskal_wallis.exact"
        | "posthoc.dunn"
        | "posthoc.conover"
        | "posthoc.nemenyi_kw"
        | "jonckheere_terpstra.exact"
        | "jonckheere_terpstra.asymptotic" => tabulate(&groups(&inputs["groups"]))
            .map_or(Value::Null, |samples| several(method, &samples, params)),
        "friedman"
        | "friedman.iman_davenport"
        | "friedman.exact"
        | "posthoc.nemenyi_friedman"
        | "posthoc.conover_friedman" => {
            let rows: Vec<Vec<Option<f64>>> =
                inputs["data"].as_array().into_iter().flatten().map(options).collect();
            RankedRows::new(&rows).map_or(Value::Null, |rows| related(method, &rows))
        }
        _ => return None,
    };
    Some(value)
}

fn rule(params: &Value) -> TwoSidedRule {
    if params["two_sided"] == "doubled" { TwoSidedRule::Doubled } else { TwoSidedRule::Distance }
}

fn continuity(params: &Value) -> Continuity {
    if params["correct"] == true { Continuity::Half } else { Continuity::None }
}

/// A result as the object that `fields` makes of it, or null.
fn object<T>(found: Computed<T>, fields: impl FnOnce(T) -> Value) -> Value {
    found.map_or(Value::Null, fields)
}

fn two_groups(method: &str, samples: &Tabulated, params: &Value) -> Value {
    let table = &samples.table;
    match method {
        "mann_whitney.statistic" => object(mann_whitney::statistic(table), |found| {
            json!({
                "u_x": number(found.u_first),
                "u_y": number(found.u_second),
                "rank_sum_x": number(found.rank_sum_first),
                "mean_rank_x": number(found.mean_rank_first),
                "mean_rank_y": number(found.mean_rank_second),
                "prob_superiority": number(found.probability_of_superiority),
                "hodges_lehmann": computed(hodges_lehmann::shift(samples)),
            })
        }),
        "mann_whitney.asymptotic" => object(
            mann_whitney::asymptotic(table, which(params), continuity(params)),
            |test| json!({ "z": test.statistic.map(number), "p_value": number(test.p) }),
        ),
        "mann_whitney.exact" => object(mann_whitney::exact(table, which(params), rule(params)), |found| {
            json!({
                "u": found.test.statistic.map(number),
                "p_value": number(found.test.p),
                "p_greater": number(found.tails.at_least),
                "p_less": number(found.tails.at_most),
                "p_doubled": number(found.tails.p(Which::TwoSided, TwoSidedRule::Doubled)),
                "p_mid_greater": number(found.tails.mid_p(Which::Greater, TwoSidedRule::Distance)),
            })
        }),
        _ => object(hodges_lehmann::exact_interval(samples, level(params)), |found| {
            json!({
                "estimate": number(found.shift),
                "lower": number(found.interval.low),
                "upper": number(found.interval.high),
            })
        }),
    }
}

fn paired(method: &str, inputs: &Value, params: &Value) -> Value {
    // A pair with a missing value is no pair.
    let (x, y): (Vec<f64>, Vec<f64>) =
        options(&inputs["x"]).into_iter().zip(options(&inputs["y"])).filter_map(|(x, y)| x.zip(y)).unzip();
    let Ok(differences) = Differences::from_pairs(&x, &y) else { return Value::Null };
    let zeros = if params["zero"] == "pratt" { Zeros::Pratt } else { Zeros::Wilcox };
    match method {
        "wilcoxon_signed_rank.asymptotic" => {
            let found = signed_rank::asymptotic(&differences, zeros, which(params), continuity(params));
            object(found, |found| {
                json!({
                    "v": number(found.v),
                    "z": found.test.statistic.map(number),
                    "p_value": number(found.test.p),
                    "n_used": found.used,
                    "n_zero": found.zeros,
                })
            })
        }
        "wilcoxon_signed_rank.exact" => {
            let found = signed_rank::exact(&differences, zeros, which(params), rule(params));
            object(found, |found| {
                json!({
                    "v": found.test.statistic.map(number),
                    "p_value": number(found.test.p),
                    "p_greater": number(found.tails.at_least),
                    "n_used": differences.ranked(zeros),
                    "n_nonzero": differences.non_zero(),
                    "n_zero": differences.zeros(),
                })
            })
        }
        "wilcoxon_signed_rank.effect" => object(signed_rank::effect(&differences), |found| {
            json!({
                "rank_biserial": number(found.rank_biserial),
                "pseudomedian": number(found.pseudomedian),
            })
        }),
        _ => json!({
            "n_pos": differences.positive(),
            "n_neg": differences.negative(),
            "n_zero": differences.zeros(),
            "p_value": computed(sign::sign_test(&differences, which(params)).map(|found| found.test.p)),
        }),
    }
}

fn several(method: &str, samples: &Tabulated, params: &Value) -> Value {
    let table = &samples.table;
    match method {
        "kruskal_wallis" => object(kruskal_wallis::kruskal_wallis(table), |found| {
            json!({
                "h": found.test.statistic.map(number),
                "df": number(found.test.df[0]),
                "p_value": number(found.test.p),
                "mean_ranks": numbers(found.mean_ranks.into_iter().flatten()),
                "epsilon_squared": number(found.epsilon_squared),
                "eta_squared_h": computed(found.eta_squared),
            })
        }),
        "kruskal_wallis.exact" => {
            json!({ "p_value": computed(kruskal_wallis::exact(table).map(|test| test.p)) })
        }
        "jonckheere_terpstra.exact" => {
            object(jonckheere::exact(table, which(params), TwoSidedRule::Distance), |found| {
                json!({
                    "j": found.test.statistic.map(number),
                    "p_value": number(found.test.p),
                    "p_increasing": number(found.tails.at_least),
                })
            })
        }
        "jonckheere_terpstra.asymptotic" => {
            object(jonckheere::asymptotic(table, which(params), continuity(params)), |found| {
                json!({
                    "j": number(found.j),
                    "mean": number(found.mean),
                    "variance": number(found.variance),
                    "z": found.test.statistic.map(number),
                    "p_value": number(found.test.p),
                })
            })
        }
        "posthoc.dunn" => comparisons(|a| posthoc::dunn(table, a), "z", &table.row_totals()),
        "posthoc.conover" => comparisons(|a| posthoc::conover(table, a), "t", &table.row_totals()),
        _ => comparisons(|_| posthoc::nemenyi_kruskal_wallis(table), "q", &table.row_totals()),
    }
}

fn related(method: &str, rows: &RankedRows) -> Value {
    match method {
        "friedman" => object(friedman::friedman(rows), |found| {
            json!({
                "statistic": found.test.statistic.map(number),
                "df": number(found.test.df[0]),
                "p_value": number(found.test.p),
                "kendall_w": number(found.kendall_w),
                "mean_ranks": numbers(found.mean_ranks),
                "n_used": found.used,
            })
        }),
        "friedman.iman_davenport" => object(friedman::iman_davenport(rows), |test| {
            json!({
                "f": test.statistic.map(number),
                "df1": number(test.df[0]),
                "df2": number(test.df[1]),
                "p_value": number(test.p),
            })
        }),
        "friedman.exact" => json!({ "p_value": computed(friedman::exact(rows).map(|test| test.p)) }),
        "posthoc.nemenyi_friedman" => {
            comparisons(|_| posthoc::nemenyi_friedman(rows), "q", &vec![1; rows.treatments()])
        }
        _ => comparisons(|a| posthoc::conover_friedman(rows, a), "t", &vec![1; rows.treatments()]),
    }
}

/// Pairs are numbered among the non-empty groups in the reference, and every adjustment stands beside the raw p-value.
fn comparisons(
    compare: impl Fn(Adjustment) -> Computed<Comparisons>,
    statistic: &str,
    sizes: &[u64],
) -> Value {
    let filled = |group: usize| sizes.iter().take(group).filter(|&&size| size > 0).count();
    let adjusted = |adjustment| {
        object(compare(adjustment), |found| numbers(found.pairs.iter().map(|pair| pair.p_adjusted)))
    };
    object(compare(Adjustment::Holm), |found| {
        json!({
            "pairs": found.pairs.iter().map(|pair| json!([filled(pair.first), filled(pair.second)])).collect::<Value>(),
            statistic: numbers(found.pairs.iter().map(|pair| pair.statistic)),
            "df": found.df.map(number),
            "p": numbers(found.pairs.iter().map(|pair| pair.p)),
            "p_holm": adjusted(Adjustment::Holm),
            "p_bh": adjusted(Adjustment::BenjaminiHochberg),
            "p_bonferroni": adjusted(Adjustment::Bonferroni),
        })
    })
}
