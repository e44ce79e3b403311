//! Whether what a table shows is asked by the study, known without computing anything.

use crate::diag::{Diag, codes};
use crate::findings::Compared;
use crate::study::{Ask, Compare, Inquiry, Shown, Study};

/// The tables of comparisons, which may say which of them they show.
const COMPARED: &[&str] = &["comparisons", "defaults", "crosstab", "multi-comparison", "ranking-comparison"];

/// Which comparisons a table shows; nothing else has any to choose from.
pub(super) fn chosen(study: &Study, shown: &Shown) -> Result<Compared, Diag> {
    let kind = shown.show.value.as_str();
    for (key, given) in [("by", &shown.by), ("name", &shown.name)] {
        let Some(given) = given else { continue };
        // The findings of a whole multi-select or ranking are not told apart by name.
        let whole = key == "name" && matches!(kind, "multi-comparison" | "ranking-comparison");
        if !COMPARED.contains(&kind) || whole {
            let message = format!("a table of {kind} has no {key} to choose by");
            let diag = study.error(codes::STUDY_BAD_VALUE, &given.span, message);
            return Err(diag.help(format!("leave {key} out")));
        }
    }
    let value =
        |given: &Option<crate::study::Spanned<String>>| given.as_ref().map(|given| given.value.clone());
    Ok(Compared { by: value(&shown.by), name: value(&shown.name) })
}

/// Refuses a table or figure of a question of which no ask asks what it shows.
pub(super) fn asked(study: &Study, shown: &Shown) -> Result<(), Diag> {
    let Some((inquiry, fits)) = inquiry(shown.show.value.as_str(), shown.link.is_some()) else {
        return Ok(());
    };
    let error = |why: &str| {
        let message = format!("\"{}\" cannot be made: {why}", shown.id);
        let diag = study.error(codes::STUDY_WRONG_KIND, &shown.show.span, message);
        diag.help(format!("what it shows must be asked by an [[ask]]: {inquiry}"))
    };
    if shown.of.is_empty() {
        return Err(error("it names no question").help("add of = \"the question\""));
    }
    let is_asked =
        |question: &String| study.asks.iter().any(|ask| ask.of.contains(question) && fits(ask, shown));
    match shown.of.iter().find(|question| !is_asked(question)) {
        Some(question) => Err(error(&format!("of {question} nothing is asked that it could show"))),
        None => Ok(()),
    }
}

type Fits = fn(&Ask, &Shown) -> bool;

/// The inquiry whose findings a table or figure shows, as a study file writes it, and whether an ask is one that it can
/// show; `of_pairs` says that it is about a link.
fn inquiry(kind: &str, of_pairs: bool) -> Option<(&'static str, Fits)> {
    let compare = "inquiry = \"compare\", between groups of the table or by the question that it names";
    Some(match kind {
        "comparisons" | "forest" | "multi-comparison" | "ranking-comparison" => {
            (compare, |ask, shown| independent(ask, shown).is_some())
        }
        "defaults" => ("inquiry = \"compare\" with defaults = true", |ask, shown| {
            independent(ask, shown).is_some_and(|terms| terms.defaults)
        }),
        "heat" if of_pairs => ("inquiry = \"agreement\" with cross = true", |ask, shown| {
            let is_crossed = matches!(&ask.inquiry, Inquiry::Agreement(terms) if terms.cross);
            is_crossed && shown.link.as_ref().is_none_or(|link| ask.inquiry.link() == Some(&link.value))
        }),
        "upset" => {
            ("inquiry = \"combinations\"", |ask, _| matches!(ask.inquiry, Inquiry::Combinations { .. }))
        }
        "crosstab" | "heat" => ("inquiry = \"crosstab\"", |ask, shown| match &ask.inquiry {
            Inquiry::Crosstab(crosstab) => is_shown(ask, &crosstab.compare, shown),
            _ => false,
        }),
        "participants" => {
            ("inquiry = \"distribution\", \"choices\", \"number\" or \"dates\"", |ask, shown| {
                let tells = matches!(
                    ask.inquiry,
                    Inquiry::Distribution | Inquiry::Choices | Inquiry::Number(_) | Inquiry::Dates
                );
                tells && ask.groups.iter().any(|group| shown.groups.contains(group))
            })
        }
        "combinations" => ("inquiry = \"combinations\"", |ask, shown| {
            matches!(ask.inquiry, Inquiry::Combinations { .. })
                && ask.groups.iter().any(|group| shown.groups.contains(group))
        }),
        "dates" => ("inquiry = \"dates\"", |ask, _| ask.inquiry == Inquiry::Dates),
        "constant-sum" => ("inquiry = \"number\"", |ask, _| matches!(ask.inquiry, Inquiry::Number(_))),
        "change" => ("inquiry = \"compare\" with design = \"paired\" and its link", |ask, shown| {
            let is_paired = matches!(&ask.inquiry, Inquiry::Compare(terms) if terms.paired.is_some());
            is_paired && shown.link.as_ref().is_none_or(|link| ask.inquiry.link() == Some(&link.value))
        }),
        "net promoter" => ("inquiry = \"net promoter\"", |ask, _| ask.inquiry == Inquiry::NetPromoter),
        "battery" => ("inquiry = \"reliability\"", |ask, _| matches!(ask.inquiry, Inquiry::Reliability(_))),
        _ => return None,
    })
}

/// The terms of an ask that compares independent sides which the table shows.
fn independent<'a>(ask: &'a Ask, shown: &Shown) -> Option<&'a Compare> {
    match &ask.inquiry {
        Inquiry::Compare(terms) if terms.paired.is_none() && is_shown(ask, terms, shown) => Some(terms),
        _ => None,
    }
}

/// Whether the table shows the groups of an ask, and chooses it by its question and its name.
fn is_shown(ask: &Ask, terms: &Compare, shown: &Shown) -> bool {
    let chosen = |wanted: &Option<crate::study::Spanned<String>>, given: &Option<String>| {
        wanted.as_ref().is_none_or(|wanted| given.as_ref() == Some(&wanted.value))
    };
    let known = |group: &String| shown.groups.contains(group);
    // Within groups each has a comparison of its own; between them they have one together.
    let of_groups =
        if terms.by.is_some() { ask.groups.iter().any(known) } else { ask.groups.iter().all(known) };
    chosen(&shown.by, &terms.by) && chosen(&shown.name, &terms.name) && of_groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    /// What a study file with such an ask is told of its keys and its inquiry.
    fn complaints(keys: &str) -> Vec<String> {
        let text = format!(
            "[study]\ntitle = \"x\"\n[groups.g]\nexport = \"a.csv\"\n[questions.q]\nkind = \"number\"\ng = \"Q\"\n\
             [[ask]]\nof = [\"q\"]\n{keys}\n"
        );
        let told = Study::parse(&FileId::new("s.toml"), &text, "x").err().unwrap_or_default();
        let messages = told.into_iter().map(|diag| diag.message);
        messages
            .filter(|words| words.contains("no key") || words.contains("values that can stand here"))
            .collect()
    }

    #[test]
    fn every_remedy_names_an_inquiry_and_keys_that_a_study_file_has() {
        assert!(!complaints("inquiry = \"compare\"\npaired = \"the link\"").is_empty());
        assert!(!complaints("inquiry = \"comparison\"").is_empty());
        let kinds = crate::pipeline::render::TABLE_KINDS.iter().copied().chain(["forest", "heat", "upset"]);
        let remedies: Vec<&str> = kinds
            .flat_map(|kind| [inquiry(kind, false), inquiry(kind, true)])
            .flatten()
            .map(|(words, _)| words)
            .collect();
        assert!(remedies.len() > 20, "{remedies:?}");
        for remedy in remedies {
            let (inquiries, keys) = remedy.split_once(" with ").unwrap_or((remedy, ""));
            let key = keys.split(" and ").next().unwrap_or_default();
            for name in inquiries.split('"').skip(1).step_by(2) {
                let ask = format!("inquiry = \"{name}\"\n{key}");
                assert_eq!(complaints(&ask), Vec::<String>::new(), "{remedy}");
            }
        }
    }
}
