//! What must be known beside the numbers of a figure, each said once.

use std::collections::BTreeMap;

use crate::figures::font::shorten;
use crate::findings::{Caution, Finding, Outline};
use crate::numbers::NumberStyle;

/// One line for each caution, with the groups that it is about; numbers that differ between findings become a range.
///
/// Cautions about intervals and rates stay with the tables: no figure of this module draws one.
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
            let numbered = |sign: &str| {
                let of = |(group, range): (&usize, &(u64, u64))| {
                    let parts = [label(group), Some(format!("{sign}{}", numbers(*range, style)))];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
                };
                groups.iter().map(of).collect::<Vec<_>>().join(", ")
            };
            match told {
                Told::SmallBase => {
                    format!("Small base, one answer moves a percent by several points: {}.", numbered("n = "))
                }
                Told::UnexplainedBlanks => {
                    format!("Blank on an item, reason not in the file: {}.", numbered(""))
                }
                Told::Unreadable => format!("Could not be read as an answer: {}.", numbered("")),
                Told::IncompleteRankings => format!("Incomplete rankings: {}.", numbered("")),
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
        // What a rule cannot judge is said beside the rule; of intervals, rates, links and comparisons no figure draws one.
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
        let said = "Small base, one answer moves a percent by several points: Students n = 12 to 14, \
                    Residents n = 12 to 14.";
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
