//! The colours, chosen so that text on them can be read and that people who see colours differently can tell them
//! apart. The tests compute both.
//!
//! Diverging colours run from brown to blue, sequential ones from dark to light. No colour is the only sign of
//! anything: segments stand in the order of the legend and carry their counts.

/// A colour by its red, green and blue in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Text and strong lines.
pub(crate) const INK: Colour = Colour(0x1A, 0x1A, 0x1A);
/// Text that comes second, still readable on the page (contrast above 7).
pub(crate) const QUIET: Colour = Colour(0x4D, 0x4D, 0x4D);
/// Helping lines.
pub(crate) const RULE: Colour = Colour(0xB8, 0xB8, 0xB8);
/// Outlines of bars and boxes.
pub(crate) const EDGE: Colour = Colour(0x59, 0x59, 0x59);
/// The page.
pub(crate) const PAGE: Colour = Colour(0xFF, 0xFF, 0xFF);
/// The room of a bar that is not filled, and of boxes that stand back.
pub(crate) const ROOM: Colour = Colour(0xF1, 0xF1, 0xF1);
/// The one colour of bars that need no other.
pub(crate) const BAR: Colour = Colour(0x2B, 0x74, 0xB8);
/// The neutral point of a scale.
pub(crate) const NEUTRAL: Colour = Colour(0xE3, 0xE3, 0xE3);
/// Black, for text on light segments.
const BLACK: Colour = Colour(0, 0, 0);

/// The low side of a scale from the end to the middle, for one to five points.
const LOW: [&[Colour]; 5] = [
    &[Colour(0xC0, 0x64, 0x0E)],
    &[Colour(0x99, 0x4B, 0x0B), Colour(0xF1, 0xA5, 0x59)],
    &[Colour(0x8C, 0x43, 0x09), Colour(0xD3, 0x79, 0x29), Colour(0xF6, 0xBE, 0x83)],
    &[Colour(0x7F, 0x3B, 0x08), Colour(0xC7, 0x69, 0x0F), Colour(0xEC, 0x9D, 0x51), Colour(0xF8, 0xCD, 0x9C)],
    &[
        Colour(0x7F, 0x3B, 0x08),
        Colour(0xB5, 0x5D, 0x0D),
        Colour(0xDD, 0x87, 0x3A),
        Colour(0xF4, 0xB1, 0x6E),
        Colour(0xF9, 0xD9, 0xB0),
    ],
];

/// The high side of a scale from the end to the middle, for one to five points.
const HIGH: [&[Colour]; 5] = [
    &[Colour(0x28, 0x6E, 0xB0)],
    &[Colour(0x16, 0x50, 0x89), Colour(0x7B, 0xB2, 0xDE)],
    &[Colour(0x11, 0x46, 0x7C), Colour(0x42, 0x84, 0xC2), Colour(0xA1, 0xC9, 0xE9)],
    &[Colour(0x0B, 0x3C, 0x6F), Colour(0x2B, 0x73, 0xB7), Colour(0x72, 0xAA, 0xDA), Colour(0xB8, 0xD7, 0xEE)],
    &[
        Colour(0x0B, 0x3C, 0x6F),
        Colour(0x23, 0x65, 0xA5),
        Colour(0x55, 0x93, 0xCC),
        Colour(0x8E, 0xBD, 0xE4),
        Colour(0xCB, 0xE2, 0xF3),
    ],
];

/// Ranks from the first to the last, for one to eight ranks.
const RANKS: [&[Colour]; 8] = [
    &[Colour(0x1F, 0x6E, 0x9C)],
    &[Colour(0x0B, 0x2C, 0x4A), Colour(0xDC, 0xEB, 0xE3)],
    &[Colour(0x0B, 0x2C, 0x4A), Colour(0x48, 0x8F, 0xB3), Colour(0xDC, 0xEB, 0xE3)],
    &[Colour(0x0B, 0x2C, 0x4A), Colour(0x1F, 0x6E, 0x9C), Colour(0x6D, 0xB1, 0xC9), Colour(0xDC, 0xEB, 0xE3)],
    &[
        Colour(0x0B, 0x2C, 0x4A),
        Colour(0x1A, 0x5D, 0x87),
        Colour(0x48, 0x8F, 0xB3),
        Colour(0x8A, 0xC0, 0xD0),
        Colour(0xDC, 0xEB, 0xE3),
    ],
    &[
        Colour(0x0B, 0x2C, 0x4A),
        Colour(0x17, 0x52, 0x7A),
        Colour(0x30, 0x7B, 0xA5),
        Colour(0x5E, 0xA3, 0xC0),
        Colour(0x9B, 0xC8, 0xD4),
        Colour(0xDC, 0xEB, 0xE3),
    ],
    &[
        Colour(0x0B, 0x2C, 0x4A),
        Colour(0x15, 0x4C, 0x72),
        Colour(0x1F, 0x6E, 0x9C),
        Colour(0x48, 0x8F, 0xB3),
        Colour(0x6D, 0xB1, 0xC9),
        Colour(0xA6, 0xCE, 0xD6),
        Colour(0xDC, 0xEB, 0xE3),
    ],
    &[
        Colour(0x0B, 0x2C, 0x4A),
        Colour(0x13, 0x47, 0x6C),
        Colour(0x1C, 0x64, 0x90),
        Colour(0x37, 0x81, 0xA9),
        Colour(0x58, 0x9E, 0xBC),
        Colour(0x7E, 0xB9, 0xCD),
        Colour(0xAD, 0xD2, 0xD8),
        Colour(0xDC, 0xEB, 0xE3),
    ],
];

/// The colours of a scale of `n` points from low to high; an odd number has the neutral colour in the middle.
///
/// Beyond eleven points neighbours may share a colour: their order and counts tell them apart.
pub(crate) fn diverging(n: usize) -> Vec<Colour> {
    let side = n / 2;
    let mut colours = ramp(&LOW, side);
    if n % 2 == 1 {
        colours.push(NEUTRAL);
    }
    colours.extend(ramp(&HIGH, side).into_iter().rev());
    colours
}

/// The colours of `n` ranks, the first the darkest. Beyond eight, neighbours may share a colour.
pub(crate) fn sequential(n: usize) -> Vec<Colour> {
    ramp(&RANKS, n)
}

/// The row of `n` colours, or the longest row spread over `n`.
fn ramp(rows: &[&[Colour]], n: usize) -> Vec<Colour> {
    match (n.checked_sub(1).and_then(|position| rows.get(position)), rows.last()) {
        (Some(row), _) => row.to_vec(),
        (None, Some(longest)) => spread(longest, n),
        (None, None) => Vec::new(),
    }
}

/// `n` colours from the first to the last of a row of them.
fn spread(row: &[Colour], n: usize) -> Vec<Colour> {
    let last = row.len().saturating_sub(1);
    let steps = n.saturating_sub(1).max(1);
    (0..n).filter_map(|i| row.get((i * last + steps / 2) / steps).copied()).collect()
}

/// Black or white, whichever can be read better on `fill`. The contrast is always above 4.5.
pub(crate) fn text_on(fill: Colour) -> Colour {
    if contrast(BLACK, fill) >= contrast(PAGE, fill) { BLACK } else { PAGE }
}

/// The contrast of two colours by WCAG 2: from 1 to 21.
pub(crate) fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance by WCAG 2.
fn luminance(Colour(r, g, b): Colour) -> f64 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// A channel of sRGB as an amount of light.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn the_contrast_of_black_and_white_is_twenty_one() {
        assert!((contrast(BLACK, PAGE) - 21.0).abs() < 1e-9);
        // WebAIM's checker gives 4.54 for #767676 on white.
        assert!((contrast(Colour(0x76, 0x76, 0x76), PAGE) - 4.54).abs() < 0.005);
    }

    #[test]
    fn points_of_a_scale_can_be_told_apart_in_every_vision() {
        for n in 2..=9 {
            assert_apart(&diverging(n), 14.0);
        }
        // Ten and eleven points: a difference that is seen side by side.
        assert_apart(&diverging(10), 9.5);
        assert_apart(&diverging(11), 9.5);
    }

    #[test]
    fn ranks_can_be_told_apart_in_every_vision() {
        for n in 2..=5 {
            assert_apart(&sequential(n), 14.0);
        }
        for n in 6..=8 {
            assert_apart(&sequential(n), 9.5);
        }
    }

    #[test]
    fn ranks_grow_lighter_so_that_they_read_in_grey() {
        for n in 2..=8 {
            let ranks = sequential(n);
            assert_eq!(ranks.len(), n);
            assert!(ranks.windows(2).all(|pair| luminance(pair[0]) < luminance(pair[1])), "{n}");
        }
    }

    #[test]
    fn each_side_of_a_scale_grows_lighter_towards_its_middle() {
        for n in 2..=11 {
            let colours = diverging(n);
            assert_eq!(colours.len(), n);
            let (low, high) = (&colours[..n / 2], &colours[n.div_ceil(2)..]);
            assert!(low.windows(2).all(|pair| luminance(pair[0]) < luminance(pair[1])), "{n}");
            assert!(high.windows(2).all(|pair| luminance(pair[0]) > luminance(pair[1])), "{n}");
        }
    }

    #[test]
    fn text_can_be_read_on_every_fill() {
        let mut fills: Vec<Colour> =
            (2..=15).flat_map(diverging).chain((1..=12).flat_map(sequential)).collect();
        fills.extend([BAR, PAGE, ROOM, NEUTRAL]);
        for fill in fills {
            assert!(contrast(text_on(fill), fill) >= 4.5, "{fill:?}");
        }
        for paper in [PAGE, ROOM] {
            assert!(contrast(INK, paper) >= 7.0 && contrast(QUIET, paper) >= 7.0);
            assert!(contrast(EDGE, paper) >= 3.0 && contrast(BAR, paper) >= 3.0);
        }
    }

    #[test]
    fn a_scale_of_many_points_still_has_a_colour_for_each() {
        assert_eq!(diverging(101).len(), 101);
        assert_eq!(sequential(40).len(), 40);
        assert_eq!((diverging(0).len(), diverging(1)), (0, vec![NEUTRAL]));
    }
}
