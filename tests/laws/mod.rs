//! Laws that hold for all inputs, and slow obvious oracles beside the fast algorithms.

mod agreement;
mod correlation;
mod distributions;
mod reliability;
mod resampling;
