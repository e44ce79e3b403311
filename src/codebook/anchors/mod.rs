//! Recognising an ordered scale from its labels.
//!
//! The order comes from what the labels say: from published lists of anchors, else from the words themselves, else from
//! numbers written in the labels. It never comes from codes, from frequencies or from the alphabet. Where two orders
//! are possible nothing is chosen, and it is said why.

mod doubt;
mod label;
mod lists;
mod matching;
mod numbered;
mod outside;
mod spelling;
#[cfg(test)]
mod tests;
mod words;

pub use outside::{is_none_of_these, off_scale};

use doubt::Settled;
use label::Label;
use matching::Listed;
use outside::Middle;
use words::Said;

use super::Missing;

/// What the order of the labels that are given means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// It is the order of a definition, which settles what words leave open. The labels are all there are.
    Defined,
    /// It means nothing: these are the labels that somebody chose.
    Seen,
}

/// What labels are recognised as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognition {
    /// An ordered scale.
    Scale(Recognised),
    /// Something like a scale whose order is not certain.
    Refused {
        /// Why not, as a sentence without its full stop.
        why: String,
    },
    /// No scale that is known.
    Unknown,
}

/// A recognised scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// What it is of: agreement, frequency and so on; "degree" if that is not said.
    pub family: &'static str,
    /// How the order is known.
    pub basis: Basis,
    /// The levels from low to high.
    pub levels: Vec<Level>,
    /// Labels, by position, that are no point of the scale, and why.
    pub outside: Vec<(usize, Missing)>,
}

/// A level of a recognised scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The label as it was given first; of a level that no label gave, the list's own.
    pub label: String,
    /// The labels that mean it, by position. None for a level that the scale has and no label gave.
    pub given: Vec<usize>,
}

/// How the order of a recognised scale is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The labels are anchors of a published list.
    Anchors,
    /// The words say from which end and how strongly.
    Words,
    /// The definition's order, where words are known that scales order differently.
    Definition,
    /// Numbers written in the labels.
    Numbers,
}

impl Basis {
    /// In words, for a report.
    pub fn words(self) -> &'static str {
        match self {
            Self::Anchors => "the labels are anchors of a known scale",
            Self::Words => "from the words of the labels",
            Self::Definition => "in the order of the definition",
            Self::Numbers => "from the numbers in the labels",
        }
    }
}

impl Recognised {
    /// The positions of the labels from low to high, without those outside.
    pub fn order(&self) -> Vec<usize> {
        self.levels.iter().flat_map(|level| level.given.iter().copied()).collect()
    }

    /// Levels that the scale has and no label gave.
    pub fn unused(&self) -> Vec<&str> {
        self.levels.iter().filter(|level| level.given.is_empty()).map(|level| level.label.as_str()).collect()
    }

    /// Whether the labels were given from the high end to the low one.
    pub fn runs_down(&self) -> bool {
        let order = self.order();
        order.len() > 1 && order.windows(2).all(|pair| pair[0] > pair[1])
    }
}

/// Recognises an ordered scale from labels.
pub fn recognise(labels: &[&str], listing: Listing) -> Recognition {
    let read: Vec<Label> = labels.iter().map(|label| Label::of(label)).collect();
    let found = split(&read, listing).and_then(|(on, outside)| {
        let blank = on.iter().any(|at| read[*at].whole.is_empty());
        let levels =
            if blank { numbered::between(&read, &on, listing) } else { levels(&read, &on, listing) }?;
        Ok((levels, outside))
    });
    match found {
        Ok((Ordered { family, basis, levels }, mut outside)) => {
            outside.sort_unstable();
            let named = |(label, given): (String, Vec<usize>)| Level {
                label: given.first().map_or(label, |first| labels[*first].trim().to_owned()),
                given,
            };
            Recognition::Scale(Recognised {
                family,
                basis,
                levels: levels.into_iter().map(named).collect(),
                outside,
            })
        }
        Err(None) => Recognition::Unknown,
        Err(Some(why)) => Recognition::Refused { why },
    }
}

/// No scale in words has more levels.
const MOST_LEVELS: usize = 15;

/// Of labels that were seen, a list with more levels than these besides says nothing about which of them were asked.
const MOST_SPARE: usize = 2;

/// An order, with a name and the labels of each level.
struct Ordered {
    family: &'static str,
    basis: Basis,
    levels: Vec<(String, Vec<usize>)>,
}

/// Why there is no order; nothing if the labels look like no scale.
type NoOrder = Option<String>;

/// The labels on the scale, and those beside it.
type Split = (Vec<usize>, Vec<(usize, Missing)>);

/// Tells labels on the scale from those beside it, and decides what may be its middle or no answer.
fn split(read: &[Label], listing: Listing) -> Result<Split, NoOrder> {
    let middles: Vec<Option<Middle>> = read.iter().map(|label| outside::middle(label.words())).collect();
    let mut on = Vec::new();
    let mut outside = Vec::new();
    let mut open = Vec::new();
    let has_middle = middles.contains(&Some(Middle::Sure));
    for (at, label) in read.iter().enumerate() {
        match (middles[at], outside::beside_a_scale(label)) {
            (Some(Middle::Perhaps | Middle::UnlessAnother), _) => open.push(at),
            (_, Some(reason)) => outside.push((at, reason)),
            _ => on.push(at),
        }
    }
    let chosen = if has_middle { Ok(None) } else { middle_of(read, &middles, &on, &open, listing) };
    let left_out = |at: usize| (at, outside::off_scale_label(&read[at]).unwrap_or(Missing::DontKnow));
    let middle = chosen?;
    outside.extend(open.into_iter().filter(|at| Some(*at) != middle).map(left_out));
    on.extend(middle);
    on.sort_unstable();
    Ok((on, outside))
}

/// Which of the labels that may be the middle or no answer is the middle, if one is.
fn middle_of(
    read: &[Label],
    middles: &[Option<Middle>],
    on: &[usize],
    open: &[usize],
    listing: Listing,
) -> Result<Option<usize>, NoOrder> {
    let fits = |at: usize| {
        let mut with: Vec<usize> = on.iter().copied().chain([at]).collect();
        with.sort_unstable();
        levels(read, &with, listing).is_ok()
    };
    // Beside one-sided scales no middle can stand.
    let possible: Vec<usize> = open.iter().copied().filter(|at| fits(*at)).collect();
    let unless_another: Vec<usize> =
        possible.iter().copied().filter(|at| middles[*at] == Some(Middle::UnlessAnother)).collect();
    let unsure = |at: usize| Err(Some(format!("\"{}\" may be the middle or no answer", read[at].words())));
    match listing {
        Listing::Seen => match (unless_another.as_slice(), possible.as_slice()) {
            ([only], _) => Ok(Some(*only)),
            ([], []) => Ok(None),
            // "Don't know" is a middle only where a definition puts it there.
            ([], all) => match all.iter().find(|at| !read[**at].words().contains("know")) {
                Some(at) => unsure(*at),
                None => Ok(None),
            },
            ([first, ..], _) => unsure(*first),
        },
        Listing::Defined => {
            let centre = possible.iter().copied().find(|at| {
                let below = on.iter().filter(|other| *other < at).count();
                below * 2 == on.len()
            });
            let inside = |at: &&usize| on.iter().any(|o| o < *at) && on.iter().any(|o| o > *at);
            match (centre, possible.iter().find(inside)) {
                (Some(at), _) => Ok(Some(at)),
                (None, Some(at)) => unsure(*at),
                (None, None) => Ok(None),
            }
        }
    }
}

/// The order of the labels at these positions.
fn levels(read: &[Label], on: &[usize], listing: Listing) -> Result<Ordered, NoOrder> {
    if on.len() < 2 {
        return Err(None);
    }
    let codes: Option<Vec<i32>> =
        on.iter().map(|at| read[*at].coded.as_ref().map(|(code, _)| *code)).collect();
    let codes = codes.filter(|codes| apart(codes));
    if let Some(codes) = &codes
        && on.iter().any(|at| read[*at].words().is_empty())
    {
        return numbered::among(read, on, codes, listing);
    }
    let letters: Option<Vec<char>> =
        on.iter().map(|at| read[*at].lettered.as_ref().map(|(letter, _)| *letter)).collect();
    let is_lettered = letters.is_some_and(|letters| apart(&letters));
    let text = |at: &usize| match (&codes, &read[*at].lettered) {
        (Some(_), _) => read[*at].words(),
        (None, Some((_, words))) if is_lettered => words,
        _ => read[*at].whole.as_str(),
    };
    let texts: Vec<&str> = on.iter().map(text).collect();
    match (by_words(&texts, on, listing), codes) {
        (Err(None), Some(codes)) => Ok(numbered::alone(on, &codes)),
        (found, _) => found,
    }
}

fn apart<T: PartialEq>(values: &[T]) -> bool {
    values.iter().enumerate().all(|(i, value)| !values[..i].contains(value))
}

/// The order of texts by lists and words, over spellings that mean the same.
fn by_words(texts: &[&str], on: &[usize], listing: Listing) -> Result<Ordered, NoOrder> {
    let folded: Vec<String> = texts.iter().map(|text| spelling::fold_spelling(text)).collect();
    // One label twice: two spellings of what was chosen, or a mistake of the definition.
    let mut distinct: Vec<&str> = Vec::new();
    let mut spelt: Vec<Vec<usize>> = Vec::new();
    for (text, at) in folded.iter().zip(on) {
        match distinct.iter().position(|other| other == text) {
            Some(_) if listing == Listing::Defined => {
                return Err(Some(format!("two choices are called \"{text}\"")));
            }
            Some(same) => spelt[same].push(*at),
            None => {
                distinct.push(text);
                spelt.push(vec![*at]);
            }
        }
    }
    if !(2..=MOST_LEVELS).contains(&distinct.len()) {
        return Err(None);
    }
    let without_notes: Vec<&str> = distinct.iter().map(|text| label::note(text).0).collect();
    let mut readings = vec![distinct.clone()];
    if without_notes != distinct {
        readings.push(without_notes.clone());
    }
    let corrected = spelling::corrected(&without_notes);
    if let Some(corrected) = &corrected {
        readings.push(corrected.iter().map(String::as_str).collect());
    }
    let mut why = None;
    for reading in readings.iter().filter(|reading| apart(reading)) {
        match one_reading(reading, &spelt, listing) {
            Ok(ordered) => return Ok(ordered),
            Err(reason) => why = reason.or(why),
        }
    }
    Err(why)
}

fn one_reading(texts: &[&str], spelt: &[Vec<usize>], listing: Listing) -> Result<Ordered, NoOrder> {
    let (family, mut basis, mut names, mut at) = match matching::look_up(texts) {
        Listed::Once(found) => (found.family, Basis::Anchors, found.levels, found.at),
        Listed::Disputed => {
            return Err(Some("known scales have these labels in different orders".to_owned()));
        }
        Listed::Nowhere => match words::order(texts) {
            Said::Order(family, at) => (family, Basis::Words, Vec::new(), at),
            Said::Refused(why) => return Err(Some(why)),
            Said::Nothing => return Err(None),
        },
    };
    match doubt::settle(texts, &at, listing == Listing::Defined) {
        Settled::Stands => {}
        Settled::ByDefinition(order) => {
            names = Vec::new();
            basis = Basis::Definition;
            at = (0..texts.len())
                .map(|text| order.iter().position(|own| *own == text).unwrap_or(text))
                .collect();
        }
        Settled::Open(one, other) => {
            let (one, other) = (texts[one], texts[other]);
            return Err(Some(format!("scales differ in which of \"{one}\" and \"{other}\" is the higher")));
        }
    }
    let count = at.iter().max().map_or(0, |last| last + 1).max(names.len());
    let mut levels: Vec<(String, Vec<usize>)> =
        names.into_iter().map(|name| (capitalised(&name), Vec::new())).collect();
    levels.resize(count, (String::new(), Vec::new()));
    for (level, spellings) in at.iter().zip(spelt) {
        levels[*level].1.extend(spellings);
    }
    let given = levels.iter().filter(|(_, given)| !given.is_empty()).count();
    // A definition has all its levels; of labels that were seen, too few say nothing about the rest.
    let spare = levels.len() - given;
    if listing == Listing::Defined || spare > MOST_SPARE || given <= spare || given < 3 {
        levels.retain(|(_, given)| !given.is_empty());
    }
    levels.retain(|(name, given)| !given.is_empty() || !name.is_empty());
    Ok(Ordered { family, basis, levels })
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
