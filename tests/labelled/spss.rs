//! SPSS system files.

use canvass::codebook::{Form, Missing, MultiCells};
use canvass::diag::codes;
use canvass::ingest::Platform;
use canvass::normalise::code;
use canvass::responses::{Answer, Answers};

use super::sav::{Cell, Nothing, Number, Sav, Variable, number, string, text};
use super::{cells, choices, codes_of, export, kinds, question};

/// Age, an opinion with labels and missing values, and a name of ten bytes.
pub(crate) fn survey() -> Sav {
    Sav {
        variables: vec![
            Variable {
                missing: (-3, vec![97.0, f64::MAX, -1.0]),
                label: Some("Age in years"),
                ..number("AGE")
            },
            Variable { missing: (2, vec![8.0, 9.0]), label: Some("Is it useful?"), ..number("USE") },
            Variable { label: Some("What else?"), ..string("ELSE", 10) },
        ],
        labels: vec![
            (
                vec![
                    (Number(1.0), b"Yes"),
                    (Number(2.0), b"No"),
                    (Number(8.0), b"Don't know"),
                    (Number(9.0), b"Refused"),
                ],
                vec![2],
            ),
            (vec![(Number(98.0), b"Refused")], vec![1]),
        ],
        rows: vec![
            vec![Number(20.0), Number(1.0), text("more  ")],
            vec![Number(97.5), Number(8.0), text("")],
            vec![Number(98.0), Number(9.0), text("x")],
            vec![Number(-1.0), Nothing, text("longer one")],
            vec![Number(0.1), Number(2.0), text("y")],
            vec![Nothing, Number(1.0), text("z")],
        ],
        ..Sav::default()
    }
}

#[test]
fn every_compression_and_order_of_bytes_gives_the_same_table() {
    for big in [false, true] {
        for compression in 0..3 {
            let noted = export(&Sav { big, compression, ..survey() }.bytes());
            let export = noted.value;
            assert_eq!((export.platform, export.header_rows, export.table.height()), (Platform::Spss, 0, 6));
            assert_eq!(export.table.names(), ["AGE", "USE", "ELSE"]);
            assert_eq!(cells(&export, 0), ["20", "97.5", "98", "-1", "0.1", ""], "{big} {compression}");
            assert_eq!(cells(&export, 1), ["1", "8", "9", "", "2", "1"]);
            // V-04: blanks that fill a string are no part of it.
            assert_eq!(cells(&export, 2), ["more", "", "x", "longer one", "y", "z"]);
            assert_eq!(export.table.line(2), 3);
            assert!(noted.notes.is_empty(), "{:?}", noted.notes);
        }
    }
}

#[test]
fn v_02_user_missing_values_keep_their_codes_and_are_no_answers() {
    let export = export(&survey().bytes()).value;
    let usefulness = question(&export, "USE");
    assert_eq!(usefulness.wording, "Is it useful?");
    assert_eq!(
        choices(&usefulness.form),
        [
            ("1", "Yes", None),
            ("2", "No", None),
            ("8", "Don't know", Some("dont-know")),
            ("9", "Refused", Some("refused")),
        ]
    );
    let Answers::Choice(answers) = code(&export, usefulness, None).value.answers else { panic!() };
    let expected = [
        Answer::Given(0),
        Answer::Missing(Missing::DontKnow),
        Answer::Missing(Missing::Refused),
        Answer::Missing(Missing::Blank),
        Answer::Given(1),
        Answer::Given(0),
    ];
    assert_eq!(answers.iter().collect::<Vec<_>>(), expected);
    // A range and a single value: none of them is a number in a mean, and the label of one says why.
    let age = question(&export, "AGE");
    assert!(matches!(age.form, Form::Numbers { .. }));
    let Answers::Numbers { items } = code(&export, age, None).value.answers else { panic!() };
    let blank = Err(Missing::Blank);
    assert_eq!(items, [vec![Ok(20.0), blank, Err(Missing::Refused), blank, Ok(0.1), blank]]);
}

#[test]
fn v_01_labels_of_the_ends_alone_are_a_scale_whose_middle_is_noted() {
    let mut sav = Sav { variables: vec![number("Q1"), number("Q2"), number("Q3")], ..Sav::default() };
    sav.labels = vec![
        (
            vec![(Number(1.0), b"Not at all"), (Number(5.0), b"Very much"), (Number(9.0), b"No answer")],
            vec![1],
        ),
        (vec![(Number(0.0), b"None"), (Number(99.0), b"Refused")], vec![2]),
        (vec![(Number(98.0), b"Don't know"), (Number(99.0), b"Refused")], vec![3]),
    ];
    sav.variables[2].missing = (2, vec![98.0, 99.0]);
    let row = |a: f64, b: f64, c: f64| vec![Number(a), Number(b), Number(c)];
    sav.rows = vec![row(2.0, 0.0, 98.0), row(4.0, 12.0, 3.0), row(4.0, 99.0, 7.5), row(1.0, 30.0, 3.0)];
    let noted = export(&sav.bytes());
    assert_eq!(kinds(&noted.value), ["single", "number", "number"]);
    let labels: Vec<&str> =
        question(&noted.value, "Q1").form.choices().iter().map(|choice| choice.label.as_str()).collect();
    // 3 was never given and belongs between; 6 to 8 do not.
    assert_eq!(labels, ["Not at all", "2", "3", "4", "Very much", "No answer"]);
    // A label that says that there is no answer is believed, and that is said.
    let numbers = |id: &str| {
        let Answers::Numbers { items } = code(&noted.value, question(&noted.value, id), None).value.answers
        else {
            panic!()
        };
        items.concat()
    };
    assert_eq!(numbers("Q2"), [Ok(0.0), Ok(12.0), Err(Missing::Refused), Ok(30.0)]);
    assert_eq!(numbers("Q3"), [Err(Missing::DontKnow), Ok(3.0), Ok(7.5), Ok(3.0)]);
    assert_eq!(codes_of(&noted), [codes::CHOICES_INFERRED, codes::ASSUMED]);
    assert!(noted.notes[1].message.contains("99 = \"Refused\", counted as missing"), "{:?}", noted.notes);
}

#[test]
fn v_03_the_named_encoding_wins_over_the_code_page() {
    let integers = |page: i32| {
        let numbers = [20, 0, 0, 1, 1, 1, 2, page];
        (3, 4, numbers.into_iter().flat_map(i32::to_le_bytes).collect::<Vec<u8>>())
    };
    let read = |extensions: Vec<(i32, i32, Vec<u8>)>| {
        let variables = vec![Variable { label: Some("x"), ..string("S", 8) }];
        let rows = vec![vec![Cell::Text(b"na\xEFve".to_vec())], vec![Cell::Text(b"\xF9".to_vec())]];
        let noted = export(&Sav { variables, extensions, rows, ..Sav::default() }.bytes());
        (cells(&noted.value, 0).join("|"), codes_of(&noted).contains(&codes::ENCODING_ASSUMED))
    };
    assert_eq!(read(vec![integers(1255)]), ("na\u{5DF}ve|\u{5E9}".to_owned(), false));
    assert_eq!(
        read(vec![integers(1255), (20, 1, b"windows-1252".to_vec())]),
        ("na\u{EF}ve|\u{F9}".to_owned(), false)
    );
    // Code page 2 says ASCII, which these are not.
    assert_eq!(read(vec![integers(2)]), ("na\u{EF}ve|\u{F9}".to_owned(), true));
    assert_eq!(read(Vec::new()), ("na\u{EF}ve|\u{F9}".to_owned(), true));
}

#[test]
fn v_05_dates_and_times_are_known_by_their_print_format() {
    let format = |name, format| Variable { format, ..number(name) };
    let variables =
        vec![format("D", 20), format("DT", 22), format("T", 21), format("LEN", 25), format("MOYR", 28)];
    let day = 159_749.0 * 86_400.0;
    let rows = vec![
        vec![
            Number(day),
            Number(day + 3661.5),
            Number(45_296.0),
            Number(90_000.0),
            Number(day - 28.0 * 86_400.0),
        ],
        vec![Nothing, Nothing, Nothing, Nothing, Nothing],
    ];
    let noted = export(&Sav { variables, rows, ..Sav::default() }.bytes());
    let first: Vec<&str> = (0..5).map(|column| cells(&noted.value, column)[0]).collect();
    assert_eq!(first, ["2020-02-29", "2020-02-29T01:01:01.500", "12:34:56", "90000", "2020-02-01"]);
    assert_eq!(kinds(&noted.value), ["date", "date", "date", "number", "date"]);
}

#[test]
fn v_06_labels_and_not_the_measurement_level_say_what_a_variable_is() {
    // Scale, nominal and nominal.
    let display = [3, 8, 1, 1, 8, 1, 1, 8, 1].into_iter().flat_map(i32::to_le_bytes).collect();
    let variables = vec![number("LIKERT"), number("CITY"), number("COUNT")];
    let labels = vec![(vec![(Number(1.0), &b"Bad"[..]), (Number(2.0), &b"Good"[..])], vec![1])];
    let rows = vec![vec![Number(1.0), Number(3.0), Number(4.0)], vec![Number(2.0), Number(3.0), Number(5.0)]];
    let noted = export(
        &Sav { variables, labels, rows, extensions: vec![(11, 4, display)], ..Sav::default() }.bytes(),
    );
    assert_eq!(kinds(&noted.value), ["single", "number", "number"]);
    assert_eq!(codes_of(&noted), [codes::ASSUMED, codes::ASSUMED]);
    // Numbers without labels may be codes, so the study may say what they are; labels say it themselves.
    let defined = noted.value.instrument.questions.iter().map(|question| question.defined);
    assert_eq!(defined.collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(
        noted.notes[0].message,
        "\"CITY\" is nominal in the file but has no value labels: it is read as numbers"
    );
}

#[test]
fn v_07_a_value_all_but_a_labelled_one_is_read_as_it_and_counted() {
    let labels = vec![(vec![(Number(1.0), &b"Yes"[..]), (Number(2.0), &b"No"[..])], vec![1])];
    let rows = [1.000_000_000_1, 2.0, 1.999_999_999_9].map(|value| vec![Number(value)]).to_vec();
    let noted = export(&Sav { variables: vec![number("Q")], labels, rows, ..Sav::default() }.bytes());
    assert_eq!(cells(&noted.value, 0), ["1", "2", "2"]);
    assert!(noted.notes[0].message.starts_with("2 cells of \"Q\" differ"), "{:?}", noted.notes);
}

#[test]
fn v_08_the_same_labels_with_reversed_codes_are_kept_for_each_variable() {
    let labels = vec![
        (vec![(Number(1.0), &b"Agree"[..]), (Number(2.0), &b"Disagree"[..])], vec![1]),
        (vec![(Number(1.0), &b"Disagree"[..]), (Number(2.0), &b"Agree"[..])], vec![2]),
        (vec![(Number(1.0), &b"Other"[..]), (Number(2.0), &b"Other"[..])], vec![3]),
    ];
    let variables = vec![number("A"), number("B"), number("C")];
    let rows = vec![vec![Number(1.0), Number(1.0), Number(2.0)]];
    let noted = export(&Sav { variables, labels, rows, ..Sav::default() }.bytes());
    let agree = |id: &str| choices(&question(&noted.value, id).form)[0].1.to_owned();
    assert_eq!((agree("A"), agree("B")), ("Agree".to_owned(), "Disagree".to_owned()));
    // Two codes with one label are counted apart, and that is said.
    assert_eq!(codes_of(&noted), [codes::SAME_CHOICE_TWICE]);
}

#[test]
fn v_09_a_label_keeps_the_number_before_it() {
    let labels = vec![(
        vec![(Number(1.0), &b"1 = Strongly disagree"[..]), (Number(2.0), &b"<b>2</b> = Agree"[..])],
        vec![1],
    )];
    let rows = vec![vec![Number(1.0)]];
    let export = export(&Sav { variables: vec![number("Q")], labels, rows, ..Sav::default() }.bytes()).value;
    let form = &question(&export, "Q").form;
    assert_eq!(choices(form)[0].1, "1 = Strongly disagree");
    // Markup is taken off, and what stood there is kept beside.
    assert_eq!(
        (choices(form)[1].1, form.choices()[1].also.as_slice()),
        ("2 = Agree", &["<b>2</b> = Agree".to_owned()][..])
    );
}

#[test]
fn v_10_long_names_and_very_long_strings_are_put_together() {
    let long: String = ('a'..='z').cycle().take(300).collect();
    let sav = Sav {
        variables: vec![number("Q1_1"), string("V2_A", 300), string("LAST", 3)],
        extensions: vec![
            (13, 1, b"Q1_1=Q1_1_A_name_longer_than_eight\tV2_A=Comment".to_vec()),
            (14, 1, b"V2_A=00300\0\t".to_vec()),
        ],
        rows: vec![vec![Number(1.0), text(&long), text("end")], vec![Nothing, text("short"), text("")]],
        ..Sav::default()
    };
    for compression in 0..3 {
        let export = export(&Sav { compression, ..sav.clone() }.bytes()).value;
        assert_eq!(export.table.names(), ["Q1_1_A_name_longer_than_eight", "Comment", "LAST"]);
        assert_eq!(cells(&export, 1), [long.as_str(), "short"]);
        assert_eq!(cells(&export, 2), ["end", ""]);
    }
}

#[test]
fn labels_and_missing_values_of_long_strings_are_read_from_their_own_records() {
    let counted = |text: &str| [&i32::try_from(text.len()).unwrap().to_le_bytes(), text.as_bytes()].concat();
    let width = 12_i32.to_le_bytes();
    let two = 2_i32.to_le_bytes();
    let labels = [
        counted("PARTY"),
        width.to_vec(),
        two.to_vec(),
        counted("conservative"),
        counted("Right"),
        counted("liberal     "),
        counted("Left"),
    ];
    let eight = 8_i32.to_le_bytes();
    let missing = [counted("PARTY"), vec![1], eight.to_vec(), b"none    ".to_vec()];
    let sav = Sav {
        variables: vec![string("PARTY", 12)],
        extensions: vec![(21, 1, labels.concat()), (22, 1, missing.concat())],
        rows: ["conservative", "liberal", "none"].map(|party| vec![text(party)]).to_vec(),
        ..Sav::default()
    };
    let noted = export(&sav.bytes());
    let party = question(&noted.value, "PARTY");
    assert_eq!(choices(&party.form), [("conservative", "Right", None), ("liberal", "Left", None)]);
    let Answers::Choice(answers) = code(&noted.value, party, None).value.answers else { panic!() };
    assert_eq!(answers.get(2), Answer::Missing(Missing::Blank));
    assert_eq!(answers.get(1), Answer::Given(1));
}

#[test]
fn v_11_dichotomy_sets_are_one_question_with_their_counted_value() {
    let variable = |name, label| Variable { label: Some(label), ..number(name) };
    let sav = Sav {
        variables: vec![number("ID0"), variable("TEA", "Tea"), variable("MILK", "Milk"), number("X")],
        labels: vec![(vec![(Number(1.0), b"No"), (Number(2.0), b"Yes, tea")], vec![2])],
        extensions: vec![
            (7, 1, b"$drinks=D1 2 17 What do you drink tea milk\n".to_vec()),
            (19, 1, b"$named=E 1 1 2 0  TEA MILK\n$gone=D1 1 0  TEA NOWHERE\n".to_vec()),
        ],
        rows: vec![
            vec![Number(1.0), Number(2.0), Number(1.0), Number(1.0)],
            vec![Number(2.0), Number(1.0), Number(1.0), Number(1.0)],
            vec![Number(3.0), Nothing, Nothing, Number(1.0)],
        ],
        ..Sav::default()
    };
    let noted = export(&sav.bytes());
    let ids: Vec<&str> = noted.value.instrument.questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(ids, ["ID0", "drinks", "named", "X"]);
    let drinks = question(&noted.value, "drinks");
    assert_eq!((drinks.wording.as_str(), drinks.native.as_deref()), ("What do you drink", Some("$drinks")));
    let Form::Multi { cells, choices, .. } = &drinks.form else { panic!() };
    assert_eq!(*cells, MultiCells::Counted { columns: vec![1, 2], value: "2".into() });
    assert_eq!(choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(), ["Tea", "Milk"]);
    let Form::Multi { choices, .. } = &question(&noted.value, "named").form else { panic!() };
    assert_eq!(choices[0].label, "Yes, tea");
    let Answers::Ticks(ticks) = code(&noted.value, drinks, None).value.answers else { panic!() };
    let expected = [Answer::Given(1), Answer::Missing(Missing::Skipped), Answer::Missing(Missing::Blank)];
    assert_eq!(ticks.answered.iter().collect::<Vec<_>>(), expected);
    // The set that names a variable which is not there is left out, and that is said.
    assert_eq!(codes_of(&noted), [codes::COLUMN_NOT_UNDERSTOOD]);
    assert!(noted.notes[0].message.contains("$gone"));
}

#[test]
fn category_sets_are_one_question_of_columns_that_each_hold_a_choice() {
    let labels =
        vec![(Number(1.0), &b"Tea"[..]), (Number(2.0), &b"Milk"[..]), (Number(9.0), &b"Refused"[..])];
    let missing = |name| Variable { missing: (1, vec![9.0]), ..number(name) };
    let sav = Sav {
        variables: vec![missing("M1"), missing("M2")],
        labels: vec![(labels, vec![1, 2])],
        extensions: vec![(7, 1, b"$m=C 6 Drinks m1 m2\n".to_vec())],
        rows: vec![
            vec![Number(2.0), Number(1.0)],
            vec![Number(2.0), Nothing],
            vec![Number(9.0), Nothing],
            vec![Nothing, Nothing],
        ],
        ..Sav::default()
    };
    let export = export(&sav.bytes()).value;
    let drinks = question(&export, "m");
    let Form::Multi { cells, .. } = &drinks.form else { panic!() };
    assert_eq!(*cells, MultiCells::Coded(vec![0, 1]));
    let Answers::Ticks(ticks) = code(&export, drinks, None).value.answers else { panic!() };
    assert_eq!(ticks.mentions(&[0, 1, 2, 3]), [1, 2, 0]);
    let expected = [
        Answer::Given(2),
        Answer::Given(1),
        Answer::Missing(Missing::Refused),
        Answer::Missing(Missing::Blank),
    ];
    assert_eq!(ticks.answered.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn v_12_a_weight_is_named_and_not_applied() {
    let sav = Sav {
        weight: 3,
        variables: vec![string("S", 9), number("W")],
        rows: vec![vec![text("x"), Number(1.5)]],
        ..Sav::default()
    };
    // The weight is the third record, because the string has two.
    let noted = export(&sav.bytes());
    assert!(noted.notes.iter().any(|note| note.message.contains("weighted by W")), "{:?}", noted.notes);
}

#[test]
fn who_a_person_is_is_known_by_the_name_or_the_label_and_is_no_question() {
    let sav = Sav {
        variables: vec![
            string("CONTACT", 20),
            Variable { label: Some("Your e-mail address"), ..string("V2", 20) },
            number("Q"),
        ],
        rows: vec![vec![text("ann"), text("ann@example.org"), Number(1.0)]],
        ..Sav::default()
    };
    let noted = export(&sav.bytes());
    assert_eq!(noted.value.identifiers, [0, 1]);
    assert_eq!(kinds(&noted.value), ["number"]);
}

/// A data file under the names that Qualtrics gives, of which the third response is a preview.
fn by_qualtrics() -> Sav {
    Sav {
        variables: vec![
            Variable { label: Some("Response Type"), ..number("Status") },
            Variable { label: Some("Progress"), ..number("Progress") },
            Variable { label: Some("Finished"), ..number("Finished") },
            Variable { label: Some("IP Address"), ..string("IPADDR", 8) },
            Variable { label: Some("Response ID"), ..string("RESPID", 8) },
            Variable { label: Some("Distribution Channel"), ..string("CHANNEL", 8) },
            Variable { label: Some("Is it useful?"), ..number("Q1") },
        ],
        labels: vec![
            (vec![(Number(0.0), b"IP Address"), (Number(1.0), b"Survey Preview")], vec![1]),
            (vec![(Number(0.0), b"False"), (Number(1.0), b"True")], vec![3]),
            (vec![(Number(1.0), b"Yes"), (Number(2.0), b"No")], vec![7]),
        ],
        // Long names.
        extensions: vec![(
            13,
            1,
            b"STATUS=Status\tPROGRESS=Progress\tFINISHED=Finished\tIPADDR=IPAddress\tRESPID=ResponseId\tCHANNEL=DistributionChannel".to_vec(),
        )],
        rows: vec![
            vec![Number(0.0), Number(100.0), Number(1.0), text("1.2.3.4"), text("R_1"), text("anonymou"), Number(1.0)],
            vec![Number(0.0), Number(40.0), Number(0.0), text("1.2.3.5"), text("R_2"), text("anonymou"), Nothing],
            vec![Number(1.0), Number(100.0), Number(1.0), text("1.2.3.6"), text("R_3"), text("preview"), Number(2.0)],
            vec![Number(0.0), Number(100.0), Number(1.0), text("1.2.3.7"), text("R_4"), text("anonymou"), Nothing],
        ],
        ..Sav::default()
    }
}

#[test]
fn what_qualtrics_writes_about_a_response_is_no_question_of_a_data_file() {
    let export = export(&by_qualtrics().bytes()).value;
    assert_eq!((export.metadata.status, export.metadata.channel), (Some(0), Some(5)));
    assert_eq!((export.metadata.finished, export.metadata.record), (Some(2), Some(4)));
    // An address, and a key that is another in every row.
    assert_eq!(export.identifiers, [3, 4]);
    let ids: Vec<&str> = export.instrument.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["Q1"]);
    let previews: Vec<Option<bool>> = (0..4).map(|row| export.is_preview(row)).collect();
    assert_eq!(previews, [Some(false), Some(false), Some(true), Some(false)]);
    let submitted: Vec<Option<bool>> = (0..4).map(|row| export.submitted(row)).collect();
    assert_eq!(submitted, [Some(true), Some(false), Some(true), Some(true)]);
    // What was shown to whom is not in the file, so a blank of a finished response is not "skipped".
    let Answers::Choice(codes) = code(&export, question(&export, "Q1"), None).value.answers else { panic!() };
    let expected = [
        Answer::Given(0),
        Answer::Missing(Missing::Blank),
        Answer::Given(1),
        Answer::Missing(Missing::Blank),
    ];
    assert_eq!(codes.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_status_among_other_variables_is_a_question() {
    let sav = Sav {
        variables: vec![number("Status"), number("Progress"), number("Q1")],
        rows: vec![vec![Number(1.0), Number(2.0), Number(3.0)]],
        ..Sav::default()
    };
    let export = export(&sav.bytes()).value;
    assert_eq!((export.metadata.status, export.instrument.questions.len()), (None, 3));
}
