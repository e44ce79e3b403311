//! The list of those invited, as a study file names it.

use crate::codebook::Disposition;
use crate::diag::{FileId, codes};
use crate::io::resolve;

use super::document::{Section, Spanned};
use super::model::{Roster, Status};
use super::names::{no_duplicates, one_of};
use super::parse::{filter, pairs};

/// Reads a group's `invited`.
pub(super) fn invited(file: &FileId, section: &Section<'_>) -> Option<Roster> {
    let roster = section.required_text("roster");
    let key = section.required_text("key");
    let filter = filter(section);
    let link = section.text("link");
    let status = status(section);
    let attributes = attributes(section);
    section.finish();
    Some(Roster { file: resolve(file, &roster?.value), filter, key: key?, link, status, attributes })
}

fn status(section: &Section<'_>) -> Option<Status> {
    let column = section.text("status");
    let said = pairs(section, "outcomes");
    let known = |(text, name): (Spanned<String>, Spanned<String>)| {
        one_of(section, &name, &Disposition::NAMES).map(|disposition| (text, disposition))
    };
    let outcomes: Vec<(Spanned<String>, Disposition)> = said.into_iter().filter_map(known).collect();
    let Some(column) = column else {
        if let Some((text, _)) = outcomes.first() {
            let message = "outcomes need \"status\", the column of the list in which they stand";
            section.problem(codes::STUDY_MISSING_KEY, text.span.clone(), message);
        }
        return None;
    };
    if outcomes.is_empty() {
        section.problem_with_help(
            codes::STUDY_MISSING_KEY,
            column.span.clone(),
            "what the texts of this column mean is not said",
            "outcomes = { \"opted out\" = \"refused\", \"left the program\" = \"not-eligible\" }",
        );
    }
    Some(Status { column, outcomes })
}

/// `attributes = ["level"]`, or a table of columns with the order of their levels.
fn attributes(section: &Section<'_>) -> Vec<(Spanned<String>, Vec<Spanned<String>>)> {
    if !section.is_table("attributes") {
        let names = section.texts("attributes");
        no_duplicates(section, "attribute", &names);
        return names.into_iter().map(|name| (name, Vec::new())).collect();
    }
    let Some(table) = section.section("attributes") else { return Vec::new() };
    let attributes = table.rest();
    for (_, levels) in &attributes {
        no_duplicates(&table, "level", levels);
    }
    attributes
}
