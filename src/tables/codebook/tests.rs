//! Tests of codebooks.
