//! Rankings against enumeration of all orders, all sets and all choices.
#![expect(clippy::unwrap_used, reason = "an oracle that fails stops the test")]

use canvass::stats::rankings::ballots::Pairwise;
use canvass::stats::rankings::bradley_terry::bradley_terry;
use canvass::stats::rankings::kemeny::{kemeny, kendall_distance};
use canvass::stats::rankings::majority::condorcet;
use canvass::stats::rankings::mallows::mallows;
use canvass::stats::rankings::plackett_luce::{Options, Worths, plackett_luce, plackett_luce_weighted};
use canvass::stats::rankings::quasi_variance::{Stop, quasi_variances};
use canvass::stats::rankings::summaries::{borda, mean_rank};
use canvass::stats::rankings::{Ballots, Unranked};
use proptest::prelude::*;

type Rows = Vec<Vec<Option<u32>>>;

fn rows(max_items: usize) -> impl Strategy<Value = Rows> {
    (2..=max_items).prop_flat_map(|k| {
        let rank = prop::option::weighted(0.8, 1..=u32::try_from(k).unwrap());
        let mut some = prop::collection::vec(prop::collection::vec(rank, k), 1..8).boxed();
        some = some
            .prop_filter("one ranks something", |rows| rows.iter().flatten().any(Option::is_some))
            .boxed();
        some
    })
}

fn unranked() -> impl Strategy<Value = Unranked> {
    prop_oneof![Just(Unranked::TiedLast), Just(Unranked::LeftOut)]
}

fn permutations(k: usize) -> Vec<Vec<usize>> {
    if k == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in permutations(k - 1) {
        for at in 0..k {
            let mut longer = shorter.clone();
            longer.insert(at, k - 1);
            all.push(longer);
        }
    }
    all.sort_unstable();
    all
}

/// Strict orders of four items, which is what the models need to have estimates.
fn orders(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Vec<u32>>> {
    prop::collection::vec(Just(vec![1, 2, 3, 4]).prop_shuffle(), n)
}

fn strict(orders: &[Vec<u32>]) -> Ballots {
    Ballots::new(&orders.iter().map(|row| row.iter().copied().map(Some).collect()).collect::<Vec<_>>())
        .unwrap()
}

/// Log-likelihood by listing every group that could be chosen.
fn log_likelihood(rows: &Rows, unranked: Unranked, worths: &Worths) -> f64 {
    let strength = |group: &[usize]| {
        let mean = group.iter().map(|i| worths.log_worth[*i]).sum::<f64>() / group.len() as f64;
        let tie = worths.ties.iter().find(|tie| tie.size == group.len());
        if group.len() == 1 { Some(mean) } else { tie.map(|tie| tie.log + mean) }
    };
    let mut sum = 0.0;
    for row in rows {
        let place = |i: usize| row[i].or((unranked == Unranked::TiedLast).then_some(u32::MAX));
        let mut left: Vec<usize> = (0..row.len()).filter(|i| place(*i).is_some()).collect();
        while left.len() > 1 {
            let best = left.iter().filter_map(|i| row[*i]).min();
            let Some(best) = best else { break };
            let chosen: Vec<usize> = left.iter().copied().filter(|i| row[*i] == Some(best)).collect();
            let groups = (1_u32..1 << left.len()).map(|set| {
                (0..left.len()).filter(|i| set & (1 << i) != 0).map(|i| left[i]).collect::<Vec<_>>()
            });
            let total: f64 = groups.filter_map(|group| strength(&group)).map(libm::exp).sum();
            sum += strength(&chosen).unwrap() - libm::log(total);
            left.retain(|i| !chosen.contains(i));
        }
    }
    sum
}

fn close(a: &[f64], b: &[f64], tolerance: f64) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= tolerance * (1.0 + b.abs()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn kemeny_finds_what_all_orders_find(rows in rows(6), unranked in unranked()) {
        let ballots = Ballots::new(&rows).unwrap();
        let pairs = Pairwise::count(&ballots, unranked);
        let cost = |order: &[usize]| -> u64 {
            (0..order.len()).flat_map(|i| (i + 1..order.len()).map(move |j| (i, j)))
                .map(|(i, j)| pairs.above[order[j]][order[i]]).sum()
        };
        let all = permutations(ballots.items());
        let least = all.iter().map(|order| cost(order)).min().unwrap();
        let best: Vec<Vec<usize>> = all.into_iter().filter(|order| cost(order) == least).collect();
        let result = kemeny(&ballots, unranked).unwrap();
        prop_assert_eq!((result.cost, result.n_optimal), (least, best.len() as u128));
        prop_assert_eq!(result.orders, best);
    }

    #[test]
    fn the_smith_set_is_the_smallest_dominating_set(rows in rows(6), unranked in unranked()) {
        let ballots = Ballots::new(&rows).unwrap();
        let result = condorcet(&ballots, unranked).unwrap();
        let k = ballots.items();
        let beats = |a: usize, b: usize| result.pairs.above[a][b] > result.pairs.above[b][a];
        let inside = |set: u32, i: usize| set & (1 << i) != 0;
        let dominates = |set: &u32| (0..k).all(|a| (0..k).all(|b| !inside(*set, a) || inside(*set, b) || beats(a, b)));
        let smallest = (1_u32..1 << k).filter(dominates).min_by_key(|set| set.count_ones()).unwrap();
        prop_assert_eq!(result.smith_set, (0..k).filter(|i| inside(smallest, *i)).collect::<Vec<_>>());
        prop_assert_eq!(result.winner, (0..k).find(|a| (0..k).all(|b| b == *a || beats(*a, b))));
        prop_assert_eq!(result.copeland_net.iter().sum::<i64>(), 0);
    }

    #[test]
    fn counts_are_repeated_ballots(rows in rows(5), unranked in unranked(), times in 1_u64..4) {
        let counted = Ballots::with_counts(&rows, &vec![times; rows.len()]).unwrap();
        let repeated: Rows = rows.iter().flat_map(|row| vec![row.clone(); usize::try_from(times).unwrap()]).collect();
        let repeated = Ballots::new(&repeated).unwrap();
        prop_assert_eq!(mean_rank(&counted, unranked), mean_rank(&repeated, unranked));
        prop_assert_eq!(borda(&counted, unranked), borda(&repeated, unranked));
        prop_assert_eq!(condorcet(&counted, unranked), condorcet(&repeated, unranked));
    }

    #[test]
    fn borda_and_mean_rank_say_the_same_of_whole_ballots(rows in rows(6)) {
        let ballots = Ballots::new(&rows).unwrap();
        let n = ballots.cast() as f64;
        let scores = borda(&ballots, Unranked::TiedLast).unwrap().score;
        let ranks = mean_rank(&ballots, Unranked::TiedLast).unwrap().items;
        for (score, rank) in scores.iter().zip(ranks) {
            prop_assert!((rank.unwrap().mean - (ballots.items() as f64 - score / n)).abs() < 1e-12);
        }
    }

    #[test]
    fn kendall_distance_is_that_of_all_pairs(pairs in prop::collection::vec((0_u32..9, 0_u32..9), 1..40)) {
        let (a, b): (Vec<u32>, Vec<u32>) = pairs.iter().copied().unzip();
        let opposite = |i: usize, j: usize| (a[i] < a[j] && b[i] > b[j]) || (a[i] > a[j] && b[i] < b[j]);
        let slow = (0..a.len()).map(|i| (0..i).filter(|j| opposite(i, *j)).count() as u64).sum::<u64>();
        prop_assert_eq!(kendall_distance(&a, &b).unwrap().discordant, slow);
        prop_assert_eq!(kendall_distance(&b, &a).unwrap().discordant, slow);
    }

    #[test]
    fn mallows_probabilities_sum_to_one_and_theta_is_best(orders in orders(2..12)) {
        let model = mallows(&strict(&orders)).unwrap();
        prop_assume!(model.theta.is_finite());
        let n = orders.len() as f64;
        let place = |order: &[usize]| -> Vec<u32> { (0..4).map(|i| u32::try_from(order.iter().position(|x| *x == i).unwrap()).unwrap()).collect() };
        let centre = place(&model.consensus);
        let log_likelihood = |theta: f64| {
            let total: f64 = permutations(4).iter()
                .map(|order| libm::exp(-theta * kendall_distance(&place(order), &centre).unwrap().discordant as f64)).sum();
            n * (-theta * model.mean_distance - libm::log(total))
        };
        prop_assert!((log_likelihood(model.theta) - model.log_likelihood).abs() < 1e-9);
        for other in [model.theta + 0.01, (model.theta - 0.01).max(0.0)] {
            prop_assert!(log_likelihood(other) <= model.log_likelihood + 1e-12);
        }
    }

    #[test]
    fn the_likelihood_is_that_of_listed_choices(rows in rows(4), unranked in unranked(), pseudo in prop_oneof![Just(0.0), Just(0.5)]) {
        let options = Options { pseudo, ..Options::new(unranked) };
        let Ok(worths) = plackett_luce(&Ballots::new(&rows).unwrap(), options) else { return Ok(()) };
        prop_assert!((log_likelihood(&rows, unranked, &worths) - worths.log_likelihood).abs() < 1e-8);
        if pseudo > 0.0 {
            return Ok(());
        }
        for moved in 0..worths.log_worth.len() + worths.ties.len() {
            for by in [-1e-3, 1e-3] {
                let mut other = worths.clone();
                match moved.checked_sub(worths.log_worth.len()) {
                    None => other.log_worth[moved] += by,
                    Some(tie) => other.ties[tie].log += by,
                }
                prop_assert!(log_likelihood(&rows, unranked, &other) <= worths.log_likelihood + 1e-12);
            }
        }
    }

    #[test]
    fn renumbering_items_renumbers_worths(orders in orders(8..20)) {
        let turn = |row: &Vec<u32>| vec![row[3], row[0], row[1], row[2]];
        let turned: Vec<Vec<u32>> = orders.iter().map(turn).collect();
        let options = Options::new(Unranked::LeftOut);
        let (Ok(a), Ok(b)) = (
            plackett_luce(&strict(&orders), options),
            plackett_luce(&strict(&turned), Options { reference: 1, ..options }),
        ) else { return Ok(()) };
        let back = |of: &[f64]| vec![of[1], of[2], of[3], of[0]];
        prop_assert!(close(&a.log_worth, &back(&b.log_worth), 1e-9));
        prop_assert!(close(&a.worth, &back(&b.worth), 1e-9));
        prop_assert!(close(&a.se, &back(&b.se), 1e-8));
        if let (Ok(a), Ok(b)) = (&a.quasi_se, &b.quasi_se) {
            prop_assert!(close(a, &back(b), 1e-7));
        }
    }

    #[test]
    fn weights_are_repetitions(orders in orders(8..20), weight in 1.0..9.0_f64) {
        let options = Options::new(Unranked::LeftOut);
        let ballots = strict(&orders);
        let Ok(plain) = plackett_luce(&ballots, options) else { return Ok(()) };
        let weighted = plackett_luce_weighted(&ballots, &vec![weight; ballots.rows()], options).unwrap();
        prop_assert!(close(&weighted.log_worth, &plain.log_worth, 1e-9));
        let shrunk: Vec<f64> = plain.se.iter().map(|se| se / weight.sqrt()).collect();
        prop_assert!(close(&weighted.se, &shrunk, 1e-8));
    }

    #[test]
    fn bradley_terry_is_plackett_luce_of_pairs(wins in prop::collection::vec(1_u64..9, 9), ties in prop::collection::vec(0_u64..4, 3)) {
        let pairs = [(0, 1), (0, 2), (1, 2)];
        let (mut won, mut tied) = (vec![vec![0.0; 3]; 3], vec![vec![0.0; 3]; 3]);
        let (mut rows, mut counts): (Rows, Vec<u64>) = (Vec::new(), Vec::new());
        for (number, (a, b)) in pairs.into_iter().enumerate() {
            for (winner, loser, count) in [(a, b, wins[3 * a + b]), (b, a, wins[3 * b + a])] {
                won[winner][loser] = count as f64;
                let mut row = vec![None; 3];
                (row[winner], row[loser]) = (Some(1), Some(2));
                rows.push(row);
                counts.push(count);
            }
            (tied[a][b], tied[b][a]) = (ties[number] as f64, ties[number] as f64);
            let mut row = vec![None; 3];
            (row[a], row[b]) = (Some(1), Some(1));
            rows.push(row);
            counts.push(ties[number]);
        }
        let pairwise = bradley_terry(&won, Some(&tied), 0).unwrap();
        let ranked = plackett_luce(&Ballots::with_counts(&rows, &counts).unwrap(), Options::new(Unranked::LeftOut)).unwrap();
        prop_assert!(close(&pairwise.log_worth, &ranked.log_worth, 1e-10));
        prop_assert!(close(&pairwise.se, &ranked.se, 1e-10));
        prop_assert!((pairwise.log_likelihood - ranked.log_likelihood).abs() < 1e-9);
    }

    #[test]
    fn quasi_variances_are_a_minimum_that_glm_stops_near(orders in orders(10..25)) {
        let Ok(worths) = plackett_luce(&strict(&orders), Options::new(Unranked::LeftOut)) else { return Ok(()) };
        let (Ok(best), Ok(early)) = (
            quasi_variances(&worths.covariance, Stop::Converged),
            quasi_variances(&worths.covariance, Stop::LikeGlm),
        ) else { return Ok(()) };
        let loss = |q: &[f64]| -> f64 {
            (0..4).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| {
                let c = &worths.covariance;
                libm::log((q[i] + q[j]) / (c[i][i] + c[j][j] - 2.0 * c[i][j])).powi(2)
            }).sum()
        };
        prop_assert!(loss(&best) <= loss(&early) + 1e-15);
        for i in 0..4 {
            for factor in [0.999, 1.001] {
                let mut other = best.clone();
                other[i] *= factor;
                prop_assert!(loss(&best) <= loss(&other) + 1e-15);
            }
        }
    }
}
