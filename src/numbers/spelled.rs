//! Whole numbers spelled out, for the start of a sentence, and read back from words.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number below a thousand in words, "twenty-two"; `None` above, where words are no longer read.
pub fn spelled(count: u64) -> Option<String> {
    let count = usize::try_from(count).ok().filter(|count| *count < 1000)?;
    let word = |words: &[&str], position: usize| words.get(position).copied().unwrap_or_default().to_owned();
    Some(match count {
        0..20 => word(&SMALL, count),
        20..100 => match (word(&TENS, count / 10), count % 10) {
            (tens, 0) => tens,
            (tens, ones) => format!("{tens}-{}", word(&SMALL, ones)),
        },
        _ => {
            let hundreds = format!("{} hundred", word(&SMALL, count / 100));
            match count % 100 {
                0 => hundreds,
                rest => format!("{hundreds} {}", spelled(rest as u64)?),
            }
        }
    })
}

/// The number below a hundred that a word says, such as "fourteen" or "twenty-two".
pub fn number_word(word: &str) -> Option<u64> {
    let position = |words: &[&str], word: &str| words.iter().position(|known| *known == word);
    let tens = |word: &str| position(&TENS, word).filter(|tens| *tens >= 2).map(|tens| tens * 10);
    let number = match word.split_once('-') {
        Some((ten, one)) => tens(ten)? + position(&SMALL, one).filter(|one| (1..10).contains(one))?,
        None => position(&SMALL, word).or_else(|| tens(word))?,
    };
    u64::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::{number_word, spelled};

    #[test]
    fn what_is_spelled_is_read_back() {
        for number in 0..100 {
            assert_eq!(number_word(&spelled(number).unwrap()), Some(number));
        }
        for word in ["", "-", "twenty-zero", "twenty-ten", "ten-two", "hundred", "none", "Two"] {
            assert_eq!(number_word(word), None, "{word:?}");
        }
    }

    #[test]
    fn numbers_are_spelled_as_they_are_said() {
        for (count, words) in [
            (0, "zero"),
            (9, "nine"),
            (14, "fourteen"),
            (20, "twenty"),
            (22, "twenty-two"),
            (100, "one hundred"),
            (115, "one hundred fifteen"),
            (999, "nine hundred ninety-nine"),
        ] {
            assert_eq!(spelled(count).as_deref(), Some(words));
        }
        assert_eq!(spelled(1000), None);
        assert_eq!(spelled(u64::MAX), None);
    }
}
