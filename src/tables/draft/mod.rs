//! Cells from findings, while the footnotes and methods of the table are gathered.

mod whole;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Missing;
use crate::findings::{Asked, Caution, Finding, Findings, Reason, Value};
use crate::numbers::{ColumnDecimals, Decimals, NumberStyle, Rounding, percent};

use super::table::{Cell, Quote, Row};

use words::{caution_words, method_words};

/// How a share is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShareForm {
    /// `9 (64%)`, where the base stands in its own column.
    CountFirst,
    /// `64% (9/14)`.
    PercentFirst,
    /// `64% (9/14) [39% to 84%]`, with the interval where there is one.
    WithInterval,
    /// `64%`, where the count stands in its own row.
    Alone,
}

/// How a table prints its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Print {
    /// The number style of the study.
    pub style: NumberStyle,
    /// The decimals of its columns, where they are not those of the style.
    pub decimals: ColumnDecimals,
    /// How the percents of a whole are rounded.
    pub rounding: Rounding,
}

/// A table in the making.
pub(super) struct Draft<'a> {
    findings: &'a Findings,
    /// The number style.
    pub(super) style: NumberStyle,
    print: Print,
    /// Percents that are rounded as parts of a whole, by the ids of their findings.
    of_wholes: BTreeMap<String, String>,
    /// The ids of findings whose intervals are printed.
    intervals: BTreeSet<String>,
    footnotes: Vec<String>,
    methods: Vec<String>,
}

impl<'a> Draft<'a> {
    /// Starts with no footnote.
    pub(super) fn new(findings: &'a Findings, print: Print) -> Self {
        let (footnotes, methods) = (Vec::new(), Vec::new());
        let (of_wholes, intervals) = (BTreeMap::new(), BTreeSet::new());
        Self { findings, style: print.style, print, of_wholes, intervals, footnotes, methods }
    }

    /// The footnotes and the methods, each once, in the order met.
    pub(super) fn finish(self) -> (Vec<String>, Vec<String>) {
        (self.footnotes, self.methods)
    }

    /// The decimals of a column of shares: those that its smallest base can carry.
    pub(super) fn decimals<I: AsRef<str>>(&self, ids: impl IntoIterator<Item = I>) -> Decimals {
        let bases = ids.into_iter().filter_map(|id| match self.findings.get(id.as_ref())?.value {
            Value::Share { of, .. } => Some(of),
            _ => None,
        });
        self.percent_decimals(bases.min().unwrap_or(0))
    }

    /// The decimals of percents of so many people.
    pub(super) fn percent_decimals(&self, base: u64) -> Decimals {
        self.print.decimals.percent.map_or_else(|| self.style.percent_decimals(base), Decimals)
    }

    /// The decimals of differences in percentage points: those that the table asks for percents, else one, as figures have.
    pub(super) fn point_decimals(&self) -> u8 {
        self.print.decimals.percent.unwrap_or(1)
    }

    /// The decimals of means and standard deviations.
    pub(super) fn means(&self) -> u8 {
        self.print.decimals.mean.unwrap_or_else(|| self.style.mean_decimals())
    }

    /// The findings.
    pub(super) fn findings(&self) -> &'a Findings {
        self.findings
    }

    /// Who was asked, by the first of these findings that is there.
    pub(super) fn asked<I: AsRef<str>>(&self, ids: impl IntoIterator<Item = I>) -> Option<&'a Asked> {
        ids.into_iter().find_map(|id| self.findings.get(id.as_ref())?.base.asked.as_ref())
    }

    /// A value, if it was found.
    pub(super) fn value(&self, id: &str) -> Option<&'a Value> {
        self.findings.get(id).map(|finding| &finding.value)
    }

    /// A count.
    pub(super) fn count(&mut self, id: &str) -> Cell {
        self.quoted(id, Decimals(1), |style, finding| match finding.value {
            Value::Count(count) | Value::Share { count, .. } => Some(style.count(count)),
            _ => None,
        })
    }

    /// A share.
    pub(super) fn share(&mut self, id: &str, decimals: Decimals, form: ShareForm) -> Cell {
        if form == ShareForm::WithInterval {
            self.name_interval(id);
        }
        let as_part = self.of_wholes.get(id).cloned();
        let cell = self.quoted(id, decimals, |style, finding| {
            let Value::Share { count, of } = finding.value else { return None };
            let percent = match &as_part {
                Some(digits) => format!("{digits}%"),
                None => style.percent(count, of, decimals),
            };
            let interval = finding.interval.as_ref().map_or(String::new(), |interval| {
                format!(" [{}]", style.percent_interval(interval.low, interval.high, decimals))
            });
            let (count, of) = (style.count(count), style.count(of));
            Some(match form {
                ShareForm::CountFirst => format!("{count} ({percent})"),
                ShareForm::PercentFirst => format!("{percent} ({count}/{of})"),
                ShareForm::WithInterval => format!("{percent} ({count}/{of}){interval}"),
                ShareForm::Alone => percent,
            })
        });
        match as_part {
            Some(digits) => self.part_of_whole(cell, &digits),
            None => cell,
        }
    }

    /// A number.
    pub(super) fn number(&mut self, id: &str, places: u8) -> Cell {
        self.quoted(id, Decimals(places), |style, finding| match finding.value {
            Value::Number(number) => Some(printed(style, finding, number, places)),
            Value::Count(count) => Some(style.count(count)),
            _ => None,
        })
    }

    /// A mean or a standard deviation.
    pub(super) fn mean(&mut self, id: &str) -> Cell {
        self.number(id, self.means())
    }

    /// A mean with its interval, where it has one.
    pub(super) fn mean_with_interval(&mut self, id: &str) -> Cell {
        self.with_interval(id, self.means())
    }

    /// A day.
    pub(super) fn day(&mut self, id: &str) -> Cell {
        self.quoted(id, Decimals(0), |_, finding| match finding.value {
            Value::Date(day) => Some(day.to_string()),
            _ => None,
        })
    }

    /// A number between nothing and one as a percent; what it divides stands in its footnote.
    pub(super) fn percent(&mut self, id: &str, decimals: Decimals) -> Cell {
        self.quoted(id, decimals, |style, finding| match finding.value {
            Value::Number(number) => Some(format!("{}%", style.number(number * 100.0, decimals.0))),
            _ => None,
        })
    }

    /// A difference of shares in percentage points, with its interval.
    pub(super) fn points(&mut self, id: &str, decimals: Decimals) -> Cell {
        self.intervals.insert(id.to_owned());
        self.quoted(id, decimals, |style, finding| {
            let Value::Number(number) = finding.value else { return None };
            let points = |share: f64| style.number(share * 100.0, decimals.0);
            let interval = finding.interval.as_ref().map_or(String::new(), |interval| {
                format!(" [{}]", style.limits(&points(interval.low), &points(interval.high)))
            });
            Some(format!("{}{interval}", points(number)))
        })
    }

    /// An estimate with its interval, times `factor`, between what stands before and behind it.
    pub(super) fn estimate(&mut self, id: &str, before: &str, factor: f64, places: u8, behind: &str) -> Cell {
        self.name_interval(id);
        self.quoted(id, Decimals(places), |style, finding| {
            let Value::Number(number) = finding.value else { return None };
            // Times something, a number is on a scale of its own.
            let print = |number: f64| match factor {
                1.0 => printed(style, finding, number, places),
                _ => style.number(number * factor, places),
            };
            let limits = finding.interval.as_ref().map_or(String::new(), |interval| {
                format!(" [{}]", style.limits(&print(interval.low), &print(interval.high)))
            });
            Some(format!("{before}{}{behind}{limits}", print(number)))
        })
    }

    /// A number with its interval, where it has one.
    pub(super) fn with_interval(&mut self, id: &str, places: u8) -> Cell {
        self.estimate(id, "", 1.0, places, "")
    }

    /// A p-value and, of an exact test, the smallest that could have been.
    pub(super) fn p_value(&mut self, id: &str) -> Cell {
        let mut cell = self.p_with_smallest(id);
        if let Some(words) = self.findings.get(id).and_then(Finding::one_sided) {
            cell.marks.push(self.footnote(&words));
        }
        cell
    }

    fn p_with_smallest(&mut self, id: &str) -> Cell {
        let print = self.print;
        self.quoted(id, Decimals(3), |_, finding| {
            let Value::Test(test) = &finding.value else { return None };
            let smallest = test.smallest.map(|smallest| format!(" [{}]", print.p(smallest)));
            Some(format!("{}{}", print.p(test.p), smallest.unwrap_or_default()))
        })
    }

    /// A p-value and nothing else.
    pub(super) fn p_alone(&mut self, id: &str) -> Cell {
        let print = self.print;
        self.quoted(id, Decimals(3), |_, finding| match &finding.value {
            Value::Test(test) => Some(print.p(test.p)),
            _ => None,
        })
    }

    /// A cell marked with a fact about it alone.
    pub(super) fn marked(&mut self, mut cell: Cell, caution: &Caution) -> Cell {
        cell.marks.push(self.footnote(&caution_words(caution)));
        cell
    }

    /// A row whose cells carry their own marks.
    pub(super) fn row_of_cells(label: &str, cells: Vec<Cell>) -> Row {
        Row { label: label.to_owned(), marks: Vec::new(), cells }
    }

    /// A p-value adjusted for its family; a dash where there is none.
    pub(super) fn adjusted_p(&mut self, id: &str) -> Cell {
        let print = self.print;
        self.quoted(id, Decimals(3), |_, finding| {
            let Value::Test(test) = &finding.value else { return None };
            Some(test.adjusted.as_ref().map_or("\u{2013}".to_owned(), |adjusted| print.p(adjusted.p)))
        })
    }

    /// Several cells as one, with their texts put in by `join`.
    pub(super) fn joined<const N: usize>(cells: [Cell; N], join: impl Fn([&str; N]) -> String) -> Cell {
        let shown = join(cells.each_ref().map(|cell| cell.shown.as_str()));
        let mut marks: Vec<usize> = cells.iter().flat_map(|cell| cell.marks.iter().copied()).collect();
        marks.sort_unstable();
        marks.dedup();
        let quotes = cells.into_iter().flat_map(|cell| cell.quotes).collect();
        Cell { shown, marks, quotes }
    }

    /// A cell whose text no single finding holds, such as a count of missing answers.
    pub(super) fn said(shown: impl Into<String>) -> Cell {
        Cell { shown: shown.into(), ..Cell::default() }
    }

    /// A cell whose value is withheld, in the shorthand of official statistics.
    pub(super) fn withheld(&mut self) -> Cell {
        let mark = self.footnote(&format!("[c]: {}", Reason::Withheld));
        Cell { shown: "[c]".to_owned(), marks: vec![mark], quotes: Vec::new() }
    }

    /// A cell about the account of a question that no finding holds.
    pub(super) fn without_account(&mut self) -> Cell {
        let is_withheld = |finding: &Finding| matches!(finding.value, Value::NotComputed(Reason::Withheld));
        if self.findings.iter().any(is_withheld) {
            self.withheld()
        } else {
            self.absent("nothing says who was asked")
        }
    }

    /// A cell that says why it has no value.
    pub(super) fn absent(&mut self, why: &str) -> Cell {
        self.no_number(&format!("not computed: {why}"))
    }

    fn no_number(&mut self, words: &str) -> Cell {
        let mark = self.footnote(words);
        Cell { shown: "n/a".to_owned(), marks: vec![mark], quotes: Vec::new() }
    }

    /// Marks a base with the facts about its cells of the export. They are about everybody who was asked, so that they
    /// stand once, here, and not beside every number.
    pub(super) fn with_facts(&mut self, mut cell: Cell, asked: Option<&Asked>) -> Cell {
        let count = |reason| asked.and_then(|asked| asked.missing.get(&reason)).copied().filter(|n| *n > 0);
        let facts = [
            count(Missing::Blank).map(|count| Caution::UnexplainedBlanks { count }),
            count(Missing::Unreadable).map(|count| Caution::Unreadable { count }),
        ];
        for fact in facts.into_iter().flatten() {
            let words = caution_words(&fact);
            // A cell that is the count says it already, so that rows of other counts share the footnote.
            let words = words.strip_prefix(&format!("{} ", cell.shown)).unwrap_or(&words).to_owned();
            let mark = self.footnote(&words);
            cell.marks.push(mark);
        }
        cell
    }

    /// A row, marked with the cautions of the findings that it shows; facts about cells are marked at the base.
    pub(super) fn row(&mut self, label: &str, cells: Vec<Cell>) -> Row {
        let findings = self.findings;
        let quoted: Vec<&Finding> = cells
            .iter()
            .flat_map(|cell| &cell.quotes)
            .filter_map(|quote| findings.get(quote.id.as_str()))
            .collect();
        let mut marks: Vec<usize> = quoted
            .iter()
            .flat_map(|finding| finding.cautions.iter().map(move |caution| (finding, caution)))
            .filter(|(finding, caution)| {
                !matches!(caution, Caution::UnexplainedBlanks { .. } | Caution::Unreadable { .. })
                    && (!is_about_interval(caution) || self.shows_interval(finding))
            })
            .map(|(_, caution)| caution)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|caution| self.footnote(&caution_words(caution)))
            .collect();
        marks.sort_unstable();
        marks.dedup();
        for finding in quoted {
            self.name_methods(finding);
            if finding.cautions.contains(&Caution::OptIn) && !self.shows_interval(finding) {
                self.note("People came of themselves and were not drawn: no sample of a population.");
            }
        }
        Row { label: label.to_owned(), marks, cells }
    }

    fn quoted(
        &mut self,
        id: &str,
        decimals: Decimals,
        print: impl Fn(NumberStyle, &Finding) -> Option<String>,
    ) -> Cell {
        let Some(finding) = self.findings.get(id) else {
            return self.absent("not part of this study's analyses");
        };
        let quote = Quote {
            id: finding.id.clone(),
            value: finding.value.clone(),
            interval: finding.interval.clone(),
            percent: match finding.value {
                Value::Share { count, of } => percent(count, of, decimals.0),
                _ => None,
            },
        };
        let cell = match &finding.value {
            Value::NotComputed(Reason::NotApplicable(why)) => {
                self.no_number(&format!("not applicable: {why}"))
            }
            Value::NotComputed(Reason::Withheld) => self.withheld(),
            Value::NotComputed(reason) => self.absent(&reason.to_string()),
            _ => match print(self.style, finding) {
                Some(shown) => Self::said(shown),
                None => self.absent("the finding is of another kind"),
            },
        };
        Cell { quotes: vec![quote], ..cell }
    }

    /// The position of a footnote, which is added if it is new.
    fn footnote(&mut self, text: &str) -> usize {
        position_of(&mut self.footnotes, text)
    }

    /// Adds a note on how the table is made, once.
    fn note(&mut self, words: &str) {
        position_of(&mut self.methods, words);
    }

    fn name_methods(&mut self, finding: &Finding) {
        if let Some(words) = finding.method.and_then(|method| method_words(finding, &method)) {
            position_of(&mut self.methods, &words);
        }
    }

    /// Whether what is said of an interval concerns the reader: it is printed, or stands beside a test, whose p rests on
    /// the same.
    fn shows_interval(&self, finding: &Finding) -> bool {
        match finding.value {
            Value::Test(_) => true,
            _ => finding.interval.is_some() && self.intervals.contains(finding.id.as_str()),
        }
    }

    /// Names the method of an interval that is printed.
    fn name_interval(&mut self, id: &str) {
        let Some(finding) = self.findings.get(id) else { return };
        self.intervals.insert(id.to_owned());
        if let (Value::Share { .. } | Value::Number(_), Some(interval)) = (&finding.value, &finding.interval)
        {
            let level = self.style.level(interval.level.get());
            position_of(&mut self.methods, &format!("Intervals: {}, {level}.", interval.method.name));
        }
    }
}

impl Print {
    fn p(self, p: f64) -> String {
        self.style.p_value_to(p, self.decimals.p.unwrap_or_else(|| self.style.p_decimals(p)))
    }
}

/// Whether a caution says how an interval is to be taken.
fn is_about_interval(caution: &Caution) -> bool {
    caution.is_about_interval() || *caution == Caution::OptIn
}

/// A number as its statistic wants it: of one that cannot exceed 1 a style may drop the zero.
fn printed(style: NumberStyle, finding: &Finding, number: f64, places: u8) -> String {
    if finding.statistic.is_at_most_one() {
        style.coefficient(number, places)
    } else {
        style.number(number, places)
    }
}

/// The position of a text, which is added if it is new.
fn position_of(texts: &mut Vec<String>, text: &str) -> usize {
    texts.iter().position(|known| known == text).unwrap_or_else(|| {
        texts.push(text.to_owned());
        texts.len() - 1
    })
}
