//! Calls the rankings methods on reference inputs.
#![expect(clippy::unwrap_used, reason = "a case that breaks the schema stops the test")]

use canvass::stats::Caution;
use canvass::stats::random_tables::Draws;
use canvass::stats::rankings::bradley_terry::bradley_terry;
use canvass::stats::rankings::comparison::compare;
use canvass::stats::rankings::kemeny::{kemeny, kendall_distance};
use canvass::stats::rankings::majority::condorcet;
use canvass::stats::rankings::mallows::mallows;
use canvass::stats::rankings::plackett_luce::{
    Options, TieParameter, Worths, plackett_luce, plackett_luce_weighted,
};
use canvass::stats::rankings::quasi_variance::{Stop, quasi_standard_errors};
use canvass::stats::rankings::summaries::{borda, mean_rank, rank_frequency};
use canvass::stats::rankings::{Ballots, Unranked};
use serde_json::{Map, Value, json};

/// The answer in the keys of the reference file; `None` for a method that is not implemented.
pub(super) fn evaluate(method: &str, inputs: &Value, params: &Value) -> Option<Value> {
    Some(match method {
        "kendall_distance" => {
            let distance = kendall_distance(&ranks(inputs, "a"), &ranks(inputs, "b")).ok();
            json!({ "distance": distance.map(|distance| distance.discordant) })
        }
        "bradley_terry" => {
            let ties: Option<Vec<Vec<f64>>> = inputs.get("ties").map(table);
            let reference = whole(&params["ref"]);
            let result = bradley_terry(&table(&inputs["wins"]), ties.as_deref(), reference);
            result.map_or(Value::Null, |worths| fitted(&worths, "log_ability"))
        }
        "plackett_luce" | "plackett_luce.weighted" => fit(inputs, params),
        "rankings.permutation" => between_groups(inputs),
        _ => return on_ballots(method, &ballots(inputs), params),
    })
}

/// Two groups' rankings compared, unranked items last.
fn between_groups(inputs: &Value) -> Value {
    let groups: Vec<Ballots> = inputs["groups"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|group| ballots(&json!({ "rankings": group })))
        .collect();
    let draws = Draws { replicates: 99, seed: 1 };
    let found = compare(&groups, Unranked::TiedLast, draws).unwrap();
    let smallest = found.whole.cautions.iter().find_map(|caution| match caution {
        Caution::SmallestAttainableP { p } => Some(*p),
        _ => None,
    });
    json!({
        "whole": found.whole.statistic,
        "p_value": found.whole.p,
        "smallest": smallest,
        "items": found.items.iter().map(|test| test.statistic).collect::<Vec<_>>(),
        "p_items": found.items.iter().map(|test| test.p).collect::<Vec<_>>(),
        "means": found.means.into_iter().flatten().collect::<Vec<_>>(),
    })
}

fn on_ballots(method: &str, ballots: &Ballots, params: &Value) -> Option<Value> {
    let unranked = match params["unranked"].as_str() {
        None | Some("tied_last" | "average_remaining") => Unranked::TiedLast,
        Some("left_out") => Unranked::LeftOut,
        Some(_) => return None,
    };
    Some(match method {
        "mean_rank" => {
            let items = mean_rank(ballots, unranked).unwrap().items;
            let of = |pick: fn(&_) -> Value| {
                items.iter().map(|item| item.as_ref().map_or(json!(null), pick)).collect()
            };
            json!({
                "mean_rank": Value::Array(of(|item| json!(item.mean))),
                "sd": Value::Array(of(|item| json!(item.sd.as_ref().ok()))),
                "n": Value::Array(of(|item| json!(item.n))),
            })
        }
        "rank_frequency" => {
            let counts = rank_frequency(ballots);
            json!({ "n_ranked": counts.n_ranked, "n_first": counts.n_first })
        }
        "borda" => {
            let result = borda(ballots, unranked).unwrap();
            json!({ "score": result.score, "rank": result.place })
        }
        "condorcet" => {
            let result = condorcet(ballots, unranked).unwrap();
            json!({
                "pairwise": result.pairs.above,
                "ties": result.pairs.tied,
                "condorcet_winner": result.winner,
                "copeland": result.copeland,
                "copeland_net": result.copeland_net,
                "smith_set": result.smith_set,
            })
        }
        "kemeny" => {
            let result = kemeny(ballots, unranked).unwrap();
            let n = u64::try_from(result.n_optimal).unwrap();
            json!({ "cost": result.cost, "n_optimal": n, "orders": result.orders })
        }
        "mallows.kendall" => mallows(ballots).map_or(Value::Null, |model| {
            json!({
                "mean_distance": model.mean_distance,
                "theta": if model.theta.is_finite() { json!(model.theta) } else { json!("Inf") },
                "dispersion": model.dispersion,
                "loglik": model.log_likelihood,
                "consensus_order": model.consensus,
            })
        }),
        _ => return None,
    })
}

fn fit(inputs: &Value, params: &Value) -> Value {
    let unranked = if params["partial"] == "topk" { Unranked::TiedLast } else { Unranked::LeftOut };
    let pseudo = params["npseudo"].as_f64().unwrap();
    let options = Options { unranked, reference: whole(&params["ref"]), pseudo };
    let ballots = ballots(inputs);
    let result = match inputs.get("weights") {
        None => plackett_luce(&ballots, options),
        Some(weights) => plackett_luce_weighted(&ballots, &row(weights), options),
    };
    result.map_or(Value::Null, |worths| fitted(&worths, "log_worth"))
}

/// The reference's quasi-standard errors are those of qvcalc, which stops early; see `Stop::LikeGlm`.
fn fitted(worths: &Worths, estimate: &str) -> Value {
    let mut keys = Map::new();
    keys.insert(estimate.to_owned(), json!(worths.log_worth));
    keys.insert("worth".to_owned(), json!(worths.worth));
    keys.insert("se".to_owned(), json!(worths.se));
    keys.insert("quasi_se".to_owned(), json!(quasi_standard_errors(&worths.covariance, Stop::LikeGlm).ok()));
    keys.insert("loglik".to_owned(), json!(worths.log_likelihood));
    if !worths.ties.is_empty() {
        keys.insert("log_tie".to_owned(), worths.ties.iter().map(|tie| tie.log).collect());
        keys.insert("tie".to_owned(), worths.ties.iter().map(TieParameter::value).collect());
    }
    Value::Object(keys)
}

fn ballots(inputs: &Value) -> Ballots {
    let optional = |row: &Value| -> Vec<Option<u32>> {
        row.as_array()
            .unwrap()
            .iter()
            .map(|rank| rank.as_u64().map(|rank| u32::try_from(rank).unwrap()))
            .collect()
    };
    Ballots::new(&inputs["rankings"].as_array().unwrap().iter().map(optional).collect::<Vec<_>>()).unwrap()
}

fn ranks(inputs: &Value, key: &str) -> Vec<u32> {
    inputs[key].as_array().unwrap().iter().map(|rank| u32::try_from(whole(rank)).unwrap()).collect()
}

fn whole(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn row(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn table(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(row).collect()
}
