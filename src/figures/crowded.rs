//! Tests of estimates, combinations and grids: room for one row and sixty, few people and millions, and what they say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pictures::{assert_room, request};
use super::samples::{self, Study, named};
use super::spec::estimates::EstimatesPanel;
use super::*;
use crate::codebook::Missing;
use crate::findings::{
    Asked, Base, Compared, Finding, FindingId, Kind, LinkOutline, Named, People, PercentOf, QuestionOutline,
    Reason, Side, Statistic, TestResult, Value,
};
use crate::stats::{ConfidenceLevel, Interval, Method, Which};

const STYLE: NumberStyle = NumberStyle::Ama;
const METHOD: Method = Method { id: "made.up", name: "Made-up interval", convention: "" };

/// How much is in a figure.
#[derive(Debug, Clone, Copy)]
struct Much {
    groups: usize,
    rows: usize,
    n: u64,
    long: bool,
}

/// Every mixture of few and many.
fn mixtures() -> impl Iterator<Item = Much> {
    [1, 2, 4].into_iter().flat_map(|groups| {
        [1, 2, 7, 60].into_iter().flat_map(move |rows| {
            [4, 944, 2_000_000]
                .into_iter()
                .flat_map(move |n| [false, true].map(|long| Much { groups, rows, n, long }))
        })
    })
}

fn assert_all_room(study: &Study, kind: &FigureKind, what: Much) {
    for size in [Size::Single, Size::Double] {
        let request = FigureRequest { size, ..request("x", kind.clone()) };
        assert_room(study, &request, &format!("{size:?} {what:?} {kind:?}"));
    }
}

fn labels(n: usize, long: bool, what: &str) -> Vec<Named> {
    let more = if long {
        ", also when the clinic is busy and interdepartmental plans change at short notice"
    } else {
        ""
    };
    (0..n).map(|i| named(&format!("{what}-{i}"), &format!("A {what} of number {i}{more}"))).collect()
}

fn question(group: &str, kind: Kind, items: Vec<Named>, levels: Vec<Named>) -> QuestionOutline {
    QuestionOutline {
        group: group.into(),
        id: "q".into(),
        label: "What do you think?".into(),
        wording: String::new(),
        kind,
        items,
        levels,
        parts: Vec::new(),
        top: 0..0,
    }
}

fn outline(much: Much) -> Outline {
    let ids = ["one", "two", "three", "four"];
    let label = |id: &str| {
        if much.long { format!("The very long name of group {id} of the department") } else { id.to_owned() }
    };
    Outline {
        groups: ids[..much.groups].iter().map(|id| named(id, &label(id))).collect(),
        ..Outline::default()
    }
}

fn base(n: u64, missing: &[(Missing, u64)]) -> Base {
    let missing: BTreeMap<Missing, u64> = missing.iter().copied().collect();
    let answered = n - missing.values().sum::<u64>();
    let people = People { received: n, included: n, ..People::default() };
    Base {
        people: Some(Arc::new(people)),
        asked: Some(Asked::new(n, answered, missing).unwrap()),
        sides: Vec::new(),
    }
}

fn finding(id: &str, statistic: Statistic, base: &Base, value: Value) -> Finding {
    let group = id.split('/').next().unwrap_or_default().to_owned();
    Finding {
        id: FindingId::new([id]),
        group,
        question: Some("q".into()),
        item: None,
        level: None,
        statistic,
        base: base.clone(),
        value,
        interval: None,
        method: None,
        counts: None,
        cautions: Vec::new(),
    }
}

fn with_interval(finding: Finding, low: f64, high: f64) -> Finding {
    let level = ConfidenceLevel::new(0.95).unwrap();
    Finding { interval: Some(Interval { low, high, level, method: METHOD }), ..finding }
}

/// A ranking; the mean rank of the item at position i is i + 1, its log-worth -i, each with half a unit at both sides.
fn ranking(much: Much) -> Study {
    let mut study = Study { outline: outline(much), ..Study::default() };
    for group in study.outline.groups.clone() {
        let asked = question(&group.id, Kind::Ranking, labels(much.rows, much.long, "item"), Vec::new());
        let base = base(much.n, &[]);
        for (position, item) in (0..).map(f64::from).zip(&asked.items) {
            let id = |tail: &str| asked.item_finding(item, tail).as_str().to_owned();
            let number =
                |tail: &str, statistic, value| finding(&id(tail), statistic, &base, Value::Number(value));
            let around = |finding, at: f64| with_interval(finding, at - 0.5, at + 0.5);
            let rank = position + 1.0;
            study.findings.push(around(number("mean-rank", Statistic::MeanRank, rank), rank));
            study.findings.push(around(number("log-worth", Statistic::LogWorth, -position), -position));
            study.findings.push(number("worth", Statistic::Worth, 0.25));
        }
        study.outline.questions.push(asked);
    }
    study
}

/// A multi-select with so many combinations, of which each holds up to three choices.
fn ticked(much: Much, combinations: usize) -> Study {
    let mut study = Study { outline: outline(much), ..Study::default() };
    for group in study.outline.groups.clone() {
        let asked =
            question(&group.id, Kind::Multi, vec![named("", "")], labels(much.rows, much.long, "choice"));
        let base = base(much.n + 1, &[(Missing::Skipped, 1)]);
        for level in &asked.levels {
            let value = Value::share(much.n, much.n);
            study.findings.push(finding(asked.finding(&level.id).as_str(), Statistic::Ticked, &base, value));
        }
        let distinct = Value::Count(combinations as u64 + 3);
        study.findings.push(finding(
            asked.finding("distinct-combinations").as_str(),
            Statistic::DistinctCombinations,
            &base,
            distinct,
        ));
        for i in 0..combinations {
            let choices = [i, i / 2, i + 1].map(|at| at % much.rows);
            let level = choices.map(|at| asked.levels[at].id.clone()).join("+");
            let count = if i == 0 { much.n / 2 } else { u64::from(much.n > 500) };
            let id = asked.finding(&format!("combination/{i}"));
            let found = finding(id.as_str(), Statistic::Combination, &base, Value::share(count, much.n));
            study.findings.push(Finding { level: Some(level), ..found });
        }
        study.outline.questions.push(asked);
    }
    study
}

/// Comparisons within one group by an answer of so many sides; every third item has another effect, every fifth none.
fn compared(much: Much) -> Study {
    let mut study = Study { outline: outline(Much { groups: 1, ..much }), ..Study::default() };
    let sides = labels(much.groups.max(2), much.long, "side");
    study.outline.comparisons = vec![named("one:by", "one by answer")];
    let asked = question("one", Kind::Likert, labels(much.rows, much.long, "item"), Vec::new());
    let side = |side: &Named| Side {
        id: format!("one:by:{}", side.id),
        label: side.label.clone(),
        included: much.n,
        answered: much.n,
    };
    let base = Base { sides: sides.iter().map(side).collect(), ..base(much.n, &[]) };
    for (i, item) in asked.items.iter().enumerate() {
        let id = |tail: &str| format!("one:by/q/{}/{tail}", item.id);
        let test = TestResult {
            statistic: None,
            df: Vec::new(),
            p: 0.02,
            which: Which::TwoSided,
            smallest: Some(0.01),
            adjusted: None,
        };
        let mut test = finding(&id("test"), Statistic::Test, &base, Value::Test(test));
        test.item = Some(item.id.clone());
        study.findings.push(test);
        let (statistic, value) = match (i % 3, i % 5) {
            (_, 4) => (Statistic::Superiority, Value::NotComputed(Reason::EmptyBase)),
            (2, _) => (Statistic::HedgesG, Value::Number(-120.5)),
            _ => (Statistic::Superiority, Value::Number(0.7)),
        };
        let effect = finding(&id("effect"), statistic, &base, value);
        study.findings.push(with_interval(effect, f64::NEG_INFINITY, 0.9));
        for side in &sides {
            for (tail, number) in [("median", 3.0), ("q1", 2.25), ("q3", 4.0), ("mean", 3.1), ("sd", 1.0)] {
                let id = format!("one:by:{}/q/{}/{tail}", side.id, item.id);
                study.findings.push(finding(&id, Statistic::Median, &base, Value::Number(number)));
            }
        }
    }
    study.outline.questions.push(asked);
    study
}

/// A crosstab of so many answers and sides.
fn crossed(much: Much) -> Study {
    let mut study = compared(Much { rows: 1, ..much });
    study.outline.questions[0].items = vec![named("", "")];
    study.outline.questions[0].levels = labels(much.rows, much.long, "answer");
    study.findings = Findings::default();
    let asked = study.outline.questions[0].clone();
    let sides = labels(much.groups * 3, much.long, "side");
    let side = |side: &Named| Side {
        id: format!("one:by:{}", side.id),
        label: side.label.clone(),
        included: much.n,
        answered: much.n,
    };
    let base = Base { sides: sides.iter().map(side).collect(), ..base(much.n, &[]) };
    for (i, level) in asked.levels.iter().enumerate() {
        for side in &sides {
            let id = format!("one:by/q/{}/{}/column", level.id, side.id);
            let value =
                if i == 1 { Value::NotComputed(Reason::EmptyBase) } else { Value::share(much.n, much.n) };
            study.findings.push(finding(&id, Statistic::ColumnShare, &base, value));
        }
        let total = format!("one:by/q/{}/row-total", level.id);
        study.findings.push(finding(&total, Statistic::TotalShare, &base, Value::share(much.n, much.n)));
    }
    study
}

/// Pairs whose answers on a scale of so many points all lie on the first, but for one pair.
fn paired(much: Much) -> Study {
    let mut study = Study { outline: outline(Much { groups: 2, ..much }), ..Study::default() };
    let levels = labels(much.rows.min(11), much.long, "point");
    let link = LinkOutline {
        id: "pairs".into(),
        label: "Pairs".into(),
        between: ["one".into(), "two".into()],
        same_people: false,
        attributes: Vec::new(),
    };
    study.outline.links = vec![link];
    let asked = question("one", Kind::Likert, labels(much.groups, much.long, "item"), levels);
    let base = base(much.n, &[]);
    for item in &asked.items {
        for (i, one) in asked.levels.iter().enumerate() {
            for (j, two) in asked.levels.iter().enumerate() {
                let id = format!("pairs/q/{}/across/{}/{}", item.id, one.id, two.id);
                let alone = asked.levels.len() == 1;
                let count = match (i, j) {
                    (0, 0) => much.n - u64::from(!alone),
                    (0, 1) => 1,
                    _ => 0,
                };
                study.findings.push(finding(&id, Statistic::Across, &base, Value::Count(count)));
            }
        }
    }
    study.outline.questions.push(asked);
    study
}

/// A battery of so many items, which some did not answer for one reason or another.
fn unanswered(much: Much) -> Study {
    let mut study = Study { outline: outline(much), ..Study::default() };
    for group in study.outline.groups.clone() {
        let asked = question(&group.id, Kind::Likert, labels(much.rows, much.long, "item"), Vec::new());
        for (i, item) in asked.items.iter().enumerate() {
            let some = much.n / 4;
            let missing = match i % 4 {
                0 => vec![(Missing::Skipped, some), (Missing::NotAsked, some)],
                1 => vec![(Missing::NotReached, some), (Missing::Blank, some), (Missing::Refused, 1)],
                2 => vec![(Missing::NotAsked, much.n)],
                _ => vec![(Missing::NotApplicable, 1), (Missing::TooFewItems, some)],
            };
            let base = base(much.n, &missing);
            let answered = base.asked.as_ref().unwrap().answered;
            let id = asked.item_finding(item, "answered");
            study.findings.push(finding(id.as_str(), Statistic::Answered, &base, Value::Count(answered)));
        }
        study.outline.questions.push(asked);
    }
    study
}

fn q() -> String {
    "q".to_owned()
}

fn forest() -> FigureKind {
    FigureKind::Forest { questions: vec![q()], compared: Compared::default() }
}

fn crosstab() -> FigureKind {
    FigureKind::Crosstab { question: q(), percent: PercentOf::Column, compared: Compared::default() }
}

fn missing(order: MissingOrder) -> FigureKind {
    FigureKind::Missing { questions: Vec::new(), order }
}

fn dyads() -> FigureKind {
    FigureKind::Dyads { link: "pairs".into(), questions: vec![q()] }
}

#[test]
fn estimates_have_room() {
    for much in mixtures() {
        assert_all_room(&ranking(much), &FigureKind::MeanRank { question: q() }, much);
        assert_all_room(&ranking(much), &FigureKind::Worths { question: q() }, much);
        assert_all_room(&compared(much), &forest(), much);
    }
}

#[test]
fn combinations_have_room() {
    for much in mixtures().filter(|much| much.groups < 4 && much.n != 944) {
        // Sixty choices and many combinations fill several blocks; a few are enough to see whether they fit.
        for combinations in [0, 1, if much.rows == 60 { 8 } else { 30 }] {
            assert_all_room(&ticked(much, combinations), &FigureKind::Upset { question: q() }, much);
        }
    }
}

#[test]
fn grids_have_room() {
    for much in mixtures() {
        assert_all_room(&crossed(much), &crosstab(), much);
        assert_all_room(&paired(much), &dyads(), much);
        assert_all_room(&unanswered(much), &missing(MissingOrder::Size), much);
    }
}

#[test]
fn without_findings_every_kind_says_so_instead_of_failing() {
    let much = Much { groups: 2, rows: 3, n: 14, long: false };
    let of = |study: Study, kind: FigureKind| {
        let empty = Study { findings: Findings::default(), ..study };
        assert_all_room(&empty, &kind, much);
        render(&request("x", kind), &empty.outline, &empty.findings, STYLE).unwrap().alt
    };
    let not = "not part of this study's analyses";
    assert!(of(ranking(much), FigureKind::MeanRank { question: q() }).contains(not));
    assert!(of(ranking(much), FigureKind::Worths { question: q() }).contains(not));
    assert!(of(ticked(much, 2), FigureKind::Upset { question: q() }).contains(not));
    assert!(of(paired(much), dyads()).contains(not));
    of(compared(much), forest());
    of(crossed(much), crosstab());
    of(unanswered(much), missing(MissingOrder::Asked));
}

fn panels(study: &Study) -> Vec<EstimatesPanel> {
    spec::mean_rank::mean_rank_spec(&study.outline, &study.findings, &[], "q", STYLE).unwrap().panels
}

#[test]
fn groups_that_ranked_the_same_items_share_an_axis_and_others_do_not() {
    let mut study = ranking(Much { groups: 2, rows: 3, n: 14, long: false });
    let together = panels(&study);
    assert_eq!(together.len(), 1);
    assert_eq!(together[0].series, ["one (rankings: 14)", "two (rankings: 14)"]);
    assert_eq!(together[0].rows[2].lines[1].cells, ["3.00\n[2.50 to 3.50]"]);
    study.outline.questions[1].items[0].label = "Something else".into();
    let apart = panels(&study);
    assert_eq!(apart.len(), 2);
    assert!(apart.iter().all(|panel| panel.series.is_empty() && panel.reach() == Some((0.5, 3.5))));
}

#[test]
fn a_worth_that_cannot_be_estimated_is_a_reason_and_no_mark() {
    let mut study = ranking(Much { groups: 1, rows: 3, n: 14, long: false });
    study.replace(
        "one/q/item-1/log-worth",
        &Value::NotComputed(Reason::NotApplicable("everybody ranks it last")),
    );
    let kind = FigureKind::Worths { question: q() };
    let (scene, words) = compose(&request("x", kind), &study.outline, &study.findings, STYLE).unwrap();
    let dots = scene.shapes.iter().filter(|shape| matches!(shape, scene::Shape::Dot { .. })).count();
    assert_eq!(dots, 2);
    assert!(words.alt.contains("not computed: not applicable: everybody ranks it last"), "{}", words.alt);
    assert!(words.alt.contains("A item of number 0 (reference)"));
}

#[test]
fn effects_of_different_kinds_have_axes_of_their_own() {
    let study = compared(Much { groups: 2, rows: 5, n: 14, long: false });
    let questions = [q()];
    let spec = spec::forest::forest_spec(
        &study.outline,
        &study.findings,
        &[],
        &questions,
        &Compared::default(),
        STYLE,
    );
    let panels = spec.unwrap().panels;
    let shown: Vec<(&str, Option<f64>, usize)> =
        panels.iter().map(|panel| (panel.heading.as_str(), panel.axis.null, panel.rows.len())).collect();
    // Items 0, 1, 3 and, not computed, 4; item 2.
    assert_eq!(shown, [("Probability of superiority (A)", Some(0.5), 4), ("Hedges' g", Some(0.0), 1)]);
    let line = &panels[0].rows[0].lines[0];
    assert_eq!(line.cells[0], "3.00 [2.25, 4.00],\nn=14");
    assert_eq!(line.cells[3], ".02\n[.01]");
    assert!(panels[0].rows[3].lines[0].estimate.is_err());
}

#[test]
fn an_upset_plot_says_who_is_not_in_it() {
    let study = ticked(Much { groups: 1, rows: 4, n: 14, long: false }, 1);
    let spec = spec::upset::upset_spec(&study.outline, &study.findings, &[], "q", STYLE).unwrap();
    assert_eq!(
        spec.panels[0].base,
        "Respondents who answered: 14; shown: 1 of 4 combinations; ticked others: 7; nothing ticked: 1 skipped"
    );
    let mut study = ticked(Much { groups: 1, rows: 4, n: 14, long: false }, 2);
    study.replace("one/q/combination/1", &Value::share(8, 14));
    let refused = spec::upset::upset_spec(&study.outline, &study.findings, &[], "q", STYLE);
    assert!(matches!(refused, Err(NotDrawn::Unbalanced { .. })), "7 + 8 of 14: {refused:?}");
}

#[test]
fn crossed_answers_must_add_up_to_the_pairs() {
    let mut study = paired(Much { groups: 1, rows: 5, n: 14, long: false });
    let read =
        |study: &Study| spec::dyads::dyads_spec(&study.outline, &study.findings, "pairs", &[q()], STYLE);
    let panel = read(&study).unwrap().panels.remove(0);
    let framed: usize =
        panel.cells.iter().flatten().filter(|cell| cell.as_ref().is_ok_and(|cell| cell.framed)).count();
    assert_eq!(framed, 5);
    assert_eq!(panel.beside[0].cells, ["14\n(100%)", "0", "0", "0", "0"]);
    assert_eq!(panel.foot.unwrap().1, ["13\n(93%)", "1\n(7%)", "0", "0", "0"]);
    study.replace("pairs/q/item-0/across/point-3/point-3", &Value::Count(1));
    assert!(matches!(read(&study), Err(NotDrawn::Unbalanced { .. })));
}

#[test]
fn those_who_were_not_asked_are_not_missing() {
    let study = unanswered(Much { groups: 1, rows: 4, n: 16, long: false });
    let read =
        |order| spec::missing::missing_spec(&study.outline, &study.findings, &[], &[], order, STYLE).unwrap();
    let asked = read(MissingOrder::Asked).panels.remove(0);
    assert_eq!(
        asked.columns,
        [
            "Not reached",
            "Skipped",
            "Not applicable",
            "Refused",
            "Blank, reason unknown",
            "Too few items answered"
        ]
    );
    let skipped = asked.cells[0][1].as_ref().unwrap().share;
    // 16 people, 4 of them not asked: 4 of 12 skipped.
    assert_eq!((skipped.count, skipped.of), (4, 12));
    assert_eq!(asked.beside[0].cells[0], "8\n(67%)");
    assert_eq!(asked.beside[1].cells, ["4", "0", "16", "0"]);
    assert_eq!(asked.cells[2][0], Err("nobody was asked".to_owned()));
    let by_size: Vec<String> = read(MissingOrder::Size).panels.remove(0).rows;
    // 4 of 12, 9 of 16, nobody asked, 5 of 16.
    assert_eq!(by_size, [1, 0, 3, 2].map(|i| format!("A item of number {i}")));
}

#[test]
fn a_battery_of_another_kind_is_refused() {
    let study = samples::likert(&samples::Battery::default());
    let kind = FigureKind::Upset { question: "expectations".into() };
    let refused = render(&request("x", kind), &study.outline, &study.findings, STYLE);
    assert!(matches!(refused, Err(NotDrawn::WrongKind { .. })));
}
