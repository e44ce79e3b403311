//! The items of a battery on their scale, for each group.

use std::cmp::Reverse;
use std::fmt::Write as _;

use crate::codebook::Missing;
use crate::findings::{Findings, Kind, Named, Outline, Outside, QuestionOutline};
use crate::numbers::{Decimals, NumberStyle};

use super::{BARS_FROM, Known, Share, Worded, asked_of, closes, decimals, in_words, look, questions, share};
use crate::figures::font::shorten;
use crate::figures::{ItemOrder, NotDrawn};

/// A battery in each of its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DivergingSpec {
    /// One panel for each group.
    pub(crate) panels: Vec<LikertPanel>,
    /// The order of the items.
    pub(crate) order: ItemOrder,
}

/// A battery in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LikertPanel {
    /// The group's label.
    pub(crate) group: String,
    /// People analysed, if any finding says so.
    pub(crate) included: Option<u64>,
    /// The points of the scale from low to high, every declared one.
    pub(crate) levels: Vec<String>,
    /// How many points make the top box.
    pub(crate) top: usize,
    /// The items in the order in which they are drawn.
    pub(crate) rows: Vec<LikertRow>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LikertRow {
    /// Its id, by which it is the same item in every group.
    pub(crate) id: String,
    /// Its label.
    pub(crate) label: String,
    /// How many chose each point; adds up to those who answered.
    pub(crate) counts: Known<Vec<u64>>,
    /// Those who answered.
    pub(crate) answered: Known<u64>,
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

/// The position of the neutral point: the middle of an odd number of points, none for an even number.
pub(crate) fn neutral(levels: usize) -> Option<usize> {
    (levels % 2 == 1).then_some(levels / 2)
}

/// Reads a battery and checks that the points of each item add up to its base.
pub(crate) fn diverging_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    order: ItemOrder,
) -> Result<DivergingSpec, NotDrawn> {
    let panels = questions(outline, groups, question, &[Kind::Likert])?
        .into_iter()
        .map(|asked| panel(outline, findings, asked, order))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(DivergingSpec { panels: in_one_order(panels), order })
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
        rows,
    };
    if order == ItemOrder::TopBox {
        let top = panel.top;
        panel.rows.sort_by(|a, b| by_top_box(a.top_box(top), b.top_box(top)));
    }
    Ok(panel)
}

/// The larger share first, compared as fractions; an item without one comes last. The sort keeps ties as asked.
fn by_top_box(a: Option<Share>, b: Option<Share>) -> std::cmp::Ordering {
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
    Ok(LikertRow { id: item.id.clone(), label, counts, answered, missing })
}

impl DivergingSpec {
    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let answered =
            self.panels.iter().flat_map(|panel| &panel.rows).filter_map(|row| row.answered.as_ref().ok());
        let decimals = decimals(style, answered.copied());
        let alt: Vec<String> = self.panels.iter().map(|panel| panel.sentences(style, decimals)).collect();
        let data = self.panels.iter().flat_map(LikertPanel::data).collect();
        let mut notes = Vec::new();
        notes.push(self.marks_note());
        notes.extend(self.order_note());
        notes.extend(self.panels.iter().filter_map(LikertPanel::missing_note));
        Worded { alt: alt.join(" "), data, notes }
    }
}

impl DivergingSpec {
    /// What a bar and a dot are, and how they lie about zero.
    fn marks_note(&self) -> String {
        let bars = self.panels.iter().any(LikertPanel::has_bars);
        let dots = self.panels.iter().flat_map(|panel| &panel.rows).any(|row| row.mark() == Some(Mark::Dots));
        let mut note = String::new();
        if bars {
            note.push_str("Each bar is all answers of an item. ");
        }
        if dots {
            let _ = write!(note, "Fewer than {BARS_FROM} answers: each dot is one person. ");
        }
        let centred = self.panels.iter().any(|panel| neutral(panel.levels.len()).is_some());
        note.push_str(if centred {
            "Half of the middle point lies on each side of zero."
        } else {
            "The lower half of the scale lies left of zero."
        });
        note
    }

    /// The order of the items, if there are several, and whose it is where there are several groups.
    fn order_note(&self) -> Option<String> {
        if self.panels.iter().all(|panel| panel.rows.len() < 2) {
            return None;
        }
        let whose = if self.panels.len() > 1 { " in the first group" } else { "" };
        Some(match self.order {
            ItemOrder::Asked => format!("Items stand in the order asked{whose}."),
            ItemOrder::TopBox => {
                let points = self.top_words();
                format!("Items are sorted by their top box{points}{whose}, ties in the order asked.")
            }
        })
    }

    /// The points of the top box in brackets; nothing where the groups have different ones.
    fn top_words(&self) -> String {
        let points = |panel: &LikertPanel| {
            let first = panel.levels.len().saturating_sub(panel.top);
            panel.levels.get(first..).map(<[String]>::to_vec).unwrap_or_default()
        };
        match self.panels.split_first() {
            Some((one, rest)) if one.top > 0 && rest.iter().all(|panel| points(panel) == points(one)) => {
                format!(" ({})", super::enumerate(&points(one)))
            }
            _ => String::new(),
        }
    }
}

impl LikertPanel {
    /// Whether any of its items has a bar.
    pub(crate) fn has_bars(&self) -> bool {
        self.rows.iter().any(|row| row.mark() == Some(Mark::Bar))
    }

    fn sentences(&self, style: NumberStyle, decimals: Decimals) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| self.sentence(row, style, decimals)).collect();
        format!("{}: {}", shorten(&self.group, 120), rows.join(" "))
    }

    fn sentence(&self, row: &LikertRow, style: NumberStyle, decimals: Decimals) -> String {
        let label = shorten(&row.label, 120);
        let counts = match &row.counts {
            Err(why) => return format!("{label}: not computed, {why}."),
            Ok(counts) => counts,
        };
        let points: Vec<String> = self
            .levels
            .iter()
            .zip(counts)
            .map(|(level, count)| format!("{} {}", shorten(level, 120), style.count(*count)))
            .collect();
        let top = row
            .top_box(self.top)
            .map_or(String::new(), |top| format!("; top box {}", in_words(top, style, decimals)));
        format!("{label}: N {}; {}{top}.", style.count(counts.iter().sum()), points.join(", "))
    }

    fn data(&self) -> Vec<Vec<String>> {
        let mut header = vec!["group".to_owned(), "item".to_owned(), "N".to_owned()];
        header.extend(self.levels.iter().cloned());
        header.extend(Missing::ALL.map(|reason| reason.words().to_owned()));
        let mut data = vec![header];
        for row in &self.rows {
            let mut cells = vec![self.group.clone(), row.label.clone()];
            cells.push(row.answered.as_ref().map_or_else(Clone::clone, u64::to_string));
            match &row.counts {
                Ok(counts) => cells.extend(counts.iter().map(u64::to_string)),
                Err(why) => cells.extend(self.levels.iter().map(|_| format!("not computed: {why}"))),
            }
            cells.extend(Missing::ALL.map(|reason| row.missing_for(|other| other == reason).to_string()));
            data.push(cells);
        }
        data
    }

    /// What the column of missing answers is made of, over all items.
    fn missing_note(&self) -> Option<String> {
        let reasons: Vec<String> = Missing::ALL
            .into_iter()
            .filter(|reason| Outside::of(*reason) == Outside::Missing)
            .filter_map(|reason| {
                let n: u64 = self.rows.iter().map(|row| row.missing_for(|other| other == reason)).sum();
                (n > 0).then(|| format!("{n} {}", reason.words()))
            })
            .collect();
        (!reasons.is_empty()).then(|| {
            format!("Missing over all items, {}: {}.", shorten(&self.group, 60), super::enumerate(&reasons))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::samples::{self, Battery};

    fn spec(battery: &Battery, order: ItemOrder) -> DivergingSpec {
        let study = samples::likert(battery);
        diverging_spec(&study.outline, &study.findings, &[], "expectations", order).unwrap()
    }

    #[test]
    fn a_point_that_nobody_chose_stays_on_the_scale() {
        let spec = spec(&Battery { n: 14, ..Battery::default() }, ItemOrder::Asked);
        let panel = &spec.panels[0];
        assert_eq!(panel.levels.len(), 5);
        let row = &panel.rows[0];
        assert_eq!(row.counts.as_ref().unwrap().len(), 5);
        assert!(row.counts.as_ref().unwrap().contains(&0));
    }

    #[test]
    fn not_applicable_is_outside_the_base() {
        let spec = spec(&Battery { n: 14, ..Battery::default() }, ItemOrder::Asked);
        let row = &spec.panels[0].rows[1];
        let out = row.missing_for(|reason| reason == Missing::NotApplicable);
        assert_eq!(row.answered, Ok(13));
        assert_eq!(row.counts.as_ref().unwrap().iter().sum::<u64>() + out, 14);
    }

    #[test]
    fn fewer_than_ten_answers_are_dots() {
        let mark = |n| spec(&Battery { n, ..Battery::default() }, ItemOrder::Asked).panels[0].rows[0].mark();
        assert_eq!([1, 9, 10, 14].map(mark), [Mark::Dots, Mark::Dots, Mark::Bar, Mark::Bar].map(Some));
    }

    #[test]
    fn panels_show_the_same_items_in_one_order_whatever_their_labels() {
        let mut study = samples::likert(&Battery { groups: 2, n: 14, ..Battery::default() });
        let second = &mut study.outline.questions[1].items;
        second.reverse();
        second[0].label = "The last item in other words".to_owned();
        let spec =
            diverging_spec(&study.outline, &study.findings, &[], "expectations", ItemOrder::Asked).unwrap();
        for panel in &spec.panels {
            let ids: Vec<&str> = panel.rows.iter().map(|row| row.id.as_str()).collect();
            assert_eq!(ids, ["item-1", "item-2", "item-3", "item-4"]);
        }
        assert_eq!(spec.panels[1].rows[3].label, "The last item in other words");
        assert_eq!(spec.order_note().unwrap(), "Items stand in the order asked in the first group.");
    }

    #[test]
    fn the_order_of_one_group_is_nobody_elses() {
        let note = |items| spec(&Battery { items, ..Battery::default() }, ItemOrder::Asked).order_note();
        assert_eq!(note(2), Some("Items stand in the order asked.".to_owned()));
        assert_eq!(note(1), None);
    }

    #[test]
    fn only_odd_scales_have_a_neutral_point() {
        assert_eq!([2, 3, 4, 5, 7].map(neutral), [None, Some(1), None, Some(2), Some(3)]);
    }

    #[test]
    fn sorting_by_top_box_compares_fractions_and_keeps_ties_as_asked() {
        let share = |count, of| Some(Share { count, of });
        assert_eq!(by_top_box(share(2, 3), share(7, 11)), std::cmp::Ordering::Less);
        assert_eq!(by_top_box(share(2, 4), share(1, 2)), std::cmp::Ordering::Equal);
        assert_eq!(by_top_box(None, share(0, 4)), std::cmp::Ordering::Greater);
        let spec = spec(&Battery { items: 8, n: 14, ..Battery::default() }, ItemOrder::TopBox);
        let panel = &spec.panels[0];
        let tops: Vec<Share> = panel.rows.iter().filter_map(|row| row.top_box(panel.top)).collect();
        assert!(tops.windows(2).all(|pair| pair[0].count * pair[1].of >= pair[1].count * pair[0].of));
    }

    #[test]
    fn counts_that_do_not_add_up_are_not_drawn() {
        let mut study = samples::likert(&Battery::default());
        study.replace(
            "students/expectations/item-1/agree",
            &crate::findings::Value::Share { count: 1, of: 14 },
        );
        let error = diverging_spec(&study.outline, &study.findings, &[], "expectations", ItemOrder::Asked)
            .unwrap_err();
        assert!(matches!(error, NotDrawn::Unbalanced { .. }));
    }

    #[test]
    fn an_item_that_nobody_answered_says_so() {
        let mut study = samples::likert(&Battery::default());
        for level in samples::AGREEMENT_IDS {
            let id = format!("students/expectations/item-1/{level}");
            study.replace(&id, &crate::findings::Value::share(0, 0));
        }
        let spec =
            diverging_spec(&study.outline, &study.findings, &[], "expectations", ItemOrder::Asked).unwrap();
        assert_eq!(spec.panels[0].rows[0].counts, Err("nobody answered".to_owned()));
        assert!(spec.worded(NumberStyle::Ama).alt.contains("not computed, nobody answered"));
    }
}
