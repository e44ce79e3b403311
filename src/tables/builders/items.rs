//! Items on a scale: every point, the base, those outside it, and the usual summaries.

use crate::findings::{Named, Outline, Outside, QuestionOutline, meanings};
use crate::numbers::Decimals;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Row, Section, Table};

use super::{
    MEDIAN, exact_places, label, mean_cell, median_cell, missing_cell, question_title, section_label,
};

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
    let outside = outside(draft, questions);
    columns.push("N".to_owned());
    columns.extend(outside.iter().map(|column| column.heading().to_owned()));
    columns.extend(["Median [Q1, Q3]", "Mean (SD)", "Top box"].map(str::to_owned));
    let medians =
        questions.iter().flat_map(|question| MEDIAN.into_iter().flat_map(|tail| ids(question, tail)));
    let places = exact_places(draft, medians);
    let mut sections = Vec::new();
    for question in questions {
        let shape = (decimals.as_slice(), outside.as_slice(), places);
        let rows = question.items.iter().map(|item| row(draft, question, item, shape)).collect();
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    let mut notes =
        vec![format!("Percents are of N, those who answered on the scale.{}", meanings(&outside))];
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

/// The columns of those outside the base: two that always stand, and the others where somebody is in one.
fn outside(draft: &Draft<'_>, questions: &[&QuestionOutline]) -> Vec<Outside> {
    let anybody = |question: &QuestionOutline, column: Outside| {
        question.items.iter().any(|item| {
            let ids = question.levels.iter().map(|level| question.item_finding(item, &level.id));
            let asked = draft.asked(ids.map(|id| id.as_str().to_owned()));
            asked.is_some_and(|asked| asked.missing.keys().any(|reason| Outside::of(*reason) == column))
        })
    };
    let always = |column: Outside| matches!(column, Outside::NotApplicable | Outside::Missing);
    let stands = |column: &Outside| always(*column) || questions.iter().any(|q| anybody(q, *column));
    Outside::ALL.into_iter().filter(stands).collect()
}

fn row(
    draft: &mut Draft<'_>,
    question: &QuestionOutline,
    item: &Named,
    (decimals, outside, places): (&[Decimals], &[Outside], u8),
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
    for column in outside {
        let cell = missing_cell(draft, asked, |reason| Outside::of(reason) == *column);
        cells.push(if *column == Outside::Missing { draft.with_facts(cell, asked) } else { cell });
    }
    cells.push(median_cell(draft, id, places));
    cells.push(mean_cell(draft, id));
    let top = decimals.last().copied().unwrap_or(Decimals(1));
    cells.push(draft.share(&id("top-box"), top, ShareForm::WithInterval));
    let words = if item.label.is_empty() { label(question) } else { item.label.clone() };
    draft.row(&words, cells)
}
