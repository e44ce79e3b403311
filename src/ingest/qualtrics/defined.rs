//! The form of a question whose definition is known.

use crate::codebook::{self, Form, Item, Missing, MultiCells, fold};
use crate::diag::{Diag, Place, codes};
use crate::ingest::qsf::{Asked, Choice, Definition, Kind, Matrix};

use super::cells;
use super::columns::{Group, Member, Sheet};
use super::draft::{self, Draft};
use super::import_id::Part;
use super::joined;
use super::labels;
use super::several;

/// Drafts a group by its definition; `None` if its columns are not those of such a question.
pub(super) fn draft(
    group: &Group,
    asked: &Asked,
    definition: &Definition,
    sheet: &Sheet<'_>,
) -> Option<Vec<Draft>> {
    let carried = asked.carried_from.as_ref().and_then(|source| definition.question(source));
    let maker = Maker { group, sheet, choices: with_carried(&asked.choices, carried) };
    let wording = wording(group, asked, sheet);
    let parts = match asked.kind {
        Kind::Groups => several::groups(group, sheet, &maker.choices, &asked.answers)?,
        Kind::Levels if !asked.answers.is_empty() => {
            several::levels(group, sheet, &maker.choices, &asked.answers)?
        }
        Kind::Matrix(Matrix::Ranks) => several::ranks(group, sheet, &maker.choices, &asked.answers)?,
        _ => return Some(vec![one(&maker, asked, wording)?]),
    };
    let drafts = parts.into_iter().map(|part| Draft {
        suffix: part.suffix,
        wording: with_heading(&wording, &part.heading),
        form: part.form,
        defined: true,
        notes: Vec::new(),
    });
    Some(drafts.collect())
}

fn one(maker: &Maker<'_>, asked: &Asked, wording: String) -> Option<Draft> {
    let mut notes = Vec::new();
    let form = match asked.kind {
        Kind::SideBySide => {
            let side = asked.sides.iter().find(|side| Some(&side.number) == maker.group.side.as_ref())?;
            maker.matrix(side.matrix, &side.answers, &mut notes)?
        }
        Kind::Matrix(matrix) => maker.matrix(matrix, &asked.answers, &mut notes)?,
        Kind::Single => maker.single()?,
        Kind::Multi => maker.multi(&mut notes)?,
        Kind::NetPromoter => maker.net_promoter()?,
        Kind::Text | Kind::Contact => Form::Texts { items: maker.entries(&asked.wording)? },
        Kind::Number | Kind::Numbers => Form::Numbers { items: maker.entries(&asked.wording)? },
        Kind::Ranking => Form::Ranking { items: maker.entries(&asked.wording)? },
        Kind::Date => Form::Date { column: maker.entries(&asked.wording)?.first()?.column },
        Kind::Levels => maker.other("drill-down"),
        Kind::Other(what) => maker.other(what),
        Kind::Measured | Kind::Shown | Kind::Groups => return None,
    };
    Some(Draft { suffix: String::new(), wording, form, defined: true, notes })
}

/// The wording of a group: in a loop what this round was about, and of a side its heading.
fn wording(group: &Group, asked: &Asked, sheet: &Sheet<'_>) -> String {
    let heading = asked.sides.iter().find(|side| Some(&side.number) == group.side.as_ref());
    match (heading.filter(|side| !side.wording.is_empty()), &group.round) {
        (Some(side), _) => with_heading(&asked.wording, &side.wording),
        // In a loop only the second header row says what this round was about.
        (None, Some(_)) => {
            let is_whole = |member: &&Member| matches!(&member.part, Part::Answer(ids) | Part::Text(ids) if ids.is_empty());
            if let Some(whole) = group.members.iter().find(is_whole) {
                return labels::of_choice_column(sheet.label(whole.column)).to_owned();
            }
            let (wording, _) = draft::texts(&group.members.iter().collect::<Vec<_>>(), sheet);
            if wording.is_empty() { asked.wording.clone() } else { wording }
        }
        (None, None) => asked.wording.clone(),
    }
}

fn with_heading(wording: &str, heading: &str) -> String {
    match heading {
        "" => wording.to_owned(),
        _ if wording.ends_with(['?', '.', '!', ':']) => format!("{wording} {heading}"),
        _ => format!("{wording}: {heading}"),
    }
}

/// The choices of a question behind those that are carried into it, whose ids begin with an `x`.
fn with_carried(own: &[Choice], source: Option<&Asked>) -> Vec<Choice> {
    let carried = source.into_iter().flat_map(|source| &source.choices);
    let carried = carried.map(|choice| Choice { id: format!("x{}", choice.id), ..choice.clone() });
    carried.chain(own.iter().cloned()).collect()
}

/// A choice in the terms of the codebook.
pub(super) fn choice(choice: &Choice) -> codebook::Choice {
    let mut also: Vec<String> = Vec::new();
    for spelling in cells::spellings(choice) {
        if spelling != choice.label && !also.iter().any(|other| other == spelling) {
            also.push(spelling.to_owned());
        }
    }
    codebook::Choice {
        id: choice.id.clone(),
        code: choice.code.clone(),
        label: choice.label.clone(),
        also,
        text_entry: choice.text_entry,
        exclusive: choice.exclusive,
        outside: choice.left_out.then(|| outside(&choice.label)),
    }
}

/// What an option says that its author left out of analyses.
fn outside(label: &str) -> Missing {
    let label = fold(label);
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if says(&["don't know", "do not know", "unsure", "not sure", "no opinion"]) {
        Missing::DontKnow
    } else if says(&["prefer not", "rather not", "decline", "no answer", "refuse"]) {
        Missing::Refused
    } else {
        Missing::NotApplicable
    }
}

/// Makes the form of a group whose choices are known.
pub(super) struct Maker<'a> {
    /// The columns.
    pub(super) group: &'a Group,
    /// The export.
    pub(super) sheet: &'a Sheet<'a>,
    choices: Vec<Choice>,
}

impl Maker<'_> {
    /// The label of a choice or row.
    pub(super) fn label(&self, id: &str) -> Option<String> {
        self.choices.iter().find(|choice| choice.id == id).map(|choice| choice.label.clone())
    }

    fn whole(&self) -> Option<usize> {
        draft::answers_at(self.group, 0).first().map(|member| member.column)
    }

    fn codebook_choices(&self) -> Vec<codebook::Choice> {
        self.choices.iter().map(choice).collect()
    }

    fn single(&self) -> Option<Form> {
        Some(Form::Single {
            column: self.whole()?,
            choices: self.codebook_choices(),
            texts: draft::text_columns(self.group),
        })
    }

    /// Zero to ten, whatever list the definition keeps for it.
    fn net_promoter(&self) -> Option<Form> {
        Some(Form::Single { column: self.whole()?, choices: zero_to_ten(), texts: Vec::new() })
    }

    fn multi(&self, notes: &mut Vec<Diag>) -> Option<Form> {
        let texts = draft::text_columns(self.group);
        if let Some(column) = self.whole() {
            let choices = self.codebook_choices();
            let spellings: Vec<Vec<&str>> = choices
                .iter()
                .map(|choice| {
                    let also = choice.also.iter().map(String::as_str);
                    [choice.code.as_str(), choice.label.as_str()].into_iter().chain(also).collect()
                })
                .collect();
            let separator =
                joined::separator(&self.sheet.tally(column).map(|(cell, _)| cell).collect(), &spellings);
            let cells = MultiCells::Joined { column, separator: separator.into() };
            return Some(Form::Multi { cells, choices, texts });
        }
        let ticks: Vec<(&str, &Member)> = self
            .group
            .members
            .iter()
            .filter_map(|member| match &member.part {
                Part::Tick(id) => Some((id.as_str(), member)),
                Part::Answer(ids) => Some((ids.first()?.as_str(), member)),
                _ => None,
            })
            .collect();
        let (mut columns, mut choices) = (Vec::new(), Vec::new());
        for defined in &self.choices {
            // Older exports name a column by the choice's code; its id comes first.
            let of = |wanted: &str| ticks.iter().find(|(id, _)| *id == wanted);
            let Some((_, member)) = of(&defined.id) else {
                let message = format!("choice \"{}\" has no column", defined.label);
                notes.push(self.mismatch(message));
                continue;
            };
            columns.push(member.column);
            choices.push(choice(defined));
        }
        let members: Vec<&Member> = ticks.iter().map(|(_, member)| *member).collect();
        let (_, labels) = draft::texts(&members, self.sheet);
        for (id, member) in ticks.iter().filter(|(id, _)| self.choices.iter().all(|choice| choice.id != *id))
        {
            let label = labels.get(&member.column).cloned().unwrap_or_default();
            notes.push(self.mismatch(format!(
                "column {} is no choice of the definition",
                self.sheet.name(member.column)
            )));
            columns.push(member.column);
            choices.push(codebook::Choice { id: (*id).to_owned(), ..codebook::Choice::labelled(&label) });
        }
        (!columns.is_empty()).then_some(Form::Multi { cells: MultiCells::Split(columns), choices, texts })
    }

    /// A note that the columns are not quite those of the definition.
    pub(super) fn mismatch(&self, message: String) -> Diag {
        let column = self.group.members.first().map_or("", |member| self.sheet.name(member.column));
        Diag::note(codes::DEFINITION_MISMATCH, Place::column(self.sheet.table.file(), column), message)
    }

    /// An item for each field, slider or ranked thing, and for a single entry, which is the question itself.
    fn entries(&self, wording: &str) -> Option<Vec<Item>> {
        let texts = |levels: usize| -> Vec<&Member> {
            let fits = |member: &&Member| matches!(&member.part, Part::Text(ids) if ids.len() == levels);
            self.group.members.iter().filter(fits).collect()
        };
        // Older exports name the fields of a form as texts.
        let candidates =
            [draft::answers_at(self.group, 1), texts(0), texts(1), draft::answers_at(self.group, 0)];
        let members = candidates.into_iter().find(|members| !members.is_empty())?;
        let (_, labels) = draft::texts(&members, self.sheet);
        let label = |member: &Member| match &member.part {
            Part::Answer(ids) | Part::Text(ids) => match ids.first() {
                Some(id) => {
                    self.label(id).or_else(|| labels.get(&member.column).cloned()).unwrap_or_default()
                }
                None => wording.to_owned(),
            },
            _ => String::new(),
        };
        Some(draft::items(&members, self.sheet, label))
    }

    /// Columns that are kept as text.
    pub(super) fn other(&self, what: &'static str) -> Form {
        Form::Other { columns: self.group.members.iter().map(|member| member.column).collect(), what }
    }
}

/// The choices of a net promoter question.
pub(super) fn zero_to_ten() -> Vec<codebook::Choice> {
    (0..=10).map(|score| codebook::Choice::labelled(&score.to_string())).collect()
}
