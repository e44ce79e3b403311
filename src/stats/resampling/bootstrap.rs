//! The bootstrap of any statistic: seeded resamples, the jackknife and the interval of a plan.

use std::sync::atomic::{AtomicBool, Ordering};

use super::interval::{BootstrapInterval, Interpolation, Jackknife, basic, bca, percentile};
use super::multinomial::resample_counts;
use crate::stats::random::Pcg64;
use crate::stats::{Caution, Computed, ConfidenceLevel, NotComputed};

/// The most draws of single observations (or of levels) that a bootstrap or its jackknife makes.
pub const MAX_DRAWS: u64 = 4_000_000_000;

/// The most resamples of one bootstrap.
pub const MAX_REPLICATES: u64 = 10_000_000;

/// The largest share of resamples without a value, in percent, for which an interval is still given.
pub const MAX_UNDEFINED_PERCENT: u64 = 10;

/// Which interval is made from the replicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Form {
    /// Bias-corrected and accelerated; where that is undefined, percentile, with a caution that says so.
    #[default]
    Bca,
    /// Percentile.
    Percentile,
    /// Basic.
    Basic,
}

/// How a bootstrap is done; two equal plans give equal numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The interval's form.
    pub form: Form,
    /// How quantiles of the replicates are found.
    pub interpolation: Interpolation,
    /// Number of resamples, B.
    pub replicates: u64,
    /// The seed of the generator.
    pub seed: u64,
    /// The generator's stream, one for each procedure of an analysis.
    pub stream: u64,
    /// The confidence level.
    pub level: ConfidenceLevel,
}

/// A bootstrap with its interval and its plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// The interval; its method names the form that was possible.
    pub result: BootstrapInterval,
    /// Number of resamples in which the statistic had no value; they are left out.
    pub undefined: u64,
    /// The plan.
    pub plan: Plan,
}

impl Plan {
    /// The default plan: 9999 resamples, BCa, normal-score interpolation, 95 %.
    pub fn new(seed: u64) -> Self {
        Self {
            form: Form::Bca,
            interpolation: Interpolation::NormalScore,
            replicates: 9999,
            seed,
            stream: 0,
            level: ConfidenceLevel::P95,
        }
    }
}

/// Bootstraps a statistic of `n` observations, which it is given as indices below `n`.
///
/// Every core takes part of the resamples; their number changes no result. The statistic must depend on its indices
/// alone.
///
/// # Errors
/// The statistic's own, for the observations as they are; [`NotComputed::TooFew`] below 2 observations or 2
/// resamples; `TooLarge` beyond [`MAX_DRAWS`]; `Undefined` where more than [`MAX_UNDEFINED_PERCENT`] of the resamples
/// have no value.
///
/// # Examples
///
/// ```
/// use canvass::stats::resampling::{Plan, bootstrap};
///
/// let data: Vec<f64> = (1..=40).map(f64::from).collect();
/// let mean = |chosen: &[usize]| {
///     Ok(chosen.iter().map(|&person| data[person]).sum::<f64>() / chosen.len() as f64)
/// };
/// let found = bootstrap(data.len(), Plan::new(20), mean)?.result;
/// assert_eq!((found.estimate, found.interval.method.id), (20.5, "bootstrap_ci.bca"));
/// // By hand: the standard error of a resampled mean is sqrt((40^2 - 1) / 12 / 40) = 1.825.
/// assert!((found.standard_error - 1.825).abs() < 0.05);
/// // The same plan gives the same bits, on every machine.
/// assert_eq!(found, bootstrap(data.len(), Plan::new(20), mean)?.result);
/// # Ok::<(), canvass::stats::NotComputed>(())
/// ```
pub fn bootstrap(
    n: usize,
    plan: Plan,
    statistic: impl Fn(&[usize]) -> Computed<f64> + Sync,
) -> Computed<Bootstrap> {
    let all: Vec<usize> = (0..n).collect();
    let estimate = statistic(&all)?;
    let (values, undefined) = replicate(n, plan, &statistic)?;
    conclude(estimate, &values, undefined, plan, || jackknife(n, &statistic))
}

/// Bootstraps a statistic of counts by level, such as the answers on a scale.
///
/// The cost does not depend on how many observations the counts hold, except for the square root of it in drawing.
///
/// # Errors
/// Those of [`bootstrap`].
pub fn bootstrap_counts(
    counts: &[u64],
    plan: Plan,
    mut statistic: impl FnMut(&[u64]) -> Computed<f64>,
) -> Computed<Bootstrap> {
    let total = counts.iter().try_fold(0_u64, |sum, &count| sum.checked_add(count));
    let total = total.filter(|&total| total < 1 << 53).ok_or(TOO_MANY_DRAWS)?;
    if total < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: total });
    }
    check_work(plan, counts.len())?;
    let estimate = statistic(counts)?;
    let mut generator = Pcg64::stream(plan.seed, plan.stream);
    let mut drawn = Vec::with_capacity(counts.len());
    let (values, undefined) = collect(plan.replicates, || {
        resample_counts(counts, &mut generator, &mut drawn);
        statistic(&drawn)
    });
    conclude(estimate, &values, undefined, plan, || {
        let mut reduced = counts.to_vec();
        let mut left_out = Vec::new();
        for (level, &count) in counts.iter().enumerate().filter(|&(_, &count)| count > 0) {
            if let Some(cell) = reduced.get_mut(level) {
                *cell -= 1;
            }
            left_out.push((statistic(&reduced)?, count));
            if let Some(cell) = reduced.get_mut(level) {
                *cell += 1;
            }
        }
        Ok(Jackknife { values: left_out })
    })
}

/// The replicates of a plan that have a value, and how many have none.
///
/// # Errors
/// Those of [`bootstrap`], but for the statistic's own.
pub fn replicate(
    n: usize,
    plan: Plan,
    statistic: impl Fn(&[usize]) -> Computed<f64> + Sync,
) -> Computed<(Vec<f64>, u64)> {
    if n < 2 {
        return Err(NotComputed::TooFew { needed: 2, found: n as u64 });
    }
    check_work(plan, n)?;
    let start = Pcg64::stream(plan.seed, plan.stream);
    // Each part starts where the one before it ends, if every index takes one draw.
    let expected = |from: u64, resamples: usize| start.advanced((from + resamples as u64) * n as u64);
    let mut results: Vec<Option<f64>> = vec![None; usize::try_from(plan.replicates).unwrap_or(0)];
    let as_expected = in_parts(&mut results, n, |from, part| {
        let mut generator = start.advanced(from as u64 * n as u64);
        fill(n, &mut generator, part, &statistic);
        generator == expected(from as u64, part.len())
    });
    if !as_expected {
        // An index was drawn twice to be even, once in 2^64 / n draws; then the draws follow one by one.
        fill(n, &mut start.clone(), &mut results, &statistic);
    }
    let values: Vec<f64> = results.iter().flatten().copied().collect();
    let undefined = (results.len() - values.len()) as u64;
    Ok((values, undefined))
}

/// One resample of `n` observations after the other.
fn fill(
    n: usize,
    generator: &mut Pcg64,
    results: &mut [Option<f64>],
    statistic: &impl Fn(&[usize]) -> Computed<f64>,
) {
    let mut indices = vec![0; n];
    for result in results {
        for index in &mut indices {
            *index = generator.index(n);
        }
        *result = statistic(&indices).ok();
    }
}

/// The statistic with each observation left out in turn.
///
/// # Errors
/// The statistic's own; `TooLarge` beyond [`MAX_DRAWS`].
pub fn jackknife(n: usize, statistic: impl Fn(&[usize]) -> Computed<f64> + Sync) -> Computed<Jackknife> {
    let length = n as u64;
    if length.saturating_mul(length) > MAX_DRAWS {
        return Err(TOO_MANY_DRAWS);
    }
    let mut results = vec![Err(NotComputed::EmptyBase); n];
    in_parts(&mut results, n, |from, part| {
        let mut kept: Vec<usize> = (0..n).filter(|&index| index != from).collect();
        for (left_out, result) in (from..).zip(part) {
            *result = statistic(&kept);
            if let Some(slot) = kept.get_mut(left_out) {
                *slot = left_out;
            }
        }
        true
    });
    let values = results.into_iter().map(|result| result.map(|value| (value, 1))).collect::<Computed<_>>()?;
    Ok(Jackknife { values })
}

/// Below this number of single observations over all results a thread costs more than it saves.
const WORTH_A_THREAD: usize = 100_000;

/// Lets every core fill one part of the results; the work is told where its part starts. Whether all parts say yes.
///
/// A result may depend on its place alone, so the number of cores changes none.
fn in_parts<T: Send>(
    results: &mut [T],
    observations_each: usize,
    work: impl Fn(usize, &mut [T]) -> bool + Sync,
) -> bool {
    let worth = results.len().saturating_mul(observations_each) / WORTH_A_THREAD;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(worth).max(1);
    let part = results.len().div_ceil(cores).max(1);
    if part >= results.len() {
        return work(0, results);
    }
    let agreed = AtomicBool::new(true);
    std::thread::scope(|scope| {
        for (number, part_of_results) in results.chunks_mut(part).enumerate() {
            let (work, agreed) = (&work, &agreed);
            scope.spawn(move || {
                if !work(number * part, part_of_results) {
                    agreed.store(false, Ordering::Relaxed);
                }
            });
        }
    });
    agreed.into_inner()
}

const TOO_MANY_DRAWS: NotComputed =
    NotComputed::TooLarge { limit: "1e7 resamples and 4e9 draws of single observations" };

fn check_work(plan: Plan, draws_per_resample: usize) -> Computed<()> {
    let draws = plan.replicates.saturating_mul(draws_per_resample as u64);
    if plan.replicates > MAX_REPLICATES || draws > MAX_DRAWS { Err(TOO_MANY_DRAWS) } else { Ok(()) }
}

fn collect(replicates: u64, mut one: impl FnMut() -> Computed<f64>) -> (Vec<f64>, u64) {
    let mut undefined = 0;
    let mut values = Vec::new();
    for _ in 0..replicates {
        match one() {
            Ok(value) => values.push(value),
            Err(_) => undefined += 1,
        }
    }
    (values, undefined)
}

/// Makes the interval of the plan, or the percentile interval where BCa is undefined.
fn conclude(
    estimate: f64,
    values: &[f64],
    undefined: u64,
    plan: Plan,
    jackknife: impl FnOnce() -> Computed<Jackknife>,
) -> Computed<Bootstrap> {
    if undefined.saturating_mul(100) > plan.replicates.saturating_mul(MAX_UNDEFINED_PERCENT) {
        return Err(NotComputed::Undefined("more than a tenth of the resamples have no value"));
    }
    let by_percentile = || percentile(values, estimate, plan.interpolation, plan.level);
    let mut result = match plan.form {
        Form::Percentile => by_percentile()?,
        Form::Basic => basic(values, estimate, plan.interpolation, plan.level)?,
        Form::Bca => {
            let accelerated = jackknife()
                .and_then(|jackknife| bca(values, estimate, &jackknife, plan.interpolation, plan.level));
            match accelerated {
                Ok(bca) => bca.result,
                Err(limit @ NotComputed::TooLarge { .. }) => return Err(limit),
                Err(_) => {
                    let mut fallback = by_percentile()?;
                    fallback.cautions.push(Caution::Note(
                        "the BCa interval is undefined here: the percentile interval stands instead",
                    ));
                    fallback
                }
            }
        }
    };
    if undefined > 0 {
        result.cautions.push(Caution::Dropped { count: undefined, what: "resamples without a value" });
    }
    Ok(Bootstrap { result, undefined, plan })
}

#[cfg(test)]
mod tests {
    use super::{Bootstrap, Form, Plan, bootstrap, bootstrap_counts, fill, jackknife, replicate};
    use crate::stats::random::Pcg64;
    use crate::stats::resampling::Interpolation;
    use crate::stats::{Caution, Computed, NotComputed};

    fn mean_of(data: &[f64]) -> impl Fn(&[usize]) -> Computed<f64> + '_ {
        |indices| Ok(indices.iter().map(|&index| data[index]).sum::<f64>() / indices.len() as f64)
    }

    fn plan(form: Form) -> Plan {
        Plan { form, replicates: 999, ..Plan::new(20) }
    }

    #[test]
    fn the_standard_error_of_a_mean_is_the_known_one() {
        let data: Vec<f64> = (1..=40).map(f64::from).collect();
        let Bootstrap { result, undefined, .. } = bootstrap(40, plan(Form::Bca), mean_of(&data)).unwrap();
        // Population SD of 1..40 is sqrt((1600 - 1) / 12) = 11.543; over sqrt(40): 1.825.
        assert!((result.standard_error - 1.825).abs() < 0.15);
        assert!(result.interval.low < 20.5 && 20.5 < result.interval.high);
        assert_eq!((undefined, result.interval.method.id), (0, "bootstrap_ci.bca"));
        assert_eq!(Ok(result), bootstrap(40, plan(Form::Bca), mean_of(&data)).map(|again| again.result));
    }

    #[test]
    fn counts_and_observations_tell_the_same() {
        let mean = |counts: &[u64]| -> Computed<f64> {
            let total: u64 = counts.iter().sum();
            Ok((1..).zip(counts).map(|(value, &count)| f64::from(value) * count as f64).sum::<f64>()
                / total as f64)
        };
        let counts = bootstrap_counts(&[200_000, 300_000, 500_000], plan(Form::Bca), mean).unwrap().result;
        // SD of one answer is sqrt(0.61), over sqrt(1e6): 0.00078.
        assert!((counts.standard_error - 0.000_781).abs() < 0.000_08);
        assert!((counts.estimate - 2.3).abs() < 1e-12);
    }

    #[test]
    fn a_constant_statistic_falls_back_to_percentile_and_says_so() {
        let result = bootstrap(5, plan(Form::Bca), |_| Ok(2.0)).unwrap().result;
        assert_eq!(result.interval.method.id, "bootstrap_ci.percentile");
        assert!(result.cautions.contains(&Caution::NoVariation));
        assert!(result.cautions.iter().any(|caution| matches!(caution, Caution::Note(_))));
    }

    #[test]
    fn resamples_without_a_value_are_counted_or_refused() {
        let sometimes = |share: usize| {
            move |chosen: &[usize]| {
                let sum: usize = chosen.iter().sum();
                if sum % share == share - 1 { Err(NotComputed::NoVariation) } else { Ok(sum as f64) }
            }
        };
        let form = Plan { interpolation: Interpolation::Type7, ..plan(Form::Percentile) };
        // The sum of 5 of 0..5 is 10 on average, with a standard deviation of 3.2.
        let rare = bootstrap(5, form, sometimes(16)).unwrap().undefined;
        assert!(rare > 0 && rare < 100, "{rare}");
        assert!(matches!(bootstrap(5, form, sometimes(3)), Err(NotComputed::Undefined(_))));
    }

    /// Enough work for several threads gives what one thread draws from the one stream.
    #[test]
    fn threads_change_nothing() {
        let n = 500;
        let statistic = |chosen: &[usize]| -> Computed<f64> {
            let sum = chosen.iter().enumerate().map(|(place, &index)| (place * index) as f64).sum();
            if chosen.first() == Some(&3) { Err(NotComputed::NoVariation) } else { Ok(sum) }
        };
        let plan = plan(Form::Percentile);
        let mut generator = Pcg64::stream(plan.seed, plan.stream);
        let mut alone = vec![None; 999];
        fill(n, &mut generator, &mut alone, &statistic);
        let (values, undefined) = replicate(n, plan, statistic).unwrap();
        assert_eq!(values, alone.iter().flatten().copied().collect::<Vec<_>>());
        assert_eq!(undefined, alone.iter().filter(|value| value.is_none()).count() as u64);
        let sums = jackknife(n, |kept| Ok(kept.iter().sum::<usize>() as f64)).unwrap().values;
        let all = (n * (n - 1) / 2) as f64;
        assert!(
            sums.iter()
                .enumerate()
                .all(|(i, &(sum, count))| sum.to_bits() == (all - i as f64).to_bits() && count == 1)
        );
    }

    #[test]
    fn limits_are_kept() {
        assert!(matches!(bootstrap(1, plan(Form::Bca), |_| Ok(1.0)), Err(NotComputed::TooFew { .. })));
        let huge = Plan { replicates: u64::MAX, ..plan(Form::Bca) };
        assert!(matches!(bootstrap(3, huge, |_| Ok(1.0)), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(bootstrap_counts(&[3, 3], huge, |_| Ok(1.0)), Err(NotComputed::TooLarge { .. })));
        assert!(matches!(
            bootstrap_counts(&[u64::MAX, 3], plan(Form::Bca), |_| Ok(1.0)),
            Err(NotComputed::TooLarge { .. })
        ));
    }

    #[test]
    fn the_jackknife_leaves_each_observation_out_once() {
        let sums = jackknife(3, |kept| Ok(kept.iter().sum::<usize>() as f64)).unwrap();
        assert_eq!(sums.values, [(3.0, 1), (2.0, 1), (1.0, 1)]);
    }
}
