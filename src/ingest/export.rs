//! What reading an export gives.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The same for single columns, by position: what a file declares as missing in one may be an answer in another.
    pub missing_codes_in: BTreeMap<usize, Vec<(String, String)>>,
    /// Columns, by position, in which numbers are written with a decimal comma.
    pub decimal_commas: Vec<usize>,
    /// For columns of answers, the columns that are all blank where the question was not shown: the places at which
    /// its choices were displayed.
    pub displayed: BTreeMap<usize, Vec<usize>>,
    /// For columns of questions that come in random order, a number that those have in common that come among each
    /// other.
    pub shuffled: BTreeMap<usize, usize>,
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
    /// A REDCap project as an ODM document, its instrument and answers in one.
    RedcapOdm,
    /// SurveyMonkey, with a second header row of choices and rows of matrices.
    SurveyMonkey,
    /// The sheet or download of a Google form.
    GoogleForms,
    /// The workbook of a Microsoft form.
    MicrosoftForms,
    /// LimeSurvey, with codes or texts in its headers and cells.
    LimeSurvey,
    /// KoboToolbox or ODK, whose instrument is an XLSForm.
    Kobo,
    /// An SPSS system file, with its own codebook.
    Spss,
    /// A Stata data file, with its own codebook.
    Stata,
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
            Self::RedcapOdm => "REDCap (ODM)",
            Self::SurveyMonkey => "SurveyMonkey",
            Self::GoogleForms => "Google Forms",
            Self::MicrosoftForms => "Microsoft Forms",
            Self::LimeSurvey => "LimeSurvey",
            Self::Kobo => "KoboToolbox/ODK",
            Self::Spss => "SPSS",
            Self::Stata => "Stata",
            Self::Plain => "plain table",
        }
    }

    /// Whether Qualtrics wrote it, in whatever layout.
    pub fn is_qualtrics(self) -> bool {
        matches!(self, Self::Qualtrics | Self::QualtricsLegacy)
    }

    /// Whether REDCap wrote it, in whatever layout: its boxes hold zeros whether or not anybody saw them.
    pub fn is_redcap(self) -> bool {
        matches!(self, Self::RedcapRaw | Self::RedcapLabels | Self::RedcapOdm)
    }

    /// Whether what was written with "Other" stands in the place of a choice, so that any text there is that choice.
    pub fn writes_other_in_place(self) -> bool {
        matches!(self, Self::SurveyMonkey | Self::GoogleForms | Self::MicrosoftForms | Self::LimeSurvey)
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
    /// Which kind each row is of, where a record has rows of several kinds.
    pub row_kinds: Option<RowKinds>,
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
    /// Its fields that nobody fills in, such as calculations.
    pub derived: Vec<usize>,
    /// The kinds of rows to which it belongs, by their numbers; `None` if it belongs to every row.
    pub rows: Option<BTreeSet<u32>>,
}

/// The kinds of rows that one record can have: of each event, and of each form that repeats there.
///
/// What does not belong to a kind of row was not asked there, whatever the blank in its cells looks like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowKinds {
    /// What each kind is called, by its number.
    pub names: Vec<String>,
    /// The number of each row's kind.
    pub of_row: Vec<u32>,
    /// The column of the event, if there are events.
    pub event: Option<usize>,
}

impl FormColumns {
    /// Whether a column holds an answer to this form.
    pub fn has(&self, column: usize) -> bool {
        self.fields.contains(&column) || self.boxes.contains(&column)
    }
}

impl Export {
    /// An export of which nothing is known yet but its rows: what every reader starts from.
    pub fn of_rows(platform: Platform, evidence: String, header_rows: usize, table: RawTable) -> Self {
        Self {
            platform,
            evidence,
            header_rows,
            table,
            instrument: Instrument::default(),
            metadata: Metadata::default(),
            other_columns: Vec::new(),
            identifiers: Vec::new(),
            cells: Cells::Labels,
            seen_unanswered: None,
            missing_codes: Vec::new(),
            missing_codes_in: BTreeMap::new(),
            decimal_commas: Vec::new(),
            displayed: BTreeMap::new(),
            shuffled: BTreeMap::new(),
        }
    }

    /// Whether a response was submitted; `None` if the export does not say.
    ///
    /// In REDCap that is a record of which every form that was begun is marked as complete; LimeSurvey gives the time,
    /// and KoboToolbox and ODK hold nothing but what was submitted.
    pub fn submitted(&self, row: usize) -> Option<bool> {
        match self.platform {
            Platform::LimeSurvey if self.metadata.finished.is_none() => {
                return self.metadata.ended.map(|ended| self.about(row, Some(ended)).is_some());
            }
            Platform::Kobo => return Some(true),
            _ => {}
        }
        if !self.metadata.forms.is_empty() {
            let statuses = self.metadata.forms.iter().filter_map(|form| self.about(row, form.status));
            let complete: Option<Vec<bool>> = statuses.map(is_complete).collect();
            return complete.filter(|forms| !forms.is_empty()).map(|forms| !forms.contains(&false));
        }
        said(self.about(row, self.metadata.finished), self.about(row, self.metadata.progress))
    }

    /// The same for every row.
    pub fn submissions(&self) -> Vec<Option<bool>> {
        if !self.metadata.forms.is_empty() {
            return (0..self.table.height()).map(|row| self.submitted(row)).collect();
        }
        // Few texts repeat in many rows; what two of them say together is found out once.
        let mut known: BTreeMap<(Option<&str>, Option<&str>), Option<bool>> = BTreeMap::new();
        let about = |row| (self.about(row, self.metadata.finished), self.about(row, self.metadata.progress));
        let of_row = |row| {
            let (finished, progress) = about(row);
            *known.entry((finished, progress)).or_insert_with(|| said(finished, progress))
        };
        (0..self.table.height()).map(of_row).collect()
    }

    /// Whether a response is a preview or a test; `None` if neither its status nor its channel says.
    pub fn is_preview(&self, row: usize) -> Option<bool> {
        let status = self.about(row, self.metadata.status).map(of_status);
        let channel = self.about(row, self.metadata.channel).map(of_channel);
        match (status, channel) {
            (Some(Some(true)), _) | (_, Some(Some(true))) => Some(true),
            (Some(known @ Some(_)), _) => known,
            (_, channel) => channel.flatten(),
        }
    }

    /// Whether the question of a column was shown to a row's person; `None` if the export does not say.
    pub fn was_displayed(&self, row: usize, column: usize) -> Option<bool> {
        let places = self.displayed.get(&column)?;
        Some(places.iter().any(|place| {
            self.about(row, Some(*place)).is_some_and(|text| Some(text) != self.seen_unanswered.as_deref())
        }))
    }

    /// What stands in a column about the response, if anything does.
    pub(super) fn about(&self, row: usize, column: Option<usize>) -> Option<&str> {
        self.table.cell(row, column?).map(str::trim).filter(|text| !text.is_empty())
    }
}

/// Whether a response was submitted, by what it says of that or of how far it went.
fn said(finished: Option<&str>, progress: Option<&str>) -> Option<bool> {
    finished.and_then(yes_or_no).or_else(|| super::course::percent(progress?).map(|percent| percent >= 100.0))
}

/// The status of a form, in code or words.
fn is_complete(status: &str) -> Option<bool> {
    match status.to_lowercase().as_str() {
        "2" | "complete" => Some(true),
        "0" | "1" | "incomplete" | "unverified" => Some(false),
        _ => None,
    }
}

/// True and false, yes and no, as platforms and spreadsheets write them in the language of whoever exported.
///
/// A word that means one thing in one of these languages and the opposite in another would have no place here.
pub fn yes_or_no(text: &str) -> Option<bool> {
    const YES: [&str; 22] = [
        "1",
        "1.0",
        "true",
        "yes",
        "wahr",
        "ja",
        "verdadero",
        "s\u{ed}",
        "verdadeiro",
        "sim",
        "vrai",
        "oui",
        "vero",
        "waar",
        "sant",
        "sann",
        "sand",
        "tosi",
        "prawda",
        "tak",
        "do\u{11f}ru",
        "\u{438}\u{441}\u{442}\u{438}\u{43d}\u{430}",
    ];
    const NO: [&str; 21] = [
        "0",
        "0.0",
        "false",
        "no",
        "falsch",
        "nein",
        "falso",
        "n\u{e3}o",
        "faux",
        "non",
        "onwaar",
        "nee",
        "falskt",
        "falsk",
        "usann",
        "ep\u{e4}tosi",
        "fa\u{142}sz",
        "nie",
        "yanl\u{131}\u{15f}",
        "nej",
        "\u{43b}\u{43e}\u{436}\u{44c}",
    ];
    let text = text.to_lowercase();
    if YES.contains(&text.as_str()) {
        return Some(true);
    }
    NO.contains(&text.as_str()).then_some(false)
}

/// Whether a response type is a preview or a test: flags in a number, or words.
///
/// The first bit of the number says preview and the second test; imported is 4, spam 8, offline 16.
fn of_status(status: &str) -> Option<bool> {
    const PREVIEW: [&str; 7] = [
        "preview",
        "vorschau",
        "vista previa",
        "aper\u{e7}u",
        "anteprima",
        "visualiza\u{e7}\u{e3}o",
        "umfragetest",
    ];
    const ORDINARY: [&str; 6] = ["spam", "offline", "import", "anonym", "an\u{f3}nim", "an\u{f4}nim"];
    if let Ok(flags) = status.parse::<u32>() {
        return Some(flags & 0b11 != 0);
    }
    let status = status.to_lowercase();
    let mut words = status.split(|c: char| !c.is_alphanumeric());
    if PREVIEW.iter().any(|known| status.contains(known)) || words.clone().any(|word| word == "test") {
        return Some(true);
    }
    // "IP Address", "IP-Adresse", "Adresse IP": what an ordinary response is called.
    let ordinary = words.any(|word| word == "ip") || ORDINARY.iter().any(|known| status.contains(known));
    ordinary.then_some(false)
}

/// Whether a distribution channel is that of previews or tests. Channels are written in English everywhere.
fn of_channel(channel: &str) -> Option<bool> {
    match channel.to_lowercase().as_str() {
        "preview" | "test" => Some(true),
        "anonymous" | "email" | "gl" | "qr" | "sms" | "social" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn submitted_is_known_in_the_language_of_the_export() {
        for text in ["1", "True", "TRUE", "Wahr", "VERDADERO", "Vrai", "VERO", "Ja", "yes", "Sim"] {
            assert_eq!(yes_or_no(text), Some(true), "{text}");
        }
        for text in ["0", "False", "Falsch", "FALSO", "Faux", "Onwaar", "Nein", "no"] {
            assert_eq!(yes_or_no(text), Some(false), "{text}");
        }
        for text in ["2", "maybe", "-99", "Finished"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
    }

    #[test]
    fn previews_and_tests_are_known_as_flags_and_in_words() {
        for status in [
            "1",
            "2",
            "9",
            "17",
            "Survey Preview",
            "Survey Test",
            "Spam Survey Preview",
            "Umfragevorschau",
            "Vista previa de la encuesta",
            "Aper\u{e7}u de l'enqu\u{ea}te",
        ] {
            assert_eq!(of_status(status), Some(true), "{status}");
        }
        for status in ["0", "4", "8", "16", "32", "IP Address", "IP-Adresse", "Imported", "Spam", "Anonym"] {
            assert_eq!(of_status(status), Some(false), "{status}");
        }
        for status in ["Latest wave", "\u{30d7}\u{30ec}\u{30d3}\u{30e5}\u{30fc}"] {
            assert_eq!(of_status(status), None, "{status}");
        }
    }
}
