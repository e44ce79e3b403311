//! An SVG figure as PNG, drawn with the embedded font alone: the same pixels on every machine.

use std::fmt;
use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::Figure;
use super::font::{FAMILY, Weight};

/// Metres in an inch.
const INCH: f32 = 0.0254;
/// More pixels than this are not painted: 400 MB while they are.
const MOST_PIXELS: u64 = 100_000_000;

/// Why a figure has no PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPainted {
    /// The SVG cannot be read back.
    Unreadable(String),
    /// The picture would have no pixels or too many.
    Size,
}

impl fmt::Display for NotPainted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "the figure cannot be read back: {why}"),
            Self::Size => f.write_str("the picture would have no pixels or more than a hundred million"),
        }
    }
}

impl std::error::Error for NotPainted {}

/// Paints a figure; `scale` 1 gives the dots per inch that it asks for, at its printed size.
pub fn png(figure: &Figure, scale: f32) -> Result<Vec<u8>, NotPainted> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(Weight::Regular.bytes().to_vec());
    fonts.load_font_data(Weight::Bold.bytes().to_vec());
    fonts.set_sans_serif_family(FAMILY);
    let dpi = f32::from(figure.dpi);
    let options =
        Options { dpi, font_family: FAMILY.to_owned(), fontdb: Arc::new(fonts), ..Options::default() };
    let tree =
        Tree::from_str(&figure.svg, &options).map_err(|error| NotPainted::Unreadable(error.to_string()))?;
    let size = tree.size().to_int_size().scale_by(scale).ok_or(NotPainted::Size)?;
    if u64::from(size.width()) * u64::from(size.height()) > MOST_PIXELS {
        return Err(NotPainted::Size);
    }
    let mut picture = Pixmap::new(size.width(), size.height()).ok_or(NotPainted::Size)?;
    // Where a picture has no page of its own.
    picture.fill(Color::WHITE);
    let fit = Transform::from_scale(
        size.width() as f32 / tree.size().width(),
        size.height() as f32 / tree.size().height(),
    );
    resvg::render(&tree, fit, &mut picture.as_mut());
    let bytes = picture.encode_png().map_err(|_| NotPainted::Size)?;
    Ok(with_density(&bytes, dpi / INCH * scale))
}

/// Adds the density after the header of a PNG, so that a page that places it knows its printed size.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a density is positive and far below 2^32"
)]
fn with_density(bytes: &[u8], dots_per_metre: f32) -> Vec<u8> {
    /// The signature (8 bytes) and the first chunk, which is always the header (4 + 4 + 13 + 4 bytes).
    const HEADER: usize = 33;
    let Some((header, rest)) = bytes.split_at_checked(HEADER) else { return bytes.to_vec() };
    let density = (dots_per_metre.round() as u32).to_be_bytes();
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(density);
    chunk.extend(density);
    // The unit is the metre.
    chunk.push(1);
    let mut whole = header.to_vec();
    whole.extend(9u32.to_be_bytes());
    whole.extend(&chunk);
    whole.extend(crc(&chunk).to_be_bytes());
    whole.extend(rest);
    whole
}

/// The cyclic redundancy check of PNG (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| {
                if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_that_of_the_standard() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn density_follows_the_header() {
        let header: Vec<u8> = (0..40).collect();
        let bytes = with_density(&header, 11_811.02);
        assert_eq!(bytes[..33], header[..33]);
        assert_eq!(bytes[37..41], *b"pHYs");
        assert_eq!(bytes[41..45], 11_811u32.to_be_bytes());
        assert_eq!(bytes[54..], header[33..]);
    }
}
