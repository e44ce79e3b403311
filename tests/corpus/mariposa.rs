//! Listings of SPSS 29 as claims of a study: frequencies, crosstabs and tests over the same file.

use canvass::diag::FileId;
use canvass::io::{Disk, Memory, Source as _, resolve};
use canvass::pipeline::compute;
use canvass::verify::{Verdict, check_claims};

use super::{file, folder};

/// The claims of tests/studies/mariposa/reported.toml.
const CLAIMS: usize = 227;

#[test]
fn what_spss_lists_is_found_again() {
    let Some(folder) = folder(CLAIMS) else { return };
    let study = FileId::new("tests/studies/mariposa/study.toml");
    let mut memory = Memory::default();
    for name in ["study.toml", "reported.toml"] {
        let name = FileId::new(&format!("tests/studies/mariposa/{name}"));
        let bytes = Disk.read(&name).unwrap_or_else(|diag| panic!("{}", diag.message));
        memory.insert(name, bytes);
    }
    let (_, bytes) = file(&folder, "pub-spss-mariposa/data/survey_data.sav");
    let inside = resolve(&study, "../../../../shared/data/pub-spss-mariposa/data/survey_data.sav");
    memory.insert(inside, bytes);
    let outcome =
        compute(&memory, &study, &|_| {}).unwrap_or_else(|stopped| panic!("{:#?}", stopped.problems));
    let claims = outcome.reported.as_ref().map(|reported| reported.claims.clone()).unwrap_or_default();
    let checks = check_claims(&claims, &outcome.findings);
    assert_eq!(checks.len(), CLAIMS);
    for check in checks {
        assert!(matches!(check.verdict, Verdict::Holds { .. }), "{check:?}");
    }
}
