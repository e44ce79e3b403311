//! One question of the study with the answers of one export.

use crate::codebook::{Kind, Scale};
use crate::diag::Diag;
use crate::ingest::Export;
use crate::study::{Study, StudyQuestion};

use super::bind::Bound;
use super::coded_text::{Codings, by_code};
use super::coding::{Coder, Declared};
use super::cohort::CohortQuestion;
use super::ledger::{Ledger, LedgerEntry};
use super::nets::nets;
use super::periods::periods;
use super::range::within_range;

/// What the answers to a question are read with.
pub(super) struct Reading<'a> {
    pub(super) study: &'a Study,
    pub(super) export: &'a Export,
    pub(super) coder: Coder<'a>,
    pub(super) codings: &'a Codings,
}

impl Reading<'_> {
    /// The questions with their answers.
    pub(super) fn questions(
        &self,
        bound: Vec<(&StudyQuestion, Bound)>,
        ledger: &mut Ledger,
        notes: &mut Vec<Diag>,
    ) -> Result<Vec<CohortQuestion>, Vec<Diag>> {
        bound.into_iter().map(|(declared, bound)| self.question(declared, bound, ledger, notes)).collect()
    }

    /// Codes a question, by all that the study declares of it.
    fn question(
        &self,
        declared: &StudyQuestion,
        bound: Bound,
        ledger: &mut Ledger,
        notes: &mut Vec<Diag>,
    ) -> Result<CohortQuestion, Vec<Diag>> {
        let scale = declared.scale.as_ref();
        let said = Declared {
            scale,
            missing: &declared.missing,
            ties: declared.ties,
            dates: (declared.kind == Kind::Date).then_some(declared.dates.written),
        };
        let mut coded = self.coder.code_as(&bound.question, said).note_into(notes);
        within_range(self.export, declared, &bound.question, &mut coded).note_into(notes);
        let file = self.export.table.file();
        ledger.extend(coded.recoded.into_iter().map(|recoded| LedgerEntry::recoded(file, recoded)));
        let answers = match self.codings.get(&declared.id) {
            Some(list) => by_code(self.study, declared, list, self.export, &coded.answers, notes)?,
            None => coded.answers,
        };
        let levels = match declared.kind {
            Kind::Date => periods(&answers, declared.dates.by),
            _ => bound.levels,
        };
        let nets = nets(declared, &levels);
        let scores = scale.map(|scale| scale.points.iter().map(|point| point.score).collect());
        Ok(CohortQuestion {
            id: declared.id.clone(),
            label: bound.label,
            wording: bound.question.wording,
            kind: declared.kind,
            items: bound.items,
            levels,
            top: scale.map_or(0..0, Scale::top_box),
            bottom: scale.map_or(0..0, Scale::bottom_box),
            middle: scale.and_then(|scale| scale.middle.clone()),
            reversed: bound.reversed,
            scores: scores.unwrap_or_default(),
            nets,
            ties: declared.ties,
            numbers: declared.numbers,
            scored: None,
            answers,
        })
    }
}
