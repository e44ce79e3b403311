//! Shares of several groups side by side, with their intervals: points of a single choice, choices of a multi-select, or
//! the top boxes of items.

use std::collections::BTreeSet;

use crate::figures::font::shorten;
use crate::figures::{BarOrder, NotDrawn};
use crate::findings::{Caution, Finding, Findings, Kind, Named, Outline, QuestionOutline};
use crate::numbers::{Decimals, NumberStyle, pinned};

use super::estimates::is_of_intervals;
use super::{BARS_FROM, Known, Share, Worded, decimals, enumerate, in_words, look, questions, share};

/// Shares of a question in each of its groups.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarsSpec {
    /// The labels of the groups.
    pub(crate) groups: Vec<String>,
    /// What is counted, in order.
    pub(crate) rows: Vec<BarsRow>,
    /// The decimals of every percent.
    pub(crate) decimals: Decimals,
    /// What the shares are of.
    of: Of,
    order: BarOrder,
    other_last: bool,
    /// Names of the methods of intervals, with their levels, and what must be known of the intervals.
    methods: BTreeSet<String>,
    cautions: BTreeSet<String>,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Of {
    /// One of several choices.
    Single,
    /// Any of several choices.
    Multi,
    /// The top box of an item, and its points where all groups have the same.
    TopBox(String),
}

/// One choice or item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarsRow {
    /// Its label.
    pub(crate) label: String,
    /// Its share in each group that was offered it, by the position of the group.
    pub(crate) bars: Vec<(usize, Known<Bar>)>,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bar {
    /// The share.
    pub(crate) share: Share,
    /// The limits of its interval.
    pub(crate) limits: Option<(f64, f64)>,
}

impl Bar {
    /// Whether so few answered that each of them is a dot.
    pub(crate) fn is_dots(&self) -> bool {
        self.share.of < BARS_FROM
    }
}

/// What a row of a group is about: its id over all groups, its label and its finding.
struct Counted<'a> {
    named: &'a Named,
    label: &'a str,
    finding: String,
}

fn counted(question: &QuestionOutline) -> Vec<Counted<'_>> {
    if question.kind == Kind::Likert {
        let label = |item: &'_ Named| item.label.is_empty();
        return question
            .items
            .iter()
            .map(|item| Counted {
                named: item,
                label: if label(item) { &question.label } else { &item.label },
                finding: question.item_finding(item, "top-box").as_str().to_owned(),
            })
            .collect();
    }
    let of_level = |level| Counted {
        named: level,
        label: &level.label,
        finding: question.finding(&level.id).as_str().to_owned(),
    };
    question.levels.iter().map(of_level).collect()
}

/// Reads the shares of a question.
pub(crate) fn bars_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    order: Option<BarOrder>,
    style: NumberStyle,
) -> Result<BarsSpec, NotDrawn> {
    let asked = questions(outline, groups, question, &[Kind::Single, Kind::Multi, Kind::Likert])?;
    let (mut methods, mut cautions) = (BTreeSet::new(), BTreeSet::new());
    let mut ids: Vec<(&str, bool)> = Vec::new();
    let mut rows: Vec<BarsRow> = Vec::new();
    for (group, question) in asked.iter().enumerate() {
        for counted in counted(question) {
            let bar = look(findings, &counted.finding).and_then(|finding| {
                let share = share(finding)?;
                if let Some(interval) = &finding.interval {
                    let level = style.level(interval.level.get());
                    methods.insert(format!("{level} intervals ({})", interval.method.name));
                    cautions.extend(
                        finding
                            .cautions
                            .iter()
                            .filter(|caution| is_of_intervals(caution))
                            .map(Caution::to_string),
                    );
                }
                let limits = finding.interval.as_ref().map(|interval| (interval.low, interval.high));
                Ok(Bar { share, limits })
            });
            let id = counted.named.id.as_str();
            let place = ids.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
                ids.push((id, counted.named.is_other()));
                rows.push(BarsRow { label: counted.label.to_owned(), bars: Vec::new() });
                rows.len() - 1
            });
            rows[place].bars.push((group, bar));
        }
    }
    let of = match asked.first().map(|question| question.kind) {
        Some(Kind::Multi) => Of::Multi,
        Some(Kind::Likert) => Of::TopBox(top_words(&asked)),
        _ => Of::Single,
    };
    let usual = if of == Of::Multi { BarOrder::Largest } else { BarOrder::Asked };
    let order = order.unwrap_or(usual);
    let is_choice = !matches!(of, Of::TopBox(_));
    let mut keyed: Vec<(bool, BarsRow)> =
        rows.into_iter().zip(&ids).map(|(row, (_, other))| (*other && is_choice, row)).collect();
    if order == BarOrder::Largest {
        keyed.sort_by(|(a_other, a), (b_other, b)| a_other.cmp(b_other).then_with(|| by_share(a, b)));
    }
    let other_last = order == BarOrder::Largest && keyed.iter().any(|(other, _)| *other);
    let rows: Vec<BarsRow> = keyed.into_iter().map(|(_, row)| row).collect();
    let bases =
        rows.iter().flat_map(|row| &row.bars).filter_map(|(_, bar)| Some(bar.as_ref().ok()?.share.of));
    let decimals = decimals(style, bases);
    let groups = asked.iter().map(|question| outline.group_label(&question.group).to_owned()).collect();
    Ok(BarsSpec { groups, rows, decimals, of, order, other_last, methods, cautions })
}

/// The larger share in the first group first; a row without one comes last. The sort keeps ties as asked.
fn by_share(a: &BarsRow, b: &BarsRow) -> std::cmp::Ordering {
    let first = |row: &BarsRow| {
        let (group, bar) = row.bars.first()?;
        (*group == 0).then_some(bar.as_ref().ok()?.share)
    };
    super::diverging::by_share(first(a), first(b))
}

/// The points of the top box in words; nothing where the groups have different ones.
fn top_words(asked: &[&QuestionOutline]) -> String {
    let points = |question: &QuestionOutline| -> Vec<String> {
        let levels = question.levels.get(question.top.clone()).unwrap_or_default();
        levels.iter().map(|level| level.label.clone()).collect()
    };
    match asked.split_first() {
        Some((one, rest)) if rest.iter().all(|other| points(other) == points(one)) => enumerate(&points(one)),
        _ => String::new(),
    }
}

impl Bar {
    /// The interval in words, as tables write it; empty if there is none.
    pub(crate) fn limits_words(&self, style: NumberStyle, decimals: Decimals) -> String {
        self.limits.map_or(String::new(), |(low, high)| style.percent_interval(low, high, decimals))
    }
}

impl BarsSpec {
    /// Whether any share has an interval.
    pub(crate) fn has_limits(&self) -> bool {
        !self.methods.is_empty()
    }

    fn any(&self, is: impl Fn(&Bar) -> bool) -> bool {
        self.rows.iter().flat_map(|row| &row.bars).any(|(_, bar)| bar.as_ref().is_ok_and(&is))
    }

    /// Whether any share is drawn as dots, and whether any as a bar.
    pub(crate) fn has_dots(&self) -> bool {
        self.any(Bar::is_dots)
    }

    /// Whether any share is long enough to be measured at an axis.
    pub(crate) fn has_bars(&self) -> bool {
        self.any(|bar| !bar.is_dots())
    }

    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let mut data = vec![["group", "answer", "n", "N", "low", "high"].map(str::to_owned).to_vec()];
        let mut alt = Vec::new();
        for (position, group) in self.groups.iter().enumerate() {
            let mut parts = Vec::new();
            let bars = self.rows.iter().flat_map(|row| row.bars.iter().map(move |(of, bar)| (row, *of, bar)));
            for (row, _, bar) in bars.filter(|(_, of, _)| *of == position) {
                let label = shorten(&row.label, 120);
                let head = [group.clone(), row.label.clone()];
                let (words, cells) = match bar {
                    Ok(bar) => {
                        let limits = match bar.limits_words(style, self.decimals) {
                            words if words.is_empty() => words,
                            words => format!(", interval {words}"),
                        };
                        let end = |end: Option<f64>| end.map_or(String::new(), |end| pinned(end).to_string());
                        let cells = [
                            bar.share.count.to_string(),
                            bar.share.of.to_string(),
                            end(bar.limits.map(|limits| limits.0)),
                            end(bar.limits.map(|limits| limits.1)),
                        ];
                        (format!("{label} {}{limits}", in_words(bar.share, style, self.decimals)), cells)
                    }
                    Err(why) => {
                        let said = format!("not computed: {why}");
                        (
                            format!("{label} not computed, {why}"),
                            [said, String::new(), String::new(), String::new()],
                        )
                    }
                };
                parts.push(words);
                data.push(head.into_iter().chain(cells).collect());
            }
            alt.push(format!("{}: {}.", shorten(group, 120), parts.join("; ")));
        }
        Worded { alt: alt.join(" "), data, notes: self.notes() }
    }

    fn notes(&self) -> Vec<String> {
        let what = match &self.of {
            Of::Single => "Shares of those who answered.".to_owned(),
            Of::Multi => "Shares of those who answered, who could tick more than one.".to_owned(),
            Of::TopBox(points) if points.is_empty() => "Shares of answers in the top box.".to_owned(),
            Of::TopBox(points) => format!("Shares of answers in the top box ({points})."),
        };
        let whose = if self.groups.len() > 1 { " in the first group" } else { "" };
        let order = match (self.order, self.rows.len()) {
            (_, 0 | 1) => String::new(),
            (BarOrder::Asked, _) => " The order is that of the questionnaire.".to_owned(),
            (BarOrder::Largest, _) => {
                let last = if self.other_last { ", Other last" } else { "" };
                format!(
                    " The largest share{whose} comes first, ties in the order of the questionnaire{last}."
                )
            }
        };
        let mut notes = vec![format!("{what}{order}")];
        if self.has_dots() {
            notes.push(format!(
                "Fewer than {BARS_FROM} answers: each dot is one person, filled for those who are counted.{}",
                if self.has_bars() { " The axis is of bars only, not of dots." } else { "" }
            ));
        }
        if self.has_limits() && self.has_bars() {
            let methods: Vec<String> = self.methods.iter().cloned().collect();
            let cautions: Vec<&str> = self.cautions.iter().map(String::as_str).collect();
            let about =
                if cautions.is_empty() { String::new() } else { format!(": {}", cautions.join("; ")) };
            notes.push(format!("Lines are {}{about}.", enumerate(&methods)));
        } else if self.has_bars() {
            notes.push("No share of this figure has an interval.".to_owned());
        }
        notes
    }
}

/// Whether a figure of shares shows a finding.
pub(crate) fn shows(finding: &Finding) -> bool {
    use crate::findings::Statistic as S;
    matches!(finding.statistic, S::Answered | S::Level | S::TopBox | S::Ticked)
}
