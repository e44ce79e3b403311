//! Rules that leave rows out, or only count them: what each says of the rows that reach it.

mod answers;
mod careless;
mod duplicates;
mod order;
mod records;

use crate::diag::{Diag, codes};
use crate::findings::Caution;
use crate::ingest::Export;
use crate::stats::NotComputed;
use crate::study::{Exclusion, Rule, Study, Threshold};

use super::cohort::CohortQuestion;
use super::completeness::Completeness;

pub(super) use duplicates::{is_iso_date, persons_by};
pub(super) use order::{Kept, Screening, exclude, screen};

/// What rules look at.
pub(super) struct Subject<'a> {
    pub(super) study: &'a Study,
    pub(super) export: &'a Export,
    /// The group's questions, coded.
    pub(super) questions: &'a [CohortQuestion],
    /// For each question the columns of its items; scores, made of others, come last and have none.
    pub(super) columns: &'a [Vec<usize>],
    /// For each row, how much was answered.
    pub(super) completeness: &'a [Completeness],
    pub(super) partial: Threshold,
    /// For each row, whether its key is on the roster; `None` without a roster or link.
    pub(super) on_roster: Option<&'a [bool]>,
}

/// What a rule says of the rows that reached it.
#[derive(Debug, Default)]
struct Judged {
    /// The rows that it would leave out, ascending, each with what was seen: never an answer, never an identifier.
    out: Vec<(usize, String)>,
    /// The rows of which it cannot judge, and why; they stay.
    unjudged: Option<(u64, &'static str)>,
}

/// Why a rule cannot be applied.
#[derive(Debug)]
enum NotApplied {
    /// The study file says something that does not fit the export.
    Mistake(Diag),
    /// The export does not hold what the rule needs, or too few answers.
    Impossible(NotComputed),
}

impl From<Diag> for NotApplied {
    fn from(mistake: Diag) -> Self {
        Self::Mistake(mistake)
    }
}

impl From<NotComputed> for NotApplied {
    fn from(why: NotComputed) -> Self {
        Self::Impossible(why)
    }
}

impl Judged {
    /// Goes through rows of each of which a rule says why to leave it out, or nothing, or that it does not know.
    fn each(
        left: &[usize],
        why: &'static str,
        mut judge: impl FnMut(usize) -> Option<Option<String>>,
    ) -> Self {
        let mut judged = Self::default();
        let mut unknown = 0;
        for row in left {
            match judge(*row) {
                Some(Some(what)) => judged.out.push((*row, what)),
                Some(None) => {}
                None => unknown += 1,
            }
        }
        judged.unjudged = (unknown > 0).then_some((unknown, why));
        judged
    }

    fn cautions(&self) -> Vec<Caution> {
        self.unjudged.iter().map(|(count, why)| Caution::Unjudged { count: *count, why }).collect()
    }
}

impl Subject<'_> {
    /// What a rule says of the rows of `left`, ascending, or why it cannot be applied.
    fn apply(
        &self,
        exclusion: &Exclusion,
        left: &[usize],
        notes: &mut Vec<Diag>,
    ) -> Result<Judged, NotApplied> {
        match &exclusion.rule {
            Rule::Preview => self.previews(left, notes),
            Rule::Unfinished => self.unfinished(exclusion, left),
            Rule::Duplicate { by, keep } => self.duplicates(by, *keep, left),
            Rule::NotOnRoster => self.strangers(left),
            Rule::BreakOff => Ok(self.broken_off(left)),
            Rule::Test(look) => self.tests(look, left),
            Rule::Consent { look, listed } => self.consent(look, *listed, left),
            Rule::Eligibility { look, listed } => self.eligibility(look, *listed, left),
            Rule::Attention { checks, allow } => self.attention(checks, *allow, left),
            Rule::Speeder(fastest) => self.speeders(*fastest, left),
            Rule::Progress { below } => self.progress(*below, left),
            Rule::Longstring { of, at_least } => {
                self.note_random_order(exclusion, of, notes);
                Ok(self.longstring(of, *at_least, left))
            }
            Rule::Irv { of, below } => Ok(self.irv(of, *below, left)),
            Rule::EvenOdd { of, below } => {
                self.note_random_order(exclusion, of, notes);
                Ok(self.even_odd(of, *below, left))
            }
            Rule::Mahalanobis { of, alpha } => self.mahalanobis(of, *alpha, left),
        }
    }

    fn cannot(&self, exclusion: &Exclusion, why: impl Into<String>) -> Diag {
        let message = format!(
            "the rule \"{}\" cannot be applied to {}",
            exclusion.rule.name(),
            self.export.table.file().short()
        );
        self.study.error(codes::STUDY_BAD_EXCLUSION, &exclusion.span, message).help(why)
    }
}
