//! Laws that hold for all inputs, and slow obvious oracles beside the fast algorithms.

mod distributions;
