//! What the name of a column alone tells of its question.

use super::import_id::{Address, Part, is_id};
use super::metadata;

/// What the names of columns end in that hold topics and sentiments found in a text.
const TOPICS: [&str; 7] = [
    " - Topics",
    " - Parent Topics",
    " - Sentiment",
    " - Sentiment Score",
    " - Sentiment Polarity",
    " - Topic Sentiment Label",
    " - Topic Sentiment Score",
];

/// The address that a name alone tells: a tag, then up to two numbers, then perhaps `_TEXT`.
pub(super) fn address(name: &str) -> Option<Address> {
    if name.is_empty() || metadata::is_system_field(name) {
        return None;
    }
    let (round, rest) = match name.split_once('_') {
        Some((round, rest)) if is_number(round) && !is_number(rest) => (Some(round.to_owned()), rest),
        _ => (None, name),
    };
    let of = |question: &str, part: Part| {
        let (question, side) = match question.split_once('#') {
            Some((question, side)) if is_number(side) => (question, Some(side.to_owned())),
            _ => (question, None),
        };
        Some(Address { round: round.clone(), question: question.to_owned(), side, part })
    };
    for (suffix, part) in [
        ("_First Click", Part::Timing),
        ("_Last Click", Part::Timing),
        ("_Page Submit", Part::Timing),
        ("_Click Count", Part::Timing),
        ("_Browser", Part::Browser),
        ("_Version", Part::Browser),
        ("_Operating System", Part::Browser),
        ("_Resolution", Part::Browser),
        ("_NPS_GROUP", Part::NpsGroup),
    ] {
        let mangled = suffix.replace(' ', ".");
        if let Some(tag) = rest.strip_suffix(suffix).or_else(|| rest.strip_suffix(&mangled)) {
            return of(tag, part);
        }
    }
    if let Some(tag) = rest.strip_suffix("_DO") {
        return of(tag, Part::Order(None));
    }
    if let Some((tag, choice)) = rest.split_once("_DO_") {
        return of(tag, Part::Order(Some(choice.to_owned())));
    }
    if TOPICS.iter().any(|topics| rest.ends_with(topics)) {
        return of(rest, Part::Topics);
    }
    let (rest, is_text) = match rest.strip_suffix("_TEXT") {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let mut segments: Vec<&str> = rest.split('_').collect();
    let grouped = segments.len().checked_sub(3).filter(|stem| *stem > 0);
    if let Some((stem, ends)) = grouped.and_then(|stem| segments.split_at_checked(stem))
        && let Some(part) = Part::of_group(ends, None)
    {
        return of(&stem.join("_"), part);
    }
    let mut ids: Vec<String> = Vec::new();
    let is_part = |segment: &&str| is_number(segment) || is_id(segment);
    while segments.len() > 1 && ids.len() < 2 && segments.last().is_some_and(is_part) {
        ids.insert(0, segments.pop().unwrap_or_default().to_owned());
    }
    let tag = segments.join("_");
    of(&tag, if is_text { Part::Text(ids) } else { Part::Answer(ids) })
}

pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> (String, Option<String>, Part) {
        let address = address(name).unwrap();
        (address.question, address.side, address.part)
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn a_name_tells_its_question_and_part() {
        assert_eq!(told("Q1"), ("Q1".into(), None, Part::Answer(vec![])));
        assert_eq!(told("Q44_1_2"), ("Q44".into(), None, Part::Answer(ids(&["1", "2"]))));
        assert_eq!(told("Q2_6_TEXT"), ("Q2".into(), None, Part::Text(ids(&["6"]))));
        assert_eq!(told("Q4#1_2"), ("Q4".into(), Some("1".into()), Part::Answer(ids(&["2"]))));
        assert_eq!(told("Q15_-1"), ("Q15".into(), None, Part::Answer(ids(&["-1"]))));
        assert_eq!(told("trust_in_news"), ("trust_in_news".into(), None, Part::Answer(vec![])));
        assert_eq!(told("Q9_Page.Submit").2, Part::Timing);
        assert_eq!(told("Q1_x4"), ("Q1".into(), None, Part::Answer(ids(&["x4"]))));
        assert_eq!(told("Q2 - Parent Topics").2, Part::Topics);
        assert_eq!(told("Q1_DO_2"), ("Q1".into(), None, Part::Order(Some("2".into()))));
        let grouped = ("Q17".to_owned(), None, Part::InGroup("0".into(), "2".into()));
        assert_eq!(told("Q17_0_GROUP_2"), grouped);
        assert_eq!(told("Q17_0_2_RANK").2, Part::RankIn("0".into(), "2".into()));
    }

    #[test]
    fn a_round_of_a_loop_is_told_from_a_tag() {
        let address = address("2_Q7_1").unwrap();
        assert_eq!((address.round.as_deref(), address.question.as_str()), (Some("2"), "Q7"));
    }
}
