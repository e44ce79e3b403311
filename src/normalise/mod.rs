//! Exports and the study to cohorts: who is in and why, and their answers to the study's questions.

mod bind;
mod coded_text;
mod coding;
mod cohort;
mod completeness;
mod ledger;
mod part;
mod people;
mod periods;
mod range;
mod reading;
mod roster;
mod rules;
mod score;

pub use bind::{Bound, bind};
pub use coded_text::{CodingList, Codings, read_coding, strangers};
pub use coding::{
    Coded, Coder, Declared, Progress, ReadAs, Recoded, RecodedFrom, Rule as RecodingRule, code,
};
pub use cohort::{Cohort, CohortQuestion, Invitee, Scored};
pub use ledger::{Ledger, LedgerEntry};
pub use part::part;
pub use people::assemble;
pub use periods::date;
pub use roster::{RosterList, read_roster};
