//! The pages that are looked at: the reports of the repository, and others with all that may go wrong in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use canvass::findings::{Findings, Named, Outline};
use canvass::normalise::Ledger;
use canvass::numbers::NumberStyle;
use canvass::report::{Report, Shown, report};
use canvass::tables::{Cell, Row, Section, Table};

use crate::studies_in_memory::{load, outcome};

/// A page with faults that must be found.
pub(super) const FAULTY: &str = "faulty.html";

/// A page with a table whose orders are known.
pub(super) const SORTED: &str = "sorted.html";

/// A label with all that may break a page.
fn hostile() -> String {
    let long = "long".repeat(1_250);
    format!(
        "</style></script><script>alert(1)</script><img src=https://example.org/x onerror=alert(1)>\"'& \u{202e}\u{5d0}\u{1f600} {long}"
    )
}

/// Every page by its file name.
pub(super) fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for study in ["near-peer", "near-peer-public", "anes96", "waves"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("output").join(study).join("report.html");
        pages.insert(format!("{study}.html"), fs::read_to_string(path).unwrap());
    }
    pages.insert(SORTED.to_owned(), sorted());
    pages.insert("hostile.html".to_owned(), hostile_study());
    let faults = "<main id=\"report\" tabindex=\"-1\">\n<img src=\"https://example.org/x.png\">\n<table class=\"w\"><tr><td>x</td></tr></table>\n\
                  <p class=\"faint\">faint</p>\n<script>alert(1)</script>\n";
    let faulty = sorted().replacen("<main id=\"report\" tabindex=\"-1\">\n", faults, 1);
    pages.insert(
        FAULTY.to_owned(),
        with_style(&faulty, ".w{width:1000px}.faint{color:#888;background:#999;font-size:9px}"),
    );
    pages
}

/// A page with more style, which its policy allows.
fn with_style(page: &str, style: &str) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style.as_bytes()));
    page.replacen("style-src ", &format!("style-src 'sha256-{digest}' "), 1).replacen(
        "</head>",
        &format!("<style>{style}</style>\n</head>"),
        1,
    )
}

/// The founding study with a hostile word in the place of a group, a question, a choice and a title.
fn hostile_study() -> String {
    let mut source = load("near-peer");
    let file = canvass::diag::FileId::new("analyses/near-peer/study.toml");
    let text = String::from_utf8(canvass::io::Source::read(&source, &file).unwrap()).unwrap();
    let label = format!("label = \"{}\"", hostile().replace('"', "\\\""));
    let title = label.replacen("label", "title", 1);
    let text = [
        "label = \"Students\"",
        "label = \"Expectations of the mentorship\"",
        "label = \"Contact at least once a month\"",
    ]
    .iter()
    .fold(text, |text, known| text.replace(known, &label))
    .replace("title = \"Motivations to take part\"", &title)
    .replace("label = \"Contact at least once a month\"", &label);
    source.insert(file, text.into_bytes());
    let outcome = outcome(&source, "near-peer");
    let files = canvass::pipeline::render(&outcome, &source, &|_| {}).unwrap().value;
    String::from_utf8(files["report.html"].clone()).unwrap()
}

/// The cells of the table whose orders are known: a name, with its mark, and a number as tables print it.
const ROWS: [(&str, &str); 9] = [
    ("b", "64% (14/22)"),
    ("a", "n/a"),
    ("d", "<.001"),
    ("c", ".04"),
    ("f", "\u{2212}3.5"),
    ("e", "1,204"),
    ("h", ""),
    ("g", ".04"),
    ("i", ">.999"),
];

/// A page of a table in two sections.
fn sorted() -> String {
    let row = |(label, shown): &(&str, &str)| Row {
        label: (*label).to_owned(),
        marks: vec![0],
        cells: vec![Cell { shown: (*shown).to_owned(), marks: vec![0], ..Cell::default() }],
    };
    let section = |label: &str, rows: &[(&str, &str)]| Section {
        label: label.to_owned(),
        rows: rows.iter().map(row).collect(),
    };
    let table = Table {
        title: hostile(),
        stub: "Name".to_owned(),
        columns: vec!["Number".to_owned()],
        sections: vec![section("First", &ROWS), section("Second", &[("z", "2"), ("y", "10")])],
        footnotes: vec![hostile()],
        notes: vec![hostile()],
        ..Table::default()
    };
    let outline = Outline {
        title: hostile(),
        notes: vec![hostile()],
        groups: vec![Named { id: "g".to_owned(), label: hostile() }],
        ..Outline::default()
    };
    report(&Report {
        study: "s",
        outline: &outline,
        findings: &Findings::default(),
        style: NumberStyle::Plain,
        text: Some(&hostile()),
        tables: &[Shown { what: table, of: Vec::new() }],
        figures: &[],
        ledger: Some(&Ledger::default()),
        inputs: &[(hostile(), "00".to_owned())],
        is_public: false,
    })
}

/// The orders of the rows of that table: by its names, then by its numbers, each upwards, downwards and as it was. Each
/// section keeps its place and its heading; what is missing comes last; ties stay as they were.
pub(super) fn orders() -> Vec<Vec<String>> {
    let plain = ["b", "a", "d", "c", "f", "e", "h", "g", "i"];
    let orders = [
        (["a", "b", "c", "d", "e", "f", "g", "h", "i"], ["y", "z"]),
        (["i", "h", "g", "f", "e", "d", "c", "b", "a"], ["z", "y"]),
        (plain, ["z", "y"]),
        (["f", "d", "c", "g", "i", "b", "e", "a", "h"], ["z", "y"]),
        (["e", "b", "i", "c", "g", "d", "f", "a", "h"], ["y", "z"]),
        (plain, ["z", "y"]),
    ];
    let shown = |name: &&str| {
        let known = ROWS.iter().find(|(label, _)| label == name).map_or("", |(_, shown)| shown);
        let number = match *name {
            "z" => "2",
            "y" => "10",
            _ => known,
        };
        format!("{name}a|{number}a")
    };
    orders
        .iter()
        .map(|(first, second)| {
            let first = std::iter::once("First".to_owned()).chain(first.iter().map(shown));
            first.chain(["Second".to_owned()]).chain(second.iter().map(shown)).collect()
        })
        .collect()
}
