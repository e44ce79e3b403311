//! The words around the findings: labels of groups, questions, items and levels, in their declared order.
//!
//! Renderers read this and the findings, and nothing else.

use crate::codebook::Kind;

use super::FindingId;

/// What a study's findings are about, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The title of the study.
    pub title: String,
    /// What must be said with every output, for example that the answers are synthetic.
    pub notes: Vec<String>,
    /// The groups in the order of the study file.
    pub groups: Vec<Named>,
    /// The questions of each group, in the order of the study file.
    pub questions: Vec<QuestionOutline>,
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
}

impl Outline {
    /// The label of a group; its id if it has none.
    pub fn group_label<'a>(&'a self, id: &'a str) -> &'a str {
        self.groups.iter().find(|group| group.id == id).map_or(id, |group| &group.label)
    }

    /// A question as one group was asked it.
    pub fn question(&self, group: &str, id: &str) -> Option<&QuestionOutline> {
        self.questions.iter().find(|question| question.group == group && question.id == id)
    }
}

impl QuestionOutline {
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
