//! Tables and figures, each in the part of the report that what it shows belongs to.

use crate::findings::{Finding, Findings, Outline, Statistic};
use crate::tables::{Cell, Table, html_fragment};

use super::grid::scrolled;
use super::{Report, pictures};

/// The longest word of a heading that stands in one piece.
const LONG_WORD: usize = 30;

/// The parts of the report that hold tables and figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// From those invited to those analysed.
    Flow,
    /// Rates of those invited, and who did not respond.
    Rates,
    /// What one group answered.
    Items,
    /// Groups, answers or waves beside each other.
    Comparisons,
}

/// A table or figure, ready to be put into the page.
pub(super) struct Exhibit {
    /// Its name within the page.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
    /// Where it stands.
    pub(super) part: Part,
    /// The HTML.
    pub(super) html: String,
}

/// Figures of people first, then every table in its order; the figures of a question follow the first table of the same
/// questions.
pub(super) fn exhibits(report: &Report<'_>) -> Vec<Exhibit> {
    let mut left: Vec<usize> = (0..report.figures.len()).collect();
    let of_people = left.extract_if(.., |position| report.figures[*position].of.is_empty());
    let mut exhibits: Vec<Exhibit> =
        of_people.map(|position| picture(report, position, Part::Flow)).collect();
    for (position, table) in report.tables.iter().enumerate() {
        let part = part(&table.what, report.findings, report.outline);
        let id = format!("table-{}", position + 1);
        let html = self::table(&table.what, report.outline);
        exhibits.push(Exhibit { id, title: table.what.title.clone(), part, html });
        let of_same = left.extract_if(.., |position| report.figures[*position].of == table.of);
        exhibits.extend(of_same.map(|position| picture(report, position, part)));
    }
    exhibits.extend(left.into_iter().map(|position| picture(report, position, Part::Items)));
    exhibits
}

fn picture(report: &Report<'_>, position: usize, part: Part) -> Exhibit {
    let figure = &report.figures[position].what;
    Exhibit {
        id: format!("figure-{}", position + 1),
        title: figure.title.clone(),
        part,
        html: pictures::figure(figure),
    }
}

/// Where a table belongs, by the findings that it shows: so a new kind of table finds its place.
fn part(table: &Table, findings: &Findings, outline: &Outline) -> Part {
    let shown: Vec<&Finding> = cells(table)
        .flat_map(|cell| &cell.quotes)
        .filter_map(|quote| findings.get(quote.id.as_str()))
        .collect();
    let is_compared = |finding: &&Finding| {
        finding.group.contains('~')
            || outline.comparisons.iter().any(|compared| compared.id == finding.group)
            || (finding.question.is_some() && outline.link(&finding.group).is_some())
    };
    if shown.iter().any(is_compared) {
        Part::Comparisons
    } else if shown.iter().any(|finding| finding.question.is_some() && !is_of_nonresponse(finding.statistic))
    {
        Part::Items
    } else if shown
        .iter()
        .any(|finding| matches!(finding.statistic, Statistic::Excluded | Statistic::Screened))
    {
        Part::Flow
    } else if shown
        .iter()
        .any(|finding| finding.statistic.is_outcome_rate() || is_of_nonresponse(finding.statistic))
    {
        Part::Rates
    } else {
        Part::Flow
    }
}

/// Whether it sets those who responded beside those who did not, or those who came early beside those who came late.
fn is_of_nonresponse(statistic: Statistic) -> bool {
    matches!(
        statistic,
        Statistic::InvitedShare
            | Statistic::RespondentShare
            | Statistic::Responded
            | Statistic::NonresponseTest
            | Statistic::Early
            | Statistic::Late
            | Statistic::LateDifference
            | Statistic::Least
            | Statistic::Most
    )
}

fn cells(table: &Table) -> impl Iterator<Item = &Cell> {
    table.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.cells)
}

/// A table in its frame, with its notes below; those that stand at the head of the report are not said again.
fn table(table: &Table, outline: &Outline) -> String {
    let mut table = table.clone();
    table.notes.retain(|note| !outline.notes.contains(note));
    let html = html_fragment(&table);
    // Notes wrap with the page; only the rows are scrolled.
    let (rows, notes) = html.rsplit_once("</table>\n").unwrap_or((&html, ""));
    let rows = scrolled(&table.title, print_class(&table), &format!("{rows}</table>\n"));
    if notes.is_empty() { rows } else { format!("{rows}<div class=\"notes\">\n{notes}</div>\n") }
}

/// How a table is fitted to paper, by the letters that its rows need at least: as it is, in smaller type, or turned.
/// A page of Letter is 188 mm wide within its margins, one of A4 182 mm: 120 letters at 7.5 points.
fn print_class(table: &Table) -> &'static str {
    let columns = table.columns.iter().enumerate().map(|(position, heading)| {
        let cells =
            table.sections.iter().flat_map(|section| &section.rows).filter_map(|row| row.cells.get(position));
        let parts = cells.flat_map(|cell| cell.shown.split(") [")).map(|part| part.chars().count());
        let word = heading.split([' ', '-']).map(|word| word.chars().count()).max();
        parts.chain(word).max().unwrap_or(0) + 3
    });
    let needed: usize = columns.sum::<usize>() + 28;
    let headings = std::iter::once(&table.stub).chain(&table.columns);
    // A word that no column can hold is broken.
    if headings.flat_map(|heading| heading.split(' ')).any(|word| word.chars().count() > LONG_WORD) {
        return "turned broken";
    }
    match needed {
        0..=115 => "",
        116..=140 => "small",
        141..=175 => "turned",
        176..=210 => "turned small",
        _ => "turned tiny",
    }
}
