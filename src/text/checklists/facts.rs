//! What findings can say of an item of a checklist.

use crate::findings::{Disposition, Finding, Named, Reason, Statistic, Value, usual_words};
use crate::text::form::Form;
use crate::text::methods::{Done, Part, Sentence, methods, named};
use crate::text::phrase::{listed, phrase, running};
use crate::text::statistics::effect;

/// A fact that several checklists ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// A part of the Methods.
    Methods(Part),
    /// Numbers of people at each stage: invited, by what became of them, received, analysed.
    Stages,
    /// Rates with their counts, by their statistics.
    Rates(&'static [Statistic]),
    /// Rows left out because they were further responses of a person or of nobody invited.
    Uniqueness,
    /// Rows left out or counted by how long people took.
    TimeStamps,
    /// What became of incomplete questionnaires.
    Incomplete,
    /// Who did not answer each question, and why.
    Missing,
    /// Who did not respond, against those who did.
    Nonresponse,
    /// What else was computed to see how much results depend on choices.
    Sensitivity,
    /// That nothing was weighted.
    Weights,
    /// The wording of what was asked.
    Wording,
    /// How the reliability of scales was estimated.
    Reliability,
    /// Where characteristics of participants and results stand.
    Counts,
}

/// The rates of CHERRIES.
pub(super) const VISITS: &[Statistic] =
    &[Statistic::ViewRate, Statistic::RecruitmentRate, Statistic::CompletionRate];
/// Response rates and what stands in their place for an opt-in sample.
pub(super) const RESPONSE: &[Statistic] = &[
    Statistic::Rr1,
    Statistic::Rr2,
    Statistic::Rr3,
    Statistic::Rr4,
    Statistic::Rr5,
    Statistic::Rr6,
    Statistic::ParticipationRate,
];

impl Fact {
    /// What is said of it; nothing if no finding does.
    pub(super) fn sentences(self, done: Done<'_>) -> Vec<Sentence> {
        match self {
            Self::Methods(part) => methods(part, done.outline, done.findings, done.style),
            Self::Stages => stages(done),
            Self::Rates(statistics) => rates(done, statistics).into_iter().collect(),
            Self::Uniqueness => by_rules(
                done,
                &["duplicate", "not-on-roster"],
                "To count each person once, rows were left out",
            ),
            Self::TimeStamps => by_rules(done, &["speeder"], "Rows were judged by how long people took"),
            Self::Incomplete => incomplete(done),
            Self::Missing => missing(done),
            Self::Nonresponse => nonresponse(done),
            Self::Sensitivity => sensitivity(done),
            Self::Weights => vec![Sentence::new("No weights were used.")],
            Self::Wording => wording(done),
            Self::Reliability => reliability(done),
            Self::Counts => counts(done),
        }
    }
}

/// "Words: a, b and c." if there is something to list.
fn list(words: &str, pieces: Vec<Sentence>) -> Option<Sentence> {
    (!pieces.is_empty()).then(|| Sentence::new(format!("{words}: ")).list(pieces).and("."))
}

/// "Analysed (n = 14)" as a piece of a list, or "stopped early (students, n = 1)" where what is in parentheses begins so.
fn counted(done: Done<'_>, words: &str, of: &str, finding: &Finding) -> Option<Sentence> {
    match finding.value {
        Value::Count(count) | Value::Share { count, .. } => {
            Some(Sentence::new(format!("{words} ({of}n = ")).by(done.style.count(count), finding).and(")"))
        }
        _ => None,
    }
}

fn stages(done: Done<'_>) -> Vec<Sentence> {
    let of_group = |group: &Named| {
        let wanted = [Statistic::Invited, Statistic::Disposition, Statistic::Received, Statistic::Included];
        let pieces: Vec<Sentence> = done
            .found()
            .filter(|finding| finding.group == group.id && wanted.contains(&finding.statistic))
            .filter_map(|finding| {
                let words = match finding.statistic {
                    Statistic::Disposition => disposition(finding),
                    Statistic::Included => "analysed".to_owned(),
                    other => other.id().to_owned(),
                };
                counted(done, &words, "", finding)
            })
            .collect();
        list(&group.label, pieces)
    };
    done.outline.groups.iter().filter_map(of_group).collect()
}

/// What became of people, in words.
fn disposition(finding: &Finding) -> String {
    let id = finding.level.as_deref().unwrap_or_default();
    let known = Disposition::ALL.into_iter().find(|disposition| disposition.id() == id);
    known.map_or_else(|| id.to_owned(), |disposition| running(disposition.words()))
}

fn rates(done: Done<'_>, statistics: &[Statistic]) -> Option<Sentence> {
    let asked = || done.findings.iter().filter(|finding| statistics.contains(&finding.statistic));
    let is_computed = |finding: &Finding| !matches!(finding.value, Value::NotComputed(_));
    // Of several outcome rates those that there are answer the item; why there are no others stands in the table of rates.
    let is_answered = asked().any(|finding| finding.statistic.is_outcome_rate() && is_computed(finding));
    let pieces: Vec<Sentence> = asked()
        .filter(|finding| is_computed(finding) || !(is_answered && finding.statistic.is_outcome_rate()))
        .filter_map(|finding| {
            let id = finding.statistic.id();
            let name =
                if finding.statistic.is_outcome_rate() { id.to_uppercase() } else { id.replace('-', " ") };
            let of = running(done.outline.group_label(&finding.group));
            let said = match &finding.value {
                Value::Share { count, of } => done.style.share(*count, *of, done.style.percent_decimals(*of)),
                Value::Number(_) => {
                    phrase(finding, Some(&Form::Percent), done.findings, done.style).ok()?.words
                }
                // Why there is no rate answers the item as well as a rate does.
                Value::NotComputed(reason) => reason.to_string(),
                _ => return None,
            };
            Some(Sentence::new(format!("{name} of {of}: ")).by(said, finding))
        })
        .collect();
    (!pieces.is_empty()).then(|| Sentence::default().list(pieces).and("."))
}

/// Rows that these rules left out, or would.
fn by_rules(done: Done<'_>, rules: &[&str], words: &str) -> Vec<Sentence> {
    let of = |statistic: Statistic| -> Vec<Sentence> {
        done.found()
            .filter(|finding| finding.statistic == statistic)
            .filter(|finding| finding.level.as_deref().is_some_and(|level| rules.contains(&level)))
            .filter_map(|finding| {
                let level = finding.level.as_deref().unwrap_or_default();
                let group = running(done.outline.group_label(&finding.group));
                counted(done, usual_words(level), &format!("{group}, "), finding)
            })
            .collect()
    };
    let excluded = list(words, of(Statistic::Excluded));
    let screened = list("Counted, and left in", of(Statistic::Screened));
    excluded.into_iter().chain(screened).collect()
}

fn incomplete(done: Done<'_>) -> Vec<Sentence> {
    let mut sentences =
        by_rules(done, &["break-off", "nothing-answered", "unfinished", "progress"], "Rows left out");
    let cut = methods(Part::Rates, done.outline, done.findings, done.style);
    sentences.extend(cut.into_iter().filter(|sentence| sentence.text().starts_with("A response")));
    if done.found().any(|finding| finding.statistic == Statistic::Answered) {
        sentences.push(Sentence::new("Of those analysed, each question counts the people who answered it."));
    }
    sentences
}

fn missing(done: Done<'_>) -> Vec<Sentence> {
    let pieces: Vec<Sentence> = done
        .found()
        .filter(|finding| {
            finding.statistic == Statistic::Missing && !matches!(finding.value, Value::Count(0))
        })
        .filter(|finding| done.is_whole(&finding.group))
        .filter_map(|finding| {
            let reason = finding.level.as_deref().unwrap_or("missing").replace('-', " ");
            counted(done, &format!("{}: {reason}", about(done, finding)), "", finding)
        })
        .collect();
    let of =
        |statistic: Statistic| done.findings.iter().filter(move |finding| finding.statistic == statistic);
    let is_withheld = of(Statistic::Missing).chain(of(Statistic::Answered)).any(|finding| {
        let has_no_account = finding.question.is_some() && finding.base.asked.is_none();
        has_no_account || matches!(finding.value, Value::NotComputed(Reason::Withheld))
    });
    let is_asked = of(Statistic::Answered).next().is_some();
    let listed = list("Without an answer", pieces);
    let mut sentences = Vec::new();
    match listed {
        Some(sentence) => sentences.extend([
            sentence,
            Sentence::new("Nothing was imputed unless a score says so; each question has its own base."),
        ]),
        None if is_asked && !is_withheld => {
            sentences.push(Sentence::new("No answer of those analysed is reported as missing."));
        }
        None => {}
    }
    if is_withheld {
        sentences.push(Sentence::new("Counts of missing answers that are withheld are not listed."));
    }
    sentences
}

/// The question or item and the group that a finding is about.
fn about(done: Done<'_>, finding: &Finding) -> String {
    let group = running(done.outline.group_label(&finding.group));
    let question = finding.question.as_deref().and_then(|id| done.outline.question(&finding.group, id));
    let Some(question) = question else { return group };
    let name = if question.label.is_empty() { &question.id } else { &question.label };
    let item = finding.item.as_deref().and_then(|id| question.items.iter().find(|item| item.id == id));
    match item.filter(|item| !item.label.is_empty()) {
        Some(item) => format!("{name}, {} ({group})", running(&item.label)),
        None => format!("{name} ({group})"),
    }
}

fn nonresponse(done: Done<'_>) -> Vec<Sentence> {
    let has = |statistic: Statistic| done.found().find(|finding| finding.statistic == statistic);
    [
        (
            Statistic::StandardisedDifference,
            "Those who responded were compared with those who did not on what is known of all.",
        ),
        (Statistic::LateDifference, "Early respondents were compared with late ones."),
        (Statistic::Least, "The least and the most that shares could be, had everybody answered, are given."),
    ]
    .into_iter()
    .filter_map(|(statistic, words)| has(statistic).map(|finding| Sentence::default().by(words, finding)))
    .collect()
}

fn sensitivity(done: Done<'_>) -> Vec<Sentence> {
    let has = |statistic: Statistic| done.found().find(|finding| finding.statistic == statistic);
    [
        (Statistic::Least, "Bounds of shares were computed under every answer that those who did not respond could have given."),
        (Statistic::ProgramDefault, "What other programs print by default is given beside each test."),
    ]
    .into_iter()
    .filter_map(|(statistic, words)| has(statistic).map(|finding| Sentence::default().by(words, finding)))
    .collect()
}

fn wording(done: Done<'_>) -> Vec<Sentence> {
    // Each wording once, with the groups that were asked so; parts were asked as their groups were.
    let mut asked: Vec<(String, Vec<&str>)> = Vec::new();
    for question in done.outline.questions.iter().filter(|question| done.is_whole(&question.group)) {
        let words = question.wording.split_whitespace().collect::<Vec<_>>().join(" ");
        let group = done.outline.group_label(&question.group);
        match asked.iter_mut().find(|(known, _)| *known == words) {
            _ if words.is_empty() => {}
            Some((_, groups)) => groups.push(group),
            None => asked.push((words, vec![group])),
        }
    }
    if asked.is_empty() {
        return Vec::new();
    }
    let asked =
        asked.into_iter().map(|(words, groups)| format!("\u{201c}{words}\u{201d} ({})", named(groups)));
    vec![Sentence::new(format!(
        "The questions as they were asked: {}.",
        asked.collect::<Vec<_>>().join("; ")
    ))]
}

fn reliability(done: Done<'_>) -> Vec<Sentence> {
    let wanted = [Statistic::Alpha, Statistic::Omega, Statistic::SpearmanBrown];
    let pieces: Vec<Sentence> = done
        .found()
        .filter(|finding| wanted.contains(&finding.statistic))
        .filter_map(|finding| {
            let words = effect(finding, done.style).ok()?;
            Some(Sentence::new(format!("{}, ", about(done, finding))).by(words, finding))
        })
        .collect();
    list("Reliability", pieces).into_iter().collect()
}

/// How many analysed people each group has: the bases of what tables show.
fn counts(done: Done<'_>) -> Vec<Sentence> {
    let included: Vec<&Finding> = done
        .found()
        .filter(|finding| finding.statistic == Statistic::Included && done.is_whole(&finding.group))
        .collect();
    if included.is_empty() {
        return Vec::new();
    }
    let groups: Vec<String> =
        included.iter().map(|finding| running(done.outline.group_label(&finding.group))).collect();
    let mut sentence =
        Sentence::new(format!("Tables show the answers of {} with their bases (", listed(&groups)));
    let pieces = included.iter().filter_map(|finding| match finding.value {
        Value::Count(count) => Some(Sentence::new("n = ").by(done.style.count(count), finding)),
        _ => None,
    });
    sentence = sentence.list(pieces.collect()).and(").");
    vec![sentence]
}
