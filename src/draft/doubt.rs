//! Doubts about questions and scales: a line each, or one line for many of the same.

use super::toml;

/// A doubt, in the words for one and for many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    /// What is to be decided of this one.
    pub(super) alone: String,
    /// What is to be decided of many: how the sentence that begins with their number goes on.
    pub(super) together: &'static str,
}

/// More of the same than this are told in one line.
const MOST_LINES: usize = 3;
/// How many names such a line holds.
const NAMED: usize = 12;

/// The doubts of many things that are told in one line each, as text, with what they are about.
pub(super) struct Told {
    together: Vec<&'static str>,
    /// The lines.
    pub(super) text: String,
}

impl Told {
    /// Brings together what is said of more than a few.
    pub(super) fn of<'a>(noun: &str, things: impl Iterator<Item = (&'a str, &'a [Doubt])>) -> Self {
        let mut same: Vec<(&'static str, Vec<&str>)> = Vec::new();
        for (name, doubts) in things {
            for doubt in doubts {
                match same.iter_mut().find(|(together, _)| *together == doubt.together) {
                    Some((_, names)) => names.push(name),
                    None => same.push((doubt.together, vec![name])),
                }
            }
        }
        same.retain(|(_, names)| names.len() > MOST_LINES);
        let line = |(together, names): &(&str, Vec<&str>)| {
            let more = names.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            let named = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            toml::decide(&format!("{} {noun} {together}: {named}{more}", names.len()))
        };
        let mut text: String = same.iter().map(line).collect();
        if !text.is_empty() {
            text.push('\n');
        }
        Self { together: same.into_iter().map(|(together, _)| together).collect(), text }
    }

    /// A doubt beside the one that it is about: to be decided there, unless it was told of many.
    pub(super) fn written(&self, doubt: &Doubt) -> String {
        if self.together.contains(&doubt.together) {
            toml::comment(&doubt.alone)
        } else {
            toml::decide(&doubt.alone)
        }
    }
}
