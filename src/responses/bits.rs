//! A column of yes and no in one bit each.

/// A column of yes and no, one for every row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// A column of `len` rows, all no.
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether a row says yes; a row that is not there says no.
    pub fn get(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Makes a row say yes.
    ///
    /// # Panics
    ///
    /// If the column has no such row.
    pub fn set(&mut self, row: usize) {
        assert!(row < self.len, "row {row} of {}", self.len);
        self.words[row / 64] |= 1 << (row % 64);
    }

    /// How many of some rows say yes.
    pub fn count(&self, rows: &[usize]) -> u64 {
        rows.iter().map(|row| u64::from(self.get(*row))).sum()
    }
}

impl FromIterator<bool> for Bits {
    fn from_iter<T: IntoIterator<Item = bool>>(values: T) -> Self {
        let mut bits = Self::default();
        for value in values {
            if bits.len.is_multiple_of(64) {
                bits.words.push(0);
            }
            bits.len += 1;
            if value {
                bits.set(bits.len - 1);
            }
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_kept_across_words() {
        let pattern: Vec<bool> = (0..130).map(|row| row % 3 == 0 || row == 64).collect();
        let bits: Bits = pattern.iter().copied().collect();
        assert_eq!(bits.len(), 130);
        assert_eq!((0..130).map(|row| bits.get(row)).collect::<Vec<_>>(), pattern);
        // Of 0..=129 there are 44 multiples of three, and 64 is none of them.
        assert_eq!(bits.count(&(0..130).collect::<Vec<_>>()), 45);
        assert_eq!(bits.count(&[64, 65, 66, 66]), 3);
        assert!(!bits.get(130));
    }

    #[test]
    fn nothing_is_set_at_first() {
        let mut bits = Bits::none(65);
        assert_eq!(bits.count(&(0..65).collect::<Vec<_>>()), 0);
        bits.set(64);
        assert!(bits.get(64) && !bits.get(63));
        assert_eq!(bits, (0..65).map(|row| row == 64).collect());
    }
}
