//! The study file: what is asked, kept apart from how it is answered, and what was reported.
//!
//! Reading it gives a [`Study`] in which every name exists, or every mistake at once with its place.

mod asks;
mod boxes;
mod checklists;
mod claims;
mod coding;
mod dates;
mod decide;
mod disclosure;
mod document;
mod exclusions;
mod fielding;
mod invited;
mod links;
mod made;
mod model;
mod names;
mod numbers;
mod parse;
mod parts;
mod questions;
mod scores;
mod shown;
mod texts;

pub use asks::{
    Agreement, Ask, CoSelection, Compare, Concordance, Crosstab, Family, Incomplete, Inquiry, NamedTest,
    Nonresponse, OutcomeRates, Paired, Preference, Preferred, Reliability, Several, Treat,
};
pub use checklists::ChecklistAsked;
pub use claims::{Claim, Reported, Says};
pub use coding::Coding;
pub use dates::{Dates, Period};
pub use disclosure::{Disclosure, Dominance};
pub use document::Spanned;
pub use exclusions::{Exclusion, Fastest, Keep, Listed, Look, Meaning, Rule, Where};
pub use fielding::{Eligible, Fielding, Sample, Visits};
pub use links::{Attribute, Link, Pairs};
pub use made::{Format, Made};
pub use model::{Group, Ranks, Roster, Status, Study, StudyItem, StudyNet, StudyQuestion, Threshold};
pub use numbers::{Numbers, OutOfRange};
pub use parse::{QUESTION_KEYS, WrittenBeside};
pub use parts::Part;
pub use questions::NO_QUESTION_NAMES;
pub use scores::{Combined, Enough, Score};
pub use shown::{Shown, ShownFigure, ShownTable};
pub use texts::{RESULTS, TextAsked};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Study;
    use crate::diag::{FileId, Severity, render};

    fn said(text: &str) -> String {
        let file = FileId::new("analyses/x/study.toml");
        let head = "[study]\ntitle = \"x\"\n";
        let text = format!("{head}{text}");
        match Study::parse(&file, &text, "x") {
            Ok(study) => format!("fine: {}", study.id),
            Err(problems) => render(&problems, &BTreeMap::from([(file, text.clone())]), false),
        }
    }

    #[test]
    fn what_would_be_ignored_is_a_mistake() {
        let group = "[groups.g]\nexport = \"a.csv\"\n";
        let question = |keys: &str| format!("{group}[questions.q]\ng = \"Q1\"\n{keys}\n");
        for (text, expected) in [
            (format!("words = 100\n{group}"), "a limit of words without a template"),
            (format!("{group}complete = {{}}"), "complete says from which share"),
            (format!("{group}partial = {{ answered = 0.9 }}"), "more answers than a complete one"),
            (question("kind = \"text\"\nchoices = [\"a\"]"), "a question of kind text has no choices"),
            (question("kind = \"number\"\ncodes = [\"1\"]"), "a question of kind number has no codes"),
            (question("kind = \"single\"\nscal = \"x\""), "question q has no key \"scal\""),
            (question("kind = \"single\"\nscal = \"x\""), "did you mean \"scale\"?"),
            (
                format!("{group}[questions.rr1]\nkind = \"text\"\ng = \"Q1\""),
                "\"rr1\" cannot be the name of a question",
            ),
        ] {
            assert!(said(&text).contains(expected), "{expected:?} is not in\n{}", said(&text));
        }
        assert_eq!(said(&question("kind = \"text\"")), "fine: x");
        assert_eq!(said(&format!("id = \"pilot\"\n{group}")), "fine: pilot");
    }

    #[test]
    fn a_second_study_of_a_folder_is_known_by_its_file() {
        let text = "[study]\ntitle = \"x\"\n[groups.g]\n";
        let id = |file: &str| Study::parse(&FileId::new(file), text, "folder").unwrap().id;
        assert_eq!(id("folder/study.toml"), "folder");
        assert_eq!(id("folder/pilot.toml"), "pilot");
    }

    #[test]
    fn at_most_three_syntax_errors_are_shown() {
        let noise = "a b c\n".repeat(20);
        let problems = Study::parse(&FileId::new("s.toml"), &noise, "x").unwrap_err();
        assert!((1..=3).contains(&problems.len()));
    }

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
