//! Friedman's test of related samples and Kendall's W.

use super::midranks::cube_less_self;
use super::ties;
use crate::stats::distributions::{chi_squared, fisher_f};
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};

/// Friedman's test, chi-square approximation.
pub const FRIEDMAN: Method =
    Method { id: "friedman", name: "Friedman test", convention: "tie-corrected; incomplete rows dropped" };
/// Iman & Davenport's F form of Friedman's test.
pub const IMAN_DAVENPORT: Method = Method {
    id: "friedman.iman_davenport",
    name: "Iman-Davenport test",
    convention: "F = (n-1)Q/(n(k-1)-Q)",
};
/// Exact conditional Friedman test.
pub const FRIEDMAN_EXACT: Method = Method {
    id: "friedman.exact",
    name: "Exact Friedman test",
    convention: "permutations of the observed midranks within rows",
};

/// The most treatments of the exact test: each row is permuted in every distinct way.
pub const EXACT_UP_TO_TREATMENTS: usize = 8;
/// The most rank-sum patterns met, times the permutations of a row.
const MOST_STEPS: u64 = 10_000_000;
/// The most rows of the exact test: doubled rank sums of eight treatments then fit in 16 bits.
const EXACT_UP_TO_ROWS: u64 = 4_000;
/// The most cells.
const LARGEST_SIZE: u64 = 1 << 40;

/// Rows of answers, ranked within each row; rows are blocks, columns treatments.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedRows {
    /// Doubled midranks of each complete row and how many rows share the pattern.
    rows: Vec<(Vec<u64>, u64)>,
    treatments: usize,
    incomplete: u64,
    /// Doubled rank sums of the treatments.
    sums: Vec<u128>,
    /// `sum over rows of k^3 - k - sum (t^3 - t)`: twelve times the squared deviations of the midranks.
    spread: u128,
    tied_rows: u64,
}

/// Friedman's test with Kendall's coefficient of concordance.
#[derive(Debug, Clone, PartialEq)]
pub struct Friedman {
    /// The test; its statistic is the tie-corrected Q.
    pub test: Test,
    /// Kendall's W, `Q/(n(k-1))`, in [0, 1].
    pub kendall_w: f64,
    /// Mean rank of each treatment.
    pub mean_ranks: Vec<f64>,
    /// Complete rows.
    pub used: u64,
}

impl RankedRows {
    /// Ranks rows of equal length; rows with a missing value are dropped and counted.
    pub fn new<R: AsRef<[Option<f64>]>>(rows: &[R]) -> Computed<Self> {
        Self::ranked(rows.iter().map(|row| (row.as_ref(), 1)))
    }

    /// Ranks patterns of answers with the number of rows that show each.
    pub fn from_counts<R: AsRef<[Option<f64>]>>(patterns: &[(R, u64)]) -> Computed<Self> {
        Self::ranked(patterns.iter().map(|(row, count)| (row.as_ref(), *count)))
    }

    fn ranked<'a>(patterns: impl Iterator<Item = (&'a [Option<f64>], u64)>) -> Computed<Self> {
        let mut found: Option<Self> = None;
        let mut cells = 0_u64;
        for (row, count) in patterns.filter(|&(_, count)| count > 0) {
            let ranked = found.get_or_insert_with(|| Self {
                rows: Vec::new(),
                treatments: row.len(),
                incomplete: 0,
                sums: vec![0; row.len()],
                spread: 0,
                tied_rows: 0,
            });
            if row.len() != ranked.treatments {
                return Err(NotComputed::invalid("the rows are equally long"));
            }
            cells = count
                .checked_mul(row.len() as u64)
                .and_then(|more| cells.checked_add(more))
                .filter(|&cells| cells <= LARGEST_SIZE)
                .ok_or(NotComputed::TooLarge { limit: "at most 2^40 answers" })?;
            ranked.add(row, count)?;
        }
        found.ok_or(NotComputed::EmptyBase)
    }

    fn add(&mut self, row: &[Option<f64>], count: u64) -> Computed<()> {
        let values: Vec<f64> = row.iter().flatten().map(|value| value + 0.0).collect();
        if values.iter().any(|value| !value.is_finite()) {
            return Err(NotComputed::invalid("answers are finite numbers"));
        }
        if values.len() < row.len() {
            self.incomplete += count;
            return Ok(());
        }
        let mut sorted = values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut tied = 0;
        for run in sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()) {
            tied += cube_less_self(run.len() as u64);
        }
        let ranks: Vec<u64> = values
            .iter()
            .map(|value| {
                let below = sorted.partition_point(|other| other < value);
                let up_to = sorted.partition_point(|other| other <= value);
                (below + up_to + 1) as u64
            })
            .collect();
        for (sum, &rank) in self.sums.iter_mut().zip(&ranks) {
            *sum += u128::from(rank) * u128::from(count);
        }
        self.spread += (cube_less_self(ranks.len() as u64) - tied) * u128::from(count);
        self.tied_rows += if tied > 0 { count } else { 0 };
        self.rows.push((ranks, count));
        Ok(())
    }

    /// Number of treatments.
    pub fn treatments(&self) -> usize {
        self.treatments
    }

    /// Number of complete rows.
    pub fn complete(&self) -> u64 {
        self.rows.iter().map(|&(_, count)| count).sum()
    }

    /// Number of rows dropped because a value is missing.
    pub fn incomplete(&self) -> u64 {
        self.incomplete
    }

    /// Doubled rank sums of the treatments.
    pub fn doubled_sums(&self) -> &[u128] {
        &self.sums
    }

    /// Sum of the squared doubled ranks of all rows.
    pub(super) fn doubled_squares(&self) -> u128 {
        // The mean doubled rank is k + 1; the spread is twelve times, here four times, the squared deviations.
        let k = self.treatments as u128;
        u128::from(self.complete()) * k * (k + 1) * (k + 1) + self.spread / 3
    }

    /// Mean rank of each treatment.
    pub fn mean_ranks(&self) -> Vec<f64> {
        let n = self.complete() as f64;
        self.sums.iter().map(|&sum| sum as f64 / 2.0 / n).collect()
    }

    /// Squared deviations of the doubled rank sums from their mean.
    fn deviation(&self) -> u128 {
        let mean = u128::from(self.complete()) * (self.treatments as u128 + 1);
        self.sums.iter().map(|sum| sum.abs_diff(mean) * sum.abs_diff(mean)).sum()
    }

    /// Checks that there is something to compare.
    pub(super) fn check(&self) -> Computed<()> {
        if self.complete() == 0 {
            return Err(NotComputed::EmptyBase);
        }
        if self.treatments < 2 {
            return Err(NotComputed::Undefined("fewer than two treatments"));
        }
        if self.spread == 0 {
            return Err(NotComputed::NoVariation);
        }
        Ok(())
    }

    /// The tie-corrected statistic.
    fn q(&self) -> f64 {
        (self.treatments - 1) as f64 * 3.0 * (self.deviation() as f64 / self.spread as f64)
    }

    fn cautions(&self) -> Vec<Caution> {
        let mut cautions = ties(self.tied_rows);
        if self.incomplete > 0 {
            cautions.push(Caution::Dropped { count: self.incomplete, what: "rows with a missing answer" });
        }
        if self.complete() == 1 {
            cautions.push(Caution::Note("a single row: the approximate p-value means little"));
        }
        cautions
    }
}

/// Friedman's (1937) test with Kendall's W.
///
/// Undefined without complete rows, with fewer than two treatments, or where every row is fully tied.
///
/// # Examples
///
/// ```
/// use canvass::stats::rank_tests::friedman::{RankedRows, friedman, iman_davenport};
///
/// let judged = [[1.0, 2.0, 3.0], [2.0, 1.0, 3.0], [1.0, 3.0, 2.0], [1.0, 2.0, 3.0]];
/// let rows = RankedRows::new(&judged.map(|row| row.map(Some)))?;
/// // By hand: rank sums 5, 8 and 11, so 12 / (4 * 3 * 4) * 210 - 3 * 4 * 4.
/// assert!((friedman(&rows)?.test.statistic.unwrap_or_default() - 4.5).abs() < 1e-12);
/// // Reference case rank_tests-0347.
/// assert!((iman_davenport(&rows)?.p - 0.083_740_234_375).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn friedman(rows: &RankedRows) -> Computed<Friedman> {
    rows.check()?;
    let (q, n) = (rows.q(), rows.complete());
    let df = (rows.treatments - 1) as f64;
    let test = Test {
        statistic: Some(q),
        df: vec![df],
        p: chi_squared::sf(q, df),
        which: Which::TwoSided,
        method: FRIEDMAN,
        cautions: rows.cautions(),
    };
    Ok(Friedman { test, kendall_w: (q / (n as f64 * df)).min(1.0), mean_ranks: rows.mean_ranks(), used: n })
}

/// Iman & Davenport's (1980) F form of Friedman's test, less conservative than the chi-square form.
///
/// Undefined with one row, and on the boundary where all rows agree perfectly.
pub fn iman_davenport(rows: &RankedRows) -> Computed<Test> {
    rows.check()?;
    let n = rows.complete();
    if n < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: n });
    }
    // n(k-1) - Q is zero exactly where three times the deviation is n times the spread.
    if rows.deviation() * 3 >= u128::from(n) * rows.spread {
        return Err(NotComputed::Boundary("all rows agree perfectly: F is infinite"));
    }
    let df1 = (rows.treatments - 1) as f64;
    let df2 = df1 * (n - 1) as f64;
    let q = rows.q();
    let f = (n - 1) as f64 * q / (n as f64 * df1 - q);
    Ok(Test {
        statistic: Some(f),
        df: vec![df1, df2],
        p: fisher_f::sf(f, df1, df2),
        which: Which::TwoSided,
        method: IMAN_DAVENPORT,
        cautions: rows.cautions(),
    })
}

/// Friedman's test with its exact permutation p-value given the observed midranks.
///
/// Rank sums are followed row by row as sorted patterns, since treatments are exchangeable. `TooLarge` beyond
/// [`EXACT_UP_TO_TREATMENTS`] treatments or a bound on patterns times permutations.
pub fn exact(rows: &RankedRows) -> Computed<Test> {
    const TOO_LARGE: NotComputed = NotComputed::TooLarge {
        limit: "8 treatments, 4000 rows, and 10 million rank-sum patterns times permutations of a row",
    };
    rows.check()?;
    if rows.treatments > EXACT_UP_TO_TREATMENTS || rows.complete() > EXACT_UP_TO_ROWS {
        return Err(TOO_LARGE);
    }
    let mut patterns = Patterns { merged: 1, found: vec![([0; EXACT_UP_TO_TREATMENTS], 1.0)] };
    let mut steps = 0_u64;
    for (ranks, count) in &rows.rows {
        let permutations = distinct_permutations(&lanes(ranks));
        let share = 1.0 / permutations.len() as f64;
        for _ in 0..*count {
            steps += patterns.found.len() as u64 * permutations.len() as u64;
            if steps > MOST_STEPS {
                return Err(TOO_LARGE);
            }
            let mut next = Patterns { merged: patterns.merged, found: Vec::new() };
            for (sums, probability) in &patterns.found {
                for permutation in &permutations {
                    let mut reached = *sums;
                    reached.iter_mut().zip(permutation).for_each(|(sum, rank)| *sum += rank);
                    // Unused lanes stay zero and sort to the front of every pattern alike.
                    reached.sort_unstable();
                    next.add(reached, probability * share);
                }
            }
            next.merge();
            patterns = next;
        }
    }
    let mean = rows.complete() * (rows.treatments as u64 + 1);
    let observed = rows.deviation();
    let unused = EXACT_UP_TO_TREATMENTS - rows.treatments;
    let deviation = |sums: &Sums| -> u128 {
        sums.iter().skip(unused).map(|&sum| u128::from(u64::from(sum).abs_diff(mean)).pow(2)).sum()
    };
    let at_least = |least: u128| -> f64 {
        let far = patterns.found.iter().filter(|(sums, _)| deviation(sums) >= least);
        far.map(|&(_, probability)| probability).sum::<f64>().min(1.0)
    };
    let p = at_least(observed);
    // Everybody agreeing is the farthest that these rows can go.
    let farthest = patterns.found.iter().map(|(sums, _)| deviation(sums)).max().unwrap_or(0);
    let mut cautions = rows.cautions();
    cautions.push(Caution::SmallestAttainableP { p: at_least(farthest) });
    Ok(Test {
        statistic: Some(rows.q()),
        df: Vec::new(),
        p,
        which: Which::TwoSided,
        method: FRIEDMAN_EXACT,
        cautions,
    })
}

/// Doubled rank sums of the treatments in ascending order, after as many zeros as there are unused lanes.
type Sums = [u16; EXACT_UP_TO_TREATMENTS];

/// Rank sums met so far with their probabilities.
struct Patterns {
    /// How many were left after the last merge.
    merged: usize,
    found: Vec<(Sums, f64)>,
}

impl Patterns {
    /// Adds a pattern; merges when the list has doubled, so that memory stays near the number of distinct patterns.
    fn add(&mut self, sums: Sums, probability: f64) {
        self.found.push((sums, probability));
        if self.found.len() > 2 * self.merged + 65_536 {
            self.merge();
        }
    }

    /// Adds up the probabilities of equal patterns, in the order of their arrival.
    fn merge(&mut self) {
        self.found.sort_by_key(|&(sums, _)| sums);
        self.found.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 += later.1;
            }
            same
        });
        self.merged = self.found.len();
    }
}

/// Ranks in the last lanes.
fn lanes(ranks: &[u64]) -> Vec<u16> {
    let unused = EXACT_UP_TO_TREATMENTS.saturating_sub(ranks.len());
    let ranks = ranks.iter().map(|&rank| u16::try_from(rank).unwrap_or(u16::MAX));
    std::iter::repeat_n(0, unused).chain(ranks).collect()
}

/// Every distinct order of the ranks behind the unused lanes, in lexicographic order.
fn distinct_permutations(lanes: &[u16]) -> Vec<Vec<u16>> {
    let unused = lanes.iter().take_while(|&&rank| rank == 0).count();
    let mut current = lanes.to_vec();
    current.sort_unstable();
    let mut all = vec![current.clone()];
    // The next order: the last ascent, exchanged with the last larger item, and the rest reversed.
    while let Some(ascent) = current.windows(2).skip(unused).rposition(|pair| pair[0] < pair[1]) {
        let ascent = ascent + unused;
        let larger = current.iter().rposition(|&item| item > current[ascent]).unwrap_or(ascent);
        current.swap(ascent, larger);
        current[ascent + 1..].reverse();
        all.push(current.clone());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(data: &[&[f64]]) -> RankedRows {
        let rows: Vec<Vec<Option<f64>>> =
            data.iter().map(|row| row.iter().map(|&value| Some(value)).collect()).collect();
        RankedRows::new(&rows).unwrap()
    }

    /// R = 5, 8, 11: Q = 12/(4*3*4) * 210 - 3*4*4 = 4.5.
    #[test]
    fn four_rows_by_hand() {
        let ranked = rows(&[&[1.0, 2.0, 3.0], &[2.0, 1.0, 3.0], &[1.0, 3.0, 2.0], &[1.0, 2.0, 3.0]]);
        let found = friedman(&ranked).unwrap();
        assert!((found.test.statistic.unwrap() - 4.5).abs() < 1e-15);
        assert!((found.kendall_w - 0.5625).abs() < 1e-15);
        assert_eq!(found.mean_ranks, [1.25, 2.0, 2.75]);
        assert_eq!(ranked.doubled_squares(), 4 * (4 + 16 + 36));
        assert!((iman_davenport(&ranked).unwrap().statistic.unwrap() - 13.5 / 3.5).abs() < 1e-14);
    }

    /// Two rows in perfect agreement: 6 of 36 pairs of orders.
    #[test]
    fn perfect_agreement() {
        let ranked = rows(&[&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]]);
        assert!((exact(&ranked).unwrap().p - 1.0 / 6.0).abs() < 1e-15);
        assert!(matches!(iman_davenport(&ranked), Err(NotComputed::Boundary(_))));
        assert!((friedman(&ranked).unwrap().kendall_w - 1.0).abs() < 1e-15);
    }

    #[test]
    fn incomplete_tied_and_ragged_rows() {
        let gap = RankedRows::new(&[vec![Some(1.0), None], vec![Some(1.0), Some(2.0)]]).unwrap();
        assert_eq!((gap.complete(), gap.incomplete()), (1, 1));
        assert_eq!(friedman(&gap).unwrap().test.cautions.len(), 2);
        assert!(iman_davenport(&gap).is_err());
        assert_eq!(friedman(&rows(&[&[3.0, 3.0], &[3.0, 3.0]])).unwrap_err(), NotComputed::NoVariation);
        assert!(RankedRows::new(&[vec![Some(1.0)], vec![]]).is_err());
        assert!(RankedRows::new::<Vec<Option<f64>>>(&[]).is_err());
        assert!(RankedRows::new(&[[Some(f64::NAN), Some(1.0)]]).is_err());
        let all_gaps = RankedRows::new(&[[None, Some(1.0)]]).unwrap();
        assert_eq!(friedman(&all_gaps).unwrap_err(), NotComputed::EmptyBase);
        assert!(friedman(&rows(&[&[1.0], &[2.0]])).is_err());
        let wide: Vec<f64> = (0..9).map(f64::from).collect();
        assert!(matches!(exact(&rows(&[&wide, &wide])), Err(NotComputed::TooLarge { .. })));
    }

    #[test]
    fn patterns_with_counts_are_rows() {
        let pattern = [Some(1.0), Some(2.0), Some(2.0)];
        let counted = RankedRows::from_counts(&[(pattern, 3)]).unwrap();
        let listed = RankedRows::new(&[pattern, pattern, pattern]).unwrap();
        assert_eq!(friedman(&counted), friedman(&listed));
        assert_eq!(exact(&counted), exact(&listed));
    }
}
