//! What an interval is about, by how the people were drawn.

use crate::codebook::Missing;
use crate::findings::{Asked, Caution, Value};
use crate::normalise::Cohort;
use crate::stats::descriptive::interval::{MEAN_T_FPC, MeanInterval, mean_t, mean_t_finite};
use crate::stats::proportion::Proportion;
use crate::stats::proportion::finite_frame::exact_hypergeometric;
use crate::stats::sample::Sample;
use crate::stats::{Computed, Interval};
use crate::study::Sample as Drawn;

use super::LEVEL;
use super::about::About;

impl About<'_> {
    /// An interval and what it is about: a share or a mean of a random sample of a known frame is about that frame.
    pub(super) fn by_design(
        &self,
        value: &Value,
        interval: Option<Interval>,
    ) -> (Option<Interval>, Vec<Caution>) {
        let Some(interval) = interval else { return (None, Vec::new()) };
        let base = match value {
            Value::Share { of, .. } => *of,
            _ => self.answered(),
        };
        let Some(frame) = self.frame(base) else {
            return (Some(interval), vec![what_it_describes([self.cohort])]);
        };
        let (interval, of_frame) = match value {
            Value::Share { count, of } => {
                let exact = Proportion::new(*count, *of)
                    .and_then(|share| exact_hypergeometric(share, frame, interval.level));
                match exact {
                    Ok(exact) => (exact.interval, Caution::RandomSample { frame }),
                    Err(_) => return (None, Vec::new()),
                }
            }
            _ if interval.method == MEAN_T_FPC => (interval, Caution::RandomSample { frame }),
            _ => (interval, Caution::NoFiniteCorrection { frame }),
        };
        // All who were drawn are the base of a rate, whether they answered or not.
        let cautions = self.asked.as_ref().map(|_| Caution::TakenAsAnswered).into_iter();
        (Some(interval), cautions.chain([of_frame]).collect())
    }

    /// The mean of a sample with its t interval, which is narrower the more of a frame the sample holds.
    pub(super) fn mean(&self, sample: &Sample) -> Computed<MeanInterval> {
        match self.frame(sample.n()) {
            Some(frame) => mean_t_finite(sample, frame, LEVEL),
            None => mean_t(sample, LEVEL),
        }
    }

    /// The people of the frame of which a base is a random sample; none where it is not, or where they are not known.
    fn frame(&self, base: u64) -> Option<u64> {
        match self.cohort.fielding.sample {
            Some(Drawn::Random { frame }) => frame.filter(|_| self.is_whole_sample(base)),
            _ => None,
        }
    }

    /// Whether a base is the sample, but for those who did not answer: not a part of it whose share of the frame is unknown.
    fn is_whole_sample(&self, base: u64) -> bool {
        let elsewhere = |asked: &Asked| {
            [Missing::NotAsked, Missing::NotApplicable]
                .iter()
                .any(|reason| asked.missing.contains_key(reason))
        };
        self.cohort.part_of.is_none()
            && match &self.asked {
                Some(asked) => base == asked.answered && !elsewhere(asked),
                None => Some(base) == self.cohort.people.n_invited(),
            }
    }
}

/// What an interval describes, by how the people of all these groups were drawn: it says no more of them together than
/// of the group of which least is known.
pub(super) fn what_it_describes<'a>(cohorts: impl IntoIterator<Item = &'a Cohort>) -> Caution {
    let (mut opt_in, mut unknown, mut random) = (false, false, false);
    for cohort in cohorts {
        match cohort.fielding.sample {
            Some(Drawn::OptIn) => opt_in = true,
            None => unknown = true,
            Some(Drawn::Random { .. }) => random = true,
            Some(Drawn::Census) => {}
        }
    }
    match (opt_in, unknown, random) {
        (true, _, _) => Caution::OptIn,
        (_, true, _) => Caution::TakenAsRandom,
        (_, _, true) => Caution::PartOfFrame,
        _ => Caution::NoSampling,
    }
}
