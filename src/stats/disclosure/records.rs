//! Microdata: whether people are alike in what others may know of them.

use crate::stats::{Computed, Method, NotComputed};

/// k-anonymity.
pub const K_ANONYMITY: Method = Method {
    id: "k_anonymity",
    name: "k-anonymity",
    convention: "the smallest group of records alike in all quasi-identifiers",
};

/// How many records share their quasi-identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KAnonymity {
    /// Size of the smallest group of equal records.
    pub k: u64,
    /// Number of records that no other equals.
    pub n_unique: u64,
    /// Sizes of all groups, ascending.
    pub class_sizes: Vec<u64>,
    /// The method.
    pub method: Method,
}

/// Groups records by their quasi-identifiers (Sweeney 2002); each record is whatever compares them all, such as a
/// vector of codes. A missing code is a code of its own.
pub fn k_anonymity<R: Ord>(records: &[R]) -> Computed<KAnonymity> {
    let mut sorted: Vec<&R> = records.iter().collect();
    sorted.sort_unstable();
    let mut class_sizes: Vec<u64> = sorted.chunk_by(|a, b| a == b).map(|class| class.len() as u64).collect();
    class_sizes.sort_unstable();
    let k = *class_sizes.first().ok_or(NotComputed::EmptyBase)?;
    let n_unique = class_sizes.iter().take_while(|size| **size == 1).count() as u64;
    Ok(KAnonymity { k, n_unique, class_sizes, method: K_ANONYMITY })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_records_form_classes() {
        let result = k_anonymity(&[("a", 1), ("b", 1), ("a", 1), ("b", 1), ("b", 1)]).unwrap();
        assert_eq!((result.k, result.n_unique, result.class_sizes), (2, 0, vec![2, 3]));
        assert_eq!(k_anonymity::<u8>(&[]), Err(NotComputed::EmptyBase));
    }
}
