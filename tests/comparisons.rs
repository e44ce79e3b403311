//! Sides compared: tests, effects, families and refusals, over small studies in memory.
#![expect(clippy::unwrap_used, reason = "a study that cannot be read stops the test")]

use std::fmt::Write as _;

use canvass::diag::FileId;
use canvass::findings::{Caution, Finding, Reason, TestResult, Value};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, Stopped, compute};

/// Two groups that rated one statement from 1 to 5, and what is asked of them.
const TWO_GROUPS: &str = r#"
[study]
title = "Two groups"
[groups.students]
label = "Students"
export = "students.csv"
[groups.residents]
label = "Residents"
export = "residents.csv"
[scales.agreement]
points = ["1", "2", "3", "4", "5"]
[questions.rating]
kind = "likert"
scale = "agreement"
students = "rating"
residents = "rating"
"#;

/// The ratings of the guide's example: R's default gives .1428, without correction .1281, exact .1343.
const STUDENTS: [i32; 14] = [5, 4, 5, 4, 3, 5, 4, 4, 5, 2, 4, 5, 3, 4];
const RESIDENTS: [i32; 4] = [4, 3, 2, 4];

fn column(name: &str, values: &[i32]) -> Vec<u8> {
    let mut text = format!("{name}\n");
    for value in values {
        writeln!(text, "{value}").unwrap();
    }
    text.into_bytes()
}

fn run(study: &str, files: &[(&str, Vec<u8>)]) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    let file = FileId::new("s/study.toml");
    memory.insert(file.clone(), study.as_bytes().to_vec());
    for (name, bytes) in files {
        memory.insert(FileId::new(&format!("s/{name}")), bytes.clone());
    }
    compute(&memory, &file, &|_| {})
}

fn two_groups(ask: &str) -> Outcome {
    let files =
        [("students.csv", column("rating", &STUDENTS)), ("residents.csv", column("rating", &RESIDENTS))];
    let study = format!("{TWO_GROUPS}\n[[ask]]\ninquiry = \"compare\"\nof = \"rating\"\n{ask}\n");
    run(&study, &files).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn finding<'a>(outcome: &'a Outcome, id: &str) -> &'a Finding {
    let known = || outcome.findings.ids().collect::<Vec<_>>();
    outcome.findings.get(id).unwrap_or_else(|| panic!("no {id} in {:#?}", known()))
}

fn test<'a>(outcome: &'a Outcome, id: &str) -> &'a TestResult {
    match &finding(outcome, id).value {
        Value::Test(result) => result,
        other => panic!("{id}: {other:?}"),
    }
}

const SIDES: &str = "in = [\"students\", \"residents\"]";

#[test]
fn two_groups_are_compared_by_the_exact_test_of_their_ranks() {
    let outcome = two_groups(SIDES);
    let found = finding(&outcome, "students~residents/rating/test");
    let result = test(&outcome, "students~residents/rating/test");
    // coin::wilcox_test(distribution = "exact"): 0.1343; exactRankTests::wilcox.exact the same.
    assert_eq!(format!("{:.4}", result.p), "0.1343");
    // Pairs by hand: of 56 the student is above in 34 and level in 15.
    assert_eq!(result.statistic, Some(41.5));
    assert_eq!(found.method.unwrap().id, "mann_whitney.exact");
    let sides: Vec<(&str, u64)> =
        found.base.sides.iter().map(|side| (side.label.as_str(), side.answered)).collect();
    assert_eq!(sides, [("Students", 14), ("Residents", 4)]);
    assert_eq!(found.base.asked.as_ref().unwrap().answered, 18);
    let situation = "ordinal scale, two independent sides".to_owned();
    assert!(found.cautions.contains(&Caution::TestByRule { situation }));
    assert_eq!(outcome.outline.group_label("students~residents"), "Students v. Residents");
    let effect = finding(&outcome, "students~residents/rating/effect");
    assert_eq!(effect.value, Value::Number(41.5 / 56.0));
    assert!(effect.interval.is_some());
}

#[test]
fn the_rows_behind_a_comparison_are_those_of_all_sides() {
    let outcome = two_groups(SIDES);
    let trace = canvass::verify::trace(&outcome, "students~residents/rating/test").unwrap();
    let of = |file: &str| trace.rows.iter().filter(|row| row.file == file).count();
    assert_eq!((of("students.csv"), of("residents.csv")), (14, 4));
}

#[test]
fn a_declared_test_stands_in_place_of_the_rule() {
    for (name, p) in
        [("mann-whitney-asymptotic", "0.1428"), ("mann-whitney-asymptotic-uncorrected", "0.1281")]
    {
        let outcome = two_groups(&format!("{SIDES}\ntest = \"{name}\""));
        assert_eq!(format!("{:.4}", test(&outcome, "students~residents/rating/test").p), p);
        let found = finding(&outcome, "students~residents/rating/test");
        assert!(found.cautions.contains(&Caution::TestDeclared));
    }
}

#[test]
fn nothing_is_tested_below_the_declared_number() {
    let outcome = two_groups(&format!("{SIDES}\nleast = 5"));
    let why = Reason::BelowLeast { side: "Residents".to_owned(), found: 4, least: 5 };
    for tail in ["test", "effect", "delta"] {
        let id = format!("students~residents/rating/{tail}");
        assert_eq!(finding(&outcome, &id).value, Value::NotComputed(why.clone()), "{id}");
    }
}

/// One group of twelve with a year of training, a rating and an age.
fn by_year(ask: &str) -> Result<Outcome, Stopped> {
    let study = format!(
        r#"
[study]
title = "By year"
[groups.all]
export = "all.csv"
[scales.agreement]
points = ["1", "2", "3", "4", "5"]
[questions.year]
kind = "single"
choices = ["first", "second", "third"]
all = "year"
[questions.rating]
kind = "likert"
scale = "agreement"
all = "rating"
[questions.owns]
kind = "single"
choices = ["yes", "no"]
all = "owns"
[questions.age]
kind = "number"
all = "age"
{ask}
"#
    );
    let rows = "year,rating,owns,age\nfirst,1,yes,21\nfirst,2,yes,22\nfirst,2,yes,20\nfirst,3,no,23\nfirst,1,yes,25\n\
                second,3,no,24\nsecond,4,no,26\nsecond,5,no,27\nsecond,4,yes,25\nsecond,5,no,29\nthird,5,no,31\n,4,yes,40\n";
    run(&study, &[("all.csv", rows.as_bytes().to_vec())])
}

fn ask(keys: &str) -> String {
    format!("[[ask]]\ninquiry = \"compare\"\n{keys}\n")
}

#[test]
fn answers_make_sides_and_what_is_left_out_is_said() {
    let outcome =
        by_year(&ask("of = [\"rating\", \"owns\", \"age\"]\nby = \"year\"\ndefaults = true")).unwrap();
    let rating = finding(&outcome, "all:year/rating/test");
    let left_out = Caution::SidesLeftOut { least: 3, sides: vec![("third".to_owned(), 1)] };
    assert!(rating.cautions.contains(&left_out));
    assert!(rating.cautions.contains(&Caution::OnNoSide { count: 1 }));
    let sides: Vec<&str> = rating.base.sides.iter().map(|side| side.id.as_str()).collect();
    assert_eq!(sides, ["all:year:first", "all:year:second"]);
    assert_eq!(rating.base.people.as_ref().unwrap().included, 10);
    // By hand: fisher.test(matrix(c(4,1,1,4),2)) in R 4.2.2 gives 0.2063.
    let owns = test(&outcome, "all:year/owns/test");
    assert_eq!(format!("{:.4}", owns.p), "0.2063");
    // Of margins 5, 5 and 5, 5 the two extreme tables have 1/252 each.
    assert_eq!(format!("{:.6}", owns.smallest.unwrap()), format!("{:.6}", 2.0 / 252.0));
    // t.test(c(21,22,20,23,25), c(24,26,27,25,29)) in R 4.2.2.
    let age = test(&outcome, "all:year/age/test");
    assert_eq!(format!("{:.4} {:.4}", age.statistic.unwrap(), age.p), "-3.2880 0.0111");
    // The same with var.equal = TRUE, as SPSS prints first.
    assert_eq!(format!("{:.4}", test(&outcome, "all:year/age/defaults/spss").p), "0.0111");
    // chisq.test of the table with owns: Yates 0.2059, without 0.0578.
    assert_eq!(format!("{:.4}", test(&outcome, "all:year/owns/defaults/r").p), "0.2059");
    assert_eq!(format!("{:.4}", test(&outcome, "all:year/owns/defaults/spss").p), "0.0578");
}

#[test]
fn three_sides_are_compared_all_together_and_in_pairs() {
    let keys = "of = \"rating\"\nby = \"year\"\nleast = 1\npairwise = true";
    let outcome = by_year(&ask(keys)).unwrap();
    // kruskal.test(c(1,2,2,3,1,3,4,5,4,5,5), c(1,1,1,1,1,2,2,2,2,2,3)) in R 4.2.2: H = 7.5566.
    let all = test(&outcome, "all:year/rating/test");
    assert_eq!(format!("{:.4}", all.statistic.unwrap()), "7.5566");
    assert!(outcome.findings.get("all:year/rating/pair/first~second").is_some());
    assert_eq!(outcome.findings.ids().filter(|id| id.contains("/pair/")).count(), 3);
}

#[test]
fn a_crosstab_counts_every_cell_over_row_column_and_total() {
    let outcome =
        by_year("[[ask]]\ninquiry = \"crosstab\"\nof = \"owns\"\nby = \"year\"\nresiduals = true").unwrap();
    let share = |tail: &str| match finding(&outcome, &format!("all:year/owns/{tail}")).value {
        Value::Share { count, of } => (count, of),
        ref other => panic!("{tail}: {other:?}"),
    };
    assert_eq!(share("yes/first/row"), (4, 5));
    assert_eq!(share("yes/first/column"), (4, 5));
    assert_eq!(share("no/third/column"), (1, 1));
    assert_eq!(share("no/second/total"), (4, 11));
    assert_eq!(share("yes/row-total"), (5, 11));
    assert_eq!(share("column-total/third"), (1, 11));
    let trace = canvass::verify::trace(&outcome, "all:year/owns/no/second/total").unwrap();
    assert_eq!(trace.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [7, 8, 9, 11]);
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_reason() {
    let said = |text: &str| {
        let stopped = by_year(text).unwrap_err();
        stopped.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ")
    };
    let parts = "[parts.low]\nof = \"all\"\nanswered = { rating = [\"1\", \"2\", \"3\"] }\n\
                 [parts.firsts]\nof = \"all\"\nanswered = { year = \"first\" }\n";
    let overlapping = format!("{parts}{}", ask("of = \"age\"\nin = [\"low\", \"firsts\"]"));
    assert!(
        said(&overlapping).contains("low and firsts cannot be compared: 5 of the rows are on both sides")
    );
    assert!(said(&ask("of = \"age\"\nin = [\"all\"]")).contains("a comparison needs two sides"));
    assert!(said(&ask("by = \"year\"")).contains("nothing says what is compared"));
    assert!(said(&ask("of = \"age\"\nby = \"age\"")).contains("answers of kind number make no sides"));
    let named = "of = \"owns\"\nby = \"year\"\ntest = \"welch-t\"";
    assert!(said(&ask(named)).contains("choices have no distances"));
    let twice = format!(
        "{}{}",
        ask("of = \"age\"\nby = \"year\""),
        ask("of = \"age\"\nby = \"year\"\ntreat = \"ordinal\"")
    );
    assert!(said(&twice).contains("age is compared between all by year twice, in different ways"));
    let family = |adjust: &str, of: &str| {
        ask(&format!("of = \"{of}\"\nby = \"year\"\nfamily = \"f\"\nadjust = \"{adjust}\""))
    };
    assert!(
        said(&format!("{}{}", family("holm", "age"), family("none", "owns")))
            .contains("adjusted in two ways")
    );
    assert!(
        said(&ask("of = \"age\"\nby = \"year\"\nlevel = 95"))
            .contains("a level of intervals lies between 0 and 1")
    );
}

#[test]
fn a_family_over_two_asks_is_adjusted_as_one() {
    let one = |of: &str| ask(&format!("of = \"{of}\"\nby = \"year\"\nfamily = \"both\""));
    let outcome = by_year(&format!("{}{}", one("owns"), one("age"))).unwrap();
    let (owns, age) = (test(&outcome, "all:year/owns/test"), test(&outcome, "all:year/age/test"));
    let adjusted = |result: &TestResult| result.adjusted.clone().unwrap();
    assert_eq!((adjusted(owns).family.as_str(), adjusted(owns).tests), ("both", 2));
    // Holm by hand: twice the smaller, the larger as it is.
    assert!((adjusted(age).p - 2.0 * age.p).abs() < 1e-15);
    assert!((adjusted(owns).p - owns.p).abs() < 1e-15);
}

#[test]
fn what_cannot_reach_five_percent_is_said() {
    let small =
        [("students.csv", column("rating", &[5, 4, 5])), ("residents.csv", column("rating", &[1, 2, 3]))];
    let study = format!("{TWO_GROUPS}\n{}", ask(&format!("of = \"rating\"\n{SIDES}")));
    let outcome = run(&study, &small).unwrap();
    // Three against three: the two extreme dealings of twenty.
    let result = test(&outcome, "students~residents/rating/test");
    assert_eq!((result.p, result.smallest), (0.1, Some(0.1)));
    assert!(finding(&outcome, "students~residents/rating/test").cautions.contains(&Caution::CannotReach));
}

#[test]
fn the_interval_of_an_effect_describes_whom_the_least_known_side_stands_for() {
    let about = |students: &str, residents: &str| {
        let study = TWO_GROUPS
            .replace("label = \"Students\"\n", &format!("label = \"Students\"\n{students}\n"))
            .replace("label = \"Residents\"\n", &format!("label = \"Residents\"\n{residents}\n"));
        let files =
            [("students.csv", column("rating", &STUDENTS)), ("residents.csv", column("rating", &RESIDENTS))];
        let study = format!("{study}\n[[ask]]\ninquiry = \"compare\"\nof = \"rating\"\n{SIDES}\n");
        let outcome = run(&study, &files).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
        let cautions = &finding(&outcome, "students~residents/rating/effect").cautions;
        let known = [Caution::NoSampling, Caution::TakenAsRandom, Caution::PartOfFrame, Caution::OptIn];
        known.into_iter().filter(|caution| cautions.contains(caution)).collect::<Vec<_>>()
    };
    let (census, random, opt_in) = ("sample = \"census\"", "sample = \"random\"", "sample = \"opt-in\"");
    assert_eq!(about("", ""), [Caution::TakenAsRandom]);
    assert_eq!(about(census, census), [Caution::NoSampling]);
    assert_eq!(about(census, ""), [Caution::TakenAsRandom]);
    assert_eq!(about(census, random), [Caution::PartOfFrame]);
    assert_eq!(about(random, opt_in), [Caution::OptIn]);
    assert_eq!(about(opt_in, ""), [Caution::OptIn]);
}

#[test]
fn the_answers_to_a_battery_make_no_sides() {
    let study = r#"
[study]
title = "A battery"
[groups.all]
export = "all.csv"
[scales.agreement]
points = ["1", "2"]
[questions.battery]
kind = "likert"
scale = "agreement"
[questions.battery.items]
one = { all = "one" }
two = { all = "two" }
[questions.age]
kind = "number"
all = "age"
[[ask]]
inquiry = "compare"
of = "age"
by = "battery"
"#;
    let rows = "one,two,age\n1,2,20\n2,1,21\n1,1,22\n2,2,23\n";
    let stopped = run(study, &[("all.csv", rows.as_bytes().to_vec())]).unwrap_err();
    let [problem] = stopped.problems.as_slice() else { panic!("{:#?}", stopped.problems) };
    assert_eq!(problem.message, "battery has 2 items, by which of them is compared is not said");
}

#[test]
fn a_key_that_says_nothing_of_a_kind_of_question_is_refused_at_its_place() {
    let more = "[questions.ways]\nkind = \"multi\"\nall = \"owns\"\nseparator = \",\"\nchoices = [\"yes\", \"no\"]\n";
    let said = |keys: &str| match by_year(&format!("{more}{}", ask(keys))) {
        Ok(_) => Vec::new(),
        Err(stopped) => stopped.problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>(),
    };
    for (key, value) in
        [("treat", "\"interval\""), ("ordered", "true"), ("pairwise", "true"), ("defaults", "true")]
    {
        let expected = format!("\"{key}\" says nothing of ways, which is of kind multi");
        assert_eq!(said(&format!("of = [\"age\", \"ways\"]\nby = \"year\"\n{key} = {value}")), [expected]);
    }
    let partial = said("of = \"rating\"\nby = \"year\"\npartial = \"only-ranked\"");
    assert_eq!(partial, ["\"partial\" says nothing of rating, which is of kind likert"]);
    assert!(said("of = \"ways\"\nby = \"year\"\ntreat = \"nominal\"").is_empty());
    assert!(said("of = \"rating\"\nby = \"year\"\ntreat = \"interval\"").is_empty());
}

/// Three groups in order, and the hours that they gave.
const ORDERED: &str = r#"
[study]
title = "Three groups"
[groups.a]
export = "a.csv"
[groups.b]
export = "b.csv"
[groups.c]
export = "c.csv"
[questions.hours]
kind = "number"
a = "hours"
b = "hours"
c = "hours"
[[ask]]
inquiry = "compare"
of = "hours"
in = ["a", "b", "c"]
ordered = true
"#;

fn ordered(keys: &str) -> Outcome {
    let files = [
        ("a.csv", column("hours", &[1, 2, 3])),
        ("b.csv", column("hours", &[4, 5, 6])),
        ("c.csv", column("hours", &[7, 8, 9])),
    ];
    run(&format!("{ORDERED}{keys}"), &files).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

#[test]
fn numbers_of_sides_in_order_are_tested_by_jonckheere_and_terpstra() {
    let outcome = ordered("");
    let found = finding(&outcome, "a~b~c/hours/test");
    assert_eq!(found.method.unwrap().id, "jonckheere_terpstra.exact");
    let result = test(&outcome, "a~b~c/hours/test");
    // All 27 pairs rise; one of the 9! / (3! 3! 3!) = 1680 ways does so, and one falls all through.
    assert_eq!(result.statistic, Some(27.0));
    assert!((result.p - 2.0 / 1680.0).abs() < 1e-12, "{}", result.p);
    assert!((result.smallest.unwrap() - 2.0 / 1680.0).abs() < 1e-12);
}

#[test]
fn a_one_sided_test_says_which_way_it_looks() {
    let outcome = two_groups(&format!("{SIDES}\nalternative = \"greater\""));
    let found = finding(&outcome, "students~residents/rating/test");
    assert_eq!(test(&outcome, "students~residents/rating/test").which, canvass::stats::Which::Greater);
    let convention = found.method.unwrap().convention;
    assert!(!convention.contains("two-sided"), "{convention}");
    assert!(convention.starts_with("permutation distribution"), "{convention}");
}

#[test]
fn a_mean_of_equal_numbers_says_that_its_interval_has_no_width() {
    let study = "[study]\ntitle = \"t\"\n[groups.a]\nexport = \"a.csv\"\n[questions.n]\nkind = \"number\"\na = \"n\"\n[[ask]]\ninquiry = \"number\"\nof = \"n\"\n";
    let outcome = run(study, &[("a.csv", column("n", &[5, 5, 5]))]).unwrap();
    let said = format!("{:?}", finding(&outcome, "a/n/mean").cautions);
    assert!(said.contains("no variation"), "{said}");
}

#[test]
fn omega_squared_carries_no_interval_of_eta_squared() {
    let files = [
        ("a.csv", column("hours", &[1, 2, 3])),
        ("b.csv", column("hours", &[4, 5, 6])),
        ("c.csv", column("hours", &[7, 8, 9])),
    ];
    let outcome = run(&ORDERED.replace("ordered = true\n", ""), &files).unwrap();
    let number = |id: &str| match finding(&outcome, id).value {
        Value::Number(number) => number,
        ref other => panic!("{id}: {other:?}"),
    };
    // Means 2, 5, 8: 54 between and 6 within, of which each of 6 degrees of freedom has 1.
    assert!((number("a~b~c/hours/effect") - 52.0 / 61.0).abs() < 1e-12);
    assert!(finding(&outcome, "a~b~c/hours/effect").interval.is_none());
    assert!((number("a~b~c/hours/eta-squared") - 54.0 / 60.0).abs() < 1e-12);
    let eta = finding(&outcome, "a~b~c/hours/eta-squared").interval.as_ref().unwrap();
    assert_eq!(eta.method.id, "anova_oneway.eta2_ci");
    // The noncentralities L at which the noncentral F of 2 and 6 degrees has .025 and .975 above 27, as L / (L + 9):
    // exact sums over its mixture in 40 digits (Python); pf of R 4.2.2 gives them to 5e-9.
    assert!((eta.low - 0.438_663_860_902_1).abs() < 1e-9, "{eta:?}");
    assert!((eta.high - 0.938_886_329_138_6).abs() < 1e-9, "{eta:?}");
}

#[test]
fn an_interval_that_is_cut_to_a_point_says_so() {
    let groups = |a: &[i32], b: &[i32]| {
        let study = r#"
[study]
title = "t"
[groups.a]
export = "a.csv"
[groups.b]
export = "b.csv"
[questions.way]
kind = "single"
choices = ["1", "2", "3"]
a = "way"
b = "way"
[[ask]]
inquiry = "compare"
of = "way"
in = ["a", "b"]
"#;
        run(study, &[("a.csv", column("way", a)), ("b.csv", column("way", b))]).unwrap()
    };
    let effect = |outcome: &Outcome| {
        let found = finding(outcome, "a~b/way/effect");
        let interval = found.interval.as_ref().unwrap();
        (interval.low, interval.high, found.cautions.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let has = |cautions: &[String], words: &str| cautions.iter().any(|caution| caution.contains(words));
    // Both sides answered alike, more so than chance would have it; all six expected counts are 1.
    let (low, high, cautions) = effect(&groups(&[1, 2, 3], &[1, 2, 3]));
    assert!(low.abs() < 1e-300 && high.abs() < 1e-300);
    assert!(has(&cautions, "both limits are cut at 0"), "{cautions:?}");
    assert!(
        has(&cautions, "sparse table: smallest expected count 1.00, 100 % of cells below 5"),
        "{cautions:?}"
    );
    let (low, high, cautions) = effect(&groups(&[1, 1, 1], &[2, 2, 3]));
    assert!(low < high);
    assert!(!has(&cautions, "both limits are cut"), "{cautions:?}");
    assert!(has(&cautions, "sparse table"), "{cautions:?}");
    // Thirty on each side, alike but for two: no cell is sparse.
    let many = |first: usize| [vec![1; first], vec![2; 10], vec![3; 20 - first]].concat();
    assert!(!has(&effect(&groups(&many(9), &many(11))).2, "sparse table"));
}

#[test]
fn sides_in_order_are_above_one_another_as_two_sides_are() {
    // All 27 pairs rise, as one of 1680 ways does: the first side is as far below as can be.
    let outcome = ordered("alternative = \"less\"\n");
    let less = test(&outcome, "a~b~c/hours/test");
    assert!((less.p - 1.0 / 1680.0).abs() < 1e-12, "{}", less.p);
    assert!((less.smallest.unwrap() - 1.0 / 1680.0).abs() < 1e-12);
    assert_eq!((less.which, less.statistic), (canvass::stats::Which::Less, Some(27.0)));
    let outcome = ordered("alternative = \"greater\"\n");
    let greater = test(&outcome, "a~b~c/hours/test");
    assert!((greater.p - 1.0).abs() < 1e-12, "{}", greater.p);
    assert!((greater.smallest.unwrap() - 1.0 / 1680.0).abs() < 1e-12);
    assert_eq!(greater.which, canvass::stats::Which::Greater);
}
