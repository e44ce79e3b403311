//! How numbers are distributed in each group: bins, quartiles, whiskers and single numbers.

use std::fmt::Write as _;

use crate::figures::NotDrawn;
use crate::figures::font::shorten;
use crate::findings::{Finding, Findings, Kind, Named, Outline, QuestionOutline, Selector, Statistic, Value};
use crate::numbers::{NumberStyle, exact_places, pinned};

use super::{Known, Worded, closes, look, questions, share};

/// Numbers of the items of a question in each of its groups.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NumbersSpec {
    /// A row for each group and item that has numbers.
    pub(crate) rows: Vec<NumbersRow>,
}

/// The numbers of one item in one group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NumbersRow {
    /// The group, and the item if there are several.
    pub(crate) label: String,
    /// How they are distributed.
    pub(crate) spread: Known<Spread>,
}

/// How numbers are distributed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spread {
    /// How many there are.
    pub(crate) n: u64,
    /// The bins from low to high; they add up to all.
    pub(crate) bins: Vec<Bin>,
    /// How many gave each number, where that is known of all.
    pub(crate) points: Option<Vec<(f64, u64)>>,
    /// The smallest number, the lower whisker, the quartiles, the upper whisker and the largest number.
    pub(crate) ends: [f64; 7],
}

/// A bin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bin {
    /// Its lower limit.
    pub(crate) low: f64,
    /// Its upper limit; equal to the lower one where it holds one number.
    pub(crate) high: f64,
    /// How many numbers lie in it.
    pub(crate) count: u64,
}

/// What the seven ends are, as ids of findings end.
const ENDS: [&str; 7] = ["minimum", "whisker-low", "q1", "median", "q3", "whisker-high", "maximum"];

/// Reads the numbers of a question and checks that the bins add up to those who answered.
pub(crate) fn numbers_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
) -> Result<NumbersSpec, NotDrawn> {
    let mut rows = Vec::new();
    for asked in questions(outline, groups, question, &[Kind::Number])? {
        for item in &asked.items {
            let group = outline.group_label(&asked.group);
            let label =
                if asked.items.len() > 1 { format!("{group}: {}", item.label) } else { group.to_owned() };
            rows.push(NumbersRow { label, spread: spread(findings, asked, item)? });
        }
    }
    Ok(NumbersSpec { rows })
}

/// The findings of one kind about an item, in their order.
fn of<'a>(
    findings: &'a Findings,
    asked: &'a QuestionOutline,
    item: &'a Named,
    statistic: Statistic,
) -> impl Iterator<Item = &'a Finding> {
    findings.iter().filter(move |finding| {
        finding.statistic == statistic
            && finding.group == asked.group
            && finding.question.as_ref() == Some(&asked.id)
            && finding.item.as_deref().unwrap_or_default() == item.id
    })
}

/// A bin or a single number and how many gave it.
fn counted(finding: &Finding) -> Known<Bin> {
    if let Value::NotComputed(reason) = &finding.value {
        return Err(reason.to_string());
    }
    let count = share(finding)?.count;
    match finding.counts {
        Some(Selector::Numbered { low, high, .. }) => Ok(Bin { low, high, count }),
        _ => Err("not a bin".to_owned()),
    }
}

fn spread(findings: &Findings, asked: &QuestionOutline, item: &Named) -> Result<Known<Spread>, NotDrawn> {
    let id = |tail: &str| asked.item_finding(item, tail).as_str().to_owned();
    let mut ends = [0.0; 7];
    for (end, tail) in ends.iter_mut().zip(ENDS) {
        match look(findings, &id(tail)) {
            Err(why) if tail.starts_with("whisker") && findings.get(&id(tail)).is_none() => {
                return Ok(Err(format!("{why}: ask with distribution = true")));
            }
            Err(why) => return Ok(Err(why)),
            Ok(finding) => match finding.value {
                Value::Number(number) if number.is_finite() => *end = number,
                _ => return Ok(Err("not a number".to_owned())),
            },
        }
    }
    let bins: Known<Vec<Bin>> = of(findings, asked, item, Statistic::Bin).map(counted).collect();
    let bins = match bins {
        Err(why) => return Ok(Err(why)),
        Ok(bins) => bins,
    };
    let n = of(findings, asked, item, Statistic::Bin)
        .find_map(|finding| Some(share(finding).ok()?.of))
        .unwrap_or(0);
    closes(&format!("the bins of {}", id("bin")), n, bins.iter().map(|bin| bin.count))?;
    let each = bins.iter().all(|bin| bin.low >= bin.high);
    let points: Option<Vec<(f64, u64)>> = if each {
        Some(bins.iter().filter(|bin| bin.count > 0).map(|bin| (bin.high, bin.count)).collect())
    } else {
        let points: Known<Vec<Bin>> = of(findings, asked, item, Statistic::AtValue).map(counted).collect();
        points
            .ok()
            .filter(|points| !points.is_empty())
            .map(|points| points.into_iter().map(|point| (point.high, point.count)).collect())
    };
    Ok(Ok(Spread { n, bins, points, ends }))
}

impl Spread {
    /// Median and quartiles in words, as exact as they are found.
    pub(crate) fn median_words(&self, style: NumberStyle) -> String {
        let [_, _, q1, median, q3, _, _] = self.ends;
        let places = exact_places([median, q1, q3]);
        let [median, q1, q3] = [median, q1, q3].map(|number| style.number(number, places));
        format!("median [Q1, Q3] {median} [{q1}, {q3}]")
    }
}

/// A number with the decimals that it has, at most two.
pub(crate) fn exact(number: f64, style: NumberStyle) -> String {
    style.number(number, exact_places([number]))
}

impl NumbersSpec {
    /// The least and the largest number of all; nothing where there is none.
    pub(crate) fn reach(&self) -> Option<(f64, f64)> {
        let spreads = self.rows.iter().filter_map(|row| row.spread.as_ref().ok());
        spreads.fold(None, |reach: Option<(f64, f64)>, spread| {
            let bins = spread.bins.iter().map(|bin| (bin.low, bin.high));
            bins.chain([(spread.ends[0], spread.ends[6])]).fold(reach, |reach, (low, high)| {
                Some(reach.map_or((low, high), |known| (known.0.min(low), known.1.max(high))))
            })
        })
    }

    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle, histogram: bool) -> Worded {
        let mut data = vec![["group", "what", "from", "to", "n", "N"].map(str::to_owned).to_vec()];
        let mut alt = Vec::new();
        for row in &self.rows {
            let label = shorten(&row.label, 120);
            let spread = match &row.spread {
                Err(why) => {
                    alt.push(format!("{label}: not computed, {why}."));
                    let mut cells = vec![row.label.clone(), format!("not computed: {why}")];
                    cells.resize(data[0].len(), String::new());
                    data.push(cells);
                    continue;
                }
                Ok(spread) => spread,
            };
            let of = spread.n.to_string();
            for (tail, end) in ENDS.iter().zip(spread.ends) {
                let cells = [
                    (*tail).to_owned(),
                    pinned(end).to_string(),
                    pinned(end).to_string(),
                    String::new(),
                    of.clone(),
                ];
                data.push(std::iter::once(row.label.clone()).chain(cells).collect());
            }
            for bin in &spread.bins {
                let cells = [
                    "bin".to_owned(),
                    pinned(bin.low).to_string(),
                    pinned(bin.high).to_string(),
                    bin.count.to_string(),
                    of.clone(),
                ];
                data.push(std::iter::once(row.label.clone()).chain(cells).collect());
            }
            let n = |number: f64| exact(number, style);
            let [least, low, _, _, _, high, most] = spread.ends;
            let mut words = format!("{label}: N {}, {}", style.count(spread.n), spread.median_words(style));
            if histogram {
                let bins: Vec<String> = spread.bins.iter().map(|bin| bin.words(style)).collect();
                let _ = write!(words, "; {}.", bins.join(", "));
            } else {
                let _ = write!(
                    words,
                    "; whiskers {} to {}, smallest {}, largest {}.",
                    n(low),
                    n(high),
                    n(least),
                    n(most)
                );
            }
            alt.push(words);
        }
        let notes = if histogram { self.histogram_notes() } else { self.box_notes() };
        Worded { alt: alt.join(" "), data, notes }
    }

    fn histogram_notes(&self) -> Vec<String> {
        let spreads = || self.rows.iter().filter_map(|row| row.spread.as_ref().ok());
        let each = spreads().all(|spread| spread.bins.iter().all(|bin| bin.low >= bin.high));
        let bins = if each {
            "Each bar is one number."
        } else {
            "A bin holds its upper limit, the first its lower one too; limits by Sturges' rule, for each group."
        };
        let numbers =
            "Numbers above the bars are counts of respondents; one that is wider than its bar is left out.";
        let area = if spreads().count() > 1 {
            "The bars of each group have the same area, that of everybody who answered: heights are densities on one scale."
        } else {
            "The bars have the area of everybody who answered."
        };
        vec![format!("{bins} {area} {numbers}")]
    }

    fn box_notes(&self) -> Vec<String> {
        let spreads = || self.rows.iter().filter_map(|row| row.spread.as_ref().ok());
        let mut notes = vec![
            "Boxes: quartiles (type 7) and median. Whiskers: to the last number within 1.5 interquartile ranges of the box."
                .to_owned(),
        ];
        if spreads().any(|spread| spread.points.is_some()) {
            notes.push("Points: a number that somebody gave; their areas are how many did.".to_owned());
        }
        if spreads().any(|spread| spread.points.is_none()) {
            notes.push(
                "Rings: the smallest and the largest number where they lie beyond the whiskers; how many others lie there is \
                 not shown, since single numbers are drawn only where there are at most 30 different ones."
                    .to_owned(),
            );
        }
        notes
    }
}

impl Bin {
    fn words(&self, style: NumberStyle) -> String {
        let low = exact(self.low, style);
        let count = style.count(self.count);
        if self.low >= self.high {
            format!("{low}: {count}")
        } else {
            format!("{low} to {}: {count}", exact(self.high, style))
        }
    }
}

/// Whether a figure of numbers shows a finding.
pub(crate) fn shows(finding: &Finding) -> bool {
    use Statistic as S;
    matches!(
        finding.statistic,
        S::Bin
            | S::AtValue
            | S::WhiskerLow
            | S::WhiskerHigh
            | S::Median
            | S::Q1
            | S::Q3
            | S::Minimum
            | S::Maximum
    )
}
