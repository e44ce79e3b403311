//! Those who responded against everybody invited, on what the roster tells of them.

use crate::analyse::about::{About, Found};
use crate::analyse::compare::{ALPHA, in_words};
use crate::analyse::distribution::share;
use crate::findings::{Caution, Disposition, Findings, Reason, Selector, Statistic, TestResult, Value};
use crate::normalise::Attribute;
use crate::stats::categorical::monte_carlo::independence;
use crate::stats::count_table::CountTable;
use crate::stats::effect_sizes::standardised::{STANDARDISED_DIFFERENCE, standardised_difference};
use crate::stats::proportion::Proportion;
use crate::stats::random_tables::Draws;
use crate::stats::{Computed, NotComputed, Test};

/// Those who responded.
const RESPONDED: [Disposition; 2] = [Disposition::Complete, Disposition::Partial];

/// Everybody invited who is not known to be not eligible.
fn eligible() -> Vec<Disposition> {
    Disposition::ALL.into_iter().filter(|disposition| *disposition != Disposition::NotEligible).collect()
}

/// Tables of margins drawn where the exact test is out of reach.
const DRAWS: Draws = Draws { replicates: 10_000, seed: 1 };

/// People at one level of an attribute.
#[derive(Clone, Copy, Default)]
struct AtLevel {
    invited: u64,
    responded: u64,
}

/// Writes for every level of every attribute how many were invited and how many responded, and whether responding
/// depends on it.
pub(super) fn attributes(about: &About<'_>, findings: &mut Findings) {
    for attribute in &about.cohort.fielding.attributes {
        let counted = count(about, attribute);
        let all = counted.iter().fold(AtLevel::default(), |all, level| AtLevel {
            invited: all.invited + level.invited,
            responded: all.responded + level.responded,
        });
        for ((code, named), level) in attribute.coded().zip(&counted) {
            let find = |findings: &mut Findings, found: Found| {
                let statistic = found.statistic.id();
                about.find(
                    findings,
                    &["nonresponse", &attribute.id, &named.id, statistic],
                    found.level(&named.label),
                );
            };
            if about.cohort.people.invited.is_none() {
                let unknown = Value::NotComputed(Reason::FrameUnknown);
                find(findings, Found::plain(Statistic::Responded, unknown));
                continue;
            }
            let with = |dispositions: &[Disposition]| Selector::WithLevel {
                dispositions: dispositions.to_vec(),
                attribute: attribute.id.clone(),
                level: code,
            };
            let plain = |statistic, count, of| Found::plain(statistic, Value::share(count, of));
            let invited = plain(Statistic::InvitedShare, level.invited, all.invited);
            find(findings, invited.counting(with(&eligible())));
            let respondents = plain(Statistic::RespondentShare, level.responded, all.responded);
            find(findings, respondents.counting(with(&RESPONDED)));
            let responded = share(Statistic::Responded, level.responded, level.invited);
            let cautions = Caution::small_base(level.invited).into_iter().collect();
            find(findings, Found { cautions, ..responded.counting(with(&RESPONDED)) });
            let difference = difference(*level, all);
            let found = Found::plain(Statistic::StandardisedDifference, Value::number(difference));
            find(findings, Found { method: Some(STANDARDISED_DIFFERENCE), ..found });
        }
        test(about, attribute, &counted, findings);
    }
}

/// Counts the people at each level. Who is known not to be eligible is nobody of whom an answer is missing.
fn count(about: &About<'_>, attribute: &Attribute) -> Vec<AtLevel> {
    let mut counted = vec![AtLevel::default(); attribute.levels.len()];
    for (person, code) in about.cohort.invitees.iter().zip(&attribute.codes) {
        let Some(level) = code.and_then(|code| counted.get_mut(usize::from(code))) else { continue };
        level.invited += u64::from(person.disposition != Disposition::NotEligible);
        level.responded += u64::from(RESPONDED.contains(&person.disposition));
    }
    counted
}

/// How far those who responded are from those who did not in the share at a level.
fn difference(level: AtLevel, all: AtLevel) -> Computed<f64> {
    let responded = Proportion::new(level.responded, all.responded)?;
    let others = Proportion::new(level.invited - level.responded, all.invited - all.responded)?;
    standardised_difference(responded, others).map(|effect| effect.value)
}

fn test(about: &About<'_>, attribute: &Attribute, counted: &[AtLevel], findings: &mut Findings) {
    let tested = if about.cohort.people.invited.is_none() {
        Err(Reason::FrameUnknown)
    } else {
        depends(counted).map_err(Reason::Method)
    };
    let mut found = Found::plain(
        Statistic::NonresponseTest,
        match &tested {
            Ok(test) => Value::Test(TestResult::from(test)),
            Err(reason) => Value::NotComputed(reason.clone()),
        },
    );
    if let Ok(test) = &tested {
        found.method = Some(test.method);
        found.cautions = in_words(&test.cautions);
        let smallest = TestResult::from(test).smallest;
        found.cautions.extend(smallest.filter(|smallest| *smallest > ALPHA).map(|_| Caution::CannotReach));
    }
    let blank = attribute.codes.iter().filter(|code| code.is_none()).count() as u64;
    if blank > 0 {
        let people = if blank == 1 { "1 person has" } else { &format!("{blank} people have") };
        found
            .cautions
            .push(Caution::Method(format!("{people} no entry on the roster and count nowhere here")));
    }
    about.find(findings, &["nonresponse", &attribute.id, "test"], found);
}

/// Whether responding depends on the level: Pearson's test, or Fisher's where expected counts are too small for it.
fn depends(counted: &[AtLevel]) -> Computed<Test> {
    let responded = counted.iter().map(|level| level.responded);
    let others = counted.iter().map(|level| level.invited - level.responded);
    let table = CountTable::new(counted.len(), responded.chain(others).collect())?;
    let (table, _) = table.without_empty()?;
    if table.row_count() < 2 {
        return Err(NotComputed::Undefined("everybody responded, or nobody"));
    }
    if table.column_count() < 2 {
        return Err(NotComputed::Undefined("everybody is at one level"));
    }
    let tests = independence(&table, DRAWS)?;
    tests.conditional.unwrap_or(Ok(tests.asymptotic))
}
