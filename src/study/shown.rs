//! `[[table]]` and `[[figure]]`: what is shown, of which questions and groups.

use super::document::{Section, Spanned};
use super::links::Link;
use super::model::StudyQuestion;
use super::names::{check_id, existing, no_duplicates};

/// What a table and a figure have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id: the name of its file.
    pub id: String,
    /// What it shows, by the name of a kind.
    pub show: Spanned<String>,
    /// Its title.
    pub title: String,
    /// The questions.
    pub of: Vec<String>,
    /// The groups.
    pub groups: Vec<String>,
    /// The link that it is about, if it names one.
    pub link: Option<Spanned<String>>,
    /// The order of its rows, if it is not the usual one.
    pub order: Option<Spanned<String>>,
    /// What the percents of a crosstab are of, if it is not the usual one.
    pub percent: Option<Spanned<String>>,
    /// The question by which groups are compared, if it shows comparisons and names it.
    pub by: Option<Spanned<String>>,
    /// The name of the ask, if it shows comparisons and chooses one.
    pub name: Option<Spanned<String>>,
}

/// A table of the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTable {
    /// What it shows.
    pub shown: Shown,
}

/// A figure of the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFigure {
    /// What it shows.
    pub shown: Shown,
    /// The place that it is made for, by its name, if it is not the usual one.
    pub size: Option<Spanned<String>>,
    /// Its colours, by the name of a theme, if they are not the usual ones.
    pub theme: Option<Spanned<String>>,
}

/// The names that tables and figures may use.
pub(super) struct Names<'a> {
    /// Groups and parts.
    pub(super) groups: &'a [&'a str],
    /// Groups, which are shown where none is named.
    pub(super) whole_groups: &'a [&'a str],
    /// Questions.
    pub(super) questions: &'a [StudyQuestion],
    /// Links.
    pub(super) links: &'a [Link],
}

/// Reads the tables.
pub(super) fn tables(root: &Section<'_>, names: &Names<'_>) -> Vec<ShownTable> {
    each(root, "table", names, |_| ()).into_iter().map(|(shown, ())| ShownTable { shown }).collect()
}

/// Reads the figures.
pub(super) fn figures(root: &Section<'_>, names: &Names<'_>) -> Vec<ShownFigure> {
    let all = each(root, "figure", names, |section| ["size", "theme"].map(|key| section.text(key)));
    all.into_iter().map(|(shown, [size, theme])| ShownFigure { shown, size, theme }).collect()
}

/// Reads each section of a key; `own` reads the keys that only its kind has.
fn each<T>(
    root: &Section<'_>,
    key: &str,
    names: &Names<'_>,
    own: impl Fn(&Section<'_>) -> T,
) -> Vec<(Shown, T)> {
    let mut ids = Vec::new();
    let mut all = Vec::new();
    for section in root.sections(key) {
        let id = section.required_text("id");
        let shown = shown(&section, names, id.as_ref());
        let own = own(&section);
        section.finish();
        if let (Some(id), true) = (id, shown.is_some()) {
            check_id(&section, key, &id);
            ids.push(id);
        }
        all.extend(shown.map(|shown| (shown, own)));
    }
    no_duplicates(root, key, &ids);
    all
}

/// What one shows. Without groups it shows every group; parts are shown where they are named.
fn shown(section: &Section<'_>, names: &Names<'_>, id: Option<&Spanned<String>>) -> Option<Shown> {
    let known: Vec<&str> = names.questions.iter().map(|question| question.id.as_str()).collect();
    let show = section.required_text("show");
    let title = section.text("title");
    let of = existing(section, "question", &section.texts("of"), &known, &[]);
    let groups = existing(section, "group", &section.texts("in"), names.groups, names.whole_groups);
    let [order, percent, link, by, name] =
        ["order", "percent", "link", "by", "name"].map(|key| section.text(key));
    if let Some(by) = &by {
        existing(section, "question", std::slice::from_ref(by), &known, &[]);
    }
    if let Some(name) = link.as_ref().filter(|name| names.links.iter().all(|link| link.id != name.value)) {
        let known: Vec<&str> = names.links.iter().map(|link| link.id.as_str()).collect();
        section.unknown_name("link", name, &known);
    }
    let id = id?.value.clone();
    let title = title.map_or_else(|| id.clone(), |title| title.value);
    Some(Shown { id, show: show?, title, of, groups, link, order, percent, by, name })
}
