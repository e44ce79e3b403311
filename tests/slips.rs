//! One slip, one message: a mistake in a study file is not followed by others that it alone brings about.

use canvass::diag::{Diag, FileId};
use canvass::io::Memory;
use canvass::pipeline::{compute, render};

const STUDY: &str = "[study]\ntitle = \"t\"\n\
    [groups.g]\nexport = \"a.csv\"\n\
    invited = { roster = \"r.csv\", key = \"id\", link = \"id\", attributes = { site = [\"north\", \"south\"] } }\n\
    [scales.s]\npoints = [\"low\", \"high\"]\n\
    [questions.mood]\nkind = \"likert\"\nscale = \"s\"\ng = [\"one\", \"two\"]\n\
    [scores.total]\nof = \"mood\"\n\
    [[exclude]]\nrule = \"not-on-roster\"\n\
    [[ask]]\ninquiry = \"reliability\"\nof = \"total\"\n\
    [[ask]]\ninquiry = \"number\"\nof = \"total\"\n\
    [[ask]]\ninquiry = \"distribution\"\nof = \"mood\"\n\
    [[table]]\nid = \"t\"\nshow = \"items\"\nof = \"mood\"\n";
const EXPORT: &str = "id,one,two\na,low,high\nb,high,high\nc,low,low\nd,high,low\n";
const ROSTER: &str = "id,site\na,north\nb,south\nc,north\nd,south\ne,north\nf,south\n";

/// The study with one thing changed.
fn slipped(from: &str, to: &str, roster: &str) -> (Memory, FileId) {
    assert!(STUDY.contains(from), "{from}");
    let file = FileId::new("s/study.toml");
    let mut memory = Memory::default();
    memory.insert(file.clone(), STUDY.replacen(from, to, 1).into_bytes());
    memory.insert(FileId::new("s/a.csv"), EXPORT.as_bytes().to_vec());
    memory.insert(FileId::new("s/r.csv"), roster.as_bytes().to_vec());
    (memory, file)
}

/// The only problem of the study with one thing changed.
fn problem((memory, file): &(Memory, FileId)) -> Diag {
    let mut problems = compute(memory, file, &|_| {}).map(|_| ()).unwrap_err().problems;
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.remove(0)
}

#[test]
fn the_reliability_of_a_likert_question_is_one_mistake_with_its_remedy() {
    let problem = problem(&slipped(
        "of = \"total\"\n[[ask]]\ninquiry = \"number\"",
        "of = \"mood\"\n[[ask]]\ninquiry = \"number\"",
        ROSTER,
    ));
    assert!(problem.message.contains("mood is none"), "{problem:#?}");
    assert!(problem.help.as_deref().unwrap_or_default().contains("[scores.name]"), "{problem:#?}");
}

#[test]
fn a_fault_inside_a_score_leaves_its_name_known() {
    for (from, to) in [
        ("of = \"mood\"\n[[exclude]]", "of = \"moood\"\n[[exclude]]"),
        ("of = \"mood\"\n[[exclude]]", "of = \"mood\"\nhow = \"maen\"\n[[exclude]]"),
        ("of = \"mood\"\n[[exclude]]", "of = \"mood\"\nat-least = 0\n[[exclude]]"),
    ] {
        let problem = problem(&slipped(from, to, ROSTER));
        assert!(!problem.message.contains("total"), "{problem:#?}");
    }
}

#[test]
fn a_roster_that_cannot_be_read_is_not_said_to_be_missing() {
    let problem = problem(&slipped("title", "title", &ROSTER.replace("north\nd", "nort\nd")));
    assert!(problem.message.contains("none of its levels"), "{problem:#?}");
}

#[test]
fn a_table_of_the_wrong_kind_names_the_kind() {
    let (memory, file) = slipped("show = \"items\"", "show = \"choices\"", ROSTER);
    let outcome =
        compute(&memory, &file, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let problems = render(&outcome, &memory, &|_| {}).map(|_| ()).unwrap_err().problems;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.message.contains("mood is of kind likert"), "{problem:#?}");
}
