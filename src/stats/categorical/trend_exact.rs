//! The Cochran-Armitage test under its exact conditional distribution.

use super::trend::success_table;
use crate::stats::count_table::CountTable;
use crate::stats::fixed_margins::{Cost, Network};
use crate::stats::record::{Computed, Method, NotComputed};
use crate::stats::tails::ExactTails;

/// Exact Cochran-Armitage trend test.
pub const COCHRAN_ARMITAGE_EXACT: Method = Method {
    id: "cochran_armitage.exact",
    name: "Exact Cochran-Armitage trend test",
    convention: "conditional on both margins; two-sided by distance from the mean",
};

/// The most decimals a score may have: scores become integers, so that ties are exact.
const MOST_DECIMALS: i32 = 9;
/// The largest score in units of its last decimal.
const LARGEST_SCORE: f64 = 1e15;

/// Tails of `sum scores * successes` given the group sizes and the number of successes.
///
/// Scores have at most nine decimals. Undefined where no score differs or all or no observations are successes;
/// `TooLarge` beyond 1000 observations or the network's bound on work. Source: Williams 1988; Agresti 2013.
pub fn cochran_armitage_exact(successes: &[u64], totals: &[u64], scores: &[f64]) -> Computed<ExactTails> {
    let table = success_table(successes, totals)?;
    if scores.len() != table.column_count() {
        return Err(NotComputed::invalid("there is one score for each group"));
    }
    let weights = integer_scores(scores)?;
    let (kept, weights) = without_empty_groups(&table, &weights)?;
    let rows = kept.row_totals();
    if rows.contains(&0) || weights.iter().all(|weight| Some(weight) == weights.first()) {
        return Err(NotComputed::NoVariation);
    }
    let columns = kept.column_totals();
    let sum = |counts: &mut dyn Iterator<Item = u64>| -> i128 {
        counts.zip(&weights).map(|(count, &weight)| i128::from(count) * weight).sum()
    };
    let observed = sum(&mut kept.rows().take(1).flatten().copied());
    // Distances are compared in units of 1/N: N T - (successes)(sum of scores).
    let total = i128::from(kept.total());
    let centre = i128::from(rows.first().copied().unwrap_or(0)) * sum(&mut columns.iter().copied());
    let distance = (total * observed - centre).abs();
    let network = Network::new(&rows, &columns, Scores { weights })?;
    let upper = (centre + distance).div_euclid(total) + i128::from((centre + distance).rem_euclid(total) > 0);
    let lower = (centre - distance).div_euclid(total);
    let [at_least, at_most, exactly, far_above, far_below] = network.probabilities(&[
        observed..=i128::MAX,
        i128::MIN..=observed,
        observed..=observed,
        upper..=i128::MAX,
        i128::MIN..=lower,
    ])?;
    // At the mean both tails hold the observed outcome.
    let at_least_as_far = if distance == 0 { 1.0 } else { (far_above + far_below).min(1.0) };
    Ok(ExactTails { at_least, at_most, exactly, at_least_as_far })
}

/// The weighted number of successes.
struct Scores {
    weights: Vec<i128>,
}

impl Cost for Scores {
    const ROWS_EXCHANGEABLE: bool = false;

    fn of(&self, column: usize, _: &[u32], dealt: &[u32]) -> i128 {
        let successes = dealt.first().copied().unwrap_or(0);
        i128::from(successes) * self.weights.get(column).copied().unwrap_or(0)
    }
}

/// Scores in units of the smallest power of ten that makes them all integers.
fn integer_scores(scores: &[f64]) -> Computed<Vec<i128>> {
    if scores.iter().any(|score| !score.is_finite()) {
        return Err(NotComputed::invalid("scores are finite"));
    }
    for decimals in 0..=MOST_DECIMALS {
        let scaled: Vec<f64> = scores.iter().map(|score| score * libm::exp10(f64::from(decimals))).collect();
        if scaled.iter().all(|s| s.abs() <= LARGEST_SCORE && (s - libm::round(*s)).abs() <= 1e-14 * s.abs()) {
            #[expect(clippy::cast_possible_truncation, reason = "checked against 1e15")]
            return Ok(scaled.iter().map(|&s| libm::round(s) as i128).collect());
        }
    }
    Err(NotComputed::invalid("exact trend tests need scores below 1e15 with at most nine decimals"))
}

fn without_empty_groups(table: &CountTable, weights: &[i128]) -> Computed<(CountTable, Vec<i128>)> {
    let kept: Vec<bool> = table.column_totals().iter().map(|&total| total > 0).collect();
    let keep = |at: usize| kept.get(at).copied().unwrap_or(false);
    let cells = table
        .rows()
        .flat_map(|row| row.iter().enumerate().filter(|&(at, _)| keep(at)).map(|(_, &n)| n))
        .collect();
    let weights = weights.iter().enumerate().filter(|&(at, _)| keep(at)).map(|(_, &w)| w).collect();
    Ok((CountTable::new(kept.iter().filter(|&&keep| keep).count(), cells)?, weights))
}

#[cfg(test)]
mod tests {
    use super::{cochran_armitage_exact, integer_scores};
    use crate::stats::record::{NotComputed, Which};
    use crate::stats::tails::TwoSidedRule;

    /// Two groups: Fisher's weights 1, 16, 36, 16, 1 of 70.
    #[test]
    fn two_groups_are_fisher() {
        let tails = cochran_armitage_exact(&[1, 3], &[4, 4], &[0.0, 1.0]).unwrap();
        assert!((tails.at_least - 17.0 / 70.0).abs() < 1e-15);
        assert!((tails.at_most - 69.0 / 70.0).abs() < 1e-15);
        assert!((tails.exactly - 16.0 / 70.0).abs() < 1e-15);
        assert!((tails.p(Which::TwoSided, TwoSidedRule::Distance) - 34.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn scores_with_decimals_are_exact_and_other_scores_refused() {
        assert_eq!(integer_scores(&[0.5, 1.25, -3.0]), Ok(vec![50, 125, -300]));
        assert_eq!(integer_scores(&[0.1, 0.2, 0.3]), Ok(vec![1, 2, 3]));
        assert!(integer_scores(&[1.0 / 3.0]).is_err());
        assert!(integer_scores(&[f64::NAN]).is_err());
        assert!(integer_scores(&[1e300]).is_err());
    }

    #[test]
    fn nothing_to_test() {
        assert_eq!(cochran_armitage_exact(&[0, 0], &[4, 4], &[1.0, 2.0]), Err(NotComputed::NoVariation));
        assert_eq!(cochran_armitage_exact(&[1, 2], &[4, 4], &[2.0, 2.0]), Err(NotComputed::NoVariation));
        assert_eq!(cochran_armitage_exact(&[1, 0], &[4, 0], &[1.0, 2.0]), Err(NotComputed::NoVariation));
        assert!(cochran_armitage_exact(&[], &[], &[]).is_err());
    }
}
