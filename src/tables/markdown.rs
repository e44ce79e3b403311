//! A table as Markdown (GitHub's tables).

use std::fmt::Write as _;

use super::table::{Table, letter, marks};

/// Writes a table with its title, footnotes and notes.
pub fn markdown(table: &Table) -> String {
    let mut text = format!("**{}**\n\n", escape(&table.title));
    let headings = std::iter::once(&table.stub).chain(&table.columns);
    line(&mut text, headings.map(|heading| escape(heading)));
    let rule = |position: usize| if position == 0 { "---" } else { "---:" };
    line(&mut text, (0..=table.columns.len()).map(|position| rule(position).to_owned()));
    for section in &table.sections {
        if !section.label.is_empty() {
            let blank = table.columns.iter().map(|_| String::new());
            line(&mut text, std::iter::once(format!("**{}**", escape(&section.label))).chain(blank));
        }
        for row in &section.rows {
            let cells = row.cells.iter().map(|cell| marked(&cell.shown, &cell.marks));
            line(&mut text, std::iter::once(marked(&row.label, &row.marks)).chain(cells));
        }
    }
    for (position, footnote) in table.footnotes.iter().enumerate() {
        let _ = write!(text, "\n<sup>{}</sup> {}.\n", letter(position), escape(footnote));
    }
    for note in &table.notes {
        let _ = write!(text, "\n{}\n", escape(note));
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push('|');
    for cell in cells {
        let _ = write!(text, " {cell} |");
    }
    text.push('\n');
}

fn marked(words: &str, positions: &[usize]) -> String {
    if positions.is_empty() {
        escape(words)
    } else {
        format!("{} <sup>{}</sup>", escape(words), marks(positions))
    }
}

/// A text without any meaning to Markdown or HTML, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '|' | '#' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ if character.is_control() || character.is_whitespace() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    // Brackets alone mean nothing and stay readable; before a target they would make a link, as an address would.
    escaped
        .trim()
        .replace("](", "\\](")
        .replace("][", "\\][")
        .replace("[^", "\\[^")
        .replace("://", ":&#8203;//")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::samples;

    #[test]
    fn a_table_is_a_line_for_each_row() {
        let text = markdown(&samples::small());
        assert_eq!(
            text,
            "**Motivations**\n\n\
             | Choice | Respondents |\n| --- | ---: |\n\
             | **Students** |  |\n| Networking <sup>a</sup> | 9 (64%) |\n\
             \n<sup>a</sup> small base.\n\nSynthetic answers.\n"
        );
    }

    #[test]
    fn hostile_words_make_no_cell_no_tag_and_no_link() {
        let mut table = samples::small();
        table.sections[0].rows[0].label =
            "a | b\nc <script>alert(1)</script> [x](javascript:1) **bold** `code` http://x.y &lt;".into();
        let text = markdown(&table);
        let row = text.lines().find(|line| line.contains("script")).unwrap();
        assert!(row.contains("a \\| b c &lt;script&gt;alert(1)&lt;/script&gt; [x\\](javascript:1)"), "{row}");
        assert!(row.contains("\\*\\*bold\\*\\* \\`code\\` http:&#8203;//x.y &amp;lt;"), "{row}");
        assert_eq!(text.lines().filter(|line| line.starts_with('|')).count(), 4);
    }
}
