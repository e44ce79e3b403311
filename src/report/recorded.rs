//! All findings as they are recorded: unrounded, in the order in which they were asked.

use crate::findings::{Base, Finding, Findings, TestResult, Tier, Value};
use crate::numbers::pinned;

use super::grid::{Column, folded, grid};
use super::page::escape;

/// A row for each finding, folded away.
pub(super) fn findings(findings: &Findings) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let columns = [
        ("Finding", Column::Words),
        ("Value", Column::Words),
        ("Interval", Column::Words),
        ("Base", Column::Words),
        ("Method", Column::Words),
        ("Cautions", Column::Words),
    ];
    let rows = findings.iter().map(|finding| {
        let mut cautions: Vec<&str> = finding.cautions.iter().map(crate::findings::Caution::id).collect();
        cautions.dedup();
        vec![
            format!("<code>{}</code>", escape(finding.id.as_str())),
            escape(&value(&finding.value)),
            interval(finding),
            escape(&base(&finding.base)),
            finding.method.map_or(String::new(), |method| format!("<code>{}</code>", escape(method.id))),
            escape(&cautions.join(", ")),
        ]
    });
    let table = grid("All findings", &columns, rows);
    format!(
        "<p>Every number that was found, by its id, as <code>findings.json</code> records it: shares as their two counts, other numbers \
         with ten digits. A base says how many answered, of how many analysed.</p>\n{}\
         <p class=\"paper\">They are too many for paper and stand in <code>findings.json</code>.</p>\n",
        folded(&format!("All {} findings", findings.len()), &table)
    )
}

fn number(number: f64) -> String {
    pinned(number).to_string().replace('-', "\u{2212}")
}

fn value(value: &Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Share { count, of } => format!("{count} of {of}"),
        Value::Number(found) => number(*found),
        Value::Date(date) => date.to_string(),
        Value::Test(found) => test(found),
        Value::Order(tiers) => tiers.iter().map(tier).collect::<Vec<_>>().join("; "),
        Value::NotComputed(reason) => format!("not computed: {reason}"),
    }
}

fn test(found: &TestResult) -> String {
    let mut parts = vec![format!("p = {}", number(found.p))];
    if let Some(statistic) = found.statistic {
        parts.push(format!("statistic {}", number(statistic)));
    }
    if !found.df.is_empty() {
        let df: Vec<String> = found.df.iter().map(|df| number(*df)).collect();
        parts.push(format!("df {}", df.join(", ")));
    }
    if let Some(adjusted) = &found.adjusted {
        parts.push(format!(
            "adjusted p = {} ({}, {} in {})",
            number(adjusted.p),
            adjusted.method.name,
            adjusted.tests,
            adjusted.family
        ));
    }
    parts.join("; ")
}

fn tier(tier: &Tier) -> String {
    format!("{} ({})", tier.labels.join(" = "), number(tier.score))
}

fn interval(finding: &Finding) -> String {
    finding.interval.as_ref().map_or(String::new(), |interval| {
        let percent = number(interval.level.get() * 100.0);
        escape(&format!("{percent}%: {} to {}", number(interval.low), number(interval.high)))
    })
}

/// Who is in a finding: the sides of a comparison, those who answered, or those analysed.
fn base(base: &Base) -> String {
    if !base.sides.is_empty() {
        let sides =
            base.sides.iter().map(|side| format!("{}: {} of {}", side.label, side.answered, side.included));
        return sides.collect::<Vec<_>>().join("; ");
    }
    match (&base.asked, &base.people) {
        (Some(asked), _) => format!("{} of {}", asked.answered, asked.included),
        (None, Some(people)) => format!("{} analysed", people.included),
        (None, None) => "not told".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Which;

    #[test]
    fn values_are_unrounded() {
        assert_eq!(value(&Value::Share { count: 9, of: 14 }), "9 of 14");
        assert_eq!(value(&Value::Number(-1.0 / 3.0)), "\u{2212}0.3333333333");
        let found = TestResult {
            statistic: Some(2.5),
            df: vec![1.0, 30.0],
            p: 0.000_012,
            which: Which::TwoSided,
            smallest: None,
            adjusted: None,
        };
        assert_eq!(value(&Value::Test(found)), "p = 0.000012; statistic 2.5; df 1, 30");
        let tiers = vec![
            Tier { labels: vec!["A".into(), "B".into()], score: 1.5 },
            Tier { labels: vec!["C".into()], score: 3.0 },
        ];
        assert_eq!(value(&Value::Order(tiers)), "A = B (1.5); C (3)");
    }
}
