//! Figures within the report: the picture with its caption, and its numbers as a table for those who do not see it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::figures::Figure;

use super::grid::{Column, folded, grid, scrolled};
use super::page::escape;

/// A figure with its caption, its description and its numbers.
pub(super) fn figure(figure: &Figure) -> String {
    let picture = format!(
        "<img src=\"data:image/svg+xml;base64,{}\" alt=\"{}\">\n",
        STANDARD.encode(&figure.svg),
        escape(&figure.alt),
    );
    let cautions: Vec<String> = figure
        .cautions
        .iter()
        .map(|caution| format!("<p class=\"notes\">{}</p>\n", escape(caution)))
        .collect();
    let mut text = format!(
        "<figure>\n{}<figcaption>{}</figcaption>\n{}",
        scrolled(&figure.title, "picture", &picture),
        escape(&figure.title),
        cautions.concat()
    );
    if !figure.data.is_empty() {
        let tables: Vec<String> =
            tables(&figure.data).into_iter().map(|rows| data(&figure.title, rows)).collect();
        text.push_str(&folded("The numbers of this figure", &tables.concat()));
    }
    text.push_str("</figure>\n");
    text
}

/// The tables of a figure: rows of one length belong together.
fn tables(rows: &[Vec<String>]) -> Vec<&[Vec<String>]> {
    rows.chunk_by(|row, next| row.len() == next.len()).collect()
}

fn data(title: &str, rows: &[Vec<String>]) -> String {
    let Some((head, rows)) = rows.split_first() else { return String::new() };
    let is_number =
        |cell: &String| cell.is_empty() || cell.starts_with(|c: char| c.is_ascii_digit() || c == '\u{2212}');
    let column = |position: usize| {
        let cells = || rows.iter().filter_map(|row| row.get(position));
        if cells().all(is_number) { Column::Number } else { Column::Words }
    };
    let columns: Vec<(&str, Column)> =
        head.iter().enumerate().map(|(position, name)| (name.as_str(), column(position))).collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| escape(cell)).collect());
    grid(&format!("Numbers: {title}"), &columns, rows)
}
