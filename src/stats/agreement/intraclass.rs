//! Intraclass correlations of ratings on a numeric scale, from the analysis of variance.

use super::ratings::Ratings;
use crate::stats::distributions::fisher_f;
use crate::stats::sample::compensated_sum;
use crate::stats::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed, Test, Which};

pub(super) const ICC1: Method = Method {
    id: "icc.icc1",
    name: "Intraclass correlation ICC(1), one-way, single rater",
    convention: "Shrout and Fleiss ICC(1,1)",
};
pub(super) const ICC2: Method = Method {
    id: "icc.icc2",
    name: "Intraclass correlation ICC(A,1), two-way agreement, single rater",
    convention: "Shrout and Fleiss ICC(2,1); interval by Satterthwaite degrees of freedom",
};
pub(super) const ICC3: Method = Method {
    id: "icc.icc3",
    name: "Intraclass correlation ICC(C,1), two-way consistency, single rater",
    convention: "Shrout and Fleiss ICC(3,1)",
};
pub(super) const ICC1K: Method = Method {
    id: "icc.icc1k",
    name: "Intraclass correlation ICC(k), one-way, mean of raters",
    convention: "Shrout and Fleiss ICC(1,k)",
};
pub(super) const ICC2K: Method = Method {
    id: "icc.icc2k",
    name: "Intraclass correlation ICC(A,k), two-way agreement, mean of raters",
    convention: "Shrout and Fleiss ICC(2,k); limits by Spearman-Brown from the single rater's",
};
pub(super) const ICC3K: Method = Method {
    id: "icc.icc3k",
    name: "Intraclass correlation ICC(C,k), two-way consistency, mean of raters",
    convention: "Shrout and Fleiss ICC(3,k)",
};

/// The six forms of Shrout & Fleiss (1979), named by model, by what agreement means and by what is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum IccForm {
    /// Each unit has its own raters; one rating (`ICC(1,1)`).
    OneWaySingle,
    /// The same raters rate all units and their level counts; one rating (`ICC(2,1)`, `ICC(A,1)`).
    #[default]
    AgreementSingle,
    /// The same raters rate all units and their level does not count; one rating (`ICC(3,1)`, `ICC(C,1)`).
    ConsistencySingle,
    /// As [`Self::OneWaySingle`], for the mean of the raters.
    OneWayAverage,
    /// As [`Self::AgreementSingle`], for the mean of the raters.
    AgreementAverage,
    /// As [`Self::ConsistencySingle`], for the mean of the raters.
    ConsistencyAverage,
}

/// Mean squares of units by raters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquares {
    /// Between units; `n - 1` degrees of freedom.
    pub between: f64,
    /// Within units; `n (k - 1)`.
    pub within: f64,
    /// Between raters; `k - 1`.
    pub columns: f64,
    /// Residual of the two-way layout; `(n - 1)(k - 1)`.
    pub error: f64,
}

/// An intraclass correlation with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct IntraclassCorrelation {
    /// The coefficient; negative values are shown as they are.
    pub estimate: f64,
    /// F test that units do not differ.
    pub test: Computed<Test>,
    /// The interval.
    pub interval: Computed<Interval>,
    /// The mean squares.
    pub mean_squares: MeanSquares,
    /// Units rated by all raters.
    pub units: u64,
    /// Raters.
    pub raters: u64,
    /// Units left out because a rating was missing.
    pub incomplete: u64,
    /// The method.
    pub method: Method,
    /// What a careful reader must know beside the number.
    pub cautions: Vec<Caution>,
}

/// An intraclass correlation of the units that every rater rated (Shrout & Fleiss 1979; McGraw & Wong 1996).
///
/// # Errors
/// [`NotComputed::TooFew`] below 2 units or 2 raters; [`NotComputed::NoVariation`] where all ratings are equal;
/// `Undefined` where the form's denominator is not positive.
///
/// # Examples
///
/// ```
/// use canvass::stats::ConfidenceLevel;
/// use canvass::stats::agreement::{IccForm, Ratings, intraclass_correlation};
///
/// // By hand: mean squares 8 between units, 2 between raters and 0 left over.
/// let units = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
/// let ratings = Ratings::from_units(&units.map(|unit| unit.map(Some)))?;
/// let consistent = intraclass_correlation(&ratings, IccForm::ConsistencySingle, ConfidenceLevel::P95)?;
/// assert!((consistent.estimate - 1.0).abs() < 1e-12);
/// // (8 - 0) / (8 + 0 + 2 * (1.5 - 0) / 3): the second rater is always one point above the first.
/// let agreeing = intraclass_correlation(&ratings, IccForm::AgreementSingle, ConfidenceLevel::P95)?;
/// assert!((agreeing.estimate - 8.0 / 9.0).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn intraclass_correlation(
    ratings: &Ratings,
    form: IccForm,
    level: ConfidenceLevel,
) -> Computed<IntraclassCorrelation> {
    let (rows, incomplete) = ratings.complete();
    let layout = Layout::of(&rows, ratings.raters())?;
    let estimate = layout.estimate(form)?;
    let method = form.method();
    let df = (layout.n - 1.0, layout.error_df(form));
    let error = layout.error_mean_square(form);
    let f = if error > 0.0 {
        Ok(layout.squares.between / error)
    } else {
        Err(NotComputed::Boundary("raters do not differ beyond what the model removes: F is infinite"))
    };
    let test = f.clone().map(|f| Test {
        statistic: Some(f),
        df: vec![df.0, df.1],
        p: fisher_f::sf(f, df.0, df.1),
        which: Which::Greater,
        method,
        cautions: Vec::new(),
    });
    let interval = f.and_then(|f| layout.interval(form, f, level));
    let mut cautions = Vec::new();
    if incomplete > 0 {
        cautions.push(Caution::Dropped { count: incomplete, what: "units not rated by all" });
    }
    if interval.as_ref().is_ok_and(|interval| estimate < interval.low || estimate > interval.high) {
        cautions.push(Caution::Note(
            "too few units or raters for the approximate limits: they miss the estimate",
        ));
    }
    Ok(IntraclassCorrelation {
        estimate,
        test,
        interval,
        mean_squares: layout.squares,
        units: rows.len() as u64,
        raters: ratings.raters() as u64,
        incomplete,
        method,
        cautions,
    })
}

impl IccForm {
    fn method(self) -> Method {
        match self {
            Self::OneWaySingle => ICC1,
            Self::AgreementSingle => ICC2,
            Self::ConsistencySingle => ICC3,
            Self::OneWayAverage => ICC1K,
            Self::AgreementAverage => ICC2K,
            Self::ConsistencyAverage => ICC3K,
        }
    }

    fn is_average(self) -> bool {
        matches!(self, Self::OneWayAverage | Self::AgreementAverage | Self::ConsistencyAverage)
    }

    fn is_one_way(self) -> bool {
        matches!(self, Self::OneWaySingle | Self::OneWayAverage)
    }
}

/// The analysis of variance of units by raters.
struct Layout {
    squares: MeanSquares,
    n: f64,
    k: f64,
}

impl Layout {
    fn of(rows: &[Vec<f64>], raters: usize) -> Computed<Self> {
        if raters < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: raters as u64 });
        }
        if rows.len() < 2 {
            return Err(NotComputed::TooFew { needed: 2, found: rows.len() as u64 });
        }
        let (n, k) = (rows.len() as f64, raters as f64);
        let grand = compensated_sum(rows.iter().flatten().map(|value| value / (n * k)));
        // Centring first: what follows are sums of squares of small numbers.
        let unit_effects: Vec<f64> =
            rows.iter().map(|row| compensated_sum(row.iter().map(|value| value - grand)) / k).collect();
        let rater_effects: Vec<f64> = (0..raters)
            .map(|j| compensated_sum(rows.iter().filter_map(|row| row.get(j)).map(|value| value - grand)) / n)
            .collect();
        let squares =
            |values: &mut dyn Iterator<Item = f64>| compensated_sum(values.map(|value| value * value));
        let residuals = |with_raters: f64| {
            let rater_effects = &rater_effects;
            squares(&mut rows.iter().zip(&unit_effects).flat_map(move |(row, unit)| {
                row.iter()
                    .zip(rater_effects)
                    .map(move |(value, rater)| value - grand - unit - with_raters * rater)
            }))
        };
        let between = k * squares(&mut unit_effects.iter().copied()) / (n - 1.0);
        let columns = n * squares(&mut rater_effects.iter().copied()) / (k - 1.0);
        let within = residuals(0.0) / (n * (k - 1.0));
        let error = residuals(1.0) / ((n - 1.0) * (k - 1.0));
        let total = between + within + columns;
        if !total.is_finite() {
            return Err(NotComputed::invalid("the ratings are too large to be squared"));
        }
        // What is left of equal ratings is the rounding of their mean.
        let largest = rows.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
        let rounding = libm::pow(8.0 * f64::EPSILON * largest, 2.0);
        if total <= rounding {
            return Err(NotComputed::NoVariation);
        }
        let settled = |square: f64| if square <= rounding { 0.0 } else { square };
        let squares = MeanSquares {
            between: settled(between),
            within: settled(within),
            columns: settled(columns),
            error: settled(error),
        };
        Ok(Self { squares, n, k })
    }

    fn estimate(&self, form: IccForm) -> Computed<f64> {
        let MeanSquares { between, within, columns, error } = self.squares;
        let (n, k) = (self.n, self.k);
        let (above, below) = match form {
            IccForm::OneWaySingle => (between - within, between + (k - 1.0) * within),
            IccForm::AgreementSingle => {
                (between - error, between + (k - 1.0) * error + k * (columns - error) / n)
            }
            IccForm::ConsistencySingle => (between - error, between + (k - 1.0) * error),
            IccForm::OneWayAverage => (between - within, between),
            IccForm::AgreementAverage => (between - error, between + (columns - error) / n),
            IccForm::ConsistencyAverage => (between - error, between),
        };
        if below > 0.0 {
            Ok(above / below)
        } else {
            Err(NotComputed::Undefined("the variance that the coefficient divides by is not positive"))
        }
    }

    fn error_df(&self, form: IccForm) -> f64 {
        if form.is_one_way() { self.n * (self.k - 1.0) } else { (self.n - 1.0) * (self.k - 1.0) }
    }

    fn error_mean_square(&self, form: IccForm) -> f64 {
        if form.is_one_way() { self.squares.within } else { self.squares.error }
    }

    fn interval(&self, form: IccForm, f: f64, level: ConfidenceLevel) -> Computed<Interval> {
        let tail = 0.5 * level.alpha();
        let (df1, df2) = (self.n - 1.0, self.error_df(form));
        let (low, high) = match form {
            IccForm::AgreementSingle | IccForm::AgreementAverage => self.agreement_limits(tail),
            _ => {
                let single = |f: f64| (f - 1.0) / (f + self.k - 1.0);
                let low = single(f / fisher_f::upper_quantile(tail, df1, df2));
                (low, single(f * fisher_f::upper_quantile(tail, df2, df1)))
            }
        };
        // Limits for the mean of k raters follow from those for one (Spearman-Brown).
        let steps = if form.is_average() { self.k } else { 1.0 };
        let stepped = |r: f64| steps * r / (1.0 + (steps - 1.0) * r);
        let interval = Interval { low: stepped(low), high: stepped(high), level, method: form.method() };
        if interval.low.is_finite() && interval.high.is_finite() {
            Ok(interval)
        } else {
            Err(NotComputed::Undefined("the approximate degrees of freedom of the limits vanish"))
        }
    }

    /// Limits for one rater's agreement, with the degrees of freedom of McGraw & Wong (1996).
    fn agreement_limits(&self, tail: f64) -> (f64, f64) {
        let MeanSquares { between, columns, error, .. } = self.squares;
        let (n, k) = (self.n, self.k);
        let r = (between - error) / (between + (k - 1.0) * error + k * (columns - error) / n);
        let raters = k * r * columns / error;
        let units = n * (1.0 + (k - 1.0) * r) - k * r;
        let sum = raters + units;
        let df = (k - 1.0) * (n - 1.0) * sum * sum / ((n - 1.0) * raters * raters + units * units);
        let lower_f = fisher_f::upper_quantile(tail, n - 1.0, df);
        let upper_f = fisher_f::upper_quantile(tail, df, n - 1.0);
        let noise = k * columns + (k * n - k - n) * error;
        // Over F rather than times F, which is infinite where few degrees of freedom are left.
        let low = n * (between / lower_f - error) / (noise + n * between / lower_f);
        (low, n * (upper_f * between - error) / (noise + n * upper_f * between))
    }
}

#[cfg(test)]
mod tests {
    use super::{IccForm, intraclass_correlation};
    use crate::stats::agreement::Ratings;
    use crate::stats::{ConfidenceLevel, NotComputed};

    /// Shrout & Fleiss (1979), table 2; the coefficients of their table 4.
    const SHROUT_FLEISS: [[f64; 4]; 6] = [
        [9.0, 2.0, 5.0, 8.0],
        [6.0, 1.0, 3.0, 2.0],
        [8.0, 4.0, 6.0, 8.0],
        [7.0, 1.0, 2.0, 6.0],
        [10.0, 5.0, 6.0, 9.0],
        [6.0, 2.0, 4.0, 7.0],
    ];

    fn ratings(rows: &[[f64; 4]]) -> Ratings {
        let rows: Vec<[Option<f64>; 4]> = rows.iter().map(|row| row.map(Some)).collect();
        Ratings::from_units(&rows).unwrap()
    }

    #[test]
    fn the_published_example() {
        let published = [
            (IccForm::OneWaySingle, 0.17),
            (IccForm::AgreementSingle, 0.29),
            (IccForm::ConsistencySingle, 0.71),
            (IccForm::OneWayAverage, 0.44),
            (IccForm::AgreementAverage, 0.62),
            (IccForm::ConsistencyAverage, 0.91),
        ];
        for (form, expected) in published {
            let result =
                intraclass_correlation(&ratings(&SHROUT_FLEISS), form, ConfidenceLevel::P95).unwrap();
            assert!((result.estimate - expected).abs() < 0.005, "{form:?} {}", result.estimate);
            let interval = result.interval.unwrap();
            assert!(interval.low < result.estimate && result.estimate < interval.high);
        }
    }

    #[test]
    fn raters_who_differ_by_a_constant_are_consistent_but_do_not_agree() {
        let rows = [[1.0, 2.0, 3.0, 4.0], [3.0, 4.0, 5.0, 6.0], [2.0, 3.0, 4.0, 5.0]];
        let level = ConfidenceLevel::P95;
        let consistency = intraclass_correlation(&ratings(&rows), IccForm::ConsistencySingle, level).unwrap();
        assert!((consistency.estimate - 1.0).abs() < 1e-12);
        assert!(matches!(consistency.test, Err(NotComputed::Boundary(_))));
        let agreement = intraclass_correlation(&ratings(&rows), IccForm::AgreementSingle, level).unwrap();
        assert!(agreement.estimate < 0.7);
    }

    #[test]
    fn too_little_or_constant_data_has_no_coefficient() {
        let level = ConfidenceLevel::P95;
        let of = |rows: &[[f64; 4]]| intraclass_correlation(&ratings(rows), IccForm::AgreementSingle, level);
        assert_eq!(of(&[[0.1; 4]; 5]), Err(NotComputed::NoVariation));
        assert!(matches!(of(&SHROUT_FLEISS[..1]), Err(NotComputed::TooFew { .. })));
        let single = Ratings::from_units(&[[Some(1.0)], [Some(2.0)]]).unwrap();
        assert!(matches!(
            intraclass_correlation(&single, IccForm::OneWaySingle, level),
            Err(NotComputed::TooFew { .. })
        ));
        assert!(matches!(
            of(&[[1e300, 0.0, 0.0, 0.0], [-1e300, 0.0, 0.0, 0.0]]),
            Err(NotComputed::Invalid(_))
        ));
    }
}
