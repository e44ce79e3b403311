//! Who the participants are: choices, points of scales, numbers and periods, a column for each group.

use crate::codebook::{Kind, Missing};
use crate::findings::{Asked, Named, Outline, QuestionOutline};
use crate::numbers::Decimals;
use crate::tables::Order;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::{RANGE, label, mean_cell, median_cell, missing_cell, range_cell};

/// A section for each question or item; below its levels or numbers those who did not answer, by reason.
pub(in crate::tables) fn participants(
    draft: &mut Draft<'_>,
    outline: &Outline,
    groups: &[String],
    questions: &[Vec<&QuestionOutline>],
    order: Order,
) -> Table {
    let columns = columns(draft, groups, questions);
    let mut sections = Vec::new();
    for asked in questions {
        let Some(first) = asked.first() else { continue };
        if is_counted(first) {
            sections.push(counted(draft, &columns, asked, order));
        } else {
            sections.extend(first.items.iter().map(|item| measured(draft, &columns, asked, item)));
        }
    }
    let any =
        |fits: &dyn Fn(&QuestionOutline) -> bool| questions.iter().flatten().any(|question| fits(question));
    let mut notes = Vec::new();
    if any(&is_counted) {
        notes.push("n (percent of those who answered).".to_owned());
    }
    if any(&|question| question.kind == Kind::Multi) {
        notes
            .push("More than one possible: the percents of its choices can sum to more than 100.".to_owned());
    }
    if any(&|question| question.kind == Kind::Likert && !is_counted(question)) {
        notes.push("Items on a scale: by the scores of its points, from 1 for the lowest.".to_owned());
    }
    if order == Order::Size {
        let first = columns.first().map_or("", |column| outline.group_label(column.group));
        let of = if columns.len() > 1 { format!(" of {first}") } else { String::new() };
        let withheld = if any(&|question| {
            matches!(question.kind, Kind::Single | Kind::Multi)
                && !question.tells_frequencies(draft.findings())
        }) {
            ", and all choices of a question where a count is withheld"
        } else {
            ""
        };
        notes.push(format!("Choices by how many gave them{of}, the most first; ties as asked{withheld}."));
    }
    Table {
        title: "Participants".to_owned(),
        stub: "Characteristic".to_owned(),
        columns: groups.iter().map(|group| heading(draft, outline, group)).collect(),
        sections,
        notes,
        ..Table::default()
    }
}

/// A column: one group.
struct Column<'a> {
    group: &'a str,
    decimals: Decimals,
}

impl Column<'_> {
    /// A question as the group of the column was asked it.
    fn asked<'q>(&self, asked: &[&'q QuestionOutline]) -> Option<&'q QuestionOutline> {
        asked.iter().find(|question| question.group == self.group).copied()
    }
}

/// The columns, each with the decimals that the smallest base of its percents can carry.
fn columns<'a>(
    draft: &Draft<'_>,
    groups: &'a [String],
    questions: &[Vec<&QuestionOutline>],
) -> Vec<Column<'a>> {
    let column = |group: &'a String| {
        let of_group = questions.iter().flatten().filter(|question| question.group == *group);
        let decimals = draft.decimals(of_group.flat_map(|question| level_ids(question)));
        Column { group, decimals }
    };
    groups.iter().map(column).collect()
}

/// The label of a group with how many of it are analysed, where that is told.
fn heading(draft: &Draft<'_>, outline: &Outline, group: &str) -> String {
    let label = outline.group_label(group);
    let mut of_group = draft.findings().iter().filter(|finding| finding.group == group);
    match of_group.find_map(|finding| finding.base.people.as_ref()) {
        Some(people) => format!("{label} ({})", draft.style.n(people.included)),
        None => label.to_owned(),
    }
}

/// Whether the levels of a question are counted; a question that is not is one of numbers, or of several items on a scale,
/// whose scores are taken as numbers.
fn is_counted(question: &QuestionOutline) -> bool {
    match question.kind {
        Kind::Single | Kind::Multi | Kind::Date => true,
        Kind::Likert => question.items.len() < 2,
        _ => false,
    }
}

fn level_ids(question: &QuestionOutline) -> Vec<String> {
    question.levels.iter().map(|level| question.finding(&level.id).as_str().to_owned()).collect()
}

/// A question whose levels are counted.
fn counted(
    draft: &mut Draft<'_>,
    columns: &[Column<'_>],
    asked: &[&QuestionOutline],
    order: Order,
) -> Section {
    let is_multi = asked.iter().any(|question| question.kind == Kind::Multi);
    // The percents of choices of which several are possible make up no whole.
    let uneven: Vec<Option<usize>> = columns
        .iter()
        .map(|column| {
            let question = column.asked(asked).filter(|_| !is_multi)?;
            draft.whole(&level_ids(question), column.decimals)
        })
        .collect();
    let mut rows = Vec::new();
    for level in levels(draft, asked, order) {
        let mut cells = Vec::new();
        for column in columns {
            cells.push(match column.asked(asked) {
                Some(question) if question.levels.iter().any(|known| known.id == level.id) => {
                    let id = question.finding(&level.id);
                    draft.share(id.as_str(), column.decimals, ShareForm::CountFirst)
                }
                Some(_) => draft.absent("not a choice in this group"),
                None => draft.absent(NOT_ASKED),
            });
        }
        rows.push(draft.row(&level.label, cells));
    }
    let ids = |question: &QuestionOutline| level_ids(question);
    let account = account_rows(draft, columns, asked, &ids);
    // Where everybody answered, the sum stands at the last level.
    let base = if account.is_empty() { rows.len().saturating_sub(1) } else { rows.len() };
    rows.extend(account);
    if let Some(base) = rows.get_mut(base) {
        for (cell, mark) in base.cells.iter_mut().zip(uneven) {
            cell.marks.extend(mark);
        }
    }
    let words = asked.first().map_or(String::new(), |question| label(question));
    Section { label: if is_multi { format!("{words} (more than one possible)") } else { words }, rows }
}

/// A number, or an item on a scale by its scores.
fn measured(
    draft: &mut Draft<'_>,
    columns: &[Column<'_>],
    asked: &[&QuestionOutline],
    item: &Named,
) -> Section {
    let stands = |question: &QuestionOutline| question.items.iter().any(|known| known.id == item.id);
    let of: Vec<Option<&QuestionOutline>> =
        columns.iter().map(|column| column.asked(asked).filter(|question| stands(question))).collect();
    let ids = |tails: &[&str]| -> Vec<String> {
        let id =
            |question: &QuestionOutline, tail: &str| question.item_finding(item, tail).as_str().to_owned();
        of.iter().flatten().flat_map(|question| tails.iter().map(|tail| id(question, tail))).collect()
    };
    let has_range = ids(&RANGE).iter().any(|id| draft.value(id).is_some());
    let summaries = ["Mean (SD)", "Median [Q1, Q3]", "Range"];
    let mut rows = Vec::new();
    for words in summaries.into_iter().take(if has_range { 3 } else { 2 }) {
        let mut cells = Vec::new();
        for question in &of {
            let Some(question) = question else {
                cells.push(draft.absent(NOT_ASKED));
                continue;
            };
            let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
            cells.push(match words {
                "Mean (SD)" => mean_cell(draft, id),
                "Range" => range_cell(draft, id),
                _ => median_cell(draft, id),
            });
        }
        rows.push(draft.row(words, cells));
    }
    let ids = |question: &QuestionOutline| -> Vec<String> {
        let id = |tail: &str| question.item_finding(item, tail).as_str().to_owned();
        ["mean", "median"].into_iter().map(id).collect()
    };
    rows.extend(account_rows(draft, columns, asked, &ids));
    let question = asked.first().map_or(String::new(), |question| label(question));
    let is_alone = asked.iter().all(|question| question.items.len() < 2);
    Section { label: if is_alone { question } else { format!("{question}: {}", item.label) }, rows }
}

const NOT_ASKED: &str = "not asked in this group";

/// Those who answered and, by reason, those who did not; nothing where everybody answered, and a reason that nobody has is
/// left out.
fn account_rows(
    draft: &mut Draft<'_>,
    columns: &[Column<'_>],
    asked: &[&QuestionOutline],
    ids: &dyn Fn(&QuestionOutline) -> Vec<String>,
) -> Vec<Row> {
    // Of a group that was not asked there is no account; of one that was, it may be withheld.
    let accounts: Vec<Option<Option<&Asked>>> =
        columns.iter().map(|column| column.asked(asked).map(|question| draft.asked(ids(question)))).collect();
    let is_closed = |account: Option<&Asked>| account.is_some_and(|asked| asked.missing.is_empty());
    if accounts.iter().flatten().copied().all(is_closed) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    for account in &accounts {
        cells.push(match account {
            Some(Some(asked)) => Draft::said(draft.style.count(asked.answered)),
            Some(None) => draft.without_account(),
            None => draft.absent(NOT_ASKED),
        });
    }
    rows.push(draft.row("Answered", cells));
    for reason in Missing::ALL {
        if !accounts.iter().flatten().flatten().any(|asked| asked.missing.contains_key(&reason)) {
            continue;
        }
        let mut cells = Vec::new();
        for account in &accounts {
            cells.push(match account {
                Some(account) => missing_cell(draft, *account, |other| other == reason),
                None => draft.absent(NOT_ASKED),
            });
        }
        rows.push(draft.row(&format!("Missing: {}", reason.words()), cells));
    }
    rows
}

/// The levels of a question over all its groups, in the order of the first group that has them.
fn levels(draft: &Draft<'_>, asked: &[&QuestionOutline], order: Order) -> Vec<Named> {
    let mut levels: Vec<Named> = Vec::new();
    for question in asked {
        // The points of a scale and periods have an order of their own.
        let is_nominal = matches!(question.kind, Kind::Single | Kind::Multi);
        let in_order = match order {
            Order::Size if is_nominal => question.by_frequency(draft.findings()),
            _ => question.levels.iter().collect(),
        };
        for level in in_order {
            if !levels.iter().any(|known| known.id == level.id) {
                levels.push(level.clone());
            }
        }
    }
    // Periods of a date are in the order of the calendar, whichever group has them.
    if asked.iter().all(|question| question.kind == Kind::Date) {
        levels.sort_by(|one, other| one.id.cmp(&other.id));
    }
    levels
}
