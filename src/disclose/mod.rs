//! What of the findings may be told to the public, over all tables, figures and texts of a study together.
//!
//! Every count that a finding says is a cell of one system (`model`), in which the relations between counts are sums:
//! an item's own account, the account of people, and what groups of one export have in common (`relations`, `people`,
//! `rows`). Small cells are withheld, and with them the fewest others, so that none can be worked out. `withhold` takes
//! out of the findings what is not published; `audit` then reads what is left as an outsider would and bounds every
//! withheld count. What a statistic says is known from a table (`reading`); one that is not in it is never published.

mod audit;
mod build;
mod model;
mod numbers;
mod people;
mod reading;
mod relations;
mod rows;
mod withhold;

use crate::diag::{Diag, codes};
use crate::findings::{Findings, Outline};
use crate::normalise::Cohort;
use crate::stats::disclosure::linked::{Linked, linked_suppression};
use crate::study::{Disclosure, Study};

/// What may be told.
#[derive(Debug, Clone)]
pub struct Disclosed {
    /// The findings, with those that are withheld saying so.
    pub findings: Findings,
    /// The words around them, with the rule among the notes.
    pub outline: Outline,
    /// How many findings are withheld, those that are left out whole among them.
    pub withheld: u64,
    /// How many counts were withheld for themselves, and how many further ones to protect them.
    pub counts: (u64, u64),
    /// Whether no choice of fewer further counts exists.
    pub minimal: bool,
    /// The smallest spread of possible counts that the audit found among the withheld ones that can have one.
    pub narrowest: Option<u64>,
}

/// Withholds what must be withheld, and makes sure that nothing of it can be worked out from the rest.
pub fn disclose(
    study: &Study,
    rules: &Disclosure,
    cohorts: &[Cohort],
    outline: &Outline,
    findings: &Findings,
) -> Result<Disclosed, Vec<Diag>> {
    let refused = |why: String| vec![study.error(codes::STUDY_BAD_VALUE, &rules.span, why)];
    // Those who gave one answer are sides of comparisons, of which nothing is told.
    let groups: Vec<Cohort> = cohorts.iter().filter(|cohort| !cohort.is_answer()).cloned().collect();
    let built = build::build(study, rules, &groups, outline, findings);
    let linked = Linked::new(built.model.cells.clone(), built.model.sums.clone())
        .map_err(|why| refused(format!("the counts of this study cannot be protected together: {why}")))?;
    let chosen = linked_suppression(&linked);
    let mut unknown = linked.unknown();
    for cell in &chosen.further {
        unknown[*cell] = true;
    }
    let public = withhold::withhold(&built, &unknown, outline, findings);
    let narrowest = audit::audit(&built, &linked, &chosen.widths, outline, &public.findings)
        .map_err(|why| refused(format!("nothing was written: {why}")))?;
    let mut outline = outline.clone();
    // What is compared is told of nobody, and which answers are sides depends on who gave them.
    outline.comparisons.clear();
    outline.notes.push(note(rules, chosen.minimal));
    Ok(Disclosed {
        findings: public.findings,
        outline,
        withheld: public.withheld,
        counts: (built.n_primary(), chosen.further.len() as u64),
        minimal: chosen.minimal,
        narrowest,
    })
}

/// The rule in words, for every output.
fn note(rules: &Disclosure, minimal: bool) -> String {
    let sensitive = if rules.sensitive.is_empty() || rules.minimum_sensitive_cell == rules.minimum_cell {
        String::new()
    } else {
        format!(" (under {} where the question is sensitive)", rules.minimum_sensitive_cell)
    };
    let further = if minimal {
        "the fewest others from which they could be worked out"
    } else {
        "others from which they could be worked out, perhaps more than the fewest"
    };
    format!(
        "For the public, counts of people under {}{sensitive} and what fewer than {} people answered are withheld, and \
         with them {further}.",
        rules.minimum_cell, rules.minimum_base
    )
}
