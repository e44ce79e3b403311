//! How people were drawn decides what a rate is called and what an interval is about.

use canvass::findings::{Caution, Value};

use crate::outcome_rates::{ASK, fine, rate, share, value, why};
use crate::studies_in_memory::{changed, outcome};

/// The numbers of cases of a frame that leave more than 2.5 % on either side of what was seen, counted one by one.
fn frame_interval(count: u64, of: u64, frame: u64) -> [f64; 2] {
    let choose = |n: u64, k: u64| -> f64 {
        if k > n { 0.0 } else { (0..k).map(|i| (n - i) as f64 / (k - i) as f64).product() }
    };
    let chance = |cases: u64, x: u64| choose(cases, x) * choose(frame - cases, of - x) / choose(frame, of);
    let fits = |cases: &u64| {
        let below: f64 = (0..=count).map(|x| chance(*cases, x)).sum();
        let above: f64 = (count..=of).map(|x| chance(*cases, x)).sum();
        below > 0.025 && above > 0.025
    };
    let cases: Vec<u64> = (0..=frame).filter(fits).collect();
    [cases[0], cases[cases.len() - 1]].map(|cases| cases as f64 / frame as f64)
}

#[test]
fn an_opt_in_sample_has_a_participation_rate_and_no_response_rate() {
    let study = format!(
        "[groups.g]\nsample = \"opt-in\"\ncounts = {{ complete = 30, partial = 5, silent = 65 }}\n{ASK}"
    );
    let outcome = fine(&study, &[]);
    assert_eq!(value(&outcome, "g/participation-rate"), share(35, 100));
    for id in ["g/rr1", "g/rr2", "g/rr6", "g/coop1", "g/con1"] {
        assert!(why(&outcome, id).contains("participation rate"), "{id}");
    }
}

#[test]
fn what_is_asked_of_an_opt_in_sample_by_habit_is_answered_by_its_own_rate() {
    let study = "[groups.g]\nsample = \"opt-in\"\ncounts = { complete = 30, silent = 70 }\n\
                 [[ask]]\ninquiry = \"response rate\"\n";
    let outcome = fine(study, &[]);
    assert_eq!(value(&outcome, "g/participation-rate"), share(30, 100));
    assert!(why(&outcome, "g/rr1").contains("participation rate"));
}

#[test]
fn an_opt_in_group_says_nothing_of_the_share_of_others() {
    let other = "[groups.o]\nsample = \"opt-in\"\ncounts = { complete = 90, not-eligible = 10 }\n";
    let group = "[groups.g]\ncounts = { complete = 30, silent = 60, not-eligible = 30 }\n";
    // Of 60 cases known in g alone half are eligible: 30 of 30 + 60 / 2.
    for study in [format!("{group}{ASK}"), format!("{group}{other}{ASK}")] {
        assert_eq!(rate(&fine(&study, &[]), "g/rr3"), Some(0.5));
    }
}

#[test]
fn a_random_sample_of_a_frame_is_about_that_frame() {
    let random = "[groups.students]\nsample = \"random\"\nframe = 60";
    let memory = changed("near-peer", &[("[groups.students]", random)]);
    let outcome = outcome(&memory, "near-peer");
    let about = |id: &str| {
        let finding = outcome.findings.get(id).unwrap();
        let interval = finding.interval.as_ref().unwrap();
        ([interval.low, interval.high], interval.method.id, finding.cautions.clone())
    };
    for (id, count, of) in [
        ("students/rr2", 14, 22),
        ("students/year/first-year", 3, 14),
        ("students/motivations/networking", 0, 0),
    ] {
        let Value::Share { count: found, of: base } = value(&outcome, id) else { panic!("{id}") };
        if of > 0 {
            assert_eq!((found, base), (count, of), "{id}");
        }
        let (limits, method, cautions) = about(id);
        let expected = frame_interval(found, base, 60);
        assert_eq!(method, "proportion_ci_fpc.exact_hypergeometric", "{id}");
        assert!(
            (0..2).all(|end| (limits[end] - expected[end]).abs() < 1e-12),
            "{id} {limits:?} {expected:?}"
        );
        assert!(cautions.contains(&Caution::RandomSample { frame: 60 }), "{id}");
    }
    // Who is asked only if they ticked something is part of the frame, and how large a part is not known.
    let (_, method, cautions) = about("students/match-help/interviews");
    assert_eq!(method, "proportion_ci.wilson");
    assert!(cautions.contains(&Caution::PartOfFrame));
    // The other group stays a census.
    assert!(about("residents/rr2").2.contains(&Caution::NoSampling));
}

#[test]
fn a_part_of_a_random_sample_has_no_frame_of_its_own() {
    let random = "[groups.students]\nsample = \"random\"\nframe = 60";
    let part = "[parts.first]\nof = \"students\"\nanswered = { year = \"First year\" }\n\n[[exclude]]\nrule = \"preview\"";
    let memory = changed(
        "near-peer",
        &[
            ("[groups.students]", random),
            ("[[exclude]]\nrule = \"preview\"", part),
            (
                "in = [\"students\", \"residents\"]\n\n[[ask]]\ninquiry = \"order",
                "in = [\"students\", \"residents\", \"first\"]\n\n[[ask]]\ninquiry = \"order",
            ),
        ],
    );
    let outcome = outcome(&memory, "near-peer");
    let finding = outcome.findings.get("first/expectations/informal/top-box").unwrap();
    assert_eq!(finding.interval.as_ref().unwrap().method.id, "proportion_ci.wilson");
    assert!(finding.cautions.contains(&Caution::PartOfFrame));
}
