//! Outcome rates through a study file: by counts, by a roster's own column, by a platform's list, by how people were drawn.

use std::collections::BTreeMap;

use canvass::diag::{Diag, FileId};
use canvass::findings::{Caution, Value};
use canvass::io::Memory;
use canvass::pipeline::{Outcome, compute};

use crate::studies_in_memory::{load, outcome};

const STUDY: &str = "analyses/x/study.toml";

/// Computes a study of these files.
fn computed(study: &str, files: &[(&str, &str)]) -> Result<Outcome, Vec<Diag>> {
    let mut memory = Memory::default();
    let text = format!("[study]\ntitle = \"x\"\n{study}");
    memory.insert(FileId::new(STUDY), text.into_bytes());
    for (name, text) in files {
        memory.insert(FileId::new(&format!("analyses/x/{name}")), text.as_bytes().to_vec());
    }
    compute(&memory, &FileId::new(STUDY), &|_| {}).map_err(|stopped| stopped.problems)
}

pub(crate) fn fine(study: &str, files: &[(&str, &str)]) -> Outcome {
    computed(study, files).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn said(study: &str, files: &[(&str, &str)]) -> String {
    let problems = computed(study, files).map(|_| ()).unwrap_err();
    format!("{problems:#?}")
}

pub(crate) fn value(outcome: &Outcome, id: &str) -> Value {
    outcome.findings.get(id).unwrap_or_else(|| panic!("no {id}")).value.clone()
}

/// A rate as a number, whichever form it has.
pub(crate) fn rate(outcome: &Outcome, id: &str) -> Option<f64> {
    match value(outcome, id) {
        Value::Share { count, of } => Some(count as f64 / of as f64),
        Value::Number(number) => Some(number),
        _ => None,
    }
}

pub(crate) fn share(count: u64, of: u64) -> Value {
    Value::Share { count, of }
}

pub(crate) fn why(outcome: &Outcome, id: &str) -> String {
    match value(outcome, id) {
        Value::NotComputed(reason) => reason.to_string(),
        other => panic!("{id}: {other:?}"),
    }
}

pub(crate) const ASK: &str = "[[ask]]\ninquiry = \"outcome rates\"\n";

#[test]
fn counts_give_the_rates_of_the_published_formulas() {
    let counts = "[groups.g]\ncounts = { complete = 60, partial = 10, refused = 15, non-contact = 20, other = 5, \
                  unknown-household = 30, unknown-other = 10, not-eligible = 12 }\n";
    let outcome = fine(&format!("{counts}{ASK}"), &[]);
    // By hand from the formulas of the standard, e = 110/122.
    for (id, expected) in [
        ("e", "0.901639"),
        ("rr1", "0.400000"),
        ("rr2", "0.466667"),
        ("rr3", "0.410774"),
        ("rr4", "0.479237"),
        ("rr5", "0.545455"),
        ("rr6", "0.636364"),
        ("coop1", "0.666667"),
        ("coop2", "0.777778"),
        ("coop3", "0.705882"),
        ("coop4", "0.823529"),
        ("ref1", "0.100000"),
        ("ref2", "0.102694"),
        ("ref3", "0.136364"),
        ("con1", "0.600000"),
        ("con2", "0.616162"),
        ("con3", "0.818182"),
    ] {
        let found = rate(&outcome, &format!("g/{id}")).map(|rate| format!("{rate:.6}"));
        assert_eq!(found.as_deref(), Some(expected), "{id}");
    }
    // Both parts stand beside a rate whose denominator is not whole.
    let cautions = &outcome.findings.get("g/rr3").unwrap().cautions;
    let parts = cautions.iter().find(|caution| matches!(caution, Caution::EligibleShare { .. })).unwrap();
    assert!(
        parts.to_string().starts_with("60 over 110 known to be eligible + 110/122 of 40 of unknown"),
        "{parts}"
    );
}

#[test]
fn a_declared_share_counts_with_its_basis() {
    // The example of the page of R's responserates: 45.5, 69.0 and 83.3 percent.
    let group = "[groups.g]\ncounts = { complete = 100, non-contact = 20, unknown-other = 100 }\n\
                 eligible = { share = 0.25, basis = \"an earlier wave\" }\n";
    let outcome = fine(&format!("{group}{ASK}"), &[]);
    assert_eq!(value(&outcome, "g/rr1"), share(100, 220));
    assert_eq!(value(&outcome, "g/rr3"), share(100, 145));
    assert_eq!(value(&outcome, "g/rr5"), share(100, 120));
    let cautions = &outcome.findings.get("g/rr3").unwrap().cautions;
    assert!(
        cautions.iter().any(|caution| caution.to_string().ends_with("e = 1/4: an earlier wave")),
        "{cautions:?}"
    );
}

#[test]
fn rates_that_the_coding_alone_makes_whole_are_not_printed() {
    // 14 complete of 22, 8 silent: by coding, everybody known to be eligible responded.
    let group =
        |eligible: &str| format!("[groups.g]\ncounts = {{ complete = 14, silent = 8 }}\n{eligible}\n{ASK}");
    for eligible in ["eligible = \"roster\"", "", "eligible = { share = 0, basis = \"nobody\" }"] {
        let outcome = fine(&group(eligible), &[]);
        assert_eq!(value(&outcome, "g/rr1"), share(14, 22));
        for id in ["g/rr5", "g/rr6", "g/con3", "g/coop1", "g/coop4"] {
            assert!(
                why(&outcome, id).contains("silent") || why(&outcome, id).contains("by coding"),
                "{eligible} {id}"
            );
        }
    }
    let proven = fine(&group("eligible = \"roster\""), &[]);
    assert_eq!(value(&proven, "g/rr3"), share(14, 22));
    assert!(
        why(&fine(&group("eligible = { share = 0, basis = \"nobody\" }"), &[]), "g/rr3").contains("100 %")
    );
    // Without anybody unknown a rate of all is what it says.
    let known = fine(&format!("[groups.g]\ncounts = {{ complete = 14 }}\n{ASK}"), &[]);
    assert_eq!(value(&known, "g/rr5"), share(14, 14));
}

#[test]
fn rates_keep_the_order_that_the_standard_gives_them() {
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut compared = 0;
    for _ in 0..60 {
        let names = [
            "complete",
            "partial",
            "break-off",
            "refused",
            "non-contact",
            "other",
            "silent",
            "undelivered",
            "not-eligible",
        ];
        let counts: BTreeMap<&str, u64> = names.iter().map(|name| (*name, next(12))).collect();
        let listed: Vec<String> = counts.iter().map(|(name, count)| format!("{name} = {count}")).collect();
        let study = format!("[groups.g]\ncounts = {{ {} }}\n{ASK}", listed.join(", "));
        let Ok(outcome) = computed(&study, &[]) else { continue };
        let of = |id: &str| rate(&outcome, &format!("g/{id}"));
        for [low, middle, high] in
            [["rr1", "rr3", "rr5"], ["rr2", "rr4", "rr6"], ["ref1", "ref2", "ref3"], ["con1", "con2", "con3"]]
        {
            let (Some(low), Some(middle), Some(high)) = (of(low), of(middle), of(high)) else { continue };
            assert!(low <= middle + 1e-12 && middle <= high + 1e-12, "{listed:?}");
            compared += 1;
        }
        for (part, whole) in [("rr1", "rr2"), ("rr1", "coop1"), ("coop1", "coop3"), ("rr2", "con1")] {
            let (Some(part), Some(whole)) = (of(part), of(whole)) else { continue };
            assert!(part <= whole + 1e-12, "{listed:?}");
        }
        // Everybody of the account is in exactly one disposition.
        let all: u64 = counts.values().sum();
        assert_eq!(value(&outcome, "g/invited"), Value::Count(all));
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn the_share_of_the_unknown_is_estimated_once_for_all_groups() {
    let groups = "[groups.a]\ncounts = { complete = 8, silent = 10, not-eligible = 2 }\n\
                  [groups.b]\ncounts = { complete = 2, refused = 10, silent = 10 }\n";
    let outcome = fine(&format!("{groups}{ASK}overall = \"all\"\n"), &[]);
    // K = 8 + 12 and NE = 2 of both groups: e = 20/22 in each, and together.
    for group in ["a", "b", "all"] {
        assert_eq!(value(&outcome, &format!("{group}/e")), share(20, 22), "{group}");
    }
    assert_eq!(value(&outcome, "all/rr1"), share(10, 40));
    let found = rate(&outcome, "all/rr3").unwrap();
    assert!((found - 10.0 / (20.0 + 20.0 * 20.0 / 22.0)).abs() < 1e-12, "{found}");
}

#[test]
fn groups_with_their_own_shares_add_up_their_denominators() {
    let groups = "[groups.a]\ncounts = { complete = 8, refused = 2, silent = 10 }\neligible = { share = 0.5, basis = \"x\" }\n\
                  [groups.b]\ncounts = { complete = 2, refused = 8, silent = 30 }\neligible = { share = 0.1, basis = \"y\" }\n";
    let outcome = fine(&format!("{groups}{ASK}overall = \"all\"\n"), &[]);
    // 10 + 0.5 of 10 and 10 + 0.1 of 30.
    assert_eq!(value(&outcome, "all/rr3"), share(10, 28));
}

const ROSTER: &str = "code,year,state\nA,1,\nB,1,opted out\nC,2,bounced\nD,2,left\nE,1,\nF,2,on leave\n";
const ROSTERED: &str = "[groups.g]\ninvited = { roster = \"roster.csv\", key = \"code\", status = \"state\", outcomes = \
                        { \"opted out\" = \"refused\", \"bounced\" = \"undelivered\", \"left\" = \"not-eligible\", \
                        \"on leave\" = \"non-contact\" }";

#[test]
fn a_column_of_the_roster_says_what_became_of_people() {
    let outcome = fine(&format!("{ROSTERED} }}\n{ASK}"), &[("roster.csv", ROSTER)]);
    for (id, count) in [
        ("silent", 2),
        ("refused", 1),
        ("unknown-other", 1),
        ("not-eligible", 1),
        ("non-contact", 1),
        ("complete", 0),
    ] {
        assert_eq!(value(&outcome, &format!("g/disposition/{id}")), Value::Count(count), "{id}");
    }
    // Six on the list, one of whom should not have been asked.
    assert_eq!(value(&outcome, "g/invited"), Value::Count(6));
    assert_eq!(value(&outcome, "g/ref1"), share(1, 5));
    let said = said(
        &format!("{} }}\n{ASK}", ROSTERED.replace("\"left\" =", "\"lefft\" =")),
        &[("roster.csv", ROSTER)],
    );
    assert!(said.contains("holds \\\"lefft\\\"") && said.contains("did you mean"), "{said}");
}

#[test]
fn an_answer_tells_more_than_the_list_unless_it_should_not_be_there() {
    let export = "code,q\nA,yes\nB,yes\nD,no\nE,\n";
    let study = format!(
        "{ROSTERED}, link = \"code\" }}\nexport = \"answers.csv\"\n[questions.q]\nkind = \"single\"\n\
         choices = [\"yes\", \"no\"]\ng = \"q\"\n{ASK}"
    );
    let outcome = fine(&study, &[("roster.csv", ROSTER), ("answers.csv", export)]);
    // B opted out after answering; D answered and is not eligible; E opened and answered nothing.
    for (id, count) in
        [("complete", 2), ("silent", 1), ("refused", 0), ("unknown-other", 1), ("not-eligible", 1)]
    {
        let found = outcome.cohorts[0].people.n_with(
            canvass::findings::Disposition::ALL
                .into_iter()
                .find(|disposition| disposition.id() == id)
                .unwrap(),
        );
        assert_eq!(found, Some(count), "{id}");
    }
    assert_eq!(value(&outcome, "g/rr1"), share(2, 5));
    assert!(outcome.notes.iter().any(|note| note.code.as_str() == "D021"), "{:?}", outcome.notes);
}

/// A distribution history: finished, stopped, screened out, bounced, failed, sent, opted out after a first message.
const HISTORY: &str = "External Data Reference,Email Address,Status\n\
                       a,a@x.org,Survey Finished\nb,b@x.org,Survey Started\nc,c@x.org,Survey Screened Out\n\
                       d,d@x.org,Hard Bounce\ne,e@x.org,Email Failed\nf,f@x.org,Email Sent\n\
                       g,g@x.org,Email Sent\ng,g@x.org,Opted Out\nh,h@x.org,Opted Out\n";

#[test]
fn a_distribution_history_says_what_became_of_everybody_without_answers() {
    let study = format!(
        "[groups.g]\ninvited = {{ roster = \"history.csv\", key = \"External Data Reference\" }}\n{ASK}"
    );
    let outcome = fine(&study, &[("history.csv", HISTORY)]);
    for (id, count) in [
        ("complete", 1),
        ("break-off", 1),
        ("not-eligible", 1),
        ("unknown-other", 2),
        ("silent", 1),
        ("refused", 1),
    ] {
        assert_eq!(value(&outcome, &format!("g/disposition/{id}")), Value::Count(count), "{id}");
    }
    // h opted out before anything was sent, and was not invited.
    assert_eq!(value(&outcome, "g/invited"), Value::Count(7));
    assert_eq!(value(&outcome, "g/rr1"), share(1, 6));
    // The dashboard: started, screened out and finished, of everybody on the list.
    assert_eq!(value(&outcome, "g/platform-rate"), share(3, 8));
    let finding = outcome.findings.get("g/platform-rate").unwrap();
    assert!(
        finding
            .cautions
            .iter()
            .any(|caution| caution.to_string().contains("no response rate of the standard"))
    );
}

#[test]
fn a_rate_with_a_broken_denominator_is_written_as_a_percent() {
    let study = "template = \"t.md\"\n[groups.g]\ncounts = { complete = 60, partial = 10, refused = 15, non-contact = 20, \
                 other = 5, silent = 30, undelivered = 10, not-eligible = 12 }\n";
    let mut memory = Memory::default();
    let text = format!("[study]\ntitle = \"x\"\n{study}{ASK}");
    memory.insert(FileId::new(STUDY), text.into_bytes());
    memory.insert(FileId::new("analyses/x/t.md"), b"The response rate was {{ g/rr3 | percent }}.\n".to_vec());
    let outcome = compute(&memory, &FileId::new(STUDY), &|_| {}).unwrap();
    let files = canvass::pipeline::render(&outcome, &memory, &|_| {}).unwrap().value;
    let results = String::from_utf8(files["results.md"].clone()).unwrap();
    assert!(results.contains("The response rate was 41.1%"), "{results}");
    assert!(results.contains("60 over 110 known to be eligible"), "{results}");
}

#[test]
fn groups_added_up_are_traced_to_the_people_of_each() {
    let outcome = outcome(&load("near-peer"), "near-peer");
    let trace = canvass::verify::trace(&outcome, "all/rr2").unwrap();
    let rows = trace.rows.iter().filter(|row| row.file.ends_with("roster.csv")).count();
    assert_eq!((value(&outcome, "all/rr2"), rows), (share(18, 42), 18));
}

#[test]
fn the_largest_counts_add_up_over_groups() {
    let most = 10_000_000_000_u64;
    let group = |id: &str| {
        format!("[groups.{id}]\ncounts = {{ complete = {most}, partial = {most}, silent = {most} }}\n")
    };
    let outcome = fine(&format!("{}{}{ASK}overall = \"all\"\n", group("g"), group("h")), &[]);
    assert_eq!(value(&outcome, "all/rr2"), share(4 * most, 6 * most));
}

#[test]
fn what_cannot_be_is_said_with_its_remedy() {
    let counts = "counts = { complete = 3, silent = 2 }\n";
    for (study, expected) in [
        ("eligible = \"roster\"\n".to_owned(), "who of nobody known is eligible"),
        (format!("{counts}eligible = \"rooster\"\n"), "did you mean \\\"roster\\\""),
        (format!("{counts}eligible = {{ share = 1.2, basis = \"x\" }}\n"), "between 0 and 1"),
        (format!("{counts}eligible = {{ share = 0.5 }}\n"), "needs a key \\\"basis\\\""),
        (format!("{counts}frame = 100\n"), "what a random sample was drawn from"),
        (format!("{counts}sample = \"random\"\nframe = 4\n"), "holds 5 people, drawn from a frame of 4"),
        ("counts = { complete = 0 }\n".to_owned(), "counts say how many"),
        (
            "counts = { complete = 9000000000000000000, partial = 9000000000000000000, silent = 9000000000000000000 }\n"
                .to_owned(),
            "9000000000000000000 is more people than there are",
        ),
        (format!("{counts}visits = {{ survey = 10000000001 }}\n"), "10000000001 is more people than there are"),
        ("counts = { silent = 1, unknown-household = 2 }\n".to_owned(), "are the same people"),
        (
            format!("{counts}invited = {{ roster = \"roster.csv\", key = \"code\" }}\n"),
            "or counts of them, not both",
        ),
        (format!("{counts}visits = {{ site = 3, survey = 5 }}\n"), "more people visited the survey"),
    ] {
        let said = said(&format!("[groups.g]\n{study}{ASK}"), &[("roster.csv", ROSTER)]);
        assert!(said.contains(expected), "{study}: {expected:?} is not in\n{said}");
    }
    let said = said(&format!("[groups.g]\n{counts}{ASK}overall = \"g\"\n"), &[]);
    assert!(said.contains("is a group or part already"), "{said}");
}

#[test]
fn visits_of_an_open_survey_give_the_rates_of_the_checklist() {
    let export = "id,q\n1,yes\n2,no\n3,\n4,yes\n";
    let study = format!(
        "[groups.g]\nexport = \"a.csv\"\nvisits = {{ site = 200, survey = 8 }}\n[questions.q]\nkind = \"single\"\n\
         choices = [\"yes\", \"no\"]\ng = \"q\"\n{ASK}"
    );
    let outcome = fine(&study, &[("a.csv", export)]);
    assert_eq!(value(&outcome, "g/view-rate"), share(8, 200));
    // Three of the four rows hold an answer.
    assert_eq!(value(&outcome, "g/recruitment-rate"), share(3, 8));
    assert_eq!(value(&outcome, "g/completeness"), share(3, 4));
    assert!(why(&outcome, "g/completion-rate").contains("submitted"));
    assert!(why(&outcome, "g/rr1").contains("nothing says how many were invited"));
}

/// What another program counted of one question of a real export; see fixtures/truth/README.md.
#[derive(serde::Deserialize)]
struct Counted {
    survey: String,
    question: String,
    base: String,
    rows: u64,
    answered: u64,
}

#[test]
fn how_far_the_responses_of_two_real_surveys_came_is_what_another_program_counts() {
    let Some(corpus) = crate::corpus::folder(3) else { return };
    let truth = std::fs::read(crate::studies_in_memory::root().join("fixtures/truth/eur.json")).unwrap();
    let truth: Vec<Counted> = serde_json::from_slice(&truth).unwrap();
    for survey in ["EUR", "ESL"] {
        let of = |base: &str| {
            let fits = |counted: &&Counted| {
                counted.survey == survey && counted.question == "Q5" && counted.base == base
            };
            truth.iter().find(fits).unwrap()
        };
        let study = "[study]\ntitle = \"x\"\n[groups.g]\nexport = \"raw.csv\"\ndefinition = \"survey.qsf\"\n\
                     counts = { complete = 100, silent = 100 }\n[questions.q]\nkind = \"multi\"\ng = \"Q5\"\n";
        let mut memory = Memory::default();
        memory.insert(FileId::new(STUDY), format!("{study}{ASK}").into_bytes());
        for (name, file) in
            [("raw.csv", format!("{survey}_raw.csv")), ("survey.qsf", format!("{survey}.qsf"))]
        {
            let (_, bytes) = crate::corpus::file(&corpus, &format!("eur-open-science-2022/{file}"));
            memory.insert(FileId::new(&format!("analyses/x/{name}")), bytes);
        }
        let outcome = compute(&memory, &FileId::new(STUDY), &|_| {})
            .unwrap_or_else(|stopped| panic!("{survey}: {:#?}", stopped.problems));
        // The study has one question, so that whoever answered it has started.
        let (all, finished) = (of("all"), of("finished"));
        assert_eq!(value(&outcome, "g/completion-rate"), share(finished.answered, all.answered), "{survey}");
        if survey == "EUR" {
            assert_eq!(value(&outcome, "g/platform-rate"), share(all.rows, 200), "{survey}");
        }
    }
}

#[test]
fn more_rows_than_the_counts_are_of_is_refused() {
    let study = |complete: u64| {
        format!(
            "[groups.g]\nexport = \"a.csv\"\ncounts = {{ complete = {complete}, refused = 1 }}\n[questions.q]\nkind = \"single\"\ng = \"q\"\n{ASK}"
        )
    };
    let files = [("a.csv", "q\nx\ny\nx\nx\n")];
    assert_eq!(value(&fine(&study(3), &files), "g/rr1"), share(3, 4));
    assert!(
        said(&study(2), &files)
            .contains("the counts of group \\\"g\\\" are of 3 people, and 4 rows are analysed")
    );
}
