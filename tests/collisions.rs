//! One id, one finding: two asks, or two things of one ask, that would give an id to different results stop the study.

use canvass::diag::{Diag, FileId, codes};
use canvass::findings::{TestResult, Value};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute, render};

const STUDY: &str = r#"
[study]
title = "t"
[groups.all]
export = "a.csv"
partial = { answered = 0 }
complete = { answered = 0 }
[questions.year]
kind = "single"
choices = ["first", "second"]
all = "year"
[questions.age]
kind = "number"
all = "age"
[questions.height]
kind = "number"
all = "height"
"#;

const ROWS: &str = "year,age,height,a,b,r1,r2,third\n\
    first,21,170,1,0,1,2,1\nfirst,22,165,1,1,2,1,2\nfirst,20,181,0,1,,1,3\nfirst,23,177,1,0,1,2,1\n\
    second,24,168,0,1,2,1,2\nsecond,26,180,1,1,2,1,3\nsecond,27,175,0,1,1,,1\nsecond,25,190,1,0,2,1,2\n";

const MULTI: &str = "[questions.m]\nkind = \"multi\"\nall = [\"a\", \"b\"]\n";

fn run(study: &str) -> Result<Outcome, Vec<Diag>> {
    let mut memory = Memory::default();
    memory.insert(FileId::new("study.toml"), format!("{STUDY}{study}").into_bytes());
    memory.insert(FileId::new("a.csv"), ROWS.as_bytes().to_vec());
    compute(&memory, &FileId::new("study.toml"), &|_| {}).map_err(|stopped| stopped.problems)
}

fn fine(study: &str) -> Outcome {
    run(study).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The only problem of a study.
fn problem(study: &str) -> Diag {
    let mut problems = run(study).map(|_| ()).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.remove(0)
}

fn ask(inquiry: &str, keys: &str) -> String {
    format!("[[ask]]\ninquiry = \"{inquiry}\"\n{keys}\n")
}

fn compare(of: &str, keys: &str) -> String {
    ask("compare", &format!("of = {of}\nby = \"year\"\n{keys}"))
}

fn test<'a>(outcome: &'a Outcome, id: &str) -> &'a TestResult {
    match outcome.findings.get(id).map(|finding| &finding.value) {
        Some(Value::Test(test)) => test,
        other => panic!("{id}: {other:?} in {:#?}", outcome.findings.ids().collect::<Vec<_>>()),
    }
}

#[test]
fn two_asks_that_find_different_things_under_one_id_stop_the_study_at_the_second() {
    let rates = |overall: &str, counts: &str| {
        format!("[groups.{overall}]\nlabel = \"{overall}\"\ncounts = {{ {counts} }}\n")
    };
    // The people of both groups, and those of one, both called "both"; the share of the unknown is that of all who are asked of.
    let groups = rates("x", "complete = 2, refused = 2") + &rates("y", "complete = 5, refused = 1");
    let of = |groups: &str| ask("outcome rates", &format!("in = {groups}\noverall = \"both\""));
    let twice = format!("{groups}{}{}", of("[\"x\", \"y\"]"), of("[\"x\"]"));
    let diag = problem(&twice);
    assert_eq!(diag.code, codes::STUDY_DUPLICATE, "{diag:#?}");
    assert!(diag.message.starts_with("\"x/e\""), "{diag:#?}");
    assert!(diag.message.contains("by this ask and by the \"outcome rates\" before it"), "{diag:#?}");
    assert!(diag.place.to_string().starts_with("study.toml"), "{diag:#?}");
}

#[test]
fn an_order_of_preference_has_one_rule_for_what_is_not_ranked() {
    let ranking = "[questions.r]\nkind = \"ranking\"\nall = [\"r1\", \"r2\"]\n";
    let of = |partial: &str| ask("order of preference", &format!("partial = \"{partial}\""));
    let diag = problem(&format!("{ranking}{}{}", of("tied-last"), of("complete-only")));
    assert_eq!(diag.code, codes::STUDY_DUPLICATE, "{diag:#?}");
    assert!(diag.message.starts_with("\"all/r/"), "{diag:#?}");
    assert!(diag.message.contains("by the \"order of preference\" of r before it"), "{diag:#?}");
}

#[test]
fn two_asks_that_find_the_same_are_no_collision() {
    let both = format!("{}{}{}", ask("number", ""), ask("number", ""), compare("\"age\"", ""));
    fine(&format!("{both}{}", compare("\"age\"", "")));
}

#[test]
fn a_choice_cannot_take_the_id_of_what_stands_beside_choices() {
    let multi = format!(
        "{MULTI}choices = [\"Net people\", \"Distinct combinations\"]\n[questions.m.nets]\npeople = [\"Net people\", \"Distinct combinations\"]\n"
    );
    let outcome = fine(&format!("{multi}{}{}", ask("choices", ""), ask("combinations", "")));
    let value = |id: &str| outcome.findings.get(id).unwrap_or_else(|| panic!("{id}")).value.clone();
    // By hand: a was ticked by five, b by five, any by eight; the sets are a, b, and both.
    assert_eq!(value("all/m/net-people"), Value::Share { count: 8, of: 8 });
    assert_eq!(value("all/m/net-people-2"), Value::Share { count: 5, of: 8 });
    assert_eq!(value("all/m/distinct-combinations"), Value::Count(3));
    assert_eq!(value("all/m/distinct-combinations-2"), Value::Share { count: 5, of: 8 });
}

#[test]
fn the_name_of_a_comparison_is_no_choice_and_no_question() {
    let multi = format!("{MULTI}choices = [\"x\", \"y\"]\n");
    let outcome = fine(&format!("{multi}{}{}", compare("\"m\"", ""), compare("\"m\"", "name = \"x\"")));
    for id in ["all:year/m/x/test", "all:year/m/test", "all:year/x/m/test", "all:year/x/m/x/test"] {
        test(&outcome, id);
    }
    let diag = problem(&compare("\"age\"", "name = \"height\""));
    assert_eq!(diag.code, codes::STUDY_DUPLICATE);
    assert!(diag.message.contains("\"height\" is a question"), "{diag:#?}");
}

#[test]
fn every_ask_without_a_family_is_a_family_of_its_own() {
    let of = "[\"age\", \"height\"]";
    let one = compare(of, "");
    let other = compare(of, "treat = \"ordinal\"\nname = \"ranks\"\nadjust = \"bonferroni\"");
    let outcome = fine(&format!("{one}{other}"));
    let adjusted = |id: &str| test(&outcome, id).adjusted.clone().unwrap();
    let (first, second) = (adjusted("all:year/age/test"), adjusted("all:year/ranks/age/test"));
    assert_eq!((first.tests, second.tests), (2, 2));
    assert_eq!(first.family, "all:year/age+height");
    assert_eq!(second.family, "all:year/ranks/age+height");
    assert_ne!(first.method, second.method);
    // Bonferroni by its definition: twice the p-value.
    let p = test(&outcome, "all:year/ranks/age/test").p;
    assert!((second.p - (2.0 * p).min(1.0)).abs() < 1e-12, "{second:?} of {p}");
}

#[test]
fn a_test_cannot_be_adjusted_in_two_families() {
    let diag = problem(&format!("{}{}", compare("[\"age\", \"height\"]", ""), compare("\"age\"", "")));
    assert_eq!(diag.code, codes::STUDY_DUPLICATE);
    assert!(diag.message.starts_with("\"all:year/age/test\" is asked for twice"), "{diag:#?}");
    assert!(diag.help.is_some_and(|help| help.contains("name = ")));
}

#[test]
fn a_declared_family_cannot_be_called_as_one_ask_is() {
    let diag = problem(&compare("\"age\"", "family = \"all:year/age\""));
    assert_eq!(diag.code, codes::STUDY_BAD_VALUE);
    assert!(diag.message.contains("holds no /"), "{diag:#?}");
}

#[test]
fn pairs_of_sides_are_a_family_of_their_item() {
    let three = "[questions.half]\nkind = \"single\"\nchoices = [\"1\", \"2\", \"3\"]\nall = \"third\"\n\
                 [scales.yes]\npoints = [\"0\", \"1\"]\n\
                 [questions.q]\nkind = \"likert\"\nscale = \"yes\"\nall = [\"a\", \"b\"]\n";
    let asked = "of = \"q\"\nby = \"half\"\nleast = 1\npairwise = true\n";
    let both =
        format!("{three}{}{}", ask("compare", asked), ask("compare", &format!("{asked}name = \"each\"")));
    let outcome = fine(&both);
    for (beginning, item) in [("all:half/q", "a"), ("all:half/q", "b"), ("all:half/each/q", "a")] {
        let id = format!("{beginning}/{item}/pair/1~2");
        let adjusted = test(&outcome, &id).adjusted.clone().unwrap();
        assert_eq!((adjusted.family, adjusted.tests), (format!("{beginning}/{item}"), 3));
    }
}

#[test]
fn tables_of_whole_questions_show_named_asks_too() {
    let multi = format!("{MULTI}choices = [\"x\", \"y\"]\n");
    let table = "[[table]]\nid = \"t\"\nshow = \"multi-comparison\"\nof = \"m\"\n";
    let other = compare("\"m\"", "name = \"again\"\nseed = 2");
    let shown = |asks: &str| {
        let outcome = fine(&format!("{multi}{asks}{table}"));
        let files = render(&outcome, &Memory::default(), &|_| {})
            .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
            .value;
        let file = files.iter().find(|(name, _)| name.as_str().ends_with("tables/t.csv"));
        String::from_utf8(file.unwrap_or_else(|| panic!("{:?}", files.keys())).1.clone()).unwrap()
    };
    let alone = shown(&other);
    assert!(alone.contains("x,"), "{alone}");
    let both = shown(&format!("{}{other}", compare("\"m\"", "")));
    assert!(both.contains("(again)"), "{both}");
}
