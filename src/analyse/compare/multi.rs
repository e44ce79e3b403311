//! A whole multi-select compared: each option by its share, and one test for all options together.

use std::collections::BTreeMap;

use crate::findings::{Asked, Caution, Selector, Statistic, Value};
use crate::normalise::CohortQuestion;
use crate::responses::Answers;
use crate::stats::categorical::multiple_response::{MultipleResponse, bonferroni, permutation, rao_scott};
use crate::stats::count_table::CountTable;
use crate::stats::{Computed, NotComputed};
use crate::study::{NamedTest, Treat};

use crate::analyse::about::{Found, asked as account};
use crate::analyse::choices::sets;

use super::Target;
use super::compared::Compared;
use super::estimate::Estimated;
use super::nominal::nominal;
use super::rule::{Design, Situation, scale_of_test};
use super::sides::Sides;

/// Compares every option, and all of them at once by three tests, none of which is one of the options' family.
pub(super) fn multi(sides: &Sides<'_>, asked: &[&CohortQuestion], to: &mut Target<'_>) {
    let Some(first) = asked.first() else { return };
    let accounts: Vec<Asked> =
        sides.sides.iter().zip(asked).map(|(side, question)| account(side.cohort, question, 0)).collect();
    let rows = |selector: &dyn Fn() -> Selector| {
        let of_side = |side: &super::sides::Side<'_>| (side.cohort.group.clone(), selector());
        Selector::Sides(sides.sides.iter().map(of_side).collect())
    };
    let answered = || Selector::Answered { question: first.id.clone(), item: 0 };
    for (choice, level) in first.levels.iter().enumerate() {
        let compared = Compared::new(sides, &first.id, &level.id, to.terms, &accounts, rows(&answered));
        let ticked = |side: &super::sides::Side<'_>, question: &CohortQuestion| {
            side.cohort.rows.iter().filter(|row| question.ticked(choice, **row)).count() as u64
        };
        let mut table = Vec::new();
        for ((side, question), account) in sides.sides.iter().zip(asked).zip(&accounts) {
            let count = ticked(side, question);
            table.push([count, account.answered.saturating_sub(count)]);
            let of_choice = Selector::Ticked { question: first.id.clone(), choice };
            let found = Found::plain(Statistic::Ticked, Value::share(count, account.answered))
                .level(side.id)
                .counting(Selector::Sides(vec![(side.cohort.group.clone(), of_choice)]));
            compared.find(to.findings, &["share", side.id], found);
        }
        let (estimated, why) = option(&table, sides.sides.len(), to);
        compared.write(estimated, why, to);
    }
    let compared = Compared::new(sides, &first.id, "", to.terms, &accounts, rows(&answered));
    let answers = answers(sides, asked, first.levels.len());
    let found = |test: &dyn Fn(&MultipleResponse) -> Computed<crate::stats::Test>| {
        answers.as_ref().map_err(Clone::clone).and_then(test)
    };
    let draws = to.terms.draws;
    compared.alone(to.findings, "test", found(&|answers| permutation(answers, draws)));
    compared.alone(to.findings, "rao-scott", found(&rao_scott));
    compared.alone(to.findings, "bonferroni", found(&bonferroni));
}

/// The test and the difference of one option, and how the test came to be used.
fn option(table: &[[u64; 2]], sides: usize, to: &Target<'_>) -> (Estimated, Caution) {
    let none = |reason| Estimated { test: Err(reason), effects: Vec::new(), pairs: Vec::new() };
    let (test, why) = match to.terms.test {
        Some(test) => (test, Caution::TestDeclared),
        None => {
            let situation = Situation {
                scale: Treat::Nominal,
                design: Design::Independent,
                sides,
                ordered: to.terms.ordered,
            };
            (NamedTest::Independence, Caution::TestByRule { situation: situation.words() })
        }
    };
    if scale_of_test(test) != Treat::Nominal {
        return (
            none(NotComputed::Undefined("the test that the study file names is not one of shares")),
            why,
        );
    }
    let estimated = CountTable::from_rows(table).map(|table| nominal(&table, test, to.terms));
    (estimated.unwrap_or_else(none), why)
}

/// Distinct answers with the people of every side who gave them.
fn answers(sides: &Sides<'_>, asked: &[&CohortQuestion], options: usize) -> Computed<MultipleResponse> {
    let mut answers: BTreeMap<Vec<usize>, Vec<u64>> = BTreeMap::new();
    for (position, (side, question)) in sides.sides.iter().zip(asked).enumerate() {
        let Answers::Ticks(ticks) = &question.answers else { continue };
        for (ticked, count) in sets(ticks, &side.cohort.rows) {
            let counts = answers.entry(ticked).or_insert_with(|| vec![0; sides.sides.len()]);
            if let Some(slot) = counts.get_mut(position) {
                *slot += count;
            }
        }
    }
    MultipleResponse::new(options, &answers.into_iter().collect::<Vec<_>>())
}
