//! The answers to a question as groups: everybody who gave an answer is a group of their own.

use crate::responses::{Answer, Answers};
use crate::study::Study;

use super::cohort::{Cohort, CohortQuestion};
use super::part::some_of;

/// The id of the group of those who gave an answer.
pub fn side_id(group: &str, question: &str, level: &str) -> String {
    format!("{group}:{question}:{level}")
}

/// A group for every answer by which the study compares, those that nobody gave included, each once.
pub fn sides(study: &Study, cohorts: &[Cohort]) -> Vec<Cohort> {
    let mut made: Vec<Cohort> = Vec::new();
    for ask in &study.asks {
        let Some(by) = ask.inquiry.by() else { continue };
        for whole in cohorts.iter().filter(|cohort| ask.groups.contains(&cohort.group)) {
            let Some(question) = whole.question(by) else { continue };
            let known = |cohort: &Cohort| {
                question.levels.iter().any(|level| side_id(&whole.group, by, &level.id) == cohort.group)
            };
            if !made.iter().any(known) {
                made.extend(of_question(whole, question));
            }
        }
    }
    made
}

fn of_question(whole: &Cohort, question: &CohortQuestion) -> Vec<Cohort> {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); question.levels.len()];
    for &row in &whole.rows {
        if matches!(question.answers, Answers::Ticks(_)) {
            for (choice, rows) in rows.iter_mut().enumerate() {
                if question.ticked(choice, row) {
                    rows.push(row);
                }
            }
        } else if let Some(Answer::Given(code)) = question.answer(0, row)
            && let Some(rows) = rows.get_mut(usize::from(code))
        {
            rows.push(row);
        }
    }
    let side = |(level, rows): (&crate::findings::Named, Vec<usize>)| {
        some_of(whole, side_id(&whole.group, &question.id, &level.id), level.label.clone(), rows)
    };
    question.levels.iter().zip(rows).map(side).collect()
}
