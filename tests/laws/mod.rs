//! Laws that hold for all inputs, and slow obvious oracles beside the fast algorithms.

mod agreement;
mod correlation;
mod descriptive;
mod distributions;
mod effect_sizes;
mod p_adjust;
mod parametric;
mod proportion;
mod reliability;
mod resampling;
