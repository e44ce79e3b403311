//! Tests of whole figures: room, words, bytes.

mod looked_at;

use super::samples::{self, Battery, Picked, Ranks, Study, named};
use super::scene::Shape;
use super::*;
use crate::findings::Kind;

use looked_at::assert_contrast;
pub(super) use looked_at::assert_room;

pub(super) fn request(id: &str, kind: FigureKind) -> FigureRequest {
    FigureRequest {
        id: id.into(),
        title: String::new(),
        groups: Vec::new(),
        kind,
        size: Size::Double,
        theme: Theme::Light,
        bare: false,
    }
}

fn draw(study: &Study, kind: FigureKind) -> Figure {
    render(&request("figure", kind), &study.outline, &study.findings, NumberStyle::Ama).unwrap()
}

/// A figure whose title is this.
pub(in crate::figures) fn sample(title: &str) -> Figure {
    let study = samples::choices(&Picked::default());
    let request = FigureRequest { title: title.to_owned(), ..request("sample", choices()) };
    render(&request, &study.outline, &study.findings, NumberStyle::Ama).unwrap()
}

fn diverging() -> FigureKind {
    FigureKind::Likert { question: "expectations".into(), manner: Likert::default() }
}

fn ranking() -> FigureKind {
    FigureKind::Ranking { question: "preferred".into() }
}

fn choices() -> FigureKind {
    FigureKind::Choices { question: "motivations".into() }
}

/// One study of every kind of figure, of so many groups, rows and people.
fn every_kind(groups: usize, rows: usize, n: u64, long: bool) -> [(Study, FigureKind); 3] {
    [
        (samples::likert(&Battery { groups, items: rows, n, long, ..Battery::default() }), diverging()),
        (samples::choices(&Picked { groups, choices: rows, n, long }), choices()),
        (samples::ranking(&Ranks { groups, items: rows, n, long }), ranking()),
    ]
}

#[test]
fn no_text_overlaps_another_or_leaves_the_page() {
    // A poster is laid out as a page and enlarged.
    for size in [Size::Single, Size::Double, Size::Slide] {
        for (groups, n, rows, long) in sizes() {
            let what = format!("{size:?}, {groups} groups, {rows} rows, n {n}, long {long}");
            for (study, kind) in every_kind(groups, rows, n, long) {
                assert_room(&study, &FigureRequest { size, ..request("x", kind) }, &what);
            }
        }
    }
}

/// Groups, people, rows, and whether labels are long.
fn sizes() -> impl Iterator<Item = (usize, u64, usize, bool)> {
    let people = [4, 9, 14, 944, 2_000_000];
    let rows = [1, 3, 8, 25, 60];
    people
        .into_iter()
        .flat_map(move |n| rows.into_iter().flat_map(move |rows| [(1, n, rows, false), (3, n, rows, true)]))
}

#[test]
fn texts_and_marks_can_be_seen_in_every_theme() {
    for size in [Size::Single, Size::Double] {
        for (study, kind) in [4, 14, 944].into_iter().flat_map(|n| every_kind(2, 5, n, false)) {
            let request = FigureRequest { size, ..request("x", kind) };
            assert_contrast(&study, &request, &format!("{:?}", request.kind));
        }
        let flow = FigureRequest { size, ..request("x", FigureKind::Flow) };
        assert_contrast(&samples::response(), &flow, "flow");
    }
}

#[test]
fn labels_of_every_script_have_room() {
    let labels = [
        "Συμφωνώ απόλυτα με αυτή τη δήλωση και με όλες τις άλλες",
        "Полностью согласен с этим утверждением, даже если клиника занята",
        "Jag håller helt med – även när schemat är fullt; Zażółć gęślą jaźń",
        "この意見にまったく賛成します。診療所が忙しいときも予定が急に変わるときも同じです。",
        "אני מסכים לחלוטין עם המשפט הזה (גם כשהמרפאה עמוסה)",
        "أوافق تمامًا على هذه العبارة حتى عندما تكون العيادة مزدحمة",
    ];
    for (_, size) in Size::NAMES {
        for (mut study, kind) in every_kind(2, labels.len(), 14, false) {
            for question in &mut study.outline.questions {
                let named = question.items.iter_mut().filter(|item| !item.id.is_empty());
                for (thing, label) in named.zip(labels) {
                    label.clone_into(&mut thing.label);
                }
                for (thing, label) in question.levels.iter_mut().zip(labels) {
                    label.clone_into(&mut thing.label);
                }
            }
            for (group, label) in study.outline.groups.iter_mut().zip(labels.iter().rev()) {
                (*label).clone_into(&mut group.label);
            }
            assert_room(&study, &FigureRequest { size, ..request("x", kind) }, &format!("scripts, {size:?}"));
        }
    }
}

#[test]
fn every_manner_of_a_battery_has_room_in_every_size() {
    use crate::figures::{Facet, InSegments, LikertShape, Neutral, OutsideAs, Thin};
    let usual = Likert { totals: true, outside: OutsideAs::Bars, ..Likert::default() };
    let manners = [
        Likert::default(),
        Likert { neutral: Neutral::Split, order: ItemOrder::TopBox, ..usual },
        Likert { neutral: Neutral::Aside, numbers: Some(InSegments::Both), ..usual },
        Likert { facet: Facet::Item, numbers: Some(InSegments::Percents), neutral: Neutral::Aside, ..usual },
        Likert { shape: LikertShape::Stacked, facet: Facet::Item, thin: Some(Thin::Omit), ..usual },
    ];
    for (number, manner) in manners.into_iter().enumerate() {
        for (groups, items, n, long) in [
            (1, 1, 1, false),
            (4, 3, 9, true),
            (2, 60, 944, false),
            (3, 4, 2_000_000, true),
            (2, 2, 150, false),
        ] {
            let study = samples::likert(&Battery { groups, items, n, long, ..Battery::default() });
            for size in [Size::Single, Size::Double, Size::Slide] {
                let kind = FigureKind::Likert { question: "expectations".into(), manner };
                let request = FigureRequest { size, ..request("x", kind) };
                let what = format!("manner {number}, {groups} groups, {items} items, n {n}, {size:?}");
                assert_room(&study, &request, &what);
            }
        }
    }
}

fn bars(marks: BarMarks) -> FigureKind {
    FigureKind::Bars { question: "motivations".into(), order: None, marks }
}

fn slope(question: &str, by: SlopeBy) -> FigureKind {
    FigureKind::Slope { question: question.into(), sides: Sides::Groups, measure: None, by }
}

#[test]
fn shares_and_lines_have_room_in_every_size() {
    for groups in 1..=4 {
        for (n, choices, long) in
            [(1, 1, false), (9, 8, true), (14, 3, false), (944, 60, false), (2_000_000, 25, true)]
        {
            let picked = samples::choices(&Picked { groups, choices, n, long });
            let ranked = samples::ranking(&Ranks { groups, items: choices.min(25), n, long });
            let some = samples::choices(&Picked { groups, choices, n, long }).with_intervals();
            for size in [Size::Single, Size::Double, Size::Slide] {
                let what = format!("{groups} groups, {choices} choices, n {n}, long {long}, {size:?}");
                let of = |kind| FigureRequest { size, ..request("x", kind) };
                assert_room(&picked, &of(bars(BarMarks::Bars)), &what);
                assert_room(&some, &of(bars(BarMarks::Bars)), &what);
                assert_room(&some, &of(bars(BarMarks::Points)), &what);
                if groups > 1 {
                    for by in [SlopeBy::Value, SlopeBy::Rank] {
                        assert_room(&picked, &of(slope("motivations", by)), &what);
                        assert_room(&ranked, &of(slope("preferred", by)), &what);
                    }
                }
            }
        }
    }
}

#[test]
fn a_bar_says_its_share_and_its_interval() {
    let study = samples::choices(&Picked { groups: 2, n: 14, ..Picked::default() }).with_intervals();
    let figure = draw(&study, bars(BarMarks::Bars));
    let said = |words: &str| figure.texts.iter().filter(|text| text.text == words).count();
    // Wilson's limits for 11 of 14, by R: prop.test(11, 14, correct = FALSE).
    assert_eq!((said("11 of 14 (79%)"), said("52% to 92%")), (2, 2));
    assert!(
        figure.alt.contains("Shared identity matters to me 11 of 14 (79%), interval 52% to 92%"),
        "{}",
        figure.alt
    );
    assert!(figure.texts.iter().any(|text| text.text.contains("Lines are 95% intervals (Wilson")));
    let plain = draw(&samples::choices(&Picked { n: 14, ..Picked::default() }), bars(BarMarks::Bars));
    assert!(plain.texts.iter().any(|text| text.text == "No share of this figure has an interval."));
}

#[test]
fn few_people_are_dots_filled_for_those_who_are_counted() {
    let study = samples::choices(&Picked { choices: 2, n: 4, ..Picked::default() });
    let (scene, _) =
        compose(&request("x", bars(BarMarks::Bars)), &study.outline, &study.findings, NumberStyle::Ama)
            .unwrap();
    let circles = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Dot { .. })).count();
    assert_eq!(circles, 2 * 2 * 4);
    let filled = |shape: &&Shape| matches!(shape, Shape::Dot { paint, .. } if *paint == super::paint::BAR);
    // 4 * 3 / 10 and 4 * 8 / 10 tick the two choices.
    assert_eq!(scene.shapes.iter().filter(filled).count(), 1 + 3);
    assert!(!scene.texts.iter().any(|text| text.text == "100%"), "dots are not measured");
}

fn numbers(drawn: NumbersAs) -> FigureKind {
    FigureKind::Numbers { question: "hours".into(), drawn }
}

#[test]
fn distributions_of_numbers_have_room_in_every_size() {
    for groups in 1..=4 {
        for n in [1, 14, 944, 2_000_000] {
            for whole in [false, true] {
                let study = samples::numbers(groups, whole, n);
                for size in [Size::Single, Size::Double, Size::Slide] {
                    for drawn in [NumbersAs::Histogram, NumbersAs::Box] {
                        let request = FigureRequest { size, ..request("x", numbers(drawn)) };
                        assert_room(
                            &study,
                            &request,
                            &format!("{groups} groups, n {n}, whole {whole}, {size:?}"),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_distribution_says_its_bins_and_its_quartiles() {
    let study = samples::numbers(1, false, 25);
    let figure = draw(&study, numbers(NumbersAs::Histogram));
    assert!(
        figure
            .alt
            .contains("Students: N 25, median [Q1, Q3] 4.5 [3.0, 6.0]; 0 to 2: 1, 2 to 4: 4, 4 to 6: 7"),
        "{}",
        figure.alt
    );
    let boxes = draw(&study, numbers(NumbersAs::Box));
    assert!(boxes.alt.contains("whiskers 1 to 9, smallest 0.5, largest 12.5."), "{}", boxes.alt);
    let mut less = study.clone();
    less.remove("students/hours/whisker-low");
    let figure = draw(&less, numbers(NumbersAs::Box));
    assert!(figure.alt.contains("ask with distribution = true"), "{}", figure.alt);
    let mut wrong = study;
    wrong.replace("students/hours/bin/1", &crate::findings::Value::share(5, 25));
    let error =
        render(&request("x", numbers(NumbersAs::Box)), &wrong.outline, &wrong.findings, NumberStyle::Ama);
    assert!(matches!(error, Err(NotDrawn::Unbalanced { .. })));
}

#[test]
fn lines_need_two_groups_and_a_measure_that_fits() {
    let one = samples::choices(&Picked::default());
    let error = |study: &Study, kind| {
        render(&request("x", kind), &study.outline, &study.findings, NumberStyle::Ama).unwrap_err()
    };
    let found = error(&one, slope("motivations", SlopeBy::Value));
    assert_eq!(found, NotDrawn::OneColumn { question: "motivations".into() });
    let two = samples::choices(&Picked { groups: 2, ..Picked::default() });
    let kind = FigureKind::Slope {
        question: "motivations".into(),
        sides: Sides::Groups,
        measure: Some(Measure::Mean),
        by: SlopeBy::Value,
    };
    assert!(matches!(error(&two, kind), NotDrawn::WrongKind { .. }));
}

#[test]
fn ranks_follow_the_values_and_ties_share_one() {
    let mut study = samples::choices(&Picked { groups: 2, choices: 3, n: 14, ..Picked::default() });
    for (choice, count) in [("choice-0", 5), ("choice-1", 9), ("other", 5)] {
        study.replace(&format!("residents/motivations/{choice}"), &crate::findings::Value::share(count, 14));
    }
    let figure = draw(&study, slope("motivations", SlopeBy::Rank));
    let ranks: Vec<&str> = figure.data[4..].iter().map(|row| row[5].as_str()).collect();
    assert_eq!(ranks, ["2", "1", "2"]);
    assert!(
        figure.alt.contains("Residents: My mentor is easy to reach rank 2, 5 of 14 (36%)"),
        "{}",
        figure.alt
    );
}

#[test]
fn flows_of_one_to_four_groups_have_room() {
    let study = samples::response_with(|people| {
        people.received += 2_000_000;
        people.included += 2_000_000;
    });
    for (_, size) in Size::NAMES {
        for n in 1..=4 {
            let groups: Vec<String> =
                study.outline.groups.iter().take(n).map(|group| group.id.clone()).collect();
            let request = FigureRequest { groups, size, ..request("flow", FigureKind::Flow) };
            assert_room(&study, &request, &format!("{n} groups, {size:?}"));
        }
    }
}

#[test]
fn two_drawings_are_the_same_bytes() {
    let study = samples::likert(&Battery { n: 14, groups: 2, ..Battery::default() });
    let (a, b) = (draw(&study, diverging()), draw(&study, diverging()));
    assert_eq!(a.svg, b.svg);
    assert_eq!(png(&a, 0.5).unwrap(), png(&b, 0.5).unwrap());
}

#[test]
fn a_picture_has_the_size_of_its_print() {
    let figure = draw(&samples::choices(&Picked::default()), choices());
    let bytes = png(&figure, 1.0).unwrap();
    let width = u32::from_be_bytes(bytes[16..20].try_into().unwrap());
    // 180 mm at 300 dots per inch.
    assert_eq!(width, 2126);
    let density = bytes.windows(4).position(|window| window == b"pHYs").unwrap();
    assert_eq!(bytes[density + 4..density + 8], 11_811u32.to_be_bytes());
}

#[test]
fn a_scale_that_cannot_be_painted_is_an_error() {
    let figure = draw(&samples::choices(&Picked::default()), choices());
    assert_eq!(png(&figure, 0.0), Err(NotPainted::Size));
    assert_eq!(png(&figure, f32::NAN), Err(NotPainted::Size));
}

#[test]
fn every_declared_point_is_in_the_legend() {
    for k in 2..=11 {
        let levels = (0..k).map(|i| named(&format!("point-{i}"), &format!("Point number {i}"))).collect();
        let figure = draw(&samples::likert(&Battery { levels, n: 14, ..Battery::default() }), diverging());
        for i in 0..k {
            let label = format!("Point number {i}");
            assert_eq!(figure.texts.iter().filter(|text| text.text == label).count(), 1, "{label} of {k}");
        }
    }
}

#[test]
fn each_row_says_its_base() {
    let figure = draw(&samples::likert(&Battery { items: 3, n: 944, ..Battery::default() }), diverging());
    let said = |words: &str| figure.texts.iter().filter(|text| text.text == words).count();
    // One of the three items is not applicable to one person.
    assert_eq!((said("944"), said("943")), (2, 1));
    assert_eq!((said("N"), said("N/A")), (1, 1));
}

#[test]
fn each_person_of_a_small_group_is_a_dot() {
    let study = samples::likert(&Battery { items: 3, n: 4, ..Battery::default() });
    let (scene, _) =
        compose(&request("x", diverging()), &study.outline, &study.findings, NumberStyle::Ama).unwrap();
    // Each dot is two circles: its edge and its colour.
    let circles = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Dot { .. })).count();
    assert_eq!(circles, 2 * 3 * 4);
    let said = |words: &str| scene.texts.iter().any(|text| text.text.contains(words));
    assert!(said("Fewer than 10 answers: each dot is one person."));
    assert!(!said("%") && !said("bar"), "{:?}", scene.texts);
}

#[test]
fn alternative_texts_name_what_is_shown_with_its_numbers() {
    let likert = draw(&samples::likert(&Battery { n: 14, ..Battery::default() }), diverging());
    assert!(likert.alt.contains("Students: My mentor is easy to reach: N 14; Strongly disagree 0, "));
    let ranked = draw(&samples::ranking(&Ranks::default()), ranking());
    assert!(ranked.alt.contains("1. Senior medical student: rank 1 "), "{}", ranked.alt);
    assert!(ranked.alt.contains(" of 14 rankings; mean rank "));
    let picked = draw(&samples::choices(&Picked::default()), choices());
    assert!(picked.alt.contains("Students. Respondents who answered: 14; they could tick more than one"));
    assert!(picked.alt.contains("Shared identity matters to me 11 of 14 (79%)"), "{}", picked.alt);
    let study = samples::response();
    let flow = draw(&study, FigureKind::Flow);
    assert!(flow.alt.contains("Students: invited 22, ") && flow.alt.contains("RR2 14 of 22 (64%)"));
    assert!(flow.alt.contains("synthetic"), "what must be said with every output is said here too");
    for figure in [likert, ranked, picked, flow] {
        let parsed = resvg::usvg::roxmltree::Document::parse(&figure.svg).unwrap();
        let desc = parsed.descendants().find(|node| node.has_tag_name("desc")).unwrap();
        assert_eq!(desc.text(), Some(figure.alt.as_str()));
    }
}

#[test]
fn the_numbers_of_a_flow_are_all_in_the_picture() {
    let figure = draw(&samples::response(), FigureKind::Flow);
    let has = |words: &str| figure.texts.iter().any(|text| text.text == words);
    for words in ["Invited", "Complete", "Partial", "Break-off", "No response", "Rows received", "Left out"] {
        assert!(has(words), "{words}");
    }
    for count in ["22", "13", "19", "14", "20", "31", "25", "27"] {
        assert!(has(count), "{count}");
    }
    let zeros = figure.texts.iter().filter(|text| text.text == "0").count();
    // Residents: nobody partial, no duplicate. Third group: no preview.
    assert_eq!(zeros, 3);
}

#[test]
fn hostile_labels_stay_text_and_have_room() {
    let hostile = [
        "<script>alert('1')</script> & \"quotes\" ]]>".to_owned(),
        "=cmd|' /C calc'!A0\u{0}\u{8}\u{202e}reversed\u{ffff}".to_owned(),
        "x".repeat(5000),
        "very long ".repeat(500),
        "😀👩‍👩‍👧 漢字仮名 שלום e\u{301}".to_owned(),
        String::new(),
    ];
    let mut study = samples::likert(&Battery { items: 6, n: 14, ..Battery::default() });
    for question in &mut study.outline.questions {
        for (item, label) in question.items.iter_mut().zip(&hostile) {
            item.label.clone_from(label);
        }
        for (level, label) in question.levels.iter_mut().zip(&hostile) {
            level.label.clone_from(label);
        }
    }
    for (group, label) in study.outline.groups.iter_mut().zip(&hostile) {
        group.label.clone_from(label);
    }
    let figure = draw(&study, diverging());
    assert_room(&study, &request("x", diverging()), "hostile");
    let parsed = resvg::usvg::roxmltree::Document::parse(&figure.svg).unwrap();
    assert!(!parsed.descendants().any(|node| node.has_tag_name("script")));
    assert!(!figure.svg.contains('\u{0}') && !figure.svg.contains('\u{202e}'));
    assert_eq!(figure.cautions.len(), 1);
    assert!(
        figure.cautions[0].contains("U+05D5") && figure.cautions[0].contains("lacks 11 characters"),
        "{:?}",
        figure.cautions
    );
    assert!(png(&figure, 0.2).is_ok());
}

#[test]
fn a_question_that_nobody_was_asked_is_not_drawn() {
    let study = samples::likert(&Battery::default());
    let kind = FigureKind::Choices { question: "nothing".into() };
    let error = render(&request("x", kind), &study.outline, &study.findings, NumberStyle::Ama).unwrap_err();
    assert_eq!(error, NotDrawn::UnknownQuestion { question: "nothing".into() });
    let kind = FigureKind::Ranking { question: "expectations".into() };
    let error = render(&request("x", kind), &study.outline, &study.findings, NumberStyle::Ama).unwrap_err();
    assert_eq!(error, NotDrawn::WrongKind { question: "expectations".into(), kind: Kind::Likert });
}
