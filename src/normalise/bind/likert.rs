//! Items on a scale.

use super::{Binder, Meant};
use crate::codebook::{Choice, Form, Item, Question};
use crate::diag::{Diag, codes};
use crate::study::Spanned;

impl<'a> Binder<'a> {
    pub(super) fn likert(&self, found: &[(&Spanned<String>, Meant<'a>)]) -> Result<Question, Diag> {
        let mut items = Vec::new();
        let mut choices = Shared::default();
        for (name, named) in found {
            let theirs = match named {
                Meant::Whole(Question { form: Form::Battery { items: theirs, choices }, .. }) => {
                    items.extend(theirs.iter().cloned());
                    Some(choices)
                }
                Meant::Part(Question { form: Form::Battery { choices, .. }, .. }, item) => {
                    items.push((*item).clone());
                    Some(choices)
                }
                Meant::Whole(question @ Question { form: Form::Single { column, choices, .. }, .. }) => {
                    items.push(Item {
                        id: question.id.clone(),
                        label: question.wording.clone(),
                        column: *column,
                    });
                    Some(choices)
                }
                Meant::Whole(question) if Self::overrides(question) && question.form.columns().len() == 1 => {
                    items.extend(question.form.columns().into_iter().map(|column| Item {
                        id: question.id.clone(),
                        label: question.wording.clone(),
                        column,
                    }));
                    None
                }
                Meant::Column(column) => {
                    items.push(Self::item_of_column(&name.value, *column));
                    None
                }
                named => return Err(self.wrong_kind(name, named, "items on a scale")),
            };
            if let Some(theirs) = theirs
                && !choices.take(theirs, named.is_defined())
            {
                let message = format!("{} has other choices than the items before it", name.value);
                return Err(self
                    .study
                    .error(codes::STUDY_WRONG_KIND, &name.span, message)
                    .help("items of one question share their choices; declare two questions"));
            }
        }
        let choices = choices.0.unwrap_or_default();
        let question = self.made(found, Form::Battery { items, choices });
        self.check_scale(&question)?;
        Ok(question)
    }

    /// Every choice that a definition declares is a point of the scale or stands outside it.
    fn check_scale(&self, question: &Question) -> Result<(), Diag> {
        let (Some(scale), Form::Battery { choices, .. }) = (&self.declared.scale, &question.form) else {
            return Ok(());
        };
        let unknown: Vec<&str> = choices
            .iter()
            .filter(|choice| {
                question.defined && choice.outside.is_none() && scale.read(&choice.label).is_none()
            })
            .map(|choice| choice.label.as_str())
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let message =
            format!("scale \"{}\" lacks choices of {}: {}", scale.name, self.group.id, unknown.join("; "));
        Err(self
            .study
            .error(codes::STUDY_SCALE_UNKNOWN, &self.declared.span, message)
            .help("add each to the points, or to outside if it is no point of the scale"))
    }
}

/// The choices that the items of a question share, once an item has any.
#[derive(Default)]
struct Shared(Option<Vec<Choice>>);

impl Shared {
    /// Takes the choices of one more item; whether they can be those of the others. Choices that a definition declares
    /// must be the same. Where there is none, they are the answers that somebody gave, and an answer that nobody gave
    /// to one item is still a choice of it.
    fn take(&mut self, theirs: &[Choice], defined: bool) -> bool {
        let Some(ours) = &mut self.0 else {
            self.0 = Some(theirs.to_vec());
            return true;
        };
        if defined {
            return ours.iter().map(|choice| &choice.label).eq(theirs.iter().map(|choice| &choice.label));
        }
        for choice in theirs {
            if !ours.iter().any(|known| known.label == choice.label) {
                ours.push(choice.clone());
            }
        }
        true
    }
}
