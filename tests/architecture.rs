//! The architecture page's absences, checked over the source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A module may use another only if the other stands on a lower layer.
const LAYERS: [&[&str]; 11] = [
    &["diag", "numbers", "word"],
    &["io", "stats", "codebook"],
    &["study", "ingest", "responses", "findings"],
    &["normalise"],
    &["analyse", "inspect"],
    &["disclose"],
    &["tables", "figures", "text", "record", "draft"],
    &["report"],
    &["pipeline"],
    &["verify"],
    &["cli"],
];

/// Source files with their top-level module and text.
fn sources() -> Vec<(PathBuf, String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let module = path.strip_prefix(&root).unwrap().components().next().unwrap();
            let module = module.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            (path, module, text)
        })
        .filter(|(_, module, _)| module != "lib" && module != "main")
        .collect()
}

fn layer_of() -> BTreeMap<&'static str, usize> {
    LAYERS
        .iter()
        .enumerate()
        .flat_map(|(layer, modules)| modules.iter().map(move |module| (*module, layer)))
        .collect()
}

/// The code of a file without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
}

#[test]
fn every_module_uses_only_lower_layers() {
    let layers = layer_of();
    let mut wrong = Vec::new();
    for (path, module, text) in sources() {
        let own = *layers.get(module.as_str()).unwrap_or_else(|| panic!("src/{module} has no layer"));
        for (at, line) in code(&text) {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(layer) = layers.get(used.as_str()) else { continue };
                if *layer >= own && used != module {
                    wrong.push(format!("{}:{at}: {module} uses {used}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text that only some places may hold, and which those are.
const WALLS: [(&str, &[&str]); 8] = [
    ("std::fs", &["src/io/create.rs", "src/io/disk.rs", "src/io/publish.rs"]),
    ("polars", &["src/ingest/column/"]),
    ("plotters", &["src/figures/svg.rs"]),
    ("Serialize", &["src/record/", "src/cli/"]),
    ("clap", &["src/cli/"]),
    ("stdout", &["src/cli/ui.rs"]),
    ("stderr", &["src/cli/ui.rs", "src/cli/mod.rs"]),
    ("calamine", &["src/ingest/workbook.rs"]),
];

#[test]
fn each_outside_thing_has_one_door() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for (path, _, text) in sources() {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let tests_from = text.find("#[cfg(test)]").unwrap_or(text.len());
        for (at, line) in code(&text[..tests_from]) {
            for (what, doors) in WALLS {
                if line.contains(what) && !doors.iter().any(|door| name.starts_with(door)) {
                    wrong.push(format!("{name}:{at}: {what} belongs to {}", doors.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_one_room() {
    let mut wrong = Vec::new();
    for (path, _, text) in sources() {
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with what it is for", path.display()));
        }
        let lines = text.lines().count();
        if lines > 650 {
            wrong.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_architecture_page_names_every_folder_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    for module in layer_of().keys() {
        assert!(root.join("src").join(module).is_dir(), "src/{module} is in the layers but not there");
        assert!(page.contains(&format!("`src/{module}`")), "docs/architecture.md does not name src/{module}");
    }
    for named in page.split("`src/").skip(1) {
        let named = named.split('`').next().unwrap_or_default();
        assert!(
            root.join("src").join(named).exists(),
            "docs/architecture.md names src/{named}, which is not there"
        );
    }
}
