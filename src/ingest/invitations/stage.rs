//! How far an invitation came, read from one row: from its times first, then from its latest state.

use crate::ingest::header::letters;

/// What became of the sending. Later means more is known to have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sending {
    /// The list does not say whether anything was sent.
    Unknown,
    /// On the list, and opted out before anything was sent.
    OptedOut,
    /// Held back, because the person had been asked too often.
    HeldBack,
    /// Waiting to be sent.
    Waiting,
    /// The platform could not send it.
    Failed,
    /// It was sent and came back.
    Bounced,
    /// It was sent and did not come back.
    Sent,
}

/// How far the person came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// Nothing is known to have happened.
    Nothing,
    /// The message was opened.
    Opened,
    /// The survey was opened.
    Started,
    /// Some of it was answered and kept.
    Partial,
    /// The survey turned the person away.
    ScreenedOut,
    /// The survey was finished.
    Finished,
}

/// Both.
pub(super) type Stage = (Sending, Reached);

/// What a state means; `None` for a word that is no state of an invitation.
pub(super) fn of_status(status: &str) -> Option<Stage> {
    let folded = letters(status);
    let bare = folded.strip_prefix("email").or_else(|| folded.strip_prefix("survey")).unwrap_or(&folded);
    Some(match bare {
        "pending" | "scheduled" | "notsent" => (Sending::Waiting, Reached::Nothing),
        "success" | "sent" | "delivered" | "complaint" | "complained" => (Sending::Sent, Reached::Nothing),
        "error" | "failure" | "failed" | "unknown" | "blocked" => (Sending::Failed, Reached::Nothing),
        "skipped" => (Sending::HeldBack, Reached::Nothing),
        "softbounce" | "hardbounce" | "bounce" | "bounced" => (Sending::Bounced, Reached::Nothing),
        "optedout" | "unsubscribed" | "optout" => (Sending::OptedOut, Reached::Nothing),
        "opened" => (Sending::Sent, Reached::Opened),
        "started" | "sessionexpired" => (Sending::Sent, Reached::Started),
        "partiallyfinished" | "partiallycompleted" => (Sending::Sent, Reached::Partial),
        "screenedout" => (Sending::Sent, Reached::ScreenedOut),
        "finished" | "completed" => (Sending::Sent, Reached::Finished),
        _ => return None,
    })
}

/// What a cell about the response means: a code, or a word.
pub(super) fn of_response(text: &str) -> Option<Reached> {
    let folded = letters(text);
    Some(match folded.as_str() {
        "" | "0" | "no" | "notresponded" | "noresponse" => Reached::Nothing,
        _ if folded == "1" || folded.starts_with("partial") || folded == "incomplete" => Reached::Partial,
        "2" | "yes" | "complete" | "completed" | "responded" => Reached::Finished,
        _ => return None,
    })
}

/// Whether a cell says that something is so or gives a time at which it was; `None` for neither.
///
/// A time is known by its digits and signs, for the order of day and month does not matter here; one of zeros alone
/// is how a database writes never.
pub(super) fn happened(text: &str) -> Option<bool> {
    match letters(text).as_str() {
        "" | "0" | "no" | "false" | "null" | "none" | "na" => return Some(false),
        "1" | "yes" | "true" => return Some(true),
        _ => {}
    }
    let digits = text.chars().filter(char::is_ascii_digit);
    if digits.clone().count() < 4 || !text.contains(['-', '/', ':', '.']) {
        return None;
    }
    Some(digits.into_iter().any(|digit| digit != '0'))
}
