//! Distinct texts with a number each, found again without becoming a `String`.

/// More steps than this from where a text should stand, and the texts were made to collide.
const FARTHEST: usize = 128;

/// Distinct texts in the order in which they were met. The first has the code 1; 0 is free for a blank.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    text: String,
    /// Where each text ends in `text`; it starts where the one before it ends.
    ends: Vec<usize>,
    /// Where the hash of each text leads; a place whose code is 0 is empty.
    places: Vec<Place>,
}

/// A text's code, and so much of the text that most need no second look.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    ends: Ends,
    code: u32,
}

impl Dictionary {
    /// The number of texts.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The texts in the order of their codes.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|position| self.at(position))
    }

    /// The text of a code.
    pub(super) fn text(&self, code: u32) -> Option<&str> {
        let position = (code as usize).checked_sub(1)?;
        (position < self.ends.len()).then(|| self.at(position))
    }

    fn at(&self, position: usize) -> &str {
        let from = if position == 0 { 0 } else { self.ends[position - 1] };
        &self.text[from..self.ends[position]]
    }

    /// The code of a text, which is added if it is new; `None` if no more texts can be told apart quickly.
    #[inline]
    pub(super) fn code(&mut self, text: &str) -> Option<u32> {
        let bytes = text.as_bytes();
        let ends = Ends::of(bytes);
        // A mask without places leads to the first, which is not there.
        let mask = self.places.len().wrapping_sub(1);
        let mut at = hash(bytes, ends) & mask;
        for _ in 0..FARTHEST {
            let Some(place) = self.places.get(at) else { break };
            if place.code == 0 {
                break;
            }
            if place.ends == ends && (ends.are_all() || self.has_between(place.code, bytes)) {
                return Some(place.code);
            }
            at = (at + 1) & mask;
        }
        self.add(text, ends)
    }

    /// Whether the text of a code, whose ends are those of `bytes`, is the same between them too.
    fn has_between(&self, code: u32, bytes: &[u8]) -> bool {
        let known = self.at(code as usize - 1).as_bytes();
        let (known, _) = known.as_chunks::<8>();
        let (bytes, _) = bytes.as_chunks::<8>();
        known.iter().zip(bytes).skip(1).all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
    }

    #[cold]
    fn add(&mut self, text: &str, ends: Ends) -> Option<u32> {
        if (self.ends.len() + 1) * 2 > self.places.len() {
            self.spread();
        }
        let mask = self.places.len() - 1;
        let mut at = hash(text.as_bytes(), ends) & mask;
        let mut steps = 0;
        while self.places[at].code > 0 {
            at = (at + 1) & mask;
            steps += 1;
            if steps == FARTHEST {
                return None;
            }
        }
        let code = u32::try_from(self.ends.len() + 1).ok()?;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.places[at] = Place { ends, code };
        Some(code)
    }

    /// Doubles the places.
    fn spread(&mut self) {
        let places = vec![Place::default(); (self.places.len() * 2).max(16)];
        let mask = places.len() - 1;
        let old = std::mem::replace(&mut self.places, places);
        for place in old.iter().filter(|place| place.code > 0) {
            let mut at = hash(self.at(place.code as usize - 1).as_bytes(), place.ends) & mask;
            while self.places[at].code > 0 {
                at = (at + 1) & mask;
            }
            self.places[at] = *place;
        }
    }
}

/// The first and the last eight bytes of a text and its length, which are all of a text of up to sixteen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Ends {
    first: u64,
    last: u64,
    length: u32,
}

impl Ends {
    #[inline]
    fn of(bytes: &[u8]) -> Self {
        // No cell is as long as this number can be.
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
                (Some(first), Some(last)) => {
                    (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
                }
                _ => (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0),
            },
        };
        Self { first, last, length }
    }

    /// Whether nothing stands between the ends.
    fn are_all(self) -> bool {
        self.length <= 16
    }
}

/// A quick hash, the same on every machine.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "only the low bits choose a place, on a machine of any width"
)]
fn hash(bytes: &[u8], ends: Ends) -> usize {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |a: u64, b: u64| {
        let product = u128::from(a ^ FACTOR) * u128::from(b ^ 0xD1B5_4A32_D192_ED03);
        low(product) ^ low(product >> 64)
    };
    let mut sum = mix(ends.first ^ u64::from(ends.length) << 56, ends.last);
    if !ends.are_all() {
        let (words, _) = bytes.as_chunks::<8>();
        for word in &words[1..] {
            sum = mix(sum, u64::from_le_bytes(*word));
        }
    }
    (sum ^ sum >> 32) as usize
}

/// The low half of a product.
#[expect(clippy::cast_possible_truncation, reason = "the other half is taken too")]
fn low(product: u128) -> u64 {
    product as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_code_however_many_follow() {
        let mut dictionary = Dictionary::default();
        let texts: Vec<String> = (0..5000).map(|number| format!("text number {number}")).collect();
        for round in 0..2 {
            for (position, text) in texts.iter().enumerate() {
                let code = u32::try_from(position + 1).unwrap();
                assert_eq!(dictionary.code(text), Some(code), "round {round}");
            }
        }
        assert_eq!(dictionary.len(), 5000);
        assert_eq!(dictionary.text(5000), Some("text number 4999"));
        assert_eq!((dictionary.text(0), dictionary.text(5001)), (None, None));
    }

    #[test]
    fn texts_that_differ_in_one_byte_anywhere_are_told_apart() {
        for length in 1..40 {
            let mut dictionary = Dictionary::default();
            let texts: Vec<String> = (0..length)
                .map(|at| (0..length).map(|other| if other == at { 'b' } else { 'a' }).collect())
                .collect();
            let codes: Vec<Option<u32>> = texts.iter().map(|text| dictionary.code(text)).collect();
            assert_eq!(dictionary.len(), length);
            assert_eq!(texts.iter().map(|text| dictionary.code(text)).collect::<Vec<_>>(), codes);
        }
        let mut dictionary = Dictionary::default();
        let texts = ["a", "\0a", "a\0", "\0", "\0\0", "abcd", "\0\0\0\0abcd", "abcdabcd", "abcdabcdabcdabcd"];
        assert!(texts.iter().all(|text| dictionary.code(text).is_some()));
        assert_eq!(dictionary.len(), texts.len());
    }

    #[test]
    fn texts_of_every_length_are_told_apart() {
        let mut dictionary = Dictionary::default();
        for length in 0..40 {
            for last in ["a", "b"] {
                let text = "x".repeat(length) + last;
                assert_eq!(dictionary.code(&text).map(|code| code as usize), Some(dictionary.len()));
            }
        }
        assert_eq!(dictionary.len(), 80);
    }
}
