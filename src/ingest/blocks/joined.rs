//! The choices of a column whose cells hold several of them, learnt from the cells.
//!
//! A separator may stand within a choice and within what somebody wrote with "Other", so a cell is never simply cut.

use std::collections::{BTreeMap, BTreeSet};

use super::tally::{LONGEST_CHOICE, Tally};

/// More choices than these are no list that a form shows.
const MOST_OPTIONS: usize = 100;

/// What the cells of a column are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Options {
    /// The choices, in the order of their letters.
    pub(in crate::ingest) labels: Vec<String>,
    /// Those that hold the separator: pieces that never occur apart.
    pub(in crate::ingest) merged: Vec<String>,
    /// Whether there are pieces that are no choice: words written with "Other".
    pub(in crate::ingest) words: bool,
    /// Rows in which two choices or more stand together.
    together: usize,
}

impl Options {
    /// These choices and no others.
    pub(in crate::ingest) fn of(labels: Vec<String>, separator: &str) -> Self {
        let merged = labels.iter().filter(|label| label.contains(separator)).cloned().collect();
        Self { labels, merged, words: false, together: 0 }
    }
}

/// Of several separators the one by which more rows hold several choices; `None` if by none the column is a list.
pub(in crate::ingest) fn by_any<'s>(tally: &Tally<'_>, separators: &[&'s str]) -> Option<(&'s str, Options)> {
    let learnt = separators.iter().filter_map(|separator| Some((*separator, learn(tally, separator)?)));
    // Of equals the first: `max_by_key` would take the last.
    learnt.fold(None, |best: Option<(&str, Options)>, next| match best {
        Some(best) if best.1.together >= next.1.together => Some(best),
        _ => Some(next),
    })
}

/// The choices of a column of several answers in one cell; `None` if nothing proves that it is one.
fn learn(tally: &Tally<'_>, separator: &str) -> Option<Options> {
    let cells = cut(tally, separator);
    let counts = count(&cells);
    let enough = fewest(tally.answers);
    let options: BTreeSet<&str> = counts
        .iter()
        .filter(|(text, rows)| **rows >= enough && text.len() <= LONGEST_CHOICE)
        .map(|(text, _)| text.as_str())
        .collect();
    if !(2..=MOST_OPTIONS).contains(&options.len()) {
        return None;
    }
    let mut in_cells: BTreeMap<&str, usize> = BTreeMap::new();
    for (pieces, _) in &cells {
        for piece in pieces {
            *in_cells.entry(piece).or_default() += 1;
        }
    }
    let known = |pieces: &[String]| pieces.iter().filter(|piece| options.contains(piece.as_str())).count();
    // Two choices stand together where each is seen in other company as well; "Yes, often" is one choice.
    let linked = |pieces: &[String]| {
        let apart = pieces.iter().filter(|piece| {
            options.contains(piece.as_str()) && in_cells.get(piece.as_str()).is_some_and(|n| *n > 1)
        });
        apart.count() > 1
    };
    let rows = |fits: &dyn Fn(&[String]) -> bool| -> usize {
        cells.iter().filter(|(pieces, _)| fits(pieces)).map(|(_, rows)| rows).sum()
    };
    let together = rows(&linked);
    let covered = rows(&|pieces| known(pieces) > 0);
    let alone = cells.iter().filter(|(pieces, _)| pieces.len() == 1 && known(pieces) == 1).count();
    let combined = cells.len() > options.len();
    if together * 33 < tally.answers
        || together == 0
        || covered * 10 < tally.answers * 7
        || !(alone > 1 || combined)
    {
        return None;
    }
    let words = counts.keys().any(|piece| !options.contains(piece.as_str()));
    Some(made_of(&options, separator, words, together))
}

/// The choices of a column in which every choice is ended by the separator, as Microsoft Forms writes them.
pub(in crate::ingest) fn ended(tally: &Tally<'_>, separator: &str) -> Options {
    let cells = cut(tally, separator);
    let counts = count(&cells);
    let enough = fewest(tally.answers);
    let mut options: BTreeSet<&str> =
        counts.iter().filter(|(_, rows)| **rows >= enough).map(|(text, _)| text.as_str()).collect();
    if options.is_empty() {
        options = counts.keys().map(String::as_str).collect();
    }
    let words = counts.keys().any(|piece| !options.contains(piece.as_str()));
    made_of(&options, separator, words, tally.answers)
}

fn made_of(options: &BTreeSet<&str>, separator: &str, words: bool, together: usize) -> Options {
    let labels = options.iter().map(|text| (*text).to_owned()).collect();
    Options { words, together, ..Options::of(labels, separator) }
}

/// From how many rows a text is a choice and not somebody's own words.
pub(in crate::ingest) fn fewest(answers: usize) -> usize {
    if answers >= 100 { 3 } else { 2 }
}

/// Cuts each cell at the separators outside of brackets and joins again what never occurs apart.
fn cut(tally: &Tally<'_>, separator: &str) -> Vec<(Vec<String>, usize)> {
    let mut cells: Vec<(Vec<String>, usize)> = tally
        .texts
        .iter()
        .map(|(cell, rows)| (pieces(cell, separator), *rows))
        .filter(|(pieces, _)| !pieces.is_empty())
        .collect();
    // Each round joins two; a choice of many commas takes several.
    for _ in 0..8 {
        let pairs = never_apart(&cells);
        if pairs.is_empty() {
            break;
        }
        for (pieces, _) in &mut cells {
            let mut joined: Vec<String> = Vec::with_capacity(pieces.len());
            let mut open = true;
            for piece in pieces.drain(..) {
                match joined.last_mut() {
                    Some(last) if open && pairs.contains(&(last.clone(), piece.clone())) => {
                        last.push_str(separator);
                        last.push_str(&piece);
                        open = false;
                    }
                    _ => {
                        joined.push(piece);
                        open = true;
                    }
                }
            }
            *pieces = joined;
        }
    }
    cells
}

/// The pieces of a cell between separators that stand outside of brackets.
fn pieces(cell: &str, separator: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth) = (Vec::new(), String::new(), 0_i32);
    let balanced = cell.matches(['(', '[']).count() == cell.matches([')', ']']).count();
    let mut rest = cell;
    while let Some(character) = rest.chars().next() {
        if (depth <= 0 || !balanced)
            && let Some(after) = rest.strip_prefix(separator)
        {
            parts.push(std::mem::take(&mut part));
            rest = after;
            continue;
        }
        depth += i32::from(matches!(character, '(' | '[')) - i32::from(matches!(character, ')' | ']'));
        part.push(character);
        rest = &rest[character.len_utf8()..];
    }
    parts.push(part);
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// How many rows hold each piece.
fn count(cells: &[(Vec<String>, usize)]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (pieces, rows) in cells {
        for piece in pieces.iter().collect::<BTreeSet<_>>() {
            *counts.entry(piece.clone()).or_default() += rows;
        }
    }
    counts
}

/// Pairs of neighbours of which neither occurs without the other: one choice that holds the separator. A small letter
/// goes on with a sentence, so fewer rows prove it.
fn never_apart(cells: &[(Vec<String>, usize)]) -> BTreeSet<(String, String)> {
    let counts = count(cells);
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (pieces, rows) in cells {
        for pair in pieces.windows(2) {
            *pairs.entry((&pair[0], &pair[1])).or_default() += rows;
        }
    }
    let never = |(pair, rows): (&(&str, &str), &usize)| {
        let goes_on = pair.1.starts_with(char::is_lowercase);
        let enough = if goes_on { 2 } else { 5 };
        *rows >= enough && counts.get(pair.0) == Some(rows) && counts.get(pair.1) == Some(rows)
    };
    let found = pairs.iter().filter(|(pair, rows)| never((pair, rows)));
    found.map(|((one, other), _)| ((*one).to_owned(), (*other).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[(&'static str, usize)], separators: &[&'static str]) -> Option<(&'static str, Options)> {
        let answers = cells.iter().map(|(_, rows)| rows).sum();
        by_any(&Tally { texts: cells.iter().copied().collect(), answers }, separators)
    }

    fn labels(cells: &[(&'static str, usize)]) -> Option<Vec<String>> {
        of(cells, &[", ", ";"]).map(|(_, options)| options.labels)
    }

    #[test]
    fn the_separator_is_the_one_by_which_choices_stand_together() {
        let cells =
            [("Excel", 4), ("R", 3), ("Excel;R", 5), ("Python, the snake;R", 2), ("Python, the snake", 2)];
        let (separator, options) = of(&cells, &[", ", ";"]).unwrap();
        assert_eq!(
            (separator, options.labels),
            (";", ["Excel", "Python, the snake", "R"].map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn g_01_a_choice_with_a_comma_is_one_choice() {
        let cells = [
            ("Books, papers and journals (JSS, JOSS), Web", 3),
            ("Books, papers and journals (JSS, JOSS)", 2),
            ("Web", 3),
            ("Web, Friends", 2),
            ("Friends", 2),
            ("Web, my cat", 1),
        ];
        let (_, options) = of(&cells, &[", ", ";"]).unwrap();
        assert_eq!(options.labels, ["Books, papers and journals (JSS, JOSS)", "Friends", "Web"]);
        assert_eq!((options.merged.len(), options.words), (1, true));
    }

    #[test]
    fn one_choice_with_a_comma_is_no_list() {
        assert_eq!(
            labels(&[("No, not at all rude", 9), ("Yes, somewhat rude", 4), ("Yes, very rude", 3)]),
            None
        );
        assert_eq!(labels(&[("A little, sometimes", 9), ("Never", 4), ("Always", 4)]), None);
        assert_eq!(labels(&[("It is fast, free and good", 1), ("Good, fast", 1), ("Nothing", 2)]), None);
        assert_eq!(labels(&[]), None);
    }
}
