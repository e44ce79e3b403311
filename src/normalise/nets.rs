//! Nets of a multi-select: choices that are counted together, found among what each group was offered.

use crate::diag::{Diag, codes, nearest};
use crate::findings::Named;
use crate::study::{Spanned, Study, StudyNet, StudyQuestion};

use super::cohort::{Cohort, Net};

/// The nets of a question with the positions of their choices among those of a group.
pub(super) fn nets(declared: &StudyQuestion, levels: &[Named]) -> Vec<Net> {
    let net = |net: &StudyNet| {
        let position = |choice: &Spanned<String>| levels.iter().position(|level| is_called(level, choice));
        let mut choices: Vec<usize> = net.choices.iter().filter_map(position).collect();
        let not_offered = (net.choices.len() - choices.len()) as u64;
        choices.sort_unstable();
        choices.dedup();
        Net { id: net.id.clone(), choices, not_offered }
    };
    declared.nets.iter().map(net).collect()
}

fn is_called(level: &Named, choice: &Spanned<String>) -> bool {
    level.label == choice.value || level.id == choice.value
}

/// The choices of nets that no group was offered.
pub fn unknown_in_nets(study: &Study, cohorts: &[Cohort]) -> Vec<Diag> {
    let mut problems = Vec::new();
    for declared in &study.questions {
        let levels: Vec<&Named> = cohorts
            .iter()
            .filter_map(|cohort| cohort.question(&declared.id))
            .flat_map(|question| &question.levels)
            .collect();
        for choice in declared.nets.iter().flat_map(|net| &net.choices) {
            if levels.iter().any(|level| is_called(level, choice)) {
                continue;
            }
            let labels: Vec<&str> = levels.iter().map(|level| level.label.as_str()).collect();
            let message = format!("\"{}\" is no choice of {}", choice.value, declared.id);
            let diag = study.error(codes::STUDY_BAD_VALUE, &choice.span, message);
            problems.push(match nearest(&choice.value, labels.iter().copied()) {
                Some(near) => diag.help(format!("did you mean \"{near}\"?")),
                None => diag.help(format!("there are: {}", labels.join(", "))),
            });
        }
    }
    problems
}
