//! `canvass init`: a drafted study runs as it is, and drafting again never touches an edited one.

use std::fs;
use std::path::Path;

use canvass::diag::FileId;
use canvass::draft::{Draft, Source as DraftSource, TEMPLATE, draft};
use canvass::ingest;
use canvass::inspect::inspect;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, check, compute};

use crate::cli::{canvass, edit, stderr, stdout};
use crate::studies_in_memory::root;

/// A file: its name and what stands in it.
type Named<'a> = (&'a str, &'a [u8]);

/// Reads exports, each with its definition if it has one, drafts a study of them in memory beside them, and the memory with it.
pub(crate) fn drafted(exports: &[(&str, &[u8], Option<Named<'_>>)]) -> Result<(Draft, Memory), String> {
    let mut memory = Memory::default();
    let mut read = Vec::new();
    for (name, bytes, definition) in exports {
        let file = FileId::new(name);
        let definition = definition.map(|(name, bytes)| (FileId::new(name), bytes));
        let given = definition.as_ref().map(|(file, bytes)| (file, *bytes));
        let mut notes = Vec::new();
        let export = ingest::read(&file, bytes, given)
            .map_err(|problems| problems[0].message.clone())?
            .note_into(&mut notes);
        let report = inspect(&export, notes);
        memory.insert(file, bytes.to_vec());
        if let Some((file, bytes)) = &definition {
            memory.insert(file.clone(), bytes.to_vec());
        }
        read.push((*name, definition.map(|(file, _)| file.as_str().to_owned()), export, report));
    }
    let sources: Vec<DraftSource<'_>> = read
        .iter()
        .map(|(file, definition, export, report)| DraftSource {
            file,
            definition: definition.as_deref(),
            export,
            report,
        })
        .collect();
    let draft = draft("Drafted", &sources);
    memory.insert(FileId::new("study.toml"), draft.study.clone().into_bytes());
    memory.insert(FileId::new(TEMPLATE), draft.template.clone().into_bytes());
    Ok((draft, memory))
}

/// Checks and computes a study in memory, or says what stands in the way.
pub(crate) fn runs(memory: &Memory) -> Result<Outcome, String> {
    let file = FileId::new("study.toml");
    let said = |stopped: canvass::pipeline::Stopped| {
        stopped.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ")
    };
    check(memory, &file, &|_| {}).map_err(said)?;
    compute(memory, &file, &|_| {}).map_err(said)
}

fn plain(text: &str) -> (Draft, Memory) {
    drafted(&[("data/wave 1.csv", text.as_bytes(), None)]).unwrap()
}

const PLAIN: &str = "How often?,Colour,Age,Your full name,Why\n\
    Often,red,31,Ann Secret,because of a\n\
    Sometimes,blue,45,Bob Secret,because of b\n\
    Never,red,31,Cem Secret,because of c\n\
    Often,blue,22,Dee Secret,because of d\n\
    Never,red,29,Eve Secret,because of e\n\
    Sometimes,green,50,Flo Secret,because of f\n\
    Often,red,31,Gus Secret,because of g\n";

#[test]
fn a_plain_table_is_drafted_line_by_line() {
    let (draft, memory) = plain(PLAIN);
    let expected = r#"[questions.colour]
label = "Colour"
kind = "single"
choices = ["blue", "red"]
wave-1 = "Colour"
"#;
    assert!(draft.study.contains(expected), "{}", draft.study);
    let hidden = "# decide: 1 text that one person alone gave may tell who that is, so that it is not listed and counts as";
    assert!(draft.study.contains(hidden), "{}", draft.study);
    assert!(!draft.study.contains("green") && !draft.study.contains("Secret"), "{}", draft.study);
    assert!(
        draft.study.contains("# Left out (may tell who a person is): Your full name\n"),
        "{}",
        draft.study
    );
    assert!(
        draft.study.contains("[questions.age]\nlabel = \"Age\"\nkind = \"number\"\nwave-1 = \"Age\"\n"),
        "{}",
        draft.study
    );
    assert!(draft.study.contains("[groups.wave-1]\nlabel = \"Wave 1\"\nexport = \"data/wave 1.csv\"\n"));
    assert!(draft.study.contains("# invited = { roster = \"FILE\""));
    let said = "{{ \"Wave 1\" }}: {{ wave-1/received }} responses were received and {{ wave-1/included }} analysed.\n";
    assert!(draft.template.contains(said), "{}", draft.template);
    // What is left to write is said by every run, and Methods are written from what was done.
    assert_eq!(draft.template.matches("{{ todo ").count(), 3);
    assert!(draft.template.contains("# Methods\n\n{{ methods }}\n"));
    let outcome = runs(&memory).unwrap();
    assert_eq!(outcome.cohorts[0].rows.len(), 7);
    // "green" was one person's word: it is unreadable, never dropped in silence.
    let blue = outcome.findings.get("wave-1/colour/blue").unwrap();
    assert_eq!(format!("{:?}", blue.value), "Share { count: 2, of: 6 }");
    assert_eq!(outcome.study.to_decide.len(), draft.study.matches("# decide: ").count());
}

#[test]
fn a_known_scale_stands_from_low_to_high_whatever_the_order_of_the_cells() {
    let mut text = String::from("Q1,Q2\n");
    for row in
        ["Agree,x", "Strongly disagree,y", "Disagree,x", "Strongly agree,y", "Neutral,x", "Agree,y", "N/A,x"]
    {
        text.push_str(&[row, "\n", row, "\n"].concat());
    }
    let (draft, memory) = plain(&text);
    assert!(
        draft.study.contains(
            "points = [\"Strongly disagree\", \"Disagree\", \"Neutral\", \"Agree\", \"Strongly agree\"]\n"
        ),
        "{}",
        draft.study
    );
    assert!(draft.study.contains("\"N/A\" = \"not-applicable\""), "{}", draft.study);
    assert!(
        draft.study.contains("kind = \"likert\"\nscale = \"agreement\"\nwave-1 = \"Q1\"\n"),
        "{}",
        draft.study
    );
    let outcome = runs(&memory).unwrap();
    let agree = outcome.findings.get("wave-1/q1/top-box").unwrap();
    assert_eq!(format!("{:?}", agree.value), "Share { count: 6, of: 12 }");
}

#[test]
fn sister_exports_share_their_questions_and_scales() {
    let one = "ask,other\nYes,1.5\nNo,2\nYes,3\nNo,4\n";
    let two = "ask,more\nNo,2\nYes,1.5\nNo,7\nYes,4\n";
    let (draft, memory) =
        drafted(&[("a.csv", one.as_bytes(), None), ("b.csv", two.as_bytes(), None)]).unwrap();
    assert!(draft.study.contains("a = \"ask\"\nb = \"ask\"\n"), "{}", draft.study);
    assert!(draft.study.contains("kind = \"number\"\nb = \"more\"\n"), "{}", draft.study);
    assert_eq!(runs(&memory).unwrap().cohorts.len(), 2);
}

#[test]
fn rows_that_are_not_people_and_exports_without_rows_still_run() {
    let (draft, memory) = drafted(&[(
        "r.csv",
        b"record_id,redcap_event_name,redcap_repeat_instance,sex,base_complete\n1,a_arm_1,,1,2\n1,b_arm_1,1,1,2\n1,b_arm_1,2,2,2\n2,a_arm_1,,1,0\n2,b_arm_1,1,1,0\n",
        None,
    )])
    .unwrap();
    assert!(draft.study.contains("where = { redcap_event_name = \"b_arm_1\" }\n"), "{}", draft.study);
    assert!(draft.study.contains("# decide: several rows of one record remain"), "{}", draft.study);
    assert_eq!(runs(&memory).unwrap().cohorts[0].rows.len(), 2);
    let (draft, memory) = plain("a,b\n");
    assert!(
        draft.study.contains("# decide: the export has no rows, so nothing can be computed\n"),
        "{}",
        draft.study
    );
    let outcome = runs(&memory).unwrap();
    assert_eq!(outcome.cohorts[0].rows.len(), 0);
    assert!(outcome.notes.iter().any(|note| note.code.as_str() == "D014"));
}

/// A folder with the exports of the founding study.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["students.csv", "students.qsf", "residents.csv", "residents_dictionary.csv"] {
        fs::copy(root().join("fixtures/near-peer").join(name), folder.path().join(name)).unwrap();
    }
    folder
}

const BOTH: [&str; 9] = [
    "init",
    "students.csv",
    "residents.csv",
    "--definition",
    "residents_dictionary.csv",
    "--definition",
    "students.qsf",
    "-o",
    "analyses/pilot",
];

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn each_definition_finds_its_export_and_the_study_runs_as_it_is() {
    let folder = folder();
    let output = canvass(&BOTH, folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(
        said.starts_with("wrote analyses/pilot/study.toml (15 questions, 10 tables, 8 figures, "),
        "{said}"
    );
    assert!(said.ends_with("try: canvass run analyses/pilot\n"), "{said}");
    let study = read(folder.path(), "analyses/pilot/study.toml");
    assert!(
        study.contains("export = \"../../students.csv\"\ndefinition = \"../../students.qsf\"\n"),
        "{study}"
    );
    assert!(study.contains("definition = \"../../residents_dictionary.csv\"\n"), "{study}");
    assert!(
        study.contains("# Left out of residents (may tell who a person is): record_id, code, email\n"),
        "{study}"
    );
    assert!(study.contains("[[exclude]]\nrule = \"preview\"\nin = [\"students\"]\n"), "{study}");
    let output = canvass(&["run", "analyses/pilot"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("  decide  study.toml:"), "{}", stdout(&output));
    assert!(stdout(&output).contains("kept    students                 16 of 17 rows; left out: 1 preview"));
    assert_eq!(canvass(&["verify", "analyses/pilot"], folder.path()).status.code(), Some(0));
}

#[test]
fn drafting_again_shows_what_is_new_and_leaves_edits_alone() {
    let folder = folder();
    let study = "analyses/pilot/study.toml";
    let init = ["init", "students.csv", "--definition", "students.qsf", "-o", "analyses/pilot"];
    assert_eq!(canvass(&init, folder.path()).status.code(), Some(0));
    edit(folder.path(), study, "title = \"Pilot\"", "title = \"My own title\"");
    let edited = read(folder.path(), study);
    let again = canvass(&init, folder.path());
    assert_eq!((again.status.code(), stderr(&again).as_str()), (Some(0), ""));
    assert!(stdout(&again).contains("init would write nothing new"), "{}", stdout(&again));

    // The survey goes on with another wording of Q9.
    let definition = read(folder.path(), "students.qsf");
    let reworded = definition.replace("Is there anything else that we should know?", "Anything else?");
    fs::write(folder.path().join("students.qsf"), reworded).unwrap();
    let again = canvass(&init, folder.path());
    assert_eq!(again.status.code(), Some(1), "{}", stderr(&again));
    let patch = stdout(&again);
    assert!(
        patch.starts_with("--- analyses/pilot/study.toml\n+++ analyses/pilot/study.toml\n@@ "),
        "{patch}"
    );
    assert!(
        patch.contains(
            "\n-label = \"Is there anything else that we should know?\"\n+label = \"Anything else?\"\n"
        ),
        "{patch}"
    );
    assert!(!patch.contains("My own title"), "{patch}");
    assert!(stderr(&again).contains("study.toml is left as it is"), "{}", stderr(&again));
    assert_eq!(read(folder.path(), study), edited);

    // Taken over by hand, it is not new any more.
    edit(
        folder.path(),
        study,
        "label = \"Is there anything else that we should know?\"",
        "label = \"Anything else?\"",
    );
    let again = canvass(&init, folder.path());
    assert_eq!(again.status.code(), Some(0), "{}", stdout(&again));
    assert!(stdout(&again).contains("has taken over everything that is new"));
    assert!(read(folder.path(), study).contains("My own title"));
}

#[test]
fn what_cannot_be_drafted_is_said_and_nothing_is_written() {
    let folder = folder();
    fs::write(folder.path().join("other.qsf"), "{}").unwrap();
    for (arguments, expected) in [
        (&["init", "nothing.csv", "-o", "s"][..], "there is no file nothing.csv"),
        (&["init", "students.csv", "students.csv", "-o", "s"], "students.csv is named twice"),
        (
            &["init", "students.csv", "residents.csv", "--definition", "other.qsf", "-o", "s"],
            "say which export it defines: --definition EXPORT=other.qsf",
        ),
        (&["init", "residents_dictionary.csv", "-o", "s"], "is a data dictionary, not answers"),
    ] {
        let output = canvass(arguments, folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(expected), "{arguments:?}: {}", stderr(&output));
        assert!(!folder.path().join("s").exists());
    }
    let named =
        ["init", "students.csv", "residents.csv", "--definition", "students.csv=students.qsf", "-o", "s"];
    assert_eq!(canvass(&named, folder.path()).status.code(), Some(0));
    assert!(read(folder.path(), "s/study.toml").contains("definition = \"../students.qsf\"\n"));
}
