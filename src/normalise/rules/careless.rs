//! Rules by indices of careless answers over batteries.

use crate::diag::{Diag, codes};
use crate::normalise::cohort::CohortQuestion;
use crate::numbers::half_up;
use crate::responses::Answer;
use crate::stats::careless::{Moments, even_odd, halves, irv, longstring};
use crate::study::Exclusion;

use super::{Judged, NotApplied, Subject};

/// A battery with its items in the order of the export, which is that of the questionnaire.
struct Battery<'a> {
    question: &'a CohortQuestion,
    items: Vec<usize>,
}

impl Battery<'_> {
    /// The answers of a row, from the first item to the last.
    fn answers(&self, row: usize) -> impl Iterator<Item = Option<u16>> {
        self.items.iter().map(move |item| self.question.answer(*item, row).and_then(Answer::given))
    }

    /// The scores of a row as they were given.
    fn scores(&self, row: usize) -> impl Iterator<Item = Option<i32>> {
        self.answers(row).map(|answer| self.question.scores.get(usize::from(answer?)).copied())
    }

    /// The scores of a row with those items turned around that are worded against the others.
    fn keyed(&self, row: usize) -> impl Iterator<Item = Option<i32>> {
        self.items.iter().map(move |item| self.question.keyed(*item, row).ok())
    }
}

impl Subject<'_> {
    /// The batteries that a rule names.
    fn batteries(&self, of: &[String]) -> Vec<Battery<'_>> {
        let named = of.iter().filter_map(|id| {
            let at = self.questions.iter().position(|question| question.id == *id)?;
            let (question, columns) = (self.questions.get(at)?, self.columns.get(at)?);
            let mut items: Vec<usize> = (0..question.items.len()).collect();
            items.sort_by_key(|item| columns.get(*item));
            Some(Battery { question, items })
        });
        named.collect()
    }

    /// Says that the order of the items is not that in which everybody saw them.
    pub(super) fn note_random_order(&self, exclusion: &Exclusion, of: &[String], notes: &mut Vec<Diag>) {
        for (question, columns) in self.questions.iter().zip(self.columns) {
            if of.contains(&question.id) && columns.iter().any(|at| self.export.shuffled.contains_key(at)) {
                let message = format!(
                    "the items of {} came in random order: the rule \"{}\" takes them in the order of the export",
                    question.id, exclusion.id
                );
                notes.push(Diag::note(codes::ASSUMED, self.study.place(&exclusion.span), message));
            }
        }
    }

    /// The same answer many times in a row, within a battery.
    pub(super) fn longstring(&self, of: &[String], at_least: u64, left: &[usize]) -> Judged {
        let batteries = self.batteries(of);
        Judged::each(left, "they answered none of the items", |row| {
            let longest = batteries.iter().map(|battery| longstring(battery.answers(row))).max();
            let longest = longest.filter(|longest| *longest > 0)?;
            Some((longest >= at_least).then(|| format!("one answer {longest} times in a row")))
        })
    }

    /// Answers that hardly vary.
    pub(super) fn irv(&self, of: &[String], below: f64, left: &[usize]) -> Judged {
        let batteries = self.batteries(of);
        Judged::each(left, "they answered fewer than two of the items", |row| {
            let spread = irv(batteries.iter().flat_map(|battery| battery.scores(row)).flatten()).ok()?;
            Some((spread < below).then(|| format!("standard deviation {}, below {below}", two(spread))))
        })
    }

    /// Scales whose halves do not agree.
    pub(super) fn even_odd(&self, of: &[String], below: f64, left: &[usize]) -> Judged {
        let batteries = self.batteries(of);
        let mut pairs = Vec::with_capacity(batteries.len());
        Judged::each(left, "fewer than three scales have both halves, or a half never varies", |row| {
            pairs.clear();
            pairs.extend(batteries.iter().filter_map(|battery| halves(battery.keyed(row))));
            let consistency = even_odd(&pairs).ok()?;
            Some(
                (consistency < below)
                    .then(|| format!("even-odd consistency {}, below {below}", two(consistency))),
            )
        })
    }

    /// Answers far from everybody's, of those who answered every item.
    pub(super) fn mahalanobis(
        &self,
        of: &[String],
        alpha: f64,
        left: &[usize],
    ) -> Result<Judged, NotApplied> {
        let batteries = self.batteries(of);
        let items = batteries.iter().map(|battery| battery.items.len()).sum();
        let mut scores: Vec<i32> = Vec::with_capacity(items);
        let complete = |row: usize, scores: &mut Vec<i32>| {
            scores.clear();
            scores.extend(batteries.iter().flat_map(|battery| battery.scores(row)).map_while(|score| score));
            scores.len() == items
        };
        let mut moments = Moments::new(items);
        for row in left {
            if complete(*row, &mut scores) {
                moments.add(&scores);
            }
        }
        let centre = moments.centre()?;
        let limit = centre.limit(alpha);
        let mut room = Vec::with_capacity(items);
        Ok(Judged::each(left, "they did not answer every item", |row| {
            if !complete(row, &mut scores) {
                return None;
            }
            let distance = centre.distance(&scores, &mut room);
            Some(
                (distance > limit)
                    .then(|| format!("squared distance {}, above {}", two(distance), two(limit))),
            )
        }))
    }
}

fn two(number: f64) -> String {
    half_up(number, 2).unwrap_or_default()
}
