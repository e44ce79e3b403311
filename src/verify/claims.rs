//! Each claim of the reported text against its finding.

use std::collections::BTreeSet;

use crate::diag::nearest;
use crate::findings::{Finding, Findings, Statistic, Tier, Value};
use crate::numbers::{half_up, percent, pinned};
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
    let found = shown(finding);
    match check(says, finding) {
        Ok(()) => Verdict::Holds { found: format!("{found}{}", rounded(says, finding)) },
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
        (Says::CountAndPercent { count, of, percent }, Value::Share { .. }) => {
            check(&Says::Count { count: *count, of: *of }, finding)?;
            check(&Says::Percent { percent: percent.clone(), of: *of }, finding)
        }
        (Says::MoreThanHalf, Value::Share { count, of }) => held(u128::from(*count) * 2 > u128::from(*of)),
        (Says::Number(said), Value::Number(found)) if is_exact(finding.statistic) => {
            held(plain(said) == plain(&pinned(*found).to_string()))
        }
        (Says::Number(said), Value::Number(found)) => {
            held(half_up(*found, decimals(said)).as_deref() == Some(said))
        }
        (Says::Number(said), Value::Count(found)) => held(said == &found.to_string()),
        (Says::Number(said), Value::Date(day)) => held(*said == day.to_string()),
        (Says::Order(labels), Value::Order(tiers)) => order(labels, tiers),
        (Says::Includes(labels), Value::Order(tiers)) if finding.is_by_frequency() => includes(labels, tiers),
        (Says::Includes(_), Value::Order(_)) => {
            Err(Some("the order is not by how often something was chosen".to_owned()))
        }
        (Says::Most(labels), Value::Order(tiers)) => most(labels, tiers),
        (Says::P(said), Value::Test(test)) => held(is_p(said, test.p)),
        (Says::AdjustedP(said), Value::Test(test)) => match &test.adjusted {
            Some(adjusted) => held(is_p(said, adjusted.p)),
            None => Err(Some("the p-value was not adjusted".to_owned())),
        },
        (Says::Statistic(said), Value::Test(test)) => match test.statistic {
            Some(statistic) => held(half_up(statistic, decimals(said)).as_deref() == Some(said)),
            None => Err(Some("the test has no statistic".to_owned())),
        },
        (Says::Interval(low, high), Value::Share { .. } | Value::Number(_)) => match &finding.interval {
            Some(interval) => {
                let rounds = |said: &str, limit: f64| half_up(limit, decimals(said)).as_deref() == Some(said);
                held(rounds(low, interval.low) && rounds(high, interval.high))
            }
            None => Err(Some("the finding has no interval".to_owned())),
        },
        (_, Value::NotComputed(_)) => Err(Some("nothing was computed".to_owned())),
        _ => Err(Some("the claim is of another kind than the finding".to_owned())),
    }
}

/// Whether a p-value is as it was printed: rounded, or below or above a bound.
fn is_p(said: &str, p: f64) -> bool {
    let bound = |text: &str| format!("0{}", text.trim().trim_start_matches('0')).parse::<f64>().ok();
    match (said.strip_prefix('<'), said.strip_prefix('>')) {
        (Some(above), _) => bound(above).is_some_and(|above| p < above),
        (_, Some(below)) => bound(below).is_some_and(|below| p > below),
        _ => {
            let printed = if said.starts_with('.') { format!("0{said}") } else { said.to_owned() };
            half_up(p, decimals(&printed)).is_some_and(|rounded| rounded == printed)
        }
    }
}

/// Whether a statistic is an answer that somebody gave, or lies between two: it is claimed as it is, never rounded.
pub(super) fn is_exact(statistic: Statistic) -> bool {
    matches!(
        statistic,
        Statistic::Median | Statistic::Q1 | Statistic::Q3 | Statistic::Minimum | Statistic::Maximum
    )
}

/// A decimal number without what does not change its value: "2.50" is 2.5.
fn plain(printed: &str) -> &str {
    if printed.contains('.') { printed.trim_end_matches('0').trim_end_matches('.') } else { printed }
}

/// How precisely a mean was claimed: more would have held of fewer decimals.
fn rounded(says: &Says, finding: &Finding) -> String {
    match (says, &finding.value) {
        (Says::Number(said), Value::Number(_)) if !is_exact(finding.statistic) => {
            let places = decimals(said);
            format!(", rounded to {places} decimal{}", if places == 1 { "" } else { "s" })
        }
        _ => String::new(),
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
    if tiers.iter().map(|tier| tier.labels.len()).sum::<usize>() == said.len() {
        return Err(Some("every choice is named, so that nothing is left that was chosen less".to_owned()));
    }
    let nobody = tiers.iter().filter(|tier| tier.score <= 0.0).flat_map(|tier| &tier.labels);
    if let Some(label) = nobody.into_iter().find(|label| said.contains(label)) {
        return Err(Some(format!("nobody chose \"{label}\"")));
    }
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
        Says::CountAndPercent { count, of: None, percent } => format!("{count} ({percent}%)"),
        Says::CountAndPercent { count, of: Some(of), percent } => format!("{count}/{of} ({percent}%)"),
        Says::Number(number) => number.clone(),
        Says::MoreThanHalf => "more than half".to_owned(),
        Says::Order(labels) => labels.join(" > "),
        Says::Includes(labels) => format!("includes {}", labels.join("; ")),
        Says::Most(labels) => format!("most often {}", labels.join("; ")),
        Says::P(p) => format!("p {p}"),
        Says::AdjustedP(p) => format!("adjusted p {p}"),
        Says::Statistic(statistic) => format!("statistic {statistic}"),
        Says::Interval(low, high) => format!("interval {low} to {high}"),
    }
}

/// A finding's value in a few words.
pub fn shown(finding: &Finding) -> String {
    // How often something was chosen is a whole number; a mean rank is not.
    let places = if finding.is_by_frequency() { 0 } else { 2 };
    match &finding.value {
        Value::Count(count) => count.to_string(),
        Value::Share { count, of } => {
            format!("{}% ({count}/{of})", percent(*count, *of, 1).unwrap_or_else(|| "n/a".to_owned()))
        }
        Value::Number(number) if is_exact(finding.statistic) => {
            half_up(*number, 4).map_or_else(|| "n/a".to_owned(), |number| plain(&number).to_owned())
        }
        Value::Number(number) => half_up(*number, 4).unwrap_or_else(|| "n/a".to_owned()),
        Value::Date(day) => day.to_string(),
        Value::Test(test) => {
            let four = |number: f64| half_up(number, 4).unwrap_or_else(|| "n/a".to_owned());
            let statistic = test.statistic.map(|statistic| format!("statistic {}, ", four(statistic)));
            // A p-value is never nothing.
            let p = |p: f64| if p < 0.0001 { "<0.0001".to_owned() } else { four(p) };
            let adjusted = test.adjusted.as_ref().map(|adjusted| format!(", adjusted {}", p(adjusted.p)));
            format!("{}p {}{}", statistic.unwrap_or_default(), p(test.p), adjusted.unwrap_or_default())
        }
        Value::Order(tiers) => tiers
            .iter()
            .map(|tier| {
                format!("{} ({})", tier.labels.join(" = "), half_up(tier.score, places).unwrap_or_default())
            })
            .collect::<Vec<_>>()
            .join(" > "),
        Value::NotComputed(reason) => format!("not computed: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::findings::{Base, FindingId};

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

    fn found(statistic: Statistic, value: Value) -> Finding {
        Finding {
            id: FindingId::new(["g", "q", "x"]),
            group: "g".into(),
            question: None,
            item: None,
            level: None,
            statistic,
            base: Base { people: Some(Arc::default()), asked: None, sides: Vec::new() },
            value,
            interval: None,
            method: None,
            counts: None,
            cautions: Vec::new(),
        }
    }

    #[test]
    fn a_median_is_claimed_as_it_is_and_a_mean_as_it_rounds() {
        let holds = |statistic, value, said: &str| {
            check(&Says::Number(said.into()), &found(statistic, Value::Number(value))).is_ok()
        };
        assert!(!holds(Statistic::Median, 2.5, "3") && holds(Statistic::Median, 2.5, "2.50"));
        assert!(!holds(Statistic::Q1, 4.25, "4") && !holds(Statistic::Q1, 4.25, "4.3"));
        assert!(holds(Statistic::Maximum, 91.0, "91") && holds(Statistic::Q3, 0.1 + 0.2, "0.3"));
        assert!(holds(Statistic::Mean, 2.5, "3") && !holds(Statistic::Mean, 2.5, "2"));
        let mean = found(Statistic::Mean, Value::Number(2.5));
        assert_eq!(rounded(&Says::Number("3".into()), &mean), ", rounded to 0 decimals");
    }

    #[test]
    fn a_count_with_its_percent_holds_if_both_do() {
        let holds = |count, of, percent: &str| {
            let says = Says::CountAndPercent { count, of, percent: percent.into() };
            check(&says, &found(Statistic::TopBox, Value::Share { count: 14, of: 22 })).is_ok()
        };
        assert!(holds(14, Some(22), "64") && holds(14, None, "63.6"));
        assert!(!holds(15, Some(22), "64") && !holds(14, Some(23), "64") && !holds(14, Some(22), "63"));
    }

    #[test]
    fn a_half_that_went_to_the_even_digit_is_explained() {
        let why = |count, of, percent: &str| {
            let finding = found(Statistic::Level, Value::Share { count, of });
            let said = Says::Percent { percent: percent.into(), of: None };
            cause::likely(&said, &finding, &Findings::default()).unwrap_or_default()
        };
        // 62.5 and 37.5 percent; only the first is printed otherwise than rounded up.
        assert!(why(5, 8, "62").contains("even digit"), "{}", why(5, 8, "62"));
        assert!(why(1, 16, "6.2").contains("even digit"));
        // 63.6 percent, cut off.
        assert!(why(7, 11, "63").contains("cut off"));
    }

    #[test]
    fn half_is_not_more_than_half() {
        let holds = |count, of| {
            check(&Says::MoreThanHalf, &found(Statistic::TopBox, Value::Share { count, of })).is_ok()
        };
        assert!(holds(3, 5) && !holds(2, 4) && !holds(2, 5));
    }

    #[test]
    fn inclusion_needs_an_order_by_frequency() {
        let order = found(Statistic::Order, Value::Order(tiers(&[(&["a"], 1.2), (&["b"], 1.8)])));
        assert!(check(&Says::Includes(labels(&["b"])), &order).unwrap_err().unwrap().contains("how often"));
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
        assert!(most(&labels(&["a", "b", "c", "d"]), &found).unwrap_err().unwrap().contains("every choice"));
        let unchosen = tiers(&[(&["a"], 9.0), (&["b"], 0.0), (&["c"], 0.0)]);
        assert!(most(&labels(&["a", "b"]), &unchosen).unwrap_err().unwrap().contains("nobody chose \"b\""));
    }

    #[test]
    fn what_nobody_chose_is_not_included() {
        let found = tiers(&[(&["a"], 3.0), (&["b"], 0.0)]);
        assert!(includes(&labels(&["a"]), &found).is_ok());
        assert!(includes(&labels(&["a", "b"]), &found).unwrap_err().unwrap().contains("nobody"));
        assert!(includes(&labels(&["x"]), &found).is_err());
    }
}
