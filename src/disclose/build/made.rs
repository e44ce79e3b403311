//! Groups that are made by answers: who belongs to one gave an answer, and who does not gave another.

use crate::disclose::model::What;
use crate::disclose::rows::tally;
use crate::normalise::Cohort;
use crate::study::Study;

/// A group that is made by the answers to a question: those who gave one of these answers, and perhaps fit other
/// conditions too.
pub(super) struct Made {
    pub(super) group: String,
    pub(super) question: String,
    pub(super) codes: Vec<u16>,
    pub(super) alone: bool,
}

/// The groups of an export that answers make: parts, and groups of rows in which a column that a question reads holds
/// one text.
pub(super) fn made(study: &Study, family: &[&Cohort]) -> Vec<Made> {
    let mut made = Vec::new();
    for cohort in family {
        if let Some(part) = study.parts.iter().find(|part| part.id == cohort.group) {
            for (question, answers) in &part.answered {
                let Some(own) = cohort.question(question) else { continue };
                let fits = |named: &crate::findings::Named| {
                    answers.iter().any(|answer| answer.value == named.label || answer.value == named.id)
                };
                let codes =
                    (0..).zip(&own.levels).filter(|(_, named)| fits(named)).map(|(code, _)| code).collect();
                let alone = part.answered.len() == 1;
                made.push(Made { group: cohort.group.clone(), question: question.clone(), codes, alone });
            }
        }
        let Some(group) = study.group(&cohort.group) else { continue };
        for (column, _) in &group.filter {
            let reads = |question: &&crate::study::StudyQuestion| {
                question.sources.values().flatten().any(|source| source.value == column.value)
            };
            for question in study.questions.iter().filter(reads) {
                let Some(own) = family.iter().find_map(|cohort| cohort.question(&question.id)) else {
                    continue;
                };
                let counts = tally(own, &cohort.rows);
                let given: Vec<u16> = counts
                    .iter()
                    .filter(|(_, count)| **count > 0)
                    .filter_map(|((_, what), _)| match what {
                        What::Levels(codes) => codes.first().copied(),
                        _ => None,
                    })
                    .collect();
                if let [code] = given[..] {
                    let alone = group.filter.len() == 1;
                    let question = question.id.clone();
                    made.push(Made { group: cohort.group.clone(), question, codes: vec![code], alone });
                }
            }
        }
    }
    made
}

impl Made {
    /// Whether belonging to the group, or not, rules out that somebody is counted by this.
    pub(super) fn rules_out(&self, divided: &[&Cohort], belongs: &[bool], what: &What) -> bool {
        let Some(at) = divided.iter().position(|cohort| cohort.group == self.group) else { return false };
        match (belongs[at], what) {
            (true, What::Levels(codes)) => !codes.iter().any(|code| self.codes.contains(code)),
            (true, What::Missing(_) | What::Unlisted) => true,
            (true, What::Not(not)) => match (not.as_ref(), self.codes.as_slice()) {
                (What::Ticked(choice), [only]) => *choice == usize::from(*only),
                (What::Levels(codes), _) => self.codes.iter().all(|code| codes.contains(code)),
                _ => false,
            },
            (false, What::Levels(codes)) => self.alone && codes.iter().all(|code| self.codes.contains(code)),
            (false, What::Ticked(choice)) => {
                self.alone && self.codes.iter().any(|code| usize::from(*code) == *choice)
            }
            _ => false,
        }
    }
}
