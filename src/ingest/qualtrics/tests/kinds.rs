//! Kinds of questions.

use super::*;

#[test]
fn q_31_a_promoter_group_may_stand_before_its_score() {
    let text = export(
        &[ID, ("Q1_NPS_GROUP", "Recommend? - Group", "QID1_NPS_GROUP"), ("Q1", "Recommend?", "QID1")],
        &[&["R_0000000000000001", "Promoter", "10"]],
    );
    let body = r#"{"QuestionText":"Recommend?","DataExportTag":"Q1","QuestionType":"MC","Selector":"NPS","Choices":[{"Display":"0"},{"Display":"1"}]}"#;
    for export in [noted(&text).value, with(&text, &qsf(&[("QID1", body)])).unwrap().value] {
        let Form::Single { column: 2, choices, .. } = &only(&export).form else {
            panic!("{:?}", only(&export))
        };
        assert_eq!(choices.len(), 11);
        assert_eq!(export.other_columns, [1]);
    }
}

#[test]
fn loops_and_sides_are_questions_of_their_own() {
    let text = export(
        &[
            ID,
            ("1_Q3", "Apple - Tasty?", "1_QID3"),
            ("2_Q3", "Pear - Tasty?", "2_QID3"),
            ("Q4#1_1", "About - Want - A", "QID4#1_1"),
            ("Q4#1_2", "About - Want - B", "QID4#1_2"),
            ("Q4#2_1_1", "About - With - A - Tea", "QID4#2_1_1"),
            ("Q4#2_1_2", "About - With - A - Milk", "QID4#2_1_2"),
            ("Q4#2_2_1", "About - With - B - Tea", "QID4#2_2_1"),
            ("Q4#2_2_2", "About - With - B - Milk", "QID4#2_2_2"),
        ],
        &[
            &["R_0000000000000001", "1", "2", "3", "1", "1", "", "", "1"],
            &["R_0000000000000002", "1", "2", "2", "2", "1", "", "1", "1"],
        ],
    );
    let export = noted(&text).value;
    let found: Vec<(&str, &str, &str)> = export
        .instrument
        .questions
        .iter()
        .map(|question| {
            (question.id.as_str(), question.native.as_deref().unwrap_or(""), question.form.kind())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("1_Q3", "1_QID3", "single"),
            ("2_Q3", "2_QID3", "single"),
            ("Q4#1", "QID4#1", "battery"),
            ("Q4#2", "QID4#2", "multi-select battery")
        ]
    );
    let Form::MultiBattery { items, columns, choices } = &export.instrument.questions[3].form else {
        panic!()
    };
    assert_eq!(items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!((labels(choices), columns), (vec!["Tea", "Milk"], &vec![vec![5, 6], vec![7, 8]]));
}

#[test]
fn ranks_and_sliders_are_told_from_points_by_their_cells() {
    let columns =
        [ID, ("Q5_1", "Rank - A", "QID5_1"), ("Q5_2", "Rank - B", "QID5_2"), ("Q5_3", "Rank - C", "QID5_3")];
    let kind = |rows: [[&str; 3]; 3]| {
        let ids = ["R_0000000000000001", "R_0000000000000002", "R_0000000000000003"];
        let rows: Vec<Vec<&str>> =
            ids.iter().zip(rows).map(|(id, row)| [&[*id], row.as_slice()].concat()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        only(&noted(&export(&columns, &rows)).value).form.kind()
    };
    assert_eq!(kind([["1", "2", "3"], ["3", "1", "2"], ["2", "1", "3"]]), "ranking");
    assert_eq!(kind([["1", "2", "3"], ["3", "3", "2"], ["2", "1", "3"]]), "battery");
    assert_eq!(kind([["1.5", "2", "3"], ["3", "3", "2"], ["2", "1", "3"]]), "number");
    assert_eq!(kind([["1", "1", "1"], ["", "1", ""], ["1", "", ""]]), "multi-select");
    // A definition decides whatever the cells look like.
    let ranking = r#"{"QuestionText":"Rank","DataExportTag":"Q5","QuestionType":"RO","Selector":"DND","Choices":{"1":{"Display":"A"},"2":{"Display":"B"},"3":{"Display":"C"}}}"#;
    let text = export(&columns, &[&["R_0000000000000001", "3", "3", ""]]);
    let export = with(&text, &qsf(&[("QID5", ranking)])).unwrap().value;
    assert_eq!(only(&export).form.kind(), "ranking");
}

const GROUPED: [(&str, &str, &str); 9] = [
    ID,
    ("Q17_0_GROUP_1", "Sort - Keep - Lamp - Group", r#"{"ImportId":"QID17_0_GROUP","choiceId":"1"}"#),
    ("Q17_0_GROUP_2", "Sort - Keep - Desk - Group", r#"{"ImportId":"QID17_0_GROUP","choiceId":"2"}"#),
    ("Q17_0_1_RANK", "Sort - Keep - Lamp - Rank", "QID17_G0_1_RANK"),
    ("Q17_0_2_RANK", "Sort - Keep - Desk - Rank", "QID17_G0_2_RANK"),
    ("Q17_1_GROUP_1", "Sort - Sell - Lamp - Group", r#"{"ImportId":"QID17_1_GROUP","choiceId":"1"}"#),
    ("Q17_1_GROUP_2", "Sort - Sell - Desk - Group", r#"{"ImportId":"QID17_1_GROUP","choiceId":"2"}"#),
    ("Q17_1_1_RANK", "Sort - Sell - Lamp - Rank", "QID17_G1_1_RANK"),
    ("Q17_1_2_RANK", "Sort - Sell - Desk - Rank", "QID17_G1_2_RANK"),
];

#[test]
fn rk_18_pick_group_and_rank_is_a_group_for_each_item_and_a_ranking_in_each_group() {
    let text = export(&GROUPED, &[&[ONE, "Lamp", "Desk", "2", "1", "", "", "", ""]]);
    let body = r#"{"QuestionText":"Sort","DataExportTag":"Q17","QuestionType":"PGR","Selector":"DragAndDrop","Choices":{"1":{"Display":"Lamp"},"2":{"Display":"Desk"}},"ChoiceOrder":["1","2"],"Groups":["Keep","Sell"],"NumberOfGroups":2}"#;
    let defined = with(&text, &qsf(&[("QID17", body)])).unwrap().value;
    for export in [noted(&text).value, defined] {
        let expected =
            [("Q17", "multi-select battery"), ("Q17_0_RANK", "ranking"), ("Q17_1_RANK", "ranking")];
        assert_eq!(kinds(&export), expected);
        let Form::MultiBattery { items, columns, choices } = &export.instrument.questions[0].form else {
            panic!()
        };
        assert_eq!((item_labels(items), labels(choices)), (vec!["Lamp", "Desk"], vec!["Keep", "Sell"]));
        assert_eq!(columns, &[vec![1, 5], vec![2, 6]]);
        let Form::Ranking { items } = &export.instrument.questions[2].form else { panic!() };
        assert_eq!(
            items.iter().map(|item| (item.label.as_str(), item.column)).collect::<Vec<_>>(),
            [("Lamp", 7), ("Desk", 8)]
        );
        assert!(export.other_columns.is_empty());
    }
}

#[test]
fn a_drill_down_is_a_choice_on_each_level() {
    let text = export(
        &[ID, ("Q5_1", "Where? - State", "QID5_1"), ("Q5_2", "Where? - Town", "QID5_2")],
        &[&[ONE, "1", "3"], &[TWO, "2", "-99"]],
    );
    let body = r#"{"QuestionText":"Where?","DataExportTag":"Q5","QuestionType":"DD","Selector":"DL","Choices":{"1":{"Display":"State"},"2":{"Display":"Town"}},"Answers":{"1":{"Display":"North"},"2":{"Display":"South"},"3":{"Display":"Nord"}}}"#;
    let export = with(&text, &qsf(&[("QID5", body)])).unwrap().value;
    assert_eq!(kinds(&export), [("Q5_1", "single"), ("Q5_2", "single")]);
    assert_eq!(only_wordings(&export), ["Where? State", "Where? Town"]);
    assert_eq!(labels(export.instrument.questions[1].form.choices()), ["North", "South", "Nord"]);
}

#[test]
fn a_ranking_in_each_row_is_as_many_rankings() {
    let text = export(
        &[
            ID,
            ("Q6_1_1", "Rank - Work - Pay", "QID6_4_1"),
            ("Q6_1_2", "Rank - Work - Time", "QID6_4_2"),
            ("Q6_2_1", "Rank - Home - Pay", "QID6_5_1"),
            ("Q6_2_2", "Rank - Home - Time", "QID6_5_2"),
        ],
        &[&[ONE, "1", "2", "2", "1"]],
    );
    let body = r#"{"QuestionText":"Rank","DataExportTag":"Q6","QuestionType":"Matrix","Selector":"RO","Choices":{"4":{"Display":"Work"},"5":{"Display":"Home"}},"Answers":{"1":{"Display":"Pay"},"2":{"Display":"Time"}}}"#;
    let export = with(&text, &qsf(&[("QID6", body)])).unwrap().value;
    assert_eq!(kinds(&export), [("Q6_4", "ranking"), ("Q6_5", "ranking")]);
    assert_eq!(only_wordings(&export), ["Rank: Work", "Rank: Home"]);
    assert_eq!(export.instrument.questions[1].form.columns(), [3, 4]);
}

#[test]
fn the_kinds_of_a_matrix_follow_its_definition() {
    let kind = |selector: &str, sub: &str, second: bool| {
        let (a, b) = if second { ("QID6_1_1", "QID6_2_1") } else { ("QID6_1", "QID6_2") };
        let text = export(&[ID, ("Q6_1", "Rate - A", a), ("Q6_2", "Rate - B", b)], &[&[ONE, "1", "2"]]);
        let body = format!(
            r#"{{"QuestionText":"Rate","DataExportTag":"Q6","QuestionType":"Matrix","Selector":"{selector}","SubSelector":"{sub}","Choices":{{"1":{{"Display":"A"}},"2":{{"Display":"B"}}}},"Answers":{{"1":{{"Display":"x"}},"2":{{"Display":"y"}}}}}}"#
        );
        only(&with(&text, &qsf(&[("QID6", &body)])).unwrap().value).form.kind()
    };
    assert_eq!(kind("Likert", "SingleAnswer", false), "battery");
    assert_eq!(kind("Likert", "DL", false), "battery");
    assert_eq!(kind("Bipolar", "", false), "battery");
    assert_eq!(kind("Likert", "MultipleAnswer", true), "multi-select battery");
    assert_eq!(kind("TE", "Short", true), "text");
    assert_eq!(kind("CS", "", true), "number");
    // Best and worst of a list are no points of a scale, and what is neither is not missing.
    assert_eq!(kind("MaxDiff", "", false), "other");
}

#[test]
fn rounds_of_a_loop_follow_each_other_whatever_the_order_of_the_columns() {
    let text = export(
        &[
            ID,
            ("Q1", "Do you?", "QID1_TEXT"),
            ("1_Q3", "Apple - Tasty?", "1_QID3_TEXT"),
            ("2_Q3", "Pear - Tasty?", "2_QID3_TEXT"),
            ("1_Q4", "Apple - Why?", "1_QID4_TEXT"),
            ("2_Q4", "Pear - Why?", "2_QID4_TEXT"),
            ("Q9", "Well?", "QID9_TEXT"),
        ],
        &[&[ONE, "a", "b", "c", "d", "e", "f"]],
    );
    let entry = |tag: &str, wording: &str| {
        format!(
            r#"{{"QuestionText":"{wording}","DataExportTag":"{tag}","QuestionType":"TE","Selector":"SL"}}"#
        )
    };
    let bodies = [
        ("QID1", entry("Q1", "Do you?")),
        ("QID3", entry("Q3", "${lm://Field/1} - Tasty?")),
        ("QID4", entry("Q4", "${lm://Field/1} - Why?")),
        ("QID9", entry("Q9", "Well?")),
    ];
    let elements: Vec<String> = bodies
        .iter()
        .map(|(qid, body)| format!(r#"{{"Element":"SQ","PrimaryAttribute":"{qid}","Payload":{body}}}"#))
        .collect();
    let block = |id: &str, qids: &[&str]| {
        let questions: Vec<String> =
            qids.iter().map(|qid| format!(r#"{{"Type":"Question","QuestionID":"{qid}"}}"#)).collect();
        format!(r#"{{"Type":"Standard","ID":"{id}","BlockElements":[{}]}}"#, questions.join(","))
    };
    let blocks =
        [block("BL_1", &["QID1"]), block("BL_2", &["QID3", "QID4"]), block("BL_3", &["QID9"])].join(",");
    let definition = format!(
        r#"{{"SurveyEntry":{{}},"SurveyElements":[{},{{"Element":"BL","Payload":[{blocks}]}}]}}"#,
        elements.join(",")
    );
    let export = with(&text, &definition).unwrap().value;
    let ids: Vec<&str> = kinds(&export).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["Q1", "1_Q3", "1_Q4", "2_Q3", "2_Q4", "Q9"]);
    assert_eq!(only_wordings(&export)[1], "Apple - Tasty?");
}

#[test]
fn q_31_a_group_that_is_not_that_of_its_score_is_noted() {
    let text = |group: &str| {
        export(
            &[ID, ("Q1", "Recommend?", "QID1"), ("Q1_NPS_GROUP", "Recommend? - Group", "QID1_NPS_GROUP")],
            &[&[ONE, "8", group], &[TWO, "", ""]],
        )
    };
    let of =
        |group: &str| noted(&text(group)).notes.iter().any(|note| note.message.contains("another group"));
    assert!(of("Promoter"));
    assert!(!of("Passive") && !of("3") && !of(""));
}

#[test]
fn points_on_a_picture_uploads_and_measures_are_no_choices() {
    let text = export(
        &[
            ID,
            ("Q3_1_x", "Click - 1 - x", r#"{"ImportId":"QID3","point":1,"coord":"x"}"#),
            ("Q3_1_y", "Click - 1 - y", r#"{"ImportId":"QID3","point":1,"coord":"y"}"#),
            ("Q4_Id", "Upload - Id", "QID4_FILE_ID"),
            ("Q4_Name", "Upload - Name", "QID4_FILE_NAME"),
            ("Q5_Browser", "Browser Meta Info - Browser", "QID5_BROWSER"),
            ("Q6_Click Count", "Timing - Click Count", "QID6_CLICK_COUNT"),
        ],
        &[&[ONE, "10", "20", "F_1", "me.pdf", "Firefox", "3"]],
    );
    let Noted { value: export, notes } = noted(&text);
    assert_eq!(kinds(&export), [("Q3_1", "other"), ("Q4", "other")]);
    assert_eq!(export.metadata.rest, [5, 6]);
    assert!(!has(&notes, codes::DUPLICATE_COLUMN), "{notes:?}");
}

#[test]
fn rk_08_rk_09_rk_13_ranks_belong_to_items_by_import_id_beside_texts_and_display_order() {
    let text = export(
        &[
            ID,
            ("Q5_1", "Rank - Tea", "QID5_1"),
            ("Q5_2", "Rank - Milk", "QID5_2"),
            // The fourth column is of the choice with the id 5.
            ("Q5_4", "Rank - Other", "QID5_5"),
            ("Q5_4_TEXT", "Rank - Other - Text", "QID5_5_TEXT"),
            ("Q5_DO_1", "Rank - Tea - Display Order", r#"{"ImportId":"QID5_DO","choiceId":"1"}"#),
        ],
        &[&[ONE, "2", "3", "1", "Water", "1"]],
    );
    let body = r#"{"QuestionText":"Rank","DataExportTag":"Q5","QuestionType":"RO","Selector":"DND","Choices":{"1":{"Display":"Tea"},"2":{"Display":"Milk"},"4":{"Display":"Juice"},"5":{"Display":"Other","TextEntry":"true"}},"ChoiceOrder":["1","2","4","5"]}"#;
    let export = with(&text, &qsf(&[("QID5", body)])).unwrap().value;
    let Form::Ranking { items } = &export.instrument.questions[0].form else { panic!() };
    let found: Vec<(&str, usize)> = items.iter().map(|item| (item.label.as_str(), item.column)).collect();
    assert_eq!(found, [("Tea", 1), ("Milk", 2), ("Other", 3)]);
    // The text and the display order are kept, and are no ranks.
    assert!(export.table.position("Q5_DO_1").is_some() && export.table.position("Q5_4_TEXT").is_some());
    assert!(export.instrument.questions.iter().all(|question| !question.form.columns().contains(&5)));
}
