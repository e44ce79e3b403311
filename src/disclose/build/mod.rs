//! From cohorts and findings to the cells of a study: what is published, of whom, and how it hangs together.

mod family;
mod made;

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Missing;
use crate::disclose::model::{Key, Model, Scope, What};
use crate::disclose::numbers::{Numbers, numbers};
use crate::disclose::reading::{Reading, base_item, item_of, reading};
use crate::findings::{Finding, Findings, Outline, Statistic};
use crate::normalise::Cohort;
use crate::stats::disclosure::linked::Standing;
use crate::study::{Disclosure, Exclusion, Rule, Study};

use family::Builder;

/// The cells of a study and what its findings say of them.
pub(super) struct Built {
    pub(super) model: Model,
    /// What each finding says, in their order.
    pub(super) readings: Vec<Reading>,
    /// The summaries of numbers that may be told.
    pub(super) numbers: Numbers,
    /// The groups whose account of people everybody may know.
    pub(super) open_people: BTreeSet<String>,
    /// The screens that look at no answer.
    open_screens: BTreeSet<String>,
    /// The keys that findings and their bases publish.
    published: BTreeSet<Key>,
}

impl Built {
    /// Whether a count may be told.
    pub(super) fn tells(&self, key: &Key, unknown: &[bool]) -> bool {
        self.is_open(key) || self.model.find(key).is_some_and(|cell| !unknown[cell])
    }

    /// Whether everybody may know a count of people whatever it is.
    pub(super) fn is_open(&self, key: &Key) -> bool {
        match (&key.scope, &key.question, &key.what) {
            (Scope::Group(group), None, What::Screened(rule)) => {
                self.open_people.contains(group) && self.open_screens.contains(rule)
            }
            (Scope::Group(group), None, _) => self.open_people.contains(group),
            _ => false,
        }
    }

    /// How many published counts are withheld for themselves.
    pub(super) fn n_primary(&self) -> u64 {
        let cells = self.published.iter().filter_map(|key| self.model.find(key));
        cells.filter(|cell| self.model.cells[*cell].standing == Standing::Unknown).count() as u64
    }
}

/// Reads the findings and relates all that they count.
pub(super) fn build(
    study: &Study,
    rules: &Disclosure,
    cohorts: &[Cohort],
    outline: &Outline,
    findings: &Findings,
) -> Built {
    let again = read_again(study);
    let read = |finding: &Finding| match &finding.question {
        Some(question) if again.contains(question) => Reading::Named,
        _ => reading(finding, outline),
    };
    let readings: Vec<Reading> = findings.iter().map(read).collect();
    let whole = |cohort: &&Cohort| cohort.part_of.is_none();
    let mut open_people: BTreeSet<String> = if rules.response_is_public {
        cohorts.iter().filter(whole).map(|cohort| cohort.group.clone()).collect()
    } else {
        BTreeSet::new()
    };
    let together: Vec<String> =
        findings.iter().filter(|f| adds_up(f, &open_people)).map(|f| f.group.clone()).collect();
    open_people.extend(together);
    let published = published(findings, &readings, outline);
    let asked: BTreeSet<(String, String)> = findings
        .iter()
        .zip(&readings)
        .filter(|(_, reading)| !matches!(reading, Reading::Named | Reading::Unread))
        .map(|(finding, _)| finding)
        .filter_map(|finding| Some((finding.group.clone(), finding.question.clone()?)))
        .collect();
    let mut builder = Builder {
        rules,
        open_people: &open_people,
        published: &published,
        asked: &asked,
        nets: nets(&readings),
        model: Model::default(),
        divisions: 0,
    };
    let mut families: Vec<Vec<&Cohort>> = Vec::new();
    for cohort in cohorts {
        if !open_people.contains(&cohort.group) && cohort.part_of.is_none() {
            builder.people(cohort);
        }
        if cohort.file.is_none() {
            continue;
        }
        match families.iter_mut().find(|family| family[0].file == cohort.file) {
            Some(family) => family.push(cohort),
            None => families.push(vec![cohort]),
        }
    }
    for family in &families {
        builder.family(study, family);
    }
    let model = builder.model;
    let numbers = numbers(rules, &families, &asked);
    let open_screens = screens_of_conduct(study);
    Built { model, readings, numbers, open_people, open_screens, published }
}

/// The questions that read what another has read already, or what people coded of it: no relation here knows how the
/// counts of one hang on those of the other.
fn read_again(study: &Study) -> BTreeSet<String> {
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut again = BTreeSet::new();
    for question in &study.questions {
        let whole = question
            .sources
            .iter()
            .flat_map(|(group, sources)| sources.iter().map(move |source| (group.as_str(), source)));
        let of_items = question
            .items
            .iter()
            .flat_map(|item| item.sources.iter().map(|(group, source)| (group.as_str(), source)));
        let own: Vec<(&str, &str)> =
            whole.chain(of_items).map(|(group, source)| (group, source.value.as_str())).collect();
        if question.coding.is_some() || own.iter().any(|source| known.contains(source)) {
            again.insert(question.id.clone());
        }
        known.extend(own);
    }
    again
}

/// Whether a finding is about several groups as one, of each of which everybody may know who responded.
fn adds_up(finding: &Finding, open_people: &BTreeSet<String>) -> bool {
    let sides = &finding.base.sides;
    finding.statistic == Statistic::Rr1
        && finding.question.is_none()
        && !sides.is_empty()
        && sides.iter().all(|side| open_people.contains(&side.id))
}

/// The screens that look at how people came and went, and at none of their answers.
fn screens_of_conduct(study: &Study) -> BTreeSet<String> {
    let is_of_conduct = |screen: &&Exclusion| match screen.rule {
        Rule::Preview
        | Rule::Unfinished
        | Rule::Duplicate { .. }
        | Rule::NotOnRoster
        | Rule::BreakOff
        | Rule::Speeder(_)
        | Rule::Progress { .. } => true,
        Rule::Test(_)
        | Rule::Consent { .. }
        | Rule::Eligibility { .. }
        | Rule::Attention { .. }
        | Rule::Longstring { .. }
        | Rule::Irv { .. }
        | Rule::EvenOdd { .. }
        | Rule::Mahalanobis { .. } => false,
    };
    study.screens.iter().filter(is_of_conduct).map(|screen| screen.id.clone()).collect()
}

/// Every count that the findings would tell: their own, and those of the bases that stand beside them.
fn published(findings: &Findings, readings: &[Reading], outline: &Outline) -> BTreeSet<Key> {
    let mut published = BTreeSet::new();
    for (finding, reading) in findings.iter().zip(readings) {
        match reading {
            Reading::Named | Reading::Unread => continue,
            Reading::Counts(keys) => published.extend(keys.iter().cloned()),
            _ => {}
        }
        published.extend(base_keys(finding, outline));
    }
    published
}

/// The counts that a finding's base tells.
pub(super) fn base_keys(finding: &Finding, outline: &Outline) -> Vec<Key> {
    let scope = Scope::Group(finding.group.clone());
    let mut keys = vec![Key::people(&scope, What::Included)];
    let question = finding.question.as_ref().and_then(|id| outline.question(&finding.group, id));
    if let (Some(question), Some(_)) = (question, &finding.base.asked) {
        let item = base_item(question.kind, item_of(finding, outline));
        keys.push(Key::item(&scope, &question.id, item, What::Answered));
        // A reason that is not listed is one that nobody has.
        let missing = Missing::ALL.into_iter().map(What::Missing).chain([What::Unlisted]);
        keys.extend(missing.map(|what| Key::item(&scope, &question.id, item, what)));
    }
    keys
}

/// The sets of levels that some finding counts together, by question.
fn nets(readings: &[Reading]) -> BTreeMap<String, Vec<(usize, Vec<u16>)>> {
    let mut nets: BTreeMap<String, Vec<(usize, Vec<u16>)>> = BTreeMap::new();
    for reading in readings {
        let Reading::Counts(keys) = reading else { continue };
        for key in keys {
            if let (Some(question), What::Levels(codes)) = (&key.question, &key.what) {
                let of = nets.entry(question.clone()).or_default();
                if codes.len() > 1 && !of.contains(&(key.item, codes.clone())) {
                    of.push((key.item, codes.clone()));
                }
            }
        }
    }
    nets
}
