//! The reported results: what a text claims, bound to the findings that must bear it out.

use std::ops::Range;

use crate::diag::{Diag, FileId, codes};

use super::document::{Document, Section, Spanned};
use super::names::{check_id, no_duplicates};

/// What was reported, claim by claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The file.
    pub file: FileId,
    /// Where it was reported.
    pub citation: Option<String>,
    /// How what is ambiguous was read.
    pub reading: Vec<String>,
    /// The claims.
    pub claims: Vec<Claim>,
}

/// One claim of the reported text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// The claim in words.
    pub text: String,
    /// The finding that must bear it out; without one the claim is bound to nothing.
    pub finding: Option<Spanned<String>>,
    /// What it says, if it is bound.
    pub says: Option<Says>,
    /// The independent computation that gave it, if there was one.
    pub made_with: Option<String>,
    /// Where the file says it.
    pub span: Range<usize>,
}

/// What a claim says about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// A count, perhaps with its base.
    Count {
        /// The count.
        count: u64,
        /// The base.
        of: Option<u64>,
    },
    /// A percent as printed, perhaps with its base.
    Percent {
        /// The percent, with as many decimals as were printed.
        percent: String,
        /// The base.
        of: Option<u64>,
    },
    /// A number as printed: it holds if the finding rounds to it.
    Number(String),
    /// An order, the first first.
    Order(Vec<String>),
    /// Things that are among those that were chosen at least once.
    Includes(Vec<String>),
    /// The things that were chosen most, in any order.
    Most(Vec<String>),
}

impl Reported {
    /// Reads a file of reported results.
    pub fn parse(file: &FileId, text: &str) -> Result<Self, Vec<Diag>> {
        Document::read(file, text, |root| {
            let source = root.section("source");
            let citation = source.as_ref().and_then(|source| source.text("citation")).map(|text| text.value);
            let reading = source.as_ref().map(|source| source.texts("reading")).unwrap_or_default();
            if let Some(source) = &source {
                source.finish();
            }
            let sections = root.sections("claim");
            let mut ids = Vec::new();
            let claims = sections.iter().filter_map(|section| claim(section, &mut ids)).collect();
            no_duplicates(root, "claim", &ids);
            let reading = reading.into_iter().map(|text| text.value).collect();
            Some(Self { file: file.clone(), citation, reading, claims })
        })
    }
}

fn claim(section: &Section<'_>, ids: &mut Vec<Spanned<String>>) -> Option<Claim> {
    let id = section.required_text("id");
    let text = section.required_text("text");
    let finding = section.text("finding");
    let said = section.section("says");
    let says = said.as_ref().and_then(says);
    let made_with = section.text("made-with").map(|text| text.value);
    section.finish();
    match (&finding, &said) {
        (Some(finding), None) => {
            section.problem(
                codes::STUDY_CLAIM,
                finding.span.clone(),
                "the claim names a finding but does not say what it says of it",
            );
        }
        (None, Some(said)) => {
            section.problem(codes::STUDY_CLAIM, said.span.clone(), "the claim says something of no finding");
        }
        _ => {}
    }
    let id = id?;
    check_id(section, "claim", &id);
    ids.push(id.clone());
    Some(Claim { id: id.value, text: text?.value, finding, says, made_with, span: section.span.clone() })
}

fn says(section: &Section<'_>) -> Option<Says> {
    let count = section.count("count");
    let percent = section.text("percent");
    let number = section.text("number");
    let of = section.count("of");
    let order = section.texts("order");
    let includes = section.texts("includes");
    let most = section.texts("most");
    section.finish();
    let values = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect::<Vec<_>>();
    for text in percent.iter().chain(&number) {
        let digits = text.value.strip_prefix('-').unwrap_or(&text.value);
        let plain = !digits.is_empty()
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
            && digits.matches('.').count() <= 1
            && digits.starts_with(|c: char| c.is_ascii_digit());
        if !plain {
            section.problem_with_help(
                codes::STUDY_CLAIM,
                text.span.clone(),
                format!("\"{}\" is not a plain number", text.value),
                "write it as printed, without a percent sign: its digits say how precisely it was reported",
            );
        }
    }
    let base = of.as_ref().map(|of| of.value);
    let mut forms: Vec<Says> = Vec::new();
    forms.extend(count.map(|count| Says::Count { count: count.value, of: base }));
    forms.extend(percent.map(|percent| Says::Percent { percent: percent.value, of: base }));
    forms.extend(number.map(|number| Says::Number(number.value)));
    forms.extend((!order.is_empty()).then(|| Says::Order(values(order))));
    forms.extend((!includes.is_empty()).then(|| Says::Includes(values(includes))));
    forms.extend((!most.is_empty()).then(|| Says::Most(values(most))));
    if forms.len() != 1 {
        section.problem_with_help(
            codes::STUDY_CLAIM,
            section.span.clone(),
            if forms.is_empty() { "the claim says nothing" } else { "the claim says several things at once" },
            "says is one of: { count, of }, { percent, of }, { number }, { order }, { includes }, { most }",
        );
        return None;
    }
    if let (Some(of), Some(Says::Number(_) | Says::Order(_) | Says::Includes(_) | Says::Most(_))) =
        (&of, forms.first())
    {
        section.problem(codes::STUDY_CLAIM, of.span.clone(), "only a count or a percent has a base \"of\"");
    }
    forms.pop()
}
