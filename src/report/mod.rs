//! The report of a study: one HTML document that stands alone, with everything that was found and how to check it.
//!
//! It asks nothing of the network, and its security policy forbids it to: style and script are allowed by their
//! digests, pictures by being part of the document. Without the script it reads the same; the script only sorts.

mod cautions;
mod check;
mod exhibits;
mod grid;
mod ledger;
mod markdown;
mod methods;
mod page;
mod pictures;
mod recorded;
mod summary;

use std::fmt::Write as _;

use crate::figures::Figure;
use crate::findings::{Findings, Outline};
use crate::normalise::Ledger;
use crate::numbers::NumberStyle;
use crate::tables::Table;

use exhibits::{Exhibit, Part};
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
    /// How numbers are written.
    pub style: NumberStyle,
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

/// A section of the report, with its heading.
struct Section {
    id: &'static str,
    heading: &'static str,
    content: String,
    /// What stands in it, by place and title.
    holds: Vec<(String, String)>,
}

impl Section {
    fn of(id: &'static str, heading: &'static str, content: String) -> Self {
        Self { id, heading, content, holds: Vec::new() }
    }

    fn showing(id: &'static str, heading: &'static str, exhibits: &[Exhibit], part: Part) -> Self {
        let mut section = Self::of(id, heading, String::new());
        for exhibit in exhibits.iter().filter(|exhibit| exhibit.part == part) {
            let _ = write!(
                section.content,
                "<div class=\"exhibit\" id=\"{}\">\n{}</div>\n",
                exhibit.id, exhibit.html
            );
            section.holds.push((exhibit.id.clone(), exhibit.title.clone()));
        }
        section
    }
}

/// Writes the report.
pub fn report(report: &Report<'_>) -> String {
    let Report { outline, findings, .. } = report;
    let shown = exhibits::exhibits(report);
    let sections: Vec<Section> = [
        Section::of("summary", "Summary", summary::summary(report)),
        Section::showing("flow", "Who was asked and who is analysed", &shown, Part::Flow),
        Section::showing("rates", "Rates and nonresponse", &shown, Part::Rates),
        Section::showing("items", "What they answered", &shown, Part::Items),
        Section::showing("comparisons", "Comparisons", &shown, Part::Comparisons),
        Section::of("methods", "Methods as used", methods::methods(findings)),
        Section::of("cautions", "Cautions", cautions::cautions(findings, outline)),
        Section::of("ledger", "Ledger", report.ledger.map(ledger::ledger).unwrap_or_default()),
        Section::of("check", "How to verify", check::check(report)),
        Section::of("findings", "All findings", recorded::findings(findings)),
    ]
    .into_iter()
    .filter(|section| !section.content.is_empty())
    .collect();
    let mut body = format!(
        "<a class=\"skip\" href=\"#report\">Skip to the report</a>\n<header>\n<p class=\"study\">{}</p>\n<h1>{}</h1>\n",
        escape(report.study),
        escape(&outline.title)
    );
    for note in &outline.notes {
        let _ = writeln!(body, "<p class=\"note\">{}</p>", escape(note));
    }
    let _ = write!(body, "</header>\n{}<main id=\"report\" tabindex=\"-1\">\n", contents(&sections));
    for Section { id, heading, content, .. } in &sections {
        let _ = write!(
            body,
            "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n<h2 id=\"{id}-heading\">{heading}</h2>\n{content}</section>\n"
        );
    }
    body.push_str("</main>\n");
    page::page(&outline.title, &body)
}

/// Links to the sections, and to the tables and figures of each, folded away.
fn contents(sections: &[Section]) -> String {
    let mut text = "<nav aria-label=\"Contents\">\n<ul>\n".to_owned();
    for Section { id, heading, holds, .. } in sections {
        let _ = write!(text, "<li><a href=\"#{id}\">{heading}</a>");
        if !holds.is_empty() {
            let count = holds.len();
            let what = if count == 1 {
                "1 table or figure".to_owned()
            } else {
                format!("{count} tables and figures")
            };
            let _ = write!(text, "\n<details>\n<summary>{what}</summary>\n<ul>\n");
            for (place, title) in holds {
                let _ = writeln!(text, "<li><a href=\"#{place}\">{}</a></li>", escape(title));
            }
            text.push_str("</ul>\n</details>");
        }
        text.push_str("</li>\n");
    }
    text.push_str("</ul>\n</nav>\n");
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
            style: NumberStyle::Plain,
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
    fn the_same_inputs_give_the_same_page() {
        let outline = Outline { title: "T".into(), ..Outline::default() };
        assert_eq!(written(&outline, Some("Text.")), written(&outline, Some("Text.")));
    }

    #[test]
    fn notes_of_the_study_are_said_once() {
        let outline = Outline { title: "T".into(), notes: vec!["Synthetic.".into()], ..Outline::default() };
        let page = written(&outline, Some("Text.\n\n> Synthetic.\n\n> Another caution.\n"));
        assert_eq!(page.matches("Synthetic.").count(), 1);
        assert!(page.contains("Another caution."));
    }
}
