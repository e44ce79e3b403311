//! The figures that a study file asks for.

use super::{cannot_show, one_question};
use crate::diag::{Diag, codes, nearest};
use crate::figures::{self, Figure, FigureKind, FigureRequest, ItemOrder, Size, Theme};
use crate::findings::{Findings, Outline};
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
        size: named(study, figure.made.size.as_ref(), "size", &Size::NAMES)?,
        theme: named(study, figure.made.theme.as_ref(), "theme", &Theme::NAMES)?,
    };
    let mut drawn = figures::render(&request, outline, findings, study.style)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))?;
    drawn.dpi = figure.made.dpi.unwrap_or(drawn.dpi);
    Ok(drawn)
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
        let there_are = match nearest(&given.value, all.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"? There are: {}", all.join(", ")),
            None => format!("there are: {}", all.join(", ")),
        };
        study.error(codes::STUDY_BAD_VALUE, &given.span, message).help(there_are)
    })
}

/// Refuses keys that say nothing of a figure of this kind.
fn no_other_keys(study: &Study, shown: &Shown) -> Result<(), Diag> {
    let keys = [
        ("link", shown.link.as_ref()),
        ("percent", shown.percent.first()),
        ("by", shown.by.as_ref()),
        ("name", shown.name.as_ref()),
    ];
    match keys.into_iter().find_map(|(key, given)| Some((key, given?))) {
        None => Ok(()),
        Some((key, given)) => {
            let message = format!("a figure of {} has no {key}", shown.show.value);
            Err(study.error(codes::STUDY_BAD_VALUE, &given.span, message).help(format!("leave {key} out")))
        }
    }
}

/// The kind of figure that the study file names.
fn figure_kind(study: &Study, shown: &Shown) -> Result<FigureKind, Diag> {
    no_other_keys(study, shown)?;
    let question = || one_question(study, shown);
    let order = match shown.order.as_ref().map(|order| order.value.as_str()) {
        None | Some("asked") => ItemOrder::Asked,
        Some("top-box") => ItemOrder::TopBox,
        Some(other) => {
            let span = shown.order.as_ref().map_or(&shown.show.span, |order| &order.span);
            let message = format!("there is no order \"{other}\"");
            return Err(study.error(codes::STUDY_BAD_VALUE, span, message).help("there are: asked, top-box"));
        }
    };
    match shown.show.value.as_str() {
        "flow" => Ok(FigureKind::Flow),
        "diverging" => Ok(FigureKind::Diverging { question: question()?, order }),
        "ranking" => Ok(FigureKind::Ranking { question: question()? }),
        "choices" => Ok(FigureKind::Choices { question: question()? }),
        other => {
            let message = format!("there is no figure \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help("there are: flow, diverging, ranking, choices"))
        }
    }
}
