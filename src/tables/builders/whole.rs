//! Multi-selects and rankings of several sides beside each other, with their tests.

use crate::findings::{Finding, Findings, Named, QuestionOutline, Side, Statistic};
use crate::numbers::Decimals;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

use super::comparisons::{effect_cell, effect_words};
use super::label;

/// What each row of a comparison shows of every side.
#[derive(Clone, Copy)]
enum Of {
    /// Shares of options.
    Shares,
    /// Mean ranks of items.
    MeanRanks,
}

/// A section for each comparison, a row for each option: the share of every side, the difference, the test.
pub(in crate::tables) fn multi_comparison(
    draft: &mut Draft<'_>,
    compared: &[&Named],
    question: &QuestionOutline,
) -> Table {
    let notes = "Percents are of the respondents of each side. The test of all options together deals whole answers anew to the \
                 sides; below it stand the same question by the Rao-Scott adjustment and by Bonferroni.";
    let whole = [
        ("test", "All options together, permutation"),
        ("rao-scott", "All options together, Rao-Scott"),
        ("bonferroni", "All options together, Bonferroni"),
    ];
    comparison(draft, compared, question, &question.levels, Of::Shares, &whole, notes)
}

/// A section for each comparison, a row for each item: the mean rank of every side, the difference, the test.
pub(in crate::tables) fn ranking_comparison(
    draft: &mut Draft<'_>,
    compared: &[&Named],
    question: &QuestionOutline,
) -> Table {
    let notes = "1 is the first choice. Whole rankings are dealt anew to the sides, for each item and for all together.";
    let whole = [("test", "All items together, permutation")];
    comparison(draft, compared, question, &question.items, Of::MeanRanks, &whole, notes)
}

fn comparison(
    draft: &mut Draft<'_>,
    compared: &[&Named],
    question: &QuestionOutline,
    named: &[Named],
    of: Of,
    whole: &[(&str, &str)],
    note: &str,
) -> Table {
    let findings = draft.findings();
    let compared = tests(findings, compared, question);
    let width = compared.iter().map(|(_, test)| test.base.sides.len()).max().unwrap_or(0);
    let mut sections = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    let mut notes = vec![note.to_owned()];
    for (comparison, test) in &compared {
        let heading = |side: &Side| format!("{} ({})", side.label, draft.style.n(side.answered));
        let sides: Vec<String> = test.base.sides.iter().map(heading).collect();
        if heads.is_empty() {
            heads.clone_from(&sides);
        }
        let stem = |item: &str| format!("{}/{item}", test.stem());
        let mut rows: Vec<Row> = Vec::new();
        if compared.len() > 1 {
            rows.push(draft.row(
                "Sides",
                sides.into_iter().map(Draft::said).chain(blank(width - test.base.sides.len() + 3)).collect(),
            ));
        }
        for item in named {
            let mut cells = of_sides(draft, comparison, test, &stem(&item.id), of);
            cells.extend(blank(width - test.base.sides.len()));
            let effect = stem(&format!("{}/effect", item.id));
            let kind = findings.get(&effect).map(|finding| finding.statistic);
            cells.push(match of {
                Of::Shares => effect_cell(draft, &effect, kind),
                Of::MeanRanks => difference(draft, &effect),
            });
            notes.extend(kind.and_then(|kind| what(kind, test)).filter(|words| !notes.contains(words)));
            let id = stem(&format!("{}/test", item.id));
            cells.extend([draft.p_alone(&id), draft.adjusted_p(&id)]);
            rows.push(draft.row(&item.label, cells));
        }
        for (tail, words) in whole {
            let id = stem(tail);
            let cells = blank(width + 1).chain([draft.p_alone(&id), Draft::said("\u{2013}")]).collect();
            rows.push(draft.row(words, cells));
        }
        let label = match test.ask_name() {
            _ if compared.len() < 2 => String::new(),
            Some(name) => format!("{} ({name})", comparison.label),
            None => comparison.label.clone(),
        };
        sections.push(Section { label, rows });
    }
    if compared.len() > 1 {
        heads = (1..=width).map(|side| format!("Side {side}")).collect();
    }
    let effect = match of {
        Of::Shares => "Effect [interval]",
        Of::MeanRanks => "Difference",
    };
    let columns = heads.into_iter().chain(of_tests(draft, effect)).collect();
    Table {
        title: label(question),
        stub: "Compared".to_owned(),
        columns,
        sections,
        notes,
        ..Table::default()
    }
}

/// The headings behind the sides.
fn of_tests(draft: &Draft<'_>, effect: &str) -> [String; 3] {
    let p = draft.style.p_letter();
    [effect.to_owned(), p.to_owned(), format!("Adjusted {p}")]
}

fn blank(cells: usize) -> impl Iterator<Item = Cell> {
    std::iter::repeat_n(Cell::default(), cells)
}

/// The test of the whole question in every comparison and ask: named asks stand beside the one without a name.
fn tests<'a>(
    findings: &'a Findings,
    compared: &[&'a Named],
    question: &QuestionOutline,
) -> Vec<(&'a Named, &'a Finding)> {
    let is_whole = |comparison: &Named, finding: &&Finding| {
        finding.statistic == Statistic::Test
            && finding.group == comparison.id
            && finding.question.as_deref() == Some(&question.id)
            && finding.item.is_none()
            && finding.level.is_none()
            && finding.id.as_str().ends_with("/test")
    };
    let of = |named: &&'a Named| {
        let named = *named;
        findings.iter().filter(move |finding| is_whole(named, finding)).map(move |finding| (named, finding))
    };
    compared.iter().flat_map(of).collect()
}

/// What stands of an item in the column of every side.
fn of_sides(draft: &mut Draft<'_>, comparison: &Named, test: &Finding, stem: &str, of: Of) -> Vec<Cell> {
    // Those who gave an answer are named within the comparison by the answer.
    let of_group = format!("{}:", comparison.id);
    let cell = |side: &Side| {
        let side = side.id.strip_prefix(&of_group).unwrap_or(&side.id);
        match of {
            Of::Shares => {
                let id = format!("{stem}/share/{side}");
                let decimals: Decimals = draft.decimals([&id]);
                draft.share(&id, decimals, ShareForm::CountFirst)
            }
            Of::MeanRanks => draft.number(&format!("{stem}/mean-rank/{side}"), 2),
        }
    };
    test.base.sides.iter().map(cell).collect()
}

/// What an effect means: as in every comparison, but for mean ranks, which no other has.
fn what(kind: Statistic, test: &Finding) -> Option<String> {
    match (kind, test.base.sides.as_slice()) {
        (Statistic::MeanDifference, [first, second]) => {
            Some(format!("Difference: the mean rank of {} less that of {}.", first.label, second.label))
        }
        _ => effect_words(kind, test),
    }
}

/// The difference of the mean ranks of two sides; nothing between more sides.
fn difference(draft: &mut Draft<'_>, id: &str) -> Cell {
    if draft.value(id).is_none() { Draft::said("\u{2013}") } else { draft.with_interval(id, 2) }
}
