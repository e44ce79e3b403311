//! A crosstab: answers in rows, sides in columns, every cell a count and percents of row, column or total.

mod cells;

use crate::findings::{
    Compared, Finding, Kind, Named, Outline, PercentOf, QuestionOutline, Side, Statistic, Value,
};
use crate::numbers::Decimals;
use crate::tables::draft::Draft;
use crate::tables::table::{Cell, Row, Section, Table};
use crate::tables::{NotTabled, Order};

use super::label;

use cells::Grid;

/// What a crosstab shows.
pub(in crate::tables) struct Crossed<'a> {
    /// The question.
    pub(in crate::tables) question: &'a str,
    /// What the percents are of.
    pub(in crate::tables) percents: &'a [PercentOf],
    /// Which comparisons.
    pub(in crate::tables) chosen: &'a Compared,
    /// The order of answers and sides.
    pub(in crate::tables) order: Order,
}

/// A section for each item, or for each answer where several percents stand below each other; then the test.
pub(in crate::tables) fn crosstab(
    draft: &mut Draft<'_>,
    outline: &Outline,
    compared: &[&Named],
    of: &Crossed<'_>,
) -> Result<Table, NotTabled> {
    let unknown = || NotTabled::UnknownQuestion { question: of.question.to_owned() };
    let mut grids = Vec::new();
    for one in compared {
        let Some(asked) = outline.question(&one.id, of.question) else { continue };
        for item in &asked.items {
            let Some((cell, stem)) = first_cell(draft, &one.id, of, &item.id) else { continue };
            let words = [compared.len() > 1, asked.items.len() > 1];
            let names = [one.label.clone(), item.label.clone()];
            let names: Vec<String> =
                names.into_iter().zip(words).filter(|(_, shown)| *shown).map(|(name, _)| name).collect();
            let sides = in_order(draft, outline, asked, &one.id, &cell.base.sides, &stem, of.order);
            grids.push((asked, Grid::new(stem, sides.0, sides.1), names.join(", ")));
        }
    }
    let heading =
        |grid: &Grid<'_>| -> Vec<String> { grid.sides.iter().map(|side| side.label.clone()).collect() };
    let mut heads: Vec<Vec<String>> = grids.iter().map(|(_, grid, _)| heading(grid)).collect();
    heads.dedup();
    let width = heads.iter().map(Vec::len).max().unwrap_or(0);
    let differ = heads.len() > 1;
    let mut columns = match heads.first() {
        Some(only) if !differ => only.clone(),
        _ => (1..=width).map(|side| format!("Side {side}")).collect(),
    };
    let mut sections = Vec::new();
    for (asked, grid, names) in &grids {
        let mut of_grid = grid.sections(draft, of.percents, names);
        if let Some(last) = of_grid.last_mut() {
            last.rows.extend(tests(draft, asked, grid));
        }
        if let Some(first) = of_grid.first_mut().filter(|_| differ) {
            // Sides that differ cannot stand in the heading, so that each item names its own.
            let named = heading(grid).into_iter().map(Draft::said).chain([Cell::default()]).collect();
            first.rows.insert(0, Draft::row_of_cells("Sides", named));
        }
        for mut section in of_grid.into_iter().chain(residuals(draft, grid)) {
            for row in &mut section.rows {
                let all = row.cells.pop().unwrap_or_default();
                row.cells.resize_with(width, Cell::default);
                row.cells.push(all);
            }
            sections.push(section);
        }
    }
    let first = compared.iter().find_map(|one| outline.question(&one.id, of.question)).ok_or_else(unknown)?;
    columns.push("All".to_owned());
    let title = compared.first().map_or_else(String::new, |one| format!("{}: {}", one.label, label(first)));
    let mut notes = vec![notes(of.percents)];
    if of.order == Order::Size {
        notes.push(
            "Answers and sides by how many gave them, the most first; points of a scale, and answers of which a count is \
             not told, as asked.".to_owned(),
        );
    }
    Ok(Table { title, stub: label(first), columns, sections, notes, ..Table::default() })
}

/// What the percents are of, in words.
fn notes(percents: &[PercentOf]) -> String {
    let words = |percent: &PercentOf| match percent {
        PercentOf::Row => "row: of all who gave the answer",
        PercentOf::Column => "column: of all who answered on the side",
        PercentOf::Total => "table: of all who answered",
    };
    match percents {
        [only] => format!("n (percent of the {}). N: people who answered both questions.", words(only)),
        several => {
            let words: Vec<&str> = several.iter().map(words).collect();
            format!("Percents of the {}. N: people who answered both questions.", words.join("; of the "))
        }
    }
}

/// The answers and the sides in the order of the table.
fn in_order<'a>(
    draft: &Draft<'_>,
    outline: &Outline,
    asked: &'a QuestionOutline,
    compared: &str,
    sides: &'a [Side],
    stem: &str,
    order: Order,
) -> (Vec<&'a Named>, Vec<&'a Side>) {
    let mut levels: Vec<&Named> = asked.levels.iter().collect();
    let mut sides: Vec<&Side> = sides.iter().collect();
    if order != Order::Size {
        return (levels, sides);
    }
    let count = |id: String| match draft.value(&id) {
        Some(Value::Share { count, .. }) => Some(*count),
        _ => None,
    };
    // The sorts are stable, so that ties stay as asked; the points of a scale have an order of their own.
    let counts = |level: &Named| count(format!("{stem}/{}/row-total", level.id));
    if asked.kind != Kind::Likert && levels.iter().all(|level| counts(level).is_some()) {
        levels.sort_by_key(|level| std::cmp::Reverse(counts(level)));
    }
    let by = compared.split_once(':').and_then(|(_, by)| outline.question(compared, by));
    if by.is_none_or(|by| by.kind != Kind::Likert) {
        sides.sort_by_key(|side| std::cmp::Reverse(side.answered));
    }
    (levels, sides)
}

/// The first cell of a crosstab, which knows its sides, and what the ids of all its findings begin with.
fn first_cell<'a>(
    draft: &Draft<'a>,
    compared: &str,
    of: &Crossed<'_>,
    item: &str,
) -> Option<(&'a Finding, String)> {
    let cell = draft.findings().iter().find(|finding| {
        finding.statistic == Statistic::ColumnShare
            && finding.group == compared
            && finding.question.as_deref() == Some(of.question)
            && finding.item.as_deref().unwrap_or_default() == item
            && of.chosen.has(finding)
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

/// The test and the size of the association, in the column of all.
fn tests(draft: &mut Draft<'_>, asked: &QuestionOutline, grid: &Grid<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let (stem, sides) = (&grid.stem, grid.sides.len());
    let test = format!("{stem}/test");
    let Some(finding) = draft.findings().get(&test) else { return rows };
    let name = finding.method.map_or("Test", |method| method.name);
    let blank = || std::iter::repeat_with(Cell::default).take(sides);
    let p = draft.p_value(&test);
    let letter = draft.style.p_letter();
    rows.push(draft.row(&format!("{name}, {letter}"), blank().chain([p]).collect()));
    if matches!(&finding.value, Value::Test(test) if test.adjusted.is_some()) {
        let p = draft.adjusted_p(&test);
        rows.push(draft.row(&format!("Adjusted {letter}"), blank().chain([p]).collect()));
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
fn residuals(draft: &mut Draft<'_>, grid: &Grid<'_>) -> Option<Section> {
    let id = |level: &Named, side: &Side| grid.cell(level, side, "residual");
    let (level, side) = (grid.levels.first()?, grid.sides.first()?);
    draft.findings().get(&id(level, side))?;
    let mut rows = Vec::new();
    for level in &grid.levels {
        let mut cells: Vec<Cell> =
            grid.sides.iter().map(|side| draft.number(&id(level, side), Decimals(1).0)).collect();
        cells.push(Cell::default());
        rows.push(Draft::row_of_cells(&level.label, cells));
    }
    Some(Section { label: "Adjusted residuals".to_owned(), rows })
}
