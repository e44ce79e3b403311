//! The mean rank of each item with its interval.

use crate::findings::{Finding, Findings, Kind, Outline, QuestionOutline, Statistic};
use crate::numbers::NumberStyle;

use super::estimates::{
    Axis, Estimate, EstimateLine, EstimatesPanel, EstimatesRow, EstimatesSpec, interval_methods,
    interval_notes, share_axis,
};
use super::{Known, asked_of, look, questions};
use crate::figures::NotDrawn;

/// Reads mean ranks. Groups that ranked the same items share a panel, in which each has a mark of its own.
pub(crate) fn mean_rank_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    style: NumberStyle,
) -> Result<EstimatesSpec, NotDrawn> {
    let asked = questions(outline, groups, question, &[Kind::Ranking])?;
    let mut panels: Vec<Vec<&QuestionOutline>> = Vec::new();
    for question in &asked {
        match panels.iter_mut().find(|panel| panel.iter().all(|other| other.items == question.items)) {
            Some(panel) => panel.push(question),
            None => panels.push(vec![question]),
        }
    }
    let drawn = || findings.iter().filter(|finding| is_of(finding, &asked));
    let among_ranked =
        drawn().any(|mean| mean.method.is_some_and(|method| method.convention.starts_with("each mean over")));
    let mut notes = vec![
        if among_ranked {
            "Mean rank over the rankings that rank the item, by its place among the items ranked; 1 is the first choice."
        } else {
            "Mean rank over all rankings: items left unranked share the mean of the ranks not given; 1 is the first choice."
        }
        .to_owned(),
        "The items come from the same rankings: whether the intervals of two items overlap tests no difference between them."
            .to_owned(),
    ];
    notes.extend(interval_methods(drawn(), style));
    notes.extend(interval_notes(drawn(), outline));
    let mut panels: Vec<EstimatesPanel> =
        panels.iter().map(|panel| self::panel(outline, findings, panel, asked.len(), style)).collect();
    let is_beyond = |panel: &EstimatesPanel| {
        let ranks = most_rank(panel.rows.len());
        let lines = panel.rows.iter().flat_map(|row| &row.lines);
        let mut means = lines.filter_map(|line| line.estimate.as_ref().ok());
        means.any(|mean| mean.limits.is_some_and(|(low, high)| low < 1.0 || high > ranks))
    };
    if panels.iter().any(is_beyond) {
        notes.push(
            "An interval may reach beyond the ranks that there are: few people are behind it.".to_owned(),
        );
    }
    // Groups that ranked as many items have the same axis.
    if panels.windows(2).all(|pair| pair[0].rows.len() == pair[1].rows.len()) {
        share_axis(&mut panels);
    }
    Ok(EstimatesSpec { panels, notes })
}

fn is_of(finding: &Finding, asked: &[&QuestionOutline]) -> bool {
    finding.statistic == Statistic::MeanRank
        && asked
            .iter()
            .any(|asked| finding.group == asked.group && finding.question.as_ref() == Some(&asked.id))
}

fn panel(
    outline: &Outline,
    findings: &Findings,
    asked: &[&QuestionOutline],
    groups: usize,
    style: NumberStyle,
) -> EstimatesPanel {
    let items = asked.first().map_or(&[][..], |question| &question.items);
    let mut rows: Vec<(EstimatesRow, f64)> = items
        .iter()
        .map(|item| {
            let lines: Vec<EstimateLine> = (0..)
                .zip(asked)
                .map(|(series, question)| {
                    let id = question.item_finding(item, "mean-rank");
                    let estimate = look(findings, id.as_str()).and_then(Estimate::of);
                    let words = estimate.as_ref().map_or(String::new(), |mean| mean.words(style, 1.0, 2, ""));
                    EstimateLine { series, estimate, cells: vec![words], remark: String::new() }
                })
                .collect();
            let first = lines.iter().find_map(|line| line.estimate.as_ref().ok()).map(|mean| mean.value);
            (EstimatesRow { label: item.label.clone(), lines }, first.unwrap_or(f64::INFINITY))
        })
        .collect();
    // The sort is stable, so that equal means stay as asked.
    rows.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let labels: Vec<String> =
        asked.iter().map(|question| outline.group_label(&question.group).to_owned()).collect();
    let bases: Vec<Known<u64>> = asked.iter().map(|question| rankings(findings, question)).collect();
    let base_words = |base: &Known<u64>| match base {
        Ok(n) => format!("Rankings: {}", style.count(*n)),
        Err(why) => format!("Not computed: {why}"),
    };
    let (heading, base, series) = match (labels.as_slice(), bases.as_slice()) {
        ([label], [base]) => {
            let heading = if groups > 1 { label.clone() } else { String::new() };
            let base = if groups > 1 { base_words(base) } else { format!("{label}. {}", base_words(base)) };
            (heading, base, Vec::new())
        }
        _ => {
            let series = labels.iter().zip(&bases);
            let series = series.map(|(label, base)| match base {
                Ok(n) => format!("{label} (rankings: {})", style.count(*n)),
                Err(why) => format!("{label} (not computed: {why})"),
            });
            (String::new(), String::new(), series.collect())
        }
    };
    let axis = Axis {
        title: "Mean rank".to_owned(),
        least: Some((1.0, most_rank(items.len()))),
        whole: true,
        null: None,
        ends: ["Preferred".to_owned(), "Least preferred".to_owned()],
        factor: 1.0,
    };
    EstimatesPanel {
        heading,
        base,
        axis,
        series,
        columns: vec!["Mean rank [interval]".to_owned()],
        before: 0,
        rows: rows.into_iter().map(|(row, _)| row).collect(),
    }
}

/// How many rankings there are.
fn rankings(findings: &Findings, question: &QuestionOutline) -> Known<u64> {
    let ids: Vec<String> = question
        .items
        .iter()
        .map(|item| question.item_finding(item, "mean-rank").as_str().to_owned())
        .collect();
    match asked_of(findings, ids.iter().cloned()) {
        Some(asked) => Ok(asked.answered),
        None => match ids.first().map(|id| look(findings, id)) {
            Some(Err(why)) => Err(why),
            _ => Err("nothing was ranked".to_owned()),
        },
    }
}

/// The last rank of so many items; an axis of one rank is none.
fn most_rank(items: usize) -> f64 {
    u32::try_from(items).map_or(2.0, f64::from).max(2.0)
}
