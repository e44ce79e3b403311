//! Two raters on the same categories: agreement beyond chance from a square table of counts.
//!
//! Every coefficient here is `(po - pe) / (1 - pe)` with its own idea of chance. Their standard errors come from one
//! rule, the delta method for multinomial counts; for Cohen's kappa it is the formula of Fleiss, Cohen & Everitt
//! (1969).

use crate::stats::distributions::normal;
use crate::stats::proportion::{self, Proportion};
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

pub(super) const PERCENT: Method = Method {
    id: "percent_agreement",
    name: "Percent agreement",
    convention: "share of units that both raters put into the same category",
};
/// Cohen's kappa.
pub const UNWEIGHTED: Method =
    Method { id: "cohen_kappa.unweighted", name: "Cohen kappa", convention: KAPPA_CONVENTION };
pub(super) const LINEAR: Method = Method {
    id: "cohen_kappa.linear",
    name: "Cohen kappa, linear weights",
    convention: "weights 1 - |i - j| / (k - 1); standard errors of Fleiss, Cohen and Everitt",
};
/// Cohen's kappa with quadratic weights.
pub const QUADRATIC: Method = Method {
    id: "cohen_kappa.quadratic",
    name: "Cohen kappa, quadratic weights",
    convention: "weights 1 - (i - j)^2 / (k - 1)^2; standard errors of Fleiss, Cohen and Everitt",
};
/// The prevalence- and bias-adjusted kappa.
pub const PABAK: Method = Method {
    id: "pabak",
    name: "Prevalence- and bias-adjusted kappa",
    convention: "chance agreement 1 / k; 2 po - 1 for two categories",
};
/// Gwet's AC1.
pub const AC1: Method =
    Method { id: "gwet_ac1", name: "Gwet AC1", convention: "chance agreement from the mean margins" };
pub(super) const SCOTT: Method =
    Method { id: "scott_pi", name: "Scott pi", convention: "both raters share the mean margins" };

const KAPPA_CONVENTION: &str =
    "standard errors of Fleiss, Cohen and Everitt; the test uses the one under chance";

/// How near two categories count as agreement, by their places in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum KappaWeights {
    /// 1 on the diagonal, 0 elsewhere: for categories without order.
    Unweighted,
    /// `1 - |i - j| / (k - 1)` (Cicchetti & Allison 1971).
    Linear,
    /// `1 - (i - j)^2 / (k - 1)^2` (Fleiss & Cohen 1973): the default for ordered categories.
    #[default]
    Quadratic,
}

/// How often two raters agree.
#[derive(Debug, Clone, PartialEq)]
pub struct PercentAgreement {
    /// Units in the same category.
    pub agreed: u64,
    /// All units.
    pub n: u64,
    /// `agreed / n`.
    pub estimate: f64,
    /// Wilson interval.
    pub interval: Interval,
    /// The method.
    pub method: Method,
}

/// Observed and chance agreement, and the coefficient made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ChanceCorrected {
    /// Observed agreement, weighted where the method weights.
    pub observed: f64,
    /// Agreement expected by chance.
    pub expected: f64,
    /// Number of units.
    pub n: u64,
    /// The coefficient; none where chance alone already agrees completely.
    pub coefficient: Computed<Coefficient>,
    /// The method.
    pub method: Method,
}

/// A coefficient of agreement with its precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// `(observed - expected) / (1 - expected)`; negative where raters agree less than by chance.
    pub estimate: f64,
    /// Large-sample standard error, for the interval.
    pub standard_error: f64,
    /// `estimate ± z * standard_error`; not cut at ±1, so that others may cut it as they show it.
    pub interval: Interval,
    /// Standard error where agreement is by chance, for the test; Cohen's kappa only.
    pub null_standard_error: Option<f64>,
    /// Test of agreement by chance; Cohen's kappa only.
    pub test: Option<Test>,
    /// What a careful reader must know beside the number.
    pub cautions: Vec<Caution>,
}

/// The share of units in the same category.
///
/// `table[i][j]` counts the units that the first rater put into category `i` and the second into `j`.
///
/// # Errors
/// `Invalid` where the table is not square or its counts overflow, [`NotComputed::EmptyBase`] where it is empty.
pub fn percent_agreement<R: AsRef<[u64]>>(table: &[R], level: ConfidenceLevel) -> Computed<PercentAgreement> {
    let table = SquareTable::of(table)?;
    let agreed = (0..table.k).map(|i| table.count(i, i)).sum();
    let interval = proportion::wilson(Proportion::new(agreed, table.n)?, level);
    Ok(PercentAgreement {
        agreed,
        n: table.n,
        estimate: agreed as f64 / table.n as f64,
        interval,
        method: PERCENT,
    })
}

/// Cohen's kappa (Cohen 1960, 1968), weighted or not.
///
/// The interval uses the standard error of Fleiss, Cohen & Everitt (1969); the test uses theirs under chance.
///
/// # Errors
/// Those of [`percent_agreement`].
///
/// # Examples
///
/// ```
/// use canvass::stats::ConfidenceLevel;
/// use canvass::stats::agreement::{KappaWeights, cohen_kappa};
///
/// let table = [[10, 3, 0], [2, 12, 2], [1, 4, 9]];
/// let kappa = cohen_kappa(&table, KappaWeights::Linear, ConfidenceLevel::P95)?.coefficient?;
/// // Reference case agreement-0006.
/// assert!((kappa.estimate - 0.638_655_462_184_873_9).abs() < 1e-12);
/// assert!((kappa.interval.low - 0.452_364_253_713_206_1).abs() < 1e-9);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn cohen_kappa<R: AsRef<[u64]>>(
    table: &[R],
    weights: KappaWeights,
    level: ConfidenceLevel,
) -> Computed<ChanceCorrected> {
    let table = SquareTable::of(table)?;
    let method = match weights {
        KappaWeights::Unweighted => UNWEIGHTED,
        KappaWeights::Linear => LINEAR,
        KappaWeights::Quadratic => QUADRATIC,
    };
    let weight = |i: usize, j: usize| agreement_weight(weights, table.k, i, j);
    let weighted_mean = |margin: &[f64], of: &dyn Fn(usize) -> f64| {
        compensated_sum(margin.iter().enumerate().map(|(at, share)| share * of(at)))
    };
    let of_row: Vec<f64> = (0..table.k).map(|i| weighted_mean(&table.columns, &|j| weight(i, j))).collect();
    let of_column: Vec<f64> = (0..table.k).map(|j| weighted_mean(&table.rows, &|i| weight(i, j))).collect();
    let chance = Chance {
        expected: weighted_mean(&table.rows, &|i| at(&of_row, i)),
        slope: Box::new(move |i, j| at(&of_row, i) + at(&of_column, j)),
    };
    let mut result = chance_corrected(&table, &weight, &chance, level, method);
    if let Ok(coefficient) = &mut result.coefficient {
        // Under chance the cells have the product of the margins as their probability.
        let independent = table.cells().map(|(i, j, _)| (at(&table.rows, i) * at(&table.columns, j), i, j));
        let deviation = |i, j| weight(i, j) - (chance.slope)(i, j);
        let centre = -chance.expected;
        let variance = compensated_sum(independent.map(|(share, i, j)| {
            let distance = deviation(i, j) - centre;
            share * distance * distance
        }));
        let null = (variance / table.n as f64).sqrt() / (1.0 - chance.expected);
        coefficient.null_standard_error = Some(null);
        coefficient.test = (null > 0.0).then(|| {
            let z = coefficient.estimate / null;
            Test {
                statistic: Some(z),
                df: Vec::new(),
                p: normal::two_sided(z),
                which: Which::TwoSided,
                method,
                cautions: Vec::new(),
            }
        });
    }
    Ok(result)
}

/// The prevalence- and bias-adjusted kappa (Byrt, Bishop & Carlin 1993), for more than two categories the coefficient
/// of Brennan & Prediger (1981): chance agreement is `1 / k`.
///
/// # Errors
/// Those of [`percent_agreement`].
pub fn pabak<R: AsRef<[u64]>>(table: &[R], level: ConfidenceLevel) -> Computed<ChanceCorrected> {
    let table = SquareTable::of(table)?;
    let chance = Chance { expected: 1.0 / table.k as f64, slope: Box::new(|_, _| 0.0) };
    Ok(chance_corrected(&table, &identical, &chance, level, PABAK))
}

/// Gwet's AC1 (Gwet 2008): chance agreement is `sum pi (1 - pi) / (k - 1)` of the mean margins.
///
/// # Errors
/// Those of [`percent_agreement`].
pub fn gwet_ac1<R: AsRef<[u64]>>(table: &[R], level: ConfidenceLevel) -> Computed<ChanceCorrected> {
    let table = SquareTable::of(table)?;
    let mean = table.mean_margins();
    if table.k < 2 {
        return Err(NotComputed::Undefined("one category leaves no room for disagreement"));
    }
    let others = (table.k - 1) as f64;
    let chance = Chance {
        expected: compensated_sum(mean.iter().map(|share| share * (1.0 - share))) / others,
        slope: Box::new(move |i, j| (1.0 - at(&mean, i) - at(&mean, j)) / others),
    };
    Ok(chance_corrected(&table, &identical, &chance, level, AC1))
}

/// Scott's pi (Scott 1955): chance agreement is `sum pi^2` of the mean margins.
///
/// # Errors
/// Those of [`percent_agreement`].
pub fn scott_pi<R: AsRef<[u64]>>(table: &[R], level: ConfidenceLevel) -> Computed<ChanceCorrected> {
    let table = SquareTable::of(table)?;
    let mean = table.mean_margins();
    let chance = Chance {
        expected: compensated_sum(mean.iter().map(|share| share * share)),
        slope: Box::new(move |i, j| at(&mean, i) + at(&mean, j)),
    };
    Ok(chance_corrected(&table, &identical, &chance, level, SCOTT))
}

/// Agreement expected by chance, and how it changes with the probability of each cell.
struct Chance {
    expected: f64,
    slope: Box<dyn Fn(usize, usize) -> f64>,
}

/// The coefficient with its delta-method standard error for multinomial counts.
fn chance_corrected(
    table: &SquareTable,
    weight: &dyn Fn(usize, usize) -> f64,
    chance: &Chance,
    level: ConfidenceLevel,
    method: Method,
) -> ChanceCorrected {
    let n = table.n as f64;
    let observed = compensated_sum(table.cells().map(|(i, j, count)| weight(i, j) * count as f64)) / n;
    let expected = chance.expected;
    let beyond = 1.0 - expected;
    let coefficient = if beyond <= CERTAIN {
        Err(NotComputed::Undefined("agreement is certain by chance: both raters used one category only"))
    } else {
        let estimate = (observed - expected) / beyond;
        // The coefficient's derivative by a cell's probability, up to the constant factor 1 / beyond^2.
        let influence = |i, j| weight(i, j) * beyond - (1.0 - observed) * (chance.slope)(i, j);
        let mean = compensated_sum(table.cells().map(|(i, j, count)| count as f64 * influence(i, j))) / n;
        let variance = compensated_sum(table.cells().map(|(i, j, count)| {
            let distance = influence(i, j) - mean;
            count as f64 * distance * distance
        })) / n;
        let standard_error = (variance / n).sqrt() / (beyond * beyond);
        let half = normal::upper_quantile(0.5 * level.alpha()) * standard_error;
        let interval = Interval { low: estimate - half, high: estimate + half, level, method };
        let all_agree = table.cells().all(|(i, j, count)| i == j || count == 0);
        let cautions = if all_agree { vec![Caution::NoVariation] } else { Vec::new() };
        Ok(Coefficient {
            estimate,
            standard_error,
            interval,
            null_standard_error: None,
            test: None,
            cautions,
        })
    };
    ChanceCorrected { observed, expected, n: table.n, coefficient, method }
}

/// Chance agreement this near to 1 is 1, up to rounding.
const CERTAIN: f64 = 1e-14;

fn identical(i: usize, j: usize) -> f64 {
    f64::from(u8::from(i == j))
}

fn agreement_weight(weights: KappaWeights, k: usize, i: usize, j: usize) -> f64 {
    let distance = i.abs_diff(j) as f64 / k.saturating_sub(1).max(1) as f64;
    match weights {
        KappaWeights::Unweighted => identical(i, j),
        KappaWeights::Linear => 1.0 - distance,
        KappaWeights::Quadratic => 1.0 - distance * distance,
    }
}

fn at(values: &[f64], index: usize) -> f64 {
    values.get(index).copied().unwrap_or(0.0)
}

/// A checked square table with its margins as shares.
struct SquareTable {
    counts: Vec<u64>,
    k: usize,
    n: u64,
    rows: Vec<f64>,
    columns: Vec<f64>,
}

impl SquareTable {
    fn of<R: AsRef<[u64]>>(table: &[R]) -> Computed<Self> {
        let k = table.len();
        if table.iter().any(|row| row.as_ref().len() != k) {
            return Err(NotComputed::invalid(
                "a table of two raters has the same categories in rows and columns",
            ));
        }
        let counts: Vec<u64> = table.iter().flat_map(|row| row.as_ref().iter().copied()).collect();
        let n = counts
            .iter()
            .try_fold(0_u64, |sum, &count| sum.checked_add(count))
            .filter(|&n| n < 1 << 53)
            .ok_or(NotComputed::TooLarge { limit: "2^53 units" })?;
        if n == 0 {
            return Err(NotComputed::EmptyBase);
        }
        let share = |sum: u64| sum as f64 / n as f64;
        let rows = counts.chunks(k).map(|row| share(row.iter().sum())).collect();
        let columns = (0..k).map(|j| share(counts.iter().skip(j).step_by(k).sum())).collect();
        Ok(Self { counts, k, n, rows, columns })
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize, u64)> {
        self.counts.iter().enumerate().map(|(cell, &count)| (cell / self.k, cell % self.k, count))
    }

    fn count(&self, i: usize, j: usize) -> u64 {
        self.counts.get(i * self.k + j).copied().unwrap_or(0)
    }

    fn mean_margins(&self) -> Vec<f64> {
        self.rows.iter().zip(&self.columns).map(|(row, column)| 0.5 * (row + column)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{KappaWeights, cohen_kappa, gwet_ac1, pabak, percent_agreement, scott_pi};
    use crate::stats::{Caution, ConfidenceLevel, NotComputed};

    const P95: ConfidenceLevel = ConfidenceLevel::P95;

    /// po = 35/50, pe = (30*25 + 20*25)/2500 = 1/2 by hand.
    #[test]
    fn a_table_worked_by_hand() {
        let table = [[20, 10], [5, 15]];
        assert_eq!(percent_agreement(&table, P95).unwrap().agreed, 35);
        let kappa = cohen_kappa(&table, KappaWeights::Unweighted, P95).unwrap();
        assert!((kappa.expected - 0.5).abs() < 1e-15);
        assert!((kappa.coefficient.unwrap().estimate - 0.4).abs() < 1e-15);
        assert!((pabak(&table, P95).unwrap().coefficient.unwrap().estimate - 0.4).abs() < 1e-15);
    }

    #[test]
    fn complete_agreement_has_no_width_and_says_so() {
        let coefficient =
            cohen_kappa(&[[4, 0], [0, 6]], KappaWeights::Quadratic, P95).unwrap().coefficient.unwrap();
        assert!((coefficient.estimate - 1.0).abs() < 1e-15 && coefficient.standard_error < 1e-15);
        assert_eq!(coefficient.cautions, [Caution::NoVariation]);
    }

    #[test]
    fn one_category_used_leaves_observed_agreement_only() {
        let table = [[10, 0], [0, 0]];
        let kappa = cohen_kappa(&table, KappaWeights::Unweighted, P95).unwrap();
        assert!(matches!(kappa.coefficient, Err(NotComputed::Undefined(_))));
        assert!((kappa.observed - 1.0).abs() < 1e-15);
        assert!(scott_pi(&table, P95).unwrap().coefficient.is_err());
        assert!((gwet_ac1(&table, P95).unwrap().coefficient.unwrap().estimate - 1.0).abs() < 1e-15);
        assert!(cohen_kappa(&[[3]], KappaWeights::Linear, P95).unwrap().coefficient.is_err());
        assert!(gwet_ac1(&[[3]], P95).is_err());
        assert!(pabak(&[[3]], P95).unwrap().coefficient.is_err());
    }

    #[test]
    fn impossible_tables_are_refused() {
        assert!(matches!(percent_agreement(&[[1, 2]], P95), Err(NotComputed::Invalid(_))));
        assert_eq!(percent_agreement(&[[0, 0], [0, 0]], P95), Err(NotComputed::EmptyBase));
        assert_eq!(percent_agreement::<[u64; 0]>(&[], P95), Err(NotComputed::EmptyBase));
        assert!(matches!(
            percent_agreement(&[[u64::MAX, 2], [0, 0]], P95),
            Err(NotComputed::TooLarge { .. })
        ));
    }
}
