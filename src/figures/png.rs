//! An SVG figure as PNG, drawn with the embedded font alone: the same pixels on every machine.

use std::fmt;
use std::sync::{Arc, LazyLock};

use ::png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
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
    static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(Weight::Regular.bytes().to_vec());
        fonts.load_font_data(Weight::Bold.bytes().to_vec());
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    });
    let dpi = f32::from(figure.dpi);
    let options =
        Options { dpi, font_family: FAMILY.to_owned(), fontdb: FONTS.clone(), ..Options::default() };
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
    encode(&picture, dpi / INCH * scale).ok_or(NotPainted::Size)
}

/// The pixels without their transparency, of which there is none, with the density by which a page that places the picture
/// knows its printed size.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a density is positive and far below 2^32"
)]
fn encode(picture: &Pixmap, dots_per_metre: f32) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let density = dots_per_metre.round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
    let mut writer = encoder.write_header().ok()?;
    let colours: Vec<u8> =
        picture.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    writer.write_image_data(&colours).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
