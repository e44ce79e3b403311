//! From texts of cells to typed answers: each rule on a table small enough to count by hand, then the laws.

mod blanks;
mod choices;
mod conditions;
mod forms;
mod labels;
mod laws;
mod qualtrics;
mod rankings;
mod redcap;
mod ticks;

use canvass::codebook::{
    Choice, Condition, Form, Instrument, Item, Missing, Outside, Point, Question, Scale,
};
use canvass::diag::{Code, FileId, Noted};
use canvass::ingest::{Export, Platform, TableBuilder};
use canvass::normalise::{Coded, code};
use canvass::responses::{Answer, Answers, Codes};

pub(crate) use Answer::{Given, Missing as No};

/// An export of a table written with `|` between cells; the first line names the columns, a blank cell is blank.
pub(crate) fn export(text: &str, questions: Vec<Question>) -> Export {
    let mut lines = text.trim().lines().map(|line| line.trim().split('|').collect::<Vec<_>>());
    let names: Vec<String> = lines.next().unwrap_or_default().into_iter().map(str::to_owned).collect();
    let mut table = TableBuilder::new(&FileId::new("answers.csv"), names);
    for (line, cells) in (2..).zip(lines) {
        table.push(line, cells.into_iter().map(Some));
    }
    let mut export = Export::of_rows(Platform::Qualtrics, String::new(), 1, table.finish());
    export.instrument = Instrument { questions };
    export
}

/// The same export with its first column saying whether the response was finished.
pub(crate) fn with_finished(mut export: Export) -> Export {
    export.metadata.finished = Some(0);
    export
}

pub(crate) fn question(id: &str, form: Form) -> Question {
    Question { id: id.into(), native: None, wording: id.into(), form, asked_if: None, defined: true }
}

pub(crate) fn asked_if(mut question: Question, condition: Condition) -> Question {
    question.asked_if = Some(condition);
    question
}

/// Choices with codes from 1.
pub(crate) fn choices(labels: &[&str]) -> Vec<Choice> {
    let choice = |(label, code): (&&str, u32)| Choice {
        code: code.to_string(),
        id: code.to_string(),
        ..Choice::labelled(label)
    };
    labels.iter().zip(1..).map(choice).collect()
}

pub(crate) fn single(id: &str, column: usize, labels: &[&str]) -> Question {
    question(id, Form::Single { column, choices: choices(labels), texts: Vec::new() })
}

pub(crate) fn items(columns: std::ops::Range<usize>) -> Vec<Item> {
    columns.map(|column| Item { id: format!("i{column}"), label: format!("Item {column}"), column }).collect()
}

/// Disagree, Neutral, Agree, with codes, and "Not applicable" outside.
pub(crate) fn agreement() -> Scale {
    let point =
        |(label, score): (&str, i32)| Point { label: label.into(), also: vec![score.to_string()], score };
    Scale {
        name: "agreement".into(),
        points: [("Disagree", 1), ("Neutral", 2), ("Agree", 3)].map(point).into(),
        outside: vec![Outside {
            label: "Not applicable".into(),
            also: Vec::new(),
            reason: Missing::NotApplicable,
        }],
        bottom: 1,
        middle: None,
        top: 1,
    }
}

/// Codes the question with this id.
pub(crate) fn coded(export: &Export, id: &str, scale: Option<&Scale>) -> Noted<Coded> {
    let question = export.instrument.question(id).unwrap_or_else(|| panic!("no question {id}"));
    code(export, question, scale)
}

/// The answers of the first or only column.
pub(crate) fn first(coded: &Noted<Coded>) -> Vec<Answer> {
    let codes: &Codes = match &coded.value.answers {
        Answers::Choice(codes) => codes,
        Answers::Scaled { items } | Answers::Choices { items } | Answers::Texts { items } => &items[0],
        Answers::Ticks(ticks) => &ticks.answered,
        other => panic!("{other:?} has no column of codes"),
    };
    codes.iter().collect()
}

pub(crate) fn codes_of(coded: &Noted<Coded>) -> Vec<Code> {
    coded.notes.iter().map(|note| note.code).collect()
}
