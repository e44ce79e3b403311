//! A table as an HTML document that stands alone: caption, headings with their scope, no script.

use std::fmt::Write as _;

use super::table::{Row, Section, Table, letter, marks};

/// The look: rules above and below, numbers in columns that align.
const STYLE: &str = "\
body{font-family:\"Noto Sans\",Arial,sans-serif;color:#1a1a1a;margin:1.5em}\
table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}\
caption{text-align:left;font-weight:bold;padding-bottom:.5em}\
th,td{padding:.25em .8em;vertical-align:top}\
thead th{border-bottom:1px solid;text-align:right;vertical-align:bottom;text-wrap:balance}\
thead th:first-child,tbody th{text-align:left}\
tbody th[scope=row]{font-weight:normal;min-width:14em}\
sup{line-height:0}\
td{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\
tbody th[scope=rowgroup]{padding-top:.8em}\
tr:has(th[scope=rowgroup])~tr th{padding-left:1.8em}\
p{max-width:60em;margin:.4em 0}\
@page{size:A4 landscape;margin:12mm}\
@media print{body{margin:0;font-size:8pt}table{width:100%}th,td{padding:.15em .35em}\
tbody th[scope=row]{min-width:0}td{white-space:normal}tr,p{break-inside:avoid}p{max-width:none}}";

/// Writes a table as a document.
pub fn html(table: &Table) -> String {
    let title = escape(&table.title);
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n"
    );
    text.push_str(&html_fragment(table));
    text.push_str("</body>\n</html>\n");
    text
}

/// Writes a table as a part of a document: the table, its footnotes and its notes.
pub fn html_fragment(table: &Table) -> String {
    let title = escape(&table.title);
    let mut text = format!("<table>\n<caption>{title}</caption>\n<thead>\n<tr>");
    for heading in std::iter::once(&table.stub).chain(&table.columns) {
        let _ = write!(text, "<th scope=\"col\">{}</th>", escape(heading));
    }
    text.push_str("</tr>\n</thead>\n");
    for part in &table.sections {
        section(&mut text, part, table.columns.len() + 1);
    }
    text.push_str("</table>\n");
    for (position, footnote) in table.footnotes.iter().enumerate() {
        let _ = writeln!(text, "<p><sup>{}</sup> {}.</p>", letter(position), escape(footnote));
    }
    for note in &table.notes {
        let _ = writeln!(text, "<p>{}</p>", escape(note));
    }
    text
}

fn section(text: &mut String, section: &Section, width: usize) {
    text.push_str("<tbody>\n");
    if !section.label.is_empty() {
        let label = escape(&section.label);
        let _ = writeln!(text, "<tr><th colspan=\"{width}\" scope=\"rowgroup\">{label}</th></tr>");
    }
    for row in &section.rows {
        write_row(text, row);
    }
    text.push_str("</tbody>\n");
}

fn write_row(text: &mut String, row: &Row) {
    // A row that goes on with the one above it has no heading of its own, and an empty one would be read aloud as one.
    if row.label.is_empty() && row.marks.is_empty() {
        text.push_str("<tr><td></td>");
    } else {
        let _ = write!(text, "<tr><th scope=\"row\">{}</th>", marked(&row.label, &row.marks));
    }
    for cell in &row.cells {
        let ids: Vec<&str> = cell.quotes.iter().map(|quote| quote.id.as_str()).collect();
        // An interval stands below its share, so that a wide table still fits a page.
        let shown = marked(&cell.shown, &cell.marks).replace(") [", ")<br>[");
        if ids.is_empty() {
            let _ = write!(text, "<td>{shown}</td>");
        } else {
            let _ = write!(text, "<td data-findings=\"{}\">{shown}</td>", escape(&ids.join(" ")));
        }
    }
    text.push_str("</tr>\n");
}

fn marked(words: &str, positions: &[usize]) -> String {
    let words = escape(words);
    if positions.is_empty() { words } else { format!("{words}<sup>{}</sup>", marks(positions)) }
}

/// A text as character data or within quotes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::samples;

    #[test]
    fn headings_have_a_scope_and_the_table_a_caption() {
        let text = html(&samples::small());
        for part in [
            "<caption>Motivations</caption>",
            "<th scope=\"col\">Respondents</th>",
            "<th colspan=\"2\" scope=\"rowgroup\">Students</th>",
            "<th scope=\"row\">Networking<sup>a</sup></th>",
            "<td data-findings=\"students/motivations/networking\">9 (64%)</td>",
            "<p><sup>a</sup> small base.</p>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn hostile_words_stay_words() {
        let mut table = samples::small();
        let hostile = "\"><script>alert('1')</script>&\u{0}";
        table.title = hostile.into();
        table.columns[0] = hostile.into();
        table.footnotes[0] = hostile.into();
        table.notes[0] = hostile.into();
        table.sections[0].label = hostile.into();
        table.sections[0].rows[0].label = hostile.into();
        table.sections[0].rows[0].cells[0].shown = hostile.into();
        let text = html(&table);
        assert!(!text.contains("<script") && !text.contains('\u{0}'));
        // Title and caption, heading, section, row, cell, footnote, note.
        assert_eq!(text.matches("&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;").count(), 8);
    }
}
