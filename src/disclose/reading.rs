//! What a finding says: the counts in it, or what its value is computed from.
//!
//! Everything that is published passes this table. A statistic that is not in it could say anything, so that it is
//! never published; whoever adds a statistic adds it here once it is known what it tells.

use crate::findings::{BY_FREQUENCY, Disposition, Finding, Kind, Outline, People, Selector, Statistic};

use super::model::{Key, Scope, What};

/// The method of an order by mean ranks.
const BY_MEAN_RANK: &str = "order.mean-rank";

/// What a finding says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// These counts.
    Counts(Vec<Key>),
    /// A value computed from all counts of one item, or of all items of its question.
    Contents {
        /// The item; `None` for all.
        item: Option<usize>,
    },
    /// A summary of people's numbers.
    Numbers {
        /// The item.
        item: usize,
    },
    /// The smallest or largest of people's numbers.
    Extreme {
        /// The item.
        item: usize,
    },
    /// What follows from the account of who was invited and what became of them, of a group or of several together.
    Response,
    /// Nobody has said what it tells; its name is the study file's, so that it may be said to be withheld.
    Named,
    /// Nobody has said what it tells, nor what tells that there is such a finding.
    Unread,
}

/// Reads a finding.
pub(super) fn reading(finding: &Finding, outline: &Outline) -> Reading {
    // What compares several groups, links them or is about those who gave one answer is told by no cell of a group.
    let is_group = outline.groups.iter().any(|group| group.id == finding.group);
    let scope = Scope::Group(finding.group.clone());
    match &finding.question {
        None if is_response(finding) => Reading::Response,
        _ if !is_group || !finding.base.sides.is_empty() => Reading::Unread,
        None => people(finding, &scope),
        Some(question) => about_question(finding, question, &scope, outline),
    }
}

/// Whether a finding is computed from the dispositions of those invited and from nothing else. RR1 and RR2 are counts of
/// them where everybody invited is eligible, and so are the dispositions of one group.
fn is_response(finding: &Finding) -> bool {
    let base = &finding.base;
    match finding.statistic {
        Statistic::Invited | Statistic::Disposition => !base.sides.is_empty(),
        Statistic::Rr1 | Statistic::Rr2 => {
            let not_eligible = |people: &People| people.n_with(Disposition::NotEligible).unwrap_or(0) > 0;
            !base.sides.is_empty() || base.people.as_deref().is_some_and(not_eligible)
        }
        Statistic::EligibleShare => true,
        rate if rate.is_outcome_rate() => true,
        _ => false,
    }
}

fn people(finding: &Finding, scope: &Scope) -> Reading {
    let key = |what| Key::people(scope, what);
    let rate = |selector: &Option<Selector>| match selector {
        Some(Selector::With(dispositions)) => {
            Reading::Counts(vec![key(What::Responded(dispositions.clone())), key(What::Invited)])
        }
        _ => Reading::Unread,
    };
    match (finding.statistic, &finding.counts) {
        (Statistic::Invited, _) => Reading::Counts(vec![key(What::Invited)]),
        (Statistic::Received, _) => Reading::Counts(vec![key(What::Received)]),
        (Statistic::Included, _) => Reading::Counts(vec![key(What::Included)]),
        (Statistic::Excluded, Some(Selector::LeftOut { rule })) => {
            Reading::Counts(vec![key(What::Excluded(rule.clone()))])
        }
        (Statistic::Screened, Some(Selector::Screened { rule })) => {
            Reading::Counts(vec![key(What::Screened(rule.clone())), key(What::Included)])
        }
        (Statistic::Disposition, Some(Selector::With(dispositions))) => {
            Reading::Counts(vec![key(What::Responded(dispositions.clone()))])
        }
        (Statistic::Rr1 | Statistic::Rr2, selector) => rate(selector),
        _ => Reading::Unread,
    }
}

fn about_question(finding: &Finding, question: &str, scope: &Scope, outline: &Outline) -> Reading {
    let Some(asked) = outline.question(&finding.group, question) else { return Reading::Unread };
    // A score adds up counts of several items: its mean would be one more sum of them, which no relation here knows.
    if !asked.parts.is_empty() {
        return Reading::Unread;
    }
    let item = item_of(finding, outline);
    let key = |item, what| Key::item(scope, question, item, what);
    let of_base = |item: usize, what| {
        Reading::Counts(vec![key(item, what), key(base_item(asked.kind, item), What::Answered)])
    };
    match (finding.statistic, &finding.counts) {
        (Statistic::Answered, Some(Selector::Answered { .. })) => {
            Reading::Counts(vec![key(item, What::Answered)])
        }
        (Statistic::Missing, Some(Selector::MissingBecause { reason, item, .. })) => {
            Reading::Counts(vec![key(*item, What::Missing(*reason))])
        }
        (Statistic::Level | Statistic::TopBox, Some(Selector::Coded { item, codes, .. })) => {
            of_base(*item, What::Levels(codes.clone()))
        }
        (Statistic::Ticked, Some(Selector::Ticked { choice, .. })) => of_base(0, What::Ticked(*choice)),
        (Statistic::MentionsTotal, _) => Reading::Counts(vec![key(0, What::Mentions)]),
        (Statistic::Mentions, Some(Selector::Ticked { choice, .. })) => {
            Reading::Counts(vec![key(0, What::Ticked(*choice)), key(0, What::Mentions)])
        }
        (Statistic::RankShare, Some(Selector::Ranked { item, rank: Some(rank), .. })) => {
            of_base(*item, What::Ranked(*rank))
        }
        (Statistic::Unranked, Some(Selector::Unranked { item, .. })) => of_base(*item, What::Unranked),
        (
            Statistic::Median | Statistic::Q1 | Statistic::Q3 | Statistic::Mean | Statistic::Sd,
            Some(Selector::Answered { .. }),
        ) => match asked.kind {
            Kind::Number => Reading::Numbers { item },
            Kind::Likert | Kind::Single => Reading::Contents { item: Some(item) },
            // How many choices people ticked.
            Kind::Multi => Reading::Named,
            Kind::Ranking | Kind::Text | Kind::Date => Reading::Unread,
        },
        (Statistic::Minimum | Statistic::Maximum, Some(Selector::Answered { .. }))
            if asked.kind == Kind::Number =>
        {
            Reading::Extreme { item }
        }
        // Of complete rankings alone the selector says so; no count here is of these.
        (Statistic::MeanRank, Some(Selector::Ranked { .. })) if asked.kind == Kind::Ranking => {
            Reading::Contents { item: None }
        }
        // Other orders need to know who ticked or ranked what beside what.
        (Statistic::Order, Some(Selector::Answered { .. })) => match finding.method.map(|method| method.id) {
            Some(BY_FREQUENCY) if asked.kind == Kind::Multi => Reading::Contents { item: None },
            Some(BY_MEAN_RANK) if asked.kind == Kind::Ranking => Reading::Contents { item: None },
            _ => Reading::Named,
        },
        (
            Statistic::NumberTicked
            | Statistic::Net
            | Statistic::BottomBox
            | Statistic::BelowMiddle
            | Statistic::AtMiddle
            | Statistic::AboveMiddle
            | Statistic::OtherText
            | Statistic::Contradicted
            | Statistic::MeanRank
            | Statistic::RankShare
            | Statistic::Unranked
            | Statistic::Order,
            _,
        ) => Reading::Named,
        _ => Reading::Unread,
    }
}

/// The item of a finding as a position; questions that are their own item have one.
pub(super) fn item_of(finding: &Finding, outline: &Outline) -> usize {
    let question = finding.question.as_ref().and_then(|id| outline.question(&finding.group, id));
    let place =
        |id: &String| question.and_then(|question| question.items.iter().position(|item| item.id == *id));
    finding.item.as_ref().and_then(place).unwrap_or(0)
}

/// The item under which a question's base stands: rankings and multi-selects have one base for all.
pub(super) fn base_item(kind: Kind, item: usize) -> usize {
    if matches!(kind, Kind::Ranking | Kind::Multi) { 0 } else { item }
}
