//! Matrices of pairs: choices ticked together, and items preferred to each other.

use crate::findings::{Named, Outline, QuestionOutline, Value};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::{question_title, section_label};

/// A section for each group: a row and a column for each choice, with those who ticked both.
pub(in crate::tables) fn co_selection(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
) -> Table {
    let id = |question: &QuestionOutline, one: &Named, two: &Named| {
        question.finding(&format!("{}/with/{}", one.id, two.id)).as_str().to_owned()
    };
    let ids = questions.iter().flat_map(|question| {
        let pairs = pairs(&question.levels);
        pairs.map(|(one, two)| id(question, one, two)).collect::<Vec<_>>()
    });
    let decimals = draft.decimals(ids.collect::<Vec<_>>());
    let width = questions.iter().map(|question| question.levels.len()).max().unwrap_or(0);
    let mut sections = Vec::new();
    for question in questions {
        let mut rows = Vec::new();
        for (one, first) in question.levels.iter().enumerate() {
            let mut cells = Vec::new();
            for (two, second) in question.levels.iter().enumerate() {
                cells.push(match one.cmp(&two) {
                    std::cmp::Ordering::Less => {
                        draft.share(&id(question, first, second), decimals, ShareForm::CountFirst)
                    }
                    std::cmp::Ordering::Equal => alone(draft, question, first),
                    std::cmp::Ordering::Greater => Cell::default(),
                });
            }
            cells.resize(width, Cell::default());
            rows.push(draft.row(&format!("{}. {}", one + 1, first.label), cells));
        }
        let asked = draft.asked(pairs(&question.levels).map(|(one, two)| id(question, one, two)));
        rows.push(base_row(draft, "Respondents", asked, width));
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    Table {
        title: question_title(outline, questions),
        stub: "Choice".to_owned(),
        columns: (1..=width).map(|number| number.to_string()).collect(),
        sections,
        notes: vec![
            "Columns are the choices by their numbers. Each cell counts the respondents who ticked both; on the diagonal \
             stand those who ticked the choice at all. Percents are of the respondents who answered."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// How many ticked a choice, if that was asked too.
fn alone(draft: &mut Draft<'_>, question: &QuestionOutline, choice: &Named) -> Cell {
    let id = question.finding(&choice.id).as_str().to_owned();
    if draft.value(&id).is_none() {
        return Draft::said("\u{2013}");
    }
    let decimals = draft.decimals([&id]);
    draft.share(&id, decimals, ShareForm::CountFirst)
}

/// A section for each group: a row and a column for each item, with those who prefer the row's to the column's.
pub(in crate::tables) fn preferences(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
) -> Table {
    let id = |question: &QuestionOutline, one: &Named, two: &Named| {
        question.item_finding(one, &format!("over/{}", two.id)).as_str().to_owned()
    };
    let ids = questions.iter().flat_map(|question| {
        pairs(&question.items).map(|(one, two)| id(question, one, two)).collect::<Vec<_>>()
    });
    let decimals = draft.decimals(ids.collect::<Vec<_>>());
    let width = questions.iter().map(|question| question.items.len()).max().unwrap_or(0);
    let mut sections = Vec::new();
    let mut notes = vec![
        "Columns are the items by their numbers. Each cell counts those who prefer the row's item to the column's; those \
         missing to the base put the two level or say nothing of one of them. Copeland: items that more prefer it to \
         than the other way round, ties by half."
            .to_owned(),
    ];
    for question in questions {
        let mut rows = Vec::new();
        for (one, first) in question.items.iter().enumerate() {
            let mut cells = Vec::new();
            for (two, second) in question.items.iter().enumerate() {
                cells.push(if one == two {
                    Draft::said("\u{2013}")
                } else {
                    draft.share(&id(question, first, second), decimals, ShareForm::CountFirst)
                });
            }
            cells.resize(width, Cell::default());
            cells.push(draft.number(question.item_finding(first, "copeland").as_str(), 1));
            rows.push(draft.row(&format!("{}. {}", one + 1, first.label), cells));
        }
        let asked = draft.asked(pairs(&question.items).map(|(one, two)| id(question, one, two)));
        rows.push(base_row(draft, "Rankings", asked, width + 1));
        let label = section_label(outline, questions, question);
        notes.push(winner(draft, question, &label));
        sections.push(Section { label, rows });
    }
    let columns = (1..=width).map(|number| number.to_string()).chain(["Copeland".to_owned()]).collect();
    Table {
        title: question_title(outline, questions),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes,
        ..Table::default()
    }
}

/// Who wins against every other, or why nobody does.
fn winner(draft: &Draft<'_>, question: &QuestionOutline, label: &str) -> String {
    let words = match draft.value(question.finding("condorcet-winner").as_str()) {
        Some(Value::Order(tiers)) => {
            let labels: Vec<&str> = tiers.iter().flat_map(|tier| &tier.labels).map(String::as_str).collect();
            labels.join(", ")
        }
        Some(Value::NotComputed(reason)) => format!("none; {reason}"),
        _ => "n/a".to_owned(),
    };
    let whose = if label.is_empty() { String::new() } else { format!(" ({label})") };
    format!("Condorcet winner{whose}: {words}.")
}

/// Every item with every later one.
fn pairs(named: &[Named]) -> impl Iterator<Item = (&Named, &Named)> {
    named.iter().enumerate().flat_map(|(at, one)| named[at + 1..].iter().map(move |two| (one, two)))
}

/// How many are in a section, with what must be known about them as a whole.
pub(super) fn base_row(
    draft: &mut Draft<'_>,
    what: &str,
    asked: Option<&crate::findings::Asked>,
    width: usize,
) -> Row {
    let blank = vec![Cell::default(); width];
    let Some(asked) = asked else { return draft.row(&format!("{what}: n/a"), blank) };
    let marks = draft.with_facts(Cell::default(), Some(asked)).marks;
    let label = format!("{what}: {}", draft.style.count(asked.answered));
    Row { marks, ..draft.row(&label, blank) }
}
