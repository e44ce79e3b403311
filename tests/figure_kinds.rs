//! Figures that a study file asks for: the numbers of the tables, the keys of each kind, and what the public sees.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use canvass::diag::{Diag, FileId};
use canvass::io::{Memory, Source};
use canvass::pipeline::{check, compute, render};

/// Twelve people in two groups of sexes, with a job or none, a score and reasons that they ticked.
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
[questions.job]
label = "Has a paid job"
kind = "single"
choices = ["No", "Yes"]
all = "job"
[questions.score]
label = "Score"
kind = "number"
all = "score"
[[ask]]
inquiry = "compare"
of = ["job", "score"]
by = "sex"
[[ask]]
inquiry = "crosstab"
of = "job"
by = "sex"
name = "table"
[[ask]]
inquiry = "distribution"
of = ["sex", "job"]
"#;
    let mut rows = "sex,job,score\n".to_owned();
    for person in 0..12_usize {
        let sex = ["Men", "Women"][person % 2];
        // Five of the six men have no job, and one of five women: one woman does not say.
        let job = match person {
            0 | 2 | 4 | 6 | 8 | 1 => "No",
            3 => "",
            _ => "Yes",
        };
        writeln!(rows, "{sex},{job},{}", person * person % 17).unwrap();
    }
    let mut memory = Memory::default();
    let file = FileId::new("s/study.toml");
    memory.insert(file.clone(), format!("{study}\n{rest}").into_bytes());
    memory.insert(FileId::new("s/all.csv"), rows.into_bytes());
    (memory, file)
}

fn files(rest: &str) -> BTreeMap<String, Vec<u8>> {
    let (memory, file) = memory(rest);
    check(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let outcome =
        compute(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    render(&outcome, &memory, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems)).value
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

/// The problem of a study that cannot be checked.
fn problem(rest: &str) -> (String, String) {
    let (memory, file) = memory(rest);
    let Err(stopped) = check(&memory, &file, &|_| {}) else { panic!("it is not refused") };
    let Diag { message, help, .. } = stopped.problems.first().expect("with a reason").clone();
    (message, help.unwrap_or_default())
}

#[test]
fn a_forest_plot_shows_the_numbers_of_the_table() {
    let shown = r#"
[[table]]
id = "t"
show = "comparisons"
of = ["job", "score"]
[[figure]]
id = "f"
show = "forest"
of = ["job", "score"]
"#;
    let files = files(shown);
    let (table, figure) = (text(&files, "tables/t.csv"), text(&files, "figures/f.svg"));
    let effects: Vec<&str> = ["83.3 ", "20.0 "].into_iter().filter(|share| table.contains(share)).collect();
    // Five of six men against one of five women.
    assert!(figure.contains("83.3%") && figure.contains("20.0%"), "{effects:?} {figure}");
    assert!(figure.contains("63.3 points"), "83.3 less 20.0: {figure}");
    let markdown = text(&files, "tables/t.md");
    let cells = markdown.lines().filter(|line| line.contains("points")).flat_map(|line| line.split('|'));
    let effect = cells.map(str::trim).find(|cell| cell.contains("points")).expect("an effect");
    assert!(figure.contains(effect), "{effect} stands in the table and not in the figure");
}

/// Comparisons of the job and of the score, and the table and figure of them, with numbers in a style.
fn compared(style: &str, keys: &str) -> (String, String, String) {
    let shown = format!(
        "[[ask]]\ninquiry = \"compare\"\nof = \"score\"\nby = \"sex\"\nname = \"directed\"\n{keys}\n\
         [[table]]\nid = \"t\"\nshow = \"comparisons\"\nof = [\"job\", \"score\"]\n\
         [[figure]]\nid = \"f\"\nshow = \"forest\"\nof = [\"job\", \"score\"]\n"
    );
    let (mut memory, file) = memory(&shown);
    let study = String::from_utf8(memory.read(&file).unwrap()).unwrap();
    let study = study.replace("title = \"Jobs\"", &format!("title = \"Jobs\"\nstyle = \"{style}\""));
    memory.insert(file.clone(), study.into_bytes());
    let outcome =
        compute(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let files =
        render(&outcome, &memory, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems)).value;
    (text(&files, "tables/t.md"), text(&files, "figures/f.csv"), text(&files, "figures/f.svg"))
}

#[test]
fn table_and_forest_print_the_same_strings_in_every_style() {
    for style in ["plain", "apa", "ama"] {
        let (table, data, _) = compared(style, "test = \"mann-whitney\"");
        let rows = table.lines().filter(|line| line.starts_with('|'));
        let cells = rows.flat_map(|row| row.split('|')).map(|cell| cell.trim().replace('\\', ""));
        let is_shown = |cell: &String| cell.contains(" [") && !cell.contains("[interval]");
        let numbers: Vec<String> = cells.filter(is_shown).collect();
        assert!(numbers.len() >= 4, "{table}");
        for cell in numbers {
            let end = cell.rfind([']', '6', '5']).map_or(cell.len(), |at| at + 1);
            let number = cell[..end].trim_start_matches("A ").trim_start_matches("g ");
            assert!(
                data.contains(number),
                "{style}: {cell} stands in the table and not in the figure: {data}"
            );
        }
    }
}

#[test]
fn a_one_sided_test_says_which_way_it_looks() {
    let (_, data, figure) = compared("plain", "test = \"mann-whitney\"\nalternative = \"greater\"");
    assert!(data.contains("one-sided: Men above Women"), "{data}");
    assert!(figure.matches("one-sided: Men above Women").count() >= 2, "alternative text and note: {figure}");
    assert!(figure.contains("Intervals are two-sided."), "{figure}");
    // Every row is as wide as the head, and what is not drawn has a column of its own.
    assert!(data.lines().next().is_some_and(|head| head.ends_with("remark,not computed")), "{data}");
}

#[test]
fn a_heat_map_has_the_cells_of_the_crosstab() {
    let shown = "[[figure]]\nid = \"f\"\nshow = \"heat\"\nof = \"job\"\npercent = \"column\"\n";
    let figure = text(&files(shown), "figures/f.svg");
    assert!(figure.contains("Men 5 of 6 (83.3%)") && figure.contains("Women 1 of 5 (20.0%)"), "{figure}");
}

#[test]
fn missing_answers_are_of_those_who_were_asked() {
    let figure =
        text(&files("[[figure]]\nid = \"f\"\nshow = \"missing\"\norder = \"size\"\n"), "figures/f.svg");
    let (job, sex) = (figure.find("Has a paid job: ").unwrap(), figure.find("Sex: ").unwrap());
    assert!(job < sex, "the question that somebody left out comes first: {figure}");
    assert!(figure.contains("1 of 12 (8.3%)"), "{figure}");
}

#[test]
fn a_key_that_says_nothing_of_a_kind_is_refused() {
    let refused = |keys: &str| problem(&format!("[[figure]]\nid = \"f\"\n{keys}\n"));
    let (message, help) = refused("show = \"choices\"\nof = \"job\"\norder = \"asked\"");
    assert_eq!((message.as_str(), help.as_str()), ("a figure of choices has no order", "leave order out"));
    let (message, _) = refused("show = \"forest\"\nof = \"job\"\npercent = \"row\"");
    assert_eq!(message, "a figure of forest has no percent");
    let (message, help) = refused("show = \"missing\"\norder = \"top-box\"");
    assert_eq!(
        (message.as_str(), help.as_str()),
        ("there is no order \"top-box\"", "there are: asked, size")
    );
    let (message, help) = refused("show = \"pie\"\nof = \"job\"");
    assert_eq!(message, "there is no figure \"pie\"");
    assert!(help.ends_with("forest, heat, missing"), "{help}");
}

#[test]
fn what_nobody_asked_is_refused_before_anything_is_computed() {
    let (message, help) = problem("[[figure]]\nid = \"f\"\nshow = \"heat\"\nof = \"score\"\n");
    assert_eq!(message, "\"f\" cannot be made: of score nothing is asked that it could show");
    assert!(help.contains("inquiry = \"crosstab\""), "{help}");
    let (_, help) = problem("[[figure]]\nid = \"f\"\nshow = \"upset\"\nof = \"job\"\n");
    assert!(help.contains("inquiry = \"combinations\""), "{help}");
}
