//! A table as JSON: what is shown, and the findings behind every cell.

use serde_json::{Value as Json, json};

use super::table::{Cell, Row, Table, letter};

/// Writes a table.
pub fn json(table: &Table) -> Vec<u8> {
    let sections: Vec<Json> = table
        .sections
        .iter()
        .map(|section| json!({ "label": section.label, "rows": section.rows.iter().map(row).collect::<Vec<_>>() }))
        .collect();
    let footnotes: Vec<Json> = table
        .footnotes
        .iter()
        .enumerate()
        .map(|(position, text)| json!({ "mark": letter(position), "text": text }))
        .collect();
    let document = json!({
        "id": table.id,
        "title": table.title,
        "stub": table.stub,
        "columns": table.columns,
        "sections": sections,
        "footnotes": footnotes,
        "notes": table.notes,
    });
    // A value made of texts and lists can always be written.
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn row(row: &Row) -> Json {
    json!({ "label": row.label, "marks": letters(&row.marks), "cells": row.cells.iter().map(cell).collect::<Vec<_>>() })
}

fn cell(cell: &Cell) -> Json {
    let findings: Vec<&str> = cell.quotes.iter().map(|quote| quote.id.as_str()).collect();
    json!({ "shown": cell.shown, "marks": letters(&cell.marks), "findings": findings })
}

fn letters(marks: &[usize]) -> Vec<String> {
    marks.iter().map(|position| letter(*position)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::samples;

    #[test]
    fn a_cell_names_its_findings() {
        let read: Json = serde_json::from_slice(&json(&samples::small())).unwrap();
        let row = &read["sections"][0]["rows"][0];
        assert_eq!(
            row["cells"][0],
            json!({ "shown": "9 (64%)", "marks": [], "findings": ["students/motivations/networking"] })
        );
        assert_eq!((&row["marks"], &read["footnotes"][0]["mark"]), (&json!(["a"]), &json!("a")));
    }
}
