//! Exit statuses.

/// Done; cautions are no failure.
pub const DONE: u8 = 0;
/// Checked, and something is not what it should be: a finding differs, a claim does not hold or is bound to nothing.
pub const DIFFERENT: u8 = 1;
/// It could not be done: bad input, a missing file, wrong usage.
pub const FAILED: u8 = 2;
