//! Exclusion rules: which rows of an export are left out, by the first rule that fits.

use std::collections::BTreeMap;

use crate::diag::{Diag, codes};
use crate::ingest::Export;
use crate::study::{Exclusion, Keep, Rule, Spanned, Study, Threshold};

use super::completeness::Completeness;

/// What rules look at.
pub(super) struct Subject<'a> {
    pub(super) study: &'a Study,
    pub(super) export: &'a Export,
    /// For each row, how much was answered.
    pub(super) completeness: &'a [Completeness],
    pub(super) partial: Threshold,
    /// For each row, whether its key is on the roster; `None` without a roster or link.
    pub(super) on_roster: Option<&'a [bool]>,
}

impl Subject<'_> {
    /// The rows of `left` that a rule leaves out, each with what to say of it, or why the rule cannot be applied.
    pub(super) fn apply(&self, exclusion: &Exclusion, left: &[usize]) -> Result<Vec<(usize, String)>, Diag> {
        match &exclusion.rule {
            Rule::Preview => self.previews(exclusion, left),
            Rule::Unfinished => self.unfinished(exclusion, left),
            Rule::Duplicate { by, keep } => self.duplicates(by, *keep, left),
            Rule::NotOnRoster => {
                let on_roster = self.on_roster.ok_or_else(|| {
                    self.cannot(exclusion, "the group has no roster with a link to the export")
                })?;
                let off = left.iter().filter(|row| !on_roster.get(**row).copied().unwrap_or(false));
                Ok(off.map(|row| (*row, "the key is not on the roster".to_owned())).collect())
            }
            Rule::BreakOff => {
                let below = left.iter().filter_map(|row| {
                    let counted = self.completeness.get(*row).copied().unwrap_or_default();
                    let reached = self.partial.reached(counted.answered, counted.asked);
                    (!reached).then(|| {
                        (*row, format!("answered {} of {} items asked", counted.answered, counted.asked))
                    })
                });
                Ok(below.collect())
            }
        }
    }

    fn cannot(&self, exclusion: &Exclusion, why: &str) -> Diag {
        let message = format!(
            "the rule \"{}\" cannot be applied to {}",
            exclusion.rule.name(),
            self.export.table.file().short()
        );
        self.study.error(codes::STUDY_BAD_EXCLUSION, &exclusion.span, message).help(why.to_owned())
    }

    fn previews(&self, exclusion: &Exclusion, left: &[usize]) -> Result<Vec<(usize, String)>, Diag> {
        let table = &self.export.table;
        let metadata = &self.export.metadata;
        if metadata.status.is_none() && metadata.channel.is_none() {
            return Err(
                self.cannot(exclusion, "the export says neither the status nor the channel of a response")
            );
        }
        let cell = |row: usize, column: Option<usize>| column.and_then(|column| table.cell(row, column));
        let out = left.iter().filter_map(|row| {
            let status = cell(*row, metadata.status).filter(|status| is_preview_status(status));
            let channel = cell(*row, metadata.channel).filter(|channel| {
                channel.eq_ignore_ascii_case("preview") || channel.eq_ignore_ascii_case("test")
            });
            status.or(channel).map(|text| (*row, format!("response type \"{text}\"")))
        });
        Ok(out.collect())
    }

    fn unfinished(&self, exclusion: &Exclusion, left: &[usize]) -> Result<Vec<(usize, String)>, Diag> {
        let Some(finished) = self.export.metadata.finished else {
            return Err(self.cannot(exclusion, "the export does not say which responses were submitted"));
        };
        let submitted = |row: &usize| {
            self.export.table.cell(*row, finished).is_some_and(|cell| {
                matches!(cell.trim().to_ascii_lowercase().as_str(), "1" | "true" | "yes" | "2")
            })
        };
        Ok(left.iter().filter(|row| !submitted(row)).map(|row| (*row, "not submitted".to_owned())).collect())
    }

    fn duplicates(
        &self,
        by: &Spanned<String>,
        keep: Keep,
        left: &[usize],
    ) -> Result<Vec<(usize, String)>, Diag> {
        let table = &self.export.table;
        let mut problems = Vec::new();
        let Some(column) = super::roster::column(self.study, table, by, &mut problems) else {
            return Err(problems.remove(0));
        };
        let mut people: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for row in left {
            // Rows without a key cannot be known to belong to one person.
            if let Some(key) = table.cell(*row, column).map(str::trim).filter(|key| !key.is_empty()) {
                people.entry(key).or_default().push(*row);
            }
        }
        let answered = |row: usize| self.completeness.get(row).map_or(0, |counted| counted.answered);
        let mut out = Vec::new();
        for rows in people.values().filter(|rows| rows.len() > 1) {
            let kept = match keep {
                Keep::First => rows.first(),
                Keep::Last => rows.last(),
                Keep::MostComplete => {
                    rows.iter().max_by_key(|row| (answered(**row), std::cmp::Reverse(**row)))
                }
            };
            let Some(kept) = kept else { continue };
            let what = format!("same person as line {}, which is kept", table.line(*kept));
            out.extend(rows.iter().filter(|row| *row != kept).map(|row| (*row, what.clone())));
        }
        out.sort_unstable();
        Ok(out)
    }
}

/// Whether a Qualtrics status, as text or as bit flags, is a preview or a test.
fn is_preview_status(status: &str) -> bool {
    match status.trim().parse::<u32>() {
        Ok(flags) => flags & 0b11 != 0,
        Err(_) => {
            let status = status.to_lowercase();
            status.contains("preview") || status.contains("test")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_preview_status;

    #[test]
    fn previews_and_tests_are_known_in_both_spellings() {
        for status in ["1", "2", "9", "17", "Survey Preview", "Survey Test", "Spam Survey Preview"] {
            assert!(is_preview_status(status), "{status}");
        }
        for status in ["0", "4", "8", "16", "32", "IP Address", "Imported", "Spam", "Anonym"] {
            assert!(!is_preview_status(status), "{status}");
        }
    }
}
