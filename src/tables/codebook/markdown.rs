//! A codebook as Markdown.

use std::fmt::Write as _;

use super::{answered, columns_of, counts_items, facts, parts, reasons, remark};
use crate::inspect::{Codebook, Entry};
use crate::tables::markdown::escape;

/// Writes a codebook as Markdown.
pub fn markdown(codebook: &Codebook) -> String {
    let mut text = format!("# Codebook: {}\n\n", escape(&codebook.title));
    row(
        &mut text,
        &["Source", "File", "Definition", "Platform", "Rows", "Columns withheld"].map(str::to_owned),
    );
    text.push_str("| --- | --- | --- | --- | ---: | ---: |\n");
    for source in &codebook.sources {
        let cells = [
            escape(&source.label),
            escape(&source.file),
            escape(source.definition.as_deref().unwrap_or("none")),
            escape(source.platform),
            source.rows.to_string(),
            source.withheld.to_string(),
        ];
        row(&mut text, &cells);
    }
    for entry in &codebook.entries {
        question(entry, codebook, &mut text);
    }
    text
}

fn question(entry: &Entry, codebook: &Codebook, text: &mut String) {
    let wording =
        if entry.wording == entry.id { String::new() } else { format!(": {}", escape(&entry.wording)) };
    let _ = write!(text, "\n## {}{wording}\n\n", escape(&entry.id));
    for (name, what) in facts(entry, codebook) {
        let _ = writeln!(text, "- {name}: {}", escape(&what));
    }
    if !entry.choices.is_empty() {
        let (codes, remarks) = columns_of(&entry.choices);
        let columns = |code: String, label: String, remark: String| {
            let cells = [(codes, code), (true, label), (remarks, remark)];
            cells.into_iter().filter(|(shown, _)| *shown).map(|(_, cell)| cell).collect::<Vec<_>>()
        };
        text.push('\n');
        let headings = columns("Code".to_owned(), "Choice".to_owned(), "Remark".to_owned());
        row(text, &headings);
        row(text, &vec!["---".to_owned(); headings.len()]);
        for choice in &entry.choices {
            let code = escape(choice.code.as_deref().unwrap_or_default());
            row(text, &columns(code, escape(&choice.label), escape(&remark(choice))));
        }
    }
    let parts = parts(entry);
    if parts.is_empty() {
        return;
    }
    let counted = counts_items(entry);
    let width = if counted { 5 } else { 3 };
    text.push('\n');
    row(text, &["Item", "Wording", "Column", "Answered", "Missing"].map(str::to_owned)[..width]);
    row(text, &vec!["---".to_owned(); width]);
    for item in parts {
        let cells = [
            escape(&item.id),
            escape(&item.label),
            escape(&item.columns.join(", ")),
            answered(item, entry.rows),
            escape(&reasons(&item.missing)),
        ];
        row(text, &cells[..width]);
    }
}

fn row(text: &mut String, cells: &[String]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}
