//! `findings.json`: every finding unformatted, with its base, value, interval, method and cautions.

use serde::{Deserialize, Serialize};

use crate::findings::{Caution, Finding, Findings, Kind, LinkOutline, Outline, TestResult, Value};
use crate::numbers::pinned;
use crate::stats::{Interval, Method, Which};

use super::base::BaseRecord;
use super::format::{self, FINDINGS, Format, Unreadable};

/// The file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingsFile {
    /// Its format.
    pub format: Format,
    /// The study.
    pub study: StudyRecord,
    /// Questions in words, as each group was asked them.
    pub questions: Vec<QuestionRecord>,
    /// The findings in the order in which they were asked.
    pub findings: Vec<FindingRecord>,
}

/// The study in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyRecord {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What must be said with every output.
    pub notes: Vec<String>,
    /// Its groups: id and label.
    pub groups: Vec<NamedRecord>,
    /// What is compared, such as `students~residents`, and the answers that are sides.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub comparisons: Vec<NamedRecord>,
    /// Its links between groups.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub links: Vec<LinkRecord>,
}

/// A link between two groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The id.
    pub id: String,
    /// The label.
    pub label: String,
    /// The two groups.
    pub between: [String; 2],
}

/// An id and its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRecord {
    /// The id.
    pub id: String,
    /// The label.
    pub label: String,
}

/// A question as one group was asked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRecord {
    /// The group.
    pub group: String,
    /// The id.
    pub id: String,
    /// The label.
    pub label: String,
    /// The wording in the export.
    pub wording: String,
    /// The kind.
    pub kind: String,
    /// The items.
    pub items: Vec<NamedRecord>,
    /// The scale points from low to high, or the choices.
    pub levels: Vec<NamedRecord>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingRecord {
    /// The id.
    pub id: String,
    /// The group.
    pub group: String,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<String>,
    /// The item.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<String>,
    /// The level within the item.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<String>,
    /// The statistic.
    pub statistic: String,
    /// The account of people.
    pub base: BaseRecord,
    /// The value.
    pub value: ValueRecord,
    /// The interval.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interval: Option<IntervalRecord>,
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub method: Option<MethodRecord>,
    /// What a reader must know beside it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub cautions: Vec<CautionRecord>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueRecord {
    /// A count.
    Count(u64),
    /// A share as two counts.
    Share {
        /// How many.
        count: u64,
        /// Of how many.
        of: u64,
    },
    /// A number, to ten significant digits.
    Number(f64),
    /// A day, as `2020-03-31`.
    Date(String),
    /// The result of a test.
    Test(TestRecord),
    /// An order of tiers.
    Order(Vec<TierRecord>),
    /// Why there is no value.
    NotComputed(String),
}

/// The result of a test, to ten significant digits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestRecord {
    /// The statistic.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub df: Vec<f64>,
    /// The p-value.
    pub p: f64,
    /// Which tails it sums: `two-sided`, `greater` or `less`.
    pub which: String,
    /// The smallest p-value that these numbers of people could have given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub smallest: Option<f64>,
    /// The p-value adjusted for its family.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub adjusted: Option<AdjustedRecord>,
}

/// A p-value adjusted for the others of its family.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdjustedRecord {
    /// The adjusted p-value.
    pub p: f64,
    /// How it was adjusted.
    pub method: String,
    /// The family.
    pub family: String,
    /// How many tests it holds.
    pub tests: u64,
}

/// Things that share one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TierRecord {
    /// Their labels.
    pub labels: Vec<String>,
    /// What put them there, to ten significant digits.
    pub score: f64,
}

/// An interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IntervalRecord {
    /// The confidence level.
    pub level: f64,
    /// The lower limit, to ten significant digits.
    pub low: f64,
    /// The upper limit, to ten significant digits.
    pub high: f64,
    /// The method.
    pub method: String,
}

/// A method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodRecord {
    /// Its id in the methods page.
    pub id: String,
    /// The convention followed.
    pub convention: String,
}

/// A caution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CautionRecord {
    /// Its kind.
    pub id: String,
    /// In words.
    pub text: String,
}

impl FindingsFile {
    /// The file for these findings.
    pub fn new(study: &str, outline: &Outline, findings: &Findings) -> Self {
        let named = |named: &[crate::findings::Named]| -> Vec<NamedRecord> {
            named
                .iter()
                .map(|named| NamedRecord { id: named.id.clone(), label: named.label.clone() })
                .collect()
        };
        let questions = outline.questions.iter().map(|question| QuestionRecord {
            group: question.group.clone(),
            id: question.id.clone(),
            label: question.label.clone(),
            wording: question.wording.clone(),
            kind: Kind::name(question.kind).to_owned(),
            items: named(&question.items),
            levels: named(&question.levels),
        });
        Self {
            format: Format::current(FINDINGS),
            study: StudyRecord {
                id: study.to_owned(),
                title: outline.title.clone(),
                notes: outline.notes.clone(),
                groups: named(&outline.groups),
                comparisons: named(&outline.comparisons),
                links: outline.links.iter().map(LinkRecord::from).collect(),
            },
            questions: questions.collect(),
            findings: findings.iter().map(FindingRecord::from).collect(),
        }
    }

    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        format::write(self)
    }

    /// Reads the file.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        format::read(bytes, FINDINGS)
    }
}

impl From<&LinkOutline> for LinkRecord {
    fn from(link: &LinkOutline) -> Self {
        Self { id: link.id.clone(), label: link.label.clone(), between: link.between.clone() }
    }
}

impl From<&Finding> for FindingRecord {
    fn from(finding: &Finding) -> Self {
        Self {
            id: finding.id.as_str().to_owned(),
            group: finding.group.clone(),
            question: finding.question.clone(),
            item: finding.item.clone(),
            level: finding.level.clone(),
            statistic: finding.statistic.id().to_owned(),
            base: BaseRecord::from(&finding.base),
            value: ValueRecord::from(&finding.value),
            interval: finding.interval.as_ref().map(IntervalRecord::from),
            method: finding.method.map(MethodRecord::from),
            cautions: finding.cautions.iter().map(CautionRecord::from).collect(),
        }
    }
}

impl From<&TestResult> for TestRecord {
    fn from(test: &TestResult) -> Self {
        Self {
            statistic: test.statistic.map(pinned),
            df: test.df.iter().copied().map(pinned).collect(),
            p: pinned(test.p),
            which: match test.which {
                Which::TwoSided => "two-sided",
                Which::Greater => "greater",
                Which::Less => "less",
            }
            .to_owned(),
            smallest: test.smallest.map(pinned),
            adjusted: test.adjusted.as_ref().map(|adjusted| AdjustedRecord {
                p: pinned(adjusted.p),
                method: adjusted.method.id.to_owned(),
                family: adjusted.family.clone(),
                tests: adjusted.tests,
            }),
        }
    }
}

impl From<&Value> for ValueRecord {
    fn from(value: &Value) -> Self {
        match value {
            Value::Count(count) => Self::Count(*count),
            Value::Share { count, of } => Self::Share { count: *count, of: *of },
            Value::Number(number) => Self::Number(pinned(*number)),
            Value::Date(day) => Self::Date(day.to_string()),
            Value::Test(test) => Self::Test(TestRecord::from(test)),
            Value::Order(tiers) => Self::Order(
                tiers
                    .iter()
                    .map(|tier| TierRecord { labels: tier.labels.clone(), score: pinned(tier.score) })
                    .collect(),
            ),
            Value::NotComputed(reason) => Self::NotComputed(reason.to_string()),
        }
    }
}

impl From<&Interval> for IntervalRecord {
    fn from(interval: &Interval) -> Self {
        Self {
            level: interval.level.get(),
            low: pinned(interval.low),
            high: pinned(interval.high),
            method: interval.method.id.to_owned(),
        }
    }
}

impl From<Method> for MethodRecord {
    fn from(method: Method) -> Self {
        Self { id: method.id.to_owned(), convention: method.convention.to_owned() }
    }
}

impl From<&Caution> for CautionRecord {
    fn from(caution: &Caution) -> Self {
        Self { id: caution.id().to_owned(), text: caution.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Named;

    #[test]
    fn numbers_are_pinned_to_ten_digits() {
        assert_eq!(
            serde_json::to_string(&ValueRecord::Number(pinned(2.0 / 3.0))).unwrap(),
            r#"{"number":0.6666666667}"#
        );
        assert_eq!(serde_json::to_string(&ValueRecord::Number(pinned(1.5))).unwrap(), r#"{"number":1.5}"#);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let file = FindingsFile::new("s", &Outline::default(), &Findings::default());
        assert_eq!(FindingsFile::read(&file.write()), Ok(file));
        let compared =
            Named { id: "students~residents".to_owned(), label: "Students v. Residents".to_owned() };
        let link = LinkOutline {
            id: "pairs".to_owned(),
            label: "Mentoring pairs".to_owned(),
            between: ["students", "residents"].map(str::to_owned),
            same_people: false,
            attributes: Vec::new(),
        };
        let outline = Outline { comparisons: vec![compared], links: vec![link], ..Outline::default() };
        let file = FindingsFile::new("s", &outline, &Findings::default());
        let read = FindingsFile::read(&file.write()).unwrap();
        assert_eq!(read.study.comparisons[0].label, "Students v. Residents");
        assert_eq!(
            (read.study.links[0].id.as_str(), &read.study.links[0].between[1]),
            ("pairs", &"residents".to_owned())
        );
        assert_eq!(read, file);
        assert!(matches!(FindingsFile::read(b"{}"), Err(Unreadable::Malformed(_))));
    }
}
