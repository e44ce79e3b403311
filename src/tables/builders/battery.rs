//! A score and its items: what each item does to the whole, and how well they hold together.

use crate::findings::{Outline, QuestionOutline};
use crate::tables::draft::Draft;
use crate::tables::table::{Cell, Row, Section, Table};

use super::{label, question_title, section_label};

/// A section for each group, a row for each item and one for the score.
pub(in crate::tables) fn battery(
    draft: &mut Draft<'_>,
    outline: &Outline,
    scores: &[&QuestionOutline],
) -> Table {
    let mut sections = Vec::new();
    for score in scores {
        let mut rows: Vec<Row> =
            score.parts.iter().map(|item| item_row(draft, score, &item.id, &item.label)).collect();
        rows.push(score_row(draft, score));
        sections.push(Section { label: section_label(outline, scores, score), rows });
    }
    let is_pair = scores.iter().any(|score| score.parts.len() == 2);
    let coefficient = if is_pair { "Spearman-Brown [95% CI]" } else { "Alpha [95% CI]" };
    let columns = [
        "N",
        "Mean [95% CI]",
        "SD",
        "Item-rest r",
        "Alpha without the item",
        coefficient,
        "Omega",
        "Mean inter-item r",
    ];
    let mut notes = vec![
        "N of an item: those whose answers are in its row. N of the score: those who have one, by the study's rule for \
         items without an answer."
            .to_owned(),
        "Coefficients: of those whose number stands with the items.".to_owned(),
        "Item-rest r: correlation of the item with the sum of the others.".to_owned(),
    ];
    if scores.iter().flat_map(|score| &score.parts).any(|item| item.label.ends_with("(reversed)")) {
        notes.push(
            "Reversed: turned around here, so that a high score means the same in every row.".to_owned(),
        );
    }
    Table {
        title: question_title(outline, scores),
        stub: "Item".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        sections,
        notes,
        ..Table::default()
    }
}

fn item_row(draft: &mut Draft<'_>, score: &QuestionOutline, item: &str, words: &str) -> Row {
    let id = |tail: &str| score.finding(&format!("{item}/{tail}")).as_str().to_owned();
    let answered = match draft.asked([id("mean")]) {
        Some(asked) => Draft::said(draft.style.count(asked.answered)),
        None => draft.count(&id("answered")),
    };
    let mut cells = vec![answered, draft.mean_with_interval(&id("mean")), draft.mean(&id("sd"))];
    cells.push(draft.number(&id("item-rest"), 2));
    cells.push(draft.number(&id("alpha-if-dropped"), 2));
    cells.extend([Cell::default(), Cell::default(), Cell::default()]);
    draft.row(words, cells)
}

fn score_row(draft: &mut Draft<'_>, score: &QuestionOutline) -> Row {
    let id = |tail: &str| score.finding(tail).as_str().to_owned();
    let mut cells =
        vec![draft.count(&id("answered")), draft.mean_with_interval(&id("mean")), draft.mean(&id("sd"))];
    cells.extend([Cell::default(), Cell::default()]);
    let coefficient = if score.parts.len() == 2 { "spearman-brown" } else { "alpha" };
    cells.push(draft.with_interval(&id(coefficient), 2));
    cells.push(draft.number(&id("omega"), 2));
    cells.push(draft.number(&id("inter-item"), 2));
    draft.row(&format!("Score: {}", label(score)), cells)
}
