//! What an outsider can work out of the findings as they are told.
//!
//! Nothing here asks what was decided to be withheld: what readers know is read from the public findings themselves, so
//! that a count that slipped through counts as known.

use crate::findings::{Finding, Findings, Outline, Reason, Value};
use crate::stats::disclosure::linked::{Linked, LinkedInterval, Standing, linked_audit};

use super::build::{Built, base_keys};
use super::model::{Key, Scope, What};
use super::reading::{Reading, reading};
use super::withhold::contents;

/// Bounds every count that needs protection; the smallest spread found, or why the findings must not be told.
pub(super) fn audit(
    built: &Built,
    linked: &Linked,
    widths: &[u64],
    outline: &Outline,
    public: &Findings,
) -> Result<Option<u64>, String> {
    let mut unknown: Vec<bool> = linked.cells().iter().map(|cell| cell.standing != Standing::Known).collect();
    for finding in public {
        for (key, count) in said(built, finding, outline)? {
            match built.model.find(&key) {
                Some(cell) if linked.cells()[cell].count == count => unknown[cell] = false,
                Some(_) => return Err(format!("{} says another count than its cell holds", finding.id)),
                None if built.is_open(&key) => {}
                None => return Err(format!("{} says a count that no cell holds", finding.id)),
            }
        }
    }
    let guarded: Vec<usize> = (0..widths.len()).filter(|cell| widths[*cell] > 0).collect();
    let intervals = linked_audit(linked, &unknown, &guarded).map_err(|why| why.to_string())?;
    let open = intervals.iter().filter(|interval| interval.width() < widths[interval.cell]).count();
    if open > 0 {
        return Err(format!("{open} withheld counts could be worked out more closely than the rule allows"));
    }
    Ok(intervals.iter().map(LinkedInterval::width).min())
}

/// Every count that a finding says, in its value and in its base.
fn said(built: &Built, finding: &Finding, outline: &Outline) -> Result<Vec<(Key, u64)>, String> {
    let scope = Scope::Group(finding.group.clone());
    let mut said = Vec::new();
    if let Some(people) = &finding.base.people {
        let key = |what| Key::people(&scope, what);
        said.push((key(What::Included), people.included));
        for screened in &people.screened {
            let count = screened.count.as_ref().copied().unwrap_or(0);
            said.push((key(What::Screened(screened.rule.clone())), count));
        }
        for (disposition, count) in people.invited.iter().flatten() {
            said.push((key(What::Responded(vec![*disposition])), *count));
        }
        for excluded in &people.excluded {
            said.push((key(What::Excluded(excluded.rule.clone())), excluded.count));
        }
    }
    if let Some(asked) = &finding.base.asked {
        for key in base_keys(finding, outline) {
            let count = match &key.what {
                What::Answered => asked.answered,
                What::Missing(reason) => asked.missing.get(reason).copied().unwrap_or(0),
                What::Unlisted => 0,
                _ => asked.included,
            };
            said.push((key, count));
        }
    }
    let reading = reading(finding, outline);
    match (&finding.value, &reading) {
        (Value::NotComputed(Reason::Withheld), _) => {}
        (Value::NotComputed(_), _) if finding.question.is_none() => {}
        (_, Reading::Response) if built.open_people.contains(&finding.group) => {}
        (Value::Count(count), Reading::Counts(keys)) => {
            said.extend(keys.iter().take(1).cloned().map(|key| (key, *count)));
        }
        (Value::Share { count, of }, Reading::Counts(keys)) if keys.len() == 2 => {
            said.extend(keys.iter().cloned().zip([*count, *of]));
        }
        // Nobody answered, and the base says so.
        (Value::NotComputed(Reason::EmptyBase), Reading::Counts(keys)) => {
            said.extend(keys.iter().skip(1).cloned().map(|key| (key, 0)));
        }
        (_, Reading::Contents { item }) => {
            let question = finding.question.as_deref().unwrap_or_default();
            let cells: Vec<usize> = contents(built, &finding.group, question, *item).collect();
            let keys = built.model.keys.iter().filter(|(_, cell)| cells.contains(cell));
            said.extend(keys.map(|(key, cell)| (key.clone(), built.model.cells[*cell].count)));
        }
        (_, Reading::Numbers { .. } | Reading::Extreme { .. }) => {}
        _ => return Err(format!("nobody has said what {} tells", finding.id)),
    }
    Ok(said)
}
