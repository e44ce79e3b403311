//! The items of a battery on their scale, for each group.

mod words;

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use crate::codebook::Missing;
use crate::findings::{Findings, Kind, Named, Outline, QuestionOutline, Value};
use crate::numbers::{Decimals, NumberStyle};

use super::{BARS_FROM, Known, Share, asked_of, closes, decimals, look, questions, share};
use crate::figures::{Facet, ItemOrder, Likert, NotDrawn};

/// A battery in each of its groups.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LikertSpec {
    /// The battery in each group.
    pub(crate) panels: Vec<LikertPanel>,
    /// How it is drawn.
    pub(crate) manner: Likert,
}

/// A battery in one group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LikertPanel {
    /// The group's label.
    pub(crate) group: String,
    /// People analysed, if any finding says so.
    pub(crate) included: Option<u64>,
    /// The points of the scale from low to high, every declared one.
    pub(crate) levels: Vec<String>,
    /// How many points make the top box.
    pub(crate) top: usize,
    /// The positions of the points on neither side; where there are none, the place between the sides.
    pub(crate) middle: Range<usize>,
    /// The items in the order in which they are drawn.
    pub(crate) rows: Vec<LikertRow>,
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LikertRow {
    /// Its id, by which it is the same item in every group.
    pub(crate) id: String,
    /// Its label.
    pub(crate) label: String,
    /// How many chose each point; adds up to those who answered.
    pub(crate) counts: Known<Vec<u64>>,
    /// Those who answered.
    pub(crate) answered: Known<u64>,
    /// The mean, if it is among the findings.
    pub(crate) mean: Option<f64>,
    /// Those who did not, by reason, as far as the findings say.
    pub(crate) missing: Vec<(Missing, u64)>,
}

/// What an item's answers are drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A bar that is as long whatever its base.
    Bar,
    /// A dot for each answer.
    Dots,
}

impl LikertRow {
    /// What it is drawn as, if it has counts.
    pub(crate) fn mark(&self) -> Option<Mark> {
        let answered: u64 = self.counts.as_ref().ok()?.iter().sum();
        Some(if answered < BARS_FROM { Mark::Dots } else { Mark::Bar })
    }

    /// How many have one of these reasons.
    pub(crate) fn missing_for(&self, fits: impl Fn(Missing) -> bool) -> u64 {
        self.missing.iter().filter(|(reason, _)| fits(*reason)).map(|(_, count)| count).sum()
    }

    /// The share of answers in the highest `top` points.
    pub(crate) fn top_box(&self, top: usize) -> Option<Share> {
        let counts = self.counts.as_ref().ok()?;
        let of: u64 = counts.iter().sum();
        let count = counts.iter().rev().take(top).sum();
        (of > 0 && top > 0).then_some(Share { count, of })
    }
}

/// The points on neither side: those that the study declares, as the findings name them; else the middle one of an odd
/// number of points, and none of an even number.
fn middle(findings: &Findings, question: &QuestionOutline) -> Range<usize> {
    let points = |item: &Named, tail: &str| {
        let level = findings.get(question.item_finding(item, tail).as_str())?.level.as_deref()?;
        Some(level.split('+').filter(|id| !id.is_empty()).count())
    };
    let declared = question.items.iter().find_map(|item| {
        let below = points(item, "below-middle")?;
        Some(below..below + points(item, "at-middle").unwrap_or(0))
    });
    let n = question.levels.len();
    declared.filter(|middle| middle.end <= n).unwrap_or(n / 2..n.div_ceil(2))
}

/// Reads a battery and checks that the points of each item add up to its base.
pub(crate) fn likert_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    manner: Likert,
) -> Result<LikertSpec, NotDrawn> {
    let panels = questions(outline, groups, question, &[Kind::Likert])?
        .into_iter()
        .map(|asked| panel(outline, findings, asked, manner.order))
        .collect::<Result<Vec<_>, _>>()?;
    let one_scale = panels.windows(2).all(|pair| pair[0].levels == pair[1].levels);
    if manner.facet == Facet::Item && !one_scale {
        return Err(NotDrawn::DifferentScales { question: question.to_owned() });
    }
    Ok(LikertSpec { panels: in_one_order(panels), manner })
}

/// Rows can be compared over panels only in one order: that of the first, then items that only others have.
fn in_one_order(mut panels: Vec<LikertPanel>) -> Vec<LikertPanel> {
    if let Some((first, rest)) = panels.split_first_mut() {
        let place = |row: &LikertRow| first.rows.iter().position(|other| other.id == row.id);
        for panel in rest {
            panel.rows.sort_by_key(|row| place(row).unwrap_or(usize::MAX));
        }
    }
    panels
}

fn panel(
    outline: &Outline,
    findings: &Findings,
    question: &QuestionOutline,
    order: ItemOrder,
) -> Result<LikertPanel, NotDrawn> {
    let rows =
        question.items.iter().map(|item| row(findings, question, item)).collect::<Result<Vec<_>, _>>()?;
    let mut panel = LikertPanel {
        group: outline.group_label(&question.group).to_owned(),
        included: findings
            .iter()
            .find(|finding| finding.group == question.group)
            .and_then(|finding| Some(finding.base.people.as_ref()?.included)),
        levels: question.levels.iter().map(|level| level.label.clone()).collect(),
        top: question.top.len(),
        middle: middle(findings, question),
        rows,
    };
    let top = panel.top;
    match order {
        ItemOrder::Asked => {}
        ItemOrder::TopBox => panel.rows.sort_by(|a, b| by_top_box(a.top_box(top), b.top_box(top))),
        ItemOrder::Mean => panel.rows.sort_by(|a, b| by_mean(a.mean, b.mean)),
    }
    Ok(panel)
}

/// The larger mean first; an item without one comes last. The sort keeps ties as asked.
fn by_mean(a: Option<f64>, b: Option<f64>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => Reverse(a.is_some()).cmp(&Reverse(b.is_some())),
    }
}

/// The larger share first, compared as fractions; an item without one comes last. The sort keeps ties as asked.
fn by_top_box(a: Option<Share>, b: Option<Share>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => {
            let cross = |x: Share, y: Share| u128::from(x.count) * u128::from(y.of);
            cross(b, a).cmp(&cross(a, b))
        }
        (a, b) => Reverse(a.is_some()).cmp(&Reverse(b.is_some())),
    }
}

fn row(findings: &Findings, question: &QuestionOutline, item: &Named) -> Result<LikertRow, NotDrawn> {
    let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let shares: Known<Vec<Share>> =
        question.levels.iter().map(|level| look(findings, &id(&level.id)).and_then(share)).collect();
    let counts = match shares {
        Err(why) => Err(why),
        Ok(shares) => {
            let base = shares.first().map_or(0, |share| share.of);
            let what = format!("the answers to {}", question.item_finding(item, ""));
            closes(&what, base, shares.iter().map(|share| share.count))?;
            Ok(shares.iter().map(|share| share.count).collect::<Vec<u64>>())
        }
    };
    let tails = ["answered", "top-box", "median"].into_iter().map(&id);
    let asked = asked_of(findings, question.levels.iter().map(|level| id(&level.id)).chain(tails));
    let answered = match (&counts, asked) {
        (Ok(counts), _) => Ok(counts.iter().sum()),
        (Err(_), Some(asked)) => Ok(asked.answered),
        (Err(why), None) => Err(why.clone()),
    };
    let missing =
        asked.map_or(Vec::new(), |asked| asked.missing.iter().map(|(reason, n)| (*reason, *n)).collect());
    let label = if item.label.is_empty() { question.label.clone() } else { item.label.clone() };
    let mean = match look(findings, &id("mean")).ok().map(|finding| &finding.value) {
        Some(Value::Number(mean)) => Some(*mean),
        _ => None,
    };
    Ok(LikertRow { id: item.id.clone(), label, counts, answered, mean, missing })
}

impl LikertSpec {
    /// The decimals of every percent: those that the smallest base can carry.
    pub(crate) fn decimals(&self, style: NumberStyle) -> Decimals {
        let rows = self.panels.iter().flat_map(|panel| &panel.rows);
        decimals(style, rows.filter_map(|row| row.answered.as_ref().ok().copied()))
    }
}

impl LikertPanel {
    /// Whether any of its items has a bar.
    pub(crate) fn has_bars(&self) -> bool {
        self.rows.iter().any(|row| row.mark() == Some(Mark::Bar))
    }

    /// The row of an item.
    pub(crate) fn row(&self, item: &str) -> Option<&LikertRow> {
        self.rows.iter().find(|row| row.id == item)
    }

    /// The answers of an item below and above the middle of the scale.
    pub(crate) fn sides(&self, row: &LikertRow) -> Option<[Share; 2]> {
        let counts = row.counts.as_ref().ok()?;
        let of: u64 = counts.iter().sum();
        let sum = |points: Option<&[u64]>| points.map_or(0, |points| points.iter().sum());
        let below = Share { count: sum(counts.get(..self.middle.start)), of };
        let above = Share { count: sum(counts.get(self.middle.end..)), of };
        (of > 0).then_some([below, above])
    }
}

#[cfg(test)]
mod tests;
