//! Rankings: how often each item has each rank, its mean rank, and the order of preference by several methods.

mod agreement;
mod field;
mod model;
mod pairs;
mod places;

use crate::codebook::{Missing, Partial};
use crate::findings::{Caution, Findings, Reason, Statistic, Tier, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::{Caution as Known, Computed, Method};
use crate::study::{Preference, Preferred};

use super::about::{About, Found};
use super::choices::{Direction, tiers};

pub(super) use field::Field;
pub(super) use places::BY_MEAN_RANK;

/// A test whose smallest attainable p-value is above this cannot find anything at the usual level.
const NOT_REACHED: f64 = 0.05;

/// What every file here needs: whom it is about, the rankings counted, and where findings go.
struct Asked<'a> {
    about: &'a About<'a>,
    question: &'a CohortQuestion,
    field: &'a Field,
}

/// Writes what the study file asks of a ranking.
///
/// One base for all: everybody whose ranking can be used, unless only complete rankings are to count. Where rankings say
/// nothing of what they leave out, a mean and a pair are over different people, so that each has a base of its own.
pub(super) fn ranking(
    about: &About<'_>,
    question: &CohortQuestion,
    terms: &Preference,
    findings: &mut Findings,
) {
    let Answers::Ranks(rankings) = &question.answers else { return };
    about.account(findings);
    let field = Field::of(question, rankings, &about.cohort.rows, terms.partial);
    let about = &match terms.partial {
        Partial::CompleteOnly => about.those(field.base, Missing::NotRanked),
        Partial::TiedLast | Partial::OnlyRanked => about.clone(),
    };
    let asked = Asked { about, question, field: &field };
    let distinct = Found::plain(Statistic::DistinctRankings, Value::Count(field.distinct()));
    asked.find(findings, &["distinct-rankings"], distinct);
    if let Some(top) = terms.top {
        places::top(&asked, top, findings);
    }
    for method in &terms.methods {
        match method {
            Preferred::Ranks => places::ranks(&asked, findings),
            Preferred::MeanRank => places::mean_ranks(&asked, findings),
            Preferred::Borda => pairs::borda(&asked, findings),
            Preferred::Condorcet => pairs::condorcet(&asked, findings),
            Preferred::KendallW => agreement::kendall_w(&asked, findings),
            Preferred::Conover => agreement::conover(&asked, findings),
            Preferred::PlackettLuce => model::plackett_luce(&asked, terms.pseudo, findings),
            Preferred::Kemeny => pairs::kemeny(&asked, findings),
        }
    }
}

impl Asked<'_> {
    /// Writes a finding about these rankings with what must be known of them.
    fn find(&self, findings: &mut Findings, tail: &[&str], found: Found) {
        let mut found = found;
        found.cautions.extend(self.field.cautions());
        // Rankings and pairs of items are no people.
        if !matches!(found.statistic, Statistic::DistinctRankings | Statistic::KemenyDistance) {
            found.counts = found.counts.or_else(|| Some(self.field.who(self.question)));
        }
        self.about.find(findings, tail, found);
    }

    /// The same of those rankings alone that say something of an item, or of two.
    fn among(&self, findings: &mut Findings, count: u64, tail: &[&str], found: Found) {
        let about = &self.about.those(count, Missing::NotRanked);
        Asked { about, question: self.question, field: self.field }.find(findings, tail, found);
    }

    /// Writes an order of the items by their scores.
    fn order(
        &self,
        findings: &mut Findings,
        tail: &str,
        method: Method,
        direction: Direction,
        scores: &Computed<Vec<Computed<f64>>>,
    ) {
        let value = match scores {
            Err(reason) => Value::number(Err(reason.clone())),
            Ok(scores) => {
                let scored = self.question.items.iter().zip(scores);
                let known =
                    scored.filter_map(|(item, score)| Some((item.label.as_str(), *score.as_ref().ok()?)));
                in_order(tiers(known, direction))
            }
        };
        let found = Found { method: Some(method), ..Found::plain(Statistic::Order, value) };
        self.find(findings, &[tail], found);
    }
}

/// What a method says of its numbers.
fn method_cautions(cautions: &[Known]) -> Vec<Caution> {
    cautions.iter().map(|caution| Caution::Method(caution.to_string())).collect()
}

fn in_order(tiers: Vec<Tier>) -> Value {
    if tiers.is_empty() { Value::NotComputed(Reason::EmptyBase) } else { Value::Order(tiers) }
}
