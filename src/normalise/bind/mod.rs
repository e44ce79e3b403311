//! The study's questions bound to the questions of one group's export.

mod likert;
mod multi;
mod names;
mod outside;
mod ranking;
mod spellings;

use crate::codebook::{Form, Item, Kind, Question};
use crate::diag::{Diag, codes, nearest};
use crate::findings::Named;
use crate::ingest::Export;
use crate::study::{Group, Spanned, Study, StudyQuestion};

/// A question of the study as one export answers it.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The question in the terms of the export, with the form that the study asks for.
    pub question: Question,
    /// Its label.
    pub label: String,
    /// Its items; one with an empty id if it has none.
    pub items: Vec<Named>,
    /// For each item whether the study declares it as worded against the scale.
    pub reversed: Vec<bool>,
    /// Its scale points or choices, in the order of the answers' codes.
    pub levels: Vec<Named>,
}

/// Binds every question that a group was asked, or says all that does not fit.
pub fn bind<'s>(
    study: &'s Study,
    group: &Group,
    export: &Export,
) -> Result<Vec<(&'s StudyQuestion, Bound)>, Vec<Diag>> {
    let mut problems = Vec::new();
    let mut bound = Vec::new();
    for declared in &study.questions {
        let binder = Binder { study, group, export, declared };
        if let Some(sources) = binder.sources() {
            match binder.bind(&sources) {
                Ok(question) => bound.push((declared, question)),
                Err(mut found) => problems.append(&mut found),
            }
        }
    }
    if problems.is_empty() { Ok(bound) } else { Err(problems) }
}

struct Binder<'a> {
    study: &'a Study,
    group: &'a Group,
    export: &'a Export,
    declared: &'a StudyQuestion,
}

/// What a name in the study file stands for in an export.
enum Meant<'a> {
    /// A whole question.
    Whole(&'a Question),
    /// One item of a question.
    Part(&'a Question, &'a Item),
    /// A column that is no question's.
    Column(usize),
}

impl Meant<'_> {
    /// Whether a definition says what its choices are.
    fn is_defined(&self) -> bool {
        match self {
            Self::Whole(question) | Self::Part(question, _) => question.defined,
            Self::Column(_) => false,
        }
    }
}

impl<'a> Binder<'a> {
    /// The names by which the study finds the question in this group's export; `None` if it was not asked here.
    fn sources(&self) -> Option<Vec<&'a Spanned<String>>> {
        let whole: Vec<_> = self.declared.sources.get(&self.group.id).into_iter().flatten().collect();
        if !whole.is_empty() {
            return Some(whole);
        }
        let items: Vec<_> =
            self.declared.items.iter().filter_map(|item| item.sources.get(&self.group.id)).collect();
        (!items.is_empty()).then_some(items)
    }

    fn resolve(&self, name: &Spanned<String>) -> Result<Meant<'a>, Diag> {
        let instrument = &self.export.instrument;
        if let Some(question) = instrument.question(&name.value) {
            return Ok(Meant::Whole(question));
        }
        for question in &instrument.questions {
            if let Some(item) = items_of(&question.form).iter().find(|item| item.id == name.value) {
                return Ok(Meant::Part(question, item));
            }
        }
        if let Some(column) = self.export.table.position(&name.value) {
            return Ok(Meant::Column(column));
        }
        let message =
            format!("{} has no question or column \"{}\"", self.export.table.file().short(), name.value);
        let diag = self.study.error(codes::STUDY_UNKNOWN_COLUMN, &name.span, message);
        Err(match self.near(&name.value) {
            Some(near) => diag.help(format!("did you mean \"{near}\"?")),
            None => diag.help(
                "`canvass inspect` lists the questions of an export, `canvass codebook` their items too",
            ),
        })
    }

    /// The name that a writer most likely meant: an item by its own name inside the question's, as
    /// "q[item]" by "item", else what is spelt nearly so.
    fn near(&self, name: &str) -> Option<&'a str> {
        let questions = &self.export.instrument.questions;
        let items =
            || questions.iter().flat_map(|question| items_of(&question.form)).map(|item| item.id.as_str());
        let mut inside = items().filter(|id| {
            id.strip_suffix(']').and_then(|id| id.split_once('[')).is_some_and(|(_, part)| part == name)
        });
        if let (Some(only), None) = (inside.next(), inside.next()) {
            return Some(only);
        }
        let columns = self.export.table.names().iter().map(String::as_str);
        nearest(name, questions.iter().map(|question| question.id.as_str()).chain(items()).chain(columns))
    }

    fn bind(&self, sources: &[&'a Spanned<String>]) -> Result<Bound, Vec<Diag>> {
        let mut problems = Vec::new();
        let mut found = Vec::new();
        for name in sources {
            match self.resolve(name) {
                Ok(named) => found.push((*name, named)),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let question = match self.declared.kind {
            Kind::Likert => self.likert(&found),
            Kind::Single => self.single(&found),
            Kind::Multi if self.declared.coding.is_some() => self.coded_text(&found),
            Kind::Multi => self.multi(&found),
            Kind::Ranking => self.ranking(&found),
            Kind::Number => self.listed(
                &found,
                "a number",
                |form| match form {
                    Form::Numbers { items } => Some(items),
                    _ => None,
                },
                |items| Form::Numbers { items },
            ),
            Kind::Text => self.texts(&found),
            Kind::Date => self.date(&found),
        }
        .map_err(|problem| vec![problem])?;
        let question = self.outside_last(self.spelt(question)?);
        self.check_private(sources, &question).map_err(|problem| vec![problem])?;
        self.named(question)
    }

    /// A question made of the export's, with another form.
    fn made(&self, found: &[(&Spanned<String>, Meant<'_>)], form: Form) -> Question {
        let first = found.first().map(|(_, named)| named);
        let (wording, native, asked_if, defined) = match first {
            Some(Meant::Whole(question) | Meant::Part(question, _)) => (
                question.wording.clone(),
                question.native.clone(),
                question.asked_if.clone(),
                question.defined,
            ),
            _ => (self.declared.label.clone().unwrap_or_default(), None, None, false),
        };
        Question { id: self.declared.id.clone(), native, wording, form, asked_if, defined }
    }

    fn wrong_kind(&self, name: &Spanned<String>, named: &Meant<'_>, wanted: &str) -> Diag {
        if matches!(named, Meant::Column(_)) {
            let message =
                format!("{} is a column of no question of {}", name.value, self.export.table.file().short());
            return self.study.error(codes::STUDY_WRONG_KIND, &name.span, message).help(
                "declare what it may hold: choices = [\"…\"] for a single choice, or a scale for a likert question",
            );
        }
        let is = match named {
            Meant::Whole(question) | Meant::Part(question, _) => question.form.kind(),
            Meant::Column(_) => "a column of no question",
        };
        let message =
            format!("{} is of kind {is} in {}, not {wanted}", name.value, self.export.table.file().short());
        self.study.error(codes::STUDY_WRONG_KIND, &name.span, message)
    }

    fn item_of_column(name: &str, column: usize) -> Item {
        Item { id: name.to_owned(), label: name.to_owned(), column }
    }

    /// Whether the study's word counts for more than the export's: the export only inferred its questions.
    fn overrides(question: &Question) -> bool {
        !question.defined
    }

    /// A column that can tell who a person is answers no question: its texts would become choices and labels.
    fn check_private(&self, sources: &[&Spanned<String>], question: &Question) -> Result<(), Diag> {
        let names = self.export.table.names();
        let linked =
            self.group.invited.as_ref().and_then(|invited| invited.link.as_ref()).map(|link| &link.value);
        let declared = |column: &usize| {
            let name = names.get(*column);
            self.group.not_identifying.iter().any(|harmless| Some(&harmless.value) == name)
        };
        let tells = |column: &usize| {
            (self.export.identifiers.contains(column) && !declared(column))
                || names.get(*column).is_some_and(|name| Some(name) == linked)
        };
        let (Some(column), Some(name)) = (question.form.columns().into_iter().find(tells), sources.first())
        else {
            return Ok(());
        };
        let named = names.get(column).map_or("", String::as_str);
        let message = format!("column \"{named}\" can tell who a person is, so no question may read it");
        let help = format!(
            "leave it out of the study, or, if it tells nothing, declare in the group: not-identifying = [\"{named}\"]"
        );
        Err(self.study.error(codes::STUDY_PRIVATE, &name.span, message).help(help))
    }

    fn single(&self, found: &[(&Spanned<String>, Meant<'a>)]) -> Result<Question, Diag> {
        let [(name, named)] = found else {
            return Err(self.one_source());
        };
        let ours = &self.declared.choices;
        let (column, theirs, texts, defined) = match named {
            Meant::Whole(question @ Question { form: Form::Single { column, choices, texts }, .. }) => {
                (*column, choices.clone(), texts.clone(), question.defined)
            }
            Meant::Part(question @ Question { form: Form::Battery { choices, .. }, .. }, item) => {
                (item.column, choices.clone(), Vec::new(), question.defined)
            }
            Meant::Column(column) if !ours.is_empty() => (*column, Vec::new(), Vec::new(), false),
            Meant::Whole(question)
                if Self::overrides(question) && !ours.is_empty() && question.form.columns().len() == 1 =>
            {
                (question.form.columns()[0], Vec::new(), Vec::new(), false)
            }
            named => return Err(self.wrong_kind(name, named, "one of several choices")),
        };
        self.check_undeclared(name, defined)?;
        let choices = if ours.is_empty() { theirs } else { multi::taking_texts(ours, &theirs) };
        Ok(self.made(found, Form::Single { column, choices, texts }))
    }

    /// The study file declares no choices of a question whose choices the export's definition declares.
    fn check_undeclared(&self, name: &Spanned<String>, defined: bool) -> Result<(), Diag> {
        if !defined || self.declared.choices.is_empty() {
            return Ok(());
        }
        let message = format!(
            "the definition of {} declares the choices of {} already",
            self.export.table.file().short(),
            name.value
        );
        let diag = self.study.error(codes::STUDY_BAD_VALUE, &self.declared.span, message);
        Err(diag.help("leave out choices and codes; they are for exports without a definition"))
    }

    fn listed(
        &self,
        found: &[(&Spanned<String>, Meant<'a>)],
        wanted: &str,
        items_in: fn(&Form) -> Option<&Vec<Item>>,
        form: fn(Vec<Item>) -> Form,
    ) -> Result<Question, Diag> {
        let mut items = Vec::new();
        for (name, named) in found {
            match named {
                Meant::Whole(question) => match items_in(&question.form) {
                    Some(theirs) => items.extend(theirs.iter().cloned()),
                    None if Self::overrides(question) && question.form.columns().len() == 1 => {
                        items.push(Self::item_of_column(&question.id, question.form.columns()[0]));
                    }
                    None => return Err(self.wrong_kind(name, named, wanted)),
                },
                Meant::Part(question, item) if items_in(&question.form).is_some() => {
                    items.push((*item).clone());
                }
                Meant::Part(..) => return Err(self.wrong_kind(name, named, wanted)),
                Meant::Column(column) => items.push(Self::item_of_column(&name.value, *column)),
            }
        }
        Ok(self.made(found, form(items)))
    }

    fn texts(&self, found: &[(&Spanned<String>, Meant<'a>)]) -> Result<Question, Diag> {
        let items_in: fn(&Form) -> Option<&Vec<Item>> = |form| match form {
            Form::Texts { items } => Some(items),
            _ => None,
        };
        self.listed(found, "a text", items_in, |items| Form::Texts { items })
    }

    fn date(&self, found: &[(&Spanned<String>, Meant<'a>)]) -> Result<Question, Diag> {
        let [(name, named)] = found else { return Err(self.one_source()) };
        let column = match named {
            Meant::Whole(Question { form: Form::Date { column }, .. }) | Meant::Column(column) => *column,
            Meant::Whole(Question { form: Form::Texts { items }, .. }) if items.len() == 1 => items[0].column,
            Meant::Whole(question) if Self::overrides(question) && question.form.columns().len() == 1 => {
                question.form.columns()[0]
            }
            named => return Err(self.wrong_kind(name, named, "a date")),
        };
        Ok(self.made(found, Form::Date { column }))
    }

    /// The one text whose codes the study declares.
    fn coded_text(&self, found: &[(&Spanned<String>, Meant<'a>)]) -> Result<Question, Diag> {
        let question = self.texts(found)?;
        if question.form.columns().len() == 1 { Ok(question) } else { Err(self.one_source()) }
    }

    fn one_source(&self) -> Diag {
        let message = format!("question \"{}\" has one column in each group", self.declared.id);
        self.study.error(codes::STUDY_WRONG_KIND, &self.declared.span, message)
    }
}

fn items_of(form: &Form) -> &[Item] {
    match form {
        Form::Battery { items, .. }
        | Form::Ranking { items }
        | Form::Scores { items, .. }
        | Form::Numbers { items }
        | Form::Texts { items } => items,
        _ => &[],
    }
}
