//! Numbers as text, and nowhere else.
//!
//! A table, a figure and a sentence that show one number show the same string, because it is made here.

mod rounding;
mod spelled;
mod style;

pub use rounding::{exact_places, half_up, largest_remainder, percent, pinned, sum_of_percents};
pub use spelled::{number_word, spelled};
pub use style::{ColumnDecimals, Decimals, NumberStyle, Rounding};
