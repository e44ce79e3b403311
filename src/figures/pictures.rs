//! Tests of whole figures: room, words, bytes.

mod looked_at;

use super::samples::{self, Battery, Picked, Ranks, Study, named};
use super::scene::Shape;
use super::*;

use looked_at::{assert_contrast, assert_room};

fn request(id: &str, kind: FigureKind) -> FigureRequest {
    FigureRequest {
        id: id.into(),
        title: String::new(),
        groups: Vec::new(),
        kind,
        size: Size::Double,
        theme: Theme::Light,
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
    FigureKind::Diverging { question: "expectations".into(), order: ItemOrder::Asked }
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
