//! Items on a scale: every point, the base, those outside it, and the usual summaries.

use crate::findings::{Named, Outline, Outside, QuestionOutline, meanings};
use crate::numbers::Decimals;
use crate::tables::Order;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Row, Section, Table};

use super::{answered_cell, item_label, label, mean_cell, median_cell, missing_cell, order, question_title};

/// A section for each question and group, a row for each item.
pub(in crate::tables) fn items(
    draft: &mut Draft<'_>,
    outline: &Outline,
    asked: &[Vec<&QuestionOutline>],
    order: Order,
) -> Table {
    let questions: Vec<&QuestionOutline> = asked.iter().flatten().copied().collect();
    let mut columns = Vec::new();
    let mut top_words = String::new();
    if let Some(first) = questions.first() {
        columns.extend(first.levels.iter().map(|level| format!("{}, n (%)", level.label)));
        let top = first.levels.get(first.top.clone()).unwrap_or_default();
        top_words = top.iter().map(|level| level.label.as_str()).collect::<Vec<_>>().join(" or ");
    }
    let outside = outside(draft, &questions);
    columns.push("N".to_owned());
    columns.extend(outside.iter().map(|column| column.heading().to_owned()));
    columns.extend(["Median [Q1, Q3]", "Mean (SD)", "Top box"].map(str::to_owned));
    let levels = questions.iter().flat_map(|question| {
        question.levels.iter().flat_map(|level| ids(question, &level.id)).collect::<Vec<_>>()
    });
    let decimals = draft.decimals(levels);
    let top = draft.decimals(questions.iter().flat_map(|question| ids(question, "top-box")));
    let shape = Shape { decimals, top, outside: &outside };
    let mut sections = Vec::new();
    for groups in asked {
        for question in groups {
            let first = groups.first().copied().unwrap_or(question);
            let in_order = order::items(draft.findings(), question, first, order);
            let rows = in_order.into_iter().map(|item| row(draft, question, item, &shape)).collect();
            let names = [
                (asked.len() > 1, label(question)),
                (groups.len() > 1, outline.group_label(&question.group).to_owned()),
            ];
            let names: Vec<String> =
                names.into_iter().filter(|(is_told, _)| *is_told).map(|(_, name)| name).collect();
            sections.push(Section { label: names.join(": "), rows });
        }
    }
    let mut notes =
        vec![format!("Percents are of N, those who answered on the scale.{}", meanings(&outside))];
    if !top_words.is_empty() {
        notes.push(format!("Top box: {top_words}."));
    }
    notes.extend(order::items_words(draft.findings(), outline, asked, order));
    let title = match asked {
        [one] => question_title(outline, one),
        several => several
            .iter()
            .filter_map(|groups| groups.first())
            .map(|one| label(one))
            .collect::<Vec<_>>()
            .join("; "),
    };
    Table { title, stub: "Item".to_owned(), columns, sections, notes, ..Table::default() }
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

/// What all rows have in common.
struct Shape<'a> {
    /// Of the points of the scale.
    decimals: Decimals,
    /// Of the top box.
    top: Decimals,
    /// The columns of those outside the base.
    outside: &'a [Outside],
}

fn row(draft: &mut Draft<'_>, question: &QuestionOutline, item: &Named, shape: &Shape<'_>) -> Row {
    let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let tails = question.levels.iter().map(|level| level.id.as_str());
    let levels: Vec<String> = tails.clone().map(&id).collect();
    let uneven = draft.whole(&levels, shape.decimals);
    let mut cells = Vec::new();
    for level in &levels {
        cells.push(draft.share(level, shape.decimals, ShareForm::CountFirst));
    }
    let asked = draft.asked(tails.chain(["answered", "median"]).map(&id));
    let mut base = answered_cell(draft, asked, &id("answered"));
    base.marks.extend(uneven);
    cells.push(base);
    for column in shape.outside {
        let cell = missing_cell(draft, asked, |reason| Outside::of(reason) == *column);
        cells.push(if *column == Outside::Missing { draft.with_facts(cell, asked) } else { cell });
    }
    cells.push(median_cell(draft, id));
    cells.push(mean_cell(draft, id));
    cells.push(draft.share(&id("top-box"), shape.top, ShareForm::WithInterval));
    draft.row(&item_label(question, item), cells)
}
