//! Labels that stand beside a scale and are no point of it, and the words for its middle.

use super::label::{Label, note};
use crate::codebook::Missing;

/// Labels that say of themselves that they are no answer, folded.
const OFF_SCALE: &[(Missing, &[&str])] = &[
    (
        Missing::NotApplicable,
        &[
            "not applicable",
            "n/a",
            "na",
            "n.a",
            "n. a",
            "n/a.",
            "does not apply",
            "doesn't apply",
            "do not apply",
            "does not apply to me",
            "inapplicable",
            "not relevant",
            "not observed",
            "have not used",
            "haven't used",
            "have not used it",
            "no experience",
            // Other languages that the platforms are often used in.
            "nicht zutreffend",
            "trifft nicht zu (entfällt)",
            "entfällt",
            "sans objet",
            "non concerné",
            "ne s'applique pas",
            "no aplica",
            "no procede",
            "non applicabile",
            "não se aplica",
            "niet van toepassing",
            "n.v.t",
        ],
    ),
    (
        Missing::DontKnow,
        &[
            "don't know",
            "do not know",
            "dk",
            "unsure",
            "not sure",
            "can't say",
            "cannot say",
            "no opinion",
            "don't remember",
            "do not remember",
            "can't remember",
            "unable to judge",
            "unable to rate",
            "unable to say",
            "unable to answer",
            "cannot judge",
            "can't judge",
            "cannot rate",
            "can't rate",
            "hard to say",
            "no idea",
            "no basis to judge",
            "unknown",
            "not known",
            "don't know enough to say",
            "weiß nicht",
            "weiss nicht",
            "keine meinung",
            "kann ich nicht beurteilen",
            "ne sait pas",
            "je ne sais pas",
            "sans opinion",
            "no sabe",
            "no sé",
            "no lo sé",
            "non so",
            "não sei",
            "não sabe",
            "weet niet",
            "weet ik niet",
        ],
    ),
    (
        Missing::Refused,
        &[
            "prefer not to say",
            "prefer not to answer",
            "prefer not to disclose",
            "prefer not to respond",
            "prefer not to state",
            "would rather not say",
            "rather not say",
            "rather not answer",
            "refused",
            "refuse",
            "refuse to answer",
            "refusal",
            "decline",
            "declined",
            "decline to answer",
            "decline to state",
            "declined to answer",
            "choose not to answer",
            "no answer",
            "no response",
            "choose not to say",
            "keine angabe",
            "k.a",
            "möchte ich nicht sagen",
            "ne se prononce pas",
            "refus",
            "no contesta",
            "prefiero no contestar",
            "prefiero no decirlo",
            "preferisco non rispondere",
            "prefiro não responder",
            "zeg ik liever niet",
            "geen antwoord",
        ],
    ),
    (
        Missing::Skipped,
        &["skipped", "skip", "not selected", "not answered", "unanswered", "nothing selected"],
    ),
    (Missing::NotAsked, &["not asked", "question not asked"]),
];

/// Beginnings that are no answer on any question, whatever follows.
const BEGINNINGS: &[(Missing, &[&str])] = &[
    (Missing::NotApplicable, &["not applicable", "n/a", "does not apply", "doesn't apply"]),
    (Missing::DontKnow, &["don't know", "do not know", "unable to judge", "unable to rate", "not sure"]),
    (Missing::Refused, &["prefer not to", "would prefer not to", "decline to", "rather not"]),
];

/// Beginnings and labels that are no point of a scale, but may well be answers to another kind of question.
const BESIDE_A_SCALE: &[&str] =
    &["have not", "haven't", "did not", "didn't", "not yet rated", "never used", "never heard"];
const BESIDE_A_SCALE_ALONE: &[&str] = &["other", "other (please specify)", "unfamiliar"];
const NONE_OF_THESE: &[&str] =
    &["none of the above", "none of these", "none of them", "none of these apply", "none apply"];

/// Why there is no answer where this label was chosen, if it says so itself.
///
/// Only what is no answer on any kind of question counts: "Other" and "None of the above" are answers to most.
pub fn off_scale(label: &str) -> Option<Missing> {
    off_scale_label(&Label::of(label))
}

/// Whether a label says that none of the other choices is chosen.
pub fn is_none_of_these(label: &str) -> bool {
    NONE_OF_THESE.contains(&Label::of(label).words())
}

pub(super) fn off_scale_label(label: &Label) -> Option<Missing> {
    reason(label.words()).or_else(|| reason(&label.whole))
}

/// Why a label beside a scale is no point of it.
pub(super) fn beside_a_scale(label: &Label) -> Option<Missing> {
    let words = label.words();
    off_scale_label(label).or_else(|| {
        let begins = BESIDE_A_SCALE.iter().any(|beginning| begins(words, beginning));
        (begins || BESIDE_A_SCALE_ALONE.contains(&words) || NONE_OF_THESE.contains(&words))
            .then_some(Missing::NotApplicable)
    })
}

fn reason(text: &str) -> Option<Missing> {
    let text = ["i'm ", "i am ", "i'd ", "i would ", "i "]
        .iter()
        .find_map(|person| text.strip_prefix(person))
        .unwrap_or(text);
    exactly(text)
        .or_else(|| {
            BEGINNINGS.iter().find(|(_, all)| all.iter().any(|own| begins(text, own))).map(|(why, _)| *why)
        })
        .or_else(|| each_part(text))
        .or_else(|| match note(text) {
            // "Unfamiliar (N/A)", "Don't know (DK)".
            (words, Some(note)) => exactly(words).or_else(|| exactly(note)),
            _ => None,
        })
}

fn exactly(text: &str) -> Option<Missing> {
    let text = text.replace("dont ", "don't ");
    let known = |labels: &[&str]| labels.iter().any(|label| *label == text);
    OFF_SCALE.iter().find(|(_, labels)| known(labels)).map(|(reason, _)| *reason)
}

/// "Don't know/no opinion", "not applicable or not observed": every part says that there is no answer.
fn each_part(text: &str) -> Option<Missing> {
    ["/", " or ", ", "].iter().find_map(|between| {
        let reasons: Option<Vec<Missing>> = text.split(between).map(|part| exactly(part.trim())).collect();
        reasons.filter(|reasons| reasons.len() > 1)?.first().copied()
    })
}

/// Whether a text begins with these words.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// What a label may be of a scale's middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Middle {
    /// It is the middle.
    Sure,
    /// It is the middle unless another label is: "Undecided".
    UnlessAnother,
    /// It is the middle or no answer: "Unsure".
    Perhaps,
}

const SURE: &[&str] =
    &["neutral", "mixed", "in between", "in the middle", "indifferent", "ambivalent", "midpoint"];
const UNLESS_ANOTHER: &[&str] = &["undecided", "uncertain"];
const PERHAPS: &[&str] = &[
    "unsure",
    "not sure",
    "no opinion",
    "don't know",
    "dont know",
    "do not know",
    "i don't know",
    "i am unsure",
];

/// Whether a text may name the middle of a scale with two ends.
pub(super) fn middle(text: &str) -> Option<Middle> {
    let words = match note(text) {
        (words, Some(_)) => words,
        _ => text,
    };
    let sure = |part: &str| part == "neither" || SURE.contains(&part) || is_neither(part);
    let parts: Vec<&str> = words.split([',', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| sure(part))
        && parts.iter().all(|part| sure(part) || UNLESS_ANOTHER.contains(part) || PERHAPS.contains(part))
    {
        return Some(Middle::Sure);
    }
    if UNLESS_ANOTHER.contains(&words) {
        return Some(Middle::UnlessAnother);
    }
    PERHAPS.contains(&words).then_some(Middle::Perhaps)
}

/// `neither agree nor disagree`, in either order, with "or" or "nor", with or without "neutral" beside it.
fn is_neither(text: &str) -> bool {
    let text =
        text.strip_prefix("neutral -").or_else(|| text.strip_prefix("neutral:")).unwrap_or(text).trim();
    let Some(rest) = text.strip_prefix("neither ") else { return false };
    let words: Vec<&str> = rest.split(' ').collect();
    words.iter().skip(1).any(|word| matches!(*word, "or" | "nor")) && words.len() <= 6 || rest == "nor"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_are_no_answer_say_why() {
        for (label, reason) in [
            ("N/A", Missing::NotApplicable),
            ("Not Applicable.", Missing::NotApplicable),
            ("n.a.", Missing::NotApplicable),
            ("Don\u{2019}t know", Missing::DontKnow),
            ("Dont know", Missing::DontKnow),
            ("I don't know", Missing::DontKnow),
            ("Don't know/no opinion", Missing::DontKnow),
            ("6 - Not sure", Missing::DontKnow),
            ("Unable to judge (9)", Missing::DontKnow),
            ("Prefer not to say", Missing::Refused),
            ("I'd prefer not to share my age", Missing::Refused),
            ("Keine Angabe", Missing::Refused),
            ("Ne sait pas", Missing::DontKnow),
            ("No aplica", Missing::NotApplicable),
            ("*Not selected*", Missing::Skipped),
            ("Unfamiliar (N/A)", Missing::NotApplicable),
        ] {
            assert_eq!(off_scale(label), Some(reason), "{label}");
        }
    }

    #[test]
    fn answers_are_not_taken_for_labels_of_no_answer() {
        for label in [
            "Other",
            "None of the above",
            "Never",
            "No",
            "Not at all",
            "Did not vote",
            "Nav",
            "Unsurely",
            "",
            "1",
        ] {
            assert_eq!(off_scale(label), None, "{label}");
        }
    }

    #[test]
    fn the_middle_has_many_names() {
        for text in [
            "neutral",
            "neither agree nor disagree",
            "neither disagree or agree",
            "neither",
            "neutral/undecided",
            "neutral (neither agree nor disagree)",
            "neither important nor unimportant",
            "neither satisfied or dissatisfied",
        ] {
            assert_eq!(middle(text), Some(Middle::Sure), "{text}");
        }
        assert_eq!(middle("undecided"), Some(Middle::UnlessAnother));
        assert_eq!(middle("no opinion"), Some(Middle::Perhaps));
        assert_eq!(middle("neither of these"), None);
        assert_eq!(middle("agree"), None);
    }
}
