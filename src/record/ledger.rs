//! `ledger.csv`: every row left out and every cell recoded, with rule and place.

use crate::diag::FileId;
use crate::io::relative;
use crate::normalise::Ledger;

/// The ledger as CSV. Texts that a spreadsheet would run as formulas are disarmed; files are named as the manifest
/// names them, relative to the folder of the study file.
pub fn ledger_csv(ledger: &Ledger, study: &FileId) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut write = |cells: [&str; 5]| {
        // Writing to memory cannot fail.
        let _ = writer.write_record(cells.map(disarmed));
    };
    write(["file", "line", "column", "rule", "what"]);
    for entry in ledger.sorted() {
        let line = entry.line.to_string();
        write([
            &relative(study, &entry.file),
            &line,
            entry.column.as_deref().unwrap_or(""),
            &entry.rule,
            &entry.what,
        ]);
    }
    writer.into_inner().unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula.
fn disarmed(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::LedgerEntry;

    #[test]
    fn formulas_in_an_export_stay_text() {
        let mut ledger = Ledger::default();
        ledger.push(LedgerEntry {
            file: FileId::new("a/b.csv"),
            line: 7,
            column: Some("=cmd".into()),
            rule: "unreadable".into(),
            what: "+1, not a choice".into(),
        });
        let text = String::from_utf8(ledger_csv(&ledger, &FileId::new("a/s/study.toml"))).unwrap();
        assert_eq!(text, "file,line,column,rule,what\n../b.csv,7,'=cmd,unreadable,\"'+1, not a choice\"\n");
    }
}
