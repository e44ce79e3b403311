//! Answers of both sides of pairs crossed: how often they are the same, and where they are not.

use crate::findings::{Finding, Findings, Kind, LinkOutline, Named, Outline, QuestionOutline, Value};
use crate::numbers::{Decimals, NumberStyle};

use super::cautions::cell_notes;
use super::heat::{HeatCell, HeatPanel, HeatSpec, Margin, cell_words};
use super::{Known, Share, closes, decimals, look};
use crate::figures::NotDrawn;

/// Reads the crossed answers of questions: a grid for each item.
pub(crate) fn dyads_spec(
    outline: &Outline,
    findings: &Findings,
    link: &str,
    questions: &[String],
    style: NumberStyle,
) -> Result<HeatSpec, NotDrawn> {
    let link = outline.link(link).ok_or_else(|| NotDrawn::UnknownLink { link: link.to_owned() })?;
    let mut grids = Vec::new();
    for id in questions {
        let question = outline.question(&link.between[0], id);
        let question = question.ok_or_else(|| NotDrawn::UnknownQuestion { question: id.clone() })?;
        if !matches!(question.kind, Kind::Likert | Kind::Single) {
            return Err(NotDrawn::WrongKind { question: id.clone(), kind: question.kind });
        }
        for item in &question.items {
            grids.push(Grid::new(findings, link, question, item)?);
        }
    }
    let decimals = decimals(style, grids.iter().filter_map(|grid| grid.pairs.as_ref().ok()).copied());
    let panels = grids.iter().map(|grid| grid.panel(outline, link, (style, decimals))).collect();
    let mut notes = vec![
        "Counts of pairs (percent of the pairs both of whom answered). Framed: both gave the same answer."
            .to_owned(),
    ];
    let shown: Vec<_> =
        grids.iter().map(|grid| (grid.heading().to_owned(), grid.first.into_iter().collect())).collect();
    notes.extend(cell_notes(&shown, style));
    Ok(HeatSpec { panels, legend: "Percent of pairs".to_owned(), decimals, notes })
}

/// The crossed answers to one item.
struct Grid<'a> {
    question: &'a QuestionOutline,
    item: &'a Named,
    /// Pairs both of whom answered.
    pairs: Known<u64>,
    /// Its first cell, which has the cautions of all.
    first: Option<&'a Finding>,
    /// How many pairs, by the answer of the first side and that of the second.
    counts: Vec<Vec<Known<u64>>>,
}

impl<'a> Grid<'a> {
    fn new(
        findings: &'a Findings,
        link: &LinkOutline,
        question: &'a QuestionOutline,
        item: &'a Named,
    ) -> Result<Self, NotDrawn> {
        let stem = [link.id.as_str(), question.id.as_str(), item.id.as_str()];
        let stem = stem.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        let levels = &question.levels;
        // Pairs that share people may be left out or taken together.
        let of = |how: &str, one: &Named, two: &Named| format!("{stem}{how}/across/{}/{}", one.id, two.id);
        let first = levels.first();
        let stands = |how: &&str| first.is_some_and(|first| findings.get(&of(how, first, first)).is_some());
        let how = ["", "/apart", "/together"].into_iter().find(stands).unwrap_or("");
        let count = |one: &Named, two: &Named| -> Known<u64> {
            look(findings, &of(how, one, two)).and_then(|finding| match finding.value {
                Value::Count(count) => Ok(count),
                _ => Err("not a count".to_owned()),
            })
        };
        let counts: Vec<Vec<Known<u64>>> =
            levels.iter().map(|one| levels.iter().map(|two| count(one, two)).collect()).collect();
        let cell = first.and_then(|first| findings.get(&of(how, first, first)));
        let asked = cell.and_then(|cell| cell.base.asked.as_ref());
        let pairs = match asked {
            Some(asked) => Ok(asked.answered),
            None => Err("not part of this study's analyses".to_owned()),
        };
        if let (Ok(pairs), true) = (&pairs, counts.iter().flatten().all(Result::is_ok)) {
            let all = counts.iter().flatten().filter_map(|count| count.as_ref().ok()).copied();
            closes(&format!("the pairs of {stem}"), *pairs, all)?;
        }
        Ok(Self { question, item, pairs, first: cell, counts })
    }

    /// The item or, where the question has none, the question.
    fn heading(&self) -> &str {
        let labels =
            [&self.item.label, &self.question.label].into_iter().find(|label| !label.trim().is_empty());
        labels.unwrap_or(&self.question.id)
    }

    fn panel(
        &self,
        outline: &Outline,
        link: &LinkOutline,
        (style, decimals): (NumberStyle, Decimals),
    ) -> HeatPanel {
        let share = |count: u64| match &self.pairs {
            Ok(of) if *of > 0 => Ok(Share { count, of: *of }),
            Ok(_) => Err("nobody answered".to_owned()),
            Err(why) => Err(why.clone()),
        };
        let sum = |counts: Vec<&Known<u64>>| -> String {
            let sum: Result<u64, ()> = counts.into_iter().map(|count| count.clone().map_err(drop)).sum();
            let share = sum.ok().and_then(|sum| share(sum).ok());
            share.map_or_else(|| "n/a".to_owned(), |share| cell_words(share, style, decimals))
        };
        let levels: Vec<String> = self.question.levels.iter().map(|level| level.label.clone()).collect();
        let cell = |row: usize, column: usize, count: &Known<u64>| {
            let share = count.clone().and_then(share)?;
            Ok(HeatCell { share, framed: row == column })
        };
        let cells = self.counts.iter().enumerate().map(|(row, counts)| {
            counts.iter().enumerate().map(|(column, count)| cell(row, column, count)).collect()
        });
        let column = |at: usize| self.counts.iter().filter_map(|row| row.get(at)).collect::<Vec<_>>();
        let pairs = match &self.pairs {
            Ok(pairs) => style.count(*pairs),
            Err(_) => "n/a".to_owned(),
        };
        let base = match &self.pairs {
            Ok(pairs) => format!("Pairs both of whom answered: {}", style.count(*pairs)),
            Err(why) => format!("Not computed: {why}"),
        };
        let [first, second] = link.between.each_ref().map(|group| outline.group_label(group).to_owned());
        HeatPanel {
            heading: self.heading().to_owned(),
            base,
            titles: [first, second],
            rows: levels.clone(),
            columns: levels,
            cells: cells.collect(),
            beside: vec![Margin {
                heading: "All".to_owned(),
                cells: self.counts.iter().map(|counts| sum(counts.iter().collect())).collect(),
                foot: pairs,
            }],
            foot: Some(("All".to_owned(), (0..self.counts.len()).map(|at| sum(column(at))).collect())),
        }
    }
}
