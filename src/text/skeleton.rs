//! A template to start from: the headings of a paper, Methods from what was done, a placeholder for each main finding, and
//! what is left to write. Whoever writes the text makes sentences of its lists and leaves out what need not be said.

use std::fmt::Write as _;

use crate::codebook::Kind;
use crate::findings::{Finding, Findings, Named, Outline, QuestionOutline, Statistic, Value};

use super::fill::escaped;

/// Writes a template of everything that a study asks.
pub fn skeleton(outline: &Outline, findings: &Findings) -> String {
    let mut text = String::new();
    let todo = |what: &str| format!("{{{{ todo \"{what}\" }}}}\n\n");
    let _ = write!(text, "# Introduction\n\n{}", todo("what is known, what is not, and why this was asked"));
    text.push_str("# Methods\n\n");
    text.push_str(&todo(
        "design, setting, dates, ethics approval and consent; how the questionnaire was made",
    ));
    text.push_str("{{ methods }}\n\n# Results\n\n");
    text.push_str(&responses(outline, findings));
    let mut before = "";
    for question in &outline.questions {
        let lines = lines(question, findings);
        if lines.is_empty() {
            continue;
        }
        if before != question.id {
            let _ = write!(text, "## {}\n\n", literal(label(&question.label, &question.id)));
        }
        before = &question.id;
        let _ = write!(text, "{}:\n\n", literal(outline.group_label(&question.group)));
        for line in &lines {
            let _ = writeln!(text, "- {line}");
        }
        text.push('\n');
    }
    text.push_str(&comparisons(outline, findings));
    let _ = write!(
        text,
        "# Discussion\n\n{}",
        todo("what the findings mean, against what is known, and their limits")
    );
    text.trim_end().to_owned() + "\n"
}

/// Words that come from an export, of which no letter is markup and no digit a result.
fn literal(words: &str) -> String {
    format!("{{{{ \"{}\" }}}}", escaped(words).replace(['{', '}'], ""))
}

fn label<'a>(label: &'a str, id: &'a str) -> &'a str {
    if label.is_empty() { id } else { label }
}

fn has_value(findings: &Findings, id: &str) -> bool {
    findings.get(id).is_some_and(|finding| !matches!(finding.value, Value::NotComputed(_)))
}

/// A sentence for each group: who was invited and who responded, or what was received.
fn responses(outline: &Outline, findings: &Findings) -> String {
    let mut text = String::new();
    for group in &outline.groups {
        let id = |tail: &str| Some(format!("{}/{tail}", group.id)).filter(|id| has_value(findings, id));
        let name = literal(&group.label);
        let _ = match (id("invited"), id("rr2"), id("received"), id("included")) {
            (Some(invited), Some(rate), ..) => {
                write!(
                    text,
                    "Of {{{{ {invited} }}}} people invited ({name}), {{{{ {rate} | full }}}} responded. "
                )
            }
            (_, _, Some(received), Some(included)) => write!(
                text,
                "Of {{{{ {received} }}}} responses received ({name}), {{{{ {included} }}}} {{{{ {included} | plural \"was\" \"were\" }}}} analysed. "
            ),
            _ => Ok(()),
        };
    }
    if text.is_empty() { text } else { text.trim_end().to_owned() + "\n\n" }
}

/// What one group answered, a line for each main finding.
fn lines(question: &QuestionOutline, findings: &Findings) -> Vec<String> {
    let line = |words: &str, id: String, form: &str| {
        has_value(findings, &id).then(|| format!("{}: {{{{ {id} | {form} }}}}", literal(words)))
    };
    let item = |item: &Named, tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let whole =
        |words: &str, tail: &str, form: &str| line(words, question.finding(tail).as_str().to_owned(), form);
    match question.kind {
        Kind::Likert => question
            .items
            .iter()
            .filter_map(|of| {
                let name = label(&of.label, label(&question.label, &question.id));
                line(name, item(of, "top-box"), "full")
                    .or_else(|| line(name, item(of, "median"), "median-iqr"))
            })
            .collect(),
        Kind::Single => {
            question.levels.iter().filter_map(|level| whole(&level.label, &level.id, "full")).collect()
        }
        Kind::Multi => question
            .by_frequency(findings)
            .into_iter()
            .filter_map(|choice| whole(&choice.label, &choice.id, "full"))
            .collect(),
        Kind::Ranking => whole("In order of preference", "order", "order").into_iter().collect(),
        Kind::Number => question
            .items
            .iter()
            .filter_map(|of| {
                let name = label(&of.label, label(&question.label, &question.id));
                line(name, item(of, "median"), "median-iqr")
                    .or_else(|| line(name, item(of, "mean"), "mean-sd"))
            })
            .collect(),
        Kind::Date => [("First day", "earliest"), ("Last day", "latest")]
            .into_iter()
            .filter_map(|(words, tail)| whole(words, tail, "date"))
            .collect(),
        Kind::Text => whole("Wrote something", "answered", "count").into_iter().collect(),
    }
}

/// The tests of the study, by what they compare.
fn comparisons(outline: &Outline, findings: &Findings) -> String {
    let mut text = String::new();
    let mut before = "";
    let is_shown =
        |finding: &&Finding| finding.statistic == Statistic::Test && matches!(finding.value, Value::Test(_));
    for test in findings.iter().filter(is_shown) {
        if before != test.group {
            let sides: Vec<String> = test.base.sides.iter().map(|side| side.label.clone()).collect();
            let name = if sides.is_empty() {
                outline.group_label(&test.group).to_owned()
            } else {
                sides.join(" and ")
            };
            if !before.is_empty() {
                text.push('\n');
            }
            let _ = write!(text, "## {}\n\n", literal(&name));
        }
        before = &test.group;
        let of = test.question.as_deref().and_then(|id| outline.question(&test.group, id));
        let item = of.zip(test.item.as_deref()).and_then(|(question, id)| {
            question.items.iter().chain(&question.levels).find(|item| item.id == id && !item.label.is_empty())
        });
        let name = match (item, of) {
            (Some(item), _) => item.label.as_str(),
            (None, Some(question)) => label(&question.label, &question.id),
            (None, None) => test.id.as_str(),
        };
        let _ = writeln!(text, "- {}: {{{{ {} | report }}}}", literal(name), test.id);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}
