//! SurveyMonkey questions below a header of one row: the condensed export, or one that somebody joined.
//!
//! Joined headers end in the choice or row: `Which pies? - Apple`, `3. Python.`.

use crate::ingest::RawTable;
use crate::ingest::blocks::{Part, Said, Tally, is_same};

use super::blocks::Titled;
use super::header::is_other;

/// What stands between a question and its choice.
const MARK: &str = " - ";

/// The questions of a header of one row, from the first column that is not about the response.
pub(super) fn of_one_row(titles: &[String], first: usize, table: &RawTable) -> Vec<Titled> {
    let tallies: Vec<Tally<'_>> = (0..titles.len()).map(|column| Tally::of(table, column)).collect();
    let mut blocks = Vec::new();
    let mut column = first;
    while column < titles.len() {
        let block = boxes(titles, &tallies, column)
            .or_else(|| with_other(titles, column))
            .or_else(|| marked(titles, column))
            .unwrap_or_else(|| alone(titles, column));
        column += block.parts.len();
        blocks.push(block);
    }
    blocks
}

fn alone(titles: &[String], column: usize) -> Titled {
    let parts = vec![Part { column, label: String::new(), said: Said::Nothing }];
    Titled { title: titles[column].clone(), parts, untitled: false }
}

/// Adjacent columns that hold nothing but the end of their title, below one beginning.
fn boxes(titles: &[String], tallies: &[Tally<'_>], first: usize) -> Option<Titled> {
    let stem = stem(&titles[first], tallies[first].only()?)?;
    let mut parts = Vec::new();
    for column in first..titles.len() {
        let Some(label) = titles[column].strip_prefix(&stem) else { break };
        let own = tallies[column].is_blank() || tallies[column].says_only(label);
        // A second column of the same title, or the last one, holds what was written with "Other".
        let again = column > first && titles[column] == titles[column - 1];
        let said = if is_other(label) { Said::Other } else { Said::Nothing };
        if label.is_empty() || !(own || again || said == Said::Other) {
            break;
        }
        let said = if own && !tallies[column].is_blank() { Said::Nothing } else { said };
        parts.push(Part { column, label: label.to_owned(), said });
    }
    let title = stem.trim_end_matches(MARK.trim_start()).trim_end().to_owned();
    // A single column is a box only where the mark says that its title goes on.
    (parts.len() > 1 || stem.ends_with(MARK)).then_some(Titled { title, parts, untitled: false })
}

/// What stands in a title before its only cell text, up to a mark or a blank.
fn stem(title: &str, text: &str) -> Option<String> {
    let at = title
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| *at > 0 && title[..*at].ends_with(' ') && is_same(&title[*at..], text))?;
    Some(title[..at].to_owned())
}

/// A question and, in the next column, what was written with its "Other".
fn with_other(titles: &[String], first: usize) -> Option<Titled> {
    let next = titles.get(first + 1)?;
    let label =
        next.strip_prefix(titles[first].as_str())?.trim_start().strip_prefix(MARK.trim_start())?.trim();
    let parts = vec![
        Part { column: first, label: String::new(), said: Said::Closed },
        Part { column: first + 1, label: label.to_owned(), said: Said::Other },
    ];
    is_other(label).then(|| Titled { title: titles[first].clone(), parts, untitled: false })
}

/// Adjacent columns whose titles begin alike up to a mark: the rows of a matrix, the items of a ranking, entries.
fn marked(titles: &[String], first: usize) -> Option<Titled> {
    let next = titles.get(first + 1)?;
    let stem = titles[first].match_indices(MARK).map(|(at, _)| &titles[first][..at + MARK.len()]);
    let stem = stem.into_iter().find(|stem| next.starts_with(*stem))?;
    let mut parts: Vec<Part> = Vec::new();
    for (column, title) in titles.iter().enumerate().skip(first) {
        let Some(label) = title.strip_prefix(stem) else { break };
        if label.is_empty() || parts.iter().any(|part| part.label == label) {
            break;
        }
        let said = if is_other(label) { Said::Other } else { Said::Nothing };
        parts.push(Part { column, label: label.to_owned(), said });
    }
    let title = stem.trim_end_matches(MARK.trim_start()).trim_end().to_owned();
    (parts.len() > 1).then_some(Titled { title, parts, untitled: false })
}
