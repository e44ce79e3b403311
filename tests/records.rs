//! `findings.json` holds the whole of what was found: every kind of value, who was left out and by what, screens and sides.

use std::collections::BTreeMap;
use std::sync::Arc;

use canvass::codebook::{Date, Disposition, Missing};
use canvass::findings::{
    Adjusted, Asked, Base, Caution, Excluded, Finding, FindingId, Findings, Outline, People, Reason,
    Screened, Side, Statistic, TestResult, Tier, Value,
};
use canvass::record::FindingsFile;
use canvass::stats::{ConfidenceLevel, Interval, Method, NotComputed, Which};
use serde_json::json;

const METHOD: Method = Method { id: "index", name: "Index", convention: "as declared" };

fn people() -> People {
    let unjudged = |count| vec![Caution::Unjudged { count, why: "it took no time" }];
    let excluded = Excluded {
        rule: "second".to_owned(),
        label: Some("answered too fast".to_owned()),
        count: 2,
        method: Some(METHOD),
        cautions: unjudged(3),
    };
    let screened = |rule: &str, count| Screened {
        rule: rule.to_owned(),
        label: Some(format!("screen {rule}")),
        count,
        method: Some(METHOD),
        cautions: unjudged(1),
    };
    People {
        invited: Some(BTreeMap::from([(Disposition::Complete, 14), (Disposition::Silent, 8)])),
        received: 16,
        excluded: vec![excluded],
        included: 14,
        screened: vec![
            screened("hasty", Ok(5)),
            screened("irv", Err(NotComputed::TooFew { needed: 3, found: 1 })),
        ],
    }
}

fn finding(id: &str, value: Value) -> Finding {
    let side = |id: &str| Side { id: id.to_owned(), label: format!("side {id}"), included: 7, answered: 6 };
    Finding {
        id: FindingId::new(["g", "q", id]),
        group: "g".to_owned(),
        question: Some("q".to_owned()),
        item: Some("i".to_owned()),
        level: Some("l".to_owned()),
        statistic: Statistic::Level,
        base: Base {
            people: Some(Arc::new(people())),
            asked: Some(Asked::new(14, 12, BTreeMap::from([(Missing::Skipped, 2)])).unwrap()),
            sides: vec![side("a"), side("b")],
        },
        value,
        interval: Some(Interval { low: 0.25, high: 0.75, level: ConfidenceLevel::P95, method: METHOD }),
        method: Some(METHOD),
        counts: None,
        cautions: vec![Caution::NoSampling],
    }
}

fn written() -> serde_json::Value {
    let test = TestResult {
        statistic: Some(2.5),
        df: vec![1.0, 3.5],
        p: 0.125,
        which: Which::Greater,
        smallest: Some(0.0625),
        adjusted: Some(Adjusted { p: 0.25, method: METHOD, family: "f".to_owned(), tests: 2 }),
    };
    let tier = Tier { labels: vec!["one".to_owned(), "two".to_owned()], score: 1.5 };
    let mut findings = Findings::default();
    for (id, value) in [
        ("count", Value::Count(5)),
        ("share", Value::Share { count: 5, of: 12 }),
        ("number", Value::Number(2.0 / 3.0)),
        ("date", Value::Date(Date::new(2020, 2, 29).unwrap())),
        ("test", Value::Test(test)),
        ("order", Value::Order(vec![tier])),
        ("none", Value::NotComputed(Reason::EmptyBase)),
    ] {
        findings.push(finding(id, value));
    }
    let file = FindingsFile::new("s", &Outline::default(), &findings);
    let bytes = file.write();
    assert_eq!(FindingsFile::read(&bytes), Ok(file));
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn every_kind_of_value_is_written_and_read_back() {
    let values: Vec<serde_json::Value> =
        written()["findings"].as_array().unwrap().iter().map(|finding| finding["value"].clone()).collect();
    assert_eq!(
        values,
        [
            json!({"count": 5}),
            json!({"share": {"count": 5, "of": 12}}),
            json!({"number": 0.666_666_666_7}),
            json!({"date": "2020-02-29"}),
            json!({"test": {
                "statistic": 2.5, "df": [1.0, 3.5], "p": 0.125, "which": "greater", "smallest": 0.0625,
                "adjusted": {"p": 0.25, "method": "index", "family": "f", "tests": 2},
            }}),
            json!({"order": [{"labels": ["one", "two"], "score": 1.5}]}),
            json!({"not-computed": "nobody answered"}),
        ]
    );
}

#[test]
fn the_base_says_who_was_left_out_by_what_and_whom_screens_count() {
    let base = written()["findings"][0]["base"].clone();
    let method = json!({"id": "index", "convention": "as declared"});
    let unjudged = |words: &str| json!([{"id": "unjudged", "text": format!("{words}: it took no time")}]);
    let of_one = unjudged("1 row is kept that the rule cannot judge");
    assert_eq!(
        base,
        json!({
            "invited": {"complete": 14, "silent": 8},
            "received": 16,
            "excluded": [{
                "rule": "second", "label": "answered too fast", "count": 2, "method": method,
                "cautions": unjudged("3 rows are kept that the rule cannot judge"),
            }],
            "included": 14,
            "screened": [
                {"rule": "hasty", "label": "screen hasty", "count": {"count": 5}, "method": method, "cautions": of_one},
                {
                    "rule": "irv", "label": "screen irv", "count": {"not-computed": "needs 3 observations, has 1"},
                    "method": method, "cautions": of_one,
                },
            ],
            "asked": 14,
            "answered": 12,
            "missing": {"skipped": 2},
            "sides": [
                {"id": "a", "label": "side a", "included": 7, "answered": 6},
                {"id": "b", "label": "side b", "included": 7, "answered": 6},
            ],
        })
    );
}

#[test]
fn what_is_not_there_is_not_written() {
    let mut findings = Findings::default();
    let mut bare = finding("count", Value::Count(5));
    let plain = Excluded { rule: "preview".to_owned(), count: 2, ..Excluded::default() };
    let people = People { received: 16, excluded: vec![plain], included: 14, ..People::default() };
    bare.base = Base { people: Some(Arc::new(people)), asked: None, sides: Vec::new() };
    findings.push(bare);
    let file = FindingsFile::new("s", &Outline::default(), &findings);
    let written: serde_json::Value = serde_json::from_slice(&file.write()).unwrap();
    assert_eq!(
        written["findings"][0]["base"],
        json!({"received": 16, "excluded": [{"rule": "preview", "count": 2}], "included": 14})
    );
    assert_eq!(FindingsFile::read(&file.write()), Ok(file));
}
