//! The definition in an ODM document: forms, fields, code lists, events and what repeats.

use std::collections::BTreeMap;

use crate::codebook::Choice;
use crate::codebook::wording::plain;
use crate::diag::{Diag, FileId, Noted, Place};

use super::super::choices;
use super::super::columns::{SURVEY_IDENTIFIER, SYSTEM};
use super::super::dictionary::{self, Dictionary, Field, Kind, Source};
use super::super::structure::{Event, Structure};
use super::xml::Element;

/// What has been met of a definition. Parts refer to each other by their ids, in any order.
#[derive(Debug, Default)]
pub(super) struct Parts {
    structure: Structure,
    forms: Vec<FormDef>,
    /// The items of each group, in order.
    groups: BTreeMap<String, Vec<String>>,
    items: BTreeMap<String, ItemDef>,
    lists: BTreeMap<String, CodeList>,
    missing_codes: String,
    // What is open at the moment.
    group: String,
    item: String,
    list: String,
    code: String,
    inside: Inside,
    words: String,
}

/// Whose words are being read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Question,
    Decode,
    MissingCodes,
}

#[derive(Debug)]
struct FormDef {
    id: String,
    name: String,
    label: String,
    groups: Vec<String>,
}

#[derive(Debug, Default)]
struct ItemDef {
    variable: String,
    kind: Option<String>,
    label: String,
    list: Option<String>,
    header: String,
    validation: String,
    identifier: String,
    branching: String,
    matrix: String,
    ranking: String,
    annotation: String,
    line: u32,
}

#[derive(Debug, Default)]
struct CodeList {
    choices: Vec<Choice>,
    /// The whole list of a checkbox field, of which each box is an item of its own.
    boxes: Option<String>,
}

impl Parts {
    pub(super) fn open(&mut self, element: &Element<'_>) {
        match element.name.as_str() {
            "MissingDataCodes" => self.begin(Inside::MissingCodes),
            "RepeatingInstrument" => {
                let (event, form) = (element.text("UniqueEventName"), element.text("RepeatInstrument"));
                self.structure.repeating.insert((event, form));
            }
            "RepeatingEvent" => {
                self.structure.repeating.insert((element.text("UniqueEventName"), String::new()));
            }
            "StudyEventDef" => {
                let name = named(element, "UniqueEventName", "Event.");
                let (label, short) = (element.text("Name"), element.text("EventName"));
                self.structure.events.push(Event { name, labels: vec![label, short], forms: Vec::new() });
            }
            "FormRef" => {
                if let Some(event) = self.structure.events.last_mut() {
                    event.forms.push(named(element, "FormName", "Form."));
                }
            }
            "FormDef" => self.forms.push(FormDef {
                id: element.text("OID"),
                name: named(element, "FormName", "Form."),
                label: element.text("Name"),
                groups: Vec::new(),
            }),
            "ItemGroupRef" => {
                if let Some(form) = self.forms.last_mut() {
                    form.groups.push(element.text("ItemGroupOID"));
                }
            }
            "ItemGroupDef" => self.group = element.text("OID"),
            "ItemRef" => {
                self.groups.entry(self.group.clone()).or_default().push(element.text("ItemOID"));
            }
            "ItemDef" => self.open_item(element),
            "CodeListRef" => {
                if let Some(item) = self.items.get_mut(&self.item) {
                    item.list = Some(element.text("CodeListOID"));
                }
            }
            "CodeList" => {
                self.list = element.text("OID");
                let boxes = element.attribute("CheckboxChoices").map(str::to_owned);
                self.lists.insert(self.list.clone(), CodeList { choices: Vec::new(), boxes });
            }
            "CodeListItem" => self.code = element.text("CodedValue"),
            "Question" => self.begin(Inside::Question),
            "Decode" => self.begin(Inside::Decode),
            _ => {}
        }
    }

    fn open_item(&mut self, element: &Element<'_>) {
        let text = |name| element.text(name);
        self.item = text("OID");
        let variable = match element.attribute("Variable") {
            Some(name) => name.to_owned(),
            None => text("OID"),
        };
        let item = ItemDef {
            variable: variable.trim().to_ascii_lowercase(),
            kind: element.attribute("FieldType").map(str::to_owned),
            label: String::new(),
            list: None,
            header: text("SectionHeader"),
            validation: text("TextValidationType"),
            identifier: text("Identifier"),
            branching: text("BranchingLogic"),
            matrix: text("MatrixGroupName"),
            ranking: text("MatrixRanking"),
            annotation: text("FieldAnnotation"),
            line: element.line,
        };
        self.items.entry(self.item.clone()).or_insert(item);
    }

    fn begin(&mut self, inside: Inside) {
        self.inside = inside;
        self.words.clear();
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.inside != Inside::Nothing {
            self.words.push_str(text);
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match (name, self.inside) {
            ("Question", Inside::Question) => {
                let words = std::mem::take(&mut self.words);
                if let Some(item) = self.items.get_mut(&self.item) {
                    item.label = words;
                }
            }
            ("Decode", Inside::Decode) => {
                if let Some(list) = self.lists.get_mut(&self.list) {
                    list.choices.push(choices::choice(self.code.trim(), self.words.trim()));
                }
            }
            ("MissingDataCodes", Inside::MissingCodes) => {
                self.missing_codes = std::mem::take(&mut self.words);
            }
            _ => return,
        }
        self.inside = Inside::Nothing;
    }

    /// The parts put together; fails if there is no field, or with every mistake that leaves answers undecodable.
    pub(super) fn dictionary(mut self, file: &FileId) -> Result<Noted<Dictionary>, Vec<Diag>> {
        let codes = choices::parse(&self.missing_codes);
        self.structure.missing_codes = codes.into_iter().map(|choice| (choice.code, choice.label)).collect();
        let (mut errors, mut notes) = (Vec::new(), Vec::new());
        let mut fields: Vec<Field> = Vec::new();
        for form in &self.forms {
            let items = form.groups.iter().filter_map(|group| self.groups.get(group)).flatten();
            for id in items {
                let Some(item) = self.items.get(id) else { continue };
                if is_about_row(item, &form.name) {
                    continue;
                }
                // Each box of a checkbox field is an item of its own.
                if item.variable.is_empty() || fields.iter().rev().any(|field| field.name == item.variable) {
                    continue;
                }
                fields.push(self.field(item, &form.name));
            }
        }
        let mut dictionary = Dictionary { file: file.clone(), source: Source::Odm, fields, structure: None };
        if dictionary.fields.is_empty() {
            return Err(vec![dictionary::without_fields(file)]);
        }
        for field in &dictionary.fields {
            let place = Place::row(file, field.line);
            dictionary::check_choices(field, &place, &mut errors, &mut notes);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        self.structure.form_labels =
            self.forms.iter().map(|form| (form.name.clone(), plain(&form.label))).collect();
        self.structure.form_ids =
            self.forms.iter().map(|form| (form.id.clone(), form.name.clone())).collect();
        self.structure.items = self.items.into_keys().collect();
        dictionary.structure = Some(self.structure);
        Ok(Noted { value: dictionary, notes })
    }

    fn field(&self, item: &ItemDef, form: &str) -> Field {
        let kind = item.kind.as_deref().and_then(Kind::named).unwrap_or(Kind::Text);
        let list = item.list.as_ref().and_then(|list| self.lists.get(list));
        let listed = match (kind, list) {
            (Kind::Checkbox, Some(CodeList { boxes: Some(boxes), .. })) => choices::parse(boxes),
            (_, Some(list)) => list.choices.clone(),
            (_, None) => Vec::new(),
        };
        let mut listed = listed;
        if kind == Kind::Checkbox {
            choices::add_missing(&mut listed, &self.structure.missing_codes);
        }
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Field {
            name: item.variable.clone(),
            form: form.to_owned(),
            kind,
            label: plain(&item.label),
            header: plain(&item.header),
            choices: choices::of_kind(kind, listed, &item.annotation),
            validation: item.validation.trim().to_ascii_lowercase(),
            identifier: dictionary::is_yes(&item.identifier),
            branching: some(&item.branching),
            matrix: some(&item.matrix),
            ranking: dictionary::is_yes(&item.ranking),
            hidden: choices::is_hidden(&item.annotation),
            line: item.line,
        }
    }
}

/// Whether an item is no field: the status and the time of a form, the access group, the participant's identifier.
fn is_about_row(item: &ItemDef, form: &str) -> bool {
    let name = item.variable.as_str();
    let is_status = name.strip_suffix("_complete") == Some(form);
    let is_time = item.kind.is_none() && name.strip_suffix("_timestamp") == Some(form);
    let system = SYSTEM.iter().map(|(system, _)| *system).chain([SURVEY_IDENTIFIER.0]);
    is_status || is_time || system.into_iter().any(|system| system == name)
}

/// The name that REDCap gives beside the id, or what the id says behind its prefix.
fn named(element: &Element<'_>, attribute: &str, prefix: &str) -> String {
    let id = || {
        let id = element.text(if prefix == "Form." && element.name == "FormRef" { "FormOID" } else { "OID" });
        id.strip_prefix(prefix).map(str::to_owned).unwrap_or(id)
    };
    element.attribute(attribute).filter(|name| !name.is_empty()).map_or_else(id, str::to_owned)
}
