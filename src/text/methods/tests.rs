//! How groups and pairs were compared.

use std::collections::BTreeMap;

use crate::findings::{Caution, Finding, Statistic, Value};
use crate::stats::Which;

use super::{Done, Sentence, named};

pub(super) fn tests(done: Done<'_>) -> Vec<Sentence> {
    let all: Vec<&Finding> = done.found().filter(|finding| is_ours(finding)).collect();
    let mut sentences = Vec::new();
    let (paired, apart): (Vec<&Finding>, Vec<&Finding>) = all
        .iter()
        .copied()
        .filter(|finding| finding.statistic == Statistic::Test)
        // A link joins people or pairs; whatever compares its sides compares their answers.
        .partition(|finding| done.outline.link(&finding.group).is_some());
    for (tests, words) in
        [(&apart, "Groups were compared by "), (&paired, "Answers of pairs were compared by ")]
    {
        if !tests.is_empty() {
            sentences.push(Sentence::new(format!("{words}{}.", methods_of(tests))));
        }
    }
    for (statistic, words) in [
        (Statistic::Friedman, "Whether the items of a ranking differ was tested by "),
        (Statistic::PostHoc, "Two items of a ranking were compared by "),
        (
            Statistic::NonresponseTest,
            "Whether responding depends on what is known of everybody was tested by ",
        ),
        (Statistic::ConcordanceTest, "Concordance of pairs was tested against chance by "),
    ] {
        let of: Vec<&Finding> =
            all.iter().copied().filter(|finding| finding.statistic == statistic).collect();
        if !of.is_empty() {
            sentences.push(Sentence::new(format!("{words}{}.", methods_of(&of))));
        }
    }
    if all.is_empty() {
        return sentences;
    }
    let has = |wanted: fn(&Caution) -> bool| all.iter().any(|finding| finding.cautions.iter().any(wanted));
    if has(|caution| matches!(caution, Caution::TestByRule { .. })) {
        sentences.push(Sentence::new(
            "Tests were chosen by a fixed rule from the scale of the answers and the design, not from the answers.",
        ));
    }
    let one_sided = all
        .iter()
        .any(|finding| matches!(&finding.value, Value::Test(test) if test.which != Which::TwoSided));
    let sides = if one_sided {
        "One-sided tests are marked as such; all others were two-sided."
    } else {
        "Tests were two-sided."
    };
    sentences.push(Sentence::new(sides));
    sentences.extend(families(done, &all));
    sentences.extend(seeds(done));
    sentences
}

/// A test of the study's own, not what another program would print.
fn is_ours(finding: &Finding) -> bool {
    matches!(finding.value, Value::Test(_)) && finding.statistic != Statistic::ProgramDefault
}

fn method(finding: &Finding) -> (&'static str, &'static str) {
    finding.method.map_or(("", "test"), |method| (method.id, method.name))
}

fn methods_of(tests: &[&Finding]) -> String {
    let name = |finding: &&Finding| in_a_sentence(method(finding).1);
    let names: Vec<String> = tests.iter().map(name).collect();
    named(names.iter().map(String::as_str))
}

/// The name of a test within a sentence: with its article, unless it is somebody's, and what comes after a comma in
/// parentheses.
fn in_a_sentence(name: &str) -> String {
    let (name, further) = match name.split_once(", ") {
        Some((name, further)) => (name, format!(" ({further})")),
        None => (name, String::new()),
    };
    let first = name.split(' ').next().unwrap_or_default();
    let article = if first.ends_with("'s") { "" } else { "the " };
    let name = match name.split_once(' ') {
        Some((
            first @ ("Exact" | "Asymptotic" | "Permutation" | "Conditional" | "Likelihood-ratio"),
            rest,
        )) => {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => name.to_owned(),
    };
    format!("{article}{name}{further}")
}

/// How p-values were adjusted, and over how many tests.
fn families(done: Done<'_>, all: &[&Finding]) -> Vec<Sentence> {
    // Families by how they were adjusted, each with its size and the first of its tests.
    let mut adjusted: BTreeMap<&'static str, BTreeMap<&str, (u64, &Finding)>> = BTreeMap::new();
    for finding in all {
        let Value::Test(test) = &finding.value else { continue };
        let Some(of) = &test.adjusted else { continue };
        adjusted.entry(of.method.name).or_default().entry(&of.family).or_insert((of.tests, finding));
    }
    let sentence = |(name, families): (&str, BTreeMap<&str, (u64, &Finding)>)| {
        let mut sizes: Vec<(u64, &Finding)> = Vec::new();
        for (tests, finding) in families.into_values() {
            if sizes.iter().all(|(known, _)| *known != tests) {
                sizes.push((tests, finding));
            }
        }
        sizes.sort_by_key(|(tests, _)| *tests);
        let sizes = sizes
            .into_iter()
            .map(|(tests, finding)| Sentence::default().by(done.number(tests), finding))
            .collect();
        Sentence::new("P-values were adjusted within families of ")
            .list(sizes)
            .and(format!(" tests ({name})."))
    };
    adjusted.into_iter().map(sentence).collect()
}

/// How random numbers were drawn, so that they can be drawn again.
fn seeds(done: Done<'_>) -> Option<Sentence> {
    let mut drawn: Vec<(String, &Finding)> = Vec::new();
    for finding in done.found() {
        for caution in &finding.cautions {
            let Caution::Method(words) = caution else { continue };
            if !words.contains("seed ") {
                continue;
            }
            // The error of a result of its own is no part of how it was drawn.
            let words = words.split(", standard error").next().unwrap_or(words).to_owned();
            if drawn.iter().all(|(known, _)| *known != words) {
                drawn.push((words, finding));
            }
        }
    }
    (!drawn.is_empty()).then(|| {
        let drawn =
            drawn.into_iter().map(|(words, finding)| Sentence::default().by(words, finding)).collect();
        Sentence::new("Random numbers were drawn from fixed seeds (").list(drawn).and(").")
    })
}
