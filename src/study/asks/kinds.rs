//! Which keys of a comparison say something of which kinds of question: a key that says nothing is refused.

use crate::codebook::Kind;
use crate::diag::codes;
use crate::study::document::{Section, Spanned};

use super::Known;

/// Reports what is said of questions of a kind of which it says nothing, and pairs of answers that have no order.
pub(super) fn keys_fit(known: &Known<'_>, section: &Section<'_>, is_paired: bool) {
    let asked = section.texts("of");
    let of = |kinds: &[Kind]| -> Option<(&Spanned<String>, Kind)> {
        asked.iter().find_map(|name| {
            let kind = known.questions.iter().find(|question| question.id == name.value)?.kind;
            kinds.contains(&kind).then_some((name, kind))
        })
    };
    let whole = of(&[Kind::Multi, Kind::Ranking]);
    if let (true, Some((name, kind))) = (is_paired, whole) {
        let message = format!("pairs cannot be compared in {}, which is of kind {}", name.value, kind.name());
        let help = "pairs are compared in likert, single and number questions; inquiry = \"agreement\" sets choices \
                    and first choices side by side";
        section.problem_with_help(codes::STUDY_WRONG_KIND, name.span.clone(), message, help);
        return;
    }
    let nothing = |key: &str, name: &str, kind: Kind, help: &str| {
        if let Some(place) = section.place_of(key) {
            let message = format!("\"{key}\" says nothing of {name}, which is of kind {}", kind.name());
            section.problem_with_help(codes::STUDY_WRONG_KIND, place, message, help);
        }
    };
    let apart = "leave it out, or compare that question in an ask of its own";
    if let Some((name, kind)) = whole {
        for key in ["ordered", "pairwise", "defaults"] {
            nothing(key, &name.value, kind, apart);
        }
        // Options are ticked or not, which is nominal already.
        let is_true =
            kind == Kind::Multi && section.text("treat").is_some_and(|treat| treat.value == "nominal");
        if !is_true {
            nothing("treat", &name.value, kind, apart);
        }
    }
    if let (None, Some((name, kind))) =
        (of(&[Kind::Ranking]), of(&[Kind::Likert, Kind::Single, Kind::Number, Kind::Multi]))
    {
        nothing("partial", &name.value, kind, "leave it out: it says which rankings count");
    }
}
