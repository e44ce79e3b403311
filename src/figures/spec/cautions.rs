//! What must be known beside the numbers of a figure, each said once.

use std::collections::BTreeMap;

use super::enumerate;
use crate::figures::font::shorten;
use crate::findings::{Caution, Finding, Outline};
use crate::numbers::NumberStyle;

/// One line for each caution, with the groups that it is about; numbers that differ between findings become a range.
///
/// What intervals are about is said where an interval is drawn ([`super::estimates::interval_notes`]), and what tests and
/// pairs need row by row ([`row_notes`]). Cautions about rates stay with the tables: no figure draws such a rate.
pub(crate) fn caution_notes<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    outline: &Outline,
    style: NumberStyle,
) -> Vec<String> {
    let mut met: BTreeMap<Told, BTreeMap<usize, (u64, u64)>> = BTreeMap::new();
    for finding in findings {
        let group = outline.groups.iter().position(|group| group.id == finding.group).unwrap_or(usize::MAX);
        for (told, number) in finding.cautions.iter().filter_map(told) {
            let range = met.entry(told).or_default().entry(group).or_insert((number, number));
            *range = (range.0.min(number), range.1.max(number));
        }
    }
    let label = |group: &usize| outline.groups.get(*group).map(|group| shorten(&group.label, 60));
    met.iter()
        .map(|(told, groups)| {
            let numbered = |words: &dyn Fn((u64, u64), NumberStyle) -> String| {
                let of = |(group, range): (&usize, &(u64, u64))| {
                    let parts = [label(group), Some(words(*range, style))];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
                };
                groups.iter().map(of).collect::<Vec<_>>().join(", ")
            };
            match told {
                Told::SmallBase => format!("{SMALL_BASE}: {}.", numbered(&bases)),
                Told::UnexplainedBlanks => {
                    format!("Blank on an item, reason not in the file: {}.", numbered(&numbers))
                }
                Told::Unreadable => format!("Could not be read as an answer: {}.", numbered(&numbers)),
                Told::IncompleteRankings => format!("Incomplete rankings: {}.", numbered(&numbers)),
                Told::Method(text) => {
                    let named: Vec<String> = groups.keys().filter_map(label).collect();
                    if named.is_empty() {
                        format!("{text}.")
                    } else {
                        format!("{}: {text}.", named.join(", "))
                    }
                }
            }
        })
        .collect()
}

/// What a small base means.
pub(crate) const SMALL_BASE: &str = "Small base, one answer moves a percent by several points";
/// The most rows that a note names.
const NAMED: usize = 4;

/// Everything that must be known of rows that each show findings of their own, such as tests: each caution once, with the
/// rows of which it is true where these are not all.
pub(crate) fn row_notes(rows: &[(String, Vec<&Finding>)], style: NumberStyle) -> Vec<String> {
    notes_of(rows, style, |_| true)
}

/// The same of a grid of cells, in which no interval is drawn.
pub(crate) fn cell_notes(rows: &[(String, Vec<&Finding>)], style: NumberStyle) -> Vec<String> {
    notes_of(rows, style, |caution| !caution.is_about_interval())
}

fn notes_of(
    rows: &[(String, Vec<&Finding>)],
    style: NumberStyle,
    is_said: impl Fn(&Caution) -> bool,
) -> Vec<String> {
    let mut met: BTreeMap<Option<&Caution>, Vec<(usize, u64)>> = BTreeMap::new();
    for (row, (_, findings)) in rows.iter().enumerate() {
        let cautions = findings.iter().flat_map(|finding| &finding.cautions);
        for caution in cautions.filter(|caution| is_said(caution)) {
            let (told, base) = match caution {
                Caution::SmallBase { base } => (None, *base),
                _ => (Some(caution), 0),
            };
            let of = met.entry(told).or_default();
            match of.last_mut().filter(|(known, _)| *known == row) {
                Some((_, known)) => *known = base.min(*known),
                None => of.push((row, base)),
            }
        }
    }
    let words = |(told, of): (Option<&Caution>, Vec<(usize, u64)>)| {
        let mut names: Vec<String> = Vec::new();
        for name in of.iter().filter_map(|(row, _)| rows.get(*row)).map(|(label, _)| shorten(label, 60)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > NAMED {
            let more = names.len() - (NAMED - 1);
            names.truncate(NAMED - 1);
            names.push(format!("{} more", style.count(more as u64)));
        }
        let named = if of.len() == rows.len() { String::new() } else { format!("{}: ", enumerate(&names)) };
        match told {
            Some(caution) => {
                let said = caution.to_string();
                let said = said.trim_end_matches('.');
                if named.is_empty() { format!("{}.", sentence(said)) } else { format!("{named}{said}.") }
            }
            None => {
                let range = of.iter().map(|(_, base)| (*base, *base));
                let range = range.reduce(|one, two| (one.0.min(two.0), one.1.max(two.1)));
                format!("{SMALL_BASE}: {named}{}.", range.map_or(String::new(), |range| bases(range, style)))
            }
        }
    };
    met.into_iter().map(words).collect()
}

/// Words that begin with a capital.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A base, or the smallest and the largest.
pub(crate) fn bases((least, most): (u64, u64), style: NumberStyle) -> String {
    if least == most { style.n(least) } else { format!("{} to {}", style.n(least), style.count(most)) }
}

/// A number, or the smallest and the largest.
fn numbers((least, most): (u64, u64), style: NumberStyle) -> String {
    if least == most {
        style.count(least)
    } else {
        format!("{} to {}", style.count(least), style.count(most))
    }
}

/// A caution without its number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    SmallBase,
    UnexplainedBlanks,
    Unreadable,
    IncompleteRankings,
    Method(String),
}

fn told(caution: &Caution) -> Option<(Told, u64)> {
    match caution {
        Caution::SmallBase { base } => Some((Told::SmallBase, *base)),
        Caution::UnexplainedBlanks { count } => Some((Told::UnexplainedBlanks, *count)),
        Caution::Unreadable { count } => Some((Told::Unreadable, *count)),
        Caution::IncompleteRankings { count } => Some((Told::IncompleteRankings, *count)),
        Caution::OnlyRanked { .. }
        | Caution::IncompleteLeftOut { .. }
        | Caution::NotAdditive
        | Caution::NetNotOffered { .. }
        | Caution::CannotReach
        | Caution::NotUnique { .. } => Some((Told::Method(caution.to_string()), 0)),
        Caution::Method(text) => Some((Told::Method(text.clone()), 0)),
        // What a rule cannot judge is said beside the rule, and rates in tables. Figures of intervals, tests and pairs say the
        // rest by their own rows.
        Caution::Unjudged { .. }
        | Caution::NoSampling
        | Caution::TakenAsRandom
        | Caution::RandomSample { .. }
        | Caution::NoFiniteCorrection { .. }
        | Caution::TakenAsAnswered
        | Caution::PartOfFrame
        | Caution::OptIn
        | Caution::EligibleShare { .. }
        | Caution::CutPoints { .. }
        | Caution::CompletionBy { .. }
        | Caution::PlatformRate { .. }
        | Caution::SharedPeople { .. }
        | Caution::SharedLeftOut { .. }
        | Caution::SharedTogether { .. }
        | Caution::NotLinked { .. }
        | Caution::NotInBothWaves { .. }
        | Caution::KeysAlmostEqual { .. }
        | Caution::TestByRule { .. }
        | Caution::TestDeclared
        | Caution::SidesLeftOut { .. }
        | Caution::OnNoSide { .. }
        | Caution::LinkedSides { .. }
        | Caution::Multiplicity { .. }
        | Caution::FamilyCannotReach
        | Caution::DiffersBecause { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::samples;

    #[test]
    fn a_caution_is_said_once_with_its_groups_and_ranges() {
        let battery = samples::Battery { n: 14, groups: 2, ..samples::Battery::default() };
        let study = samples::likert(&battery);
        let notes = caution_notes(study.findings.iter(), &study.outline, NumberStyle::Ama);
        let said = "Small base, one answer moves a percent by several points: Students n=12 to 14, \
                    Residents n=12 to 14.";
        assert_eq!(notes, [said]);
    }

    #[test]
    fn what_a_method_says_of_several_groups_is_said_once() {
        let mut study = samples::choices(&samples::Picked { groups: 3, ..samples::Picked::default() });
        study.caution("residents/motivations/other", &Caution::NotAdditive);
        study.caution("students/motivations/other", &Caution::NotAdditive);
        let notes = caution_notes(study.findings.iter(), &study.outline, NumberStyle::Ama);
        let said = format!("Students, Residents: {}.", Caution::NotAdditive);
        assert_eq!(notes.iter().filter(|note| **note == said).count(), 1, "{notes:?}");
    }
}
