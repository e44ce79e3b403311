//! What may be told to the public: `[disclosure]`.

use std::ops::Range;

use crate::diag::codes;

use super::document::Section;
use super::model::StudyQuestion;
use super::names::{existing, one_of};

/// The rule by which counts are withheld from a public output.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    /// Counts of people below this are withheld.
    pub minimum_cell: u64,
    /// The same for questions that are sensitive.
    pub minimum_sensitive_cell: u64,
    /// What fewer people answered is withheld whole.
    pub minimum_base: u64,
    /// How far the possible counts of a withheld one must spread; without it as far as its minimum.
    pub width: Option<u64>,
    /// Whether zeros are withheld as small counts are.
    pub hides_zeros: bool,
    /// The questions whose answers are sensitive.
    pub sensitive: Vec<String>,
    /// Whether everybody may know who was invited and who responded.
    pub response_is_public: bool,
    /// Whether everybody may know how many left a question unanswered.
    pub nonresponse_is_public: bool,
    /// How much of a sum one person may be.
    pub dominance: Option<Dominance>,
    /// How closely one person may estimate another's number, in percent.
    pub p_percent: Option<f64>,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// The (n, k) rule for numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominance {
    /// How many of the largest numbers are taken together.
    pub n: u64,
    /// The percentage of the sum that they may be.
    pub k: f64,
}

/// What everybody may know whatever is withheld.
const PUBLIC: [&str; 2] = ["response", "nonresponse"];

/// Reads `[disclosure]`.
pub(super) fn disclosure(root: &Section<'_>, questions: &[StudyQuestion]) -> Option<Disclosure> {
    let section = root.section("disclosure")?;
    let minimum = |key: &str, usual: u64| {
        let Some(minimum) = section.count(key) else { return usual };
        if minimum.value < 2 {
            section.problem_with_help(
                codes::STUDY_BAD_VALUE,
                minimum.span,
                format!("{key} = {} withholds nobody's answers", minimum.value),
                "the least that protects anybody is 2; 5 is usual, and 10 for what is sensitive",
            );
        }
        minimum.value
    };
    let minimum_cell = minimum("minimum-cell", 5);
    let minimum_sensitive_cell = minimum("minimum-sensitive-cell", minimum_cell.max(10));
    let minimum_base = minimum("minimum-base", 10);
    let width = section.count("width");
    if let Some(width) = width.as_ref().filter(|width| width.value == 0) {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            width.span.clone(),
            "a width of 0 lets every withheld count be worked out",
            "1 keeps counts from being known exactly; without the line it is the minimum of the cell",
        );
    }
    let zeros = section.text("zeros");
    let hides_zeros = zeros
        .and_then(|zeros| one_of(&section, &zeros, &[("shown", false), ("hidden", true)]))
        .unwrap_or(false);
    let known: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
    let sensitive = existing(&section, "question", &section.texts("sensitive"), &known, &[]);
    // An empty list is not the same as none: it says that nothing is public anyhow.
    let public = section.place_of("public").map(|_| section.texts("public"));
    let public: Vec<&str> = match &public {
        None => vec![PUBLIC[0]],
        Some(named) => {
            let names = PUBLIC.map(|name| (name, name));
            named.iter().filter_map(|name| one_of(&section, name, &names)).collect()
        }
    };
    let dominance = section.section("dominance").and_then(|section| dominance(&section));
    let p_percent = section.decimal("p-percent").and_then(|p| percentage(&section, &p.value, &p.span));
    section.finish();
    Some(Disclosure {
        minimum_cell,
        minimum_sensitive_cell,
        minimum_base,
        width: width.map(|width| width.value),
        hides_zeros,
        sensitive,
        response_is_public: public.contains(&PUBLIC[0]),
        nonresponse_is_public: public.contains(&PUBLIC[1]),
        dominance,
        p_percent,
        span: section.span.clone(),
    })
}

fn dominance(section: &Section<'_>) -> Option<Dominance> {
    let n = section.count("n");
    let k = section.decimal("k");
    section.finish();
    let (Some(n), Some(k)) = (n, k) else {
        section.problem_with_help(
            codes::STUDY_MISSING_KEY,
            section.span.clone(),
            "the dominance rule needs n and k",
            "for example dominance = { n = 1, k = 75 }: no person may be more than 75 percent of a sum",
        );
        return None;
    };
    if n.value == 0 {
        section.problem(codes::STUDY_BAD_VALUE, n.span, "the rule looks at one person or more");
        return None;
    }
    Some(Dominance { n: n.value, k: percentage(section, &k.value, &k.span)? })
}

fn percentage(section: &Section<'_>, text: &str, span: &Range<usize>) -> Option<f64> {
    let value = text.parse::<f64>().ok().filter(|value| *value > 0.0 && *value <= 100.0);
    if value.is_none() {
        let message = format!("{text} is no percentage above 0 and up to 100");
        section.problem(codes::STUDY_BAD_VALUE, span.clone(), message);
    }
    value
}

impl Disclosure {
    /// The count below which a cell of a question is withheld; `None` for what is no question's.
    pub fn threshold(&self, question: Option<&str>) -> u64 {
        let is_sensitive = question.is_some_and(|id| self.sensitive.iter().any(|sensitive| sensitive == id));
        if is_sensitive { self.minimum_sensitive_cell } else { self.minimum_cell }
    }

    /// Whether a count is withheld for itself.
    pub fn is_small(&self, count: u64, threshold: u64) -> bool {
        count < threshold && (count > 0 || self.hides_zeros)
    }
}
