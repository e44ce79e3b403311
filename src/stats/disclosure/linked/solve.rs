//! Whether unknown counts can be other than they are: a search in whole numbers.

use super::Linked;
use super::reach::Reach;

/// No count is thought to be larger: unknown counts without any bound stop here.
const LARGEST: i64 = 1 << 54;

/// How many guesses one search may make before it gives up.
const GUESSES: u32 = 20_000;

/// How often bounds are narrowed before the search guesses. Sums around a circle could narrow one by one for ever.
const ROUNDS: u32 = 200;

/// What a search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Possible {
    Yes,
    No,
    /// The search was given up.
    Unsettled,
}

impl Linked {
    /// Whether the first cell of a reach can take two values that lie `width` apart.
    pub(super) fn is_protected(&self, reach: &Reach, width: u64) -> Possible {
        let truth: Vec<i64> = reach.cells.iter().map(|cell| self.count(*cell)).collect();
        let width = i64::try_from(width).unwrap_or(LARGEST);
        let mut unsettled = false;
        // The largest step up that is possible, by halving: a larger one is never possible where a smaller is not.
        let (mut up, mut above) = (0, width + 1);
        let mut step = width;
        while up < width && above - up > 1 {
            match solvable(reach, &truth, truth[0] + step, LARGEST) {
                Possible::Yes => up = step,
                other => {
                    unsettled |= other == Possible::Unsettled;
                    above = step;
                }
            }
            step = up + (above - up) / 2;
        }
        let down = width - up;
        if down == 0 {
            return Possible::Yes;
        }
        let lower = if truth[0] < down { Possible::No } else { solvable(reach, &truth, 0, truth[0] - down) };
        if lower == Possible::No && unsettled { Possible::Unsettled } else { lower }
    }
}

/// Whether counts exist that agree with the equations, the first between `low` and `high`.
fn solvable(reach: &Reach, truth: &[i64], low: i64, high: i64) -> Possible {
    let mut bounds = vec![(0, LARGEST); truth.len()];
    bounds[0] = (low.max(0), high);
    let mut search = Search { reach, truth, left: GUESSES };
    search.from(bounds)
}

struct Search<'a> {
    reach: &'a Reach,
    truth: &'a [i64],
    left: u32,
}

impl Search<'_> {
    /// Guesses the count with the fewest possible values, what it truly is first: the rest is often possible then.
    fn from(&mut self, mut bounds: Vec<(i64, i64)>) -> Possible {
        if !self.narrow(&mut bounds) {
            return Possible::No;
        }
        let open = bounds.iter().enumerate().filter(|(_, (low, high))| low < high);
        let Some((cell, (low, high))) = open.min_by_key(|(_, (low, high))| high - low) else {
            let counts: Vec<i64> = bounds.iter().map(|(low, _)| *low).collect();
            return if self.reach.holds(&counts) { Possible::Yes } else { Possible::No };
        };
        let (low, high) = (*low, *high);
        let guess = self.truth[cell].clamp(low, high);
        let mut unsettled = false;
        for (low, high) in [(guess, guess), (low, guess - 1), (guess + 1, high)] {
            if low > high {
                continue;
            }
            let Some(left) = self.left.checked_sub(1) else { return Possible::Unsettled };
            self.left = left;
            let mut narrower = bounds.clone();
            narrower[cell] = (low, high);
            match self.from(narrower) {
                Possible::Yes => return Possible::Yes,
                Possible::No => {}
                Possible::Unsettled => unsettled = true,
            }
        }
        if unsettled { Possible::Unsettled } else { Possible::No }
    }

    /// Narrows every bound by the equations in which it stands; false if nothing is left of one.
    fn narrow(&self, bounds: &mut [(i64, i64)]) -> bool {
        for _ in 0..ROUNDS {
            let mut narrowed = false;
            for (terms, rest) in &self.reach.equations {
                // The least and the most that the terms can add up to.
                let (mut least, mut most) = (0_i64, 0_i64);
                for (cell, sign) in terms {
                    let (low, high) = ends(bounds[*cell], *sign);
                    least += low;
                    most += high;
                }
                for (cell, sign) in terms {
                    let (low, high) = ends(bounds[*cell], *sign);
                    let term = (rest - (most - high), rest - (least - low));
                    let (from, to) = ends(term, *sign);
                    let old = bounds[*cell];
                    let new = (old.0.max(from), old.1.min(to));
                    if new.0 > new.1 {
                        return false;
                    }
                    if new != old {
                        bounds[*cell] = new;
                        let (now_low, now_high) = ends(new, *sign);
                        least += now_low - low;
                        most += now_high - high;
                        narrowed = true;
                    }
                }
            }
            if !narrowed {
                break;
            }
        }
        true
    }
}

/// The ends of `sign * count`, the lower first.
fn ends((low, high): (i64, i64), sign: i64) -> (i64, i64) {
    if sign > 0 { (low, high) } else { (-high, -low) }
}
