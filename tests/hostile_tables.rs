//! Hostile words in every label, through every format of tables: they stay words.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};

use crate::tables_in_memory::files;

/// What somebody could write into a label, as it stands in a study file.
fn hostile() -> Vec<String> {
    let long = "unbreakable".repeat(500);
    [
        r"</td></tr></table><script>alert('x')</script><img src=x onerror=alert(1)>",
        r"=cmd|' /C calc'!A0",
        r"\\input{/etc/passwd}\\write18{rm} 100% & $x_1^2$ #1 ~ } {",
        r"a | b\n| --- |\r\n<!-- ](javascript:alert(1)) **bold** `code`",
        r"\u0001\u0007\u001b[31mred\u0085\u200b",
        "\u{1f600} \u{202e}gnihtemos \u{627}\u{644}\u{633}\u{644}\u{627}\u{645} \u{4f60}\u{597d}",
        r"@SUM(A1:A9)]]><![CDATA[&#x3c;&lt;",
        &long,
    ]
    .map(|text| text.replace('"', "'"))
    .to_vec()
}

/// The study, with words in capitals where hostile ones go.
const STUDY: &str = r#"
[study]
title = "TITLE"
notes = ["NOTE"]
[groups.all]
label = "TITLE"
export = "people.csv"
[parts.some]
label = "PART"
of = "all"
answered = { single = ["NOTE 3"] }
[scales.s]
points = [POINTS]
codes = ["1", "2", "3"]
[questions.single]
label = "PART"
kind = "single"
choices = [CHOICES]
codes = ["1", "2", "3", "4", "5", "6", "7", "8"]
all = "single"
[questions.scaled]
label = "NOTE"
kind = "likert"
scale = "s"
all = ["one", "two"]
[questions.scaled.items]
one = { label = "TITLE", all = "one" }
two = { label = "LONG", all = "two" }
[questions.ticked]
label = "NOTE"
kind = "multi"
choices = [CHOICES]
codes = ["1", "2", "3", "4", "5", "6", "7", "8"]
separator = ";"
all = "ticked"
[questions.age]
label = "LONG"
kind = "number"
all = "age"
[[ask]]
inquiry = "distribution"
in = ["all", "some"]
[[ask]]
inquiry = "number"
in = ["all", "some"]
[[ask]]
inquiry = "choices"
in = ["all", "some"]
[[ask]]
inquiry = "combinations"
most = 20
[[ask]]
inquiry = "crosstab"
of = "single"
by = "scaled-one"
test = "fisher"
[questions.scaled-one]
label = "NOTE"
kind = "likert"
scale = "s"
all = "two"
"#;

/// The tables, each with its keys.
const SHOWS: [(&str, &str); 6] = [
    ("participants", "of = [\"single\", \"age\", \"ticked\", \"scaled\"]\nin = [\"all\", \"some\"]"),
    ("items", "of = \"scaled\"\nin = [\"all\", \"some\"]"),
    ("choices", "of = \"ticked\""),
    ("combinations", "of = \"ticked\""),
    ("numbers", "of = \"age\"\nin = [\"all\", \"some\"]"),
    ("crosstab", "of = \"single\"\npercent = \"all\""),
];

fn study() -> (String, String) {
    let words = hostile();
    let quoted = |count: usize| -> String {
        let quoted: Vec<String> =
            words.iter().take(count).enumerate().map(|(at, word)| format!("\"{word} {at}\"")).collect();
        quoted.join(", ")
    };
    let mut study = STUDY.replace("POINTS", &quoted(3)).replace("CHOICES", &quoted(8));
    for (place, position) in [("TITLE", 0), ("NOTE", 3), ("PART", 5), ("LONG", 7)] {
        study = study.replace(place, &words[position]);
    }
    for ((show, keys), title) in SHOWS.iter().zip(&words) {
        writeln!(study, "[[table]]\nid = \"{show}\"\nshow = \"{show}\"\ntitle = \"{title}\"\n{keys}")
            .unwrap();
    }
    let mut people = "single,one,two,ticked,age\n".to_owned();
    for person in 0..16 {
        let (choice, one, two) = (person % 8 + 1, person % 3 + 1, person % 2 + 1);
        writeln!(people, "{choice},{one},{two},{choice};{one},{}", 20 + person).unwrap();
    }
    (study, people)
}

/// A sign that is left open in the label of a group would turn the number beside it around.
#[test]
fn no_label_turns_a_number_around() {
    let files = made();
    let tables = files.iter().filter(|(name, _)| name.starts_with("tables/"));
    for (name, bytes) in tables {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains('\u{202e}') && !text.contains("\\u202e"), "{name}");
        assert!(!name.contains("participants") || text.contains("gnihtemos"), "{name}: the words are there");
    }
}

fn made() -> BTreeMap<String, Vec<u8>> {
    let (study, people) = study();
    files(&study, &[("people.csv", &people)])
}

fn of_kind<'a>(files: &'a BTreeMap<String, Vec<u8>>, ending: &'a str) -> Vec<(&'a str, String)> {
    let tables = files.iter().filter(move |(name, _)| name.starts_with("tables/") && name.ends_with(ending));
    let found: Vec<_> =
        tables.map(|(name, bytes)| (name.as_str(), String::from_utf8(bytes.clone()).unwrap())).collect();
    assert_eq!(found.len(), 6, "{ending}");
    found
}

#[test]
fn pages_hold_no_tag_but_their_own() {
    let own = [
        "html", "head", "meta", "title", "style", "body", "table", "caption", "thead", "tbody", "tr", "th",
        "td", "sup", "p", "br", "!DOCTYPE",
    ];
    for (name, text) in of_kind(&made(), ".html") {
        for tag in text.split('<').skip(1) {
            let word: String = tag
                .trim_start_matches('/')
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '!')
                .collect();
            assert!(own.contains(&word.as_str()), "{name}: <{}", tag.chars().take(40).collect::<String>());
        }
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{name}");
        assert!(text.contains("&lt;script&gt;"), "{name}: the words are there");
    }
}

#[test]
fn lines_hold_no_formula_and_every_line_its_fields() {
    for (name, text) in of_kind(&made(), ".csv") {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let mut fields = 0;
        for record in reader.records() {
            for field in &record.unwrap() {
                let is_number = field.parse::<f64>().is_ok();
                let formula = field.trim_start().starts_with(['=', '+', '-', '@']);
                assert!(is_number || !formula, "{name}: {}", field.chars().take(40).collect::<String>());
                assert!(!field.contains(char::is_control), "{name}: {field:?}");
                fields += 1;
            }
        }
        assert!(fields > 0, "{name}");
    }
    for (name, text) in of_kind(&made(), ".json") {
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name}");
    }
}

#[test]
fn a_table_in_markdown_keeps_its_columns() {
    for (name, text) in of_kind(&made(), ".md") {
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        let head = bars(rows[0]);
        assert!(rows.len() > 3 && rows.iter().all(|row| bars(row) == head), "{name}");
        assert!(!text.contains("<script") && !text.contains("<!--") && !text.contains("<img"), "{name}");
    }
}

#[test]
fn latex_holds_no_command_but_its_own() {
    let files = made();
    let mut all = of_kind(&files, ".tex");
    all.push(("tables.tex", String::from_utf8(files["tables.tex"].clone()).unwrap()));
    for (name, text) in all {
        assert!(!text.contains("\\input") && !text.contains("\\write"), "{name}");
        // Braces that are not escaped open and close in order.
        let mut depth = 0_i64;
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => drop(letters.next()),
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            assert!(depth >= 0, "{name}");
        }
        assert_eq!(depth, 0, "{name}");
        // A percent sign that is not escaped hides the rest of its line.
        let comments = text.lines().filter(|line| line.replace("\\%", "").contains('%'));
        let own = ["\\setbox0=\\hbox{%", "\\end{tabular}}%", "% Tables over several pages"];
        let own = |line: &&str| own.iter().any(|own| line.starts_with(own));
        assert_eq!(comments.clone().count(), comments.filter(own).count(), "{name}");
    }
}

#[test]
fn word_and_excel_hold_texts_and_no_formula() {
    let files = made();
    let mut archive = zip::ZipArchive::new(Cursor::new(files["tables.docx"].clone())).unwrap();
    let mut document = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    let mut reader = quick_xml::Reader::from_str(&document);
    let mut tables = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(start) if start.name().as_ref() == "w:tbl" => tables += 1,
            quick_xml::events::Event::Start(start) => assert!(start.name().as_ref().starts_with("w:")),
            _ => {}
        }
    }
    assert_eq!(tables, 6);
    assert!(!document.contains(|c: char| c.is_control() && c != '\n'));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(files["tables.xlsx"].clone())).unwrap();
    for sheet in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&sheet).unwrap();
        assert!(formulas.used_cells().next().is_none(), "{sheet}");
        let range = workbook.worksheet_range(&sheet).unwrap();
        assert!(range.used_cells().count() > 5, "{sheet}");
    }
}
