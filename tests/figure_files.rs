//! The files of figures: what `[figures]` says of all of them, and what a figure says of itself.

use canvass::pipeline::{compute, render};

use crate::studies_in_memory::{changed, load, outcome, study_file};

const FIRST: &str = "[[figure]]\n";

/// The names of the files of figures.
fn names(said: &str) -> Vec<String> {
    let source = changed("near-peer", &[(FIRST, said)]);
    let files = render(&outcome(&source, "near-peer"), &source, &|_| {}).unwrap().value;
    files.into_keys().filter_map(|name| name.strip_prefix("figures/").map(str::to_owned)).collect()
}

#[test]
fn a_figure_is_written_in_every_format_with_its_numbers_and_its_words() {
    let flow: Vec<String> = names(FIRST).into_iter().filter(|name| name.starts_with("flow.")).collect();
    assert_eq!(flow, ["flow.csv", "flow.pdf", "flow.png", "flow.svg", "flow.txt"]);
}

#[test]
fn a_figure_says_more_than_all_figures_do() {
    let said = "[figures]\nformats = [\"pdf\"]\n\n[[figure]]\nformats = [\"svg\", \"pdf\"]\n";
    let names = names(said);
    let svg: Vec<&String> = names.iter().filter(|name| name.ends_with(".svg")).collect();
    assert_eq!(svg.len(), 1, "{names:?}");
    assert_eq!(names.iter().filter(|name| name.ends_with(".pdf")).count(), 12);
    assert!(!names.iter().any(|name| name.ends_with(".png")), "{names:?}");
}

#[test]
fn a_resolution_is_that_of_the_picture() {
    let source = changed("near-peer", &[(FIRST, "[figures]\ndpi = 72\nsize = \"single\"\n\n[[figure]]\n")]);
    let files = render(&outcome(&source, "near-peer"), &source, &|_| {}).unwrap().value;
    let png = &files["figures/flow.png"];
    // 85 mm at 72 dots per inch.
    assert_eq!(u32::from_be_bytes(png[16..20].try_into().unwrap()), 241);
}

#[test]
fn the_words_of_a_figure_are_its_alternative_text() {
    let source = load("near-peer");
    let files = render(&outcome(&source, "near-peer"), &source, &|_| {}).unwrap().value;
    let words = String::from_utf8(files["figures/preferred.txt"].clone()).unwrap();
    assert!(
        words.contains("Senior medical students: rank 1 9, ") && words.contains("mean rank 1.50"),
        "{words}"
    );
    let numbers = String::from_utf8(files["figures/preferred.csv"].clone()).unwrap();
    assert!(numbers.contains("\nStudents,1,Senior medical students,9,3,2,0,14,1.50\n"), "{numbers}");
    assert_eq!(numbers.matches("group,place").count(), 1);
}

#[test]
fn what_cannot_be_made_is_said_once_with_its_remedy() {
    let cases = [
        ("size = \"singel\"", "there is no size \"singel\"", "did you mean \"single\"?"),
        ("theme = \"drak\"", "there is no theme \"drak\"", "did you mean \"dark\"?"),
        ("formats = [\"pmg\"]", "\"pmg\" is not one of the values", "did you mean \"png\"?"),
        ("formats = []", "a figure in no format is no figure", "name at least one"),
        ("formats = [\"svg\", \"svg\"]", "svg", ""),
        ("dpi = 3000", "a picture of 3000 dots per inch is not made", "from 72 to 1200"),
        ("dpi = 600\nsize = \"poster\"", "cannot be painted", "give it a lower dpi"),
        ("colour = \"red\"", "colour", ""),
    ];
    for (said, message, remedy) in cases {
        let source = changed("near-peer", &[(FIRST, &format!("[figures]\n{said}\n\n[[figure]]\n"))]);
        let problems = match compute(&source, &study_file("near-peer"), &|_| {}) {
            Err(stopped) => stopped.problems,
            Ok(outcome) => render(&outcome, &source, &|_| {}).unwrap_err().problems,
        };
        let told = problems.iter().filter(|problem| problem.message.contains(message)).count();
        assert!(told >= 1, "{said}: {problems:#?}");
        assert!(told == 1 || message == "cannot be painted", "{said}: {problems:#?}");
        let helps = || problems.iter().filter_map(|problem| problem.help.as_deref());
        assert!(remedy.is_empty() || helps().any(|help| help.contains(remedy)), "{said}: {problems:#?}");
    }
}

#[test]
fn a_bare_figure_has_its_title_and_its_notes_in_the_legends_alone() {
    let drawn = |said: &str| {
        let source = changed("near-peer", &[(FIRST, said)]);
        render(&outcome(&source, "near-peer"), &source, &|_| {}).unwrap().value
    };
    let (bare, whole) = (drawn("[figures]\nbare = true\n\n[[figure]]\n"), drawn(FIRST));
    assert_eq!(bare["figures/legends.md"], whole["figures/legends.md"]);
    let legends = String::from_utf8(bare["figures/legends.md"].clone()).unwrap();
    assert!(legends.contains("**Figure 1. From invitation to analysis.** "), "{legends}");
    let notes = "Synthetic reconstruction: the answers were never published.";
    assert_eq!(legends.matches(notes).count(), 12);
    for name in ["flow", "expectations", "motivations-together"] {
        // The description for those who do not see the picture stays.
        let drawn = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
            let svg = String::from_utf8(files[&format!("figures/{name}.svg")].clone()).unwrap();
            svg.split_once("</style>").unwrap().1.to_owned()
        };
        assert!(drawn(&whole).contains("Synthetic reconstruction"), "{name}");
        assert!(!drawn(&bare).contains("Synthetic reconstruction"), "{name}");
    }
}
