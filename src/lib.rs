//! Canvass: from a raw survey export to every table, figure and sentence of an abstract, and back.

pub mod stats;
