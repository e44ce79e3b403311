//! What the study file calls a ranking, in the shapes in which exports hold one.

use super::{Binder, Meant};
use crate::codebook::{Choice, Form, Item, MultiCells, OrderCells, Question, named_place, read_rank};
use crate::diag::{Diag, codes};
use crate::study::{Ranks, Spanned};

/// A column that a ranking is made of.
struct Source<'a> {
    item: Item,
    choices: &'a [Choice],
}

impl<'a> Binder<'a> {
    /// A ranking: as the export has it, from the ranks of items, or from the items at places.
    pub(super) fn ranking(&self, found: &[(&Spanned<String>, Meant<'a>)]) -> Result<Question, Diag> {
        if let [(name, Meant::Whole(question))] = found {
            if let Some(form) = self.whole(question) {
                self.check_undeclared(name, question.defined && !matches!(form, Form::Ranking { .. }))?;
                return Ok(self.made(found, form));
            }
            if let Form::Battery { items, choices } = &question.form {
                let sources = items.iter().map(|item| Source { item: item.clone(), choices }).collect();
                return self.several(found, name, sources);
            }
        }
        let mut sources = Vec::new();
        for (name, named) in found {
            match named {
                Meant::Part(Question { form: Form::Ranking { .. }, .. }, item) => {
                    sources.push(Source { item: (*item).clone(), choices: &[] });
                }
                Meant::Part(Question { form: Form::Numbers { .. }, .. }, item)
                    if self.declared.ranks.is_some() =>
                {
                    sources.push(Source { item: (*item).clone(), choices: &[] });
                }
                Meant::Part(Question { form: Form::Battery { choices, .. }, .. }, item) => {
                    sources.push(Source { item: (*item).clone(), choices });
                }
                Meant::Whole(Question { form: Form::Ranking { items }, .. }) => {
                    sources.extend(items.iter().map(|item| Source { item: item.clone(), choices: &[] }));
                }
                Meant::Whole(question @ Question { form: Form::Single { column, choices, .. }, .. }) => {
                    sources.push(Source { item: Self::item_of_column(&question.id, *column), choices });
                }
                Meant::Whole(question) if Self::overrides(question) && question.form.columns().len() == 1 => {
                    let column = question.form.columns()[0];
                    sources.push(Source { item: Self::item_of_column(&question.id, column), choices: &[] });
                }
                Meant::Column(column) => {
                    sources.push(Source { item: Self::item_of_column(&name.value, *column), choices: &[] });
                }
                named => return Err(self.wrong_kind(name, named, "a ranking")),
            }
        }
        let Some((name, _)) = found.first() else { return Err(self.one_source()) };
        self.several(found, name, sources)
    }

    /// A ranking as one question of the export holds it.
    fn whole(&self, question: &Question) -> Option<Form> {
        match &question.form {
            Form::Ranking { items } => Some(self.counted(items.clone())),
            Form::Numbers { items }
                if items.len() > 1 && (self.declared.ranks.is_some() || !question.defined) =>
            {
                Some(self.counted(items.clone()))
            }
            Form::Scores { .. } => Some(question.form.clone()),
            Form::Ordering { cells, choices } => {
                Some(Form::Ordering { cells: cells.clone(), choices: self.choices_or(choices) })
            }
            Form::Multi { cells: MultiCells::Joined { column, separator }, choices, .. } => {
                let separator =
                    self.declared.separator.as_ref().map_or(&**separator, |declared| &declared.value);
                let cells = OrderCells::Listed { column: *column, separator: trimmed(separator) };
                Some(Form::Ordering { cells, choices: self.choices_or(choices) })
            }
            form if !question.defined && form.columns().len() == 1 => self.list_in(form.columns()[0]),
            _ => None,
        }
    }

    /// A column for each item, with numbers that are what the study file says.
    fn counted(&self, items: Vec<Item>) -> Form {
        match self.declared.ranks {
            Some(Ranks::Scored(scoring)) => Form::Scores { items, scoring },
            Some(Ranks::FromOne) | None => Form::Ranking { items },
        }
    }

    /// A list in one cell, where the study file declares the separator and the items.
    fn list_in(&self, column: usize) -> Option<Form> {
        let separator = trimmed(&self.declared.separator.as_ref()?.value);
        let choices = self.declared.choices.clone();
        (!choices.is_empty())
            .then_some(Form::Ordering { cells: OrderCells::Listed { column, separator }, choices })
    }

    fn choices_or(&self, theirs: &[Choice]) -> Vec<Choice> {
        if self.declared.choices.is_empty() { theirs.to_vec() } else { self.declared.choices.clone() }
    }

    /// Several columns: each of an item with its rank, or each of a place with its item.
    fn several(
        &self,
        found: &[(&Spanned<String>, Meant<'a>)],
        name: &Spanned<String>,
        mut sources: Vec<Source<'a>>,
    ) -> Result<Question, Diag> {
        if let ([source], Some(_)) = (sources.as_slice(), &self.declared.separator)
            && let Some(form) = self.list_in(source.item.column)
        {
            return Ok(self.made(found, form));
        }
        let places: Option<Vec<u16>> = sources.iter().map(|source| place_of(&source.item)).collect();
        let places = places.filter(|places| {
            let mut sorted = places.clone();
            sorted.sort_unstable();
            sorted.iter().zip(1..).all(|(place, expected)| *place == expected)
        });
        let labels =
            || sources.iter().flat_map(|source| source.choices).filter(|choice| choice.outside.is_none());
        let hold_ranks = labels().all(|choice| read_rank(&choice.label).is_some());
        let hold_items =
            labels().next().is_some() && labels().all(|choice| read_rank(&choice.label).is_none());
        // Items that the study file declares stand in the cells; else the words of columns and choices say it.
        if !self.declared.choices.is_empty() || hold_items {
            if let Some(places) = places {
                let mut placed: Vec<(u16, Source<'a>)> = places.into_iter().zip(sources).collect();
                placed.sort_by_key(|(place, _)| *place);
                sources = placed.into_iter().map(|(_, source)| source).collect();
            }
            let columns = sources.iter().map(|source| source.item.column).collect();
            let mut choices: Vec<Choice> = Vec::new();
            for choice in sources.iter().flat_map(|source| source.choices) {
                if !choices.iter().any(|known| known.label == choice.label) {
                    choices.push(choice.clone());
                }
            }
            if !found.iter().all(|(_, named)| is_defined(named)) {
                // Items that were seen at places have no order of their own.
                choices.sort_by(|a, b| a.label.cmp(&b.label));
            }
            let form =
                Form::Ordering { cells: OrderCells::Places(columns), choices: self.choices_or(&choices) };
            return Ok(self.made(found, form));
        }
        if !hold_ranks {
            let message = format!("some cells of {} hold ranks and some do not", name.value);
            return Err(self.study.error(codes::STUDY_WRONG_KIND, &name.span, message).help(
                "a ranking has the rank of an item in each column, or the item at a place; declare the items with choices",
            ));
        }
        let coded = labels().find(|choice| {
            let rank = read_rank(&choice.label).map(|rank| rank.number().to_string());
            choice.code != choice.label && rank.as_deref() != Some(choice.code.as_str())
        });
        if let Some(choice) = coded.filter(|_| self.export.cells == crate::ingest::Cells::Codes) {
            let message = format!(
                "the code of \"{}\" in {} is {}, which is another rank",
                choice.label, name.value, choice.code
            );
            return Err(self
                .study
                .error(codes::STUDY_WRONG_KIND, &name.span, message)
                .help("export the labels, or give a file in which codes are ranks"));
        }
        if places.is_some() && sources.len() > 1 && self.declared.ranks.is_none() {
            let message = format!("the columns of {} are named after places and hold numbers", name.value);
            return Err(self.study.error(codes::STUDY_WRONG_KIND, &name.span, message).help(
                "if they are items by their codes, declare choices and codes; if they are ranks, ranks = \"from-1\"",
            ));
        }
        let items = sources.into_iter().map(|source| source.item).collect();
        Ok(self.made(found, self.counted(items)))
    }
}

/// The place that an item's wording names, or the name of its column behind the question's own: `pick_1st`.
fn place_of(item: &Item) -> Option<u16> {
    let behind = item.id.rsplit_once(['_', '.', '[', ' ']).map_or("", |(_, last)| last.trim_end_matches(']'));
    named_place(&item.label).or_else(|| named_place(&item.id)).or_else(|| named_place(behind))
}

fn is_defined(named: &Meant<'_>) -> bool {
    matches!(named, Meant::Whole(question) | Meant::Part(question, _) if question.defined)
}

pub(super) fn trimmed(separator: &str) -> String {
    let trimmed = separator.trim_matches(' ');
    if trimmed.is_empty() { " ".to_owned() } else { trimmed.to_owned() }
}
