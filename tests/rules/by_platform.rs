//! Rules by what the platform says: time, progress, duplicates, test records.

use super::{left_out, lines, refused, run, unjudged};

#[test]
fn a_speeder_is_faster_than_the_limit_and_not_as_fast() {
    let responses: [super::Response<'_>; 4] = [
        &[("Duration (in seconds)", "119")],
        &[("Duration (in seconds)", "120")],
        &[("Duration (in seconds)", "119.5")],
        &[],
    ];
    for terms in ["faster-than = \"2 min\"", "faster-than = 120", "faster-than = \"120 s\""] {
        assert_eq!(left_out("speeder", terms, &responses), [4, 6], "{terms}");
    }
}

#[test]
fn a_duration_that_is_not_said_is_that_from_start_to_end_and_else_unknown_and_kept() {
    let responses: [super::Response<'_>; 3] = [
        // 45 seconds over midnight and the end of February.
        &[
            ("Duration (in seconds)", ""),
            ("StartDate", "2024-02-29 23:59:30"),
            ("EndDate", "2024-03-01 00:00:15"),
        ],
        &[("Duration (in seconds)", ""), ("EndDate", "")],
        &[],
    ];
    assert_eq!(left_out("speeder", "faster-than = 60", &responses), [4]);
    assert_eq!(
        unjudged("speeder", "faster-than = 60", &responses).as_deref(),
        Some("1 row is kept that the rule cannot judge: how long they took is not known")
    );
    assert_eq!(unjudged("speeder", "faster-than = 60", &responses[2..]), None);
}

#[test]
fn a_share_of_the_median_is_of_those_submitted_that_reach_the_rule() {
    // Submitted: 100, 200, 600; the median is 200, and a third of it 66.7. With the one that was not: 150.
    let responses: [super::Response<'_>; 5] = [
        &[("Duration (in seconds)", "100")],
        &[("Duration (in seconds)", "200")],
        &[("Duration (in seconds)", "600")],
        &[("Duration (in seconds)", "60"), ("Finished", "False"), ("Progress", "20")],
        &[("Duration (in seconds)", "69"), ("Finished", "False"), ("Progress", "20")],
    ];
    assert_eq!(left_out("speeder", "median-share = 0.335", &responses), [7]);
    assert_eq!(left_out("speeder", "median-share = 0.5", &responses), [7, 8]);
    // Where the slowest is left out before, the median is 150.
    let rules = "[[exclude]]\nrule = \"speeder\"\nid = \"one\"\nmedian-share = 0.5\nin = [\"all\"]\n";
    let test = "[[exclude]]\nrule = \"test\"\ncolumn = \"tester\"\nis = \"1\"\n";
    let mut marked = responses;
    let slow: super::Response<'_> = &[("Duration (in seconds)", "600"), ("tester", "1")];
    marked[2] = slow;
    assert_eq!(lines(&run(&format!("{test}{rules}"), &marked), "exclude one"), [7, 8]);
    let stricter = rules.replace("0.5", "0.45");
    assert_eq!(lines(&run(&format!("{test}{stricter}"), &marked), "exclude one"), [7]);
    assert_eq!(lines(&run(&format!("{stricter}{test}"), &marked), "exclude one"), [7, 8]);
}

#[test]
fn an_export_without_any_time_stops_the_rule_and_is_the_result_of_a_screen() {
    let none: super::Response<'_> = &[("Duration (in seconds)", ""), ("StartDate", ""), ("EndDate", "")];
    let rule = "rule = \"speeder\"\nfaster-than = 60\n";
    let problem = refused(&format!("[[exclude]]\n{rule}"), &[none, none]);
    assert_eq!(problem.message, "the rule \"speeder\" cannot be applied to export.csv");
    assert_eq!(problem.help.as_deref(), Some("the export says of no response how long it took"));
    let outcome = run(&format!("[[screen]]\n{rule}"), &[none, none]);
    let found = outcome.findings.get("all/screened/speeder").unwrap();
    let canvass::findings::Value::NotComputed(reason) = &found.value else { panic!("{found:?}") };
    assert_eq!(reason.to_string(), "the export says of no response how long it took");
}

#[test]
fn progress_is_the_platforms_percent() {
    let responses: [super::Response<'_>; 4] =
        [&[("Progress", "49")], &[("Progress", "50")], &[("Progress", "5%")], &[("Progress", "")]];
    assert_eq!(left_out("progress", "below = 50", &responses), [4, 6]);
    assert!(unjudged("progress", "below = 50", &responses).unwrap().starts_with("1 row is kept"));
}

#[test]
fn a_person_is_known_by_all_of_several_columns() {
    let responses: [super::Response<'_>; 6] = [
        &[("code", "K1"), ("wave", "1"), ("EndDate", "2024-05-02 10:00:00")],
        &[("code", "K1"), ("wave", "2")],
        &[("code", "K1"), ("wave", "1"), ("EndDate", "2024-05-01 10:00:00")],
        &[("code", "K2"), ("wave", "1")],
        &[("code", "K1"), ("wave", "")],
        &[("code", ""), ("wave", "1")],
    ];
    assert_eq!(left_out("duplicate", "by = [\"code\", \"wave\"]\nkeep = \"first\"", &responses), [4]);
    assert_eq!(left_out("duplicate", "by = [\"code\", \"wave\"]\nkeep = \"last\"", &responses), [6]);
    assert_eq!(left_out("duplicate", "by = [\"wave\", \"code\"]\nkeep = \"last\"", &responses), [6]);
    assert_eq!(left_out("duplicate", "by = \"code\"\nkeep = \"last\"", &responses).len(), 3);
}

#[test]
fn of_equally_complete_responses_the_earliest_stays() {
    let responses: [super::Response<'_>; 4] = [
        &[("code", "K1"), ("EndDate", "2024-05-03 10:00:00")],
        &[("code", "K1"), ("EndDate", "2024-05-02 10:00:00")],
        &[("code", "K1"), ("EndDate", "2024-05-01 10:00:00"), ("a1", "")],
        &[("code", "K1"), ("EndDate", "2024-05-04 10:00:00")],
    ];
    assert_eq!(left_out("duplicate", "by = \"code\"", &responses), [4, 6, 7]);
}

#[test]
fn a_column_marks_test_records() {
    let responses: [super::Response<'_>; 3] =
        [&[("tester", "1")], &[("tester", "no")], &[("tester", " yes ")]];
    assert_eq!(left_out("test", "column = \"tester\"\nis = [\"1\", \"yes\"]", &responses), [4, 6]);
}
