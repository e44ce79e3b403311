//! Laws that hold for all inputs, and slow obvious oracles beside the fast algorithms.

mod categorical;
mod distributions;
mod rank_tests;
