//! What reading an export gives.

use crate::codebook::Instrument;

use super::RawTable;

/// An export, read and understood as far as its own definition goes.
#[derive(Debug, Clone)]
pub struct Export {
    /// Which platform wrote it, in which layout.
    pub platform: Platform,
    /// How that is known, in a few words, for example "row 3 holds ImportId objects".
    pub evidence: String,
    /// The number of header rows.
    pub header_rows: usize,
    /// The rows below the header.
    pub table: RawTable,
    /// The questions.
    pub instrument: Instrument,
    /// The columns that are about the response, not answers.
    pub metadata: Metadata,
    /// Columns that belong to no question and are not metadata, such as embedded data, by position.
    pub other_columns: Vec<usize>,
    /// Columns that can tell who a person is, by position: they never reach an output.
    pub identifiers: Vec<usize>,
    /// Whether cells hold labels or codes.
    pub cells: Cells,
    /// The text that means "seen but not answered", if the export uses one.
    pub seen_unanswered: Option<String>,
    /// Texts that mean that a value is missing, with their label, as the project declares them.
    pub missing_codes: Vec<(String, String)>,
    /// Columns, by position, in which numbers are written with a decimal comma.
    pub decimal_commas: Vec<usize>,
}

/// Which platform wrote an export, in which layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Platform {
    /// Qualtrics with names, texts and ImportIds.
    Qualtrics,
    /// Qualtrics, the older exporter with names and texts only.
    QualtricsLegacy,
    /// REDCap with field names and codes.
    RedcapRaw,
    /// REDCap with field labels and choice labels.
    RedcapLabels,
    /// A table with one header row of no known platform.
    Plain,
}

impl Platform {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Qualtrics => "Qualtrics",
            Self::QualtricsLegacy => "Qualtrics (legacy)",
            Self::RedcapRaw => "REDCap",
            Self::RedcapLabels => "REDCap (labels)",
            Self::Plain => "plain table",
        }
    }
}

/// What the cells of an export hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// Choice texts.
    Labels,
    /// Codes.
    Codes,
}

/// Columns about the response itself, by position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The platform's id of the response or record.
    pub record: Option<usize>,
    /// Qualtrics' response type: ordinary, preview, test, spam.
    pub status: Option<usize>,
    /// How the response came in.
    pub channel: Option<usize>,
    /// Whether it was submitted.
    pub finished: Option<usize>,
    /// How far it went, in percent.
    pub progress: Option<usize>,
    /// Seconds from start to end.
    pub duration: Option<usize>,
    /// Start time.
    pub started: Option<usize>,
    /// End or submission time.
    pub ended: Option<usize>,
    /// The forms of a REDCap project, in order.
    pub forms: Vec<FormColumns>,
    /// Everything else that is about the response: addresses, places, languages, timings.
    pub rest: Vec<usize>,
}

/// The columns of one form of a REDCap project.
///
/// REDCap writes 0 for every box of a form that nobody opened, so whether a form was started has to be seen from all
/// of its columns together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormColumns {
    /// The form's name.
    pub name: String,
    /// Its completion status: incomplete, unverified or complete.
    pub status: Option<usize>,
    /// When it was submitted as a survey.
    pub timestamp: Option<usize>,
    /// Its fields that a person fills in, but for boxes.
    pub fields: Vec<usize>,
    /// Its boxes.
    pub boxes: Vec<usize>,
}

impl FormColumns {
    /// Whether a column holds an answer to this form.
    pub fn has(&self, column: usize) -> bool {
        self.fields.contains(&column) || self.boxes.contains(&column)
    }
}
