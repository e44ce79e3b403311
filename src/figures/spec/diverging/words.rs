//! The words of a figure of a battery: what it shows with its numbers, the numbers as a table, and how it is to be read.

use std::fmt::Write as _;

use super::{BARS_FROM, LikertPanel, LikertRow, LikertSpec, Mark};
use crate::codebook::Missing;
use crate::figures::font::shorten;
use crate::figures::spec::{Worded, enumerate, in_words};
use crate::figures::{ItemOrder, LikertShape, Neutral};
use crate::findings::Outside;
use crate::numbers::{Decimals, NumberStyle};

impl LikertSpec {
    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let decimals = self.decimals(style);
        let alt: Vec<String> = self.panels.iter().map(|panel| panel.sentences(style, decimals)).collect();
        let data = self.panels.iter().flat_map(LikertPanel::data).collect();
        let mut notes = Vec::new();
        notes.push(self.marks_note());
        notes.extend(self.order_note());
        notes.extend(self.panels.iter().filter_map(|panel| panel.missing_note(style)));
        Worded { alt: alt.join(" "), data, notes }
    }
}

impl LikertSpec {
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
            if bars {
                note.push_str("The axis is of bars only, not of dots. ");
            }
        }
        note.push_str(self.middle_note(bars, dots));
        note
    }

    /// Where the middle of the scale lies.
    fn middle_note(&self, bars: bool, dots: bool) -> &'static str {
        let has_middle = self.panels.iter().any(|panel| !panel.middle.is_empty());
        match (self.manner.shape, has_middle, self.manner.neutral) {
            (LikertShape::Stacked, _, _) if bars => "Bars run from the lowest to the highest point.",
            (LikertShape::Stacked, _, _) => "Dots run from the lowest to the highest point.",
            (_, false, _) => "The lower half of the scale lies left of zero.",
            (_, true, Neutral::Split) if bars && dots => {
                "Both sides begin at zero; the middle point is halved to the outer ends of a bar, and its dots stand \
                 about zero."
            }
            (_, true, Neutral::Split) if bars => {
                "Both sides begin at zero; the middle point is halved to the outer ends of the bar."
            }
            (_, true, Neutral::Centred | Neutral::Split) => {
                "Half of the middle point lies on each side of zero."
            }
            (_, true, Neutral::Aside) => "Both sides begin at zero; the middle point stands at the right.",
        }
    }

    /// The order of the items, if there are several, and whose it is where there are several groups.
    pub(super) fn order_note(&self) -> Option<String> {
        if self.panels.iter().all(|panel| panel.rows.len() < 2) {
            return None;
        }
        let whose = if self.panels.len() > 1 { " in the first group" } else { "" };
        Some(match self.manner.order {
            ItemOrder::Asked => format!("Items stand in the order asked{whose}."),
            ItemOrder::TopBox => {
                let points = self.top_words();
                format!("Items are sorted by their top box{points}{whose}, ties in the order asked.")
            }
            ItemOrder::Mean => {
                format!("Items are sorted by their mean{whose}, ties in the order asked.")
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
                format!(" ({})", enumerate(&points(one)))
            }
            _ => String::new(),
        }
    }
}

impl LikertPanel {
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
    fn missing_note(&self, style: NumberStyle) -> Option<String> {
        let reasons: Vec<String> = Missing::ALL
            .into_iter()
            .filter(|reason| Outside::of(*reason) == Outside::Missing)
            .filter_map(|reason| {
                let n: u64 = self.rows.iter().map(|row| row.missing_for(|other| other == reason)).sum();
                (n > 0).then(|| format!("{} {}", style.count(n), reason.words()))
            })
            .collect();
        (!reasons.is_empty()).then(|| {
            format!("Missing over all items, {}: {}.", shorten(&self.group, 60), enumerate(&reasons))
        })
    }
}
