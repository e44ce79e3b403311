//! The third header row: which question, part and choice a column belongs to.

use serde_json::{Map, Value};

/// What a cell of the third header row says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ImportId {
    /// The id itself.
    pub(super) id: String,
    /// The choice, which tells the columns of a split multi-select apart.
    pub(super) choice: Option<String>,
    /// Whether the column repeats its neighbour's codes as labels.
    pub(super) labels: bool,
    /// The time zone of a date.
    pub(super) zone: Option<String>,
    /// Whether the column is a coordinate of a point on a picture.
    pub(super) point: bool,
}

/// Reads a cell as an object with an `ImportId`, written as JSON or with single quotes.
pub(super) fn parse(cell: &str) -> Option<ImportId> {
    let cell = cell.trim();
    if !cell.starts_with('{') {
        return None;
    }
    let object: Map<String, Value> =
        serde_json::from_str(cell).or_else(|_| serde_json::from_str(&json_of(cell))).ok()?;
    let text = |key: &str| match object.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let flag = |key: &str| {
        object.get(key).is_some_and(|value| {
            *value == Value::Bool(true)
                || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
        })
    };
    Some(ImportId {
        id: text("ImportId")?,
        choice: text("choiceId"),
        labels: flag("isLabelsColumn") || flag("IsLabelsColumn"),
        zone: text("timeZone").filter(|zone| !zone.is_empty()),
        point: object.contains_key("point") || object.contains_key("coord"),
    })
}

/// The object of a Python dictionary: ids never hold a quotation mark.
fn json_of(cell: &str) -> String {
    cell.replace('\'', "\"")
        .replace(": True", ": true")
        .replace(": False", ": false")
        .replace(": None", ": null")
}

/// Where in a survey a column stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The round of a loop, such as `1` in `1_QID7`.
    pub(super) round: Option<String>,
    /// The question: `QID7`, or the tag where there are only names.
    pub(super) question: String,
    /// The part of a side-by-side question, from 1.
    pub(super) side: Option<String>,
    /// What of the question.
    pub(super) part: Part,
}

/// What of a question a column holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The answer to the question, to a row or choice of it, or to a row and a column.
    Answer(Vec<String>),
    /// A text: of the question itself, or written with one of its choices or rows.
    Text(Vec<String>),
    /// Whether a choice of a split multi-select was ticked.
    Tick(String),
    /// Detractor, passive or promoter, derived from a score.
    NpsGroup,
    /// Seconds and clicks on a page.
    Timing,
    /// Browser, system and screen.
    Browser,
    /// The place at which something was displayed: a choice or row by its id, all of them in one cell without.
    Order(Option<String>),
    /// An uploaded or drawn file.
    File,
    /// Whether an item was put in a group: the group, and the item.
    InGroup(String, String),
    /// The rank of an item in a group: the group, and the item.
    RankIn(String, String),
    /// Topics and sentiments found in a text.
    Topics,
    /// Something else, kept as text.
    Unknown,
}

impl Address {
    /// Reads an import id of a question; `None` if it is of anything else.
    pub(super) fn of(import: &ImportId) -> Option<Self> {
        let (round, rest) = match import.id.split_once('_') {
            Some((round, rest)) if is_number(round) && rest.starts_with("QID") => {
                (Some(round.to_owned()), rest)
            }
            _ => (None, import.id.as_str()),
        };
        let digits = rest.strip_prefix("QID")?;
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        if end == 0 {
            return None;
        }
        let question = format!("QID{}", &digits[..end]);
        let mut rest = &digits[end..];
        let mut side = None;
        if let Some(after) = rest.strip_prefix('#') {
            let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
            side = Some(after[..end].to_owned());
            rest = &after[end..];
        }
        // Exports of 2016 to 2020 join the parts by hyphens.
        let rest = if rest.starts_with('-') { rest.replace('-', "_") } else { rest.to_owned() };
        let part = match rest.strip_prefix('_') {
            _ if import.point => Part::Unknown,
            None if rest.is_empty() => match &import.choice {
                Some(choice) => Part::Tick(choice.clone()),
                None => Part::Answer(Vec::new()),
            },
            None => Part::Unknown,
            Some(rest) => Part::of(rest, import.choice.as_deref()),
        };
        Some(Self { round, question, side, part })
    }
}

impl Part {
    /// Reads what stands behind `QID7_`.
    fn of(rest: &str, choice: Option<&str>) -> Self {
        match rest {
            "FIRST_CLICK" | "LAST_CLICK" | "PAGE_SUBMIT" | "CLICK_COUNT" => return Self::Timing,
            "BROWSER" | "VERSION" | "OS" | "RESOLUTION" | "USER_AGENT" => return Self::Browser,
            "NPS_GROUP" => return Self::NpsGroup,
            "REGIONS" => return Self::Unknown,
            _ => {}
        }
        if rest == "DO" {
            return Self::Order(choice.map(str::to_owned));
        }
        if let Some(of) = rest.strip_prefix("DO_") {
            return Self::Order(Some(of.to_owned()));
        }
        if rest.starts_with("FILE_") {
            return Self::File;
        }
        let tokens: Vec<String> = rest.split('_').map(str::to_owned).collect();
        if let Some(part) = Self::of_group(&tokens, choice) {
            return part;
        }
        let is_id = |token: &String| is_id(token);
        match tokens.split_last() {
            Some((last, ids)) if last == "TEXT" && ids.iter().all(is_id) => Self::Text(ids.to_vec()),
            _ if tokens.iter().any(|token| token == "TEXT") => Self::Topics,
            _ if tokens.iter().all(is_id) && choice.is_none() => Self::Answer(tokens),
            _ => Self::Unknown,
        }
    }

    /// Reads `0_GROUP` with a choice, `0_GROUP_1`, `G0_1_RANK` and `0_1_RANK`: groups count from 0.
    pub(super) fn of_group<T: AsRef<str>>(tokens: &[T], choice: Option<&str>) -> Option<Self> {
        let tokens: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
        let group = |token: &str| {
            let group = token.strip_prefix('G').unwrap_or(token);
            is_number(group).then(|| group.to_owned())
        };
        match *tokens.as_slice() {
            [of, "GROUP"] => Some(Self::InGroup(group(of)?, choice?.to_owned())),
            [of, "GROUP", item] if is_id(item) => Some(Self::InGroup(group(of)?, item.to_owned())),
            [of, item, "RANK"] if is_id(item) => Some(Self::RankIn(group(of)?, item.to_owned())),
            _ => None,
        }
    }
}

/// Whether a text is the id of a choice or row; those that are carried forward begin with an `x`.
pub(super) fn is_id(text: &str) -> bool {
    is_number(text.strip_prefix('x').unwrap_or(text))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(cell: &str) -> Address {
        Address::of(&parse(cell).unwrap()).unwrap()
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn q_03_single_quotes_and_hyphens_are_the_same_address_as_json_and_underscores() {
        for (old, new) in [
            ("{'ImportId': 'QID44-1-2'}", r#"{"ImportId":"QID44_1_2"}"#),
            ("{'ImportId': 'QID11#1-2-1-TEXT'}", r#"{"ImportId":"QID11#1_2_1_TEXT"}"#),
            ("{'ImportId': 'QID18-TEXT'}", r#"{"ImportId":"QID18_TEXT"}"#),
            ("{'ImportId': 'QID4#2-3', 'isLabelsColumn': False}", r#"{"ImportId":"QID4#2_3"}"#),
        ] {
            assert_eq!(address(old), address(new));
        }
        assert_eq!(address("{'ImportId': 'QID44-1-2'}").part, Part::Answer(ids(&["1", "2"])));
    }

    #[test]
    fn every_part_of_the_grammar_is_told_apart() {
        let part = |id: &str| address(&format!(r#"{{"ImportId":"{id}"}}"#)).part;
        assert_eq!(part("QID1"), Part::Answer(vec![]));
        assert_eq!(part("QID1_7"), Part::Answer(ids(&["7"])));
        assert_eq!(part("QID1_x7"), Part::Answer(ids(&["x7"])));
        assert_eq!(part("QID1_7_TEXT"), Part::Text(ids(&["7"])));
        assert_eq!(part("QID2_TEXT_eae5a8d0e7fd4bd183e983e5Topics"), Part::Topics);
        assert_eq!(part("QID2_DO"), Part::Order(None));
        assert_eq!(part("QID2_NPS_GROUP"), Part::NpsGroup);
        assert_eq!(part("QID2_FIRST_CLICK"), Part::Timing);
        assert_eq!(part("QID2_RESOLUTION"), Part::Browser);
        assert_eq!(part("QID2_FILE_NAME"), Part::File);
        assert_eq!(part("QID17_0_GROUP_1"), Part::InGroup("0".into(), "1".into()));
        assert_eq!(part("QID17_G0_1_RANK"), Part::RankIn("0".into(), "1".into()));
        let chosen = |id: &str| address(&format!(r#"{{"ImportId":"{id}","choiceId":"3"}}"#)).part;
        assert_eq!(chosen("QID17_1_GROUP"), Part::InGroup("1".into(), "3".into()));
        assert_eq!(chosen("QID2_DO"), Part::Order(Some("3".into())));
        assert_eq!(chosen("QID9_2"), Part::Unknown, "a word of a highlighted text");
        assert_eq!(address(r#"{"ImportId":"QID9","point":1,"coord":"x"}"#).part, Part::Unknown);
    }

    #[test]
    fn q_05_the_choice_is_part_of_the_identity() {
        let one = address(r#"{"ImportId":"QID5","choiceId":"1"}"#);
        let two = address(r#"{"ImportId":"QID5","choiceId":"2"}"#);
        assert_eq!((one.question.as_str(), &one.part), ("QID5", &Part::Tick("1".into())));
        assert_ne!(one, two);
    }

    #[test]
    fn rounds_of_a_loop_and_sides_are_read() {
        let looped = address(r#"{"ImportId":"2_QID7_4"}"#);
        assert_eq!((looped.round.as_deref(), looped.question.as_str()), (Some("2"), "QID7"));
        assert_eq!(address(r#"{"ImportId":"QID4#2_3"}"#).side.as_deref(), Some("2"));
    }

    #[test]
    fn q_25_embedded_data_named_like_a_question_is_not_one() {
        for id in ["Q1", "startDate", "QID", "SC_1", "FL_50_DO", "K-1-1"] {
            assert_eq!(Address::of(&parse(&format!(r#"{{"ImportId":"{id}"}}"#)).unwrap()), None, "{id}");
        }
        assert_eq!(parse(""), None);
        assert_eq!(parse("a user's own column"), None);
        assert_eq!(parse("{broken"), None);
    }
}
