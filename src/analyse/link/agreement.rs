//! Whether both sides of a link answered the same: counted, and beyond chance where there are pairs enough.

use crate::analyse::LEVEL;
use crate::analyse::about::Found;
use crate::analyse::distribution::interval;
use crate::findings::{Caution, Findings, Reason, Selector, Statistic, Value};
use crate::normalise::Facing;
use crate::stats::agreement as methods;
use crate::stats::agreement::{
    ChanceCorrected, DifferenceMetric, KappaWeights, cohen_kappa, gwet_ac1, krippendorff_alpha_of_pairs,
    krippendorff_alpha_of_pairs_bootstrap, pabak,
};
use crate::stats::resampling::Plan;
use crate::stats::{Caution as StatsCaution, Computed, Interval, Method, NotComputed};
use crate::study::{Agreement, Ask};

use super::about::About;

/// From so many pairs on, resampling them says something.
const RESAMPLED_FROM: u64 = 10;
/// Below so many, large-sample intervals are doubtful.
const LARGE: u64 = 30;
/// Limits this near to what is possible are possible, up to rounding.
const ROUNDING: f64 = 1e-12;

/// Writes the agreement of both sides in every item of the questions of an ask.
pub(super) fn agreement(about: &About<'_>, ask: &Ask, terms: &Agreement, findings: &mut Findings) {
    for question in &ask.of {
        match Facing::all(about.cohorts, question) {
            Ok(facings) => {
                for facing in &facings {
                    item(about, question, facing, terms, findings);
                }
            }
            Err(why) => {
                let value = Value::NotComputed(Reason::Method(NotComputed::Undefined(why)));
                let about = about.with(question, "", crate::findings::Asked::default());
                about.find(findings, &["agreement"], Found::plain(Statistic::Agreement, value));
            }
        }
    }
}

fn item(about: &About<'_>, question: &str, facing: &Facing<'_>, terms: &Agreement, findings: &mut Findings) {
    let (about, given) = about.facing(question, facing, terms.several, Facing::codes);
    let size = facing.levels.len();
    let mut table = vec![vec![0_u64; size]; size];
    for (_, [first, second]) in &given {
        if let Some(cell) =
            table.get_mut(usize::from(*first)).and_then(|row| row.get_mut(usize::from(*second)))
        {
            *cell += 1;
        }
    }
    let facet = about.facet(terms.several);
    let n = about.answered();
    let answered = Found::plain(Statistic::Answered, Value::Count(n));
    about.find(findings, &["answered"], answered.counting(Selector::PairsAnswered(facet.clone())));
    let alike = table.iter().enumerate().filter_map(|(at, row)| row.get(at)).sum();
    let found = Found {
        interval: interval(alike, n),
        ..Found::plain(Statistic::Agreement, Value::share(alike, n))
            .counting(Selector::PairsAlike(facet.clone()))
    };
    about.find(findings, &["agreement"], found);
    if facing.is_choice() {
        let ticked = |first: usize, second: usize| table[first][second];
        let (both, one) = (ticked(1, 1), ticked(0, 1) + ticked(1, 0));
        let counting = Selector::PairsAcross { facet: facet.clone(), codes: [1, 1] };
        let found = Found {
            interval: interval(both, both + one),
            ..Found::plain(Statistic::Jaccard, Value::share(both, both + one)).counting(counting)
        };
        about.find(findings, &["jaccard"], found);
    }
    if terms.cross {
        across(&about, facing, &table, &facet, findings);
    }
    coefficients(&about, facing.ordered, &table, terms, findings);
}

/// The answers of both sides crossed.
fn across(
    about: &About<'_>,
    facing: &Facing<'_>,
    table: &[Vec<u64>],
    facet: &crate::findings::Facet,
    findings: &mut Findings,
) {
    for (first, (level, row)) in (0..).zip(facing.levels.iter().zip(table)) {
        for (second, (other, count)) in (0..).zip(facing.levels.iter().zip(row)) {
            let counting = Selector::PairsAcross { facet: facet.clone(), codes: [first, second] };
            let found = Found::plain(Statistic::Across, Value::Count(*count))
                .level(&format!("{}~{}", level.id, other.id))
                .counting(counting);
            about.find(findings, &["across", &level.id, &other.id], found);
        }
    }
}

fn coefficients(
    about: &About<'_>,
    ordered: bool,
    table: &[Vec<u64>],
    terms: &Agreement,
    findings: &mut Findings,
) {
    let n = about.answered();
    let few = (n < terms.least).then_some(NotComputed::TooFew { needed: terms.least, found: n });
    let counts = Selector::PairsAnswered(about.facet(terms.several));
    let mut find = |tail: &str, statistic, coefficient: Coefficient| {
        let Coefficient { value, interval, method, cautions } = coefficient;
        let found = Found {
            interval,
            method: Some(method),
            cautions,
            counts: Some(counts.clone()),
            ..Found::plain(statistic, Value::number(value))
        };
        about.find(findings, &[tail], found);
    };
    let corrected = |computed: fn(&[Vec<u64>]) -> Computed<ChanceCorrected>, method: Method| match &few {
        Some(few) => Coefficient::none(few.clone(), method),
        None => Coefficient::of(computed(table), method, n),
    };
    if ordered {
        let quadratic = |table: &[Vec<u64>]| cohen_kappa(table, KappaWeights::Quadratic, LEVEL);
        find("weighted-kappa", Statistic::WeightedKappa, corrected(quadratic, methods::COHEN_QUADRATIC));
    }
    let unweighted = |table: &[Vec<u64>]| cohen_kappa(table, KappaWeights::Unweighted, LEVEL);
    find("kappa", Statistic::Kappa, corrected(unweighted, methods::COHEN_UNWEIGHTED));
    find("pabak", Statistic::Pabak, corrected(|table| pabak(table, LEVEL), methods::PABAK_METHOD));
    find("ac1", Statistic::Ac1, corrected(|table| gwet_ac1(table, LEVEL), methods::AC1_METHOD));
    let (metric, method) = if ordered {
        (DifferenceMetric::Ordinal, methods::KRIPPENDORFF_ORDINAL)
    } else {
        (DifferenceMetric::Nominal, methods::KRIPPENDORFF_NOMINAL)
    };
    let alpha = match few {
        Some(few) => Coefficient::none(few, method),
        None => alpha(table, (metric, method), n, terms),
    };
    find("krippendorff-alpha", Statistic::KrippendorffAlpha, alpha);
}

/// Krippendorff's alpha, with a bootstrap interval where there are pairs enough to draw from.
fn alpha(
    table: &[Vec<u64>],
    (metric, method): (DifferenceMetric, Method),
    n: u64,
    terms: &Agreement,
) -> Coefficient {
    let value = krippendorff_alpha_of_pairs(table, metric).map(|alpha| alpha.estimate);
    let mut cautions = Vec::new();
    let mut interval = None;
    if value.is_ok() && n < RESAMPLED_FROM {
        let words = format!("no interval: {n} pairs are too few to draw from, it takes {RESAMPLED_FROM}");
        cautions.push(Caution::Method(words));
    } else if value.is_ok() {
        let plan = Plan { replicates: terms.replicates, ..Plan::new(terms.seed) };
        match krippendorff_alpha_of_pairs_bootstrap(table, metric, plan) {
            Ok(bootstrap) => {
                let words =
                    format!("interval by {} resamples of pairs, seed {}", terms.replicates, terms.seed);
                cautions.push(Caution::Method(words));
                cautions.extend(in_words(&bootstrap.result.cautions));
                interval = Some(bootstrap.result.interval);
            }
            Err(reason) => cautions.push(Caution::Method(format!("no interval: {reason}"))),
        }
    }
    Coefficient { value, interval, method, cautions }
}

/// A coefficient as a finding holds it.
struct Coefficient {
    value: Computed<f64>,
    interval: Option<Interval>,
    method: Method,
    cautions: Vec<Caution>,
}

impl Coefficient {
    fn none(why: NotComputed, method: Method) -> Self {
        Self { value: Err(why), interval: None, method, cautions: Vec::new() }
    }

    fn of(computed: Computed<ChanceCorrected>, method: Method, n: u64) -> Self {
        match computed.and_then(|computed| computed.coefficient) {
            Ok(coefficient) => {
                let mut cautions = in_words(&coefficient.cautions);
                if n < LARGE {
                    let words = "a large-sample interval, of few pairs";
                    cautions.push(Caution::Method(words.to_owned()));
                }
                let uncut = coefficient.interval;
                let interval = Interval { low: uncut.low.max(-1.0), high: uncut.high.min(1.0), ..uncut };
                // Complete agreement may miss 1 by a rounding.
                if uncut.low < -1.0 - ROUNDING || uncut.high > 1.0 + ROUNDING {
                    cautions.extend(in_words(&[StatsCaution::Clipped]));
                }
                Self { value: Ok(coefficient.estimate), interval: Some(interval), method, cautions }
            }
            Err(reason) => Self::none(reason, method),
        }
    }
}

fn in_words(cautions: &[StatsCaution]) -> Vec<Caution> {
    cautions.iter().map(|caution| Caution::Method(caution.to_string())).collect()
}
