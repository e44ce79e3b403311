//! Colours and how well one can be read on another.

/// A colour by its red, green and blue in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Black, for text on light areas.
pub(super) const BLACK: Colour = Colour(0, 0, 0);
/// White, for text on dark areas.
pub(super) const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);

/// Black or white, whichever can be read better on `fill`. The contrast is always above 4.5.
pub(super) fn text_on(fill: Colour) -> Colour {
    if contrast(BLACK, fill) >= contrast(WHITE, fill) { BLACK } else { WHITE }
}

/// The contrast of two colours by WCAG 2: from 1 to 21.
pub(super) fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance by WCAG 2.
pub(super) fn luminance(Colour(r, g, b): Colour) -> f64 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// A channel of sRGB as an amount of light.
pub(super) fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

/// The colour at `thousandths` of the way through equally distant stops.
pub(super) fn between(stops: &[Colour], thousandths: u16) -> Colour {
    let last = stops.len().saturating_sub(1);
    let way = usize::from(thousandths.min(1000)) * last;
    let (at, rest) = (way / 1000, way % 1000);
    match (stops.get(at), stops.get(at + 1)) {
        (Some(a), Some(b)) => {
            let mix = |x: u8, y: u8| {
                let mixed = (usize::from(x) * (1000 - rest) + usize::from(y) * rest + 500) / 1000;
                u8::try_from(mixed).unwrap_or(u8::MAX)
            };
            Colour(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
        }
        (Some(only), None) => *only,
        (None, _) => WHITE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contrast_of_black_and_white_is_twenty_one() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
        // WebAIM's checker gives 4.54 for #767676 on white.
        assert!((contrast(Colour(0x76, 0x76, 0x76), WHITE) - 4.54).abs() < 0.005);
    }

    #[test]
    fn amounts_pass_through_every_stop() {
        let stops = [Colour(0, 0, 0), Colour(100, 50, 0), Colour(200, 100, 255)];
        assert_eq!(
            [0, 250, 500, 1000, 2000].map(|way| between(&stops, way)),
            [stops[0], Colour(50, 25, 0), stops[1], stops[2], stops[2]]
        );
        assert_eq!((between(&stops[..1], 700), between(&[], 0)), (stops[0], WHITE));
    }
}
