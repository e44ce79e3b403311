//! The study file: what is asked, kept apart from how it is answered, and what was reported.
//!
//! Reading it gives a [`Study`] in which every name exists, or every mistake at once with its place.

mod claims;
mod document;
mod model;
mod names;
mod parse;
mod questions;

pub use claims::{Claim, Reported, Says};
pub use document::Spanned;
pub use model::{
    Ask, Exclusion, Group, Inquiry, Keep, Roster, Rule, Shown, Study, StudyItem, StudyQuestion, Template,
    Threshold,
};
pub use parse::WrittenBeside;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Study;
    use crate::diag::{FileId, Severity, render};

    #[test]
    fn every_mistake_is_shown_at_once_with_its_place_and_the_nearest_name() {
        let text = r#"[study]
titel = "x"
style = "ap"
[groups.students]
label = 3
complete = { answered = 1.5 }
[groups.kind]
[scales.agreement]
points = ["a", "b"]
[questions.q]
kind = "likert"
scale = "agreemnt"
studnets = "Q1"
[[exclude]]
rule = "duplicat"
[[ask]]
inquiry = "choices"
of = "q"
"#;
        let file = FileId::new("analyses/x/study.toml");
        let problems = Study::parse(&file, text, "x").unwrap_err();
        assert!(problems.iter().all(|problem| problem.severity == Severity::Error));
        let shown = render(&problems, &BTreeMap::from([(file, text.to_owned())]), false);
        for expected in [
            "[study] has no key \"titel\"",
            "did you mean \"title\"?",
            "[study] needs a key \"title\"",
            "did you mean \"apa\"?",
            "label is an integer, but a text is expected",
            "a share of items lies between 0 and 1",
            "a group cannot be named \"kind\"",
            "no scale is named \"agreemnt\"",
            "did you mean \"agreement\"?",
            "did you mean \"students\"?",
            "no exclusion rule is named \"duplicat\"",
            "analyses/x/study.toml:12:9",
            "nothing says which column answers question \"q\"",
            "\"choices\" cannot be asked of q, which is of kind likert",
        ] {
            assert!(shown.contains(expected), "{expected:?} is not in\n{shown}");
        }
    }
}
