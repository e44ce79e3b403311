//! A crosstab as a grid of cells: answers in rows, sides in columns, margins beside them, as the table has them.

use crate::findings::{
    Compared, Finding, Findings, Named, Outline, PercentOf, QuestionOutline, Side, Statistic, Value,
};
use crate::numbers::{Decimals, NumberStyle};

use super::cautions::cell_notes;
use super::compared::{comparisons, short};
use super::heat::{HeatCell, HeatPanel, HeatSpec, Margin, cell_words};
use super::{Known, Share, decimals, look, share};
use crate::figures::NotDrawn;

/// Reads the crosstabs of a question: a grid for each comparison and item.
pub(crate) fn crosstab_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    question: &str,
    (percent, compared): (PercentOf, &Compared),
    style: NumberStyle,
) -> Result<HeatSpec, NotDrawn> {
    let all = comparisons(outline, findings, groups, compared, &[question.to_owned()])?;
    let mut crossed = Vec::new();
    for one in &all {
        let asked = outline.question(&one.id, question);
        let asked = asked.ok_or_else(|| NotDrawn::UnknownQuestion { question: question.to_owned() })?;
        for item in &asked.items {
            if let Some(cell) = first_cell(findings, &one.id, (question, &item.id), compared) {
                crossed.push(Crossed { compared: one, asked, item, percent, cell });
            }
        }
    }
    let bases = crossed.iter().flat_map(|one| one.shares(findings)).map(|share| share.of);
    let decimals = decimals(style, bases.collect::<Vec<_>>());
    let several = [all.len() > 1, crossed.iter().any(|one| one.asked.items.len() > 1)];
    let panels = crossed.iter().map(|one| one.panel(outline, findings, several, (style, decimals))).collect();
    let of = percent.name();
    let mut notes = vec![format!("n (percent of the {of}). N: people who answered both questions.")];
    let shown = crossed.iter().map(|one| {
        (
            one.heading(several),
            [Some(one.cell), findings.get(&one.id("test"))].into_iter().flatten().collect(),
        )
    });
    notes.extend(cell_notes(&shown.collect::<Vec<_>>(), style));
    Ok(HeatSpec { panels, legend: format!("Percent of the {of}"), decimals, notes })
}

/// The first cell of a crosstab, which knows its sides.
fn first_cell<'a>(
    findings: &'a Findings,
    compared: &str,
    (question, item): (&str, &str),
    chosen: &Compared,
) -> Option<&'a Finding> {
    findings.iter().find(|finding| {
        finding.statistic == Statistic::ColumnShare
            && finding.group == compared
            && finding.question.as_deref() == Some(question)
            && finding.item.as_deref().unwrap_or_default() == item
            && chosen.has(finding)
    })
}

/// One crosstab.
struct Crossed<'a> {
    compared: &'a Named,
    asked: &'a QuestionOutline,
    item: &'a Named,
    percent: PercentOf,
    cell: &'a Finding,
}

impl Crossed<'_> {
    fn sides(&self) -> &[Side] {
        &self.cell.base.sides
    }

    /// The id of one of its findings.
    fn id(&self, tail: &str) -> String {
        // Behind what all of them begin with stand the answer, the side and what is counted.
        let stem = self.cell.id.as_str().rsplitn(4, '/').nth(3).unwrap_or_default();
        format!("{stem}/{tail}")
    }

    fn share(&self, findings: &Findings, level: &Named, side: &Side) -> Known<Share> {
        let tail = self.percent.name();
        look(findings, &self.id(&format!("{}/{}/{tail}", level.id, short(side)))).and_then(share)
    }

    fn shares(&self, findings: &Findings) -> Vec<Share> {
        let of_level =
            |level| self.sides().iter().filter_map(move |side| self.share(findings, level, side).ok());
        self.asked.levels.iter().flat_map(of_level).collect()
    }

    /// The comparison and the item, where there are several.
    fn heading(&self, several: [bool; 2]) -> String {
        let names = [self.compared.label.clone(), self.item.label.clone()];
        let names = names.into_iter().zip(several).filter(|(_, shown)| *shown).map(|(name, _)| name);
        names.collect::<Vec<_>>().join(", ")
    }

    fn panel(
        &self,
        outline: &Outline,
        findings: &Findings,
        several: [bool; 2],
        (style, decimals): (NumberStyle, Decimals),
    ) -> HeatPanel {
        // Of percents that add up to all, the margin is the base.
        let margin = |id: &str, is_base: bool| match look(findings, id).map(|found| &found.value) {
            Ok(Value::Share { count, .. }) if is_base => style.count(*count),
            Ok(Value::Share { count, of }) => cell_words(Share { count: *count, of: *of }, style, decimals),
            Ok(Value::Count(count)) => style.count(*count),
            _ => "n/a".to_owned(),
        };
        let levels = &self.asked.levels;
        let cell = |level| {
            move |side| self.share(findings, level, side).map(|share| HeatCell { share, framed: false })
        };
        let all: u64 = self.sides().iter().map(|side| side.answered).sum();
        let right = levels.iter().map(|level| {
            margin(&self.id(&format!("{}/row-total", level.id)), self.percent == PercentOf::Row)
        });
        let foot = self.sides().iter().map(|side| {
            margin(&self.id(&format!("column-total/{}", short(side))), self.percent == PercentOf::Column)
        });
        let label = if self.asked.label.trim().is_empty() { &self.asked.id } else { &self.asked.label };
        let by = self.compared.id.split_once(':').and_then(|(group, by)| outline.question(group, by));
        HeatPanel {
            heading: self.heading(several),
            base: self.test_words(findings, style),
            titles: [label.clone(), by.map_or_else(String::new, |by| by.label.clone())],
            rows: levels.iter().map(|level| level.label.clone()).collect(),
            columns: self.sides().iter().map(|side| side.label.clone()).collect(),
            cells: levels.iter().map(|level| self.sides().iter().map(cell(level)).collect()).collect(),
            beside: vec![Margin {
                heading: "All".to_owned(),
                cells: right.collect(),
                foot: style.count(all),
            }],
            foot: Some(("N".to_owned(), foot.collect())),
        }
    }

    /// The test and its p-value, where there is one.
    fn test_words(&self, findings: &Findings, style: NumberStyle) -> String {
        match look(findings, &self.id("test")) {
            Ok(found @ Finding { value: Value::Test(test), method, .. }) => {
                let name = method.map_or("Test", |method| method.name);
                let adjusted = test
                    .adjusted
                    .as_ref()
                    .map_or(String::new(), |adjusted| format!(", adjusted {}", style.p_phrase(adjusted.p)));
                let way = found.one_sided().map_or(String::new(), |way| format!(" ({way})"));
                format!("{name}, {}{way}{adjusted}", style.p_phrase(test.p))
            }
            _ => String::new(),
        }
    }
}
