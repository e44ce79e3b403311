//! Small made-up studies for the tests of figures.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::codebook::Missing;
use crate::findings::{
    Asked, Base, Caution, Disposition, Excluded, Finding, FindingId, Findings, Kind, Named, Outline, People,
    QuestionOutline, Reason, Selector, Statistic, Tier, Value,
};

/// The ids of the points of the agreement scale.
pub(super) const AGREEMENT_IDS: [&str; 5] =
    ["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"];

/// An outline and its findings.
#[derive(Debug, Clone, Default)]
pub(super) struct Study {
    pub(super) outline: Outline,
    pub(super) findings: Findings,
}

impl Study {
    /// Gives a finding another value.
    pub(super) fn replace(&mut self, id: &str, value: &Value) {
        assert!(self.findings.get(id).is_some(), "there is no {id}");
        self.rebuild(|finding| {
            let value = if finding.id.as_str() == id { value } else { &finding.value };
            Some(Finding { value: value.clone(), ..finding.clone() })
        });
    }

    /// Adds a caution to a finding.
    pub(super) fn caution(&mut self, id: &str, caution: &Caution) {
        assert!(self.findings.get(id).is_some(), "there is no {id}");
        self.rebuild(|finding| {
            let mut finding = finding.clone();
            if finding.id.as_str() == id {
                finding.cautions.push(caution.clone());
            }
            Some(finding)
        });
    }

    /// Takes a finding away.
    pub(super) fn remove(&mut self, id: &str) {
        assert!(self.findings.get(id).is_some(), "there is no {id}");
        self.rebuild(|finding| (finding.id.as_str() != id).then(|| finding.clone()));
    }

    /// Adds a share about which a finding's level says something.
    pub(super) fn say_of(&mut self, id: &str, level: &str) {
        let first = self.findings.iter().next().expect("a finding").clone();
        let id = FindingId::new(id.split('/'));
        self.findings.push(Finding { id, level: Some(level.to_owned()), ..first });
    }

    /// Gives every share its interval.
    pub(super) fn with_intervals(mut self) -> Self {
        use crate::stats::ConfidenceLevel;
        use crate::stats::proportion::{Proportion, wilson};
        self.rebuild(|finding| {
            let interval = match finding.value {
                Value::Share { count, of } => {
                    Some(wilson(Proportion::new(count, of).unwrap(), ConfidenceLevel::P95))
                }
                _ => None,
            };
            Some(Finding { interval, ..finding.clone() })
        });
        self
    }

    fn rebuild(&mut self, keep: impl Fn(&Finding) -> Option<Finding>) {
        let mut findings = Findings::default();
        self.findings.iter().filter_map(keep).for_each(|finding| findings.push(finding));
        self.findings = findings;
    }

    fn push(&mut self, id: FindingId, group: &str, question: Option<&str>, base: &Base, value: Value) {
        let statistic = if question.is_some() { Statistic::Level } else { Statistic::Included };
        let answered = base.asked.as_ref().map(|asked| asked.answered);
        self.findings.push(Finding {
            id,
            group: group.to_owned(),
            question: question.map(str::to_owned),
            item: None,
            level: None,
            statistic,
            base: base.clone(),
            value,
            interval: None,
            method: None,
            counts: None,
            cautions: answered.and_then(Caution::small_base).into_iter().collect(),
        });
    }
}

pub(super) fn named(id: &str, label: &str) -> Named {
    Named { id: id.to_owned(), label: label.to_owned() }
}

const GROUPS: [(&str, &str); 4] = [
    ("students", "Students"),
    ("residents", "Residents"),
    ("non-mentees", "Students without a mentor"),
    ("non-mentors", "Residents without a mentee"),
];

fn groups(n: usize) -> Vec<Named> {
    GROUPS.iter().take(n).map(|(id, label)| named(id, label)).collect()
}

fn base(included: u64, missing: &[(Missing, u64)]) -> Base {
    let missing: BTreeMap<Missing, u64> = missing.iter().copied().filter(|(_, n)| *n > 0).collect();
    let answered = included - missing.values().sum::<u64>();
    let people = People { received: included, included, ..People::default() };
    Base {
        people: Some(Arc::new(people)),
        asked: Some(Asked::new(included, answered, missing).unwrap()),
        sides: Vec::new(),
    }
}

/// Spreads `n` answers over parts in proportion to weights; what is left goes to the last part with a weight.
fn spread(n: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u64 = weights.iter().sum();
    let mut parts: Vec<u64> = weights.iter().map(|weight| n * weight / sum).collect();
    let left = n - parts.iter().sum::<u64>();
    if let Some(last) = weights.iter().rposition(|weight| *weight > 0) {
        parts[last] += left;
    }
    parts
}

/// A label, long or short.
fn words(number: usize, long: bool) -> String {
    const SHORT: [&str; 8] = [
        "My mentor is easy to reach",
        "Shared identity matters to me",
        "We set goals together",
        "I would recommend the program",
        "I learned about residency",
        "Meetings fit my schedule",
        "I feel part of the department",
        "I will apply in this field",
    ];
    let label = SHORT[number % SHORT.len()];
    if long {
        format!(
            "{label}, also when the clinic is busy and plans for the week have to change at very short notice"
        )
    } else {
        label.to_owned()
    }
}

/// A battery.
#[derive(Debug, Clone)]
pub(super) struct Battery {
    pub(super) groups: usize,
    pub(super) items: usize,
    pub(super) n: u64,
    pub(super) long: bool,
    pub(super) levels: Vec<Named>,
}

impl Default for Battery {
    fn default() -> Self {
        let labels = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"];
        let levels = AGREEMENT_IDS.iter().zip(labels).map(|(id, label)| named(id, label)).collect();
        Self { groups: 1, items: 4, n: 14, long: false, levels }
    }
}

/// A battery on a scale, with a point that nobody chose on every other item and some answers outside the base.
pub(super) fn likert(battery: &Battery) -> Study {
    let mut study = Study::default();
    study.outline.groups = groups(battery.groups);
    let k = battery.levels.len();
    let items: Vec<Named> =
        (0..battery.items).map(|i| named(&format!("item-{}", i + 1), &words(i, battery.long))).collect();
    for (g, group) in study.outline.groups.clone().iter().enumerate() {
        let question = QuestionOutline {
            group: group.id.clone(),
            id: "expectations".into(),
            label: "How far do you agree with these statements?".into(),
            wording: String::new(),
            kind: Kind::Likert,
            items: items.clone(),
            levels: battery.levels.clone(),
            parts: Vec::new(),
            top: k.saturating_sub(2)..k,
        };
        for (i, item) in items.iter().enumerate() {
            let out = if battery.n > 4 { (i as u64) % 2 } else { 0 };
            let skipped = u64::from(battery.n > 4 && i % 4 == 3);
            let base = base(battery.n, &[(Missing::NotApplicable, out), (Missing::Skipped, skipped)]);
            let answered = base.asked.as_ref().unwrap().answered;
            let weights: Vec<u64> = (0..k)
                .map(|level| if level == i % 3 { 0 } else { 1 + ((level + i + g) as u64 * 7) % 9 })
                .collect();
            for (level, count) in battery.levels.iter().zip(spread(answered, &weights)) {
                let id = question.item_finding(item, &level.id);
                let value = Value::share(count, answered);
                study.push(id, &group.id, Some("expectations"), &base, value);
            }
        }
        study.outline.questions.push(question);
    }
    study
}

/// A ranking.
#[derive(Debug, Clone)]
pub(super) struct Ranks {
    pub(super) groups: usize,
    pub(super) items: usize,
    pub(super) n: u64,
    pub(super) long: bool,
}

impl Default for Ranks {
    fn default() -> Self {
        Self { groups: 1, items: 3, n: 14, long: false }
    }
}

/// A ranking whose items are preferred in the order in which they stand, found as an order with mean ranks.
pub(super) fn ranking(ranks: &Ranks) -> Study {
    const NAMES: [(&str, &str); 3] = [
        ("attending", "Attending physician"),
        ("resident", "Resident"),
        ("senior", "Senior medical student"),
    ];
    let mut study = Study::default();
    study.outline.groups = groups(ranks.groups);
    let k = ranks.items;
    let items: Vec<Named> = (0..k)
        .map(|i| match NAMES.get(i) {
            Some((id, label)) if !ranks.long => named(id, label),
            _ => named(&format!("item-{i}"), &format!("{} {i}", words(i, ranks.long))),
        })
        .collect();
    for group in study.outline.groups.clone() {
        let question = QuestionOutline {
            group: group.id.clone(),
            id: "preferred".into(),
            label: "Whom would you prefer as a mentor?".into(),
            wording: String::new(),
            kind: Kind::Ranking,
            items: items.clone(),
            levels: Vec::new(),
            parts: Vec::new(),
            top: 0..0,
        };
        let base = base(ranks.n, &[]);
        let mut tiers = Vec::new();
        for (i, item) in items.iter().enumerate() {
            // A Latin square with a lean: the last item is first most often.
            let weights: Vec<u64> =
                (0..k).map(|rank| if rank == k - 1 - i { 6 } else { 1 + ((rank + i) as u64) % 2 }).collect();
            let counts = spread(ranks.n, &weights);
            let sum: u64 = counts.iter().zip(1..).map(|(count, rank)| count * rank).sum();
            for (rank, count) in (1..).zip(&counts) {
                let id = question.item_finding(item, &format!("rank-{rank}"));
                study.push(id, &group.id, Some("preferred"), &base, Value::share(*count, ranks.n));
            }
            let mean = sum as f64 / ranks.n as f64;
            let id = question.item_finding(item, "mean-rank");
            study.push(id, &group.id, Some("preferred"), &base, Value::Number(mean));
            tiers.push(Tier { labels: vec![item.label.clone()], score: mean });
        }
        tiers.sort_by(|a, b| a.score.total_cmp(&b.score));
        let id = question.finding("order");
        study.push(id, &group.id, Some("preferred"), &base, Value::Order(tiers));
        study.outline.questions.push(question);
    }
    study
}

/// A multi-select.
#[derive(Debug, Clone)]
pub(super) struct Picked {
    pub(super) groups: usize,
    pub(super) choices: usize,
    pub(super) n: u64,
    pub(super) long: bool,
}

impl Default for Picked {
    fn default() -> Self {
        Self { groups: 1, choices: 5, n: 14, long: false }
    }
}

/// A multi-select whose third choice is "Other".
pub(super) fn choices(picked: &Picked) -> Study {
    let mut study = Study::default();
    study.outline.groups = groups(picked.groups);
    let levels: Vec<Named> = (0..picked.choices)
        .map(|i| match i {
            2 => named("other", "Other (please specify)"),
            _ => named(&format!("choice-{i}"), &words(i, picked.long)),
        })
        .collect();
    for group in study.outline.groups.clone() {
        let question = QuestionOutline {
            group: group.id.clone(),
            id: "motivations".into(),
            label: "Why did you join the program?".into(),
            wording: String::new(),
            kind: Kind::Multi,
            items: vec![named("", "")],
            levels: levels.clone(),
            parts: Vec::new(),
            top: 0..0,
        };
        let base = base(picked.n, &[]);
        let mut mentions = 0;
        for (i, level) in levels.iter().enumerate() {
            let count = picked.n * ((i as u64 * 5 + 3) % 11) / 10;
            let count = count.min(picked.n);
            mentions += count;
            let value = Value::share(count, picked.n);
            study.push(question.finding(&level.id), &group.id, Some("motivations"), &base, value);
        }
        let id = question.finding("mentions-total");
        study.push(id, &group.id, Some("motivations"), &base, Value::Count(mentions));
        study.outline.questions.push(question);
    }
    study
}

/// Four groups: answered twice, one without a roster, one without answers.
pub(super) fn response() -> Study {
    response_with(|_| {})
}

/// The same with the account of the first group changed.
pub(super) fn response_with(change: impl Fn(&mut People)) -> Study {
    let invited =
        |counts: [u64; 4]| Some(Disposition::USUAL.into_iter().zip(counts).collect::<BTreeMap<_, _>>());
    let excluded = |counts: [u64; 3]| -> Vec<Excluded> {
        let rules = ["preview", "duplicate", "below half answered"];
        rules
            .iter()
            .zip(counts)
            .map(|(rule, count)| Excluded { rule: (*rule).into(), count, ..Excluded::default() })
            .collect()
    };
    let mut students = People {
        invited: invited([13, 1, 2, 6]),
        received: 19,
        excluded: excluded([2, 1, 2]),
        included: 14,
        ..People::default()
    };
    change(&mut students);
    let residents = People {
        invited: invited([4, 0, 1, 15]),
        received: 6,
        excluded: excluded([1, 0, 1]),
        included: 4,
        ..People::default()
    };
    let open = People {
        invited: None,
        received: 31,
        excluded: excluded([0, 2, 4]),
        included: 25,
        ..People::default()
    };
    let silent = People { invited: invited([0, 0, 0, 27]), ..People::default() };
    let mut study = Study::default();
    study.outline.groups = groups(4);
    study.outline.notes = vec!["The answers are a synthetic reconstruction.".into()];
    for (group, people) in study.outline.groups.clone().iter().zip([students, residents, open, silent]) {
        let total = people.n_invited();
        let (received, included) = (people.received, people.included);
        let responded = people.n_with(Disposition::Complete).zip(people.n_with(Disposition::Partial));
        let base = Base { people: Some(Arc::new(people)), asked: None, sides: Vec::new() };
        let id = |tail: &str| FindingId::new([group.id.as_str(), tail]);
        let not = |value: Value| if received == 0 { Value::NotComputed(Reason::NotCollected) } else { value };
        let invited = total.map_or(Value::NotComputed(Reason::FrameUnknown), Value::Count);
        study.push(id("invited"), &group.id, None, &base, invited);
        study.push(id("received"), &group.id, None, &base, not(Value::Count(received)));
        study.push(id("included"), &group.id, None, &base, not(Value::Count(included)));
        if let (Some((complete, partial)), Some(total)) = (responded, total) {
            let rate = Value::share(complete + partial, total);
            study.push(id("rr2"), &group.id, None, &base, not(rate));
            for (disposition, count) in
                Disposition::USUAL.iter().zip(base.people.as_ref().unwrap().invited.clone().unwrap().values())
            {
                let id = FindingId::new([group.id.as_str(), "disposition", disposition.id()]);
                study.push(id, &group.id, None, &base, not(Value::share(*count, total)));
            }
        }
    }
    study
}

/// Numbers of a question in groups, with their bins and whiskers; `whole` ones have a bin each.
pub(super) fn numbers(n_groups: usize, whole: bool, n: u64) -> Study {
    let mut study = Study::default();
    study.outline.groups = groups(n_groups);
    for (shift, group) in study.outline.groups.clone().iter().enumerate() {
        let question = QuestionOutline {
            group: group.id.clone(),
            id: "hours".into(),
            label: "Hours a week".into(),
            wording: String::new(),
            kind: Kind::Number,
            items: vec![named("", "")],
            levels: Vec::new(),
            parts: Vec::new(),
            top: 0..0,
        };
        let base = base(n, &[]);
        let start = f64::from(u8::try_from(shift).unwrap());
        let ends = [0.5, 1.0, 3.0, 4.5, 6.0, 9.0, 12.5]
            .map(|end: f64| start + if whole { end.floor() } else { end });
        for (tail, end) in
            ["minimum", "whisker-low", "q1", "median", "q3", "whisker-high", "maximum"].iter().zip(ends)
        {
            study.push(question.finding(tail), &group.id, Some("hours"), &base, Value::Number(end));
        }
        let counts = spread(n, &[1, 4, 7, 0, 9, 3, 1]);
        for (position, count) in counts.into_iter().enumerate() {
            let at = start + f64::from(u8::try_from(position).unwrap()) * 2.0;
            let (low, high) = if whole { (at, at) } else { (at, at + 2.0) };
            let id = question.finding(&format!("bin/{position}"));
            study.push(id.clone(), &group.id, Some("hours"), &base, Value::share(count, n));
            study.rebuild(|finding| {
                let of = Selector::Numbered { question: "hours".into(), item: 0, low, high };
                let is_bin = finding.id == id;
                let mut finding = finding.clone();
                if is_bin {
                    finding.statistic = Statistic::Bin;
                    finding.counts = Some(of);
                }
                Some(finding)
            });
        }
        study.outline.questions.push(question);
    }
    study
}
