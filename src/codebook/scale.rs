//! Ordered scales: declared points from low to high, and the answers that stand outside them.

use super::{Found, Missing, fold};

/// An ordered scale. Its points are declared; a point that nobody chose is still a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The name in the study file.
    pub name: String,
    /// The points from low to high.
    pub points: Vec<Point>,
    /// Answers that are reported but never in the base.
    pub outside: Vec<Outside>,
    /// How many of the highest points make the top box.
    pub top: usize,
    /// How many of the lowest points make the bottom box.
    pub bottom: usize,
    /// The positions of the points that are on neither side, if the study says which; empty where the sides meet.
    pub middle: Option<std::ops::Range<usize>>,
}

/// A point of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its label.
    pub label: String,
    /// Other texts that mean it: declared spellings and codes.
    pub also: Vec<String>,
    /// Its score in means, usually its position from 1.
    pub score: i32,
}

/// An answer outside a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Its label.
    pub label: String,
    /// Other texts that mean it.
    pub also: Vec<String>,
    /// What it says about the answer.
    pub reason: Missing,
}

/// What a text means on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A point, by position from the low end.
    Point(Found),
    /// An answer outside the scale.
    Outside(Missing),
}

impl Scale {
    /// Reads a text as a point of the scale or as an answer outside it.
    pub fn read(&self, text: &str) -> Option<Reading> {
        let texts = |label: &str, also: &[String]| label == text || also.iter().any(|also| also == text);
        if let Some(position) = self.points.iter().position(|point| texts(&point.label, &point.also)) {
            return Some(Reading::Point(Found::Exactly(position)));
        }
        if let Some(outside) = self.outside.iter().find(|outside| texts(&outside.label, &outside.also)) {
            return Some(Reading::Outside(outside.reason));
        }
        let folded = fold(text);
        let folds = |label: &str, also: &[String]| {
            fold(label) == folded || also.iter().any(|also| fold(also) == folded)
        };
        let mut points = self.points.iter().enumerate().filter(|(_, point)| folds(&point.label, &point.also));
        match (points.next(), points.next()) {
            (Some((position, _)), None) => return Some(Reading::Point(Found::Folded(position))),
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        self.outside
            .iter()
            .find(|outside| folds(&outside.label, &outside.also))
            .map(|outside| Reading::Outside(outside.reason))
    }

    /// The positions of the top box.
    pub fn top_box(&self) -> std::ops::Range<usize> {
        self.points.len().saturating_sub(self.top)..self.points.len()
    }

    /// The positions of the bottom box.
    pub fn bottom_box(&self) -> std::ops::Range<usize> {
        0..self.bottom.min(self.points.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement() -> Scale {
        let point = |(score, label): (i32, &str)| Point { label: label.into(), also: Vec::new(), score };
        Scale {
            name: "agreement".into(),
            points: [(1, "Disagree"), (2, "Neutral"), (3, "Agree")].map(point).into(),
            outside: vec![Outside {
                label: "Not applicable".into(),
                also: vec!["N/A".into()],
                reason: Missing::NotApplicable,
            }],
            top: 1,
            bottom: 1,
            middle: None,
        }
    }

    #[test]
    fn a_near_word_is_not_a_point() {
        assert_eq!(agreement().read("agree-ish"), None);
        assert_eq!(agreement().read("Agree"), Some(Reading::Point(Found::Exactly(2))));
        assert_eq!(agreement().read(" AGREE"), Some(Reading::Point(Found::Folded(2))));
    }

    #[test]
    fn not_applicable_is_outside() {
        assert_eq!(agreement().read("n/a"), Some(Reading::Outside(Missing::NotApplicable)));
        assert_eq!(agreement().top_box(), 2..3);
    }
}
