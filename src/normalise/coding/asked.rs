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
    /// Finds out who was asked: by the condition of the export's question in this column, else by the question's own.
    ///
    /// A question that the study file makes of several has the condition of the first, which is not that of the others.
    pub(super) fn of(
        export: &'a Export,
        course: &'a Course,
        conditions: &Conditions,
        question: &Question,
        column: usize,
    ) -> Self {
        let asked_if =
            conditions.owner(export, column).map_or(&question.asked_if, |(_, owner)| &owner.asked_if);
        let never = matches!(asked_if, Some(Condition::Any(parts)) if parts.is_empty());
        let holds = asked_if.as_ref().map(|condition| conditions.evaluate(export, course, condition, column));
        Self { export, course, column, holds, never }
    }

    /// Why there is nothing in the cells of a row.
    ///
    /// Not asked is said only where a condition hides the question, the row has no place for it, or nothing of it was
    /// displayed; skipped only where the definition and the person's progress show that the question was seen.
    pub(super) fn reason(&self, row: usize, account: &mut Account<'_>) -> Missing {
        let displayed = self.export.was_displayed(row, self.column);
        // What was shown was asked, whatever else is not known of its condition.
        let holds = self.holds(row).or(displayed.filter(|displayed| *displayed));
        let progress = self.course.on(row, self.column);
        let unseen = displayed == Some(false) && progress == Progress::Finished;
        if holds == Some(false) || unseen || !self.course.belongs(row, self.column) {
            return Missing::NotAsked;
        }
        if self.course.not_come_to(row, self.column) {
            return if progress == Progress::NotStarted { Missing::Blank } else { Missing::NotReached };
        }
        if holds.is_none() {
            account.met_in_question(Fact::ConditionUnknown, row);
            return Missing::Blank;
        }
        let knows_order = self.course.knows_order(self.column);
        if self.export.seen_unanswered.is_some() || displayed == Some(false) {
            // Where the file marks what was seen, a blank was not seen, wherever the person answered something else.
            let past = knows_order && !self.course.left_among(row, self.column);
            if progress == Progress::Unfinished && past && displayed.is_none() {
                return Missing::NotReached;
            }
            account.met_in_question(Fact::NotShown, row);
            return Missing::Blank;
        }
        let seen = matches!(progress, Progress::Finished | Progress::Unfinished)
            && (displayed == Some(true) || !self.course.left_among(row, self.column));
        if seen && knows_order { Missing::Skipped } else { Missing::Blank }
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
        let hidden = self.holds(row) == Some(false) || !self.course.belongs(row, self.column);
        if !self.never && hidden {
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
