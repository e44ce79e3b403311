//! Nonresponse: who responded by what the roster tells, and how far answers could be moved by those who did not.

use crate::findings::{Findings, Kind, Outline, QuestionOutline, Statistic};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::label;

/// A section for each group and attribute, a row for each level, and one for the test.
pub(in crate::tables) fn nonresponse(draft: &mut Draft<'_>, outline: &Outline, groups: &[String]) -> Table {
    const TAILS: [&str; 3] = ["invited-share", "respondent-share", "responded"];
    let mut sections = Vec::new();
    let ids = |levels: &[(String, String)], tail: &str| -> Vec<String> {
        levels.iter().map(|(level, _)| format!("{level}/{tail}")).collect()
    };
    for group in groups {
        for attribute in attributes(draft.findings(), group) {
            let levels = levels(draft.findings(), &attribute);
            let decimals = TAILS.map(|tail| draft.decimals(ids(&levels, tail)));
            let mut rows = Vec::new();
            for (level, words) in &levels {
                let form = |tail: &str| {
                    if tail == "responded" { ShareForm::WithInterval } else { ShareForm::CountFirst }
                };
                let mut cells: Vec<Cell> = TAILS
                    .iter()
                    .zip(decimals)
                    .map(|(tail, decimals)| draft.share(&format!("{level}/{tail}"), decimals, form(tail)))
                    .collect();
                cells.push(draft.number(&format!("{level}/standardised-difference"), 2));
                rows.push(draft.row(words, cells));
            }
            let p = draft.p_alone(&format!("{attribute}/test"));
            let cells = vec![Cell::default(), Cell::default(), p, Cell::default()];
            let words = format!("Responding depends on it, {}", draft.style.p_letter());
            rows.push(draft.row(&words, cells));
            let name = attribute.rsplit('/').next().unwrap_or_default();
            let label = format!("{}, by {}", outline.group_label(group), name.replace('-', " "));
            sections.push(Section { label, rows });
        }
    }
    Table {
        title: "Those who responded and everybody invited".to_owned(),
        stub: "Level".to_owned(),
        columns: ["Invited, n (%)", "Responded, n (%)", "Share responding [interval]", "Standardised difference"]
            .map(str::to_owned)
            .to_vec(),
        sections,
        notes: vec![
            "Responded: complete and partial responses. The standardised difference compares those who responded with those \
             who did not."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// The stems of a group's attributes, in order.
fn attributes(findings: &Findings, group: &str) -> Vec<String> {
    let tests = findings.iter().filter(|finding| finding.group == group);
    let tests = tests.filter(|finding| finding.statistic == Statistic::NonresponseTest);
    tests.filter_map(|finding| finding.id.as_str().strip_suffix("/test").map(str::to_owned)).collect()
}

/// The stems of an attribute's levels with their labels, in order.
fn levels(findings: &Findings, attribute: &str) -> Vec<(String, String)> {
    let responded = findings.iter().filter(|finding| finding.statistic == Statistic::Responded);
    responded
        .filter_map(|finding| {
            let stem = finding.id.as_str().strip_suffix("/responded")?;
            stem.strip_prefix(attribute)?.strip_prefix('/')?;
            Some((stem.to_owned(), finding.level.clone().unwrap_or_default()))
        })
        .collect()
}

/// A section for each question and group: what was said, its bounds, and early against late respondents.
pub(in crate::tables) fn sensitivity(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[Vec<&QuestionOutline>],
) -> Table {
    let mut sections = Vec::new();
    for question in questions.iter().flatten() {
        let stems = stems(question);
        let ids = |tail: &str| stems.iter().map(|(stem, _)| with(stem, tail)).collect::<Vec<_>>();
        let said: Vec<String> = stems.iter().map(|(stem, _)| observed(question, stem)).collect();
        let decimals = [said.clone(), ids("least"), ids("early"), ids("late")].map(|ids| draft.decimals(ids));
        let mut rows: Vec<Row> = Vec::new();
        for ((stem, words), said) in stems.iter().zip(&said) {
            let [of_said, of_bounds, of_early, of_late] = decimals;
            let mut share = |id: &str, decimals| draft.share(id, decimals, ShareForm::PercentFirst);
            let mut cells = vec![
                share(said, of_said),
                share(&with(stem, "least"), of_bounds),
                share(&with(stem, "most"), of_bounds),
                share(&with(stem, "early"), of_early),
                share(&with(stem, "late"), of_late),
            ];
            cells.push(draft.points(&with(stem, "late-difference"), of_late));
            rows.push(draft.row(words, cells));
        }
        let label = format!("{}: {}", outline.group_label(&question.group), label(question));
        sections.push(Section { label, rows });
    }
    let columns = ["Said", "Least", "Most", "Early", "Late", "Late \u{2212} early, points [interval]"]
        .map(str::to_owned);
    Table {
        title: "What those who did not respond could change".to_owned(),
        stub: "Item".to_owned(),
        columns: columns.to_vec(),
        sections,
        notes: vec![
            "Said: the share of those who answered; on a scale, the top box. Least and most: the share of everybody invited to \
             whom the question applies, had nobody or everybody of those without an answer said so; no interval. Early and \
             late: by the time of submission."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// The stems of the shares of a question with their labels.
fn stems(question: &QuestionOutline) -> Vec<(String, String)> {
    if question.kind == Kind::Likert {
        let of = |item: &crate::findings::Named| {
            let words = if item.label.trim().is_empty() { label(question) } else { item.label.clone() };
            (question.item_finding(item, "").as_str().to_owned(), words)
        };
        return question.items.iter().map(of).collect();
    }
    let of_level =
        |level: &crate::findings::Named| (format!("{}/", question.finding(&level.id)), level.label.clone());
    question.levels.iter().map(of_level).collect()
}

fn with(stem: &str, tail: &str) -> String {
    format!("{stem}{tail}")
}

/// The share itself: the top box of an item, or the choice.
fn observed(question: &QuestionOutline, stem: &str) -> String {
    if question.kind == Kind::Likert { with(stem, "top-box") } else { stem.trim_end_matches('/').to_owned() }
}
