//! Sentences from findings: the study's template with every number put in by its finding.

mod fill;
mod phrase;
mod template;

pub use fill::{Written, write};
pub use template::{Form, Piece, TextTemplate};
