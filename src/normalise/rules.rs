//! Exclusion rules: which rows of an export are left out, by the first rule that fits.

use std::collections::BTreeMap;

use crate::diag::{Diag, Place, codes};
use crate::ingest::Export;
use crate::study::{Exclusion, Keep, Rule, Spanned, Study, Threshold};

use super::completeness::Completeness;

/// The name under which the rule "break-off" counts records in which nothing was answered.
pub(super) const NOTHING_ANSWERED: &str = "nothing-answered";

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
    pub(super) fn apply(
        &self,
        exclusion: &Exclusion,
        left: &[usize],
        notes: &mut Vec<Diag>,
    ) -> Result<Vec<(usize, String)>, Diag> {
        match &exclusion.rule {
            Rule::Preview => self.previews(exclusion, left, notes),
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

    /// The name under which a row that a rule leaves out is counted.
    pub(super) fn name_of(&self, exclusion: &Exclusion, row: usize) -> &'static str {
        let answered = self.completeness.get(row).map_or(0, |counted| counted.answered);
        match exclusion.rule {
            Rule::BreakOff if answered == 0 => NOTHING_ANSWERED,
            _ => exclusion.rule.name(),
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

    fn previews(
        &self,
        exclusion: &Exclusion,
        left: &[usize],
        notes: &mut Vec<Diag>,
    ) -> Result<Vec<(usize, String)>, Diag> {
        let table = &self.export.table;
        let metadata = &self.export.metadata;
        if metadata.status.is_none() && metadata.channel.is_none() {
            return Err(
                self.cannot(exclusion, "the export says neither the status nor the channel of a response")
            );
        }
        let says = |row: usize| {
            let cell = |what: &str, column: Option<usize>| {
                let text = table.cell(row, column?)?.trim();
                (!text.is_empty()).then(|| format!("{what} \"{text}\""))
            };
            let said: Vec<String> =
                [cell("response type", metadata.status), cell("channel", metadata.channel)]
                    .into_iter()
                    .flatten()
                    .collect();
            if said.is_empty() { "no response type".to_owned() } else { said.join(", ") }
        };
        let mut unknown: BTreeMap<String, (usize, u64)> = BTreeMap::new();
        let mut out = Vec::new();
        for row in left {
            match self.export.is_preview(*row) {
                Some(true) => out.push((*row, says(*row))),
                Some(false) => {}
                None => unknown.entry(says(*row)).or_insert((*row, 0)).1 += 1,
            }
        }
        let column = metadata.status.or(metadata.channel).and_then(|column| table.names().get(column));
        for (said, (row, count)) in unknown {
            let place = Place::cell(table.file(), table.line(row), column.map_or("", String::as_str));
            let rows = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
            let message =
                format!("it is not known whether a response with {said} is a preview: {rows}, kept");
            notes.push(
                Diag::note(codes::ASSUMED, place, message)
                    .help("if it is, leave these rows out with \"where\" or export in English"),
            );
        }
        Ok(out)
    }

    fn unfinished(&self, exclusion: &Exclusion, left: &[usize]) -> Result<Vec<(usize, String)>, Diag> {
        let mut out = Vec::new();
        for row in left {
            match self.export.submitted(*row) {
                Some(true) => {}
                Some(false) => out.push((*row, "not submitted".to_owned())),
                None => {
                    let line = self.export.table.line(*row);
                    let why =
                        format!("the export does not say whether the response on line {line} was submitted");
                    return Err(self.cannot(exclusion, &why));
                }
            }
        }
        Ok(out)
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
            let mut in_time = Vec::new();
            for row in rows {
                in_time.push((self.moment(by, keep, *row)?, *row));
            }
            in_time.sort();
            let kept = match keep {
                Keep::First => in_time.first(),
                Keep::Last => in_time.last(),
                // Of equally complete responses the earliest.
                Keep::MostComplete => in_time.iter().rev().max_by_key(|(_, row)| answered(*row)),
            };
            let Some((_, kept)) = kept else { continue };
            let what = format!("same person as line {}, which is kept", table.line(*kept));
            out.extend(rows.iter().filter(|row| *row != kept).map(|row| (*row, what.clone())));
        }
        out.sort_unstable();
        Ok(out)
    }
}

impl<'a> Subject<'a> {
    /// When a response came in, by what the export says of it: never by its place in the file, which a re-sorted copy
    /// changes. Responses of one moment are told apart by their record and then by what they say.
    fn moment(
        &self,
        by: &Spanned<String>,
        keep: Keep,
        row: usize,
    ) -> Result<(&'a str, &'a str, Vec<&'a str>), Diag> {
        let table = &self.export.table;
        let metadata = &self.export.metadata;
        let cell =
            |column: Option<usize>| column.and_then(|column| table.cell(row, column)).map_or("", str::trim);
        let time = [metadata.ended, metadata.started]
            .into_iter()
            .map(cell)
            .find(|time| !time.is_empty())
            .unwrap_or("");
        if keep != Keep::MostComplete && !is_iso_date(time) {
            let message = format!(
                "which response came first is not known: line {} has no date and time",
                table.line(row)
            );
            let diag = self.study.error(codes::STUDY_BAD_EXCLUSION, &by.span, message);
            return Err(diag.help("dates must read like 2021-02-28 14:05:00; or keep = \"most-complete\""));
        }
        let mut cells: Vec<&str> =
            (0..table.names().len()).filter_map(|column| table.cell(row, column)).collect();
        cells.sort_unstable();
        Ok((time, cell(metadata.record), cells))
    }
}

/// Whether a text begins with a date that sorts as text.
pub(super) fn is_iso_date(text: &str) -> bool {
    let shape =
        |(byte, pattern): (u8, u8)| if pattern == b'0' { byte.is_ascii_digit() } else { byte == pattern };
    text.len() >= 10 && text.bytes().zip(*b"0000-00-00").all(shape)
}
