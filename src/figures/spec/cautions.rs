//! What must be known beside the numbers of a figure, said once for each group.

use std::collections::BTreeMap;

use crate::figures::font::shorten;
use crate::findings::{Caution, Finding, Outline};
use crate::numbers::NumberStyle;

/// One line for each caution of each group; numbers that differ between findings become a range.
///
/// Cautions about intervals and rates stay with the tables: no figure of this module draws one.
pub(crate) fn caution_notes<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    outline: &Outline,
    style: NumberStyle,
) -> Vec<String> {
    let mut met: BTreeMap<(usize, Told), (u64, u64)> = BTreeMap::new();
    for finding in findings {
        let group = outline.groups.iter().position(|group| group.id == finding.group).unwrap_or(usize::MAX);
        for (told, number) in finding.cautions.iter().filter_map(told) {
            let range = met.entry((group, told)).or_insert((number, number));
            *range = (range.0.min(number), range.1.max(number));
        }
    }
    let mut notes = Vec::new();
    for ((group, told), (least, most)) in met {
        let numbers = if least == most {
            style.count(least)
        } else {
            format!("{} to {}", style.count(least), style.count(most))
        };
        let text = match told {
            Told::SmallBase => {
                format!("small base, n = {numbers}: one answer moves a percent by several points")
            }
            Told::UnexplainedBlanks => format!("{numbers} blank on an item, reason not in the file"),
            Told::Unreadable => format!("{numbers} could not be read as an answer"),
            Told::IncompleteRankings if most == 1 => format!("{numbers} incomplete ranking"),
            Told::IncompleteRankings => format!("{numbers} incomplete rankings"),
            Told::Method(text) => text,
        };
        notes.push(match outline.groups.get(group) {
            Some(group) => format!("{}: {text}.", shorten(&group.label, 60)),
            None => format!("{text}."),
        });
    }
    notes
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
    fn a_caution_is_said_once_for_a_group_with_its_range() {
        let study = samples::likert(&samples::Battery { n: 14, ..samples::Battery::default() });
        let notes = caution_notes(study.findings.iter(), &study.outline, NumberStyle::Ama);
        let small: Vec<&String> = notes.iter().filter(|note| note.contains("small base")).collect();
        assert_eq!(small.len(), 1);
        assert!(small[0].starts_with("Students: small base, n = 12 to 14"), "{small:?}");
    }
}
