//! Studies of real exports whose reported results are claims: every one must hold.

use canvass::diag::FileId;
use canvass::io::{Disk, Memory, Source as _, resolve};
use canvass::pipeline::compute;
use canvass::study::Claim;
use canvass::verify::{Verdict, check_claims};

use super::{file, folder};

/// Runs a study of tests/studies over files of the corpus and checks its claims; how many it has.
fn every_claim_holds(study: &str, claims: usize, files: &[&str]) {
    let Some(corpus) = folder(claims) else { return };
    let mut memory = Memory::default();
    let written = FileId::new(&format!("tests/studies/{study}/study.toml"));
    for name in ["study.toml", "reported.toml"] {
        let id = FileId::new(&format!("tests/studies/{study}/{name}"));
        memory.insert(id.clone(), Disk.read(&id).unwrap_or_else(|diag| panic!("{}", diag.message)));
    }
    for name in files {
        // Wherever the corpus is, the study finds it where its file says.
        let inside = resolve(&written, &format!("../../../../shared/data/{name}"));
        memory.insert(inside, file(&corpus, name).1);
    }
    let outcome = compute(&memory, &written, &|_| {}).unwrap_or_else(|stopped| {
        let messages: Vec<&str> = stopped.problems.iter().map(|problem| problem.message.as_str()).collect();
        panic!("{study}: {}", messages.join("; "))
    });
    let reported: &[Claim] = outcome.reported.as_ref().map_or(&[], |reported| &reported.claims);
    assert_eq!(reported.len(), claims, "{study}");
    for check in check_claims(reported, &outcome.findings) {
        assert!(matches!(check.verdict, Verdict::Holds { .. }), "{study}: {check:?}");
    }
}

#[test]
fn the_printed_reliabilities_of_bfi_hold() {
    every_claim_holds(
        "bfi",
        160,
        &["pub-psych-bfi/derived_csv/bfi.csv", "pub-psych-bfi/derived_csv/sat.act.csv"],
    );
}

#[test]
fn the_printed_summaries_of_pisa_hold() {
    every_claim_holds("pisa", 172, &["pub-likert-pisa/derived_csv/pisa_ST24_ST25_codes.csv"]);
}
