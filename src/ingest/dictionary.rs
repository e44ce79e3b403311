//! Distinct texts with a number each, found again without becoming a `String`.

/// More steps than this from where a text should stand, and the texts were made to collide.
const FARTHEST: usize = 128;

/// Distinct texts in the order in which they were met. The first has the code 1; 0 is free for a blank.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    text: String,
    /// Where each text ends in `text`; it starts where the one before it ends.
    ends: Vec<usize>,
    /// Codes where their hash places them, and a few bits of that hash; 0 is an empty place.
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    code: u32,
    hash: u32,
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
        let hash = hash(text.as_bytes());
        if self.places.is_empty() {
            self.places = vec![Place::default(); 16];
        }
        let mask = self.places.len() - 1;
        let mut at = hash as usize & mask;
        for _ in 0..FARTHEST {
            let place = self.places[at];
            if place.code == 0 {
                return self.add(text, hash, at);
            }
            if place.hash == hash && self.at(place.code as usize - 1) == text {
                return Some(place.code);
            }
            at = (at + 1) & mask;
        }
        None
    }

    #[cold]
    fn add(&mut self, text: &str, hash: u32, at: usize) -> Option<u32> {
        let code = u32::try_from(self.ends.len() + 1).ok()?;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.places[at] = Place { code, hash };
        if self.ends.len() * 2 > self.places.len() {
            self.spread();
        }
        Some(code)
    }

    /// Doubles the places.
    fn spread(&mut self) {
        let mut places = vec![Place::default(); self.places.len() * 2];
        let mask = places.len() - 1;
        for place in self.places.iter().filter(|place| place.code > 0) {
            let mut at = place.hash as usize & mask;
            while places[at].code > 0 {
                at = (at + 1) & mask;
            }
            places[at] = *place;
        }
        self.places = places;
    }
}

/// A quick hash, the same on every machine: eight bytes at a time, the last eight overlapping those before.
#[inline]
fn hash(bytes: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |sum: u64, word: u64| {
        let product = u128::from(sum ^ word) * u128::from(FACTOR);
        low(product) ^ low(product >> 64)
    };
    let mut sum = mix(FACTOR, bytes.len() as u64);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        sum = mix(sum, u64::from_le_bytes(*word));
    }
    if let Some(last) = bytes.last_chunk::<8>() {
        if !rest.is_empty() {
            sum = mix(sum, u64::from_le_bytes(*last));
        }
    } else {
        let word = rest.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        sum = mix(sum, word);
    }
    // The high bits depend on every byte; those that are left over are zero.
    u32::try_from((sum ^ sum << 32) >> 32).unwrap_or_default()
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
