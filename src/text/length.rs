//! How long a text is, as journals count: headings and the notes below it do not count.

use super::blocks::{Block, Kind};

/// The length of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    /// Words: what stands between blanks and holds a letter or digit.
    pub(super) words: u64,
    /// Characters, blanks among them; the ends of paragraphs are none.
    pub(super) characters: u64,
}

impl Length {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let counted = blocks.iter().filter(|block| !matches!(block.kind, Kind::Heading(_) | Kind::Note));
        let texts: Vec<String> = counted.map(Block::text).collect();
        let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
        Self {
            words: texts.iter().map(|text| text.split_whitespace().filter(is_word).count() as u64).sum(),
            characters: texts.iter().map(|text| text.chars().count() as u64).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::blocks::blocks;

    #[test]
    fn words_and_characters_are_what_a_reader_counts() {
        let length = |text: &str| Length::of(&blocks(text));
        let counted = length(
            "## Results\n\nOf 22<!-- a --> invited, **14** (64%) responded \u{2014} well.\n\n> note\n",
        );
        assert_eq!(counted, Length { words: 7, characters: 41 });
        assert_eq!(length("ab\n\ncd e"), Length { words: 3, characters: 6 });
    }
}
