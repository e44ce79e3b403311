//! Reporting checklists, filled from what was done.

use std::collections::BTreeMap;

use canvass::diag::Diag;
use canvass::io::Memory;
use canvass::pipeline::{check, compute, publish, render};

use crate::studies_in_memory::{changed, study_file};

/// Files of a run by name.
type Files = BTreeMap<String, Vec<u8>>;

fn rendered(source: &Memory) -> Result<(Files, Vec<Diag>), Vec<Diag>> {
    let outcome = compute(source, &study_file("near-peer"), &|_| {}).map_err(|stopped| stopped.problems)?;
    let files = render(&outcome, source, &|_| {}).map_err(|stopped| stopped.problems)?;
    Ok((files.value, files.notes))
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

/// The cells of the row of an item, by its number.
fn row(text: &str, number: &str) -> Vec<String> {
    let start = format!("| {number} | ");
    let line = text
        .lines()
        .find(|line| line.starts_with(&start))
        .unwrap_or_else(|| panic!("no {number} in\n{text}"));
    line.split(" | ").map(|cell| cell.trim_matches(['|', ' ']).to_owned()).collect()
}

const ALL: (&str, &str) = (
    "checklists = [\"cherries\", \"aapor\"]",
    "checklists = [\"cherries\", \"aapor\", \"cross\", \"strobe\"]",
);

#[test]
fn items_are_filled_from_findings_with_their_ids() {
    let (files, _) = rendered(&changed("near-peer", &[ALL])).unwrap();
    let cross = text(&files, "checklists/cross.md");
    let stages = row(&cross, "11a");
    // Counted by hand from the roster and the exports: 22 invited, 14 of 17 rows analysed.
    assert!(
        stages[2].starts_with(
            "Students: invited (n = 22), complete (n = 13), partial (n = 1), break-off (n = 1), no response (n = 7), received \
             (n = 17) and analysed (n = 14)."
        ),
        "{}",
        stages[2]
    );
    assert!(stages[3].starts_with("students/invited, students/disposition/complete, "), "{}", stages[3]);
    let rate = row(&cross, "11c");
    assert!(
        rate[2].contains("RR2 of students: 64% (14/22)") && rate[2].contains("RR2 of residents: 20% (4/20)")
    );
    assert_eq!(row(&cross, "10f")[2], "No weights were used.");
    let missing = row(&text(&files, "checklists/strobe.md"), "14b");
    // One student of fourteen skipped the item about advice; parts of groups would only repeat it.
    assert!(
        missing[2].contains(
            "Expectations of the mentorship, honest advice about the residency match (students): skipped (n = 1)"
        ),
        "{}",
        missing[2]
    );
    assert!(!missing[2].contains("years 1 and 2"));
    let cherries = text(&files, "checklists/cherries.md");
    assert!(row(&cherries, "26")[2].contains("further responses of one person (students, n = 1)"));
    assert_eq!(
        row(&cherries, "3")[2],
        "**To do: write it under informed-consent in \\[checklists.cherries\\] of the study file.**"
    );
}

#[test]
fn what_people_write_stands_beside_what_is_computed_and_its_digits_are_vouched_for() {
    let own = "[checklists.aapor]\nsponsor = \"Nobody paid | <b>x</b>; approval {{ \\\"12-3\\\" }}, {{ students/rr2 | of }}.\"";
    let (files, _) = rendered(&changed("near-peer", &[("[checklists.aapor]", own)])).unwrap();
    let aapor = text(&files, "checklists/aapor.md");
    let line = aapor.lines().find(|line| line.starts_with("| 2 |")).unwrap();
    assert!(
        line.contains(
            "Nobody paid \\| <b>x</b>; approval 12-3, 14 of 22<!-- students/rr2 -->. | students/rr2 |"
        ),
        "{line}"
    );
    let typed = own.replace("{{ \\\"12-3\\\" }}", "12");
    let problems = rendered(&changed("near-peer", &[("[checklists.aapor]", &typed)])).unwrap_err();
    assert_eq!(problems[0].message, "no finding vouches for 12");
    assert!(problems[0].place.file_id().unwrap().short().ends_with("study.toml"));
}

#[test]
fn unknown_checklists_and_items_are_mistakes_with_the_nearest_name() {
    for (from, to, message, help) in [
        ("\"aapor\"]", "\"aappor\"]", "no checklist is named \"aappor\"", "did you mean \"aapor\"?"),
        (
            "open-or-closed",
            "open-or-close",
            "no item of cherries is named \"open-or-close\"",
            "did you mean \"open-or-closed\"?",
        ),
        (
            "[checklists.aapor]",
            "[checklists.strobe]",
            "strobe is not among the checklists of [study]",
            "add it there: checklists = [\"strobe\"]",
        ),
    ] {
        let source = changed("near-peer", &[(from, to)]);
        let checked = check(&source, &study_file("near-peer"), &|_| {}).unwrap_err().problems;
        let found = checked.iter().find(|problem| problem.message == message);
        let found = found.unwrap_or_else(|| panic!("{message:?} is not in {checked:#?}"));
        assert_eq!(found.help.as_deref(), Some(help));
    }
}

#[test]
fn a_run_says_how_many_items_are_open_and_a_check_how_many_only_people_can_say() {
    let source = changed("near-peer", &[]);
    let (_, notes) = rendered(&source).unwrap();
    // What findings say of an item is not all that it asks for: the frame and how people were drawn are not findings.
    let less = changed(
        "near-peer",
        &[("sample = \"The roster of the program lists everybody in it; nobody was drawn.\"", "")],
    );
    let (files, less) = rendered(&less).unwrap();
    assert!(less.iter().any(|note| note.message
        == "aapor: 5 of 11 items are open: sponsor, instruments, population, sample, dates"));
    let sample = row(&text(&files, "checklists/aapor.md"), "5");
    assert!(sample[2].starts_with("The survey was sent to students (n = 22)"), "{}", sample[2]);
    assert!(sample[2].contains(
        "**To do: write the frame, whom it covers, and how people were drawn or came, under sample"
    ));
    let open: Vec<&str> = notes
        .iter()
        .filter(|note| note.message.contains("items are open"))
        .map(|note| note.message.as_str())
        .collect();
    assert_eq!(open[1], "aapor: 4 of 11 items are open: sponsor, instruments, population, dates");
    assert!(open[0].starts_with("cherries: 17 of 30 items are open: ethics-approval, "), "{}", open[0]);
    let checked = check(&source, &study_file("near-peer"), &|_| {}).unwrap();
    let said = |words: &str| checked.prepared.notes.iter().any(|note| note.message.starts_with(words));
    assert!(said("aapor: 4 of 11 items are open"));
}

#[test]
fn a_public_checklist_tells_what_public_findings_tell() {
    let own = "[checklists.aapor]\nsponsor = \"Residents: {{ residents/expectations/level/top-box | of }}.\"";
    let source = changed("near-peer", &[ALL, ("[checklists.aapor]", own)]);
    let outcome = compute(&source, &study_file("near-peer"), &|_| {}).unwrap();
    let whole = render(&outcome, &source, &|_| {}).unwrap().value;
    assert_eq!(
        row(&text(&whole, "checklists/aapor.md"), "2")[2],
        "Residents: 4 of 4<!-- residents/expectations/level/top-box -->."
    );
    let told = publish(&outcome).unwrap().outcome;
    let files =
        render(&told, &source, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems)).value;
    assert_eq!(
        row(&text(&files, "checklists/aapor.md"), "2")[2],
        "What is written of it is not told in a public output."
    );
    let missing = row(&text(&files, "checklists/strobe.md"), "14b");
    assert!(
        !missing[2].contains("not-applicable") && !missing[2].contains("not applicable"),
        "{}",
        missing[2]
    );
    assert!(!text(&files, "checklists/cross.md").contains("Mann-Whitney"));
    assert!(
        missing[2].contains("Counts of missing answers that are withheld are not listed."),
        "{}",
        missing[2]
    );
    assert!(!missing[2].contains("No answer of those analysed"), "{}", missing[2]);
}

#[test]
fn an_answer_that_cannot_be_written_stops_a_public_run_and_an_empty_one_answers_nothing() {
    let own = |words: &str| format!("[checklists.aapor]\nsponsor = \"{words}\"");
    let public = |words: &str| {
        let source = changed("near-peer", &[("[checklists.aapor]", &own(words))]);
        let outcome = compute(&source, &study_file("near-peer"), &|_| {}).unwrap();
        let told = publish(&outcome).unwrap().outcome;
        render(&told, &source, &|_| {}).map_err(|stopped| stopped.problems)
    };
    // A count has no p-value, whoever reads it.
    let problems = public("{{ students/received | p }}").unwrap_err();
    assert_eq!(problems[0].message, "students/received: it cannot be written in this form");
    let (files, notes) = rendered(&changed("near-peer", &[("[checklists.aapor]", &own(""))])).unwrap();
    assert!(row(&text(&files, "checklists/aapor.md"), "2")[2].starts_with("**To do: write it under sponsor"));
    assert!(notes.iter().any(|note| note.message.contains("items are open: sponsor, ")));
}
