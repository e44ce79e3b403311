//! Estimates with intervals on an axis, whatever they are estimates of: what the layout of all of them draws.

use std::collections::BTreeMap;

use crate::figures::font::shorten;
use crate::findings::{Caution, Finding, Outline, Value};
use crate::numbers::NumberStyle;

use super::cautions::sentence;
use super::{Known, Worded, enumerate};

/// Estimates in panels, one axis each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimatesSpec {
    /// The panels.
    pub(crate) panels: Vec<EstimatesPanel>,
    /// How the figure is to be read.
    pub(crate) notes: Vec<String>,
}

/// Rows that share an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimatesPanel {
    /// What stands above it; nothing where the figure has one panel that needs no name.
    pub(crate) heading: String,
    /// Who is in it, in words.
    pub(crate) base: String,
    /// The axis.
    pub(crate) axis: Axis,
    /// What each mark stands for, where a row has several.
    pub(crate) series: Vec<String>,
    /// The headings of the texts beside the axis.
    pub(crate) columns: Vec<String>,
    /// How many of these columns stand before the axis.
    pub(crate) before: usize,
    /// The rows.
    pub(crate) rows: Vec<EstimatesRow>,
}

/// What an axis shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    /// What is measured.
    pub(crate) title: String,
    /// What is shown at least; estimates and limits beyond it make it longer.
    pub(crate) least: Option<(f64, f64)>,
    /// Whether marks of the axis stand at whole numbers only.
    pub(crate) whole: bool,
    /// Where neither side is above the other.
    pub(crate) null: Option<f64>,
    /// What it means to lie to the left and to the right.
    pub(crate) ends: [String; 2],
    /// By what the numbers at the axis are multiplied, such as 100 for points of percents.
    pub(crate) factor: f64,
}

/// One row: a line for each series.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimatesRow {
    /// What it is about.
    pub(crate) label: String,
    /// Its lines.
    pub(crate) lines: Vec<EstimateLine>,
}

/// One estimate and the texts beside it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EstimateLine {
    /// The series, from zero.
    pub(crate) series: u16,
    /// Where it lies.
    pub(crate) estimate: Known<Estimate>,
    /// The texts, one for each column; a line may be broken at `\n` where room is short.
    pub(crate) cells: Vec<String>,
    /// What a mark in a text stands for; empty where there is none.
    pub(crate) remark: String,
}

/// An estimate with its limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    /// The estimate.
    pub(crate) value: f64,
    /// The limits of its interval, which may be infinite.
    pub(crate) limits: Option<(f64, f64)>,
    /// Whether it cannot exceed 1, so that a style may write no zero before the point.
    pub(crate) at_most_one: bool,
}

impl Estimate {
    /// The number that a finding found, with its interval.
    pub(crate) fn of(finding: &Finding) -> Known<Self> {
        match finding.value {
            Value::Number(value) if value.is_finite() => {
                let limits = finding.interval.as_ref().map(|interval| (interval.low, interval.high));
                Ok(Self {
                    value,
                    limits: limits.filter(|(low, high)| low <= high),
                    at_most_one: finding.statistic.is_at_most_one(),
                })
            }
            _ => Err("not a number".to_owned()),
        }
    }

    /// The number and its limits in words, times `factor`, as tables write them: the limits on a line of their own where
    /// room is short.
    pub(crate) fn words(&self, style: NumberStyle, factor: f64, places: u8, behind: &str) -> String {
        // Times something, a number is on a scale of its own.
        let number = |number: f64| match factor {
            1.0 if self.at_most_one => style.coefficient(number, places),
            _ => style.number(number * factor, places),
        };
        let limits =
            self.limits.map(|(low, high)| format!("\n[{}]", style.limits(&number(low), &number(high))));
        format!("{}{behind}{}", number(self.value), limits.unwrap_or_default())
    }
}

impl EstimatesPanel {
    /// Everything that the axis must reach: estimates, finite limits, the null and what is shown at least.
    pub(crate) fn reach(&self) -> Option<(f64, f64)> {
        let estimates =
            self.rows.iter().flat_map(|row| &row.lines).filter_map(|line| line.estimate.as_ref().ok());
        let shown = estimates.flat_map(|estimate| {
            let limits = estimate.limits.map(|(low, high)| [low, high]);
            limits.into_iter().flatten().chain([estimate.value])
        });
        let least = self.axis.least.map(|(low, high)| [low, high]).into_iter().flatten();
        let mut shown = shown.filter(|number| number.is_finite()).peekable();
        // An axis of nothing says nothing.
        shown.peek()?;
        let all = shown.chain(self.axis.null).chain(least);
        all.fold(None, |reach, number| {
            let (low, high) = reach.unwrap_or((number, number));
            Some((number.min(low), number.max(high)))
        })
    }
}

/// Lets the axes of panels reach from the same to the same; a panel without an estimate keeps none.
pub(crate) fn share_axis(panels: &mut [EstimatesPanel]) {
    let reach = panels.iter().filter_map(EstimatesPanel::reach);
    let all = reach.reduce(|one, two| (one.0.min(two.0), one.1.max(two.1)));
    for panel in panels.iter_mut().filter(|panel| panel.reach().is_some()) {
        panel.axis.least = all;
    }
}

impl EstimatesSpec {
    /// The words of the figure.
    pub(crate) fn worded(&self) -> Worded {
        let series = self.panels.iter().any(|panel| panel.series.len() > 1);
        // One table for all panels: a panel leaves the columns of others empty.
        let mut columns: Vec<String> = Vec::new();
        for column in self.panels.iter().flat_map(|panel| &panel.columns).map(|column| flat(column)) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        let mut lines = self.panels.iter().flat_map(|panel| &panel.rows).flat_map(|row| &row.lines);
        let remarks = lines.any(|line| !line.remark.is_empty());
        let mut head = vec!["of".to_owned(), "item".to_owned()];
        head.extend(series.then(|| "group".to_owned()));
        head.extend(columns.iter().cloned());
        head.extend(remarks.then(|| "remark".to_owned()));
        head.push("not computed".to_owned());
        let mut data = vec![head];
        let mut alt = Vec::new();
        for panel in &self.panels {
            let mut parts = Vec::new();
            for row in &panel.rows {
                let mut of_row = Vec::new();
                for line in &row.lines {
                    let group = panel.series.get(usize::from(line.series)).filter(|_| panel.series.len() > 1);
                    let why = line.estimate.as_ref().err();
                    let named: Vec<(String, String)> = panel
                        .columns
                        .iter()
                        .zip(&line.cells)
                        .map(|(column, cell)| (flat(column), flat(cell)))
                        .collect();
                    let mut texts: Vec<String> = named
                        .iter()
                        .filter(|(_, cell)| !cell.is_empty())
                        .map(|(column, cell)| format!("{column} {cell}"))
                        .collect();
                    texts.extend((!line.remark.is_empty()).then(|| line.remark.clone()));
                    texts.extend(why.map(|why| format!("not computed: {why}")));
                    let group_words =
                        group.map_or(String::new(), |group| format!("{}: ", shorten(group, 60)));
                    of_row.push(format!("{group_words}{}", texts.join(", ")));
                    let mut numbers = vec![panel.heading.clone(), row.label.clone()];
                    numbers.extend(series.then(|| group.cloned().unwrap_or_default()));
                    let cell = |column: &String| {
                        let found = named.iter().find(|(known, _)| known == column);
                        found.map_or(String::new(), |(_, cell)| cell.clone())
                    };
                    numbers.extend(columns.iter().map(cell));
                    numbers.extend(remarks.then(|| line.remark.clone()));
                    numbers.push(why.cloned().unwrap_or_default());
                    data.push(numbers);
                }
                parts.push(format!("{}: {}", shorten(&row.label, 120), of_row.join("; ")));
            }
            let heading = if panel.heading.is_empty() {
                String::new()
            } else {
                format!("{}. ", shorten(&panel.heading, 120))
            };
            let base = if panel.base.is_empty() { String::new() } else { format!("{}. ", panel.base) };
            alt.push(format!("{heading}{base}{}.", parts.join(". ")));
        }
        Worded { alt: alt.join(" "), data, notes: self.notes.clone() }
    }
}

/// A cell on one line.
fn flat(cell: &str) -> String {
    cell.replace('\n', " ")
}

/// What must be known of intervals that are drawn, once for all groups of which it is true.
pub(crate) fn interval_notes<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    outline: &Outline,
) -> Vec<String> {
    let mut met: BTreeMap<&Caution, Vec<&str>> = BTreeMap::new();
    let mut groups: Vec<&str> = Vec::new();
    for finding in findings {
        let group = finding.group.as_str();
        if !groups.contains(&group) {
            groups.push(group);
        }
        for caution in finding.cautions.iter().filter(|caution| is_of_intervals(caution)) {
            let of = met.entry(caution).or_default();
            if !of.contains(&group) {
                of.push(group);
            }
        }
    }
    let mut notes = Vec::new();
    for (caution, of) in met {
        let labels: Vec<String> = of.iter().map(|group| shorten(outline.group_label(group), 60)).collect();
        let words = if of.len() == groups.len() {
            sentence(&caution.to_string())
        } else {
            format!("{}: {caution}", enumerate(&labels))
        };
        notes.push(format!("{}.", words.trim_end_matches('.')));
    }
    notes
}

/// Whether a caution belongs beside an interval: what it is about, and that nobody was drawn.
pub(crate) fn is_of_intervals(caution: &Caution) -> bool {
    caution.is_about_interval() || *caution == Caution::OptIn
}

/// The method and level of the intervals that are drawn, each once.
pub(crate) fn interval_methods<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    style: NumberStyle,
) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for interval in findings.into_iter().filter_map(|finding| finding.interval.as_ref()) {
        let level = style.level(interval.level.get());
        let note = format!("Intervals: {}, {level}.", interval.method.name);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}
