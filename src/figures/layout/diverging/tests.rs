//! Tests of the places of bars and dots.

use super::super::super::paint::EDGE;
use super::super::super::scene::Shape;
use super::axis::pieces;
use super::side::side_columns;
use super::*;
use crate::codebook::Missing;
use crate::figures::{Likert, LikertShape, Neutral, Thin};
use crate::findings::Outside;
use crate::numbers::Decimals;

fn row(counts: &[u64]) -> LikertRow {
    LikertRow {
        id: String::new(),
        label: String::new(),
        counts: Ok(counts.to_vec()),
        answered: Ok(counts.iter().sum()),
        mean: None,
        missing: Vec::new(),
    }
}

fn spec_of(rows: Vec<LikertRow>, manner: Likert) -> LikertSpec {
    let points = rows.first().and_then(|row| Some(row.counts.as_ref().ok()?.len())).unwrap_or(0);
    let middle = points / 2..points.div_ceil(2);
    let panel =
        LikertPanel { group: String::new(), included: None, levels: Vec::new(), top: 0, middle, rows };
    LikertSpec { panels: vec![panel], manner }
}

fn spec(rows: Vec<LikertRow>) -> LikertSpec {
    spec_of(rows, Likert::default())
}

fn drawn(axis: Axis, manner: Likert) -> Drawn {
    Drawn {
        manner,
        axis,
        thin: manner.thin.unwrap_or(Thin::Leader),
        step: 500,
        style: NumberStyle::Ama,
        within: InSegments::Counts,
        decimals: Decimals(0),
    }
}

fn neutral(neutral: Neutral) -> Likert {
    Likert { neutral, ..Likert::default() }
}

#[test]
fn what_somebody_said_outside_the_scale_has_its_own_column() {
    let missing = vec![(Missing::Skipped, 1), (Missing::DontKnow, 2), (Missing::Refused, 3)];
    let spec = spec(vec![row(&[1, 2]), LikertRow { missing, ..row(&[3, 4]) }]);
    let rows: Vec<Row> = spec.panels[0].rows.iter().map(|row| Row::new(&spec.panels[0], row, "")).collect();
    let outside = [Outside::DontKnow, Outside::Refused, Outside::Missing];
    let columns = side_columns(&rows, &outside, NumberStyle::Ama);
    let shown: Vec<String> =
        columns.iter().map(|column| format!("{} {}", column.heading, column.cells.join(" "))).collect();
    assert_eq!(shown, ["N 3 7", "Don't know 0 2", "Refused 0 3", "Missing 0 1"]);
}

/// Each piece as point, from and to.
fn placed(counts: &[u64], middle: Range<usize>, manner: Likert) -> Vec<(usize, i128, i128)> {
    pieces(counts, &middle, manner).into_iter().map(|piece| (piece.point, piece.from, piece.to)).collect()
}

#[test]
fn the_middle_lies_half_on_each_side_or_at_the_ends_or_aside() {
    let counts = [1, 2, 4, 3, 5];
    let centred = [(0, -10, -8), (1, -8, -4), (2, -4, 4), (3, 4, 10), (4, 10, 20)];
    assert_eq!(placed(&counts, 2..3, neutral(Neutral::Centred)), centred);
    let split = [(2, -10, -6), (0, -6, -4), (1, -4, 0), (3, 0, 6), (4, 6, 16), (2, 16, 20)];
    assert_eq!(placed(&counts, 2..3, neutral(Neutral::Split)), split);
    let aside = [(0, -6, -4), (1, -4, 0), (3, 0, 6), (4, 6, 16), (2, 0, 8)];
    assert_eq!(placed(&counts, 2..3, neutral(Neutral::Aside)), aside);
    let stacked = [(0, 0, 2), (1, 2, 6), (2, 6, 14), (3, 14, 20), (4, 20, 30)];
    let manner = Likert { shape: LikertShape::Stacked, ..Likert::default() };
    assert_eq!(placed(&counts, 2..3, manner), stacked);
}

#[test]
fn a_declared_middle_of_two_points_and_none_at_all() {
    let wide = [(0, -6, -4), (1, -4, 0), (2, 0, 4), (3, 4, 12)];
    assert_eq!(placed(&[1, 2, 2, 4], 1..3, Likert::default()), wide);
    assert_eq!(placed(&[1, 2], 1..1, neutral(Neutral::Split)), [(0, -2, 0), (1, 0, 4)]);
    assert_eq!(placed(&[7], 0..1, Likert::default()), [(0, -7, 7)]);
    assert_eq!(placed(&[], 0..0, Likert::default()), []);
}

#[test]
fn a_whole_bar_has_one_length_whatever_its_base() {
    let axis = Axis { left: 0, width: 9000, reach: (500, 700), aside: None };
    assert_eq!(axis.zero(), 3750);
    for n in [14, 2_000_000] {
        let bar = pieces(&[0, n], &(1..1), Likert::default())[1];
        assert_eq!(axis.ends(bar, n), (3750, 3750 + 7500));
    }
}

#[test]
fn the_axis_reaches_the_tick_beyond_the_longest_bar() {
    let reach = |rows, manner| Axis::new(&spec_of(rows, manner), 0, 9000).reach;
    // 10 of 16 below the middle, 4 of 16 above it, 2 of 16 on it.
    assert_eq!(reach(vec![row(&[4, 6, 2, 3, 1])], Likert::default()), (750, 500));
    assert_eq!(reach(vec![row(&[4, 6, 2, 3, 1])], neutral(Neutral::Aside)), (750, 250));
    assert_eq!(reach(vec![row(&[0, 0, 0, 16]), row(&[4, 4, 4, 4])], Likert::default()), (500, 1000));
    assert_eq!(reach(Vec::new(), Likert::default()), (250, 250));
}

#[test]
fn sides_and_middle_have_one_unit() {
    let axis = Axis::new(&spec_of(vec![row(&[4, 0, 4, 0, 8])], neutral(Neutral::Aside)), 0, 10_460);
    // 25 % and 50 % to the sides and 25 % aside share 10,000.
    assert_eq!((axis.width, axis.reach, axis.aside), (7_500, (250, 500), Some((7_960, 250))));
    assert_eq!(axis.right(), 10_460);
}

#[test]
fn a_number_that_does_not_fit_stands_below_its_segment_or_is_left_out() {
    let axis = Axis { left: 0, width: 9000, reach: (500, 1000), aside: None };
    let counts = [400, 3, 2, 1, 594];
    let mut scene = Scene { width: 12_000, ..Scene::default() };
    let (below, fit) = drawn(axis, Likert::default()).bar(&mut scene, &counts, &(2..3), 500);
    assert_eq!(fit, Fit::Fits);
    assert!(below > 0);
    let texts: Vec<&str> = scene.texts.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(texts, ["400", "594", "3", "2", "1"]);
    for pair in scene.texts[2..].windows(2) {
        assert!(!pair[0].area.overlaps(&pair[1].area));
    }
    let mut scene = Scene { width: 12_000, ..Scene::default() };
    let manner = Likert { thin: Some(Thin::Omit), ..Likert::default() };
    assert_eq!(drawn(axis, manner).bar(&mut scene, &counts, &(2..3), 500), (0, Fit::TooNarrow));
    assert_eq!(scene.texts.len(), 2);
}

#[test]
fn each_answer_is_a_dot_and_all_have_room() {
    for (manner, point) in [(Neutral::Centred, 3), (Neutral::Split, 3), (Neutral::Aside, 2)] {
        let mut counts = [0, 0, 0, 0, 0];
        counts[point] = 4;
        counts[4] = 9 - 4;
        let spec = spec_of(vec![row(&counts)], neutral(manner));
        let axis = Axis::new(&spec, 1000, 9000);
        let mut scene = Scene::default();
        Drawn { step: axis.step(&spec), ..drawn(axis, neutral(manner)) }.dots(
            &mut scene,
            &counts,
            &(2..3),
            500,
        );
        let mut fills = Vec::new();
        for shape in &scene.shapes {
            let Shape::Dot { centre: (x, _), radius, paint } = *shape else { panic!("{shape:?}") };
            assert!(axis.left <= x - radius && x + radius <= axis.right(), "{manner:?}");
            fills.extend((paint != EDGE).then_some(paint));
        }
        fills.sort();
        let paints = diverging(5);
        assert_eq!(fills, [[paints[point]; 4].as_slice(), &[paints[4]; 5]].concat(), "{manner:?}");
    }
}

#[test]
fn an_answer_at_the_middle_is_a_dot_on_zero() {
    let axis = Axis { left: 0, width: 9000, reach: (500, 1000), aside: None };
    let mut scene = Scene::default();
    drawn(axis, Likert::default()).dots(&mut scene, &[0, 0, 1, 0, 0], &(2..3), 500);
    assert!(matches!(scene.shapes[0], Shape::Dot { centre: (3000, 500), .. }), "{:?}", scene.shapes);
}

#[test]
fn ticks_stand_at_quarters_within_the_reach() {
    let axis = Axis { left: 0, width: 9000, reach: (300, 600), aside: Some((9_400, 250)) };
    let labels: Vec<String> = axis.quarters().into_iter().map(|(_, label)| label).collect();
    assert_eq!(labels, ["25%", "0", "25%", "50%", "0", "25%"]);
}
