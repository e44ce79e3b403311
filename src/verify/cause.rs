//! Why a claimed number may differ: another base, another rate, another rounding.

use crate::findings::{Finding, Findings, Value};
use crate::numbers::{half_up, percent};
use crate::study::Says;

use super::claims::{check, decimals, shown};

/// The likely cause of a difference, if one explains what was claimed.
pub(super) fn likely(says: &Says, finding: &Finding, findings: &Findings) -> Option<String> {
    neighbour(says, finding, findings)
        .or_else(|| base(says, finding))
        .or_else(|| rounding(says, finding))
        .or_else(|| percent_of(says, finding))
}

/// Another finding about the same thing says what was claimed.
fn neighbour(says: &Says, finding: &Finding, findings: &Findings) -> Option<String> {
    if matches!(says, Says::Order(_) | Says::Includes(_) | Says::Most(_)) {
        return None;
    }
    let related = |other: &&Finding| {
        other.group == finding.group
            && other.question == finding.question
            && other.item == finding.item
            && other.id != finding.id
    };
    let other = findings.iter().filter(related).find(|other| check(says, other).is_ok())?;
    Some(format!("{} is {}", other.id, shown(&other.value)))
}

/// The count is right, the base is not.
fn base(says: &Says, finding: &Finding) -> Option<String> {
    match (says, &finding.value) {
        (Says::Count { count, of: Some(of) }, Value::Share { count: found, of: base }) if count == found => {
            Some(format!("the count agrees, the base is {base}, not {of}"))
        }
        (Says::Percent { percent: said, of: Some(of) }, Value::Share { count, of: base }) if of != base => {
            let would = percent(*count, *of, decimals(said))?;
            Some(format!("the base is {base}, not {of}; {count}/{of} would be {would}%"))
        }
        _ => None,
    }
}

/// The digits were cut off instead of rounded.
fn rounding(says: &Says, finding: &Finding) -> Option<String> {
    let (said, exact) = match (says, &finding.value) {
        (Says::Percent { percent, .. }, Value::Share { count, of }) => {
            (percent, *count as f64 / *of as f64 * 100.0)
        }
        (Says::Number(number), Value::Number(found)) => (number, *found),
        _ => return None,
    };
    let long = half_up(exact, decimals(said) + 6)?;
    (long.starts_with(said.as_str()) && half_up(exact, decimals(said)).as_deref() != Some(said))
        .then(|| "the digits were cut off instead of rounded".to_owned())
}

/// Which counts over which bases of the same account would give the claimed percent.
fn percent_of(says: &Says, finding: &Finding) -> Option<String> {
    let (Says::Percent { percent: said, .. }, Value::Share { count, of }) = (says, &finding.value) else {
        return None;
    };
    let places = decimals(said);
    let mut would: Vec<String> = (0..=*of)
        .filter(|other| percent(*other, *of, places).as_deref() == Some(said))
        .map(|other| format!("{other}/{of}"))
        .take(1)
        .collect();
    let people = &finding.base.people;
    let bases = [
        Some(people.received),
        Some(people.included),
        people.n_invited(),
        finding.base.asked.as_ref().map(|asked| asked.answered),
    ];
    // A base of nobody's account is only offered where the same count would give the claim.
    let near = (1..*of).rev().take(50);
    let other = bases
        .into_iter()
        .flatten()
        .chain(near)
        .find(|base| base != of && percent(*count, *base, places).as_deref() == Some(said));
    would.extend(other.map(|base| format!("{count}/{base}")));
    (!would.is_empty()).then(|| format!("{said}% would be {}", would.join(" or ")))
}
