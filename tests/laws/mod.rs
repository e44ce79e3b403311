//! Laws that hold for all inputs, and slow obvious oracles beside the fast algorithms.

mod aapor;
mod agreement;
mod careless;
mod categorical;
mod correlation;
mod descriptive;
mod disclosure;
mod distributions;
mod effect_sizes;
mod extremes;
mod forensics;
mod p_adjust;
mod parametric;
mod proportion;
mod rank_tests;
mod rankings;
mod reliability;
mod resampling;
mod statcheck;
