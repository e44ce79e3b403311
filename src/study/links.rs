//! Links between two groups: pairs of people of both sides, or the same people at two times.

use std::ops::Range;

use crate::diag::{FileId, codes};
use crate::io::resolve;

use super::document::{Section, Spanned};
use super::model::{Group, StudyQuestion};
use super::names::check_id;
use super::questions::NO_QUESTION_NAMES;

/// How the responses of one group belong to those of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The two groups: the first side and the second.
    pub between: [String; 2],
    /// For each side the column of its export that holds the keys of people.
    pub keys: [Spanned<String>; 2],
    /// Whether keys that differ only in case and in spaces are the same key.
    pub fold: bool,
    /// Who belongs to whom; without it those with equal keys, who are the same people.
    pub pairs: Option<Pairs>,
    /// What is known of people from the rosters of both sides.
    pub attributes: Vec<Attribute>,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// A list of pairs: a table with one header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// The file.
    pub file: FileId,
    /// For each side the column with the keys of its people.
    pub columns: [Spanned<String>; 2],
}

/// Something that the rosters of both sides say of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// For each side the column of its roster.
    pub columns: [Spanned<String>; 2],
}

/// Reads `[links]`.
pub(super) fn links(
    file: &FileId,
    root: &Section<'_>,
    groups: &[Group],
    known: &[&str],
    questions: &[StudyQuestion],
) -> Vec<Link> {
    let Some(section) = root.section("links") else { return Vec::new() };
    let read = |(name, section): &(Spanned<String>, Section<'_>)| {
        check_id(section, "link", name);
        if known.contains(&name.value.as_str()) {
            let message = format!("a link cannot have the name of a group or part, \"{}\"", name.value);
            section.problem(codes::STUDY_DUPLICATE, name.span.clone(), message);
        }
        for question in questions.iter().filter(|question| OWN_NAMES.contains(&question.id.as_str())) {
            let message =
                format!("\"{}\" cannot be the name of a question in a study with links", question.id);
            let help = format!("a finding about each link is called LINK/{}", question.id);
            section.problem_with_help(codes::STUDY_BAD_VALUE, question.span.clone(), message, help);
        }
        let link = link(file, name, section, groups, questions);
        section.finish();
        link
    };
    section.named_sections().iter().filter_map(read).collect()
}

fn link(
    file: &FileId,
    name: &Spanned<String>,
    section: &Section<'_>,
    groups: &[Group],
    questions: &[StudyQuestion],
) -> Option<Link> {
    let label = section.text("label").map_or_else(|| name.value.clone(), |label| label.value);
    let sides = between(name, section, groups);
    let keys = section.section("keys");
    let pairs = section.section("pairs");
    let attributes = section.section("attributes");
    let fold = section.flag("fold").is_some_and(|fold| fold.value);
    let sides = sides?;
    let ids = [sides[0].id.as_str(), sides[1].id.as_str()];
    let keys = columns(keys.as_ref(), ids, |side| {
        let link = sides[side].invited.as_ref().and_then(|invited| invited.link.clone());
        if link.is_none() {
            let message = format!("nothing says which column of {} holds the keys of people", ids[side]);
            let help = format!("add keys = {{ {} = \"the column\", {} = \"the column\" }}", ids[0], ids[1]);
            section.problem_with_help(codes::STUDY_MISSING_KEY, name.span.clone(), message, help);
        }
        link
    });
    let declared = pairs.is_some();
    let pairs = pairs.and_then(|section| {
        let file_name = section.required_text("file");
        let columns = columns(Some(&section), ids, |side| section.required_text(ids[side]));
        Some(Pairs { file: resolve(file, &file_name?.value), columns: columns? })
    });
    let attributes = attributes.map(|section| attributes_of(&section, &sides, questions)).unwrap_or_default();
    if declared && pairs.is_none() {
        return None;
    }
    Some(Link {
        id: name.value.clone(),
        label,
        between: ids.map(str::to_owned),
        keys: keys?,
        fold,
        pairs,
        attributes,
        span: name.span.clone(),
    })
}

/// The two groups of a link, whose answers are both part of the study.
fn between<'a>(name: &Spanned<String>, section: &Section<'_>, groups: &'a [Group]) -> Option<[&'a Group; 2]> {
    let names = section.texts("between");
    let [first, second] = names.as_slice() else {
        section.problem_with_help(
            codes::STUDY_MISSING_KEY,
            section.place_of("between").unwrap_or(name.span.clone()),
            format!("the link \"{}\" is between two groups, and names {}", name.value, names.len()),
            "add between = [\"one group\", \"the other\"]",
        );
        return None;
    };
    let with_export: Vec<&Group> = groups.iter().filter(|group| group.export.is_some()).collect();
    let known: Vec<&str> = with_export.iter().map(|group| group.id.as_str()).collect();
    let found = [first, second].map(|name| {
        let group = with_export.iter().copied().find(|group| group.id == name.value);
        if group.is_none() {
            section.unknown_name("group with an export", name, &known);
        }
        group
    });
    if first.value == second.value {
        let message = "a group is not linked to itself";
        section.problem(codes::STUDY_BAD_VALUE, second.span.clone(), message);
        return None;
    }
    let [Some(first), Some(second)] = found else { return None };
    Some([first, second])
}

/// The column of each side, by the names of the groups as keys; `default` says what holds where a key is not there.
fn columns(
    section: Option<&Section<'_>>,
    ids: [&str; 2],
    default: impl Fn(usize) -> Option<Spanned<String>>,
) -> Option<[Spanned<String>; 2]> {
    let named =
        [0, 1].map(|side| section.and_then(|section| section.text(ids[side])).or_else(|| default(side)));
    if let Some(section) = section {
        section.finish();
    }
    let [Some(first), Some(second)] = named else { return None };
    Some([first, second])
}

fn attributes_of(section: &Section<'_>, sides: &[&Group; 2], questions: &[StudyQuestion]) -> Vec<Attribute> {
    let ids = [sides[0].id.as_str(), sides[1].id.as_str()];
    let read = |(name, section): &(Spanned<String>, Section<'_>)| {
        check_id(section, "attribute", name);
        if questions.iter().any(|question| question.id == name.value)
            || NO_QUESTION_NAMES.contains(&name.value.as_str())
            || OWN_NAMES.contains(&name.value.as_str())
        {
            let message = format!("\"{}\" cannot be the name of an attribute", name.value);
            let help = "a question or a finding about the link is called so already";
            section.problem_with_help(codes::STUDY_DUPLICATE, name.span.clone(), message, help);
        }
        for group in sides.iter().filter(|group| group.invited.is_none()) {
            let message = format!("{} has no roster that could say something of its people", group.id);
            let help = "an attribute is a column of the rosters of both sides";
            section.problem_with_help(codes::STUDY_BAD_VALUE, name.span.clone(), message, help);
        }
        let label = section.text("label").map_or_else(|| name.value.clone(), |label| label.value);
        let columns = columns(Some(section), ids, |side| section.required_text(ids[side]))?;
        Some(Attribute { id: name.value.clone(), label, columns })
    };
    section.named_sections().iter().filter_map(read).collect()
}

/// Findings about a link as a whole are called so, and nothing else can be.
const OWN_NAMES: [&str; 6] = ["pairs", "both-answered", "only", "neither-answered", "unclear", "side"];
