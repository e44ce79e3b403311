//! The records that every method returns.

use std::fmt;

/// A method by name: the id under which `docs/methods.md` defines it, and what to call it in print.
///
/// Families declare their methods as constants, so that a result can only name a method that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Method {
    /// Stable id, for example `proportion_ci.wilson`.
    pub id: &'static str,
    /// Name in print, for example `Wilson score interval`.
    pub name: &'static str,
    /// The convention followed where tools differ, in a few words; empty where they all agree.
    pub convention: &'static str,
}

/// A confidence level strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ConfidenceLevel(f64);

impl ConfidenceLevel {
    /// The usual 95 %.
    pub const P95: Self = Self(0.95);

    /// Checks that `level` lies strictly between 0 and 1.
    pub fn new(level: f64) -> Computed<Self> {
        if level > 0.0 && level < 1.0 {
            Ok(Self(level))
        } else {
            Err(NotComputed::invalid("a confidence level lies strictly between 0 and 1"))
        }
    }

    /// The level as a number, for example 0.95.
    pub fn get(self) -> f64 {
        self.0
    }

    /// The total error probability `1 - level`.
    pub fn alpha(self) -> f64 {
        1.0 - self.0
    }
}

/// An interval, with the method and level that made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Lower limit; may be `-inf` where the method says so.
    pub low: f64,
    /// Upper limit; may be `+inf` where the method says so.
    pub high: f64,
    /// The confidence level.
    pub level: ConfidenceLevel,
    /// The method.
    pub method: Method,
}

/// An estimate with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error on the scale of `value`, where the method has one.
    pub standard_error: Option<f64>,
    /// Its interval, which names method and level.
    pub interval: Interval,
    /// What a careful reader must know beside the numbers.
    pub cautions: Vec<Caution>,
}

/// Which tail or tails of the null distribution a p-value sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Which {
    /// Both tails, by the convention that the method names.
    #[default]
    TwoSided,
    /// Only outcomes in the direction of larger values of the first argument.
    Greater,
    /// Only outcomes in the direction of smaller values of the first argument.
    Less,
}

/// The result of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The statistic, where the method has one (Fisher's exact test has none).
    pub statistic: Option<f64>,
    /// Degrees of freedom: none, one, or numerator and denominator.
    pub df: Vec<f64>,
    /// The p-value, in [0, 1].
    pub p: f64,
    /// Which tails `p` sums.
    pub which: Which,
    /// The method.
    pub method: Method,
    /// What a careful reader must know beside the number.
    pub cautions: Vec<Caution>,
}

/// A fact that belongs beside a number.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Caution {
    /// Expected counts below Cochran's rule: the asymptotic distribution is doubtful.
    SparseTable {
        /// The smallest expected count.
        smallest_expected: f64,
        /// The share of cells whose expected count is below 5.
        share_below_five: f64,
    },
    /// Tied observations; the method's convention says how they were handled.
    Ties {
        /// Number of groups of tied observations.
        groups: u64,
    },
    /// Observations left out by the method's own definition, such as zero differences.
    Dropped {
        /// How many.
        count: u64,
        /// What they were.
        what: &'static str,
    },
    /// The smallest p-value that these numbers could have given.
    SmallestAttainableP {
        /// That p-value.
        p: f64,
    },
    /// Nothing varied, so the interval has no width.
    NoVariation,
    /// The estimate lies on the boundary of what is possible.
    Boundary {
        /// In words.
        what: &'static str,
    },
    /// The limits were cut to the possible range.
    Clipped,
    /// A Monte Carlo result with its own uncertainty.
    MonteCarlo {
        /// Number of replicates.
        replicates: u64,
        /// The seed that reproduces them.
        seed: u64,
        /// Standard error of the result.
        standard_error: f64,
    },
    /// Anything else, in words that stand alone.
    Note(&'static str),
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SparseTable { smallest_expected, share_below_five } => write!(
                f,
                "sparse table: smallest expected count {smallest_expected:.2}, {:.0} % of cells below 5",
                share_below_five * 100.0
            ),
            Self::Ties { groups: 1 } => f.write_str("ties: 1 group of equal values"),
            Self::Ties { groups } => write!(f, "ties: {groups} groups of equal values"),
            Self::Dropped { count, what } => write!(f, "{count} left out: {what}"),
            Self::SmallestAttainableP { p } => write!(f, "smallest attainable p with these numbers: {p:.4}"),
            Self::NoVariation => f.write_str("no variation: the interval has no width"),
            Self::Boundary { what } | Self::Note(what) => f.write_str(what),
            Self::Clipped => f.write_str("limits cut to the possible range"),
            Self::MonteCarlo { replicates, seed, standard_error } => {
                write!(
                    f,
                    "Monte Carlo: {replicates} replicates, seed {seed}, standard error {standard_error:.2e}"
                )
            }
        }
    }
}

/// A value, or the reason why there is none. Never NaN, never a zero that stands for "unknown".
pub type Computed<T> = Result<T, NotComputed>;

/// Why a statistic has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotComputed {
    /// No observation at all.
    EmptyBase,
    /// Fewer observations than the definition needs.
    TooFew {
        /// How many it needs.
        needed: u64,
        /// How many there are.
        found: u64,
    },
    /// Every observation is the same, and the definition divides by their spread.
    NoVariation,
    /// The definition has no value here, for the reason given.
    Undefined(&'static str),
    /// An iteration did not settle.
    NotConverged {
        /// How many steps were tried.
        iterations: u64,
    },
    /// The best value lies at the boundary, where the method's theory does not hold.
    Boundary(&'static str),
    /// An exact method would need more work than its stated limit.
    TooLarge {
        /// The limit in words.
        limit: &'static str,
    },
    /// The input cannot be what it claims to be.
    Invalid(&'static str),
}

impl NotComputed {
    /// Input that cannot be what it claims to be.
    pub const fn invalid(why: &'static str) -> Self {
        Self::Invalid(why)
    }
}

impl fmt::Display for NotComputed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyBase => f.write_str("no observation"),
            Self::TooFew { needed, found } => write!(f, "needs {needed} observations, has {found}"),
            Self::NoVariation => f.write_str("all observations are equal"),
            Self::NotConverged { iterations } => write!(f, "did not settle in {iterations} steps"),
            Self::TooLarge { limit } => write!(f, "beyond the limit of the exact method: {limit}"),
            Self::Undefined(why) | Self::Boundary(why) | Self::Invalid(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for NotComputed {}
