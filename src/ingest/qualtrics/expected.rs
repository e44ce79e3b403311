//! The names that exporters give to the columns of a question that a definition has.

use crate::ingest::qsf::{Asked, Choice, Kind, Matrix, Side};

use super::header::Generation;
use super::import_id::Part;

/// The names that exporters give to a question's columns, the likeliest first.
pub(super) fn names_of(
    asked: &Asked,
    generation: Generation,
    add: &mut dyn FnMut(String, Option<&str>, Part),
) {
    let tag = &asked.tag;
    if !matches!(asked.kind, Kind::Shown | Kind::Measured) {
        add(format!("{tag}_DO"), None, Part::Order(None));
        for choice in &asked.choices {
            add(format!("{tag}_DO_{}", choice.id), None, Part::Order(Some(choice.id.clone())));
        }
    }
    match asked.kind {
        Kind::Single | Kind::NetPromoter | Kind::Multi => {
            add(tag.clone(), None, Part::Answer(Vec::new()));
            add(format!("{tag}_NPS_GROUP"), None, Part::NpsGroup);
            if asked.kind == Kind::Multi {
                for (name, choice) in suffixed(tag, &asked.choices, generation) {
                    add(name, None, Part::Tick(choice.id.clone()));
                }
            }
            for (name, choice) in suffixed(tag, &asked.choices, generation) {
                add(format!("{name}_TEXT"), None, Part::Text(vec![choice.id.clone()]));
            }
            // Older exporters have one text column for the question.
            if let Some(choice) = asked.choices.iter().find(|choice| choice.text_entry) {
                add(format!("{tag}_TEXT"), None, Part::Text(vec![choice.id.clone()]));
            }
        }
        Kind::Text | Kind::Number | Kind::Date | Kind::Contact => {
            if asked.choices.is_empty() {
                add(tag.clone(), None, Part::Text(Vec::new()));
                add(format!("{tag}_TEXT"), None, Part::Text(Vec::new()));
            }
            for (name, field) in suffixed(tag, &asked.choices, generation) {
                add(format!("{name}_TEXT"), None, Part::Answer(vec![field.id.clone()]));
                add(name, None, Part::Answer(vec![field.id.clone()]));
            }
        }
        Kind::Groups => of_groups(asked, add),
        Kind::Numbers | Kind::Ranking | Kind::Levels => {
            for (name, item) in suffixed(tag, &asked.choices, generation) {
                add(format!("{name}_TEXT"), None, Part::Text(vec![item.id.clone()]));
                add(name, None, Part::Answer(vec![item.id.clone()]));
            }
        }
        Kind::Matrix(matrix) => {
            // The exporter before 2017 glued the tags of a text's question and row.
            for choice in &asked.choices {
                let row = choice.tag.as_ref().unwrap_or(&choice.id);
                add(format!("{tag}{row}_TEXT"), None, Part::Text(vec![choice.id.clone()]));
            }
            for (row, choice) in rows(tag, &asked.choices) {
                cells(&row, choice, matrix, &asked.answers, generation, &mut |name, part| {
                    add(name, None, part);
                });
            }
        }
        Kind::SideBySide => {
            for side in &asked.sides {
                for (row, choice) in side_rows(tag, side, &asked.choices) {
                    cells(&row, choice, side.matrix, &side.answers, generation, &mut |name, part| {
                        add(name, Some(&side.number), part);
                    });
                }
            }
        }
        Kind::Measured => of_measures(tag, add),
        Kind::Other(_) => {
            add(tag.clone(), None, Part::Unknown);
            for (name, _) in suffixed(tag, &asked.choices, generation) {
                add(name, None, Part::Unknown);
            }
        }
        Kind::Shown => {}
    }
}

/// The columns of page timers and of what is known of a browser.
fn of_measures(tag: &str, add: &mut dyn FnMut(String, Option<&str>, Part)) {
    for page in ["First Click", "Last Click", "Page Submit", "Click Count"] {
        add(format!("{tag}_{page}"), None, Part::Timing);
    }
    for browser in ["Browser", "Version", "Operating System", "Resolution"] {
        add(format!("{tag}_{browser}"), None, Part::Browser);
    }
}

/// The columns of pick, group and rank.
fn of_groups(asked: &Asked, add: &mut dyn FnMut(String, Option<&str>, Part)) {
    let tag = &asked.tag;
    for group in &asked.answers {
        for item in &asked.choices {
            let (group, item) = (&group.id, &item.id);
            let ids = || (group.clone(), item.clone());
            add(format!("{tag}_{group}_GROUP_{item}"), None, {
                let (group, item) = ids();
                Part::InGroup(group, item)
            });
            for name in [format!("{tag}_{group}_{item}_RANK"), format!("{tag}_G{group}_{item}_RANK")] {
                let (group, item) = ids();
                add(name, None, Part::RankIn(group, item));
            }
        }
    }
}

/// The columns of a row of a matrix.
fn cells(
    row: &str,
    choice: &Choice,
    matrix: Matrix,
    answers: &[Choice],
    generation: Generation,
    add: &mut dyn FnMut(String, Part),
) {
    add(format!("{row}_TEXT"), Part::Text(vec![choice.id.clone()]));
    match matrix {
        Matrix::Single | Matrix::Other(_) => add(row.to_owned(), Part::Answer(vec![choice.id.clone()])),
        Matrix::Multi | Matrix::Text | Matrix::Number | Matrix::Ranks => {
            for (name, answer) in suffixed(row, answers, generation) {
                let ids = vec![choice.id.clone(), answer.id.clone()];
                add(format!("{name}_TEXT"), Part::Answer(ids.clone()));
                add(name, Part::Answer(ids));
            }
        }
    }
}

/// Names of the columns of choices: by export tag, by id, by recode and by position.
fn suffixed<'a>(tag: &str, choices: &'a [Choice], generation: Generation) -> Vec<(String, &'a Choice)> {
    let by_id = choices.iter().map(|choice| (format!("{tag}_{}", choice.id), choice));
    let by_code = choices.iter().map(|choice| (format!("{tag}_{}", choice.code), choice));
    let by_position = (1..).zip(choices).map(|(position, choice)| (format!("{tag}_{position}"), choice));
    let by_tag = choices.iter().filter_map(|choice| Some((choice.tag.clone()?, choice)));
    let tagged =
        choices.iter().filter_map(|choice| Some((format!("{tag}_{}", choice.tag.as_ref()?), choice)));
    let named = by_tag.chain(tagged);
    // The modern exporter numbers columns by choice id, the older ones by recode.
    match generation {
        Generation::Legacy | Generation::Transitional => {
            named.chain(by_code).chain(by_id).chain(by_position).collect()
        }
        Generation::Modern | Generation::NamesOnly => {
            named.chain(by_id).chain(by_code).chain(by_position).collect()
        }
    }
}

/// Names of the rows of a matrix: by export tag, by position and by id.
fn rows<'a>(tag: &str, choices: &'a [Choice]) -> Vec<(String, &'a Choice)> {
    let by_tag = choices.iter().filter_map(|choice| Some((choice.tag.clone()?, choice)));
    let tagged =
        choices.iter().filter_map(|choice| Some((format!("{tag}_{}", choice.tag.as_ref()?), choice)));
    let by_position = (1..).zip(choices).map(|(position, choice)| (format!("{tag}_{position}"), choice));
    let by_id = choices.iter().map(|choice| (format!("{tag}_{}", choice.id), choice));
    by_tag.chain(tagged).chain(by_position).chain(by_id).collect()
}

/// Names of the rows of a part of a side-by-side question: `Q4#1_2`, or `tiny: 92` in the older exports.
fn side_rows<'a>(tag: &str, side: &Side, choices: &'a [Choice]) -> Vec<(String, &'a Choice)> {
    let mut rows = rows(&format!("{tag}#{}", side.number), choices);
    let own = side.tag.as_ref().unwrap_or(&side.number);
    for (position, choice) in (1..).zip(choices) {
        let row = choice.tag.clone().unwrap_or_else(|| format!("{tag}_{position}"));
        rows.push((format!("{row}: {own}"), choice));
        rows.push((format!("{tag}#{}_{row}_{own}", side.number), choice));
    }
    rows
}
