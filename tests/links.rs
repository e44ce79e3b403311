//! Links between two groups: accounts by hand counts, laws of agreement and change, and what is refused.

use canvass::diag::FileId;
use canvass::findings::{Caution, Finding, Reason, Value};
use canvass::io::{Memory, Source};
use canvass::pipeline::{Outcome, compute};

use crate::studies_in_memory::{Csv, load, outcome, study_file};

/// Six pairs; R1 has two students, E answered twice, Z is in no pair and somebody has no key.
const STUDENTS: &str =
    "code,mood,met\nA,Low,Yes\nB,High,No\nC,Low,No\nE,Low,Yes\nE,High,Yes\n,Low,No\nZ,High,No\n";
const RESIDENTS: &str = "code,mood,met\nR1,High,Yes\nR3,Low,No\nR4,Low,Yes\n";
const PAIRS: &str = "student,resident\nA,R1\nB,R1\nC,R2\nD,R3\nE,R4\nF,R5\n";
const STUDY: &str = r#"
[study]
title = "Pairs"
[groups.students]
export = "students.csv"
[groups.residents]
export = "residents.csv"
[links.pairs]
between = ["students", "residents"]
keys = { students = "code", residents = "code" }
pairs = { file = "pairs.csv", students = "student", residents = "resident" }
[scales.mood]
points = ["Low", "Middle", "High"]
[questions.mood]
kind = "likert"
scale = "mood"
students = "mood"
residents = "mood"
[questions.met]
kind = "single"
choices = ["Yes", "No"]
students = "met"
residents = "met"
[[ask]]
inquiry = "pairs"
"#;

fn memory(study: &str, files: &[(&str, &str)]) -> Memory {
    let mut memory = Memory::default();
    memory.insert(FileId::new("study.toml"), study.as_bytes().to_vec());
    for (name, text) in files {
        memory.insert(FileId::new(name), text.as_bytes().to_vec());
    }
    memory
}

fn dyads(more: &str) -> Memory {
    let files = [("students.csv", STUDENTS), ("residents.csv", RESIDENTS), ("pairs.csv", PAIRS)];
    memory(&format!("{STUDY}{more}"), &files)
}

fn computed(memory: &Memory) -> Outcome {
    compute(memory, &FileId::new("study.toml"), &|_| {})
        .unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn problems(memory: &Memory) -> Vec<String> {
    let stopped = compute(memory, &FileId::new("study.toml"), &|_| {}).unwrap_err();
    stopped.problems.into_iter().map(|problem| problem.message).collect()
}

fn count(outcome: &Outcome, id: &str) -> u64 {
    match outcome.findings.get(id).unwrap_or_else(|| panic!("no {id}")).value {
        Value::Count(count) | Value::Share { count, .. } => count,
        ref other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn the_account_of_pairs_closes_as_counted_by_hand() {
    let outcome = computed(&dyads(""));
    let counts =
        |ids: &[&str]| ids.iter().map(|id| count(&outcome, &format!("pairs/{id}"))).collect::<Vec<_>>();
    assert_eq!(
        counts(&["pairs", "both-answered", "only/students", "only/residents", "neither-answered", "unclear"]),
        [6, 2, 1, 1, 1, 1]
    );
    let side = |group: &str| {
        let tails = ["people", "several", "answered", "unclear", "left-out", "silent", "no-key", "unpaired"];
        tails.map(|tail| count(&outcome, &format!("pairs/side/{group}/{tail}")))
    };
    // Students: A to F; A, B and C answered, E twice, D and F did not; Z is in no pair and one has no key.
    assert_eq!(side("students"), [6, 0, 3, 1, 0, 2, 1, 1]);
    // Residents: R1 to R5; R1 has two students; R1, R3 and R4 answered.
    assert_eq!(side("residents"), [5, 1, 3, 0, 0, 2, 0, 0]);
    assert!(
        outcome
            .notes
            .iter()
            .any(|note| note.code.as_str() == "D009" && note.message.starts_with("1 key stands"))
    );
}

#[test]
fn a_row_that_a_rule_left_out_is_no_silence() {
    let rule = "[[exclude]]\nrule = \"duplicate\"\nby = \"code\"\nkeep = \"most-complete\"\nin = [\"students\"]\n\
                [[exclude]]\nrule = \"break-off\"\n";
    let students = STUDENTS.replace("C,Low,No", "C,,");
    let files = [("students.csv", students.as_str()), ("residents.csv", RESIDENTS), ("pairs.csv", PAIRS)];
    let outcome = computed(&memory(&format!("{STUDY}{rule}"), &files));
    let of = |tail: &str| count(&outcome, &format!("pairs/side/students/{tail}"));
    assert_eq!([of("answered"), of("unclear"), of("left-out"), of("silent")], [3, 0, 1, 2]);
}

#[test]
fn pairs_that_share_a_person_are_said_and_tests_wait_for_a_word() {
    let ask = |several: &str| {
        format!("[[ask]]\ninquiry = \"compare\"\ndesign = \"paired\"\nof = \"mood\"\nleast = 1\n{several}")
    };
    let test = |several: &str, id: &str| {
        let outcome = computed(&dyads(&ask(several)));
        outcome.findings.get(id).unwrap_or_else(|| panic!("no {id}")).clone()
    };
    let silent = test("", "pairs/mood/test");
    let Value::NotComputed(Reason::Method(reason)) = &silent.value else { panic!("{:?}", silent.value) };
    assert!(reason.to_string().starts_with("somebody is in several pairs"), "{reason}");
    // A is Low and R1 High, B is High as R1 is: one pair rose and one did not move.
    let all = test("several = \"all\"\n", "pairs/mood/test");
    assert!(all.cautions.contains(&Caution::SharedPeople { pairs: 2 }));
    assert!(
        matches!(&all.value, Value::Test(test) if (test.p - 1.0).abs() < 1e-15 && test.smallest == Some(0.5))
    );
    // Together they are one set that rose by half of the scale.
    let mean = test("several = \"mean\"\n", "pairs/mood/together/higher");
    assert_eq!(mean.value, Value::Share { count: 1, of: 1 });
    assert!(mean.cautions.contains(&Caution::SharedTogether { pairs: 2 }));
    // Both pairs are one unit: R1 is High, A and B are 2 of 1 to 3 together.
    let units = test("several = \"mean\"\n", "pairs/mood/together/answered");
    assert_eq!(units.value, Value::Count(1));
    assert_eq!(units.base.asked.as_ref().unwrap().answered, 1);
    let side = test("several = \"mean\"\n", "pairs/mood/together/students/mean");
    assert!((number(&side) - 2.0).abs() < 1e-12);
    // The study file speaks of the first side.
    let one_sided = test("several = \"all\"\nalternative = \"greater\"\n", "pairs/mood/test");
    assert!(matches!(&one_sided.value, Value::Test(test) if test.which == canvass::stats::Which::Greater));
    let apart = test("several = \"leave-out\"\n", "pairs/mood/apart/test");
    assert!(
        matches!(&apart.value, Value::NotComputed(Reason::BelowLeast { found: 0, .. })),
        "{:?}",
        apart.value
    );
}

#[test]
fn agreement_counts_and_refuses_coefficients_of_few_pairs() {
    let outcome =
        computed(&dyads("[[ask]]\ninquiry = \"agreement\"\nof = [\"mood\", \"met\"]\ncross = true\n"));
    // A and R1 both met, B did not; of the mood B and R1 agree.
    for question in ["mood", "met"] {
        let id = |tail: &str| format!("pairs/{question}/{tail}");
        let found = outcome.findings.get(&id("agreement")).unwrap();
        assert_eq!(found.value, Value::Share { count: 1, of: 2 });
        assert!(found.cautions.contains(&Caution::SharedPeople { pairs: 2 }));
        assert!(found.cautions.contains(&Caution::NotLinked { pairs: 4, of: 6 }));
        let kappa = outcome.findings.get(&id("kappa")).unwrap();
        assert!(matches!(&kappa.value, Value::NotComputed(_)), "{:?}", kappa.value);
    }
    assert_eq!(count(&outcome, "pairs/met/across/yes/yes"), 1);
    assert_eq!(count(&outcome, "pairs/met/across/no/yes"), 1);
    assert_eq!(count(&outcome, "pairs/met/across/yes/no"), 0);
}

#[test]
fn four_pairs_cannot_reach_five_percent() {
    let wave = |moods: &str| {
        let rows = moods.split(' ').enumerate().map(|(at, mood)| format!("k{at},{mood},Yes\n"));
        format!("code,mood,met\n{}", rows.collect::<String>())
    };
    let study = STUDY
        .replace("pairs = { file = \"pairs.csv\", students = \"student\", residents = \"resident\" }\n", "");
    let study = format!(
        "{study}[[ask]]\ninquiry = \"compare\"\ndesign = \"paired\"\nof = \"mood\"\n[[ask]]\ninquiry = \"compare\"\n\
         design = \"paired\"\nof = \"mood\"\ntest = \"sign\"\nname = \"signs\"\nfamily = \"other\"\n\
         [[ask]]\ninquiry = \"concordance\"\nof = \"mood\"\nleast = 1\n"
    );
    let (before, after) = (wave("Low Low Low Middle"), wave("High Middle Middle High"));
    let outcome = computed(&memory(&study, &[("students.csv", &before), ("residents.csv", &after)]));
    for id in ["pairs/mood/test", "pairs/signs/mood/test"] {
        let found = outcome.findings.get(id).unwrap();
        let Value::Test(test) = &found.value else { panic!("{id}: {:?}", found.value) };
        // All four rose: 2 / 2^4.
        assert!((test.p - 0.125).abs() < 1e-12 && test.smallest == Some(0.125), "{id}: {test:?}");
        assert!(found.cautions.contains(&Caution::CannotReach), "{id}: {:?}", found.cautions);
    }
    // The same answer can stand in one pair at most, which half of all pairings give.
    let found = outcome.findings.get("pairs/mood/concordance-test").unwrap();
    assert!(found.cautions.contains(&Caution::CannotReach), "{:?}", found.cautions);
    assert_eq!(count(&outcome, "pairs/mood/higher"), 4);
}

/// The waves with something replaced in the study file.
fn waves(edit: impl Fn(String) -> String) -> Outcome {
    let mut memory = load("waves");
    let file = study_file("waves");
    let study = edit(String::from_utf8(memory.read(&file).unwrap()).unwrap());
    let cut = study.split("[[table]]").next().unwrap();
    let kept: Vec<&str> = cut
        .lines()
        .filter(|line| {
            !line.starts_with("template") && !line.starts_with("words") && !line.starts_with("reported")
        })
        .collect();
    memory.insert(file, kept.join("\n").into_bytes());
    outcome(&memory, "waves")
}

fn number(finding: &Finding) -> f64 {
    match &finding.value {
        Value::Number(number) => *number,
        Value::Share { count, of } => *count as f64 / *of as f64,
        Value::Test(test) => test.p,
        other => panic!("{}: {other:?}", finding.id),
    }
}

#[test]
fn swapping_the_sides_leaves_what_is_symmetric_and_turns_change_around() {
    let one = waves(|study| study);
    let other = waves(|study| {
        study.replace("between = [\"before\", \"after\"]", "between = [\"after\", \"before\"]")
    });
    let mut compared = 0;
    for finding in &one.findings {
        let id = finding.id.as_str();
        let tail = id.rsplit('/').next().unwrap();
        let symmetric = [
            "agreement",
            "kappa",
            "weighted-kappa",
            "pabak",
            "ac1",
            "krippendorff-alpha",
            "concordance",
            "concordance-expected",
            "concordance-test",
            "same",
        ];
        let turned = ["difference", "d-z", "rank-biserial", "pseudomedian"];
        if !id.starts_with("course/")
            || !(symmetric.contains(&tail) || turned.contains(&tail) || tail == "test")
        {
            continue;
        }
        let sign = if turned.contains(&tail) { -1.0 } else { 1.0 };
        let swapped = other.findings.get(id).unwrap();
        assert!((number(finding) - sign * number(swapped)).abs() < 1e-9, "{id}");
        compared += 1;
    }
    assert!(compared > 35, "{compared}");
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let memory = load("waves");
    let before = outcome(&memory, "waves");
    let mut turned = memory.clone();
    for file in ["fixtures/waves/pre.csv", "fixtures/waves/post.csv"] {
        let mut csv = Csv::read(&memory, file);
        csv.records[1..].reverse();
        csv.write_to(&mut turned);
    }
    let after = outcome(&turned, "waves");
    assert_eq!(before.findings.len(), after.findings.len());
    for (one, other) in before.findings.iter().zip(&after.findings) {
        assert_eq!((&one.id, &one.value, &one.interval), (&other.id, &other.value, &other.interval));
    }
}

#[test]
fn keys_that_differ_in_case_and_spaces_are_linked_only_where_that_is_declared() {
    let strict = waves(|study| study.replace("fold = true\n", ""));
    // One key in lower case and one with a space.
    assert_eq!(count(&strict, "course/both-answered"), 22);
    assert_eq!(count(&strict, "course/pairs"), 36);
    let pairs = strict.findings.get("course/pairs").unwrap();
    assert_eq!(pairs.cautions, [Caution::KeysAlmostEqual { count: 2 }]);
}

#[test]
fn the_account_of_waves_is_that_of_their_readme() {
    let outcome = waves(|study| study);
    let counts = ["pairs", "both-answered", "only/before", "only/after", "neither-answered", "unclear"]
        .map(|tail| count(&outcome, &format!("course/{tail}")));
    assert_eq!(counts, [34, 24, 6, 3, 0, 1]);
    let side = |group: &str| {
        ["answered", "unclear", "left-out", "silent", "no-key"]
            .map(|tail| count(&outcome, &format!("course/side/{group}/{tail}")))
    };
    assert_eq!(side("before"), [30, 1, 0, 3, 2]);
    assert_eq!(side("after"), [28, 0, 1, 5, 1]);
}

#[test]
fn what_a_link_cannot_be_is_said_at_its_place() {
    let said = |study: &str| {
        problems(&memory(
            study,
            &[("students.csv", STUDENTS), ("residents.csv", RESIDENTS), ("pairs.csv", PAIRS)],
        ))
    };
    for (from, to, expected) in [
        ("\"residents\"]", "\"resident\"]", "no group with an export is named \"resident\""),
        (
            "[\"students\", \"residents\"]",
            "[\"students\"]",
            "the link \"pairs\" is between two groups, and names 1",
        ),
        (
            "keys = { students = \"code\", residents = \"code\" }",
            "",
            "nothing says which column of students holds the keys of people",
        ),
        ("residents = \"code\"", "residents = \"cod\"", "residents.csv has no column \"cod\""),
        (
            "inquiry = \"pairs\"",
            "inquiry = \"pairs\"\nin = \"students\"",
            "a link says between which groups it is",
        ),
        ("inquiry = \"pairs\"", "inquiry = \"pairs\"\nlink = \"pair\"", "no link is named \"pair\""),
        (
            "inquiry = \"pairs\"",
            "inquiry = \"compare\"\ndesign = \"paired\"\nof = \"mood\"\ntest = \"mann-whitney\"",
            "\"mann-whitney\" is no test of this design",
        ),
        (
            "inquiry = \"pairs\"",
            "inquiry = \"compare\"\nof = \"mood\"\nin = [\"students\", \"residents\"]\ntest = \"signed-rank\"",
            "\"signed-rank\" is no test of this design",
        ),
        (
            "[[ask]]\ninquiry = \"pairs\"",
            "[questions.ways]\nkind = \"multi\"\nstudents = \"met\"\nresidents = \"met\"\nseparator = \",\"\n\
             choices = [\"Yes\", \"No\"]\n[[ask]]\ninquiry = \"compare\"\ndesign = \"paired\"\nof = [\"mood\", \"ways\"]",
            "pairs cannot be compared in ways, which is of kind multi",
        ),
    ] {
        let problems = said(&STUDY.replace(from, to));
        assert!(problems.iter().any(|problem| problem == expected), "{expected:?} is not in {problems:#?}");
    }
}

#[test]
fn keys_reach_no_output() {
    let memory = load("waves");
    let outcome = outcome(&memory, "waves");
    let files = canvass::pipeline::render(&outcome, &memory, &|_| {}).unwrap().value;
    let keys = Csv::read(&memory, "fixtures/waves/pre.csv");
    let column = keys.column("code");
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for (_, record) in &keys.records[1..] {
            assert!(record[column].is_empty() || !text.contains(&record[column]), "{name}");
        }
    }
}

/// The table of change of a question that two waves answered, as Markdown.
fn change(terms: &str) -> String {
    let wave = |moods: &str| {
        let rows = moods.split(' ').enumerate().map(|(at, mood)| format!("k{at},{mood},Yes\n"));
        format!("code,mood,met\n{}", rows.collect::<String>())
    };
    let study = STUDY
        .replace("pairs = { file = \"pairs.csv\", students = \"student\", residents = \"resident\" }\n", "");
    let study = format!(
        "{study}[[ask]]\ninquiry = \"compare\"\ndesign = \"paired\"\nof = \"mood\"\n{terms}\
         [[table]]\nid = \"t\"\nshow = \"change\"\nof = \"mood\"\n"
    );
    let files = [
        ("students.csv", wave("Low Low Low Middle High")),
        ("residents.csv", wave("High Middle Middle High Low")),
    ];
    let memory = memory(&study, &[(files[0].0, files[0].1.as_str()), (files[1].0, files[1].1.as_str())]);
    let outcome = computed(&memory);
    let files = canvass::pipeline::render(&outcome, &memory, &|_| {}).unwrap().value;
    String::from_utf8(files["tables/t.md"].clone()).unwrap()
}

#[test]
fn what_stands_beside_a_test_of_ranks_is_of_ranks() {
    let text = change("");
    let row = text.lines().find(|line| line.starts_with("| mood")).unwrap_or_else(|| panic!("{text}"));
    // Changes +2 +1 +1 +1 -2: ranks 4.5 2 2 2 of 15 rose and 4.5 fell, so that r = 6 / 15.
    assert!(row.contains("r 0.40"), "{row}");
    assert!(!row.contains("points"), "{row}");
    assert!(text.contains("r: matched-pairs rank-biserial correlation"), "{text}");
}

#[test]
fn a_one_sided_test_of_change_says_which_way_it_looks() {
    assert!(!change("").contains("one-sided"));
    for (way, words) in [("greater", "above"), ("less", "below")] {
        let text = change(&format!("alternative = \"{way}\"\n"));
        assert!(text.contains(&format!("one-sided: students {words} residents")), "{text}");
    }
}

#[test]
fn no_kappa_has_an_interval_beyond_what_a_kappa_can_be() {
    let outcome = outcome(&load("waves"), "waves");
    let mut cut = 0;
    for finding in &outcome.findings {
        let tail = finding.id.as_str().rsplit('/').next().unwrap();
        let Some(interval) = finding.interval.as_ref() else { continue };
        if ["kappa", "weighted-kappa", "pabak", "ac1"].contains(&tail) {
            assert!(interval.low >= -1.0 && interval.high <= 1.0, "{}: {interval:?}", finding.id);
            let said =
                finding.cautions.iter().any(|caution| caution.to_string().contains("cut to the possible"));
            assert_eq!(said, interval.high >= 1.0 && interval.low < 1.0, "{}", finding.id);
            cut += usize::from(said);
        }
    }
    assert!(cut > 0, "none reaches 1, so that the test sees nothing");
}

#[test]
fn sides_that_a_link_joins_are_said_to_be_compared_as_independent() {
    let compare = "[[ask]]\ninquiry = \"compare\"\nof = [\"met\"]\nleast = 1\n";
    let whole = compare.replace("least", "in = [\"students\", \"residents\"]\nleast");
    let outcome = computed(&dyads(&whole));
    let of_sides = |finding: &&Finding| finding.group == "students~residents";
    let found: Vec<&Finding> = outcome.findings.iter().filter(of_sides).collect();
    assert!(found.iter().any(|finding| finding.id.as_str().ends_with("/test")), "{found:#?}");
    for finding in found {
        let said = finding.cautions.iter().find(|caution| caution.id() == "linked-sides");
        // A and B with R1: both answered, and both pairs are of one resident.
        assert_eq!(
            said.map(ToString::to_string).as_deref(),
            Some(
                "2 pairs of people of these sides are linked by pairs and are compared as if they were independent; \
                 design = \"paired\" compares within pairs"
            ),
            "{}",
            finding.id
        );
    }
    // Parts whose people no pair joins are independent; within pairs nothing is said of independence.
    let high = "[parts.high]\nof = \"students\"\nanswered = { mood = \"High\" }\n\
                [parts.yes]\nof = \"residents\"\nanswered = { met = \"No\" }\n";
    let outcome =
        computed(&dyads(&format!("{high}{}", compare.replace("least", "in = [\"high\", \"yes\"]\nleast"))));
    assert!(
        outcome
            .findings
            .iter()
            .all(|finding| finding.cautions.iter().all(|said| said.id() != "linked-sides"))
    );
    let parts = high.replace("met = \"No\"", "met = \"Yes\"");
    let outcome =
        computed(&dyads(&format!("{parts}{}", compare.replace("least", "in = [\"high\", \"yes\"]\nleast"))));
    let told = outcome
        .findings
        .iter()
        .flat_map(|finding| &finding.cautions)
        .find(|said| said.id() == "linked-sides");
    assert!(
        told.is_some_and(|said| said.to_string().starts_with("1 pair of people of these sides is linked"))
    );
}
