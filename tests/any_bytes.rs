//! Whatever the bytes: read, or refused with what to do, never a panic and never an answer far longer than the question.
//!
//! What the fuzz targets do (`fuzz/`), on their seeds, on what was found once and on a fixed number of changes of both.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "it is the library of another package")]
pub(crate) mod targets;

/// How many changed inputs each seed gives; more with `CANVASS_CHANGES`.
const CHANGES: usize = 150;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The seeds of a target by their names.
fn seeds(target: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = fuzz().join("seeds").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let entries = entries.map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

/// The words of the formats: one between quotes a line, with `\xHH`, `\\` and `\"`.
fn words() -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(fuzz().join("words.dict")).unwrap();
    let word = |line: &str| {
        let inner = line.strip_prefix('"')?.strip_suffix('"')?;
        let mut word = Vec::new();
        let mut rest = inner.as_bytes();
        while let [first, after @ ..] = rest {
            rest = after;
            word.push(match (first, after) {
                (b'\\', [b'x', digits @ ..]) => {
                    rest = &digits[2..];
                    u8::from_str_radix(std::str::from_utf8(&digits[..2]).unwrap(), 16).unwrap()
                }
                (b'\\', [escaped, after @ ..]) => {
                    rest = after;
                    *escaped
                }
                (byte, _) => *byte,
            });
        }
        Some(word)
    };
    text.lines().filter_map(word).collect()
}

/// The same numbers each time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % (end.max(1) as u64)).unwrap()
    }

    /// A part of bytes, at most `most` long.
    fn part(&mut self, bytes: &[u8], most: usize) -> std::ops::Range<usize> {
        let start = self.below(bytes.len() + 1);
        start..start + self.below((bytes.len() - start).min(most) + 1)
    }
}

/// One to four changes: bits flipped, parts cut, repeated or taken from elsewhere, words and lengths put in.
fn changed(seed: &[u8], others: &[&Vec<u8>], words: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        match numbers.below(8) {
            0 if !bytes.is_empty() => {
                let at = numbers.below(bytes.len());
                bytes[at] ^= 1 << numbers.below(8);
            }
            1 if !bytes.is_empty() => {
                let at = numbers.below(bytes.len());
                bytes[at] = [0, b'\r', b'\n', b'"', b'<', b'{', b',', 0xFF, 0x80, b'9'][numbers.below(10)];
            }
            2 => bytes.truncate(numbers.below(bytes.len() + 1)),
            3 => drop(bytes.drain(numbers.part(&bytes, 40))),
            4 => {
                let part = bytes[numbers.part(&bytes, 60)].repeat(1 + numbers.below(4));
                let at = numbers.below(bytes.len() + 1);
                bytes.splice(at..at, part);
            }
            5 => {
                let other = others[numbers.below(others.len())];
                let part = other[numbers.part(other, 200)].to_vec();
                let within = numbers.part(&bytes, 100);
                bytes.splice(within, part);
            }
            6 => {
                let length =
                    [0, 1, 127, 128, 255, 256, 65_535, 0x7FFF_FFFF, 0x8000_0000, u32::MAX][numbers.below(10)];
                let at = numbers.below(bytes.len() + 1);
                let end = (at + 4).min(bytes.len());
                bytes.splice(at..end, u32::to_le_bytes(length));
            }
            _ => {
                let within = numbers.part(&bytes, 12);
                bytes.splice(within, words[numbers.below(words.len())].clone());
            }
        }
    }
    bytes
}

#[test]
fn every_target_has_seeds_and_every_folder_of_seeds_a_target() {
    let names: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    let folders = |of: &str| {
        let entries = std::fs::read_dir(fuzz().join(of)).unwrap();
        let mut found: Vec<String> = entries
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        found.sort();
        found
    };
    assert_eq!(folders("seeds"), names);
    assert_eq!(folders("targets"), names);
}

#[test]
fn seeds_and_their_changes_are_read_or_refused() {
    let words = words();
    assert!(words.len() > 50);
    let changes = std::env::var("CANVASS_CHANGES").map_or(CHANGES, |text| text.parse().unwrap());
    let failed: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = targets::TARGETS
            .iter()
            .map(|(name, target)| {
                let words = &words;
                scope.spawn(move || {
                    let seeds = seeds(name);
                    let others: Vec<&Vec<u8>> = seeds.values().collect();
                    for (at, (seed, bytes)) in seeds.iter().enumerate() {
                        target(bytes);
                        let mut numbers = Numbers(at as u64);
                        for change in 0..changes {
                            let input = changed(bytes, &others, words, &mut numbers);
                            if catch_unwind(AssertUnwindSafe(|| target(&input))).is_err() {
                                return Some(format!(
                                    "{name}, change {change} of {seed}: {}",
                                    input.escape_ascii()
                                ));
                            }
                        }
                    }
                    None
                })
            })
            .collect();
        threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
