//! The words around the findings, from the study and its cohorts.

use crate::findings::{Named, Outline, QuestionOutline};
use crate::normalise::{Cohort, CohortQuestion};
use crate::study::Study;

/// The labels of groups, questions, items and levels in their declared order.
pub fn outline(study: &Study, cohorts: &[Cohort]) -> Outline {
    let questions = cohorts.iter().flat_map(|cohort| {
        cohort.questions.iter().map(|question| QuestionOutline {
            group: cohort.group.clone(),
            id: question.id.clone(),
            label: question.label.clone(),
            wording: question.wording.clone(),
            kind: question.kind,
            items: question.items.clone(),
            levels: question.levels.clone(),
            top: question.top.clone(),
            parts: parts(cohort, question),
        })
    });
    Outline {
        title: study.title.clone(),
        notes: study.notes.clone(),
        groups: cohorts
            .iter()
            .map(|cohort| Named { id: cohort.group.clone(), label: cohort.label.clone() })
            .collect(),
        questions: questions.collect(),
    }
}

/// The items of which a score is made.
fn parts(cohort: &Cohort, question: &CohortQuestion) -> Vec<Named> {
    let Some(scored) = &question.scored else { return Vec::new() };
    let Some(source) = cohort.question(&scored.of) else { return Vec::new() };
    let part = |item: &usize| {
        let named = source.items.get(*item)?;
        let is_reversed = source.reversed.get(*item).copied().unwrap_or_default();
        let label = if is_reversed { format!("{} (reversed)", named.label) } else { named.label.clone() };
        Some(Named { id: named.id.clone(), label })
    };
    scored.items.iter().filter_map(part).collect()
}
