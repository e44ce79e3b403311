//! What a test found.

use crate::stats::{Method, Test, Which};

/// The result of a test: what is printed together, kept together.
#[derive(Debug, Clone, PartialEq)]
pub struct TestResult {
    /// The statistic, where the method has one.
    pub statistic: Option<f64>,
    /// Degrees of freedom: none, one, or numerator and denominator.
    pub df: Vec<f64>,
    /// The p-value.
    pub p: f64,
    /// Which tails it sums.
    pub which: Which,
    /// The smallest p-value that these numbers of people could have given, for exact tests that know it.
    pub smallest: Option<f64>,
    /// The p-value among those of its family.
    pub adjusted: Option<Adjusted>,
}

/// A p-value adjusted for the others of its family.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// The adjusted p-value.
    pub p: f64,
    /// How it was adjusted.
    pub method: Method,
    /// The family, by its name in the study file or the id of what was asked.
    pub family: String,
    /// How many tests the family holds.
    pub tests: u64,
}

impl From<&Test> for TestResult {
    fn from(test: &Test) -> Self {
        let smallest = test.cautions.iter().find_map(|caution| match caution {
            crate::stats::Caution::SmallestAttainableP { p } => Some(*p),
            _ => None,
        });
        Self {
            statistic: test.statistic,
            df: test.df.clone(),
            p: test.p,
            which: test.which,
            smallest,
            adjusted: None,
        }
    }
}
