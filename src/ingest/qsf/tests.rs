//! Definitions in every shape that real ones have.
