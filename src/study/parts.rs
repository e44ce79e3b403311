//! Parts of groups: those who gave certain answers.

use std::ops::Range;

use crate::codebook::Kind;
use crate::diag::codes;

use super::document::{Section, Spanned};
use super::model::{Group, StudyQuestion};
use super::names::{check_id, one_of};

/// A part of a group: those whose answers to some questions are among those named. Naming several questions crosses
/// them. A part is a group in everything that is asked and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The group of which it is a part.
    pub group: String,
    /// For each question the answers, any of which belongs to the part: labels or ids of points or choices.
    pub answered: Vec<(String, Vec<Spanned<String>>)>,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// The kinds of question whose answers can make a part.
const KINDS: [Kind; 3] = [Kind::Single, Kind::Likert, Kind::Multi];

/// Reads `[parts]`.
pub(super) fn parts(root: &Section<'_>, groups: &[Group], questions: &[StudyQuestion]) -> Vec<Part> {
    let Some(section) = root.section("parts") else { return Vec::new() };
    section
        .named_sections()
        .iter()
        .filter_map(|(name, section)| part(name, section, groups, questions))
        .collect()
}

fn part(
    name: &Spanned<String>,
    section: &Section<'_>,
    groups: &[Group],
    questions: &[StudyQuestion],
) -> Option<Part> {
    check_id(section, "part", name);
    if groups.iter().any(|group| group.id == name.value) {
        let message = format!("a part cannot have the name of a group, \"{}\"", name.value);
        section.problem(codes::STUDY_DUPLICATE, name.span.clone(), message);
    }
    let label = section.text("label").map_or_else(|| name.value.clone(), |label| label.value);
    let with_export: Vec<(&str, &str)> = groups
        .iter()
        .filter(|group| group.export.is_some())
        .map(|group| (group.id.as_str(), group.id.as_str()))
        .collect();
    let group = section.required_text("of").and_then(|of| one_of(section, &of, &with_export));
    let answers = section.section("answered");
    let answered = answers.as_ref().map(|section| answered(section, questions)).unwrap_or_default();
    if answered.is_empty() {
        section.problem_with_help(
            codes::STUDY_MISSING_KEY,
            name.span.clone(),
            format!("nothing says who belongs to the part \"{}\"", name.value),
            "add answered = { question = [\"an answer\", \"another\"] }",
        );
    }
    section.finish();
    Some(Part { id: name.value.clone(), label, group: group?.to_owned(), answered, span: name.span.clone() })
}

fn answered(section: &Section<'_>, questions: &[StudyQuestion]) -> Vec<(String, Vec<Spanned<String>>)> {
    let known: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
    let mut answered = Vec::new();
    for (name, answers) in section.rest() {
        match questions.iter().find(|question| question.id == name.value) {
            None => section.unknown_name("question", &name, &known),
            Some(question) if !KINDS.contains(&question.kind) => {
                let message =
                    format!("answers of kind {} make no part: {}", question.kind.name(), name.value);
                section.problem_with_help(
                    codes::STUDY_WRONG_KIND,
                    name.span.clone(),
                    message,
                    "a part is named by answers to a single, multi or likert question",
                );
            }
            Some(_) => answered.push((name.value, answers)),
        }
    }
    answered
}
