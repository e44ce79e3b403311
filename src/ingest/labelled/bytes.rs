//! Reading numbers and stretches of bytes one after another, never beyond the end.

/// What is wrong with a file, in words that end the sentence "the file is damaged: ...".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Fault(pub(in crate::ingest) String);

impl Fault {
    /// The file ends too early.
    pub(in crate::ingest) fn ends(within: &str) -> Self {
        Self(format!("it ends within {within}"))
    }
}

/// Bytes read from front to back, in the order of bytes that the file says.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest) struct Bytes<'a> {
    rest: &'a [u8],
    /// Whether the first byte of a number is its highest.
    pub(in crate::ingest) big: bool,
}

macro_rules! number {
    ($name:ident, $type:ty) => {
        /// The next number of this type.
        pub(in crate::ingest) fn $name(&mut self, within: &str) -> Result<$type, Fault> {
            let bytes = self.array(within)?;
            Ok(if self.big { <$type>::from_be_bytes(bytes) } else { <$type>::from_le_bytes(bytes) })
        }
    };
}

impl<'a> Bytes<'a> {
    /// Bytes to be read from their start.
    pub(in crate::ingest) fn new(bytes: &'a [u8], big: bool) -> Self {
        Self { rest: bytes, big }
    }

    /// What has not been read.
    pub(in crate::ingest) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `length` bytes.
    pub(in crate::ingest) fn take(&mut self, length: usize, within: &str) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(|| Fault::ends(within))?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next bytes, as many as `count` things of `size` bytes have.
    pub(in crate::ingest) fn take_all(
        &mut self,
        count: usize,
        size: usize,
        within: &str,
    ) -> Result<&'a [u8], Fault> {
        let length = count.checked_mul(size).ok_or_else(|| Fault::ends(within))?;
        self.take(length, within)
    }

    /// The next bytes as a stretch of their own.
    pub(in crate::ingest) fn part(&mut self, length: usize, within: &str) -> Result<Self, Fault> {
        Ok(Self { rest: self.take(length, within)?, big: self.big })
    }

    /// The next `N` bytes.
    pub(in crate::ingest) fn array<const N: usize>(&mut self, within: &str) -> Result<[u8; N], Fault> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or_else(|| Fault::ends(within))?;
        self.rest = rest;
        Ok(*taken)
    }

    number!(u8, u8);
    number!(u16, u16);
    number!(i16, i16);
    number!(u32, u32);
    number!(i32, i32);
    number!(u64, u64);
    number!(i64, i64);
    number!(f64, f64);

    /// The next count or length, which is written in four bytes and may not be negative.
    pub(in crate::ingest) fn count(&mut self, within: &str) -> Result<usize, Fault> {
        let count = self.i32(within)?;
        usize::try_from(count).map_err(|_| Fault(format!("a length of {count} in {within}")))
    }
}

/// A text of fixed length up to its first zero byte.
pub(in crate::ingest) fn until_zero(bytes: &[u8]) -> &[u8] {
    memchr::memchr(0, bytes).map_or(bytes, |end| &bytes[..end])
}

/// A text of fixed length without the blanks that fill it.
pub(in crate::ingest) fn unfilled(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !matches!(byte, b' ' | 0)).map_or(0, |last| last + 1);
    &bytes[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_beyond_the_end() {
        let mut bytes = Bytes::new(&[1, 0, 0, 0, 255, 255, 255, 255, 7], false);
        assert_eq!(bytes.count("x"), Ok(1));
        assert_eq!(bytes.count("x"), Err(Fault("a length of -1 in x".into())));
        assert_eq!(bytes.u16("y"), Err(Fault("it ends within y".into())));
        assert_eq!(bytes.take_all(usize::MAX, 2, "z"), Err(Fault("it ends within z".into())));
        assert_eq!(bytes.u8("y"), Ok(7));
        assert_eq!(Bytes::new(&[1, 2], true).u16("x"), Ok(258));
    }

    #[test]
    fn v_04_filling_blanks_are_no_part_of_a_text() {
        assert_eq!(unfilled(b" a b  \0 "), b" a b");
        assert_eq!(unfilled(b"    "), b"");
        assert_eq!(until_zero(b"ab\0cd"), b"ab");
    }
}
