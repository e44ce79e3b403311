//! Multi-selects and rankings of several sides beside each other, with their tests.

use crate::findings::{Finding, Named, QuestionOutline, Side, Statistic};
use crate::numbers::Decimals;
use crate::tables::draft::{Draft, ShareForm};
use crate::tables::table::{Cell, Row, Section, Table};

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
    // The test of the whole question, of every ask: named asks stand beside the one without a name.
    let is_whole = |comparison: &Named, finding: &&Finding| {
        finding.statistic == Statistic::Test
            && finding.group == comparison.id
            && finding.question.as_deref() == Some(&question.id)
            && finding.item.is_none()
            && finding.level.is_none()
            && finding.id.as_str().ends_with("/test")
    };
    let compared: Vec<(&Named, &Finding)> = compared
        .iter()
        .flat_map(|named| {
            findings
                .iter()
                .filter(move |finding| is_whole(named, finding))
                .map(move |finding| (*named, finding))
        })
        .collect();
    let width = compared.iter().map(|(_, test)| test.base.sides.len()).max().unwrap_or(0);
    let mut sections = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    for (comparison, test) in &compared {
        let heading = |side: &Side| format!("{} ({})", side.label, draft.style.n(side.answered));
        let sides: Vec<String> = test.base.sides.iter().map(heading).collect();
        if heads.is_empty() {
            heads.clone_from(&sides);
        }
        let stem = |item: &str| format!("{}/{item}", super::comparisons::stem(test));
        let mut rows: Vec<Row> = Vec::new();
        if compared.len() > 1 {
            rows.push(draft.row(
                "Sides",
                sides.into_iter().map(Draft::said).chain(blank(width - test.base.sides.len() + 3)).collect(),
            ));
        }
        for item in named {
            let mut cells: Vec<Cell> = test
                .base
                .sides
                .iter()
                .map(|side| match of {
                    Of::Shares => {
                        let id = stem(&format!("{}/share/{}", item.id, side.id));
                        let decimals: Decimals = draft.decimals([&id]);
                        draft.share(&id, decimals, ShareForm::CountFirst)
                    }
                    Of::MeanRanks => draft.number(&stem(&format!("{}/mean-rank/{}", item.id, side.id)), 2),
                })
                .collect();
            cells.extend(blank(width - test.base.sides.len()));
            cells.push(difference(draft, &stem(&format!("{}/effect", item.id))));
            let id = stem(&format!("{}/test", item.id));
            cells.extend([draft.p_alone(&id), draft.adjusted_p(&id)]);
            rows.push(draft.row(&item.label, cells));
        }
        for (tail, words) in whole {
            let id = stem(tail);
            let cells = blank(width + 1).chain([draft.p_alone(&id), Draft::said("\u{2013}")]).collect();
            rows.push(draft.row(words, cells));
        }
        let label = match name(comparison, test) {
            _ if compared.len() < 2 => String::new(),
            Some(name) => format!("{} ({name})", comparison.label),
            None => comparison.label.clone(),
        };
        sections.push(Section { label, rows });
    }
    if compared.len() > 1 {
        heads = (1..=width).map(|side| format!("Side {side}")).collect();
    }
    let columns = heads.into_iter().chain(of_tests(draft)).collect();
    Table {
        title: label(question),
        stub: "Compared".to_owned(),
        columns,
        sections,
        notes: vec![note.to_owned()],
        ..Table::default()
    }
}

/// The headings behind the sides.
fn of_tests(draft: &Draft<'_>) -> [String; 3] {
    let p = draft.style.p_letter();
    ["Difference".to_owned(), p.to_owned(), format!("Adjusted {p}")]
}

/// The name of the ask of a test, which its id holds between the sides and the question.
fn name<'a>(comparison: &Named, test: &'a Finding) -> Option<&'a str> {
    let behind = test.id.as_str().strip_prefix(comparison.id.as_str())?.strip_prefix('/')?;
    let (name, rest) = behind.split_once('/')?;
    rest.contains('/').then_some(name)
}

fn blank(cells: usize) -> impl Iterator<Item = Cell> {
    std::iter::repeat_n(Cell::default(), cells)
}

/// The difference of two sides with its interval; nothing between more sides.
fn difference(draft: &mut Draft<'_>, id: &str) -> Cell {
    if draft.value(id).is_none() { Draft::said("\u{2013}") } else { draft.with_interval(id, 2) }
}
