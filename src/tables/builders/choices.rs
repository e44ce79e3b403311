//! Choices of a multi-select, over respondents and over mentions.

use crate::findings::Statistic;
use crate::findings::{Named, Outline, QuestionOutline, Value};
use crate::tables::Order;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::{mean_cell, question_title, section_label};

/// A section for each group, a row for each choice and a row of totals.
pub(in crate::tables) fn choices(
    draft: &mut Draft<'_>,
    outline: &Outline,
    questions: &[&QuestionOutline],
    order: Order,
) -> Table {
    let ids = |question: &QuestionOutline, tail: &str| -> Vec<String> {
        let id = |level: &str| question.finding(&format!("{level}{tail}")).as_str().to_owned();
        question.levels.iter().map(|level| id(&level.id)).collect()
    };
    let by_respondents = draft.decimals(questions.iter().flat_map(|question| ids(question, "")));
    let by_mentions = draft.decimals(questions.iter().flat_map(|question| ids(question, "/mentions")));
    let mut sections = Vec::new();
    for question in questions {
        let mut rows = Vec::new();
        let choices = match order {
            Order::Asked => question.levels.iter().collect(),
            _ => question.by_frequency(draft.findings()),
        };
        for Named { id, label } in choices {
            let (ticked, mentions) = (question.finding(id), question.finding(&format!("{id}/mentions")));
            let cells = vec![
                draft.share(ticked.as_str(), by_respondents, ShareForm::WithInterval),
                draft.share(mentions.as_str(), by_mentions, ShareForm::PercentFirst),
            ];
            rows.push(draft.row(label, cells));
        }
        let total = question.finding("mentions-total");
        let answered = question.finding("answered");
        let asked = draft.asked(ids(question, ""));
        let respondents = match (draft.value(answered.as_str()), asked) {
            (Some(Value::Count(_) | Value::Share { .. }), _) | (_, None) => draft.count(answered.as_str()),
            (_, Some(asked)) => Draft::said(draft.style.count(asked.answered)),
        };
        let cells = vec![draft.with_facts(respondents, asked), draft.count(total.as_str())];
        rows.push(draft.row("All who answered; all mentions", cells));
        rows.extend(as_one(draft, question));
        sections.push(Section { label: section_label(outline, questions, question), rows });
    }
    let order = match order {
        Order::Asked => "Choices in the order of the questionnaire.".to_owned(),
        _ => QuestionOutline::by_frequency_words(draft.findings(), questions),
    };
    Table {
        title: question_title(outline, questions),
        stub: "Choice".to_owned(),
        columns: vec!["Respondents".to_owned(), "Mentions".to_owned()],
        sections,
        notes: vec![
            order,
            "Two bases: respondents who answered, who could tick more than one choice, so that their percents add up to \
             more than 100; and all mentions."
                .to_owned(),
        ],
        ..Table::default()
    }
}

/// The rows about the question as one: nets, what was written beside the choices, and choices per respondent.
fn as_one(draft: &mut Draft<'_>, question: &QuestionOutline) -> Vec<Row> {
    let nets: Vec<(String, String)> = draft
        .findings()
        .iter()
        .filter(|finding| {
            finding.statistic == Statistic::Net
                && finding.group == question.group
                && finding.question.as_deref() == Some(&question.id)
        })
        .map(|finding| {
            let name = finding.level.clone().unwrap_or_default();
            (finding.id.as_str().to_owned(), format!("Any of the net \"{name}\""))
        })
        .collect();
    let decimals = draft.decimals(nets.iter().map(|(id, _)| id));
    let mut rows = Vec::new();
    for (id, label) in &nets {
        let cells = vec![draft.share(id, decimals, ShareForm::WithInterval), Cell::default()];
        rows.push(draft.row(label, cells));
    }
    let counts = [
        ("other-text", "Wrote a text beside a choice"),
        ("contradicted", "Ticked a choice that excludes the others beside others"),
    ];
    for (tail, label) in counts {
        let id = question.finding(tail);
        if draft.value(id.as_str()).is_some() {
            let cells = vec![draft.count(id.as_str()), Cell::default()];
            rows.push(draft.row(label, cells));
        }
    }
    if draft.value(question.finding("number-ticked/mean").as_str()).is_some() {
        let id = |tail: &str| question.finding(&format!("number-ticked/{tail}")).as_str().to_owned();
        let cells = vec![mean_cell(draft, id), Cell::default()];
        rows.push(draft.row("Choices per respondent, mean (SD)", cells));
    }
    rows
}
