//! What is asked of links: who answered on both sides, agreement of both sides, and concordance against chance.

use crate::diag::codes;
use crate::study::document::Section;
use crate::study::names::one_of;

use super::{Inquiry, Known};

/// What is asked of the answers of both sides of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The link.
    pub link: String,
    /// The fewest pairs for which more than counts is computed.
    pub least: u64,
    /// What becomes of people who are in several pairs.
    pub several: Several,
    /// Whether the answers of both sides are crossed.
    pub cross: bool,
    /// How many times pairs are drawn for the interval of Krippendorff's alpha.
    pub replicates: u64,
    /// The seed of the draws.
    pub seed: u64,
}

/// What is asked of the likeness of both sides of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concordance {
    /// The link.
    pub link: String,
    /// The fewest pairs for which chance is computed.
    pub least: u64,
    /// The seed of random pairings, where all of them are too many.
    pub seed: u64,
}

/// What becomes of people who are in several linked pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// Every pair counts, though pairs of one person are not independent.
    All,
    /// Pairs that share a person are left out.
    LeaveOut,
    /// Pairs that share people count once, with the mean of their differences.
    Mean,
}

impl Several {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("all", Self::All), ("leave-out", Self::LeaveOut), ("mean", Self::Mean)];
}

/// A comparison within the pairs of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    /// The link.
    pub link: String,
    /// What becomes of people who are in several pairs, if the study says it; tests are withheld where it does not.
    pub several: Option<Several>,
}

/// The fewest pairs for a coefficient or for chance, where a study says nothing.
const LEAST: u64 = 10;
/// How many resamples, where a study says nothing.
const REPLICATES: u64 = 9_999;
/// The fewest that a study may ask for.
const FEWEST_REPLICATES: u64 = 999;
/// The seed, where a study says none.
const SEED: u64 = 1;

/// Reads who answered on both sides.
pub(super) fn pairs(known: &Known<'_>, section: &Section<'_>) -> Option<Inquiry> {
    Some(Inquiry::Pairs { link: link(known, section)? })
}

/// Reads agreement.
pub(super) fn agreement(known: &Known<'_>, section: &Section<'_>) -> Option<Inquiry> {
    let link = link(known, section);
    let several = section.text("several").and_then(|name| {
        let several = one_of(section, &name, &Several::NAMES)?;
        if several == Several::Mean {
            let message = "answers that agree or differ have no mean";
            let help = "several = \"all\" or \"leave-out\"";
            section.problem_with_help(codes::STUDY_BAD_VALUE, name.span, message, help);
        }
        Some(several)
    });
    let least = section.count("least").map_or(LEAST, |least| least.value);
    let cross = section.flag("cross").is_some_and(|cross| cross.value);
    let replicates = section.count("replicates").map_or(REPLICATES, |replicates| {
        if replicates.value < FEWEST_REPLICATES {
            let message = format!("fewer than {FEWEST_REPLICATES} resamples say little about an interval");
            section.problem(codes::STUDY_BAD_VALUE, replicates.span, message);
        }
        replicates.value
    });
    let seed = section.count("seed").map_or(SEED, |seed| seed.value);
    let several = several.unwrap_or(Several::All);
    Some(Inquiry::Agreement(Agreement { link: link?, least, several, cross, replicates, seed }))
}

/// Reads concordance.
pub(super) fn concordance(known: &Known<'_>, section: &Section<'_>) -> Option<Inquiry> {
    let link = link(known, section);
    let least = section.count("least").map_or(LEAST, |least| least.value);
    let seed = section.count("seed").map_or(SEED, |seed| seed.value);
    Some(Inquiry::Concordance(Concordance { link: link?, least, seed }))
}

/// How the sides of a comparison belong together, as a study says it.
pub(super) enum Design {
    /// Different people on every side.
    Independent,
    /// Pairs of a link.
    Paired(Paired),
}

/// Reads the design of a comparison; `None` where what is said cannot be.
pub(super) fn design(known: &Known<'_>, section: &Section<'_>) -> Option<Design> {
    let designs = [("independent", false), ("paired", true)];
    let design = match section.text("design") {
        Some(design) => one_of(section, &design, &designs)?,
        None => false,
    };
    if !design {
        return Some(Design::Independent);
    }
    for key in ["by", "ordered", "pairwise", "defaults"] {
        if let Some(place) = section.place_of(key) {
            let message = format!("\"{key}\" says nothing of pairs");
            section.problem_with_help(
                codes::STUDY_BAD_VALUE,
                place,
                message,
                "leave it out, or leave design out",
            );
        }
    }
    let link = link(known, section);
    let several = section.text("several").and_then(|several| one_of(section, &several, &Several::NAMES));
    Some(Design::Paired(Paired { link: link?, several }))
}

/// The link that an inquiry names; the only one where it names none.
pub(super) fn link(known: &Known<'_>, section: &Section<'_>) -> Option<String> {
    let links: Vec<&str> = known.links.iter().map(|link| link.id.as_str()).collect();
    if let Some(name) = section.text("link") {
        if links.contains(&name.value.as_str()) {
            return Some(name.value);
        }
        section.unknown_name("link", &name, &links);
        return None;
    }
    if let [only] = links.as_slice() {
        return Some((*only).to_owned());
    }
    let message = "nothing says of which link it is asked";
    let help = if links.is_empty() {
        "declare one: [links.NAME] with between = [\"one group\", \"the other\"]".to_owned()
    } else {
        format!("add link = \"...\": {}", links.join(", "))
    };
    section.problem_with_help(codes::STUDY_MISSING_KEY, section.span.clone(), message, help);
    None
}
