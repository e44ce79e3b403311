//! From cohorts and findings to the cells of a study: what is published, of whom, and how it hangs together.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Kind, Missing};
use crate::findings::{Finding, Findings, Outline, Statistic};
use crate::normalise::{Cohort, CohortQuestion};
use crate::stats::disclosure::linked::Standing;
use crate::study::{Disclosure, Exclusion, Rule, Study};

use super::model::{Key, Model, Scope, What};
use super::numbers::{Numbers, numbers};
use super::people;
use super::reading::{Reading, base_item, item_of, reading};
use super::relations::relate;
use super::rows::{Division, Tally, divide, list, reasons, tally};

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

struct Builder<'a> {
    rules: &'a Disclosure,
    open_people: &'a BTreeSet<String>,
    published: &'a BTreeSet<Key>,
    asked: &'a BTreeSet<(String, String)>,
    nets: BTreeMap<String, Vec<(usize, Vec<u16>)>>,
    model: Model,
    divisions: usize,
}

/// A group that is made by the answers to a question: those who gave one of these answers, and perhaps fit other
/// conditions too.
struct Made {
    group: String,
    question: String,
    codes: Vec<u16>,
    alone: bool,
}

impl Builder<'_> {
    fn people(&mut self, cohort: &Cohort) {
        let scope = Scope::Group(cohort.group.clone());
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        let standings = |key: &Key, count: u64| standing(rules, published, open, key, count);
        people::relate(&mut self.model, &scope, &cohort.people, &standings);
    }

    /// Relates all questions of the groups of one export.
    fn family(&mut self, study: &Study, family: &[&Cohort]) {
        let made = made(study, family);
        let mut questions: Vec<&str> = Vec::new();
        for question in family.iter().flat_map(|cohort| cohort.questions.iter()) {
            if !questions.contains(&question.id.as_str()) {
                questions.push(&question.id);
            }
        }
        for question in questions {
            let is_asked =
                |cohort: &&&Cohort| self.asked.contains(&(cohort.group.clone(), question.to_owned()));
            let asked: Vec<&Cohort> = family.iter().filter(is_asked).copied().collect();
            if asked.is_empty() {
                continue;
            }
            let makes = |cohort: &Cohort| {
                made.iter().any(|made| made.group == cohort.group && made.question == question)
            };
            let mut divided = asked.clone();
            divided.extend(
                family
                    .iter()
                    .filter(|cohort| makes(cohort) && !asked.iter().any(|a| a.group == cohort.group)),
            );
            self.question(question, &asked, &divided, &made);
        }
    }

    fn question(&mut self, question: &str, asked: &[&Cohort], divided: &[&Cohort], made: &[Made]) {
        let of = |cohort: &Cohort| cohort.question(question).cloned();
        let Some(first) = asked.first().and_then(|cohort| of(cohort)) else { return };
        // Groups that read other columns, or the same ones by other choices, are asked another question under one name:
        // nothing adds up between them, so that only the first is told.
        let division = (divided.len() > 1).then(|| divide(divided));
        let (linked, apart): (Vec<&Cohort>, Vec<&Cohort>) = asked
            .iter()
            .copied()
            .partition(|cohort| cohort.question(question).is_some_and(|own| same(&first, own, &cohort.rows)));
        let tallies: Vec<Tally> = divided.iter().map(|cohort| tally(&first, &cohort.rows)).collect();
        let reasons = reasons(&tallies);
        for (cohorts, refused) in [(&linked, false), (&apart, true)] {
            for cohort in cohorts {
                let Some(own) = cohort.question(question) else { continue };
                self.account(cohort, own, &reasons, refused);
            }
        }
        if let Some(division) = division {
            self.divisions += 1;
            self.divided(&first, &linked, divided, (&division, &reasons), made);
        }
    }

    /// The account of a question in one group; nothing of it is told if it is refused.
    fn account(
        &mut self,
        cohort: &Cohort,
        question: &CohortQuestion,
        reasons: &BTreeSet<(usize, What)>,
        refused: bool,
    ) {
        let scope = Scope::Group(cohort.group.clone());
        let mut counts = tally(question, &cohort.rows);
        list(&mut counts, reasons);
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        let is_whole = open.contains(&cohort.group);
        // Whether somebody wrote a text is all that is told of it, so that silence is an answer there.
        let is_known_reason = |reason: Missing| {
            rules.nonresponse_is_public && question.kind != Kind::Text && is_nonresponse(reason)
        };
        let standings = |key: &Key, count: u64| {
            let (usual, width) = standing(rules, published, open, key, count);
            let Key { question: Some(_), item, what, .. } = key else { return (usual, width) };
            let base = base_item(question.kind, *item);
            let answered = counts.get(&(base, What::Answered)).copied().unwrap_or(0);
            let is_known = is_whole && matches!(what, What::Missing(reason) if is_known_reason(*reason));
            match what {
                _ if is_known => (Standing::Known, 0),
                _ if refused => (Standing::Unknown, width),
                What::Answered | What::Missing(_) | What::Unlisted => (usual, width),
                _ if answered < rules.minimum_base => (Standing::Unknown, width),
                _ => (usual, width),
            }
        };
        let nets = self.nets.get(&question.id).cloned().unwrap_or_default();
        relate(&mut self.model, &scope, &question.id, (cohort.rows.len() as u64, &counts), &nets, &standings);
    }

    /// What groups have in common: each is the sum of its atoms, and of a group within it and the rest.
    fn divided(
        &mut self,
        question: &CohortQuestion,
        linked: &[&Cohort],
        divided: &[&Cohort],
        (division, reasons): (&Division, &BTreeSet<(usize, What)>),
        made: &[Made],
    ) {
        let number = self.divisions;
        let mut tallies: Vec<Tally> = division.atoms.iter().map(|rows| tally(question, rows)).collect();
        for tally in &mut tallies {
            list(tally, reasons);
        }
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        for (atom, counts) in tallies.iter().enumerate() {
            let scope = Scope::Atom { division: number, atom };
            let belongs = &division.members[atom];
            let standings = |key: &Key, count: u64| {
                let zero = count == 0 && key.question.is_some();
                if zero
                    && made.iter().any(|made| {
                        made.question == question.id && made.rules_out(divided, belongs, &key.what)
                    })
                {
                    return (Standing::Known, 0);
                }
                standing(rules, published, open, key, count)
            };
            let included = division.atoms[atom].len() as u64;
            relate(&mut self.model, &scope, &question.id, (included, counts), &[], &standings);
        }
        for (at, cohort) in divided.iter().enumerate() {
            let atoms = |inside: &dyn Fn(&[bool]) -> bool| -> Vec<usize> {
                (0..division.atoms.len()).filter(|atom| inside(&division.members[*atom])).collect()
            };
            let own = atoms(&|belongs| belongs[at]);
            let is_linked = linked.iter().any(|other| other.group == cohort.group);
            let scope = Scope::Group(cohort.group.clone());
            self.add_up(&scope, number, &own, &tallies, (&question.id, is_linked));
            for (other, within) in divided.iter().enumerate() {
                let rest = atoms(&|belongs| belongs[at] && !belongs[other]);
                let inner = atoms(&|belongs| belongs[other]);
                // A rest of one atom is that atom.
                if other == at || rest.len() < 2 || !inner.iter().all(|atom| own.contains(atom)) {
                    continue;
                }
                let scope = Scope::Rest { of: cohort.group.clone(), without: within.group.clone() };
                self.add_up(&scope, number, &rest, &tallies, (&question.id, is_linked));
            }
        }
    }

    /// Adds the sum of every count of some atoms.
    fn add_up(
        &mut self,
        scope: &Scope,
        division: usize,
        atoms: &[usize],
        tallies: &[Tally],
        (question, with_answers): (&str, bool),
    ) {
        let (rules, published, open) = (self.rules, self.published, self.open_people);
        let mut sum = |of: &dyn Fn(&Scope) -> Key| {
            let parts: Vec<usize> = atoms
                .iter()
                .filter_map(|atom| self.model.find(&of(&Scope::Atom { division, atom: *atom })))
                .collect();
            let total = parts.iter().map(|part| self.model.cells[*part].count).sum();
            let key = of(scope);
            let (standing, width) = standing(rules, published, open, &key, total);
            let whole = self.model.cell(key, total, standing, width);
            self.model.sum(whole, parts);
        };
        sum(&|scope| Key::people(scope, What::Included));
        if !with_answers {
            return;
        }
        let keys: BTreeSet<&(usize, What)> = tallies.iter().flat_map(|tally| tally.keys()).collect();
        for (item, what) in keys {
            sum(&|scope| Key::item(scope, question, *item, what.clone()));
        }
    }
}

/// Whether two groups' questions are one: the same choices, and the same answers of the rows of the second.
fn same(one: &CohortQuestion, other: &CohortQuestion, rows: &[usize]) -> bool {
    let ids = |question: &CohortQuestion| -> Vec<String> {
        question.levels.iter().chain(&question.items).map(|named| named.id.clone()).collect()
    };
    ids(one) == ids(other) && tally(one, rows) == tally(other, rows)
}

/// Reasons that say nothing of a person but that there is no answer.
fn is_nonresponse(reason: Missing) -> bool {
    matches!(reason, Missing::NotReached | Missing::Skipped | Missing::Unreadable | Missing::Blank)
}

/// What readers have of a cell, and how far its possible counts must spread.
fn standing(
    rules: &Disclosure,
    published: &BTreeSet<Key>,
    open_people: &BTreeSet<String>,
    key: &Key,
    count: u64,
) -> (Standing, u64) {
    let is_published = published.contains(key);
    if let (Scope::Group(group), None) = (&key.scope, &key.question)
        && open_people.contains(group)
    {
        return (Standing::Known, 0);
    }
    // Mentions are no people: a small number of them tells nothing that the ticks do not.
    if matches!(key.what, What::Mentions | What::FurtherMentions) {
        return (if is_published { Standing::Open } else { Standing::Unknown }, 0);
    }
    let threshold = rules.threshold(key.question.as_deref());
    // A zero is somebody's count only where it would be said, and nobody says which reasons nobody has.
    let is_said = is_published && !matches!(key.what, What::Missing(_) | What::Unlisted);
    let is_small = rules.is_small(count, threshold) && (count > 0 || is_said);
    let width = if is_small { rules.width.unwrap_or(threshold) } else { 0 };
    (if is_published && !is_small { Standing::Open } else { Standing::Unknown }, width)
}

/// The groups of an export that answers make: parts, and groups of rows in which a column that a question reads holds
/// one text.
fn made(study: &Study, family: &[&Cohort]) -> Vec<Made> {
    let mut made = Vec::new();
    for cohort in family {
        if let Some(part) = study.parts.iter().find(|part| part.id == cohort.group) {
            for (question, answers) in &part.answered {
                let Some(own) = cohort.question(question) else { continue };
                let fits = |named: &crate::findings::Named| {
                    answers.iter().any(|answer| answer.value == named.label || answer.value == named.id)
                };
                let codes =
                    (0..).zip(&own.levels).filter(|(_, named)| fits(named)).map(|(code, _)| code).collect();
                let alone = part.answered.len() == 1;
                made.push(Made { group: cohort.group.clone(), question: question.clone(), codes, alone });
            }
        }
        let Some(group) = study.group(&cohort.group) else { continue };
        for (column, _) in &group.filter {
            let reads = |question: &&crate::study::StudyQuestion| {
                question.sources.values().flatten().any(|source| source.value == column.value)
            };
            for question in study.questions.iter().filter(reads) {
                let Some(own) = family.iter().find_map(|cohort| cohort.question(&question.id)) else {
                    continue;
                };
                let counts = tally(own, &cohort.rows);
                let given: Vec<u16> = counts
                    .iter()
                    .filter(|(_, count)| **count > 0)
                    .filter_map(|((_, what), _)| match what {
                        What::Levels(codes) => codes.first().copied(),
                        _ => None,
                    })
                    .collect();
                if let [code] = given[..] {
                    let alone = group.filter.len() == 1;
                    let question = question.id.clone();
                    made.push(Made { group: cohort.group.clone(), question, codes: vec![code], alone });
                }
            }
        }
    }
    made
}

impl Made {
    /// Whether belonging to the group, or not, rules out that somebody is counted by this.
    fn rules_out(&self, divided: &[&Cohort], belongs: &[bool], what: &What) -> bool {
        let Some(at) = divided.iter().position(|cohort| cohort.group == self.group) else { return false };
        match (belongs[at], what) {
            (true, What::Levels(codes)) => !codes.iter().any(|code| self.codes.contains(code)),
            (true, What::Missing(_) | What::Unlisted) => true,
            (true, What::Not(not)) => match (not.as_ref(), self.codes.as_slice()) {
                (What::Ticked(choice), [only]) => *choice == usize::from(*only),
                (What::Levels(codes), _) => self.codes.iter().all(|code| codes.contains(code)),
                _ => false,
            },
            (false, What::Levels(codes)) => self.alone && codes.iter().all(|code| self.codes.contains(code)),
            (false, What::Ticked(choice)) => {
                self.alone && self.codes.iter().any(|code| usize::from(*code) == *choice)
            }
            _ => false,
        }
    }
}
