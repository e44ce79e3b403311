//! Figures through the public interface: findings in, documents out.

use std::collections::BTreeMap;
use std::sync::Arc;

use canvass::figures::{FigureKind, FigureRequest, Likert, Size, Theme, png, render};
use canvass::findings::{
    Asked, Base, Disposition, Excluded, Finding, FindingId, Findings, Kind, Named, Outline, People,
    QuestionOutline, Statistic, Value,
};
use canvass::numbers::NumberStyle;

fn named(id: &str, label: &str) -> Named {
    Named { id: id.into(), label: label.into() }
}

/// Twenty-two invited, fourteen analysed; one item: 0, 1, 4, 4, 5.
fn study() -> (Outline, Findings) {
    let invited = BTreeMap::from([
        (Disposition::Complete, 13),
        (Disposition::Partial, 1),
        (Disposition::BreakOff, 2),
        (Disposition::Silent, 6),
    ]);
    let excluded = vec![
        Excluded { rule: "preview".into(), count: 1, ..Excluded::default() },
        Excluded { rule: "duplicate".into(), count: 0, ..Excluded::default() },
        Excluded { rule: "unfinished".into(), count: 2, ..Excluded::default() },
    ];
    let people = Arc::new(People {
        invited: Some(invited),
        received: 17,
        excluded,
        included: 14,
        ..People::default()
    });
    let asked = Asked::new(14, 14, BTreeMap::new()).expect("14 = 14");
    let base = Base { people: Some(people), asked: Some(asked), sides: Vec::new() };
    let labels = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"];
    let ids = ["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"];
    let question = QuestionOutline {
        group: "students".into(),
        id: "expectations".into(),
        label: "Expectations".into(),
        wording: String::new(),
        kind: Kind::Likert,
        items: vec![named("reach", "My mentor is easy to reach")],
        levels: ids.iter().zip(labels).map(|(id, label)| named(id, label)).collect(),
        parts: Vec::new(),
        top: 3..5,
    };
    let mut findings = Findings::default();
    for (id, count) in ids.iter().zip([0, 1, 4, 4, 5]) {
        findings.push(Finding {
            id: FindingId::new(["students", "expectations", "reach", id]),
            group: "students".into(),
            question: Some("expectations".into()),
            item: Some("reach".into()),
            level: None,
            statistic: Statistic::Level,
            base: base.clone(),
            value: Value::share(count, 14),
            interval: None,
            method: None,
            counts: None,
            cautions: Vec::new(),
        });
    }
    let outline = Outline {
        title: "A study".into(),
        notes: vec!["Synthetic answers.".into()],
        groups: vec![named("students", "Students")],
        comparisons: Vec::new(),
        links: Vec::new(),
        questions: vec![question],
    };
    (outline, findings)
}

fn request(kind: FigureKind) -> FigureRequest {
    FigureRequest {
        id: "figure".into(),
        title: String::new(),
        groups: Vec::new(),
        kind,
        size: Size::Double,
        theme: Theme::Light,
        bare: false,
    }
}

#[test]
fn a_flow_can_be_read_from_any_finding_of_its_group() {
    let (outline, findings) = study();
    let figure = render(&request(FigureKind::Flow), &outline, &findings, NumberStyle::Ama).unwrap();
    let numbers: Vec<(&str, &str)> =
        figure.data.iter().skip(1).map(|row| (row[1].as_str(), row[2].as_str())).collect();
    assert_eq!(
        numbers,
        [
            ("invited", "22"),
            ("complete", "13"),
            ("partial", "1"),
            ("break-off", "2"),
            ("no response", "6"),
            ("rows received", "17"),
            ("left out: previews and tests", "1"),
            ("left out: further responses of one person", "0"),
            ("left out: not submitted", "2"),
            ("analysed", "14"),
        ]
    );
}

#[test]
fn a_figure_says_what_it_shows_and_what_must_be_said_with_it() {
    let (outline, findings) = study();
    let kind = FigureKind::Likert { question: "expectations".into(), manner: Likert::default() };
    let figure = render(&request(kind), &outline, &findings, NumberStyle::Ama).unwrap();
    assert_eq!(
        figure.alt,
        "Expectations. Students: My mentor is easy to reach: N 14; Strongly disagree 0, Disagree 1, Neutral 4, Agree 4, \
         Strongly agree 5; top box 9 of 14 (64%). Synthetic answers."
    );
    assert!(figure.svg.contains("<title id=\"figure-title\">Expectations</title>"));
    assert!(figure.texts.iter().any(|text| text.text == "Synthetic answers."));
    assert!(figure.cautions.is_empty());
    // The font travels with the figure; nothing is fetched.
    assert!(figure.svg.contains("@font-face") && !figure.svg.contains("url(http"));
}

#[test]
fn a_picture_is_a_png_and_the_same_twice() {
    let (outline, findings) = study();
    let figure = render(&request(FigureKind::Flow), &outline, &findings, NumberStyle::Plain).unwrap();
    let picture = png(&figure, 0.25).unwrap();
    assert_eq!(picture[..8], [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A]);
    assert_eq!(picture, png(&figure, 0.25).unwrap());
}
