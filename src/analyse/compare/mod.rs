//! Sides compared: a test chosen by a rule from the scale of measurement and the design, and the size of the difference.
//!
//! [`sides`] says who is compared, [`counts`] what they answered, [`rule`] by which test; [`nominal`], [`ordinal`] and
//! [`interval`] compute from counts, and [`family`] adjusts p-values when all of a family are there.
//! [`refused`] says what cannot be compared, before anything is computed.

mod compared;
mod counts;
mod crosstab;
mod defaults;
mod estimate;
mod extremes;
mod family;
mod interval;
mod multi;
mod nominal;
mod ordinal;
pub(super) mod paired;
mod ranking;
mod refused;
mod rule;
mod sides;

pub(super) use compared::in_words;
pub(super) use crosstab::crosstab;
pub use defaults::PROGRAMS;
pub(super) use estimate::{Estimated, Tested};
pub(super) use family::{ALPHA, Families};
pub(super) use refused::refused;
pub(super) use rule::{RULE, Situation, scale_of, scale_of_test};
pub(super) use sides::comparisons;

use crate::codebook::Kind;
use crate::findings::{Caution, Findings};
use crate::normalise::{Cohort, CohortQuestion, Linked};
use crate::study::{Ask, Compare};

use compared::Compared;
use rule::Design;
use sides::Sides;

/// Compares the sides of an ask in every question that it names.
pub(super) fn compare(
    ask: &Ask,
    terms: &Compare,
    (cohorts, links): (&[Cohort], &[Linked]),
    findings: &mut Findings,
    families: &mut Families,
) {
    let all = comparisons(ask, terms.least, cohorts);
    let all: Vec<Sides<'_>> = all.into_iter().map(|sides| sides.among(links)).collect();
    let ids: Vec<&str> = all.iter().map(|sides| sides.id.as_str()).collect();
    let of_ask = family_of_ask(&ids.join(" and "), terms, ask);
    for sides in &all {
        for id in &ask.of {
            let Some(asked) = sides.question(id) else { continue };
            let Some(first) = asked.first() else { continue };
            let mut to = Target { terms, of_ask: &of_ask, findings, families };
            match first.kind {
                Kind::Likert | Kind::Single | Kind::Number => items(sides, &asked, &mut to),
                Kind::Multi => multi::multi(sides, &asked, &mut to),
                Kind::Ranking => ranking::ranking(sides, &asked, &mut to),
                Kind::Text | Kind::Date => {}
            }
        }
    }
}

/// How the family of an ask that declares none is called: as the ids of its findings begin.
pub(super) fn family_of_ask(sides: &str, terms: &Compare, ask: &Ask) -> String {
    let of = ask.of.join("+");
    let parts = [Some(sides), terms.name.as_deref(), Some(of.as_str())];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// Where findings go, and by which terms they are made.
struct Target<'a> {
    terms: &'a Compare,
    /// The name of the family of an ask that declares none.
    of_ask: &'a str,
    findings: &'a mut Findings,
    families: &'a mut Families,
}

/// Compares every item of a question.
fn items(sides: &Sides<'_>, asked: &[&CohortQuestion], to: &mut Target<'_>) {
    let Some(first) = asked.first() else { return };
    for item in &first.items {
        let (compared, answers) = Compared::item(sides, asked, item, to.terms);
        let terms = to.terms;
        let by_kind = scale_of(first.kind, terms.treat);
        let scale = terms.test.map_or(by_kind, scale_of_test);
        let situation = Situation {
            scale,
            design: Design::Independent,
            sides: sides.sides.len(),
            ordered: terms.ordered,
        };
        let test = terms.test.unwrap_or_else(|| situation.test());
        let why = match terms.test {
            Some(_) => Caution::TestDeclared,
            None => Caution::TestByRule { situation: situation.words() },
        };
        // Numbers of sides in order are tested by their ranks; what is said of them is what the test looks at.
        let scale = scale_of_test(test);
        compared.describe(asked, &answers, scale, to);
        let estimated = answers.estimate(scale, test, terms);
        let own = estimated.test.as_ref().ok().map(|tested| (tested.test.p, tested.test.method));
        compared.write(estimated, why, to);
        if terms.defaults {
            compared.defaults(&answers, scale, own, to);
        }
    }
}
