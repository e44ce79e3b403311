//! Why a claimed number may differ: another base, another rate, another rounding, a person more or fewer.

use crate::codebook::Missing;
use crate::findings::{Disposition, Finding, Findings, Selector, Statistic, Tier, Value};
use crate::numbers::{half_up, percent};
use crate::study::Says;

use super::claims::{check, decimals, is_exact, shown};

/// How many people more or fewer are still worth pointing out.
const A_FEW: u64 = 3;

/// The likely cause of a difference, if one explains what was claimed.
pub(super) fn likely(says: &Says, finding: &Finding, findings: &Findings) -> Option<String> {
    if let Says::CountAndPercent { count, of, percent } = says {
        // The one of the two that differs; the count first, of which the percent follows.
        let count = Says::Count { count: *count, of: *of };
        let percent = Says::Percent { percent: percent.clone(), of: *of };
        let wrong = if check(&count, finding).is_err() { count } else { percent };
        return likely(&wrong, finding, findings);
    }
    neighbour(says, finding, findings)
        .or_else(|| base(says, finding))
        .or_else(|| parts(says, finding))
        .or_else(|| exchanged(says, finding))
        .or_else(|| half_to_even(says, finding))
        .or_else(|| cut_off(says, finding))
        .or_else(|| percent_of(says, finding))
        .or_else(|| rounding(says, finding))
        .or_else(|| a_few(says, finding))
}

/// Another finding about the same thing says what was claimed.
fn neighbour(says: &Says, finding: &Finding, findings: &Findings) -> Option<String> {
    if !matches!(says, Says::Count { .. } | Says::Percent { .. } | Says::Number(_)) {
        return None;
    }
    let related = |other: &&Finding| {
        other.group == finding.group
            && other.question == finding.question
            && other.item == finding.item
            && other.id != finding.id
            && is_taken_for_another(other.statistic)
    };
    let other = findings.iter().filter(related).find(|other| check(says, other).is_ok())?;
    Some(format!("{} is {}", other.id, shown(other)))
}

/// Whether a number is one that people take for another. What was asked of nonresponse and the rates of contact, cooperation
/// and refusal are so many that one of them nearly always agrees by chance.
fn is_taken_for_another(statistic: Statistic) -> bool {
    use Statistic as S;
    !matches!(
        statistic,
        S::Coop1
            | S::Coop2
            | S::Coop3
            | S::Coop4
            | S::Ref1
            | S::Ref2
            | S::Ref3
            | S::Con1
            | S::Con2
            | S::Con3
            | S::EligibleShare
            | S::Completeness
            | S::InvitedShare
            | S::RespondentShare
            | S::Responded
            | S::Early
            | S::Late
            | S::LateDifference
            | S::Least
            | S::Most
    )
}

/// The count is right, the base is not.
fn base(says: &Says, finding: &Finding) -> Option<String> {
    match (says, &finding.value) {
        (Says::Count { count, of: Some(of) }, Value::Share { count: found, of: base }) if count == found => {
            let sum = sum(*base, "answered", &missing(finding), *of).map(|sum| format!(": {sum}"));
            Some(format!("the count agrees, the base is {base}, not {of}{}", sum.unwrap_or_default()))
        }
        (Says::Percent { percent: said, of: Some(of) }, Value::Share { count, of: base }) if of != base => {
            let would = percent(*count, *of, decimals(said))?;
            Some(format!("the base is {base}, not {of}; {count}/{of} would be {would}%"))
        }
        _ => None,
    }
}

/// The claim counts somebody whom the finding does not, or leaves somebody out: the sum that gives what was claimed.
fn parts(says: &Says, finding: &Finding) -> Option<String> {
    let Says::Count { count: said, .. } = says else { return None };
    let (Value::Count(found) | Value::Share { count: found, .. }) = finding.value else { return None };
    match &finding.counts {
        Some(Selector::With(counted)) => {
            let names = counted.iter().map(|disposition| disposition.id()).collect::<Vec<_>>().join(" or ");
            let parts = Disposition::ALL.map(|disposition| {
                let count = finding.base.people.as_ref().and_then(|people| people.n_with(disposition));
                let count = count.unwrap_or_default();
                let count = i128::from(count);
                (if counted.contains(&disposition) { -count } else { count }, disposition.id().to_owned())
            });
            sum(found, &names, &parts, *said)
        }
        Some(Selector::Included) => {
            let people = finding.base.people.as_ref()?;
            let parts: Vec<(i128, String)> = people
                .excluded
                .iter()
                .map(|excluded| (i128::from(excluded.count), excluded.rule.clone()))
                .collect();
            sum(found, "analysed", &parts, *said)
        }
        Some(Selector::Answered { .. }) => sum(found, "answered", &missing(finding), *said),
        _ => None,
    }
}

/// Who did not answer, by reason.
fn missing(finding: &Finding) -> Vec<(i128, String)> {
    let reasons = finding.base.asked.iter().flat_map(|asked| &asked.missing);
    let named = |(reason, count): (&Missing, &u64)| (i128::from(*count), reason.words().to_owned());
    reasons.map(named).collect()
}

/// The one part that makes what was found what was said: "14 complete or partial + 1 break-off = 15".
fn sum(found: u64, what: &str, parts: &[(i128, String)], said: u64) -> Option<String> {
    let (part, name) =
        parts.iter().find(|(part, _)| *part != 0 && i128::from(found) + part == i128::from(said))?;
    let sign = if *part < 0 { "-" } else { "+" };
    Some(format!("{found} {what} {sign} {} {name} = {said}", part.unsigned_abs()))
}

/// Two neighbours of an order stand the other way round.
fn exchanged(says: &Says, finding: &Finding) -> Option<String> {
    let (Says::Order(labels), Value::Order(tiers)) = (says, &finding.value) else { return None };
    let found: Vec<&String> = tiers.iter().flat_map(|tier: &Tier| &tier.labels).collect();
    let place = (1..labels.len()).find(|place| {
        let mut swapped: Vec<&String> = labels.iter().collect();
        swapped.swap(place - 1, *place);
        found.starts_with(&swapped)
    })?;
    Some(match place {
        1 => "the first two places are exchanged".to_owned(),
        place => format!("places {place} and {} are exchanged", place + 1),
    })
}

/// What is printed of a finding, and its exact value.
fn printed<'a>(says: &'a Says, finding: &Finding) -> Option<(&'a String, f64)> {
    match (says, &finding.value) {
        (Says::Percent { percent, .. }, Value::Share { count, of }) => {
            Some((percent, *count as f64 / *of as f64 * 100.0))
        }
        (Says::Number(number), Value::Number(found)) => Some((number, *found)),
        _ => None,
    }
}

/// A half that stands between two printed numbers was rounded to the even digit, as some programs do.
fn half_to_even(says: &Says, finding: &Finding) -> Option<String> {
    let (Says::Percent { percent: said, .. }, Value::Share { count, of }) = (says, &finding.value) else {
        return None;
    };
    let places = decimals(said);
    // The digits behind those that were printed are 5 and nothing else.
    let rest = u128::from(*count) * 100 * 10u128.checked_pow(u32::from(places))? % u128::from(*of).max(1);
    let is_half = 2 * rest == u128::from(*of);
    let is_even = said.ends_with(['0', '2', '4', '6', '8']);
    let exact = *count as f64 / *of as f64 * 100.0;
    let below = half_up(exact, places.saturating_add(1))?.strip_suffix('5')?.trim_end_matches('.') == said;
    (is_half && is_even && below)
        .then(|| "a half was rounded to the even digit; here a half is rounded up".to_owned())
}

/// The digits were cut off instead of rounded.
fn cut_off(says: &Says, finding: &Finding) -> Option<String> {
    let (said, exact) = printed(says, finding)?;
    let long = half_up(exact, decimals(said).saturating_add(6))?;
    (long.starts_with(said.as_str()) && half_up(exact, decimals(said)).as_deref() != Some(said))
        .then(|| "the digits were cut off instead of rounded".to_owned())
}

/// What the finding rounds to, with as many decimals as were claimed.
fn rounding(says: &Says, finding: &Finding) -> Option<String> {
    let Says::Number(_) = says else { return None };
    let (said, exact) = printed(says, finding)?;
    if is_exact(finding.statistic) {
        return Some(format!("the {} is claimed as it is, not rounded", finding.statistic.id()));
    }
    half_up(exact, decimals(said)).map(|rounded| format!("rounds to {rounded}"))
}

/// One or a few people more or fewer than were found.
fn a_few(says: &Says, finding: &Finding) -> Option<String> {
    let Says::Count { count: said, .. } = says else { return None };
    let (Value::Count(found) | Value::Share { count: found, .. }) = finding.value else { return None };
    let difference = said.abs_diff(found);
    (1..=A_FEW)
        .contains(&difference)
        .then(|| format!("claimed {difference} {} than found", if *said > found { "more" } else { "fewer" }))
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
    let people = finding.base.people.as_ref();
    let bases = [
        people.map(|people| people.received),
        people.map(|people| people.included),
        people.and_then(|people| people.n_invited()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_of_an_account_explains_one_more_or_fewer() {
        let parts = [(-2, "partial".to_owned()), (1, "break-off".to_owned()), (0, "silent".to_owned())];
        let explained = |said| sum(14, "complete or partial", &parts, said);
        assert_eq!(explained(15).as_deref(), Some("14 complete or partial + 1 break-off = 15"));
        assert_eq!(explained(12).as_deref(), Some("14 complete or partial - 2 partial = 12"));
        assert_eq!(explained(13), None);
    }
}
