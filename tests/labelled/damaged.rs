//! Files that are cut, changed or lie about their lengths: a clear message, never a panic.

use canvass::diag::{Diag, FileId, codes};
use canvass::ingest::read;
use proptest::prelude::*;

use super::dta::{self, Dta};
use super::sav::{self, Nothing, Number, Sav, Variable, text};

fn small_sav(compression: i32) -> Vec<u8> {
    Sav {
        compression,
        variables: vec![
            Variable { missing: (-3, vec![97.0, 99.0, -1.0]), label: Some("Age"), ..sav::number("AGE") },
            sav::number("Q1"),
            sav::number("Q2"),
            sav::string("LONG", 300),
        ],
        labels: vec![(vec![(Number(1.0), b"Yes"), (Number(2.0), b"No")], vec![2, 3])],
        extensions: vec![
            (3, 4, [20, 0, 0, 1, 1, 1, 2, 65001].into_iter().flat_map(i32::to_le_bytes).collect()),
            (4, 8, [-f64::MAX, f64::MAX, -f64::MAX].into_iter().flat_map(f64::to_le_bytes).collect()),
            (7, 1, b"$m=D1 1 4 Both Q1 Q2\n$c=C 1 x Q1 Q2\n".to_vec()),
            (11, 4, [1, 8, 0].repeat(5).into_iter().flat_map(i32::to_le_bytes).collect()),
            (13, 1, b"AGE=Age\tQ1=First".to_vec()),
            (14, 1, b"LONG=00300\0\t".to_vec()),
            (16, 8, [1_i64, 3].into_iter().flat_map(i64::to_le_bytes).collect()),
            (20, 1, b"UTF-8".to_vec()),
            (
                21,
                1,
                [
                    &4_i32.to_le_bytes()[..],
                    b"LONG",
                    &[44, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, b'x', 1, 0, 0, 0, b'X'],
                ]
                .concat(),
            ),
            (22, 1, [&4_i32.to_le_bytes()[..], b"LONG", &[1, 8, 0, 0, 0], b"none    "].concat()),
        ],
        rows: vec![
            vec![Number(20.0), Number(1.0), Nothing, text("x")],
            vec![Number(98.0), Number(2.0), Number(1.0), text(&"long ".repeat(55))],
            vec![Number(0.5), Nothing, Nothing, text("")],
        ],
        ..Sav::default()
    }
    .bytes()
}

fn small_dta(release: u8) -> Vec<u8> {
    let mut variables = vec![
        dta::Variable { table: "yn", label: "Useful?", ..dta::variable("use", 'b') },
        dta::Variable { format: "%td", ..dta::variable("day", 'l') },
        dta::string("s", 5),
    ];
    let mut row = vec![dta::Cell::Byte(1), dta::Cell::Long(9), dta::Cell::Text(b"ab")];
    let mut strings = Vec::new();
    if release >= 117 {
        variables.push(dta::variable("note", 'L'));
        row.push(dta::Cell::Long64(4, 1));
        strings.push((4, 1, 130, &b"text\0"[..]));
    }
    Dta {
        release,
        variables,
        notes: vec![("use", "a note")],
        rows: vec![row.clone(), row],
        strings,
        tables: vec![("yn", vec![(1, b"Yes"), (2, b"No")])],
        ..Dta::default()
    }
    .bytes()
}

/// How many kinds of files there are.
const KINDS: usize = 11;

fn file(kind: usize) -> Vec<u8> {
    match i32::try_from(kind) {
        Ok(compression @ 0..3) => small_sav(compression),
        _ => small_dta([105, 108, 111, 113, 115, 117, 118, 119][kind - 3]),
    }
}

fn refused(bytes: &[u8]) -> Vec<Diag> {
    read(&FileId::new("a.sav"), bytes, None).err().unwrap_or_default()
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused_with_a_remedy() {
    for kind in 0..KINDS {
        let whole = file(kind);
        assert!(refused(&whole).is_empty(), "{:?}", refused(&whole));
        let ends = (4..whole.len()).filter(|end| end % 7 == 0 || whole.len() - end < 64);
        for end in ends {
            let behind = whole.len() - end;
            match read(&FileId::new("a.sav"), &whole[..end], None) {
                Err(diags) => assert!(diags.iter().all(|diag| diag.help.is_some())),
                // The mark of the end of compressed values, and the last tag, hold nothing.
                Ok(_) if whole.starts_with(b"$FL2") && behind <= 8 => {}
                Ok(_) if whole.starts_with(b"<") && behind <= "</stata_dta>".len() => {}
                // A file without tables of value labels is whole; that they are absent is said.
                Ok(noted) => assert!(whole[0] < 117 && !noted.notes.is_empty(), "{end} of {}", whole.len()),
            }
        }
    }
}

#[test]
fn counts_of_billions_are_refused_at_once() {
    // The case count of the header, and counts within the dictionary.
    let mut sav = Sav { claims: Some(i32::MAX), variables: vec![sav::number("X")], ..Sav::default() };
    sav.rows = vec![vec![Number(1.0)]];
    for compression in 0..3 {
        let diags = refused(&Sav { compression, ..sav.clone() }.bytes());
        assert_eq!(diags[0].code, codes::FILE_DAMAGED);
        assert_eq!(diags[0].message, "a.sav is damaged: it ends after 1 of 2147483647 cases");
    }
    for release in [113, 117, 118, 119] {
        for claims in [i32::MAX as u64, u64::from(u32::MAX), u64::MAX] {
            let dta = Dta {
                release,
                claims: Some(claims),
                variables: vec![dta::variable("x", 'd')],
                rows: vec![vec![dta::double(1.0)]],
                ..Dta::default()
            };
            let diags = refused(&dta.bytes());
            assert_eq!(diags[0].code, codes::FILE_DAMAGED, "{release} {claims}");
        }
    }
}

#[test]
fn a_compressed_file_of_nothing_that_unpacks_to_more_than_memory_holds_is_refused() {
    // Twenty million times the command for eight blanks, which compress to a thousandth.
    let variables = vec![sav::string("S", 255)];
    let values = Some(vec![254; 20_000_000]);
    let bytes = Sav { compression: 2, variables, values, claims: Some(-1), ..Sav::default() }.bytes();
    assert!(bytes.len() < 40_000, "{}", bytes.len());
    let diags = refused(&bytes);
    assert!(diags[0].message.ends_with("more values than a file of its size can hold"), "{diags:?}");
}

#[test]
fn what_is_no_file_of_these_programs_is_named_with_what_to_do() {
    let por = [&b"ASCII SPSS PORT FILE                    ".repeat(5)[..], b"0123456789"].concat();
    let sas = [
        &[0; 12][..],
        &[0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 8, 0, 9, 0xC7, 0x31, 0x8C],
        &[0; 99],
    ]
    .concat();
    let xpt = b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000".to_vec();
    for (bytes, expected) in [
        (por, "a.sav is an SPSS portable file (.por)"),
        (sas, "a.sav is a SAS data set (.sas7bdat)"),
        (xpt, "a.sav is a SAS transport file (.xpt)"),
    ] {
        let diags = refused(&bytes);
        assert_eq!((diags[0].code, diags[0].message.as_str()), (codes::FORMAT_UNKNOWN, expected));
        assert!(diags[0].help.is_some());
    }
    // A table whose first cell begins with the letter that is the number of an old format.
    assert!(refused(b"id,name\n1,x\n").is_empty());
}

#[test]
fn a_definition_beside_a_file_that_carries_its_own_is_refused() {
    let definition = (&FileId::new("a.qsf"), &b"{}"[..]);
    let diags = read(&FileId::new("a.sav"), &small_sav(0), Some(definition)).unwrap_err();
    assert_eq!(diags[0].code, codes::DEFINITION_MISMATCH);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_are_read_or_refused(which in 0..KINDS, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>(), is_cut in any::<bool>()) {
        let mut bytes = file(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            let end = cut.index(bytes.len());
            bytes.truncate(end);
        }
        if let Err(diags) = read(&FileId::new("a.sav"), &bytes, None) {
            prop_assert!(diags.iter().all(|diag| diag.help.is_some()), "{diags:?}");
        }
    }

    #[test]
    fn lengths_that_lie_are_read_or_refused(which in 0..KINDS, at in any::<prop::sample::Index>(), length in prop::sample::select(vec![0_u32, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x00FF_FFFF, 65536])) {
        let mut bytes = file(which);
        let at = at.index(bytes.len() - 4);
        bytes[at..at + 4].copy_from_slice(&length.to_le_bytes());
        if let Err(diags) = read(&FileId::new("a.sav"), &bytes, None) {
            prop_assert!(diags.iter().all(|diag| diag.help.is_some()), "{diags:?}");
        }
    }
}
