//! Exports and the study to cohorts: who is in and why, and their answers to the study's questions.

mod attribute;
mod bind;
mod came;
mod coded_text;
mod coded_twice;
mod coding;
mod cohort;
mod completeness;
mod dispositions;
mod fielding;
mod ledger;
mod link;
mod nets;
mod part;
mod people;
mod periods;
mod range;
mod reading;
mod roster;
mod rules;
mod score;
mod sides;

pub use attribute::Attribute;
pub use bind::{Bound, bind};
pub use coded_text::{CodingList, Codings, read_coding, strangers};
pub use coded_twice::of_several_exports;
pub use coding::{
    Coded, Coder, Declared, Progress, ReadAs, Recoded, RecodedFrom, Rule as RecodingRule, code,
};
pub use completeness::Completeness;

pub use came::Came;
pub use cohort::{Cohort, CohortQuestion, Invitee, Scored};
pub use fielding::{Completion, Fielding};
pub use ledger::{Ledger, LedgerEntry};
pub use link::{Facing, Linked, LinkedAttribute, LinkedSide, Lists, Pair, Person, resolve};
pub use nets::unknown_in_nets;
pub use part::part;
pub use people::assemble;
pub use periods::date;
pub use roster::{RosterList, read_list, read_roster};
pub use sides::{side_id, sides};
