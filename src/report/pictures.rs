//! Figures within the report: the picture, and its numbers as a table for those who do not see it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::figures::Figure;

use super::page::escape;

/// A figure with its description and its numbers.
pub(super) fn figure(figure: &Figure) -> String {
    let title = escape(&figure.title);
    let mut text = format!(
        "<figure aria-label=\"{title}\">\n<img src=\"data:image/svg+xml;base64,{}\" alt=\"{}\">\n",
        STANDARD.encode(&figure.svg),
        escape(&figure.alt),
    );
    if !figure.data.is_empty() {
        let _ = write!(text, "<details>\n<summary>The numbers of this figure</summary>\n");
        for table in tables(&figure.data) {
            text.push_str(&data(&title, table));
        }
        text.push_str("</details>\n");
    }
    text.push_str("</figure>\n");
    text
}

/// The tables of a figure: rows of one length belong together.
fn tables(rows: &[Vec<String>]) -> Vec<&[Vec<String>]> {
    rows.chunk_by(|row, next| row.len() == next.len()).collect()
}

fn data(title: &str, rows: &[Vec<String>]) -> String {
    let mut text = format!("<table>\n<caption>Numbers: {title}</caption>\n");
    for (position, row) in rows.iter().enumerate() {
        text.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let cell = escape(cell);
            let _ = match (position, column) {
                (0, _) => write!(text, "<th scope=\"col\">{cell}</th>"),
                (_, 0) => write!(text, "<th scope=\"row\">{cell}</th>"),
                _ => write!(text, "<td>{cell}</td>"),
            };
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</table>\n");
    text
}
