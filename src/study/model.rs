//! The study: what is asked, of whom, from which files. Every name in it exists and every value is in range.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::codebook::{Choice, Disposition, Kind, Missing, Scale, Scoring};
use crate::diag::{Diag, FileId, Place};
use crate::numbers::NumberStyle;

use super::asks::Ask;
use super::checklists::ChecklistAsked;
use super::coding::Coding;
use super::dates::Dates;
use super::disclosure::Disclosure;
use super::document::Spanned;
use super::exclusions::Exclusion;
use super::fielding::Fielding;
use super::links::Link;
use super::numbers::Numbers;
use super::parts::Part;
use super::scores::Score;
use super::shown::{ShownFigure, ShownTable};
use super::texts::TextAsked;

/// A study, as its file declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The study file.
    pub file: FileId,
    /// Its id: what the file says, else the name of its folder, or of the file if that is not `study.toml`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How numbers are written.
    pub style: NumberStyle,
    /// What must be said with every output.
    pub notes: Vec<String>,
    /// The texts that are written from its findings.
    pub texts: Vec<TextAsked>,
    /// The reporting checklists that are filled from it.
    pub checklists: Vec<ChecklistAsked>,
    /// The rule by which counts are withheld from a public output, if it declares one.
    pub disclosure: Option<Disclosure>,
    /// The file of reported results and their claims.
    pub reported: Option<FileId>,
    /// The groups in the order of the file.
    pub groups: Vec<Group>,
    /// Parts of groups, by what their people answered.
    pub parts: Vec<Part>,
    /// Links between groups.
    pub links: Vec<Link>,
    /// The questions in the order of the file.
    pub questions: Vec<StudyQuestion>,
    /// The exclusion rules in the order in which they apply.
    pub exclusions: Vec<Exclusion>,
    /// The rules that only count, in order.
    pub screens: Vec<Exclusion>,
    /// What is asked, in order.
    pub asks: Vec<Ask>,
    /// The tables.
    pub tables: Vec<ShownTable>,
    /// The figures.
    pub figures: Vec<ShownFigure>,
    /// What its comments `# decide: ...` say is still to be decided.
    pub to_decide: Vec<Spanned<String>>,
}

/// A group of people who were asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its label in tables and figures.
    pub label: String,
    /// The export with its answers, if they are part of the study.
    pub export: Option<FileId>,
    /// The definition of its survey.
    pub definition: Option<FileId>,
    /// The sheet of the export that holds the answers, if it is a workbook and the study says it.
    pub sheet: Option<Spanned<String>>,
    /// Only rows of the export in which these columns hold these texts.
    pub filter: Vec<(Spanned<String>, String)>,
    /// Columns that look as if they told who a person is and, the writer says, do not.
    pub not_identifying: Vec<Spanned<String>>,
    /// Who was invited.
    pub invited: Option<Roster>,
    /// How they were drawn and reached.
    pub fielding: Fielding,
    /// From which share of answered items a response is complete.
    pub complete: Threshold,
    /// From which share of answered items a response is used.
    pub partial: Threshold,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// A list of the people who were invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// The file, a table with one header row.
    pub file: FileId,
    /// Only rows in which these columns hold these texts.
    pub filter: Vec<(Spanned<String>, String)>,
    /// The column with the key of each person.
    pub key: Spanned<String>,
    /// The column of the export that carries the same key.
    pub link: Option<Spanned<String>>,
    /// The column that says what became of a person, with what its texts mean.
    pub status: Option<Status>,
    /// Columns that describe the people, with the order of their levels where the study says it.
    pub attributes: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
}

/// A column of a roster that says what became of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The column.
    pub column: Spanned<String>,
    /// What its texts mean; others say nothing.
    pub outcomes: Vec<(Spanned<String>, Disposition)>,
}

/// A share of items as an exact ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// The numerator.
    pub numerator: u64,
    /// The denominator.
    pub denominator: u64,
}

impl Threshold {
    /// Whether `answered` of `asked` items reach the threshold. Nothing asked is nothing reached.
    pub fn reached(self, answered: u64, asked: u64) -> bool {
        asked > 0
            && u128::from(answered) * u128::from(self.denominator)
                >= u128::from(asked) * u128::from(self.numerator)
    }

    /// Whether it asks for a greater share than another.
    pub fn is_above(self, other: Self) -> bool {
        u128::from(self.numerator) * u128::from(other.denominator)
            > u128::from(other.numerator) * u128::from(self.denominator)
    }

    /// Reads a decimal number from 0 to 1.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let places = u32::try_from(fraction.len()).ok()?;
        let denominator = 10u64.checked_pow(places)?;
        let numerator = format!("{whole}{fraction}").parse::<u64>().ok()?;
        (numerator <= denominator).then_some(Self { numerator, denominator })
    }
}

/// A question of the study, and which question of each group's export answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyQuestion {
    /// Its id.
    pub id: String,
    /// Its label, if the study gives one.
    pub label: Option<String>,
    /// What kind of question it is.
    pub kind: Kind,
    /// The scale on which its items are answered.
    pub scale: Option<Scale>,
    /// Its choices, where the export has no definition.
    pub choices: Vec<Choice>,
    /// Other texts of cells for choices: the text, and the label or code of the choice that it means.
    pub also: Vec<(Spanned<String>, Spanned<String>)>,
    /// What the numbers of a ranking are, if the study says it.
    pub ranks: Option<Ranks>,
    /// What stands between several answers in one cell: the ticks of a multi-select, the items of a ranking.
    pub separator: Option<Spanned<String>>,
    /// Nets of choices of a multi-select.
    pub nets: Vec<StudyNet>,
    /// Whether items of a ranking that share a rank are tied, and not a mistake.
    pub ties: bool,
    /// Texts of cells that are no answers, with the reason that each says.
    pub missing: Vec<(Spanned<String>, Missing)>,
    /// Items that are worded against the scale, by the study's names or those of an export.
    pub reversed: Vec<Spanned<String>>,
    /// For each group, the questions or columns of its export.
    pub sources: BTreeMap<String, Vec<Spanned<String>>>,
    /// Items by name, joined over groups.
    pub items: Vec<StudyItem>,
    /// The coding of the texts that answer it, if its choices are codes of texts.
    pub coding: Option<Coding>,
    /// What is declared of its dates.
    pub dates: Dates,
    /// What is declared of its numbers.
    pub numbers: Numbers,
    /// How it is made of the answers to another question, if it is a score.
    pub score: Option<Score>,
    /// Where the study file says it.
    pub span: Range<usize>,
}

/// Choices of a multi-select that are counted together: whoever ticked any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyNet {
    /// Its name.
    pub id: String,
    /// The choices, by label or id in the export of any group.
    pub choices: Vec<Spanned<String>>,
}

/// What the numbers of a ranking are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranks {
    /// Ranks from 1, as they are taken for where nothing is said.
    FromOne,
    /// Others.
    Scored(Scoring),
}

impl Ranks {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("from-1", Self::FromOne),
        ("from-0", Self::Scored(Scoring::FromZero)),
        ("high-first", Self::Scored(Scoring::HighFirst)),
        ("points", Self::Scored(Scoring::Points)),
    ];
}

/// An item of a question, named by the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyItem {
    /// Its id.
    pub id: String,
    /// Its label, if the study gives one.
    pub label: Option<String>,
    /// For each group, the column of its export.
    pub sources: BTreeMap<String, Spanned<String>>,
}

impl Study {
    /// The group with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The ids of groups and parts in order, as findings are about them.
    pub fn group_ids(&self) -> impl Iterator<Item = &str> {
        let parts = self.parts.iter().map(|part| part.id.as_str());
        self.groups.iter().map(|group| group.id.as_str()).chain(parts)
    }

    /// A place in the study file.
    pub fn place(&self, span: &Range<usize>) -> Place {
        Place::span(&self.file, span.clone())
    }

    /// An error at a place in the study file.
    pub fn error(&self, code: crate::diag::Code, span: &Range<usize>, message: impl Into<String>) -> Diag {
        Diag::error(code, self.place(span), message)
    }
}

#[cfg(test)]
mod tests {
    use super::Threshold;

    #[test]
    fn four_fifths_is_exact() {
        let threshold = Threshold::parse("0.8").unwrap();
        assert!(threshold.reached(4, 5));
        assert!(!threshold.reached(79, 100));
        assert!(!threshold.reached(0, 0));
        assert_eq!(Threshold::parse("1"), Some(Threshold { numerator: 1, denominator: 1 }));
        assert_eq!(Threshold::parse("1.2"), None);
        assert_eq!(Threshold::parse("-0.1"), None);
    }
}
