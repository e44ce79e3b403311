//! Items worded against the others of their scale: declared, and suggested by the answers.

use std::fmt::Write as _;

use canvass::diag::{Diag, FileId, codes};
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute};

/// A study of three items on a scale of five, with further keys of the question.
fn study(rows: &[[u8; 3]], columns: &str, more: &str) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    let study = format!(
        "[study]\ntitle = \"t\"\n[groups.all]\nexport = \"a.csv\"\npartial = {{ answered = 0 }}\ncomplete = {{ answered = 0 }}\n\
         [scales.s]\npoints = [\"1\", \"2\", \"3\", \"4\", \"5\"]\n\
         [questions.q]\nkind = \"likert\"\nscale = \"s\"\nall = {columns}\n{more}\n[[ask]]\ninquiry = \"distribution\"\n"
    );
    let mut export = "a,b,c\n".to_owned();
    for [a, b, c] in rows {
        let _ = writeln!(export, "{a},{b},{c}");
    }
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("a.csv"), export.into_bytes());
    compute(&memory, &FileId::new("study.toml"), &|_| {})
}

const ALL: &str = "[\"a\", \"b\", \"c\"]";

fn suggested(rows: &[[u8; 3]], columns: &str, more: &str) -> Vec<Diag> {
    let outcome = study(rows, columns, more).unwrap_or_else(|stopped| panic!("{:?}", stopped.problems));
    outcome.notes.into_iter().filter(|note| note.code == codes::ITEM_AGAINST_OTHERS).collect()
}

/// The third item is the mirror image of the first; its correlation with the sum of the others is -0.992.
const MIRROR: [[u8; 3]; 5] = [[1, 2, 5], [2, 2, 4], [3, 3, 3], [4, 4, 2], [5, 4, 1]];

#[test]
fn lk_16_an_item_against_the_others_is_suggested_and_never_turned_around() {
    let notes = suggested(&MIRROR.repeat(6), ALL, "");
    // The first item also goes against the sum of the second and the third, which nearly cancel each other: -0.894.
    let items: Vec<&str> = notes.iter().filter_map(|note| note.message.split('"').nth(1)).collect();
    assert!(items.contains(&"c"), "{items:?}");
    assert!(notes.iter().all(|note| note.help.as_ref().unwrap().ends_with("nothing was changed")));
    let outcome = study(&MIRROR.repeat(6), ALL, "reverse = [\"c\"]").unwrap();
    let mean = outcome.findings.iter().find(|finding| finding.id.as_str() == "all/q/c/mean").unwrap();
    assert_eq!(mean.value, Value::Number(3.0));
    let low = outcome.findings.iter().find(|finding| finding.id.as_str() == "all/q/c/5").unwrap();
    assert_eq!(low.value, Value::Share { count: 6, of: 30 });
}

#[test]
fn what_is_declared_is_not_suggested_and_what_is_declared_wrongly_is_told() {
    assert_eq!(suggested(&MIRROR.repeat(6), ALL, "reverse = [\"c\"]"), []);
    let alike: Vec<[u8; 3]> = MIRROR.repeat(6).into_iter().map(|[a, b, _]| [a, b, a]).collect();
    let notes = suggested(&alike, ALL, "reverse = [\"c\"]");
    assert!(
        notes
            .iter()
            .any(|note| note.message.starts_with("item \"c\" of question \"q\" is declared as reversed"))
    );
}

#[test]
fn few_people_two_items_and_a_weak_relation_suggest_nothing() {
    assert_eq!(suggested(&MIRROR.repeat(6)[..29], ALL, ""), []);
    assert_eq!(suggested(&MIRROR.repeat(6), "[\"a\", \"c\"]", ""), []);
    // A correlation of -0.308 of thirty people: its interval ends at 0.059.
    let weak = [5, 4, 3, 2, 1, 5, 4, 3, 2, 1, 1, 2, 3, 4, 5, 3, 5, 1, 5, 1, 3, 5, 1, 5, 1, 3, 5, 1, 5, 1];
    let rows: Vec<[u8; 3]> = MIRROR.repeat(6).into_iter().zip(weak).map(|([a, b, _], c)| [a, b, c]).collect();
    assert_eq!(suggested(&rows, ALL, ""), []);
}

#[test]
fn an_item_that_is_not_there_is_an_error_with_the_items() {
    let stopped = study(&MIRROR, ALL, "reverse = [\"d\"]").unwrap_err();
    assert_eq!(stopped.problems[0].message, "question \"q\" has no item \"d\" in all");
    assert_eq!(stopped.problems[0].help.as_deref(), Some("its items are: a, b, c"));
    let stopped = study(&MIRROR, ALL, "").map(|_| ());
    assert!(stopped.is_ok());
}
