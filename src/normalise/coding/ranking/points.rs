//! Rankings that follow from points: the item with the most is the first.

use std::collections::BTreeMap;

use crate::codebook::Item;
use crate::responses::Ranking;

use super::super::account::{Account, Fact};
use super::super::asked::Asked;
use super::super::unread::Kind;
use super::{Beside, filled};

/// Below this share of equal totals there is no total that points are meant to have.
const MOST_AGREE: (usize, usize) = (4, 5);

pub(super) fn code(items: &[Item], asked: &Asked<'_>, account: &mut Account<'_>) -> Vec<Ranking> {
    let column = items.first().map_or(usize::MAX, |item| item.column);
    let mut totals: Vec<(usize, f64)> = Vec::new();
    let mut rankings = Vec::new();
    for row in 0..account.export.table.height() {
        let mut beside = Beside::default();
        let points: Vec<Option<f64>> =
            items.iter().map(|item| points(row, item.column, &mut beside, account)).collect();
        if points.iter().any(Option::is_some) && !beside.unreadable {
            totals.push((row, points.iter().flatten().sum()));
        }
        rankings.push(beside.ranking(ranks(&points), row, column, asked, account));
    }
    for row in others(&totals) {
        account.met(Fact::OtherTotal(row.1), row.0, column);
    }
    rankings
}

fn points(row: usize, column: usize, beside: &mut Beside, account: &mut Account<'_>) -> Option<f64> {
    let text = filled(account.export, row, column)?;
    if beside.takes(row, column, text, account) {
        return None;
    }
    let number =
        text.trim().trim_end_matches('%').trim_end().parse::<f64>().ok().filter(|number| number.is_finite());
    if number.is_none() {
        beside.unreadable = true;
        account.unread(Kind::BadRank, row, column);
    }
    number
}

/// Each item's rank is one more than the number of items with more points.
fn ranks(points: &[Option<f64>]) -> Vec<Option<u16>> {
    let more = |own: f64| points.iter().flatten().filter(|other| **other > own).count();
    points.iter().map(|own| u16::try_from(more((*own)?) + 1).ok()).collect()
}

/// The rows whose total is not that of most, with the total of most.
fn others(totals: &[(usize, f64)]) -> Vec<(usize, String)> {
    let written = |total: f64| format!("{}", (total * 1e6).round() / 1e6);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, total) in totals {
        *counts.entry(written(*total)).or_default() += 1;
    }
    let Some((usual, count)) = counts.iter().max_by_key(|(_, count)| **count) else { return Vec::new() };
    if count * MOST_AGREE.1 < totals.len() * MOST_AGREE.0 {
        return Vec::new();
    }
    totals
        .iter()
        .filter(|(_, total)| written(*total) != *usual)
        .map(|(row, _)| (*row, usual.clone()))
        .collect()
}
