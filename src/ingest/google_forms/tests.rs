//! Each shape of a question on a table small enough to read.

use super::*;
use crate::codebook::{Form, MultiCells};
use crate::diag::FileId;
use crate::ingest;
use crate::ingest::told::{kinds, labels};

fn read_text(text: &str) -> Noted<Export> {
    ingest::read(&FileId::new("a.csv"), text.as_bytes(), None).unwrap()
}

/// Reads a form of which every row holds these tab-separated answers.
fn form(titles: &str, rows: &[&str]) -> Noted<Export> {
    let mut text = format!("Timestamp\t{titles}");
    for row in rows {
        text.push_str("\n12/13/2019 12:02:32\t");
        text.push_str(row);
    }
    read_text(&text)
}

#[test]
fn the_first_column_holds_times_in_many_languages_and_questions_follow() {
    for text in [
        "Timestamp,How old are you?\n2019/12/13 2:02:32 PM GMT+2,30\n",
        "Zeitstempel,Alter\n13.12.2019 12:02:32,30\n",
        "Marca temporal,Edad\n13/12/2019 12:02:32,30\n",
        "\u{30bf}\u{30a4}\u{30e0}\u{30b9}\u{30bf}\u{30f3}\u{30d7},\u{5e74}\u{9f62}\n2019/12/13 12:02:32,30\n",
        "Timestamp,How old are you?\n",
    ] {
        let export = read_text(text).value;
        assert_eq!((export.platform, export.metadata.ended), (Platform::GoogleForms, Some(0)), "{text}");
    }
    for text in [
        "Timestamp,temp,humidity\n2019-12-13 12:02:32,30,2\n",
        "timestamp,how old\n2019-12-13 12:02:32,30\n",
        "Timestamp,How old are you?\nyesterday,30\n",
    ] {
        assert_eq!(read_text(text).value.platform, Platform::Plain, "{text}");
    }
}

#[test]
fn g_01_and_g_02_own_words_stand_last_and_a_choice_may_hold_the_join() {
    let rows = [
        "Books, papers (JSS, JOSS), Web",
        "Web",
        "Web, Friends",
        "Friends",
        "Books, papers (JSS, JOSS)",
        "Friends, my cat; and, dog",
    ];
    let rows: Vec<&str> = rows.iter().cycle().take(12).copied().collect();
    let export = form("How did you learn?", &rows[..11]).value;
    let Form::Multi { cells, .. } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 1, separator: ", ".into() });
    assert_eq!(
        labels(&export, "How did you learn?"),
        ["Books, papers (JSS, JOSS)", "Friends", "Web", "Other (own words)"]
    );
}

#[test]
fn the_download_joins_with_semicolons() {
    let rows = ["Tea, hot;Milk", "Tea, hot", "Milk", "Milk;Water", "Water"];
    let rows: Vec<&str> = rows.iter().cycle().take(15).copied().collect();
    let export = form("What drinks?", &rows).value;
    let Form::Multi { cells, .. } = &export.instrument.questions[0].form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 1, separator: ";".into() });
    assert_eq!(labels(&export, "What drinks?"), ["Milk", "Tea, hot", "Water"]);
}

#[test]
fn g_03_titles_that_repeat_are_told_apart_and_have_no_blanks_around() {
    let noted = read_text("Timestamp,\" Why\n so? \",Why so?\n12/13/2019 12:02:32,1,2\n");
    assert_eq!(kinds(&noted.value), [("Why so?", "number"), ("Why so? (2)", "number")]);
    assert_eq!(noted.notes.iter().filter(|note| note.code == codes::DUPLICATE_COLUMN).count(), 1);
}

#[test]
fn g_04_both_wordings_of_an_edited_option_are_choices() {
    let rows = ["Yes", "Yes", "No", "No", "Yes, always", "Yes, always"];
    assert_eq!(labels(&form("Do you agree?", &rows).value, "Do you agree?"), ["No", "Yes", "Yes, always"]);
}

#[test]
fn g_05_brackets_are_a_grid_only_of_two_adjacent_rows() {
    let rows = ["Good\tBad\tx\t1", "Bad\tGood\ty\t2", "Good\tGood\tz\t3", "Good\tBad\tw\t4"];
    let titles = "Rate [Food]\tRate [Room [sea view]]\tName three [any]\tHow many? [in kg]";
    let export = form(titles, &rows).value;
    let expected = [("Rate", "battery"), ("Name three [any]", "text"), ("How many? [in kg]", "number")];
    assert_eq!(kinds(&export), expected);
    let Form::Battery { items, .. } = &export.instrument.questions[0].form else { panic!() };
    let items: Vec<(&str, &str)> = items.iter().map(|item| (item.id.as_str(), item.label.as_str())).collect();
    assert_eq!(items, [("Rate [Food]", "Food"), ("Rate [Room [sea view]]", "Room [sea view]")]);
}

#[test]
fn g_06_a_quiz_adds_scores_that_are_no_answers() {
    let titles = "Score\tCapital of France?\tCapital of France? [Score]\tCapital of France? [Feedback]";
    let export = form(
        titles,
        &["1 / 1\tParis\t1 / 1\t", "0 / 1\tRome\t0 / 1\t", "1 / 1\tParis\t1 / 1\t", "0 / 1\tRome\t0 / 1\t"],
    )
    .value;
    assert_eq!(kinds(&export), [("Capital of France?", "single")]);
    assert_eq!(export.metadata.rest, [1, 3, 4]);
}

#[test]
fn g_07_and_g_09_a_time_is_the_last_edit_and_a_section_that_was_not_visited_is_blank() {
    let export = form("Do you smoke?\tHow many a day?", &["No\t", "Yes\t5", "No\t", "Yes\t7"]).value;
    assert_eq!((export.metadata.started, export.metadata.ended), (None, Some(0)));
    assert!(export.instrument.questions.iter().all(|question| question.asked_if.is_none()));
}

#[test]
fn g_08_a_plus_before_a_number_and_the_error_of_an_eaten_formula_stay_what_they_are() {
    let rows = ["+49 30 1\t#NAME?", "+49 30 2\t-none", "+49 30 3\t#ERROR!", "+49 30 4\tno idea"];
    let export = form("How can we reach you?\tWhy so?", &rows).value;
    let cells: Vec<_> = (1..3).map(|column| export.table.cell(0, column)).collect();
    assert_eq!(cells, [Some("+49 30 1"), Some("#NAME?")]);
    assert!(export.instrument.questions.iter().all(|question| question.form.kind() == "text"));
}

#[test]
fn a_grid_of_items_and_places_is_in_doubt_only_where_its_rows_are_places_and_its_cells_are_not() {
    let doubts = |titles: &str, rows: &[&str]| {
        let notes = form(titles, rows).notes;
        notes.iter().filter(|note| note.message.contains("are called after places")).count()
    };
    let rows = ["Tea\tMilk", "Milk\tTea", "Tea\tMilk", "Milk\tTea"];
    assert_eq!(doubts("Best? [1st]\tBest? [2nd]", &rows), 1);
    assert_eq!(doubts("Best? [2nd]\tBest? [3rd]", &rows), 0);
    assert_eq!(doubts("Best? [Home]\tBest? [Work]", &rows), 0);
}

#[test]
fn g_08_a_cell_of_which_a_sheet_made_an_error_is_told() {
    let noted =
        form("What helps?\tHow often?", &["= all\tOften", "#NAME?\tOften", "Tea\tNever", "#ERROR!\tNever"]);
    let damage: Vec<_> = noted.notes.iter().filter(|note| note.code == codes::SPREADSHEET_DAMAGE).collect();
    assert_eq!(damage.len(), 1);
    assert_eq!(damage[0].place, Place::cell(&FileId::new("a.csv"), 3, "What helps?"));
}

#[test]
fn g_10_a_span_that_a_sheet_made_a_date_is_told() {
    let rows = ["1-2", "2-Jan", "3-4", "2-Jan"];
    let noted = form("How many times a week?", &rows);
    let damage: Vec<_> = noted.notes.iter().filter(|note| note.code == codes::SPREADSHEET_DAMAGE).collect();
    assert_eq!(damage.len(), 1);
    assert_eq!(damage[0].place, Place::cell(&FileId::new("a.csv"), 3, "How many times a week?"));
}

#[test]
fn a_grid_of_boxes_is_a_multi_select_for_each_row() {
    let rows = ["Home, Work\tHome", "Home\tWork", "Work\tHome", "Work, Home\tHome", "Home, Work\tWork"];
    let export = form("Where? [Mac]\tWhere? [PC]", &rows).value;
    assert_eq!(kinds(&export), [("Where? [Mac]", "multi-select"), ("Where? [PC]", "multi-select")]);
    assert_eq!(labels(&export, "Where? [PC]"), ["Home", "Work"]);
}

#[test]
fn a_grid_of_items_and_places_is_a_ranking_only_where_no_place_repeats() {
    let orders = [
        "1st choice\t2nd choice\t3rd choice",
        "2nd choice\t1st choice\t3rd choice",
        "3rd choice\t1st choice\t2nd choice",
    ];
    let many: Vec<&str> = orders.iter().cycle().take(12).copied().collect();
    let titles = "Rank these [A]\tRank these [B]\tRank these [C]";
    assert_eq!(kinds(&form(titles, &many).value), [("Rank these", "ranking")]);
    let mut marred = many.clone();
    marred.extend(vec!["1st choice\t1st choice\t2nd choice"; 4]);
    assert_eq!(kinds(&form(titles, &marred).value), [("Rank these", "battery")]);
}
