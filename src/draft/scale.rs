//! Scales made of choices: from low to high where the labels say so, else as they stand and to be decided.

use std::fmt::Write as _;

use crate::codebook::anchors::{Basis, Listing, Recognised, Recognition, recognise};
use crate::codebook::{Choice, Missing};

use super::doubt::{Doubt, Told};
use super::toml;

/// A scale as it will stand in the study file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) name: String,
    points: Vec<String>,
    outside: Vec<(String, String)>,
    also: Vec<(String, String)>,
    comments: Vec<String>,
    pub(super) doubts: Vec<Doubt>,
}

/// What the labels of choices are.
pub(super) enum Found {
    /// A scale whose order is known.
    Known(Scale),
    /// Choices whose order is not known, in the order in which they stand, and why.
    Open(Scale),
    /// Too few choices for a scale.
    None,
}

/// The reasons that an answer outside a scale may have.
const REASONS: [Missing; 3] = [Missing::NotApplicable, Missing::DontKnow, Missing::Refused];

/// Looks for a scale in choices. Of choices that were only seen in cells `may_be_written` says which may stand in a
/// file; the labels of a known scale always may.
pub(super) fn find(choices: &[Choice], defined: bool, may_be_written: impl Fn(&str) -> bool) -> Found {
    let reason = |choice: &Choice| choice.outside.filter(|reason| REASONS.contains(reason));
    let on: Vec<&Choice> = choices.iter().filter(|choice| choice.outside.is_none()).collect();
    let labels: Vec<&str> = on.iter().map(|choice| choice.label.as_str()).collect();
    let mut outside: Vec<(String, String)> = Vec::new();
    for (choice, reason) in choices.iter().filter_map(|choice| Some((choice, reason(choice)?))) {
        add(&mut outside, &choice.label, reason.id());
    }
    let listing = if defined { Listing::Defined } else { Listing::Seen };
    let why = match recognise(&labels, listing) {
        Recognition::Scale(found) => return known(&found, &labels, outside, defined),
        Recognition::Refused { why } => why,
        Recognition::Unknown => "no known scale has these labels".to_owned(),
    };
    let mut points: Vec<String> = Vec::new();
    for label in labels.iter().filter(|label| defined || may_be_written(label)) {
        if !points.iter().any(|point| point == label) {
            points.push((*label).to_owned());
        }
    }
    if points.len() < 2 {
        return Found::None;
    }
    let numbers = points.iter().all(|point| point.trim().parse::<f64>().is_ok());
    let stand = match (defined, numbers) {
        (true, _) => "as the definition lists them",
        (_, true) => "as the numbers run",
        _ => "as they are sorted, which means nothing",
    };
    let doubt = Doubt {
        alone: format!(
            "the order of these points is not known ({why}); they stand {stand}: put them from low to high"
        ),
        together: "have points whose order is not known; they stand as the definition lists them, or sorted: put them from low to high",
    };
    let scale = Scale {
        name: String::new(),
        points,
        outside,
        also: Vec::new(),
        comments: Vec::new(),
        doubts: vec![doubt],
    };
    Found::Open(scale)
}

fn known(found: &Recognised, labels: &[&str], mut outside: Vec<(String, String)>, defined: bool) -> Found {
    let mut also: Vec<(String, String)> = Vec::new();
    for level in &found.levels {
        for label in level.given.iter().skip(1).filter_map(|at| labels.get(*at)) {
            if *label != level.label {
                add(&mut also, label, &level.label);
            }
        }
    }
    for (label, reason) in found.outside.iter().filter_map(|(at, reason)| Some((labels.get(*at)?, reason))) {
        let reason = if REASONS.contains(reason) { *reason } else { Missing::NotApplicable };
        add(&mut outside, label, reason.id());
    }
    let points: Vec<String> = found.levels.iter().map(|level| level.label.clone()).collect();
    let distinct = points.iter().enumerate().all(|(at, point)| !points[..at].contains(point));
    if points.len() < 2 || !distinct {
        return Found::None;
    }
    let mut comments = vec![match (found.basis, defined && found.runs_down()) {
        (basis, false) => format!("from low to high: {}", basis.words()),
        (Basis::Definition, true) => format!("from low to high: {}", Basis::Definition.words()),
        (basis, true) => {
            format!("from low to high: {}; the definition lists them the other way round", basis.words())
        }
    }];
    let mut doubts = Vec::new();
    let unused = found.unused();
    if !unused.is_empty() {
        doubts.push(Doubt {
            alone: format!("nobody chose {}, which such a scale has: kept as a point", unused.join(" or ")),
            together: "have points that nobody chose, because such scales have them",
        });
    } else if !defined {
        comments.push("inferred from the answers; a point that nobody chose may be missing".to_owned());
    }
    Found::Known(Scale { name: found.family.to_owned(), points, outside, also, comments, doubts })
}

fn add(pairs: &mut Vec<(String, String)>, label: &str, value: &str) {
    if !pairs.iter().any(|(known, _)| known == label) {
        pairs.push((label.to_owned(), value.to_owned()));
    }
}

impl Scale {
    /// Whether its order is known.
    pub(super) fn is_known(&self) -> bool {
        !self.name.is_empty()
    }

    /// How many points.
    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// What makes two scales one: the same points in the same order.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.points == other.points && self.doubts == other.doubts
    }

    /// Takes over what another of the same points has beside them.
    fn join(&mut self, other: Self) {
        for (label, value) in other.outside {
            add(&mut self.outside, &label, &value);
        }
        for (label, value) in other.also {
            add(&mut self.also, &label, &value);
        }
    }

    /// The scale as it stands in the study file.
    pub(super) fn written(&self, told: &Told) -> String {
        let mut text = String::new();
        self.comments.iter().for_each(|comment| text.push_str(&toml::comment(comment)));
        self.doubts.iter().for_each(|doubt| text.push_str(&told.written(doubt)));
        let _ = writeln!(text, "[scales.{}]", toml::key(&self.name));
        text.push_str(&toml::list("points", &self.points));
        if !self.outside.is_empty() {
            text.push_str(&toml::pairs("outside", &self.outside));
        }
        if !self.also.is_empty() {
            text.push_str(&toml::pairs("also", &self.also));
        }
        if self.points.len() > 3 {
            text.push_str("# How many of the highest points make the top box.\ntop = 2\n");
        }
        text
    }
}

/// The scales of a study, each once.
#[derive(Debug, Default)]
pub(super) struct Scales {
    pub(super) all: Vec<Scale>,
    names: super::names::Names,
}

impl Scales {
    /// The name of a scale: of one that has the same points already, else its own or that of its question.
    pub(super) fn share(&mut self, mut scale: Scale, question: &str) -> String {
        if let Some(same) = self.all.iter_mut().find(|same| same.is_of(&scale)) {
            same.join(scale);
            return same.name.clone();
        }
        let wanted = if scale.name.is_empty() { question } else { &scale.name };
        scale.name = self.names.give(wanted, "scale");
        self.all.push(scale);
        self.all.last().map(|scale| scale.name.clone()).unwrap_or_default()
    }
}
