//! The names by which findings call a question's items and levels.

use super::{Binder, Bound};
use crate::codebook::{Choice, Form, Kind, Question, Scale, is_ranked, slug, unique_slugs};
use crate::diag::{Diag, codes};
use crate::findings::Named;

/// What stands beside a level in ids of findings, so that a scale point called "Mean" does not take the mean's id.
const BESIDE_LEVELS: [&str; 23] = [
    "answered",
    "missing",
    "top-box",
    "median",
    "q1",
    "q3",
    "mean",
    "sd",
    "minimum",
    "maximum",
    "order",
    "mentions-total",
    "bottom-box",
    "below-middle",
    "at-middle",
    "above-middle",
    "promoters",
    "passives",
    "detractors",
    "net-promoter",
    "other-text",
    "contradicted",
    "distinct-combinations",
];

impl Binder<'_> {
    /// Gives the question its label, and its items and levels their names.
    pub(super) fn named(&self, mut question: Question) -> Result<Bound, Vec<Diag>> {
        let mut items = self.item_names(&mut question)?;
        if let ([item], false, true) =
            (items.as_mut_slice(), self.declared.kind == Kind::Ranking, self.declared.items.is_empty())
        {
            // The only item is the question itself.
            item.id = String::new();
            item.label = self.declared.label.clone().unwrap_or_else(|| std::mem::take(&mut item.label));
        }
        let labels: Vec<String> = match (&self.declared.scale, &question.form) {
            (Some(Scale { points, .. }), Form::Battery { .. }) => {
                points.iter().map(|point| point.label.clone()).collect()
            }
            (_, Form::Single { choices, .. } | Form::Multi { choices, .. }) => choices
                .iter()
                .filter(|choice| choice.outside.is_none())
                .map(|choice| choice.label.clone())
                .collect(),
            (_, Form::Texts { .. }) => {
                self.declared.choices.iter().map(|choice| choice.label.clone()).collect()
            }
            _ => Vec::new(),
        };
        let nets: Vec<String> = self.declared.nets.iter().map(|net| format!("net-{}", net.id)).collect();
        let taken: Vec<&str> = BESIDE_LEVELS.into_iter().chain(nets.iter().map(String::as_str)).collect();
        let levels = unique_slugs(labels.iter().map(String::as_str), &taken)
            .into_iter()
            .zip(&labels)
            .map(|(id, label)| Named { id, label: label.clone() })
            .collect();
        let label = self.declared.label.clone().unwrap_or_else(|| question.wording.clone());
        let reversed = self.reversed(&question, &items)?;
        Ok(Bound { question, label, items, reversed, levels })
    }

    /// Which items the study declares as worded against the scale, by its own names for them or the export's.
    fn reversed(&self, question: &Question, items: &[Named]) -> Result<Vec<bool>, Vec<Diag>> {
        let mut reversed = vec![false; items.len()];
        let mut problems = Vec::new();
        for name in &self.declared.reversed {
            let theirs = question.form.items();
            let found = (0..items.len()).find(|at| {
                items[*at].id == name.value || theirs.get(*at).is_some_and(|item| item.id == name.value)
            });
            // An item that the study names may be one that this group was not asked.
            let is_elsewhere = self.declared.items.iter().any(|item| item.id == name.value);
            match found {
                Some(at) => reversed[at] = true,
                None if is_elsewhere => {}
                None => {
                    let message = format!(
                        "question \"{}\" has no item \"{}\" in {}",
                        self.declared.id, name.value, self.group.id
                    );
                    let known: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
                    let diag = self.study.error(codes::STUDY_UNKNOWN_COLUMN, &name.span, message);
                    problems.push(diag.help(format!("its items are: {}", known.join(", "))));
                }
            }
        }
        if problems.is_empty() { Ok(reversed) } else { Err(problems) }
    }

    /// The items by the study's names where it gives them, else by slugs of their labels. If the study names items for
    /// this group, they stand in its order and the others after them.
    fn item_names(&self, question: &mut Question) -> Result<Vec<Named>, Vec<Diag>> {
        match &mut question.form {
            Form::Battery { items, .. }
            | Form::Ranking { items }
            | Form::Scores { items, .. }
            | Form::Numbers { items }
            | Form::Texts { items } => {
                let entries: Vec<Entry<'_>> =
                    items.iter().map(|item| Entry { keys: vec![&item.id], label: &item.label }).collect();
                let (order, named) = self.arranged(&entries)?;
                *items = order.into_iter().filter_map(|position| items.get(position).cloned()).collect();
                Ok(named)
            }
            Form::Ordering { choices, .. } => {
                let (ranked, others): (Vec<Choice>, Vec<Choice>) =
                    std::mem::take(choices).into_iter().partition(is_ranked);
                let entries: Vec<Entry<'_>> = ranked
                    .iter()
                    .map(|choice| Entry {
                        keys: vec![&choice.label, &choice.id, &choice.code],
                        label: &choice.label,
                    })
                    .collect();
                let (order, named) = self.arranged(&entries)?;
                choices.extend(order.into_iter().filter_map(|position| ranked.get(position).cloned()));
                choices.extend(others);
                Ok(named)
            }
            _ => {
                Ok(vec![Named { id: String::new(), label: self.declared.label.clone().unwrap_or_default() }])
            }
        }
    }

    /// The order of entries, those that the study names first, and their names.
    fn arranged(&self, entries: &[Entry<'_>]) -> Result<(Vec<usize>, Vec<Named>), Vec<Diag>> {
        let mut problems = Vec::new();
        let mut named: Vec<(usize, Named)> = Vec::new();
        for declared in &self.declared.items {
            let Some(source) = declared.sources.get(&self.group.id) else { continue };
            match entries.iter().position(|entry| entry.keys.contains(&source.value.as_str())) {
                Some(position) => {
                    let label = declared.label.clone().unwrap_or_else(|| entries[position].label.to_owned());
                    named.push((position, Named { id: declared.id.clone(), label }));
                }
                None => {
                    let message = format!(
                        "question \"{}\" has no item \"{}\" in {}",
                        self.declared.id, source.value, self.group.id
                    );
                    let diag = self.study.error(codes::STUDY_UNKNOWN_COLUMN, &source.span, message);
                    let known: Vec<&str> =
                        entries.iter().filter_map(|entry| entry.keys.first().copied()).collect();
                    problems.push(diag.help(format!("its items are: {}", known.join(", "))));
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        for (position, entry) in entries.iter().enumerate() {
            if !named.iter().any(|(taken, _)| *taken == position) {
                named.push((position, Named { id: slug(entry.label), label: entry.label.to_owned() }));
            }
        }
        let ids = unique_slugs(named.iter().map(|(_, item)| item.id.as_str()), &[]);
        let order = named.iter().map(|(position, _)| *position).collect();
        Ok((order, named.into_iter().zip(ids).map(|((_, item), id)| Named { id, ..item }).collect()))
    }
}

/// What the study may name as an item.
struct Entry<'a> {
    /// The names that the export has for it.
    keys: Vec<&'a str>,
    label: &'a str,
}
