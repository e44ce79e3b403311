//! The rules that leave rows out, in the order in which they apply.

use std::ops::Range;

use crate::diag::codes;

use super::document::{Section, Spanned};
use super::model::Group;
use super::names::{existing, one_of};

/// A rule that leaves rows out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// What the rule is.
    pub rule: Rule,
    /// The groups to which it applies.
    pub groups: Vec<String>,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// What an exclusion rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Previews and test responses.
    Preview,
    /// Responses that were not submitted.
    Unfinished,
    /// Further responses of one person.
    Duplicate {
        /// The column by which people are known.
        by: Spanned<String>,
        /// Which one is kept.
        keep: Keep,
    },
    /// Responses whose key is on no roster.
    NotOnRoster,
    /// Responses below the threshold of a partial one.
    BreakOff,
}

impl Rule {
    /// The rules' names in a study file.
    pub const NAMES: [&'static str; 5] = ["preview", "unfinished", "duplicate", "not-on-roster", "break-off"];

    /// The rule's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Unfinished => "unfinished",
            Self::Duplicate { .. } => "duplicate",
            Self::NotOnRoster => "not-on-roster",
            Self::BreakOff => "break-off",
        }
    }
}

/// Which of several responses of one person is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The first in the file.
    First,
    /// The last in the file.
    Last,
    /// The one with the most answers; the first of those that have equally many.
    MostComplete,
}

impl Keep {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("first", Self::First), ("last", Self::Last), ("most-complete", Self::MostComplete)];
}

/// Reads `[[exclude]]`.
pub(super) fn exclusions(root: &Section<'_>, groups: &[Group]) -> Vec<Exclusion> {
    let with_export: Vec<&str> =
        groups.iter().filter(|group| group.export.is_some()).map(|group| group.id.as_str()).collect();
    let read = |section: &Section<'_>| {
        let rule = section.required_text("rule");
        let by = section.text("by");
        let keep = section.text("keep");
        let names = section.texts("in");
        section.finish();
        let rule = rule?;
        let span = rule.span.clone();
        if let Some(extra) = by.as_ref().or(keep.as_ref()).filter(|_| rule.value != "duplicate") {
            section.problem(
                codes::STUDY_BAD_VALUE,
                extra.span.clone(),
                format!("the rule \"{}\" has no such option", rule.value),
            );
        }
        let rule = match rule.value.as_str() {
            "duplicate" => {
                let keep =
                    keep.and_then(|keep| one_of(section, &keep, &Keep::NAMES)).unwrap_or(Keep::MostComplete);
                let Some(by) = by else {
                    section.problem(
                        codes::STUDY_MISSING_KEY,
                        span,
                        "the rule \"duplicate\" needs \"by\", the column by which people are known",
                    );
                    return None;
                };
                Rule::Duplicate { by, keep }
            }
            "preview" => Rule::Preview,
            "unfinished" => Rule::Unfinished,
            "not-on-roster" => Rule::NotOnRoster,
            "break-off" => Rule::BreakOff,
            _ => {
                section.unknown_name("exclusion rule", &rule, &Rule::NAMES);
                return None;
            }
        };
        let groups = existing(section, "group with an export", &names, &with_export, &with_export);
        Some(Exclusion { rule, groups, span })
    };
    root.sections("exclude").iter().filter_map(read).collect()
}
