//! Statistics on counts and slices.
//!
//! Nothing here knows what a respondent, a question or a file is: every function takes numbers and gives a record
//! that says the value, the method by name, its convention and its cautions, or the reason why there is no value.
//! One file holds one family of methods; the definitions stand in `docs/methods.md` under each method's id.
//!
//! # Where to start
//!
//! Answers come in as counts: a [`sample::Sample`] of values with how often each occurs, a
//! [`count_table::CountTable`] of groups by answers (rows are groups, columns ascend), a
//! [`proportion::Proportion`] of people who said yes, a [`correlation::Bivariate`] of pairs, a
//! [`rankings::Ballots`] of rankings. Each is checked once, when it is made, so methods only refuse what they
//! cannot compute. Where tools differ, an option names the convention and its default is the one in the methods page.
//!
//! Every method gives a [`Computed`] record: the number with its interval or degrees of freedom, the [`Method`] that
//! made it and what a careful reader must know beside it ([`Caution`]); or [`NotComputed`] and why. Nothing is ever
//! NaN, and no zero stands for "unknown". Random methods take a seed, and equal seeds give equal bits everywhere.
//!
//! # Examples
//!
//! ```
//! use canvass::stats::count_table::CountTable;
//! use canvass::stats::proportion::{Proportion, ProportionInterval, interval};
//! use canvass::stats::rank_tests::mann_whitney::{mann_whitney, statistic};
//! use canvass::stats::{Caution, ConfidenceLevel, NotComputed, Which};
//!
//! // How many of two groups answered 1 to 5.
//! let answers = CountTable::from_rows(&[[12, 20, 30, 25, 13], [5, 11, 28, 34, 22]])?;
//! let test = mann_whitney(&answers, Which::TwoSided)?;
//! assert_eq!(test.method.id, "mann_whitney.exact");
//! assert!(test.cautions.contains(&Caution::Ties { groups: 5 }));
//! // By hand: of 100 * 100 pairs the first group is above in 2694 and level in 2256.
//! assert!((statistic(&answers)?.probability_of_superiority - 0.3822).abs() < 1e-12);
//!
//! // How many of the first group answered 4 or 5, with Wilson's interval.
//! let top = interval(Proportion::new(38, 100)?, ProportionInterval::Wilson, ConfidenceLevel::P95);
//! assert!(top.interval.low < 0.38 && 0.38 < top.interval.high);
//!
//! // Nobody in a group: no number, but the reason.
//! let nobody = CountTable::from_rows(&[[12, 20, 30, 25, 13], [0, 0, 0, 0, 0]])?;
//! assert_eq!(mann_whitney(&nobody, Which::TwoSided), Err(NotComputed::EmptyBase));
//! # Ok::<(), NotComputed>(())
//! ```

pub mod aapor;
pub mod agreement;
pub mod careless;
pub mod categorical;
mod cholesky;
pub mod correlation;
pub mod count_table;
pub mod descriptive;
pub mod disclosure;
mod distinct;
pub mod distributions;
pub mod effect_sizes;
mod fixed_margins;
pub mod forensics;
pub mod p_adjust;
pub mod parametric;
pub mod proportion;
pub mod random;
pub mod random_tables;
pub mod rank_tests;
pub mod rankings;
pub mod record;
pub mod reliability;
pub mod resampling;
pub mod root;
pub mod sample;
pub mod statcheck;
pub mod tails;

pub use record::{Caution, Computed, ConfidenceLevel, Estimate, Interval, Method, NotComputed, Test, Which};

/// Every family's methods, in the order of the documentation.
pub const FAMILIES: &[&[Method]] = &[
    distributions::METHODS,
    descriptive::METHODS,
    proportion::METHODS,
    categorical::METHODS,
    rank_tests::METHODS,
    effect_sizes::METHODS,
    parametric::METHODS,
    p_adjust::METHODS,
    rankings::METHODS,
    aapor::METHODS,
    forensics::METHODS,
    statcheck::METHODS,
    disclosure::METHODS,
    correlation::METHODS,
    resampling::METHODS,
    agreement::METHODS,
    reliability::METHODS,
    careless::METHODS,
];
