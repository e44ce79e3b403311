//! Sides compared: what each answered, how large the difference is, and the test.

use crate::findings::{Compared, Finding, Named, Outline, Side, Statistic, Value};
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::{label, mean_cell, median_cell};

/// A section for each comparison, a row for each test: an item, or an item compared in another way.
pub(in crate::tables) fn comparisons(
    draft: &mut Draft<'_>,
    outline: &Outline,
    compared: &[&Named],
    questions: &[String],
    chosen: &Compared,
) -> Table {
    let all: Vec<(&Named, Vec<&Finding>)> = compared
        .iter()
        .map(|compared| (*compared, chosen.tests(draft.findings(), &compared.id, questions)))
        .filter(|(_, tests)| !tests.is_empty())
        .collect();
    let tests = || all.iter().flat_map(|(_, tests)| tests).copied();
    let mut heads: Vec<Vec<String>> = tests().map(labels).collect();
    heads.dedup();
    let width = heads.iter().map(Vec::len).max().unwrap_or(0);
    let differ = heads.len() > 1;
    let mut sections = Vec::new();
    let mut notes = Vec::new();
    for (compared, tests) in &all {
        let mut rows = Vec::new();
        let mut named: Option<Vec<String>> = None;
        for test in tests {
            // Sides that differ cannot stand in the heading, so that each section names its own.
            let sides = labels(test);
            if differ && named.as_ref() != Some(&sides) {
                rows.push(draft.row("Sides", padded(sides.iter().cloned().map(Draft::said), width + 3)));
                named = Some(sides);
            }
            rows.push(row(draft, outline, test, width, &mut notes));
            rows.extend(pair_rows(draft, test, width, &mut notes));
        }
        let label = if all.len() > 1 { compared.label.clone() } else { String::new() };
        sections.push(Section { label, rows });
    }
    let adjusted = tests().any(|test| is_adjusted(test) || pairs(draft, test).into_iter().any(is_adjusted));
    let mut columns = match heads.pop() {
        Some(only) if !differ => only,
        _ => (1..=width).map(|side| format!("Side {side}")).collect(),
    };
    let p = draft.style.p_letter();
    columns.extend(["Effect [interval]", p].map(str::to_owned));
    if adjusted {
        columns.push(format!("Adjusted {p}"));
    }
    for section in &mut sections {
        for row in &mut section.rows {
            row.cells.truncate(columns.len());
        }
    }
    if tests().any(|test| smallest(test).is_some()) {
        notes.push(
            "In brackets beside p: the smallest p that these answers could have given, however they had fallen on the sides.".to_owned(),
        );
    }
    Table {
        title: all.iter().map(|(compared, _)| compared.label.as_str()).collect::<Vec<_>>().join("; "),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes,
        ..Table::default()
    }
}

/// The sides of a test in words.
fn labels(test: &Finding) -> Vec<String> {
    test.base.sides.iter().map(|side| side.label.clone()).collect()
}

/// Cells, and empty ones behind them up to a width.
fn padded(cells: impl Iterator<Item = Cell>, width: usize) -> Vec<Cell> {
    let mut cells: Vec<Cell> = cells.collect();
    cells.resize_with(width.max(cells.len()), Cell::default);
    cells
}

/// The tests of each pair of sides that belong to a test of all sides.
fn pairs<'a>(draft: &Draft<'a>, test: &Finding) -> Vec<&'a Finding> {
    let begins = format!("{}/pair/", test.id.as_str().trim_end_matches("/test"));
    draft.findings().iter().filter(|finding| finding.id.as_str().starts_with(&begins)).collect()
}

/// A row for each pair of sides, below that of all of them.
fn pair_rows(draft: &mut Draft<'_>, test: &Finding, width: usize, notes: &mut Vec<String>) -> Vec<Row> {
    let side = |id: &str| {
        let named = |side: &&Side| side.id.rsplit(':').next() == Some(id);
        test.base.sides.iter().find(named).map_or_else(|| id.to_owned(), |side| side.label.clone())
    };
    let mut rows = Vec::new();
    for pair in pairs(draft, test) {
        let between: Vec<String> = pair.level.iter().flat_map(|level| level.split('~')).map(side).collect();
        let mut cells = padded(std::iter::empty(), width);
        cells.push(Draft::said("\u{2013}"));
        cells.extend([draft.p_value(pair.id.as_str()), draft.adjusted_p(pair.id.as_str())]);
        rows.push(draft.row(&between.join(" v. "), cells));
    }
    let words = "Rows of two sides: these two alone, within the row above.";
    if !rows.is_empty() && !notes.iter().any(|known| known == words) {
        notes.push(words.to_owned());
    }
    rows
}

fn is_adjusted(finding: &Finding) -> bool {
    matches!(&finding.value, Value::Test(test) if test.adjusted.is_some())
}

fn smallest(finding: &Finding) -> Option<f64> {
    match &finding.value {
        Value::Test(test) => test.smallest,
        _ => None,
    }
}

fn row(
    draft: &mut Draft<'_>,
    outline: &Outline,
    test: &Finding,
    width: usize,
    notes: &mut Vec<String>,
) -> Row {
    let effect = format!("{}/effect", test.stem());
    let kind = draft.findings().get(&effect).map(|finding| finding.statistic);
    // Two answers are compared by the share of the first, which the row names.
    let of = if kind == Some(Statistic::ShareDifference) { answer(outline, test) } else { None };
    let of_sides = test.base.sides.iter().map(|side| side_cell(draft, test, side, kind, of));
    let mut cells = padded(of_sides, width);
    // Epsilon squared knows no order of sides.
    let unordered = test.method.is_some_and(|method| method.id.starts_with("jonckheere"))
        && kind == Some(Statistic::EpsilonSquared);
    cells.push(if unordered {
        Draft::said("\u{2013}".to_owned())
    } else {
        effect_cell(draft, &effect, kind)
    });
    if unordered {
        let words = "No size of effect stands beside the Jonckheere-Terpstra test: epsilon squared knows no order of sides. \
                     Cells of sides: median [Q1, Q3].";
        if !notes.iter().any(|note| note == words) {
            notes.push(words.to_owned());
        }
    } else if let Some(words) =
        kind.and_then(|kind| effect_words(kind, test)).filter(|words| !notes.contains(words))
    {
        notes.push(words);
    }
    cells.push(draft.p_value(test.id.as_str()));
    cells.push(draft.adjusted_p(test.id.as_str()));
    draft.row(&row_label(outline, test, of), cells)
}

/// The first answer of a question, whose share is compared where there are two.
fn answer<'a>(outline: &'a Outline, test: &Finding) -> Option<&'a Named> {
    outline.question(&test.group, test.question.as_ref()?)?.levels.first()
}

/// The item, or the question of one item, with the answer whose share is shown; the method of an ask that has a name.
pub(super) fn row_label(outline: &Outline, test: &Finding, answer: Option<&Named>) -> String {
    let question = test.question.as_ref().and_then(|id| outline.question(&test.group, id));
    let Some(question) = question else { return test.id.to_string() };
    let item = test.item.as_ref().and_then(|id| question.items.iter().find(|item| item.id == *id));
    let words = item.map_or_else(|| label(question), |item| item.label.clone());
    let words = answer.map_or_else(|| words.clone(), |answer| format!("{words}: {}", answer.label));
    if test.ask_name().is_none() {
        return words;
    }
    let method = test.method.map_or(String::new(), |method| format!(" ({})", method.name));
    format!("{words}{method}")
}

/// How many answered on a side, and what: as the effect takes the answers.
fn side_cell(
    draft: &mut Draft<'_>,
    test: &Finding,
    side: &Side,
    kind: Option<Statistic>,
    of: Option<&Named>,
) -> Cell {
    let base: Vec<&str> = [Some(side.id.as_str()), test.question.as_deref(), test.item.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let id = |tail: &str| format!("{}/{tail}", base.join("/"));
    let n = Draft::said(draft.style.n(side.answered));
    match kind {
        Some(Statistic::Superiority | Statistic::EpsilonSquared | Statistic::Shift) => {
            let median = median_cell(draft, id);
            Draft::joined([median, n], |[median, n]| format!("{median}, {n}"))
        }
        Some(Statistic::HedgesG | Statistic::OmegaSquared) => {
            let mean = mean_cell(draft, id);
            Draft::joined([mean, n], |[mean, n]| format!("{mean}, {n}"))
        }
        Some(Statistic::ShareDifference) => match of.map(|level| id(&level.id)) {
            Some(level) if draft.findings().get(&level).is_some() => {
                let decimals = draft.decimals([&level]);
                draft.share(&level, decimals, ShareForm::PercentFirst)
            }
            _ => n,
        },
        _ => n,
    }
}

/// The effect with its sign, as the notes explain it, and its interval.
pub(super) fn effect_cell(draft: &mut Draft<'_>, id: &str, kind: Option<Statistic>) -> Cell {
    match kind {
        None => draft.absent("the size of the difference is not computed"),
        Some(Statistic::ShareDifference) => draft.estimate(id, "", 100.0, draft.point_decimals(), " points"),
        Some(kind) => draft.estimate(id, &format!("{} ", sign(kind)), 1.0, 2, ""),
    }
}

/// What stands for an effect in a cell.
fn sign(kind: Statistic) -> &'static str {
    match kind {
        Statistic::Superiority => "A",
        Statistic::EpsilonSquared => "\u{3b5}\u{b2}",
        Statistic::HedgesG => "g",
        Statistic::OmegaSquared => "\u{3c9}\u{b2}",
        Statistic::CramersV => "V",
        _ => "",
    }
}

/// What the sign of an effect means.
pub(super) fn effect_words(kind: Statistic, test: &Finding) -> Option<String> {
    let mut labels = test.base.sides.iter().map(|side| side.label.as_str());
    let (first, second) = (labels.next().unwrap_or("first"), labels.next().unwrap_or("second"));
    Some(match kind {
        Statistic::Superiority => format!(
            "A: probability that an answer of {first} is above one of {second}, ties by half; 0.5 where neither is. Cells \
             of sides: median [Q1, Q3]."
        ),
        Statistic::EpsilonSquared => {
            "\u{3b5}\u{b2}: epsilon squared of ranks, 0 to 1. Cells of sides: median [Q1, Q3].".to_owned()
        }
        Statistic::HedgesG => format!("g: Hedges' g, {first} less {second}. Cells of sides: mean (SD)."),
        Statistic::OmegaSquared => {
            "\u{3c9}\u{b2}: share of variance that the sides explain. Cells of sides: mean (SD).".to_owned()
        }
        Statistic::CramersV => "V: Cram\u{e9}r's V, bias-corrected, 0 to 1.".to_owned(),
        Statistic::ShareDifference => {
            format!(
                "Points: share of the answer that the row names among {first} less that among {second}, in percentage points."
            )
        }
        _ => return None,
    })
}
