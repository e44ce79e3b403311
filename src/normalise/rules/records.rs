//! Rules by what the platform says of a response, and by how much was answered.

use std::collections::BTreeMap;

use crate::diag::{Diag, Place, codes};
use crate::numbers::half_up;
use crate::stats::NotComputed;
use crate::stats::descriptive::median;
use crate::stats::sample::Sample;
use crate::study::{Exclusion, Fastest};

use super::{Judged, NotApplied, Subject};

impl Subject<'_> {
    /// Responses whose key is on no roster.
    pub(super) fn strangers(&self, left: &[usize]) -> Result<Judged, NotApplied> {
        let on_roster = self
            .on_roster
            .ok_or(NotComputed::Undefined("the group has no roster with a link to the export"))?;
        let off = |row: &&usize| !on_roster.get(**row).copied().unwrap_or(false);
        let out = left.iter().filter(off).map(|row| (*row, "the key is not on the roster".to_owned()));
        Ok(Judged { out: out.collect(), unjudged: None })
    }

    /// Responses below the threshold of a partial one.
    pub(super) fn broken_off(&self, left: &[usize]) -> Judged {
        let below = left.iter().filter_map(|row| {
            let counted = self.completeness.get(*row).copied().unwrap_or_default();
            let reached = self.partial.reached(counted.answered, counted.asked);
            (!reached)
                .then(|| (*row, format!("answered {} of {} items asked", counted.answered, counted.asked)))
        });
        Judged { out: below.collect(), unjudged: None }
    }

    /// Previews and tests, by status or channel. A kind of response that is not known is named once and kept.
    pub(super) fn previews(&self, left: &[usize], notes: &mut Vec<Diag>) -> Result<Judged, NotApplied> {
        let table = &self.export.table;
        let metadata = &self.export.metadata;
        if metadata.status.is_none() && metadata.channel.is_none() {
            let why = "the export says neither the status nor the channel of a response";
            return Err(NotComputed::Undefined(why).into());
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
        Ok(Judged { out, unjudged: None })
    }

    /// Responses that were not submitted; refused where the export does not say it of every response.
    pub(super) fn unfinished(&self, exclusion: &Exclusion, left: &[usize]) -> Result<Judged, NotApplied> {
        let mut out = Vec::new();
        for row in left {
            match self.export.submitted(*row) {
                Some(true) => {}
                Some(false) => out.push((*row, "not submitted".to_owned())),
                None => {
                    let line = self.export.table.line(*row);
                    let why =
                        format!("the export does not say whether the response on line {line} was submitted");
                    return Err(self.cannot(exclusion, why).into());
                }
            }
        }
        Ok(Judged { out, unjudged: None })
    }

    /// Responses that did not come far enough, by the platform's percent.
    pub(super) fn progress(&self, below: f64, left: &[usize]) -> Result<Judged, NotApplied> {
        if self.export.metadata.progress.is_none() {
            return Err(NotComputed::Undefined("the export does not say how far a response went").into());
        }
        Ok(Judged::each(left, "how far they went is not known", |row| {
            let percent = self.export.progress(row)?;
            Some((percent < below).then(|| format!("progress {}%, below {}%", short(percent), short(below))))
        }))
    }

    /// Responses that took too little time.
    pub(super) fn speeders(&self, fastest: Fastest, left: &[usize]) -> Result<Judged, NotApplied> {
        let durations: Vec<Option<f64>> = left.iter().map(|row| self.export.seconds(*row)).collect();
        if !left.is_empty() && durations.iter().all(Option::is_none) {
            let why = "the export says of no response how long it took";
            return Err(NotComputed::Undefined(why).into());
        }
        let limit = match fastest {
            Fastest::Seconds(seconds) => seconds,
            Fastest::MedianShare(share) => share * self.median_duration(left, &durations)?,
        };
        // Rows are asked of in the order of their durations.
        let mut durations = durations.into_iter();
        Ok(Judged::each(left, "how long they took is not known", |_| {
            let seconds = durations.next().flatten()?;
            Some(
                (seconds < limit).then(|| format!("took {} s, less than {} s", short(seconds), short(limit))),
            )
        }))
    }

    /// The median duration of the responses that were submitted, as far as the export says so.
    fn median_duration(&self, left: &[usize], durations: &[Option<f64>]) -> Result<f64, NotComputed> {
        let submitted =
            left.iter().zip(durations).filter(|(row, _)| self.export.submitted(**row) != Some(false));
        let known: Vec<f64> = submitted.filter_map(|(_, seconds)| *seconds).collect();
        median(&Sample::from_values(&known)?)
    }
}

/// A number of seconds or percent as a person reads it.
fn short(number: f64) -> String {
    let places = u8::from(number.fract() != 0.0);
    half_up(number, places).unwrap_or_default()
}
