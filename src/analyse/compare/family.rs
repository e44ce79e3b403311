//! Families of tests: p-values that are adjusted together, over one ask or several.

use std::collections::BTreeMap;

use crate::findings::{Adjusted, Caution, Findings, TestResult, Value};
use crate::stats::p_adjust::{Adjustment, adjust};
use crate::study::Family;

/// The probability below which a result is called significant where it is said that none can be.
const ALPHA: f64 = 0.05;

/// The families of a study, in the order of their names, with the ids of their tests.
#[derive(Default)]
pub(in crate::analyse) struct Families {
    tests: BTreeMap<String, (Option<Adjustment>, Vec<String>)>,
}

impl Families {
    /// Adds a test to a family; `of_ask` names the family of an ask that declares none.
    pub(in crate::analyse) fn join(&mut self, family: &Family, of_ask: &str, id: String) {
        let name = family.name.as_deref().unwrap_or(of_ask).to_owned();
        let (_, tests) = self.tests.entry(name).or_insert_with(|| (family.adjust, Vec::new()));
        if !tests.contains(&id) {
            tests.push(id);
        }
    }

    /// Adjusts every family once all of its tests are there.
    pub(in crate::analyse) fn adjust(self, findings: &mut Findings) {
        for (name, (adjustment, ids)) in self.tests {
            let results: Vec<Option<TestResult>> = ids
                .iter()
                .map(|id| match &findings.get(id)?.value {
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
            for (((id, result), p), best) in ids.iter().zip(&results).zip(adjusted).zip(best) {
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
                findings.adjust(id, adjusted, cautions.into_iter().flatten());
            }
        }
    }
}
