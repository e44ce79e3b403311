//! How a group was drawn and reached: what a rate needs to be told that no export says.

use std::collections::BTreeMap;

use crate::codebook::Disposition;
use crate::diag::codes;

use super::document::{Section, Spanned};
use super::model::Threshold;
use super::names::one_of;

/// How a group was drawn and reached, as the study file declares it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fielding {
    /// How the people were drawn.
    pub sample: Option<Sample>,
    /// What share of the cases of unknown eligibility is taken to be eligible.
    pub eligible: Option<Eligible>,
    /// What became of everybody, where there is no list of them.
    pub counts: Option<BTreeMap<Disposition, u64>>,
    /// How many visited an open survey.
    pub visits: Option<Visits>,
}

/// How the people of a group were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// Everybody was invited.
    Census,
    /// A simple random sample was invited.
    Random {
        /// Of how many it was drawn, if that is known.
        frame: Option<u64>,
    },
    /// People came of themselves.
    OptIn,
}

/// What share of the cases of unknown eligibility is taken to be eligible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eligible {
    /// All: the roster proves it.
    Roster,
    /// As many as among the cases of known eligibility.
    Estimated,
    /// A share, with what it rests on.
    Share {
        /// The share.
        share: Threshold,
        /// What it rests on.
        basis: String,
    },
}

/// Unique visitors of an open survey, as the site counted them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visits {
    /// Of the site on which the survey stood.
    pub site: Option<u64>,
    /// Of the first page of the survey.
    pub survey: u64,
}

const SAMPLES: [(&str, Kind); 3] =
    [("census", Kind::Census), ("random", Kind::Random), ("opt-in", Kind::OptIn)];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Census,
    Random,
    OptIn,
}

/// Reads what a group's table says of it.
pub(super) fn fielding(section: &Section<'_>, has_roster: bool) -> Fielding {
    let fielding = Fielding {
        sample: sample(section),
        eligible: eligible(section),
        counts: section.section("counts").and_then(|counts| read_counts(&counts, has_roster)),
        visits: section.section("visits").and_then(|visits| read_visits(&visits)),
    };
    let place = |key| section.place_of(key).unwrap_or_else(|| section.span.clone());
    if fielding.eligible.is_some() && !has_roster && fielding.counts.is_none() {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            place("eligible"),
            "who of nobody known is eligible cannot be said",
            "a rate needs a list of those invited (invited = { roster, key, link }) or their counts",
        );
    }
    fielding
}

/// More people than there are: counts below it can be added up over any number of groups.
const MOST_PEOPLE: u64 = 10_000_000_000;

/// A number of people, who may not be more than there are.
fn people(section: &Section<'_>, key: &str) -> Option<Spanned<u64>> {
    let count = section.count(key)?;
    if count.value > MOST_PEOPLE {
        let message = format!("{} is more people than there are", count.value);
        section.problem(codes::STUDY_BAD_VALUE, count.span, message);
        return None;
    }
    Some(count)
}

fn sample(section: &Section<'_>) -> Option<Sample> {
    let name = section.text("sample");
    let frame = people(section, "frame");
    let kind = name.as_ref().and_then(|name| one_of(section, name, &SAMPLES));
    if let (Some(frame), false) = (&frame, kind == Some(Kind::Random)) {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            frame.span.clone(),
            "a frame is what a random sample was drawn from",
            "add sample = \"random\", or leave frame out",
        );
    }
    Some(match kind? {
        Kind::Census => Sample::Census,
        Kind::Random => Sample::Random { frame: frame.map(|frame| frame.value) },
        Kind::OptIn => Sample::OptIn,
    })
}

fn eligible(section: &Section<'_>) -> Option<Eligible> {
    if !section.is_table("eligible") {
        let names = [("roster", Eligible::Roster), ("estimated", Eligible::Estimated)];
        let text = section.text("eligible")?;
        let position = one_of(section, &text, &[(names[0].0, 0), (names[1].0, 1)])?;
        return names.into_iter().nth(position).map(|(_, eligible)| eligible);
    }
    let table = section.section("eligible")?;
    let share = table.decimal("share");
    let basis = table.required_text("basis");
    table.finish();
    let Some(share) = share else {
        table.problem(
            codes::STUDY_MISSING_KEY,
            table.span.clone(),
            "eligible says which share of the unknown: eligible = { share = 0.8, basis = \"...\" }",
        );
        return None;
    };
    let Some(value) = Threshold::parse(&share.value) else {
        table.problem(codes::STUDY_BAD_VALUE, share.span, "a share of people lies between 0 and 1");
        return None;
    };
    Some(Eligible::Share { share: value, basis: basis?.value })
}

fn read_counts(section: &Section<'_>, has_roster: bool) -> Option<BTreeMap<Disposition, u64>> {
    let mut counts: BTreeMap<Disposition, u64> = BTreeMap::new();
    let mut named: BTreeMap<Disposition, &str> = BTreeMap::new();
    for (name, disposition) in Disposition::NAMES {
        let Some(count) = people(section, name) else { continue };
        if let Some(other) = named.insert(disposition, name) {
            let message = format!("\"{other}\" and \"{name}\" are the same people");
            section.problem(codes::STUDY_DUPLICATE, count.span, message);
        }
        counts.insert(disposition, count.value);
    }
    section.finish();
    if has_roster {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            section.span.clone(),
            "a group has a list of those invited or counts of them, not both",
            "leave one out: a list tells what became of each of them",
        );
    }
    if counts.values().all(|count| *count == 0) {
        let message = "counts say how many were complete, partial, refused, silent and so on";
        section.problem(codes::STUDY_MISSING_KEY, section.span.clone(), message);
        return None;
    }
    for disposition in Disposition::USUAL {
        counts.entry(disposition).or_default();
    }
    Some(counts)
}

fn read_visits(section: &Section<'_>) -> Option<Visits> {
    let site = people(section, "site");
    let survey = people(section, "survey");
    section.finish();
    let Some(survey) = survey else {
        let message = "visits say how many opened the first page: visits = { site = 5000, survey = 400 }";
        section.problem(codes::STUDY_MISSING_KEY, section.span.clone(), message);
        return None;
    };
    if let Some(Spanned { span, .. }) = site.as_ref().filter(|site| site.value < survey.value) {
        let message = "more people visited the survey than the site on which it stands";
        section.problem(codes::STUDY_BAD_VALUE, span.clone(), message);
    }
    Some(Visits { site: site.map(|site| site.value), survey: survey.value })
}
