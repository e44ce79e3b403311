//! One builder for each kind of table: which findings stand in which cell.

mod battery;
mod choices;
mod combinations;
mod comparisons;
mod constant_sum;
mod crosstab;
mod dates;
mod defaults;
mod flow;
mod items;
mod linked;
mod net_promoter;
mod nonresponse;

mod numbers;
mod order;
mod outcome_rates;
mod pairs;
mod participants;
mod ranking;
mod response;
mod sides;
mod together;
mod whole;
mod worths;

pub(super) use battery::battery;
pub(super) use choices::choices;
pub(super) use combinations::combinations;
pub(super) use comparisons::comparisons;
pub(super) use constant_sum::constant_sum;
pub(super) use crosstab::{Crossed, crosstab};
pub(super) use dates::dates;
pub(super) use defaults::defaults;
pub(super) use flow::flow;
pub(super) use items::items;
pub(super) use linked::{agreement, change, concordance};
pub(super) use net_promoter::net_promoter;
pub(super) use nonresponse::{nonresponse, sensitivity};
pub(super) use numbers::numbers;
pub(super) use outcome_rates::{dispositions, outcome_rates};
pub(super) use pairs::pairs;
pub(super) use participants::participants;
pub(super) use ranking::ranking;
pub(super) use response::response;
pub(super) use sides::sides;
pub(super) use together::{co_selection, preferences};
pub(super) use whole::{multi_comparison, ranking_comparison};
pub(super) use worths::worths;

use crate::codebook::Missing;
use crate::findings::{Asked, Named, Outline, QuestionOutline, Value};
use crate::numbers::exact_places as places_of;

use super::draft::Draft;
use super::table::Cell;

/// The label of a question, or its id.
fn label(question: &QuestionOutline) -> String {
    if question.label.trim().is_empty() { question.id.clone() } else { question.label.clone() }
}

/// The label of a section: the group's, or nothing if there is only one.
fn section_label(outline: &Outline, questions: &[&QuestionOutline], question: &QuestionOutline) -> String {
    if questions.len() > 1 { outline.group_label(&question.group).to_owned() } else { String::new() }
}

/// The title of a table of one question; it names the group where there is only one.
fn question_title(outline: &Outline, questions: &[&QuestionOutline]) -> String {
    match questions {
        [] => String::new(),
        [one] => format!("{} ({})", label(one), outline.group_label(&one.group)),
        [first, ..] => label(first),
    }
}

/// How many did not answer, for the reasons that fit; not available where nothing says so.
fn missing_cell(draft: &mut Draft<'_>, asked: Option<&Asked>, fits: impl Fn(Missing) -> bool) -> Cell {
    match asked {
        None => draft.without_account(),
        Some(asked) => {
            let count = asked.missing.iter().filter(|(reason, _)| fits(**reason)).map(|(_, n)| n).sum();
            Draft::said(draft.style.count(count))
        }
    }
}

/// Mean and standard deviation in one cell, for example `3.93 (1.00)`.
fn mean_cell(draft: &mut Draft<'_>, id: impl Fn(&str) -> String) -> Cell {
    let cells = [draft.mean(&id("mean")), draft.mean(&id("sd"))];
    Draft::joined(
        cells,
        |[mean, sd]| if is_absent(mean) { mean.to_owned() } else { format!("{mean} ({sd})") },
    )
}

/// How many answered, by the account of the question or, where that is withheld, by a finding of its own.
fn answered_cell(draft: &mut Draft<'_>, asked: Option<&Asked>, id: &str) -> Cell {
    match (draft.value(id), asked) {
        (None, Some(asked)) => Draft::said(draft.style.count(asked.answered)),
        (Some(_), _) | (None, None) => draft.count(id),
    }
}

/// The label of an item, or of its question where it has only one.
fn item_label(question: &QuestionOutline, item: &Named) -> String {
    if item.label.is_empty() { label(question) } else { item.label.clone() }
}

/// What a cell of a range shows.
const RANGE: [&str; 2] = ["minimum", "maximum"];

/// The smallest and the largest number in one cell, for example `18 to 90`.
fn range_cell(draft: &mut Draft<'_>, id: impl Fn(&str) -> String) -> Cell {
    let places = exact_places(draft, RANGE.map(&id));
    let ends = RANGE.map(|tail| draft.number(&id(tail), places));
    let style = draft.style;
    Draft::joined(ends, |[low, high]| if is_absent(low) { low.to_owned() } else { style.range(low, high) })
}

/// Whether a cell shows that it has no value.
pub(super) fn is_absent(shown: &str) -> bool {
    matches!(shown, "n/a" | "[c]")
}

/// What a cell of a median shows.
const MEDIAN: [&str; 3] = ["median", "q1", "q3"];

/// The decimals of numbers that stand in one cell: those that show each of them as it is. Other cells have their own, so
/// that a median is the same string in every table and figure.
fn exact_places(draft: &Draft<'_>, ids: impl IntoIterator<Item = String>) -> u8 {
    places_of(ids.into_iter().filter_map(|id| match draft.value(&id) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }))
}

/// Median and quartiles in one cell, for example `4.0 [3.0, 5.0]`.
fn median_cell(draft: &mut Draft<'_>, id: impl Fn(&str) -> String) -> Cell {
    let places = exact_places(draft, MEDIAN.map(&id));
    let cells = MEDIAN.map(|tail| draft.number(&id(tail), places));
    Draft::joined(
        cells,
        |[median, q1, q3]| {
            if is_absent(median) { median.to_owned() } else { format!("{median} [{q1}, {q3}]") }
        },
    )
}
