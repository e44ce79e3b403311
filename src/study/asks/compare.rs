//! `inquiry = "compare"`: which sides are compared, by which test, in which family of tests.

use crate::codebook::{Kind, Partial};
use crate::diag::codes;
use crate::stats::p_adjust::Adjustment;
use crate::stats::random_tables::{DEFAULT_REPLICATES, Draws};
use crate::stats::{ConfidenceLevel, Which};
use crate::study::document::{Section, Spanned};
use crate::study::names::{check_id, one_of};

use super::kinds::keys_fit;
use super::linked::{Design, Paired, design};
use super::{Inquiry, Known};

/// What a crosstab was told: a comparison of answers without an order, and what else stands in its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Crosstab {
    /// The comparison; its sides are the columns.
    pub compare: Compare,
    /// Whether adjusted residuals are computed.
    pub residuals: bool,
}

/// What a comparison was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// The link whose pairs are compared, if the sides are not independent.
    pub paired: Option<Paired>,
    /// The question whose answers are the sides within each group; without one the groups are the sides.
    pub by: Option<String>,
    /// What stands in the ids of its findings, if the same is compared in another way too.
    pub name: Option<String>,
    /// How its tests become a family.
    pub family: Family,
    /// The fewest people who must have answered on every side for a test.
    pub least: u64,
    /// What the answers are taken for, if not what their kind says.
    pub treat: Option<Treat>,
    /// The test; without one the rule chooses.
    pub test: Option<NamedTest>,
    /// Whether the order of the sides means something.
    pub ordered: bool,
    /// Whether each pair of three or more sides is compared too.
    pub pairwise: bool,
    /// Whether what other programs give by default is computed beside it.
    pub defaults: bool,
    /// The level of intervals.
    pub level: ConfidenceLevel,
    /// Which rankings count, and what an item without a rank means.
    pub partial: Partial,
    /// How many tables are drawn where enumeration is too large, and the seed.
    pub draws: Draws,
    /// Which tails p-values sum: `Greater` asks whether the first side is larger.
    pub which: Which,
}

/// The tests whose p-values are adjusted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its name; without one the ask is a family of its own.
    pub name: Option<String>,
    /// How p-values are adjusted; `None` leaves them as they are.
    pub adjust: Option<Adjustment>,
}

/// What answers are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treat {
    /// Names without an order.
    Nominal,
    /// An order without distances.
    Ordinal,
    /// Numbers with equal distances.
    Interval,
}

impl Treat {
    /// The names in a study file.
    pub const NAMES: [(&'static str, Self); 3] =
        [("nominal", Self::Nominal), ("ordinal", Self::Ordinal), ("interval", Self::Interval)];
}

/// Declares the tests that a study file can name.
macro_rules! named_tests {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)+) => {
        /// A test that a study file names in place of the rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum NamedTest {
            $($(#[$doc])* $name,)+
        }

        impl NamedTest {
            /// The names in a study file.
            pub const NAMES: &'static [(&'static str, Self)] = &[$(($id, Self::$name),)+];
        }
    };
}

named_tests! {
    /// Fisher's exact test where it can be enumerated, else Pearson's where its expected counts allow, else Monte Carlo.
    Independence = "independence",
    /// Fisher's exact test, or its Monte Carlo form where it is too large.
    Fisher = "fisher",
    /// Pearson's chi-square test without correction.
    ChiSquare = "chi-square",
    /// Pearson's chi-square test with Yates's correction, for two by two.
    ChiSquareYates = "chi-square-yates",
    /// The N-1 chi-square test.
    ChiSquareN1 = "chi-square-n-1",
    /// The likelihood-ratio test.
    LikelihoodRatio = "likelihood-ratio",
    /// The Mann-Whitney test, exact for small samples.
    MannWhitney = "mann-whitney",
    /// Its exact form.
    MannWhitneyExact = "mann-whitney-exact",
    /// Its normal approximation with continuity correction.
    MannWhitneyCorrected = "mann-whitney-asymptotic",
    /// Its normal approximation without.
    MannWhitneyUncorrected = "mann-whitney-asymptotic-uncorrected",
    /// The Kruskal-Wallis test, exact for small samples.
    KruskalWallis = "kruskal-wallis",
    /// Its chi-square approximation.
    KruskalWallisAsymptotic = "kruskal-wallis-asymptotic",
    /// The Jonckheere-Terpstra test.
    Jonckheere = "jonckheere-terpstra",
    /// Welch's t test.
    WelchT = "welch-t",
    /// The t test with pooled variance.
    PooledT = "pooled-t",
    /// Welch's analysis of variance.
    WelchAnova = "welch-anova",
    /// The classical analysis of variance.
    Anova = "anova",
    /// Of pairs: the exact McNemar test of two categories, the Stuart-Maxwell test of more.
    MarginalHomogeneity = "marginal-homogeneity",
    /// The exact McNemar test.
    McNemar = "mcnemar",
    /// Its mid-P form.
    McNemarMidP = "mcnemar-mid-p",
    /// Its chi-square approximation, uncorrected.
    McNemarAsymptotic = "mcnemar-asymptotic",
    /// The Stuart-Maxwell test.
    StuartMaxwell = "stuart-maxwell",
    /// Bowker's test of symmetry.
    Bowker = "bowker",
    /// Wilcoxon's signed-rank test, pairs without a change dropped.
    SignedRank = "signed-rank",
    /// The same by Pratt's rule for pairs without a change.
    SignedRankPratt = "signed-rank-pratt",
    /// The sign test.
    Sign = "sign",
    /// The paired t test.
    PairedT = "paired-t",
}

impl NamedTest {
    /// Whether it compares the two members of pairs.
    pub fn is_paired(self) -> bool {
        matches!(
            self,
            Self::MarginalHomogeneity
                | Self::McNemar
                | Self::McNemarMidP
                | Self::McNemarAsymptotic
                | Self::StuartMaxwell
                | Self::Bowker
                | Self::SignedRank
                | Self::SignedRankPratt
                | Self::Sign
                | Self::PairedT
        )
    }
}

/// The adjustments that a study file can name.
const ADJUSTMENTS: [(&str, Option<Adjustment>); 8] = [
    ("holm", Some(Adjustment::Holm)),
    ("bonferroni", Some(Adjustment::Bonferroni)),
    ("hochberg", Some(Adjustment::Hochberg)),
    ("hommel", Some(Adjustment::Hommel)),
    ("sidak", Some(Adjustment::Sidak)),
    ("benjamini-hochberg", Some(Adjustment::BenjaminiHochberg)),
    ("benjamini-yekutieli", Some(Adjustment::BenjaminiYekutieli)),
    ("none", None),
];

const ALTERNATIVES: [(&str, Which); 3] =
    [("two-sided", Which::TwoSided), ("greater", Which::Greater), ("less", Which::Less)];

/// Fewer people than this on a side say nothing that a test could add to.
const LEAST: u64 = 3;

/// The kinds of question whose answers can be sides.
const SIDES: [Kind; 3] = [Kind::Single, Kind::Likert, Kind::Multi];

/// Reads the terms of a crosstab.
pub(super) fn read_crosstab(known: &Known<'_>, section: &Section<'_>) -> Inquiry {
    if section.place_of("by").is_none() {
        let message = "nothing says what stands in the columns";
        let help = "add by = \"a question\"";
        section.problem_with_help(codes::STUDY_MISSING_KEY, section.span.clone(), message, help);
    }
    let residuals = section.flag("residuals").is_some_and(|flag| flag.value);
    let compare = Compare { treat: Some(Treat::Nominal), ..terms(known, section, None) };
    Inquiry::Crosstab(Crosstab { compare, residuals })
}

/// Reads the terms of a comparison.
pub(super) fn read(known: &Known<'_>, section: &Section<'_>) -> Option<Inquiry> {
    let treat = section.text("treat").and_then(|treat| one_of(section, &treat, &Treat::NAMES));
    let flag = |key: &str| section.flag(key).is_some_and(|flag| flag.value);
    let (ordered, pairwise) = (flag("ordered"), flag("pairwise"));
    let paired = match design(known, section)? {
        Design::Independent => None,
        Design::Paired(paired) => Some(paired),
    };
    Some(Inquiry::Compare(Compare { treat, ordered, pairwise, ..terms(known, section, paired) }))
}

/// The terms that every comparison has.
fn terms(known: &Known<'_>, section: &Section<'_>, paired: Option<Paired>) -> Compare {
    what_is_compared(section);
    keys_fit(known, section, paired.is_some());
    let by = by(known, section, "by");
    let sides = section.texts("in");
    if paired.is_none() && section.place_of("by").is_none() && sides.len() < 2 {
        let place = section.place_of("in").unwrap_or(section.span.clone());
        let message = "a comparison needs two sides";
        let help = "add in = [\"one\", \"another\"], or by = \"a question\" whose answers are the sides";
        section.problem_with_help(codes::STUDY_MISSING_KEY, place, message, help);
    }
    let name = section.text("name").map(|name| {
        check_id(section, "comparison", &name);
        if known.questions.iter().any(|question| question.id == name.value) {
            let message =
                format!("\"{}\" is a question, so it cannot be the name of a comparison", name.value);
            let help = "give it another name: both stand at the same place in ids of findings";
            section.problem_with_help(codes::STUDY_DUPLICATE, name.span.clone(), message, help);
        }
        name.value
    });
    let test = section.text("test").filter(|test| test.value != "rule");
    if let Some((name, test)) = test.as_ref().and_then(|name| Some((name, named(name)?)))
        && test.is_paired() != paired.is_some()
    {
        let message = format!("\"{}\" is no test of this design", name.value);
        let help = if paired.is_some() {
            "it takes the sides as independent"
        } else {
            "it needs design = \"paired\""
        };
        section.problem_with_help(codes::STUDY_BAD_VALUE, name.span.clone(), message, help);
    }
    Compare {
        paired,
        by,
        name,
        family: family(section),
        least: least(section),
        treat: None,
        test: test.and_then(|test| one_of(section, &test, NamedTest::NAMES)),
        ordered: false,
        pairwise: false,
        defaults: section.flag("defaults").is_some_and(|flag| flag.value),
        level: level(section),
        partial: section
            .text("partial")
            .and_then(|partial| one_of(section, &partial, &Partial::NAMES))
            .unwrap_or_default(),
        draws: draws(section),
        which: section
            .text("alternative")
            .and_then(|which| one_of(section, &which, &ALTERNATIVES))
            .unwrap_or_default(),
    }
}

/// The test of a name, if there is one.
fn named(name: &Spanned<String>) -> Option<NamedTest> {
    NamedTest::NAMES.iter().find(|(known, _)| *known == name.value).map(|(_, test)| *test)
}

/// A family counts its tests, so what is compared is never guessed.
fn what_is_compared(section: &Section<'_>) {
    if section.texts("of").is_empty() {
        let message = "nothing says what is compared";
        let help = "add of = [\"a question\"]: every question named adds tests to the family";
        section.problem_with_help(codes::STUDY_MISSING_KEY, section.span.clone(), message, help);
    }
}

/// The question whose answers are sides.
pub(super) fn by(known: &Known<'_>, section: &Section<'_>, key: &str) -> Option<String> {
    let by = section.text(key)?;
    match known.questions.iter().find(|question| question.id == by.value) {
        None => {
            let ids: Vec<&str> = known.questions.iter().map(|question| question.id.as_str()).collect();
            section.unknown_name("question", &by, &ids);
            None
        }
        Some(question) if !SIDES.contains(&question.kind) => {
            let message = format!("answers of kind {} make no sides: {}", question.kind.name(), by.value);
            let help = "sides are the answers to a single, multi or likert question";
            section.problem_with_help(codes::STUDY_WRONG_KIND, by.span, message, help);
            None
        }
        Some(_) => Some(by.value),
    }
}

/// The family of tests, by `family` and `adjust`.
pub(super) fn family(section: &Section<'_>) -> Family {
    let adjust = section.text("adjust").and_then(|adjust| one_of(section, &adjust, &ADJUSTMENTS));
    Family {
        name: section.text("family").map(|name| {
            if name.value.contains('/') {
                let message = "a family's name holds no /";
                let help = "the family of a single ask is called so, as its findings are: GROUP/QUESTION";
                section.problem_with_help(codes::STUDY_BAD_VALUE, name.span.clone(), message, help);
            }
            name.value
        }),
        adjust: adjust.unwrap_or(Some(Adjustment::Holm)),
    }
}

/// The fewest people on a side for a test.
pub(super) fn least(section: &Section<'_>) -> u64 {
    section.count("least").map_or(LEAST, |least| {
        if least.value == 0 {
            let message = "a test needs somebody on every side";
            section.problem(codes::STUDY_BAD_VALUE, least.span, message);
        }
        least.value.max(1)
    })
}

/// The level of intervals.
pub(super) fn level(section: &Section<'_>) -> ConfidenceLevel {
    let Some(level) = section.decimal("level") else { return ConfidenceLevel::P95 };
    let parsed = level.value.parse().ok().and_then(|level| ConfidenceLevel::new(level).ok());
    parsed.unwrap_or_else(|| {
        let message = "a level of intervals lies between 0 and 1, such as 0.95";
        section.problem(codes::STUDY_BAD_VALUE, level.span, message);
        ConfidenceLevel::P95
    })
}

/// The seed and the number of replicates of methods that draw.
pub(super) fn draws(section: &Section<'_>) -> Draws {
    let replicates = section.count("replicates").map_or(DEFAULT_REPLICATES, |Spanned { value, span }| {
        if value < 999 {
            let message = "fewer than 999 replicates say little about a p-value";
            section.problem(codes::STUDY_BAD_VALUE, span, message);
        }
        value
    });
    Draws { replicates, seed: section.count("seed").map_or(1, |seed| seed.value) }
}
