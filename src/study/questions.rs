//! The questions of a study file.

use std::collections::BTreeMap;

use crate::codebook::{Choice, Kind, Missing, Scale};
use crate::diag::{FileId, codes, nearest};

use super::coding::coding;
use super::dates::dates;
use super::document::{Section, Spanned};
use super::model::{Ranks, StudyItem, StudyNet, StudyQuestion};
use super::names::{check_id, no_duplicates, one_of};
use super::numbers::numbers;
use super::parse::{QUESTION_KEYS, needs_scale, pairs};

/// Keys that only questions of some kinds have.
const KEYS_OF_KINDS: [(&[&str], &[Kind]); 11] = [
    (&["choices", "codes"], &[Kind::Single, Kind::Multi, Kind::Ranking]),
    (&["also"], &[Kind::Single]),
    (&["ranks"], &[Kind::Ranking]),
    (&["separator"], &[Kind::Multi, Kind::Ranking]),
    (&["missing"], &[Kind::Single, Kind::Multi, Kind::Number, Kind::Date]),
    (&["reverse"], &[Kind::Likert]),
    (&["nets"], &[Kind::Multi]),
    (&["ties"], &[Kind::Ranking]),
    (&["coding"], &[Kind::Multi]),
    (&["written", "by"], &[Kind::Date]),
    (&["range", "out-of-range", "sum"], &[Kind::Number]),
];

/// Reads `[questions]`.
pub(super) fn questions(
    file: &FileId,
    root: &Section<'_>,
    scales: &[Scale],
    groups: &[&str],
) -> Vec<StudyQuestion> {
    let Some(section) = root.section("questions") else { return Vec::new() };
    section
        .named_sections()
        .iter()
        .filter_map(|(name, section)| {
            check_id(section, "question", name);
            check_reserved(section, name);
            question(file, name, section, scales, groups)
        })
        .collect()
}

fn question(
    file: &FileId,
    name: &Spanned<String>,
    section: &Section<'_>,
    scales: &[Scale],
    groups: &[&str],
) -> Option<StudyQuestion> {
    let label = section.text("label").map(|label| label.value);
    let kind = section.required_text("kind").and_then(|kind| one_of(section, &kind, &Kind::NAMES));
    let scale_name = section.text("scale");
    let choices = choices(section);
    let also = pairs(section, "also");
    let ranks = section.text("ranks").and_then(|ranks| one_of(section, &ranks, &Ranks::NAMES));
    let reversed = section.texts("reverse");
    let separator = separator(section);
    let missing = missing(section);
    let nets = section.section("nets").map(|section| nets(&section)).unwrap_or_default();
    let ties = section.flag("ties").is_some_and(|ties| ties.value);
    let numbers = numbers(section);
    let dates = dates(section);
    let coding = coding(file, section);
    let items = section.section("items").map(|section| items(&section, groups)).unwrap_or_default();
    let mut sources = BTreeMap::new();
    for (group, questions) in section.rest() {
        if groups.contains(&group.value.as_str()) {
            sources.insert(group.value, questions);
        } else {
            unknown_key(name, section, &group, groups);
        }
    }
    let kind = kind?;
    check_keys(section, kind);
    if let (Some(span), true) = (section.place_of("coding"), choices.is_empty()) {
        section.problem_with_help(
            codes::STUDY_MISSING_KEY,
            span,
            "a coding without declared codes would count whatever stands in its file",
            "add choices = [...], the codes in words, and codes = [...] if the file holds them shorter",
        );
    }
    let scale = scale_name.as_ref().and_then(|scale_name| scale(section, scale_name, scales));
    if needs_scale(kind) && scale_name.is_none() {
        section.problem_with_help(
            codes::STUDY_SCALE_UNKNOWN,
            name.span.clone(),
            format!("question \"{}\" is of kind likert and names no scale", name.value),
            "declare the points from low to high under [scales.name] and add scale = \"name\"",
        );
    }
    if let Some(scale_name) = scale_name.filter(|_| !needs_scale(kind)) {
        let message = format!("a question of kind {} has no scale", kind.name());
        section.problem(codes::STUDY_BAD_VALUE, scale_name.span, message);
    }
    if sources.is_empty() && items.iter().all(|item: &StudyItem| item.sources.is_empty()) {
        section.problem_with_help(
            codes::STUDY_MISSING_KEY,
            name.span.clone(),
            format!("nothing says which column answers question \"{}\"", name.value),
            format!(
                "add for each group the question of its export, for example {} = \"Q1\"",
                groups.first().unwrap_or(&"group")
            ),
        );
    }
    Some(StudyQuestion {
        id: name.value.clone(),
        label,
        kind,
        scale,
        choices,
        also,
        ranks,
        separator,
        nets,
        ties,
        missing,
        reversed,
        sources,
        items,
        coding,
        dates,
        numbers,
        score: None,
        span: name.span.clone(),
    })
}

/// Reports keys that questions of other kinds have.
fn check_keys(section: &Section<'_>, kind: Kind) {
    for (keys, kinds) in KEYS_OF_KINDS {
        for key in keys.iter().filter(|_| !kinds.contains(&kind)) {
            if let Some(span) = section.place_of(key) {
                let message = format!("a question of kind {} has no {key}", kind.name());
                section.problem(codes::STUDY_BAD_VALUE, span, message);
            }
        }
    }
}

/// The scale of this name; a problem if there is none.
fn scale(section: &Section<'_>, name: &Spanned<String>, scales: &[Scale]) -> Option<Scale> {
    let found = scales.iter().find(|scale| scale.name == name.value);
    if found.is_none() {
        let known: Vec<&str> = scales.iter().map(|scale| scale.name.as_str()).collect();
        section.unknown_name("scale", name, &known);
    }
    found.cloned()
}

/// Reports a key that is neither a group's name nor a key of questions, with the nearest of both.
fn unknown_key(name: &Spanned<String>, section: &Section<'_>, key: &Spanned<String>, groups: &[&str]) {
    let keys: Vec<&str> = groups.iter().copied().chain(QUESTION_KEYS).collect();
    match nearest(&key.value, keys.iter().copied()) {
        Some(near) if !groups.contains(&near) => section.problem_with_help(
            codes::STUDY_UNKNOWN_KEY,
            key.span.clone(),
            format!("question {} has no key \"{}\"", name.value, key.value),
            format!("did you mean \"{near}\"?"),
        ),
        _ => section.unknown_name("group", key, &keys),
    }
}

/// Names that a question cannot have: findings about a whole group are called so.
pub const NO_QUESTION_NAMES: [&str; 30] = [
    "invited",
    "received",
    "included",
    "excluded",
    "screened",
    "disposition",
    "rr1",
    "rr2",
    "rr3",
    "rr4",
    "rr5",
    "rr6",
    "coop1",
    "coop2",
    "coop3",
    "coop4",
    "ref1",
    "ref2",
    "ref3",
    "con1",
    "con2",
    "con3",
    "e",
    "participation-rate",
    "platform-rate",
    "view-rate",
    "recruitment-rate",
    "completion-rate",
    "completeness",
    "nonresponse",
];

/// Reports an id that ids of findings about a whole group use, so that two findings could have one id.
pub(super) fn check_reserved(section: &Section<'_>, name: &Spanned<String>) {
    if NO_QUESTION_NAMES.contains(&name.value.as_str()) {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            name.span.clone(),
            format!("\"{}\" cannot be the name of a question", name.value),
            format!("a finding about each group is called GROUP/{}", name.value),
        );
    }
}

fn choices(section: &Section<'_>) -> Vec<Choice> {
    let labels = section.texts("choices");
    let codes_of = section.texts("codes");
    no_duplicates(section, "choice", &labels);
    no_duplicates(section, "code", &codes_of);
    if let Some(first) = codes_of.first().filter(|_| codes_of.len() != labels.len()) {
        let message = format!("there are {} choices and {} codes", labels.len(), codes_of.len());
        section.problem(codes::STUDY_BAD_VALUE, first.span.clone(), message);
    }
    let choice = |(position, label): (usize, &Spanned<String>)| {
        let mut choice = Choice::labelled(&label.value);
        if let Some(code) = codes_of.get(position) {
            choice.code.clone_from(&code.value);
            choice.id.clone_from(&code.value);
        }
        choice
    };
    labels.iter().enumerate().map(choice).collect()
}

/// What stands between several answers in one cell.
fn separator(section: &Section<'_>) -> Option<Spanned<String>> {
    let separator = section.text("separator")?;
    if separator.value.is_empty() {
        let message = "nothing cannot stand between the answers in a cell";
        let help = "write what does, for example separator = \";\"";
        section.problem_with_help(codes::STUDY_BAD_VALUE, separator.span, message, help);
        return None;
    }
    Some(separator)
}

/// The texts of cells that are no answers, with the reasons that people give and those that tools write.
fn missing(section: &Section<'_>) -> Vec<(Spanned<String>, Missing)> {
    let reasons =
        [Missing::NotApplicable, Missing::DontKnow, Missing::Refused, Missing::Skipped, Missing::NotAsked]
            .map(|reason| (reason.id(), reason));
    pairs(section, "missing")
        .into_iter()
        .filter_map(|(text, reason)| Some((text, one_of(section, &reason, &reasons)?)))
        .collect()
}

/// The nets of a multi-select: names with the choices that are counted together.
fn nets(section: &Section<'_>) -> Vec<StudyNet> {
    let read = |(name, choices): (Spanned<String>, Vec<Spanned<String>>)| {
        check_id(section, "net", &name);
        no_duplicates(section, "choice", &choices);
        if choices.is_empty() {
            let message = format!("the net \"{}\" holds no choices", name.value);
            let help = "list the choices that are counted together, by their labels";
            section.problem_with_help(codes::STUDY_BAD_VALUE, name.span.clone(), message, help);
        }
        StudyNet { id: name.value, choices }
    };
    section.rest().into_iter().map(read).collect()
}

fn items(section: &Section<'_>, groups: &[&str]) -> Vec<StudyItem> {
    let read = |(name, section): &(Spanned<String>, Section<'_>)| {
        check_id(section, "item", name);
        let label = section.text("label").map(|label| label.value);
        let mut sources = BTreeMap::new();
        for (group, columns) in section.rest() {
            if !groups.contains(&group.value.as_str()) {
                section.unknown_name("group", &group, groups);
            } else if columns.len() > 1 {
                let message = format!("item \"{}\" has one column in each group", name.value);
                section.problem(codes::STUDY_WRONG_TYPE, group.span, message);
            } else if let Some(column) = columns.into_iter().next() {
                sources.insert(group.value, column);
            }
        }
        StudyItem { id: name.value.clone(), label, sources }
    };
    section.named_sections().iter().map(read).collect()
}
