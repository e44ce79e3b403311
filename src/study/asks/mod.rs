//! What is asked of the answers: the inquiries and what each of them needs to be told.

mod compare;
mod kinds;
mod linked;
mod nonresponse;
mod number;
mod outcome_rates;
mod preference;
mod reliability;
mod ticked_together;

use std::ops::Range;

use crate::codebook::Kind;
use crate::diag::codes;

use super::document::{Section, Spanned};
use super::links::Link;
use super::model::{Group, StudyQuestion};
use super::names::{existing, one_of};

pub use compare::{Compare, Crosstab, Family, NamedTest, Treat};
pub use linked::{Agreement, Concordance, Paired, Several};
pub use nonresponse::Nonresponse;
pub use number::NumberTerms;
pub use outcome_rates::OutcomeRates;
pub use preference::{Preference, Preferred};
pub use reliability::{Incomplete, Reliability};
pub use ticked_together::CoSelection;

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
    /// Pairs of choices ticked together.
    CoSelection(CoSelection),
    /// The most frequent sets of choices ticked by one person.
    Combinations {
        /// How many are counted.
        most: u64,
    },
    /// The order of preference in a ranking.
    OrderOfPreference(Preference),
    /// The summary of a number.
    Number(NumberTerms),
    /// How many wrote a text.
    Text,
    /// Sides compared by a test, with the size of the difference.
    Compare(Compare),
    /// The answers to a question by those to another.
    Crosstab(Crosstab),
    /// Who answered on both sides of a link.
    Pairs {
        /// The link.
        link: String,
    },
    /// Whether both sides of a link answered the same.
    Agreement(Agreement),
    /// Whether both sides of a link are more alike than chance would make them.
    Concordance(Concordance),
    /// What became of everybody invited, as rates of the standard.
    OutcomeRates(OutcomeRates),
    /// Those who responded against those who did not.
    Nonresponse(Nonresponse),
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
    pub(super) links: &'a [Link],
    /// The ids of groups and parts.
    pub(super) names: &'a [&'a str],
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
        name: "co-selection",
        kinds: &[Kind::Multi],
        read: |known, section| Some(ticked_together::co_selection(known, section)),
    },
    Form {
        name: "combinations",
        kinds: &[Kind::Multi],
        read: |known, section| Some(ticked_together::combinations(known, section)),
    },
    Form {
        name: "order of preference",
        kinds: &[Kind::Ranking],
        read: |known, section| Some(preference::read(known, section)),
    },
    Form {
        name: "number",
        kinds: &[Kind::Number],
        read: |_, section| Some(Inquiry::Number(NumberTerms::read(section))),
    },
    Form { name: "text", kinds: &[Kind::Text], read: |_, _| Some(Inquiry::Text) },
    Form {
        name: "compare",
        kinds: &[Kind::Likert, Kind::Single, Kind::Number, Kind::Multi, Kind::Ranking],
        read: compare::read,
    },
    Form {
        name: "crosstab",
        kinds: &[Kind::Likert, Kind::Single],
        read: |known, section| Some(compare::read_crosstab(known, section)),
    },
    Form { name: "pairs", kinds: &[], read: linked::pairs },
    Form {
        name: "agreement",
        kinds: &[Kind::Likert, Kind::Single, Kind::Multi, Kind::Ranking],
        read: linked::agreement,
    },
    Form { name: "concordance", kinds: &[Kind::Likert, Kind::Single], read: linked::concordance },
    Form {
        name: "outcome rates",
        kinds: &[],
        read: |known, section| Some(outcome_rates::read(known, section)),
    },
    Form {
        name: "nonresponse",
        kinds: &[Kind::Likert, Kind::Single, Kind::Multi, Kind::Number],
        read: |_, section| Some(nonresponse::read(section)),
    },
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
            Self::CoSelection(_) => "co-selection",
            Self::Combinations { .. } => "combinations",
            Self::OrderOfPreference(_) => "order of preference",
            Self::Number(_) => "number",
            Self::Text => "text",
            Self::Dates => "dates",
            Self::Reliability(_) => "reliability",
            Self::NetPromoter => "net promoter",
            Self::OutcomeRates(_) => "outcome rates",
            Self::Nonresponse(_) => "nonresponse",
            Self::Pairs { .. } => "pairs",
            Self::Agreement(_) => "agreement",
            Self::Concordance(_) => "concordance",
            Self::Compare(_) => "compare",
            Self::Crosstab(_) => "crosstab",
        }
    }

    /// The link of which it is asked, if it is asked of one.
    pub fn link(&self) -> Option<&str> {
        match self {
            Self::Pairs { link } => Some(link),
            Self::Agreement(Agreement { link, .. }) | Self::Concordance(Concordance { link, .. }) => {
                Some(link)
            }
            Self::Compare(terms) => terms.paired.as_ref().map(|paired| paired.link.as_str()),
            _ => None,
        }
    }

    /// The question whose answers are sides, if they are.
    pub fn by(&self) -> Option<&str> {
        self.compared().and_then(|terms| terms.by.as_deref())
    }

    /// The terms of the comparison that it makes, if it makes one.
    pub fn compared(&self) -> Option<&Compare> {
        match self {
            Self::Compare(terms) => Some(terms),
            Self::Crosstab(crosstab) => Some(&crosstab.compare),
            _ => None,
        }
    }
}

/// Reads `[[ask]]`. `known_groups` are the ids of groups and parts.
pub(super) fn asks(
    root: &Section<'_>,
    groups: &[Group],
    known_groups: &[&str],
    questions: &[StudyQuestion],
    links: &[Link],
) -> Vec<Ask> {
    let known = Known { groups, questions, links, names: known_groups };
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
    // Reliability says itself that it is asked of scores, which are no kind of their own.
    if !matches!(inquiry, Some(Inquiry::Reliability(_))) {
        of_right_kind(section, form, &of, known.questions);
    }
    if let (Some(name), Some(_)) = (names.first(), inquiry.as_ref().and_then(Inquiry::link)) {
        let message = "a link says between which groups it is";
        section.problem_with_help(codes::STUDY_BAD_VALUE, name.span.clone(), message, "leave \"in\" out");
    }
    // Concordance is asked of what the rosters say; of answers only where they are named.
    let all = !matches!(inquiry, Some(Inquiry::Concordance(_)));
    let fitting: Vec<&str> = known
        .questions
        .iter()
        .filter(|question| all && form.kinds.contains(&question.kind))
        .map(|question| question.id.as_str())
        .collect();
    let questions: Vec<&str> = known.questions.iter().map(|question| question.id.as_str()).collect();
    let of = existing(section, "question", &of, &questions, &fitting);
    // Parts are asked of where they are named: they would repeat everything, and have no roster of their own.
    let whole: Vec<&str> = known.groups.iter().map(|group| group.id.as_str()).collect();
    let groups = existing(section, "group", &names, known_groups, &whole);
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
