//! Several answers in one cell: what joins them, and without a definition what they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{FreeEnd, Tiling, tile};
use crate::ingest::Cells;

/// What joins answers: the exporter's comma, or the semicolon that people put in its place to be rid of commas.
const SEPARATORS: [&str; 2] = [",", ";"];

/// The separator with which most of the cells are made of these choices; the comma unless the other fits more.
pub(super) fn separator(distinct: &BTreeSet<&str>, spellings: &[Vec<&str>]) -> &'static str {
    let fitting = |separator: &str| {
        let fits = |cell: &&&str| tile(spellings, separator, cell, FreeEnd::Refused).tiling != Tiling::NoFit;
        distinct.iter().filter(fits).count()
    };
    let [comma, semicolon] = SEPARATORS;
    let is_there = distinct.iter().any(|cell| cell.contains(semicolon));
    if is_there && fitting(semicolon) > fitting(comma) { semicolon } else { comma }
}

/// The separator and the answers that are joined; `None` if every cell holds one.
pub(super) fn parts<'a>(
    distinct: &BTreeSet<&'a str>,
    cells: Cells,
) -> Option<(&'static str, BTreeSet<&'a str>)> {
    SEPARATORS.iter().find_map(|separator| {
        let parts = match cells {
            Cells::Codes => of_codes(distinct, separator),
            Cells::Labels => of_labels(distinct, separator),
        };
        Some((*separator, parts?))
    })
}

/// The codes in cells such as `1,4,7`; `None` if no cell holds several.
fn of_codes<'a>(distinct: &BTreeSet<&'a str>, separator: &str) -> Option<BTreeSet<&'a str>> {
    let several = distinct.iter().any(|cell| cell.contains(separator));
    let parts: BTreeSet<&str> = distinct.iter().flat_map(|cell| cell.split(separator)).collect();
    (several && parts.iter().all(|part| part.parse::<i64>().is_ok())).then_some(parts)
}

/// The texts of which cells are joined; `None` if no cell is made of others.
///
/// What stands alone in some cell is a choice. What is left of a cell when choices are taken off is one too.
fn of_labels<'a>(distinct: &BTreeSet<&'a str>, separator: &str) -> Option<BTreeSet<&'a str>> {
    if distinct.len() > MOST_JOINED {
        return None;
    }
    let mut by_length: Vec<&str> = distinct.iter().copied().collect();
    by_length.sort_by_key(|cell| (cell.len(), *cell));
    let mut parts: Vec<&str> = Vec::new();
    let mut made = 0_usize;
    for cell in by_length {
        let spellings: Vec<Vec<&str>> = parts.iter().map(|part| vec![*part]).collect();
        match tile(&spellings, separator, cell, FreeEnd::Refused).tiling {
            Tiling::NoFit => {
                let rest = without_known(cell, &parts, separator);
                made += usize::from(rest.len() < cell.len());
                if !rest.is_empty() && !parts.contains(&rest) {
                    parts.push(rest);
                }
            }
            Tiling::Unique(_) | Tiling::Ordered(_) | Tiling::Ambiguous => made += 1,
        }
    }
    (made > 0 && are_joined(distinct, separator)).then(|| taken_apart(parts, separator))
}

/// Parts without those that a later part made known, until none is made of others.
fn taken_apart<'a>(mut parts: Vec<&'a str>, separator: &str) -> BTreeSet<&'a str> {
    loop {
        let shorter: Vec<&str> = parts.iter().map(|part| without_known(part, &parts, separator)).collect();
        if shorter == parts {
            return parts.into_iter().collect();
        }
        parts = shorter;
        parts.sort_unstable();
        parts.dedup();
    }
}

/// Whether some cells are made of others: one wholly, or two of different others with the same text left.
///
/// A single cell that happens to begin with another proves nothing.
fn are_joined(distinct: &BTreeSet<&str>, separator: &str) -> bool {
    let mut left_of: BTreeMap<&str, &str> = BTreeMap::new();
    distinct.iter().any(|cell| {
        let others: Vec<Vec<&str>> =
            distinct.iter().filter(|other| *other != cell).map(|other| vec![*other]).collect();
        let tiled = tile(&others, separator, cell, FreeEnd::Allowed);
        match (tiled.tiling, tiled.free) {
            (Tiling::NoFit, _) => false,
            (_, None) => true,
            (_, Some(free)) => {
                let kept = &cell[..cell.len() - free.len()];
                let left = &cell[cell.len() - free.len()..];
                !left.starts_with(' ') && left_of.insert(left, kept).is_some_and(|before| before != kept)
            }
        }
    })
}

/// More different cells than this are not taken apart without a definition.
const MOST_JOINED: usize = 1500;

/// A cell without the known choices at its beginning and end.
fn without_known<'a>(cell: &'a str, parts: &[&str], separator: &str) -> &'a str {
    let mut rest = cell;
    'again: loop {
        for part in parts {
            let begins = rest.strip_prefix(part).and_then(|rest| rest.strip_prefix(separator));
            let ends = rest.strip_suffix(part).and_then(|rest| rest.strip_suffix(separator));
            if let Some(shorter) = begins.or(ends).filter(|shorter| !shorter.starts_with(' ')) {
                rest = shorter;
                continue 'again;
            }
        }
        return rest;
    }
}
