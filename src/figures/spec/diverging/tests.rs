//! Tests of what a figure of a battery shows.

use super::*;
use crate::figures::samples::{self, Battery};

fn spec(battery: &Battery, order: ItemOrder) -> LikertSpec {
    let study = samples::likert(battery);
    likert_spec(&study.outline, &study.findings, &[], "expectations", Likert { order, ..Likert::default() })
        .unwrap()
}

#[test]
fn a_point_that_nobody_chose_stays_on_the_scale() {
    let spec = spec(&Battery { n: 14, ..Battery::default() }, ItemOrder::Asked);
    let panel = &spec.panels[0];
    assert_eq!(panel.levels.len(), 5);
    let row = &panel.rows[0];
    assert_eq!(row.counts.as_ref().unwrap().len(), 5);
    assert!(row.counts.as_ref().unwrap().contains(&0));
}

#[test]
fn not_applicable_is_outside_the_base() {
    let spec = spec(&Battery { n: 14, ..Battery::default() }, ItemOrder::Asked);
    let row = &spec.panels[0].rows[1];
    let out = row.missing_for(|reason| reason == Missing::NotApplicable);
    assert_eq!(row.answered, Ok(13));
    assert_eq!(row.counts.as_ref().unwrap().iter().sum::<u64>() + out, 14);
}

#[test]
fn fewer_than_ten_answers_are_dots() {
    let mark = |n| spec(&Battery { n, ..Battery::default() }, ItemOrder::Asked).panels[0].rows[0].mark();
    assert_eq!([1, 9, 10, 14].map(mark), [Mark::Dots, Mark::Dots, Mark::Bar, Mark::Bar].map(Some));
}

#[test]
fn panels_show_the_same_items_in_one_order_whatever_their_labels() {
    let mut study = samples::likert(&Battery { groups: 2, n: 14, ..Battery::default() });
    let second = &mut study.outline.questions[1].items;
    second.reverse();
    second[0].label = "The last item in other words".to_owned();
    let spec = likert_spec(&study.outline, &study.findings, &[], "expectations", Likert::default()).unwrap();
    for panel in &spec.panels {
        let ids: Vec<&str> = panel.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["item-1", "item-2", "item-3", "item-4"]);
    }
    assert_eq!(spec.panels[1].rows[3].label, "The last item in other words");
    assert_eq!(spec.order_note().unwrap(), "Items stand in the order asked in the first group.");
}

#[test]
fn the_order_of_one_group_is_nobody_elses() {
    let note = |items| spec(&Battery { items, ..Battery::default() }, ItemOrder::Asked).order_note();
    assert_eq!(note(2), Some("Items stand in the order asked.".to_owned()));
    assert_eq!(note(1), None);
}

#[test]
fn only_odd_scales_have_a_neutral_point_unless_the_study_says_so() {
    let of = |k: usize| {
        let levels = (0..k).map(|i| samples::named(&format!("p{i}"), "Point")).collect();
        spec(&Battery { levels, ..Battery::default() }, ItemOrder::Asked).panels[0].middle.clone()
    };
    assert_eq!([2, 3, 4, 5, 7].map(of), [1..1, 1..2, 2..2, 2..3, 3..4]);
    let mut study = samples::likert(&Battery {
        levels: (0..6).map(|i| samples::named(&format!("p{i}"), "Point")).collect(),
        ..Battery::default()
    });
    study.say_of("students/expectations/item-1/below-middle", "p0+p1");
    study.say_of("students/expectations/item-1/at-middle", "p2+p3");
    let spec = likert_spec(&study.outline, &study.findings, &[], "expectations", Likert::default()).unwrap();
    assert_eq!(spec.panels[0].middle, 2..4);
}

#[test]
fn sorting_by_top_box_compares_fractions_and_keeps_ties_as_asked() {
    let share = |count, of| Some(Share { count, of });
    assert_eq!(by_top_box(share(2, 3), share(7, 11)), Ordering::Less);
    assert_eq!(by_top_box(share(2, 4), share(1, 2)), Ordering::Equal);
    assert_eq!(by_top_box(None, share(0, 4)), Ordering::Greater);
    let spec = spec(&Battery { items: 8, n: 14, ..Battery::default() }, ItemOrder::TopBox);
    let panel = &spec.panels[0];
    let tops: Vec<Share> = panel.rows.iter().filter_map(|row| row.top_box(panel.top)).collect();
    assert!(tops.windows(2).all(|pair| pair[0].count * pair[1].of >= pair[1].count * pair[0].of));
}

#[test]
fn counts_that_do_not_add_up_are_not_drawn() {
    let mut study = samples::likert(&Battery::default());
    study.replace("students/expectations/item-1/agree", &crate::findings::Value::Share { count: 1, of: 14 });
    let error =
        likert_spec(&study.outline, &study.findings, &[], "expectations", Likert::default()).unwrap_err();
    assert!(matches!(error, NotDrawn::Unbalanced { .. }));
}

#[test]
fn an_item_that_nobody_answered_says_so() {
    let mut study = samples::likert(&Battery::default());
    for level in samples::AGREEMENT_IDS {
        let id = format!("students/expectations/item-1/{level}");
        study.replace(&id, &crate::findings::Value::share(0, 0));
    }
    let spec = likert_spec(&study.outline, &study.findings, &[], "expectations", Likert::default()).unwrap();
    assert_eq!(spec.panels[0].rows[0].counts, Err("nobody answered".to_owned()));
    assert!(spec.worded(NumberStyle::Ama).alt.contains("not computed, nobody answered"));
}
