//! Rules in an account of people: whom they left out, and whom screens counted.

use crate::stats::{Method, NotComputed};

use super::Caution;

/// How many rows a rule left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excluded {
    /// The rule, by its id in the study file.
    pub rule: String,
    /// What it is called, if not by its usual words.
    pub label: Option<String>,
    /// How many rows it left out; zero is said too.
    pub count: u64,
    /// By which index it judged, if it did by one.
    pub method: Option<Method>,
    /// What must be known beside it, such as rows of which it could not judge.
    pub cautions: Vec<Caution>,
}

/// How many of those analysed a rule would leave out that leaves out nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screened {
    /// The rule, by its id in the study file.
    pub rule: String,
    /// What it is called, if not by its usual words.
    pub label: Option<String>,
    /// How many, or why nobody can say.
    pub count: Result<u64, NotComputed>,
    /// By which index it judged, if it did by one.
    pub method: Option<Method>,
    /// What must be known beside it.
    pub cautions: Vec<Caution>,
}

impl Excluded {
    /// The rule in words that a reader of the study file's names does not need.
    pub fn words(&self) -> &str {
        self.label.as_deref().unwrap_or_else(|| usual_words(&self.rule))
    }
}

impl Screened {
    /// The rule in words.
    pub fn words(&self) -> &str {
        self.label.as_deref().unwrap_or_else(|| usual_words(&self.rule))
    }
}

/// A rule in words by its name; a rule of no known name stays as it is.
pub fn usual_words(rule: &str) -> &str {
    match rule {
        "preview" => "previews and tests",
        "test" => "test records",
        "not-on-roster" => "not on the roster",
        "duplicate" => "further responses of one person",
        "break-off" => "stopped early",
        "nothing-answered" => "nothing answered",
        "unfinished" => "not submitted",
        "consent" => "no consent",
        "eligibility" => "not eligible",
        "attention" => "attention checks failed",
        "speeder" => "answered too fast",
        "progress" => "did not come far enough",
        "longstring" => "one answer many times in a row",
        "irv" => "answers hardly vary",
        "even-odd" => "halves of scales disagree",
        "mahalanobis" => "answers far from everybody's",
        "any" => "at least one of these",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_study_calls_a_rule_wins_over_its_name() {
        let named = |rule: &str, label: Option<&str>| {
            let label = label.map(str::to_owned);
            Excluded { rule: rule.into(), label, ..Excluded::default() }.words().to_owned()
        };
        assert_eq!(named("consent", None), "no consent");
        assert_eq!(named("consent", Some("declined")), "declined");
        assert_eq!(named("second-speeder", None), "second-speeder");
    }
}
