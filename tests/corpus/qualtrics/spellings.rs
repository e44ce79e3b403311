//! One export in other bytes is the same export: UTF-16, other ends of lines, a mark at its start or none.

use canvass::ingest::{self, Export};

use super::{EXPORTS, file, folder};

/// What must not depend on how the text is written: everything but line ends within cells.
fn facts(export: &Export) -> Vec<String> {
    let table = &export.table;
    let mut facts = vec![
        format!("{:?} {} {}", export.platform, export.evidence, export.header_rows),
        format!("{:?} {:?} {:?}", export.cells, export.seen_unanswered, export.decimal_commas),
        format!("{:?} {:?} {:?}", export.metadata, export.other_columns, export.identifiers),
        format!("{:?} {:?}", export.displayed, export.missing_codes),
    ];
    facts.extend(
        export.instrument.questions.iter().map(|question| format!("{question:?}").replace("\\r\\n", "\\n")),
    );
    facts.extend(table.names().iter().map(|name| name.replace("\r\n", "\n")));
    for row in 0..table.height() {
        facts.push(format!("line {}", table.line(row)));
        let cells = (0..table.names().len()).map(|column| table.cell(row, column).unwrap_or("(blank)"));
        facts.push(cells.collect::<Vec<&str>>().join("|").replace("\r\n", "\n"));
    }
    facts
}

/// The text in other bytes, each with what was done.
fn others(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let marked = format!("\u{feff}{text}");
    let unix = text.replace("\r\n", "\n");
    let wide = |unit: fn(u16) -> [u8; 2]| marked.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    vec![
        ("without a mark", text.as_bytes().to_vec()),
        ("with a mark", marked.as_bytes().to_vec()),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
        ("CRLF", unix.replace('\n', "\r\n").into_bytes()),
        ("LF", unix.into_bytes()),
    ]
}

#[test]
fn an_export_in_other_bytes_is_the_same_export() {
    let Some(folder) = folder(EXPORTS.len()) else { return };
    for (name, definition, ..) in EXPORTS {
        let beside = format!("{}/{definition}", name.rsplit_once('/').unwrap().0);
        let (id, bytes) = file(&folder, name);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let definitions = [None, (!definition.is_empty()).then(|| file(&folder, &beside))];
        for definition in definitions.iter().take(if definition.is_empty() { 1 } else { 2 }) {
            let read = |bytes: &[u8]| {
                let definition = definition.as_ref().map(|(id, bytes)| (id, bytes.as_slice()));
                facts(&ingest::read(&id, bytes, definition).unwrap().value)
            };
            let whole = read(&bytes);
            for (how, other) in others(&text) {
                let found = read(&other);
                if let Some((expected, found)) = whole.iter().zip(&found).find(|(a, b)| a != b) {
                    panic!("{name}, {how}: {found} for {expected}");
                }
                assert_eq!(whole.len(), found.len(), "{name}, {how}");
            }
        }
    }
}
