//! How the items of a question are found in an export without a definition.

use canvass::diag::FileId;
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute};

/// Two grids; nobody answered "Sometimes" to the first item, and nobody "Never" to the second.
const EXPORT: &str = "\
id. Response ID,submitdate. Date submitted,q[one]. [First item],q[two]. [Second item],r[one]. [Another first]
1,2020-01-01 00:00:00,Never,Often,Yes
2,2020-01-01 00:00:00,Never,Often,Yes
3,2020-01-01 00:00:00,Often,Sometimes,No
4,2020-01-01 00:00:00,Often,Sometimes,No
";

fn computed(items: &str) -> Result<Outcome, Stopped> {
    let study = format!(
        "[study]\ntitle = \"T\"\n[groups.g]\nexport = \"a.csv\"\n[scales.often]\n\
         points = [\"Never\", \"Sometimes\", \"Often\"]\n[questions.q]\nkind = \"likert\"\nscale = \"often\"\n\
         g = {items}\n[[ask]]\ninquiry = \"distribution\"\n"
    );
    let mut memory = Memory::default();
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("a.csv"), EXPORT.as_bytes().to_vec());
    compute(&memory, &FileId::new("study.toml"), &|_| {})
}

#[test]
fn items_to_which_other_answers_were_given_stand_on_one_scale() {
    let outcome = computed("[\"q[one]\", \"q[two]\"]").unwrap();
    let count = |id: &str| match outcome.findings.get(id).map(|finding| &finding.value) {
        Some(Value::Share { count, of }) => (*count, *of),
        other => panic!("{id}: {other:?}"),
    };
    let points = ["never", "sometimes", "often"];
    assert_eq!(points.map(|point| count(&format!("g/q/first-item/{point}"))), [(2, 4), (0, 4), (2, 4)]);
    assert_eq!(points.map(|point| count(&format!("g/q/second-item/{point}"))), [(0, 4), (2, 4), (2, 4)]);
}

#[test]
fn an_item_that_is_called_by_its_name_within_the_question_is_suggested() {
    let help = |items: &str| computed(items).unwrap_err().problems[0].help.clone().unwrap();
    assert_eq!(help("\"two\""), "did you mean \"q[two]\"?");
    // Two questions have an item of this name.
    assert!(help("\"one\"").contains("`canvass codebook` their items"), "{}", help("\"one\""));
}
