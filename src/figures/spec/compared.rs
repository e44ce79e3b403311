//! Comparisons that a figure shows: which sides, which tests, and how the ids of what stands beside a test begin.

use crate::findings::{Finding, Findings, Named, Outline, Side, Statistic, Value};
use crate::stats::Which;

use super::groups_or_all;
use crate::figures::{Compared, NotDrawn};

/// The comparisons of the figure: those within groups by the question that it names or, where it names none, those between
/// groups if these questions were compared so.
pub(crate) fn comparisons<'a>(
    outline: &'a Outline,
    findings: &Findings,
    groups: &[String],
    compared: &Compared,
    questions: &[String],
) -> Result<Vec<&'a Named>, NotDrawn> {
    let groups = groups_or_all(outline, groups);
    let among = |id: &str| match id.split_once(':') {
        Some((group, by)) => !by.contains(':') && groups.iter().any(|known| known == group),
        None => id.split('~').all(|side| groups.iter().any(|known| known == side)),
    };
    let mut all: Vec<&Named> = outline.comparisons.iter().filter(|compared| among(&compared.id)).collect();
    let by = |one: &Named| one.id.split_once(':').map(|(_, by)| by.to_owned());
    if compared.by.is_some() {
        all.retain(|one| by(one) == compared.by);
    } else if all.iter().any(|one| by(one).is_none() && is_found(findings, &one.id, questions)) {
        all.retain(|one| by(one).is_none());
    }
    if all.is_empty() { Err(NotDrawn::NotCompared) } else { Ok(all) }
}

fn is_found(findings: &Findings, compared: &str, questions: &[String]) -> bool {
    findings.iter().any(|finding| {
        finding.group == compared
            && finding.question.as_ref().is_some_and(|question| questions.contains(question))
    })
}

/// The tests of a comparison in these questions, in the order in which they were asked.
pub(crate) fn tests<'a>(
    findings: &'a Findings,
    compared: &str,
    questions: &[String],
    name: Option<&str>,
) -> Vec<&'a Finding> {
    let of_figure = |finding: &&Finding| {
        finding.statistic == Statistic::Test
            && finding.group == compared
            && finding.level.is_none()
            && finding.question.as_ref().is_some_and(|question| questions.contains(question))
            && name.is_none_or(|name| ask_name(finding) == Some(name))
    };
    findings.iter().filter(of_figure).collect()
}

/// How the ids of what stands beside a test begin: its own without its end.
pub(crate) fn stem(test: &Finding) -> &str {
    let id = test.id.as_str();
    id.strip_suffix("/test").unwrap_or(id)
}

/// The name of the ask that a finding is of, which stands between its sides and its question.
pub(crate) fn ask_name(finding: &Finding) -> Option<&str> {
    let rest = finding.id.as_str().strip_prefix(finding.group.as_str())?.strip_prefix('/')?;
    rest.split('/').next().filter(|first| Some(*first) != finding.question.as_deref())
}

/// Which way a one-sided test looks, in words; nothing where it looks both ways.
pub(crate) fn one_sided(test: &Finding) -> Option<String> {
    let Value::Test(result) = &test.value else { return None };
    let [first, second, ..] = test.base.sides.as_slice() else { return None };
    let ordered = test.method.is_some_and(|method| method.id.starts_with("jonckheere"));
    Some(match (result.which, ordered) {
        (Which::TwoSided, _) => return None,
        (Which::Less, true) => "one-sided: answers rise from side to side".to_owned(),
        (Which::Greater, true) => "one-sided: answers fall from side to side".to_owned(),
        (Which::Greater, false) => format!("one-sided: {} above {}", first.label, second.label),
        (Which::Less, false) => format!("one-sided: {} below {}", first.label, second.label),
    })
}

/// The short id of a side: that of its answer.
pub(crate) fn short(side: &Side) -> &str {
    side.id.rsplit(':').next().unwrap_or(&side.id)
}
