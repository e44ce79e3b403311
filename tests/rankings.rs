//! The shapes of rankings from a plain export to the ranks of a study.

use canvass::diag::{Code, FileId, codes};
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Stopped, compute};

/// The mean ranks of the items of the only question, by item, or the problems of the study.
fn means(export: &str, question: &str) -> Result<Vec<String>, Stopped> {
    let mut memory = Memory::default();
    let study = format!(
        "[study]\ntitle = \"t\"\n[groups.all]\nexport = \"a.csv\"\npartial = {{ answered = 0 }}\ncomplete = {{ answered = 0 }}\n\
         [questions.r]\nkind = \"ranking\"\n{question}\n[[ask]]\ninquiry = \"order of preference\"\n"
    );
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("a.csv"), export.as_bytes().to_vec());
    let outcome = compute(&memory, &FileId::new("study.toml"), &|_| {})?;
    let mean = |finding: &canvass::findings::Finding| {
        let item = finding.id.as_str().strip_prefix("all/r/")?.strip_suffix("/mean-rank")?;
        let Value::Number(mean) = finding.value else { return None };
        Some(format!("{item} {mean}"))
    };
    Ok(outcome.findings.iter().filter_map(mean).collect())
}

/// The codes of the problems, and what helps with the first.
fn refused(export: &str, question: &str) -> (Vec<Code>, String) {
    let stopped = means(export, question).unwrap_err();
    let help = stopped.problems.iter().find_map(|problem| problem.help.clone()).unwrap_or_default();
    (stopped.problems.iter().map(|problem| problem.code).collect(), help)
}

const MEANS: [&str; 3] = ["apple 2", "banana 2.5", "cherry 1.5"];

#[test]
fn a_column_for_each_item_or_for_each_place_or_one_list_give_the_same_ranks() {
    let items = "Apple,Banana,Cherry\n2,3,1\n2,1,3\n2,3,1\n2,3,1\n";
    assert_eq!(means(items, "all = [\"Apple\", \"Banana\", \"Cherry\"]").unwrap(), MEANS);
    let places = "Top1,Top2,Top3\nCherry,Apple,Banana\nBanana,Apple,Cherry\nCherry,Apple,Banana\nCherry,Apple,Banana\n";
    let found =
        means(places, "all = [\"Top2\", \"Top1\", \"Top3\"]\nchoices = [\"Apple\", \"Banana\", \"Cherry\"]");
    assert_eq!(found.unwrap(), MEANS);
    let list = "fruit,x\nCherry;Apple;Banana;,\nBanana;Apple;Cherry;,\nCherry;Apple;Banana;,\nCherry;Apple;Banana;,\n";
    let found =
        means(list, "all = \"fruit\"\nseparator = \";\"\nchoices = [\"Apple\", \"Banana\", \"Cherry\"]");
    assert_eq!(found.unwrap(), MEANS);
    let points = "Apple,Banana,Cherry\n30,20,50\n30,50,20\n30,20,50\n30,20,50\n";
    assert_eq!(
        means(points, "all = [\"Apple\", \"Banana\", \"Cherry\"]\nranks = \"points\"").unwrap(),
        MEANS
    );
}

#[test]
fn rk_19_rk_22_columns_of_places_need_no_choices_where_the_cells_say_the_items() {
    let places = "Rank 1,Rank 2,Rank 3\nCherry,Apple,Banana\nBanana,Apple,Cherry\nCherry,Apple,Banana\nCherry,Apple,Banana\n";
    assert_eq!(means(places, "all = [\"Rank 1\", \"Rank 2\", \"Rank 3\"]").unwrap(), MEANS);
    // The same columns with ranks in words in the cells of items.
    let items = "Apple,Banana,Cherry\nSecond,Third,First\nSecond,First,Third\nSecond,Third,First\nSecond,Third,First\n";
    assert_eq!(means(items, "all = [\"Apple\", \"Banana\", \"Cherry\"]").unwrap(), MEANS);
}

#[test]
fn numbers_in_columns_of_places_may_be_items_or_ranks_and_are_asked_for() {
    let numbers = "Rank 1,Rank 2,Rank 3\n3,1,2\n2,1,3\n3,1,2\n3,1,2\n";
    let all = "all = [\"Rank 1\", \"Rank 2\", \"Rank 3\"]\n";
    let (problems, help) = refused(numbers, all);
    assert_eq!(problems, [codes::STUDY_WRONG_KIND]);
    assert!(help.contains("ranks = \"from-1\""), "{help}");
    let declared = "choices = [\"Apple\", \"Banana\", \"Cherry\"]\ncodes = [\"1\", \"2\", \"3\"]";
    assert_eq!(means(numbers, &format!("{all}{declared}")).unwrap(), MEANS);
    let found = means(numbers, &format!("{all}ranks = \"from-1\"")).unwrap();
    assert_eq!(found, ["rank-1 2.75", "rank-2 1", "rank-3 2.25"]);
}

#[test]
fn keys_of_rankings_belong_to_rankings() {
    let mut memory = Memory::default();
    let study = "[study]\ntitle = \"t\"\n[groups.all]\nexport = \"a.csv\"\n[questions.n]\nkind = \"number\"\nranks = \"points\"\nall = \"n\"\n";
    memory.insert(FileId::new("study.toml"), study.as_bytes().to_vec());
    memory.insert(FileId::new("a.csv"), b"n\n1\n".to_vec());
    let stopped = compute(&memory, &FileId::new("study.toml"), &|_| {}).unwrap_err();
    assert_eq!(stopped.problems[0].message, "a question of kind number has no ranks");
}
