//! Whether the colours of every theme can be read and told apart.

use super::colour::{contrast, linear, luminance};
use super::*;
use crate::figures::paint::{BAR, EDGE, INK, PAGE, QUIET, ROOM, diverging, sequential, text_on};

/// Colour vision by Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deutan",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritan",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn lab(Colour(r, g, b): Colour, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = [linear(r), linear(g), linear(b)];
    let mix = |row: &[f64; 3]| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0);
    let [r, g, b] = [mix(&vision[0]), mix(&vision[1]), mix(&vision[2])];
    let f = |t: f64| if t > 0.008_856 { libm::cbrt(t) } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47);
    let y = f(0.212_672_9 * r + 0.715_152_2 * g + 0.072_175 * b);
    let z = f((0.019_333_9 * r + 0.119_192 * g + 0.950_304_1 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The CIE 1976 difference of two colours.
fn difference(a: Colour, b: Colour, vision: &[[f64; 3]; 3]) -> f64 {
    lab(a, vision).iter().zip(lab(b, vision)).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

fn assert_apart(colours: &[Colour], least: f64) {
    for (name, vision) in &VISIONS {
        for (position, a) in colours.iter().enumerate() {
            for b in &colours[position + 1..] {
                let difference = difference(*a, *b, vision);
                assert!(difference >= least, "{name}: {a:?} and {b:?} differ by {difference:.1}");
            }
        }
    }
}

/// The colours that a theme gives to paints.
fn colours(theme: Theme, paints: Vec<Paint>) -> Vec<Colour> {
    paints.into_iter().map(|paint| theme.colour(paint)).collect()
}

fn themes() -> impl Iterator<Item = Theme> {
    Theme::NAMES.into_iter().map(|(_, theme)| theme)
}

#[test]
fn points_of_a_scale_can_be_told_apart_in_every_vision() {
    for theme in [Theme::Light, Theme::Dark] {
        for n in 2..=9 {
            assert_apart(&colours(theme, diverging(n)), 14.0);
        }
        // Ten and eleven points: a difference that is seen side by side.
        assert_apart(&colours(theme, diverging(10)), 9.5);
        assert_apart(&colours(theme, diverging(11)), 9.5);
    }
    for (n, least) in [(2, 14.0), (3, 14.0), (4, 14.0), (5, 14.0), (7, 7.5), (11, 5.5)] {
        assert_apart(&colours(Theme::Grey, diverging(n)), least);
    }
}

#[test]
fn ranks_can_be_told_apart_in_every_vision() {
    for theme in themes() {
        for n in 2..=5 {
            assert_apart(&colours(theme, sequential(n)), 14.0);
        }
        for n in 6..=8 {
            assert_apart(&colours(theme, sequential(n)), 9.5);
        }
    }
}

#[test]
fn groups_can_be_told_apart_in_every_vision() {
    for theme in themes() {
        let six: Vec<Paint> = (0..6).map(|at| Paint::Fill(Fill::Series(at))).collect();
        // Six greys that can be read on white lie nearer to each other; lines differ by their marks too.
        assert_apart(&colours(theme, six.clone()), if theme == Theme::Grey { 7.5 } else { 14.0 });
        let page = theme.colour(PAGE);
        for colour in colours(theme, six) {
            assert!(contrast(colour, page) >= 2.9, "{theme:?}: {colour:?}");
        }
    }
}

/// Whether each colour is lighter than the one before.
fn lighter(colours: &[Colour]) -> bool {
    colours.windows(2).all(|pair| luminance(pair[0]) < luminance(pair[1]))
}

#[test]
fn ranks_and_amounts_stand_out_less_and_less_from_the_page() {
    for theme in themes() {
        let away = |mut colours: Vec<Colour>| {
            if theme == Theme::Dark {
                colours.reverse();
            }
            colours
        };
        for n in 2..=8 {
            let ranks = colours(theme, sequential(n));
            assert_eq!(ranks.len(), n);
            assert!(lighter(&away(ranks)), "{theme:?} {n}");
        }
        let heat = (0..=20).rev().map(|at| Paint::Fill(Fill::Heat(at * 50))).collect();
        assert!(lighter(&away(colours(theme, heat))), "{theme:?}");
    }
}

#[test]
fn each_side_of_a_scale_comes_nearer_to_the_page_towards_its_middle() {
    for n in 2..=11 {
        let of = |theme| colours(theme, diverging(n));
        let sides = |colours: &[Colour]| {
            let mut high = colours[n.div_ceil(2)..].to_vec();
            high.reverse();
            (colours[..n / 2].to_vec(), high)
        };
        let (low, high) = sides(&of(Theme::Light));
        assert!(lighter(&low) && lighter(&high), "{n}");
        let (mut low, mut high) = sides(&of(Theme::Dark));
        low.reverse();
        high.reverse();
        assert!(lighter(&low) && lighter(&high), "{n}");
        // Without colours the two sides can only be told apart as one row from light to dark.
        let mut grey = of(Theme::Grey);
        grey.reverse();
        assert!(lighter(&grey), "{n}");
    }
}

#[test]
fn text_can_be_read_on_every_fill() {
    let mut fills: Vec<Paint> = (2..=15).flat_map(diverging).chain((1..=12).flat_map(sequential)).collect();
    fills.extend((0..=100).map(|at| Paint::Fill(Fill::Heat(at * 10))));
    fills.extend((0..6).map(|at| Paint::Fill(Fill::Series(at))));
    fills.extend([BAR, PAGE, ROOM]);
    for theme in themes() {
        for fill in &fills {
            let (text, under) = (theme.colour(text_on(*fill)), theme.colour(*fill));
            assert!(contrast(text, under) >= 4.5, "{theme:?} {fill:?}");
        }
        for paper in [PAGE, ROOM].map(|paint| theme.colour(paint)) {
            let on = |paint| contrast(theme.colour(paint), paper);
            assert!(on(INK) >= 7.0 && on(QUIET) >= 7.0, "{theme:?}");
            assert!(on(EDGE) >= 3.0 && on(BAR) >= 3.0, "{theme:?}");
        }
    }
}

#[test]
fn a_scale_of_many_points_still_has_a_colour_for_each() {
    for theme in themes() {
        assert_eq!(colours(theme, diverging(101)).len(), 101);
        assert_eq!(colours(theme, sequential(40)).len(), 40);
        let middle = theme.colour(Paint::Fill(Fill::Point { at: 2, of: 5 }));
        assert_eq!(colours(theme, diverging(1)), [middle]);
    }
    assert!(diverging(0).is_empty());
}
