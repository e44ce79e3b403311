//! What a reader of a text must know beside its numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::{Caution, Finding, Outline};

use super::fill::escaped;

/// A finding whose number stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used<'a> {
    /// The finding.
    pub(super) finding: &'a Finding,
    /// Whether its interval stands there too.
    pub(super) with_interval: bool,
}

/// What is said of the findings of one group: their small bases, and all else.
type Said = (BTreeSet<u64>, BTreeSet<String>);

/// One line for each group, comparison and link, in the order of the study file; what has no label there comes last.
pub(super) fn cautions(used: &[Used<'_>], outline: &Outline) -> Vec<String> {
    let mut groups: BTreeMap<&str, Said> = BTreeMap::new();
    for Used { finding, with_interval } in used {
        let (bases, others) = groups.entry(&finding.group).or_default();
        for caution in &finding.cautions {
            match caution {
                Caution::SmallBase { base } => drop(bases.insert(*base)),
                // What an interval is about says nothing where it is not shown.
                about if about.is_about_interval() && !with_interval => {}
                other => drop(others.insert(other.to_string())),
            }
        }
    }
    let labels = outline.groups.iter().chain(&outline.comparisons).map(|named| (&named.id, &named.label));
    let labels = labels.chain(outline.links.iter().map(|link| (&link.id, &link.label)));
    let mut lines: Vec<Option<String>> =
        labels.filter_map(|(id, label)| Some(line(label, groups.remove(id.as_str())?))).collect();
    lines.extend(groups.into_iter().map(|(id, said)| line(id, said)));
    lines.into_iter().flatten().collect()
}

fn line(label: &str, (bases, others): Said) -> Option<String> {
    let small = match (bases.first(), bases.last()) {
        (Some(least), Some(most)) if least == most => Some(format!("small base, n = {least}")),
        (Some(least), Some(most)) => Some(format!("small bases, n = {least} to {most}")),
        _ => None,
    };
    let all: Vec<String> = small.into_iter().chain(others).collect();
    (!all.is_empty()).then(|| format!("{}: {}.", escaped(label), escaped(&all.join("; "))))
}
