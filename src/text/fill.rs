//! Filling a template.

use crate::diag::{Diag, Place, codes, nearest};
use crate::findings::{Findings, Outline};
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
                    Ok(words) => {
                        let shown = escaped(&words);
                        let nested = is_inside_parentheses(&visible);
                        markdown.push_str(&if nested { bracketed(&shown) } else { shown });
                        markdown.push_str("<!-- ");
                        markdown.push_str(id);
                        markdown.push_str(" -->");
                        visible.push_str(&words);
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
    if !outline.notes.is_empty() {
        markdown.truncate(markdown.trim_end().len());
        markdown.push('\n');
        for note in &outline.notes {
            markdown.push_str("\n> ");
            markdown.push_str(note);
            markdown.push('\n');
        }
    }
    Ok(Written { markdown, words })
}

/// Whether a parenthesis of the text so far is still open.
fn is_inside_parentheses(text: &str) -> bool {
    text.chars().rev().find(|c| matches!(c, '(' | ')')) == Some('(')
}

/// Parentheses within parentheses are brackets.
fn bracketed(words: &str) -> String {
    words.replace('(', "[").replace(')', "]")
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
        assert!(!is_inside_parentheses("one (two)"));
        assert_eq!(bracketed("9 of 14 (64%)"), "9 of 14 [64%]");
    }

    #[test]
    fn labels_are_no_markup() {
        assert_eq!(escaped("<script>*x*</script>"), "&lt;script&gt;\\*x\\*&lt;/script&gt;");
    }
}
