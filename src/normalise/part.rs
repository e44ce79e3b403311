//! Parts of groups: the people of a group who gave certain answers, as a group of their own.

use std::sync::Arc;

use crate::codebook::Kind;
use crate::diag::{Diag, codes, nearest};
use crate::findings::People;
use crate::responses::Answer;
use crate::study::{Part, Spanned, Study};

use super::cohort::{Cohort, CohortQuestion};
use super::fielding::Fielding;

/// The part of a group, or why the study file's words for it do not fit the group's questions.
pub fn part(study: &Study, declared: &Part, whole: &Cohort) -> Result<Cohort, Vec<Diag>> {
    let mut problems = Vec::new();
    let mut conditions = Vec::new();
    for (id, answers) in &declared.answered {
        match whole.question(id) {
            None => {
                let message = format!(
                    "{} was not asked {id}, by which the part \"{}\" is known",
                    whole.label, declared.id
                );
                problems.push(study.error(codes::STUDY_BAD_VALUE, &declared.span, message));
            }
            Some(question) if question.kind == Kind::Likert && question.items.len() > 1 => {
                let message =
                    format!("{id} has {} items, which one makes the part is not said", question.items.len());
                let diag = study.error(codes::STUDY_WRONG_KIND, &declared.span, message);
                problems.push(diag.help("declare the item as a question of its own"));
            }
            Some(question) => {
                let levels =
                    answers.iter().filter_map(|answer| level(study, question, answer, &mut problems));
                conditions.push((question, levels.collect::<Vec<u16>>()));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let gave = |row: &usize| conditions.iter().all(|(question, levels)| gave_any(question, levels, *row));
    let rows: Vec<usize> = whole.rows.iter().copied().filter(gave).collect();
    Ok(some_of(whole, declared.id.clone(), declared.label.clone(), rows))
}

/// Some rows of a group as a group of their own. How the whole group was reached says nothing of them but how they were
/// drawn.
pub(super) fn some_of(whole: &Cohort, group: String, label: String, rows: Vec<usize>) -> Cohort {
    let count = rows.len() as u64;
    Cohort {
        group,
        label,
        part_of: Some(whole.group.clone()),
        file: whole.file.clone(),
        lines: whole.lines.clone(),
        rows,
        left_out: Vec::new(),
        screened: Vec::new(),
        people: Arc::new(People { received: count, included: count, ..People::default() }),
        invitees: Vec::new(),
        roster: whole.roster.clone(),
        questions: whole.questions.clone(),
        fielding: Arc::new(Fielding { sample: whole.fielding.sample, ..Fielding::default() }),
    }
}

/// The position of the level that an answer names, by its label or its id.
pub(super) fn level(
    study: &Study,
    question: &CohortQuestion,
    answer: &Spanned<String>,
    problems: &mut Vec<Diag>,
) -> Option<u16> {
    let named = |named: &crate::findings::Named| named.label == answer.value || named.id == answer.value;
    if let Some(position) = question.levels.iter().position(named) {
        return u16::try_from(position).ok();
    }
    let labels: Vec<&str> = question.levels.iter().map(|level| level.label.as_str()).collect();
    let message = format!("\"{}\" is no answer of {}", answer.value, question.id);
    let diag = study.error(codes::STUDY_BAD_VALUE, &answer.span, message);
    problems.push(match nearest(&answer.value, labels.iter().copied()) {
        Some(near) => diag.help(format!("did you mean \"{near}\"?")),
        None => diag.help(format!("there are: {}", labels.join(", "))),
    });
    None
}

/// Whether a row holds one of the levels.
pub(super) fn gave_any(question: &CohortQuestion, levels: &[u16], row: usize) -> bool {
    if question.kind == Kind::Multi {
        return levels.iter().any(|choice| question.ticked(usize::from(*choice), row));
    }
    matches!(question.answer(0, row), Some(Answer::Given(code)) if levels.contains(&code))
}
