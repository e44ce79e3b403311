//! Worths of the Plackett-Luce model, as logarithms with comparison intervals.

use crate::findings::{Finding, Findings, Kind, Outline, QuestionOutline, Statistic, Value};
use crate::numbers::NumberStyle;

use super::estimates::{
    Axis, Estimate, EstimateLine, EstimatesPanel, EstimatesRow, EstimatesSpec, interval_notes, share_axis,
};
use super::{Known, asked_of, look, questions};
use crate::figures::NotDrawn;

/// Reads worths: a panel for each group, all on one scale.
pub(crate) fn worths_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    style: NumberStyle,
) -> Result<EstimatesSpec, NotDrawn> {
    let asked = questions(outline, groups, question, &[Kind::Ranking])?;
    let mut panels: Vec<EstimatesPanel> =
        asked.iter().map(|question| panel(outline, findings, question, style)).collect();
    share_axis(&mut panels);
    let drawn = || {
        let of = |finding: &&Finding| {
            finding.statistic == Statistic::LogWorth
                && asked
                    .iter()
                    .any(|asked| finding.group == asked.group && finding.question.as_ref() == Some(&asked.id))
        };
        findings.iter().filter(of)
    };
    let mut notes = vec![
        "Log-worths are differences from the first item asked, whose own is 0; worths sum to 1: the chance of an item to \
         be ranked first among all."
            .to_owned(),
    ];
    let level =
        drawn().filter_map(|finding| finding.interval.as_ref()).map(|interval| interval.level.get()).next();
    if let Some(level) = level {
        notes.push(format!(
            "Intervals: {} comparison intervals by quasi-standard errors: two items differ if theirs do not overlap, and may \
             differ where they do: the standard error of a difference is the root of the sum of the squared quasi-standard \
             errors. An interval alone says nothing of an item.",
            style.level(level)
        ));
    }
    let mut methods: Vec<&str> =
        drawn().filter_map(|finding| finding.method).map(|method| method.convention).collect();
    methods.dedup();
    notes.extend(methods.first().map(|convention| format!("Plackett-Luce model: {convention}.")));
    notes.extend(interval_notes(drawn(), outline));
    Ok(EstimatesSpec { panels, notes })
}

fn panel(
    outline: &Outline,
    findings: &Findings,
    question: &QuestionOutline,
    style: NumberStyle,
) -> EstimatesPanel {
    let id = |item, tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let number = |id: &str, places: u8| -> Known<(f64, String)> {
        look(findings, id).and_then(|finding| match finding.value {
            Value::Number(number) if number.is_finite() => Ok((number, style.coefficient(number, places))),
            _ => Err("not a number".to_owned()),
        })
    };
    let mut rows: Vec<(EstimatesRow, f64)> = question
        .items
        .iter()
        .enumerate()
        .map(|(position, item)| {
            let estimate = look(findings, &id(item, "log-worth")).and_then(Estimate::of);
            let worth = number(&id(item, "worth"), 3);
            let words = estimate.as_ref().map_or(String::new(), |log| log.words(style, 1.0, 2, ""));
            let worth_words = worth.as_ref().map_or(String::new(), |(_, words)| words.clone());
            let label =
                if position == 0 { format!("{} (reference)", item.label) } else { item.label.clone() };
            let cells = vec![worth_words, words];
            let line = EstimateLine { series: 0, estimate, cells, remark: String::new() };
            (EstimatesRow { label, lines: vec![line] }, worth.map_or(f64::NEG_INFINITY, |(worth, _)| worth))
        })
        .collect();
    // The sort is stable, so that equal worths stay as asked.
    rows.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let ids: Vec<String> = question.items.iter().map(|item| id(item, "worth")).collect();
    let base = match (asked_of(findings, ids.iter().cloned()), ids.first().map(|id| look(findings, id))) {
        (Some(asked), _) => format!("Rankings: {}", style.count(asked.answered)),
        (None, Some(Err(why))) => format!("Not computed: {why}"),
        (None, _) => String::new(),
    };
    let is_drawn = rows.iter().flat_map(|(row, _)| &row.lines).any(|line| line.estimate.is_ok());
    EstimatesPanel {
        heading: outline.group_label(&question.group).to_owned(),
        base,
        axis: Axis {
            title: "Log-worth, difference from the reference item".to_owned(),
            least: None,
            whole: false,
            null: is_drawn.then_some(0.0),
            ends: ["Less preferred".to_owned(), "Preferred".to_owned()],
            factor: 1.0,
        },
        series: Vec::new(),
        columns: vec!["Worth".to_owned(), "Log-worth [comparison interval]".to_owned()],
        before: 0,
        rows: rows.into_iter().map(|(row, _)| row).collect(),
    }
}
