//! Survey structures as LimeSurvey saves them: `.lss`, an XML document of tables.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use crate::codebook::Choice;
use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::container;

use super::structure::{Asked, Structure, Sub, choice};

/// A row of a table, by the names of its fields.
type Row = BTreeMap<String, String>;

/// The tables of a document by their names.
#[derive(Debug, Default)]
struct Tables {
    rows: BTreeMap<String, Vec<Row>>,
    languages: Vec<String>,
    /// Whether the document says that it is the structure of a survey.
    declared: bool,
}

/// More levels than this no structure has: document, table, rows, row, field.
const DEEPEST: usize = 16;

/// Whether bytes are a survey structure in XML.
pub(super) fn is_lss(text: &str) -> bool {
    let start: String = text.chars().take(2000).collect();
    start.contains("<document") && start.contains("LimeSurveyDocType")
}

/// Reads a survey structure; fails with a remedy where it is none.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Structure, Vec<Diag>> {
    let invalid = |message: String| {
        let diag = Diag::error(codes::DEFINITION_INVALID, Place::file(file), message);
        vec![diag.help("export the structure of the survey again as .lss")]
    };
    let text = container::decoded(file, bytes).value;
    let tables =
        tables(&text).map_err(|reason| invalid(format!("{file} cannot be read as XML: {reason}")))?;
    if !tables.declared {
        return Err(invalid(format!("{file} is no survey structure of LimeSurvey")));
    }
    let structure = structure(file, &tables);
    if structure.questions.is_empty() {
        return Err(invalid(format!("{file} has no question")));
    }
    Ok(structure)
}

/// The tables of the document. Entities that a document declares itself are never followed.
fn tables(text: &str) -> Result<Tables, String> {
    let mut reader = Reader::from_str(text);
    let mut tables = Tables::default();
    let mut path: Vec<String> = Vec::new();
    let mut row = Row::new();
    let mut field = String::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                if path.len() == DEEPEST {
                    return Err("it is nested too deeply".to_owned());
                }
                path.push(start.name().as_ref().to_owned());
                field.clear();
            }
            Event::End(_) => {
                tables.end(&path, &mut row, &field);
                path.pop();
                field.clear();
            }
            Event::Text(text) => field.push_str(&text),
            Event::CData(text) => field.push_str(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => field.push(character),
                _ => match resolve_predefined_entity(&reference) {
                    Some(text) => field.push_str(text),
                    None => return Err("it uses an entity that XML itself does not have".to_owned()),
                },
            },
            Event::DocType(_) => return Err("it has a DOCTYPE, which no structure needs".to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    if path.is_empty() { Ok(tables) } else { Err("it ends within an element".to_owned()) }
}

impl Tables {
    /// Takes in what an element held: `document/table/rows/row/field`, and what stands above the tables.
    fn end(&mut self, path: &[String], row: &mut Row, field: &str) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["document", "LimeSurveyDocType"] => self.declared = field.trim() == "Survey",
            ["document", "languages", "language"] => self.languages.push(field.trim().to_owned()),
            ["document", _, "rows", "row", name] => {
                row.insert((*name).to_owned(), field.to_owned());
            }
            ["document", table, "rows", "row"] => {
                self.rows.entry((*table).to_owned()).or_default().push(std::mem::take(row));
            }
            _ => {}
        }
    }

    fn rows(&self, table: &str) -> &[Row] {
        self.rows.get(table).map_or(&[], Vec::as_slice)
    }

    /// The base language first, then the others.
    fn languages(&self) -> Vec<String> {
        let base = self.rows("surveys").first().map_or("", |survey| text(survey, "language"));
        let mut languages = vec![base.to_owned()];
        for language in &self.languages {
            if !languages.contains(language) {
                languages.push(language.clone());
            }
        }
        languages
    }

    /// The texts of rows by the id in `key`, in the order of the languages.
    fn texts(&self, table: &str, key: &str, field: &str, languages: &[String]) -> Texts {
        let mut found: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for row in self.rows(table) {
            let said = text(row, field);
            if !said.trim().is_empty() {
                let language = rank(text(row, "language"), languages);
                found.entry(text(row, key).to_owned()).or_default().push((language, said.to_owned()));
            }
        }
        for texts in found.values_mut() {
            texts.sort_by_key(|(language, _)| *language);
        }
        found.into_iter().map(|(id, texts)| (id, texts.into_iter().map(|(_, text)| text).collect())).collect()
    }
}

/// Texts by an id, that in the base language first.
type Texts = BTreeMap<String, Vec<String>>;

fn rank(language: &str, languages: &[String]) -> usize {
    languages.iter().position(|known| known == language).unwrap_or(languages.len())
}

fn text<'a>(row: &'a Row, field: &str) -> &'a str {
    row.get(field).map_or("", String::as_str)
}

fn number(row: &Row, field: &str) -> i64 {
    text(row, field).trim().parse().unwrap_or(0)
}

fn structure(file: &FileId, tables: &Tables) -> Structure {
    let languages = tables.languages();
    // Up to version 3 every row has a language of its own; since then the texts stand in tables beside.
    let mut wordings = tables.texts("question_l10ns", "qid", "question", &languages);
    for table in ["questions", "subquestions"] {
        for (qid, texts) in tables.texts(table, "qid", "question", &languages) {
            wordings.entry(qid).or_default().extend(texts);
        }
    }
    let mut groups: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    for group in tables.rows("groups") {
        let order = (number(group, "group_order"), text(group, "grelevance"));
        groups.entry(text(group, "gid")).or_insert(order);
    }
    let mut questions: BTreeMap<(i64, i64, String), Asked> = BTreeMap::new();
    for row in tables.rows("questions") {
        let (group_order, group_relevance) = groups.get(text(row, "gid")).copied().unwrap_or_default();
        let key = (group_order, number(row, "question_order"), text(row, "qid").to_owned());
        let relevance = [group_relevance, text(row, "relevance")].map(str::to_owned).into();
        questions.entry(key).or_insert_with(|| Asked {
            code: text(row, "title").trim().to_owned(),
            kind: text(row, "type").trim().chars().next().unwrap_or('?'),
            gid: text(row, "gid").trim().to_owned(),
            qid: text(row, "qid").trim().to_owned(),
            texts: wordings.get(text(row, "qid")).cloned().unwrap_or_default(),
            relevance,
            other: text(row, "other").trim() == "Y",
            ..Asked::default()
        });
    }
    let mut structure = Structure {
        file: file.clone(),
        sid: tables.rows("surveys").first().map_or("", |survey| text(survey, "sid")).trim().to_owned(),
        questions: questions.into_values().collect(),
    };
    subquestions(tables, &wordings, &mut structure);
    answers(tables, &languages, &mut structure);
    for row in tables.rows("question_attributes") {
        if let Some(question) = structure.of(text(row, "qid")) {
            let (name, value) = (text(row, "attribute").to_owned(), text(row, "value").to_owned());
            question.attributes.entry(name).or_insert(value);
        }
    }
    structure
}

impl Structure {
    fn of(&mut self, qid: &str) -> Option<&mut Asked> {
        self.questions.iter_mut().find(|question| question.qid == qid.trim())
    }
}

fn subquestions(tables: &Tables, wordings: &Texts, structure: &mut Structure) {
    let mut rows: Vec<&Row> = tables.rows("subquestions").iter().collect();
    rows.sort_by_key(|row| number(row, "question_order"));
    for row in rows {
        let Some(question) = structure.of(text(row, "parent_qid")) else { continue };
        let sub = Sub {
            code: text(row, "title").trim().to_owned(),
            texts: wordings.get(text(row, "qid")).cloned().unwrap_or_default(),
            conditional: !matches!(text(row, "relevance").trim(), "" | "1"),
        };
        let subs = if number(row, "scale_id") == 1 { &mut question.columns } else { &mut question.rows };
        if !subs.iter().any(|known| known.code == sub.code) {
            subs.push(sub);
        }
    }
}

fn answers(tables: &Tables, languages: &[String], structure: &mut Structure) {
    let beside = tables.texts("answer_l10ns", "aid", "answer", languages);
    let mut rows: Vec<&Row> = tables.rows("answers").iter().collect();
    rows.sort_by_key(|row| (number(row, "sortorder"), rank(text(row, "language"), languages)));
    for row in rows {
        let Some(question) = structure.of(text(row, "qid")) else { continue };
        let answers = &mut question.answers[usize::from(number(row, "scale_id") == 1)];
        let own = Some(text(row, "answer").to_owned()).filter(|text| !text.trim().is_empty());
        let texts: Vec<String> =
            beside.get(text(row, "aid")).into_iter().flatten().cloned().chain(own).collect();
        add(answers, choice(text(row, "code").trim(), &texts));
    }
}

/// Adds a choice, or to the one with its code another of its wordings.
pub(super) fn add(choices: &mut Vec<Choice>, added: Choice) {
    match choices.iter_mut().find(|known| known.code == added.code) {
        Some(known) => {
            let wordings = std::iter::once(added.label).chain(added.also);
            for wording in wordings.filter(|wording| *wording != known.label) {
                if !known.also.contains(&wording) {
                    known.also.push(wording);
                }
            }
        }
        None => choices.push(added),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lss(tables: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>de</language><language>en</language></languages>{tables}</document>"
        )
    }

    fn rows(table: &str, rows: &[&[(&str, &str)]]) -> String {
        let row = |fields: &&[(&str, &str)]| {
            let fields: Vec<String> =
                fields.iter().map(|(name, text)| format!("<{name}><![CDATA[{text}]]></{name}>")).collect();
            format!("<row>{}</row>", fields.concat())
        };
        let rows: String = rows.iter().map(row).collect();
        format!("<{table}><fields><fieldname>x</fieldname></fields><rows>{rows}</rows></{table}>")
    }

    fn read_text(text: &str) -> Result<Structure, Vec<Diag>> {
        read(&FileId::new("a.lss"), text.as_bytes())
    }

    const COMMON: &str = "<surveys><rows><row><sid>42</sid><language>en</language></row></rows></surveys>\
        <groups><rows><row><gid>7</gid><group_order>0</group_order><grelevance>1</grelevance></row></rows></groups>";

    /// Each row has its language.
    fn old() -> String {
        let questions: &[&[(&str, &str)]] = &[
            &[
                ("qid", "2"),
                ("gid", "7"),
                ("type", "L"),
                ("title", "b"),
                ("question", "Zwei?"),
                ("question_order", "2"),
                ("language", "de"),
            ],
            &[
                ("qid", "2"),
                ("gid", "7"),
                ("type", "L"),
                ("title", "b"),
                ("question", "Two?"),
                ("question_order", "2"),
                ("language", "en"),
            ],
            &[
                ("qid", "1"),
                ("gid", "7"),
                ("type", "F"),
                ("title", "a"),
                ("question", "One?"),
                ("question_order", "1"),
                ("language", "en"),
            ],
        ];
        let subs: &[&[(&str, &str)]] = &[&[
            ("qid", "9"),
            ("parent_qid", "1"),
            ("title", "SQ1"),
            ("question", "Row"),
            ("language", "en"),
        ]];
        let answers: &[&[(&str, &str)]] = &[
            &[("qid", "2"), ("code", "A2"), ("answer", "No"), ("sortorder", "2"), ("language", "en")],
            &[("qid", "2"), ("code", "A1"), ("answer", "Ja"), ("sortorder", "1"), ("language", "de")],
            &[("qid", "2"), ("code", "A1"), ("answer", "Yes"), ("sortorder", "1"), ("language", "en")],
        ];
        let tables = [rows("questions", questions), rows("subquestions", subs), rows("answers", answers)];
        lss(&(COMMON.to_owned() + &tables.concat()))
    }

    /// Texts stand in tables of their own.
    fn new() -> String {
        let questions: &[&[(&str, &str)]] = &[
            &[("qid", "1"), ("gid", "7"), ("type", "F"), ("title", "a"), ("question_order", "1")],
            &[("qid", "2"), ("gid", "7"), ("type", "L"), ("title", "b"), ("question_order", "2")],
        ];
        let wordings: &[&[(&str, &str)]] = &[
            &[("qid", "1"), ("question", "One?"), ("language", "en")],
            &[("qid", "2"), ("question", "Zwei?"), ("language", "de")],
            &[("qid", "2"), ("question", "Two?"), ("language", "en")],
            &[("qid", "9"), ("question", "Row"), ("language", "en")],
        ];
        let answers: &[&[(&str, &str)]] = &[
            &[("aid", "5"), ("qid", "2"), ("code", "A1"), ("sortorder", "1")],
            &[("aid", "6"), ("qid", "2"), ("code", "A2"), ("sortorder", "2")],
        ];
        let labels: &[&[(&str, &str)]] = &[
            &[("aid", "5"), ("answer", "Ja"), ("language", "de")],
            &[("aid", "5"), ("answer", "Yes"), ("language", "en")],
            &[("aid", "6"), ("answer", "No"), ("language", "en")],
        ];
        let tables = [
            rows("questions", questions),
            rows("subquestions", &[&[("qid", "9"), ("parent_qid", "1"), ("title", "SQ1")]]),
            rows("question_l10ns", wordings),
            rows("answers", answers),
            rows("answer_l10ns", labels),
        ];
        lss(&(COMMON.to_owned() + &tables.concat()))
    }

    #[test]
    fn both_layouts_of_the_tables_give_one_structure() {
        for text in [old(), new()] {
            let structure = read_text(&text).unwrap();
            let codes: Vec<&str> =
                structure.questions.iter().map(|question| question.code.as_str()).collect();
            assert_eq!((structure.sid.as_str(), codes), ("42", vec!["a", "b"]));
            assert_eq!(structure.questions[1].texts, ["Two?", "Zwei?"]);
            let choices = structure.questions[1].choices(0);
            assert_eq!(
                (choices[0].label.as_str(), choices[0].also.as_slice()),
                ("Yes", &["Ja".to_owned()][..])
            );
            assert_eq!((choices[1].code.as_str(), choices.len()), ("A2", 2));
            assert_eq!(structure.questions[0].rows[0].wording(), "Row");
        }
    }

    #[test]
    fn what_is_no_structure_is_refused_with_a_remedy() {
        let entities = "<!DOCTYPE d [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>";
        for text in [
            "<document>".to_owned(),
            "<document><a></document>".to_owned(),
            "<ODM></ODM>".to_owned(),
            lss(""),
            format!("{entities}<document><LimeSurveyDocType>&b;</LimeSurveyDocType></document>"),
            format!("<document>{}", "<a>".repeat(100_000)),
        ] {
            let diags = read_text(&text).unwrap_err();
            assert_eq!(diags[0].code, codes::DEFINITION_INVALID);
            assert!(diags[0].help.is_some());
        }
    }
}
