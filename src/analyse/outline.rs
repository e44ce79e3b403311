//! The words around the findings, from the study and its cohorts.

use crate::findings::{LinkOutline, Named, Outline, QuestionOutline};
use crate::normalise::Cohort;
use crate::study::{Inquiry, Link, Study};

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
        links: study.links.iter().map(link).collect(),
        comparisons: compared(study, cohorts),
        questions: questions.collect(),
    }
}

fn link(link: &Link) -> LinkOutline {
    LinkOutline {
        id: link.id.clone(),
        label: link.label.clone(),
        between: link.between.clone(),
        same_people: link.pairs.is_none(),
        attributes: link
            .attributes
            .iter()
            .map(|attribute| Named { id: attribute.id.clone(), label: attribute.label.clone() })
            .collect(),
    }
}

/// What is compared, each once.
fn compared(study: &Study, cohorts: &[Cohort]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for ask in &study.asks {
        if !matches!(ask.inquiry, Inquiry::Compare(_)) || ask.inquiry.link().is_some() {
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
