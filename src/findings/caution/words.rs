//! Cautions in words.

use std::fmt;

use super::Caution;

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SmallBase { base } => write!(f, "small base: n = {base}"),
            Self::NoSampling => f.write_str(
                "everybody in the frame was invited: the interval describes a hypothetical larger population like \
                 this one, not sampling error",
            ),
            Self::TakenAsRandom => f.write_str(
                "the interval takes these people as a simple random sample of a larger population; how they were drawn, \
                 weights and clusters are not in it",
            ),
            Self::UnexplainedBlanks { count } => write!(f, "{count} blank, reason not in the file"),
            Self::Unreadable { count } => write!(f, "{count} could not be read as an answer"),
            Self::Method(text) => f.write_str(text),
            Self::IncompleteRankings { .. }
            | Self::OnlyRanked { .. }
            | Self::IncompleteLeftOut { .. }
            | Self::NotAdditive
            | Self::NetNotOffered { .. }
            | Self::NotUnique { .. } => self.of_rankings(f),
            Self::SharedPeople { .. }
            | Self::SharedLeftOut { .. }
            | Self::SharedTogether { .. }
            | Self::NotLinked { .. }
            | Self::NotInBothWaves { .. }
            | Self::KeysAlmostEqual { .. } => self.of_links(f),
            Self::TestByRule { .. }
            | Self::TestDeclared
            | Self::SidesLeftOut { .. }
            | Self::OnNoSide { .. }
            | Self::LinkedSides { .. }
            | Self::Multiplicity { .. }
            | Self::CannotReach
            | Self::FamilyCannotReach
            | Self::DiffersBecause { .. } => self.of_comparisons(f),
            Self::EligibleShare { .. }
            | Self::CutPoints { .. }
            | Self::CompletionBy { .. }
            | Self::PlatformRate { .. }
            | Self::RandomSample { .. }
            | Self::NoFiniteCorrection { .. }
            | Self::TakenAsAnswered
            | Self::PartOfFrame
            | Self::OptIn
            | Self::Unjudged { .. } => self.of_people(f),
        }
    }
}

impl Caution {
    /// Of rankings and choices.
    fn of_rankings(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IncompleteRankings { count } => {
                let rankings = if *count == 1 { "ranking is" } else { "rankings are" };
                write!(
                    f,
                    "{count} {rankings} incomplete: items left unranked share the mean of the ranks not given"
                )
            }
            Self::OnlyRanked { count } => {
                let rankings = if *count == 1 { "ranking is" } else { "rankings are" };
                write!(f, "{count} {rankings} incomplete and say nothing of the items left unranked")
            }
            Self::IncompleteLeftOut { count } => {
                let rankings = if *count == 1 { "ranking" } else { "rankings" };
                write!(f, "{count} incomplete {rankings} left out")
            }
            Self::NotAdditive => {
                f.write_str("one person may have ticked several: shares of nets do not add up")
            }
            Self::NetNotOffered { count } => {
                let choices = if *count == 1 { "choice of the net was" } else { "choices of the net were" };
                write!(f, "{count} {choices} not offered to this group")
            }
            Self::NotUnique { orders } => write!(f, "one of {orders} orders that disagree equally little"),
            // Every other is written where it is told apart.
            _ => Ok(()),
        }
    }

    /// Of pairs and waves.
    fn of_links(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SharedPeople { pairs } => write!(
                f,
                "{pairs} of the pairs share a person with another, and are taken as if they were independent"
            ),
            Self::SharedLeftOut { pairs } => {
                let pairs = if *pairs == 1 { "1 pair is".to_owned() } else { format!("{pairs} pairs are") };
                write!(f, "{pairs} left out: somebody is in several of them")
            }
            Self::SharedTogether { pairs } => {
                write!(
                    f,
                    "{pairs} of the pairs share people: those that do count once, with the mean of each side"
                )
            }
            Self::NotLinked { pairs, of } => {
                let are = if *pairs == 1 { "is" } else { "are" };
                write!(f, "{pairs} of {of} pairs {are} not in it: one side or both did not answer")
            }
            Self::NotInBothWaves { people, of, without_key } => {
                write!(f, "{people} of {of} people known by a key cannot be found in both waves")?;
                match without_key {
                    0 => Ok(()),
                    1 => f.write_str(", and 1 response has no key"),
                    more => write!(f, ", and {more} responses have no key"),
                }
            }
            Self::KeysAlmostEqual { count } => {
                let keys = if *count == 1 { "1 key differs" } else { &format!("{count} keys differ") };
                write!(
                    f,
                    "{keys} from one of the other side in case or spaces alone and are not linked; fold = true would"
                )
            }
            // Every other is written where it is told apart.
            _ => Ok(()),
        }
    }

    /// Of comparisons.
    fn of_comparisons(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TestByRule { situation } => write!(f, "test by rule.comparison: {situation}"),
            Self::TestDeclared => f.write_str("the study file names the test; rule.comparison did not choose it"),
            Self::SidesLeftOut { least, sides } => {
                let sides: Vec<String> = sides.iter().map(|(side, n)| format!("{side} ({n})")).collect();
                write!(f, "left out, with fewer than {least} people: {}", sides.join(", "))
            }
            Self::OnNoSide { count } => {
                let people = if *count == 1 { "person gave" } else { "people gave" };
                write!(f, "{count} {people} no answer to the question that makes the sides")
            }
            Self::LinkedSides { pairs, link } => {
                let pairs = if *pairs == 1 {
                    "1 pair of people of these sides is".to_owned()
                } else {
                    format!("{pairs} pairs of people of these sides are")
                };
                write!(
                    f,
                    "{pairs} linked by {link} and are compared as if they were independent; design = \"paired\" compares \
                     within pairs"
                )
            }
            Self::Multiplicity { family, tests, adjusted } => {
                let how = adjusted.map_or("not adjusted for their number".to_owned(), |how| format!("adjusted together: {how}"));
                write!(f, "one of {tests} tests of the family {family}, {how}")
            }
            Self::CannotReach => f.write_str("cannot reach .05 with these numbers of people and these answers, however they had fallen on the sides"),
            Self::FamilyCannotReach => f.write_str(
                "cannot reach .05 once adjusted for its family with these numbers of people and these answers, however they had \
                 fallen on the sides",
            ),
            Self::DiffersBecause { why } => write!(f, "differs because of its default. {why}"),
            // Every other is written where it is told apart.
            _ => Ok(()),
        }
    }

    /// Of who was asked and who answered.
    fn of_people(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EligibleShare { count, known, unknown, share: (part, whole), basis } => {
                let share = if *whole == 1 { part.to_string() } else { format!("{part}/{whole}") };
                let plus = format!("{known} known to be eligible + {share} of {unknown} of unknown eligibility");
                write!(f, "{count} over {plus}; e = {share}: {basis}")
            }
            Self::CutPoints { complete, partial } => write!(
                f,
                "complete: at least {} of the items asked are answered; partial: at least {}; a break-off: fewer, but \
                 some",
                percent_of(*complete),
                percent_of(*partial)
            ),
            Self::CompletionBy { whom } => write!(f, "which responses are complete or partial is as {whom} say it"),
            Self::PlatformRate { what } => f.write_str(what),
            Self::RandomSample { frame } => write!(
                f,
                "a simple random sample of a frame of {frame}: the interval is about the people of that frame"
            ),
            Self::NoFiniteCorrection { frame } => write!(
                f,
                "a simple random sample of a frame of {frame}: the interval has no correction for a finite frame, so \
                 that it is too wide rather than too narrow"
            ),
            Self::TakenAsAnswered => {
                f.write_str("the interval takes those who did not answer as like those who did")
            }
            Self::PartOfFrame => f.write_str(
                "a simple random sample, but how many of its frame belong here is not known: the interval has no \
                 correction for a finite frame, and takes those who did not answer as like those who did",
            ),
            Self::OptIn => f.write_str(
                "people came of themselves and were not drawn: the interval takes them as a simple random sample, which \
                 they are not",
            ),
            Self::Unjudged { count, why } => {
                let rows = if *count == 1 { "row is" } else { "rows are" };
                write!(f, "{count} {rows} kept that the rule cannot judge: {why}")
            }
            // Every other is written where it is told apart.
            _ => Ok(()),
        }
    }
}

/// A ratio as a percent, with the decimals that it needs.
fn percent_of((numerator, denominator): (u64, u64)) -> String {
    let decimals = u8::from(!(numerator * 100).is_multiple_of(denominator.max(1)));
    crate::numbers::percent(numerator, denominator, decimals)
        .map_or_else(|| "n/a".to_owned(), |text| format!("{text} %"))
}
