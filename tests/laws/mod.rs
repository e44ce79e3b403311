//! Laws that hold for all inputs, and slow obvious oracles beside the fast algorithms.

mod aapor;
mod disclosure;
mod distributions;
mod forensics;
mod rankings;
mod statcheck;
