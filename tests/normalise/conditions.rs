//! Conditions on every kind of question, seen through what they make of a blank.

use canvass::codebook::{Comparison, Condition, Form, Missing, MultiCells};

use super::*;

/// The reason for a blank in a question with this condition, for each row.
fn blanks(table: &str, mut questions: Vec<Question>, condition: Condition) -> Vec<Option<bool>> {
    let width = table.trim().lines().next().map_or(0, |line| line.split('|').count());
    let mut text = String::new();
    for (line, cells) in table.trim().lines().enumerate() {
        let (before, after) = if line == 0 { ("done", "target") } else { ("1", "") };
        text.push_str(&[before, cells.trim(), after].join("|"));
        text.push('\n');
    }
    let shift = |question: &mut Question| match &mut question.form {
        Form::Single { column, .. } | Form::Multi { cells: MultiCells::Joined { column, .. }, .. } => {
            *column += 1;
        }
        Form::Multi { cells: MultiCells::Split(columns), .. } => {
            for column in columns {
                *column += 1;
            }
        }
        Form::Battery { items, .. } | Form::Ranking { items } => {
            for item in items {
                item.column += 1;
            }
        }
        _ => panic!("not used here"),
    };
    questions.iter_mut().for_each(shift);
    questions.push(asked_if(single("target", width + 1, &["x"]), condition));
    let export = with_finished(export(&text, questions));
    first(&coded(&export, "target", None))
        .into_iter()
        .map(|answer| match answer {
            No(Missing::Skipped) => Some(true),
            No(Missing::NotAsked) => Some(false),
            No(Missing::Blank) => None,
            other => panic!("{other:?}"),
        })
        .collect()
}

fn chosen(question: &str, choice: &str) -> Condition {
    Condition::Chosen { question: question.into(), choice: choice.into() }
}

fn compare(question: &str, comparison: Comparison, value: &str) -> Condition {
    Condition::Compare { question: question.into(), comparison, value: value.into() }
}

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);

#[test]
fn a_choice_is_known_by_id_and_a_cell_that_cannot_be_read_is_not_known() {
    let questions = || vec![single("a", 0, &["Red", "Green"])];
    assert_eq!(blanks("a\nRed\nGreen\n\nred\nGren", questions(), chosen("a", "1")), [YES, NO, NO, YES, None]);
    assert_eq!(blanks("a\nRed", questions(), chosen("a", "9")), [None]);
    assert_eq!(blanks("a\nRed", questions(), chosen("nobody", "1")), [None]);
}

#[test]
fn a_comparison_on_a_choice_is_with_its_code() {
    let questions = || vec![single("a", 0, &["Red", "Green", "Blue"])];
    let greater = compare("a", Comparison::Greater, "1");
    assert_eq!(blanks("a\nRed\nGreen\nBlue\n", questions(), greater), [NO, YES, YES]);
    let unequal = compare("a", Comparison::NotEqual, "2");
    assert_eq!(blanks("a\nRed\nGreen\nx", questions(), unequal), [YES, NO, None]);
}

#[test]
fn boxes_are_asked_one_by_one() {
    let multi = || {
        let form = Form::Multi {
            cells: MultiCells::Split(vec![0, 1]),
            choices: choices(&["Red", "Green"]),
            texts: Vec::new(),
        };
        vec![question("m", form)]
    };
    assert_eq!(blanks("m1|m2\nRed|\n|Green\n0|1", multi(), chosen("m", "2")), [NO, YES, YES]);
    let answered = || Condition::Answered { question: "m".into() };
    assert_eq!(blanks("m1|m2\nRed|\n|\n0|0", multi(), answered()), [YES, NO, NO]);
    assert_eq!(blanks("m1|m2\nRed|", multi(), compare("m", Comparison::Equal, "1")), [None]);
}

#[test]
fn choices_in_one_cell_are_taken_apart() {
    let form = Form::Multi {
        cells: MultiCells::Joined { column: 0, separator: ",".into() },
        choices: choices(&["Red", "Green", "Red,Green"]),
        texts: Vec::new(),
    };
    let condition = chosen("m", "2");
    assert_eq!(blanks("m\nRed\nGreen\nmauve", vec![question("m", form)], condition), [NO, YES, None]);
}

#[test]
fn an_item_of_a_battery_or_of_a_ranking_can_be_asked() {
    let form = Form::Battery { items: items(0..2), choices: choices(&["Low", "High"]) };
    assert_eq!(blanks("i0|i1\nLow|High\nHigh|", vec![question("b", form)], chosen("i0", "2")), [NO, YES]);
    let form = Form::Ranking { items: items(0..2) };
    let first = compare("i1", Comparison::Equal, "1");
    assert_eq!(blanks("i0|i1\n2|1\n1|2", vec![question("r", form)], first), [YES, NO]);
}

#[test]
fn a_column_that_belongs_to_no_question_can_be_compared() {
    assert_eq!(blanks("arm\nA\nB\n", Vec::new(), compare("arm", Comparison::Equal, "A")), [YES, NO]);
}

#[test]
fn three_values_meet_as_kleene_has_them() {
    let questions = || vec![single("a", 0, &["x", "y"])];
    let unknown = || Condition::Unknown("?".into());
    let table = "a\nx\ny";
    assert_eq!(blanks(table, questions(), Condition::All(vec![chosen("a", "1"), unknown()])), [None, NO]);
    assert_eq!(blanks(table, questions(), Condition::Any(vec![chosen("a", "1"), unknown()])), [YES, None]);
    assert_eq!(blanks(table, questions(), Condition::Not(Box::new(chosen("a", "1")))), [NO, YES]);
}
