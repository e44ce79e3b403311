//! Items on a scale: every point, the base, those outside it, and the usual summaries.

use crate::codebook::Missing;
use crate::findings::{Named, Outline, QuestionOutline};
use crate::numbers::Decimals;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Row, Section, Table};

use super::{label, mean_cell, median_cell, missing_cell, question_title, section_label};

/// Which reasons a column counts.
type Fits = fn(Missing) -> bool;

/// The heading of those who were not asked; the column stands only where somebody was not.
const NOT_ASKED: &str = "Not asked";

/// Those outside the base.
const OUTSIDE: [(&str, Fits); 3] = [
    ("N/A", |reason| reason == Missing::NotApplicable),
    (NOT_ASKED, |reason| reason == Missing::NotAsked),
    ("Missing", |reason| !matches!(reason, Missing::NotApplicable | Missing::NotAsked)),
];

/// A section for each group, a row for each item.
pub(in crate::tables) fn items(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
) -> Table {
    let mut columns = Vec::new();
    let mut decimals = Vec::new();
    let mut top_words = String::new();
    if let Some(first) = questions.first() {
        columns.extend(first.levels.iter().map(|level| format!("{}, n (%)", level.label)));
        for tail in first.levels.iter().map(|level| level.id.as_str()).chain(["top-box"]) {
            let ids = questions.iter().flat_map(|question| ids(question, tail));
            decimals.push(draft.decimals(ids));
        }
        let top = first.levels.get(first.top.clone()).unwrap_or_default();
        top_words = top.iter().map(|level| level.label.as_str()).collect::<Vec<_>>().join(" or ");
    }
    let outside: Vec<(&str, Fits)> = OUTSIDE
        .into_iter()
        .filter(|(heading, fits)| *heading != NOT_ASKED || questions.iter().any(|q| anybody(draft, q, *fits)))
        .collect();
    columns.push("N".to_owned());
    columns.extend(outside.iter().map(|(heading, _)| (*heading).to_owned()));
    columns.extend(["Median [Q1, Q3]", "Mean (SD)", "Top box"].map(str::to_owned));
    let mut sections = Vec::new();
    for question in questions {
        let rows =
            question.items.iter().map(|item| row(draft, question, item, (&decimals, &outside))).collect();
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    let mut notes = vec![
        "Percents are of N, those who answered on the scale. N/A: not applicable, outside N. Missing: asked, without an \
         answer."
            .to_owned(),
    ];
    if !top_words.is_empty() {
        notes.push(format!("Top box: {top_words}."));
    }
    Table {
        title: question_title(outline, questions),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes,
        ..Table::default()
    }
}

/// The ids of one finding over all items of a question.
fn ids(question: &QuestionOutline, tail: &str) -> Vec<String> {
    question.items.iter().map(|item| question.item_finding(item, tail).as_str().to_owned()).collect()
}

/// Whether an item of the question has somebody whose answer is missing for a reason that fits.
fn anybody(draft: &Draft<'_>, question: &QuestionOutline, fits: Fits) -> bool {
    question.items.iter().any(|item| {
        let ids = question.levels.iter().map(|level| question.item_finding(item, &level.id));
        let asked = draft.asked(ids.map(|id| id.as_str().to_owned()));
        asked.is_some_and(|asked| asked.missing.keys().any(|reason| fits(*reason)))
    })
}

fn row(
    draft: &mut Draft<'_>,
    question: &QuestionOutline,
    item: &Named,
    (decimals, outside): (&[Decimals], &[(&str, Fits)]),
) -> Row {
    let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let tails = question.levels.iter().map(|level| level.id.as_str());
    let mut cells = Vec::new();
    for (tail, decimals) in tails.clone().zip(decimals) {
        cells.push(draft.share(&id(tail), *decimals, ShareForm::CountFirst));
    }
    let asked = draft.asked(tails.chain(["answered", "median"]).map(&id));
    cells.push(match (draft.value(&id("answered")), asked) {
        (None, Some(asked)) => Draft::said(draft.style.count(asked.answered)),
        (Some(_), _) | (None, None) => draft.count(&id("answered")),
    });
    for (_, fits) in outside {
        cells.push(missing_cell(draft, asked, fits));
    }
    cells.push(median_cell(draft, id));
    cells.push(mean_cell(draft, id));
    let top = decimals.last().copied().unwrap_or(Decimals(1));
    cells.push(draft.share(&id("top-box"), top, ShareForm::WithInterval));
    let words = if item.label.is_empty() { label(question) } else { item.label.clone() };
    draft.row(&words, cells)
}
