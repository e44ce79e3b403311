//! Laws of the distribution functions.

use canvass::stats::distributions::{
    beta, binomial, chi_squared, fisher_f, hypergeometric, noncentral_chi_squared, noncentral_f,
    noncentral_t, normal, rank_sum, student_t, studentized_range,
};
use proptest::prelude::*;

fn close(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * a.abs().max(b.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn tails_add_to_one(x in -8.0_f64..8.0, a in 0.2_f64..300.0, b in 0.2_f64..300.0) {
        prop_assert!(close(normal::cdf(x) + normal::sf(x), 1.0, 1e-15));
        prop_assert!(close(student_t::cdf(x, a) + student_t::sf(x, a), 1.0, 1e-14));
        let positive = x.abs() * 10.0;
        prop_assert!(close(chi_squared::cdf(positive, a) + chi_squared::sf(positive, a), 1.0, 1e-13));
        prop_assert!(close(fisher_f::cdf(positive, a, b) + fisher_f::sf(positive, a, b), 1.0, 1e-13));
        prop_assert!(close(noncentral_t::cdf(x, a, b / 20.0) + noncentral_t::sf(x, a, b / 20.0), 1.0, 1e-12));
        let (lower, upper) =
            (noncentral_chi_squared::cdf(positive, a, b), noncentral_chi_squared::sf(positive, a, b));
        prop_assert!(close(lower + upper, 1.0, 1e-12));
        let (lower, upper) = (noncentral_f::cdf(positive, a, 30.0, b), noncentral_f::sf(positive, a, 30.0, b));
        prop_assert!(close(lower + upper, 1.0, 1e-12));
    }

    #[test]
    fn quantiles_invert(p in 1e-9_f64..1.0, a in 0.3_f64..5000.0, b in 0.3_f64..5000.0) {
        prop_assume!(p < 0.999_999);
        prop_assert!(close(normal::cdf(normal::quantile(p)), p, 1e-13));
        prop_assert!(close(student_t::cdf(student_t::quantile(p, a), a), p, 1e-11));
        prop_assert!(close(chi_squared::cdf(chi_squared::quantile(p, a), a), p, 1e-10));
        prop_assert!(close(chi_squared::sf(chi_squared::upper_quantile(p, a), a), p, 1e-10));
        prop_assert!(close(fisher_f::cdf(fisher_f::quantile(p, a, b), a, b), p, 1e-10));
        // Near 1 the quantile has fewer digits than its complement; the pair keeps both.
        let (x, y) = beta::quantile_pair(p, 1.0 - p, a, b);
        prop_assert!((x + y - 1.0).abs() < 1e-15);
        let direct = if x < 0.5 { beta::cdf(x, a, b) } else { beta::sf(y, b, a) };
        prop_assert!(close(direct, p, 1e-10), "{direct} {p}");
    }

    #[test]
    fn discrete_tails_are_sums(n in 1_u64..60, more in 0_u64..60, drawn in 0.0_f64..1.0, p in 0.0_f64..1.0) {
        let population = n + more;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small count")]
        let draws = (drawn * population as f64) as u64;
        let (mut binomial_sum, mut urn_sum) = (0.0, 0.0);
        for k in 0..=n {
            binomial_sum += binomial::pmf(k, n, p);
            urn_sum += hypergeometric::pmf(k, population, n, draws);
            prop_assert!((binomial::cdf(k, n, p) - binomial_sum).abs() < 1e-13);
            prop_assert!((hypergeometric::cdf(k, population, n, draws) - urn_sum).abs() < 1e-13);
            let above = hypergeometric::sf(k, population, n, draws);
            prop_assert!((above + hypergeometric::cdf(k, population, n, draws) - 1.0).abs() < 1e-13);
            // Draws and successes change places.
            let swapped = hypergeometric::pmf(k, population, draws, n);
            prop_assert!(close(hypergeometric::pmf(k, population, n, draws), swapped, 1e-11) || swapped < 1e-300);
        }
        prop_assert!(close(urn_sum, 1.0, 1e-12) && close(binomial_sum, 1.0, 1e-12));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn range_of_two_is_a_t_test(t in 0.01_f64..20.0, df in 1.0_f64..500.0) {
        let range = studentized_range::sf(t * std::f64::consts::SQRT_2, 2.0, df);
        prop_assert!(close(range, student_t::two_sided(t, df), 1e-10));
    }

    #[test]
    fn range_grows_with_groups_and_falls_with_df(q in 0.5_f64..12.0, groups in 2_u32..12, df in 2.0_f64..60.0) {
        let groups = f64::from(groups);
        prop_assert!(studentized_range::sf(q, groups, df) < studentized_range::sf(q, groups + 1.0, df) + 1e-15);
        let sum = studentized_range::sf(q, groups, df) + studentized_range::cdf(q, groups, df);
        prop_assert!((sum - 1.0).abs() < 1e-11);
    }
}

/// Counts every subset: the obvious definition beside the recurrence.
#[test]
fn rank_sum_counts_subsets() {
    for (m, n) in [(1_u32, 1_u32), (2, 3), (4, 3), (5, 5), (3, 8)] {
        let mut counts = vec![0_u32; usize::try_from(m * n).unwrap() + 1];
        for subset in 0_u32..1 << (m + n) {
            if subset.count_ones() == m {
                let rank_sum: u32 = (0..m + n).filter(|i| subset >> i & 1 == 1).map(|i| i + 1).sum();
                counts[usize::try_from(rank_sum - m * (m + 1) / 2).unwrap()] += 1;
            }
        }
        let total: u32 = counts.iter().sum();
        for (p, count) in rank_sum::mass(m.into(), n.into()).unwrap().iter().zip(&counts) {
            assert!((p - f64::from(*count) / f64::from(total)).abs() < 1e-15);
        }
    }
}
