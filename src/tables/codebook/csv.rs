//! A codebook as CSV: a line for each question, item and choice, with what it is in the first column.

use ::csv::WriterBuilder;

use super::{parts, remark, whole};
use crate::codebook::Missing;
use crate::inspect::{Codebook, Entry, EntryItem};
use crate::tables::csv::guard;

/// The columns before those of the reasons why there is no answer.
const HEADER: [&str; 13] = [
    "what",
    "source",
    "question",
    "item",
    "code",
    "text",
    "remark",
    "kind",
    "condition",
    "scale",
    "columns",
    "rows",
    "answered",
];

/// Writes a codebook. A text that a spreadsheet would run as a formula starts with an apostrophe.
pub fn csv(codebook: &Codebook) -> Vec<u8> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // A vector takes whatever is written, so that no line can fail.
    let _ = writer.write_record(HEADER.into_iter().chain(Missing::OF_CELLS.map(Missing::id)));
    for entry in &codebook.entries {
        for line in lines(entry) {
            let _ = writer.write_record(line.iter().map(|cell| guard(cell)));
        }
    }
    writer.into_inner().unwrap_or_default()
}

fn lines(entry: &Entry) -> Vec<Vec<String>> {
    let blank = String::new;
    let nothing =
        EntryItem { id: blank(), label: blank(), columns: Vec::new(), answered: None, missing: Vec::new() };
    let text = |texts: [&str; 5], more: [String; 4], item: &EntryItem| {
        let [what, id, code, text, remark] = texts;
        let mut line: Vec<String> =
            [what, &entry.source, &entry.id, id, code, text, remark].map(str::to_owned).into();
        line.extend(more);
        let counted = item.answered;
        line.push(counted.map_or_else(blank, |_| entry.rows.to_string()));
        line.push(counted.map_or_else(blank, |answered| answered.to_string()));
        line.extend(Missing::OF_CELLS.map(|reason| {
            let count = item.missing.iter().find(|(why, _)| *why == reason).map_or(0, |(_, count)| *count);
            counted.map_or_else(blank, |_| count.to_string())
        }));
        line
    };
    let question = whole(entry).unwrap_or(&nothing);
    let condition = entry.condition.clone().unwrap_or_default();
    let scale = entry.scale.clone().unwrap_or_default();
    let more = [entry.kind.clone(), condition, scale, question.columns.join("; ")];
    let mut lines = vec![text(["question", "", "", &entry.wording, &entry.label], more, question)];
    for item in parts(entry) {
        let more = [blank(), blank(), blank(), item.columns.join("; ")];
        lines.push(text(["item", &item.id, "", &item.label, ""], more, item));
    }
    for choice in &entry.choices {
        let code = choice.code.as_deref().unwrap_or_default();
        let said = remark(choice);
        lines.push(text(
            ["choice", "", code, &choice.label, &said],
            [blank(), blank(), blank(), blank()],
            &nothing,
        ));
    }
    lines
}
