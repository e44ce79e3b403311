//! What kind of question a variable is, from its labels and from whether they cover its values.

use std::collections::BTreeSet;

use crate::codebook::wording;
use crate::codebook::{Choice, Form, Item, Missing};
use crate::diag::{Diag, Place, codes};
use crate::ingest::RawTable;
use crate::ingest::infer::{Inferred, WholeNumbers, infer};

use super::{Kind, Measure, Variable};

/// A variable's kind of question.
#[derive(Debug)]
pub(super) struct Formed {
    pub(super) form: Form,
    /// Whether the file alone says so.
    pub(super) defined: bool,
    pub(super) notes: Vec<Diag>,
    /// Codes of a number that no declaration calls missing, but whose label does.
    pub(super) off_scale: Vec<(String, String)>,
}

/// More distinct values without a label than this are numbers, not choices.
const MOST_CHOICES: usize = 20;

/// Values of a variable that its labels leave out.
#[derive(Debug, Default)]
struct Unlabelled {
    /// The first of the distinct values, one more than can be choices.
    values: BTreeSet<String>,
    cells: u64,
}

/// Says what kind of question a variable is.
pub(super) fn form(variable: &Variable, column: usize, id: &str, table: &RawTable) -> Formed {
    let valid: Vec<Choice> =
        variable.labels.iter().filter(|(code, _)| !variable.is_missing(code)).map(choice).collect();
    let plain = |form: Form| Formed { form, defined: true, notes: Vec::new(), off_scale: Vec::new() };
    let items = || vec![Item { id: id.to_owned(), label: variable.wording(), column }];
    if valid.is_empty() {
        return match variable.kind {
            Kind::Date => plain(Form::Date { column }),
            Kind::Number => {
                let mut formed = plain(Form::Numbers { items: items() });
                // The file stores numbers and does not say that they are amounts: the study may put them on a scale.
                formed.defined = false;
                formed.notes.extend(unlabelled_names(variable, id, table));
                formed
            }
            Kind::Text => {
                text(variable, column, id, table).unwrap_or_else(|| plain(Form::Texts { items: items() }))
            }
        };
    }
    let about = About { id, place: Place::column(table.file(), &variable.name) };
    let unlabelled = unlabelled(variable, column, table);
    let choices: Vec<Choice> = variable
        .labels
        .iter()
        .map(|label| {
            let mut choice = choice(label);
            choice.outside = variable.is_missing(&label.0).then(|| Missing::said_by(&label.1));
            choice
        })
        .collect();
    if unlabelled.cells == 0 {
        let mut formed = plain(Form::Single { column, choices, texts: Vec::new() });
        formed.notes.extend(about.same_label(&valid));
        return formed;
    }
    if let Some(between) = between(&valid, &unlabelled.values) {
        let note = about.filled(&between, &valid);
        let form = Form::Single { column, choices: with(choices, &between), texts: Vec::new() };
        return Formed { form, defined: true, notes: vec![note], off_scale: Vec::new() };
    }
    let whole = unlabelled.values.iter().all(|value| value.parse::<i64>().is_ok());
    let on_scale =
        variable.labels.iter().filter(|label| !variable.is_missing(&label.0) && !says_why(label)).count();
    let few = unlabelled.values.len() <= on_scale.min(MOST_CHOICES);
    if (whole || variable.kind == Kind::Text) && few {
        let note = about.strays(&unlabelled);
        let strays: Vec<String> = unlabelled.values.into_iter().collect();
        let form = Form::Single { column, choices: with(choices, &strays), texts: Vec::new() };
        // A text without a label may be what somebody wrote.
        let defined = variable.kind != Kind::Text;
        return Formed { form, defined, notes: vec![note], off_scale: Vec::new() };
    }
    match variable.kind {
        Kind::Number => {
            let off_scale: Vec<(String, String)> = variable
                .labels
                .iter()
                .filter(|label| !variable.is_missing(&label.0) && says_why(label))
                .cloned()
                .collect();
            let notes = vec![about.numbers(&valid, &off_scale)];
            Formed { form: Form::Numbers { items: items() }, defined: false, notes, off_scale }
        }
        Kind::Date => plain(Form::Date { column }),
        Kind::Text => {
            let note = about.texts(&valid);
            Formed {
                form: Form::Texts { items: items() },
                defined: false,
                notes: vec![note],
                off_scale: Vec::new(),
            }
        }
    }
}

/// Whether the label of a value says why there is no answer.
fn says_why((_, label): &(String, String)) -> bool {
    Missing::said_by(label) != Missing::Blank
}

/// A choice from a labelled value. A value whose label is blank is named by itself.
pub(super) fn choice((code, label): &(String, String)) -> Choice {
    let plain = wording::plain(label);
    let mut choice = Choice::labelled(if plain.is_empty() { code } else { &plain });
    choice.id.clone_from(code);
    choice.code.clone_from(code);
    if choice.label != *label && !label.is_empty() {
        choice.also.push(label.clone());
    }
    choice
}

/// A text without labels as a list of choices, where few texts repeat.
fn text(variable: &Variable, column: usize, id: &str, table: &RawTable) -> Option<Formed> {
    let given = || table.column(column).map(|cell| cell.filter(|cell| !variable.is_missing(cell)));
    let Inferred::Choices(texts) = infer(given(), WholeNumbers::Codes) else { return None };
    let message = format!("\"{id}\" is read as one choice of {}, those that somebody gave", texts.len());
    let note = Diag::note(codes::CHOICES_INFERRED, Place::column(table.file(), &variable.name), message)
        .help("declare its choices in the study file, those that nobody chose included");
    let choices = texts.iter().map(|text| Choice::labelled(text)).collect();
    let form = Form::Single { column, choices, texts: Vec::new() };
    Some(Formed { form, defined: false, notes: vec![note], off_scale: Vec::new() })
}

/// A number that the file calls a name or a rank, but whose values have no labels.
fn unlabelled_names(variable: &Variable, id: &str, table: &RawTable) -> Option<Diag> {
    let measure = match variable.measure {
        Some(Measure::Nominal) => "nominal",
        Some(Measure::Ordinal) => "ordinal",
        Some(Measure::Scale) | None => return None,
    };
    let message = format!("\"{id}\" is {measure} in the file but has no value labels: it is read as numbers");
    let diag = Diag::note(codes::ASSUMED, Place::column(table.file(), &variable.name), message);
    Some(
        diag.help("if its values are codes, label them in the file or declare its choices in the study file"),
    )
}

fn unlabelled(variable: &Variable, column: usize, table: &RawTable) -> Unlabelled {
    let known: BTreeSet<&str> =
        variable.labels.iter().map(|(code, _)| code).chain(&variable.missing).map(String::as_str).collect();
    let mut unlabelled = Unlabelled::default();
    for (cell, count) in table.tally(column).filter(|(cell, _)| !known.contains(cell)) {
        unlabelled.cells += count;
        if unlabelled.values.len() <= MOST_CHOICES && !unlabelled.values.contains(cell) {
            unlabelled.values.insert(cell.to_owned());
        }
    }
    unlabelled
}

/// The whole numbers that belong between labelled ones, if every value without a label is one of them: the middle of
/// a scale of which the ends are labelled.
fn between(valid: &[Choice], unlabelled: &BTreeSet<String>) -> Option<Vec<String>> {
    let whole = |text: &str| text.parse::<i64>().ok();
    let mut labelled: Vec<i64> = valid.iter().filter_map(|choice| whole(&choice.code)).collect();
    labelled.sort_unstable();
    let values: Option<BTreeSet<i64>> = unlabelled.iter().map(|value| whole(value)).collect();
    let mut left = values?;
    let mut filled = Vec::new();
    for ends in labelled.windows(2) {
        let (low, high) = (ends[0], ends[1]);
        let held: Vec<i64> = left.iter().copied().filter(|value| (low..high).contains(value)).collect();
        // A long way between two labels is a number with two labels.
        if held.is_empty() || high.checked_sub(low).is_none_or(|gap| gap > 20) {
            continue;
        }
        filled.extend(low + 1..high);
        left.retain(|value| !held.contains(value));
    }
    (left.is_empty() && filled.len() <= MOST_CHOICES).then(|| filled.iter().map(i64::to_string).collect())
}

/// Choices with values that have no label, in the order of the codes where all of them are numbers.
fn with(mut choices: Vec<Choice>, values: &[String]) -> Vec<Choice> {
    choices.extend(values.iter().map(|value| Choice::labelled(value)));
    let number = |choice: &Choice| choice.code.parse::<f64>().ok();
    if choices.iter().all(|choice| number(choice).is_some() || choice.outside.is_some()) {
        // Missing values stay behind the others, as far as they are no numbers.
        choices.sort_by(|a, b| {
            let key = |choice: &Choice| number(choice).unwrap_or(f64::INFINITY);
            key(a).total_cmp(&key(b))
        });
    }
    choices
}

/// What can be said of a variable whose labels do not cover its values.
struct About<'a> {
    id: &'a str,
    place: Place,
}

impl About<'_> {
    fn filled(&self, between: &[String], valid: &[Choice]) -> Diag {
        let message = format!(
            "{} of the values of \"{}\" have labels; {} between them are read as points of the same scale",
            valid.len(),
            self.id,
            between.join(", ")
        );
        Diag::note(codes::CHOICES_INFERRED, self.place.clone(), message)
            .help("to decide it, declare the question in the study file with its kind")
    }

    fn strays(&self, unlabelled: &Unlabelled) -> Diag {
        let message = format!(
            "{} values of \"{}\" in {} cells have no label: each is a choice of its own",
            unlabelled.values.len(),
            self.id,
            unlabelled.cells
        );
        Diag::warning(codes::CHOICES_INFERRED, self.place.clone(), message)
            .help("label them in the file, or declare the question in the study file")
    }

    fn numbers(&self, valid: &[Choice], off_scale: &[(String, String)]) -> Diag {
        let counted: Vec<String> = valid
            .iter()
            .filter(|choice| !off_scale.iter().any(|(code, _)| *code == choice.code))
            .take(3)
            .map(|choice| format!("{} = \"{}\"", choice.code, choice.label))
            .collect();
        let missing: Vec<String> =
            off_scale.iter().map(|(code, label)| format!("{code} = \"{label}\"")).collect();
        let mut message = format!("\"{}\" has labels for few of its values and is read as numbers", self.id);
        if !counted.is_empty() {
            message.push_str(", with ");
            message.push_str(&counted.join(", "));
            message.push_str(" among them");
        }
        if !missing.is_empty() {
            message.push_str(", but not ");
            message.push_str(&missing.join(", "));
            message.push_str(", counted as missing");
        }
        Diag::warning(codes::ASSUMED, self.place.clone(), message).help(
            "declare values that are no numbers as missing in the file, or the question in the study file",
        )
    }

    fn texts(&self, valid: &[Choice]) -> Diag {
        let message = format!(
            "\"{}\" has labels for {} of its many texts and is read as free text, which is never shown",
            self.id,
            valid.len()
        );
        Diag::warning(codes::ASSUMED, self.place.clone(), message)
            .help("to decide it, declare the question in the study file with its kind")
    }

    /// Two values that are answers and have one label: which is meant is known by the code, not by the label.
    fn same_label(&self, valid: &[Choice]) -> Option<Diag> {
        let mut seen = BTreeSet::new();
        let twice = valid.iter().find(|choice| !seen.insert(choice.label.as_str()))?;
        let message = format!("two values of \"{}\" have the label \"{}\"", self.id, twice.label);
        let diag = Diag::note(codes::SAME_CHOICE_TWICE, self.place.clone(), message);
        Some(diag.help("they are counted apart, by their codes"))
    }
}
