//! A text for the field of a submission form: no markup, every paragraph on one line, and the text alone: the notes below
//! it stand in its Markdown and its Word document.

use std::fmt::Write as _;

use super::blocks::{Kind, blocks};

/// Writes a text, in Markdown, without any markup. Numbers keep the signs that they have everywhere else, such as the minus
/// sign, because every rendering of a number is the same.
pub fn plain(text: &str) -> String {
    let mut written = String::new();
    let mut before: Option<Kind> = None;
    for block in blocks(text).into_iter().filter(|block| block.kind != Kind::Note) {
        if let Some(before) = before {
            // A list and a table keep together.
            let together =
                matches!((before, block.kind), (Kind::Point(_), Kind::Point(_)) | (Kind::Row, Kind::Row));
            written.push_str(if together { "\n" } else { "\n\n" });
        }
        match block.kind {
            Kind::Point(Some(number)) => {
                let _ = write!(written, "{number}. ");
            }
            Kind::Point(None) => written.push_str("\u{2022} "),
            Kind::Heading(_) | Kind::Paragraph | Kind::Row | Kind::Note => {}
        }
        // What a browser or a spreadsheet could take for more than letters is no letter of a line.
        written.extend(block.text().chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }));
        before = Some(block.kind);
    }
    if !written.is_empty() {
        written.push('\n');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_form_gets_letters_and_nothing_else() {
        let text =
            "# Results\n\nOf 22<!-- a/b --> *people*,\nall \u{2212}1.3.\n\n- one\n- two\n\n> Small base.\n";
        assert_eq!(plain(text), "Results\n\nOf 22 people, all \u{2212}1.3.\n\n\u{2022} one\n\u{2022} two\n");
        assert_eq!(plain(""), "");
    }
}
