//! One question of a definition.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ingest::wording::plain;

use super::{Logic, lenient};

/// A question as the definition has it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct Asked {
    /// The id, such as `QID7`.
    pub(in crate::ingest) qid: String,
    /// The export tag, such as `Q5`; the id where it is blank.
    pub(in crate::ingest) tag: String,
    /// The wording, plain.
    pub(in crate::ingest) wording: String,
    /// The kind of answer.
    pub(in crate::ingest) kind: Kind,
    /// Choices; for a matrix, its rows; for a form, its fields. In the order of the definition.
    pub(in crate::ingest) choices: Vec<Choice>,
    /// For a matrix, its columns; for pick, group and rank, the groups; for a drill-down, the options of its levels.
    pub(in crate::ingest) answers: Vec<Choice>,
    /// The parts of a side-by-side question.
    pub(in crate::ingest) sides: Vec<Side>,
    /// The question whose choices are carried forward into this one.
    pub(in crate::ingest) carried_from: Option<String>,
    /// When it is asked, if not always.
    pub(in crate::ingest) condition: Option<Logic>,
    /// The block in which it stands, counted in the order of the survey.
    pub(in crate::ingest) block: usize,
    /// If it comes in random order, a number that it has in common with those among which it comes.
    pub(in crate::ingest) shuffled: Option<usize>,
}

/// A part of a side-by-side question: a matrix on the same rows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct Side {
    /// Its number, from 1.
    pub(in crate::ingest) number: String,
    /// Its own heading, plain.
    pub(in crate::ingest) wording: String,
    /// What its cells hold.
    pub(in crate::ingest) matrix: Matrix,
    /// Its columns.
    pub(in crate::ingest) answers: Vec<Choice>,
    /// What the older exporters put behind a row's tag to name its columns.
    pub(in crate::ingest) tag: Option<String>,
}

/// A choice, a row or a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::ingest) struct Choice {
    /// The id.
    pub(in crate::ingest) id: String,
    /// What a numeric export writes for it.
    pub(in crate::ingest) code: String,
    /// The wording, plain.
    pub(in crate::ingest) label: String,
    /// The wording as it stands, with markup.
    pub(in crate::ingest) raw: String,
    /// The name that a choice-text export writes instead of the wording.
    pub(in crate::ingest) naming: Option<String>,
    /// The export tag of its column.
    pub(in crate::ingest) tag: Option<String>,
    /// Whether a text can be written with it.
    pub(in crate::ingest) text_entry: bool,
    /// Whether it excludes the others.
    pub(in crate::ingest) exclusive: bool,
    /// Whether the author left it out of analyses.
    pub(in crate::ingest) left_out: bool,
    /// Its wording in other languages.
    pub(in crate::ingest) translations: Vec<String>,
}

/// The kind of answer that a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Kind {
    /// One choice.
    Single,
    /// Any number of choices.
    Multi,
    /// Zero to ten.
    NetPromoter,
    /// Rows and columns.
    Matrix(Matrix),
    /// Several matrices on the same rows.
    SideBySide,
    /// A text for the question, or for each field of a form.
    Text,
    /// A number that is checked to be one.
    Number,
    /// A date that is checked to be one.
    Date,
    /// A text that tells who a person is: e-mail, telephone, postcode.
    Contact,
    /// A number for each item.
    Numbers,
    /// A rank for each item.
    Ranking,
    /// Items put into groups, and ranked in each.
    Groups,
    /// One option on each of several levels.
    Levels,
    /// Measured, not asked: page timing, browser.
    Measured,
    /// Shown, not asked.
    Shown,
    /// Something that is kept as text.
    Other(&'static str),
}

/// What the cells of a matrix hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Matrix {
    /// One column is chosen in each row.
    Single,
    /// Any number of columns are chosen in each row.
    Multi,
    /// A text in each cell.
    Text,
    /// A number in each cell.
    Number,
    /// In each row the columns are ranked.
    Ranks,
    /// Something that is kept as text.
    Other(&'static str),
}

/// Reads the body of a question.
pub(super) fn read(qid: &str, body: &Value) -> Option<Asked> {
    let kind = kind(body)?;
    let tag = lenient::text(body, "DataExportTag").filter(|tag| !tag.trim().is_empty());
    let wording =
        lenient::text(body, "QuestionText").map(|text| plain(&text)).filter(|text| !text.is_empty());
    let described = || lenient::text(body, "QuestionDescription").map(|text| plain(&text));
    let tag = tag.unwrap_or_else(|| qid.to_owned());
    let rows_carry_codes =
        if matches!(kind, Kind::Matrix(_) | Kind::Levels) { Codes::Ids } else { Codes::Recoded };
    let answers = match kind {
        Kind::Matrix(_) | Kind::Levels => choices(body, "Answers", "AnswerOrder", Codes::Recoded),
        Kind::Groups => choices(body, "Groups", "GroupOrder", Codes::Ids),
        _ => Vec::new(),
    };
    Some(Asked {
        qid: qid.to_owned(),
        wording: wording.or_else(described).unwrap_or_else(|| tag.clone()),
        tag,
        kind,
        choices: choices(body, "Choices", "ChoiceOrder", rows_carry_codes),
        answers,
        sides: if kind == Kind::SideBySide { sides(body) } else { Vec::new() },
        carried_from: carried_from(body),
        condition: None,
        block: 0,
        shuffled: None,
    })
}

fn kind(body: &Value) -> Option<Kind> {
    let of = |key: &str| lenient::text(body, key).unwrap_or_default();
    let (question, selector) = (of("QuestionType"), of("Selector"));
    Some(match question.as_str() {
        "MC" if selector == "NPS" => Kind::NetPromoter,
        "MC" if selector.starts_with('M') => Kind::Multi,
        "MC" => Kind::Single,
        "Matrix" => Kind::Matrix(matrix(&selector, &of("SubSelector"))),
        "SBS" => Kind::SideBySide,
        "TE" if selector == "FORM" => Kind::Text,
        "TE" => text_kind(body),
        "Slider" | "CS" => Kind::Numbers,
        "RO" => Kind::Ranking,
        "Timing" | "Meta" => Kind::Measured,
        "DB" | "Captcha" => Kind::Shown,
        "PGR" => Kind::Groups,
        "DD" => Kind::Levels,
        "FileUpload" => Kind::Other("uploaded file"),
        "Draw" => Kind::Other("signature"),
        "HeatMap" => Kind::Other("heat map"),
        "HotSpot" => Kind::Other("hot spot"),
        "HL" => Kind::Other("highlighted text"),
        "" => return None,
        _ => Kind::Other("not analysed"),
    })
}

fn matrix(selector: &str, sub_selector: &str) -> Matrix {
    match (selector, sub_selector) {
        ("TE", _) => Matrix::Text,
        ("CS", _) => Matrix::Number,
        ("RO", _) => Matrix::Ranks,
        ("MaxDiff", _) => Matrix::Other("best and worst choice"),
        ("Profile", _) => Matrix::Other("profile"),
        (_, "MultipleAnswer" | "MACH" | "MACV") => Matrix::Multi,
        _ => Matrix::Single,
    }
}

/// A text entry whose content the survey checks is what it is checked for.
fn text_kind(body: &Value) -> Kind {
    let settings = body.get("Validation").and_then(|validation| validation.get("Settings"));
    match settings.and_then(|settings| lenient::text(settings, "ContentType")).as_deref() {
        Some("ValidNumber") => Kind::Number,
        Some("ValidDate") => Kind::Date,
        Some("ValidEmail" | "ValidPhone" | "ValidZip" | "ValidUSPhone" | "ValidUSZip") => Kind::Contact,
        _ => Kind::Text,
    }
}

/// Whose codes the question's recodes are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codes {
    /// A matrix recodes its columns; rows have their ids.
    Ids,
    /// The choices at hand are recoded.
    Recoded,
}

/// The choices under a key, in the order of the definition; those that the order leaves out come last.
fn choices(body: &Value, key: &str, order: &str, codes: Codes) -> Vec<Choice> {
    let member = |key: &str| -> BTreeMap<String, &Value> {
        body.get(key).map(lenient::entries).unwrap_or_default().into_iter().collect()
    };
    let entries = body.get(key).map(lenient::entries).unwrap_or_default();
    let order: Vec<String> = body
        .get(order)
        .map(lenient::items)
        .unwrap_or_default()
        .into_iter()
        .filter_map(lenient::as_text)
        .collect();
    let (recodes, namings, tags) =
        (member("RecodeValues"), member("VariableNaming"), member("ChoiceDataExportTags"));
    let analysed = member("AnalyzeChoices");
    let translations = translations(body, key);
    let mut choices: Vec<Choice> = entries
        .into_iter()
        .map(|(id, value)| {
            let raw = match value {
                Value::Object(_) => {
                    lenient::text(value, "Display").or_else(|| lenient::text(value, "display"))
                }
                other => lenient::as_text(other),
            };
            let raw = raw.unwrap_or_default();
            let label = Some(plain(&raw)).filter(|label| !label.is_empty());
            let own = |map: &BTreeMap<String, &Value>| map.get(&id).and_then(|value| lenient::as_text(value));
            let recode = own(&recodes).or_else(|| lenient::text(value, "RecodeValue"));
            Choice {
                code: recode
                    .filter(|code| codes == Codes::Recoded && !code.is_empty())
                    .unwrap_or_else(|| id.clone()),
                label: label.unwrap_or_else(|| id.clone()),
                naming: own(&namings).filter(|naming| codes == Codes::Recoded && !naming.is_empty()),
                tag: own(&tags).filter(|tag| key == "Choices" && !tag.is_empty()),
                text_entry: lenient::flag(value, "TextEntry"),
                exclusive: lenient::flag(value, "ExclusiveAnswer"),
                left_out: codes == Codes::Recoded
                    && own(&analysed).is_some_and(|analyse| analyse.eq_ignore_ascii_case("no")),
                translations: translations.get(&id).cloned().unwrap_or_default(),
                raw,
                id,
            }
        })
        .collect();
    let place = |choice: &Choice| order.iter().position(|id| *id == choice.id).unwrap_or(usize::MAX);
    choices.sort_by_key(place);
    choices
}

/// The wordings of choices in other languages, by id.
fn translations(body: &Value, key: &str) -> BTreeMap<String, Vec<String>> {
    let mut translations: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for language in body.get("Language").map(lenient::items).unwrap_or_default() {
        for (id, value) in language.get(key).map(lenient::entries).unwrap_or_default() {
            if let Some(display) =
                lenient::text(value, "Display").map(|text| plain(&text)).filter(|text| !text.is_empty())
            {
                translations.entry(id).or_default().push(display);
            }
        }
    }
    translations
}

fn sides(body: &Value) -> Vec<Side> {
    let parts = body.get("AdditionalQuestions").map(lenient::entries).unwrap_or_default();
    parts
        .into_iter()
        .map(|(number, part)| {
            let of = |key: &str| lenient::text(part, key).unwrap_or_default();
            Side {
                wording: plain(&of("QuestionText")),
                matrix: matrix(&of("Selector"), &of("SubSelector")),
                answers: choices(part, "Answers", "AnswerOrder", Codes::Recoded),
                tag: lenient::text(part, "AnswerDataExportTag"),
                number,
            }
        })
        .collect()
}

/// The question from which choices are carried forward: `q://QID20/ChoiceGroup/SelectedChoices`.
fn carried_from(body: &Value) -> Option<String> {
    let locator = lenient::text(body.get("DynamicChoices")?, "Locator")?;
    let rest = locator.strip_prefix("q://")?;
    rest.split('/').next().filter(|qid| qid.starts_with("QID")).map(str::to_owned)
}
