//! Results that were published of real surveys: a study file reads the raw data and every published number is a claim.
//!
//! The studies stand in tests/studies. Their claims are written from the published tables by the programs beside them,
//! never from what Canvass finds; what cannot be reproduced is a claim that is bound to nothing and says why.

use canvass::diag::{Diag, FileId};
use canvass::io::{Disk, Source};
use canvass::pipeline::{Outcome, compute};
use canvass::study::Claim;
use canvass::verify::{Verdict, check_claims};

use super::{folder, kobo};
use crate::verify::altered;

/// A study, how many of its claims are bound to a finding, and how many are bound to nothing.
const STUDIES: [(&str, usize, usize); 5] = [
    ("jupyter-2015/study.toml", 3, 0),
    ("kobo-cleaningtools/study.toml", 3776, 5),
    ("limesurvey-rse/uk-2016.toml", 345, 8),
    ("limesurvey-rse/nl-2017.toml", 512, 3),
    ("limesurvey-rse/zaf-2017.toml", 897, 5),
];

/// The disk, with the corpus wherever it is.
struct Corpus(String);

/// The form of the households, whose two sheets the corpus has as two tables.
const FORM: &str = "../shared/data/kobo-cleaningtools/form.csv";

impl Corpus {
    fn name(&self, file: &FileId) -> FileId {
        match file.as_str().strip_prefix("../shared/data") {
            Some(rest) => FileId::new(&format!("{}{rest}", self.0)),
            None => file.clone(),
        }
    }
}

impl Source for Corpus {
    fn read(&self, file: &FileId) -> Result<Vec<u8>, Diag> {
        if file.as_str() == FORM {
            return Ok(kobo::form(&self.0));
        }
        Disk.read(&self.name(file))
    }

    fn exists(&self, file: &FileId) -> bool {
        Disk.exists(&self.name(file))
    }

    fn list(&self, folder: &FileId) -> Vec<String> {
        Disk.list(&self.name(folder))
    }
}

fn outcome(corpus: &str, study: &str) -> Outcome {
    let file = FileId::new(&format!("tests/studies/{study}"));
    compute(&Corpus(corpus.to_owned()), &file, &|_| {}).unwrap_or_else(|stopped| {
        let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
        panic!("{study}: {}", messages.join("; "))
    })
}

#[test]
fn every_claim_holds_and_fails_when_it_is_altered() {
    let Some(corpus) = folder(STUDIES.iter().map(|(_, bound, _)| bound).sum()) else { return };
    for (study, bound, unbound) in STUDIES {
        let outcome = outcome(&corpus, study);
        let claims = &outcome.reported.as_ref().unwrap().claims;
        let mut counts = (0, 0);
        for (claim, check) in claims.iter().zip(check_claims(claims, &outcome.findings)) {
            match check.verdict {
                Verdict::Holds { .. } => counts.0 += 1,
                Verdict::Unbound => {
                    counts.1 += 1;
                    continue;
                }
                differs @ Verdict::Differs { .. } => panic!("{study}: {}: {differs:?}", check.text),
            }
            for says in altered(claim.says.as_ref().unwrap()) {
                let other = Claim { says: Some(says), ..claim.clone() };
                let check = &check_claims(std::slice::from_ref(&other), &outcome.findings)[0];
                assert!(
                    matches!(check.verdict, Verdict::Differs { .. }),
                    "{study}: {:?} holds too",
                    other.says
                );
            }
        }
        assert_eq!(counts, (bound, unbound), "{study}");
    }
}
