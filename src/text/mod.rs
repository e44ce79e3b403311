//! Sentences from findings: the study's template with every number put in by its finding, as Markdown, as a Word document
//! and as plain text.

mod blocks;
mod cautions;
pub mod checklists;
mod docx;
mod fill;
mod form;
mod length;
mod lint;
mod methods;
mod phrase;
mod plain;
mod sentence;
mod skeleton;
mod statistics;
mod template;

pub use docx::docx;
pub use fill::{Limits, Written, escaped as escape_markdown, write};
pub use form::Form;
pub use methods::Part;
pub use plain::plain;
pub use skeleton::skeleton;
pub use template::{Piece, TextTemplate};
