//! How a group was drawn and reached, and how far its responses came.

use crate::findings::Named;
use crate::ingest::Export;
use crate::ingest::invitations::{Funnel, List};
use crate::study::{Eligible, Group, Sample, Threshold, Visits};

use super::attribute::Attribute;
use super::came::Came;
use super::completeness::Completeness;
use super::roster::RosterList;

/// What is known of a group beyond its answers: how it was drawn, by which rule responses are complete, how far they came,
/// and what the roster tells of everybody invited.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fielding {
    /// How the people were drawn; everybody on a roster was invited where nothing else is said.
    pub sample: Option<Sample>,
    /// What share of the cases of unknown eligibility counts as eligible, where cases are known.
    pub eligible: Option<Eligible>,
    /// Who says which responses are complete.
    pub completion: Option<Completion>,
    /// Who started and who submitted.
    pub came: Came,
    /// Items asked and answered, over the rows analysed.
    pub items: Completeness,
    /// When each row of the export came in, as a number of its digits; 0 where it does not say.
    pub moments: Vec<u64>,
    /// Whether every row analysed belongs to a person of its own on the roster.
    pub rows_are_invitees: bool,
    /// What a platform's own list of invitations counts.
    pub funnel: Option<(List, Funnel)>,
    /// Rows of a Qualtrics export that are no previews: what its dashboard counts as started.
    pub started_on_platform: Option<u64>,
    /// Visitors of an open survey, as declared.
    pub visits: Option<Visits>,
    /// What the roster tells of the people, for each of them in the order of the roster.
    pub attributes: Vec<Attribute>,
}

/// Who says which responses are complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// The study file's shares of items.
    CutPoints {
        /// From which share a response is complete.
        complete: Threshold,
        /// From which share it is used.
        partial: Threshold,
    },
    /// The counts of the study file.
    Counts,
    /// The list of those invited.
    List,
}

impl Fielding {
    /// What the study file and the roster say; what an export adds is added by [`Self::with_rows`].
    pub(super) fn of(group: &Group, roster: Option<&RosterList>) -> Self {
        let declared = &group.fielding;
        let counted = declared.counts.as_ref().map(|_| Eligible::Estimated);
        let default = roster.map(|_| Eligible::Roster).or(counted);
        Self {
            sample: declared.sample.or(roster.map(|_| Sample::Census)),
            eligible: declared.eligible.clone().or(default),
            visits: declared.visits,
            funnel: roster.and_then(|roster| roster.funnel),
            attributes: roster.map(|roster| roster.attributes.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Adds what an export says of its rows, and how far their people came.
    pub(super) fn with_rows(
        self,
        export: &Export,
        received: &[usize],
        kept: &[usize],
        counted: &[Completeness],
        came: Came,
    ) -> Self {
        let mut items = Completeness::default();
        for row in kept {
            let counted = counted.get(*row).copied().unwrap_or_default();
            items.asked += counted.asked;
            items.answered += counted.answered;
        }
        let previews = |row: &&usize| export.is_preview(**row) != Some(true);
        let started_on_platform =
            export.platform.is_qualtrics().then(|| received.iter().filter(previews).count() as u64);
        Self { came, items, started_on_platform, moments: moments(export), ..self }
    }

    /// Whether a row came in after a moment; `None` where the export does not say when it came in.
    pub fn is_late(&self, row: usize, split: u64) -> Option<bool> {
        self.moments.get(row).copied().filter(|moment| *moment > 0).map(|moment| moment > split)
    }

    /// An attribute of the people invited, by its id.
    pub fn attribute(&self, id: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == id)
    }
}

impl Attribute {
    /// The levels with their codes.
    pub fn coded(&self) -> impl Iterator<Item = (u16, &Named)> {
        (0..).zip(&self.levels)
    }
}

/// When each row came in; dates that do not sort as text say nothing.
fn moments(export: &Export) -> Vec<u64> {
    let metadata = &export.metadata;
    let columns: Vec<usize> = [metadata.ended, metadata.started].into_iter().flatten().collect();
    let moment = |row: usize| {
        let texts = columns.iter().filter_map(|column| export.table.cell(row, *column));
        texts.map(str::trim).find(|text| !text.is_empty()).and_then(moment).unwrap_or(0)
    };
    (0..export.table.height()).map(moment).collect()
}

/// The digits of a date and time as one number, year first and seconds last; a date alone is its first second.
fn moment(text: &str) -> Option<u64> {
    if !super::rules::is_iso_date(text) {
        return None;
    }
    // What follows the seconds, a fraction or a zone, is the same for all rows of an export.
    let mut digits = text.bytes().filter(u8::is_ascii_digit).take(14);
    let mut number = 0;
    for _ in 0..14 {
        number = number * 10 + u64::from(digits.next().map_or(0, |digit| digit - b'0'));
    }
    Some(number)
}
