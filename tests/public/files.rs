//! Everything that is written for the public, in every form, against what the public findings say and what they leave out.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;
use zip::ZipArchive;

use super::founding::{findings, is_withheld, read};
use crate::studies_in_memory::root;

const PUBLIC: &str = "near-peer-public";

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}

/// The texts of all files, of documents and workbooks those of every part; pictures are drawn from the texts of the same
/// figure.
fn texts() -> Vec<(String, String)> {
    let mut all = Vec::new();
    files(&root().join("output").join(PUBLIC), &mut all);
    let mut texts = Vec::new();
    for path in all {
        let name = path.display().to_string();
        let bytes = fs::read(&path).unwrap();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("png") => {}
            // Its title, its alternative text and its structure; what is drawn is drawn from the texts of the SVG.
            Some("pdf") => texts.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            Some("docx" | "xlsx") => {
                let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
                for at in 0..archive.len() {
                    let mut part = archive.by_index(at).unwrap();
                    let mut text = String::new();
                    part.read_to_string(&mut text).unwrap();
                    texts.push((format!("{name}/{}", part.name().unwrap()), text));
                }
            }
            _ => texts.push((name, String::from_utf8(bytes).unwrap())),
        }
    }
    for ending in ["report.html", "tables.tex", "document.xml", "sharedStrings.xml", ".json", ".svg"] {
        assert!(texts.iter().any(|(name, _)| name.ends_with(ending)), "no {ending}");
    }
    texts
}

/// The words of a text that ids, digests and numbers can be.
fn words(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_alphanumeric() || "/_~:+-.".contains(c);
    text.split(|c| !is_part(c)).map(|word| word.trim_end_matches(['.', ':'])).collect()
}

fn ids(folder: &str) -> BTreeSet<String> {
    let findings = findings(folder);
    let all = findings["findings"].as_array().unwrap().iter();
    all.map(|finding| finding["id"].as_str().unwrap().to_owned()).collect()
}

/// Numbers with so many digits that they are somebody's result and no accident.
fn long_numbers(text: &str) -> BTreeSet<&str> {
    let is_number = |word: &&str| word.len() >= 9 && word.contains('.') && word.parse::<f64>().is_ok();
    words(text).into_iter().filter(is_number).collect()
}

#[test]
fn no_file_names_or_says_what_is_left_out() {
    let (private, public) = (ids("near-peer"), ids(PUBLIC));
    let left_out: BTreeSet<&str> = private.difference(&public).map(String::as_str).collect();
    assert!(left_out.len() > 250 && public.is_subset(&private), "{}", left_out.len());
    let (private, public) = (read("near-peer", "findings.json"), read(PUBLIC, "findings.json"));
    let (private, public) = (long_numbers(&private), long_numbers(&public));
    let unsaid: BTreeSet<&str> = private.difference(&public).copied().collect();
    assert!(unsaid.len() > 300, "{}", unsaid.len());
    let manifest: Value = serde_json::from_str(&read("near-peer", "manifest.json")).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    let secret = inputs.iter().filter(|input| input["file"] != "study.toml");
    let digests: BTreeSet<&str> = secret.map(|input| input["sha256"].as_str().unwrap()).collect();
    assert!(digests.len() > 4);
    for (name, text) in texts() {
        let words = words(&text);
        for hidden in [&left_out, &unsaid, &digests] {
            let told: Vec<&&str> = hidden.iter().filter(|hidden| words.contains(**hidden)).collect();
            assert!(told.is_empty(), "{name} says {told:?}");
        }
    }
}

#[test]
fn a_withheld_cell_is_withheld_in_every_form() {
    let public = findings(PUBLIC);
    let all = public["findings"].as_array().unwrap();
    let id = |finding: &Value| finding["id"].as_str().unwrap().to_owned();
    let withheld: BTreeSet<String> = all.iter().filter(|finding| is_withheld(finding)).map(id).collect();
    let mut cells = 0;
    for (name, text) in texts() {
        if !name.contains("/tables/") || !name.ends_with(".json") {
            continue;
        }
        let table: Value = serde_json::from_str(&text).unwrap();
        let rows =
            table["sections"].as_array().unwrap().iter().filter_map(|section| section["rows"].as_array());
        for cell in rows.flatten().flat_map(|row| row["cells"].as_array().unwrap()) {
            let quoted = cell["findings"].as_array().unwrap();
            let is_hidden = quoted.iter().any(|id| withheld.contains(id.as_str().unwrap()));
            assert!(!is_hidden || cell["shown"] == "[c]", "{name}: {cell}");
            cells += u64::from(is_hidden);
        }
        let shown = |text: &str| text.matches("[c]").count();
        for ending in [".md", ".html", ".tex"] {
            let other = name.replace(".json", ending);
            assert_eq!(shown(&fs::read_to_string(&other).unwrap()), shown(&text), "{other}");
        }
    }
    assert!(cells > 150, "{cells}");
    let bytes = fs::read(root().join("output").join(PUBLIC).join("tables.xlsx")).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = workbook.worksheet_range("Findings").unwrap();
    assert_eq!(sheet.height(), all.len() + 1);
    let mut hidden = 0;
    for row in sheet.rows().filter(|row| withheld.contains(&row[0].to_string())) {
        // Count, base, value, p-values, limits and level of the interval.
        assert!((6..14).all(|column| row[column] == Data::Empty), "{row:?}");
        hidden += 1;
    }
    assert_eq!(hidden, withheld.len());
}

#[test]
fn the_report_holds_neither_ledger_nor_files_of_answers() {
    let report = read(PUBLIC, "report.html");
    assert!(report.contains("<section id=\"flow\"") && report.contains("--audience public"));
    assert!(!report.contains("id=\"ledger\"") && !report.contains("ledger.csv"));
    assert!(
        !report.contains("students.csv")
            && !report.contains("residents.csv")
            && !report.contains("roster.csv")
    );
    assert!(read("near-peer", "report.html").contains("id=\"ledger\""));
}

#[test]
fn tables_of_what_nobody_has_read_are_left_out_with_their_reason() {
    for id in ["comparisons", "motivations-together", "preferred-pairs", "agreement", "pairs", "nonresponse"]
    {
        let note = read(PUBLIC, &format!("tables/{id}.md"));
        assert!(note.contains("Left out: ") && note.contains("withheld to protect those who answered"));
        assert!(!root().join(format!("output/{PUBLIC}/tables/{id}.csv")).exists(), "{id}");
    }
}

#[test]
fn screens_of_answers_stand_in_no_base() {
    let private = read("near-peer", "findings.json");
    assert!(private.contains("\"screened\": [") && private.contains("\"rule\": \"longstring\""));
    let public = findings(PUBLIC);
    let all = public["findings"].as_array().unwrap();
    let mut told = BTreeSet::new();
    for finding in all {
        let screened = finding["base"]["screened"].as_array().into_iter().flatten();
        for screen in screened {
            let (group, rule) = (finding["group"].as_str().unwrap(), screen["rule"].as_str().unwrap());
            let id = format!("{group}/screened/{rule}");
            // A base tells no more than the finding of the screen itself.
            let own = all.iter().find(|finding| finding["id"] == id.as_str());
            let own = own.unwrap_or_else(|| panic!("{id} stands in a base alone"));
            assert!(!is_withheld(own), "{id}");
            told.insert(rule.to_owned());
        }
    }
    assert_eq!(told, BTreeSet::from(["progress".to_owned(), "speeder".to_owned()]));
}

#[test]
fn figures_of_what_nobody_has_read_are_not_drawn() {
    let folder = crate::cli::copy();
    let study = "analyses/near-peer/study.toml";
    let ask = "inquiry = \"number\"\nof = \"expectation\"\n";
    crate::cli::edit(folder.path(), study, ask, &format!("{ask}distribution = true\n"));
    let (bars, figure) =
        ("show = \"bars\"\nof = \"expectations\"\n", "show = \"histogram\"\nof = \"expectation\"\n");
    crate::cli::edit(folder.path(), study, bars, figure);
    crate::cli::edit(folder.path(), study, "order = \"largest\"\n", "");
    for audience in ["public", "private"] {
        let out = folder.path().join(audience);
        let arguments = ["run", "analyses/near-peer", "--out", out.to_str().unwrap()];
        let public = ["--audience", "public"];
        let arguments =
            if audience == "public" { [&arguments[..], &public].concat() } else { arguments.to_vec() };
        let output = crate::cli::canvass(&arguments, folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", crate::cli::stderr(&output));
        let figures = out.join("figures");
        assert_eq!(figures.join("agreement.svg").exists(), audience == "private");
        if audience == "public" {
            let note = fs::read_to_string(figures.join("agreement.md")).unwrap();
            assert!(
                note.contains("Left out: a figure of histogram is withheld to protect those who answered"),
                "{note}"
            );
            let found = fs::read_to_string(out.join("findings.json")).unwrap();
            assert!(!found.contains("/bin/") && !found.contains("whisker"), "bins are told of nobody");
        }
    }
}
