//! What a public output shows, and what stands in the place of the rest.

use std::fmt::Write as _;

use crate::findings::{Findings, Outline, Reason, Statistic, Value};
use crate::study::Shown;

/// The kinds of table that show nothing but findings of which `disclose` knows what they tell, each in a cell of its own
/// whatever was found.
pub(super) const PUBLIC_TABLES: &[&str] = &[
    "response",
    "participants",
    "items",
    "choices",
    "ranking",
    "numbers",
    "flow",
    "dispositions",
    "outcome-rates",
];

/// The kinds of figure that show nothing else either; that a combination or a test is drawn would tell of single people.
const PUBLIC_FIGURES: &[&str] =
    &["flow", "diverging", "stacked", "bars", "slope", "bump", "ranking", "choices", "mean-rank", "missing"];

/// Whether figures of this kind may be told; what links groups is told of nobody.
pub(super) fn is_public_figure(shown: &Shown) -> bool {
    PUBLIC_FIGURES.contains(&shown.show.value.as_str()) && shown.link.is_none()
}

/// A figure with the groups that it can draw whole, and the others: a bar that is missing would be seen as none.
pub(super) fn told(shown: &Shown, findings: &Findings) -> (Shown, Vec<String>) {
    let kind = shown.show.value.as_str();
    let joins = matches!(kind, "slope" | "bump");
    let every = kind == "missing";
    let is_withheld = |group: &String| {
        findings.iter().filter(|finding| finding.group == *group).any(|finding| {
            let of = finding.question.as_ref();
            // Who did not answer is shown of every question where none is named.
            let about = match of {
                Some(question) => shown.of.contains(question) || every && shown.of.is_empty(),
                None => shown.of.is_empty() && !every,
            };
            let is_drawn = match finding.statistic {
                Statistic::Invited
                | Statistic::Disposition
                | Statistic::Received
                | Statistic::Included
                | Statistic::Rr2
                | Statistic::Answered
                | Statistic::Level
                | Statistic::TopBox
                | Statistic::Ticked
                | Statistic::RankShare
                | Statistic::Unranked
                | Statistic::MeanRank => true,
                Statistic::Mean => joins,
                Statistic::Missing => every,
                _ => false,
            };
            let value_is = matches!(finding.value, Value::NotComputed(Reason::Withheld));
            let account_is = finding.question.is_some() && finding.base.asked.is_none();
            about && is_drawn && (value_is || account_is)
        })
    };
    // Lines that join groups need all of them.
    let is_whole = !(joins && shown.groups.iter().any(is_withheld));
    let (withheld, told) = shown.groups.iter().cloned().partition(|group| !is_whole || is_withheld(group));
    (Shown { groups: told, ..shown.clone() }, withheld)
}

/// What stands in the place of a table or figure that could tell something of single people.
pub(super) fn left_out(what: &str, shown: &Shown, outline: &Outline) -> String {
    in_place(shown, outline, &format!("Left out: a {what} of {} is {}.", shown.show.value, Reason::Withheld))
}

/// What stands in the place of a figure, or of some groups of it.
pub(super) fn not_drawn(shown: &Shown, outline: &Outline, withheld: &[String]) -> String {
    let groups: Vec<&str> = withheld.iter().map(|group| outline.group_label(group)).collect();
    let groups = groups.join(", ");
    let why = format!("Not drawn, because counts are {}: {groups}.", Reason::Withheld);
    in_place(shown, outline, &format!("{why} The tables hold what is told of them."))
}

/// A page in the place of something, with its title, why it is not there, and the notes of the study.
fn in_place(shown: &Shown, outline: &Outline, why: &str) -> String {
    let title = if shown.title.is_empty() { &shown.id } else { &shown.title };
    let mut words = format!("**{title}**\n\n{why}\n");
    for note in &outline.notes {
        let _ = writeln!(words, "\n{note}");
    }
    words
}
