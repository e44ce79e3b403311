//! The questions of an export without the structure of its survey: what headers and cells alone tell.

use std::collections::BTreeSet;

use crate::codebook::{Choice, Form, Item, MultiCells, OrderCells, Question, fold};
use crate::diag::{Diag, Place, codes};
use crate::ingest::infer::{self, Inferred, WholeNumbers};
use crate::ingest::wording::one_line;
use crate::ingest::{Cells, RawTable, yes_or_no};

use super::cells::{NOT_APPLICABLE, NOT_SHOWN};
use super::header::{Head, Headers, Style};

/// What the questions are.
#[derive(Default)]
pub(super) struct Built {
    pub(super) questions: Vec<Question>,
    pub(super) notes: Vec<Diag>,
}

/// The columns of one question.
struct Group<'a> {
    id: String,
    wording: String,
    /// The column that holds the answer as a whole.
    whole: Option<usize>,
    /// The columns of its parts: rows, boxes, places.
    parts: Vec<(usize, &'a Head)>,
    /// Texts written with "Other", and comments.
    texts: Vec<(usize, &'a Head)>,
    rest: Vec<usize>,
}

/// Builds the questions of these columns, in their order.
pub(super) fn build(table: &RawTable, headers: &Headers, columns: &[usize], cells: Cells) -> Built {
    let mut builder = Builder { table, cells, built: Built::default() };
    let groups = groups(headers, columns);
    let ids: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
    for (group, id) in groups.into_iter().zip(infer::distinct_names(&ids)) {
        builder.group(&Group { id, ..group });
    }
    builder.built
}

/// Gathers columns that stand beside each other and have one code, or in headers of texts one wording.
fn groups<'a>(headers: &'a Headers, columns: &[usize]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut last = None;
    for column in columns {
        let head = &headers.heads[*column];
        let beside = last == column.checked_sub(1) && headers.style == Style::Texts;
        let same = groups.last().is_some_and(|group| group.id == head.base && !head.parts.is_empty());
        last = Some(*column);
        if !same || (headers.style == Style::Texts && !beside) {
            groups.push(Group {
                id: if head.base.is_empty() { head.name.clone() } else { head.base.clone() },
                wording: head.wording.clone(),
                whole: None,
                parts: Vec::new(),
                texts: Vec::new(),
                rest: Vec::new(),
            });
        }
        let Some(group) = groups.last_mut() else { continue };
        match head.parts.last().map(String::as_str) {
            None => group.whole = Some(*column),
            Some(part) if is_other(part) || is_comment(part) => group.texts.push((*column, head)),
            Some("filecount") => group.rest.push(*column),
            Some(_) => group.parts.push((*column, head)),
        }
    }
    groups
}

fn is_other(part: &str) -> bool {
    part == "other" || fold(part) == "other"
}

fn is_comment(part: &str) -> bool {
    part.ends_with("comment") || fold(part) == "comment"
}

struct Builder<'a> {
    table: &'a RawTable,
    cells: Cells,
    built: Built,
}

impl Builder<'_> {
    fn group(&mut self, group: &Group<'_>) {
        let texts: Vec<usize> = group.texts.iter().map(|(column, _)| *column).collect();
        let wording = if group.wording.is_empty() { group.id.clone() } else { group.wording.clone() };
        if let Some(column) = group.whole {
            self.whole(group, column, &wording, texts.clone());
        }
        if group.parts.is_empty() {
            if group.whole.is_none() && !texts.is_empty() {
                self.push(&group.id, &wording, Form::Texts { items: items(&group.texts) });
            }
            return;
        }
        // Two brackets are a row and one of two scales, each of which has choices of its own.
        let scales: BTreeSet<&str> = group
            .parts
            .iter()
            .filter(|(_, head)| head.parts.len() > 1)
            .filter_map(|(_, head)| last(head))
            .collect();
        if scales.len() < 2 {
            self.parts(&group.id, &wording, &group.parts, texts, &group.texts);
            return;
        }
        for scale in scales {
            let of_scale = |(_, head): &&(usize, &Head)| last(head) == Some(scale);
            let parts: Vec<(usize, &Head)> = group.parts.iter().filter(of_scale).copied().collect();
            self.parts(&format!("{}[{scale}]", group.id), &wording, &parts, Vec::new(), &[]);
        }
    }

    fn push(&mut self, id: &str, wording: &str, form: Form) {
        let (id, wording) = (id.to_owned(), wording.to_owned());
        self.built.questions.push(Question {
            id,
            native: None,
            wording,
            form,
            asked_if: None,
            defined: false,
        });
    }

    fn note(&mut self, column: usize, message: String) {
        let place = Place::column(self.table.file(), &self.table.names()[column]);
        let help = "give the structure of the survey (.lss) as definition, or declare the question in the study file";
        self.built.notes.push(Diag::note(codes::ASSUMED, place, message).help(help));
    }

    /// A question of one column.
    fn whole(&mut self, group: &Group<'_>, column: usize, wording: &str, texts: Vec<usize>) {
        let whole_numbers = self.whole_numbers();
        let id = group.id.as_str();
        let form = if let Some(choices) = self.choices(&[column], whole_numbers) {
            let message =
                format!("\"{id}\" is read as one choice of {}, those that somebody gave", choices.len());
            self.inferred(column, message);
            Form::Single { column, choices, texts }
        } else {
            let (question, note) = infer::question(self.table, column, id, whole_numbers);
            self.built.notes.push(note);
            // Whatever takes an "Other" or a comment has choices, more of them than a list that could be told.
            match question.form {
                Form::Texts { .. } if !texts.is_empty() => {
                    Form::Other { columns: [vec![column], texts].concat(), what: "choices" }
                }
                form => form,
            }
        };
        self.push(id, wording, form);
    }

    fn inferred(&mut self, column: usize, message: String) {
        let place = Place::column(self.table.file(), &self.table.names()[column]);
        let help =
            "give the structure of the survey (.lss) as definition, to know those that nobody chose too";
        self.built.notes.push(Diag::note(codes::CHOICES_INFERRED, place, message).help(help));
    }

    /// A question of several columns.
    fn parts(
        &mut self,
        id: &str,
        wording: &str,
        parts: &[(usize, &Head)],
        texts: Vec<usize>,
        text_heads: &[(usize, &Head)],
    ) {
        let columns: Vec<usize> = parts.iter().map(|(column, _)| *column).collect();
        let first = columns[0];
        if self.are_boxes(&columns) {
            let other = text_heads.iter().find(|(_, head)| last(head).is_some_and(is_other));
            let form = boxes(parts, other.copied(), texts);
            self.note(first, format!("\"{id}\" is read as a choice of any number, because its cells say yes or nothing else for all of its columns or none"));
            self.push(id, wording, form);
        } else if let Some(ranked) = self.are_places(parts, &columns) {
            self.note(first, format!("\"{id}\" is read as the items on the places of a ranking"));
            self.push(id, wording, Form::Ordering { cells: OrderCells::Places(columns), choices: ranked });
        } else {
            let form = if let Some(choices) = self.choices(&columns, WholeNumbers::Codes) {
                let message = format!(
                    "the rows of \"{id}\" are read as choices of {}, those that somebody gave",
                    choices.len()
                );
                self.inferred(first, message);
                Form::Battery { items: items(parts), choices }
            } else {
                let cells = columns.iter().flat_map(|column| self.said(*column)).map(Some);
                let (form, what) = match infer::infer(cells, WholeNumbers::Numbers) {
                    Inferred::Numbers => (Form::Numbers { items: items(parts) }, "numbers"),
                    Inferred::Blank => {
                        (Form::Other { columns, what: "no answers" }, "columns without answers")
                    }
                    _ => (Form::Texts { items: items(parts) }, "free text, which is never shown"),
                };
                self.note(first, format!("\"{id}\" is read as {what}"));
                form
            };
            self.push(id, wording, form);
            if !text_heads.is_empty() {
                self.push(&format!("{id} (text)"), wording, Form::Texts { items: items(text_heads) });
            }
        }
    }

    fn whole_numbers(&self) -> WholeNumbers {
        match self.cells {
            Cells::Codes => WholeNumbers::Codes,
            Cells::Labels => WholeNumbers::Numbers,
        }
    }

    /// What stands in a column, but for marks of a question that was not shown.
    fn said(&self, column: usize) -> impl Iterator<Item = &str> {
        let text = |cell: &&str| !cell.is_empty() && !matches!(*cell, NOT_SHOWN | NOT_APPLICABLE);
        self.table.column(column).flatten().map(str::trim).filter(text)
    }

    /// The distinct cells of columns as choices, if they look like choices; in the order of the numbers with which all
    /// begin, else as they stand. Spellings that differ in blanks and case are one choice.
    fn choices(&self, columns: &[usize], whole_numbers: WholeNumbers) -> Option<Vec<Choice>> {
        // A data frame writes the whole number 8 as 8.0 where the column has blanks.
        let cells = || {
            columns
                .iter()
                .flat_map(|column| self.said(*column))
                .map(|cell| cell.strip_suffix(".0").unwrap_or(cell))
        };
        let Inferred::Choices(texts) = infer::infer(cells().map(Some), whole_numbers) else { return None };
        let mut choices: Vec<Choice> = Vec::new();
        for text in texts {
            let label = one_line(&text);
            match choices.iter_mut().find(|choice| fold(&choice.label) == fold(&label)) {
                Some(known) => known.also.push(text),
                None => choices.push(Choice { also: vec![text], ..Choice::labelled(&label) }),
            }
        }
        for choice in &mut choices {
            let label = choice.label.clone();
            choice.also.retain(|also| *also != label);
        }
        let number = |choice: &Choice| {
            let digits = choice.label.find(|c: char| !c.is_ascii_digit()).unwrap_or(choice.label.len());
            choice.label[..digits].parse::<u32>().ok()
        };
        let numbers: Option<BTreeSet<u32>> = choices.iter().map(number).collect();
        if numbers.is_some_and(|numbers| numbers.len() == choices.len()) {
            choices.sort_by_key(number);
        }
        Some(choices)
    }

    /// Whether columns are the boxes of a multiple choice: they hold Y and nothing else, or yes and no for all of them
    /// or none, since a box that was shown is never blank in full answers.
    fn are_boxes(&self, columns: &[usize]) -> bool {
        if columns.len() < 2 {
            return false;
        }
        let mut some = false;
        for row in 0..self.table.height() {
            let cells = columns.iter().map(|column| self.table.cell(row, *column).map_or("", str::trim));
            let (mut blank, mut ticks, mut words) = (0, 0, 0);
            for cell in cells {
                match cell {
                    "" | NOT_SHOWN | NOT_APPLICABLE => blank += 1,
                    "Y" => ticks += 1,
                    _ if cell.parse::<f64>().is_err() && yes_or_no(cell).is_some() => words += 1,
                    _ => return false,
                }
            }
            some |= ticks + words > 0;
            if words > 0 && (blank > 0 || ticks > 0) {
                return false;
            }
        }
        some
    }

    /// The items of a ranking, if columns are its places: headers say so, or they are numbered from 1 and every row
    /// fills them from the first on with different items, of which some stand on several places.
    fn are_places(&self, parts: &[(usize, &Head)], columns: &[usize]) -> Option<Vec<Choice>> {
        let numbered = parts.len() > 1
            && parts
                .iter()
                .enumerate()
                .all(|(place, (_, head))| last(head) == Some(&(place + 1).to_string()));
        let said = parts.iter().enumerate().all(|(place, (_, head))| {
            let label = head.labels.last().map(|label| fold(label)).unwrap_or_default();
            let number = format!(" {}", place + 1);
            ["rank", "rang", "ranking", "rango"].iter().any(|word| label == format!("{word}{number}"))
        });
        let items: BTreeSet<&str> = columns.iter().flat_map(|column| self.said(*column)).collect();
        let shared = items.iter().any(|item| {
            columns.iter().filter(|column| self.said(**column).any(|cell| cell == *item)).count() > 1
        });
        let filled = |row: usize| {
            let cells: Vec<&str> =
                columns.iter().map(|column| present(self.table.cell(row, *column))).collect();
            let used = cells.iter().take_while(|cell| !cell.is_empty()).count();
            let distinct: BTreeSet<&&str> = cells[..used].iter().collect();
            cells[used..].iter().all(|cell| cell.is_empty()) && distinct.len() == used
        };
        let looks = numbered && shared && items.len() > 1 && (0..self.table.height()).all(filled);
        // Places that are named are places, whatever stands in them.
        (said || looks).then(|| items.into_iter().map(Choice::labelled).collect())
    }
}

/// The text of a place of a ranking; marks of a question that was not shown are none.
fn present(cell: Option<&str>) -> &str {
    let text = cell.unwrap_or_default().trim();
    if matches!(text, NOT_SHOWN | NOT_APPLICABLE) { "" } else { text }
}

fn last(head: &Head) -> Option<&str> {
    head.parts.last().map(String::as_str)
}

fn items(parts: &[(usize, &Head)]) -> Vec<Item> {
    parts
        .iter()
        .map(|(column, head)| Item { id: head.name.clone(), label: head.label(), column: *column })
        .collect()
}

fn boxes(parts: &[(usize, &Head)], other: Option<(usize, &Head)>, texts: Vec<usize>) -> Form {
    let mut columns: Vec<usize> = parts.iter().map(|(column, _)| *column).collect();
    let mut choices: Vec<Choice> = parts
        .iter()
        .map(|(_, head)| {
            let code = last(head).unwrap_or_default().to_owned();
            Choice { id: code.clone(), code, ..Choice::labelled(&head.label()) }
        })
        .collect();
    if let Some((column, head)) = other {
        columns.push(column);
        let code = "other".to_owned();
        choices.push(Choice { id: code.clone(), code, text_entry: true, ..Choice::labelled(&head.label()) });
    }
    let texts = texts.into_iter().filter(|column| !columns.contains(column)).collect();
    Form::Multi { cells: MultiCells::Split(columns), choices, texts }
}
