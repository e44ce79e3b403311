//! What the tests of several readers ask of an export.

use super::Export;

/// The id and the kind of every question.
pub(super) fn kinds(export: &Export) -> Vec<(&str, &str)> {
    export.instrument.questions.iter().map(|question| (question.id.as_str(), question.form.kind())).collect()
}

/// The labels of a question's choices.
pub(super) fn labels(export: &Export, question: &str) -> Vec<String> {
    let form = &export.instrument.question(question).unwrap().form;
    form.choices().iter().map(|choice| choice.label.clone()).collect()
}
