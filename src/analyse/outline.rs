//! The words around the findings, from the study and its cohorts.

use crate::findings::{LinkOutline, Named, Outline, QuestionOutline};
use crate::normalise::Cohort;
use crate::study::{Link, Study};

use super::compare::comparisons;

/// The labels of groups, questions, items and levels in their declared order.
pub fn outline(study: &Study, cohorts: &[Cohort]) -> Outline {
    let declared = || cohorts.iter().filter(|cohort| !cohort.is_answer());
    let questions = declared().flat_map(|cohort| {
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
        groups: declared().map(named).collect(),
        links: study.links.iter().map(link).collect(),
        comparisons: compared(study, cohorts),
        questions: questions.collect(),
    }
}

fn named(cohort: &Cohort) -> Named {
    Named { id: cohort.group.clone(), label: cohort.label.clone() }
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

/// What is compared, each once, and the answers that are sides.
fn compared(study: &Study, cohorts: &[Cohort]) -> Vec<Named> {
    let mut all: Vec<Named> = cohorts.iter().filter(|cohort| cohort.is_answer()).map(named).collect();
    for ask in &study.asks {
        if ask.inquiry.compared().is_none() || ask.inquiry.link().is_some() {
            continue;
        }
        for sides in comparisons(ask, 0, cohorts) {
            if !all.iter().any(|known| known.id == sides.id) {
                all.push(Named { id: sides.id, label: sides.label });
            }
        }
    }
    all
}
