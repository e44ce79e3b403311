//! Tables of comparisons: which of them a table shows, which answer a share is of, pairs and adjusted p-values.

use std::fmt::Write as _;

use canvass::diag::FileId;
use canvass::io::Memory;
use canvass::pipeline::{Stopped, check, compute, render};

/// Twelve people: six of each sex and four of each year, who have a job, or none, and rated something.
fn memory(rest: &str) -> (Memory, FileId) {
    let study = r#"
[study]
title = "Jobs"
[groups.all]
label = "All"
export = "all.csv"
[questions.sex]
label = "Sex"
kind = "single"
choices = ["Men", "Women"]
all = "sex"
[questions.year]
label = "Year"
kind = "single"
choices = ["One", "Two", "Three"]
all = "year"
[questions.job]
label = "Has a paid job"
kind = "single"
choices = ["No", "Yes"]
all = "job"
[questions.score]
label = "Score"
kind = "number"
all = "score"
"#;
    let mut rows = "sex,year,job,score,cats,dogs,birds,apple,banana,cherry\n".to_owned();
    for person in 0..12_usize {
        let (sex, year) = (["Men", "Women"][person % 2], ["One", "Two", "Three"][person % 3]);
        // Five of the six men have no job, and two of the six women.
        let job = if [0, 2, 4, 6, 8, 1, 3].contains(&person) { "No" } else { "Yes" };
        // Four of the six men have a cat, and one of the six women; one man has all three, and one woman two.
        let ticks = [&[0, 2, 4, 6, 1][..], &[8, 10, 3, 5, 7, 9, 11, 0], &[0, 1]];
        let ticks = ticks.map(|people| u8::from(people.contains(&person)).to_string()).join(",");
        let ranks = match person {
            8 | 10 => "2,1,3",
            person if person % 2 == 0 => "1,2,3",
            _ => "3,2,1",
        };
        writeln!(rows, "{sex},{year},{job},{},{ticks},{ranks}", person * person % 17).unwrap();
    }
    let mut memory = Memory::default();
    let file = FileId::new("s/study.toml");
    memory.insert(file.clone(), format!("{study}\n{rest}").into_bytes());
    memory.insert(FileId::new("s/all.csv"), rows.into_bytes());
    (memory, file)
}

/// The table `t` of a study, as Markdown.
fn table(rest: &str) -> String {
    let (memory, file) = memory(rest);
    let show = |stopped: Stopped| panic!("{:#?}", stopped.problems);
    check(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let outcome = compute(&memory, &file, &|_| {}).unwrap_or_else(show);
    let files =
        render(&outcome, &memory, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    String::from_utf8(files.value["tables/t.md"].clone()).unwrap()
}

/// What `check` and a run say of a study that neither accepts.
fn refused(rest: &str) -> String {
    let (memory, file) = memory(rest);
    let checked = check(&memory, &file, &|_| {}).unwrap_err().problems;
    let outcome = compute(&memory, &file, &|_| {}).unwrap();
    let run = render(&outcome, &memory, &|_| {}).unwrap_err().problems;
    assert_eq!(checked[0].message, run[0].message);
    checked[0].message.clone()
}

const BY_SEX: &str = "[[ask]]\ninquiry = \"compare\"\nof = [\"job\", \"score\"]\nby = \"sex\"\n";
const BY_YEAR: &str =
    "[[ask]]\ninquiry = \"compare\"\nof = [\"job\", \"score\"]\nby = \"year\"\npairwise = true\n";

#[test]
fn a_share_says_of_which_answer_it_is() {
    let text = table(&format!("{BY_SEX}[[table]]\nid = \"t\"\nshow = \"comparisons\"\nof = [\"job\"]\n"));
    let row =
        text.lines().find(|line| line.contains("Has a paid job: No")).unwrap_or_else(|| panic!("{text}"));
    assert!(row.contains("(5/6)") && row.contains("(2/6)"), "{row}");
}

#[test]
fn a_table_chooses_by_which_question_it_compares() {
    let show = "[[table]]\nid = \"t\"\nshow = \"comparisons\"\nof = [\"score\"]\n";
    let both = format!("{BY_SEX}{BY_YEAR}{show}");
    let text = table(&both);
    assert!(text.contains("All by Sex") && text.contains("All by Year"), "{text}");
    assert!(
        text.contains("| Sides | Men | Women |  |") && text.contains("| Sides | One | Two | Three |"),
        "{text}"
    );
    let text = table(&format!("{both}by = \"sex\"\n"));
    assert!(text.contains("| Men | Women |") && !text.contains("Three"), "{text}");
    let said = refused(&format!("{BY_SEX}{show}by = \"year\"\n"));
    assert!(said.contains("of score nothing is asked"), "{said}");
}

#[test]
fn a_table_chooses_an_ask_by_its_name() {
    let named = "[[ask]]\ninquiry = \"compare\"\nof = [\"score\"]\nby = \"sex\"\nname = \"pooled\"\ntest = \"t-pooled\"\n";
    let named = named.replace("t-pooled", "pooled-t");
    let show = "[[table]]\nid = \"t\"\nshow = \"comparisons\"\nof = [\"score\"]\n";
    let rows = |text: &str| text.lines().filter(|line| line.starts_with("| Score")).count();
    assert_eq!(rows(&table(&format!("{BY_SEX}{named}{show}"))), 2);
    assert_eq!(rows(&table(&format!("{BY_SEX}{named}{show}name = \"pooled\"\n"))), 1);
}

#[test]
fn each_pair_of_sides_stands_below_all_of_them() {
    let text = table(&format!("{BY_YEAR}[[table]]\nid = \"t\"\nshow = \"comparisons\"\nof = [\"score\"]\n"));
    for pair in ["One v. Two", "One v. Three", "Two v. Three"] {
        assert!(text.contains(pair), "{pair} in {text}");
    }
}

#[test]
fn a_crosstab_shows_the_adjusted_p() {
    let ask = "[[ask]]\ninquiry = \"crosstab\"\nof = [\"job\"]\nby = \"sex\"\nfamily = \"f\"\n";
    let other = "[[ask]]\ninquiry = \"compare\"\nof = [\"score\"]\nby = \"sex\"\nfamily = \"f\"\n";
    let show = "[[table]]\nid = \"t\"\nshow = \"crosstab\"\nof = [\"job\"]\n";
    let text = table(&format!("{ask}{other}{show}"));
    assert!(text.lines().any(|line| line.starts_with("| Adjusted p") && line.contains("0.485")), "{text}");
    assert!(text.contains("shares of No,"), "{text}");
}

#[test]
fn what_is_not_asked_is_not_tabled() {
    for (show, of) in
        [("comparisons", "job"), ("defaults", "job"), ("crosstab", "job"), ("net promoter", "score")]
    {
        let table = format!("[[table]]\nid = \"t\"\nshow = \"{show}\"\nof = [\"{of}\"]\n");
        // Something else is compared, so that there are comparisons to look among.
        let ask = "[[ask]]\ninquiry = \"compare\"\nof = [\"age\"]\nby = \"sex\"\n".replace("age", "year");
        let said = refused(&format!("{ask}{table}"));
        assert!(said.contains(&format!("of {of} nothing is asked")), "{show}: {said}");
    }
}

const SCORES: &str = "[[table]]\nid = \"t\"\nshow = \"comparisons\"\nof = [\"score\"]\n";

#[test]
fn behind_omega_squared_stands_no_interval_of_another_number() {
    let text = table(&format!("{BY_YEAR}{SCORES}"));
    let row = text.lines().find(|line| line.starts_with("| Score")).unwrap_or_else(|| panic!("{text}"));
    let omega = row.split_once("\u{3c9}\u{b2}").unwrap_or_else(|| panic!("{row}")).1;
    assert!(!omega.contains('['), "{row}");
    assert!(text.contains("\u{3c9}\u{b2}: share of variance"), "{text}");
}

#[test]
fn a_one_sided_p_says_which_way_it_looks() {
    let two = |way: &str| table(&format!("{BY_SEX}alternative = \"{way}\"\n{SCORES}"));
    assert!(two("greater").contains("one-sided: Men above Women"));
    assert!(two("less").contains("one-sided: Men below Women"));
    assert!(!two("two-sided").contains("one-sided"));
    let by_year = BY_YEAR.replace("pairwise = true\n", "ordered = true\n").replace("\"job\", ", "");
    let three = |way: &str| table(&format!("{by_year}alternative = \"{way}\"\n{SCORES}"));
    assert!(three("greater").contains("one-sided: answers fall from side to side"));
    assert!(three("less").contains("one-sided: answers rise from side to side"));
}

#[test]
fn beside_a_test_of_ordered_sides_stands_no_effect_that_knows_no_order() {
    let by_year = BY_YEAR.replace("pairwise = true\n", "ordered = true\n").replace("\"job\", ", "");
    let text = table(&format!("{by_year}{SCORES}"));
    let row = text.lines().find(|line| line.starts_with("| Score")).unwrap_or_else(|| panic!("{text}"));
    // Item, three sides, the effect, p.
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    assert_eq!(cells[5], "\u{2013}", "{row}");
    assert!(!text.contains("\u{3b5}\u{b2}"), "{text}");
    assert!(text.contains("No size of effect stands beside the Jonckheere-Terpstra test"), "{text}");
}

const WHOLE: &str = "[questions.pets]\nlabel = \"Pets\"\nkind = \"multi\"\nall = [\"cats\", \"dogs\", \"birds\"]\nchoices = [\"Cats\", \"Dogs\", \"Birds\"]\n\
                     [questions.fruit]\nkind = \"ranking\"\nall = [\"apple\", \"banana\", \"cherry\"]\n";

/// A whole question compared, and the row of the table that begins so.
fn whole(of: &str, by: &str, show: &str) -> (String, impl Fn(&str) -> String) {
    let ask = format!("[[ask]]\ninquiry = \"compare\"\nof = [\"{of}\"]\nby = \"{by}\"\n");
    let text = table(&format!("{WHOLE}{ask}[[table]]\nid = \"t\"\nshow = \"{show}\"\nof = [\"{of}\"]\n"));
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let row = move |begins: &str| {
        let found = lines.iter().find(|line| line.starts_with(&format!("| {begins}")));
        found.cloned().unwrap_or_else(|| panic!("no {begins} in {lines:#?}"))
    };
    (text, row)
}

#[test]
fn a_multi_select_by_answers_shows_the_share_of_every_side_and_names_its_effect() {
    let (text, row) = whole("pets", "sex", "multi-comparison");
    assert!(!text.contains("not part of this study"), "{text}");
    let cats = row("Cats");
    // The difference by hand; its upper limit by Newcombe's formula from the Wilson limits of 4/6 and 1/6.
    assert!(cats.contains("| 4 (66.7%) | 1 (16.7%) | 50.0 points [") && cats.contains(" to 77.3]"), "{cats}");
    assert!(text.contains("Effect [interval]") && text.contains("in percentage points"), "{text}");
    let (text, row) = whole("pets", "year", "multi-comparison");
    let cats = row("Cats");
    assert!(cats.contains("| 2 (50.0%) | 2 (50.0%) | 1 (25.0%) | V "), "{cats}");
    assert!(text.contains("Cram\u{e9}r's V"), "{text}");
}

#[test]
fn a_ranking_by_answers_shows_the_mean_ranks_of_every_side_and_their_difference() {
    let (text, row) = whole("fruit", "sex", "ranking-comparison");
    let apple = row("apple");
    // Four men rank the apple first and two second; all women rank it third.
    assert!(apple.contains("| 1.33 | 3.00 | \u{2212}1.67 |"), "{apple}");
    assert!(text.contains("the mean rank of Men less that of Women"), "{text}");
    let (text, row) = whole("fruit", "year", "ranking-comparison");
    let banana = row("banana");
    assert!(banana.contains("| 2.00 | 1.75 | 1.75 | \u{2013} |"), "{banana} in {text}");
}

#[test]
fn sides_that_share_people_because_they_ticked_several_are_one_mistake() {
    let (memory, file) = memory(&format!(
        "{WHOLE}[[ask]]\ninquiry = \"compare\"\nof = [\"score\"]\nby = \"pets\"\nleast = 1\n"
    ));
    let problems = compute(&memory, &file, &|_| {}).unwrap_err().problems;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!(
        problem.message,
        "2 people of All ticked several choices of pets, so that they would be on several sides: 2 of them both Cats and Birds"
    );
    let help = problem.help.as_deref().unwrap_or_default();
    assert!(help.contains("of = \"pets\"") && !help.contains("parts"), "{help}");
}
