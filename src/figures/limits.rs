//! What a picture cannot do as it was asked, in words.

use std::collections::BTreeSet;

use unicode_script::{Script, UnicodeScript as _};

use super::font::lacking;
use super::scene::{Length, Scene};
use super::size::Size;
use super::spec::enumerate;

/// The cautions of a figure.
pub(super) fn cautions(id: &str, scene: &Scene, size: Size) -> Vec<String> {
    [lacking_letters(id, scene), too_tall(id, scene, size)].into_iter().flatten().collect()
}

/// Which letters the embedded font lacks, and in which picture they can be seen.
fn lacking_letters(id: &str, scene: &Scene) -> Option<String> {
    let lacking: BTreeSet<char> = scene.texts.iter().flat_map(|text| lacking(&text.text)).collect();
    if lacking.is_empty() {
        return None;
    }
    let named: Vec<String> =
        lacking.iter().take(10).map(|character| format!("U+{:04X}", u32::from(*character))).collect();
    let more = if lacking.len() > 10 { ", ..." } else { "" };
    let scripts: BTreeSet<&str> = lacking.iter().map(|character| script(*character)).collect();
    let scripts: Vec<String> = scripts.into_iter().map(str::to_owned).collect();
    Some(format!(
        "figure {id}: the embedded font lacks {} characters of its labels ({}: {}{more}); the PNG and the PDF show boxes in \
         their place: open the SVG where a font has them, and print it from there",
        lacking.len(),
        enumerate(&scripts),
        named.join(", ")
    ))
}

/// The name of the script of a character, in words that people know.
fn script(character: char) -> &'static str {
    match character.script() {
        // Marks stand on letters of any script.
        Script::Inherited => "marks",
        Script::Common | Script::Unknown => "signs and emoji",
        Script::Han => "Chinese characters",
        Script::Hiragana | Script::Katakana => "Japanese",
        Script::Hangul => "Korean",
        other => other.full_name(),
    }
}

/// Says it where a figure is taller than a page.
fn too_tall(id: &str, scene: &Scene, size: Size) -> Option<String> {
    let tallest = size.tallest()?;
    let printed = scene.height * Length::from(size.scale()) / 100;
    (printed > tallest).then(|| {
        format!(
            "figure {id} is {} mm tall, and a page holds {}: show fewer groups in it, divide the question, or put it into a \
             supplement",
            printed / 100,
            tallest / 100
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Weight;
    use crate::figures::paint::INK;
    use crate::figures::scene::{Anchor, Type};

    fn scene(words: &str, height: Length) -> Scene {
        let mut scene = Scene { width: 18_000, height, ..Scene::default() };
        scene.text(words, 0, 0, Anchor::Start, Type { size: 320, weight: Weight::Regular, paint: INK });
        scene
    }

    #[test]
    fn scripts_that_the_font_lacks_are_named() {
        let words = cautions("x", &scene("Agree 賛成 はい 네 שלום नमस्ते 😀", 100), Size::Double);
        let [caution] = &words[..] else { panic!("{words:?}") };
        assert!(
            caution.contains(
                "(Chinese characters, Devanagari, Hebrew, Japanese, Korean and signs and emoji: U+05"
            ),
            "{caution}"
        );
        assert!(caution.contains("U+05DC") && !caution.contains("U+0041"), "{caution}");
    }

    #[test]
    fn greek_cyrillic_and_latin_letters_are_in_the_font() {
        let words =
            "Συμφωνώ απόλυτα; Полностью согласен, їжак; Årsmøte, Ćwiczenie, İstanbul, Việt, ẞ, œ, ½ ≥ ×";
        assert_eq!(cautions("x", &scene(words, 100), Size::Double), Vec::<String>::new());
    }

    #[test]
    fn a_figure_that_no_page_holds_is_told() {
        let told = |height, size| cautions("x", &scene("", height), size);
        assert!(told(24_700, Size::Double).is_empty() && told(90_000, Size::Poster).is_empty());
        assert!(told(24_800, Size::Single)[0].starts_with("figure x is 248 mm tall, and a page holds 247"));
    }
}
