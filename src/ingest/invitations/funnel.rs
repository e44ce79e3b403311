//! How many came how far, and the rates that are called by many names.

use super::{Invitations, Invited, List, Reached, Sending};

/// The people of a list by how far they came. Each later stage is part of the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Funnel {
    /// People on the list.
    pub listed: u64,
    /// Of them, opted out before anything was sent.
    pub opted_out: u64,
    /// Held back because they had been asked too often.
    pub held_back: u64,
    /// Waiting to be sent.
    pub waiting: u64,
    /// To whom a message was sent, or tried.
    pub sent: u64,
    /// Of those sent, failed before it left.
    pub failed: u64,
    /// Of those sent, came back.
    pub bounced: u64,
    /// Opened the message; pictures tell, so it is less, or by prefetching more, than were read.
    pub opened: u64,
    /// Opened the survey.
    pub started: u64,
    /// Left it with something answered.
    pub partial: u64,
    /// Were turned away by it.
    pub screened_out: u64,
    /// Finished it.
    pub finished: u64,
    /// Responded though nothing was sent to them: they came by another link and are in no rate of the invited.
    pub uninvited: u64,
}

/// A rate with its counts and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Its name.
    pub name: &'static str,
    /// The numerator.
    pub count: u64,
    /// The denominator.
    pub of: u64,
    /// Numerator and denominator in words.
    pub definition: &'static str,
}

impl Invitations {
    /// Counts the people by how far they came; `None` if the list does not say.
    pub fn funnel(&self) -> Option<Funnel> {
        if !self.list.knows_stages() {
            return None;
        }
        let count =
            |wanted: fn(&Invited) -> bool| self.people.iter().filter(|person| wanted(person)).count() as u64;
        Some(Funnel {
            listed: self.people.len() as u64,
            opted_out: count(|person| person.sending == Sending::OptedOut),
            held_back: count(|person| person.sending == Sending::HeldBack),
            waiting: count(|person| person.sending == Sending::Waiting),
            sent: count(|person| person.sending >= Sending::Failed),
            failed: count(|person| person.sending == Sending::Failed),
            bounced: count(|person| person.sending == Sending::Bounced),
            opened: count(|person| person.reached >= Reached::Opened),
            started: count(|person| person.reached >= Reached::Started),
            partial: count(|person| person.reached == Reached::Partial),
            screened_out: count(|person| person.reached == Reached::ScreenedOut),
            finished: count(|person| person.reached == Reached::Finished),
            uninvited: count(|person| !person.was_asked() && person.reached >= Reached::Partial),
        })
    }

    /// The rates that can be made of the list, each under a name that says which it is.
    pub fn rates(&self) -> Vec<Rate> {
        let Some(funnel) = self.funnel() else { return Vec::new() };
        let rate = |name, count, of, definition| Rate { name, count, of, definition };
        // Of the people sent a message, not of those who came by themselves though none was sent to them.
        let of_sent = |wanted: fn(&Invited) -> bool| {
            let sent = self.people.iter().filter(|person| person.sending >= Sending::Failed);
            sent.filter(|person| wanted(person)).count() as u64
        };
        let finished = of_sent(|person| person.reached == Reached::Finished);
        let partial = of_sent(|person| person.reached == Reached::Partial);
        if self.list != List::History {
            return vec![
                rate(
                    "finished per invited",
                    finished,
                    funnel.sent,
                    "finished / sent; delivery is not known to REDCap",
                ),
                rate(
                    "finished or partial per invited",
                    finished + partial,
                    funnel.sent,
                    "(finished + partial, at least one page kept) / sent; delivery is not known to REDCap",
                ),
            ];
        }
        let delivered = funnel.sent - funnel.failed - funnel.bounced;
        let eligible = funnel.sent - of_sent(|person| person.reached == Reached::ScreenedOut);
        vec![
            rate("delivered", delivered, funnel.sent, "(sent - failed - bounced) / sent"),
            rate(
                "open rate",
                funnel.opened,
                delivered,
                "opened / delivered; told by a picture, so not exact",
            ),
            rate("start rate", funnel.started, delivered, "started / delivered"),
            rate("completion of started", funnel.finished, funnel.started, "finished / started"),
            rate("response rate", finished, eligible, "finished / (sent - screened out)"),
            rate(
                "response rate with partials",
                finished + partial,
                eligible,
                "(finished + partial) / (sent - screened out)",
            ),
            rate(
                "what Qualtrics' dashboard calls response rate",
                funnel.started,
                funnel.listed,
                "started / everybody on the list: a rate of starting",
            ),
        ]
    }
}
