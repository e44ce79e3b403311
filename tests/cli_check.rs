//! `canvass check` as a person types it.

use std::fs;

use crate::cli::{canvass, copy, edit, stderr, stdout};
use crate::studies_in_memory::root;

const STUDY: &str = "analyses/near-peer/study.toml";

#[test]
fn a_study_without_mistakes_is_told_by_what_it_reads_keeps_binds_and_asks() {
    let output = canvass(&["check", "analyses/near-peer"], root());
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for expected in [
        "  reads     ../../fixtures/near-peer/students.csv: Qualtrics + definition, 17 rows, 7 questions",
        "  leaves    3 questions of residents.csv: code, email, motiv_other",
        "  keeps     students: 14 of 17 rows; left out: 1 preview, 1 duplicate, 1 break-off; 22 invited",
        "likert/5 x 4   students: Q7",
        "single/4       residents: training_year",
        "            choices of motivations",
        "  makes     25 tables, 12 figures, 2 texts",
        "\na run would accept this study\n",
    ] {
        assert!(said.contains(expected), "{expected:?} is not in\n{said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
    assert_eq!(stderr(&output), "");
}

#[test]
fn every_mistake_comes_at_once_and_the_status_says_whether_it_could_be_checked() {
    let folder = copy();
    edit(folder.path(), STUDY, "students = \"Q4\"", "students = \"Q44\"");
    edit(folder.path(), STUDY, "residents = \"comments\"", "residents = \"comment\"");
    let output = canvass(&["check", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains("students.csv has no question or column \"Q44\""), "{said}");
    assert!(said.contains("did you mean \"comments\"?"), "{said}");
    assert!(said.contains("--> analyses/near-peer/study.toml:"), "{said}");
    assert!(said.ends_with("2 problems\n"), "{said}");
    let json = stdout(&canvass(&["check", "analyses/near-peer", "--json"], folder.path()));
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["fine"], false);
    assert_eq!(report["problems"].as_array().unwrap().len(), 2);
    let text = fs::read_to_string(folder.path().join(STUDY)).unwrap();
    let line = text.lines().position(|line| line.contains("\"Q44\"")).unwrap() + 1;
    let place = report["problems"][0]["place"].as_str().unwrap();
    assert!(place.ends_with(&format!("study.toml:{line}")), "{place}");

    let folder = copy();
    fs::remove_file(folder.path().join("fixtures/near-peer/students.csv")).unwrap();
    assert_eq!(canvass(&["check", "analyses/near-peer"], folder.path()).status.code(), Some(2));
    assert_eq!(canvass(&["check", "nowhere"], folder.path()).status.code(), Some(2));
}

#[test]
fn a_table_or_figure_that_cannot_be_made_is_found_without_computing() {
    let folder = copy();
    edit(
        folder.path(),
        STUDY,
        "show = \"diverging\"\nof = \"expectations\"",
        "show = \"ranking\"\nof = \"expectations\"",
    );
    edit(folder.path(), STUDY, "show = \"items\"\nof = \"identity\"", "show = \"itmes\"\nof = \"identity\"");
    edit(folder.path(), "analyses/near-peer/results.template.md", "Of {{", "Of 22 {{");
    let output = canvass(&["check", "analyses/near-peer"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("\"expectations\" cannot be made: expectations is of a kind"), "{said}");
    assert!(said.contains("there is no table \"itmes\""), "{said}");
    assert!(said.contains("error[S012]"), "{said}");
    assert!(said.contains("3 problems"), "{said}");
}

#[test]
fn a_key_that_says_nothing_of_a_figure_is_refused_with_those_that_do() {
    let stacked = "facet = \"item\"\norder = \"top-box\"\ntotals = true\n";
    for (keys, expected) in [
        ("neutral = \"aside\"\n", "a figure of stacked has no neutral"),
        ("marks = \"points\"\n", "a figure of stacked has no marks"),
        ("link = \"pairs\"\n", "a figure of stacked has no link"),
        ("numbers = \"shares\"\n", "there is no numbers \"shares\""),
        ("facet = \"items\"\n", "There are: group, item"),
        ("order = \"largest\"\n", "there are: asked, top-box, mean"),
        ("thin = \"shrink\"\n", "there are: leader, omit"),
        ("totals = \"both\"\n", "totals"),
    ] {
        let folder = copy();
        edit(folder.path(), STUDY, stacked, keys);
        let output = canvass(&["check", "analyses/near-peer"], folder.path());
        assert_eq!(output.status.code(), Some(1), "{keys}");
        let said = stderr(&output);
        assert!(said.contains(expected) && said.contains("study.toml:"), "{keys}: {said}");
    }
    let folder = copy();
    edit(
        folder.path(),
        STUDY,
        "show = \"bars\"\nof = \"expectations\"",
        "show = \"slope\"\nof = \"expectations\"\nmeasure = \"share\"",
    );
    edit(folder.path(), STUDY, "order = \"largest\"\n", "");
    let said = stderr(&canvass(&["check", "analyses/near-peer"], folder.path()));
    assert!(said.contains("\"agreement\" cannot be made: expectations is of a kind"), "{said}");
}

#[test]
fn what_is_still_to_be_decided_is_said_by_check_run_and_verify() {
    let folder = copy();
    edit(
        folder.path(),
        STUDY,
        "# --- Scales",
        "# decide: is \"Neutral\" a point?\n#   nobody chose it\n# --- Scales",
    );
    let text = fs::read_to_string(folder.path().join(STUDY)).unwrap();
    let line = text.lines().position(|line| line.starts_with("# decide:")).unwrap() + 1;
    let expected = format!("study.toml:{line}: is \"Neutral\" a point? nobody chose it");
    for arguments in [
        &["check", "analyses/near-peer"][..],
        &["check", "analyses/near-peer", "--json"],
        &["run", "analyses/near-peer"],
        &["verify", "analyses/near-peer"],
        &["verify", "analyses/near-peer", "--json"],
    ] {
        let said = stdout(&canvass(arguments, folder.path())).replace("\\\"", "\"");
        assert!(said.contains(&expected), "{arguments:?}: {said}");
    }
}
