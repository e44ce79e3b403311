//! What a figure shows, as plain data: read from the findings, checked, ordered and worded, but without a place yet.

pub(crate) mod bars;
pub(crate) mod cautions;
pub(crate) mod choices;
pub(crate) mod compared;
pub(crate) mod crosstab;
pub(crate) mod diverging;
pub(crate) mod dyads;
pub(crate) mod estimates;
pub(crate) mod flow;
pub(crate) mod forest;
pub(crate) mod heat;
pub(crate) mod mean_rank;
pub(crate) mod missing;
pub(crate) mod numbers;
pub(crate) mod ranking;
pub(crate) mod slope;
pub(crate) mod upset;
pub(crate) mod worths;

use crate::findings::{Asked, Finding, Findings, Kind, Outline, QuestionOutline, Unbalanced, Value};
use crate::numbers::{Decimals, NumberStyle};

use super::NotDrawn;

/// A value, or in words why there is none.
pub(crate) type Known<T> = Result<T, String>;

/// Below this many answers a person is a dot: a bar of 100 % would hide how few they are.
pub(crate) const BARS_FROM: u64 = 10;

/// A share as two counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share {
    /// How many.
    pub(crate) count: u64,
    /// Of how many.
    pub(crate) of: u64,
}

/// The words that every kind of figure has beside its picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Worded {
    /// What the figure shows, with its numbers, for those who do not see it.
    pub(crate) alt: String,
    /// The numbers as a table; the first row names the columns.
    pub(crate) data: Vec<Vec<String>>,
    /// How the figure is to be read, and what must be known beside it.
    pub(crate) notes: Vec<String>,
}

/// Finds a finding that has a value.
///
/// A finding that nobody computed is not a zero: the words say that it is not there.
pub(crate) fn look<'a>(findings: &'a Findings, id: &str) -> Known<&'a Finding> {
    let finding = findings.get(id).ok_or_else(|| "not part of this study's analyses".to_owned())?;
    match &finding.value {
        Value::NotComputed(reason) => Err(reason.to_string()),
        _ => Ok(finding),
    }
}

/// The share that a finding found.
pub(crate) fn share(finding: &Finding) -> Known<Share> {
    match finding.value {
        Value::Share { count, of } if of > 0 && count <= of => Ok(Share { count, of }),
        _ => Err("not a share".to_owned()),
    }
}

/// The groups that were asked a question, out of those wanted (all if none is named), in the order wanted.
pub(crate) fn questions<'a>(
    outline: &'a Outline,
    groups: &[String],
    question: &str,
    kinds: &[Kind],
) -> Result<Vec<&'a QuestionOutline>, NotDrawn> {
    let wanted = groups_or_all(outline, groups);
    let asked: Vec<&QuestionOutline> =
        wanted.iter().filter_map(|group| outline.question(group, question)).collect();
    if asked.is_empty() {
        return Err(NotDrawn::UnknownQuestion { question: question.to_owned() });
    }
    match asked.iter().find(|asked| !kinds.contains(&asked.kind)) {
        Some(wrong) => Err(NotDrawn::WrongKind { question: question.to_owned(), kind: wrong.kind }),
        None => Ok(asked),
    }
}

/// The groups that are named; all of them if none is.
pub(crate) fn groups_or_all(outline: &Outline, groups: &[String]) -> Vec<String> {
    if groups.is_empty() {
        outline.groups.iter().map(|group| group.id.clone()).collect()
    } else {
        groups.to_vec()
    }
}

/// Who was asked and who answered, by the first of these findings that is there and says so.
pub(crate) fn asked_of(findings: &Findings, ids: impl IntoIterator<Item = String>) -> Option<&Asked> {
    ids.into_iter().find_map(|id| findings.get(&id)?.base.asked.as_ref())
}

/// Checks that parts add up to their whole.
pub(crate) fn closes(what: &str, whole: u64, parts: impl IntoIterator<Item = u64>) -> Result<(), NotDrawn> {
    let sum = parts.into_iter().try_fold(0u64, u64::checked_add);
    if sum == Some(whole) {
        return Ok(());
    }
    let account = Unbalanced { whole, parts: sum.unwrap_or(u64::MAX) };
    Err(NotDrawn::Unbalanced { what: what.to_owned(), account })
}

/// The decimals of all percents of a figure: those that its smallest base can carry.
pub(crate) fn decimals(style: NumberStyle, bases: impl IntoIterator<Item = u64>) -> Decimals {
    style.percent_decimals(bases.into_iter().filter(|base| *base > 0).min().unwrap_or(0))
}

/// A share in words, for example "9 of 14 (64%)".
pub(crate) fn in_words(share: Share, style: NumberStyle, decimals: Decimals) -> String {
    format!(
        "{} of {} ({})",
        style.count(share.count),
        style.count(share.of),
        style.percent(share.count, share.of, decimals)
    )
}

/// Joins parts as an enumeration in words.
pub(crate) fn enumerate(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_do_not_close_are_refused() {
        assert!(closes("people", 14, [9, 4, 1]).is_ok());
        assert!(closes("people", 14, [9, 4]).is_err());
        assert!(closes("people", 14, [u64::MAX, 15]).is_err());
    }

    #[test]
    fn a_finding_that_is_not_there_is_not_a_zero() {
        assert_eq!(
            look(&Findings::default(), "students/q/x"),
            Err("not part of this study's analyses".to_owned())
        );
    }

    #[test]
    fn decimals_follow_the_smallest_base() {
        assert_eq!(decimals(NumberStyle::Ama, [944, 14]), Decimals(0));
        assert_eq!(decimals(NumberStyle::Ama, [944, 0]), Decimals(1));
    }

    #[test]
    fn enumerations_read_as_sentences() {
        let words = |words: &[&str]| enumerate(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        assert_eq!(words(&["a"]), "a");
        assert_eq!(words(&["a", "b", "c"]), "a, b and c");
    }
}
