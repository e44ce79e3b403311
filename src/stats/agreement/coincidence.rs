//! Krippendorff's alpha: any number of raters, gaps, and a metric that fits the scale.

use super::ratings::{Ratings, level_of};
use crate::stats::resampling::{Bootstrap, Plan, bootstrap, bootstrap_counts};
use crate::stats::sample::compensated_sum;
use crate::stats::{Computed, Method, NotComputed};

/// Krippendorff's alpha of categories without order.
pub const NOMINAL: Method =
    Method { id: "krippendorff_alpha.nominal", name: "Krippendorff alpha, nominal", convention: CONVENTION };
/// Krippendorff's alpha of ordered categories.
pub const ORDINAL: Method =
    Method { id: "krippendorff_alpha.ordinal", name: "Krippendorff alpha, ordinal", convention: CONVENTION };
pub(super) const INTERVAL: Method = Method {
    id: "krippendorff_alpha.interval",
    name: "Krippendorff alpha, interval",
    convention: CONVENTION,
};
pub(super) const RATIO: Method =
    Method { id: "krippendorff_alpha.ratio", name: "Krippendorff alpha, ratio", convention: CONVENTION };

const CONVENTION: &str = "all units with at least two ratings";

/// The most pairs of values that the ratio metric compares; the other metrics need none.
pub const MAX_RATIO_PAIRS: u64 = 400_000_000;

/// How far apart two ratings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceMetric {
    /// 0 or 1: categories without order.
    Nominal,
    /// The squared number of ratings between the two, ends counted half: ordered categories.
    Ordinal,
    /// The squared difference.
    Interval,
    /// The squared difference over the squared sum; ratings may not be negative.
    Ratio,
}

/// Krippendorff's alpha with its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct KrippendorffAlpha {
    /// `1 - observed / expected` disagreement; negative where raters differ more than by chance.
    pub estimate: f64,
    /// Observed disagreement, in the metric's units.
    pub observed: f64,
    /// Disagreement expected by chance, in the metric's units.
    pub expected: f64,
    /// Ratings in units with at least two.
    pub pairable: u64,
    /// Units with at least two ratings.
    pub units: u64,
    /// The method.
    pub method: Method,
}

/// Krippendorff's alpha (Krippendorff 1970; computation as in Krippendorff 2011).
///
/// Costs O(r log r) for r ratings, except for the ratio metric, which compares all pairs of values.
///
/// # Errors
/// [`NotComputed::EmptyBase`] without a unit of two ratings; [`NotComputed::NoVariation`] where all ratings are equal;
/// `Invalid` for a negative rating on a ratio scale; `TooLarge` beyond [`MAX_RATIO_PAIRS`].
///
/// # Examples
///
/// ```
/// use canvass::stats::agreement::{DifferenceMetric, Ratings, krippendorff_alpha};
///
/// let units = [[1.0, 1.0], [1.0, 1.0], [2.0, 2.0], [1.0, 2.0]];
/// let ratings = Ratings::from_units(&units.map(|unit| unit.map(Some)))?;
/// // By hand: five ones and three twos; observed disagreement 2/8, expected 2 * 5 * 3 / (8 * 7).
/// let alpha = krippendorff_alpha(&ratings, DifferenceMetric::Nominal)?;
/// assert!((alpha.estimate - (1.0 - 0.25 * 56.0 / 30.0)).abs() < 1e-14);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn krippendorff_alpha(ratings: &Ratings, metric: DifferenceMetric) -> Computed<KrippendorffAlpha> {
    let pairable = Pairable::of(ratings, metric)?;
    pairable.alpha(pairable.units.iter().map(|unit| (unit.as_slice(), 1)))
}

/// Krippendorff's alpha of pairs of ratings, counted in a square table: `table[i][j]` pairs were rated `i` and `j`.
///
/// The rating of a category is its place, so the metric is nominal, ordinal or interval. The same number as
/// [`krippendorff_alpha`] of the pairs one by one, at a cost that does not depend on how many there are.
///
/// # Errors
/// Those of [`krippendorff_alpha`]; `Invalid` where the table is not square.
pub fn krippendorff_alpha_of_pairs<R: AsRef<[u64]>>(
    table: &[R],
    metric: DifferenceMetric,
) -> Computed<KrippendorffAlpha> {
    let (pairable, counts) = Pairable::of_table(table, metric)?;
    pairable.alpha_of_counts(&counts)
}

/// Bootstraps Krippendorff's alpha of pairs of ratings over pairs, for an interval.
///
/// # Errors
/// Those of [`krippendorff_alpha_of_pairs`] and of [`bootstrap_counts`].
pub fn krippendorff_alpha_of_pairs_bootstrap<R: AsRef<[u64]>>(
    table: &[R],
    metric: DifferenceMetric,
    plan: Plan,
) -> Computed<Bootstrap> {
    let (pairable, counts) = Pairable::of_table(table, metric)?;
    bootstrap_counts(&counts, plan, |drawn| pairable.alpha_of_counts(drawn).map(|alpha| alpha.estimate))
}

/// Bootstraps Krippendorff's alpha over units, for an interval.
///
/// # Errors
/// Those of [`krippendorff_alpha`] and of [`bootstrap`].
pub fn krippendorff_alpha_bootstrap(
    ratings: &Ratings,
    metric: DifferenceMetric,
    plan: Plan,
) -> Computed<Bootstrap> {
    let pairable = Pairable::of(ratings, metric)?;
    bootstrap(pairable.units.len(), plan, |chosen| {
        let units = chosen.iter().filter_map(|&unit| Some((pairable.units.get(unit)?.as_slice(), 1)));
        pairable.alpha(units).map(|alpha| alpha.estimate)
    })
}

/// Units with at least two ratings, each rating as the place of its value among the levels.
struct Pairable {
    levels: Vec<f64>,
    units: Vec<Vec<usize>>,
    metric: DifferenceMetric,
}

impl Pairable {
    fn of(ratings: &Ratings, metric: DifferenceMetric) -> Computed<Self> {
        let levels = ratings.levels();
        if metric == DifferenceMetric::Ratio && levels.first().is_some_and(|&lowest| lowest < 0.0) {
            return Err(NotComputed::invalid("a ratio scale has no negative ratings"));
        }
        let placed = ratings.rows().map(|row| {
            let mut unit: Vec<usize> = row.iter().flatten().map(|&value| level_of(&levels, value)).collect();
            unit.sort_unstable();
            unit
        });
        let units = placed.filter(|unit| unit.len() >= 2).collect();
        Ok(Self { levels, units, metric })
    }

    /// The units of a table of pairs, one for each cell, and how many pairs each stands for.
    fn of_table<R: AsRef<[u64]>>(table: &[R], metric: DifferenceMetric) -> Computed<(Self, Vec<u64>)> {
        if table.iter().any(|row| row.as_ref().len() != table.len()) {
            return Err(NotComputed::invalid("a table of pairs has the same categories in rows and columns"));
        }
        let places = 0..table.len();
        let units =
            places.clone().flat_map(|i| places.clone().map(move |j| vec![i.min(j), i.max(j)])).collect();
        let counts = table.iter().flat_map(|row| row.as_ref().iter().copied()).collect();
        let levels = places.map(|place| place as f64).collect();
        Ok((Self { levels, units, metric }, counts))
    }

    fn alpha_of_counts(&self, counts: &[u64]) -> Computed<KrippendorffAlpha> {
        let cells = self.units.iter().map(Vec::as_slice).zip(counts.iter().copied());
        self.alpha(cells.filter(|(_, count)| *count > 0))
    }

    /// Alpha of units, each with how often it occurs.
    fn alpha<'a>(
        &self,
        units: impl Iterator<Item = (&'a [usize], u64)> + Clone,
    ) -> Computed<KrippendorffAlpha> {
        let mut counts = vec![0_u64; self.levels.len()];
        for (unit, times) in units.clone() {
            for &level in unit {
                if let Some(count) = counts.get_mut(level) {
                    *count += times;
                }
            }
        }
        let pairable: u64 = counts.iter().sum();
        if pairable == 0 {
            return Err(NotComputed::EmptyBase);
        }
        if counts.iter().filter(|&&count| count > 0).count() < 2 {
            return Err(NotComputed::NoVariation);
        }
        let scores = self.scores(&counts);
        let all: Vec<(f64, u64)> = scores.iter().copied().zip(counts.iter().copied()).collect();
        let mut work = 0_u64;
        let mut differences = |values: &[(f64, u64)]| {
            work = work.saturating_add((values.len() as u64).saturating_mul(values.len() as u64));
            if self.metric == DifferenceMetric::Ratio && work > MAX_RATIO_PAIRS {
                return Err(NotComputed::TooLarge { limit: "4e8 pairs of values on a ratio scale" });
            }
            Ok(self.disagreement(values))
        };
        let mut within = Vec::new();
        let mut all_units = 0;
        for (unit, times) in units {
            all_units += times;
            let values: Vec<(f64, u64)> = unit
                .chunk_by(|a, b| a == b)
                .filter_map(|equal| Some((scores.get(*equal.first()?).copied()?, equal.len() as u64)))
                .collect();
            within.push(differences(&values)? / (unit.len() - 1) as f64 * times as f64);
        }
        let n = pairable as f64;
        let observed = compensated_sum(within) / n;
        let expected = differences(&all)? / (n * (n - 1.0));
        if !(observed.is_finite() && expected.is_finite()) || expected <= 0.0 {
            return Err(NotComputed::invalid(
                "the ratings are too large or too close together to be squared",
            ));
        }
        Ok(KrippendorffAlpha {
            estimate: 1.0 - observed / expected,
            observed,
            expected,
            pairable,
            units: all_units,
            method: match self.metric {
                DifferenceMetric::Nominal => NOMINAL,
                DifferenceMetric::Ordinal => ORDINAL,
                DifferenceMetric::Interval => INTERVAL,
                DifferenceMetric::Ratio => RATIO,
            },
        })
    }

    /// What the metric subtracts: the values, or for an ordinal scale the number of ratings up to each level.
    fn scores(&self, counts: &[u64]) -> Vec<f64> {
        if self.metric != DifferenceMetric::Ordinal {
            return self.levels.clone();
        }
        let mut below = 0;
        counts
            .iter()
            .map(|&count| {
                let middle = below as f64 + 0.5 * count as f64;
                below += count;
                middle
            })
            .collect()
    }

    /// The sum of squared differences over all ordered pairs of the given ratings.
    fn disagreement(&self, values: &[(f64, u64)]) -> f64 {
        let total = values.iter().map(|&(_, count)| count).sum::<u64>() as f64;
        match self.metric {
            DifferenceMetric::Nominal => {
                compensated_sum(values.iter().map(|&(_, count)| count as f64 * (total - count as f64)))
            }
            DifferenceMetric::Ordinal | DifferenceMetric::Interval => {
                let weighted = |term: &dyn Fn(f64) -> f64| {
                    compensated_sum(values.iter().map(|&(value, count)| count as f64 * term(value)))
                };
                let mean = weighted(&|value| value) / total;
                2.0 * total * weighted(&|value| (value - mean) * (value - mean))
            }
            DifferenceMetric::Ratio => {
                2.0 * compensated_sum(values.iter().enumerate().flat_map(|(place, &(a, n))| {
                    values.iter().skip(place + 1).map(move |&(b, m)| {
                        let share = (b - a) / (a + b);
                        n as f64 * m as f64 * share * share
                    })
                }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        DifferenceMetric, krippendorff_alpha, krippendorff_alpha_bootstrap, krippendorff_alpha_of_pairs,
    };
    use crate::stats::NotComputed;
    use crate::stats::agreement::Ratings;
    use crate::stats::resampling::{Form, Plan};

    fn ratings(rows: &[[Option<f64>; 2]]) -> Ratings {
        Ratings::from_units(rows).unwrap()
    }

    /// Two units (1,1), (1,2): o(1,2) = o(2,1) = 1, n = 4, n1 = 3, n2 = 1: Do = 2/4, De = 6/12, alpha = 0.
    #[test]
    fn two_units_by_hand() {
        let data = ratings(&[[Some(1.0), Some(1.0)], [Some(1.0), Some(2.0)], [None, Some(7.0)]]);
        let alpha = krippendorff_alpha(&data, DifferenceMetric::Nominal).unwrap();
        assert!((alpha.observed - 0.5).abs() < 1e-15 && (alpha.expected - 0.5).abs() < 1e-15);
        assert!(alpha.estimate.abs() < 1e-15);
        assert_eq!((alpha.pairable, alpha.units), (4, 2));
    }

    #[test]
    fn zero_and_zero_agree_on_a_ratio_scale() {
        let data = ratings(&[[Some(0.0), Some(0.0)], [Some(1.0), Some(1.0)]]);
        let alpha = krippendorff_alpha(&data, DifferenceMetric::Ratio).unwrap();
        assert!((alpha.estimate - 1.0).abs() < 1e-15);
        let negative = ratings(&[[Some(-1.0), Some(0.0)]]);
        assert!(matches!(
            krippendorff_alpha(&negative, DifferenceMetric::Ratio),
            Err(NotComputed::Invalid(_))
        ));
    }

    #[test]
    fn a_table_of_pairs_gives_what_the_pairs_one_by_one_give() {
        let table: [[u32; 4]; 4] = [[4, 1, 0, 2], [0, 3, 1, 0], [1, 1, 5, 2], [0, 0, 2, 6]];
        let mut rows = Vec::new();
        for (i, row) in (0..4_u32).zip(&table) {
            for (j, count) in (0..4_u32).zip(row) {
                rows.extend(vec![[Some(f64::from(i)), Some(f64::from(j))]; *count as usize]);
            }
        }
        for metric in [DifferenceMetric::Nominal, DifferenceMetric::Ordinal, DifferenceMetric::Interval] {
            let one_by_one = krippendorff_alpha(&ratings(&rows), metric).unwrap();
            let counted = krippendorff_alpha_of_pairs(&table.map(|row| row.map(u64::from)), metric).unwrap();
            assert!((one_by_one.estimate - counted.estimate).abs() < 1e-14, "{metric:?}");
            assert_eq!((one_by_one.units, one_by_one.pairable), (counted.units, counted.pairable));
        }
        let none = krippendorff_alpha_of_pairs(&[[0, 0], [0, 0]], DifferenceMetric::Nominal);
        assert_eq!(none, Err(NotComputed::EmptyBase));
    }

    #[test]
    fn nothing_to_compare_has_no_alpha() {
        let single = ratings(&[[Some(1.0), None], [None, Some(2.0)]]);
        assert_eq!(krippendorff_alpha(&single, DifferenceMetric::Nominal), Err(NotComputed::EmptyBase));
        let constant = ratings(&[[Some(2.0), Some(2.0)], [Some(2.0), Some(2.0)]]);
        assert_eq!(krippendorff_alpha(&constant, DifferenceMetric::Interval), Err(NotComputed::NoVariation));
        let huge = ratings(&[[Some(1e300), Some(-1e300)], [Some(0.0), Some(0.0)]]);
        assert!(matches!(
            krippendorff_alpha(&huge, DifferenceMetric::Interval),
            Err(NotComputed::Invalid(_))
        ));
    }

    #[test]
    fn the_bootstrap_interval_holds_the_estimate() {
        let rows: Vec<[Option<f64>; 2]> =
            (0..25_u32).map(|unit| [unit % 5, (unit + unit / 15) % 5].map(|v| Some(f64::from(v)))).collect();
        let plan = Plan { form: Form::Percentile, replicates: 499, ..Plan::new(2) };
        let result =
            krippendorff_alpha_bootstrap(&ratings(&rows), DifferenceMetric::Ordinal, plan).unwrap().result;
        assert!(result.interval.low < result.estimate && result.estimate < result.interval.high);
    }
}
