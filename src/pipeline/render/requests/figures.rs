//! The figures that a study file asks for.

use super::{cannot_show, one_question};
use crate::diag::{Diag, codes};
use crate::figures::{self, Figure, FigureKind, FigureRequest, ItemOrder};
use crate::findings::{Findings, Outline};
use crate::study::{Shown, ShownFigure, Study};

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
    };
    figures::render(&request, outline, findings, study.style)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))
}

/// The kind of figure that the study file names.
fn figure_kind(study: &Study, shown: &Shown) -> Result<FigureKind, Diag> {
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
