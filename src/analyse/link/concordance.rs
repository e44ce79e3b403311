//! Whether the members of pairs are more alike than chance would make them.

use crate::analyse::about::Found;
use crate::analyse::distribution::interval;
use crate::codebook::Missing;
use crate::findings::{Asked, Caution, Findings, Reason, Selector, Statistic, TestResult, Value};
use crate::normalise::{Facing, Linked, Pair};
use crate::stats::agreement::concordance as against_chance;
use crate::stats::count_table::CountTable;
use crate::stats::random_tables::{DEFAULT_REPLICATES, Draws};
use crate::stats::{Caution as StatsCaution, Computed, NotComputed};
use crate::study::{Ask, Concordance, Several};

use super::about::About;

/// What no test here can reach with fewer people: 5 %.
const ALPHA: f64 = 0.05;

/// Writes the concordance of what the rosters say of both sides, and of the answers to the questions of an ask.
pub(super) fn concordance(about: &About<'_>, ask: &Ask, terms: &Concordance, findings: &mut Findings) {
    let linked = about.linked;
    for attribute in &linked.attributes {
        let known: Vec<(&Pair, [usize; 2])> =
            linked.pairs.iter().filter_map(|pair| Some((pair, attribute.of(pair)?))).collect();
        let all = linked.pairs.len() as u64;
        let unknown = all - known.len() as u64;
        let missing = (unknown > 0).then_some((Missing::Blank, unknown)).into_iter().collect();
        let asked = Asked::new(all, known.len() as u64, missing).unwrap_or_default();
        let mut of = about.with(&attribute.id, "", asked).of_everybody();
        of.count_people(&known.iter().map(|(pair, _)| *pair));
        of.extend_shared(known.iter().map(|(pair, _)| *pair));
        let cells = known.iter().map(|(_, said)| *said);
        let alike = Selector::PairsMatching { attribute: attribute.id.clone() };
        let all = Selector::PairsKnown { attribute: attribute.id.clone() };
        write(&of, attribute.levels, cells, [alike, all], terms, findings);
    }
    for question in &ask.of {
        let facings = match Facing::all(about.cohorts, question) {
            Ok(facings) => facings,
            Err(why) => {
                let value = Value::NotComputed(Reason::Method(NotComputed::Undefined(why)));
                let about = about.with(question, "", Asked::default());
                about.find(findings, &["concordance"], Found::plain(Statistic::Concordance, value));
                continue;
            }
        };
        for facing in &facings {
            let (of, given) = about.facing(question, facing, Several::All, Facing::codes);
            let cells = given.iter().map(|(_, codes)| codes.map(usize::from));
            let facet = of.facet(Several::All);
            let counted = [Selector::PairsAlike(facet.clone()), Selector::PairsAnswered(facet)];
            write(&of, facing.levels.len(), cells, counted, terms, findings);
        }
    }
}

/// Writes the share of pairs alike, the share that chance gives, and the test.
fn write(
    about: &About<'_>,
    levels: usize,
    cells: impl Iterator<Item = [usize; 2]>,
    [alike, all]: [Selector; 2],
    terms: &Concordance,
    findings: &mut Findings,
) {
    let mut table = vec![vec![0_u64; levels]; levels];
    for [first, second] in cells {
        if let Some(cell) = table.get_mut(first).and_then(|row| row.get_mut(second)) {
            *cell += 1;
        }
    }
    let n = about.answered();
    let count = table.iter().enumerate().filter_map(|(at, row)| row.get(at)).sum();
    let found = Found {
        interval: interval(count, n),
        ..Found::plain(Statistic::Concordance, Value::share(count, n)).counting(alike)
    };
    about.find(findings, &["concordance"], found);
    let draws = Draws { replicates: DEFAULT_REPLICATES, seed: terms.seed };
    let computed: Computed<_> = if n < terms.least {
        Err(NotComputed::TooFew { needed: terms.least, found: n })
    } else {
        CountTable::from_rows(&table).and_then(|table| against_chance(&table, draws))
    };
    let expected = computed.as_ref().map(|found| found.expected).map_err(Clone::clone);
    let found = Found {
        counts: Some(all.clone()),
        ..Found::plain(Statistic::ConcordanceExpected, Value::number(expected))
    };
    about.find(findings, &["concordance-expected"], found);
    let (value, method, cautions) = match computed {
        Ok(found) => {
            let result = TestResult::from(&found.test);
            let mut cautions: Vec<Caution> = found
                .test
                .cautions
                .iter()
                .filter(|caution| !matches!(caution, StatsCaution::SmallestAttainableP { .. }))
                .map(|caution| Caution::Method(caution.to_string()))
                .collect();
            if result.smallest.is_some_and(|smallest| smallest > ALPHA) {
                cautions.push(Caution::CannotReach);
            }
            (Value::Test(result), Some(found.test.method), cautions)
        }
        Err(reason) => (Value::number(Err(reason)), None, Vec::new()),
    };
    let found =
        Found { method, cautions, counts: Some(all), ..Found::plain(Statistic::ConcordanceTest, value) };
    about.find(findings, &["concordance-test"], found);
}

impl About<'_> {
    /// Says how many of these pairs share a person: re-pairing keeps everybody in as many pairs as they are in.
    fn extend_shared<'b>(&mut self, pairs: impl Iterator<Item = &'b Pair>) {
        let linked: &Linked = self.linked;
        let several = |pair: &&Pair| {
            (0..2).any(|side| linked.person(pair, side).is_some_and(|person| person.pairs > 1))
        };
        let sharing = pairs.filter(several).count();
        if sharing > 0 {
            let words = format!(
                "{sharing} of the pairs share a person with another; everybody stays in as many pairs"
            );
            self.caution(Caution::Method(words));
        }
    }
}
