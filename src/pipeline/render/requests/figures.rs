//! The figures that a study file asks for.

use super::{cannot_show, one_question};
use crate::diag::{Diag, codes, nearest};
use crate::figures::{
    self, BarMarks, BarOrder, Facet, Figure, FigureKind, FigureRequest, InSegments, ItemOrder, Likert,
    LikertShape, Measure, MissingOrder, Neutral, NumbersAs, OutsideAs, Sides, Size, SlopeBy, Theme, Thin,
};
use crate::findings::{Compared, Findings, Outline, PercentOf};
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
        kind: figure_kind(study, figure)?,
        title: shown.title.clone(),
        groups: shown.groups.clone(),
        size: named(study, figure.made.size.as_ref(), "size", &Size::NAMES)?,
        theme: named(study, figure.made.theme.as_ref(), "theme", &Theme::NAMES)?,
        bare: figure.made.bare,
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

/// Every kind of figure, in the order in which they are listed to a writer.
pub const FIGURE_KINDS: &[&str] = &[
    "flow",
    "diverging",
    "stacked",
    "bars",
    "slope",
    "bump",
    "choices",
    "upset",
    "ranking",
    "mean-rank",
    "worths",
    "histogram",
    "box",
    "forest",
    "heat",
    "missing",
];

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
            let about = if shown.link.is_some() && manner.contains(&"link") { " about a link" } else { "" };
            let message = format!("a figure of {}{about} has no {key}", shown.show.value);
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
    asked::asked(study, shown)?;
    let question = || one_question(study, shown);
    let plain = |kind: FigureKind| no_other_keys(study, figure, &[]).map(|()| kind);
    match shown.show.value.as_str() {
        "flow" => plain(FigureKind::Flow),
        "ranking" => plain(FigureKind::Ranking { question: question()? }),
        "choices" => plain(FigureKind::Choices { question: question()? }),
        "diverging" | "stacked" => {
            Ok(FigureKind::Likert { manner: likert(study, figure)?, question: question()? })
        }
        "bars" => bars(study, figure, question()?),
        "slope" => slope(study, figure, question()?, SlopeBy::Value),
        "histogram" => plain(FigureKind::Numbers { question: question()?, drawn: NumbersAs::Histogram }),
        "box" => plain(FigureKind::Numbers { question: question()?, drawn: NumbersAs::Box }),
        "bump" => slope(study, figure, question()?, SlopeBy::Rank),
        "mean-rank" => plain(FigureKind::MeanRank { question: question()? }),
        "worths" => plain(FigureKind::Worths { question: question()? }),
        "upset" => plain(FigureKind::Upset { question: question()? }),
        "forest" => {
            no_other_keys(study, figure, &["by", "name"])?;
            Ok(FigureKind::Forest { questions: shown.of.clone(), compared: compared(shown) })
        }
        "heat" => heat(study, figure),
        "missing" => {
            no_other_keys(study, figure, &["order"])?;
            let order = named(study, shown.order.as_ref(), "order", &MissingOrder::NAMES)?;
            Ok(FigureKind::Missing { questions: shown.of.clone(), order })
        }
        other => {
            let message = format!("there is no figure \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            let near = nearest(other, FIGURE_KINDS.iter().copied());
            let near = near.map_or(String::new(), |near| format!("did you mean \"{near}\"? "));
            Err(diag.help(format!("{near}there are: {}", FIGURE_KINDS.join(", "))))
        }
    }
}

/// How items on a scale are drawn. Bars that begin at the left have no place for a middle of their own.
fn likert(study: &Study, figure: &ShownFigure) -> Result<Likert, Diag> {
    let shape = named(study, Some(&figure.shown.show), "figure", &LikertShape::NAMES)?;
    let keys = ["order", "facet", "numbers", "thin", "outside", "totals", "neutral"];
    let most = if shape == LikertShape::Stacked { keys.len() - 1 } else { keys.len() };
    no_other_keys(study, figure, &keys[..most])?;
    let numbers = said(figure, "numbers");
    let numbers = numbers.map(|given| one_of(study, given, "numbers", &InSegments::NAMES)).transpose()?;
    let thin = said(figure, "thin");
    Ok(Likert {
        shape,
        order: named(study, figure.shown.order.as_ref(), "order", &ItemOrder::NAMES)?,
        facet: named(study, said(figure, "facet"), "facet", &Facet::NAMES)?,
        neutral: named(study, said(figure, "neutral"), "place of the neutral", &Neutral::NAMES)?,
        numbers,
        thin: thin.map(|given| one_of(study, given, "rule for thin segments", &Thin::NAMES)).transpose()?,
        outside: named(study, said(figure, "outside"), "way to show those outside", &OutsideAs::NAMES)?,
        totals: said(figure, "totals").is_some(),
    })
}

/// Shares of groups side by side.
fn bars(study: &Study, figure: &ShownFigure, question: String) -> Result<FigureKind, Diag> {
    no_other_keys(study, figure, &["order", "marks"])?;
    let order = figure.shown.order.as_ref();
    Ok(FigureKind::Bars {
        question,
        order: order.map(|given| one_of(study, given, "order", &BarOrder::NAMES)).transpose()?,
        marks: named(study, said(figure, "marks"), "way to mark a share", &BarMarks::NAMES)?,
    })
}

/// The same items in several groups, or on both sides of a link.
fn slope(study: &Study, figure: &ShownFigure, question: String, by: SlopeBy) -> Result<FigureKind, Diag> {
    no_other_keys(study, figure, &["link", "measure"])?;
    let link = figure.shown.link.as_ref();
    let measure = said(figure, "measure");
    Ok(FigureKind::Slope {
        question,
        sides: link.map_or(Sides::Groups, |link| Sides::Link(link.value.clone())),
        measure: measure.map(|given| one_of(study, given, "measure", &Measure::NAMES)).transpose()?,
        by,
    })
}

/// A crosstab or, about a link, the answers of both sides of its pairs, which are crossed with nothing but each other.
fn heat(study: &Study, figure: &ShownFigure) -> Result<FigureKind, Diag> {
    let shown = &figure.shown;
    if let Some(link) = &shown.link {
        no_other_keys(study, figure, &["link"])?;
        return Ok(FigureKind::Dyads { link: link.value.clone(), questions: shown.of.clone() });
    }
    no_other_keys(study, figure, &["by", "name", "percent"])?;
    let percent = match shown.percent.as_slice() {
        [] => PercentOf::default(),
        [one] => one_of(study, one, "percent", &PercentOf::NAMES)?,
        [_, second, ..] => {
            let message = "a cell of a picture has room for one percent";
            return Err(study.error(codes::STUDY_BAD_VALUE, &second.span, message).help("name one of them"));
        }
    };
    Ok(FigureKind::Crosstab { question: one_question(study, shown)?, percent, compared: compared(shown) })
}

/// Which comparisons the figure shows.
fn compared(shown: &Shown) -> Compared {
    let value = |given: &Option<Spanned<String>>| given.as_ref().map(|given| given.value.clone());
    Compared { by: value(&shown.by), name: value(&shown.name) }
}
