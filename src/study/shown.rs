//! `[[table]]` and `[[figure]]`: what is shown, of which questions and groups.

use crate::diag::codes;
use crate::numbers::{ColumnDecimals, Rounding};

use super::document::{Section, Spanned};
use super::links::Link;
use super::made::Made;
use super::model::StudyQuestion;
use super::names::{check_id, existing, no_duplicates, one_of};

/// More decimals than this say nothing of people.
const MOST_DECIMALS: u8 = 4;

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
    pub percent: Vec<Spanned<String>>,
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
    /// How the percents of a whole are rounded.
    pub rounding: Rounding,
    /// The decimals of its columns, where they are not those of the style.
    pub decimals: ColumnDecimals,
}

/// A figure of the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFigure {
    /// What it shows.
    pub shown: Shown,
    /// How it is made.
    pub made: Made,
    /// How it is drawn: the keys that only some kinds of figures have, and what is said for them.
    pub manner: Vec<(&'static str, Spanned<String>)>,
}

/// The keys of [`ShownFigure::manner`] that hold a text.
const MANNER: [&str; 5] = ["neutral", "facet", "numbers", "thin", "outside"];
/// Those that hold true or false.
const WHETHER: [&str; 1] = ["totals"];

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
    let own = |section: &Section<'_>| {
        let rounding = section.text("rounding").and_then(|name| one_of(section, &name, &Rounding::NAMES));
        (rounding.unwrap_or_default(), decimals(section))
    };
    let all = each(root, "table", names, own);
    all.into_iter().map(|(shown, (rounding, decimals))| ShownTable { shown, rounding, decimals }).collect()
}

/// Reads `decimals = { percent = 1, mean = 2, p = 3 }`.
fn decimals(table: &Section<'_>) -> ColumnDecimals {
    let Some(section) = table.section("decimals") else { return ColumnDecimals::default() };
    let read = |key: &str, least: u8| {
        let places = section.count(key)?;
        let fits = u8::try_from(places.value).ok().filter(|places| (least..=MOST_DECIMALS).contains(places));
        if fits.is_none() {
            let message = format!("{key} has {} decimals", places.value);
            let help = format!("it can have from {least} to {MOST_DECIMALS}");
            section.problem_with_help(codes::STUDY_BAD_VALUE, places.span, message, help);
        }
        fits
    };
    // A p-value of one decimal is printed as nothing but .1 to .9.
    let decimals = ColumnDecimals { percent: read("percent", 0), mean: read("mean", 0), p: read("p", 2) };
    section.finish();
    decimals
}

/// Reads the figures.
pub(super) fn figures(root: &Section<'_>, names: &Names<'_>) -> Vec<ShownFigure> {
    let usual = Made::usual(root);
    let all = each(root, "figure", names, |section| (usual.or_as_said(section), manner(section)));
    all.into_iter().map(|(shown, (made, manner))| ShownFigure { shown, made, manner }).collect()
}

/// What is said of how a figure is drawn; `false` says nothing.
fn manner(section: &Section<'_>) -> Vec<(&'static str, Spanned<String>)> {
    let texts = MANNER.into_iter().filter_map(|key| Some((key, section.text(key)?)));
    let flags = WHETHER.into_iter().filter_map(|key| {
        let flag = section.flag(key).filter(|flag| flag.value)?;
        Some((key, Spanned { value: flag.value.to_string(), span: flag.span }))
    });
    texts.chain(flags).collect()
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
    let percent = section.texts("percent");
    let [order, link, by, name] = ["order", "link", "by", "name"].map(|key| section.text(key));
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
