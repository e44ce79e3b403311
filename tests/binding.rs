//! How items and choices that a study file names are found in an export.

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
    let count = |id: &str| count(&outcome, id);
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

/// A form whose choice "about_half_pay" was called "about_half" before, and answers from both times.
fn with_also(also: &str, form: Option<&str>) -> Result<Outcome, Stopped> {
    let definition = if form.is_some() { "definition = \"form.csv\"\n" } else { "" };
    let study = format!(
        "[study]\ntitle = \"T\"\n[groups.g]\nexport = \"a.csv\"\n{definition}[questions.pay]\nkind = \"single\"\n\
         also = {also}\ng = \"pay\"\n[[ask]]\ninquiry = \"distribution\"\n"
    );
    let mut memory = Memory::default();
    memory.insert(FileId::new("study.toml"), study.into_bytes());
    memory.insert(FileId::new("form.csv"), form.unwrap_or_default().as_bytes().to_vec());
    let given = ["all"; 2].into_iter().chain(["about_half_pay"; 12]).chain(["about_half"; 10]);
    let rows = given.zip(1..).map(|(answer, row)| format!("{answer},{row},u{row}\n"));
    let answers = format!("pay,_id,_uuid\n{}", rows.collect::<String>());
    memory.insert(FileId::new("a.csv"), answers.into_bytes());
    compute(&memory, &FileId::new("study.toml"), &|_| {})
}

const FORM: &str = "survey\n,type,name,label\n,select_one pays,pay,Pay\nchoices\n,list_name,name,label\n\
                    ,pays,all,All of it\n,pays,about_half_pay,Half of it\n";

fn count(outcome: &Outcome, id: &str) -> (u64, u64) {
    match outcome.findings.get(id).map(|finding| &finding.value) {
        Some(Value::Share { count, of }) => (*count, *of),
        other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn a_choice_that_had_another_name_is_counted_as_one() {
    for also in ["{ about_half = \"about_half_pay\" }", "{ about_half = \"Half of it\" }"] {
        let outcome = with_also(also, Some(FORM)).unwrap();
        assert_eq!(count(&outcome, "g/pay/half-of-it"), (22, 24), "{also}");
        assert_eq!(count(&outcome, "g/pay/all-of-it"), (2, 24), "{also}");
    }
    // Without a form the other text would be a choice of its own.
    let outcome = with_also("{ about_half = \"about_half_pay\" }", None).unwrap();
    assert_eq!(count(&outcome, "g/pay/about-half-pay"), (22, 24));
    assert!(outcome.findings.get("g/pay/about-half").is_none());
}

#[test]
fn what_is_no_choice_or_is_one_already_cannot_be_another_spelling() {
    let problem = |also: &str| {
        let problem = with_also(also, Some(FORM)).unwrap_err().problems.remove(0);
        (problem.message, problem.help.unwrap_or_default())
    };
    let (message, help) = problem("{ about_half = \"about_half_pya\" }");
    assert_eq!(
        (message.as_str(), help.as_str()),
        ("pay has no choice \"about_half_pya\"", "did you mean \"about_half_pay\"?")
    );
    let (message, help) = problem("{ all = \"about_half_pay\" }");
    assert_eq!(message, "\"all\" is a choice of pay already");
    assert!(help.contains("All of it"), "{help}");
}

#[test]
fn a_text_that_is_no_choice_names_the_key_that_would_count_it() {
    let outcome = with_also("{}", Some(FORM)).unwrap();
    let helps: Vec<&String> = outcome.notes.iter().filter_map(|note| note.help.as_ref()).collect();
    let said = |help: &&String| help.contains("also = { \"about_half\" = \"");
    assert!(helps.iter().any(said), "{helps:?}");
}
