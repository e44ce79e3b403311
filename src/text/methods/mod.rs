//! The sentences of a Methods section, written from what was done: which findings there are, by which methods, with
//! which cautions. What was not done, or is withheld, is not mentioned.

mod intervals;
mod rates;
mod summaries;
mod tests;
mod who;

use crate::findings::{Finding, Findings, Outline, Value};
use crate::numbers::NumberStyle;

use super::phrase::listed;

/// A part of the methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// Who was invited.
    Who,
    /// Whose responses were analysed, and why the others were not.
    Exclusions,
    /// How rates are defined.
    Rates,
    /// How answers are summarised.
    Summaries,
    /// What intervals mean.
    Intervals,
    /// How groups and pairs were compared.
    Tests,
    /// By which program.
    Software,
}

impl Part {
    /// The parts by name; all of them have none.
    pub const NAMES: [(&'static str, Self); 8] = [
        ("", Self::All),
        ("who", Self::Who),
        ("exclusions", Self::Exclusions),
        ("rates", Self::Rates),
        ("summaries", Self::Summaries),
        ("intervals", Self::Intervals),
        ("tests", Self::Tests),
        ("software", Self::Software),
    ];

    /// What it asks, for a message that nothing says it.
    pub(super) fn asks(self) -> &'static str {
        match self {
            Self::Who => "who was invited",
            Self::Exclusions => "whose responses were analysed",
            Self::Rates => "how many of those invited responded",
            Self::Summaries => "what people answered",
            Self::Intervals => "how far an estimate reaches: there is no interval",
            Self::Tests => "how groups or pairs compare: there is no test",
            Self::All | Self::Software => "what was done",
        }
    }
}

/// A sentence, in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sentence {
    /// The pieces.
    pub(super) said: Vec<Said>,
}

/// Words, and the ids of the findings that they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The words.
    pub(super) words: String,
    /// The ids; none for words that hold no number.
    pub(super) ids: Vec<String>,
}

impl Sentence {
    fn new(words: impl Into<String>) -> Self {
        Self::default().and(words)
    }

    fn and(mut self, words: impl Into<String>) -> Self {
        self.said.push(Said { words: words.into(), ids: Vec::new() });
        self
    }

    /// Words with a number of a finding.
    fn by(mut self, words: impl Into<String>, finding: &Finding) -> Self {
        self.said.push(Said { words: words.into(), ids: vec![finding.id.as_str().to_owned()] });
        self
    }

    /// Pieces as a list: "a, b and c".
    fn list(mut self, pieces: Vec<Self>) -> Self {
        let count = pieces.len();
        for (position, piece) in pieces.into_iter().enumerate() {
            let before = match position {
                0 => "",
                _ if position + 1 == count => " and ",
                _ => ", ",
            };
            self = self.and(before);
            self.said.extend(piece.said);
        }
        self
    }

    /// The words alone.
    pub(super) fn text(&self) -> String {
        self.said.iter().map(|said| said.words.as_str()).collect()
    }
}

/// What the sentences are written from.
#[derive(Clone, Copy)]
struct Done<'a> {
    outline: &'a Outline,
    findings: &'a Findings,
    style: NumberStyle,
}

impl<'a> Done<'a> {
    /// A number of things in running text: in words below ten, but in digits where the style wants them.
    fn number(self, count: u64) -> String {
        match self.style {
            NumberStyle::Ama => self.style.count(count),
            NumberStyle::Plain | NumberStyle::Apa => self.style.words(count),
        }
    }

    /// The findings that have a value.
    fn found(self) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(|finding| !matches!(finding.value, Value::NotComputed(_)))
    }

    /// A count about a whole group, with its finding.
    fn count(self, group: &str, tail: &str) -> Option<(u64, &'a Finding)> {
        let finding = self.findings.get(&format!("{group}/{tail}"))?;
        match finding.value {
            Value::Count(count) => Some((count, finding)),
            _ => None,
        }
    }
}

/// Writes a part of the methods; nothing if nothing can be said.
pub(super) fn methods(
    part: Part,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Vec<Sentence> {
    let done = Done { outline, findings, style };
    match part {
        Part::All => [
            Part::Who,
            Part::Exclusions,
            Part::Rates,
            Part::Summaries,
            Part::Intervals,
            Part::Tests,
            Part::Software,
        ]
        .into_iter()
        .flat_map(|part| methods(part, outline, findings, style))
        .collect(),
        Part::Who => who::who(done),
        Part::Exclusions => who::exclusions(done),
        Part::Rates => rates::rates(done),
        Part::Summaries => summaries::summaries(done),
        Part::Intervals => intervals::intervals(done),
        Part::Tests => tests::tests(done),
        Part::Software => vec![software()],
    }
}

fn software() -> Sentence {
    Sentence::new(format!("The analysis was done with Canvass, version {}.", env!("CARGO_PKG_VERSION")))
}

/// Names, each once, in the order in which they come.
fn once<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if kept.iter().all(|known| known != name) {
            kept.push(name.to_owned());
        }
    }
    kept
}

/// Names as a list in a sentence: "a, b and c".
fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    listed(&once(names))
}
