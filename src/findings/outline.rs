//! The words around the findings: labels of groups, questions, items and levels, in their declared order.
//!
//! Renderers read this and the findings, and nothing else.

use crate::codebook::Kind;

use super::{FindingId, Findings, Reason, Value};

/// What a study's findings are about, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The title of the study.
    pub title: String,
    /// What must be said with every output, for example that the answers are synthetic.
    pub notes: Vec<String>,
    /// The groups in the order of the study file.
    pub groups: Vec<Named>,
    /// The links between groups.
    pub links: Vec<LinkOutline>,
    /// What is compared, such as `students~residents`, in words, and the answers that are sides.
    pub comparisons: Vec<Named>,
    /// The questions of each group, in the order of the study file.
    pub questions: Vec<QuestionOutline>,
}

/// A link between two groups, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOutline {
    /// The id, as it stands in ids of findings.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The two groups.
    pub between: [String; 2],
    /// Whether both sides are the same people.
    pub same_people: bool,
    /// What the rosters of both sides say of people.
    pub attributes: Vec<Named>,
}

/// An id and the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id, as it stands in ids of findings.
    pub id: String,
    /// The label.
    pub label: String,
}

/// One question as one group was asked it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionOutline {
    /// The group.
    pub group: String,
    /// The question's id in the study file.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its wording in the export.
    pub wording: String,
    /// What kind of question it is.
    pub kind: Kind,
    /// Its items in order; a question without items has one, whose id is empty.
    pub items: Vec<Named>,
    /// The points of its scale from low to high, or its choices in order; empty for others.
    pub levels: Vec<Named>,
    /// The positions of the top box among the levels; empty where there is none.
    pub top: std::ops::Range<usize>,
    /// The items of which it is made, if it is a score; those that are turned around say so.
    pub parts: Vec<Named>,
}

impl Named {
    /// Whether a choice is the one for everything else, by its first word.
    pub fn is_other(&self) -> bool {
        let label = self.label.trim_start_matches(|c: char| !c.is_alphanumeric());
        let word = label.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let rest = label.get(word.len()..).unwrap_or_default().trim_start();
        // "Other", "Other (please specify)", "Other: ...", but not "Other residents of my program".
        let alone = !rest.starts_with(char::is_alphanumeric) || rest.to_lowercase().starts_with("please");
        word.eq_ignore_ascii_case("other") && alone
    }
}

impl Outline {
    /// The label of a group, or of groups that are compared; its id if it has none.
    pub fn group_label<'a>(&'a self, id: &'a str) -> &'a str {
        let mut known = self.groups.iter().chain(&self.comparisons);
        known.find(|group| group.id == id).map_or(id, |group| &group.label)
    }

    /// The link with this id.
    pub fn link(&self, id: &str) -> Option<&LinkOutline> {
        self.links.iter().find(|link| link.id == id)
    }

    /// A question as one group was asked it. Those who gave an answer were asked as their group was, and so were all
    /// groups that are compared.
    pub fn question(&self, group: &str, id: &str) -> Option<&QuestionOutline> {
        let group = group.split([':', '~']).next().unwrap_or(group);
        self.questions.iter().find(|question| question.group == group && question.id == id)
    }
}

impl QuestionOutline {
    /// Its choices, the most frequent first, the one for everything else last; ties keep the order of the
    /// questionnaire, and a choice that nobody could make comes last. Where a count is withheld all stay as asked: an order
    /// of some of them would not be the order that is named.
    pub fn by_frequency(&self, findings: &Findings) -> Vec<&Named> {
        let mut choices: Vec<&Named> = self.levels.iter().collect();
        if !self.tells_frequencies(findings) {
            return choices;
        }
        // The sort is stable, so that ties stay as asked.
        choices.sort_by_key(|choice| {
            let count = match findings.get(self.finding(&choice.id).as_str()).map(|found| &found.value) {
                Some(Value::Share { count, .. }) => Some(*count),
                _ => None,
            };
            (choice.is_other(), count.is_none(), std::cmp::Reverse(count))
        });
        choices
    }

    /// The rule of [`Self::by_frequency`] in words.
    pub fn by_frequency_words(findings: &Findings, questions: &[&Self]) -> String {
        let told = questions.iter().filter(|question| question.tells_frequencies(findings)).count();
        if told == 0 {
            return "Choices in the order of the questionnaire: how often each was made is not told of all."
                .to_owned();
        }
        let other = questions.iter().flat_map(|question| &question.levels).any(Named::is_other);
        let last = if other { ", Other last" } else { "" };
        let asked = if told < questions.len() { "; where counts are withheld, choices as asked" } else { "" };
        format!("The most frequent choice first, ties in the order of the questionnaire{last}{asked}.")
    }

    /// Whether it is known of every choice how many made it.
    pub fn tells_frequencies(&self, findings: &Findings) -> bool {
        self.levels.iter().all(|choice| is_told(findings, &self.finding(&choice.id)))
    }

    /// Whether a finding about each of its items is there and not withheld, so that they can stand in its order.
    pub fn tells_of_items(&self, findings: &Findings, tail: &str) -> bool {
        self.items.iter().all(|item| is_told(findings, &self.item_finding(item, tail)))
    }

    /// The id of a finding about this question.
    pub fn finding(&self, tail: &str) -> FindingId {
        FindingId::new([self.group.as_str(), &self.id, tail])
    }

    /// The id of a finding about one of its items.
    pub fn item_finding(&self, item: &Named, tail: &str) -> FindingId {
        if item.id.is_empty() {
            self.finding(tail)
        } else {
            FindingId::new([self.group.as_str(), &self.id, &item.id, tail])
        }
    }
}

/// Whether everybody who reads these findings may know this one.
fn is_told(findings: &Findings, id: &FindingId) -> bool {
    findings
        .get(id.as_str())
        .is_some_and(|found| !matches!(found.value, Value::NotComputed(Reason::Withheld)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_is_known_by_its_word_not_by_its_letters() {
        let is_other = |label: &str| Named { id: String::new(), label: label.to_owned() }.is_other();
        assert!(is_other("Other") && is_other("other: please specify") && is_other("Other please say"));
        assert!(!is_other("Other residents of my program") && !is_other("Otherwise") && !is_other(""));
    }
}
