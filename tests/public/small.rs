//! Small studies with a part of a group, against every set of answers that agrees with what is told.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use canvass::diag::FileId;
use canvass::findings::Value;
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute, publish};
use canvass::record::FindingsFile;
use proptest::prelude::*;

/// The answers of one person to two questions: 0, 1, or none.
type Person = (usize, usize);

/// Every pair of answers that a person who answered anything can give.
const KINDS: [Person; 8] = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)];

/// Whether a person belongs to a group.
type Within = fn(Person) -> bool;

const MINIMUM: u64 = 3;

fn study(rule: &str) -> String {
    format!(
        "[study]\ntitle = \"t\"\n\
         [groups.all]\nexport = \"a.csv\"\npartial = {{ answered = 0.1 }}\n\
         [parts.some]\nof = \"all\"\nanswered = {{ one = [\"a\"] }}\n\
         [questions.one]\nkind = \"single\"\nchoices = [\"a\", \"b\"]\nall = \"one\"\n\
         [questions.two]\nkind = \"single\"\nchoices = [\"x\", \"y\"]\nall = \"two\"\n\
         [[ask]]\ninquiry = \"distribution\"\nof = [\"one\", \"two\"]\nin = [\"all\", \"some\"]\n{rule}"
    )
}

fn outcome(people: &[Person], rule: &str) -> Outcome {
    let mut csv = "one,two\n".to_owned();
    for (one, two) in people {
        let _ = writeln!(csv, "{},{}", ["a", "b", ""][*one], ["x", "y", ""][*two]);
    }
    let mut memory = Memory::default();
    memory.insert(FileId::new("s/study.toml"), study(rule).into_bytes());
    memory.insert(FileId::new("s/a.csv"), csv.into_bytes());
    compute(&memory, &FileId::new("s/study.toml"), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

/// Every count of a set of people, by a name: what findings count, and what differs between the group and its part.
fn counts(table: &[u64; 8]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let n = |fits: &dyn Fn(Person) -> bool| -> u64 {
        KINDS.iter().zip(table).filter(|(kind, _)| fits(**kind)).map(|(_, count)| *count).sum()
    };
    let groups: [(&str, Within); 3] =
        [("all", |_| true), ("some", |person| person.0 == 0), ("rest", |person| person.0 != 0)];
    for (group, within) in groups {
        counts.insert(format!("{group}/included"), n(&within));
        for (question, labels) in [("one", ["a", "b", "none"]), ("two", ["x", "y", "none"])] {
            let of = |person: Person| if question == "one" { person.0 } else { person.1 };
            for (code, label) in labels.into_iter().enumerate() {
                counts.insert(
                    format!("{group}/{question}/{label}"),
                    n(&|person| within(person) && of(person) == code),
                );
            }
            counts.insert(
                format!("{group}/{question}/answered"),
                n(&|person| within(person) && of(person) < 2),
            );
        }
    }
    counts
}

/// Every way in which so many people can have answered.
fn tables(left: u64, at: usize, table: &mut [u64; 8], all: &mut Vec<[u64; 8]>) {
    if at == 7 {
        table[7] = left;
        all.push(*table);
        return;
    }
    for count in 0..=left {
        table[at] = count;
        tables(left - count, at + 1, table, all);
    }
}

/// Everything that the public file says, as counts by name.
fn told(file: &[u8]) -> BTreeMap<String, u64> {
    let file: serde_json::Value = serde_json::from_slice(file).unwrap();
    let mut told = BTreeMap::new();
    for finding in file["findings"].as_array().unwrap() {
        let (group, id) = (finding["group"].as_str().unwrap(), finding["id"].as_str().unwrap());
        let base = &finding["base"];
        if let Some(included) = base["included"].as_u64() {
            told.insert(format!("{group}/included"), included);
        }
        let Some(question) = finding["question"].as_str() else { continue };
        if let Some(answered) = base["answered"].as_u64() {
            told.insert(format!("{group}/{question}/answered"), answered);
        }
        let value = &finding["value"];
        if let Some(count) = value["share"]["count"].as_u64() {
            told.insert(id.to_owned(), count);
            told.insert(format!("{group}/{question}/answered"), value["share"]["of"].as_u64().unwrap());
        } else if let Some(count) = value["count"].as_u64() {
            let name =
                if id.contains("/missing/") { format!("{group}/{question}/none") } else { id.to_owned() };
            told.insert(name, count);
        } else {
            assert!(value["number"].is_null() && value["order"].is_null(), "{id}");
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_count_of_few_people_follows_from_what_is_told(picks in proptest::collection::vec(0_usize..8, 6..10)) {
        let people: Vec<Person> = picks.iter().map(|pick| KINDS[*pick]).collect();
        let mut truth = [0; 8];
        for pick in &picks {
            truth[*pick] += 1;
        }
        let rule = format!("[disclosure]\nminimum-cell = {MINIMUM}\nminimum-base = 4\n");
        let outcome = outcome(&people, &rule);
        let published = publish(&outcome).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
        let public = &published.outcome;
        let file = FindingsFile::new(&public.study.id, &public.outline, &public.findings).write();
        let told = told(&file);
        let true_counts = counts(&truth);
        for (name, count) in &told {
            prop_assert_eq!(true_counts.get(name), Some(count), "{}", name);
        }
        let mut all = Vec::new();
        tables(people.len() as u64, 0, &mut [0; 8], &mut all);
        let possible: Vec<BTreeMap<String, u64>> = all
            .iter()
            .map(counts)
            .filter(|counts| told.iter().all(|(name, count)| counts[name] == *count))
            .collect();
        // A count, and for a share of those who answered also how many of them it leaves.
        for name in true_counts.keys() {
            let base = name.rsplit_once('/').map(|(stem, _)| format!("{stem}/answered")).unwrap_or_default();
            let is_level = ["/a", "/b", "/x", "/y"].iter().any(|end| name.ends_with(end));
            for complement in [false, true].into_iter().take(if is_level { 2 } else { 1 }) {
                let of = |counts: &BTreeMap<String, u64>| {
                    if complement { counts[&base] - counts[name] } else { counts[name] }
                };
                let count = of(&true_counts);
                let (low, high) =
                    (possible.iter().map(of).min().unwrap(), possible.iter().map(of).max().unwrap());
                let is_small = count > 0 && count < MINIMUM;
                prop_assert!(
                    !is_small || high - low >= MINIMUM,
                    "{} = {}{} is known within {} to {}: {:?}",
                    name, count, if complement { " (complement)" } else { "" }, low, high, told
                );
            }
        }
    }
}

#[test]
fn without_a_rule_nothing_is_told_to_the_public() {
    let stopped = publish(&outcome(&[(0, 0)], "")).unwrap_err();
    let problem = &stopped.problems[0];
    assert_eq!(problem.message, "nothing says what may be told to the public");
    assert!(problem.help.as_deref().unwrap().contains("[disclosure]"));
}

#[test]
fn a_part_is_not_told_apart_by_subtraction() {
    // 8 of 10 said a; 6 and 4 said x and y, of the part 6 and 2: the two outside both said y.
    let mut people = vec![(0, 0); 6];
    people.extend([(0, 1), (0, 1), (1, 1), (1, 1)]);
    let rule = "[disclosure]\nminimum-cell = 3\nminimum-base = 4\n";
    let published = publish(&outcome(&people, rule)).unwrap();
    let findings = &published.outcome.findings;
    let value = |id: &str| findings.get(id).unwrap().value.clone();
    let is_told = |id: &str| !matches!(value(id), Value::NotComputed(_));
    // b was said by two, so that the part of those who said a cannot be told to be eight either.
    assert!(!is_told("all/one/b") && !is_told("all/one/a"));
    assert!(findings.get("some/two/x").unwrap().base.people.is_none());
    // Were x told of both, nobody outside the part said x, and were y told of the group, two did.
    assert!(!(is_told("all/two/y") && is_told("some/two/y")));
}

#[test]
fn the_rule_of_a_study_is_read_whole_and_its_mistakes_are_said_at_once() {
    let wrong = "[disclosure]\nminimum-cell = 1\nminimum-base = \"ten\"\nzeros = \"seen\"\nwidth = 0\nsensitive = [\"three\"]\n\
                 public = [\"answers\"]\ndominance = { n = 0, k = 75 }\np-percent = 0\nthreshold = 5\n";
    let mut memory = Memory::default();
    memory.insert(FileId::new("s/study.toml"), study(wrong).into_bytes());
    memory.insert(FileId::new("s/a.csv"), b"one,two\na,x\n".to_vec());
    let stopped = compute(&memory, &FileId::new("s/study.toml"), &|_| {}).unwrap_err();
    let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "minimum-cell = 1 withholds nobody's answers",
            "minimum-base is a string, but a whole number that is not negative is expected",
            "\"seen\" is not one of the values that can stand here",
            "a width of 0 lets every withheld count be worked out",
            "no question is named \"three\"",
            "\"answers\" is not one of the values that can stand here",
            "the rule looks at one person or more",
            "0 is no percentage above 0 and up to 100",
            "[disclosure] has no key \"threshold\"",
        ]
    );
}
