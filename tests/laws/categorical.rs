//! Laws of the categorical methods, and enumeration of every table with the observed margins beside the network.

use canvass::stats::categorical::association::{Noncentrality, cramers_v, cramers_v_interval};
use canvass::stats::categorical::exact_tables::{self, Equality};
use canvass::stats::categorical::fisher::{FisherRule, fisher_exact, fisher_mid_p};
use canvass::stats::categorical::goodness_of_fit;
use canvass::stats::categorical::independence::{Correction, GCorrection, chisq, chisq_n1, g_test};
use canvass::stats::categorical::multinomial::{multinomial_exact, multinomial_logpmf};
use canvass::stats::categorical::ordinal::ordinal_association;
use canvass::stats::categorical::paired::{
    EmptyPairs, bowker, cochran_q, mcnemar_exact, mcnemar_mid_p, stuart_maxwell,
};
use canvass::stats::categorical::stratified::{
    CmhCorrection, Homogeneity, breslow_day, cmh, common_odds_ratio,
};
use canvass::stats::categorical::trend::{cochran_armitage, linear_by_linear_2xk};
use canvass::stats::categorical::trend_exact::cochran_armitage_exact;
use canvass::stats::count_table::CountTable;
use canvass::stats::tails::TwoSidedRule;
use canvass::stats::{ConfidenceLevel, Which};
use proptest::prelude::*;

fn tables(
    rows: std::ops::Range<usize>,
    columns: std::ops::Range<usize>,
    most: u64,
) -> impl Strategy<Value = CountTable> {
    (rows, columns).prop_flat_map(move |(rows, columns)| {
        prop::collection::vec(0..=most, rows * columns)
            .prop_filter_map("an empty table", move |cells| CountTable::new(columns, cells).ok())
    })
}

fn close(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * a.abs().max(b.abs()).max(1e-300)
}

/// Every table with these margins, row after row.
fn all_tables(rows: &[u64], columns: &[u64]) -> Vec<Vec<u64>> {
    fn fill(rows: &[u64], columns: &mut Vec<u64>, at: usize, cells: &mut Vec<u64>, all: &mut Vec<Vec<u64>>) {
        let width = columns.len();
        if at == rows.len() * width {
            if columns.iter().all(|&left| left == 0) {
                all.push(cells.clone());
            }
            return;
        }
        let used: u64 = cells[at - at % width..].iter().sum();
        let left = rows[at / width] - used;
        let (low, high) = if at % width + 1 == width { (left, left) } else { (0, left) };
        for count in low..=high.min(columns[at % width]) {
            columns[at % width] -= count;
            cells.push(count);
            fill(rows, columns, at + 1, cells, all);
            cells.pop();
            columns[at % width] += count;
        }
    }
    let mut all = Vec::new();
    fill(rows, &mut columns.to_vec(), 0, &mut Vec::new(), &mut all);
    all
}

fn factorial(n: u64) -> u128 {
    (1..=u128::from(n)).product()
}

/// Exact conditional p-values (Fisher, Pearson) as ratios of integers; for totals up to 20.
fn brute_force(table: &CountTable) -> (f64, f64, usize) {
    let (rows, columns) = (table.row_totals(), table.column_totals());
    // The weight of a table: the product of its column multinomials, an integer.
    let weight = |cells: &[u64]| -> u128 {
        let product: u128 = (0..columns.len())
            .map(|c| {
                cells
                    .iter()
                    .skip(c)
                    .step_by(columns.len())
                    .fold(factorial(columns[c]), |w, &n| w / factorial(n))
            })
            .product();
        product
    };
    // N times Pearson's statistic, in units that make it an integer: sum n²/(r c), times all margins.
    let scale: u128 = rows.iter().chain(&columns).map(|&m| u128::from(m)).product();
    let squares = |cells: &[u64]| -> u128 {
        cells
            .iter()
            .enumerate()
            .map(|(i, &n)| {
                let margins = u128::from(rows[i / columns.len()]) * u128::from(columns[i % columns.len()]);
                u128::from(n) * u128::from(n) * (scale / margins)
            })
            .sum()
    };
    let all = all_tables(&rows, &columns);
    let total: u128 = all.iter().map(|cells| weight(cells)).sum();
    let sum = |extreme: &dyn Fn(&[u64]) -> bool| {
        all.iter().filter(|cells| extreme(cells)).map(|cells| weight(cells)).sum::<u128>() as f64
            / total as f64
    };
    let (own_weight, own_squares) = (weight(table.cells()), squares(table.cells()));
    (sum(&|cells| weight(cells) <= own_weight), sum(&|cells| squares(cells) >= own_squares), all.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_network_agrees_with_enumeration(table in tables(2..4, 2..4, 3)) {
        let Ok((reduced, _)) = table.without_empty() else { return Ok(()) };
        prop_assume!(reduced.row_count() > 1 && reduced.column_count() > 1 && reduced.total() <= 20);
        let (fisher, pearson, count) = brute_force(&reduced);
        let found = exact_tables::fisher(&table, Equality::Exact).unwrap();
        prop_assert!(close(found.test.p, fisher, 1e-12), "{} {fisher}", found.test.p);
        prop_assert_eq!(found.tables, count as u128);
        prop_assert!(close(exact_tables::chisq(&table).unwrap().test.p, pearson, 1e-12));
        let by_tolerance = exact_tables::fisher(&table, Equality::WithinTolerance).unwrap();
        prop_assert!(close(by_tolerance.test.p, fisher, 1e-12));
    }

    #[test]
    fn two_by_two_is_the_network_in_small(table in tables(2..3, 2..3, 30)) {
        let Ok(test) = fisher_exact(&table, Which::TwoSided, FisherRule::MinimumLikelihood) else { return Ok(()) };
        let network = exact_tables::fisher(&table, Equality::WithinTolerance).unwrap();
        prop_assert!(close(test.p, network.test.p, 1e-11));
    }

    #[test]
    fn fisher_tails_overlap_in_the_observed_table(table in tables(2..3, 2..3, 40)) {
        let p = |which| fisher_exact(&table, which, FisherRule::default()).map(|test| test.p);
        let (Ok(greater), Ok(less), Ok(two_sided)) = (p(Which::Greater), p(Which::Less), p(Which::TwoSided)) else {
            return Ok(());
        };
        let mid = fisher_mid_p(&table, Which::TwoSided).unwrap().p;
        prop_assert!((greater + less - 1.0 - 2.0 * (two_sided - mid)).abs() < 1e-12);
        for rule in [FisherRule::MinimumLikelihood, FisherRule::Doubled, FisherRule::Blaker] {
            let p = fisher_exact(&table, Which::TwoSided, rule).unwrap().p;
            prop_assert!(p > 0.0 && p <= 1.0 && p >= greater.min(less) * (1.0 - 1e-12));
        }
        // Rows exchanged: the tails exchange, the two-sided p stays.
        let [a, b, c, d] = table.two_by_two().unwrap();
        let swapped = CountTable::new(2, vec![c, d, a, b]).unwrap();
        prop_assert!(close(fisher_exact(&swapped, Which::Less, FisherRule::default()).unwrap().p, greater, 1e-11));
        prop_assert!(close(fisher_exact(&swapped, Which::TwoSided, FisherRule::default()).unwrap().p, two_sided, 1e-11));
    }

    #[test]
    fn fisher_rules_are_sums_over_all_tables(table in tables(2..3, 2..3, 8)) {
        let Ok(test) = fisher_exact(&table, Which::TwoSided, FisherRule::Blaker) else { return Ok(()) };
        let weight = |cells: &[u64]| -> f64 { cells.iter().map(|&n| 1.0 / factorial(n) as f64).product() };
        let all = all_tables(&table.row_totals(), &table.column_totals());
        let total: f64 = all.iter().map(|cells| weight(cells)).sum();
        let tail = |cells: &[u64]| {
            let sum = |keep: &dyn Fn(u64) -> bool| -> f64 {
                all.iter().filter(|other| keep(other[0])).map(|other| weight(other) / total).sum()
            };
            sum(&|first| first <= cells[0]).min(sum(&|first| first >= cells[0]))
        };
        let limit = tail(table.cells()) * (1.0 + 1e-7);
        let blaker: f64 = all.iter().filter(|cells| tail(cells) <= limit).map(|cells| weight(cells) / total).sum();
        prop_assert!((test.p - blaker).abs() < 1e-12, "{} {blaker}", test.p);
        let doubled = fisher_exact(&table, Which::TwoSided, FisherRule::Doubled).unwrap().p;
        prop_assert!((doubled - (2.0 * tail(table.cells())).min(1.0)).abs() < 1e-12);
    }

    #[test]
    fn nothing_depends_on_the_order_of_rows_or_on_transposition(table in tables(2..5, 2..5, 12)) {
        let mut rows: Vec<Vec<u64>> = table.rows().map(<[u64]>::to_vec).collect();
        rows.reverse();
        let reversed = CountTable::from_rows(&rows).unwrap();
        for other in [reversed, table.transposed()] {
            match (chisq(&table, Correction::None), chisq(&other, Correction::None)) {
                (Ok(a), Ok(b)) => {
                    prop_assert!((a.statistic.unwrap() - b.statistic.unwrap()).abs() < 1e-9);
                    prop_assert_eq!(a.df, b.df);
                }
                (a, b) => prop_assert_eq!(a, b),
            }
            if let (Ok(a), Ok(b)) = (g_test(&table, GCorrection::Williams), g_test(&other, GCorrection::Williams)) {
                prop_assert!((a.statistic.unwrap() - b.statistic.unwrap()).abs() < 1e-9);
            }
            if let (Ok(a), Ok(b)) = (cramers_v(&table), cramers_v(&other)) {
                prop_assert!((a.v - b.v).abs() < 1e-12 && (0.0..=1.0).contains(&a.v));
                prop_assert!((a.tschuprow - b.tschuprow).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_permutation_variance_is_that_of_the_n_less_one_test(table in tables(2..3, 2..6, 20)) {
        let Ok(test) = chisq_n1(&table) else { return Ok(()) };
        let (x, n) = (table.rows().next().unwrap().to_vec(), table.column_totals());
        if table.column_count() == 2 {
            let z = linear_by_linear_2xk(&x, &n, &[0.0, 1.0], Which::TwoSided).unwrap().statistic.unwrap();
            prop_assert!((z * z - test.statistic.unwrap()).abs() < 1e-9);
        }
    }

    #[test]
    fn intervals_of_v_hold_the_estimate_and_nest(table in tables(2..4, 2..4, 40)) {
        let interval = |level| {
            cramers_v_interval(&table, ConfidenceLevel::new(level).unwrap(), Noncentrality::Plain)
        };
        let (Ok(narrow), Ok(wide)) = (interval(0.8), interval(0.95)) else { return Ok(()) };
        prop_assert!(wide.interval.low <= narrow.interval.low && narrow.interval.high <= wide.interval.high);
        prop_assert!(wide.interval.low <= wide.value);
    }

    #[test]
    fn ordinal_measures_count_pairs(table in tables(1..5, 1..5, 5)) {
        let Ok(found) = ordinal_association(&table) else { return Ok(()) };
        let cells: Vec<(usize, usize, u64)> = table
            .rows()
            .enumerate()
            .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, &n)| (i, j, n)))
            .collect();
        let (mut concordant, mut discordant) = (0, 0);
        for &(i, j, n) in &cells {
            for &(k, l, m) in &cells {
                if k > i && l > j {
                    concordant += u128::from(n * m);
                } else if k > i && l < j {
                    discordant += u128::from(n * m);
                }
            }
        }
        prop_assert_eq!((found.concordant, found.discordant), (concordant, discordant));
        if let (Ok(tau), Ok(d), Ok(e)) =
            (&found.tau_b, &found.somers_d_columns_given_rows, &found.somers_d_rows_given_columns)
        {
            prop_assert!((tau.estimate * tau.estimate - d.estimate * e.estimate).abs() < 1e-12);
            prop_assert!(tau.standard_error >= 0.0);
        }
        // Columns reversed: every sign turns.
        let rows: Vec<Vec<u64>> = table.rows().map(|row| row.iter().rev().copied().collect()).collect();
        let turned = ordinal_association(&CountTable::from_rows(&rows).unwrap()).unwrap();
        if let (Ok(a), Ok(b)) = (&found.gamma, &turned.gamma) {
            prop_assert!((a.estimate + b.estimate).abs() < 1e-12);
            prop_assert!((a.standard_error - b.standard_error).abs() < 1e-9);
        }
    }

    #[test]
    fn trends_turn_with_the_scores(groups in prop::collection::vec((0_u64..9, 0_u64..9), 2..5)) {
        let x: Vec<u64> = groups.iter().map(|&(yes, _)| yes).collect();
        let n: Vec<u64> = groups.iter().map(|&(yes, no)| yes + no).collect();
        let scores: Vec<f64> = (0..x.len()).map(|i| i as f64 * 1.5).collect();
        let turned: Vec<f64> = scores.iter().map(|score| -score).collect();
        if let (Ok(a), Ok(b)) =
            (cochran_armitage(&x, &n, &scores, Which::Greater), cochran_armitage(&x, &n, &turned, Which::Less))
        {
            prop_assert!(close(a.p, b.p, 1e-9));
        }
        let (Ok(a), Ok(b)) = (cochran_armitage_exact(&x, &n, &scores), cochran_armitage_exact(&x, &n, &turned)) else {
            return Ok(());
        };
        prop_assert!(close(a.at_least, b.at_most, 1e-12) && close(a.at_least_as_far, b.at_least_as_far, 1e-12));
        prop_assert!(close(a.at_least + a.at_most, 1.0 + a.exactly, 1e-12));
        let p = a.p(Which::TwoSided, TwoSidedRule::Distance);
        prop_assert!(p > 0.0 && p <= 1.0);
    }

    #[test]
    fn paired_tests_do_not_care_who_came_first(table in tables(3..4, 3..4, 6)) {
        let turned = table.transposed();
        match (stuart_maxwell(&table), stuart_maxwell(&turned)) {
            (Ok(a), Ok(b)) => {
                prop_assert!((a.statistic.unwrap() - b.statistic.unwrap()).abs() < 1e-9);
                prop_assert_eq!(a.df, b.df);
            }
            (a, b) => prop_assert_eq!(a, b),
        }
        match (bowker(&table, EmptyPairs::Drop), bowker(&turned, EmptyPairs::Drop)) {
            (Ok(a), Ok(b)) => prop_assert!((a.statistic.unwrap() - b.statistic.unwrap()).abs() < 1e-9),
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn mid_p_lies_below_the_exact_p(b in 0_u64..60, c in 0_u64..60) {
        let (exact, mid) = (mcnemar_exact(b, c).unwrap().p, mcnemar_mid_p(b, c).unwrap().p);
        prop_assert!(mid <= exact && mid > 0.0 && exact <= 1.0);
        prop_assert!(close(mcnemar_mid_p(c, b).unwrap().p, mid, 1e-14));
    }

    #[test]
    fn cochran_q_does_not_care_for_the_order_of_rows(rows in prop::collection::vec(prop::array::uniform3(any::<bool>()), 1..12)) {
        let mut reversed = rows.clone();
        reversed.reverse();
        prop_assert_eq!(cochran_q(&rows), cochran_q(&reversed));
    }

    #[test]
    fn the_common_odds_ratio_turns_over_with_the_rows(strata in prop::collection::vec(prop::array::uniform4(0_u64..9), 1..4)) {
        let turned: Vec<[u64; 4]> = strata.iter().map(|&[a, b, c, d]| [c, d, a, b]).collect();
        if let (Ok(a), Ok(b)) = (cmh(&strata, CmhCorrection::None), cmh(&turned, CmhCorrection::None)) {
            prop_assert!((a.statistic.unwrap() - b.statistic.unwrap()).abs() < 1e-9);
        }
        let level = ConfidenceLevel::P95;
        if let (Ok(a), Ok(b)) = (common_odds_ratio(&strata, level), common_odds_ratio(&turned, level)) {
            prop_assert!(close(a.value * b.value, 1.0, 1e-10) && close(a.interval.low * b.interval.high, 1.0, 1e-9));
            prop_assert!(a.interval.low <= a.value && a.value <= a.interval.high);
        }
    }

    #[test]
    fn multinomial_probabilities_sum_to_one(n in 0_u64..7, weights in prop::array::uniform3(1_u64..5)) {
        let sum: u64 = weights.iter().sum();
        let shares = weights.map(|weight| weight as f64 / sum as f64);
        let mut total = 0.0;
        for a in 0..=n {
            for b in 0..=n - a {
                if let Ok(log) = multinomial_logpmf(&[a, b, n - a - b], &shares) {
                    total += libm::exp(log);
                }
            }
        }
        prop_assert!(n == 0 || (total - 1.0).abs() < 1e-12);
        if let Ok(found) = multinomial_exact(&[n, 0, 0], &shares) {
            prop_assert!(found.p_by_probability > 0.0 && found.p_by_chisq > 0.0);
            prop_assert!(found.p_by_probability <= 1.0 && found.p_by_chisq <= 1.0);
        }
    }
}

/// Counts from nothing to far more than any survey has.
fn wild() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0_u64..4, 2 => 0_u64..2_000, 1 => 0_u64..1 << 40, 1 => 0_u64..1 << 51]
}

fn wild_scores() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => (-3_i32..9).prop_map(f64::from),
        1 => any::<f64>(),
        1 => Just(f64::NAN),
    ]
}

fn is_p(p: f64) -> bool {
    (0.0..=1.0).contains(&p)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_table_gives_a_probability_or_a_reason(cells in prop::collection::vec(wild(), 1..13), columns in 1_usize..5) {
        let Ok(table) = CountTable::new(columns, cells.clone()) else { return Ok(()) };
        let tests = [
            chisq(&table, Correction::None),
            chisq(&table, Correction::Yates),
            chisq_n1(&table),
            g_test(&table, GCorrection::Williams),
            fisher_exact(&table, Which::TwoSided, FisherRule::MinimumLikelihood),
            fisher_exact(&table, Which::TwoSided, FisherRule::Blaker),
            fisher_mid_p(&table, Which::Less),
            bowker(&table, EmptyPairs::Drop),
            stuart_maxwell(&table),
            mcnemar_exact(cells[0], *cells.last().unwrap()),
            mcnemar_mid_p(cells[0], *cells.last().unwrap()),
            exact_tables::chisq(&table).map(|found| found.test),
        ];
        for test in tests.into_iter().flatten() {
            prop_assert!(is_p(test.p), "{test:?}");
            prop_assert!(test.statistic.is_none_or(f64::is_finite), "{test:?}");
        }
        if let Ok(found) = cramers_v(&table) {
            prop_assert!((0.0..=1.0).contains(&found.v) && (0.0..=1.0).contains(&found.contingency));
        }
        if let Ok(tau) = ordinal_association(&table).and_then(|found| found.tau_b) {
            prop_assert!((-1.0..=1.0).contains(&tau.estimate) && tau.standard_error >= 0.0);
        }
    }

    #[test]
    fn any_trend_and_stratum_gives_a_probability_or_a_reason(
        groups in prop::collection::vec((wild(), wild(), wild_scores()), 0..6),
        strata in prop::collection::vec(prop::array::uniform4(wild()), 0..4),
        shares in prop::collection::vec(wild_scores(), 0..6),
    ) {
        let x: Vec<u64> = groups.iter().map(|group| group.0).collect();
        let n: Vec<u64> = groups.iter().map(|group| group.1).collect();
        let scores: Vec<f64> = groups.iter().map(|group| group.2).collect();
        let tests = [
            cochran_armitage(&x, &n, &scores, Which::TwoSided),
            linear_by_linear_2xk(&x, &n, &scores, Which::Less),
            cmh(&strata, CmhCorrection::Half),
            breslow_day(&strata, Homogeneity::Tarone),
            goodness_of_fit::chisq(&x, &shares),
            goodness_of_fit::g_test(&x, &shares),
        ];
        for test in tests.into_iter().flatten() {
            prop_assert!(is_p(test.p), "{test:?}");
        }
        if let Ok(tails) = cochran_armitage_exact(&x, &n, &scores) {
            prop_assert!(is_p(tails.at_least) && is_p(tails.at_most) && is_p(tails.at_least_as_far));
        }
        if let Ok(ratio) = common_odds_ratio(&strata, ConfidenceLevel::P95) {
            prop_assert!(ratio.interval.low <= ratio.value && ratio.value <= ratio.interval.high);
        }
        if let Ok(found) = multinomial_exact(&x, &shares) {
            prop_assert!(is_p(found.p_by_probability) && is_p(found.p_by_chisq));
        }
    }
}

/// A table of survey size stays within the network's limits: R 4.2.2, `fisher.test(m, workspace = 2e7)`.
#[test]
fn survey_sized_tables_are_exact() {
    let rows = [[10, 3, 0], [4, 5, 2], [2, 6, 4], [1, 2, 6], [0, 1, 8]];
    let found =
        exact_tables::fisher(&CountTable::from_rows(&rows).unwrap(), Equality::WithinTolerance).unwrap();
    assert!(close(found.test.p, 5.136_188_586_262_54e-5, 1e-10), "{}", found.test.p);
}
