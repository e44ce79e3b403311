//! Tables that the report makes itself, and the frame in which every table of it stands.

use std::fmt::Write as _;

use super::page::escape;

/// How a column of a report's own table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Words, from the left, which wrap.
    Words,
    /// Numbers, to the right.
    Number,
}

/// A table of columns with their headings; cells are HTML, the first of a row names it.
pub(super) fn grid(
    caption: &str,
    columns: &[(&str, Column)],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let class = |column: Column| if column == Column::Words { " class=\"words\"" } else { "" };
    let mut text = format!("<table>\n<caption>{}</caption>\n<thead>\n<tr>", escape(caption));
    for (heading, column) in columns {
        let _ = write!(text, "<th scope=\"col\"{}>{}</th>", class(*column), escape(heading));
    }
    text.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        text.push_str("<tr>");
        for (position, (cell, (_, column))) in row.iter().zip(columns).enumerate() {
            let _ = match position {
                // An empty heading would be read aloud as one.
                0 if cell.is_empty() => write!(text, "<td></td>"),
                0 => write!(text, "<th scope=\"row\">{cell}</th>"),
                _ => write!(text, "<td{}>{cell}</td>", class(*column)),
            };
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
    scrolled(caption, "", &text)
}

/// The frame of something that may be wider than the window: it is scrolled there, by keys too, and not the page.
pub(super) fn scrolled(label: &str, class: &str, content: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" {class}") };
    format!(
        "<div class=\"scroll{class}\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">\n{content}</div>\n",
        escape(label)
    )
}

/// A part that is folded away until somebody asks for it.
pub(super) fn folded(summary: &str, content: &str) -> String {
    format!("<details>\n<summary>{}</summary>\n{content}</details>\n", escape(summary))
}

/// A count with its noun, for example `1 table` or `2 tables`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
