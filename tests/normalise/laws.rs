//! Laws that coding obeys on any table.

use canvass::codebook::{Condition, Form, Missing, MultiCells};
use canvass::responses::RankState;
use proptest::prelude::*;

use super::*;

/// Cells that stand for what real columns hold, sense and nonsense.
const CELLS: [&str; 12] =
    ["", "", "1", "2", "3", "Agree", "Disagree", "agree ", "-99", "0", "Not applicable", "x, y"];

const COLUMNS: usize = 9;

/// The columns, in this order: finished, single, two items of a battery, two boxes, two ranks, number.
fn questions(at: &[usize]) -> Vec<Question> {
    let item =
        |position: usize| Item { id: format!("i{position}"), label: String::new(), column: at[position] };
    let condition = Condition::Chosen { question: "single".into(), choice: "1".into() };
    vec![
        single("single", at[1], &["Disagree", "Neutral", "Agree"]),
        asked_if(
            question(
                "battery",
                Form::Battery {
                    items: vec![item(2), item(3)],
                    choices: choices(&["Disagree", "Neutral", "Agree"]),
                },
            ),
            condition,
        ),
        question(
            "multi",
            Form::Multi {
                cells: MultiCells::Split(vec![at[4], at[5]]),
                choices: choices(&["Agree", "Disagree"]),
                texts: vec![at[8]],
            },
        ),
        question("ranking", Form::Ranking { items: vec![item(6), item(7)] }),
        question("number", Form::Numbers { items: vec![item(8)] }),
    ]
}

/// An export in which column `i` of the table stands at position `at[i]`.
fn table(rows: &[Vec<usize>], at: &[usize], mark: bool) -> Export {
    let mut names = vec![String::new(); COLUMNS];
    for (position, column) in at.iter().enumerate() {
        names[*column] = format!("c{position}");
    }
    let mut text = names.join("|");
    for row in rows {
        let mut cells = [""; COLUMNS];
        for (position, cell) in row.iter().enumerate() {
            cells[at[position]] = if position == 0 { ["1", "0", ""][cell % 3] } else { CELLS[*cell] };
        }
        text.push('\n');
        text.push_str(&cells.join("|"));
    }
    let mut export = export(&text, questions(at));
    export.metadata.finished = Some(at[0]);
    export.seen_unanswered = mark.then(|| "-99".to_owned());
    export
}

/// Each question's answers row by row, as text.
fn rows_of(export: &Export) -> Vec<Vec<String>> {
    let scale = agreement();
    let mut rows = vec![Vec::new(); export.table.height()];
    for question in &export.instrument.questions {
        let scale = (question.id == "battery").then_some(&scale);
        let answers = code(export, question, scale).value.answers;
        for (row, said) in rows.iter_mut().enumerate() {
            said.push(match &answers {
                Answers::Choice(codes) => format!("{:?}", codes.get(row)),
                Answers::Scaled { items } | Answers::Choices { items } | Answers::Texts { items } => {
                    format!("{:?}", items.iter().map(|codes| codes.get(row)).collect::<Vec<_>>())
                }
                Answers::Ticks(ticks) => format!(
                    "{:?} {:?} {:?}",
                    ticks.answered.get(row),
                    ticks.chosen.iter().map(|bits| bits.get(row)).collect::<Vec<_>>(),
                    ticks.texts.iter().map(|bits| bits.get(row)).collect::<Vec<_>>()
                ),
                Answers::TickItems { .. } => String::new(),
                Answers::Ranks(rankings) => format!("{:?}", rankings[row]),
                Answers::Numbers { items } => {
                    format!("{:?}", items.iter().map(|numbers| numbers[row]).collect::<Vec<_>>())
                }
            });
        }
    }
    rows
}

fn any_rows() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0..CELLS.len(), COLUMNS), 0..12)
}

fn in_order() -> Vec<usize> {
    (0..COLUMNS).collect()
}

proptest! {
    #[test]
    fn every_row_has_an_answer_or_a_reason(rows in any_rows(), mark: bool) {
        let export = table(&rows, &in_order(), mark);
        let all: Vec<usize> = (0..rows.len()).collect();
        let scale = agreement();
        for question in &export.instrument.questions {
            let scale = (question.id == "battery").then_some(&scale);
            let coded = code(&export, question, scale).value;
            prop_assert_eq!(coded.answers.height(), Some(rows.len()));
            match &coded.answers {
                Answers::Choice(codes) => prop_assert_eq!(codes.tally(&all, 3).rows(), rows.len() as u64),
                Answers::Scaled { items } => {
                    for codes in items {
                        prop_assert_eq!(codes.tally(&all, 3).rows(), rows.len() as u64);
                        prop_assert_eq!(codes.tally(&all, 3).given.len(), 3);
                    }
                }
                Answers::Ticks(ticks) => {
                    let missing: u64 = Missing::ALL.iter().map(|reason| ticks.missing(&all, *reason)).sum();
                    prop_assert_eq!(ticks.respondents(&all) + missing, rows.len() as u64);
                    let mentioned: u64 = ticks.answered.iter().filter_map(Answer::given).map(u64::from).sum();
                    prop_assert_eq!(ticks.mentions(&all).iter().sum::<u64>(), mentioned);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn what_is_unreadable_is_in_the_ledger(rows in any_rows(), mark: bool) {
        let export = table(&rows, &in_order(), mark);
        for id in ["single", "number"] {
            let coded = coded(&export, id, None).value;
            let unreadable = match &coded.answers {
                Answers::Choice(codes) => codes.iter().filter(|answer| *answer == No(Missing::Unreadable)).count(),
                Answers::Numbers { items } => items[0].iter().filter(|n| **n == Err(Missing::Unreadable)).count(),
                _ => unreachable!(),
            };
            let entries = coded.recoded.iter().filter(|entry| entry.rule == canvass::normalise::RecodingRule::Unreadable).count();
            prop_assert_eq!(unreadable, entries);
        }
    }

    #[test]
    fn shuffled_rows_give_shuffled_answers(rows in any_rows(), mark: bool, by in 0_usize..12) {
        let straight = rows_of(&table(&rows, &in_order(), mark));
        let mut turned = rows.clone();
        let by = if rows.is_empty() { 0 } else { by % rows.len() };
        turned.rotate_left(by);
        turned.reverse();
        let mut expected = straight;
        expected.rotate_left(by);
        expected.reverse();
        prop_assert_eq!(rows_of(&table(&turned, &in_order(), mark)), expected);
    }

    #[test]
    fn permuted_columns_give_the_same_answers(rows in any_rows(), mark: bool, at in Just(in_order()).prop_shuffle()) {
        prop_assert_eq!(rows_of(&table(&rows, &at, mark)), rows_of(&table(&rows, &in_order(), mark)));
    }

    #[test]
    fn a_ranking_is_complete_only_if_every_rank_stands_once(rows in any_rows()) {
        let export = table(&rows, &in_order(), true);
        let coded = coded(&export, "ranking", None).value;
        let Answers::Ranks(rankings) = coded.answers else { unreachable!() };
        for ranking in rankings {
            let mut ranks: Vec<u16> = ranking.ranks.iter().copied().flatten().collect();
            ranks.sort_unstable();
            prop_assert_eq!(ranking.state == RankState::Complete, ranks == [1, 2]);
        }
    }
}
