//! From one number back to the rows behind it.

use crate::diag::{Diag, Place, codes, nearest};
use crate::findings::Finding;
use crate::pipeline::Outcome;

/// A finding and the rows behind it.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// The rows that it counts, in the order of their files.
    pub rows: Vec<TraceRow>,
    /// The label of what it counts, where its level has one.
    pub level: Option<String>,
    /// The label of its item.
    pub item: Option<String>,
}

/// A row behind a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TraceRow {
    /// The file, without its folder.
    pub file: String,
    /// The line on which the row starts.
    pub line: u32,
}

/// Finds a finding and the rows that it counts.
pub fn trace<'a>(outcome: &'a Outcome, id: &str) -> Result<Trace<'a>, Diag> {
    let Some(finding) = outcome.findings.get(id) else {
        let diag =
            Diag::error(codes::UNKNOWN_FINDING, Place::Nowhere, format!("no finding is named \"{id}\""));
        return Err(match nearest(id, outcome.findings.ids()) {
            Some(near) => diag.help(format!("did you mean {near}?")),
            None => diag.help("findings.json lists the ids of all findings"),
        });
    };
    let mut rows = Vec::new();
    if let (Some(selector), Some(cohort)) =
        (&finding.counts, outcome.cohorts.iter().find(|cohort| cohort.group == finding.group))
    {
        if let Some(file) = &cohort.file {
            let lines = cohort.select(selector).into_iter().filter_map(|row| cohort.lines.get(row));
            rows.extend(lines.map(|line| TraceRow { file: file.short().to_owned(), line: *line }));
        }
        if let Some(roster) = &cohort.roster {
            let people = cohort.select_invitees(selector);
            rows.extend(
                people.iter().map(|person| TraceRow { file: roster.short().to_owned(), line: person.line }),
            );
            if let Some(file) = &cohort.file {
                let responses = people.iter().filter_map(|person| person.response);
                rows.extend(responses.map(|line| TraceRow { file: file.short().to_owned(), line }));
            }
        }
    }
    let question =
        finding.question.as_ref().and_then(|question| outcome.outline.question(&finding.group, question));
    let label = |named: &[crate::findings::Named], id: &Option<String>| {
        let id = id.as_ref()?;
        named.iter().find(|named| named.id == *id).map(|named| named.label.clone())
    };
    Ok(Trace {
        finding,
        rows,
        level: question.and_then(|question| label(&question.levels, &finding.level)),
        item: question.and_then(|question| label(&question.items, &finding.item)),
    })
}
