//! The published lists that hold a set of labels, and the order that they give it.

use super::lists::degree::Levels;
use super::lists::{bipolar, degree, fixed, frequency, quality};
use super::outside::middle;

/// A list that holds every label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    /// What the scale is of.
    pub(super) family: &'static str,
    /// The names of the list's levels, low to high.
    pub(super) levels: Vec<String>,
    /// For each label its level.
    pub(super) at: Vec<usize>,
}

impl Match {
    /// How many levels no label has.
    fn spare(&self) -> usize {
        let used: std::collections::BTreeSet<usize> = self.at.iter().copied().collect();
        self.levels.len() - used.len()
    }

    /// The labels' places among each other.
    fn ranks(&self) -> Vec<usize> {
        let mut used = self.at.clone();
        used.sort_unstable();
        used.dedup();
        self.at.iter().filter_map(|level| used.binary_search(level).ok()).collect()
    }
}

/// What the lists say about a set of labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Listed {
    /// Every list that holds them has them in one order; the list with the fewest further levels.
    Once(Match),
    /// Lists have them in different orders.
    Disputed,
    /// No list holds them.
    Nowhere,
}

/// Looks a set of labels up in every list.
pub(super) fn look_up(texts: &[&str]) -> Listed {
    let mut matches = fixed_lists(texts);
    matches.extend(bipolar_lists(texts));
    matches.extend(degree_lists(texts));
    let Some(first) = matches.first() else { return Listed::Nowhere };
    if matches.iter().any(|other| other.ranks() != first.ranks()) {
        return Listed::Disputed;
    }
    matches.into_iter().min_by_key(Match::spare).map_or(Listed::Nowhere, Listed::Once)
}

/// The level of a list that a text spells.
fn level_of(levels: &[&str], text: &str) -> Option<usize> {
    levels.iter().position(|level| level.split('|').any(|spelling| spelling == text))
}

fn shown(level: &str) -> &str {
    level.split('|').next().unwrap_or(level)
}

/// Whether no two labels share a level, except the names of a middle.
fn apart(texts: &[&str], at: &[usize]) -> bool {
    at.iter().enumerate().all(|(i, level)| {
        at[..i].iter().zip(texts).all(|(other, text)| {
            other != level
                || (middle(text).is_some() && texts.get(i).is_some_and(|text| middle(text).is_some()))
        })
    })
}

fn fixed_lists(texts: &[&str]) -> Vec<Match> {
    let families: [(&'static str, &[Levels]); 9] = [
        ("frequency", frequency::FREQUENCIES),
        ("quality", quality::EVALUATIONS),
        ("comparison", quality::COMPARISONS),
        ("likelihood", fixed::INTENTIONS),
        ("amount", fixed::AMOUNTS),
        ("extent", fixed::EXTENTS),
        ("truth", fixed::TRUTHS),
        ("level", fixed::LEVELS),
        ("importance", fixed::IMPORTANCES),
    ];
    let mut matches = Vec::new();
    for (family, lists) in families {
        for levels in lists {
            let place = |text: &&str| {
                level_of(levels, text).or_else(|| middle(text).and_then(|_| level_of(levels, "neutral")))
            };
            let Some(at) = texts.iter().map(place).collect::<Option<Vec<usize>>>() else { continue };
            if apart(texts, &at) {
                matches.push(Match {
                    family,
                    levels: levels.iter().map(|level| shown(level).to_owned()).collect(),
                    at,
                });
            }
        }
    }
    matches
}

/// Where a text stands on a scale with two ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Side {
    /// At the low end, with these words beside.
    Low(String),
    /// In the middle.
    Middle,
    /// At the high end, with these words beside.
    High(String),
}

/// Where a text stands between two opposites; `None` if it names neither, or both.
pub(super) fn side(text: &str, poles: &bipolar::Poles) -> Option<Side> {
    if middle(text).is_some() {
        return Some(Side::Middle);
    }
    let beside = |words: &[&str]| {
        let mut longest: Vec<&&str> = words.iter().collect();
        longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
        longest.into_iter().find_map(|word| without(text, word))
    };
    match (beside(poles.low), beside(poles.high)) {
        (Some(rest), None) => Some(Side::Low(rest)),
        (None, Some(rest)) => Some(Side::High(rest)),
        _ => None,
    }
}

/// A text without a run of whole words; `None` if it does not hold them.
pub(super) fn without(text: &str, run: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let run: Vec<&str> = run.split(' ').collect();
    let at = words.windows(run.len()).position(|window| window == run)?;
    Some([&words[..at], &words[at + run.len()..]].concat().join(" "))
}

fn bipolar_lists(texts: &[&str]) -> Vec<Match> {
    let mut matches = Vec::new();
    for poles in bipolar::POLES {
        let Some(sides) = texts.iter().map(|text| side(text, poles)).collect::<Option<Vec<Side>>>() else {
            continue;
        };
        if sides.iter().all(|side| *side == Side::Middle) {
            continue;
        }
        let has_middle = sides.contains(&Side::Middle);
        for half in bipolar::HALVES {
            let last = 2 * half.len() - usize::from(!has_middle);
            let place = |side: &Side| match side {
                Side::Low(beside) => level_of(half, beside),
                Side::Middle => Some(half.len()),
                Side::High(beside) => level_of(half, beside).map(|place| last - place),
            };
            let Some(at) = sides.iter().map(place).collect::<Option<Vec<usize>>>() else { continue };
            if apart(texts, &at) {
                matches.push(Match {
                    family: poles.family,
                    levels: mirrored(half, poles, texts, has_middle),
                    at,
                });
            }
        }
    }
    matches
}

/// The names of the levels of a half and its mirror image.
fn mirrored(half: &[&str], poles: &bipolar::Poles, texts: &[&str], has_middle: bool) -> Vec<String> {
    let used = |words: &'static [&'static str]| {
        let is_used = |word: &&&str| texts.iter().any(|text| without(text, word).is_some());
        words.iter().find(is_used).or(words.first()).copied().unwrap_or_default()
    };
    let (low, high) = (used(poles.low), used(poles.high));
    let named = |level: &&str, pole: &str| match shown(level) {
        "" => pole.to_owned(),
        beside => format!("{beside} {pole}"),
    };
    let mut levels: Vec<String> = half.iter().map(|level| named(level, low)).collect();
    if has_middle {
        levels.push(format!("neither {high} nor {low}"));
    }
    levels.extend(half.iter().rev().map(|level| named(level, high)));
    levels
}

/// Words that labels may share for the thing of which they say how much, and none.
pub(super) fn things(texts: &[&str]) -> Vec<String> {
    let mut things = vec![String::new()];
    for text in texts {
        let words: Vec<&str> = text.split(' ').collect();
        for from in words.len().saturating_sub(3)..words.len() {
            let thing = words[from..].join(" ");
            let shared = texts.iter().filter(|text| without(text, &thing).is_some()).count();
            if shared > 1 && shared * 2 >= texts.len() && !things.contains(&thing) {
                things.push(thing);
            }
        }
    }
    things
}

/// The texts without the word for the thing; `%` where nothing is left.
pub(super) fn beside(texts: &[&str], thing: &str) -> Vec<String> {
    let rest = |text: &&str| {
        let rest = if thing.is_empty() { None } else { without(text, thing) };
        match rest {
            Some(rest) if rest.is_empty() => "%".to_owned(),
            Some(rest) => rest,
            None => (*text).to_owned(),
        }
    };
    texts.iter().map(rest).collect()
}

/// What a scale of a thing is of.
pub(super) fn family_of(thing: &str) -> &'static str {
    let known = degree::THINGS.iter().find(|(word, _)| *word == thing).map(|(_, family)| *family);
    let pole =
        || bipolar::POLES.iter().find(|poles| poles.low.contains(&thing) || poles.high.contains(&thing));
    known.or_else(|| pole().map(|poles| poles.family)).unwrap_or("degree")
}

fn degree_lists(texts: &[&str]) -> Vec<Match> {
    let mut matches = Vec::new();
    for thing in things(texts) {
        let rests = beside(texts, &thing);
        for levels in degree::DEGREES {
            let Some(at) = rests.iter().map(|rest| level_of(levels, rest)).collect::<Option<Vec<usize>>>()
            else {
                continue;
            };
            if apart(texts, &at) {
                let named = |level: &&str| match shown(level) {
                    "%" => thing.clone(),
                    beside => format!("{beside} {thing}").trim_end().to_owned(),
                };
                matches.push(Match {
                    family: family_of(&thing),
                    levels: levels.iter().map(named).collect(),
                    at,
                });
            }
        }
    }
    matches
}
