//! What a table can be asked for: order, decimals, rounding, percents of several bases; counted by hand.

use crate::tables_in_memory::{files, refused, rows, table};

/// Eight people, each of whom chose a colour: three red, three blue, two green.
const PEOPLE: &str = "\
sex,colour,a,b,c,d,spent-1,spent-2,day,likes
Man,Red,1,3,2,3,50,50,2024-01-05,\"X,Y\"
Man,Red,1,3,2,3,20,80,2024-01-09,\"X,Y\"
Man,Red,2,3,3,3,90,10,2024-02-01,X
Man,Blue,1,2,2,1,10,10,2024-02-03,X
Man,Green,1,3,2,2,0,100,2024-03-01,\"X,Y\"
Woman,Blue,2,2,3,3,100,,2024-03-07,Y
Woman,Blue,1,3,2,3,40,60,,X
Woman,Green,3,3,1,3,30,70,2024-05-09,\"X,Y\"
";

const STUDY: &str = r#"
[study]
title = "Colours"
style = "ama"
[groups.all]
label = "All"
export = "people.csv"
[scales.three]
points = ["Low", "Middle", "High"]
codes = ["1", "2", "3"]
[scales.other]
points = ["Never", "Always"]
codes = ["1", "2"]
[questions.sex]
kind = "single"
choices = ["Man", "Woman"]
all = "sex"
[questions.colour]
label = "Colour"
kind = "single"
choices = ["Green", "Red", "Blue"]
all = "colour"
[questions.first]
label = "First"
kind = "likert"
scale = "three"
all = ["a", "b"]
[questions.second]
label = "Second"
kind = "likert"
scale = "three"
all = ["c", "d"]
[questions.spent]
label = "Spent"
kind = "number"
sum = 100
all = ["spent-1", "spent-2"]
[questions.day]
label = "Day"
kind = "date"
all = "day"
[questions.likes]
label = "Likes"
kind = "multi"
choices = ["X", "Y"]
separator = ","
all = "likes"
[[ask]]
inquiry = "distribution"
[[ask]]
inquiry = "number"
[[ask]]
inquiry = "dates"
[[ask]]
inquiry = "choices"
[[ask]]
inquiry = "combinations"
[[ask]]
inquiry = "crosstab"
of = "colour"
by = "sex"
test = "fisher"
"#;

fn with(show: &str) -> String {
    format!("{STUDY}[[table]]\nid = \"t\"\n{show}\n")
}

fn shown(show: &str) -> String {
    table(&with(show), &[("people.csv", PEOPLE)])
}

fn said(show: &str) -> String {
    refused(&with(show), &[("people.csv", PEOPLE)])
}

#[track_caller]
fn has(text: &str, row: &str) {
    let row = row.replace(" |", "|");
    assert!(rows(text).contains(&row), "{row} in\n{text}");
}

const COLOURS: &str = "show = \"participants\"\nof = \"colour\"";

#[test]
fn percents_that_do_not_sum_to_a_hundred_say_so() {
    // 37.5, 37.5 and 25 percent.
    let text = shown(COLOURS);
    has(&text, "| Green | 2 (25%) |");
    has(&text, "| Blue | 3 (38%) |");
    assert!(text.contains("the percents sum to 101 because of rounding."), "{text}");
    let text = shown(&format!("{COLOURS}\ndecimals = {{ percent = 1 }}"));
    has(&text, "| Red | 3 (37.5%) |");
    assert!(!text.contains("because of rounding"), "{text}");
}

#[test]
fn the_largest_remainder_makes_them_sum_and_says_which_percent_it_changed() {
    let asked = format!("{COLOURS}\nrounding = \"largest-remainder\"");
    // Two, five and six of thirteen: 15.4, 38.5 and 46.2 percent, of which the second has the largest remainder.
    let more = "Man,Red,1,3,2,3,50,50,,X\n".repeat(2) + &"Man,Blue,1,3,2,3,50,50,,X\n".repeat(3);
    let people = format!("{PEOPLE}{more}");
    let files = files(&with(&asked), &[("people.csv", &people)]);
    let text = String::from_utf8(files["tables/t.md"].clone()).unwrap();
    has(&text, "| Green | 2 (15%) |");
    has(&text, "| Blue | 6 (46%) |");
    assert!(text.contains("rounded by the largest remainder, so that they sum to 100."), "{text}");
    let of = |colour: &str| text.lines().find(|line| line.starts_with(&format!("| {colour}"))).unwrap();
    assert!(of("Red").contains("5 (39%) <sup>") && !of("Blue").contains("<sup>"), "{text}");
    // What is printed is what a machine reads.
    let csv = String::from_utf8(files["tables/t.csv"].clone()).unwrap();
    assert!(csv.contains("5 (39%),all/colour/red,5,13,39,"), "{csv}");
    let message = said(&format!("{COLOURS}\nrounding = \"largest\""));
    assert!(message.contains("half-up, largest-remainder"), "{message}");
}

#[test]
fn equal_counts_never_have_unequal_percents() {
    // Three and three of eight have one remainder, and one point is left for both.
    let text = shown(&format!("{COLOURS}\nrounding = \"largest-remainder\""));
    has(&text, "| Red | 3 (38%) |");
    has(&text, "| Blue | 3 (38%) |");
    assert!(text.contains("the percents sum to 101 because of rounding."), "{text}");
}

#[test]
fn decimals_are_those_that_the_table_asks_for_and_must_be_sensible() {
    let text = shown("show = \"items\"\nof = \"first\"\ndecimals = { percent = 2, mean = 3 }");
    // a: five at 1, two at 2, one at 3: 12 of eight.
    has(
        &text,
        "| a | 5 (62.50%) | 2 (25.00%) | 1 (12.50%) | 8 | 0 | 0 | 1 [1, 2] | 1.500 (0.756) | 12.50% (1/8) [2.24% to 47.09%] |",
    );
    let plain = shown("show = \"items\"\nof = \"first\"");
    has(
        &plain,
        "| a | 5 (63%) | 2 (25%) | 1 (13%) | 8 | 0 | 0 | 1 [1, 2] | 1.5 (0.8) | 13% (1/8) [2% to 47%] |",
    );
    let message = said("show = \"items\"\nof = \"first\"\ndecimals = { percent = 9, p = 1 }");
    assert!(message.contains("percent has 9 decimals: it can have from 0 to 4"), "{message}");
    assert!(message.contains("p has 1 decimals: it can have from 2 to 4"), "{message}");
    let message = said("show = \"items\"\nof = \"first\"\ndecimals = { percents = 1 }");
    assert!(message.contains("did you mean \"percent\"?"), "{message}");
}

#[test]
fn items_of_several_questions_stand_in_one_table_by_their_means() {
    // Means: a 12/8, b 22/8; c 17/8, d 21/8.
    let text = shown("show = \"items\"\nof = [\"first\", \"second\"]\norder = \"mean\"");
    let labels: Vec<String> =
        rows(&text).iter().skip(2).map(|row| row.split('|').nth(1).unwrap().trim().to_owned()).collect();
    assert_eq!(labels, ["**First**", "b", "a", "**Second**", "d", "c"]);
    assert!(text.contains("Items by their mean, the highest first; ties as asked."), "{text}");
    // Top boxes, the highest point: b 6, d 6, a and c one or two; equal ones stay as asked.
    let text = shown("show = \"items\"\nof = \"second\"\norder = \"top-box\"");
    assert!(text.find("\n| d").unwrap() < text.find("\n| c").unwrap(), "{text}");
    let other = with("show = \"items\"\nof = [\"first\", \"second\"]")
        .replace(
            "[questions.second]\nlabel = \"Second\"\nkind = \"likert\"\nscale = \"three\"",
            "[questions.second]\nlabel = \"Second\"\nkind = \"likert\"\nscale = \"four\"",
        )
        .replace("[scales.other]", "[scales.four]\npoints = [\"1\", \"2\", \"3\", \"4\"]\n[scales.other]");
    let (memory, problem) = ("first and second are on different scales", said_by_run(&other));
    assert!(problem.contains(memory), "{problem}");
}

/// What a run says that it cannot show.
fn said_by_run(study: &str) -> String {
    let mut memory = canvass::io::Memory::default();
    let file = canvass::diag::FileId::new("s/study.toml");
    memory.insert(file.clone(), study.as_bytes().to_vec());
    memory.insert(canvass::diag::FileId::new("s/people.csv"), PEOPLE.as_bytes().to_vec());
    let outcome = canvass::pipeline::compute(&memory, &file, &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let stopped = canvass::pipeline::render(&outcome, &memory, &|_| {}).unwrap_err();
    stopped.problems.iter().map(|diag| diag.message.clone()).collect()
}

#[test]
fn an_order_that_a_table_cannot_have_is_refused_with_those_it_can() {
    let message = said("show = \"items\"\nof = \"first\"\norder = \"size\"");
    assert!(message.contains("there are: asked, mean, top-box"), "{message}");
    let message = said("show = \"numbers\"\nof = \"spent\"\norder = \"mean\"");
    assert!(message.contains("they stand in the order asked: leave order out"), "{message}");
}

#[test]
fn a_crosstab_shows_counts_and_percents_of_row_column_and_total() {
    let text = shown("show = \"crosstab\"\nof = \"colour\"\npercent = \"all\"");
    let expected = [
        "| Colour | Man | Woman | All |",
        "| --- | ---: | ---: | ---: |",
        "| **Green** | | | |",
        "| n | 1 | 1 | 2 |",
        "| Percent of row | 50% | 50% | 100% |",
        "| Percent of column | 20% | 33% | 25% |",
        "| Percent of total | 13% | 13% | 25% |",
        "| **Red** | | | |",
        "| n | 3 | 0 | 3 |",
        "| Percent of row | 100% | 0% | 100% |",
        "| Percent of column | 60% | 0% | 38% |",
        "| Percent of total | 38% | 0% | 38% |",
        "| **Blue** | | | |",
        "| n | 1 | 2 | 3 |",
        "| Percent of row | 33% | 67% | 100% |",
        "| Percent of column | 20% | 67% | 38% |",
        "| Percent of total | 13% | 25% | 38% |",
        "| **All** | | | |",
        "| N | 5 | 3 | 8 |",
        "| Percent of row | 63% | 38% | 100% |",
        "| Percent of column | 100% | 100% | 100% |",
        "| Percent of total | 63% | 38% | 100% |",
    ];
    let expected: Vec<String> = expected.iter().map(|row| row.replace(" |", "|")).collect();
    assert_eq!(rows(&text)[..expected.len()], expected, "{text}");
    for percents in ["\"column\"", "[\"row\", \"total\"]"] {
        assert!(
            shown(&format!("show = \"crosstab\"\nof = \"colour\"\npercent = {percents}")).contains("test, P")
        );
    }
    let message = said("show = \"crosstab\"\nof = \"colour\"\npercent = [\"row\", \"row\"]");
    assert!(message.contains("\"row\" stands twice"), "{message}");
    let text = shown("show = \"crosstab\"\nof = \"colour\"\norder = \"size\"");
    assert!(text.find("\n| Red").unwrap() < text.find("\n| Green").unwrap(), "{text}");
    assert!(text.find("\n| Red").unwrap() < text.find("\n| Blue").unwrap(), "ties stay as asked: {text}");
}

#[test]
fn dates_sums_and_sets_of_choices_have_tables() {
    let text = shown("show = \"dates\"\nof = \"day\"");
    // Seven days; the fourth is in the middle.
    has(&text, "| All | 7 | 1 | 2024-01-05 | 2024-02-03 | 2024-05-09 |");
    let text = shown("show = \"constant-sum\"\nof = \"spent\"");
    // One shared out twenty; one left the second blank and gave all to the first.
    has(&text, "| Numbers add up to the sum | 88% (7/8) | |");
    assert!(rows(&text).iter().any(|row| row.starts_with("| spent-1| 7| 47.1 [")), "330 of seven: {text}");
    let text = shown("show = \"combinations\"\nof = \"likes\"");
    let expected = [
        "| X; Y | 4 (50%) |",
        "| X, alone | 3 (38%) |",
        "| Y, alone | 1 (13%) |",
        "| Different sets in all | 3 |",
    ];
    for row in expected {
        has(&text, row);
    }
    let message = said("show = \"constant-sum\"\nof = \"day\"");
    assert!(message.contains("add sum = 100"), "{message}");
}
