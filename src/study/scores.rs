//! Scores: one number for each person, made of the answers to the items of a question on a scale.

use std::collections::BTreeMap;

use crate::codebook::Kind;
use crate::diag::codes;

use super::dates::Dates;
use super::document::{Section, Spanned};
use super::model::{StudyQuestion, Threshold};
use super::names::{check_id, no_duplicates, one_of};
use super::numbers::Numbers;
use super::questions::check_reserved;

/// How a score is made. It is a question of kind number in everything that is asked and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The question whose items it is made of.
    pub of: String,
    /// The items, by the names that findings have for them; none for all.
    pub items: Vec<Spanned<String>>,
    /// What it is of the items.
    pub how: Combined,
    /// Who has answered enough of the items to have a score.
    pub at_least: Enough,
}

/// What a score is of the items' scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combined {
    /// The mean of the items that were answered.
    Mean,
    /// The sum of all items.
    Sum,
    /// The sum, in which an item without an answer counts as the mean of the person's others.
    SumOfImputed,
}

/// How many of the items must be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enough {
    /// This share of them.
    Share(Threshold),
    /// This many.
    Items(Spanned<u64>),
}

impl Enough {
    /// Every item.
    const ALL: Self = Self::Share(Threshold { numerator: 1, denominator: 1 });

    /// The fewest answered items of so many that are enough; never none.
    pub fn fewest(&self, items: u64) -> u64 {
        match self {
            Self::Items(count) => count.value,
            Self::Share(share) => {
                (1..=items).find(|answered| share.reached(*answered, items)).unwrap_or(items)
            }
        }
    }
}

/// Reads `[scores]`: each becomes a question.
pub(super) fn scores(root: &Section<'_>, questions: &[StudyQuestion]) -> Vec<StudyQuestion> {
    let Some(section) = root.section("scores") else { return Vec::new() };
    let sections = section.named_sections();
    sections.iter().map(|(name, section)| score(name, section, questions)).collect()
}

fn score(name: &Spanned<String>, section: &Section<'_>, questions: &[StudyQuestion]) -> StudyQuestion {
    check_id(section, "score", name);
    check_reserved(section, name);
    if questions.iter().any(|question| question.id == name.value) {
        let message = format!("a score cannot have the name of a question, \"{}\"", name.value);
        section.problem(codes::STUDY_DUPLICATE, name.span.clone(), message);
    }
    let label = section.text("label").map(|label| label.value);
    let of = section.required_text("of");
    let items = section.texts("items");
    no_duplicates(section, "item", &items);
    let how = how(section);
    let at_least = how.and_then(|how| at_least(section, how));
    // What was not looked at is no unknown key.
    if how.is_some() {
        section.finish();
    }
    if let Some(of) = &of {
        check_scaled(section, of, questions);
    }
    // A score with a mistake inside is known by its name all the same: what asks of it makes no mistake of its own.
    let score = Score {
        of: of.map(|of| of.value).unwrap_or_default(),
        items,
        how: how.unwrap_or(Combined::Mean),
        at_least: at_least.unwrap_or(Enough::ALL),
    };
    StudyQuestion {
        id: name.value.clone(),
        label,
        kind: Kind::Number,
        scale: None,
        choices: Vec::new(),
        also: Vec::new(),
        ranks: None,
        separator: None,
        missing: Vec::new(),
        reversed: Vec::new(),
        sources: BTreeMap::new(),
        items: Vec::new(),
        coding: None,
        nets: Vec::new(),
        ties: false,
        dates: Dates::default(),
        numbers: Numbers::default(),
        score: Some(score),
        span: name.span.clone(),
    }
}

/// Says why a score cannot be made of the question, if it cannot.
fn check_scaled(section: &Section<'_>, of: &Spanned<String>, questions: &[StudyQuestion]) {
    match questions.iter().find(|question| question.id == of.value) {
        Some(question) if question.kind == Kind::Likert => {}
        Some(question) => {
            let message =
                format!("a score cannot be made of {}, which is of kind {}", of.value, question.kind.name());
            section.problem_with_help(
                codes::STUDY_WRONG_KIND,
                of.span.clone(),
                message,
                "a score is made of the items of a likert question",
            );
        }
        None => {
            let scaled = questions.iter().filter(|question| question.kind == Kind::Likert);
            let known: Vec<&str> = scaled.map(|question| question.id.as_str()).collect();
            section.unknown_name("likert question", of, &known);
        }
    }
}

fn how(section: &Section<'_>) -> Option<Combined> {
    let how = match section.text("how") {
        Some(how) => one_of(section, &how, &[("mean", Combined::Mean), ("sum", Combined::Sum)])?,
        None => Combined::Mean,
    };
    let imputed = match section.text("impute") {
        Some(impute) => one_of(section, &impute, &[("none", false), ("person-mean", true)])?,
        None => false,
    };
    match (how, imputed) {
        (Combined::Sum, true) => Some(Combined::SumOfImputed),
        (Combined::Mean, true) => {
            section.problem_with_help(
                codes::STUDY_BAD_VALUE,
                section.place_of("impute").unwrap_or(section.span.clone()),
                "a mean of the items that were answered imputes nothing",
                "leave impute out, or say how = \"sum\"",
            );
            None
        }
        (how, _) => Some(how),
    }
}

/// From how many items a person has a score. A sum of fewer than all is no sum unless the others are imputed.
fn at_least(section: &Section<'_>, how: Combined) -> Option<Enough> {
    let Some(written) = section.decimal("at-least") else { return Some(Enough::ALL) };
    let is_share = written.value.contains('.');
    let enough = if is_share {
        Threshold::parse(&written.value).filter(|share| share.numerator > 0).map(Enough::Share)
    } else {
        let count = written.value.parse().ok().filter(|count| *count > 0);
        count.map(|count| Enough::Items(Spanned { value: count, span: written.span.clone() }))
    };
    let Some(enough) = enough else {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            written.span,
            "at-least is a share of the items above 0, or a number of items",
            "write at-least = 0.75 for three of four items, or at-least = 3",
        );
        return None;
    };
    let is_all = matches!(&enough, Enough::Share(share) if share.numerator == share.denominator);
    if how == Combined::Sum && !is_all {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            written.span,
            "a sum of fewer than all items would be lower for that alone",
            "add impute = \"person-mean\", or say how = \"mean\", or leave at-least out",
        );
        return None;
    }
    Some(enough)
}
