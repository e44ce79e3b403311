//! Sides compared: what each answered, how large the difference is, and the test.

use crate::findings::{Finding, Named, Outline, Side, Statistic, Value};
use crate::tables::NotTabled;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::{MEDIAN, exact_places, label, mean_cell, median_cell};

/// A section for each comparison, a row for each test: an item, or an item compared in another way.
pub(in crate::tables) fn comparisons(
    draft: &mut Draft<'_>,
    outline: &Outline,
    compared: &[&Named],
    questions: &[String],
) -> Result<Table, NotTabled> {
    let all: Vec<(&Named, Vec<&Finding>)> =
        compared.iter().map(|compared| (*compared, tests(draft, &compared.id, questions))).collect();
    let mut sides: Vec<&[Side]> =
        all.iter().flat_map(|(_, tests)| tests).map(|test| &*test.base.sides).collect();
    sides.dedup_by(|one, other| one.iter().map(|side| &side.label).eq(other.iter().map(|side| &side.label)));
    if sides.len() > 1 {
        return Err(NotTabled::DifferentSides);
    }
    let labels: Vec<String> = sides.iter().flat_map(|sides| *sides).map(|side| side.label.clone()).collect();
    let mut sections = Vec::new();
    let mut notes = Vec::new();
    let shown = all.iter().filter(|(_, tests)| !tests.is_empty()).count();
    for (compared, tests) in &all {
        let rows = tests.iter().map(|test| row(draft, outline, test, &mut notes)).collect();
        let label = if shown > 1 { compared.label.clone() } else { String::new() };
        sections.push(Section { label, rows });
    }
    let adjusted = all.iter().flat_map(|(_, tests)| tests).any(|test| is_adjusted(test));
    let mut columns = labels;
    columns.extend(["Effect [interval]", "p"].map(str::to_owned));
    if adjusted {
        columns.push("Adjusted p".to_owned());
    }
    for section in &mut sections {
        for row in &mut section.rows {
            row.cells.truncate(columns.len());
        }
    }
    if all.iter().flat_map(|(_, tests)| tests).any(|test| smallest(test).is_some()) {
        notes.push(
            "In brackets beside p: the smallest p that these answers could have given, however they had fallen on the sides.".to_owned(),
        );
    }
    Ok(Table {
        title: compared.iter().map(|compared| compared.label.as_str()).collect::<Vec<_>>().join("; "),
        stub: "Item".to_owned(),
        columns,
        sections,
        notes,
        ..Table::default()
    })
}

/// The tests of a comparison in the questions of the table, in the order in which they were asked.
pub(super) fn tests<'a>(draft: &Draft<'a>, compared: &str, questions: &[String]) -> Vec<&'a Finding> {
    let of_table = |finding: &&Finding| {
        finding.statistic == Statistic::Test
            && finding.group == compared
            && finding.level.is_none()
            && finding.question.as_ref().is_some_and(|question| questions.contains(question))
    };
    draft.findings().iter().filter(of_table).collect()
}

/// How the ids of what stands beside a test begin: its own without its end.
pub(super) fn stem(test: &Finding) -> &str {
    let id = test.id.as_str();
    id.strip_suffix("/test").unwrap_or(id)
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

fn row(draft: &mut Draft<'_>, outline: &Outline, test: &Finding, notes: &mut Vec<String>) -> Row {
    let effect = format!("{}/effect", stem(test));
    let kind = draft.findings().get(&effect).map(|finding| finding.statistic);
    let mut cells: Vec<Cell> =
        test.base.sides.iter().map(|side| side_cell(draft, test, side, kind)).collect();
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
    draft.row(&row_label(outline, test), cells)
}

/// The item, or the question of one item; the name of an ask that has one.
pub(super) fn row_label(outline: &Outline, test: &Finding) -> String {
    let question = test.question.as_ref().and_then(|id| outline.question(&test.group, id));
    let Some(question) = question else { return test.id.to_string() };
    let item = test.item.as_ref().and_then(|id| question.items.iter().find(|item| item.id == *id));
    let words = item.map_or_else(|| label(question), |item| item.label.clone());
    let usual: Vec<&str> =
        [Some(test.group.as_str()), test.question.as_deref(), test.item.as_deref(), Some("test")]
            .into_iter()
            .flatten()
            .collect();
    if usual.join("/") == test.id.as_str() {
        return words;
    }
    let method = test.method.map_or(String::new(), |method| format!(" ({})", method.name));
    format!("{words}{method}")
}

/// How many answered on a side, and what: as the effect takes the answers.
fn side_cell(draft: &mut Draft<'_>, test: &Finding, side: &Side, kind: Option<Statistic>) -> Cell {
    let base: Vec<&str> = [Some(side.id.as_str()), test.question.as_deref(), test.item.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let id = |tail: &str| format!("{}/{tail}", base.join("/"));
    let n = Draft::said(format!("n = {}", draft.style.count(side.answered)));
    match kind {
        Some(Statistic::Superiority | Statistic::EpsilonSquared | Statistic::Shift) => {
            let places = exact_places(draft, MEDIAN.map(id));
            let median = median_cell(draft, id, places);
            Draft::joined([median, n], |[median, n]| format!("{median}, {n}"))
        }
        Some(Statistic::HedgesG | Statistic::OmegaSquared) => {
            let mean = mean_cell(draft, id);
            Draft::joined([mean, n], |[mean, n]| format!("{mean}, {n}"))
        }
        Some(Statistic::ShareDifference) => match first_level(draft, &id("")) {
            Some(level) => {
                let decimals = draft.decimals([&level]);
                draft.share(&level, decimals, ShareForm::PercentFirst)
            }
            None => n,
        },
        _ => n,
    }
}

/// The share of the first answer of a side, by the beginning of its id.
fn first_level(draft: &Draft<'_>, beginning: &str) -> Option<String> {
    let level = |finding: &&Finding| {
        finding.statistic == Statistic::Level && finding.id.as_str().starts_with(beginning)
    };
    draft.findings().iter().find(level).map(|finding| finding.id.as_str().to_owned())
}

/// The effect with its sign, as the notes explain it, and its interval.
fn effect_cell(draft: &mut Draft<'_>, id: &str, kind: Option<Statistic>) -> Cell {
    match kind {
        None => draft.absent("the size of the difference is not computed"),
        Some(Statistic::ShareDifference) => draft.estimate(id, "", 100.0, 1, " points"),
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

fn effect_words(kind: Statistic, test: &Finding) -> Option<String> {
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
                "Points: share of the first answer among {first} less that among {second}, in percentage points."
            )
        }
        _ => return None,
    })
}
