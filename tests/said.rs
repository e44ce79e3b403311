//! What people said: sides of a scale, scores and their reliability, ratings, ranges and sums; each against a hand count.

use canvass::codebook::Missing;
use canvass::diag::FileId;
use canvass::findings::{Caution, Finding, Value};
use canvass::io::Memory;
use canvass::normalise::Cohort;
use canvass::pipeline::{Outcome, Stopped, compute, render};

/// The answers of eight people to four items on a scale of five, a rating, and three numbers.
const EXPORT: &str = "\
code,i1,i2,i3,i4,rate,part_a,part_b,part_c,age
p1,5,1,4,5,10,50,30,20,30
p2,4,2,4,4,9,40,40,20,31
p3,3,3,,3,8,100,,,29
p4,2,4,2,,7,10,10,10,250
p5,1,5,not for me,,6,,,,28
p6,5,1,5,4,0,20,30,50,27
p7,,,,,10,,,,-1
p8,not for me,not for me,not for me,not for me,3,33.3,33.3,33.4,33
";

const STUDY: &str = r#"
[study]
title = "Said"

[groups.g]
export = "export.csv"

[scales.agreement]
points = ["no", "rather no", "so so", "rather yes", "yes"]
codes = ["1", "2", "3", "4", "5"]
outside = { "not for me" = "not-applicable" }
top = 2
middle = "so so"

[questions.items]
kind = "likert"
scale = "agreement"
g = ["i1", "i2", "i3", "i4"]
reverse = ["i2"]

[questions.rate]
kind = "number"
g = "rate"

[questions.parts]
kind = "number"
g = ["part_a", "part_b", "part_c"]
sum = 100

[questions.age]
kind = "number"
g = "age"
range = [0, 120]

[scores.mean]
of = "items"
at-least = 0.75

[scores.total]
of = "items"
how = "sum"
impute = "person-mean"
at-least = 2

[scores.strict]
of = "items"
how = "sum"

[scores.pair]
of = "items"
items = ["i1", "i4"]

[[ask]]
inquiry = "distribution"
of = "items"

[[ask]]
inquiry = "number"

[[ask]]
inquiry = "net promoter"
of = "rate"

[[ask]]
inquiry = "reliability"
least = 3
"#;

fn computed(study: &str) -> Result<Outcome, Stopped> {
    let mut memory = Memory::default();
    memory.insert(FileId::new("s/study.toml"), study.as_bytes().to_vec());
    memory.insert(FileId::new("s/export.csv"), EXPORT.as_bytes().to_vec());
    compute(&memory, &FileId::new("s/study.toml"), &|_| {})
}

fn outcome(study: &str) -> Outcome {
    computed(study).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems))
}

fn finding<'a>(outcome: &'a Outcome, id: &str) -> &'a Finding {
    outcome.findings.get(id).unwrap_or_else(|| panic!("no finding {id}"))
}

fn count_of(outcome: &Outcome, id: &str) -> (u64, u64) {
    match finding(outcome, id).value {
        Value::Share { count, of } => (count, of),
        Value::Count(count) => (count, 0),
        ref other => panic!("{id}: {other:?}"),
    }
}

fn is_near(outcome: &Outcome, id: &str, expected: f64) {
    match finding(outcome, id).value {
        Value::Number(number) => assert!((number - expected).abs() < 1e-12, "{id}: {number}, not {expected}"),
        ref other => panic!("{id}: {other:?}"),
    }
}

/// The score of every row, or why there is none.
fn scores(cohort: &Cohort, id: &str) -> Vec<Result<f64, Missing>> {
    let question = cohort.question(id).unwrap();
    (0..cohort.lines.len())
        .map(|row| match (question.number(0, row), question.answer(0, row)) {
            (Some(number), _) => Ok(number),
            (None, Some(canvass::responses::Answer::Missing(reason))) => Err(reason),
            (None, other) => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn the_sides_of_a_scale_are_the_points_below_at_and_above_its_middle() {
    let outcome = outcome(STUDY);
    // The first item: 5 4 3 2 1 5, one blank, one not applicable.
    for (tail, count) in
        [("bottom-box", 2), ("below-middle", 2), ("at-middle", 1), ("above-middle", 3), ("top-box", 3)]
    {
        assert_eq!(count_of(&outcome, &format!("g/items/i1/{tail}")), (count, 6), "{tail}");
    }
}

#[test]
fn a_score_turns_reversed_items_and_says_who_has_none() {
    use Missing::{Blank, NotApplicable, TooFewItems};
    let outcome = outcome(STUDY);
    let cohort = &outcome.cohorts[0];
    // Reversed, the second item is 5 4 3 2 1 5. The third item of p5 is not applicable.
    let mean = [
        Ok(19.0 / 4.0),
        Ok(4.0),
        Ok(3.0),
        Ok(2.0),
        Err(TooFewItems),
        Ok(19.0 / 4.0),
        Err(Blank),
        Err(NotApplicable),
    ];
    assert_eq!(scores(cohort, "mean"), mean);
    let total = [Ok(19.0), Ok(16.0), Ok(12.0), Ok(8.0), Ok(4.0), Ok(19.0), Err(Blank), Err(NotApplicable)];
    assert_eq!(scores(cohort, "total"), total);
    let few = Err(TooFewItems);
    assert_eq!(
        scores(cohort, "strict"),
        [Ok(19.0), Ok(16.0), few, few, few, Ok(19.0), Err(Blank), Err(NotApplicable)]
    );
    assert_eq!(count_of(&outcome, "g/mean/missing/too-few-items").0, 1);
    assert_eq!(count_of(&outcome, "g/mean/answered").0, 5);
    is_near(&outcome, "g/mean/mean", (4.75 + 4.0 + 3.0 + 2.0 + 4.75) / 5.0);
}

#[test]
fn a_score_is_no_part_of_how_much_somebody_answered() {
    let with = outcome(STUDY);
    let (without, _) = STUDY.split_once("[scores.mean]").unwrap();
    let without = outcome(&format!("{without}[[ask]]\ninquiry = \"distribution\"\nof = \"items\"\n"));
    assert_eq!(with.cohorts[0].people, without.cohorts[0].people);
    assert_eq!(with.cohorts[0].rows, without.cohorts[0].rows);
}

#[test]
fn reliability_counts_who_answered_every_item() {
    let outcome = outcome(STUDY);
    // p1, p2 and p6 answered all four: 5 5 4 5, 4 4 4 4, 5 5 5 4.
    assert_eq!(count_of(&outcome, "g/mean/complete-cases").0, 3);
    // Variances 1/3 each; of the sums 19, 16, 19 it is 3: alpha = 4/3 (1 - (4/3) / 3).
    is_near(&outcome, "g/mean/alpha", 4.0 / 3.0 * (1.0 - 4.0 / 9.0));
    is_near(&outcome, "g/mean/i1/mean", 14.0 / 3.0);
    is_near(&outcome, "g/mean/i2/mean", 14.0 / 3.0);
    let alpha = finding(&outcome, "g/mean/alpha");
    let asked = alpha.base.asked.as_ref().unwrap();
    assert_eq!((asked.answered, asked.missing[&Missing::TooFewItems]), (3, 3));
    assert_eq!((asked.missing[&Missing::Blank], asked.missing[&Missing::NotApplicable]), (1, 1));
    assert!(alpha.interval.is_some());
    // The standard error of measurement of the mean of four items.
    is_near(&outcome, "g/mean/measurement-error", 3.0_f64.sqrt() / 4.0 * (1.0 - 20.0_f64 / 27.0).sqrt());
    // Omega needs more persons than items and two.
    assert!(matches!(finding(&outcome, "g/mean/omega").value, Value::NotComputed(_)));
}

#[test]
fn two_items_have_a_spearman_brown_coefficient_and_no_alpha() {
    let outcome = outcome(STUDY);
    assert!(matches!(finding(&outcome, "g/pair/alpha").value, Value::NotComputed(_)));
    // p1 5 5, p2 4 4, p3 3 3, p6 5 4: products 17/4 ... sums of squares 11/4 and 2, of products 2.
    let r: f64 = 2.0 / (2.75_f64 * 2.0).sqrt();
    is_near(&outcome, "g/pair/spearman-brown", 2.0 * r / (1.0 + r));
    is_near(&outcome, "g/pair/inter-item", r);
    assert!(outcome.findings.get("g/mean/spearman-brown").is_none());
}

#[test]
fn with_too_few_persons_reliability_says_how_many_it_needs() {
    let outcome = outcome(&STUDY.replace("least = 3\n", ""));
    let Value::NotComputed(reason) = &finding(&outcome, "g/mean/alpha").value else { panic!() };
    assert_eq!(reason.to_string(), "needs 10 observations, has 3");
    for tail in ["omega", "inter-item", "measurement-error", "i1/item-rest", "i1/alpha-if-dropped"] {
        assert!(
            matches!(finding(&outcome, &format!("g/mean/{tail}")).value, Value::NotComputed(_)),
            "{tail}"
        );
    }
    // A mean is a mean of few.
    is_near(&outcome, "g/mean/i4/mean", 13.0 / 3.0);
}

#[test]
fn promoters_less_detractors_are_the_net_promoter_score() {
    let outcome = outcome(STUDY);
    // 10 9 10 | 8 7 | 6 0 3
    assert_eq!(count_of(&outcome, "g/rate/promoters"), (3, 8));
    assert_eq!(count_of(&outcome, "g/rate/passives"), (2, 8));
    assert_eq!(count_of(&outcome, "g/rate/detractors"), (3, 8));
    is_near(&outcome, "g/rate/net-promoter", 0.0);
    assert!(finding(&outcome, "g/rate/net-promoter").interval.is_some());
    let of_age = STUDY.replace("of = \"rate\"", "of = \"age\"");
    let outcome = self::outcome(&of_age);
    let found = finding(&outcome, "g/age/net-promoter");
    assert!(matches!(&found.value, Value::NotComputed(reason) if reason.to_string().contains("0 to 10")));
}

#[test]
fn numbers_out_of_range_are_missing_or_counted_as_the_study_says() {
    let outcome = outcome(STUDY);
    assert_eq!(count_of(&outcome, "g/age/missing/out-of-range").0, 2);
    is_near(&outcome, "g/age/maximum", 33.0);
    assert!(
        outcome.notes.iter().any(|note| note.code.as_str() == "D027" && note.message.contains("2 numbers"))
    );
    let ledger = outcome.ledger.sorted();
    assert_eq!(ledger.iter().filter(|entry| entry.rule == "out-of-range").count(), 2);
    let outcome =
        self::outcome(&STUDY.replace("range = [0, 120]", "range = [0, 120]\nout-of-range = \"keep\""));
    assert_eq!(count_of(&outcome, "g/age/out-of-range"), (2, 8));
    is_near(&outcome, "g/age/maximum", 250.0);
    is_near(&outcome, "g/age/minimum", -1.0);
}

#[test]
fn a_constant_sum_counts_who_keeps_to_it_and_shares_it_out_among_them() {
    let outcome = outcome(STUDY);
    // p1, p2, p3 (a hundred and blanks), p6 and p8 keep to a hundred; p4 does not; p5 and p7 gave nothing.
    assert_eq!(count_of(&outcome, "g/parts/sum-kept"), (5, 6));
    is_near(&outcome, "g/parts/part-a/allocation", (50.0 + 40.0 + 100.0 + 20.0 + 33.3) / 5.0);
    let shares = ["part-a", "part-b", "part-c"].map(|item| {
        match finding(&outcome, &format!("g/parts/{item}/allocation")).value {
            Value::Number(number) => number,
            ref other => panic!("{other:?}"),
        }
    });
    assert!((shares.iter().sum::<f64>() - 100.0).abs() < 1e-9);
    let asked = finding(&outcome, "g/parts/part-a/allocation").base.asked.clone().unwrap();
    assert_eq!((asked.answered, asked.missing[&Missing::OffSum]), (5, 1));
}

#[test]
fn an_answer_left_out_is_made_up_only_where_the_study_says_so() {
    let study = STUDY.replace("least = 3\n", "least = 3\nmissing = \"item-median\"\n");
    let outcome = outcome(&study);
    let alpha = finding(&outcome, "g/mean/alpha");
    assert_eq!(alpha.base.asked.as_ref().unwrap().answered, 8);
    let told = |caution: &Caution| caution.to_string().contains("count as the median of their item");
    assert!(alpha.cautions.iter().any(told));
    let pairwise = self::outcome(&STUDY.replace("least = 3\n", "least = 3\nmissing = \"pairwise\"\n"));
    let found = finding(&pairwise, "g/mean/alpha");
    assert_eq!((found.interval.is_none(), found.base.asked.as_ref().unwrap().answered), (true, 6));
    assert_eq!(finding(&pairwise, "g/mean/i3/mean").base.asked.as_ref().unwrap().answered, 4);
}

#[test]
fn every_mistake_in_a_score_is_shown_at_once() {
    let said = |change: &str, to: &str| -> Vec<String> {
        let study = STUDY.replace(change, to);
        assert_ne!(study, STUDY, "{change}");
        let stopped = computed(&study).err().unwrap_or_else(|| panic!("{to} is taken"));
        stopped.problems.iter().map(|problem| problem.message.clone()).collect()
    };
    for (change, to, message) in [
        ("how = \"sum\"\n\n", "how = \"sum\"\nat-least = 0.5\n\n", "a sum of fewer than all items"),
        ("[scores.mean]\n", "[scores.mean]\nimpute = \"person-mean\"\n", "imputes nothing"),
        ("at-least = 0.75", "at-least = 0", "at-least is a share of the items above 0"),
        ("at-least = 2", "at-least = 5", "the score total has 4 items, of which 5 are needed"),
        ("items = [\"i1\", \"i4\"]", "items = [\"i1\", \"i5\"]", "items has no item \"i5\" in g"),
        ("items = [\"i1\", \"i4\"]", "items = [\"i1\"]", "made of one item"),
        ("[scores.pair]\nof = \"items\"", "[scores.pair]\nof = \"rate\"", "which is of kind number"),
        ("[scores.pair]", "[scores.rate]", "cannot have the name of a question"),
        ("least = 3", "least = 1", "nothing can be said of the reliability of 1 answers"),
        ("least = 3", "of = \"rate\"", "asked of scores, and rate is none"),
        ("middle = \"so so\"", "middle = \"rather no\"", "these are not the middle of 5 points"),
        ("middle = \"so so\"", "middle = []", "these are not the middle of 5 points"),
        ("middle = \"so so\"", "bottom = 4", "share points"),
        ("range = [0, 120]", "range = [120, 0]", "a range is the smallest and the largest number"),
        ("range = [0, 120]", "out-of-range = \"keep\"", "nothing is out of range"),
        ("sum = 100", "sum = 0", "add up to a number above 0"),
        (
            "least = 3\n",
            "least = 3\n[[ask]]\ninquiry = \"reliability\"\nof = \"mean\"\nmissing = \"pairwise\"\n",
            "asked twice",
        ),
    ] {
        let messages = said(change, to);
        assert!(messages.iter().any(|said| said.contains(message)), "{message:?} is not in {messages:#?}");
    }
}

#[test]
fn the_tables_of_what_was_said_show_counts_beside_percents() {
    let shows = "\n[[table]]\nid = \"sides\"\nshow = \"sides\"\nof = \"items\"\n\
                 [[table]]\nid = \"battery\"\nshow = \"battery\"\nof = \"mean\"\n\
                 [[table]]\nid = \"pair\"\nshow = \"battery\"\nof = \"pair\"\n\
                 [[table]]\nid = \"nps\"\nshow = \"net promoter\"\nof = \"rate\"\n";
    let outcome = outcome(&format!("{STUDY}{shows}"));
    let files = render(&outcome, &Memory::default(), &|_| {}).unwrap().value;
    let text = |name: &str| String::from_utf8(files[&format!("tables/{name}.md")].clone()).unwrap();
    assert!(text("sides").contains("| 2 (33.3%) | 1 (16.7%) | 3 (50.0%) |"), "{}", text("sides"));
    assert!(text("battery").contains("i2 (reversed)"), "{}", text("battery"));
    assert!(text("pair").contains("Spearman-Brown [95% CI]"), "{}", text("pair"));
    assert!(text("nps").contains("| 3 (37.5%) | 2 (25.0%) | 3 (37.5%) | 0.0 ["), "{}", text("nps"));
    let wrong = format!("{STUDY}\n[[table]]\nid = \"b\"\nshow = \"battery\"\nof = \"age\"\n");
    let outcome = self::outcome(&wrong);
    assert!(render(&outcome, &Memory::default(), &|_| {}).is_err());
}

/// The table `t` of the study, as Markdown.
fn table(show: &str, of: &str) -> String {
    let outcome = outcome(&format!("{STUDY}\n[[table]]\nid = \"t\"\nshow = \"{show}\"\nof = \"{of}\"\n"));
    let files = render(&outcome, &Memory::default(), &|_| {}).unwrap().value;
    String::from_utf8(files["tables/t.md"].clone()).unwrap()
}

#[test]
fn two_items_are_not_called_observations_and_have_no_alpha() {
    let text = table("battery", "pair");
    assert!(text.contains("needs 2 items") && !text.contains("observations"), "{text}");
    assert!(text.contains("Spearman-Brown") && !text.contains("Cronbach"), "{text}");
}

#[test]
fn a_small_base_is_said_of_medians_as_of_percents() {
    for text in [table("numbers", "age"), table("numbers", "parts")] {
        assert!(text.contains("small base: fewer than 30") && !text.contains("moves a percent"), "{text}");
    }
}
