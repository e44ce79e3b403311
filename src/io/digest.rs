//! SHA-256 of bytes.

use std::fmt;
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Digests bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The first eight bytes as a number, for arithmetic on digests.
    pub fn head(&self) -> u64 {
        let mut head = [0; 8];
        head.copy_from_slice(&self.0[..8]);
        u64::from_be_bytes(head)
    }

    /// The first half as a number.
    pub fn half(&self) -> u128 {
        let mut half = [0; 16];
        half.copy_from_slice(&self.0[..16]);
        u128::from_be_bytes(half)
    }
}

/// The digest of a file that somebody else reads: it is known when they have read all of it.
#[derive(Debug, Default)]
pub struct DigestOnTheWay {
    found: Mutex<Option<Digest>>,
}

impl DigestOnTheWay {
    /// Digests what is read from here on.
    pub fn of<'a>(&'a self, reader: Box<dyn Read + Send + 'a>) -> Box<dyn Read + Send + 'a> {
        Box::new(Digesting { reader, sum: Sha256::new(), found: &self.found })
    }

    /// The digest, if the file was read to its end.
    pub fn found(&self) -> Option<Digest> {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Digesting<'a> {
    reader: Box<dyn Read + Send + 'a>,
    sum: Sha256,
    found: &'a Mutex<Option<Digest>>,
}

impl Read for Digesting<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.sum.update(&into[..read]);
        if read == 0 && !into.is_empty() {
            let digest = Digest(self.sum.clone().finalize().into());
            *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(digest);
        }
        Ok(read)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{Digest, DigestOnTheWay};

    #[test]
    fn a_digest_on_the_way_is_known_at_the_end() {
        let digest = DigestOnTheWay::default();
        let mut reader = digest.of(Box::new(&b"a file"[..]));
        reader.read_exact(&mut [0; 3]).unwrap();
        assert_eq!(digest.found(), None);
        reader.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(digest.found(), Some(Digest::of(b"a file")));
    }

    #[test]
    fn the_empty_text_has_the_digest_of_fips_180() {
        let digest = Digest::of(b"");
        assert_eq!(digest.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(digest.head(), 0xe3b0_c442_98fc_1c14);
    }
}
