//! Scores of persons, made of their answers to the items of a scale.

use crate::codebook::{Kind, Missing};
use crate::diag::{Diag, codes, nearest};
use crate::findings::Named;
use crate::responses::Answers;
use crate::study::{Combined, Enough, Group, Numbers, Score, Study, StudyQuestion};

use super::cohort::{CohortQuestion, Scored};

/// The scores that the study declares, of the questions that a group was asked.
pub(super) fn scores(
    study: &Study,
    group: &Group,
    questions: &[CohortQuestion],
) -> Result<Vec<CohortQuestion>, Vec<Diag>> {
    let mut scores = Vec::new();
    let mut problems = Vec::new();
    for declared in &study.questions {
        let Some(score) = &declared.score else { continue };
        // A group that was not asked the items has no score.
        let Some(source) = questions.iter().find(|question| question.id == score.of) else { continue };
        match scored(study, group, declared, score, source) {
            Ok(scored) => scores.push(question(declared, scored, source)),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(scores) } else { Err(problems) }
}

/// What a score is made of in one group.
fn scored(
    study: &Study,
    group: &Group,
    declared: &StudyQuestion,
    score: &Score,
    source: &CohortQuestion,
) -> Result<Scored, Vec<Diag>> {
    let mut problems = Vec::new();
    let mut items = Vec::new();
    for name in &score.items {
        match source.items.iter().position(|item| item.id == name.value || item.label == name.value) {
            Some(position) => items.push(position),
            None => {
                let message = format!("{} has no item \"{}\" in {}", score.of, name.value, group.id);
                let known: Vec<&str> = source.items.iter().map(|item| item.id.as_str()).collect();
                let help = match nearest(&name.value, known.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("its items are: {}", known.join(", ")),
                };
                problems.push(study.error(codes::STUDY_UNKNOWN_NAME, &name.span, message).help(help));
            }
        }
    }
    if score.items.is_empty() {
        items.extend(0..source.items.len());
    }
    let count = items.len() as u64;
    if problems.is_empty() && count < 2 {
        let message = format!("the score {} is made of one item in {}", declared.id, group.id);
        let diag = study.error(codes::STUDY_BAD_VALUE, &declared.span, message);
        problems.push(diag.help("ask of the item itself; a score takes several together"));
    }
    if let Enough::Items(needed) = &score.at_least
        && needed.value > count
    {
        let message =
            format!("the score {} has {count} items, of which {} are needed", declared.id, needed.value);
        problems.push(study.error(codes::STUDY_BAD_VALUE, &needed.span, message));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let fewest = score.at_least.fewest(count);
    Ok(Scored { of: score.of.clone(), items, how: score.how, fewest })
}

/// The score as a question of numbers.
fn question(declared: &StudyQuestion, scored: Scored, source: &CohortQuestion) -> CohortQuestion {
    let height = source.answers.height().unwrap_or_default();
    let numbers = (0..height).map(|row| person(&scored, source, row)).collect();
    let label = declared.label.clone().unwrap_or_else(|| source.label.clone());
    CohortQuestion {
        id: declared.id.clone(),
        label: label.clone(),
        wording: String::new(),
        kind: Kind::Number,
        items: vec![Named { id: String::new(), label }],
        levels: Vec::new(),
        top: 0..0,
        bottom: 0..0,
        middle: None,
        reversed: Vec::new(),
        scores: Vec::new(),
        nets: Vec::new(),
        ties: false,
        numbers: Numbers::default(),
        scored: Some(scored),
        answers: Answers::Numbers { items: vec![numbers] },
    }
}

/// One person's score, or why there is none: the one reason why nothing was answered, or that it was too little.
fn person(scored: &Scored, source: &CohortQuestion, row: usize) -> Result<f64, Missing> {
    let mut sum = 0_i64;
    let mut answered = 0_u32;
    let mut reasons = None;
    for item in &scored.items {
        match source.keyed(*item, row) {
            Ok(score) => {
                sum += i64::from(score);
                answered += 1;
            }
            Err(reason) => {
                let same = reasons.is_none_or(|before| before == Some(reason));
                reasons = Some(same.then_some(reason));
            }
        }
    }
    if answered == 0 {
        return Err(reasons.flatten().unwrap_or(Missing::TooFewItems));
    }
    if u64::from(answered) < scored.fewest {
        return Err(Missing::TooFewItems);
    }
    let mean = sum as f64 / f64::from(answered);
    Ok(match scored.how {
        Combined::Mean => mean,
        Combined::Sum => sum as f64,
        Combined::SumOfImputed => mean * scored.items.len() as f64,
    })
}
