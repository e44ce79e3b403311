//! Who the respondents are: single-choice questions with a column for each group.

use crate::codebook::{Kind, Missing};
use crate::findings::{Asked, Outline, QuestionOutline};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::{label, missing_cell};

/// A section for each question; under its choices those who answered and those who did not, by reason.
pub(in crate::tables) fn sample(
    draft: &mut Draft<'_>,
    outline: &Outline,
    groups: &[String],
    questions: &[Vec<&QuestionOutline>],
) -> Table {
    let of_group = |group: &String| {
        questions.iter().flatten().filter(|question| question.group == *group).copied().collect::<Vec<_>>()
    };
    let level_ids = |question: &QuestionOutline| -> Vec<String> {
        question.levels.iter().map(|level| question.finding(&level.id).as_str().to_owned()).collect()
    };
    let decimals: Vec<_> =
        groups.iter().map(|group| draft.decimals(of_group(group).into_iter().flat_map(level_ids))).collect();
    let mut sections = Vec::new();
    for asked in questions {
        let question_of = |group: &String| asked.iter().find(|question| question.group == *group).copied();
        let mut rows = Vec::new();
        for (level_id, level_label) in levels(asked) {
            let mut cells = Vec::new();
            for (group, decimals) in groups.iter().zip(&decimals) {
                cells.push(match question_of(group) {
                    Some(question) if question.levels.iter().any(|level| level.id == level_id) => {
                        let id = question.finding(&level_id);
                        draft.share(id.as_str(), *decimals, ShareForm::CountFirst)
                    }
                    Some(_) => draft.absent("not a choice in this group"),
                    None => draft.absent("not asked in this group"),
                });
            }
            rows.push(draft.row(&level_label, cells));
        }
        let accounts: Vec<Option<&Asked>> = groups
            .iter()
            .map(|group| question_of(group).and_then(|question| draft.asked(level_ids(question))))
            .collect();
        rows.extend(account_rows(draft, &accounts));
        sections.push(Section { label: asked.first().map_or(String::new(), |q| label(q)), rows });
    }
    Table {
        title: "Respondents".to_owned(),
        stub: "Characteristic".to_owned(),
        columns: groups.iter().map(|group| outline.group_label(group).to_owned()).collect(),
        sections,
        notes: vec!["n (percent of those who answered).".to_owned()],
        ..Table::default()
    }
}

/// Those who answered and, by reason, those who did not; a reason that nobody has is left out.
fn account_rows(draft: &mut Draft<'_>, accounts: &[Option<&Asked>]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    for account in accounts {
        cells.push(match account {
            Some(asked) => draft.with_facts(Draft::said(draft.style.count(asked.answered)), Some(asked)),
            None => draft.without_account(),
        });
    }
    rows.push(draft.row("Answered", cells));
    for reason in Missing::ALL {
        if !accounts.iter().flatten().any(|asked| asked.missing.contains_key(&reason)) {
            continue;
        }
        let mut cells = Vec::new();
        for account in accounts {
            cells.push(missing_cell(draft, *account, |other| other == reason));
        }
        rows.push(draft.row(&format!("Missing: {}", reason.words()), cells));
    }
    rows
}

/// The choices of a question over all its groups, in the order of the first group that has them.
fn levels(asked: &[&QuestionOutline]) -> Vec<(String, String)> {
    let mut levels: Vec<(String, String)> = Vec::new();
    for level in asked.iter().flat_map(|question| &question.levels) {
        if !levels.iter().any(|(id, _)| *id == level.id) {
            levels.push((level.id.clone(), level.label.clone()));
        }
    }
    // Periods of a date are in the order of the calendar, whichever group has them.
    if asked.iter().all(|question| question.kind == Kind::Date) {
        levels.sort();
    }
    levels
}
