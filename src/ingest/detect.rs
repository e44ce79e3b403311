//! Which platform wrote a grid.

use super::{
    Grid, google_forms, invitations, kobo, limesurvey, microsoft_forms, qualtrics, redcap, surveymonkey,
    xlsform,
};

/// What a grid was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Qualtrics export.
    Qualtrics,
    /// A REDCap export.
    Redcap,
    /// A REDCap data dictionary: a definition, not answers.
    Dictionary,
    /// An export of KoboToolbox or ODK.
    Kobo,
    /// An XLSForm: a definition, not answers.
    XlsForm,
    /// A LimeSurvey export.
    LimeSurvey,
    /// The structure of a LimeSurvey survey as a table: a definition, not answers.
    SurveyStructure,
    /// A list of the people who were invited, not answers.
    Invitations(invitations::List),
    /// A SurveyMonkey export.
    SurveyMonkey,
    /// The answers to a Google form.
    GoogleForms,
    /// The answers to a Microsoft form.
    MicrosoftForms,
    /// A table that nothing says more about.
    Plain,
}

/// Recognises a grid by marks that one platform alone writes. Each reader then says in words which they were.
pub(super) fn kind(grid: &Grid) -> Kind {
    if qualtrics::detect(grid).is_some() {
        Kind::Qualtrics
    } else if redcap::is_dictionary(grid) {
        Kind::Dictionary
    } else if redcap::detect(grid).is_some() {
        Kind::Redcap
    } else if xlsform::is_definition(grid) {
        Kind::XlsForm
    } else if limesurvey::is_definition(grid) {
        Kind::SurveyStructure
    } else if kobo::detect(grid).is_some() {
        Kind::Kobo
    } else if let Some(list) = invitations::detect(grid) {
        Kind::Invitations(list)
    } else if surveymonkey::detect(grid).is_some() {
        Kind::SurveyMonkey
    } else if limesurvey::detect(grid).is_some() {
        Kind::LimeSurvey
    } else if google_forms::detect(grid).is_some() {
        Kind::GoogleForms
    } else if microsoft_forms::detect(grid).is_some() {
        Kind::MicrosoftForms
    } else {
        Kind::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::ingest::grid;

    fn kind_of(text: &str) -> Kind {
        kind(&grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value)
    }

    #[test]
    fn each_platform_is_known_by_its_own_marks() {
        assert_eq!(kind_of("Q1\nHow?\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n2\n"), Kind::Qualtrics);
        assert_eq!(kind_of("record_id,redcap_event_name,age,one_complete\n1,a_arm_1,3,2\n"), Kind::Redcap);
        let dictionary =
            "Variable / Field Name,Form Name,Section Header,Field Type,Field Label\nage,one,,text,Age\n";
        assert_eq!(kind_of(dictionary), Kind::Dictionary);
        assert_eq!(kind_of("Respondent ID,Happy?\n,Response\n12390574951,Yes\n"), Kind::SurveyMonkey);
        assert_eq!(kind_of("Timestamp,How old are you?\n12/13/2019 12:02:32,30\n"), Kind::GoogleForms);
        let microsoft = "ID,Start time,Completion time,Email,Name,Happy?\n1,2021-01-02 10:00:00,2021-01-02 10:01:00,anonymous,,Yes\n";
        assert_eq!(kind_of(microsoft), Kind::MicrosoftForms);
        assert_eq!(kind_of("id,age\n1,3\n"), Kind::Plain);
        // A finished flag and a status are no proof of a platform.
        assert_eq!(kind_of("id,status,finished,progress,startdate\n1,a,1,2,3\n"), Kind::Plain);
    }
}
