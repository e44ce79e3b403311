//! The same items in several groups, or on both sides of a link: a value of each in each, to be joined by lines.

use std::cmp::Ordering;

use crate::figures::font::shorten;
use crate::figures::{Measure, NotDrawn, Sides};
use crate::findings::{Finding, FindingId, Findings, Kind, Outline, QuestionOutline, Value};
use crate::numbers::{Decimals, NumberStyle, pinned};

use super::{Known, Share, Worded, decimals, groups_or_all, in_words, look, share};

/// Items in columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SlopeSpec {
    /// The labels of the columns.
    pub(crate) columns: Vec<String>,
    /// How many answered in each column, in words.
    pub(crate) bases: Vec<String>,
    /// The items, in the order asked.
    pub(crate) lines: Vec<SlopeLine>,
    /// Whether the values are shares.
    pub(crate) shares: bool,
    /// What the values are, in words that end a sentence.
    what: String,
    /// The link by which both columns are the same people or pairs.
    linked: bool,
    /// Whether the least value is the first.
    least_first: bool,
    pub(crate) decimals: Decimals,
}

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SlopeLine {
    /// Its label.
    pub(crate) label: String,
    /// Its value in each column.
    pub(crate) values: Vec<Known<SlopeValue>>,
}

/// The value of an item in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SlopeValue {
    /// A share.
    Share(Share),
    /// A mean of so many answers.
    Mean(f64, u64),
}

impl SlopeValue {
    /// Where it lies: shares from 0 to 1.
    pub(crate) fn number(self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
            Self::Share(share) => share.count as f64 / share.of as f64,
            Self::Mean(mean, _) => mean,
        }
    }

    /// Compares two values exactly.
    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Share(a), Self::Share(b)) => {
                let cross = |x: Share, y: Share| u128::from(x.count) * u128::from(y.of);
                cross(a, b).cmp(&cross(b, a))
            }
            _ => self.number().total_cmp(&other.number()),
        }
    }

    /// As it stands in the picture.
    pub(crate) fn words(self, style: NumberStyle, decimals: Decimals) -> String {
        match self {
            Self::Share(share) => style.percent(share.count, share.of, decimals),
            Self::Mean(mean, _) => style.number(mean, style.mean_decimals()),
        }
    }

    /// With its base.
    fn in_words(self, style: NumberStyle, decimals: Decimals) -> String {
        match self {
            Self::Share(share) => in_words(share, style, decimals),
            Self::Mean(mean, n) => format!("{} ({})", style.number(mean, style.mean_decimals()), style.n(n)),
        }
    }
}

/// What one line is about: items, or the points of a question that has none.
struct Shown {
    id: String,
    label: String,
    /// What the ids of findings about it end in, below the question; those of a sum are added up.
    tails: Vec<Vec<String>>,
}

/// Reads the values of a question on the sides.
pub(crate) fn slope_spec(
    outline: &Outline,
    findings: &Findings,
    (groups, sides): (&[String], &Sides),
    question: &str,
    measure: Option<Measure>,
    style: NumberStyle,
) -> Result<SlopeSpec, NotDrawn> {
    let (columns, link) = match sides {
        Sides::Groups => (groups_or_all(outline, groups), None),
        Sides::Link(id) => {
            let link = outline.link(id).ok_or_else(|| NotDrawn::UnknownGroup { group: id.clone() })?;
            (link.between.to_vec(), Some(link))
        }
    };
    let asked: Vec<&QuestionOutline> =
        columns.iter().filter_map(|group| outline.question(group, question)).collect();
    let Some(first) = asked.first() else {
        return Err(NotDrawn::UnknownQuestion { question: question.to_owned() });
    };
    let columns: Vec<&String> = asked.iter().map(|asked| &asked.group).collect();
    if columns.len() < 2 {
        return Err(NotDrawn::OneColumn { question: question.to_owned() });
    }
    let measure = measure_of(first, measure)?;
    let mut lines: Vec<(String, SlopeLine)> = Vec::new();
    for (column, asked) in asked.iter().enumerate() {
        for shown in shown(asked, measure, link.is_some()) {
            let id = |tail: &Vec<String>| match link {
                None => FindingId::new(
                    [asked.group.as_str(), question].into_iter().chain(tail.iter().map(String::as_str)),
                ),
                Some(link) => beside(&link.id, question, &asked.group, tail),
            };
            let found: Known<Vec<&Finding>> =
                shown.tails.iter().map(|tail| look(findings, id(tail).as_str())).collect();
            let value = found.and_then(|found| added(&found));
            let place = lines.iter().position(|(known, _)| *known == shown.id).unwrap_or_else(|| {
                let values = vec![Err("not asked of this group".to_owned()); columns.len()];
                lines.push((shown.id.clone(), SlopeLine { label: shown.label.clone(), values }));
                lines.len() - 1
            });
            lines[place].1.values[column] = value;
        }
    }
    let lines: Vec<SlopeLine> = lines.into_iter().map(|(_, line)| line).collect();
    let bases = lines.iter().flat_map(|line| &line.values).filter_map(|value| match value {
        Ok(SlopeValue::Share(share)) => Some(share.of),
        _ => None,
    });
    let decimals = decimals(style, bases);
    let bases = (0..columns.len()).map(|column| base_words(&lines, column, style)).collect();
    let columns = columns.into_iter().map(|id| outline.group_label(id).to_owned()).collect();
    Ok(SlopeSpec {
        columns,
        bases,
        lines,
        shares: matches!(measure, Measure::TopBox | Measure::Share),
        what: what(first, measure),
        linked: link.is_some(),
        least_first: measure == Measure::MeanRank,
        decimals,
    })
}

/// How many answered the items of a column.
fn base_words(lines: &[SlopeLine], column: usize, style: NumberStyle) -> String {
    let bases = lines.iter().filter_map(|line| match line.values.get(column)?.as_ref().ok()? {
        SlopeValue::Share(share) => Some(share.of),
        SlopeValue::Mean(_, n) => Some(*n),
    });
    let range = bases.fold(None, |range: Option<(u64, u64)>, n| {
        Some(range.map_or((n, n), |(least, most)| (least.min(n), most.max(n))))
    });
    match range {
        None => String::new(),
        Some((least, most)) if least == most => format!("N {}", style.count(most)),
        Some((least, most)) => format!("N {} to {}", style.count(least), style.count(most)),
    }
}

/// Whether lines between groups show a finding.
pub(crate) fn shows(finding: &Finding) -> bool {
    use crate::findings::Statistic as S;
    matches!(finding.statistic, S::Level | S::TopBox | S::Ticked | S::Mean | S::MeanRank)
}

/// The id of a finding about one side of a link: the side stands before its last part.
fn beside(link: &str, question: &str, side: &str, tail: &[String]) -> FindingId {
    let (last, before) = tail.split_last().map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
    let before = before.iter().map(String::as_str);
    FindingId::new([link, question].into_iter().chain(before).chain([side, last]))
}

/// The measure that is asked for, or the usual one of the kind.
fn measure_of(question: &QuestionOutline, asked: Option<Measure>) -> Result<Measure, NotDrawn> {
    let fits: &[Measure] = match question.kind {
        Kind::Likert if question.top.is_empty() => &[Measure::Mean],
        Kind::Likert => &[Measure::TopBox, Measure::Mean],
        Kind::Single | Kind::Multi => &[Measure::Share],
        Kind::Number => &[Measure::Mean],
        Kind::Ranking => &[Measure::MeanRank],
        Kind::Text | Kind::Date => &[],
    };
    let wrong = || NotDrawn::WrongKind { question: question.id.clone(), kind: question.kind };
    match asked {
        None => fits.first().copied().ok_or_else(wrong),
        Some(measure) => fits.contains(&measure).then_some(measure).ok_or_else(wrong),
    }
}

fn shown(question: &QuestionOutline, measure: Measure, linked: bool) -> Vec<Shown> {
    if measure == Measure::Share {
        let of = |level: &crate::findings::Named| Shown {
            id: level.id.clone(),
            label: level.label.clone(),
            tails: vec![vec![level.id.clone()]],
        };
        return question.levels.iter().map(of).collect();
    }
    let top = question.levels.get(question.top.clone()).unwrap_or_default();
    question
        .items
        .iter()
        .map(|item| {
            let of = |tail: &str| -> Vec<String> {
                [item.id.as_str(), tail]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let tails = match measure {
                // A link has the points of both sides and not their sum.
                Measure::TopBox if linked => top.iter().map(|level| of(&level.id)).collect(),
                Measure::TopBox => vec![of("top-box")],
                Measure::MeanRank => vec![of("mean-rank")],
                Measure::Mean | Measure::Share => vec![of("mean")],
            };
            let label = if item.label.is_empty() { question.label.clone() } else { item.label.clone() };
            Shown { id: item.id.clone(), label, tails }
        })
        .collect()
}

/// The value of findings: a number, a share, or shares of one base added up.
fn added(found: &[&Finding]) -> Known<SlopeValue> {
    if let [one] = found
        && let Value::Number(mean) = one.value
    {
        return Ok(SlopeValue::Mean(mean, one.base.asked.as_ref().map_or(0, |asked| asked.answered)));
    }
    let shares: Vec<Share> = found.iter().map(|finding| share(finding)).collect::<Known<_>>()?;
    match shares.split_first() {
        Some((first, rest)) if rest.iter().all(|other| other.of == first.of) => {
            let count = shares.iter().map(|share| share.count).sum();
            Ok(SlopeValue::Share(Share { count, of: first.of }))
        }
        _ => Err("not one base".to_owned()),
    }
}

fn what(question: &QuestionOutline, measure: Measure) -> String {
    let points: Vec<String> = question
        .levels
        .get(question.top.clone())
        .unwrap_or_default()
        .iter()
        .map(|level| level.label.clone())
        .collect();
    match measure {
        Measure::TopBox => format!("the share of answers in the top box ({})", super::enumerate(&points)),
        Measure::Share => "the share of those who answered".to_owned(),
        Measure::Mean if question.kind == Kind::Likert => {
            format!("the mean score, of points from 1 to {}", question.levels.len())
        }
        Measure::Mean => "the mean".to_owned(),
        Measure::MeanRank => "the mean rank, 1 being the first".to_owned(),
    }
}

impl SlopeSpec {
    /// The lines of a column from the first to the last, with their ranks; lines that are tied share a rank and stand in
    /// the order asked. Lines without a value have none.
    pub(crate) fn ranked(&self, column: usize) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, SlopeValue)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(line, shown)| Some((line, *shown.values.get(column)?.as_ref().ok()?)))
            .collect();
        let order = |a: SlopeValue, b: SlopeValue| if self.least_first { a.compare(b) } else { b.compare(a) };
        found.sort_by(|(_, a), (_, b)| order(*a, *b));
        let mut ranked: Vec<(usize, usize)> = Vec::new();
        let mut before: Option<SlopeValue> = None;
        for (place, (line, value)) in found.into_iter().enumerate() {
            let tied = before.is_some_and(|before| before.compare(value) == Ordering::Equal);
            let rank = ranked.last().filter(|_| tied).map_or(place + 1, |(_, rank)| *rank);
            ranked.push((line, rank));
            before = Some(value);
        }
        ranked
    }

    /// The words of the figure; `bump` says the ranks too.
    pub(crate) fn worded(&self, style: NumberStyle, bump: bool) -> Worded {
        let mut data = vec![["group", "item", "value", "n", "N"].map(str::to_owned).to_vec()];
        if bump {
            data[0].push("rank".to_owned());
        }
        let mut alt = Vec::new();
        for (column, label) in self.columns.iter().enumerate() {
            let ranks = self.ranked(column);
            let rank = |line: usize| ranks.iter().find(|(ranked, _)| *ranked == line).map(|(_, rank)| *rank);
            let mut parts = Vec::new();
            for (position, line) in self.lines.iter().enumerate() {
                let Some(value) = line.values.get(column) else { continue };
                let name = shorten(&line.label, 120);
                let ranked =
                    rank(position).filter(|_| bump).map_or(String::new(), |rank| format!("rank {rank}, "));
                let cells = match value {
                    Ok(value) => {
                        parts.push(format!("{name} {ranked}{}", value.in_words(style, self.decimals)));
                        match value {
                            SlopeValue::Share(share) => [
                                pinned(value.number()).to_string(),
                                share.count.to_string(),
                                share.of.to_string(),
                            ],
                            SlopeValue::Mean(mean, n) => {
                                [pinned(*mean).to_string(), String::new(), n.to_string()]
                            }
                        }
                    }
                    Err(why) => {
                        parts.push(format!("{name} not computed, {why}"));
                        [format!("not computed: {why}"), String::new(), String::new()]
                    }
                };
                let mut row: Vec<String> =
                    [label.clone(), line.label.clone()].into_iter().chain(cells).collect();
                if bump {
                    row.push(rank(position).map_or(String::new(), |rank| rank.to_string()));
                }
                data.push(row);
            }
            alt.push(format!("{}: {}.", shorten(label, 120), parts.join("; ")));
        }
        Worded { alt: alt.join(" "), data, notes: self.notes(bump) }
    }

    fn notes(&self, bump: bool) -> Vec<String> {
        let who = if self.linked { " Both sides are the pairs whose two answers are known." } else { "" };
        let what = if bump {
            let first = if self.least_first { "least" } else { "largest" };
            let tied = (0..self.columns.len())
                .any(|column| self.ranked(column).windows(2).any(|pair| pair[0].1 == pair[1].1));
            let ties = if tied { "; equal values share a rank and stand in the order asked" } else { "" };
            format!("Ranks by {}, the {first} first{ties}.{who}", self.what)
        } else {
            let reach = "Heights run from the least to the largest value, not from zero.";
            format!("Each line is {}. {reach}{who}", self.what)
        };
        let mut notes = vec![what];
        for line in &self.lines {
            for (column, value) in self.columns.iter().zip(&line.values) {
                if let Err(why) = value {
                    notes.push(format!(
                        "Not drawn: {}, {}: {why}.",
                        shorten(column, 60),
                        shorten(&line.label, 60)
                    ));
                }
            }
        }
        // What is missing of many is in the data.
        notes.truncate(7);
        notes
    }
}
