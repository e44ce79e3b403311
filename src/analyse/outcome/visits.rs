//! How far responses came, as CHERRIES asks it, and what a platform's dashboard calls response rate.

use crate::findings::{Caution, Findings, Reason, Selector, Statistic, Value};
use crate::ingest::invitations::List;
use crate::stats::{Method, NotComputed};

use crate::analyse::about::{About, Found};

/// What a dashboard shows.
pub(in crate::analyse) const PLATFORM: Method = Method {
    id: "dashboard.qualtrics",
    name: "Response rate of Qualtrics' dashboard",
    convention: "everybody who started over everybody on the list of contacts",
};
/// Rates of the checklist for reporting results of internet surveys.
pub(in crate::analyse) const CHERRIES: Method = Method {
    id: "cherries",
    name: "CHERRIES view, participation and completion rates",
    convention: "unique people as the study's rules leave them",
};
/// Items answered of items asked.
pub(in crate::analyse) const COMPLETENESS: Method = Method {
    id: "completeness.items",
    name: "Completeness",
    convention: "items answered over items asked, summed over the responses analysed; texts do not count",
};

const WHY_IT_DIFFERS: &str = "a rate of starting, as Qualtrics' dashboard shows it: whoever opened the survey counts, and \
                              whoever left it, came twice or is not on the roster does too; it is no response rate of \
                              the standard";

/// Writes the rates of how far a group's responses came.
pub(super) fn visits(about: &About<'_>, findings: &mut Findings) {
    let fielding = &about.cohort.fielding;
    let find = |findings: &mut Findings, statistic: Statistic, method, value, counts, cautions| {
        let found = Found { method: Some(method), counts, cautions, ..Found::plain(statistic, value) };
        about.find(findings, &[statistic.id()], found);
    };
    let platform = platform(about);
    let why =
        matches!(platform, Value::Share { .. }).then_some(Caution::PlatformRate { what: WHY_IT_DIFFERS });
    find(findings, Statistic::PlatformRate, PLATFORM, platform, None, why.into_iter().collect());
    let is_closed = about.cohort.roster.is_some() || about.cohort.people.invited.is_some();
    let view = match fielding.visits {
        Some(visits) if visits.site.is_some() => visits
            .site
            .map_or(Value::NotComputed(Reason::EmptyBase), |site| Value::share(visits.survey, site)),
        _ if is_closed => not_applicable("a survey sent to named people has no visitors of a site"),
        _ => not_applicable("nothing says how many visited the site"),
    };
    find(findings, Statistic::ViewRate, CHERRIES, view, None, Vec::new());
    let started = fielding.came.started.len() as u64;
    let has_answers = about.cohort.file.is_some();
    let recruited = match fielding.visits {
        Some(visits) if has_answers && started > visits.survey => Value::NotComputed(Reason::Method(
            NotComputed::invalid("more people started than visited the survey"),
        )),
        Some(visits) if has_answers => Value::share(started, visits.survey),
        _ if !has_answers => Value::NotComputed(Reason::NotCollected),
        _ => not_applicable("nothing counts those who opened the first page"),
    };
    find(findings, Statistic::RecruitmentRate, CHERRIES, recruited, Some(Selector::Started), Vec::new());
    let completed = match &fielding.came.submitted {
        _ if !has_answers => Value::NotComputed(Reason::NotCollected),
        Some(submitted) => Value::share(submitted.len() as u64, started),
        None => not_applicable("the export does not say of every response whether it was submitted"),
    };
    find(findings, Statistic::CompletionRate, CHERRIES, completed, Some(Selector::Submitted), Vec::new());
    let items = fielding.items;
    let complete = if has_answers {
        Value::share(items.answered, items.asked)
    } else {
        Value::NotComputed(Reason::NotCollected)
    };
    // Items are not people: one person has several, so a share of them has neither interval nor rows of its own.
    find(findings, Statistic::Completeness, COMPLETENESS, complete, None, Vec::new());
}

fn not_applicable(why: &'static str) -> Value {
    Value::NotComputed(Reason::NotApplicable(why))
}

/// Who started over who was on the list, by the platform's own list or by what its export holds.
fn platform(about: &About<'_>) -> Value {
    let fielding = &about.cohort.fielding;
    match (fielding.funnel, fielding.started_on_platform, about.cohort.people.n_invited()) {
        (Some((List::History, funnel)), _, _) => Value::share(funnel.started, funnel.listed),
        (Some(_), _, _) => not_applicable("the platform shows counts of responses and no rate"),
        (None, Some(started), Some(listed)) if started > listed => {
            not_applicable("more people started than are on the list: some came by another link")
        }
        (None, Some(started), Some(listed)) => Value::share(started, listed),
        (None, Some(_), None) => Value::NotComputed(Reason::FrameUnknown),
        (None, None, _) if about.cohort.file.is_none() => Value::NotComputed(Reason::NotCollected),
        (None, None, _) => not_applicable("the platform's dashboard shows no such rate"),
    }
}
