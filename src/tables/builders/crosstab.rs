//! A crosstab: answers in rows, sides in columns, every cell a count and a percent of row, column or total.

use crate::findings::{Finding, Named, Outline, QuestionOutline, Side, Statistic, Value};
use crate::numbers::Decimals;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Section, Table};
use crate::tables::{NotTabled, PercentOf};

use super::comparisons::ask_name;
use super::label;

/// A section for each item, and below its cells the test.
pub(in crate::tables) fn crosstab(
    draft: &mut Draft<'_>,
    outline: &Outline,
    compared: &[&Named],
    question: &str,
    percent: PercentOf,
    name: Option<&str>,
) -> Result<Table, NotTabled> {
    let unknown = || NotTabled::UnknownQuestion { question: question.to_owned() };
    let mut crossed = Vec::new();
    for one in compared {
        let Some(asked) = outline.question(&one.id, question) else { continue };
        for item in &asked.items {
            let Some((cell, stem)) = first_cell(draft, &one.id, question, &item.id, name) else {
                continue;
            };
            let sides = &cell.base.sides;
            let heading: Vec<String> = sides.iter().map(|side| side.label.clone()).collect();
            let words = [compared.len() > 1, asked.items.len() > 1];
            let names = [one.label.clone(), item.label.clone()];
            let names: Vec<String> =
                names.into_iter().zip(words).filter(|(_, shown)| *shown).map(|(n, _)| n).collect();
            crossed.push((asked, stem, sides, heading, names.join(", ")));
        }
    }
    let mut heads: Vec<&Vec<String>> = crossed.iter().map(|(_, _, _, heading, _)| heading).collect();
    heads.dedup();
    let width = heads.iter().map(|heading| heading.len()).max().unwrap_or(0);
    let differ = heads.len() > 1;
    let mut columns = match heads.first() {
        Some(only) if !differ => (*only).clone(),
        _ => (1..=width).map(|side| format!("Side {side}")).collect(),
    };
    let mut sections = Vec::new();
    for (asked, stem, sides, heading, names) in &crossed {
        let mut cells = section(draft, asked, stem, sides, percent, names.clone());
        if differ {
            // Sides that differ cannot stand in the heading, so that each section names its own.
            let named = heading.iter().map(Draft::said).chain([Cell::default()]).collect();
            cells.rows.insert(0, Draft::row_of_cells("Sides", named));
        }
        for mut section in std::iter::once(cells).chain(residuals(draft, asked, stem, sides)) {
            for row in &mut section.rows {
                let all = row.cells.pop().unwrap_or_default();
                row.cells.resize_with(width, Cell::default);
                row.cells.push(all);
            }
            sections.push(section);
        }
    }
    let first = compared.iter().find_map(|one| outline.question(&one.id, question)).ok_or_else(unknown)?;
    columns.push("All".to_owned());
    let of = match percent {
        PercentOf::Row => "row: of all who gave the answer",
        PercentOf::Column => "column: of all who answered on the side",
        PercentOf::Total => "table: of all who answered",
    };
    let title = compared.first().map_or_else(String::new, |one| format!("{}: {}", one.label, label(first)));
    Ok(Table {
        title,
        stub: label(first),
        columns,
        sections,
        notes: vec![format!("n (percent of the {of}). N: people who answered both questions.")],
        ..Table::default()
    })
}

/// The first cell of a crosstab, which knows its sides, and what the ids of all its findings begin with.
fn first_cell<'a>(
    draft: &Draft<'a>,
    compared: &str,
    question: &str,
    item: &str,
    name: Option<&str>,
) -> Option<(&'a Finding, String)> {
    let cell = draft.findings().iter().find(|finding| {
        finding.statistic == Statistic::ColumnShare
            && finding.group == compared
            && finding.question.as_deref() == Some(question)
            && finding.item.as_deref().unwrap_or_default() == item
            && name.is_none_or(|name| ask_name(finding) == Some(name))
    })?;
    Some((cell, stem(cell)?))
}

/// What the ids of all findings of a crosstab begin with.
fn stem(cell: &Finding) -> Option<String> {
    // Behind it stand the answer, the side and what is counted; before it, perhaps, the name of the ask.
    cell.id.as_str().rsplitn(4, '/').nth(3).map(str::to_owned)
}

/// The short id of a side: that of its answer.
fn short(side: &Side) -> &str {
    side.id.rsplit(':').next().unwrap_or(&side.id)
}

fn section(
    draft: &mut Draft<'_>,
    asked: &QuestionOutline,
    stem: &str,
    sides: &[Side],
    percent: PercentOf,
    label: String,
) -> Section {
    let tail = match percent {
        PercentOf::Row => "row",
        PercentOf::Column => "column",
        PercentOf::Total => "total",
    };
    let id = |level: &Named, side: &Side| format!("{stem}/{}/{}/{tail}", level.id, short(side));
    let all: Vec<String> = asked
        .levels
        .iter()
        .flat_map(|level| sides.iter().map(move |side| (level, side)))
        .map(|(l, s)| id(l, s))
        .collect();
    let decimals = draft.decimals(&all);
    let mut rows = Vec::new();
    for level in &asked.levels {
        let mut cells: Vec<Cell> =
            sides.iter().map(|side| draft.share(&id(level, side), decimals, ShareForm::CountFirst)).collect();
        let total = format!("{stem}/{}/row-total", level.id);
        // Of a row of percents that add up to all, the margin is the base.
        cells.push(match percent {
            PercentOf::Row => draft.count(&total),
            PercentOf::Column | PercentOf::Total => draft.share(&total, decimals, ShareForm::CountFirst),
        });
        rows.push(draft.row(&level.label, cells));
    }
    let margin = |side: &Side| format!("{stem}/column-total/{}", short(side));
    let mut cells: Vec<Cell> = Vec::new();
    for side in sides {
        cells.push(match percent {
            PercentOf::Column => draft.count(&margin(side)),
            PercentOf::Row | PercentOf::Total => draft.share(&margin(side), decimals, ShareForm::CountFirst),
        });
    }
    let answered: u64 = sides.iter().map(|side| side.answered).sum();
    cells.push(Draft::said(draft.style.count(answered)));
    rows.push(draft.row("N", cells));
    rows.extend(tests(draft, asked, stem, sides.len()));
    Section { label, rows }
}

/// The test and the size of the association, in the column of all.
fn tests(
    draft: &mut Draft<'_>,
    asked: &QuestionOutline,
    stem: &str,
    sides: usize,
) -> Vec<crate::tables::table::Row> {
    let mut rows = Vec::new();
    let test = format!("{stem}/test");
    let Some(finding) = draft.findings().get(&test) else { return rows };
    let name = finding.method.map_or("Test", |method| method.name);
    let blank = || std::iter::repeat_with(Cell::default).take(sides);
    let p = draft.p_value(&test);
    rows.push(draft.row(&format!("{name}, p"), blank().chain([p]).collect()));
    if matches!(&finding.value, Value::Test(test) if test.adjusted.is_some()) {
        let p = draft.adjusted_p(&test);
        rows.push(draft.row("Adjusted p", blank().chain([p]).collect()));
    }
    let effect = format!("{stem}/effect");
    let Some(finding) = draft.findings().get(&effect) else { return rows };
    let answer = asked.levels.first().map_or("the first answer", |level| &level.label);
    let (words, cell) = match finding.statistic {
        Statistic::ShareDifference => (
            format!("Difference of the shares of {answer}, first column less second"),
            draft.estimate(&effect, "", 100.0, 1, " points"),
        ),
        _ => ("Cram\u{e9}r's V, bias-corrected".to_owned(), draft.with_interval(&effect, 2)),
    };
    rows.push(draft.row(&words, blank().chain([cell]).collect()));
    rows
}

/// The adjusted residuals, where they are asked for.
fn residuals(draft: &mut Draft<'_>, asked: &QuestionOutline, stem: &str, sides: &[Side]) -> Option<Section> {
    let id = |level: &Named, side: &Side| format!("{stem}/{}/{}/residual", level.id, short(side));
    let (level, side) = (asked.levels.first()?, sides.first()?);
    draft.findings().get(&id(level, side))?;
    let mut rows = Vec::new();
    for level in &asked.levels {
        let mut cells: Vec<Cell> =
            sides.iter().map(|side| draft.number(&id(level, side), Decimals(1).0)).collect();
        cells.push(Cell::default());
        rows.push(Draft::row_of_cells(&level.label, cells));
    }
    Some(Section { label: "Adjusted residuals".to_owned(), rows })
}
