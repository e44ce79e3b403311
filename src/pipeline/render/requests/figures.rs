//! The figures that a study file asks for.

use super::{cannot_show, one_question};
use crate::diag::{Diag, codes};
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

/// Refuses keys that say nothing of a figure of this kind.
fn no_other_keys(study: &Study, shown: &Shown) -> Result<(), Diag> {
    let keys = [("link", &shown.link), ("percent", &shown.percent), ("by", &shown.by), ("name", &shown.name)];
    match keys.into_iter().find_map(|(key, given)| Some((key, given.as_ref()?))) {
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
        "mean-rank" => Ok(FigureKind::MeanRank { question: question()? }),
        "worths" => Ok(FigureKind::Worths { question: question()? }),
        "upset" => Ok(FigureKind::Upset { question: question()? }),
        other => {
            let message = format!("there is no figure \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help("there are: flow, diverging, ranking, choices, mean-rank, worths, upset"))
        }
    }
}
