//! Every export of the corpus that can be read gives a study that runs as it is.

use crate::init::{drafted, runs};

use super::{everything::listed, file, folder};

/// Definitions of files of the corpus, beside them under these names.
fn definition(folder: &str, name: &str) -> Option<String> {
    let (parent, file) = name.rsplit_once('/')?;
    let stem = file.rsplit_once('.')?.0;
    let beside = |file: &str| format!("{parent}/{file}");
    let candidates = [
        beside("dictionary.csv"),
        beside("dictionay.csv"),
        beside(&format!("{stem}.qsf")),
        beside(&format!("{}.qsf", stem.trim_end_matches("_raw"))),
    ];
    candidates.into_iter().find(|name| std::path::Path::new(&format!("{folder}/{name}")).exists())
}

#[test]
fn a_study_drafted_of_any_export_runs_as_it_is() {
    let Some(folder) = folder(253) else { return };
    let (mut with, mut without) = (0, 0);
    for row in listed(&folder) {
        let name = row[0].as_str();
        let (id, bytes) = file(&folder, name);
        if let Ok((draft, memory)) = drafted(&[(id.as_str(), &bytes, None)]) {
            let outcome = runs(&memory).unwrap_or_else(|why| panic!("{name}: {why}\n{}", draft.study));
            assert_eq!(outcome.study.to_decide.len(), draft.study.matches("# decide: ").count(), "{name}");
            without += 1;
        }
        let Some(definition) = definition(&folder, name).filter(|definition| definition != name) else {
            continue;
        };
        let (definition_id, definition_bytes) = file(&folder, &definition);
        let given = Some((definition_id.as_str(), definition_bytes.as_slice()));
        if let Ok((draft, memory)) = drafted(&[(id.as_str(), &bytes, given)]) {
            runs(&memory).unwrap_or_else(|why| panic!("{name} with {definition}: {why}\n{}", draft.study));
            with += 1;
        }
    }
    assert!(without >= 200, "only {without} exports were drafted");
    assert!(with >= 25, "only {with} exports were drafted with their definition");
}
