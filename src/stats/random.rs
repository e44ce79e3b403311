//! The one generator of pseudo-random numbers: recorded seeds, the same bits on every platform.
//!
//! PCG64 (PCG XSL RR 128/64; O'Neill 2014) is small, fast and documented, and numpy draws the same raw numbers from
//! the same 128-bit state, so that a resample can be checked elsewhere. R's stream cannot be matched.

/// Multiplier of the 128-bit linear congruential generator (O'Neill 2014).
const MULTIPLIER: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;

/// A PCG64 generator: equal seeds and streams give equal numbers, on every platform and in every release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pcg64 {
    state: u128,
    increment: u128,
}

impl Pcg64 {
    /// The first stream of the 64-bit `seed`.
    pub fn new(seed: u64) -> Self {
        Self::stream(seed, 0)
    }

    /// Stream number `stream` of the 64-bit `seed`.
    ///
    /// Each procedure takes a stream of its own, so that adding one does not change the numbers of another. The seed
    /// is spread over 128 bits by SplitMix64 (Steele, Lea & Flood 2014): neighbouring seeds give unrelated numbers.
    pub fn stream(seed: u64, stream: u64) -> Self {
        let mut mixer = seed;
        let high = split_mix_64(&mut mixer);
        let low = split_mix_64(&mut mixer);
        Self::from_state((u128::from(high) << 64) | u128::from(low), u128::from(stream))
    }

    /// The generator with this initial state and sequence, as `pcg64_srandom` of the reference implementation.
    pub fn from_state(state: u128, sequence: u128) -> Self {
        let mut generator = Self { state: 0, increment: (sequence << 1) | 1 };
        generator.step();
        generator.state = generator.state.wrapping_add(state);
        generator.step();
        generator
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.step();
        let [low, high] = halves(self.state);
        let [top, _] = halves(self.state >> 122);
        // The six top bits choose the rotation of the folded state.
        (high ^ low).rotate_right(u32::try_from(top).unwrap_or(0))
    }

    /// A number drawn evenly from `[0, 1)`, a multiple of 2^-53.
    pub fn uniform(&mut self) -> f64 {
        // 53 bits are what an f64 holds, so the conversion is exact.
        (self.next_u64() >> 11) as f64 * f64::EPSILON * 0.5
    }

    /// A number drawn evenly from the open interval `(0, 1)`: safe as the argument of a quantile function.
    pub fn uniform_open(&mut self) -> f64 {
        ((self.next_u64() >> 12) as f64 + 0.5) * f64::EPSILON
    }

    /// An integer drawn evenly from `0..n`, without bias (Lemire 2019); 0 where `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let [mut low, mut high] = halves(u128::from(self.next_u64()) * u128::from(n));
        if low < n {
            // The first 2^64 mod n products of each value would make it too frequent.
            let threshold = n.wrapping_neg() % n;
            while low < threshold {
                [low, high] = halves(u128::from(self.next_u64()) * u128::from(n));
            }
        }
        high
    }

    /// An index drawn evenly from `0..len`; 0 where `len` is 0.
    pub fn index(&mut self, len: usize) -> usize {
        let bound = u64::try_from(len).unwrap_or(u64::MAX);
        usize::try_from(self.below(bound)).unwrap_or(0)
    }

    /// Puts `items` in an order drawn evenly from all orders (Fisher & Yates; Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let chosen = self.index(last + 1);
            items.swap(last, chosen);
        }
    }

    /// The generator as it will be after `steps` more draws of 64 bits, in O(log steps) (Brown 1994).
    #[must_use]
    pub fn advanced(&self, mut steps: u64) -> Self {
        let (mut multiplier, mut increment) = (MULTIPLIER, self.increment);
        let (mut product, mut sum) = (1_u128, 0_u128);
        while steps > 0 {
            if steps & 1 == 1 {
                product = product.wrapping_mul(multiplier);
                sum = sum.wrapping_mul(multiplier).wrapping_add(increment);
            }
            increment = multiplier.wrapping_add(1).wrapping_mul(increment);
            multiplier = multiplier.wrapping_mul(multiplier);
            steps >>= 1;
        }
        Self { state: self.state.wrapping_mul(product).wrapping_add(sum), increment: self.increment }
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }
}

/// The low and the high 64 bits.
fn halves(wide: u128) -> [u64; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
    let low = wide as u64;
    let high = (wide >> 64) as u64;
    [low, high]
}

/// The next output of SplitMix64 and its state.
fn split_mix_64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Pcg64, split_mix_64};

    #[test]
    fn advancing_is_drawing() {
        for steps in [0, 1, 2, 3, 7, 64, 1000] {
            let start = Pcg64::stream(9, 4);
            let mut drawn = start.clone();
            (0..steps).for_each(|_| _ = drawn.next_u64());
            assert_eq!(start.advanced(steps), drawn, "{steps}");
        }
    }

    fn draws<const N: usize>(mut generator: Pcg64) -> [u64; N] {
        std::array::from_fn(|_| generator.next_u64())
    }

    /// numpy 2.4.6: `PCG64` with this state and increment, `random_raw(6)`; the same as pcg-cpp's check of seed 42,
    /// sequence 54.
    #[test]
    fn raw_numbers_are_those_of_the_reference_implementation() {
        assert_eq!(
            draws(Pcg64::from_state(42, 54)),
            [
                0x86b1_da1d_7206_2b68,
                0x1304_aa46_c985_3d39,
                0xa367_0e9e_0dd5_0358,
                0xf909_0e52_9a7d_ae00,
                0xc85b_9fd8_3799_6f2c,
                0x6061_21f8_e391_9196,
            ]
        );
    }

    /// numpy 2.4.6 from the state that SplitMix64 makes of the seed (computed in Python).
    #[test]
    fn seeds_and_streams_are_spread_as_documented() {
        let first =
            [0x3b5a_9eff_d6b2_d506, 0x6cef_0f13_3971_96d0, 0x3e0d_e6fb_4727_a421, 0x2613_9a95_4043_5fb8];
        let third =
            [0xc3e2_c09d_1a99_fabf, 0xedfb_f5c1_1b5e_457f, 0xcbbc_f95a_d195_a553, 0x03fa_7b0a_9570_3100];
        assert_eq!(draws(Pcg64::new(1)), first);
        assert_eq!(draws(Pcg64::stream(20_260_101, 3)), third);
        assert_ne!(draws::<4>(Pcg64::stream(1, 1)), first);
    }

    /// The first outputs of Vigna's splitmix64.c for the seed 1234567 (computed in Python).
    #[test]
    fn split_mix_follows_its_definition() {
        let mut state = 1_234_567;
        assert_eq!(split_mix_64(&mut state), 0x599e_d017_fb08_fc85);
        assert_eq!(split_mix_64(&mut state), 0x2c73_f084_5854_0fa5);
    }

    #[test]
    fn uniform_numbers_stay_in_their_interval_and_have_the_right_mean() {
        let mut generator = Pcg64::new(7);
        let mut sum = 0.0;
        for _ in 0..100_000 {
            let u = generator.uniform();
            assert!((0.0..1.0).contains(&u));
            let v = generator.uniform_open();
            assert!(v > 0.0 && v < 1.0);
            sum += u + v;
        }
        // Standard error of the mean of 200 000: 0.00065.
        assert!((sum / 200_000.0 - 0.5).abs() < 0.003);
    }

    #[test]
    fn bounded_integers_reach_every_value_equally_often() {
        let mut generator = Pcg64::new(11);
        let mut seen = [0_u32; 7];
        for _ in 0..70_000 {
            seen[usize::try_from(generator.below(7)).unwrap()] += 1;
        }
        // Five standard errors of a count of 10 000: 463.
        assert!(seen.iter().all(|&count| count.abs_diff(10_000) < 463), "{seen:?}");
        assert_eq!(generator.below(1), 0);
        assert_eq!(generator.below(0), 0);
        assert!(generator.below(u64::MAX) < u64::MAX);
    }

    #[test]
    fn a_shuffle_keeps_the_items_and_reaches_every_order() {
        let mut generator = Pcg64::new(3);
        let mut orders = std::collections::BTreeMap::new();
        for _ in 0..6_000 {
            let mut items = [1, 2, 3];
            generator.shuffle(&mut items);
            *orders.entry(items).or_insert(0_u32) += 1;
        }
        assert_eq!(orders.len(), 6);
        assert!(orders.values().all(|&count| count.abs_diff(1_000) < 150), "{orders:?}");
    }
}
