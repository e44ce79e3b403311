//! Rankings.

use canvass::codebook::{Form, Item, Missing, OrderCells, Scoring};
use canvass::diag::codes;
use canvass::normalise::{RecodedFrom, RecodingRule as Rule};
use canvass::responses::{RankState, Ranking};

use super::*;

fn ranked(table: &str) -> (Vec<Ranking>, Noted<Coded>) {
    let width = table.lines().next().map_or(0, |line| line.split('|').count());
    let export = export(table, vec![question("r", Form::Ranking { items: items(0..width) })]);
    let coded = coded(&export, "r", None);
    let Answers::Ranks(rankings) = coded.value.answers.clone() else { panic!() };
    (rankings, coded)
}

fn states(table: &str) -> (Vec<RankState>, Noted<Coded>) {
    let (rankings, coded) = ranked(table);
    (rankings.into_iter().map(|ranking| ranking.state).collect(), coded)
}

#[test]
fn complete_top_and_blank_rankings_need_no_word() {
    let (states, coded) = states("a|b|c\n1|3|2\n|1|\n2|1|\n||");
    let blank = RankState::Missing(Missing::Blank);
    assert_eq!(states, [RankState::Complete, RankState::TopK(1), RankState::TopK(2), blank]);
    assert_eq!((coded.notes.len(), coded.value.recoded.len()), (0, 0));
}

#[test]
fn rk_02_rk_03_partial_and_tied_ranks_are_reported_and_never_repaired() {
    let (rankings, coded) = ranked("a|b|c\n1|3|\n1|1|2\n|2|\n2|2|2");
    let states: Vec<RankState> = rankings.iter().map(|ranking| ranking.state).collect();
    assert_eq!(states, [RankState::Partial, RankState::Tied, RankState::Partial, RankState::Tied]);
    assert_eq!(rankings[1].ranks, [Some(1), Some(1), Some(2)]);
    assert_eq!(codes_of(&coded), [codes::BAD_RANK, codes::BAD_RANK]);
    assert!(coded.notes.iter().all(|note| note.message.ends_with("2 rankings")));
}

#[test]
fn rk_05_a_rank_out_of_range_or_unreadable_makes_the_ranking_invalid() {
    for cell in ["0", "4", "2.5", "1-2", "1,2", "high", "-1", "1/2"] {
        let (states, coded) = states(&format!("a|b|c\n{cell}|1|2"));
        assert_eq!(states, [RankState::Invalid], "{cell}");
        assert_eq!(codes_of(&coded), [codes::BAD_RANK], "{cell}");
        assert_eq!((coded.value.recoded[0].line, coded.value.recoded[0].rule), (2, Rule::BadRank), "{cell}");
    }
}

#[test]
fn rk_17_ranks_in_words_are_read_and_entered_in_the_ledger() {
    for cell in ["2nd", "2 - next", "Rank 2", "Second choice", "2. then", "2) then", "2.0"] {
        let (rankings, coded) = ranked(&format!("a|b|c\n{cell}|1|3"));
        assert_eq!(rankings[0].ranks, [Some(2), Some(1), Some(3)], "{cell}");
        assert_eq!(rankings[0].state, RankState::Complete, "{cell}");
        assert_eq!(coded.value.recoded[0].rule, Rule::RankInWords, "{cell}");
    }
}

#[test]
fn the_mark_in_some_items_is_no_rank_and_in_all_a_skipped_question() {
    let mut export =
        export("a|b\n1|-99\n-99|-99\n|", vec![question("r", Form::Ranking { items: items(0..2) })]);
    export.seen_unanswered = Some("-99".into());
    let coded = coded(&export, "r", None);
    let Answers::Ranks(rankings) = &coded.value.answers else { panic!() };
    let states: Vec<RankState> = rankings.iter().map(|ranking| ranking.state).collect();
    assert_eq!(
        states,
        [RankState::TopK(1), RankState::Missing(Missing::Skipped), RankState::Missing(Missing::Blank)]
    );
    // The cell that was left beside a rank, and the question that was skipped, once.
    let seen: Vec<(u32, &str)> =
        coded.value.recoded.iter().map(|entry| (entry.line, entry.column.as_str())).collect();
    assert_eq!(seen, [(2, "b"), (3, "a")]);
    assert!(coded.value.recoded.iter().all(|entry| entry.rule == Rule::SeenUnanswered));
}

#[test]
fn words_after_a_rank_are_not_told() {
    let (rankings, coded) = ranked("a|b\n1 - my sister Ann|2\n1st|2");
    assert_eq!(rankings[0].ranks, [Some(1), Some(2)]);
    let told: Vec<_> = coded.value.recoded.iter().map(|entry| entry.from.clone()).collect();
    assert_eq!(told, [RecodedFrom::Withheld, RecodedFrom::Text("1st".into())]);
}

/// A ranking by choices: `labels` are the items, in the cells that `cells` names.
fn ordered(table: &str, cells: OrderCells, labels: &[&str]) -> (Vec<Ranking>, Noted<Coded>) {
    let form = Form::Ordering { cells, choices: choices(labels) };
    let coded = coded(&export(table, vec![question("r", form)]), "r", None);
    let Answers::Ranks(rankings) = coded.value.answers.clone() else { panic!() };
    (rankings, coded)
}

fn places(table: &str, labels: &[&str]) -> (Vec<Ranking>, Noted<Coded>) {
    let width = table.lines().next().map_or(0, |line| line.split('|').count());
    ordered(table, OrderCells::Places((0..width).collect()), labels)
}

fn listed(table: &str, separator: &str, labels: &[&str]) -> (Vec<Ranking>, Noted<Coded>) {
    ordered(table, OrderCells::Listed { column: 0, separator: separator.into() }, labels)
}

fn scored(table: &str, scoring: Scoring) -> (Vec<Ranking>, Noted<Coded>) {
    let width = table.lines().next().map_or(0, |line| line.split('|').count());
    let export = export(table, vec![question("r", Form::Scores { items: items(0..width), scoring })]);
    let coded = coded(&export, "r", None);
    let Answers::Ranks(rankings) = coded.value.answers.clone() else { panic!() };
    (rankings, coded)
}

fn ranks(rankings: &[Ranking]) -> Vec<Vec<Option<u16>>> {
    rankings.iter().map(|ranking| ranking.ranks.clone()).collect()
}

const FRUIT: [&str; 3] = ["Apple", "Banana", "Cherry"];

#[test]
fn every_shape_of_one_data_set_gives_one_model() {
    let (by_item, _) = ranked("a|b|c\n2|3|1\n1|2|3\n|1|\n||");
    let (by_place, _) = places("1st|2nd|3rd\nCherry|Apple|Banana\nApple|Banana|Cherry\nBanana||\n||", &FRUIT);
    let (by_code, _) = places("1st|2nd|3rd\n3|1|2\n1|2|3\n2||\n||", &FRUIT);
    let (by_list, _) = listed("r|x\nCherry;Apple;Banana;|\nApple; Banana; Cherry|\nBanana;|\n|", ";", &FRUIT);
    let (in_words, _) = ranked("a|b|c\n2nd|3rd|1st\nfirst|second|third\n|Rank 1|\n||");
    let (from_zero, _) = scored("a|b|c\n1|2|0\n0|1|2\n|0|\n||", Scoring::FromZero);
    let (high_first, _) = scored("a|b|c\n2|1|3\n3|2|1\n|3|\n||", Scoring::HighFirst);
    let (points, _) = scored("a|b|c\n30|10|60\n50|30|20\n|100|\n||", Scoring::Points);
    for other in [by_place, by_code, by_list, in_words, from_zero, high_first, points] {
        assert_eq!(other, by_item);
    }
}

#[test]
fn rk_01_what_is_left_unranked_is_no_rank_in_any_spelling() {
    let (rankings, coded) = ranked("a|b|c|d\n1|2|0|0\n0|1|0|2\n1|N/A|2|n/a\n2|1||");
    let states: Vec<RankState> = rankings.iter().map(|ranking| ranking.state).collect();
    assert_eq!(states, [RankState::TopK(2); 4]);
    assert_eq!(rankings[0].ranks, [Some(1), Some(2), None, None]);
    assert_eq!(
        coded.notes[0].message,
        "0 is read as \"not ranked\" in question r, as it stands several times beside ranks from 1: 4 cells"
    );
    // The cells that say so in words are in the ledger.
    assert_eq!(coded.value.recoded.iter().filter(|entry| entry.rule == Rule::Outside).count(), 2);
}

#[test]
fn rk_04_a_gap_is_named_and_not_closed() {
    let (rankings, coded) = ranked("a|b|c|d\n1|2|4|");
    assert_eq!((rankings[0].state, codes_of(&coded)), (RankState::Partial, vec![codes::BAD_RANK]));
    assert_eq!(rankings[0].ranks, [Some(1), Some(2), Some(4), None]);
    let (rankings, _) = places("1st|2nd|3rd\nApple||Cherry", &FRUIT);
    assert_eq!(rankings[0].state, RankState::Partial);
}

#[test]
fn rk_05_a_zero_alone_may_be_the_first_rank_and_is_no_rank_until_that_is_said() {
    let (states, coded) = states("a|b|c\n0|1|2");
    assert_eq!(states, [RankState::Invalid]);
    assert!(coded.notes[0].help.as_ref().unwrap().contains("ranks = \"from-0\""));
    let (rankings, _) = scored("a|b|c\n0|1|2\n3|0|1", Scoring::FromZero);
    assert_eq!(rankings[0].ranks, [Some(1), Some(2), Some(3)]);
    assert_eq!(rankings[1].state, RankState::Invalid);
}

#[test]
fn rk_06_the_highest_is_first_only_where_it_is_declared() {
    let (rankings, _) = scored("a|b|c\n3|1|2\n4|1|2", Scoring::HighFirst);
    assert_eq!(rankings[0].ranks, [Some(1), Some(3), Some(2)]);
    assert_eq!(rankings[1].state, RankState::Invalid);
}

#[test]
fn rk_07_items_in_their_own_order_far_more_often_than_by_chance_are_told() {
    let table = |own: usize, others: &str, times: usize| {
        format!("a|b|c|d\n{}{}", "1|2|3|4\n".repeat(own), others.repeat(times))
    };
    let mixed = "4|3|2|1\n2|1|3|4\n1|3|2|4\n3|1|2|4\n";
    let (_, coded) = states(&table(8, mixed, 4));
    assert_eq!(codes_of(&coded), [codes::INITIAL_ORDER]);
    assert!(coded.notes[0].message.starts_with("8 of 24 complete rankings"), "{}", coded.notes[0].message);
    // Too few rankings, and one order among others as frequent.
    assert_eq!(codes_of(&states(&table(8, mixed, 2)).1), []);
    assert_eq!(codes_of(&states(&table(5, mixed, 5)).1), []);
    // Nobody touched it: nothing is an answer.
    let (states, _) = states("a|b\n|\n|");
    assert_eq!(states, [RankState::Missing(Missing::Blank); 2]);
}

#[test]
fn rk_10_items_that_a_person_was_not_shown_have_no_rank() {
    let (rankings, _) = ranked("a|b|c|d\n|2|1|\n1||2|3");
    let states: Vec<RankState> = rankings.iter().map(|ranking| ranking.state).collect();
    assert_eq!(states, [RankState::TopK(2), RankState::TopK(3)]);
}

#[test]
fn rk_11_a_box_for_not_applicable_leaves_the_item_out_for_that_person() {
    let (rankings, coded) = ranked("a|b|c\n1|N/A|2\nN/A|N/A|N/A");
    assert_eq!(rankings[0].ranks, [Some(1), None, Some(2)]);
    assert_eq!(rankings[1].state, RankState::Missing(Missing::NotApplicable));
    assert_eq!(coded.value.recoded.len(), 4);
}

#[test]
fn rk_12_none_of_these_at_the_first_place_is_no_ranking() {
    let labels = ["Apple", "Banana", "None of these"];
    let (rankings, coded) = places("1|2\nNone of these|\nApple|Banana\nApple|None of these", &labels);
    let states: Vec<RankState> = rankings.iter().map(|ranking| ranking.state).collect();
    assert_eq!(states, [RankState::Missing(Missing::NotApplicable), RankState::Complete, RankState::Invalid]);
    assert_eq!(codes_of(&coded), [codes::EXCLUSIVE_CHOICE]);
    let items = labels.iter().zip(0..).map(|(label, column)| Item {
        id: format!("i{column}"),
        label: (*label).into(),
        column,
    });
    let form = Form::Ranking { items: items.collect() };
    let coded = super::coded(&export("a|b|none\n||1\n1|2|\n1|2|3", vec![question("r", form)]), "r", None);
    let Answers::Ranks(rankings) = &coded.value.answers else { panic!() };
    let states: Vec<RankState> = rankings.iter().map(|ranking| ranking.state).collect();
    assert_eq!(states, [RankState::Missing(Missing::NotApplicable), RankState::TopK(2), RankState::Invalid]);
}

#[test]
fn rk_14_an_item_at_two_places_makes_the_ranking_invalid() {
    let (rankings, coded) = places("1st|2nd|3rd\nApple|Apple|Cherry", &FRUIT);
    assert_eq!((rankings[0].state, codes_of(&coded)), (RankState::Invalid, vec![codes::BAD_RANK]));
    assert_eq!(rankings[0].ranks, [Some(1), None, Some(3)]);
    let (rankings, coded) = listed("r|x\nApple;Cherry;Apple|", ";", &FRUIT);
    assert_eq!((rankings[0].state, codes_of(&coded)), (RankState::Invalid, vec![codes::BAD_RANK]));
}

#[test]
fn rk_15_a_list_whose_items_hold_the_separator_is_read_where_one_way_holds_them_all() {
    let labels = ["Cost, low", "Speed", "Cost"];
    let (rankings, coded) = listed("r|x\nSpeed,Cost,Cost, low|\nCost, low,Speed|", ",", &labels);
    assert_eq!(ranks(&rankings), [[Some(3), Some(1), Some(2)], [Some(1), Some(2), None]]);
    assert_eq!(coded.notes.len(), 0);
    // "A,B" may be one item or two, and neither way holds all three.
    let (rankings, coded) = listed("r|x\nA,B|", ",", &["A", "B", "A,B"]);
    assert_eq!((rankings[0].state, codes_of(&coded)), (RankState::Invalid, vec![codes::AMBIGUOUS_CHOICES]));
    // The order of a list is the answer, whatever the order of the definition.
    let (rankings, _) = listed("r|x\nA,B,C|", ",", &["C", "B,C", "A,B", "A", "B"]);
    assert_eq!(rankings[0].state, RankState::Invalid);
}

#[test]
fn rk_16_an_item_that_was_renamed_is_known_by_its_other_names() {
    let mut items = choices(&FRUIT);
    items[0].also.push("Apples".into());
    let form = Form::Ordering { cells: OrderCells::Places(vec![0, 1]), choices: items };
    let coded = coded(&export("1|2\nApples|Cherry", vec![question("r", form)]), "r", None);
    let Answers::Ranks(rankings) = &coded.value.answers else { panic!() };
    assert_eq!(rankings[0].ranks, [Some(1), None, Some(2)]);
}

#[test]
fn rk_19_columns_of_the_first_three_are_places_of_any_number_of_items() {
    let labels = ["Apple", "Banana", "Cherry", "Date", "Elder"];
    let (rankings, _) = places("Top1|Top2|Top3\nDate|Apple|Elder\nElder||", &labels);
    assert_eq!(rankings[0].ranks, [Some(2), None, None, Some(1), Some(3)]);
    assert_eq!([rankings[0].state, rankings[1].state], [RankState::TopK(3), RankState::TopK(1)]);
}

#[test]
fn rk_20_a_rank_that_a_spreadsheet_made_a_date_is_not_read() {
    let (states, coded) = states("a|b|c\n2-Jan|1|3");
    assert_eq!((states, codes_of(&coded)), (vec![RankState::Invalid], vec![codes::BAD_RANK]));
}

#[test]
fn rk_21_points_that_do_not_add_up_are_told_and_still_ranked() {
    let table = format!("a|b|c\n{}60|30|20\n50|50|0", "70|20|10\n".repeat(8));
    let (rankings, coded) = scored(&table, Scoring::Points);
    assert_eq!(rankings[8].ranks, [Some(1), Some(2), Some(3)]);
    assert_eq!(
        (&rankings[9].ranks[..], rankings[9].state),
        (&[Some(1), Some(1), Some(3)][..], RankState::Tied)
    );
    assert_eq!(codes_of(&coded), [codes::OTHER_TOTAL, codes::BAD_RANK]);
    assert!(coded.notes[0].message.contains("do not add up to 100, as most do: 1 ranking"));
    // Without a total that most share nothing is said.
    let (_, coded) = scored("a|b\n1|2\n5|3\n2|8", Scoring::Points);
    assert_eq!(coded.notes.len(), 0);
}

#[test]
fn what_is_no_item_makes_the_ranking_invalid_and_is_told_by_the_rules_of_texts() {
    let (rankings, coded) = places("1st|2nd\nApple|my sister Ann\nAppel|Cherry", &FRUIT);
    assert!(rankings.iter().all(|ranking| ranking.state == RankState::Invalid));
    let told: Vec<_> = coded.value.recoded.iter().map(|entry| entry.from.clone()).collect();
    assert_eq!(told, [RecodedFrom::Withheld, RecodedFrom::Text("Appel".into())]);
}
