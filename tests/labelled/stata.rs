//! Stata files.

use canvass::codebook::{Form, Missing};
use canvass::diag::codes;
use canvass::ingest::Platform;
use canvass::normalise::code;
use canvass::responses::{Answer, Answers};

use super::dta::{Cell, Dta, Variable, double, float, string, variable};
use super::{cells, choices, codes_of, export, kinds, question};

const RELEASES: [u8; 11] = [105, 108, 110, 111, 112, 113, 114, 115, 117, 118, 119];

/// One variable of each type, with values, the plain missing value and, where there are any, lettered ones.
fn types(release: u8, big: bool) -> Dta {
    let has_tags = release >= 113;
    let given =
        vec![Cell::Byte(-5), Cell::Int(32_740), Cell::Long(-7), float(0.1), double(0.1), Cell::Text(b"ab")];
    let rows = if has_tags {
        vec![
            given,
            vec![
                Cell::Byte(101),
                Cell::Int(32_741),
                Cell::Long(2_147_483_621),
                Cell::Float(0x7F00_0000),
                Cell::Double(0x7FE0_0000_0000_0000),
                Cell::Text(b""),
            ],
            vec![
                Cell::Byte(102),
                Cell::Int(32_743),
                Cell::Long(2_147_483_624),
                Cell::Float(0x7F00_0000 + 4 * 0x800),
                Cell::Double(0x7FE0_0000_0000_0000 + (26 << 40)),
                Cell::Text(b"abcd"),
            ],
        ]
    } else {
        vec![
            given,
            vec![
                Cell::Byte(127),
                Cell::Int(32_767),
                Cell::Long(i32::MAX),
                Cell::Float(0x7F00_0000),
                Cell::Double(0x7FE0_0000_0000_0000),
                Cell::Text(b""),
            ],
            // 102 was a number like any other.
            vec![Cell::Byte(102), Cell::Int(5), Cell::Long(6), float(7.5), double(-8.0), Cell::Text(b"abcd")],
        ]
    };
    let variables =
        [('b', "b"), ('i', "i"), ('l', "l"), ('f', "f"), ('d', "d")].map(|(kind, name)| variable(name, kind));
    let variables = variables.into_iter().chain([string("s", 4)]).collect();
    Dta { release, big, variables, rows, ..Dta::default() }
}

#[test]
fn every_format_and_order_of_bytes_gives_the_same_values() {
    for release in RELEASES {
        for big in [false, true] {
            let noted = export(&types(release, big).bytes());
            let export = noted.value;
            assert_eq!((export.platform, export.table.height()), (Platform::Stata, 3), "{release}");
            assert!(export.evidence.contains(&release.to_string()));
            let row = |row: usize| (0..6).map(|column| cells(&export, column)[row]).collect::<Vec<_>>();
            assert_eq!(row(0), ["-5", "32740", "-7", "0.1", "0.1", "ab"], "{release} {big}");
            assert_eq!(row(1), ["", "", "", "", "", ""], "{release} {big}");
            let last = if release >= 113 {
                [".a", ".b", ".c", ".d", ".z", "abcd"]
            } else {
                ["102", "5", "6", "7.5", "-8", "abcd"]
            };
            assert_eq!(row(2), last, "{release} {big}");
            assert!(noted.notes.is_empty(), "{:?}", noted.notes);
        }
    }
}

pub(crate) fn labelled(release: u8) -> Dta {
    let of_table = |name, kind| Variable { table: "yn", label: "Is it useful?", ..variable(name, kind) };
    Dta {
        release,
        variables: vec![of_table("use", 'b'), Variable { table: "reasons", ..variable("age", 'i') }],
        rows: vec![
            vec![Cell::Byte(1), Cell::Int(30)],
            vec![Cell::Byte(2), Cell::Int(32_742)],
            vec![Cell::Byte(102), Cell::Int(32_744)],
            vec![Cell::Byte(101), Cell::Int(40)],
        ],
        tables: vec![
            (
                "yn",
                vec![(1, b"Yes"), (2, b"No"), (2_147_483_622, b"Refused"), (2_147_483_623, b"Don't know")],
            ),
            ("reasons", vec![(2_147_483_622, b"Does not apply")]),
        ],
        ..Dta::default()
    }
}

#[test]
fn t_01_lettered_missing_values_keep_their_letter_and_their_label() {
    for release in [113, 115, 117, 118] {
        let export = export(&labelled(release).bytes()).value;
        let usefulness = question(&export, "use");
        assert_eq!(
            choices(&usefulness.form),
            [
                ("1", "Yes", None),
                ("2", "No", None),
                (".a", "Refused", Some("refused")),
                (".b", "Don't know", Some("dont-know")),
            ]
        );
        assert_eq!(usefulness.wording, "Is it useful?");
        let Answers::Choice(answers) = code(&export, usefulness, None).value.answers else { panic!() };
        let expected = [
            Answer::Given(0),
            Answer::Given(1),
            Answer::Missing(Missing::Refused),
            Answer::Missing(Missing::Blank),
        ];
        assert_eq!(answers.iter().collect::<Vec<_>>(), expected, "{release}");
        let age = question(&export, "age");
        assert!(matches!(age.form, Form::Numbers { .. }));
        let Answers::Numbers { items } = code(&export, age, None).value.answers else { panic!() };
        // .c has no label: a missing value whose reason nothing tells.
        let expected = [Ok(30.0), Err(Missing::NotApplicable), Err(Missing::Blank), Ok(40.0)];
        assert_eq!(items.concat(), expected);
    }
}

#[test]
fn labels_of_the_old_short_tables_are_read() {
    for big in [false, true] {
        let dta = Dta {
            release: 105,
            big,
            variables: vec![Variable { table: "yn", ..variable("q", 'b') }],
            rows: vec![vec![Cell::Byte(1)], vec![Cell::Byte(2)]],
            tables: vec![("yn", vec![(1, b"Yes"), (2, b"Exactly8")])],
            ..Dta::default()
        };
        let export = export(&dta.bytes()).value;
        assert_eq!(choices(&question(&export, "q").form), [("1", "Yes", None), ("2", "Exactly8", None)]);
    }
}

#[test]
fn t_02_labels_whose_table_is_absent_are_said_to_be_absent() {
    let dta = Dta { tables: Vec::new(), ..labelled(118) };
    let noted = export(&dta.bytes());
    assert_eq!(kinds(&noted.value), ["number", "number"]);
    assert_eq!(codes_of(&noted), [codes::ASSUMED, codes::ASSUMED]);
    assert_eq!(noted.notes[0].message, "\"use\" has the value labels yn, which are not in the file");
}

#[test]
fn t_03_t_04_a_label_that_was_cut_is_completed_by_the_note_that_goes_on() {
    let whole = "How satisfied are you with the way in which the service answered the questions that you had about it?";
    let mut dta = labelled(115);
    dta.variables[0].label = &whole[..80];
    dta.notes = vec![("use", whole), ("age", "not about the label")];
    assert_eq!(question(&export(&dta.bytes()).value, "use").wording, whole);
    // Without a note it is said that it may have been cut.
    dta.notes.clear();
    let noted = export(&dta.bytes());
    assert_eq!(question(&noted.value, "use").wording, &whole[..80]);
    assert!(noted.notes[0].message.contains("may have been cut"), "{:?}", noted.notes);
}

#[test]
fn t_05_long_strings_are_found_by_their_reference() {
    for release in [117, 118, 119] {
        for big in [false, true] {
            let dta = Dta {
                release,
                big,
                variables: vec![variable("x", 'b'), variable("note", 'L')],
                rows: vec![
                    vec![Cell::Byte(1), Cell::Long64(2, 1)],
                    vec![Cell::Byte(1), Cell::Long64(0, 0)],
                    vec![Cell::Byte(1), Cell::Long64(2, 1)],
                    vec![Cell::Byte(1), Cell::Long64(2, 4)],
                ],
                strings: vec![(2, 1, 130, b"a long text\0"), (2, 4, 129, b"bytes")],
                ..Dta::default()
            };
            let export = export(&dta.bytes()).value;
            assert_eq!(cells(&export, 1), ["a long text", "", "a long text", "bytes"], "{release} {big}");
        }
    }
}

#[test]
fn t_06_labels_do_not_apply_to_values_that_are_no_whole_numbers() {
    let dta = Dta {
        release: 118,
        variables: vec![Variable { table: "t", ..variable("q", 'd') }],
        rows: [1.0, 1.5, 2.25].map(|value| vec![double(value)]).to_vec(),
        tables: vec![("t", vec![(1, b"One"), (2, b"Two")])],
        ..Dta::default()
    };
    let noted = export(&dta.bytes());
    assert_eq!(kinds(&noted.value), ["number"]);
    assert!(noted.notes[0].message.contains("read as numbers"), "{:?}", noted.notes);
}

#[test]
fn texts_before_unicode_are_read_as_windows_1252_with_a_warning() {
    let dta = |release| Dta {
        release,
        variables: vec![string("s", 8)],
        rows: vec![vec![Cell::Text(b"na\xEFve")]],
        ..Dta::default()
    };
    let noted = export(&dta(117).bytes());
    assert_eq!(cells(&noted.value, 0), ["na\u{EF}ve"]);
    assert!(codes_of(&noted).contains(&codes::ENCODING_ASSUMED));
    // From 118 on the file is UTF-8 by definition.
    let noted = export(&dta(118).bytes());
    assert_eq!(cells(&noted.value, 0), ["na\u{FFFD}ve"]);
    assert!(codes_of(&noted).contains(&codes::ENCODING_ASSUMED));
}
