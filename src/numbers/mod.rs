//! Numbers as text, and nowhere else.
//!
//! A table, a figure and a sentence that show one number show the same string, because it is made here.

mod rounding;
mod style;

pub use rounding::{exact_places, half_up, percent, pinned};
pub use style::{Decimals, NumberStyle};
