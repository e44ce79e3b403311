//! A forest plot of comparisons: both sides, the size of the difference with its interval, and the test, row by row.

use crate::findings::{Compared, Finding, Findings, Kind, Named, Outline, Side, Statistic, Value};
use crate::numbers::{NumberStyle, exact_places};

use super::cautions::row_notes;
use super::compared::comparisons;
use super::estimates::{
    Axis, Estimate, EstimateLine, EstimatesPanel, EstimatesRow, EstimatesSpec, interval_methods,
};
use super::{decimals, look, share};
use crate::figures::NotDrawn;

/// Reads comparisons: a panel for each kind of effect and pair of sides, since different effects share no axis.
pub(crate) fn forest_spec(
    outline: &Outline,
    findings: &Findings,
    groups: &[String],
    questions: &[String],
    compared: &Compared,
    style: NumberStyle,
) -> Result<EstimatesSpec, NotDrawn> {
    let all = comparisons(outline, findings, groups, compared, questions)?;
    let mut sorts: Vec<Sort<'_>> = Vec::new();
    for one in &all {
        for test in compared.tests(findings, &one.id, questions) {
            let effect = findings.get(&format!("{}/effect", test.stem())).map(|effect| effect.statistic);
            let unordered = test.method.is_some_and(|method| method.id.starts_with("jonckheere"));
            let effect = effect.filter(|effect| !(unordered && *effect == Statistic::EpsilonSquared));
            let sides = &test.base.sides;
            match sorts
                .iter_mut()
                .find(|sort| sort.effect == effect && sort.compared == *one && sort.sides == labels(sides))
            {
                Some(sort) => sort.tests.push(test),
                None => sorts.push(Sort { compared: one, sides: labels(sides), effect, tests: vec![test] }),
            }
        }
    }
    let adjusted = sorts.iter().flat_map(|sort| &sort.tests).any(|test| adjusted(test).is_some());
    let directions = Directions::of(sorts.iter().flat_map(|sort| &sort.tests));
    let with = (all.len() > 1, adjusted, &directions);
    let panels: Vec<EstimatesPanel> =
        sorts.iter().map(|sort| sort.panel(outline, findings, with, style)).collect();
    let shown: Vec<(String, Vec<&Finding>)> = sorts
        .iter()
        .zip(&panels)
        .flat_map(|(sort, panel)| {
            sort.tests.iter().zip(&panel.rows).map(move |(test, row)| (sort, *test, row))
        })
        .map(|(sort, test, row)| {
            let effect = sort.effect.and_then(|_| findings.get(&format!("{}/effect", test.stem())));
            (row.label.clone(), std::iter::once(test).chain(effect).collect())
        })
        .collect();
    let drawn = || shown.iter().flat_map(|(_, findings)| findings).copied();
    let mut notes: Vec<String> = Vec::new();
    for sort in &sorts {
        notes.extend(sort.words());
    }
    if drawn().any(|finding| matches!(&finding.value, Value::Test(test) if test.smallest.is_some())) {
        notes.push(
            "In brackets beside p: the smallest p that these answers could have given, however they had fallen on the sides."
                .to_owned(),
        );
    }
    notes.extend(directions.notes(drawn().any(|finding| finding.interval.is_some())));
    notes.extend(interval_methods(drawn(), style));
    notes.extend(row_notes(&shown, style));
    Ok(EstimatesSpec { panels, notes })
}

/// Which way one-sided tests look: each way has a mark beside its p-values.
struct Directions(Vec<String>);

impl Directions {
    fn of<'a>(tests: impl Iterator<Item = &'a &'a Finding>) -> Self {
        let mut ways: Vec<String> = Vec::new();
        for way in tests.filter_map(|test| test.one_sided()) {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        Self(ways)
    }

    /// A letter for each way, as footnotes of tables have.
    fn mark(&self, way: &str) -> String {
        let position = self.0.iter().position(|known| known == way).and_then(|at| u8::try_from(at).ok());
        position.map_or(String::new(), |at| char::from(b'a' + at % 26).to_string())
    }

    fn notes(&self, intervals: bool) -> Option<String> {
        let ways: Vec<String> = self.0.iter().map(|way| format!("{}: {way}", self.mark(way))).collect();
        let two_sided = if intervals { " Intervals are two-sided." } else { "" };
        (!ways.is_empty()).then(|| format!("Beside p, {}.{two_sided}", ways.join("; ")))
    }
}

fn labels(sides: &[Side]) -> Vec<String> {
    sides.iter().map(|side| side.label.clone()).collect()
}

fn adjusted(test: &Finding) -> Option<f64> {
    match &test.value {
        Value::Test(test) => test.adjusted.as_ref().map(|adjusted| adjusted.p),
        _ => None,
    }
}

/// Tests of the same sides whose differences are measured alike.
struct Sort<'a> {
    compared: &'a Named,
    sides: Vec<String>,
    /// What measures the difference; nothing where no size of it is computed.
    effect: Option<Statistic>,
    tests: Vec<&'a Finding>,
}

impl Sort<'_> {
    fn panel(
        &self,
        outline: &Outline,
        findings: &Findings,
        (several, adjusted, directions): (bool, bool, &Directions),
        style: NumberStyle,
    ) -> EstimatesPanel {
        let (sign, factor, places, behind) = self.form();
        let mut columns = self.sides.clone();
        columns.push(if sign.is_empty() {
            "Difference [interval]".to_owned()
        } else {
            format!("{sign} [interval]")
        });
        let p = style.p_letter();
        columns.push(p.to_owned());
        columns.extend(adjusted.then(|| format!("Adjusted {p}")));
        let name = self.name();
        let heading = if several { format!("{}: {name}", self.compared.label) } else { name.to_owned() };
        let rows = self.tests.iter().map(|test| {
            let of =
                if self.effect == Some(Statistic::ShareDifference) { answer(outline, test) } else { None };
            let estimate = match self.effect {
                Some(_) => look(findings, &format!("{}/effect", test.stem())).and_then(Estimate::of),
                None => Err("no size of difference for this test".to_owned()),
            };
            let mut cells: Vec<String> = test
                .base
                .sides
                .iter()
                .map(|side| self.side_words(findings, test, (side, of), style))
                .collect();
            cells.push(
                estimate
                    .as_ref()
                    .map_or_else(|_| "n/a".to_owned(), |effect| effect.words(style, factor, places, behind)),
            );
            let way = test.one_sided();
            let mark = way.as_ref().map(|way| format!(" ({})", directions.mark(way)));
            cells.push(p_words(test, &mark.unwrap_or_default(), style));
            cells.extend(
                adjusted.then(|| {
                    self::adjusted(test).map_or_else(|| "\u{2013}".to_owned(), |p| style.p_value(p))
                }),
            );
            let line = EstimateLine { series: 0, estimate, cells, remark: way.unwrap_or_default() };
            EstimatesRow { label: row_label(outline, test, of), lines: vec![line] }
        });
        let rows = told_apart(rows.collect(), &self.tests);
        let axis = self.axis();
        EstimatesPanel {
            heading,
            base: String::new(),
            axis,
            series: Vec::new(),
            before: self.sides.len(),
            columns,
            rows,
        }
    }

    /// What stands for the effect, by what its number is multiplied, its decimals, and what stands behind it.
    fn form(&self) -> (&'static str, f64, u8, &'static str) {
        match self.effect {
            Some(Statistic::ShareDifference) => ("", 100.0, 1, " points"),
            Some(Statistic::Superiority) => ("A", 1.0, 2, ""),
            Some(Statistic::EpsilonSquared) => ("\u{3b5}\u{b2}", 1.0, 2, ""),
            Some(Statistic::HedgesG) => ("g", 1.0, 2, ""),
            Some(Statistic::OmegaSquared) => ("\u{3c9}\u{b2}", 1.0, 2, ""),
            Some(Statistic::CramersV) => ("V", 1.0, 2, ""),
            _ => ("", 1.0, 2, ""),
        }
    }

    fn name(&self) -> &'static str {
        match self.effect {
            Some(Statistic::ShareDifference) => "Difference of shares",
            Some(Statistic::Superiority) => "Probability of superiority (A)",
            Some(Statistic::EpsilonSquared) => "Epsilon squared of ranks (\u{3b5}\u{b2})",
            Some(Statistic::HedgesG) => "Hedges' g",
            Some(Statistic::OmegaSquared) => "Omega squared (\u{3c9}\u{b2})",
            Some(Statistic::CramersV) => "Cram\u{e9}r's V",
            Some(Statistic::Shift) => "Shift",
            Some(Statistic::MeanDifference) => "Difference of means",
            Some(_) => "Difference",
            None => "Tests without a size of the difference",
        }
    }

    fn axis(&self) -> Axis {
        let (_, factor, _, behind) = self.form();
        let between = |null: f64, least: Option<(f64, f64)>| Axis {
            title: if behind.is_empty() { String::new() } else { "Percentage points".to_owned() },
            least,
            whole: false,
            null: Some(null),
            ends: match self.sides.as_slice() {
                [first, second] if least != Some((0.0, 0.2)) => {
                    [format!("{second} higher"), format!("{first} higher")]
                }
                _ => [String::new(), String::new()],
            },
            factor,
        };
        match self.effect {
            Some(Statistic::Superiority) => between(0.5, Some((0.0, 1.0))),
            // What has no direction begins at nothing.
            Some(Statistic::EpsilonSquared | Statistic::OmegaSquared | Statistic::CramersV) => {
                between(0.0, Some((0.0, 0.2)))
            }
            _ => between(0.0, None),
        }
    }

    /// What the effect and the cells of sides say.
    fn words(&self) -> Option<String> {
        let (first, second) = match self.sides.as_slice() {
            [first, second, ..] => (first.as_str(), second.as_str()),
            _ => ("first", "second"),
        };
        Some(match self.effect? {
            Statistic::Superiority => format!(
                "A: probability that an answer of {first} is above one of {second}, ties by half; 0.5 where neither is. \
                 Beside it: median [Q1, Q3] of each side."
            ),
            Statistic::EpsilonSquared => {
                "\u{3b5}\u{b2}: epsilon squared of ranks, 0 to 1. Beside it: median [Q1, Q3] of each side."
                    .to_owned()
            }
            Statistic::HedgesG => {
                format!("g: Hedges' g, {first} less {second}. Beside it: mean (SD) of each side.")
            }
            Statistic::OmegaSquared => {
                "\u{3c9}\u{b2}: share of variance that the sides explain. Beside it: mean (SD) of each side."
                    .to_owned()
            }
            Statistic::CramersV => "V: Cram\u{e9}r's V, bias-corrected, 0 to 1.".to_owned(),
            Statistic::ShareDifference => format!(
                "Points: share of the answer that the row names among {first} less that among {second}, in percentage points."
            ),
            _ => return None,
        })
    }

    /// What a side answered, as the effect takes the answers, and how many did.
    fn side_words(
        &self,
        findings: &Findings,
        test: &Finding,
        (side, of): (&Side, Option<&Named>),
        style: NumberStyle,
    ) -> String {
        let base = [Some(side.id.as_str()), test.question.as_deref(), test.item.as_deref()];
        let base = base.into_iter().flatten().collect::<Vec<_>>().join("/");
        let number = |tail: &str| match look(findings, &format!("{base}/{tail}")).map(|found| &found.value) {
            Ok(Value::Number(number)) if number.is_finite() => Some(*number),
            _ => None,
        };
        let n = style.n(side.answered);
        match self.effect {
            Some(Statistic::Superiority | Statistic::EpsilonSquared | Statistic::Shift) => {
                match (number("median"), number("q1"), number("q3")) {
                    (Some(median), Some(q1), Some(q3)) => {
                        let places = exact_places([median, q1, q3]);
                        let [median, q1, q3] = [median, q1, q3].map(|number| style.number(number, places));
                        format!("{median} [{q1}, {q3}],\n{n}")
                    }
                    _ => n,
                }
            }
            Some(Statistic::HedgesG | Statistic::OmegaSquared) => match (number("mean"), number("sd")) {
                (Some(mean), Some(sd)) => {
                    let [mean, sd] = [mean, sd].map(|number| style.number(number, style.mean_decimals()));
                    format!("{mean} ({sd}),\n{n}")
                }
                _ => n,
            },
            Some(Statistic::ShareDifference) => {
                let level = of.map(|level| look(findings, &format!("{base}/{}", level.id)).and_then(share));
                match level {
                    Some(Ok(share)) => {
                        let decimals = decimals(style, [share.of]);
                        style.share(share.count, share.of, decimals).replacen(" (", "\n(", 1)
                    }
                    _ => n,
                }
            }
            _ => n,
        }
    }
}

/// The answer whose share is compared: the choice that a test of a multi-select is about, else the first answer of two.
fn answer<'a>(outline: &'a Outline, test: &Finding) -> Option<&'a Named> {
    let question = outline.question(&test.group, test.question.as_ref()?)?;
    match (question.kind, &test.item) {
        (Kind::Multi, Some(choice)) => question.levels.iter().find(|level| level.id == *choice),
        _ => question.levels.first(),
    }
}

/// The item, or the question of one item, with the answer whose share is shown; the method of an ask that has a name.
fn row_label(outline: &Outline, test: &Finding, answer: Option<&Named>) -> String {
    let question = test.question.as_ref().and_then(|id| outline.question(&test.group, id));
    let Some(question) = question else { return test.id.to_string() };
    let item = test.item.as_ref().and_then(|id| question.items.iter().find(|item| item.id == *id));
    let name = if question.label.trim().is_empty() { &question.id } else { &question.label };
    let words = item.map(|item| &item.label).filter(|label| !label.is_empty()).unwrap_or(name);
    let words = answer.map_or_else(|| words.clone(), |answer| format!("{words}: {}", answer.label));
    match (test.ask_name(), test.method) {
        (Some(_), Some(method)) => format!("{words} ({})", method.name),
        _ => words,
    }
}

/// Rows with the name of their ask where another row has the same label.
fn told_apart(mut rows: Vec<EstimatesRow>, tests: &[&Finding]) -> Vec<EstimatesRow> {
    let labels: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
    for (row, test) in rows.iter_mut().zip(tests) {
        let same = labels.iter().filter(|label| **label == row.label).count();
        if let Some(name) = test.ask_name().filter(|_| same > 1) {
            row.label = format!("{}: {name}", row.label);
        }
    }
    rows
}

/// The p-value with the mark of a one-sided test and, of an exact test, the smallest that could have been.
fn p_words(test: &Finding, mark: &str, style: NumberStyle) -> String {
    match &test.value {
        Value::Test(test) => {
            let smallest = test.smallest.map(|smallest| format!("\n[{}]", style.p_value(smallest)));
            format!("{}{mark}{}", style.p_value(test.p), smallest.unwrap_or_default())
        }
        _ => "n/a".to_owned(),
    }
}
