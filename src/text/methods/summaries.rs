//! How answers are summarised.

use std::collections::BTreeSet;

use crate::findings::Statistic;
use crate::text::phrase::listed;

use super::{Done, Sentence, named};

pub(super) fn summaries(done: Done<'_>) -> Vec<Sentence> {
    let has: BTreeSet<Statistic> = done.found().map(|finding| finding.statistic).collect();
    let any = |statistics: &[Statistic]| statistics.iter().any(|statistic| has.contains(statistic));
    let mut sentences = Vec::new();
    if any(&[Statistic::Level, Statistic::TopBox, Statistic::Ticked, Statistic::RankShare]) {
        sentences.push(Sentence::new(
            "Shares were computed of those who answered the question; people who were not asked, did not answer or said that \
             it did not apply were not in its base.",
        ));
    }
    if any(&[Statistic::TopBox]) {
        sentences.extend(top_boxes(done));
    }
    if any(&[Statistic::Ticked]) {
        sentences.push(Sentence::new(
            "Where several choices could be ticked, shares were computed of the people who ticked any and can add up to more \
             than the whole.",
        ));
    }
    let middle = match (any(&[Statistic::Median]), any(&[Statistic::Mean])) {
        (true, true) => Some("medians with quartiles and means with standard deviations"),
        (true, false) => Some("medians with quartiles"),
        (false, true) => Some("means with standard deviations"),
        (false, false) => None,
    };
    sentences
        .extend(middle.map(|words| Sentence::new(format!("Scales and numbers were summarised by {words}."))));
    sentences.extend(rankings(&has));
    let texts = [
        (Statistic::Alpha, "Cronbach's alpha"),
        (Statistic::Omega, "McDonald's omega"),
        (Statistic::SpearmanBrown, "the Spearman-Brown coefficient"),
    ];
    sentences.extend(sentence_of("The reliability of scales was estimated by ", &texts, &has));
    let texts = [
        (Statistic::Agreement, "the share of equal answers"),
        (Statistic::Kappa, "Cohen's kappa"),
        (Statistic::WeightedKappa, "weighted kappa"),
        (Statistic::Pabak, "the prevalence- and bias-adjusted kappa"),
        (Statistic::Ac1, "Gwet's AC1"),
        (Statistic::KrippendorffAlpha, "Krippendorff's alpha"),
        (Statistic::Jaccard, "the Jaccard index"),
    ];
    sentences.extend(sentence_of("Agreement within pairs was measured by ", &texts, &has));
    sentences
}

/// "Words a, b and c." of the statistics that were found.
fn sentence_of(words: &str, texts: &[(Statistic, &str)], has: &BTreeSet<Statistic>) -> Option<Sentence> {
    let used: Vec<&str> = texts.iter().filter(|(of, _)| has.contains(of)).map(|(_, text)| *text).collect();
    (!used.is_empty()).then(|| Sentence::new(format!("{words}{}.", named(used))))
}

fn rankings(has: &BTreeSet<Statistic>) -> Option<Sentence> {
    let texts = [
        (Statistic::MeanRank, "mean ranks"),
        (Statistic::TopRanks, "the share of first ranks"),
        (Statistic::Borda, "Borda scores"),
        (Statistic::CondorcetWinner, "majorities in pairs"),
        (Statistic::Worth, "the Plackett-Luce model"),
        (Statistic::Kemeny, "the order that disagrees least with all rankings"),
    ];
    let words = sentence_of("Rankings were summarised by ", &texts, has)?;
    let accord = sentence_of("; their accord by ", &[(Statistic::KendallW, "Kendall's W")], has);
    match accord {
        Some(accord) => {
            Some(Sentence::new(format!("{}{}", words.text().trim_end_matches('.'), accord.text())))
        }
        None => Some(words),
    }
}

/// Which answers the top box of a scale holds, for each scale once.
fn top_boxes(done: Done<'_>) -> Vec<Sentence> {
    let mut told: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for question in &done.outline.questions {
        let is_told = done.found().any(|finding| {
            finding.statistic == Statistic::TopBox
                && finding.question.as_deref() == Some(question.id.as_str())
        });
        let top = question.levels.get(question.top.clone()).unwrap_or_default();
        if top.is_empty() || !is_told {
            continue;
        }
        let labels: Vec<String> =
            top.iter().map(|level| format!("\u{201c}{}\u{201d}", level.label)).collect();
        let name = if question.label.is_empty() { question.id.as_str() } else { &question.label };
        match told.iter_mut().find(|(known, _)| *known == labels) {
            Some((_, questions)) => questions.push(name),
            None => told.push((labels, vec![name])),
        }
    }
    let alone = told.len() == 1;
    told.into_iter()
        .map(|(labels, questions)| {
            let of = if alone { String::new() } else { format!(" of {}", named(questions)) };
            Sentence::new(format!("The top box{of} held the answers {}.", listed(&labels)))
        })
        .collect()
}
