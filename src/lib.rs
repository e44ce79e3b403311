//! Canvass: from a raw survey export to every table, figure and sentence of an abstract, and back.

pub mod codebook;
pub mod diag;
pub mod ingest;
pub mod io;
pub mod normalise;
pub mod responses;
pub mod stats;
