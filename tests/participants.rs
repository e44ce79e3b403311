//! Table 1: choices, scales, numbers, and who did not answer, a column for each group; counted by hand.

use crate::tables_in_memory::{refused, rows, table};

/// Ten people: six in Oslo and four in Bergen, two of whom did not say how old they are.
const PEOPLE: &str = "\
city,sex,age,agree,languages,trust-1,trust-2
Oslo,Woman,20,Yes,\"Norsk,English\",1,3
Oslo,Woman,30,Yes,Norsk,2,3
Oslo,Man,40,No,English,3,3
Oslo,Man,50,Maybe,\"Norsk,English\",1,1
Oslo,Woman,60,Yes,Norsk,2,2
Oslo,Other,,No,Norsk,3,
Bergen,Woman,25,Yes,Norsk,1,1
Bergen,Woman,35,Maybe,Norsk,1,2
Bergen,Man,,Yes,English,2,3
Bergen,Woman,45,,\"Norsk,English\",2,2
";

const STUDY: &str = r#"
[study]
title = "Cities"
[groups.all]
label = "All"
export = "people.csv"
[parts.oslo]
label = "Oslo"
of = "all"
answered = { city = ["Oslo"] }
[parts.bergen]
label = "Bergen"
of = "all"
answered = { city = ["Bergen"] }
[scales.agreement]
points = ["No", "Maybe", "Yes"]
[scales.trust]
points = ["Low", "Middle", "High"]
codes = ["1", "2", "3"]
[questions.city]
kind = "single"
choices = ["Oslo", "Bergen"]
all = "city"
[questions.sex]
label = "Sex"
kind = "single"
choices = ["Man", "Woman", "Other"]
all = "sex"
[questions.age]
label = "Age in years"
kind = "number"
all = "age"
[questions.agree]
label = "Agrees"
kind = "likert"
scale = "agreement"
all = "agree"
[questions.languages]
label = "Languages"
kind = "multi"
choices = ["Norsk", "English"]
separator = ","
all = "languages"
[questions.trust]
label = "Trust"
kind = "likert"
scale = "trust"
all = ["trust-1", "trust-2"]
[questions.trust.items]
people = { label = "In people", all = "trust-1" }
state = { label = "In the state", all = "trust-2" }
[[ask]]
inquiry = "distribution"
in = ["all", "oslo", "bergen"]
[[ask]]
inquiry = "number"
in = ["all", "oslo", "bergen"]
[[ask]]
inquiry = "choices"
in = ["all", "oslo", "bergen"]
"#;

const TABLE: &str = r#"
[[table]]
id = "t"
show = "participants"
of = ["sex", "age", "agree", "languages", "trust"]
in = ["all", "oslo", "bergen"]
"#;

fn participants(more: &str) -> String {
    table(&format!("{STUDY}{TABLE}{more}"), &[("people.csv", PEOPLE)])
}

#[track_caller]
fn has(text: &str, row: &str) {
    let row = row.replace(" |", "|");
    assert!(rows(text).iter().any(|known| known.starts_with(&row)), "{row} in\n{text}");
}

#[test]
fn every_kind_of_question_has_its_rows_and_every_group_its_column() {
    let text = participants("");
    has(&text, "| Characteristic | All (n = 10) | Oslo (n = 6) | Bergen (n = 4) |");
    has(&text, "| Man | 3 (30.0%) | 2 (33.3%) | 1 (25.0%) |");
    has(&text, "| Other | 1 (10.0%) | 1 (16.7%) | 0 (0.0%) |");
    // 305 years of eight people; 200 of five in Oslo: 20 to 60; 105 of three in Bergen: 25, 35, 45.
    has(&text, "| Mean (SD) | 38.13 (13.35) | 40.00 (15.81) | 35.00 (10.00) |");
    has(&text, "| Median [Q1, Q3] | 37.50 [28.75, 46.25] | 40 [30, 50] | 35 [30, 40] |");
    has(&text, "| Range | 20 to 60 | 20 to 60 | 25 to 45 |");
    has(&text, "| **Languages (more than one possible)** |");
    has(&text, "| Norsk | 8 (80.0%) | 5 (83.3%) | 3 (75.0%) |");
    has(&text, "| English | 5 (50.0%) | 3 (50.0%) | 2 (50.0%) |");
    assert!(text.contains("can sum to more than 100"), "{text}");
    // Items of a battery are scores: 1, 2, 3, 1, 2, 3 in Oslo.
    has(&text, "| **Trust: In people** |");
    has(&text, "| Mean (SD) | 1.80 (0.79) | 2.00 (0.89) | 1.50 (0.58) |");
}

#[test]
fn those_who_did_not_answer_stand_below_what_they_did_not_answer_by_reason() {
    let text = participants("");
    let below = |heading: &str| -> Vec<String> {
        let all = rows(&text);
        let rows = all.iter().skip_while(|row| !row.starts_with(&format!("| **{heading}"))).skip(1);
        let rows = rows.take_while(|row| !row.starts_with("| **"));
        rows.filter(|row| row.starts_with("| Missing") || row.starts_with("| Answered")).cloned().collect()
    };
    assert!(below("Sex").is_empty(), "everybody said it");
    assert_eq!(below("Age in years"), ["| Answered| 8| 5| 3|", "| Missing: blank, reason unknown| 2| 1| 1|"]);
    assert_eq!(below("Agrees"), ["| Answered| 9| 6| 3|", "| Missing: blank, reason unknown| 1| 0| 1|"]);
    // Of nine who answered: the percent is of these, and the blank is below.
    has(&text, "| Yes | 5 (55.6%) | 3 (50.0%) | 2 (66.7%) |");
}

#[test]
fn choices_stand_by_size_of_the_first_group_and_points_of_a_scale_as_they_are() {
    let text = participants("order = \"size\"\n");
    let place =
        |label: &str| text.find(&format!("\n| {label} ")).unwrap_or_else(|| panic!("{label} in {text}"));
    assert!(place("Woman") < place("Man") && place("Man") < place("Other"));
    assert!(place("No") < place("Maybe") && place("Maybe") < place("Yes"));
    assert!(text.contains("Choices by how many gave them of All, the most first; ties as asked."), "{text}");
}

#[test]
fn nothing_is_added_up_that_is_no_finding() {
    // Oslo and Bergen alone: no column holds both, because no group of the table does.
    let text = table(
        &format!(
            "{STUDY}[[table]]\nid = \"t\"\nshow = \"participants\"\nof = \"sex\"\nin = [\"oslo\", \"bergen\"]\n"
        ),
        &[("people.csv", PEOPLE)],
    );
    has(&text, "| Characteristic | Oslo (n = 6) | Bergen (n = 4) |");
    let not_asked =
        STUDY.replace("[[ask]]\ninquiry = \"number\"\nin = [\"all\", \"oslo\", \"bergen\"]\n", "");
    let said = refused(&format!("{not_asked}{TABLE}"), &[("people.csv", PEOPLE)]);
    assert!(said.contains("of age nothing is asked that it could show"), "{said}");
}
