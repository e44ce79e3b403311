//! What can be said to a person about their data: facts with a code, a place and a remedy.
//!
//! Stages never print and never stop at the first bad cell. They return [`Noted`]: a value and everything worth
//! saying about it. Only a stage that cannot go on returns `Err` with its diagnostics.

pub mod codes;
mod fold;
mod place;
mod render;
mod suggest;

pub use codes::Code;
pub use fold::{Asks, Folded, fold};
pub use place::{FileId, Place};
pub use render::{Sources, render};
pub use suggest::{is_slip, nearest};

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The work cannot be done, or its result would be wrong.
    Error,
    /// Something was not used, or was assumed; the result says so.
    Warning,
    /// How something was understood.
    Note,
}

/// One fact: what, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diag {
    /// The stable code, explained by `canvass explain`.
    pub code: Code,
    /// How serious it is.
    pub severity: Severity,
    /// What is the case: a lower-case fragment without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The remedy, where there is one.
    pub help: Option<String>,
}

impl Diag {
    /// An error: the work cannot be done, or its result would be wrong.
    pub fn error(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), place, help: None }
    }

    /// A warning: something was not used, or was assumed.
    pub fn warning(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Warning, message: message.into(), place, help: None }
    }

    /// A note: how something was understood.
    pub fn note(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Note, message: message.into(), place, help: None }
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether this stops the work.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A value and everything worth saying about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// What was noted on the way, in the order met.
    pub notes: Vec<Diag>,
}

impl<T> Noted<T> {
    /// A value about which there is nothing to say.
    pub fn plain(value: T) -> Self {
        Self { value, notes: Vec::new() }
    }

    /// Moves the notes to `notes` and returns the value.
    pub fn note_into(self, notes: &mut Vec<Diag>) -> T {
        notes.extend(self.notes);
        self.value
    }
}
