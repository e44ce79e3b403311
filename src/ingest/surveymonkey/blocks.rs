//! Which columns of a SurveyMonkey export are one question.

use crate::codebook::fold;
use crate::ingest::blocks::{Part, Said, Tally};
use crate::ingest::{Grid, RawTable};

use super::header::{Header, is_closed, is_open, is_other};

/// The title and columns of a question, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Titled {
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
    /// Whether only the kind of its columns says that it begins here: it has no title.
    pub(super) untitled: bool,
}

/// The label of a column in A/B tests, which says what was shown.
const VIEWED: &str = "question viewed";

/// The questions of a header of two rows, and the columns that are of none.
pub(super) fn of_two_rows(grid: &Grid, header: &Header, table: &RawTable) -> (Vec<Titled>, Vec<usize>) {
    let (mut blocks, mut other): (Vec<Titled>, Vec<usize>) = (Vec::new(), Vec::new());
    for column in header.first_question()..grid.width() {
        let (title, label) = (&header.titles[column], &header.labels[column]);
        if fold(label) == VIEWED {
            other.push(column);
            continue;
        }
        let part = Part { column, label: label.clone(), said: said(label) };
        let is_blank = || table.tally(column).all(|(cell, _)| cell.trim().is_empty());
        if title.is_empty() && label.is_empty() && is_blank() {
            other.push(column);
            continue;
        }
        match blocks.last_mut().filter(|last| goes_on(last, title, &part)) {
            Some(last) => last.parts.push(part),
            None => {
                let untitled = title.is_empty();
                blocks.push(Titled { title: title.clone(), parts: vec![part], untitled });
            }
        }
    }
    let blocks = blocks.into_iter().flat_map(|block| split(block, table)).collect();
    (blocks, other)
}

fn said(label: &str) -> Said {
    if is_closed(label) {
        Said::Closed
    } else if is_open(label) {
        Said::Open
    } else if is_other(label) {
        Said::Other
    } else {
        Said::Nothing
    }
}

/// Whether a column belongs to the question before it: no title of its own, or the same title again and a new label.
fn goes_on(last: &Titled, title: &str, part: &Part) -> bool {
    let starts = matches!(part.said, Said::Closed | Said::Open) || part.label.is_empty();
    if starts || (!title.is_empty() && title != last.title) {
        return false;
    }
    let repeats = last.parts.iter().any(|known| known.label == part.label);
    let text_of_last = last.parts.last().is_some_and(|known| known.label == part.label);
    !repeats || (text_of_last && last.parts.iter().filter(|known| known.label == part.label).count() == 1)
}

/// Takes apart what stands below one title but is of two kinds: an untitled question follows.
fn split(block: Titled, table: &RawTable) -> Vec<Titled> {
    let is_box: Vec<bool> = block
        .parts
        .iter()
        .map(|part| part.said != Said::Closed && Tally::of(table, part.column).says_only(&part.label))
        .collect();
    let after_closed = block.parts.first().is_some_and(|part| part.said == Said::Closed)
        && block.parts.len() > 1
        && (block.parts.len() > 2 || block.parts[1].said != Said::Other);
    let at = if after_closed {
        // Beside a single answer only what was written with "Other" may stand.
        let others = block.parts[1..].iter().take_while(|part| part.said == Said::Other).take(1).count();
        Some(1 + others).filter(|at| is_box[*at..].iter().any(|is_box| *is_box))
    } else {
        turn(&block.parts, &is_box, table)
    };
    match at.filter(|at| *at < block.parts.len()) {
        None => vec![block],
        Some(at) => {
            let Titled { title, mut parts, untitled } = block;
            let rest = parts.split_off(at);
            let rest = Titled { title: String::new(), parts: rest, untitled: true };
            let mut blocks = vec![Titled { title, parts, untitled }];
            blocks.extend(split(rest, table));
            blocks
        }
    }
}

/// Where boxes turn into columns of another kind or the reverse: two at least on either side, and no way back.
fn turn(parts: &[Part], is_box: &[bool], table: &RawTable) -> Option<usize> {
    let kinds: Vec<Option<bool>> = parts
        .iter()
        .zip(is_box)
        .map(|(part, is_box)| {
            let says_nothing = part.said == Said::Other || Tally::of(table, part.column).is_blank();
            (*is_box || !says_nothing).then_some(*is_box)
        })
        .collect();
    let first = kinds.iter().flatten().next().copied()?;
    let at = kinds.iter().position(|kind| *kind == Some(!first))?;
    let count =
        |kinds: &[Option<bool>], wanted: bool| kinds.iter().flatten().filter(|kind| **kind == wanted).count();
    let clean = count(&kinds[at..], first) == 0;
    (clean && count(&kinds[..at], first) > 1 && count(&kinds[at..], !first) > 1).then_some(at)
}
