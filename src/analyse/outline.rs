//! The words around the findings, from the study and its cohorts.

use crate::findings::{LinkOutline, Named, Outline, QuestionOutline};
use crate::normalise::{Cohort, CohortQuestion};
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
            parts: parts(cohort, question),
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
