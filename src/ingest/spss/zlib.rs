//! The blocks of a `.zsav`, each compressed by itself.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use crate::ingest::labelled::bytes::{Bytes, Fault};

use super::dictionary::Dictionary;

/// A block may not be larger than this when it is unpacked; those of SPSS have four megabytes.
const LARGEST_BLOCK: u64 = 64 << 20;

/// A block as the trailer lists it.
#[derive(Debug, Clone, Copy)]
struct Block<'a> {
    compressed: &'a [u8],
    size: u64,
}

/// The blocks, unpacked one at a time.
#[derive(Debug)]
pub(super) struct Blocks<'a> {
    left: std::vec::IntoIter<Block<'a>>,
    unpacked: Vec<u8>,
}

impl<'a> Blocks<'a> {
    /// Finds the blocks by the trailer.
    pub(super) fn find(dictionary: &Dictionary<'a>) -> Result<Self, Fault> {
        const WITHIN: &str = "the list of its compressed blocks";
        let file = dictionary.file;
        let at = |offset: i64, length: i64| {
            let offset = usize::try_from(offset).ok()?;
            let end = offset.checked_add(usize::try_from(length).ok()?)?;
            file.get(offset..end)
        };
        let mut header = dictionary.data;
        header.i64(WITHIN)?;
        let (offset, length) = (header.i64(WITHIN)?, header.i64(WITHIN)?);
        let trailer = at(offset, length).ok_or_else(|| Fault::ends(WITHIN))?;
        let mut trailer = Bytes::new(trailer, dictionary.big);
        trailer.take(8 + 8 + 4, WITHIN)?;
        let mut blocks = Vec::new();
        for _ in 0..trailer.count(WITHIN)? {
            trailer.i64(WITHIN)?;
            let offset = trailer.i64(WITHIN)?;
            let (size, length) = (trailer.i32(WITHIN)?, trailer.i32(WITHIN)?);
            let compressed =
                at(offset, i64::from(length)).ok_or_else(|| Fault::ends("a compressed block"))?;
            let size = u64::try_from(size).ok().filter(|size| *size <= LARGEST_BLOCK);
            let size = size.ok_or_else(|| Fault("a compressed block of a size that cannot be".to_owned()))?;
            blocks.push(Block { compressed, size });
        }
        Ok(Self { left: blocks.into_iter(), unpacked: Vec::new() })
    }

    /// The next block, unpacked; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Fault> {
        let Some(block) = self.left.next() else { return Ok(None) };
        self.unpacked.clear();
        // One byte more than there may be shows that there are more.
        let mut decoder = ZlibDecoder::new(block.compressed).take(block.size + 1);
        let read = decoder.read_to_end(&mut self.unpacked);
        if read.is_err() || self.unpacked.len() as u64 != block.size {
            return Err(Fault("a compressed block cannot be unpacked".to_owned()));
        }
        Ok(Some(&self.unpacked))
    }
}
