//! No identifier and no free text reaches an output, and hostile text stays text.

use std::io::{Cursor, Read as _};

use canvass::io::Memory;
use canvass::pipeline::render;

use crate::studies_in_memory::{Csv, load, outcome};

/// Every output of a run of the founding study as text, with its name; of archives, every part.
fn outputs(source: &Memory) -> Vec<(String, String)> {
    let outcome = outcome(source, "near-peer");
    let files = render(&outcome, source, &|_| {}).unwrap().value;
    files
        .into_iter()
        .filter(|(name, _)| !is_drawn(name))
        .flat_map(|(name, bytes)| parts(name, bytes))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// Pictures of pixels, and the PDF, which is drawn of the texts that the SVG shows.
fn is_drawn(name: &str) -> bool {
    name.ends_with(".png") || name.ends_with(".pdf")
}

/// The parts of a Word or Excel file; any other file as it is.
fn parts(name: String, bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    if !name.ends_with(".docx") && !name.ends_with(".xlsx") {
        return vec![(name, bytes)];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|position| {
            let mut part = archive.by_index(position).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            let name = format!("{name}/{}", part.name().unwrap());
            if name.contains("/xl/worksheets/") {
                bytes = between_tags(&bytes);
            }
            (name, bytes)
        })
        .collect()
}

/// What stands in the cells of a sheet, without its tags: they hold addresses of cells, such as S10.
fn between_tags(sheet: &[u8]) -> Vec<u8> {
    let mut is_tag = false;
    let seen = sheet.iter().map(|byte| {
        is_tag = (is_tag || *byte == b'<') && *byte != b'>';
        if is_tag || *byte == b'>' { b' ' } else { *byte }
    });
    seen.collect()
}

/// The distinct texts of some columns, long enough to be told from ordinary words.
fn texts(csv: &Csv, columns: &[&str], headers: usize) -> Vec<String> {
    let mut texts: Vec<String> = columns
        .iter()
        .map(|name| csv.column(name))
        .flat_map(|column| {
            csv.records.iter().skip(headers).map(move |(_, record)| record[column].trim().to_owned())
        })
        .filter(|text| text.len() > 2 && text != "-99")
        .collect();
    texts.sort();
    texts.dedup();
    texts
}

#[test]
fn no_identifier_and_no_free_text_is_in_any_output() {
    let source = load("near-peer");
    let students = Csv::read(&source, "fixtures/near-peer/students.csv");
    let residents = Csv::read(&source, "fixtures/near-peer/residents.csv");
    let roster = Csv::read(&source, "fixtures/near-peer/roster.csv");
    let mut secret = texts(
        &students,
        &[
            "IPAddress",
            "ResponseId",
            "RecipientEmail",
            "RecipientLastName",
            "LocationLatitude",
            "code",
            "Q9",
            "Q5_6_TEXT",
        ],
        3,
    );
    secret.extend(texts(&residents, &["code", "comments"], 1));
    secret.extend(texts(&roster, &["code"], 1));
    assert!(secret.len() > 60, "{}", secret.len());
    for (name, text) in outputs(&source) {
        for word in &secret {
            // Codes such as S01 are looked for as words: a digest may hold the letters by chance.
            let found = text.match_indices(word.as_str()).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            });
            assert!(!found || word == "NA", "{name} holds {word:?}");
        }
    }
}

#[test]
fn hostile_labels_stay_text_in_every_format() {
    let mut source = load("near-peer");
    let hostile =
        "=cmd|' /C calc'!A0 <script>alert(1)</script> ![x](javascript:alert(1)) | `a` & \"q\" </svg>";
    let file = canvass::diag::FileId::new("analyses/near-peer/study.toml");
    let text = String::from_utf8(canvass::io::Source::read(&source, &file).unwrap()).unwrap();
    let escaped = hostile.replace('\\', "\\\\").replace('"', "\\\"");
    let text = text
        .replace("label = \"Students\"", &format!("label = \"{escaped}\""))
        .replace("title = \"Motivations to take part\"", &format!("title = \"{escaped}\""));
    source.insert(file, text.into_bytes());
    for (name, text) in outputs(&source) {
        if name.ends_with(".html") || name.ends_with(".svg") {
            // The report has one script, its own.
            let own = usize::from(name == "report.html");
            assert_eq!(text.matches("<script").count(), own, "{name}");
            assert!(!text.contains("alert(1)</script>"), "{name}");
            assert!(!text.contains("=\"javascript:"), "{name}");
        }
        if name.ends_with(".md") {
            assert!(!text.contains("<script"), "{name}");
            assert!(!text.contains("![x](javascript"), "{name}");
        }
        if name.ends_with(".csv") {
            for record in csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes())
                .records()
            {
                for cell in &record.unwrap() {
                    assert!(!cell.starts_with('='), "{name}: {cell}");
                }
            }
        }
    }
}

/// What a run says and writes, the notes included.
fn everything_said(source: &Memory, study: &str) -> String {
    let outcome = outcome(source, study);
    let files = render(&outcome, source, &|_| {}).unwrap();
    let mut said = format!("{:?}{:?}", outcome.notes, files.notes);
    for (name, bytes) in files.value.into_iter().filter(|(name, _)| !is_drawn(name)) {
        for (name, bytes) in parts(name, bytes) {
            said.push_str(&name);
            said.push_str(&String::from_utf8(bytes).unwrap());
        }
    }
    said
}

#[test]
fn own_words_in_a_cell_of_ranks_or_of_a_scale_are_not_told() {
    let source = load("near-peer");
    let students = Csv::read(&source, "fixtures/near-peer/students.csv");
    // The second response, below three rows of headers and a preview.
    for (column, rule) in [("Q4_1", "bad-rank,"), ("Q7_1", "unreadable,"), ("Q3", "unreadable,")] {
        for secret in ["Ann Lee", "1 - ask Ann Lee", "01701234567"] {
            let changed = students.with_cell(&source, 4, students.column(column), secret);
            let said = everything_said(&changed, "near-peer");
            assert!(!said.contains("Ann Lee") && !said.contains("01701234567"), "{column} tells {secret}");
            let rank_in_words = column == "Q4_1" && secret.starts_with("1 -");
            // What it was read as stands in quotes, so that the cell of the ledger is quoted as a whole.
            let rule = if rank_in_words { "rank-in-words,\"" } else { rule };
            let entry = format!("students.csv,19,{column},{rule}a text that is not shown read as");
            assert!(said.contains(&entry), "{entry:?} is not in the ledger");
        }
    }
}

#[test]
fn own_words_in_a_cell_of_several_answers_are_not_told() {
    let study = r#"
[study]
title = "Fruit"

[groups.all]
label = "All"
export = "answers.csv"

[questions.fruit]
label = "Fruit"
kind = "multi"
all = "fruit"
choices = ["Apple", "Pear"]

[[ask]]
inquiry = "choices"
of = "fruit"
"#;
    let mut source = Memory::default();
    let mut insert = |name: &str, text: &str| {
        source.insert(canvass::diag::FileId::new(name), text.as_bytes().to_vec());
    };
    insert("analyses/fruit/study.toml", study);
    insert(
        "analyses/fruit/answers.csv",
        "id,fruit\n1,Apple\n2,Pear\n3,\"Apple, what Ann Lee grows\"\n4,Applf\n5,\"Apple, Quince\"\n6,\"Quince, Pear\"\n7,Quince\n",
    );
    let said = everything_said(&source, "fruit");
    assert!(!said.contains("Ann Lee") && !said.contains("Applf"), "{said}");
    // What three persons wrote is no one's own, and is named so that it can be declared.
    assert!(said.contains("\\\"Quince\\\" in 3 cells: add it to choices"), "{said}");
}

#[test]
fn no_question_may_read_a_column_that_tells_who_a_person_is() {
    for column in ["code", "RecipientEmail", "IPAddress"] {
        let mut source = load("near-peer");
        let file = canvass::diag::FileId::new("analyses/near-peer/study.toml");
        let text = String::from_utf8(canvass::io::Source::read(&source, &file).unwrap()).unwrap();
        let asked = format!(
            "[questions.who]\nkind = \"single\"\nchoices = [\"a\", \"b\"]\nstudents = \"{column}\"\n\n[[exclude]]"
        );
        source.insert(file.clone(), text.replacen("[[exclude]]", &asked, 1).into_bytes());
        let stopped = canvass::pipeline::compute(&source, &file, &|_| {}).unwrap_err();
        let codes: Vec<&str> = stopped.problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(codes, ["S016"], "{column}");
        assert!(stopped.problems[0].message.contains(column));
    }
}
