//! Filling a template.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diag::{Diag, Place, codes, nearest};
use crate::findings::{Caution, Finding, Findings, Outline};
use crate::numbers::NumberStyle;

use super::phrase::phrase;
use super::template::{Piece, TextTemplate};

/// A text written from findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Markdown in which every number carries the id of its finding in a comment.
    pub markdown: String,
    /// The number of words that a reader sees.
    pub words: u64,
}

/// Writes the text, or says everything that stands in the way: unknown findings, forms that do not fit, too many words.
pub fn write(
    template: &TextTemplate,
    limit: Option<u64>,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<Written, Vec<Diag>> {
    let mut problems = Vec::new();
    let mut markdown = String::new();
    let mut visible = String::new();
    let mut used = Vec::new();
    for piece in &template.pieces {
        match piece {
            Piece::Text(text) | Piece::Literal(text) => {
                markdown.push_str(text);
                visible.push_str(text);
            }
            Piece::Finding { id, form, span } => {
                let problem = |message: String| {
                    Diag::error(codes::STUDY_TEMPLATE, Place::span(&template.file, span.clone()), message)
                };
                let Some(finding) = findings.get(id) else {
                    let diag = problem(format!("no finding is named \"{id}\""));
                    problems.push(match nearest(id, findings.ids()) {
                        Some(near) => diag.help(format!("did you mean \"{near}\"?")),
                        None => diag.help("ids are listed in findings.json"),
                    });
                    continue;
                };
                match phrase(finding, *form, findings, style) {
                    Ok(phrase) => {
                        let (open, close) =
                            if is_inside_parentheses(&visible) { ('[', ']') } else { ('(', ')') };
                        visible.push_str(&phrase.words);
                        markdown.push_str(&escaped(&phrase.words));
                        if let Some(aside) = &phrase.aside {
                            let _ = write!(visible, " {open}{aside}{close}");
                            let _ = write!(markdown, " {open}{}{close}", escaped(aside));
                        }
                        let ids: Vec<&str> =
                            std::iter::once(id).chain(&phrase.also).map(String::as_str).collect();
                        let _ = write!(markdown, "<!-- {} -->", ids.join(" "));
                        used.push(finding);
                    }
                    Err(why) => problems.push(problem(format!("{id}: {why}"))),
                }
            }
        }
    }
    let words = count_words(&visible);
    if let Some(limit) = limit.filter(|limit| words > *limit) {
        let message = format!("the text has {words} words; its limit is {limit}");
        problems.push(
            Diag::error(codes::STUDY_TOO_LONG, Place::file(&template.file), message)
                .help("shorten the template"),
        );
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut notes = cautions(&used, outline);
    notes.extend(outline.notes.iter().map(|note| escaped(note)));
    if !notes.is_empty() {
        markdown.truncate(markdown.trim_end().len());
        markdown.push('\n');
        for note in notes {
            let _ = writeln!(markdown, "\n> {note}");
        }
    }
    Ok(Written { markdown, words })
}

/// What a reader of these findings must know, one line for each group.
fn cautions(used: &[&Finding], outline: &Outline) -> Vec<String> {
    let mut groups: BTreeMap<&str, (BTreeSet<u64>, BTreeSet<String>)> = BTreeMap::new();
    for finding in used {
        let (bases, others) = groups.entry(&finding.group).or_default();
        for caution in &finding.cautions {
            match caution {
                Caution::SmallBase { base } => drop(bases.insert(*base)),
                Caution::NoSampling | Caution::TakenAsRandom => {}
                other => drop(others.insert(other.to_string())),
            }
        }
    }
    let line = |(group, (bases, others)): (&str, (BTreeSet<u64>, BTreeSet<String>))| {
        let small = match (bases.first(), bases.last()) {
            (Some(least), Some(most)) if least == most => Some(format!("small base, n = {least}")),
            (Some(least), Some(most)) => Some(format!("small bases, n = {least} to {most}")),
            _ => None,
        };
        let all: Vec<String> = small.into_iter().chain(others).collect();
        (!all.is_empty())
            .then(|| format!("{}: {}.", escaped(outline.group_label(group)), escaped(&all.join("; "))))
    };
    outline
        .groups
        .iter()
        .filter_map(|group| groups.remove_entry(group.id.as_str()))
        .filter_map(line)
        .collect()
}

/// Whether a parenthesis of the text so far is still open.
fn is_inside_parentheses(text: &str) -> bool {
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth > 0
}

fn count_words(text: &str) -> u64 {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() as u64
}

/// A label as Markdown text: nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' | '\r' => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_reader_counts() {
        assert_eq!(count_words("Of 22 invited, 14 (64%) responded \u{2014} well."), 7);
    }

    #[test]
    fn parentheses_within_parentheses_are_brackets() {
        assert!(is_inside_parentheses("one (two) and (three"));
        assert!(is_inside_parentheses("(one (two) of "));
        assert!(!is_inside_parentheses("one (two)"));
    }

    #[test]
    fn labels_are_no_markup() {
        assert_eq!(escaped("<script>*x*</script>"), "&lt;script&gt;\\*x\\*&lt;/script&gt;");
    }
}
