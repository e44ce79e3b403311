//! `inquiry = "order of preference"`: by which methods, and what a ranking that is not complete means.

use crate::codebook::Partial;
use crate::diag::codes;
use crate::study::document::Section;
use crate::study::names::{no_duplicates, one_of};

use super::{Inquiry, Known};

/// What an order of preference was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Preference {
    /// The methods, in the order named.
    pub methods: Vec<Preferred>,
    /// Shares of the first so many ranks together, if wanted.
    pub top: Option<u16>,
    /// Which rankings count, and what an item without a rank means.
    pub partial: Partial,
    /// Wins and losses of every item against one extra item, added to the Plackett-Luce model.
    pub pseudo: f64,
}

/// A way to sum rankings up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preferred {
    /// How often each item has each rank.
    Ranks,
    /// The mean rank, and the order by it.
    MeanRank,
    /// Borda scores.
    Borda,
    /// Preferences in pairs, and the item that a majority prefers to each other.
    Condorcet,
    /// Kendall's W with Friedman's test.
    KendallW,
    /// Each pair of items after Friedman's test.
    Conover,
    /// Worths of the Plackett-Luce model.
    PlackettLuce,
    /// The orders that disagree least with all rankings.
    Kemeny,
}

impl Preferred {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 8] = [
        ("ranks", Self::Ranks),
        ("mean-rank", Self::MeanRank),
        ("borda", Self::Borda),
        ("condorcet", Self::Condorcet),
        ("kendall-w", Self::KendallW),
        ("conover", Self::Conover),
        ("plackett-luce", Self::PlackettLuce),
        ("kemeny", Self::Kemeny),
    ];

    /// What is found where nothing is named.
    pub const DEFAULT: [Self; 4] = [Self::Ranks, Self::MeanRank, Self::Condorcet, Self::KendallW];
}

pub(super) fn read(_: &Known<'_>, section: &Section<'_>) -> Inquiry {
    let named = section.texts("methods");
    no_duplicates(section, "method", &named);
    let methods: Vec<Preferred> =
        named.iter().filter_map(|name| one_of(section, name, &Preferred::NAMES)).collect();
    let methods = if named.is_empty() { Preferred::DEFAULT.to_vec() } else { methods };
    let partial = section.text("partial").and_then(|partial| one_of(section, &partial, &Partial::NAMES));
    let top = section.count("top").and_then(|top| {
        let number = u16::try_from(top.value).ok().filter(|top| *top > 0);
        if number.is_none() {
            let message = "the first ranks are counted from 1";
            section.problem(codes::STUDY_BAD_VALUE, top.span.clone(), message);
        }
        number
    });
    let pseudo = section.decimal("pseudo").and_then(|pseudo| {
        let number = pseudo.value.parse::<f64>().ok().filter(|number| (0.0..=10.0).contains(number));
        if number.is_none() {
            let message = "pseudo-data weigh from 0 (none) to 10 rankings";
            section.problem(codes::STUDY_BAD_VALUE, pseudo.span.clone(), message);
        }
        number
    });
    Inquiry::OrderOfPreference(Preference {
        methods,
        top,
        partial: partial.unwrap_or_default(),
        pseudo: pseudo.unwrap_or(0.0),
    })
}
