//! The reliability of a score: coefficients of the whole and what each item does to it.

use std::collections::BTreeMap;

use crate::codebook::Missing;
use crate::findings::{Asked, Caution, Findings, Selector, Statistic, Value};
use crate::normalise::{Cohort, CohortQuestion, Scored};
use crate::responses::Answer;
use crate::stats::reliability::{
    ALPHA, CronbachAlpha, ITEM_ANALYSIS, ItemAnalysis, ItemStatistics, Items, MissingItems, OMEGA, TWO_ITEMS,
    cronbach_alpha, item_analysis, mcdonald_omega, two_items,
};
use crate::stats::sample::Sample;
use crate::stats::{Computed, Method, NotComputed};
use crate::study::{Combined, Incomplete, Reliability};

use super::LEVEL;
use super::about::{About, Found, asked};

/// Of two items alpha is a lower bound that the Spearman-Brown coefficient does better.
const ONE_LEFT: NotComputed = NotComputed::Undefined("needs 2 items, and 1 would be left");
const TWO: NotComputed = NotComputed::Undefined("two items have a Spearman-Brown coefficient in its place");
const OF_COMPLETE: NotComputed = NotComputed::Undefined("it is of the persons who answered every item");

/// Writes the reliability of a score and the statistics of its items; nothing of a number that is no score.
pub(super) fn reliability(
    about: &About<'_>,
    score: &CohortQuestion,
    terms: &Reliability,
    findings: &mut Findings,
) {
    let Some(scored) = &score.scored else { return };
    let Some(source) = about.cohort.question(&scored.of) else { return };
    let battery = Battery { cohort: about.cohort, score, scored, source, terms };
    let about = about.among(battery.asked(terms.missing));
    battery.complete_cases(&about, findings);
    let answers = battery.answers();
    battery.coefficients(&about, &answers, findings);
    battery.each(&about, &answers, findings);
}

/// The answers to the items of a score, or why nothing is computed of them.
struct Answered {
    items: Computed<Items>,
    /// Why nothing but means is computed of them: too few persons.
    few: Option<NotComputed>,
    /// What happens to the gaps that are left.
    missing: MissingItems,
    /// Gaps that were filled.
    filled: u64,
}

/// The items of a score in one group.
struct Battery<'a> {
    cohort: &'a Cohort,
    score: &'a CohortQuestion,
    scored: &'a Scored,
    source: &'a CohortQuestion,
    terms: &'a Reliability,
}

impl Answered {
    /// How answers that were not given count, where not in the usual way.
    fn rule(&self) -> Option<Caution> {
        let pairs =
            "of every pair of items by those who answered both (pairwise deletion), so without an interval";
        match self.missing {
            MissingItems::Pairwise => Some(Caution::Method(pairs.to_owned())),
            MissingItems::Listwise => self.filled_words(),
        }
    }

    fn filled_words(&self) -> Option<Caution> {
        let words = match self.filled {
            0 => return None,
            1 => "1 answer that was not given counts as the median of its item".to_owned(),
            filled => format!("{filled} answers that were not given count as the median of their item"),
        };
        Some(Caution::Method(words))
    }

    /// The answers, if there are enough persons to say how the items hold together.
    fn enough(&self) -> Computed<&Items> {
        match &self.few {
            Some(few) => Err(few.clone()),
            None => self.items.as_ref().map_err(Clone::clone),
        }
    }
}

impl Battery<'_> {
    /// Whether a row counts: one with every answer; pair by pair, one with any.
    fn counts(&self, row: usize, missing: Incomplete) -> bool {
        let mut answered = self.scored.items.iter().map(|item| self.source.keyed(*item, row).is_ok());
        match missing {
            Incomplete::LeftOut => answered.all(|answered| answered),
            Incomplete::Pairwise => answered.any(|answered| answered),
            Incomplete::ItemMedian => true,
        }
    }

    /// Who is in the coefficients. Who answered some items and is not has answered too few.
    fn asked(&self, rule: Incomplete) -> Asked {
        let mut answered = 0;
        let mut missing: BTreeMap<Missing, u64> = BTreeMap::new();
        for row in &self.cohort.rows {
            match self.score.answer(0, *row) {
                _ if self.counts(*row, rule) => answered += 1,
                Some(Answer::Missing(reason)) => *missing.entry(reason).or_default() += 1,
                Some(Answer::Given(_)) | None => *missing.entry(Missing::TooFewItems).or_default() += 1,
            }
        }
        // Each row went to exactly one side.
        Asked::new(self.cohort.rows.len() as u64, answered, missing).unwrap_or_default()
    }

    fn answers(&self) -> Answered {
        let found = self.asked(self.terms.missing).answered;
        let needed = self.terms.least;
        let few = (found > 0 && found < needed).then_some(NotComputed::TooFew { needed, found });
        let answered = Answered { items: self.items(), few, missing: MissingItems::Listwise, filled: 0 };
        match self.terms.missing {
            Incomplete::LeftOut => answered,
            Incomplete::Pairwise => Answered { missing: MissingItems::Pairwise, ..answered },
            Incomplete::ItemMedian => {
                let filled = answered.items.and_then(|items| items.with_medians());
                let gaps = filled.as_ref().map_or(0, |(_, gaps)| *gaps);
                Answered { items: filled.map(|(items, _)| items), filled: gaps, ..answered }
            }
        }
    }

    /// The answers to the items, each turned around that is worded against the others.
    fn items(&self) -> Computed<Items> {
        let column = |item: &usize| -> Vec<Option<f64>> {
            let keyed = |row: &usize| self.source.keyed(*item, *row).ok().map(f64::from);
            self.cohort.rows.iter().map(keyed).collect()
        };
        Items::from_columns(&self.scored.items.iter().map(column).collect::<Vec<_>>())
    }

    fn selector(&self) -> Selector {
        Selector::AnsweredAll { question: self.source.id.clone(), items: self.scored.items.clone() }
    }

    fn complete_cases(&self, about: &About<'_>, findings: &mut Findings) {
        let every =
            |row: &&usize| self.scored.items.iter().all(|item| self.source.keyed(*item, **row).is_ok());
        let count = self.cohort.rows.iter().filter(every).count() as u64;
        let found = Found::plain(Statistic::CompleteCases, Value::Count(count)).counting(self.selector());
        about.find(findings, &[Statistic::CompleteCases.id()], found);
    }

    fn coefficients(&self, about: &About<'_>, answered: &Answered, findings: &mut Findings) {
        let items = answered.enough();
        let alpha = items.clone().and_then(|items| cronbach_alpha(items, answered.missing, LEVEL));
        let is_pair = self.scored.items.len() == 2;
        let estimate = |alpha: &CronbachAlpha| if is_pair { Err(TWO) } else { Ok(alpha.estimate) };
        let found =
            self.found(Statistic::Alpha, ALPHA, alpha.as_ref().map_err(Clone::clone).and_then(estimate));
        let interval = alpha.as_ref().ok().and_then(|alpha| alpha.interval.clone().ok());
        let interval = interval.filter(|_| !is_pair);
        let rule = answered.rule();
        let cautions = alpha.iter().flat_map(|alpha| &alpha.cautions).map(said).chain(rule).collect();
        about.find(findings, &[Statistic::Alpha.id()], Found { interval, cautions, ..found });
        if is_pair {
            let pair = items.clone().and_then(|items| two_items(items, LEVEL));
            let estimate = pair.as_ref().map(|pair| pair.estimate).map_err(Clone::clone);
            let interval = pair.ok().and_then(|pair| pair.interval.ok());
            let found = self.found(Statistic::SpearmanBrown, TWO_ITEMS, estimate);
            about.find(findings, &[Statistic::SpearmanBrown.id()], Found { interval, ..found });
        }
        let omega = items.clone().and_then(mcdonald_omega);
        let cautions =
            omega.iter().flat_map(|omega| &omega.cautions).map(said).chain(answered.filled_words()).collect();
        let found = self.found(Statistic::Omega, OMEGA, omega.map(|omega| omega.estimate));
        // One factor is fitted to whole rows also where the others go pair by pair.
        let whole = match self.terms.missing {
            Incomplete::Pairwise => about.among(self.asked(Incomplete::LeftOut)),
            Incomplete::LeftOut | Incomplete::ItemMedian => about.clone(),
        };
        whole.find(findings, &[Statistic::Omega.id()], Found { cautions, ..found });
        let between = alpha.clone().and_then(|alpha| alpha.mean_correlation);
        let method = if is_pair { TWO_ITEMS } else { ALPHA };
        about.find(findings, &[Statistic::InterItem.id()], self.found(Statistic::InterItem, method, between));
        let error = alpha.and_then(|alpha| if is_pair { Err(TWO) } else { self.error(&alpha) });
        let found = self.found(Statistic::MeasurementError, ALPHA, error);
        about.find(findings, &[Statistic::MeasurementError.id()], found);
    }

    /// The standard error of measurement: what is left of the spread of scores when alpha is taken for their reliability.
    fn error(&self, alpha: &CronbachAlpha) -> Computed<f64> {
        if self.terms.missing != Incomplete::LeftOut {
            return Err(OF_COMPLETE);
        }
        if alpha.estimate < 0.0 {
            return Err(NotComputed::Undefined("alpha is negative"));
        }
        let sums: Vec<f64> = self.cohort.rows.iter().filter_map(|row| self.sum(*row)).collect();
        let spread = Sample::from_values(&sums)?.variance()?.sqrt();
        let items = match self.scored.how {
            Combined::Mean => self.scored.items.len() as f64,
            Combined::Sum | Combined::SumOfImputed => 1.0,
        };
        Ok(spread / items * (1.0 - alpha.estimate).sqrt())
    }

    /// The sum of a row's items, if it answered every one.
    fn sum(&self, row: usize) -> Option<f64> {
        self.scored.items.iter().map(|item| self.source.keyed(*item, row).ok().map(f64::from)).sum()
    }

    fn each(&self, about: &About<'_>, answered: &Answered, findings: &mut Findings) {
        let is_pair = self.scored.items.len() == 2;
        let items = answered.items.as_ref().map_err(Clone::clone);
        let analysis = items.and_then(|items| item_analysis(items, answered.missing));
        for (place, position) in self.scored.items.iter().enumerate() {
            let Some(named) = self.source.items.get(*position) else { continue };
            let about = match self.terms.missing {
                Incomplete::Pairwise => about.among(asked(self.cohort, self.source, *position)).part(named),
                Incomplete::LeftOut | Incomplete::ItemMedian => about.part(named),
            };
            let of = |statistic: fn(&ItemStatistics) -> Computed<f64>| match &analysis {
                Ok(ItemAnalysis { items, .. }) => {
                    items.get(place).ok_or(NotComputed::EmptyBase).and_then(statistic)
                }
                Err(reason) => Err(reason.clone()),
            };
            let related = |statistic: fn(&ItemStatistics) -> Computed<f64>| match &answered.few {
                Some(few) => Err(few.clone()),
                None => of(statistic),
            };
            let statistics: [(Statistic, Computed<f64>); 4] = [
                (Statistic::Mean, of(|item| Ok(item.mean))),
                (Statistic::Sd, of(|item| Ok(item.standard_deviation))),
                (Statistic::ItemRest, related(|item| item.item_rest.clone())),
                (
                    Statistic::AlphaIfDropped,
                    if is_pair { Err(ONE_LEFT) } else { related(|item| item.alpha_if_dropped.clone()) },
                ),
            ];
            for (statistic, computed) in statistics {
                about.find(findings, &[statistic.id()], self.found(statistic, ITEM_ANALYSIS, computed));
            }
        }
    }

    fn found(&self, statistic: Statistic, method: Method, computed: Computed<f64>) -> Found {
        let counts = (self.terms.missing == Incomplete::LeftOut).then(|| self.selector());
        Found { method: Some(method), counts, ..Found::plain(statistic, Value::number(computed)) }
    }
}

fn said(caution: &crate::stats::Caution) -> Caution {
    Caution::Method(caution.to_string())
}
