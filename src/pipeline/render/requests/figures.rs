//! The figures that a study file asks for.

use super::{cannot_show, one_question};
use crate::diag::{Diag, codes, nearest};
use crate::figures::{
    self, Facet, Figure, FigureKind, FigureRequest, InSegments, ItemOrder, Likert, LikertShape, Neutral,
    OutsideAs, Size, Theme, Thin,
};
use crate::findings::{Findings, Outline};
use crate::study::{ShownFigure, Spanned, Study};

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
        kind: figure_kind(study, figure)?,
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
    given.map_or(Ok(T::default()), |given| one_of(study, given, what, names))
}

/// One of several things with names.
fn one_of<T: Copy>(
    study: &Study,
    given: &Spanned<String>,
    what: &str,
    names: &[(&str, T)],
) -> Result<T, Diag> {
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

/// Refuses keys that say nothing of a figure of this kind; `manner` names those that it has.
fn no_other_keys(study: &Study, figure: &ShownFigure, manner: &[&str]) -> Result<(), Diag> {
    let shown = &figure.shown;
    let keys = [
        ("link", shown.link.as_ref()),
        ("percent", shown.percent.first()),
        ("by", shown.by.as_ref()),
        ("name", shown.name.as_ref()),
        ("order", shown.order.as_ref()),
    ];
    let given = keys.into_iter().filter_map(|(key, given)| Some((key, given?)));
    let own = figure.manner.iter().map(|(key, given)| (*key, given));
    match given.chain(own).find(|(key, _)| !manner.contains(key)) {
        None => Ok(()),
        Some((key, given)) => {
            let message = format!("a figure of {} has no {key}", shown.show.value);
            Err(study.error(codes::STUDY_BAD_VALUE, &given.span, message).help(format!("leave {key} out")))
        }
    }
}

/// What is said for a key of how a figure is drawn.
fn said<'a>(figure: &'a ShownFigure, key: &str) -> Option<&'a Spanned<String>> {
    figure.manner.iter().find(|(known, _)| *known == key).map(|(_, given)| given)
}

/// The kind of figure that the study file names.
fn figure_kind(study: &Study, figure: &ShownFigure) -> Result<FigureKind, Diag> {
    let shown = &figure.shown;
    let question = || one_question(study, shown);
    let plain = |kind: FigureKind| no_other_keys(study, figure, &[]).map(|()| kind);
    match shown.show.value.as_str() {
        "flow" => plain(FigureKind::Flow),
        "ranking" => plain(FigureKind::Ranking { question: question()? }),
        "choices" => plain(FigureKind::Choices { question: question()? }),
        "diverging" | "stacked" => {
            Ok(FigureKind::Likert { manner: likert(study, figure)?, question: question()? })
        }
        other => {
            let message = format!("there is no figure \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help("there are: flow, diverging, stacked, ranking, choices"))
        }
    }
}

/// How items on a scale are drawn. Bars that begin at the left have no place for a middle of their own.
fn likert(study: &Study, figure: &ShownFigure) -> Result<Likert, Diag> {
    let shape = named(study, Some(&figure.shown.show), "figure", &LikertShape::NAMES)?;
    let keys = ["order", "facet", "numbers", "thin", "outside", "totals", "neutral"];
    let most = if shape == LikertShape::Stacked { keys.len() - 1 } else { keys.len() };
    no_other_keys(study, figure, &keys[..most])?;
    let numbers = match said(figure, "numbers") {
        Some(given) => Some(one_of(study, given, "numbers", &InSegments::NAMES)?),
        None => None,
    };
    Ok(Likert {
        shape,
        order: named(study, figure.shown.order.as_ref(), "order", &ItemOrder::NAMES)?,
        facet: named(study, said(figure, "facet"), "facet", &Facet::NAMES)?,
        neutral: named(study, said(figure, "neutral"), "place of the neutral", &Neutral::NAMES)?,
        numbers,
        thin: named(study, said(figure, "thin"), "rule for thin segments", &Thin::NAMES)?,
        outside: named(study, said(figure, "outside"), "way to show those outside", &OutsideAs::NAMES)?,
        totals: said(figure, "totals").is_some(),
    })
}
