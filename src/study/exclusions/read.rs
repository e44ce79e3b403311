//! Reading `[[exclude]]` and `[[screen]]`.

use crate::codebook::Kind;
use crate::diag::codes;

use super::terms::{duration, number};
use super::{Exclusion, Fastest, Keep, Listed, Look, Rule, Where};
use crate::study::document::{Section, Spanned};
use crate::study::model::{Group, StudyQuestion};
use crate::study::names::{check_id, existing, one_of};

/// Names that findings about rules have beside those that a study gives them.
const TAKEN: [&str; 2] = ["nothing-answered", "any"];

/// The kinds of question whose answers a rule can look for.
const KINDS: [Kind; 3] = [Kind::Single, Kind::Likert, Kind::Multi];

/// What the names in a rule may mean.
struct Reader<'a> {
    section: &'a Section<'a>,
    questions: &'a [StudyQuestion],
}

/// Reads the rules under a key, `exclude` or `screen`.
pub(in crate::study) fn rules(
    root: &Section<'_>,
    key: &str,
    groups: &[Group],
    questions: &[StudyQuestion],
) -> Vec<Exclusion> {
    let with_export: Vec<&str> =
        groups.iter().filter(|group| group.export.is_some()).map(|group| group.id.as_str()).collect();
    let sections = root.sections(key);
    let mut rules: Vec<Exclusion> = Vec::new();
    for section in &sections {
        let name = section.required_text("rule");
        let id = section.text("id");
        let label = section.text("label").map(|label| label.value);
        let names = section.texts("in");
        let Some(name) = name else { continue };
        if !Rule::NAMES.contains(&name.value.as_str()) {
            section.unknown_name("exclusion rule", &name, &Rule::NAMES);
            continue;
        }
        let reader = Reader { section, questions };
        let rule = reader.rule(&name);
        section.finish();
        let groups = existing(section, "group with an export", &names, &with_export, &with_export);
        if let Some(id) = &id {
            check_id(section, "rule", id);
            reader.check_free(id, &name.value);
        }
        let Some(rule) = rule else { continue };
        reader.check_asked(&rule, &groups, &name);
        let id = id.unwrap_or_else(|| name.clone());
        let twice = |known: &&Exclusion| {
            known.id == id.value && known.groups.iter().any(|group| groups.contains(group))
        };
        if rules.iter().any(|known| twice(&known)) {
            section.problem_with_help(
                codes::STUDY_DUPLICATE,
                id.span.clone(),
                format!("two rules of one group are named \"{}\"", id.value),
                "give one of them an id of its own: id = \"...\"",
            );
        }
        rules.push(Exclusion { id: id.value, label, rule, groups, span: name.span });
    }
    rules
}

impl Reader<'_> {
    /// What the rule is told, or the mistakes in it.
    fn rule(&self, name: &Spanned<String>) -> Option<Rule> {
        let section = self.section;
        Some(match name.value.as_str() {
            "unfinished" => Rule::Unfinished,
            "not-on-roster" => Rule::NotOnRoster,
            "break-off" => Rule::BreakOff,
            "duplicate" => self.duplicate(name)?,
            "test" => Rule::Test(self.look(section, "is", name)?),
            "consent" => {
                let (look, listed) = self.sided(name, "given", "refused")?;
                Rule::Consent { look, listed }
            }
            "eligibility" => {
                let (look, listed) = self.sided(name, "eligible", "not-eligible")?;
                Rule::Eligibility { look, listed }
            }
            "attention" => self.attention(name)?,
            "speeder" => Rule::Speeder(self.fastest(name)?),
            "progress" => Rule::Progress { below: self.number(name, "below", 0.0, 100.0)? },
            "longstring" => {
                let of = self.batteries(name);
                let at_least = section.count("at-least");
                match at_least {
                    Some(few) if few.value < 2 => {
                        let message = "every answer is a string of 1: at-least is 2 or more";
                        section.problem(codes::STUDY_BAD_VALUE, few.span, message);
                        return None;
                    }
                    None => {
                        self.needs(name, "at-least", "from how many equal answers in a row");
                        return None;
                    }
                    Some(few) => Rule::Longstring { of: of?, at_least: few.value },
                }
            }
            "irv" => {
                let of = self.batteries(name);
                let below = self.number(name, "below", 0.0, f64::MAX);
                self.one_length(of.as_deref().unwrap_or_default(), name);
                Rule::Irv { of: of?, below: below? }
            }
            "even-odd" => {
                let of = self.batteries(name);
                let below = self.number(name, "below", -1.0, 1.0);
                self.three_scales(of.as_deref(), name);
                Rule::EvenOdd { of: of?, below: below? }
            }
            "mahalanobis" => {
                let of = self.batteries(name);
                let alpha = self.number(name, "alpha", 0.0, 0.5);
                Rule::Mahalanobis { of: of?, alpha: alpha? }
            }
            _ => Rule::Preview,
        })
    }

    /// Says that a rule lacks a key.
    fn needs(&self, name: &Spanned<String>, key: &str, what: &str) {
        // A key of the wrong type is there, and has been reported.
        if self.section.place_of(key).is_none() {
            let message = format!("the rule \"{}\" needs \"{key}\", {what}", name.value);
            self.section.problem(codes::STUDY_MISSING_KEY, name.span.clone(), message);
        }
    }

    fn number(&self, name: &Spanned<String>, key: &str, low: f64, high: f64) -> Option<f64> {
        match self.section.decimal(key) {
            Some(text) => number(self.section, key, &text, low, high),
            None => {
                self.needs(name, key, "a number");
                None
            }
        }
    }

    fn duplicate(&self, name: &Spanned<String>) -> Option<Rule> {
        let by = self.section.texts("by");
        let keep = self.section.text("keep");
        let keep = keep.map_or(Some(Keep::MostComplete), |keep| one_of(self.section, &keep, &Keep::NAMES));
        if by.is_empty() {
            self.needs(name, "by", "the column by which people are known, or several");
            return None;
        }
        Some(Rule::Duplicate { by, keep: keep? })
    }

    /// Where to look and for which answers, under one key.
    fn look(&self, section: &Section<'_>, key: &str, name: &Spanned<String>) -> Option<Look> {
        let at = self.place(section, name);
        let answers = section.texts(key);
        if answers.is_empty() && section.place_of(key).is_none() {
            let message = format!("the rule \"{}\" needs \"{key}\", the answers to look for", name.value);
            section.problem(codes::STUDY_MISSING_KEY, name.span.clone(), message);
        }
        if answers.is_empty() { None } else { Some(Look { at: at?, answers }) }
    }

    /// A question or a column, and not both.
    fn place(&self, section: &Section<'_>, name: &Spanned<String>) -> Option<Where> {
        match (section.text("question"), section.text("column")) {
            (Some(question), None) => self.question(section, question).map(Where::Question),
            (None, Some(column)) => Some(Where::Column(column)),
            (Some(_), Some(column)) => {
                let message = "a rule looks at a question or at a column, not at both";
                section.problem(codes::STUDY_BAD_VALUE, column.span, message);
                None
            }
            (None, None) => {
                let message = format!(
                    "the rule \"{}\" needs \"question\", one of the study's, or \"column\", one of the export's",
                    name.value
                );
                section.problem(codes::STUDY_MISSING_KEY, name.span.clone(), message);
                None
            }
        }
    }

    /// A question of which answers can be looked for.
    fn question(&self, section: &Section<'_>, name: Spanned<String>) -> Option<Spanned<String>> {
        let Some(question) = self.questions.iter().find(|question| question.id == name.value) else {
            let known: Vec<&str> = self.questions.iter().map(|question| question.id.as_str()).collect();
            section.unknown_name("question", &name, &known);
            return None;
        };
        if !KINDS.contains(&question.kind) {
            let message =
                format!("no rule looks for answers of kind {}: {}", question.kind.name(), name.value);
            let help = "name a single, multi or likert question, or the column of the export";
            section.problem_with_help(codes::STUDY_WRONG_KIND, name.span, message, help);
            return None;
        }
        Some(name)
    }

    /// Answers of those kept or of those left out.
    fn sided(&self, name: &Spanned<String>, kept: &str, out: &str) -> Option<(Look, Listed)> {
        let section = self.section;
        let at = self.place(section, name);
        match (section.texts(kept), section.texts(out)) {
            (answers, none) if !answers.is_empty() && none.is_empty() => {
                Some((Look { at: at?, answers }, Listed::Kept))
            }
            (none, answers) if !answers.is_empty() && none.is_empty() => {
                Some((Look { at: at?, answers }, Listed::LeftOut))
            }
            _ => {
                let message =
                    format!("the rule \"{}\" needs answers under \"{kept}\" or under \"{out}\"", name.value);
                section.problem(codes::STUDY_MISSING_KEY, name.span.clone(), message);
                None
            }
        }
    }

    /// One check, or several under `checks`.
    fn attention(&self, name: &Spanned<String>) -> Option<Rule> {
        let allow = self.section.count("allow").map_or(0, |allow| allow.value);
        let sections = self.section.sections("checks");
        let checks: Vec<Option<Look>> = if self.section.place_of("checks").is_none() {
            vec![self.look(self.section, "right", name)]
        } else {
            let read = |section: &Section<'_>| {
                let look = self.look(section, "right", name);
                section.finish();
                look
            };
            sections.iter().map(read).collect()
        };
        if allow >= checks.len() as u64 && !checks.is_empty() {
            let span = self.section.place_of("allow").unwrap_or_else(|| name.span.clone());
            let message = format!("{allow} wrong of {} checks is everybody", checks.len());
            self.section.problem(codes::STUDY_BAD_VALUE, span, message);
        }
        let checks: Option<Vec<Look>> = checks.into_iter().collect();
        Some(Rule::Attention { checks: checks.filter(|checks| !checks.is_empty())?, allow })
    }

    fn fastest(&self, name: &Spanned<String>) -> Option<Fastest> {
        let section = self.section;
        match (section.text_or_number("faster-than"), section.decimal("median-share")) {
            (Some(time), None) => duration(section, &time).map(Fastest::Seconds),
            (None, Some(share)) => {
                number(section, "median-share", &share, 0.0, 1.0).map(Fastest::MedianShare)
            }
            (Some(_), Some(share)) => {
                let message = "too fast is said by faster-than or by median-share, not by both";
                section.problem(codes::STUDY_BAD_VALUE, share.span, message);
                None
            }
            (None, None) => {
                self.needs(name, "faster-than", "a time such as \"2 min\", or median-share, such as 0.3");
                None
            }
        }
    }

    /// The batteries whose answers a rule takes together.
    fn batteries(&self, name: &Spanned<String>) -> Option<Vec<String>> {
        let of = self.section.texts("of");
        if of.is_empty() {
            self.needs(name, "of", "questions on a scale");
            return None;
        }
        let mut found = Vec::new();
        for name in of {
            let question = self.question(self.section, name.clone())?;
            match self.questions.iter().find(|known| known.id == question.value) {
                Some(known) if known.kind == Kind::Likert => found.push(question.value),
                _ => {
                    let message = format!("{} is on no scale", name.value);
                    let help = "this rule takes questions of kind likert";
                    self.section.problem_with_help(codes::STUDY_WRONG_KIND, name.span, message, help);
                }
            }
        }
        Some(found)
    }

    /// Answers on scales of different length are not spread over the same numbers.
    fn one_length(&self, of: &[String], name: &Spanned<String>) {
        let lengths = self.questions.iter().filter(|question| of.contains(&question.id));
        let mut lengths: Vec<usize> =
            lengths.filter_map(|question| Some(question.scale.as_ref()?.points.len())).collect();
        lengths.dedup();
        if lengths.len() > 1 {
            let message = format!("the rule \"{}\" needs scales of equally many points", name.value);
            let help = "add a rule with an id of its own for each scale";
            self.section.problem_with_help(codes::STUDY_BAD_VALUE, name.span.clone(), message, help);
        }
    }

    fn three_scales(&self, of: Option<&[String]>, name: &Spanned<String>) {
        if of.is_some_and(|of| of.len() < 3) {
            let message =
                "even-odd needs at least three batteries: over two, a correlation is always 1 or -1";
            self.section.problem(codes::STUDY_BAD_VALUE, name.span.clone(), message);
        }
    }

    /// An id that means another rule, or something else that is counted, would be read as that.
    fn check_free(&self, id: &Spanned<String>, rule: &str) {
        let other = Rule::NAMES.contains(&id.value.as_str()) && id.value != rule;
        if other || TAKEN.contains(&id.value.as_str()) {
            let message = format!("a rule \"{rule}\" cannot be named \"{}\"", id.value);
            self.section.problem(codes::STUDY_BAD_VALUE, id.span.clone(), message);
        }
    }

    /// Every group to which a rule applies was asked what it looks at.
    fn check_asked(&self, rule: &Rule, groups: &[String], name: &Spanned<String>) {
        for id in rule.questions() {
            let Some(question) = self.questions.iter().find(|question| question.id == id) else { continue };
            let asked = |group: &&String| {
                question.sources.contains_key(*group)
                    || question.items.iter().any(|item| item.sources.contains_key(*group))
            };
            let without: Vec<&str> =
                groups.iter().filter(|group| !asked(group)).map(String::as_str).collect();
            if !without.is_empty() {
                let message = format!(
                    "the rule \"{}\" looks at {id}, which was not asked of {}",
                    name.value,
                    without.join(", ")
                );
                let help = "name the groups to which it applies: in = [\"...\"]";
                self.section.problem_with_help(codes::STUDY_BAD_VALUE, name.span.clone(), message, help);
            }
        }
    }
}

impl Rule {
    /// The questions of the study that it looks at.
    fn questions(&self) -> Vec<&str> {
        match self {
            Self::Test(look) | Self::Consent { look, .. } | Self::Eligibility { look, .. } => {
                look.question().into_iter().collect()
            }
            Self::Attention { checks, .. } => checks.iter().filter_map(Look::question).collect(),
            Self::Longstring { of, .. }
            | Self::Irv { of, .. }
            | Self::EvenOdd { of, .. }
            | Self::Mahalanobis { of, .. } => of.iter().map(String::as_str).collect(),
            Self::Preview
            | Self::Unfinished
            | Self::Duplicate { .. }
            | Self::NotOnRoster
            | Self::BreakOff
            | Self::Speeder(_)
            | Self::Progress { .. } => Vec::new(),
        }
    }
}

impl Look {
    fn question(&self) -> Option<&str> {
        match &self.at {
            Where::Question(question) => Some(&question.value),
            Where::Column(_) => None,
        }
    }
}
