//! Laws of the rank tests, and enumeration of every permutation beside the exact distributions.

use canvass::stats::count_table::CountTable;
use canvass::stats::p_adjust::Adjustment;
use canvass::stats::rank_tests::friedman::{self, RankedRows};
use canvass::stats::rank_tests::signed_rank::{self, Differences, Zeros};
use canvass::stats::rank_tests::{
    Continuity, hodges_lehmann, jonckheere, kruskal_wallis, mann_whitney, posthoc, tabulate,
};
use canvass::stats::tails::TwoSidedRule;
use canvass::stats::{ConfidenceLevel, Which};
use proptest::prelude::*;

const DISTANCE: TwoSidedRule = TwoSidedRule::Distance;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1e-300)
}

fn likert(len: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((1_i32..6).prop_map(f64::from), len)
}

/// Every way of giving `pooled` to groups of these sizes, as the group of each value.
fn assignments(sizes: &[usize]) -> Vec<Vec<usize>> {
    fn extend(left: &mut Vec<usize>, chosen: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if left.iter().all(|&size| size == 0) {
            all.push(chosen.clone());
            return;
        }
        for group in 0..left.len() {
            if left[group] > 0 {
                left[group] -= 1;
                chosen.push(group);
                extend(left, chosen, all);
                chosen.pop();
                left[group] += 1;
            }
        }
    }
    let mut all = Vec::new();
    extend(&mut sizes.to_vec(), &mut Vec::new(), &mut all);
    all
}

fn regrouped(pooled: &[f64], assignment: &[usize], groups: usize) -> Vec<Vec<f64>> {
    let mut samples = vec![Vec::new(); groups];
    for (&value, &group) in pooled.iter().zip(assignment) {
        samples[group].push(value);
    }
    samples
}

/// Twice the pairs in which the later group is larger, ties counting one.
fn doubled_pairs(samples: &[Vec<f64>]) -> i64 {
    let mut pairs = 0;
    for (at, earlier) in samples.iter().enumerate() {
        for later in samples.iter().skip(at + 1) {
            for x in earlier {
                for y in later {
                    pairs += match y.total_cmp(x) {
                        std::cmp::Ordering::Greater => 2,
                        std::cmp::Ordering::Equal => 1,
                        std::cmp::Ordering::Less => 0,
                    };
                }
            }
        }
    }
    pairs
}

/// Shares of all assignments whose statistic is at least, at most, and at least as far from the mean as observed.
fn tails_of(samples: &[Vec<f64>], statistic: impl Fn(&[Vec<f64>]) -> i64) -> (f64, f64, f64) {
    let pooled: Vec<f64> = samples.concat();
    let sizes: Vec<usize> = samples.iter().map(Vec::len).collect();
    let all: Vec<i64> =
        assignments(&sizes).iter().map(|to| statistic(&regrouped(&pooled, to, sizes.len()))).collect();
    let observed = statistic(samples);
    let (n, sum) = (all.iter().map(|_| 1).sum::<i64>(), all.iter().sum::<i64>());
    let share = |extreme: &dyn Fn(i64) -> bool| all.iter().filter(|&&s| extreme(s)).count() as f64 / n as f64;
    (
        share(&|s| s >= observed),
        share(&|s| s <= observed),
        share(&|s| (n * s - sum).abs() >= (n * observed - sum).abs()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn exact_mann_whitney_is_the_share_of_assignments(x in likert(1..6), y in likert(1..6)) {
        let table = tabulate(&[&x, &y]).unwrap().table;
        let found = mann_whitney::exact(&table, Which::TwoSided, DISTANCE).unwrap();
        // The statistic counts pairs in favour of x, the later group here.
        let (greater, less, far) = tails_of(&[y, x], doubled_pairs);
        prop_assert!(close(found.tails.at_least, greater) && close(found.tails.at_most, less));
        prop_assert!(close(found.test.p, far));
        prop_assert!(close(found.tails.at_least + found.tails.at_most, 1.0 + found.tails.exactly));
    }

    #[test]
    fn exact_jonckheere_and_kruskal_wallis_are_shares_of_assignments(
        samples in prop::collection::vec(likert(1..4), 2..4)
    ) {
        let table = tabulate(&samples).unwrap().table;
        if let Ok(found) = jonckheere::exact(&table, Which::TwoSided, DISTANCE) {
            let (greater, less, far) = tails_of(&samples, doubled_pairs);
            prop_assert!(close(found.tails.at_least, greater) && close(found.tails.at_most, less));
            prop_assert!(close(found.test.p, far));
        }
        if let Ok(found) = kruskal_wallis::exact(&table) {
            // H in units of 1e-6: far finer than the steps of H at these sizes, far coarser than rounding.
            #[expect(clippy::cast_possible_truncation, reason = "H is at most N-1")]
            let h = |samples: &[Vec<f64>]| {
                let found = kruskal_wallis::kruskal_wallis(&tabulate(samples).unwrap().table).unwrap();
                libm::round(found.test.statistic.unwrap() * 1e6) as i64
            };
            prop_assert!(close(found.p, tails_of(&samples, h).0));
        }
    }

    #[test]
    fn exact_signed_rank_is_the_share_of_sign_flips(
        differences in prop::collection::vec(-4_i32..5, 1..9),
        pratt in any::<bool>(),
    ) {
        let zeros = if pratt { Zeros::Pratt } else { Zeros::Wilcox };
        let values: Vec<(f64, u64)> = differences.iter().map(|&d| (f64::from(d), 1)).collect();
        let counted = Differences::from_counts(&values).unwrap();
        let found = signed_rank::exact(&counted, zeros, Which::TwoSided, DISTANCE).unwrap();
        let sizes: Vec<i32> = differences.iter().map(|d| d.abs()).filter(|&d| pratt || d > 0).collect();
        let doubled_rank = |size: i32| {
            let below = sizes.iter().filter(|&&other| other < size).count();
            let up_to = sizes.iter().filter(|&&other| other <= size).count();
            i64::try_from(below + up_to + 1).unwrap()
        };
        let nonzero: Vec<i32> = differences.iter().copied().filter(|&d| d != 0).collect();
        let observed: i64 = nonzero.iter().filter(|&&d| d > 0).map(|d| doubled_rank(d.abs())).sum();
        let total: i64 = nonzero.iter().map(|d| doubled_rank(d.abs())).sum();
        let (mut greater, mut far) = (0_u32, 0_u32);
        for flips in 0..1_u32 << nonzero.len() {
            let flipped = nonzero.iter().enumerate().filter(|(i, _)| flips >> i & 1 == 1);
            let v: i64 = flipped.map(|(_, d)| doubled_rank(d.abs())).sum();
            greater += u32::from(v >= observed);
            far += u32::from((2 * v - total).abs() >= (2 * observed - total).abs());
        }
        let all = f64::from(1_u32 << nonzero.len());
        prop_assert!(close(found.tails.at_least, f64::from(greater) / all));
        prop_assert!(close(found.test.p, f64::from(far) / all));
    }

    #[test]
    fn exact_friedman_is_the_share_of_permutations(rows in prop::collection::vec(prop::array::uniform3(1_i32..5), 1..5)) {
        let ranked = |rows: &[[i32; 3]]| {
            let rows: Vec<[Option<f64>; 3]> = rows.iter().map(|row| row.map(|v| Some(f64::from(v)))).collect();
            RankedRows::new(&rows).unwrap()
        };
        let Ok(found) = friedman::exact(&ranked(&rows)) else { return Ok(()) };
        let spread = |rows: &[[i32; 3]]| -> u128 {
            ranked(rows).doubled_sums().iter().map(|sum| sum * sum).sum()
        };
        let observed = spread(&rows);
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let (mut extreme, mut all) = (0_u32, 0_u32);
        for code in 0..6_usize.pow(u32::try_from(rows.len()).unwrap()) {
            let mut code = code;
            let permuted: Vec<[i32; 3]> = rows
                .iter()
                .map(|row| {
                    let order = orders[code % 6];
                    code /= 6;
                    order.map(|i: usize| row[i])
                })
                .collect();
            all += 1;
            extreme += u32::from(spread(&permuted) >= observed);
        }
        prop_assert!(close(found.p, f64::from(extreme) / f64::from(all)));
    }

    #[test]
    fn swapping_the_groups_swaps_the_tails(x in likert(1..12), y in likert(1..12)) {
        let forth = tabulate(&[&x, &y]).unwrap().table;
        let back = tabulate(&[&y, &x]).unwrap().table;
        let a = mann_whitney::exact(&forth, Which::TwoSided, DISTANCE).unwrap();
        let b = mann_whitney::exact(&back, Which::TwoSided, DISTANCE).unwrap();
        prop_assert!(close(a.test.p, b.test.p) && close(a.tails.at_least, b.tails.at_most));
        let u = a.test.statistic.unwrap() + b.test.statistic.unwrap();
        prop_assert!(close(u, (x.len() * y.len()) as f64));
        for continuity in [Continuity::None, Continuity::Half] {
            let p = |table, which| mann_whitney::asymptotic(table, which, continuity).map(|test| test.p);
            if let (Ok(greater), Ok(less)) = (p(&forth, Which::Greater), p(&back, Which::Less)) {
                prop_assert!(close(greater, less));
            }
        }
    }

    #[test]
    fn ranks_do_not_see_an_increasing_recode(x in likert(1..9), y in likert(1..9), z in likert(1..9)) {
        let recode = |values: &[f64]| values.iter().map(|v| v * v * v - 7.0).collect::<Vec<f64>>();
        let plain = tabulate(&[&x, &y, &z]).unwrap().table;
        let recoded = tabulate(&[recode(&x), recode(&y), recode(&z)]).unwrap().table;
        prop_assert_eq!(&plain, &recoded);
        // Reversed values turn the trend over and leave Kruskal-Wallis as it is.
        let reversed: Vec<Vec<u64>> = plain.rows().map(|row| row.iter().rev().copied().collect()).collect();
        let reversed = CountTable::from_rows(&reversed).unwrap();
        if let (Ok(a), Ok(b)) = (kruskal_wallis::kruskal_wallis(&plain), kruskal_wallis::kruskal_wallis(&reversed)) {
            prop_assert!((a.test.statistic.unwrap() - b.test.statistic.unwrap()).abs() < 1e-10);
            let total: f64 = a.mean_ranks.iter().zip(plain.row_totals()).map(|(mean, n)| mean.unwrap() * n as f64).sum();
            let n = plain.total() as f64;
            prop_assert!(close(total, n * (n + 1.0) / 2.0));
        }
        let trend = |table| jonckheere::asymptotic(table, Which::Greater, Continuity::None);
        if let (Ok(a), Ok(b)) = (trend(&plain), trend(&reversed)) {
            prop_assert!((a.test.statistic.unwrap() + b.test.statistic.unwrap()).abs() < 1e-10);
        }
        if let Ok(found) = posthoc::dunn(&plain, Adjustment::Holm) {
            prop_assert!(found.pairs.iter().all(|pair| pair.p <= pair.p_adjusted && pair.p_adjusted <= 1.0));
        }
    }

    #[test]
    fn hodges_lehmann_is_the_median_of_all_differences(
        x in prop::collection::vec(-50.0..50.0, 1..9),
        y in prop::collection::vec(-50.0..50.0, 1..9),
        ties in any::<bool>(),
    ) {
        let rounded = |values: Vec<f64>| values.into_iter().map(|v| if ties { libm::round(v / 9.0) } else { v }).collect::<Vec<f64>>();
        let (x, y) = (rounded(x), rounded(y));
        let mut differences: Vec<f64> = x.iter().flat_map(|a| y.iter().map(move |b| a - b)).collect();
        differences.sort_by(f64::total_cmp);
        let half = differences.len() / 2;
        let median = if differences.len() % 2 == 1 { differences[half] } else { f64::midpoint(differences[half - 1], differences[half]) };
        let samples = tabulate(&[&x, &y]).unwrap();
        prop_assert!((hodges_lehmann::shift(&samples).unwrap() - median).abs() < 1e-12);
        let interval = |level| hodges_lehmann::hodges_lehmann(&samples, ConfidenceLevel::new(level).unwrap()).unwrap();
        let (narrow, wide) = (interval(0.8), interval(0.95));
        prop_assert!(wide.interval.low <= narrow.interval.low && narrow.interval.high <= wide.interval.high);
        prop_assert!(wide.interval.low <= median + 1e-12 && median - 1e-12 <= wide.interval.high);
    }

    #[test]
    fn the_pseudomedian_is_the_median_of_walsh_averages(values in prop::collection::vec(-9_i32..10, 1..12)) {
        let kept: Vec<f64> = values.iter().filter(|&&v| v != 0).map(|&v| f64::from(v)).collect();
        prop_assume!(!kept.is_empty());
        let mut averages: Vec<f64> =
            (0..kept.len()).flat_map(|i| (i..kept.len()).map(move |j| (i, j))).map(|(i, j)| f64::midpoint(kept[i], kept[j])).collect();
        averages.sort_by(f64::total_cmp);
        let half = averages.len() / 2;
        let median = if averages.len() % 2 == 1 { averages[half] } else { f64::midpoint(averages[half - 1], averages[half]) };
        let counted: Vec<(f64, u64)> = values.iter().map(|&v| (f64::from(v), 1)).collect();
        let found = signed_rank::effect(&Differences::from_counts(&counted).unwrap()).unwrap();
        prop_assert!((found.pseudomedian - median).abs() < 1e-12);
        prop_assert!((-1.0..=1.0).contains(&found.rank_biserial));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_counts_give_a_probability_or_a_reason(
        cells in prop::collection::vec(prop_oneof![4 => 0_u64..3, 2 => 0_u64..300, 1 => 0_u64..1 << 50], 2..13),
        columns in 1_usize..5,
    ) {
        let Ok(table) = CountTable::new(columns, cells) else { return Ok(()) };
        let tests = [
            mann_whitney::mann_whitney(&table, Which::TwoSided),
            mann_whitney::asymptotic(&table, Which::Less, Continuity::None),
            jonckheere::jonckheere_terpstra(&table, Which::Greater),
            jonckheere::asymptotic(&table, Which::TwoSided, Continuity::Half).map(|found| found.test),
            kruskal_wallis::kruskal_wallis(&table).map(|found| found.test),
            kruskal_wallis::exact(&table),
        ];
        for test in tests.into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&test.p), "{test:?}");
            prop_assert!(test.statistic.is_none_or(f64::is_finite), "{test:?}");
        }
        let pairs = [posthoc::dunn(&table, Adjustment::Holm), posthoc::conover(&table, Adjustment::Holm)];
        for pair in pairs.into_iter().flatten().flat_map(|found| found.pairs) {
            prop_assert!((0.0..=1.0).contains(&pair.p) && pair.statistic.is_finite());
        }
    }

    #[test]
    fn any_values_give_a_probability_or_a_reason(
        x in prop::collection::vec(any::<f64>(), 0..8),
        y in prop::collection::vec(prop_oneof![any::<f64>(), -2.0..2.0], 0..8),
    ) {
        if let Ok(samples) = tabulate(&[&x, &y]) {
            if let Ok(found) = hodges_lehmann::hodges_lehmann(&samples, ConfidenceLevel::P95) {
                prop_assert!(found.interval.low <= found.interval.high && found.shift.is_finite());
            }
            let _ = mann_whitney::mann_whitney(&samples.table, Which::TwoSided);
        }
        let Ok(differences) = Differences::from_pairs(&x, &y) else { return Ok(()) };
        if let Ok(found) = signed_rank::wilcoxon(&differences, Zeros::Pratt, Which::Greater) {
            prop_assert!((0.0..=1.0).contains(&found.p));
        }
        if let Ok(found) = signed_rank::effect(&differences) {
            prop_assert!(found.pseudomedian.is_finite());
        }
    }
}

/// 100 against 100 untied values: the most work that the automatic rule does, close to the normal approximation.
#[test]
fn the_exact_test_is_affordable_where_the_rule_takes_it() {
    let x: Vec<f64> = (0..100).map(|i| f64::from(i * 2)).collect();
    let y: Vec<f64> = (0..100).map(|i| f64::from(i * 2 + 11)).collect();
    let table = tabulate(&[x, y]).unwrap().table;
    let exact = mann_whitney::exact(&table, Which::TwoSided, DISTANCE).unwrap();
    let approximate = mann_whitney::asymptotic(&table, Which::TwoSided, Continuity::Half).unwrap();
    assert!((exact.test.p / approximate.p - 1.0).abs() < 0.05, "{} {}", exact.test.p, approximate.p);
}

/// A million answers on a scale, as counts: every approximate method in far less than a second.
#[test]
fn counts_of_millions_are_quick() {
    let table = CountTable::from_rows(&[
        [100_000_000, 200_000_000, 300_000_000, 250_000_000, 150_000_000],
        [100_500_000, 199_000_000, 301_000_000, 249_000_000, 150_000_000],
        [99_500_000, 200_500_000, 300_000_000, 250_500_000, 150_000_000],
    ])
    .unwrap();
    let found = kruskal_wallis::kruskal_wallis(&table).unwrap();
    assert!(found.test.p < 1e-10 && found.epsilon_squared < 1e-3);
    assert!(jonckheere::asymptotic(&table, Which::TwoSided, Continuity::Half).is_ok());
    assert_eq!(posthoc::dunn(&table, Adjustment::Holm).unwrap().pairs.len(), 3);
}
