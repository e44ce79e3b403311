//! Canvass: from a raw survey export to every table, figure and sentence of an abstract, and back.

pub mod codebook;
pub mod diag;
pub mod figures;
pub mod findings;
pub mod ingest;
pub mod io;
pub mod numbers;
pub mod stats;
pub mod tables;
