//! Each kind of figure: its specification, its layout, and the words beside them.

use super::font::clean;
use super::kind::{FigureKind, NumbersAs, Sides, SlopeBy};
use super::layout::{self, Page};
use super::scene::Scene;
use super::spec::{self, Worded};
use super::{FigureRequest, NotDrawn};
use crate::findings::{Finding, Findings, Outline};
use crate::numbers::NumberStyle;

/// What a figure is made of.
#[derive(Clone, Copy)]
struct From<'a> {
    outline: &'a Outline,
    findings: &'a Findings,
    groups: &'a [String],
    style: NumberStyle,
}

/// The scene of a figure and its words.
pub(super) fn compose(
    request: &FigureRequest,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<(Scene, Worded), NotDrawn> {
    let from = From { outline, findings, groups: &request.groups, style };
    let title = if request.bare { String::new() } else { title(request, outline) };
    let page = Page::new(&title, request.size.width());
    let (page, mut worded) = drawn(page, &request.kind, from)?;
    worded.notes.extend(spec::cautions::caution_notes(used(request, outline, findings), outline, style));
    worded.notes.extend(outline.notes.iter().cloned());
    let mut said = Vec::new();
    for note in worded.notes.drain(..) {
        if !note.trim().is_empty() && !said.contains(&note) {
            said.push(note);
        }
    }
    worded.notes = said;
    let scene = page.finish(if request.bare { &[] } else { &worded.notes });
    Ok((scene, worded))
}

/// The page of a kind of figure, and its words.
fn drawn(page: Page, kind: &FigureKind, from: From<'_>) -> Result<(Page, Worded), NotDrawn> {
    let From { outline, findings, groups, style } = from;
    Ok(match kind {
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
    })
}

/// The title that was asked for, or the label of the question.
pub(super) fn title(request: &FigureRequest, outline: &Outline) -> String {
    let asked = clean(&request.title);
    if !asked.is_empty() {
        return asked;
    }
    match (&request.kind, request.kind.question()) {
        (FigureKind::Forest { .. }, _) => "Comparisons".to_owned(),
        (FigureKind::Missing { .. }, _) => "Who did not answer".to_owned(),
        (FigureKind::Dyads { link, .. }, _) => {
            outline.link(link).map_or_else(|| clean(link), |link| clean(&link.label))
        }
        (_, None) => "From invited to analysed".to_owned(),
        (_, Some(id)) => outline
            .questions
            .iter()
            .find(|question| question.id == id && !question.label.is_empty())
            .map_or_else(|| clean(id), |question| clean(&question.label)),
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
        FigureKind::Bars { .. } => spec::bars::shows(finding),
        FigureKind::Slope { .. } => spec::slope::shows(finding),
        FigureKind::Numbers { .. } => spec::numbers::shows(finding),
        FigureKind::MeanRank { .. } => finding.statistic == S::MeanRank,
        FigureKind::Worths { .. } => finding.statistic == S::LogWorth,
        FigureKind::Upset { .. } => matches!(finding.statistic, S::Combination | S::Ticked),
        FigureKind::Forest { .. }
        | FigureKind::Crosstab { .. }
        | FigureKind::Dyads { .. }
        | FigureKind::Missing { .. } => false,
        FigureKind::Flow => matches!(
            finding.statistic,
            S::Invited | S::Disposition | S::Received | S::Excluded | S::Included | S::Rr2
        ),
        FigureKind::Likert { .. } | FigureKind::Ranking { .. } | FigureKind::Choices { .. } => {
            !matches!(finding.statistic, S::Early | S::Late | S::LateDifference | S::Least | S::Most)
        }
    }
}
