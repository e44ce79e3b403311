//! One finding as words.

use crate::codebook::Date;
use crate::findings::{Caution, Finding, Findings, Tier, Value};
use crate::numbers::{NumberStyle, exact_places};

use super::form::Form;
use super::statistics;

/// Below this base a percent says less than its counts and is left out.
const FEWEST_FOR_PERCENT: u64 = 10;

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The words.
    pub(super) words: String,
    /// What follows them in parentheses, or in brackets where the text is within parentheses already.
    pub(super) aside: Option<String>,
    /// Ids of further findings whose numbers stand in it.
    pub(super) also: Vec<String>,
}

impl Phrase {
    fn plain(words: String) -> Self {
        Self { words, aside: None, also: Vec::new() }
    }
}

/// Writes a finding in a form, or says why it cannot be written so.
pub(super) fn phrase(
    finding: &Finding,
    form: Option<&Form>,
    findings: &Findings,
    style: NumberStyle,
) -> Result<Phrase, String> {
    let usual = usual(&finding.value);
    let form = form.unwrap_or(&usual);
    let of_words = |count: u64, of: u64| format!("{} of {}", style.count(count), style.count(of));
    match (&finding.value, form) {
        (Value::NotComputed(reason), _) => Err(format!("it was not computed: {reason}")),
        (Value::Share { count, of }, Form::Full) => {
            let percent =
                (*of >= FEWEST_FOR_PERCENT).then(|| style.percent(*count, *of, style.percent_decimals(*of)));
            Ok(Phrase { aside: percent, ..Phrase::plain(of_words(*count, *of)) })
        }
        (Value::Number(mean), Form::MeanSd) => {
            let (sd, id) = sibling(finding, "sd", findings)?;
            let [words, sd] = [*mean, sd].map(|number| style.number(number, style.mean_decimals()));
            let equals = if style == NumberStyle::Apa { "= " } else { "" };
            Ok(Phrase { words, aside: Some(format!("SD {equals}{sd}")), also: vec![id] })
        }
        (Value::Number(median), Form::MedianIqr) => {
            let ((q1, first), (q3, third)) =
                (sibling(finding, "q1", findings)?, sibling(finding, "q3", findings)?);
            // One number of decimals for the three, as in a cell of a table.
            let places = exact_places([*median, q1, q3]);
            let [words, q1, q3] = [*median, q1, q3].map(|number| style.number(number, places));
            let aside = Some(format!("IQR {q1} to {q3}"));
            Ok(Phrase { words, aside, also: vec![first, third] })
        }
        (Value::Test(_), Form::Report) => {
            let (words, beside) = statistics::report(finding, findings, style)?;
            Ok(Phrase { also: beside.into_iter().collect(), ..Phrase::plain(words) })
        }
        (value, form) => plain(value, form, finding, style).map(Phrase::plain),
    }
}

/// The forms that are one number or one list.
fn plain(value: &Value, form: &Form, finding: &Finding, style: NumberStyle) -> Result<String, String> {
    match (value, form) {
        (Value::Count(count) | Value::Share { count, .. }, Form::Count) => Ok(style.count(*count)),
        (Value::Count(count) | Value::Share { count, .. }, Form::Words) => Ok(style.words(*count)),
        (Value::Count(count) | Value::Share { count, .. }, Form::WordsStart) => {
            Ok(capitalised(&style.words(*count)))
        }
        (Value::Count(count) | Value::Share { count, .. }, Form::Plural(one, several)) => {
            Ok(if *count == 1 { one.clone() } else { several.clone() })
        }
        (Value::Share { of, .. }, Form::Base) => Ok(style.count(*of)),
        (Value::Share { count, of }, Form::Of) => {
            Ok(format!("{} of {}", style.count(*count), style.count(*of)))
        }
        (Value::Share { count, of }, Form::Percent) => {
            Ok(style.percent(*count, *of, style.percent_decimals(*of)))
        }
        (Value::Number(number), Form::Percent) => {
            let cases = finding.cautions.iter().find_map(|caution| match caution {
                Caution::EligibleShare { known, unknown, .. } => Some(known + unknown),
                _ => None,
            });
            let decimals = style.percent_decimals(cases.ok_or("it is no share")?);
            Ok(format!("{}%", style.number(number * 100.0, decimals.0)))
        }
        (Value::Share { of, .. }, Form::Interval) => {
            let interval = finding.interval.as_ref().ok_or("it has no interval")?;
            Ok(style.percent_interval(interval.low, interval.high, style.percent_decimals(*of)))
        }
        (Value::Number(number), Form::Value) => Ok(statistics::value(*number, finding.statistic, style)),
        (Value::Number(number), Form::Interval) => statistics::limits(*number, finding, style),
        (Value::Number(_), Form::Effect) => statistics::effect(finding, style),
        (Value::Date(day), Form::Value) => Ok(day.to_string()),
        (Value::Date(day), Form::Date) => Ok(day_in_words(*day, style)),
        (Value::Test(_), Form::Test) => statistics::test(finding, style),
        (Value::Test(test), Form::P) => Ok(style.p_phrase(test.p)),
        (Value::Test(test), Form::AdjustedP) => {
            let adjusted = test.adjusted.as_ref().ok_or("it was not adjusted")?;
            Ok(style.p_phrase(adjusted.p))
        }
        (Value::Order(tiers), Form::Order) => Ok(order(tiers)),
        (Value::Order(tiers), Form::List) => Ok(listed(&tiers.iter().map(tier).collect::<Vec<_>>())),
        (Value::Order(tiers), Form::Top(count)) => top(tiers, *count),
        _ => Err("it cannot be written in this form".to_owned()),
    }
}

/// A day as running text has it: "5 March 2024", in AMA "March 5, 2024".
fn day_in_words(date: Date, style: NumberStyle) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default();
    match style {
        NumberStyle::Ama => format!("{month} {}, {}", date.day(), date.year()),
        NumberStyle::Plain | NumberStyle::Apa => format!("{} {month} {}", date.day(), date.year()),
    }
}

fn usual(value: &Value) -> Form {
    match value {
        Value::Count(_) | Value::NotComputed(_) => Form::Count,
        Value::Share { .. } => Form::Full,
        Value::Number(_) | Value::Date(_) => Form::Value,
        Value::Test(_) => Form::P,
        Value::Order(_) => Form::Order,
    }
}

/// Another number about the same item, and its id.
fn sibling(finding: &Finding, tail: &str, findings: &Findings) -> Result<(f64, String), String> {
    let stem = finding.id.as_str().rsplit_once('/').map_or("", |(stem, _)| stem);
    let id = format!("{stem}/{tail}");
    match findings.get(&id).map(|finding| &finding.value) {
        Some(Value::Number(number)) => Ok((*number, id)),
        _ => Err(format!("there is no number {id} to go with it")),
    }
}

/// "a, followed by b and c": the first apart, the rest in order.
fn order(tiers: &[Tier]) -> String {
    match tiers {
        [] => String::new(),
        [only] => tier(only),
        [first, rest @ ..] => {
            let rest: Vec<String> = rest.iter().map(tier).collect();
            format!("{}, followed by {}", tier(first), rest.join(", then "))
        }
    }
}

fn top(tiers: &[Tier], count: usize) -> Result<String, String> {
    let mut taken = 0;
    let mut names = Vec::new();
    for each in tiers {
        if taken == count {
            break;
        }
        taken += each.labels.len();
        if taken > count {
            return Err(format!(
                "a tie stands across place {count}: the first {count} cannot be told apart from the next"
            ));
        }
        names.extend(each.labels.iter().map(|label| running(label)));
    }
    if taken < count { Err(format!("there are only {taken}")) } else { Ok(listed(&names)) }
}

fn tier(tier: &Tier) -> String {
    let labels: Vec<String> = tier.labels.iter().map(|label| running(label)).collect();
    if labels.len() > 1 { format!("{} (tied)", listed(&labels)) } else { listed(&labels) }
}

/// "a, b and c". Items that hold commas themselves are kept apart by semicolons.
pub(super) fn listed(items: &[String]) -> String {
    let comma = if items.iter().any(|item| item.contains(',')) { "; " } else { ", " };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, last] if comma == ", " => format!("{first} and {last}"),
        [rest @ .., last] => {
            format!("{}{}and {last}", rest.join(comma), if comma == "; " { "; " } else { " " })
        }
    }
}

/// A label inside a sentence: its first letter small, unless the word is an acronym or a name such as "I".
pub(super) fn running(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(labels: &[&[&str]]) -> Vec<Tier> {
        let tier = |labels: &&[&str]| Tier {
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            score: 0.0,
        };
        labels.iter().map(tier).collect()
    }

    #[test]
    fn an_order_reads_as_a_sentence_and_ties_are_said() {
        let order_of = |labels: &[&[&str]]| order(&tiers(labels));
        assert_eq!(
            order_of(&[&["Senior medical students"], &["Residents"], &["Attendings"]]),
            "senior medical students, followed by residents, then attendings"
        );
        assert_eq!(order_of(&[&["A b"], &["MS4", "MS3"]]), "A b, followed by MS4 and MS3 (tied)");
    }

    #[test]
    fn a_tie_across_the_cut_is_not_cut() {
        let tiers = tiers(&[&["Aa"], &["Bb", "Cc"], &["Dd"]]);
        assert_eq!(top(&tiers, 3).as_deref(), Ok("aa, bb and cc"));
        assert!(top(&tiers, 2).unwrap_err().contains("tie"));
        assert!(top(&tiers, 5).unwrap_err().contains("only 4"));
    }

    #[test]
    fn labels_with_commas_are_listed_with_semicolons() {
        assert_eq!(listed(&["a, b".into(), "c".into(), "d".into()]), "a, b; c; and d");
    }
}
