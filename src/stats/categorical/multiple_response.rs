//! Tests of a whole multi-select question between groups: are the shares of all options the same in every group?
//!
//! A person may tick several options, so the options' tables are not independent and their Pearson statistics do not add
//! up to a chi-square. Three ways around it (Bilder, Loughin & Nettleton 2000): deal whole answers anew to the groups,
//! adjust the sum by its estimated moments, or take the options one by one with Bonferroni.

use super::chi_squared_test;
use crate::stats::distributions::chi_squared;
use crate::stats::random_tables::Draws;
use crate::stats::record::{Caution, Computed, Method, NotComputed, Test, Which};
use crate::stats::resampling::{Dealt, DealtRows, Share};

/// Whole answers dealt anew to the groups.
pub const MMI_PERMUTATION: Method = Method {
    id: "mmi.permutation",
    name: "permutation test of multiple marginal independence",
    convention: "whole answers dealt anew to the groups; sum of the options' Pearson statistics, no constant added",
};
/// Rao and Scott's second-order adjustment.
pub const MMI_RAO_SCOTT: Method = Method {
    id: "mmi.rao_scott",
    name: "Rao-Scott test of multiple marginal independence",
    convention: "second-order adjustment; covariances of each group, no constant added to zero cells",
};
/// The smallest p-value of the options, times their number.
pub const MMI_BONFERRONI: Method = Method {
    id: "mmi.bonferroni",
    name: "Bonferroni test of multiple marginal independence",
    convention: "Pearson's test of each option, no constant added to zero cells",
};

/// Distinct answers to a multi-select question with the number of people of each group who gave them.
#[derive(Debug, Clone, PartialEq)]
pub struct MultipleResponse {
    rows: DealtRows,
    answers: Vec<(Vec<usize>, Vec<u64>)>,
    options: usize,
}

/// The modified Pearson statistic and what it sums.
#[derive(Debug, Clone, PartialEq)]
pub struct ModifiedPearson {
    /// The sum over the options.
    pub statistic: f64,
    /// Pearson's statistic of each option; none where nobody or everybody ticked it.
    pub options: Vec<Computed<f64>>,
    /// Degrees of freedom of one option: groups less one.
    pub df: f64,
}

impl ModifiedPearson {
    /// Options that somebody ticked and somebody did not.
    pub fn varying(&self) -> u64 {
        self.options.iter().flatten().count() as u64
    }
}

impl MultipleResponse {
    /// Distinct answers, each the positions of the options ticked, with a count for each group.
    ///
    /// Refuses groups of nobody, options that are not there, and fewer than two groups.
    pub fn new(options: usize, answers: &[(Vec<usize>, Vec<u64>)]) -> Computed<Self> {
        if options == 0 {
            return Err(NotComputed::EmptyBase);
        }
        if answers.iter().flat_map(|(ticked, _)| ticked).any(|option| *option >= options) {
            return Err(NotComputed::invalid("an answer ticks options that are there"));
        }
        let scores =
            |ticked: &[usize]| (0..options).map(|i| f64::from(u8::from(ticked.contains(&i)))).collect();
        let rows: Vec<(Vec<f64>, Vec<u64>)> =
            answers.iter().map(|(ticked, counts)| (scores(ticked), counts.clone())).collect();
        Ok(Self { rows: DealtRows::new(&rows)?, answers: answers.to_vec(), options })
    }

    /// The modified Pearson statistic: over the options that vary, the sum of Pearson's statistics of the tables of
    /// ticked or not by group.
    pub fn pearson(&self) -> Computed<ModifiedPearson> {
        let weights = self.weights();
        let options: Vec<Computed<f64>> = self
            .rows
            .between()
            .iter()
            .zip(&weights)
            .map(
                |(between, weight)| {
                    if *weight > 0.0 { Ok(between * weight) } else { Err(NotComputed::NoVariation) }
                },
            )
            .collect();
        if options.iter().all(Result::is_err) {
            return Err(NotComputed::NoVariation);
        }
        let df = self.rows.sizes().len() as f64 - 1.0;
        Ok(ModifiedPearson { statistic: options.iter().flatten().sum(), options, df })
    }

    /// `1 / (p (1 - p))` with the share of all groups; 0 for an option without variation.
    fn weights(&self) -> Vec<f64> {
        self.shares()
            .into_iter()
            .map(|p| if p > 0.0 && p < 1.0 { 1.0 / (p * (1.0 - p)) } else { 0.0 })
            .collect()
    }

    /// The share of all people who ticked each option.
    fn shares(&self) -> Vec<f64> {
        let total: u64 = self.rows.sizes().iter().sum();
        let mut ticks = vec![0_u64; self.options];
        for (ticked, counts) in &self.answers {
            for option in ticked {
                ticks[*option] += counts.iter().sum::<u64>();
            }
        }
        ticks.into_iter().map(|ticks| ticks as f64 / total as f64).collect()
    }

    /// What stands beside tests that hold for many people: the same, and how few are expected in some cell.
    fn large_sample_cautions(&self) -> Vec<Caution> {
        let sizes = self.rows.sizes();
        let total: u64 = sizes.iter().sum();
        let shares = self.shares().into_iter().filter(|share| *share > 0.0 && *share < 1.0);
        // Each option has two cells in each group: ticked and not.
        let expected: Vec<f64> = shares
            .flat_map(|share| [share, 1.0 - share])
            .flat_map(|share| sizes.iter().map(move |size| share * *size as f64))
            .collect();
        let smallest_expected = expected.iter().copied().fold(total as f64, f64::min);
        let below = expected.iter().filter(|count| **count < 5.0).count();
        let mut cautions = self.cautions();
        if below > 0 {
            let share_below_five = below as f64 / expected.len() as f64;
            cautions.push(Caution::SparseTable { smallest_expected, share_below_five });
        }
        cautions
    }

    /// What stands beside each test: options that cannot differ.
    fn cautions(&self) -> Vec<Caution> {
        let flat = self.weights().iter().filter(|weight| **weight <= 0.0).count() as u64;
        let what = "options that nobody or everybody ticked";
        (flat > 0).then_some(Caution::Dropped { count: flat, what }).into_iter().collect()
    }
}

/// Whole answers dealt anew to the groups, in every way where these are few, else by random draws.
///
/// # Examples
///
/// ```
/// use canvass::stats::categorical::multiple_response::{MultipleResponse, permutation};
/// use canvass::stats::random_tables::Draws;
///
/// // Two who ticked both options against two who ticked none: two of the six ways of dealing are as far apart.
/// let answers = [(vec![0, 1], vec![2, 0]), (vec![], vec![0, 2])];
/// let test = permutation(&MultipleResponse::new(2, &answers)?, Draws { replicates: 99, seed: 1 })?;
/// assert!((test.p - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn permutation(answers: &MultipleResponse, draws: Draws) -> Computed<Test> {
    answers.pearson()?;
    let Dealt { whole: Share { statistic, p, smallest }, .. } =
        answers.rows.deal(&answers.weights(), draws)?;
    let mut cautions = answers.cautions();
    cautions.push(smallest.map_or_else(|| draws.caution(p), |p| Caution::SmallestAttainableP { p }));
    Ok(Test {
        statistic: Some(statistic),
        df: Vec::new(),
        p,
        which: Which::TwoSided,
        method: MMI_PERMUTATION,
        cautions,
    })
}

/// Rao and Scott's second-order adjustment: statistic and degrees of freedom are divided by the same sum of squared
/// eigenvalues, so that mean and variance are those of the sum.
///
/// The eigenvalues are those of `D^-1 S`, whose squares add up to `sum S_uv^2 / (D_u D_v)`; none is computed.
pub fn rao_scott(answers: &MultipleResponse) -> Computed<Test> {
    let pearson = answers.pearson()?;
    let (sizes, shares) = (answers.rows.sizes(), answers.shares());
    let total: u64 = sizes.iter().sum();
    let varying: Vec<usize> = (0..answers.options).filter(|i| shares[*i] > 0.0 && shares[*i] < 1.0).collect();
    let weight: Vec<f64> = sizes.iter().map(|size| *size as f64 / total as f64).collect();
    let within: Vec<Vec<Vec<f64>>> = (0..sizes.len())
        .map(|group| covariances(answers, &varying, group, sizes[group], weight[group]))
        .collect();
    let spread = |option: usize| shares[option] * (1.0 - shares[option]);
    let contrast = |row: usize, group: usize| f64::from(u8::from(row == group)) - weight[group];
    let mut squares = 0.0;
    for one in 0..sizes.len() {
        for two in 0..sizes.len() {
            for (a, option_a) in varying.iter().enumerate() {
                for (b, option_b) in varying.iter().enumerate() {
                    let covariance: f64 = (0..sizes.len())
                        .map(|group| contrast(one, group) * contrast(two, group) * within[group][a][b])
                        .sum();
                    squares += covariance * covariance * weight[one] * weight[two]
                        / (spread(*option_a) * spread(*option_b));
                }
            }
        }
    }
    if squares <= 0.0 {
        return Err(NotComputed::NoVariation);
    }
    let df = pearson.df * varying.len() as f64;
    let (statistic, df) = (df * pearson.statistic / squares, df * df / squares);
    Ok(chi_squared_test(statistic, df, MMI_RAO_SCOTT, answers.large_sample_cautions()))
}

/// Covariances of the shares of one group's options, times the number of all people.
fn covariances(
    answers: &MultipleResponse,
    varying: &[usize],
    group: usize,
    size: u64,
    weight: f64,
) -> Vec<Vec<f64>> {
    let n = size as f64;
    let mut both = vec![0_u64; answers.options * answers.options];
    for (ticked, counts) in &answers.answers {
        for (a, b) in ticked.iter().flat_map(|a| ticked.iter().map(move |b| (a, b))) {
            both[a * answers.options + b] += counts[group];
        }
    }
    let count = |a: usize, b: usize| both[a * answers.options + b] as f64;
    let share: Vec<f64> = varying.iter().map(|option| count(*option, *option) / n).collect();
    let covariance = |(a, option_a): (usize, usize), (b, option_b): (usize, usize)| {
        (count(option_a, option_b) / n - share[a] * share[b]) / weight
    };
    let options = || varying.iter().copied().enumerate();
    options().map(|one| options().map(|two| covariance(one, two)).collect()).collect()
}

/// The smallest p-value of Pearson's tests of the options, times the number of options that vary, at most 1.
pub fn bonferroni(answers: &MultipleResponse) -> Computed<Test> {
    let pearson = answers.pearson()?;
    let smallest =
        pearson.options.iter().flatten().map(|x| chi_squared::sf(*x, pearson.df)).fold(1.0, f64::min);
    Ok(Test {
        statistic: pearson.options.iter().flatten().copied().reduce(f64::max),
        df: vec![pearson.df],
        p: (smallest * pearson.varying() as f64).min(1.0),
        which: Which::TwoSided,
        method: MMI_BONFERRONI,
        cautions: answers.large_sample_cautions(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_expected_are_said_of_tests_for_many() {
        let answers = MultipleResponse::new(1, &[(vec![0], vec![1, 3]), (vec![], vec![3, 1])]).unwrap();
        // Each of the four cells expects half of four people.
        let sparse = Caution::SparseTable { smallest_expected: 2.0, share_below_five: 1.0 };
        assert_eq!(rao_scott(&answers).unwrap().cautions, std::slice::from_ref(&sparse));
        assert_eq!(bonferroni(&answers).unwrap().cautions, [sparse]);
    }

    #[test]
    fn one_option_is_pearsons_test_of_its_table() {
        use crate::stats::categorical::independence::{Correction, chisq};
        use crate::stats::count_table::CountTable;
        let answers = MultipleResponse::new(1, &[(vec![0], vec![8, 3, 5]), (vec![], vec![4, 9, 6])]).unwrap();
        let table = CountTable::from_rows(&[[8, 3, 5], [4, 9, 6]]).unwrap();
        let expected = chisq(&table, Correction::None).unwrap();
        let found = answers.pearson().unwrap();
        assert!((found.statistic - expected.statistic.unwrap()).abs() < 1e-12);
        assert!((bonferroni(&answers).unwrap().p - expected.p).abs() < 1e-12);
    }

    #[test]
    fn an_option_that_everybody_ticked_is_left_out_and_said() {
        let answers = MultipleResponse::new(2, &[(vec![0, 1], vec![5, 2]), (vec![1], vec![3, 6])]).unwrap();
        let found = answers.pearson().unwrap();
        assert_eq!((found.varying(), found.options[1].clone()), (1, Err(NotComputed::NoVariation)));
        let cautions = rao_scott(&answers).unwrap().cautions;
        assert!(cautions.iter().any(|caution| matches!(caution, Caution::Dropped { count: 1, .. })));
        let flat = MultipleResponse::new(1, &[(vec![0], vec![5, 2])]).unwrap();
        assert_eq!(flat.pearson(), Err(NotComputed::NoVariation));
        assert_eq!(rao_scott(&flat), Err(NotComputed::NoVariation));
    }

    #[test]
    fn impossible_answers_are_refused() {
        assert!(MultipleResponse::new(0, &[]).is_err());
        assert!(MultipleResponse::new(1, &[(vec![1], vec![1, 1])]).is_err());
        assert!(MultipleResponse::new(1, &[(vec![0], vec![1, 0])]).is_err());
    }
}
