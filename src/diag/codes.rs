//! Every diagnostic code once, with what `canvass explain` says about it.
//!
//! The letter says what the code is about: `S` the study file, `I` reading a file, `D` answers, `V` verifying,
//! `O` writing. Codes are never reused for another meaning.

use std::fmt;

mod data;
mod ingest;
mod output;
mod study;
mod verify;

pub use data::*;
pub use ingest::*;
pub use output::*;
pub use study::*;
pub use verify::*;

/// A stable diagnostic code, such as `S014`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub(crate) &'static str);

impl Code {
    /// The code as printed.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What a code means, in plain words.
#[derive(Debug, Clone, Copy)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// One line.
    pub title: &'static str,
    /// What happened, why it matters, and what to do.
    pub text: &'static str,
}

/// Every code, in order.
pub fn all() -> impl Iterator<Item = &'static Explanation> {
    [data::ALL, ingest::ALL, output::ALL, study::ALL, verify::ALL].into_iter().flatten()
}

/// Declares codes: a constant for each, and the table that explains them.
macro_rules! codes {
    ($($name:ident = $code:literal, $title:literal, $text:literal;)*) => {
        $(
            #[doc = $title]
            pub const $name: super::Code = super::Code($code);
        )*
        pub(super) const ALL: &[super::Explanation] = &[
            $(super::Explanation { code: $name, title: $title, text: $text }),*
        ];
    };
}
use codes;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_explained() {
        let mut seen = BTreeSet::new();
        for explanation in super::all() {
            assert!(seen.insert(explanation.code), "{} twice", explanation.code);
            assert!(explanation.text.ends_with('.'), "{} is not a sentence", explanation.code);
            assert!(
                explanation.text.len() > explanation.title.len(),
                "{} explains nothing",
                explanation.code
            );
        }
    }
}
