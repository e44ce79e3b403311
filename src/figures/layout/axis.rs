//! An axis of numbers: where a number lies, and the round numbers at which it is marked.

use super::super::scene::Length;
use crate::numbers::NumberStyle;

/// An axis from left to right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NumberAxis {
    /// Its left end.
    pub(crate) left: Length,
    /// Its width.
    pub(crate) width: Length,
    /// The number at its left end.
    pub(crate) low: f64,
    /// The number at its right end; always above that of the left.
    pub(crate) high: f64,
}

/// A round number on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tick {
    /// Where it stands.
    pub(crate) x: Length,
    /// The number.
    pub(crate) label: String,
}

impl NumberAxis {
    /// An axis that shows everything from `low` to `high` with a little room beyond; equal numbers get room around them.
    pub(crate) fn new(left: Length, width: Length, (low, high): (f64, f64)) -> Self {
        let span = high - low;
        let beyond = if span > 0.0 && span.is_finite() { span / 25.0 } else { 0.5 };
        Self { left, width, low: low - beyond, high: high + beyond }
    }

    /// Where a number lies; one beyond an end lies at that end.
    pub(crate) fn at(&self, number: f64) -> Length {
        let share = ((number - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        let share = if share.is_nan() { 0.0 } else { share };
        #[expect(clippy::cast_possible_truncation, reason = "between nothing and the width of a page")]
        let along = (share * f64::from(self.width)).round() as Length;
        self.left + along
    }

    /// Whether a number lies on the axis.
    pub(crate) fn shows(&self, number: f64) -> bool {
        self.low <= number && number <= self.high
    }

    /// Round numbers in steps of 1, 2 or 5 times a power of ten, of at least `least`, so few that labels of the width that
    /// `measure` says keep apart. Numbers are shown times `factor`.
    pub(crate) fn ticks(
        &self,
        least: f64,
        factor: f64,
        style: NumberStyle,
        measure: impl Fn(&str) -> Length,
    ) -> Vec<Tick> {
        const APART: Length = 220;
        let (low, high) = (self.low * factor, self.high * factor);
        for (step, places) in steps((high - low) / 10.0).filter(|(step, _)| *step >= least).take(12) {
            let ticks: Vec<Tick> = multiples(low, high, step)
                .map(|number| Tick { x: self.at(number / factor), label: style.number(number, places) })
                .collect();
            let apart = |pair: &[Tick]| {
                let room = Length::midpoint(measure(&pair[0].label), measure(&pair[1].label)) + APART;
                pair[1].x - pair[0].x >= room
            };
            if ticks.windows(2).all(apart) {
                return ticks;
            }
        }
        Vec::new()
    }
}

/// Steps of 1, 2 and 5 times powers of ten that are not below `least`, ascending, with the decimals that they need.
fn steps(least: f64) -> impl Iterator<Item = (f64, u8)> {
    /// Sixteen decimals below one; what is smaller is nothing but rounding.
    const DECIMALS: u8 = 12;
    let small = (1..=DECIMALS).rev().flat_map(|places| {
        let unit = 1.0 / (0..places).fold(1.0, |unit, _| unit * 10.0);
        [1.0, 2.0, 5.0].map(|times| (times * unit, places))
    });
    let large = std::iter::successors(Some(1.0), |unit| Some(unit * 10.0))
        .take(300)
        .flat_map(|unit: f64| [1.0, 2.0, 5.0].map(|times| (times * unit, 0)));
    small.chain(large).skip_while(move |(step, _)| *step < least)
}

/// The multiples of a step from `low` to `high`, at most a hundred.
fn multiples(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (low / step).ceil();
    (0..100).map(move |n| (first + f64::from(n)) * step).take_while(move |number| *number <= high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(reach: (f64, f64), width: Length, factor: f64) -> Vec<String> {
        let axis = NumberAxis { left: 0, width, low: reach.0, high: reach.1 };
        let letters = |text: &str| Length::try_from(text.chars().count()).unwrap() * 160;
        axis.ticks(0.0, factor, NumberStyle::Ama, letters).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn marks_stand_at_round_numbers_that_have_room() {
        assert_eq!(
            labels((0.0, 1.0), 9_000, 1.0),
            ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0"]
        );
        assert_eq!(labels((0.0, 1.0), 2_500, 1.0), ["0.0", "0.5", "1.0"]);
        assert_eq!(labels((-0.31, 0.22), 3_000, 100.0), ["\u{2212}20", "0", "20"]);
    }

    #[test]
    fn a_number_lies_between_the_ends() {
        let axis = NumberAxis { left: 100, width: 1_000, low: -1.0, high: 1.0 };
        assert_eq!(
            [-1.0, 0.0, 1.0, 5.0, f64::NEG_INFINITY].map(|n| axis.at(n)),
            [100, 600, 1_100, 1_100, 100]
        );
    }

    #[test]
    fn one_number_alone_has_an_axis() {
        let axis = NumberAxis::new(0, 1_000, (2.0, 2.0));
        assert_eq!(axis.at(2.0), 500);
    }
}
