//! Who was asked and did not answer, question by question and reason by reason.

use crate::codebook::Missing;
use crate::findings::{Asked, Caution, Findings, Named, Outline, QuestionOutline};
use crate::numbers::{Decimals, NumberStyle};

use super::cautions::{SMALL_BASE, bases, sentence};
use super::heat::{HeatCell, HeatPanel, HeatSpec, Margin, cell_words};
use super::{Share, decimals, enumerate, groups_or_all};
use crate::figures::font::shorten;
use crate::figures::{MissingOrder, NotDrawn};

/// Reads who did not answer: a grid for each group, a row for each question or item, a column for each reason that anybody
/// has. Without questions, those of which anything is asked.
pub(crate) fn missing_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    questions: &[String],
    order: MissingOrder,
    style: NumberStyle,
) -> Result<HeatSpec, NotDrawn> {
    let groups = groups_or_all(outline, groups);
    let known = |id: &&String| !groups.iter().any(|group| outline.question(group, id).is_some());
    if let Some(unknown) = questions.iter().find(known) {
        return Err(NotDrawn::UnknownQuestion { question: unknown.clone() });
    }
    let (mut of_groups, mut unasked) = (Vec::new(), Vec::new());
    for group in &groups {
        let mut rows: Vec<Row<'_>> = outline
            .questions
            .iter()
            .filter(|question| question.group == *group)
            // Nobody was asked for a score; one stands only where it is named.
            .filter(|question| {
                questions.contains(&question.id) || questions.is_empty() && question.parts.is_empty()
            })
            .flat_map(|question| rows(findings, question))
            .collect();
        if order == MissingOrder::Size {
            // The sort is stable, so that equal shares stay as asked.
            rows.sort_by(|one, two| two.share().total_cmp(&one.share()));
        }
        if rows.is_empty() {
            unasked.push(outline.group_label(group).to_owned());
        } else {
            of_groups.push((group, rows));
        }
    }
    let all = || of_groups.iter().flat_map(|(_, rows)| rows);
    let has =
        |reason: &Missing| all().any(|row| row.asked.missing.get(reason).is_some_and(|count| *count > 0));
    let reasons: Vec<Missing> =
        Missing::ALL.into_iter().filter(|reason| *reason != Missing::NotAsked).filter(has).collect();
    let not_asked = has(&Missing::NotAsked);
    let decimals = decimals(style, all().map(|row| row.asked.asked()));
    let panels = of_groups
        .iter()
        .map(|(group, rows)| panel(outline.group_label(group), rows, &reasons, not_asked, (style, decimals)))
        .collect();
    let mut notes =
        vec!["n (percent of those who were asked), by the reason why there is no answer.".to_owned()];
    if order == MissingOrder::Size {
        notes.push("The most without an answer first, ties in the order asked.".to_owned());
    }
    if !unasked.is_empty() {
        notes.push(format!("Of {} no ask of the study asks any of these.", enumerate(&unasked)));
    }
    if reasons.is_empty() && !of_groups.is_empty() {
        notes.push("Nobody who was asked left any of these without an answer.".to_owned());
    }
    notes.extend(small_bases(&of_groups, outline, style));
    Ok(HeatSpec { panels, legend: "Percent of those asked".to_owned(), decimals, notes })
}

/// Which groups were so few that one answer moves a percent by several points.
fn small_bases(
    of_groups: &[(&String, Vec<Row<'_>>)],
    outline: &Outline,
    style: NumberStyle,
) -> Option<String> {
    let small = |row: &Row<'_>| Caution::small_base(row.asked.asked()).map(|_| row.asked.asked());
    let groups: Vec<String> = of_groups
        .iter()
        .filter_map(|(group, rows)| {
            let range = rows.iter().filter_map(small).map(|n| (n, n));
            let range = range.reduce(|one, two| (one.0.min(two.0), one.1.max(two.1)))?;
            Some(format!("{} {}", shorten(outline.group_label(group), 60), bases(range, style)))
        })
        .collect();
    (!groups.is_empty()).then(|| format!("{SMALL_BASE}: {}.", groups.join(", ")))
}

/// A question or item of one group.
struct Row<'a> {
    label: String,
    asked: &'a Asked,
}

impl Row<'_> {
    /// The share of those asked who did not answer.
    fn share(&self) -> f64 {
        let asked = self.asked.asked();
        if asked == 0 { 0.0 } else { (asked - self.asked.answered) as f64 / asked as f64 }
    }
}

/// The rows of a question: one for each item of a battery, else one. What nobody analysed has none.
fn rows<'a>(findings: &'a Findings, question: &QuestionOutline) -> Vec<Row<'a>> {
    let name = if question.label.trim().is_empty() { &question.id } else { &question.label };
    let row = |item: Option<&Named>| {
        let id =
            item.map_or_else(|| question.finding("answered"), |item| question.item_finding(item, "answered"));
        let asked = findings.get(id.as_str())?.base.asked.as_ref()?;
        let label = item.map(|item| &item.label).filter(|label| !label.is_empty()).unwrap_or(name);
        Some(Row { label: label.clone(), asked })
    };
    let items: Vec<Row<'a>> = question.items.iter().filter_map(|item| row(Some(item))).collect();
    if items.is_empty() { row(None).into_iter().collect() } else { items }
}

fn panel(
    group: &str,
    rows: &[Row<'_>],
    reasons: &[Missing],
    not_asked: bool,
    (style, decimals): (NumberStyle, Decimals),
) -> HeatPanel {
    let cell = |row: &Row<'_>, reason: &Missing| {
        let of = row.asked.asked();
        let count = row.asked.missing.get(reason).copied().unwrap_or(0);
        if of == 0 {
            Err("nobody was asked".to_owned())
        } else {
            Ok(HeatCell { share: Share { count, of }, framed: false })
        }
    };
    let column = |heading: &str, text: &dyn Fn(&Row<'_>) -> String| Margin {
        heading: heading.to_owned(),
        cells: rows.iter().map(text).collect(),
        foot: String::new(),
    };
    let mut beside = vec![column("Answered", &|row| match row.asked.asked() {
        0 => "n/a".to_owned(),
        of => cell_words(Share { count: row.asked.answered, of }, style, decimals),
    })];
    if not_asked {
        beside.push(column("Not asked", &|row| style.count(row.asked.not_asked())));
    }
    let included = rows.first().map_or(0, |row| row.asked.included);
    HeatPanel {
        heading: group.to_owned(),
        base: format!("People analysed: {}", style.count(included)),
        titles: [String::new(), String::new()],
        rows: rows.iter().map(|row| row.label.clone()).collect(),
        columns: reasons.iter().map(|reason| sentence(reason.words())).collect(),
        cells: rows.iter().map(|row| reasons.iter().map(|reason| cell(row, reason)).collect()).collect(),
        beside,
        foot: None,
    }
}
