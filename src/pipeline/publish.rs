//! An outcome for the public: what may be told of it, as `disclose` decides.

use crate::diag::{Diag, Place, codes};
use crate::disclose::{Disclosed, disclose};

use super::Stopped;
use super::compute::Outcome;

/// Who is to read an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Those who may see every answer.
    #[default]
    Private,
    /// Everybody.
    Public,
}

/// An outcome for the public.
#[derive(Debug, Clone)]
pub struct Published {
    /// The outcome, of which everything that is written can be told; its groups, ledger and inputs are as they were.
    pub outcome: Outcome,
    /// How many findings are withheld.
    pub withheld: u64,
    /// How many counts were withheld for themselves, and how many further ones to protect them.
    pub counts: (u64, u64),
    /// Whether no choice of fewer further counts exists.
    pub minimal: bool,
    /// The smallest spread of possible counts that the audit found.
    pub narrowest: Option<u64>,
}

/// Withholds from an outcome what the study's rule says, and audits what is left.
pub fn publish(outcome: &Outcome) -> Result<Published, Stopped> {
    let Outcome { study, cohorts, outline, findings, sources, .. } = outcome;
    let stopped = |problems: Vec<Diag>| Stopped { problems, sources: sources.clone() };
    let Some(rules) = &study.disclosure else {
        let problem = Diag::error(
            codes::STUDY_MISSING_KEY,
            Place::file(&study.file),
            "nothing says what may be told to the public",
        );
        let help = "add a table [disclosure]; minimum-cell = 5 and minimum-base = 10 are usual";
        return Err(stopped(vec![problem.help(help)]));
    };
    let Disclosed { findings, outline, withheld, counts, minimal, narrowest } =
        disclose(study, rules, cohorts, outline, findings).map_err(stopped)?;
    let mut study = study.clone();
    for text in &mut study.texts {
        text.template = text.public_template.take();
    }
    study.texts.retain(|text| text.template.is_some());
    let outcome = Outcome { study, outline, findings, audience: Audience::Public, ..outcome.clone() };
    Ok(Published { outcome, withheld, counts, minimal, narrowest })
}
