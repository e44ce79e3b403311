//! What was asked: questions, their choices, the scales they are answered on, and why an answer can be missing.
//!
//! An instrument is derived from an export's own definition where there is one. It says nothing about answers.

pub mod anchors;
mod choice;
mod condition;
mod condition_words;
mod date;
mod disposition;
mod kind;
mod missing;
mod question;
mod rank;
mod scale;
mod slug;
mod tiling;
pub(crate) mod wording;

pub use choice::{Choice, Found, find_choice, fold};
pub use condition::{Comparison, Condition};
pub use date::{Date, Written};
pub use disposition::Disposition;
pub use kind::Kind;
pub use missing::Missing;
pub use question::{Form, Instrument, Item, MultiCells, OrderCells, Question, Scoring};
pub use rank::{Partial, RANK_WORDS, Rank, is_ranked, named_place, read_rank};
pub use scale::{Outside, Point, Reading, Scale};
pub use slug::{slug, unique_slugs};
pub use tiling::{FreeEnd, Tiled, Tiling, tile, tilings};
