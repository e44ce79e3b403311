//! The questions of a form, with the columns in which their answers stand.

use std::collections::BTreeMap;

use crate::codebook::{Choice, Condition, Form, Item, MultiCells, OrderCells, Question};
use crate::diag::Diag;
use crate::ingest::infer::{self, Inferred, WholeNumbers};
use crate::ingest::xlsform::{Definition, Field, Gathered, GatheredKind, Kind};
use crate::ingest::{Cells, RawTable, identity};

use super::columns::Role;
use super::multi::{self, Agreement};

/// What the questions of a form are in an export.
#[derive(Default)]
pub(super) struct Built {
    pub(super) questions: Vec<Question>,
    pub(super) identifiers: Vec<usize>,
    /// Columns that repeat what another says.
    pub(super) repeats: Vec<usize>,
    pub(super) notes: Vec<Diag>,
}

/// Where the columns of each field are.
#[derive(Default)]
struct Places {
    own: BTreeMap<usize, usize>,
    ticks: BTreeMap<usize, BTreeMap<usize, usize>>,
    other: BTreeMap<usize, usize>,
    cells: BTreeMap<usize, BTreeMap<usize, usize>>,
    parts: BTreeMap<usize, Vec<usize>>,
}

impl Places {
    fn of(roles: &[Option<Role>]) -> Self {
        let mut places = Self::default();
        for (column, role) in roles.iter().enumerate() {
            match role {
                Some(Role::Field(field)) => drop(places.own.insert(*field, column)),
                Some(Role::Tick { field, choice }) => {
                    places.ticks.entry(*field).or_default().insert(*choice, column);
                }
                Some(Role::OtherText(field)) => drop(places.other.insert(*field, column)),
                Some(Role::Cell { field, row }) => {
                    places.cells.entry(*field).or_default().insert(*row, column);
                }
                Some(Role::Part(field)) => places.parts.entry(*field).or_default().push(column),
                None => {}
            }
        }
        places
    }
}

/// Builds the questions in the order of the form.
pub(super) fn build(
    table: &RawTable,
    definition: &Definition,
    roles: &[Option<Role>],
    cells: Cells,
) -> Built {
    let mut builder = Builder {
        table,
        definition,
        ids: definition.ids(),
        cells,
        places: Places::of(roles),
        agreement: Agreement::default(),
        built: Built::default(),
    };
    let mut gathered: BTreeMap<usize, bool> = BTreeMap::new();
    for (position, field) in definition.fields.iter().enumerate() {
        if let Some(block) = field.block.filter(|block| builder.is_gathered(*block, position)) {
            let whole = match gathered.get(&block) {
                Some(whole) => *whole,
                None => builder.block(block),
            };
            gathered.insert(block, whole);
            if whole {
                continue;
            }
        }
        builder.field(position, field);
    }
    let notes = builder.agreement.notes(table);
    builder.built.notes.extend(notes);
    builder.built
}

struct Builder<'a> {
    table: &'a RawTable,
    definition: &'a Definition,
    ids: Vec<String>,
    cells: Cells,
    places: Places,
    agreement: Agreement,
    built: Built,
}

impl Builder<'_> {
    fn field(&mut self, position: usize, field: &Field) {
        let own = self.places.own.get(&position).copied();
        let id = self.ids[position].clone();
        let items = |column| vec![Item { id: id.clone(), label: field.wording(), column }];
        let form = match (&field.kind, own) {
            (Kind::One, Some(column)) => Some(self.single(position, field, column)),
            (Kind::Multiple, _) => self.multi(position, field, own),
            (Kind::Rank, Some(column)) => Some(self.ordering(field, column)),
            (Kind::Number, Some(column)) => Some(Form::Numbers { items: items(column) }),
            (Kind::Text | Kind::Unknown, Some(column)) => Some(Form::Texts { items: items(column) }),
            (Kind::Date, Some(column)) => Some(Form::Date { column }),
            (Kind::Acknowledge, Some(column)) => {
                let choices = vec![Choice::labelled("OK")];
                Some(Form::Single { column, choices, texts: Vec::new() })
            }
            // The form may compute a number or a text; its cells say which.
            (Kind::Calculate, Some(column)) => {
                Some(match infer::infer(self.table.column(column), WholeNumbers::Numbers) {
                    Inferred::Numbers => Form::Numbers { items: items(column) },
                    _ => Form::Texts { items: items(column) },
                })
            }
            (Kind::Note, Some(column)) => Some(Form::Other { columns: vec![column], what: "a note" }),
            (Kind::Place | Kind::File, _) => self.parts(position, field, own),
            (Kind::Metadata | Kind::BlockRow, _) | (_, None) => None,
        };
        if let Some(form) = form {
            self.tell_who(field, &form);
            self.push(id, field.wording(), form, field.asked_if.clone());
        }
    }

    fn push(&mut self, id: String, wording: String, form: Form, asked_if: Option<Condition>) {
        self.built.questions.push(Question { id, native: None, wording, form, asked_if, defined: true });
    }

    /// One choice; those of a list that is not in the form are what stands in the cells.
    fn single(&self, position: usize, field: &Field, column: usize) -> Form {
        let choices = if field.listed { field.choices.clone() } else { self.seen(column, None) };
        let texts = self.places.other.get(&position).copied().into_iter().collect();
        Form::Single { column, choices, texts }
    }

    /// The distinct cells of a column, or their parts, as choices.
    fn seen(&self, column: usize, separator: Option<char>) -> Vec<Choice> {
        let cells = self.table.column(column).flatten().map(str::trim);
        let mut seen: Vec<&str> = match separator {
            Some(separator) => cells.flat_map(|cell| cell.split(separator)).collect(),
            None => cells.collect(),
        };
        seen.retain(|text| !text.is_empty());
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().map(Choice::labelled).collect()
    }

    fn multi(&mut self, position: usize, field: &Field, own: Option<usize>) -> Option<Form> {
        let choices = match own {
            Some(column) if !field.listed => self.seen(column, Some(' ')),
            _ => field.choices.clone(),
        };
        let ticks = self.places.ticks.get(&position).cloned().unwrap_or_default();
        let texts = self.places.other.get(&position).copied().into_iter().collect();
        let whole = !choices.is_empty() && ticks.len() == choices.len();
        let split: Vec<usize> = ticks.values().copied().collect();
        match own {
            // Labels have blanks in them, so that what joins them by blanks cannot be taken apart for certain.
            Some(column) if self.cells == Cells::Codes || !whole => {
                if self.cells == Cells::Codes {
                    self.agreement.compare(self.table, &self.ids[position], column, &ticks, &choices);
                } else if choices.iter().any(|choice| choice.label.contains(' ')) {
                    self.built.notes.push(multi::joined_by_blanks(self.table, column));
                }
                self.built.repeats.extend(split);
                let cells = MultiCells::Joined { column, separator: " ".into() };
                Some(Form::Multi { cells, choices, texts })
            }
            own => {
                self.built.repeats.extend(own);
                let kept: Vec<Choice> =
                    ticks.keys().filter_map(|choice| choices.get(*choice).cloned()).collect();
                if kept.is_empty() {
                    return None;
                }
                Some(Form::Multi { cells: MultiCells::Split(split), choices: kept, texts })
            }
        }
    }

    fn ordering(&self, field: &Field, column: usize) -> Form {
        let choices = if field.listed { field.choices.clone() } else { self.seen(column, Some(' ')) };
        Form::Ordering { cells: OrderCells::Listed { column, separator: " ".to_owned() }, choices }
    }

    /// A place tells where somebody is; a file may show who.
    fn parts(&mut self, position: usize, field: &Field, own: Option<usize>) -> Option<Form> {
        let parts = self.places.parts.get(&position).cloned().unwrap_or_default();
        let columns: Vec<usize> = own.into_iter().chain(parts).collect();
        self.built.identifiers.extend(&columns);
        let what = if field.kind == Kind::Place { "a place" } else { "a file" };
        (!columns.is_empty()).then_some(Form::Other { columns, what })
    }

    /// Notes the columns that can tell who somebody is, of questions that anybody can answer in own words.
    fn tell_who(&mut self, field: &Field, form: &Form) {
        let open = match form {
            Form::Texts { items } | Form::Numbers { items } => items.iter().map(|item| item.column).collect(),
            Form::Single { texts, .. } | Form::Multi { texts, .. } => texts.clone(),
            _ => Vec::new(),
        };
        let wording = field.wording();
        let tells = |column: &usize| identity::column_tells_who(self.table, *column, &wording);
        self.built.identifiers.extend(open.into_iter().filter(tells));
    }

    /// Builds the question that a group declares; `false` if its fields stay questions of their own.
    fn block(&mut self, block: usize) -> bool {
        let gathered = &self.definition.blocks[block];
        let all = 0..self.definition.fields.len();
        let fields: Vec<usize> = all.filter(|position| self.is_gathered(block, *position)).collect();
        if gathered.kind == GatheredKind::Matrix {
            self.matrix(gathered, &fields);
            return true;
        }
        let form = if gathered.kind == GatheredKind::Rank {
            self.places_of(gathered, &fields)
        } else {
            self.battery(gathered, &fields)
        };
        let Some(form) = form else { return false };
        let named = |text: &str| if text.is_empty() { gathered.name.clone() } else { text.to_owned() };
        let asked_if = self.shared_condition(&fields);
        self.push(gathered.name.clone(), named(&gathered.wording), form, asked_if);
        true
    }

    fn battery(&self, gathered: &Gathered, fields: &[usize]) -> Option<Form> {
        let items: Vec<Item> = fields.iter().filter_map(|field| self.item(*field)).collect();
        let choices = match gathered.kind {
            GatheredKind::Score => &gathered.choices,
            _ => &self.definition.fields[*fields.first()?].choices,
        };
        let whole = items.len() > 1 && !choices.is_empty();
        whole.then(|| Form::Battery { items, choices: choices.clone() })
    }

    /// A ranking of which every place has its own column.
    fn places_of(&self, gathered: &Gathered, fields: &[usize]) -> Option<Form> {
        let own = |field: &usize| self.places.own.get(field).copied();
        let columns: Vec<usize> = fields.iter().filter_map(own).collect();
        let choices = gathered.choices.clone();
        let some = !columns.is_empty() && !choices.is_empty();
        some.then_some(Form::Ordering { cells: OrderCells::Places(columns), choices })
    }

    /// Each column of a matrix is a question with the matrix's rows as items.
    fn matrix(&mut self, gathered: &Gathered, fields: &[usize]) {
        for position in fields {
            let field = &self.definition.fields[*position];
            let Some(cells) = self.places.cells.get(position) else { continue };
            let item = |(row, column): (&usize, &usize)| Item {
                id: format!("{}_{}_{}", gathered.name, gathered.choices[*row].code, field.name),
                label: gathered.choices[*row].label.clone(),
                column: *column,
            };
            let items: Vec<Item> = cells.iter().map(item).collect();
            let columns = cells.values().copied().collect();
            let form = match field.kind {
                Kind::One if field.listed => Form::Battery { items, choices: field.choices.clone() },
                Kind::Number => Form::Numbers { items },
                Kind::Text => Form::Texts { items },
                _ => Form::Other { columns, what: "a matrix" },
            };
            self.tell_who(field, &form);
            let id = format!("{}_{}", gathered.name, field.name);
            self.push(id, field.wording(), form, field.asked_if.clone());
        }
    }

    /// Whether a field is part of the one question that its group makes.
    fn is_gathered(&self, block: usize, position: usize) -> bool {
        let field = &self.definition.fields[position];
        if field.block != Some(block) {
            return false;
        }
        match self.definition.blocks[block].kind {
            GatheredKind::Matrix => true,
            GatheredKind::Score | GatheredKind::Rank => field.kind == Kind::BlockRow,
            // Rows of a table are on the same choices and asked together; what differs is a question of its own.
            GatheredKind::Table => {
                let mut table = self.definition.fields.iter().filter(|field| field.block == Some(block));
                let first = table.find(|field| field.kind == Kind::One);
                field.kind == Kind::One
                    && field.listed
                    && first.is_some_and(|first| {
                        first.choices == field.choices && first.asked_if == field.asked_if
                    })
            }
        }
    }

    fn item(&self, position: usize) -> Option<Item> {
        let field = &self.definition.fields[position];
        let column = *self.places.own.get(&position)?;
        Some(Item { id: self.ids[position].clone(), label: field.wording(), column })
    }

    /// The condition of all these fields; what holds for some of them only is not known for all.
    fn shared_condition(&self, fields: &[usize]) -> Option<Condition> {
        let mut conditions = fields.iter().map(|field| &self.definition.fields[*field].asked_if);
        let first = conditions.next()?;
        if conditions.all(|condition| condition == first) {
            return first.clone();
        }
        Some(Condition::Unknown("each item has its own condition".to_owned()))
    }
}
