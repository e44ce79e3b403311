//! Few distinct values among many observations, told apart without sorting.

/// The most distinct values that are told apart: more than any scale has points.
pub(super) const MOST: usize = 64;

/// Four slots for each value keep the way to a free one short.
const SLOTS: usize = 4 * MOST;

/// Distinct values, numbered as they come.
pub(super) struct Distinct {
    /// Bits of the value and its number, found by the bits' high product.
    slots: [Option<(u64, u8)>; SLOTS],
    values: Vec<f64>,
}

impl Distinct {
    pub(super) fn new() -> Self {
        Self { slots: [None; SLOTS], values: Vec::with_capacity(MOST) }
    }

    /// The number of a value, below [`MOST`]; none if it is not finite or one too many. `-0` is `0`.
    pub(super) fn number(&mut self, value: f64) -> Option<usize> {
        let value = value + 0.0;
        let bits = value.to_bits();
        let start = bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56;
        let mut at = usize::try_from(start).ok()? % SLOTS;
        loop {
            match self.slots.get(at)? {
                Some((known, number)) if *known == bits => return Some(usize::from(*number)),
                Some(_) => at = (at + 1) % SLOTS,
                None => break,
            }
        }
        if !value.is_finite() || self.values.len() == MOST {
            return None;
        }
        let number = self.values.len();
        *self.slots.get_mut(at)? = Some((bits, u8::try_from(number).ok()?));
        self.values.push(value);
        Some(number)
    }

    /// The values in the order of their numbers.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The numbers in ascending order of their values.
    pub(super) fn ascending(&self) -> Vec<usize> {
        let mut order: Vec<(f64, usize)> = self.values.iter().copied().zip(0..).collect();
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        order.into_iter().map(|(_, number)| number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Distinct, MOST};

    #[test]
    fn values_are_numbered_as_they_come() {
        let mut distinct = Distinct::new();
        let numbers = [3.0, -0.0, 3.0, 0.0, -1.5].map(|value| distinct.number(value));
        assert_eq!(numbers, [Some(0), Some(1), Some(0), Some(1), Some(2)]);
        assert_eq!(distinct.ascending(), [2, 1, 0]);
        assert_eq!(distinct.values()[1].to_bits(), 0);
        assert_eq!(distinct.number(f64::NAN), None);
    }

    #[test]
    fn too_many_are_refused_and_the_known_ones_kept() {
        let mut distinct = Distinct::new();
        for value in 0..MOST {
            assert_eq!(distinct.number(value as f64 / 3.0), Some(value));
        }
        assert_eq!(distinct.number(0.1), None);
        assert_eq!(distinct.number(1.0), Some(3));
    }
}
