//! The figures that a study file asks for.

use super::{cannot_show, one_question};
use crate::diag::{Diag, codes};
use crate::figures::{
    self, Compared, Figure, FigureKind, FigureRequest, ItemOrder, MissingOrder, PercentOf, Size, Theme,
};
use crate::findings::{Findings, Outline};
use crate::pipeline::asked;
use crate::study::{Shown, ShownFigure, Spanned, Study};

/// Draws a figure that the study file asks for.
pub(in crate::pipeline) fn figure(
    study: &Study,
    figure: &ShownFigure,
    outline: &Outline,
    findings: &Findings,
) -> Result<Figure, Diag> {
    let shown = &figure.shown;
    let request = FigureRequest {
        id: shown.id.clone(),
        kind: figure_kind(study, shown)?,
        title: shown.title.clone(),
        groups: shown.groups.clone(),
        size: named(study, figure.size.as_ref(), "size", &Size::NAMES)?,
        theme: named(study, figure.theme.as_ref(), "theme", &Theme::NAMES)?,
    };
    figures::render(&request, outline, findings, study.style)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))
}

/// One of several things with names; the usual one where none is named.
fn named<T: Copy + Default>(
    study: &Study,
    given: Option<&Spanned<String>>,
    what: &str,
    names: &[(&str, T)],
) -> Result<T, Diag> {
    let Some(given) = given else { return Ok(T::default()) };
    let known = names.iter().find(|(name, _)| *name == given.value);
    known.map(|(_, thing)| *thing).ok_or_else(|| {
        let all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let message = format!("there is no {what} \"{}\"", given.value);
        study
            .error(codes::STUDY_BAD_VALUE, &given.span, message)
            .help(format!("there are: {}", all.join(", ")))
    })
}

/// A kind of figure: its name and the keys that say something of it beside `of` and `in`.
const FIGURES: &[(&str, &[&str])] = &[
    ("flow", &[]),
    ("diverging", &["order"]),
    ("ranking", &[]),
    ("choices", &[]),
    ("mean-rank", &[]),
    ("worths", &[]),
    ("upset", &[]),
    ("forest", &["by", "name"]),
    ("heat", &["by", "name", "percent", "link"]),
    ("missing", &["order"]),
];

/// Refuses kinds that there are not, and keys that say nothing of a figure of this kind.
fn only_its_keys(study: &Study, shown: &Shown) -> Result<(), Diag> {
    let show = shown.show.value.as_str();
    let Some((_, own)) = FIGURES.iter().find(|(name, _)| *name == show) else {
        let names: Vec<&str> = FIGURES.iter().map(|(name, _)| *name).collect();
        let diag =
            study.error(codes::STUDY_BAD_VALUE, &shown.show.span, format!("there is no figure \"{show}\""));
        return Err(diag.help(format!("there are: {}", names.join(", "))));
    };
    let keys = [
        ("link", &shown.link),
        ("percent", &shown.percent),
        ("by", &shown.by),
        ("name", &shown.name),
        ("order", &shown.order),
    ];
    // Pairs are crossed with nothing but each other.
    let of_pairs = shown.link.is_some();
    let fits = |key: &str| own.contains(&key) && !(of_pairs && matches!(key, "percent" | "by" | "name"));
    match keys
        .into_iter()
        .find_map(|(key, given)| given.as_ref().filter(|_| !fits(key)).map(|given| (key, given)))
    {
        None => Ok(()),
        Some((key, given)) => {
            let about = if of_pairs && own.contains(&"link") { " about a link" } else { "" };
            let message = format!("a figure of {show}{about} has no {key}");
            Err(study.error(codes::STUDY_BAD_VALUE, &given.span, message).help(format!("leave {key} out")))
        }
    }
}

/// The kind of figure that the study file names.
fn figure_kind(study: &Study, shown: &Shown) -> Result<FigureKind, Diag> {
    only_its_keys(study, shown)?;
    asked::asked(study, shown)?;
    let question = || one_question(study, shown);
    let questions = || shown.of.clone();
    match (shown.show.value.as_str(), &shown.link) {
        ("diverging", _) => {
            let order = named(study, shown.order.as_ref(), "order", &ORDERS)?;
            Ok(FigureKind::Diverging { question: question()?, order })
        }
        ("ranking", _) => Ok(FigureKind::Ranking { question: question()? }),
        ("choices", _) => Ok(FigureKind::Choices { question: question()? }),
        ("mean-rank", _) => Ok(FigureKind::MeanRank { question: question()? }),
        ("worths", _) => Ok(FigureKind::Worths { question: question()? }),
        ("upset", _) => Ok(FigureKind::Upset { question: question()? }),
        ("forest", _) => Ok(FigureKind::Forest { questions: questions(), compared: compared(shown) }),
        ("heat", Some(link)) => Ok(FigureKind::Dyads { link: link.value.clone(), questions: questions() }),
        ("heat", None) => {
            let percent = named(study, shown.percent.as_ref(), "percent", &PERCENTS)?;
            Ok(FigureKind::Crosstab { question: question()?, percent, compared: compared(shown) })
        }
        ("missing", _) => {
            let order = named(study, shown.order.as_ref(), "order", &MISSING_ORDERS)?;
            Ok(FigureKind::Missing { questions: questions(), order })
        }
        _ => Ok(FigureKind::Flow),
    }
}

/// The orders of the items of a battery.
const ORDERS: [(&str, ItemOrder); 2] = [("asked", ItemOrder::Asked), ("top-box", ItemOrder::TopBox)];
/// The orders of questions by who did not answer them.
const MISSING_ORDERS: [(&str, MissingOrder); 2] =
    [("asked", MissingOrder::Asked), ("size", MissingOrder::Size)];
/// What the percents of a crosstab are of.
const PERCENTS: [(&str, PercentOf); 3] =
    [("row", PercentOf::Row), ("column", PercentOf::Column), ("total", PercentOf::Total)];

/// Which comparisons the figure shows.
fn compared(shown: &Shown) -> Compared {
    let value = |given: &Option<Spanned<String>>| given.as_ref().map(|given| given.value.clone());
    Compared { by: value(&shown.by), name: value(&shown.name) }
}
