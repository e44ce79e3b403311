//! Tables: from findings to rows of cells, to Markdown, HTML and CSV.
//!
//! A cell knows the findings that it shows, so that every printed number can be followed back. The renderers add
//! separators and escapes and nothing else.

mod build;
mod csv;
mod draft;
mod html;
mod markdown;
#[cfg(test)]
mod samples;
mod table;

use std::fmt;

use crate::findings::{Findings, Kind, Outline, QuestionOutline};
use crate::numbers::NumberStyle;

pub use csv::csv;
pub use html::html;
pub use markdown::markdown;
pub use table::{Cell, Quote, Row, Section, Table, letter};

use draft::Draft;

/// What is to be tabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRequest {
    /// The id of the table, which is also the name of its files.
    pub id: String,
    /// Its title; if empty, one that follows from its kind.
    pub title: String,
    /// The groups in order; if empty, every group that was asked.
    pub groups: Vec<String>,
    /// What kind of table, of which questions.
    pub kind: TableKind,
}

/// The kinds of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKind {
    /// Those invited, what became of them, response rates, rows analysed: a row for each group.
    Response,
    /// Single choices and single questions on a scale, a column for each group, with those who did not answer.
    Sample {
        /// The questions in order.
        questions: Vec<String>,
    },
    /// Items on a scale: every point, base, missing, median, mean, top box.
    Items {
        /// The question.
        question: String,
    },
    /// Choices of a multi-select: respondents and mentions as two bases.
    Choices {
        /// The question.
        question: String,
    },
    /// A ranking: how often each item has each rank, mean rank, order with ties.
    Ranking {
        /// The question.
        question: String,
    },
    /// Numbers: base, mean, median, range.
    Numbers {
        /// The questions in order.
        questions: Vec<String>,
    },
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTabled {
    /// There is no group of this name.
    UnknownGroup {
        /// The name.
        group: String,
    },
    /// None of the groups was asked a question of this name.
    UnknownQuestion {
        /// The name.
        question: String,
    },
    /// The question is of a kind that this table cannot show.
    WrongKind {
        /// The question.
        question: String,
        /// Its kind.
        kind: Kind,
    },
    /// The groups answered on different scales, so that one heading cannot stand over both.
    DifferentScales {
        /// The question.
        question: String,
    },
}

impl fmt::Display for NotTabled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownGroup { group } => write!(f, "there is no group {group}"),
            Self::UnknownQuestion { question } => write!(f, "no group of the table was asked {question}"),
            Self::WrongKind { question, .. } => {
                write!(f, "{question} is of a kind that this table cannot show")
            }
            Self::DifferentScales { question } => {
                write!(f, "the groups answered {question} on different scales: make a table for each group")
            }
        }
    }
}

impl std::error::Error for NotTabled {}

/// Builds a table from the findings.
pub fn build(
    request: &TableRequest,
    outline: &Outline,
    findings: &Findings,
    style: NumberStyle,
) -> Result<Table, NotTabled> {
    let mut draft = Draft::new(findings, style);
    let groups = groups(outline, &request.groups)?;
    let mut table = match &request.kind {
        TableKind::Response => build::response(&mut draft, outline, &groups),
        TableKind::Sample { questions } => {
            let asked = each(outline, &groups, questions, &[Kind::Single, Kind::Likert])?;
            // A battery has a table of its own; a single question on a scale describes people as a choice does.
            if let Some(battery) = asked.iter().flatten().find(|question| question.items.len() > 1) {
                return Err(NotTabled::WrongKind { question: battery.id.clone(), kind: battery.kind });
            }
            build::sample(&mut draft, outline, &groups, &asked)
        }
        TableKind::Items { question } => {
            let asked = asked(outline, &groups, question, &[Kind::Likert])?;
            if asked.windows(2).any(|pair| pair[0].levels != pair[1].levels) {
                return Err(NotTabled::DifferentScales { question: question.clone() });
            }
            build::items(&mut draft, outline, &asked)
        }
        TableKind::Choices { question } => {
            build::choices(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Multi])?)
        }
        TableKind::Ranking { question } => {
            build::ranking(&mut draft, outline, &asked(outline, &groups, question, &[Kind::Ranking])?)
        }
        TableKind::Numbers { questions } => {
            build::numbers(&mut draft, outline, &each(outline, &groups, questions, &[Kind::Number])?)
        }
    };
    table.id.clone_from(&request.id);
    if !request.title.trim().is_empty() {
        table.title.clone_from(&request.title);
    }
    let (footnotes, methods) = draft.finish();
    table.footnotes = footnotes;
    table.order_footnotes();
    table.notes.extend(methods);
    table.notes.extend(outline.notes.iter().cloned());
    Ok(table)
}

/// The groups that are named, all of them if none is.
fn groups(outline: &Outline, wanted: &[String]) -> Result<Vec<String>, NotTabled> {
    if wanted.is_empty() {
        return Ok(outline.groups.iter().map(|group| group.id.clone()).collect());
    }
    match wanted.iter().find(|wanted| !outline.groups.iter().any(|group| group.id == **wanted)) {
        Some(unknown) => Err(NotTabled::UnknownGroup { group: unknown.clone() }),
        None => Ok(wanted.to_vec()),
    }
}

/// The question as each of the groups was asked it; a group that was not asked it is passed over.
fn asked<'a>(
    outline: &'a Outline,
    groups: &[String],
    question: &str,
    kinds: &[Kind],
) -> Result<Vec<&'a QuestionOutline>, NotTabled> {
    let asked: Vec<&QuestionOutline> =
        groups.iter().filter_map(|group| outline.question(group, question)).collect();
    if asked.is_empty() {
        return Err(NotTabled::UnknownQuestion { question: question.to_owned() });
    }
    match asked.iter().find(|asked| !kinds.contains(&asked.kind)) {
        Some(wrong) => Err(NotTabled::WrongKind { question: question.to_owned(), kind: wrong.kind }),
        None => Ok(asked),
    }
}

/// Several questions, each as the groups were asked it.
fn each<'a>(
    outline: &'a Outline,
    groups: &[String],
    questions: &[String],
    kinds: &[Kind],
) -> Result<Vec<Vec<&'a QuestionOutline>>, NotTabled> {
    questions.iter().map(|question| asked(outline, groups, question, kinds)).collect()
}

#[cfg(test)]
mod tests {
    use super::samples::{Study, base, named, order};
    use super::*;
    use crate::findings::{Reason, Value};

    fn request(kind: TableKind) -> TableRequest {
        TableRequest { id: "table".into(), title: String::new(), groups: Vec::new(), kind }
    }

    fn built(study: &Study, kind: TableKind) -> Table {
        build(&request(kind), &study.outline, &study.findings, NumberStyle::Ama).unwrap()
    }

    fn shown(row: &Row) -> Vec<&str> {
        row.cells.iter().map(|cell| cell.shown.as_str()).collect()
    }

    #[test]
    fn items_show_every_point_base_missing_and_summaries() {
        let mut study = Study::new();
        let levels = [named("no", "No"), named("maybe", "Maybe"), named("yes", "Yes")];
        study.question("students", "q", Kind::Likert, &[named("a", "Item A")], &levels);
        let base = base(14);
        for (tail, value) in [
            ("no", Value::share(0, 14)),
            ("maybe", Value::share(5, 14)),
            ("yes", Value::share(9, 14)),
            ("top-box", Value::share(14, 14)),
            ("answered", Value::Count(14)),
            ("median", Value::Number(3.0)),
            ("q1", Value::Number(2.0)),
            ("q3", Value::Number(3.0)),
            ("mean", Value::Number(2.642_857)),
            ("sd", Value::Number(0.497_245)),
        ] {
            study.push(&format!("students/q/a/{tail}"), &base, value);
        }
        let table = built(&study, TableKind::Items { question: "q".into() });
        assert_eq!(table.columns[..3], ["No, n (%)", "Maybe, n (%)", "Yes, n (%)"]);
        let row = &table.sections[0].rows[0];
        let expected = [
            "0 (0%)",
            "5 (36%)",
            "9 (64%)",
            "14",
            "1",
            "1",
            "3.0 [2.0, 3.0]",
            "2.64 (0.50)",
            "100% (14/14) [25% to 75%]",
        ];
        assert_eq!(shown(row), expected);
        assert_eq!(row.cells[7].quotes.len(), 2, "mean and SD are both quoted");
        assert_eq!(table.footnotes, ["small base: one answer moves a percent by several points"]);
        assert!(table.notes.contains(&"Intervals: Wilson score interval, 95%.".to_owned()));
        assert!(table.notes.contains(&"Top box: Maybe or Yes.".to_owned()));
        assert_eq!(table.notes.last().map(String::as_str), Some("Synthetic answers."));
    }

    #[test]
    fn decimals_are_chosen_for_a_column_by_its_smallest_base() {
        let mut study = Study::new();
        for (group, n) in [("students", 200), ("residents", 50)] {
            study.question(group, "q", Kind::Single, &[named("", "")], &[named("x", "X")]);
            study.push(&format!("{group}/q/x"), &base(n), Value::share(1, n));
        }
        let table = built(&study, TableKind::Sample { questions: vec!["q".into()] });
        let rows = &table.sections[0].rows;
        assert_eq!(shown(&rows[0]), ["1 (0.5%)", "1 (2%)"], "a column for each group");
        assert_eq!(shown(&rows[1]), ["200", "50"]);
        let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["X", "Answered", "Missing: skipped", "Missing: not applicable"]);
    }

    #[test]
    fn respondents_and_mentions_are_two_bases() {
        let mut study = Study::new();
        study.question("students", "q", Kind::Multi, &[named("", "")], &[named("x", "X"), named("y", "Y")]);
        let base = base(14);
        for (id, value) in [
            ("x", Value::share(9, 14)),
            ("y", Value::share(7, 14)),
            ("x/mentions", Value::share(9, 16)),
            ("y/mentions", Value::share(7, 16)),
            ("mentions-total", Value::Count(16)),
            ("answered", Value::Count(14)),
        ] {
            study.push(&format!("students/q/{id}"), &base, value);
        }
        let table = built(&study, TableKind::Choices { question: "q".into() });
        let rows = &table.sections[0].rows;
        assert_eq!(shown(&rows[0]), ["64% (9/14) [25% to 75%]", "56% (9/16)"]);
        assert_eq!(shown(&rows[2]), ["14", "16"]);
    }

    #[test]
    fn a_ranking_stands_in_its_order_with_ties_as_ties() {
        let mut study = Study::new();
        let items = [named("att", "Attending"), named("res", "Resident"), named("sen", "Senior")];
        study.question("students", "q", Kind::Ranking, &items, &[]);
        let base = base(14);
        for (item, counts) in [("att", [2, 4, 8]), ("res", [2, 4, 8]), ("sen", [10, 3, 1])] {
            for (rank, count) in (1..).zip(counts) {
                study.push(&format!("students/q/{item}/rank-{rank}"), &base, Value::share(count, 14));
            }
            study.push(&format!("students/q/{item}/mean-rank"), &base, Value::Number(1.357));
        }
        study.push("students/q/order", &base, order());
        let table = built(&study, TableKind::Ranking { question: "q".into() });
        let rows = &table.sections[0].rows;
        assert_eq!(rows[0].label, "Senior");
        assert_eq!(shown(&rows[0]), ["1", "71% (10/14)", "21% (3/14)", "7% (1/14)", "1.36"]);
        assert_eq!((rows[1].cells[0].shown.as_str(), rows[2].cells[0].shown.as_str()), ("2=", "2="));
    }

    #[test]
    fn numbers_show_range_and_a_missing_finding_is_no_zero() {
        let mut study = Study::new();
        study.question("students", "age", Kind::Number, &[named("", "")], &[]);
        let base = base(14);
        for (tail, value) in [("mean", 26.04), ("sd", 2.5), ("median", 25.5), ("q1", 24.0), ("q3", 28.0)] {
            study.push(&format!("students/age/{tail}"), &base, Value::Number(value));
        }
        study.push("students/age/minimum", &base, Value::Number(-1.0));
        let table = built(&study, TableKind::Numbers { questions: vec!["age".into()] });
        let row = &table.sections[0].rows[0];
        assert_eq!(row.label, "AGE");
        assert_eq!(shown(row), ["14", "2", "26.04 (2.50)", "25.5 [24.0, 28.0]", "\u{2212}1.0 to n/a"]);
        assert_eq!(row.cells[4].marks.len(), 1);
        assert!(table.footnotes.iter().any(|note| note.contains("not part of this study's analyses")));
    }

    #[test]
    fn a_group_without_answers_says_why() {
        let mut study = Study::new();
        for (group, value) in
            [("students", Value::share(14, 22)), ("residents", Value::NotComputed(Reason::NotCollected))]
        {
            study.push(&format!("{group}/rr2"), &base(14), value);
            study.push(&format!("{group}/invited"), &base(14), Value::Count(22));
        }
        let table = built(&study, TableKind::Response);
        let rate = table.columns.iter().position(|column| column.starts_with("RR2")).unwrap();
        let cells: Vec<&str> =
            table.sections[0].rows.iter().map(|row| row.cells[rate].shown.as_str()).collect();
        assert_eq!(cells, ["64% (14/22) [25% to 75%]", "n/a"]);
        let mark = table.sections[0].rows[1].cells[rate].marks[0];
        assert_eq!(table.footnotes[mark], "not computed: no answers of this group are part of the study");
    }

    #[test]
    fn groups_on_different_scales_have_no_common_table() {
        let mut study = Study::new();
        let item = [named("a", "A")];
        study.question("students", "q", Kind::Likert, &item, &[named("no", "No"), named("yes", "Yes")]);
        study.question("residents", "q", Kind::Likert, &item, &[named("yes", "Yes"), named("no", "No")]);
        let kind = TableKind::Items { question: "q".into() };
        let error = build(&request(kind), &study.outline, &study.findings, NumberStyle::Ama).unwrap_err();
        assert_eq!(error, NotTabled::DifferentScales { question: "q".into() });
        let kind = TableKind::Choices { question: "nothing".into() };
        let error = build(&request(kind), &study.outline, &study.findings, NumberStyle::Ama).unwrap_err();
        assert_eq!(error, NotTabled::UnknownQuestion { question: "nothing".into() });
    }
}
