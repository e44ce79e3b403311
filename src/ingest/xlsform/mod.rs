//! XLSForms: the questions, choices and conditions of a form of KoboToolbox, ODK and their kin.

mod choices;
mod relevant;
mod sheets;
mod types;

use std::collections::BTreeSet;

use crate::codebook::{Choice, Condition};
use crate::diag::{Code, Diag, FileId, Noted, Place, codes};

use super::Grid;
use super::logic;
use super::wording::plain;
use relevant::Kinds;
use sheets::{Row, Sheets};
use types::{Block, Said};

pub(super) use types::Kind;

/// A form.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    /// Its file.
    pub(super) file: FileId,
    /// Its questions and other fields, in order.
    pub(super) fields: Vec<Field>,
    /// The groups whose questions are one question.
    pub(super) blocks: Vec<Gathered>,
}

/// A row of the survey sheet that can have a column.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    /// The names of the groups around it, from the outside.
    pub(super) groups: Vec<String>,
    pub(super) kind: Kind,
    /// Its type as written.
    pub(super) said: String,
    /// Its wording, in the form's own language first, then in the others.
    pub(super) labels: Vec<String>,
    pub(super) choices: Vec<Choice>,
    /// Whether the choices are all there: not if their list is in another file.
    pub(super) listed: bool,
    pub(super) or_other: bool,
    /// When it is asked: its own condition and those of the groups around it.
    pub(super) asked_if: Option<Condition>,
    /// Whether it is asked several times of one person.
    pub(super) repeated: bool,
    /// The block to which it belongs, if any.
    pub(super) block: Option<usize>,
}

/// A group whose questions are one question of several items, as the form declares it.
#[derive(Debug, Clone)]
pub(super) struct Gathered {
    pub(super) name: String,
    pub(super) wording: String,
    pub(super) kind: GatheredKind,
    /// The choices, or the items that are ranked or that make the rows of a matrix.
    pub(super) choices: Vec<Choice>,
}

/// How the questions of a group are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GatheredKind {
    /// A table of questions on the same choices.
    Table,
    /// Kobo's rating matrix: each row is an item.
    Score,
    /// Kobo's ranking: each row is a place, its answer the item on it.
    Rank,
    /// Kobo's matrix: each row of the form is a column, asked for every item.
    Matrix,
}

/// Whether a table is an XLSForm, given in place of answers.
pub(super) fn is_definition(grid: &Grid) -> bool {
    sheets::is_survey(grid) || sheets::is_choices(grid)
}

/// Reads a form; fails with a remedy where there is none.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Noted<Definition>, Vec<Diag>> {
    let sheets = sheets::read(file, bytes)?;
    let mut reading = Reading {
        file,
        languages: languages(&sheets),
        lists: choices::Lists::default(),
        kinds: kinds(&sheets),
        open: Vec::new(),
        definition: Definition { file: file.clone(), fields: Vec::new(), blocks: Vec::new() },
        notes: Vec::new(),
    };
    reading.lists = choices::read(file, &sheets, &reading.languages, &mut reading.notes);
    if let [first, _, ..] = reading.languages.as_slice() {
        let language = if first.is_empty() { "the column without a language" } else { first };
        let message =
            format!("wordings are in {} languages; they are told in {language}", reading.languages.len());
        reading.notes.push(Diag::note(codes::ASSUMED, Place::file(file), message).help(
            "the setting default_language of the form decides; answers in the other languages are known too",
        ));
    }
    for row in sheets.survey.rows() {
        reading.row(&row);
    }
    if reading.definition.fields.is_empty() {
        let message = format!("{file} asks no question");
        let help = "give the XLSForm from which the answers were collected";
        return Err(vec![invalid(codes::DEFINITION_INVALID, file, message).help(help)]);
    }
    for open in &reading.open {
        let message = format!("the group \"{}\" does not end", open.name);
        reading.notes.push(Diag::warning(codes::DEFINITION_INVALID, Place::row(file, open.line), message));
    }
    Ok(Noted { value: reading.definition, notes: reading.notes })
}

fn invalid(code: Code, file: &FileId, message: String) -> Diag {
    Diag::error(code, Place::file(file), message)
}

/// The languages of the form, that in which it is told first: the declared one, or else the column without any.
fn languages(sheets: &Sheets) -> Vec<String> {
    let declared = sheets.settings.rows().next().map_or("", |row| row.text("default_language"));
    let mut languages = vec![declared];
    if sheets.survey.languages("label").contains(&"") {
        languages.push("");
    }
    languages.extend(sheets.survey.languages("label"));
    languages.extend(sheets.choices.languages("label"));
    // A language that has no column, as where the setting names one and the columns none, says nothing.
    let present = |language: &&str| {
        sheets.survey.languages("label").contains(language)
            || sheets.choices.languages("label").contains(language)
    };
    let mut seen = BTreeSet::new();
    languages
        .into_iter()
        .filter(present)
        .filter(|language| seen.insert(*language))
        .map(str::to_owned)
        .collect()
}

/// The kinds of the fields by name, and that a name of two fields is nobody's.
fn kinds(sheets: &Sheets) -> Kinds {
    let mut kinds = Kinds::new();
    for row in sheets.survey.rows() {
        if let Said::Asks { kind, .. } = types::read(row.text("type")) {
            let said = kinds.entry(name(&row).to_owned());
            said.and_modify(|kind| *kind = None).or_insert(Some(kind));
        }
    }
    kinds
}

/// The texts of a row in the order of the languages.
fn labels(row: &Row<'_>, languages: &[String]) -> Vec<String> {
    let texts = row.texts("label");
    let in_language = |language: &String| texts.iter().find(|(known, _)| known == language);
    let mut labels: Vec<String> =
        languages.iter().filter_map(in_language).map(|(_, text)| (*text).to_owned()).collect();
    let mut seen = BTreeSet::new();
    labels.retain(|label| seen.insert(label.clone()));
    labels
}

/// The name of a row; older forms call it its value.
fn name<'a>(row: &Row<'a>) -> &'a str {
    let name = row.text("name");
    if name.is_empty() { row.text("value") } else { name }
}

/// A group that has begun.
struct Open {
    line: u32,
    name: String,
    wording: String,
    condition: Option<Condition>,
    repeated: bool,
    block: Option<usize>,
}

struct Reading<'a> {
    file: &'a FileId,
    languages: Vec<String>,
    lists: choices::Lists,
    kinds: Kinds,
    open: Vec<Open>,
    definition: Definition,
    notes: Vec<Diag>,
}

impl Reading<'_> {
    fn row(&mut self, row: &Row<'_>) {
        if matches!(row.text("disabled").to_lowercase().as_str(), "yes" | "true") {
            return;
        }
        match types::read(row.text("type")) {
            Said::Nothing => {}
            Said::Begins(block, rest) => self.begin(row, block, rest),
            Said::Ends => {
                if self.open.pop().is_none() {
                    let message = "a group ends here that did not begin";
                    self.notes.push(Diag::warning(
                        codes::DEFINITION_INVALID,
                        Place::row(self.file, row.line),
                        message,
                    ));
                }
            }
            Said::Asks { kind, list, elsewhere, or_other } => self.ask(row, kind, list, elsewhere, or_other),
        }
    }

    fn begin(&mut self, row: &Row<'_>, block: Block, rest: &str) {
        let condition = self.condition(row);
        let outer = self.open.last();
        let repeated = block == Block::Repeat || outer.is_some_and(|open| open.repeated);
        let own = |head: &str| if rest.is_empty() { row.text(head) } else { rest };
        let kind = match block {
            Block::Matrix => Some((GatheredKind::Matrix, own("kobo--matrix_list"))),
            Block::Score => Some((GatheredKind::Score, own("kobo--score-choices"))),
            Block::Rank => Some((GatheredKind::Rank, own("kobo--rank-items"))),
            Block::Group if has_word(row.text("appearance"), "table-list") => Some((GatheredKind::Table, "")),
            Block::Group | Block::Repeat => None,
        };
        let wording = labels(row, &self.languages).first().map(|label| plain(label)).unwrap_or_default();
        let gathered = kind.map(|(kind, list)| Gathered {
            name: name(row).to_owned(),
            wording: wording.clone(),
            kind,
            choices: self.lists.get(list).cloned().unwrap_or_default(),
        });
        let block = match gathered {
            Some(gathered) => {
                self.definition.blocks.push(gathered);
                Some(self.definition.blocks.len() - 1)
            }
            None => None,
        };
        let name = name(row).to_owned();
        self.open.push(Open { line: row.line, name, wording, condition, repeated, block });
    }

    fn ask(&mut self, row: &Row<'_>, kind: Kind, list: &str, elsewhere: bool, or_other: bool) {
        let said = row.text("type");
        let name = match (name(row), &kind) {
            // The fields about the response may go without a name; then their type is their name.
            ("", Kind::Metadata) => said,
            ("", _) => {
                let message = format!("this row of type \"{said}\" has no name, so no column can be its own");
                let diag = Diag::warning(codes::DEFINITION_INVALID, Place::row(self.file, row.line), message);
                self.notes.push(diag.help("give it its name in the form"));
                return;
            }
            (name, _) => name,
        };
        let place = || Place::row(self.file, row.line);
        let known = self.lists.get(list).filter(|_| !list.is_empty());
        let listed = known.is_some() || !matches!(kind, Kind::One | Kind::Multiple | Kind::Rank);
        if !listed {
            let message = if elsewhere {
                format!("the choices of \"{name}\" are in \"{list}\", which is not part of the form")
            } else {
                format!("the choices of \"{name}\", a list \"{list}\", are not in the form")
            };
            self.notes
                .push(Diag::warning(codes::CHOICES_INFERRED, place(), message).help(
                    "its choices are those that somebody chose; those that nobody chose are not known",
                ));
        }
        if kind == Kind::Unknown {
            let message = format!("\"{said}\" is no known type; \"{name}\" is kept as text");
            let diag = Diag::warning(codes::COLUMN_NOT_UNDERSTOOD, place(), message);
            self.notes.push(diag.help("declare the question in the study file, with its kind"));
        }
        let mut choices = known.cloned().unwrap_or_default();
        if or_other && !choices.iter().any(|choice| choice.code == "other") {
            let mut other = choices::choice("other", &["Other".to_owned()]);
            other.text_entry = true;
            choices.push(other);
        }
        // The row that shows the labels above a table asks nothing.
        let kind =
            if kind == Kind::One && has_word(row.text("appearance"), "label") { Kind::Note } else { kind };
        let own = self.condition(row);
        let around = self.open.iter().filter_map(|open| open.condition.clone());
        let asked_if = logic::all(around.chain(own).collect());
        let field = Field {
            name: name.to_owned(),
            groups: self.open.iter().map(|open| open.name.clone()).collect(),
            kind,
            said: said.to_owned(),
            labels: labels(row, &self.languages),
            choices,
            listed,
            or_other,
            asked_if,
            repeated: self.open.iter().any(|open| open.repeated),
            block: self.block_of(row),
        };
        self.definition.fields.push(field);
    }

    /// The block of a field: that of its group, which the first field shown as a row of a table may begin.
    fn block_of(&mut self, row: &Row<'_>) -> Option<usize> {
        let open = self.open.last_mut()?;
        if open.block.is_none() && has_word(row.text("appearance"), "list-nolabel") {
            self.definition.blocks.push(Gathered {
                name: open.name.clone(),
                wording: open.wording.clone(),
                kind: GatheredKind::Table,
                choices: Vec::new(),
            });
            open.block = Some(self.definition.blocks.len() - 1);
        }
        open.block
    }

    /// The condition of a row, with a note where part of it is not followed.
    fn condition(&mut self, row: &Row<'_>) -> Option<Condition> {
        let text = Some(row.text("relevant")).filter(|text| !text.is_empty())?;
        let condition = relevant::parse(text, &self.kinds);
        if let Some(unknown) = logic::first_unknown(&condition) {
            let message =
                format!("the condition of \"{}\" has a part that is not followed: {unknown}", name(row));
            self.notes.push(Diag::note(codes::CONDITION_UNKNOWN, Place::row(self.file, row.line), message));
        }
        Some(condition)
    }
}

/// Whether an appearance, which is a list of words, has this one.
fn has_word(appearance: &str, word: &str) -> bool {
    appearance.split_whitespace().any(|other| other.eq_ignore_ascii_case(word))
}

impl Definition {
    /// Whether it asks for choices of lists of which it has none, as the survey sheet alone does.
    pub(super) fn lacks_choices(&self) -> bool {
        let mut lists =
            self.fields.iter().filter(|field| matches!(field.kind, Kind::One | Kind::Multiple)).peekable();
        lists.peek().is_some() && lists.all(|field| field.choices.is_empty())
    }

    /// The ids of the fields: their names, with the groups before them where two fields have one name.
    pub(super) fn ids(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut twice = BTreeSet::new();
        for field in &self.fields {
            if !seen.insert(field.name.as_str()) {
                twice.insert(field.name.as_str());
            }
        }
        let id = |field: &Field| {
            if twice.contains(field.name.as_str()) { field.path("/") } else { field.name.clone() }
        };
        let ids: Vec<String> = self.fields.iter().map(id).collect();
        super::infer::distinct_names(&ids)
    }
}

impl Field {
    /// Its name after those of the groups around it.
    pub(super) fn path(&self, separator: &str) -> String {
        let groups = self.groups.iter().filter(|group| !group.is_empty());
        groups.chain([&self.name]).map(String::as_str).collect::<Vec<_>>().join(separator)
    }

    /// Its wording; a field without one has its name.
    pub(super) fn wording(&self) -> String {
        match self.labels.first() {
            Some(label) => plain(label),
            None => self.name.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
