//! `manifest.json`: digests of what went in and what came out, and two sums that locate a changed row.
//!
//! A digest of each row would let anybody who can guess a row confirm the guess. The two sums over all rows say no more
//! than the file's own digest does, and yet name the row when exactly one has changed.

use serde::{Deserialize, Serialize};

use crate::diag::FileId;
use crate::io::Digest;

use super::format::{self, Format, MANIFEST, Unreadable};

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Its format.
    pub format: Format,
    /// The program that wrote it.
    pub canvass: String,
    /// The study.
    pub study: String,
    /// Who may read the outputs, if it is everybody: `public`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub audience: Option<String>,
    /// What was read, in order of names.
    pub inputs: Vec<InputRecord>,
    /// What was written, in order of names.
    pub outputs: Vec<OutputRecord>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRecord {
    /// Its name, relative to the folder of the study file.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// For a table, the sums over its rows.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rows: Option<RowCheck>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputRecord {
    /// Its name in the output folder.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// A file that was read, before it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub file: FileId,
    /// Its digest.
    pub digest: Digest,
    /// For a table, the sums over its rows.
    pub rows: Option<RowCheck>,
    /// For a table, the line and digest head of each row, to locate a change. Never written.
    pub row_heads: Vec<(u32, u64)>,
}

/// Sums over the rows of a table, modulo the prime 2^61 - 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCheck {
    /// The number of rows.
    pub count: u64,
    /// The sum of the rows' digests.
    pub sum: u64,
    /// The sum of the rows' digests, each times the position of its row.
    pub weighted: u64,
}

/// How a table differs from the one that was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// The same rows in the same order.
    Same,
    /// The same rows in another order.
    Reordered,
    /// Exactly one row differs: its position from 0.
    OneRow(usize),
    /// One row more, at this position from 0.
    OneMore(usize),
    /// Several rows differ, or rows were taken away.
    Several,
}

/// A Mersenne prime: products of two residues fit into 128 bits and reduce by shifts.
const PRIME: u64 = (1 << 61) - 1;

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b) % u128::from(PRIME);
    u64::try_from(product).unwrap_or(0)
}

fn plus(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn minus(a: u64, b: u64) -> u64 {
    (a + PRIME - b) % PRIME
}

/// The inverse by Fermat's little theorem.
fn inverse(a: u64) -> u64 {
    let (mut base, mut exponent, mut result) = (a, PRIME - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

impl RowCheck {
    /// The sums over rows, from the digest heads of the rows in order.
    pub fn of(heads: impl IntoIterator<Item = u64>) -> Self {
        let mut check = Self { count: 0, sum: 0, weighted: 0 };
        for head in heads {
            check.count += 1;
            let head = head % PRIME;
            check.sum = plus(check.sum, head);
            check.weighted = plus(check.weighted, times(head, check.count % PRIME));
        }
        check
    }

    /// How the rows with these digest heads differ from the ones that were summed.
    ///
    /// If one row changed, the difference of the sums is the change and the difference of the weighted sums is the
    /// change times the row's position, so their ratio is the position.
    pub fn compare(&self, heads: &[u64]) -> Shift {
        let now = Self::of(heads.iter().copied());
        let change = minus(now.sum, self.sum);
        if now.count == self.count {
            return match (change, now.weighted == self.weighted) {
                (0, true) => Shift::Same,
                (0, false) => Shift::Reordered,
                (change, _) => {
                    let position = times(minus(now.weighted, self.weighted), inverse(change));
                    match usize::try_from(position) {
                        Ok(position) if (1..=heads.len()).contains(&position) => Shift::OneRow(position - 1),
                        _ => Shift::Several,
                    }
                }
            };
        }
        if now.count == self.count + 1
            && let Some(position) = heads.iter().position(|head| head % PRIME == change)
        {
            let mut without = heads.to_vec();
            without.remove(position);
            if Self::of(without).weighted == self.weighted {
                return Shift::OneMore(position);
            }
        }
        Shift::Several
    }
}

impl ManifestFile {
    /// The manifest of a run.
    pub fn new(study: &str, inputs: Vec<InputRecord>, outputs: Vec<OutputRecord>) -> Self {
        Self {
            format: Format::current(MANIFEST),
            canvass: env!("CARGO_PKG_VERSION").to_owned(),
            study: study.to_owned(),
            audience: None,
            inputs,
            outputs,
        }
    }

    /// The file of outputs that everybody may read.
    #[must_use]
    pub fn public(self) -> Self {
        Self { audience: Some("public".to_owned()), ..self }
    }

    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        format::write(self)
    }

    /// Reads the file.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        format::read(bytes, MANIFEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(n: u64) -> Vec<u64> {
        (0..n).map(|row| Digest::of(&row.to_be_bytes()).head()).collect()
    }

    #[test]
    fn any_one_changed_row_is_named() {
        let before = heads(23);
        let check = RowCheck::of(before.iter().copied());
        assert_eq!(check.compare(&before), Shift::Same);
        for row in 0..before.len() {
            let mut after = before.clone();
            after[row] = Digest::of(b"changed").head();
            assert_eq!(check.compare(&after), Shift::OneRow(row));
        }
    }

    #[test]
    fn an_added_row_is_named_and_a_lost_one_is_noticed() {
        let before = heads(9);
        let check = RowCheck::of(before.iter().copied());
        for row in 0..=before.len() {
            let mut after = before.clone();
            after.insert(row, Digest::of(b"new").head());
            assert_eq!(check.compare(&after), Shift::OneMore(row));
        }
        assert_eq!(check.compare(&before[1..]), Shift::Several);
    }

    #[test]
    fn another_order_is_not_a_change_of_rows() {
        let before = heads(9);
        let check = RowCheck::of(before.iter().copied());
        let mut after = before.clone();
        after.swap(2, 7);
        assert_eq!(check.compare(&after), Shift::Reordered);
        after[0] = 1;
        after[1] = 2;
        assert_eq!(check.compare(&after), Shift::Several);
    }
}
