//! What the pages say is so.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use canvass::findings::Statistic;
use canvass::stats::FAMILIES;

use crate::cli::copy;
use crate::studies_in_memory::root;

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_methods_page_defines_every_method_and_statistic_once() {
    let page = page("docs/methods.md");
    let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
    for heading in page.lines().filter(|line| line.starts_with("### ")) {
        let id = heading.split('`').nth(1).unwrap_or_else(|| panic!("{heading} names no id"));
        *entries.entry(id).or_default() += 1;
    }
    let methods = FAMILIES.iter().flat_map(|family| family.iter()).map(|method| method.id);
    let own = canvass::analyse::METHODS.iter().chain(canvass::analyse::PROGRAMS).map(|method| method.id);
    for id in methods.chain(own).chain(Statistic::ALL.iter().map(Statistic::id)) {
        assert!(entries.contains_key(id), "docs/methods.md has no entry `{id}`");
    }
    for (id, count) in entries {
        assert_eq!(count, 1, "docs/methods.md defines `{id}` {count} times");
    }
}

#[test]
fn the_transcript_of_the_readme_is_what_the_program_prints() {
    let readme = page("README.md");
    let block = readme.split("```console\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_canvass"))
        .args(["run", "analyses/near-peer", "--out"])
        .arg(&out)
        .current_dir(root())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    for line in block.lines().skip(1) {
        assert!(
            printed.lines().any(|printed| printed.trim_end() == line.trim_end()),
            "{line:?} is not in\n{printed}"
        );
    }
}

#[test]
fn the_commands_of_the_readme_work() {
    let readme = page("README.md");
    let commands: Vec<&str> =
        readme.lines().filter_map(|line| line.strip_prefix("    cargo run -- ")).collect();
    assert_eq!(commands.len(), 7);
    // In a copy: what they write is no part of the project.
    let folder = copy();
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_canvass"))
            .args(command.split(' '))
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    for (name, folder) in
        [("README.md", ""), ("docs/study-file.md", "docs/"), ("docs/architecture.md", "docs/")]
    {
        for link in page(name).split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if !link.starts_with("https://") {
                let path = root().join(format!("{folder}{link}"));
                assert!(path.exists(), "{name} links to {link}");
            }
        }
    }
}
