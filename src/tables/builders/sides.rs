//! Items on a scale by its two sides: below, at and above the middle, and its lowest and highest points.

use crate::findings::{Named, Outline, QuestionOutline};
use crate::numbers::Decimals;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Row, Section, Table};

use super::{label, question_title, section_label};

/// The findings in the order of the columns, and their headings.
const COLUMNS: [(&str, &str); 5] = [
    ("bottom-box", "Bottom box"),
    ("below-middle", "Below the middle"),
    ("at-middle", "Middle"),
    ("above-middle", "Above the middle"),
    ("top-box", "Top box"),
];

/// A section for each group, a row for each item. A scale without a declared middle has its two boxes only.
pub(in crate::tables) fn sides(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
) -> Table {
    let ids = |tail: &str| -> Vec<String> {
        let of = |question: &&QuestionOutline| -> Vec<String> {
            question.items.iter().map(|item| question.item_finding(item, tail).as_str().to_owned()).collect()
        };
        questions.iter().flat_map(of).collect()
    };
    let level = |tail: &str| ids(tail).iter().find_map(|id| draft.findings().get(id)?.level.clone());
    // A box that takes the same points as its side would stand twice.
    let stands = |tail: &str| match tail {
        "bottom-box" => level(tail) != level("below-middle"),
        "top-box" => level(tail) != level("above-middle"),
        _ => level(tail).is_some(),
    };
    let columns: Vec<(&str, &str)> = COLUMNS.into_iter().filter(|(tail, _)| stands(tail)).collect();
    let decimals: Vec<Decimals> = columns.iter().map(|(tail, _)| draft.decimals(ids(tail))).collect();
    let mut notes = vec!["Percents are of N, those who answered on the scale.".to_owned()];
    for (tail, heading) in &columns {
        notes.extend(points(draft, questions, &ids(tail)).map(|points| format!("{heading}: {points}.")));
    }
    let mut sections = Vec::new();
    for question in questions {
        let rows = question.items.iter().map(|item| row(draft, question, item, &columns, &decimals));
        let rows = rows.collect();
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    let headings = columns.iter().map(|(_, heading)| format!("{heading}, n (%)"));
    Table {
        title: question_title(outline, questions),
        stub: "Item".to_owned(),
        columns: std::iter::once("N".to_owned()).chain(headings).collect(),
        sections,
        notes,
        ..Table::default()
    }
}

/// The points that a column takes together, in words; nothing where it takes none.
fn points(draft: &Draft<'_>, questions: &[&QuestionOutline], ids: &[String]) -> Option<String> {
    let level = ids.iter().find_map(|id| draft.findings().get(id)?.level.as_deref())?;
    let taken: Vec<&str> = level.split('+').collect();
    let levels = questions.first().map_or(&[][..], |question| &question.levels);
    let labels: Vec<&str> = levels
        .iter()
        .filter(|level| taken.contains(&level.id.as_str()))
        .map(|level| level.label.as_str())
        .collect();
    (!labels.is_empty()).then(|| labels.join(" or "))
}

fn row(
    draft: &mut Draft<'_>,
    question: &QuestionOutline,
    item: &Named,
    columns: &[(&str, &str)],
    decimals: &[Decimals],
) -> Row {
    let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
    let asked = draft.asked(columns.iter().map(|(tail, _)| id(tail)));
    let answered = match asked {
        Some(asked) => Draft::said(draft.style.count(asked.answered)),
        None => draft.count(&id("answered")),
    };
    let mut cells = vec![draft.with_facts(answered, asked)];
    for ((tail, _), decimals) in columns.iter().zip(decimals) {
        cells.push(draft.share(&id(tail), *decimals, ShareForm::CountFirst));
    }
    let words = if item.label.is_empty() { label(question) } else { item.label.clone() };
    draft.row(&words, cells)
}
