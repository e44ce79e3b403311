//! Header rows of every generation.

use super::*;

#[test]
fn q_01_newlines_and_quotes_in_the_header_are_no_rows() {
    let text =
        export(&[ID, ("Q1", "Say \"it\",\n\nplease?", "QID1_TEXT")], &[&["R_0000000000000001", "a\nb"]]);
    let export = noted(&text).value;
    assert_eq!((export.table.height(), export.table.line(0)), (1, 6));
    assert_eq!(only(&export).wording, "Say \"it\", please?");
}

#[test]
fn q_02_a_translated_second_row_is_never_matched_on() {
    let text = export(
        &[
            ("StartDate", "Anfangsdatum", "startDate"),
            ("Status", "Antworttyp", "status"),
            ("Q1", "Wie?", "QID1"),
        ],
        &[&["2017-07-18 08:28:09", "0", "2"]],
    );
    let export = noted(&text).value;
    assert_eq!((export.metadata.started, export.metadata.status), (Some(0), Some(1)));
    assert_eq!(only(&export).id, "Q1");
}

#[test]
fn q_03_row_three_in_single_quotes_with_a_column_that_somebody_added() {
    let text = "ResponseID,Q3_1,Q3_2,split\nResponseID,Rate-Food,Rate-Staff,\n\"{'ImportId': 'responseId'}\",\"{'ImportId': 'QID3-1'}\",\"{'ImportId': 'QID3-2'}\",\nR_e8z6glNpLL4PkcR,2,3,a\nR_e8z6glNpLL4PkcS,2,1,b\n";
    let export = noted(text).value;
    assert_eq!((export.header_rows, export.table.height()), (3, 2));
    assert!(export.evidence.contains("single quotes"));
    let Form::Battery { items, choices } = &only(&export).form else { panic!() };
    assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["Food", "Staff"]);
    assert_eq!(labels(choices), ["1", "2", "3"]);
    assert_eq!(export.other_columns, [3]);
}

#[test]
fn header_rows_that_somebody_deleted_are_missed_but_not_needed() {
    let full = export(
        &[
            ID,
            ("StartDate", "Start Date", "startDate"),
            ("Status", "Response Type", "status"),
            ("Finished", "Finished", "finished"),
            ("Q1_1", "Rate - Food", "QID1_1"),
            ("Q1_2", "Rate - Staff", "QID1_2"),
        ],
        &[
            &["R_0000000000000001", "2020-01-01 10:00:00", "0", "1", "2", "4"],
            &["R_0000000000000002", "2020-01-01 10:00:00", "0", "1", "3", "4"],
        ],
    );
    let lines: Vec<&str> = full.lines().collect();
    let without = |left_out: &[usize]| {
        let kept = lines.iter().enumerate().filter(|(row, _)| !left_out.contains(row));
        kept.map(|(_, line)| *line).collect::<Vec<&str>>().join("\n")
    };
    let whole = noted(&full).value;
    let no_texts = noted(&without(&[1]));
    assert_eq!((no_texts.value.header_rows, no_texts.value.table.height()), (2, 2));
    assert!(has(&no_texts.notes, codes::ASSUMED));
    let no_ids = noted(&without(&[2]));
    assert_eq!((no_ids.value.header_rows, no_ids.value.table.height()), (2, 2));
    assert_eq!(only(&no_ids.value).form, only(&whole).form);
    assert_eq!(only(&no_ids.value).wording, "Rate");
    let names_only = noted(&without(&[1, 2]));
    assert_eq!((names_only.value.header_rows, names_only.value.table.height()), (1, 2));
    assert_eq!(only(&names_only.value).id, "Q1");
    // Zero responses are a valid export with all of its columns.
    let empty = noted(&without(&[3, 4]));
    assert_eq!(
        (empty.value.header_rows, empty.value.table.height(), empty.value.instrument.questions.len()),
        (3, 0, 1)
    );
}

#[test]
fn a_first_answer_is_never_taken_for_a_header() {
    // A spreadsheet made numbers of the dates and took the ids away.
    let text = "StartDate,EndDate,Status,Progress,Finished,UserLanguage,Q1\n45000.5,45000.6,IP Address,100,TRUE,EN,2\n45001.5,45001.6,IP Address,100,TRUE,EN,3\n";
    let export = noted(text).value;
    assert_eq!((export.header_rows, export.table.height()), (1, 2));
    let german = format!(
        "StartDate,EndDate,Status,Progress,Finished,UserLanguage,Q1\nAnfang,Ende,Art,Stand,Beendet,Sprache,Wie?\n{}",
        text.split_once('\n').unwrap().1
    );
    let export = noted(&german).value;
    assert_eq!((export.header_rows, export.table.height()), (2, 2));
    assert_eq!(only(&export).wording, "Wie?");
}

#[test]
fn a_legacy_export_is_grouped_by_its_names() {
    let Noted { value: export, notes } = noted(LEGACY);
    assert_eq!(
        (export.platform, export.header_rows, export.table.names().len()),
        (Platform::QualtricsLegacy, 2, 11)
    );
    assert_eq!(
        (export.metadata.record, export.metadata.status, export.metadata.finished),
        (Some(0), Some(3), Some(6))
    );
    assert_eq!(export.identifiers, [2]);
    let ids: Vec<&str> = export.instrument.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["Q1", "Q2"]);
    assert!(has(&notes, codes::ASSUMED));
}

#[test]
fn a_legacy_export_is_known_in_small_letters_and_without_its_texts() {
    let small = LEGACY.replacen('V', "v", 7).replace("Q1,Q2_1,Q2_2,Q2_TEXT", "q1,q2_1,q2_2,q2_text");
    let without_texts: Vec<&str> =
        LEGACY.lines().enumerate().filter(|(line, _)| *line != 1).map(|(_, text)| text).collect();
    for (text, rows) in [(small, 2), (without_texts.join("\n"), 1)] {
        let export = noted(&text).value;
        assert_eq!(
            (export.platform, export.header_rows, export.table.height()),
            (Platform::QualtricsLegacy, rows, 1)
        );
        let about = &export.metadata;
        assert_eq!(
            (about.record, about.status, about.started, about.finished),
            (Some(0), Some(3), Some(4), Some(6))
        );
        assert_eq!(export.identifiers, [2]);
        assert_eq!(export.instrument.questions.len(), 2, "{:?}", kinds(&export));
    }
}

#[test]
fn blank_lines_between_records_are_no_records() {
    let text = export(&[ID, ("Q1", "How?", "QID1")], &[&[ONE, "2"], &[TWO, "3"]]);
    let spaced = text.replace('\n', "\n\n");
    let export = noted(&spaced).value;
    assert_eq!((export.header_rows, export.table.height(), export.table.line(1)), (3, 2, 9));
    assert_eq!(kinds(&export), [("Q1", "single")]);
}

#[test]
fn q_18_zones_are_named_and_several_are_warned_about() {
    let zoned = |zone: &str, id: &str| format!(r#"{{"ImportId":"{id}","timeZone":"{zone}"}}"#);
    let notes = |start: &str, end: &str| {
        let text = export(
            &[ID, ("StartDate", "Start Date", start), ("EndDate", "End Date", end), ("Q1", "How?", "QID1")],
            &[&[ONE, "2020-01-01 10:00:00", "2020-01-01 12:00:00", "2"]],
        );
        let notes = noted(&text).notes;
        notes.into_iter().filter(|note| note.code == codes::TIME_ZONE).collect::<Vec<_>>()
    };
    let (denver, utc) = (zoned("America/Denver", "startDate"), zoned("Z", "endDate"));
    let of =
        |notes: Vec<Diag>| notes.into_iter().map(|note| (note.severity, note.message)).collect::<Vec<_>>();
    let one = of(notes(&denver, &zoned("America/Denver", "endDate")));
    assert_eq!(one, [(Severity::Note, "dates are written in the time zone America/Denver".to_owned())]);
    let two = of(notes(&denver, &utc));
    let message = "dates are written in several time zones: America/Denver, Z";
    assert_eq!(two, [(Severity::Warning, message.to_owned())]);
    let none = of(notes("startDate", "endDate"));
    assert!(none[0].1.starts_with("nothing says in which time zone"), "{none:?}");
}

#[test]
fn q_29_an_export_without_ids_of_responses_is_read_and_noted() {
    let text = export(&[("Q1", "How?", "QID1")], &[&["2"], &["3"]]);
    let Noted { value: export, notes } = noted(&text);
    assert_eq!((export.metadata.record, export.table.height(), export.table.line(1)), (None, 2, 5));
    assert!(notes.iter().any(|note| note.message.contains("by its line alone")));
}

#[test]
fn a_workbook_has_two_header_rows_and_no_ids() {
    let rows: [&[&str]; 4] = [
        &["StartDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId", "Q1", "Q2_1", "Q2_2"],
        &[
            "Start Date",
            "Response Type",
            "Progress",
            "Finished",
            "Recorded Date",
            "Response ID",
            "How?",
            "Rate - Food",
            "Rate - Staff",
        ],
        &[
            "2020-01-01 10:00:00",
            "IP Address",
            "100",
            "True",
            "2020-01-01 10:00:00",
            ONE,
            "Well",
            "Good",
            "Bad",
        ],
        &[
            "2020-01-02 10:00:00",
            "IP Address",
            "100",
            "True",
            "2020-01-02 10:00:00",
            TWO,
            "Badly",
            "Good",
            "",
        ],
    ];
    let export = read(&FileId::new("a.xlsx"), &workbook(&rows), None).unwrap().value;
    assert_eq!((export.platform, export.header_rows, export.table.height()), (Platform::Qualtrics, 2, 2));
    assert_eq!(kinds(&export), [("Q1", "single"), ("Q2", "battery")]);
    assert_eq!((export.cells, export.metadata.record), (Cells::Labels, Some(5)));
    assert_eq!(only_wordings(&export), ["How?", "Rate"]);
}

#[test]
fn tabs_in_utf_16_are_the_same_export() {
    let text = export(
        &[ID, ("Q1", "How,\nreally?", "QID1"), ("Q2", "Why?", "QID2_TEXT")],
        &[&[ONE, "2", "\u{e9}t\u{e9}"]],
    );
    let tabs = text.replace("\",\"", "\"\t\"");
    let wide: Vec<u8> = format!("\u{feff}{tabs}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let export = read(&FileId::new("a.tsv"), &wide, None).unwrap().value;
    assert_eq!(kinds(&export), [("Q1", "single"), ("Q2", "text")]);
    assert_eq!(export.table.cell(0, 2), Some("\u{e9}t\u{e9}"));
}
