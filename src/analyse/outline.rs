//! The words around the findings, from the study and its cohorts.

use crate::findings::{Named, Outline, QuestionOutline};
use crate::normalise::Cohort;
use crate::study::Study;

use super::compare::comparisons;

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
        })
    });
    Outline {
        title: study.title.clone(),
        notes: study.notes.clone(),
        groups: cohorts
            .iter()
            .map(|cohort| Named { id: cohort.group.clone(), label: cohort.label.clone() })
            .collect(),
        comparisons: compared(study, cohorts),
        questions: questions.collect(),
    }
}

/// What is compared, each once.
fn compared(study: &Study, cohorts: &[Cohort]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for ask in &study.asks {
        if ask.inquiry.compared().is_none() {
            continue;
        }
        for sides in comparisons(ask, 0, cohorts) {
            if !named.iter().any(|known| known.id == sides.id) {
                named.push(Named { id: sides.id, label: sides.label });
            }
        }
    }
    named
}
