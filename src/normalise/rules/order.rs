//! The rules in their order: who is left out by which, and whom the screens count of those who stay.

use crate::diag::{Diag, Place, codes};
use crate::findings::{Caution, Excluded, Screened, usual_words};
use crate::normalise::ledger::{Ledger, LedgerEntry};
use crate::stats::{Method, careless};
use crate::study::{Exclusion, Group, Rule};

use super::{Judged, NotApplied, Subject};

/// The name under which the rule "break-off" counts records in which nothing was answered.
const NOTHING_ANSWERED: &str = "nothing-answered";

/// The name under which people are counted whom several screens would leave out.
const ANY: &str = "any";

/// Who was kept and who was left out.
pub(in crate::normalise) struct Kept {
    pub(in crate::normalise) rows: Vec<usize>,
    pub(in crate::normalise) account: Vec<Excluded>,
    /// For each rule the rows that it left out.
    pub(in crate::normalise) by_rule: Vec<(Rule, Vec<usize>)>,
    /// The same rows under the names by which the account counts them.
    pub(in crate::normalise) left_out: Vec<(String, Vec<usize>)>,
}

/// Whom the screens counted.
pub(in crate::normalise) struct Screening {
    pub(in crate::normalise) account: Vec<Screened>,
    /// The rows under the names by which the account counts them.
    pub(in crate::normalise) rows: Vec<(String, Vec<usize>)>,
}

/// Applies the rules of a group in their order: a row is left out once, by the first that fits.
pub(in crate::normalise) fn exclude(
    subject: &Subject<'_>,
    group: &Group,
    received: Vec<usize>,
    ledger: &mut Ledger,
    notes: &mut Vec<Diag>,
) -> Result<Kept, Vec<Diag>> {
    let mut kept = Kept { rows: received, account: Vec::new(), by_rule: Vec::new(), left_out: Vec::new() };
    let mut problems = Vec::new();
    for exclusion in of_group(&subject.study.exclusions, group) {
        let judged = match subject.apply(exclusion, &kept.rows, notes) {
            Ok(judged) => judged,
            Err(NotApplied::Mistake(problem)) => {
                problems.push(problem);
                continue;
            }
            Err(NotApplied::Impossible(why)) => {
                problems.push(subject.cannot(exclusion, why.to_string()));
                continue;
            }
        };
        subject.note_unjudged(exclusion, &judged, notes);
        let cautions = judged.cautions();
        let rows: Vec<usize> = judged.out.iter().map(|(row, _)| *row).collect();
        kept.rows.retain(|row| rows.binary_search(row).is_err());
        let name_of = |row: usize| subject.name_of(exclusion, row);
        for name in names(exclusion) {
            let counted: Vec<usize> = rows.iter().copied().filter(|row| name_of(*row) == name).collect();
            kept.account.push(Excluded {
                rule: name.to_owned(),
                label: label(exclusion).filter(|_| name == exclusion.id),
                count: counted.len() as u64,
                method: method(&exclusion.rule),
                cautions: cautions.clone(),
            });
            kept.left_out.push((name.to_owned(), counted));
        }
        ledger.extend(subject.entries("exclude", judged, name_of));
        kept.by_rule.push((exclusion.rule.clone(), rows));
    }
    if problems.is_empty() { Ok(kept) } else { Err(problems) }
}

/// Whom the screens of a group would leave out of those analysed. Each looks at everybody, whatever the others say, so
/// that their order is only that in which they are reported.
pub(in crate::normalise) fn screen(
    subject: &Subject<'_>,
    group: &Group,
    analysed: &[usize],
    ledger: &mut Ledger,
    notes: &mut Vec<Diag>,
) -> Result<Screening, Vec<Diag>> {
    let mut account = Vec::new();
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for exclusion in of_group(&subject.study.screens, group) {
        let screened = |count, cautions| Screened {
            rule: exclusion.id.clone(),
            label: label(exclusion),
            count,
            method: method(&exclusion.rule),
            cautions,
        };
        match subject.apply(exclusion, analysed, notes) {
            Ok(judged) => {
                subject.note_unjudged(exclusion, &judged, notes);
                account.push(screened(Ok(judged.out.len() as u64), judged.cautions()));
                rows.push((exclusion.id.clone(), judged.out.iter().map(|(row, _)| *row).collect::<Vec<_>>()));
                ledger.extend(subject.entries("screen", judged, |_| &exclusion.id));
            }
            Err(NotApplied::Mistake(problem)) => problems.push(problem),
            // A screen decides nothing, so that what stands in its way is its result.
            Err(NotApplied::Impossible(why)) => account.push(screened(Err(why), Vec::new())),
        }
    }
    if rows.len() > 1 {
        let mut all: Vec<usize> = rows.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        account.push(Screened {
            rule: ANY.to_owned(),
            label: None,
            count: Ok(all.len() as u64),
            method: None,
            cautions: Vec::new(),
        });
        rows.push((ANY.to_owned(), all));
    }
    if problems.is_empty() { Ok(Screening { account, rows }) } else { Err(problems) }
}

fn of_group<'a>(rules: &'a [Exclusion], group: &'a Group) -> impl Iterator<Item = &'a Exclusion> {
    rules.iter().filter(|exclusion| exclusion.groups.contains(&group.id))
}

/// The names under which a rule's rows are counted: a record in which nothing was answered is no break-off.
fn names(exclusion: &Exclusion) -> Vec<&str> {
    match exclusion.rule {
        Rule::BreakOff => vec![NOTHING_ANSWERED, &exclusion.id],
        _ => vec![&exclusion.id],
    }
}

/// What a rule is called: by the study, else by its usual words and the limit that it was told.
fn label(exclusion: &Exclusion) -> Option<String> {
    let with_limit = || Some(format!("{} ({})", usual_words(&exclusion.id), exclusion.rule.limit()?));
    exclusion.label.clone().or_else(with_limit)
}

/// The index by which a rule judges, if it does by one.
fn method(rule: &Rule) -> Option<Method> {
    match rule {
        Rule::Longstring { .. } => Some(careless::LONGSTRING),
        Rule::Irv { .. } => Some(careless::IRV),
        Rule::EvenOdd { .. } => Some(careless::EVEN_ODD),
        Rule::Mahalanobis { .. } => Some(careless::MAHALANOBIS),
        _ => None,
    }
}

impl Subject<'_> {
    /// The name under which a row that a rule leaves out is counted.
    fn name_of<'e>(&self, exclusion: &'e Exclusion, row: usize) -> &'e str {
        let answered = self.completeness.get(row).map_or(0, |counted| counted.answered);
        match exclusion.rule {
            Rule::BreakOff if answered == 0 => NOTHING_ANSWERED,
            _ => &exclusion.id,
        }
    }

    /// The lines of the ledger for what a rule saw.
    fn entries<'e>(
        &self,
        what_it_does: &str,
        judged: Judged,
        name_of: impl Fn(usize) -> &'e str,
    ) -> impl Iterator<Item = LedgerEntry> {
        let table = &self.export.table;
        judged.out.into_iter().map(move |(row, what)| LedgerEntry {
            file: table.file().clone(),
            line: table.line(row),
            column: None,
            rule: format!("{what_it_does} {}", name_of(row)),
            what,
        })
    }

    fn note_unjudged(&self, exclusion: &Exclusion, judged: &Judged, notes: &mut Vec<Diag>) {
        for caution in judged.cautions() {
            let Caution::Unjudged { .. } = caution else { continue };
            let message = format!("rule \"{}\": {caution}", exclusion.id);
            notes.push(Diag::note(codes::ASSUMED, Place::file(self.export.table.file()), message));
        }
    }
}
