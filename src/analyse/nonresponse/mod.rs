//! Nonresponse: those who responded against the whole roster, early against late, and how far a share could be moved by
//! those who did not respond.

mod attributes;
mod bounds;
mod timing;

use crate::findings::{Findings, Selector};
use crate::normalise::{Cohort, CohortQuestion};
use crate::responses::Answers;
use crate::study::Nonresponse;

use super::about::About;

pub(super) use timing::SPLIT;

/// Writes what is known of those who did not respond.
pub(super) fn nonresponse(asked: &Nonresponse, of: &[String], cohort: &Cohort, findings: &mut Findings) {
    let about = About::group(cohort);
    attributes::attributes(&about, findings);
    let split = timing::Split::of(cohort, asked.late);
    for question in of.iter().filter_map(|id| cohort.question(id)) {
        let about = About::question(cohort, question);
        for target in targets(&about, question) {
            bounds::bounds(&target, findings);
            timing::shares(&split, &target, findings);
        }
        timing::means(&split, &about, question, findings);
    }
}

/// A share of a question: the top box of an item, or a choice.
struct Target<'a> {
    about: About<'a>,
    question: &'a CohortQuestion,
    item: usize,
    /// What stands before the last part of an id.
    tail: Option<&'a str>,
    level: String,
    codes: Vec<u16>,
}

/// The shares of a question that are looked at: top boxes on a scale, each choice of others.
fn targets<'a>(about: &About<'a>, question: &'a CohortQuestion) -> Vec<Target<'a>> {
    let mut targets = Vec::new();
    for item in 0..question.items.len() {
        let about = about.item(question, item);
        let target = |tail, level, codes| Target { about: about.clone(), question, item, tail, level, codes };
        match &question.answers {
            Answers::Scaled { .. } if !question.top.is_empty() => {
                let ids: Vec<&str> = question
                    .levels
                    .get(question.top.clone())
                    .unwrap_or_default()
                    .iter()
                    .map(|level| level.id.as_str())
                    .collect();
                let codes = question.top.clone().filter_map(|code| u16::try_from(code).ok());
                targets.push(target(None, ids.join("+"), codes.collect()));
            }
            Answers::Choice(_) | Answers::Choices { .. } | Answers::Ticks(_) => {
                for (code, level) in (0..).zip(&question.levels) {
                    targets.push(target(Some(level.id.as_str()), level.id.clone(), vec![code]));
                }
            }
            _ => {}
        }
    }
    targets
}

impl Target<'_> {
    /// The last parts of an id.
    fn tail<'b>(&'b self, last: &'b str) -> Vec<&'b str> {
        self.tail.into_iter().chain([last]).collect()
    }

    /// Which rows it counts.
    fn selector(&self) -> Selector {
        let question = self.question.id.clone();
        match (&self.question.answers, self.codes.as_slice()) {
            (Answers::Ticks(_), [choice]) => Selector::Ticked { question, choice: usize::from(*choice) },
            _ => Selector::Coded { question, item: self.item, codes: self.codes.clone() },
        }
    }

    /// How many of some rows it counts, and how many of them answered.
    fn count(&self, rows: &[usize]) -> (u64, u64) {
        let codes = match &self.question.answers {
            Answers::Ticks(ticks) => {
                let mentions = ticks.mentions(rows);
                let of = |code: &u16| mentions.get(usize::from(*code)).copied();
                return (self.codes.iter().filter_map(of).sum(), ticks.respondents(rows));
            }
            Answers::Choice(codes) => Some(codes),
            Answers::Scaled { items } | Answers::Choices { items } => items.get(self.item),
            _ => None,
        };
        let Some(codes) = codes else { return (0, 0) };
        let given = codes.tally(rows, self.question.levels.len()).given;
        let of = |code: &u16| given.get(usize::from(*code)).copied();
        (self.codes.iter().filter_map(of).sum(), given.iter().sum())
    }
}
