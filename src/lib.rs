//! Canvass: from a raw survey export to every table, figure and sentence of an abstract, and back.

pub mod analyse;
pub mod cli;
pub mod codebook;
pub mod diag;
pub mod disclose;
pub mod draft;
pub mod figures;
pub mod findings;
pub mod ingest;
pub mod inspect;
pub mod io;
pub mod normalise;
pub mod numbers;
pub mod pipeline;
pub mod record;
pub mod report;
pub mod responses;
pub mod stats;
pub mod study;
pub mod tables;
pub mod text;
pub mod verify;
pub mod word;
