//! Figures: from findings to a specification, to a layout, to SVG and PNG.
//!
//! [`render`] reads the outline and the findings and nothing else. A `spec` says what is shown, checked and worded but
//! without a place; a `layout` gives every shape and text its place, measured with the embedded font; `svg` and `png`
//! only draw. No step asks the machine for a font, a clock or a locale, so that the bytes are the same everywhere.

mod font;
mod kind;
mod layout;
mod limits;
mod paint;
mod pdf;
mod pen;
mod png;
#[cfg(test)]
mod samples;
mod scene;
mod size;
mod spec;
mod subset;
mod svg;
mod theme;

use std::fmt;

use crate::findings::{Finding, Findings, Kind, Outline, Unbalanced};
use crate::numbers::NumberStyle;

pub use font::Weight;
pub use kind::{
    BarMarks, BarOrder, Compared, Facet, FigureKind, InSegments, ItemOrder, Likert, Measure, MissingOrder,
    Neutral, NumbersAs, OutsideAs, PercentOf, Shape as LikertShape, Sides, SlopeBy, Thin,
};
pub use paint::{Fill, Paint};
pub use pdf::pdf;
pub use png::{NotPainted, png};
pub use scene::{Anchor, Area, Length, TextBox};
pub use size::Size;
pub use theme::{Colour, Theme};

use layout::Page;
use scene::Scene;
use spec::Worded;

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRequest {
    /// The id of the figure, which is also the name of its files.
    pub id: String,
    /// Its title; if empty, the label of the question.
    pub title: String,
    /// The groups in order; if empty, every group that was asked.
    pub groups: Vec<String>,
    /// What kind of figure, of which question.
    pub kind: FigureKind,
    /// The place that it is made for.
    pub size: Size,
    /// Its colours.
    pub theme: Theme,
}

/// A figure, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// What it shows, with its numbers, for those who do not see it; it also stands in the SVG.
    pub alt: String,
    /// The document.
    pub svg: String,
    /// Every text of the picture and the room that it takes.
    pub texts: Vec<TextBox>,
    /// The numbers as a table; a row that begins a table names its columns.
    pub data: Vec<Vec<String>>,
    /// What the picture cannot do as asked, in sentences: characters that the font lacks, a page that it does not fit.
    pub cautions: Vec<String>,
    /// The resolution of its PNG, in dots per inch of its printed size.
    pub dpi: u16,
    /// The page and its shapes; the texts stand in `texts`.
    scene: Scene,
    /// Its colours.
    theme: Theme,
    /// How much larger it is printed than laid out, in percent.
    scale: u16,
}

/// Why a figure is not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDrawn {
    /// There is no group.
    NoGroup,
    /// There is no group of this name.
    UnknownGroup {
        /// The name.
        group: String,
    },
    /// None of the groups was asked a question of this name.
    UnknownQuestion {
        /// The name.
        question: String,
    },
    /// The question is of a kind that this figure cannot show.
    WrongKind {
        /// The question.
        question: String,
        /// Its kind.
        kind: Kind,
    },
    /// Groups whose answers would stand in one panel have different scales.
    DifferentScales {
        /// The question.
        question: String,
    },
    /// Lines between groups need two groups that were asked.
    OneColumn {
        /// The question.
        question: String,
    },
    /// There is no link of this name.
    UnknownLink {
        /// The name.
        link: String,
    },
    /// None of the groups is compared as the figure wants it.
    NotCompared,
    /// Parts do not add up to their whole, so that the picture would be wrong.
    Unbalanced {
        /// What they are parts of.
        what: String,
        /// The account.
        account: Unbalanced,
    },
}

impl fmt::Display for NotDrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGroup => f.write_str("the study has no group"),
            Self::UnknownGroup { group } => write!(f, "there is no group {group}"),
            Self::UnknownQuestion { question } => write!(f, "no group of the figure was asked {question}"),
            Self::WrongKind { question, kind } => {
                write!(f, "{question} is of a kind that this figure cannot show ({})", kind_words(*kind))
            }
            Self::DifferentScales { question } => {
                write!(
                    f,
                    "the groups answered {question} on different scales, so that no panel can hold them"
                )
            }
            Self::OneColumn { question } => {
                write!(f, "lines join two groups or more, and one group of the figure was asked {question}")
            }
            Self::UnknownLink { link } => write!(f, "there is no link {link}"),
            Self::NotCompared => f.write_str("the groups of the figure are not compared so"),
            Self::Unbalanced { what, account } => write!(f, "{what}: {account}"),
        }
    }
}

impl std::error::Error for NotDrawn {}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Likert => "items on a scale",
        Kind::Single => "one of several choices",
        Kind::Multi => "any of several choices",
        Kind::Ranking => "a ranking",
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::Date => "a date",
    }
}

/// Draws a figure from the findings.
pub fn render(
    request: &FigureRequest,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<Figure, NotDrawn> {
    let title = title(request, outline);
    let (scene, worded) = compose(request, outline, findings, style)?;
    let alt = font::clean(&format!("{title}. {} {}", worded.alt, outline.notes.join(" ")));
    Ok(finish(request, title, alt, worded.data, scene))
}

/// The scene of a figure and its words.
fn compose(
    request: &FigureRequest,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<(Scene, Worded), NotDrawn> {
    let groups = request.groups.as_slice();
    let page = Page::new(&title(request, outline), request.size.width());
    let (page, mut worded) = match &request.kind {
        FigureKind::Flow => {
            let spec = spec::flow::flow_spec(outline, findings, groups)?;
            (layout::flow::draw(page, &spec, style), spec.worded(style))
        }
        FigureKind::Likert { question, manner } => {
            let spec = spec::diverging::likert_spec(outline, findings, groups, question, *manner)?;
            let mut worded = spec.worded(style);
            let (page, notes) = layout::diverging::draw(page, &spec, style);
            worded.notes.extend(notes);
            (page, worded)
        }
        FigureKind::Ranking { question } => {
            let spec = spec::ranking::ranking_spec(outline, findings, groups, question)?;
            let mut worded = spec.worded(style);
            let (page, notes) = layout::ranking::draw(page, &spec, style);
            worded.notes.extend(notes);
            (page, worded)
        }
        FigureKind::Choices { question } => {
            let spec = spec::choices::choices_spec(outline, findings, groups, question, style)?;
            (layout::choices::draw(page, &spec, style), spec.worded(style))
        }
        FigureKind::Bars { question, order, marks } => {
            let spec = spec::bars::bars_spec(outline, findings, groups, question, *order, style)?;
            let mut worded = spec.worded(style);
            let (page, notes) = layout::bars::draw(page, &spec, *marks, style);
            worded.notes.extend(notes);
            (page, worded)
        }
        FigureKind::Slope { question, sides, measure, by } => {
            let spec =
                spec::slope::slope_spec(outline, findings, (groups, sides), question, *measure, style)?;
            let page = match by {
                SlopeBy::Value => layout::slope::draw(page, &spec, style),
                SlopeBy::Rank => layout::slope::draw_ranks(page, &spec),
            };
            (page, spec.worded(style, *by == SlopeBy::Rank))
        }
        FigureKind::Numbers { question, drawn } => {
            let spec = spec::numbers::numbers_spec(outline, findings, groups, question)?;
            let page = match drawn {
                NumbersAs::Histogram => layout::numbers::draw_histogram(page, &spec, style),
                NumbersAs::Box => layout::numbers::draw_boxes(page, &spec, style),
            };
            (page, spec.worded(style, *drawn == NumbersAs::Histogram))
        }
        FigureKind::MeanRank { question } => {
            let spec = spec::mean_rank::mean_rank_spec(outline, findings, groups, question, style)?;
            (layout::estimates::draw(page, &spec, style), spec.worded())
        }
        FigureKind::Worths { question } => {
            let spec = spec::worths::worths_spec(outline, findings, groups, question, style)?;
            (layout::estimates::draw(page, &spec, style), spec.worded())
        }
        FigureKind::Upset { question } => {
            let spec = spec::upset::upset_spec(outline, findings, groups, question, style)?;
            (layout::upset::draw(page, &spec, style), spec.worded(style))
        }
        FigureKind::Forest { questions, compared } => {
            let spec = spec::forest::forest_spec(outline, findings, groups, questions, compared, style)?;
            (layout::estimates::draw(page, &spec, style), spec.worded())
        }
        FigureKind::Crosstab { question, percent, compared } => {
            let of = (*percent, compared);
            let spec = spec::crosstab::crosstab_spec(outline, findings, groups, question, of, style)?;
            (layout::heat::draw(page, &spec, style), spec.worded(style))
        }
        FigureKind::Dyads { link, questions } => {
            let spec = spec::dyads::dyads_spec(outline, findings, link, questions, style)?;
            (layout::heat::draw(page, &spec, style), spec.worded(style))
        }
        FigureKind::Missing { questions, order } => {
            let spec = spec::missing::missing_spec(outline, findings, groups, questions, *order, style)?;
            (layout::heat::draw(page, &spec, style), spec.worded(style))
        }
    };
    worded.notes.extend(spec::cautions::caution_notes(used(request, outline, findings), outline, style));
    worded.notes.extend(outline.notes.iter().cloned());
    let scene = page.finish(&worded.notes);
    Ok((scene, worded))
}

fn finish(
    request: &FigureRequest,
    title: String,
    alt: String,
    data: Vec<Vec<String>>,
    mut scene: Scene,
) -> Figure {
    let words = svg::Words { id: &request.id, title: &title, description: &alt };
    let document = svg::svg(&scene, words, request.theme, request.size.scale());
    let cautions = limits::cautions(&request.id, &scene, request.size);
    Figure {
        id: request.id.clone(),
        title,
        alt,
        svg: document,
        texts: std::mem::take(&mut scene.texts),
        data,
        cautions,
        dpi: request.size.dpi(),
        scene,
        theme: request.theme,
        scale: request.size.scale(),
    }
}

/// The title that was asked for, or the label of the question.
fn title(request: &FigureRequest, outline: &Outline) -> String {
    let asked = font::clean(&request.title);
    if !asked.is_empty() {
        return asked;
    }
    match (&request.kind, request.kind.question()) {
        (FigureKind::Forest { .. }, _) => "Comparisons".to_owned(),
        (FigureKind::Missing { .. }, _) => "Who did not answer".to_owned(),
        (FigureKind::Dyads { link, .. }, _) => {
            outline.link(link).map_or_else(|| font::clean(link), |link| font::clean(&link.label))
        }
        (_, None) => "From invited to analysed".to_owned(),
        (_, Some(id)) => outline
            .questions
            .iter()
            .find(|question| question.id == id && !question.label.is_empty())
            .map_or_else(|| font::clean(id), |question| font::clean(&question.label)),
    }
}

/// The findings that the figure shows, for their cautions.
fn used<'a>(
    request: &'a FigureRequest,
    outline: &Outline,
    findings: &'a Findings,
) -> impl Iterator<Item = &'a Finding> {
    let groups = match &request.kind {
        FigureKind::Slope { sides: Sides::Link(link), .. } => vec![link.clone()],
        _ => spec::groups_or_all(outline, &request.groups),
    };
    findings
        .iter()
        .filter(move |finding| groups.contains(&finding.group))
        .filter(|finding| finding.question.as_deref() == request.kind.question())
        .filter(|finding| draws(&request.kind, finding))
}

/// Whether a figure can show a finding: the flow shows people and one rate, no figure shows what was asked of nonresponse.
fn draws(kind: &FigureKind, finding: &Finding) -> bool {
    use crate::findings::Statistic as S;
    match kind {
        FigureKind::Bars { .. } => return spec::bars::shows(finding),
        FigureKind::Slope { .. } => return spec::slope::shows(finding),
        FigureKind::Numbers { .. } => return spec::numbers::shows(finding),
        FigureKind::MeanRank { .. } => return finding.statistic == S::MeanRank,
        FigureKind::Worths { .. } => return finding.statistic == S::LogWorth,
        FigureKind::Upset { .. } => return matches!(finding.statistic, S::Combination | S::Ticked),
        FigureKind::Forest { .. }
        | FigureKind::Crosstab { .. }
        | FigureKind::Dyads { .. }
        | FigureKind::Missing { .. } => return false,
        _ => {}
    }
    if finding.question.is_none() {
        return matches!(
            finding.statistic,
            S::Invited | S::Disposition | S::Received | S::Excluded | S::Included | S::Rr2
        );
    }
    !matches!(finding.statistic, S::Early | S::Late | S::LateDifference | S::Least | S::Most)
}

#[cfg(test)]
mod crowded;
#[cfg(test)]
mod pictures;
