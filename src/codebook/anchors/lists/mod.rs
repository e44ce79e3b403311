//! The anchors of published scales, low to high. Within a level, spellings are separated by `|`; the first is shown.

pub(super) mod bipolar;
pub(super) mod degree;
pub(super) mod fixed;
pub(super) mod frequency;
pub(super) mod quality;
