//! Tables: from findings to rows of cells, to Markdown, HTML, CSV, JSON, LaTeX, Word and Excel.
//!
//! A cell knows the findings that it shows, so that every printed number can be followed back. The renderers add
//! separators and escapes and nothing else.

mod builder;
mod builders;
pub mod codebook;
mod csv;
mod docx;
mod draft;
mod html;
mod json;
mod kind;
mod latex;
mod markdown;
#[cfg(test)]
mod samples;
mod table;
mod xlsx;

pub use builder::build;
pub use csv::{csv, rows_csv};
pub use docx::docx;
pub use draft::Print;
pub use html::{escape as escape_html, html, html_fragment};
pub use json::json;
pub use kind::{NotTabled, Order, TableKind, TableRequest};
pub use latex::{latex, latex_document};
pub use markdown::markdown;
pub use table::{Cell, Quote, Row, Section, Table, letter};
pub use xlsx::{NoWorkbook, xlsx};

#[cfg(test)]
mod tests;
