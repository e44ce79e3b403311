//! What is asked of the answers: the inquiries and what each of them needs to be told.

use std::ops::Range;

use crate::codebook::Kind;
use crate::diag::codes;

use super::document::{Section, Spanned};
use super::model::{Group, StudyQuestion};
use super::names::{existing, one_of};

mod reliability;

pub use reliability::{Incomplete, Reliability};

/// What is asked of the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The inquiry, with what it was told.
    pub inquiry: Inquiry,
    /// The questions.
    pub of: Vec<String>,
    /// The groups and parts.
    pub groups: Vec<String>,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Inquiry {
    /// Who was invited and who responded.
    ResponseRate,
    /// The answers to scale items or to a single choice.
    Distribution,
    /// The choices of a multi-select.
    Choices,
    /// The order of preference in a ranking.
    OrderOfPreference,
    /// The summary of a number.
    Number,
    /// How many wrote a text.
    Text,
    /// The days of a date.
    Dates,
    /// How well the items of a score hold together.
    Reliability(Reliability),
    /// Who would recommend and who would advise against, of a rating from 0 to 10.
    NetPromoter,
}

/// An inquiry as a study file can ask it.
pub(super) struct Form {
    /// Its name.
    pub(super) name: &'static str,
    /// The kinds of question of which it can be asked; none where it is about people.
    pub(super) kinds: &'static [Kind],
    /// Reads what else it is told; a mistake is reported there.
    pub(super) read: fn(&Known<'_>, &Section<'_>) -> Option<Inquiry>,
}

/// What the names in an ask may mean.
pub(super) struct Known<'a> {
    pub(super) groups: &'a [Group],
    pub(super) questions: &'a [StudyQuestion],
}

/// Every inquiry, in the order in which they are listed to a writer.
const FORMS: &[Form] = &[
    Form { name: "response rate", kinds: &[], read: |_, _| Some(Inquiry::ResponseRate) },
    Form {
        name: "distribution",
        kinds: &[Kind::Likert, Kind::Single],
        read: |_, _| Some(Inquiry::Distribution),
    },
    Form { name: "choices", kinds: &[Kind::Multi], read: |_, _| Some(Inquiry::Choices) },
    Form {
        name: "order of preference",
        kinds: &[Kind::Ranking],
        read: |_, _| Some(Inquiry::OrderOfPreference),
    },
    Form { name: "number", kinds: &[Kind::Number], read: |_, _| Some(Inquiry::Number) },
    Form { name: "text", kinds: &[Kind::Text], read: |_, _| Some(Inquiry::Text) },
    Form { name: "dates", kinds: &[Kind::Date], read: |_, _| Some(Inquiry::Dates) },
    Form { name: "reliability", kinds: &[Kind::Number], read: reliability::read },
    Form {
        name: "net promoter",
        kinds: &[Kind::Likert, Kind::Number],
        read: |_, _| Some(Inquiry::NetPromoter),
    },
];

impl Inquiry {
    /// The name in a study file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ResponseRate => "response rate",
            Self::Distribution => "distribution",
            Self::Choices => "choices",
            Self::OrderOfPreference => "order of preference",
            Self::Number => "number",
            Self::Text => "text",
            Self::Dates => "dates",
            Self::Reliability(_) => "reliability",
            Self::NetPromoter => "net promoter",
        }
    }
}

/// Reads `[[ask]]`. `known_groups` are the ids of groups and parts.
pub(super) fn asks(
    root: &Section<'_>,
    groups: &[Group],
    known_groups: &[&str],
    questions: &[StudyQuestion],
) -> Vec<Ask> {
    let known = Known { groups, questions };
    let asks: Vec<Ask> =
        root.sections("ask").iter().filter_map(|section| ask(section, &known, known_groups)).collect();
    reliability::once(root, &asks);
    asks
}

fn ask(section: &Section<'_>, known: &Known<'_>, known_groups: &[&str]) -> Option<Ask> {
    let name = section.required_text("inquiry");
    let of = section.texts("of");
    let names = section.texts("in");
    let forms: Vec<(&str, &Form)> = FORMS.iter().map(|form| (form.name, form)).collect();
    let form = name.as_ref().and_then(|name| one_of(section, name, &forms));
    let inquiry = form.and_then(|form| (form.read)(known, section));
    if form.is_some() {
        section.finish();
    }
    let form = form?;
    of_right_kind(section, form, &of, known.questions);
    let fitting: Vec<&str> = known
        .questions
        .iter()
        .filter(|question| form.kinds.contains(&question.kind))
        .map(|question| question.id.as_str())
        .collect();
    let questions: Vec<&str> = known.questions.iter().map(|question| question.id.as_str()).collect();
    let of = existing(section, "question", &of, &questions, &fitting);
    // A part has no roster of its own: what is asked of people is asked of groups unless parts are named.
    let whole: Vec<&str> = known.groups.iter().map(|group| group.id.as_str()).collect();
    let default = if form.kinds.is_empty() { &whole[..] } else { known_groups };
    let groups = existing(section, "group", &names, known_groups, default);
    Some(Ask { inquiry: inquiry?, of, groups, span: section.span.clone() })
}

/// Reports questions of a kind of which the inquiry cannot be asked.
fn of_right_kind(section: &Section<'_>, form: &Form, of: &[Spanned<String>], questions: &[StudyQuestion]) {
    for name in of {
        let Some(question) = questions.iter().find(|question| question.id == name.value) else { continue };
        if form.kinds.contains(&question.kind) {
            continue;
        }
        let message = format!(
            "\"{}\" cannot be asked of {}, which is of kind {}",
            form.name,
            name.value,
            question.kind.name()
        );
        let fitting = FORMS.iter().filter(|form| form.kinds.contains(&question.kind));
        let asked: Vec<&str> = fitting.map(|form| form.name).collect();
        let help = format!("what can be asked of it: {}", asked.join(", "));
        section.problem_with_help(codes::STUDY_WRONG_KIND, name.span.clone(), message, help);
    }
}
