//! Filling a template.

use std::fmt::Write as _;

use crate::diag::{Diag, Place, codes, nearest};
use crate::findings::{Findings, Outline};
use crate::numbers::NumberStyle;

use super::blocks::blocks;
use super::cautions::{Used, cautions};
use super::form::Form;
use super::length::Length;
use super::methods::{Part, methods};
use super::phrase::phrase;
use super::sentence::{started, starts_here};
use super::template::{Piece, TextTemplate};

/// A text written from findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Markdown in which every number carries the id of its finding in a comment.
    pub markdown: String,
    /// The number of words that a reader sees, without headings and notes.
    pub words: u64,
    /// The number of characters, counted alike.
    pub characters: u64,
}

/// How long a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The most words.
    pub words: Option<u64>,
    /// The most characters, blanks among them.
    pub characters: Option<u64>,
}

/// Writes the text, or says everything that stands in the way: unknown findings, forms that do not fit, numbers at the
/// start of a sentence that have no words, a text that is too long.
pub fn write(
    template: &TextTemplate,
    limits: Limits,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<Written, Vec<Diag>> {
    let (mut markdown, used, mut problems) = filled(template, outline, findings, style);
    let Length { words, characters } = Length::of(&blocks(&markdown));
    for (count, limit, of) in [(words, limits.words, "words"), (characters, limits.characters, "characters")]
    {
        let Some(limit) = limit.filter(|limit| count > *limit) else { continue };
        let over = count - limit;
        let message = format!("the text has {count} {of}; its limit is {limit}, so that {over} are too many");
        problems.push(
            Diag::error(codes::STUDY_TOO_LONG, Place::file(&template.file), message)
                .help("shorten the template; headings and the notes below the text do not count"),
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
    Ok(Written { markdown, words, characters })
}

/// Fills a template that stands in no text of its own, such as an answer to an item of a checklist; with the ids of the
/// findings in it.
pub(super) fn fill(
    template: &TextTemplate,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<(String, Vec<String>), Vec<Diag>> {
    let (markdown, used, problems) = filled(template, outline, findings, style);
    let ids = used.iter().map(|used| used.finding.id.as_str().to_owned()).collect();
    if problems.is_empty() { Ok((markdown, ids)) } else { Err(problems) }
}

/// A template with its placeholders filled as far as that can be done, the findings in it, and what stands in the way.
fn filled<'a>(
    template: &TextTemplate,
    outline: &Outline,
    findings: &'a Findings,
    style: NumberStyle,
) -> (String, Vec<Used<'a>>, Vec<Diag>) {
    let mut filler =
        Filler { findings, style, markdown: String::new(), visible: String::new(), used: Vec::new() };
    let mut problems = Vec::new();
    for piece in &template.pieces {
        let filled = match piece {
            Piece::Text { text, .. } | Piece::Literal(text) => {
                filler.text(text);
                continue;
            }
            Piece::ToDo { what, .. } => {
                filler.text(&format!("**[To do: {}]**", escaped(what)));
                continue;
            }
            Piece::Finding { id, form, span } => filler.finding(id, form.as_ref()).map_err(|why| (why, span)),
            Piece::Methods { part, span } => filler.methods(*part, outline).map_err(|why| (why, span)),
        };
        if let Err(((message, help), span)) = filled {
            let diag = Diag::error(codes::STUDY_TEMPLATE, Place::span(&template.file, span.clone()), message);
            problems.push(match help {
                Some(help) => diag.help(help),
                None => diag,
            });
        }
    }
    let Filler { markdown, used, .. } = filler;
    (markdown, used, problems)
}

/// What stands in the way, and its remedy.
type Problem = (String, Option<String>);

/// A text while it is filled.
struct Filler<'a> {
    findings: &'a Findings,
    style: NumberStyle,
    markdown: String,
    /// The same without comments, as far as a template's own markup is none.
    visible: String,
    used: Vec<Used<'a>>,
}

impl Filler<'_> {
    fn text(&mut self, text: &str) {
        self.markdown.push_str(text);
        self.visible.push_str(text);
    }

    fn finding(&mut self, id: &str, form: Option<&Form>) -> Result<(), Problem> {
        let Some(finding) = self.findings.get(id) else {
            let help = match nearest(id, self.findings.ids()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "ids are listed in findings.json".to_owned(),
            };
            return Err((format!("no finding is named \"{id}\""), Some(help)));
        };
        let of = |why: String| (format!("{id}: {why}"), None);
        let phrase = phrase(finding, form, self.findings, self.style).map_err(of)?;
        // A word that goes with a count is no number of its own.
        let starts = starts_here(&self.visible) && !matches!(form, Some(Form::WordsStart | Form::Plural(..)));
        let words = if starts { started(&phrase.words).map_err(of)? } else { phrase.words };
        let (open, close) = if is_inside_parentheses(&self.visible) { ('[', ']') } else { ('(', ')') };
        self.visible.push_str(&words);
        self.markdown.push_str(&escaped(&words));
        if let Some(aside) = &phrase.aside {
            let _ = write!(self.visible, " {open}{aside}{close}");
            let _ = write!(self.markdown, " {open}{}{close}", escaped(aside));
        }
        let ids: Vec<&str> = std::iter::once(id).chain(phrase.also.iter().map(String::as_str)).collect();
        let _ = write!(self.markdown, "<!-- {} -->", ids.join(" "));
        // Numbers beside a number, such as the size of effect beside a test, have cautions of their own.
        let with_interval = form.is_some_and(Form::shows_interval);
        let beside = phrase.also.iter().filter_map(|id| self.findings.get(id));
        let used = std::iter::once(finding).chain(beside).map(|finding| Used { finding, with_interval });
        self.used.extend(used);
        Ok(())
    }

    /// Sentences of what was done. They say how findings came about, so that cautions of these are not repeated.
    fn methods(&mut self, part: Part, outline: &Outline) -> Result<(), Problem> {
        let sentences = methods(part, outline, self.findings, self.style);
        if sentences.is_empty() {
            let help = "leave it out: only what was done is written";
            return Err((format!("nothing that was found says {}", part.asks()), Some(help.to_owned())));
        }
        for (position, sentence) in sentences.iter().enumerate() {
            if position > 0 {
                self.text(" ");
            }
            for said in &sentence.said {
                self.visible.push_str(&said.words);
                self.markdown.push_str(&escaped(&said.words));
                if !said.ids.is_empty() {
                    let _ = write!(self.markdown, "<!-- {} -->", said.ids.join(" "));
                }
            }
        }
        Ok(())
    }
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

/// A label as Markdown text: nothing in it is markup.
pub fn escaped(text: &str) -> String {
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
