//! Why a cell is blank: by the question's condition, and by how far the person went.

use crate::codebook::{Condition, Missing, Question};
use crate::ingest::Export;

use super::account::{Account, Fact};
use super::condition::{Conditions, Holds};
use super::course::{Course, Progress};

/// Who was asked the question to which a column belongs.
pub(super) struct Asked<'a> {
    export: &'a Export,
    course: &'a Course,
    column: usize,
    /// For each row whether the condition holds; `None` if there is no condition.
    holds: Option<Holds>,
    /// Whether the question is never shown, so that answers in it come from elsewhere.
    never: bool,
}

impl<'a> Asked<'a> {
    /// Finds out who was asked: by the question's own condition, else by that of the export's question in this column.
    pub(super) fn of(
        export: &'a Export,
        course: &'a Course,
        conditions: &Conditions,
        question: &Question,
        column: usize,
    ) -> Self {
        let of_export = || {
            let owner =
                export.instrument.questions.iter().find(|owner| owner.form.columns().contains(&column));
            owner.and_then(|owner| owner.asked_if.as_ref())
        };
        let condition = question.asked_if.as_ref().or_else(of_export);
        let never = matches!(condition, Some(Condition::Any(parts)) if parts.is_empty());
        let holds = condition.map(|condition| conditions.evaluate(export, condition));
        Self { export, course, column, holds, never }
    }

    /// Why there is nothing in the cells of a row.
    ///
    /// Skipped is said only where the definition and the person's progress show that the question was seen.
    pub(super) fn reason(&self, row: usize, account: &mut Account<'_>) -> Missing {
        let holds = self.holds(row);
        let progress = self.course.on(row, self.column);
        if holds == Some(false) {
            return Missing::NotAsked;
        }
        if progress == Progress::Unfinished && self.course.left_before(row, self.column) == Some(true) {
            return Missing::NotReached;
        }
        if self.export.seen_unanswered.is_some() {
            // Where the file marks what was seen, a blank was not seen.
            let passed = progress != Progress::Unfinished || self.course.knows_order(self.column);
            return if passed { Missing::NotAsked } else { Missing::Blank };
        }
        if holds.is_none() {
            account.met(Fact::ConditionUnknown, row, self.column);
            return Missing::Blank;
        }
        let seen = matches!(progress, Progress::Finished | Progress::Unfinished);
        if seen && self.course.knows_order(self.column) { Missing::Skipped } else { Missing::Blank }
    }

    /// The text by which the export marks what was seen and not answered.
    pub(super) fn mark(&self) -> Option<&'a str> {
        self.export.seen_unanswered.as_deref()
    }

    /// How far the person of a row went here.
    pub(super) fn progress(&self, row: usize) -> Progress {
        self.course.on(row, self.column)
    }

    /// Notes an answer that stands where the condition does not hold.
    pub(super) fn check_answer(&self, row: usize, account: &mut Account<'_>) {
        if !self.never && self.holds(row) == Some(false) {
            account.met(Fact::AnsweredThoughNotAsked, row, self.column);
        }
    }

    /// Whether the person was to be asked: by a condition, or because there is none.
    fn holds(&self, row: usize) -> Option<bool> {
        match &self.holds {
            Some(holds) => holds.get(row).copied().flatten(),
            None => Some(true),
        }
    }
}
