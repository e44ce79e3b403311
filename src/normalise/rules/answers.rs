//! Rules by certain answers: consent, eligibility, attention checks and test records.

use crate::diag::{Diag, codes};
use crate::normalise::cohort::CohortQuestion;
use crate::normalise::{part, roster};
use crate::responses::Answer;
use crate::study::{Listed, Look, Where};

use super::{Judged, NotApplied, Subject};

/// Answers that a rule looks for, found in the group.
enum Sought<'a> {
    /// Levels of a question.
    Levels(&'a CohortQuestion, Vec<u16>),
    /// Texts of a column.
    Texts(usize, Vec<&'a str>),
}

impl<'a> Subject<'a> {
    /// Records that a column or question marks as tests.
    pub(super) fn tests(&self, look: &'a Look, left: &[usize]) -> Result<Judged, NotApplied> {
        let sought = self.sought(look)?;
        let is_test = |row: &&usize| self.gave(&sought, **row) == Some(true);
        let out = left.iter().filter(is_test).map(|row| (*row, "marked as a test".to_owned()));
        Ok(Judged { out: out.collect(), unjudged: None })
    }

    /// People who did not consent. Nothing said is no consent where those who consented are listed.
    pub(super) fn consent(
        &self,
        look: &'a Look,
        listed: Listed,
        left: &[usize],
    ) -> Result<Judged, NotApplied> {
        let sought = self.sought(look)?;
        Ok(Judged::each(left, "they did not say whether they consent", |row| {
            match (listed, self.gave(&sought, row)) {
                (Listed::Kept, Some(true)) | (Listed::LeftOut, Some(false)) => Some(None),
                (Listed::Kept, Some(false)) | (Listed::LeftOut, Some(true)) => {
                    Some(Some("did not consent".to_owned()))
                }
                (Listed::Kept, None) => Some(Some("did not say whether they consent".to_owned())),
                (Listed::LeftOut, None) => None,
            }
        }))
    }

    /// People who do not belong to those whom the study is about. Who did not say it stays.
    pub(super) fn eligibility(
        &self,
        look: &'a Look,
        listed: Listed,
        left: &[usize],
    ) -> Result<Judged, NotApplied> {
        let sought = self.sought(look)?;
        Ok(Judged::each(left, "whether they are eligible is not known", |row| {
            let gave = self.gave(&sought, row)?;
            let out = match listed {
                Listed::Kept => !gave,
                Listed::LeftOut => gave,
            };
            Some(out.then(|| "not eligible".to_owned()))
        }))
    }

    /// People who answered more checks wrongly than are allowed. A check without an answer is not wrong.
    pub(super) fn attention(
        &self,
        checks: &'a [Look],
        allow: u64,
        left: &[usize],
    ) -> Result<Judged, NotApplied> {
        let sought = checks.iter().map(|check| self.sought(check)).collect::<Result<Vec<_>, _>>()?;
        Ok(Judged::each(left, "they left attention checks unanswered", |row| {
            let (mut wrong, mut unanswered) = (0, 0);
            for check in &sought {
                match self.gave(check, row) {
                    Some(right) => wrong += u64::from(!right),
                    None => unanswered += 1,
                }
            }
            if wrong > allow {
                return Some(Some(format!("{wrong} of {} attention checks wrong", sought.len())));
            }
            // Unanswered checks matter only where they could have made the difference.
            (wrong + unanswered <= allow).then_some(None)
        }))
    }

    /// Finds what the study file looks for.
    fn sought(&self, look: &'a Look) -> Result<Sought<'a>, Diag> {
        let mut problems = Vec::new();
        match &look.at {
            Where::Column(name) => {
                if let Some(column) = roster::column(self.study, &self.export.table, name, &mut problems) {
                    let texts = look.answers.iter().map(|answer| answer.value.trim()).collect();
                    return Ok(Sought::Texts(column, texts));
                }
            }
            Where::Question(name) => match self.questions.iter().find(|question| question.id == name.value) {
                Some(question) if question.items.len() > 1 => {
                    let message = format!(
                        "{} has {} items, which one is meant is not said",
                        name.value,
                        question.items.len()
                    );
                    let diag = self.study.error(codes::STUDY_WRONG_KIND, &name.span, message);
                    problems.push(diag.help("declare the item as a question of its own"));
                }
                Some(question) => {
                    let levels = look
                        .answers
                        .iter()
                        .filter_map(|answer| part::level(self.study, question, answer, &mut problems))
                        .collect();
                    if problems.is_empty() {
                        return Ok(Sought::Levels(question, levels));
                    }
                }
                None => {
                    let message = format!("{} was not asked in this group", name.value);
                    problems.push(self.study.error(codes::STUDY_BAD_VALUE, &name.span, message));
                }
            },
        }
        Err(problems.remove(0))
    }

    /// Whether a row holds one of the answers, or another; `None` if it holds none, or one outside the scale.
    fn gave(&self, sought: &Sought<'_>, row: usize) -> Option<bool> {
        match sought {
            Sought::Texts(column, texts) => {
                let text = self.export.table.cell(row, *column)?.trim();
                (!text.is_empty()).then(|| texts.contains(&text))
            }
            Sought::Levels(question, levels) => match question.answer(0, row) {
                Some(Answer::Given(_)) => Some(part::gave_any(question, levels, row)),
                _ => None,
            },
        }
    }
}
