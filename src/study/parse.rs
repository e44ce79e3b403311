//! The study file to a study.

use crate::codebook::{Kind, Missing, Outside, Point, Scale};
use crate::diag::{Diag, FileId, codes};
use crate::io::resolve;
use crate::numbers::NumberStyle;

use super::asks::asks;
use super::boxes::{Boxes, boxes};
use super::checklists::checklists;
use super::decide::to_decide;
use super::disclosure::disclosure;
use super::document::{Document, Section, Spanned};
use super::exclusions::rules;
use super::fielding::fielding;
use super::invited::invited;
use super::links::links;
use super::model::{Group, Study, Threshold};
use super::names::{check_id, no_duplicates, one_of};
use super::parts::parts;
use super::questions::questions;
use super::scores::scores;
use super::shown::{Names, figures, tables};
use super::texts::texts;

/// Keys of a question that are not names of groups.
pub const QUESTION_KEYS: [&str; 19] = [
    "label",
    "kind",
    "scale",
    "choices",
    "codes",
    "also",
    "items",
    "missing",
    "nets",
    "ranks",
    "reverse",
    "separator",
    "ties",
    "coding",
    "written",
    "by",
    "range",
    "out-of-range",
    "sum",
];

/// The files that a study file names and people write: its templates and its reported results.
#[derive(Debug, Clone, Default)]
pub struct WrittenBeside {
    /// The templates of its texts.
    pub templates: Vec<FileId>,
    /// The reported results.
    pub reported: Option<FileId>,
}

impl Study {
    /// Reads a study file: a study in which every name exists, or every mistake with its place.
    ///
    /// `folder` is the name of the folder in which the file stands, by which the study is known.
    pub fn parse(file: &FileId, text: &str, folder: &str) -> Result<Self, Vec<Diag>> {
        let study = Document::read(file, text, |root| study(file, root, folder))?;
        Ok(Self { to_decide: to_decide(text), ..study })
    }

    /// The files that people wrote beside a study file that has mistakes, as far as it names them.
    pub fn written_beside(file: &FileId, text: &str) -> WrittenBeside {
        let mut beside = WrittenBeside::default();
        // Its mistakes are known already; only what can be read of it is of use here.
        let _ = Document::read(file, text, |root| {
            let head = root.section("study")?;
            beside.templates =
                texts(file, root, Some(&head)).into_iter().filter_map(|text| text.template).collect();
            beside.reported = head.text("reported").map(|name| resolve(file, &name.value));
            Some(())
        });
        beside
    }
}

fn study(file: &FileId, root: &Section<'_>, folder: &str) -> Option<Study> {
    let head = root.section("study");
    if head.is_none() {
        root.problem(codes::STUDY_MISSING_KEY, 0..0, "the file needs a table [study] with a title");
    }
    let scales = scales(root);
    let groups = groups(file, root);
    let group_ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    let mut questions = questions(file, root, &scales, &group_ids);
    questions.extend(scores(root, &questions));
    let exclusions = rules(root, "exclude", &groups, &questions);
    let screens = rules(root, "screen", &groups, &questions);
    let parts = parts(root, &groups, &questions);
    let known: Vec<&str> =
        group_ids.iter().copied().chain(parts.iter().map(|part| part.id.as_str())).collect();
    let disclosure = disclosure(root, &questions);
    let links = links(file, root, &groups, &known, &questions);
    let asks = asks(root, &groups, &known, &questions, &links);
    let names = Names { groups: &known, whole_groups: &group_ids, questions: &questions, links: &links };
    let tables = tables(root, &names);
    let figures = figures(root, &names);
    let texts = texts(file, root, head.as_ref());
    let checklists = checklists(root, head.as_ref());
    let head = head?;
    let title = head.required_text("title");
    let style =
        head.text("style").and_then(|style| one_of(&head, &style, &NumberStyle::NAMES)).unwrap_or_default();
    let id = head.text("id");
    if let Some(id) = &id {
        check_id(&head, "study", id);
    }
    let notes = head.texts("notes").into_iter().map(|note| note.value).collect();
    let reported = head.text("reported").map(|reported| resolve(file, &reported.value));
    head.finish();
    Some(Study {
        file: file.clone(),
        id: id.map_or_else(|| study_id(file, folder), |id| id.value),
        title: title?.value,
        style,
        notes,
        texts,
        checklists,
        disclosure,
        reported,
        groups,
        parts,
        links,
        questions,
        exclusions,
        screens,
        asks,
        tables,
        figures,
        to_decide: Vec::new(),
    })
}

/// A study is known by the name of its folder; a second one in the same folder by the name of its file.
fn study_id(file: &FileId, folder: &str) -> String {
    let stem = file.short().strip_suffix(".toml").unwrap_or(file.short());
    if stem == "study" { folder.to_owned() } else { stem.to_owned() }
}

fn scales(root: &Section<'_>) -> Vec<Scale> {
    let Some(section) = root.section("scales") else { return Vec::new() };
    section.named_sections().into_iter().filter_map(|(name, section)| scale(&name, &section)).collect()
}

fn scale(name: &Spanned<String>, section: &Section<'_>) -> Option<Scale> {
    let labels = section.texts("points");
    let codes_of = section.texts("codes");
    no_duplicates(section, "point", &labels);
    no_duplicates(section, "code", &codes_of);
    if labels.len() < 2 {
        section.problem(
            codes::STUDY_MISSING_KEY,
            name.span.clone(),
            format!("scale {} needs at least two points", name.value),
        );
        return None;
    }
    if let Some(first) = codes_of.first().filter(|_| codes_of.len() != labels.len()) {
        let message =
            format!("scale {} has {} points and {} codes", name.value, labels.len(), codes_of.len());
        section.problem(codes::STUDY_BAD_VALUE, first.span.clone(), message);
    }
    let also = pairs(section, "also");
    for (_, target) in &also {
        if !labels.iter().any(|label| label.value == target.value) {
            let known: Vec<&str> = labels.iter().map(|label| label.value.as_str()).collect();
            section.unknown_name("point", target, &known);
        }
    }
    let spellings = |label: &str| -> Vec<String> {
        also.iter().filter(|(_, target)| target.value == label).map(|(text, _)| text.value.clone()).collect()
    };
    let points = labels.iter().zip(1..).enumerate().map(|(position, (label, score))| Point {
        label: label.value.clone(),
        also: codes_of
            .get(position)
            .map(|code| code.value.clone())
            .into_iter()
            .chain(spellings(&label.value))
            .collect(),
        score,
    });
    let outside = pairs(section, "outside").into_iter().filter_map(|(label, reason)| {
        let reasons =
            [Missing::NotApplicable, Missing::DontKnow, Missing::Refused].map(|reason| (reason.id(), reason));
        let reason = one_of(section, &reason, &reasons)?;
        Some(Outside { label: label.value, also: Vec::new(), reason })
    });
    let Boxes { top, bottom, middle } = boxes(section, &labels);
    let scale = Scale {
        name: name.value.clone(),
        points: points.collect(),
        outside: outside.collect(),
        top,
        bottom,
        middle,
    };
    section.finish();
    Some(scale)
}

/// The entries of a table whose keys and values are texts.
pub(super) fn pairs(section: &Section<'_>, key: &str) -> Vec<(Spanned<String>, Spanned<String>)> {
    let Some(table) = section.section(key) else { return Vec::new() };
    table
        .rest()
        .into_iter()
        .filter_map(|(key, values)| {
            if values.len() > 1 {
                table.problem(
                    codes::STUDY_WRONG_TYPE,
                    key.span.clone(),
                    format!("\"{}\" needs one text", key.value),
                );
            }
            values.into_iter().next().map(|value| (key, value))
        })
        .collect()
}

fn groups(file: &FileId, root: &Section<'_>) -> Vec<Group> {
    let Some(section) = root.section("groups") else {
        root.problem(codes::STUDY_MISSING_KEY, 0..0, "the study needs at least one group: [groups.name]");
        return Vec::new();
    };
    let sections = section.named_sections();
    let groups: Vec<Group> = sections.iter().map(|(name, section)| group(file, name, section)).collect();
    one_sheet_of_each(&section, &groups);
    groups
}

/// Reports a second sheet of one workbook: a row is known by its file and line, which two sheets share.
fn one_sheet_of_each(section: &Section<'_>, groups: &[Group]) {
    for (position, group) in groups.iter().enumerate() {
        let name = |group: &Group| group.sheet.as_ref().map(|sheet| sheet.value.clone());
        let other = groups[..position].iter().find(|before| {
            group.export.is_some() && before.export == group.export && name(before) != name(group)
        });
        if let Some(other) = other {
            let span = group.sheet.as_ref().map_or(&group.span, |sheet| &sheet.span);
            let message =
                format!("groups {} and {} name different sheets of one workbook", other.id, group.id);
            let help = "name one sheet in both, or save the other as a file of its own";
            section.problem_with_help(codes::STUDY_BAD_VALUE, span.clone(), message, help);
        }
    }
}

fn group(file: &FileId, name: &Spanned<String>, section: &Section<'_>) -> Group {
    check_id(section, "group", name);
    if QUESTION_KEYS.contains(&name.value.as_str()) {
        let message =
            format!("a group cannot be named \"{}\", because questions have a key of that name", name.value);
        section.problem(codes::STUDY_BAD_VALUE, name.span.clone(), message);
    }
    let export = section.text("export").map(|export| resolve(file, &export.value));
    let definition = section.text("definition");
    if let (None, Some(definition)) = (&export, &definition) {
        section.problem(
            codes::STUDY_BAD_VALUE,
            definition.span.clone(),
            "a definition without an export defines nothing",
        );
    }
    let sheet = section.text("sheet");
    if let (None, Some(sheet)) = (&export, &sheet) {
        let message = "a sheet without an export is a sheet of nothing";
        section.problem(codes::STUDY_BAD_VALUE, sheet.span.clone(), message);
    }
    let threshold = |key: &str, default: Threshold| -> Threshold {
        let Some(table) = section.section(key) else { return default };
        let answered = table.decimal("answered");
        table.finish();
        if answered.is_none() && table.is_empty() {
            let message = format!("{key} says from which share of items: {key} = {{ answered = 0.8 }}");
            table.problem(codes::STUDY_MISSING_KEY, table.span.clone(), message);
        }
        let Some(answered) = answered else { return default };
        Threshold::parse(&answered.value).unwrap_or_else(|| {
            table.problem(codes::STUDY_BAD_VALUE, answered.span, "a share of items lies between 0 and 1");
            default
        })
    };
    let group = Group {
        id: name.value.clone(),
        label: section.text("label").map_or_else(|| name.value.clone(), |label| label.value),
        filter: filter(section),
        not_identifying: section.texts("not-identifying"),
        invited: section.section("invited").and_then(|roster| invited(file, &roster)),
        fielding: fielding(section, section.place_of("invited").is_some()),
        complete: threshold("complete", Threshold { numerator: 8, denominator: 10 }),
        partial: threshold("partial", Threshold { numerator: 5, denominator: 10 }),
        definition: definition.map(|definition| resolve(file, &definition.value)),
        export,
        sheet,
        span: name.span.clone(),
    };
    if group.partial.is_above(group.complete) {
        section.problem_with_help(
            codes::STUDY_BAD_VALUE,
            section
                .place_of("partial")
                .or_else(|| section.place_of("complete"))
                .unwrap_or(group.span.clone()),
            "a partial response would need more answers than a complete one",
            "complete is 0.8 and partial is 0.5 where nothing else is said",
        );
    }
    section.finish();
    group
}

pub(super) fn filter(section: &Section<'_>) -> Vec<(Spanned<String>, String)> {
    pairs(section, "where").into_iter().map(|(column, value)| (column, value.value)).collect()
}

/// Whether a kind of question needs a scale.
pub(super) fn needs_scale(kind: Kind) -> bool {
    kind == Kind::Likert
}
