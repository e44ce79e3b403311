//! Rankings compared: the mean rank of each item, one test for the whole, and whether the sides' orders agree.

use crate::findings::{Asked, Caution, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::correlation::{Bivariate, KendallContinuity, kendall_tau_b};
use crate::stats::rankings::Ballots;
use crate::stats::rankings::comparison::{
    Comparison, RANKINGS_PERMUTATION, RANKINGS_PERMUTATION_ITEM, compare,
};
use crate::stats::{Computed, NotComputed, Which};

use crate::analyse::about::{Found, asked as account};
use crate::analyse::ranking::Field;

use super::Target;
use super::compared::Compared;
use super::estimate::{Effect, Estimated, Tested};
use super::sides::Sides;

/// Compares the mean ranks of every item, and the whole rankings by one test, which is not one of the items' family.
pub(super) fn ranking(sides: &Sides<'_>, asked: &[&CohortQuestion], to: &mut Target<'_>) {
    let Some(first) = asked.first() else { return };
    let accounts: Vec<Asked> =
        sides.sides.iter().zip(asked).map(|(side, question)| account(side.cohort, question, 0)).collect();
    let fields: Vec<Field> = sides
        .sides
        .iter()
        .zip(asked)
        .filter_map(|(side, question)| match &question.answers {
            Answers::Ranks(rankings) => {
                Some(Field::of(question, rankings, &side.cohort.rows, to.terms.partial))
            }
            _ => None,
        })
        .collect();
    let found = between(&fields, to);
    let rows = |selector: &dyn Fn() -> Selector| {
        let of_side = |side: &super::sides::Side<'_>| (side.cohort.group.clone(), selector());
        Selector::Sides(sides.sides.iter().map(of_side).collect())
    };
    let answered = || Selector::Answered { question: first.id.clone(), item: 0 };
    for (position, item) in first.items.iter().enumerate() {
        let compared = Compared::new(sides, &first.id, &item.id, to.terms, &accounts, rows(&answered));
        for (number, side) in sides.sides.iter().enumerate() {
            let found = Found {
                method: Some(RANKINGS_PERMUTATION_ITEM),
                ..Found::plain(Statistic::MeanRank, Value::number(mean(&found, position, number)))
                    .level(side.id)
            };
            compared.find(to.findings, &["mean-rank", side.id], found);
        }
        compared.write(of_item(&found, position, sides.sides.len(), to), why(sides), to);
    }
    let compared = Compared::new(sides, &first.id, "", to.terms, &accounts, rows(&answered));
    compared.alone(
        to.findings,
        "test",
        found.as_ref().map(|found| found.whole.clone()).map_err(Clone::clone),
    );
    if sides.sides.len() == 2 {
        let tau = Found {
            method: Some(RANKINGS_PERMUTATION),
            ..Found::plain(
                Statistic::OrderTau,
                Value::number(found.as_ref().map_err(Clone::clone).and_then(tau)),
            )
        };
        compared.find(to.findings, &["tau"], tau);
    }
}

fn between(fields: &[Field], to: &Target<'_>) -> Computed<Comparison> {
    if to.terms.test.is_some() {
        return Err(NotComputed::Undefined(
            "rankings are compared by their permutation test; leave test out",
        ));
    }
    let ballots: Vec<Ballots> =
        fields.iter().map(|field| field.ballots().cloned()).collect::<Computed<_>>()?;
    let unranked = fields.first().ok_or(NotComputed::EmptyBase)?.unranked();
    compare(&ballots, unranked, to.terms.draws)
}

fn why(sides: &Sides<'_>) -> Caution {
    let count = sides.sides.len();
    let sides = if count == 2 { "two".to_owned() } else { count.to_string() };
    Caution::TestByRule { situation: format!("rankings, {sides} independent sides") }
}

fn mean(found: &Computed<Comparison>, item: usize, side: usize) -> Computed<f64> {
    let found = found.as_ref().map_err(Clone::clone)?;
    found.means.get(item).and_then(|means| means.get(side)).copied().ok_or(NotComputed::EmptyBase)
}

/// The test of one item and, between two sides, the difference of its mean ranks.
fn of_item(found: &Computed<Comparison>, item: usize, sides: usize, to: &Target<'_>) -> Estimated {
    let test = found.as_ref().map_err(Clone::clone).and_then(|found| {
        let test = found.items.get(item).cloned().ok_or(NotComputed::EmptyBase)?;
        if to.terms.which == Which::TwoSided {
            Ok(Tested::from(test))
        } else {
            Err(NotComputed::Undefined("mean ranks are compared in both directions; leave alternative out"))
        }
    });
    let difference = || Effect {
        tail: "effect",
        statistic: Statistic::MeanDifference,
        value: mean(found, item, 0).and_then(|one| Ok(one - mean(found, item, 1)?)),
        interval: None,
        method: RANKINGS_PERMUTATION_ITEM,
        cautions: Vec::new(),
    };
    let effects = if sides == 2 { vec![difference()] } else { Vec::new() };
    Estimated { test, effects, pairs: Vec::new() }
}

/// Kendall's tau-b between the mean ranks of the items on two sides.
fn tau(found: &Comparison) -> Computed<f64> {
    let of_side = |side: usize| -> Vec<f64> {
        found.means.iter().filter_map(|means| means.get(side).copied()).collect()
    };
    let pairs = Bivariate::from_pairs(&of_side(0), &of_side(1))?;
    let level = crate::stats::ConfidenceLevel::P95;
    Ok(kendall_tau_b(&pairs, KendallContinuity::None, Which::TwoSided, level)?.estimate)
}
