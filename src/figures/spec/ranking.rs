//! Items put in order: how often each has each rank.

use crate::findings::{Findings, Kind, Named, Outline, QuestionOutline, Value};
use crate::numbers::NumberStyle;

use super::{Known, Share, Worded, asked_of, closes, look, questions, share};
use crate::figures::NotDrawn;
use crate::figures::font::shorten;

/// A ranking in each of its groups.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RankingSpec {
    /// One panel for each group.
    pub(crate) panels: Vec<RankingPanel>,
}

/// A ranking in one group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RankingPanel {
    /// The group's label.
    pub(crate) group: String,
    /// How many rankings there are.
    pub(crate) rankings: Known<u64>,
    /// The items in order of preference.
    pub(crate) rows: Vec<RankRow>,
}

/// One item of a ranking.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RankRow {
    /// Its place in the order of preference, with `=` if it shares it; none if there is no order.
    pub(crate) place: Option<String>,
    /// Its label.
    pub(crate) label: String,
    /// How often it has each rank, the first rank first, and how often none.
    pub(crate) counts: Known<RankCounts>,
    /// Its mean rank.
    pub(crate) mean: Known<f64>,
}

/// How often an item has each rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RankCounts {
    /// For each rank, the first first.
    pub(crate) ranks: Vec<u64>,
    /// Rankings that give it no rank.
    pub(crate) unranked: u64,
}

impl RankCounts {
    /// All rankings.
    pub(crate) fn total(&self) -> u64 {
        self.ranks.iter().sum::<u64>() + self.unranked
    }
}

/// Reads a ranking and checks that the ranks of each item add up.
pub(crate) fn ranking_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
) -> Result<RankingSpec, NotDrawn> {
    let panels = questions(outline, groups, question, &[Kind::Ranking])?
        .into_iter()
        .map(|asked| panel(outline, findings, asked))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(RankingSpec { panels })
}

fn panel(
    outline: &Outline,
    findings: &Findings,
    question: &QuestionOutline,
) -> Result<RankingPanel, NotDrawn> {
    let rows =
        question.items.iter().map(|item| row(findings, question, item)).collect::<Result<Vec<_>, _>>()?;
    let rows = in_order(findings, question, rows);
    let ids = question.items.iter().map(|item| question.item_finding(item, "mean-rank").as_str().to_owned());
    let drawn = rows.iter().find_map(|row| row.counts.as_ref().ok().map(RankCounts::total));
    let rankings = match (drawn, asked_of(findings, ids), rows.first()) {
        (Some(total), _, _) => Ok(total),
        (None, Some(asked), _) => Ok(asked.answered),
        (None, None, Some(RankRow { counts: Err(why), .. })) => Err(why.clone()),
        (None, None, _) => Err("nothing was ranked".to_owned()),
    };
    Ok(RankingPanel { group: outline.group_label(&question.group).to_owned(), rankings, rows })
}

fn row(findings: &Findings, question: &QuestionOutline, item: &Named) -> Result<RankRow, NotDrawn> {
    let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let shares: Known<Vec<Share>> = (1..=question.items.len())
        .map(|rank| look(findings, &id(&format!("rank-{rank}"))).and_then(share))
        .collect();
    let counts = match shares {
        Err(why) => Err(why),
        Ok(shares) => {
            let total = shares.first().map_or(0, |share| share.of);
            let ranked: u64 = shares.iter().map(|share| share.count).fold(0, u64::saturating_add);
            let what = format!("the ranks of {}", question.item_finding(item, ""));
            // An item may have no rank in some rankings, but never more ranks than there are rankings.
            closes(&what, total, [ranked, total.saturating_sub(ranked)])?;
            let ranks = shares.iter().map(|share| share.count).collect();
            Ok(RankCounts { ranks, unranked: total - ranked })
        }
    };
    let mean = look(findings, &id("mean-rank")).and_then(|finding| match finding.value {
        Value::Number(mean) if mean.is_finite() => Ok(mean),
        _ => Err("not a number".to_owned()),
    });
    Ok(RankRow { place: None, label: item.label.clone(), counts, mean })
}

/// Puts rows into the order that the study found; without one, by mean rank; without means, as asked.
fn in_order(findings: &Findings, question: &QuestionOutline, mut rows: Vec<RankRow>) -> Vec<RankRow> {
    let order = look(findings, question.finding("order").as_str()).ok().map(|finding| &finding.value);
    if let Some(Value::Order(tiers)) = order {
        let mut place = 1;
        let mut placed = Vec::new();
        for tier in tiers {
            let (here, rest): (Vec<RankRow>, Vec<RankRow>) =
                rows.into_iter().partition(|row| tier.labels.contains(&row.label));
            rows = rest;
            let words = if here.len() > 1 { format!("{place}=") } else { place.to_string() };
            place += here.len();
            placed.extend(here.into_iter().map(|row| RankRow { place: Some(words.clone()), ..row }));
        }
        placed.append(&mut rows);
        rows = placed;
    } else {
        let mean = |row: &RankRow| row.mean.as_ref().copied().unwrap_or(f64::INFINITY);
        rows.sort_by(|a, b| mean(a).total_cmp(&mean(b)));
    }
    rows
}

impl RankingSpec {
    /// The words of the figure.
    pub(crate) fn worded(&self, style: NumberStyle) -> Worded {
        let mut data = Vec::new();
        let mut alt = Vec::new();
        for panel in &self.panels {
            let n_ranks = panel.rows.len();
            let mut header: Vec<String> = ["group", "place", "item"].map(str::to_owned).to_vec();
            header.extend((1..=n_ranks).map(|rank| format!("rank {rank}")));
            header.extend(["not ranked", "rankings", "mean rank"].map(str::to_owned));
            data.push(header);
            alt.push(format!("{}:", shorten(&panel.group, 120)));
            for row in &panel.rows {
                alt.push(row.sentence(style));
                data.push(row.data(&panel.group, n_ranks, style));
            }
        }
        let notes = vec![
            "Items stand in order of preference; = marks a tie. The mean rank is over all rankings; items left unranked \
             share the mean of the ranks not given; \
             1 is the first choice."
                .to_owned(),
        ];
        Worded { alt: alt.join(" "), data, notes }
    }
}

impl RankRow {
    fn sentence(&self, style: NumberStyle) -> String {
        let label = shorten(&self.label, 120);
        let place = self.place.as_ref().map_or(String::new(), |place| format!("{place}. "));
        let mean = match &self.mean {
            Ok(mean) => format!("mean rank {}", style.number(*mean, 2)),
            Err(why) => format!("mean rank not computed, {why}"),
        };
        match &self.counts {
            Err(why) => format!("{place}{label}: not computed, {why}."),
            Ok(counts) => {
                let ranks: Vec<String> = counts
                    .ranks
                    .iter()
                    .zip(1..)
                    .map(|(count, rank)| format!("rank {rank} {}", style.count(*count)))
                    .collect();
                let of = style.count(counts.total());
                let unranked = match counts.unranked {
                    0 => String::new(),
                    n => format!(", not ranked {}", style.count(n)),
                };
                format!("{place}{label}: {}{unranked} of {of} rankings; {mean}.", ranks.join(", "))
            }
        }
    }

    fn data(&self, group: &str, n_ranks: usize, style: NumberStyle) -> Vec<String> {
        let mut cells = vec![group.to_owned(), self.place.clone().unwrap_or_default(), self.label.clone()];
        match &self.counts {
            Ok(counts) => {
                cells.extend(counts.ranks.iter().map(u64::to_string));
                cells.extend([counts.unranked.to_string(), counts.total().to_string()]);
            }
            Err(why) => cells.extend((0..n_ranks + 2).map(|_| format!("not computed: {why}"))),
        }
        cells.push(match &self.mean {
            Ok(mean) => style.number(*mean, 2),
            Err(why) => format!("not computed: {why}"),
        });
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::samples;

    #[test]
    fn items_stand_in_the_order_that_was_found() {
        let study = samples::ranking(&samples::Ranks { n: 14, ..samples::Ranks::default() });
        let spec = ranking_spec(&study.outline, &study.findings, &[], "preferred").unwrap();
        let labels: Vec<&str> = spec.panels[0].rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["Senior medical student", "Resident", "Attending physician"]);
        assert_eq!(spec.panels[0].rankings, Ok(14));
    }

    #[test]
    fn a_tie_is_shown_as_a_tie() {
        let mut study = samples::ranking(&samples::Ranks { n: 14, ..samples::Ranks::default() });
        let tier = |labels: &[&str], score| crate::findings::Tier {
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            score,
        };
        let order =
            vec![tier(&["Attending physician", "Resident"], 1.5), tier(&["Senior medical student"], 3.0)];
        study.replace("students/preferred/order", &Value::Order(order));
        let spec = ranking_spec(&study.outline, &study.findings, &[], "preferred").unwrap();
        let places: Vec<Option<&str>> = spec.panels[0].rows.iter().map(|row| row.place.as_deref()).collect();
        assert_eq!(places, [Some("1="), Some("1="), Some("3")]);
    }

    #[test]
    fn a_ranking_without_a_rank_for_an_item_is_counted_beside() {
        let mut study = samples::ranking(&samples::Ranks { n: 14, ..samples::Ranks::default() });
        study.replace("students/preferred/resident/rank-3", &Value::Share { count: 0, of: 14 });
        let spec = ranking_spec(&study.outline, &study.findings, &[], "preferred").unwrap();
        let resident = spec.panels[0].rows.iter().find(|row| row.label == "Resident").unwrap();
        let counts = resident.counts.as_ref().unwrap();
        assert!(counts.unranked > 0);
        assert_eq!(counts.total(), 14);
    }

    #[test]
    fn more_ranks_than_rankings_are_not_drawn() {
        let mut study = samples::ranking(&samples::Ranks { n: 14, ..samples::Ranks::default() });
        study.replace("students/preferred/resident/rank-3", &Value::Share { count: 14, of: 14 });
        let error = ranking_spec(&study.outline, &study.findings, &[], "preferred").unwrap_err();
        assert!(matches!(error, NotDrawn::Unbalanced { .. }));
    }
}
