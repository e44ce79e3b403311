//! Families of tests: p-values that are adjusted together, over one ask or several.

use std::collections::BTreeMap;

use crate::findings::{Adjusted, Caution, Findings, TestResult, Value};
use crate::stats::p_adjust::{Adjustment, adjust};
use crate::study::Family;

/// The probability below which a result is called significant where it is said that none can be.
pub(in crate::analyse) const ALPHA: f64 = 0.05;

/// The families of a study with the ids of their tests.
#[derive(Default)]
pub(in crate::analyse) struct Families {
    ask: usize,
    families: BTreeMap<Key, Members>,
}

/// What makes tests one family: the name that their asks declare or, without one, that one ask makes them all.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Declared(String),
    OfAsk(usize),
}

struct Members {
    name: String,
    adjustment: Option<Adjustment>,
    /// Each with the position of its ask.
    tests: Vec<(String, usize)>,
}

impl Families {
    /// Says which ask the tests that follow are of, by its position in the study.
    pub(in crate::analyse) fn asked_by(&mut self, ask: usize) {
        self.ask = ask;
    }

    /// Adds a test to a family; `of_ask` is how the family of an ask that declares none is called.
    pub(in crate::analyse) fn join(&mut self, family: &Family, of_ask: &str, id: String) {
        let name = family.name.as_deref().unwrap_or(of_ask).to_owned();
        let key = match &family.name {
            Some(name) => Key::Declared(name.clone()),
            None => Key::OfAsk(self.ask),
        };
        let adjustment = family.adjust;
        let members =
            self.families.entry(key).or_insert_with(|| Members { name, adjustment, tests: Vec::new() });
        if !members.tests.iter().any(|(known, _)| *known == id) {
            members.tests.push((id, self.ask));
        }
    }

    /// Adjusts every family once all of its tests are there.
    pub(in crate::analyse) fn adjust(self, findings: &mut Findings) {
        for Members { name, adjustment, tests: ids } in self.families.into_values() {
            let results: Vec<Option<TestResult>> = ids
                .iter()
                .map(|(id, _)| match &findings.get(id)?.value {
                    Value::Test(test) => Some(test.clone()),
                    _ => None,
                })
                .collect();
            let tests = results.iter().flatten().count() as u64;
            let together = |p: fn(&TestResult) -> f64| -> Vec<Option<f64>> {
                let all: Vec<Option<f64>> = results.iter().map(|result| result.as_ref().map(p)).collect();
                let adjusted = adjustment.and_then(|how| adjust(&all, how).ok());
                adjusted.map_or_else(|| vec![None; all.len()], |adjusted| adjusted.p)
            };
            let adjusted = together(|result| result.p);
            // Adjusted p-values grow with each of the p-values, so those of the smallest are a bound.
            let best = together(|result| result.smallest.unwrap_or(0.0));
            for ((((id, ask), result), p), best) in ids.iter().zip(&results).zip(adjusted).zip(best) {
                let Some(result) = result else { continue };
                let alone = result.smallest.is_some_and(|smallest| smallest > ALPHA);
                let together = !alone && tests > 1 && best.is_some_and(|best| best > ALPHA);
                let multiplicity = (tests > 1).then(|| Caution::Multiplicity {
                    family: name.clone(),
                    tests,
                    adjusted: adjustment.map(|how| how.method().name),
                });
                let cautions = [
                    multiplicity,
                    alone.then_some(Caution::CannotReach),
                    together.then_some(Caution::FamilyCannotReach),
                ];
                let adjusted = adjustment.zip(p).map(|(how, p)| Adjusted {
                    p,
                    method: how.method(),
                    family: name.clone(),
                    tests,
                });
                findings.asked_by(*ask);
                findings.adjust(id, adjusted, cautions.into_iter().flatten());
            }
        }
    }
}
