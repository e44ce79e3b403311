//! Variables as questions: sets first, everything else one by one.

use std::collections::BTreeMap;

use crate::codebook::{Form, Question};
use crate::diag::{Diag, Place, codes};
use crate::ingest::RawTable;
use crate::ingest::identity::{self, asks_who, column_tells_who};
use crate::ingest::infer::distinct_names;

use super::form::{Formed, form};
use super::{Kind, Set, Variable, sets};

/// A list of more values than this under the name of a person's number is a list of people.
const PEOPLE: usize = 20;

/// What the variables of a file were understood as.
#[derive(Debug, Default)]
pub(super) struct Understood {
    pub(super) questions: Vec<Question>,
    pub(super) identifiers: Vec<usize>,
    /// Codes of numbers whose label says that there is no answer, with it, by column.
    pub(super) off_scale: BTreeMap<usize, Vec<(String, String)>>,
    pub(super) notes: Vec<Diag>,
}

/// Makes a question of each set and of each variable that is in none, in the order of the file.
pub(super) fn understand(variables: &[Variable], sets: &[Set], table: &RawTable) -> Understood {
    let mut understood = Understood::default();
    let ids = distinct_names(table.names());
    let mut of_sets: BTreeMap<usize, Vec<Question>> = BTreeMap::new();
    let mut in_set = vec![false; variables.len()];
    for set in sets {
        let Some(first) = set.columns.iter().min() else { continue };
        let question = sets::question(set, variables, &ids, table, &mut understood.notes);
        of_sets.entry(*first).or_default().push(question);
        for column in &set.columns {
            in_set[*column] = true;
        }
    }
    for (column, variable) in variables.iter().enumerate() {
        understood.questions.extend(of_sets.remove(&column).into_iter().flatten());
        if !in_set[column] {
            one(&mut understood, variable, column, &ids[column], table);
        }
    }
    understood
}

fn one(understood: &mut Understood, variable: &Variable, column: usize, id: &str, table: &RawTable) {
    let wording = variable.wording();
    let Formed { form, defined, notes, off_scale } = form(variable, column, id, table);
    if tells_who(variable, column, &form, table) {
        understood.identifiers.push(column);
        let place = Place::column(table.file(), &variable.name);
        let message = format!("\"{id}\" may tell who a person is, so nothing of it is ever shown");
        let help = "if it does not, declare it as a question in the study file";
        understood.notes.push(Diag::note(codes::MAY_IDENTIFY, place, message).help(help));
        return;
    }
    understood.notes.extend(notes);
    if !off_scale.is_empty() {
        understood.off_scale.insert(column, off_scale);
    }
    understood.questions.push(Question {
        id: id.to_owned(),
        native: None,
        wording,
        form,
        asked_if: None,
        defined,
    });
}

/// Whether a variable can tell who a person is. Choices that the file declares are no names, unless they are so many
/// or each is named by itself.
fn tells_who(variable: &Variable, column: usize, form: &Form, table: &RawTable) -> bool {
    let asked = asks_who(&variable.name) || asks_who(&variable.wording());
    if form.choices().is_empty() {
        return (variable.kind != Kind::Date || asked)
            && column_tells_who(table, column, &variable.wording());
    }
    let themselves = variable.labels.iter().all(|(code, label)| code == label);
    let labels = variable.labels.iter().map(|(_, label)| Some(label.as_str()));
    (asked
        && (variable.labels.len() > PEOPLE
            || (themselves && column_tells_who(table, column, &variable.wording()))))
        || identity::tells_who(labels)
}
