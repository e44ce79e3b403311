//! Rankings.

use canvass::codebook::{Form, Missing};
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
