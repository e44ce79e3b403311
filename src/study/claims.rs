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
    /// Where its words stand.
    pub text_span: Range<usize>,
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
    /// A count and its percent, as in "14 of 22 (64%)": both must hold of the same finding.
    CountAndPercent {
        /// The count.
        count: u64,
        /// The base.
        of: Option<u64>,
        /// The percent, with as many decimals as were printed.
        percent: String,
    },
    /// A number as printed: it holds if the finding rounds to it; a median, quartile or extreme must equal it.
    Number(String),
    /// A p-value as printed, rounded or with `<` or `>`.
    P(String),
    /// A p-value adjusted for its family, as printed.
    AdjustedP(String),
    /// The statistic of a test as printed.
    Statistic(String),
    /// The limits of an interval as printed, in the units of the finding: a share from 0 to 1.
    Interval(String, String),
    /// More than half of the base.
    MoreThanHalf,
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
            section.problem_with_help(
                codes::STUDY_CLAIM,
                finding.span.clone(),
                "the claim names a finding but does not say what it says of it",
                "add what, for example says = { count = 14 } or says = { percent = \"64\" }",
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
    let text = text?;
    let span = section.span.clone();
    Some(Claim { id: id.value, text: text.value, text_span: text.span, finding, says, made_with, span })
}

fn says(section: &Section<'_>) -> Option<Says> {
    let count = section.count("count");
    let percent = section.text("percent");
    let number = section.text("number");
    let p = section.text("p");
    let adjusted_p = section.text("adjusted-p");
    let statistic = section.text("statistic");
    let interval = section.texts("interval");
    let more_than_half = section.flag("more-than-half");
    let of = section.count("of");
    let order = section.texts("order");
    let includes = section.texts("includes");
    let most = section.texts("most");
    section.finish();
    let values = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect::<Vec<_>>();
    for text in percent.iter().chain(&number).chain(&statistic).chain(&interval) {
        check_number(section, text);
    }
    for text in p.iter().chain(&adjusted_p) {
        check_p(section, text);
    }
    if let Some(first) = interval.first().filter(|_| interval.len() != 2) {
        let message = "an interval has two limits: interval = [\"0.39\", \"0.84\"]";
        section.problem(codes::STUDY_CLAIM, first.span.clone(), message);
    }
    if let Some(more) = more_than_half.as_ref().filter(|more| !more.value) {
        section.problem(
            codes::STUDY_CLAIM,
            more.span.clone(),
            "more-than-half is true or is left out: what is not more than half is not claimed",
        );
    }
    let base = of.as_ref().map(|of| of.value);
    let mut forms: Vec<Says> = Vec::new();
    forms.extend(match (count, percent) {
        (Some(count), Some(percent)) => {
            Some(Says::CountAndPercent { count: count.value, of: base, percent: percent.value })
        }
        (Some(count), None) => Some(Says::Count { count: count.value, of: base }),
        (None, percent) => percent.map(|percent| Says::Percent { percent: percent.value, of: base }),
    });
    forms.extend(number.map(|number| Says::Number(number.value)));
    forms.extend(p.map(|p| Says::P(p.value)));
    forms.extend(adjusted_p.map(|p| Says::AdjustedP(p.value)));
    forms.extend(statistic.map(|statistic| Says::Statistic(statistic.value)));
    if let [low, high] = interval.as_slice() {
        forms.push(Says::Interval(low.value.clone(), high.value.clone()));
    }
    forms.extend(more_than_half.map(|_| Says::MoreThanHalf));
    forms.extend((!order.is_empty()).then(|| Says::Order(values(order))));
    forms.extend((!includes.is_empty()).then(|| Says::Includes(values(includes))));
    forms.extend((!most.is_empty()).then(|| Says::Most(values(most))));
    if forms.len() != 1 {
        section.problem_with_help(
            codes::STUDY_CLAIM,
            section.span.clone(),
            if forms.is_empty() { "the claim says nothing" } else { "the claim says several things at once" },
            "says is one of: { count, of }, { percent, of }, { count, of, percent }, { number }, { p }, { adjusted-p }, { statistic }, { interval }, { more-than-half }, { order }, { includes }, { most }",
        );
        return None;
    }
    if let (Some(of), Some(form)) = (&of, forms.first())
        && !matches!(form, Says::Count { .. } | Says::Percent { .. } | Says::CountAndPercent { .. })
    {
        section.problem(codes::STUDY_CLAIM, of.span.clone(), "only a count or a percent has a base \"of\"");
    }
    forms.pop()
}

/// Reports a p-value that is not written as it would be printed.
fn check_p(section: &Section<'_>, text: &Spanned<String>) {
    let digits = text.value.trim_start_matches(['<', '>']).trim();
    let printed = if digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() };
    let is_share = printed.parse::<f64>().is_ok_and(|p| (0.0..=1.0).contains(&p));
    check_number(section, &Spanned { value: printed, span: text.span.clone() });
    if !is_share {
        section.problem(codes::STUDY_CLAIM, text.span.clone(), "a p-value lies between 0 and 1");
    }
}

/// The most decimals that a claimed number may have: more than a computed number carries.
const MOST_DECIMALS: usize = 15;

/// Reports a number that is not written as it would be printed.
fn check_number(section: &Section<'_>, text: &Spanned<String>) {
    let digits = text.value.strip_prefix('-').unwrap_or(&text.value);
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit());
    if !plain {
        section.problem_with_help(
            codes::STUDY_CLAIM,
            text.span.clone(),
            format!("\"{}\" is not a plain number", text.value),
            "write it as printed, without a percent sign: its digits say how precisely it was reported",
        );
    } else if digits.split_once('.').is_some_and(|(_, fraction)| fraction.len() > MOST_DECIMALS) {
        section.problem(
            codes::STUDY_CLAIM,
            text.span.clone(),
            format!("a claimed number has at most {MOST_DECIMALS} decimals"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(says: &str) -> Result<Reported, Vec<String>> {
        let text = format!("[[claim]]\nid = \"a\"\ntext = \"b\"\nfinding = \"g/x\"\nsays = {says}\n");
        Reported::parse(&FileId::new("r.toml"), &text)
            .map_err(|problems| problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn a_number_with_more_decimals_than_a_computed_one_carries_is_refused() {
        assert!(parse("{ percent = \"63.123456789012345\" }").is_ok());
        let problems = parse("{ percent = \"63.1234567890123456\" }").unwrap_err();
        assert_eq!(problems, ["a claimed number has at most 15 decimals"]);
        assert_eq!(parse("{ number = \"3.\" }").unwrap_err(), ["\"3.\" is not a plain number"]);
    }

    #[test]
    fn a_count_and_its_percent_are_one_claim() {
        let says = parse("{ count = 14, of = 22, percent = \"64\" }").unwrap().claims.remove(0).says;
        assert_eq!(says, Some(Says::CountAndPercent { count: 14, of: Some(22), percent: "64".into() }));
        assert!(parse("{ count = 14, number = \"14\" }").is_err());
    }

    #[test]
    fn more_than_half_stands_alone_and_is_true() {
        let says = parse("{ more-than-half = true }").unwrap().claims.remove(0).says;
        assert_eq!(says, Some(Says::MoreThanHalf));
        assert!(parse("{ more-than-half = false }").is_err());
        assert!(parse("{ more-than-half = true, of = 4 }").is_err());
        assert!(parse("{ more-than-half = true, count = 4 }").is_err());
    }
}
