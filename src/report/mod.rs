//! The report of a study: one HTML document that stands alone, with everything that was found and how to check it.
//!
//! It asks nothing of the network, and its security policy forbids it to: style and script are allowed by their
//! digests, pictures by being part of the document. Without the script it reads the same; the script only sorts.

mod about;
mod markdown;
mod page;
mod pictures;

use std::fmt::Write as _;

use crate::figures::Figure;
use crate::findings::{Findings, Outline};
use crate::normalise::Ledger;
use crate::tables::{Table, html_fragment};

use page::escape;

/// What a report is made of: what the run wrote, and what it read.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The study's id.
    pub study: &'a str,
    /// The words around the findings.
    pub outline: &'a Outline,
    /// The findings.
    pub findings: &'a Findings,
    /// The text, in Markdown, if the study has a template.
    pub text: Option<&'a str>,
    /// The tables in the order of the study file.
    pub tables: &'a [Shown<Table>],
    /// The figures in the order of the study file.
    pub figures: &'a [Shown<Figure>],
    /// What was left out or recoded, if readers may know.
    pub ledger: Option<&'a Ledger>,
    /// The files that were read, with their digests, as far as readers may know them.
    pub inputs: &'a [(String, String)],
    /// Whether everybody may read it.
    pub is_public: bool,
}

/// A table or figure, and the questions that it shows.
#[derive(Debug, Clone)]
pub struct Shown<T> {
    /// What is shown.
    pub what: T,
    /// The questions of which it is.
    pub of: Vec<String>,
}

/// A part of the report, with its heading.
struct Part {
    id: &'static str,
    heading: &'static str,
    content: String,
}

/// Writes the report.
pub fn report(report: &Report<'_>) -> String {
    let parts: Vec<Part> = [
        Part { id: "summary", heading: "Summary", content: summary(report) },
        Part { id: "people", heading: "Who was asked and who answered", content: people(report) },
        Part { id: "results", heading: "Results", content: results(report) },
        Part { id: "methods", heading: "Methods as used", content: about::methods(report.findings) },
        Part { id: "cautions", heading: "Cautions", content: about::cautions(report.findings) },
        Part {
            id: "ledger",
            heading: "Left out and read otherwise",
            content: report.ledger.map(about::ledger).unwrap_or_default(),
        },
        Part { id: "check", heading: "How to check this report", content: about::check(report) },
    ]
    .into_iter()
    .filter(|part| !part.content.is_empty())
    .collect();
    let mut body = String::new();
    let title = escape(&report.outline.title);
    let _ = write!(body, "<header>\n<h1>{title}</h1>\n");
    for note in &report.outline.notes {
        let _ = writeln!(body, "<p class=\"note\">{}</p>", escape(note));
    }
    body.push_str("</header>\n<nav aria-label=\"Contents\">\n<ul>\n");
    for part in &parts {
        let _ = writeln!(body, "<li><a href=\"#{}\">{}</a></li>", part.id, part.heading);
    }
    body.push_str("</ul>\n</nav>\n<main>\n");
    for Part { id, heading, content } in &parts {
        let _ = write!(
            body,
            "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n<h2 id=\"{id}-heading\">{heading}</h2>\n{content}</section>\n"
        );
    }
    body.push_str("</main>\n");
    page::page(&report.outline.title, &body)
}

fn summary(report: &Report<'_>) -> String {
    let Some(text) = report.text else { return String::new() };
    // What must be said with every output stands at the head of this one.
    let is_said = |line: &str| {
        line.strip_prefix("> ").is_some_and(|line| report.outline.notes.iter().any(|note| note == line))
    };
    let lines: Vec<&str> = text.lines().filter(|line| !is_said(line)).collect();
    markdown::html(&lines.join("\n"))
}

/// A table without the notes that stand at the head of the report.
fn table(table: &Table, outline: &Outline) -> String {
    let mut table = table.clone();
    table.notes.retain(|note| !outline.notes.contains(note));
    html_fragment(&table)
}

/// Tables and figures about people.
fn people(report: &Report<'_>) -> String {
    shown(report, <[String]>::is_empty)
}

/// Tables and figures about questions: the figures of a question follow its first table.
fn results(report: &Report<'_>) -> String {
    shown(report, |of| !of.is_empty())
}

fn shown(report: &Report<'_>, belongs: impl Fn(&[String]) -> bool) -> String {
    let mut text = String::new();
    let mut drawn = vec![false; report.figures.len()];
    for table in report.tables.iter().filter(|table| belongs(&table.of)) {
        let _ = write!(text, "<div class=\"table\">\n{}</div>\n", self::table(&table.what, report.outline));
        for (figure, drawn) in report.figures.iter().zip(&mut drawn) {
            if !*drawn && figure.of == table.of {
                *drawn = true;
                text.push_str(&pictures::figure(&figure.what));
            }
        }
    }
    for (figure, drawn) in report.figures.iter().zip(drawn) {
        if !drawn && belongs(&figure.of) {
            text.push_str(&pictures::figure(&figure.what));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Named;

    fn written(outline: &Outline, text: Option<&str>) -> String {
        report(&Report {
            study: "s",
            outline,
            findings: &Findings::default(),
            text,
            tables: &[],
            figures: &[],
            ledger: Some(&Ledger::default()),
            inputs: &[("a<b>.csv".to_owned(), "00ff".to_owned())],
            is_public: false,
        })
    }

    #[test]
    fn hostile_words_stay_words_and_nothing_is_loaded() {
        let hostile = "\"><script>alert(1)</script><img src=https://example.org/x>";
        let outline = Outline {
            title: hostile.to_owned(),
            notes: vec![hostile.to_owned()],
            groups: vec![Named { id: "g".into(), label: hostile.to_owned() }],
            ..Outline::default()
        };
        let page = written(&outline, Some(&format!("Text {hostile}\n\n[link](javascript:alert(1))")));
        // The script of the page itself is the only one.
        assert_eq!(page.matches("<script>").count(), 1);
        assert!(!page.contains("<img") && !page.contains("href=\"javascript"));
        assert!(page.contains(
            "Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'sha256-"
        ));
    }

    #[test]
    fn notes_of_the_study_are_said_once() {
        let outline = Outline { title: "T".into(), notes: vec!["Synthetic.".into()], ..Outline::default() };
        let page = written(&outline, Some("Text.\n\n> Synthetic.\n\n> Another caution.\n"));
        assert_eq!(page.matches("Synthetic.").count(), 1);
        assert!(page.contains("Another caution."));
    }
}
