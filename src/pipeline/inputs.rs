//! What was read, with the digests that show whether it is still the same.

use crate::diag::FileId;
use crate::ingest::RawTable;
use crate::io::Digest;
use crate::record::{Input, RowCheck};

/// A file without rows, such as a study file or a definition.
pub(super) fn plain(file: &FileId, bytes: &[u8]) -> Input {
    Input { file: file.clone(), digest: Digest::of(bytes), rows: None, row_heads: Vec::new() }
}

/// A table, with the digest head of every row.
pub(super) fn table(file: &FileId, digest: Digest, table: &RawTable) -> Input {
    let row_heads: Vec<(u32, u64)> =
        (0..table.height()).map(|row| (table.line(row), head(table, row))).collect();
    let rows = Some(RowCheck::of(row_heads.iter().map(|(_, head)| *head)));
    Input { file: file.clone(), digest, rows, row_heads }
}

/// The digest head of a row's cells; each cell is preceded by its length, so that no two rows look alike.
fn head(table: &RawTable, row: usize) -> u64 {
    let mut bytes = Vec::new();
    for column in 0..table.names().len() {
        let cell = table.cell(row, column).unwrap_or_default();
        bytes.extend((cell.len() as u64).to_be_bytes());
        bytes.extend(cell.as_bytes());
    }
    Digest::of(&bytes).head()
}
