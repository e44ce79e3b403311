//! Each claim of the reported text against its finding.

use std::collections::BTreeSet;

use crate::diag::nearest;
use crate::findings::{Finding, Findings, Tier, Value};
use crate::numbers::{half_up, percent};
use crate::study::{Claim, Says};

use super::cause;

/// A claim and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimCheck {
    /// The claim's id.
    pub id: String,
    /// The claim in words.
    pub text: String,
    /// The finding it is bound to.
    pub finding: Option<String>,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// Whether a claim holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It holds; what was found.
    Holds {
        /// In words.
        found: String,
    },
    /// It does not.
    Differs {
        /// What was claimed.
        claimed: String,
        /// What was found.
        found: String,
        /// The likely cause, if one is known.
        cause: Option<String>,
    },
    /// Nothing in the study computes it.
    Unbound,
}

/// Checks claims in their order.
pub fn check_claims(claims: &[Claim], findings: &Findings) -> Vec<ClaimCheck> {
    claims
        .iter()
        .map(|claim| ClaimCheck {
            id: claim.id.clone(),
            text: claim.text.clone(),
            finding: claim.finding.as_ref().map(|finding| finding.value.clone()),
            verdict: verdict(claim, findings),
        })
        .collect()
}

fn verdict(claim: &Claim, findings: &Findings) -> Verdict {
    let (Some(id), Some(says)) = (&claim.finding, &claim.says) else { return Verdict::Unbound };
    let Some(finding) = findings.get(&id.value) else {
        let near = nearest(&id.value, findings.ids()).map(|near| format!("did you mean {near}?"));
        return Verdict::Differs {
            claimed: claimed(says),
            found: "no finding has this id".to_owned(),
            cause: near,
        };
    };
    let found = shown(&finding.value);
    match check(says, finding) {
        Ok(()) => Verdict::Holds { found },
        Err(why) => {
            let cause = why.or_else(|| cause::likely(says, finding, findings));
            Verdict::Differs { claimed: claimed(says), found, cause }
        }
    }
}

/// Whether what is said holds of a finding; if not, perhaps why.
pub(super) fn check(says: &Says, finding: &Finding) -> Result<(), Option<String>> {
    let held = |holds: bool| if holds { Ok(()) } else { Err(None) };
    match (says, &finding.value) {
        (Says::Count { count, of: None }, Value::Count(found) | Value::Share { count: found, .. }) => {
            held(count == found)
        }
        (Says::Count { count, of: Some(of) }, Value::Share { count: found, of: base }) => {
            held(count == found && of == base)
        }
        (Says::Count { of: Some(_), .. }, Value::Count(_)) => {
            Err(Some("the finding is a count without a base".to_owned()))
        }
        (Says::Percent { percent: said, of }, Value::Share { count, of: base }) => held(
            of.is_none_or(|of| of == *base)
                && percent(*count, *base, decimals(said)).as_deref() == Some(said),
        ),
        (Says::Number(said), Value::Number(found)) => {
            held(half_up(*found, decimals(said)).as_deref() == Some(said))
        }
        (Says::Number(said), Value::Count(found)) => held(said == &found.to_string()),
        (Says::Order(labels), Value::Order(tiers)) => order(labels, tiers),
        (Says::Includes(labels), Value::Order(tiers)) => includes(labels, tiers),
        (Says::Most(labels), Value::Order(tiers)) => most(labels, tiers),
        (_, Value::NotComputed(_)) => Err(Some("nothing was computed".to_owned())),
        _ => Err(Some("the claim is of another kind than the finding".to_owned())),
    }
}

fn order(labels: &[String], tiers: &[Tier]) -> Result<(), Option<String>> {
    if let Some(tied) = tiers
        .iter()
        .find(|tier| tier.labels.len() > 1 && tier.labels.iter().any(|label| labels.contains(label)))
    {
        return Err(Some(format!("{} are tied, so no order stands between them", tied.labels.join(" and "))));
    }
    let found: Vec<&String> = tiers.iter().flat_map(|tier| &tier.labels).collect();
    // A claim may name the first places only.
    if found.len() >= labels.len() && found.iter().zip(labels).all(|(found, said)| *found == said) {
        Ok(())
    } else {
        Err(None)
    }
}

fn includes(labels: &[String], tiers: &[Tier]) -> Result<(), Option<String>> {
    for label in labels {
        match tiers.iter().find(|tier| tier.labels.contains(label)) {
            None => return Err(Some(format!("there is no \"{label}\""))),
            Some(tier) if tier.score <= 0.0 => return Err(Some(format!("nobody chose \"{label}\""))),
            Some(_) => {}
        }
    }
    Ok(())
}

fn most(labels: &[String], tiers: &[Tier]) -> Result<(), Option<String>> {
    let said: BTreeSet<&String> = labels.iter().collect();
    let mut first: BTreeSet<&String> = BTreeSet::new();
    for tier in tiers {
        if first.len() >= said.len() {
            break;
        }
        first.extend(&tier.labels);
    }
    if first.len() > said.len() {
        return Err(Some(format!("a tie stands across place {}", said.len())));
    }
    if first == said { Ok(()) } else { Err(None) }
}

/// The decimals that a printed number has.
pub(super) fn decimals(printed: &str) -> u8 {
    printed.split_once('.').map_or(0, |(_, fraction)| u8::try_from(fraction.len()).unwrap_or(u8::MAX))
}

fn claimed(says: &Says) -> String {
    match says {
        Says::Count { count, of: None } => count.to_string(),
        Says::Count { count, of: Some(of) } => format!("{count}/{of}"),
        Says::Percent { percent, of: None } => format!("{percent}%"),
        Says::Percent { percent, of: Some(of) } => format!("{percent}% of {of}"),
        Says::Number(number) => number.clone(),
        Says::Order(labels) => labels.join(" > "),
        Says::Includes(labels) => format!("includes {}", labels.join("; ")),
        Says::Most(labels) => format!("most often {}", labels.join("; ")),
    }
}

/// A finding's value in a few words.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Share { count, of } => {
            format!("{}% ({count}/{of})", percent(*count, *of, 1).unwrap_or_else(|| "n/a".to_owned()))
        }
        Value::Number(number) => half_up(*number, 4).unwrap_or_else(|| "n/a".to_owned()),
        Value::Order(tiers) => tiers
            .iter()
            .map(|tier| {
                format!("{} ({})", tier.labels.join(" = "), half_up(tier.score, 2).unwrap_or_default())
            })
            .collect::<Vec<_>>()
            .join(" > "),
        Value::NotComputed(reason) => format!("not computed: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(tiers: &[(&[&str], f64)]) -> Vec<Tier> {
        tiers
            .iter()
            .map(|(labels, score)| Tier {
                labels: labels.iter().map(|label| (*label).to_owned()).collect(),
                score: *score,
            })
            .collect()
    }

    fn labels(labels: &[&str]) -> Vec<String> {
        labels.iter().map(|label| (*label).to_owned()).collect()
    }

    #[test]
    fn an_order_with_a_tie_does_not_hold() {
        let found = tiers(&[(&["a"], 1.2), (&["b", "c"], 2.4)]);
        assert!(order(&labels(&["a"]), &found).is_ok());
        assert!(order(&labels(&["a", "b", "c"]), &found).unwrap_err().unwrap().contains("tied"));
        assert_eq!(order(&labels(&["b", "a"]), &tiers(&[(&["a"], 1.0), (&["b"], 2.0)])), Err(None));
    }

    #[test]
    fn the_most_named_are_a_set_and_a_tie_at_the_edge_breaks_it() {
        let found = tiers(&[(&["a"], 9.0), (&["b"], 7.0), (&["c", "d"], 2.0)]);
        assert!(most(&labels(&["b", "a"]), &found).is_ok());
        assert_eq!(most(&labels(&["a", "c"]), &found), Err(None));
        assert!(most(&labels(&["a", "b", "c"]), &found).unwrap_err().unwrap().contains("tie"));
    }

    #[test]
    fn what_nobody_chose_is_not_included() {
        let found = tiers(&[(&["a"], 3.0), (&["b"], 0.0)]);
        assert!(includes(&labels(&["a"]), &found).is_ok());
        assert!(includes(&labels(&["a", "b"]), &found).unwrap_err().unwrap().contains("nobody"));
        assert!(includes(&labels(&["x"]), &found).is_err());
    }
}
