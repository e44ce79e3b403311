//! Real Qualtrics exports: rows, columns, header rows, platform and questions as counted with Python.
//!
//! Rows and columns: `csv.reader(open(f, encoding="utf-8-sig", newline=""))`, records with any text less the header,
//! and one more than the last position with any text. Questions where there is a third header row:
//! `len({re.match(r"((?:\d+_)?QID\d+(?:#\d+)?)", importId).group(1)})` over columns that are no display order, topic,
//! timing, browser or promoter group. Questions where there is none: the questions of the blocks of the `.qsf` that
//! are not in the trash and not of type DB, Timing or Meta, a side-by-side question counting each of its parts.

mod pairs;
mod spellings;

use canvass::codebook::{Choice, Condition, Form, FreeEnd, MultiCells, Tiling, tile};
use canvass::diag::{Diag, Noted, codes};
use canvass::ingest::{self, Cells, Export, Platform};

pub(super) use super::{file, folder};

fn read(folder: &str, export: &str, definition: Option<&str>) -> Result<Noted<Export>, Vec<Diag>> {
    let (id, bytes) = file(folder, export);
    let definition = definition.map(|name| file(folder, name));
    ingest::read(&id, &bytes, definition.as_ref().map(|(id, bytes)| (id, bytes.as_slice())))
}

/// Export, rows, columns, header rows, platform, and questions without and with the definition beside it.
type Counted = (&'static str, &'static str, usize, usize, usize, Platform, Option<usize>, Option<usize>);

const Q: Platform = Platform::Qualtrics;
const L: Platform = Platform::QualtricsLegacy;

/// The questions of a legacy export without its definition are not counted: names alone do not tell all of them.
const EXPORTS: &[Counted] = &[
    ("eur-open-science-2022/ESL_raw.csv", "ESL.qsf", 39, 53, 3, Q, Some(31), Some(31)),
    ("eur-open-science-2022/EUR_raw.csv", "EUR.qsf", 163, 52, 3, Q, Some(30), Some(30)),
    // Its column Q5.1 comes from the other survey.
    ("eur-open-science-2022/manual_merged.csv", "EUR.qsf", 202, 53, 3, Q, Some(31), Some(31)),
    ("projoint/mummolo_nall_replication.csv", "mummolo_nall.qsf", 518, 218, 3, Q, Some(22), Some(22)),
    ("qualtrics-r/sample.csv", "", 1, 20, 3, Q, Some(2), None),
    ("qualtrics-r/sample_legacy.csv", "", 1, 15, 2, L, Some(2), None),
    (
        "qualtrics-tools/Better_Sample_Survey/Better_Sample_Survey.csv",
        "Better_Sample_Survey.qsf",
        10,
        59,
        3,
        Q,
        Some(14),
        Some(14),
    ),
    (
        "qualtrics-tools/Better_Sample_Survey/Better_Sample_Survey_split.csv",
        "Better_Sample_Survey.qsf",
        10,
        60,
        3,
        Q,
        Some(14),
        Some(14),
    ),
    (
        "qualtrics-tools/Comment_Coding/Test_Survey_for_Coded_Comments.csv",
        "Test_Survey_for_Coded_Comments.qsf",
        10,
        17,
        3,
        Q,
        Some(2),
        Some(2),
    ),
    (
        "qualtrics-tools/Dummy_Enhancement_Sample_Survey/Dummy_Enhancement_Sample_Survey.csv",
        "Dummy_Enhancement_Sample_Survey.qsf",
        61,
        59,
        3,
        Q,
        Some(13),
        Some(13),
    ),
    // Its column Q1 belongs to a text that was shown, which only the definition tells.
    (
        "qualtrics-tools/Long_Exhaustive_Sample_Survey/Long_Exhaustive_Sample_Survey.csv",
        "Long_Exhaustive_Sample_Survey.qsf",
        31,
        367,
        3,
        Q,
        Some(52),
        Some(51),
    ),
    (
        "qualtrics-tools/Many_Different_Question_Types/Sample_Survey.csv",
        "Sample_Survey.qsf",
        5,
        189,
        2,
        L,
        None,
        Some(40),
    ),
    (
        "qualtrics-tools/Many_Different_Question_Types/Sample_Survey_(Insights).csv",
        "Sample_Survey.qsf",
        5,
        190,
        3,
        Q,
        Some(40),
        Some(40),
    ),
    (
        "qualtrics-tools/Matrix_Single_Answer_Survey/Matrix_Single_Answer_Testing.csv",
        "Matrix_Single_Answer_Testing.qsf",
        5,
        35,
        3,
        Q,
        Some(9),
        Some(9),
    ),
    (
        "qualtrics-tools/Multiple_Answer_Matrix_Questions/Multiple_Answer_Matrix_Questions.csv",
        "Multiple_Answer_Matrix_Questions.qsf",
        5,
        74,
        2,
        L,
        None,
        Some(5),
    ),
    (
        "qualtrics-tools/Multiple_Answer_Matrix_Questions/Multiple_Answer_Matrix_Questions_(Insights).csv",
        "Multiple_Answer_Matrix_Questions.qsf",
        5,
        75,
        3,
        Q,
        Some(5),
        Some(5),
    ),
    (
        "qualtrics-tools/Multiple_Answer_Multiple_Choices_Questions/Multiple_Answer_MC_Questions.csv",
        "Multiple_Answer_MC_Questions.qsf",
        5,
        35,
        2,
        L,
        None,
        Some(5),
    ),
    (
        "qualtrics-tools/Multiple_Answer_Multiple_Choices_Questions/Multiple_Answer_MC_Questions_(Insights).csv",
        "Multiple_Answer_MC_Questions.qsf",
        5,
        36,
        3,
        Q,
        Some(5),
        Some(5),
    ),
    (
        "qualtrics-tools/No_Basis_for_Evaluation/No_Basis_for_Evaluation_(Insights).csv",
        "No_Basis_for_Evaluation.qsf",
        15,
        49,
        3,
        Q,
        Some(6),
        Some(6),
    ),
    (
        "qualtrics-tools/No_Basis_for_Evaluation/No_Basis_for_Evaluation_(Legacy).csv",
        "No_Basis_for_Evaluation.qsf",
        15,
        48,
        2,
        L,
        None,
        Some(6),
    ),
    ("qualtrics-tools/Sample_Survey/Sample_Survey.csv", "Sample_Survey.qsf", 5, 74, 3, Q, Some(16), Some(16)),
    (
        "qualtrics-tools/Side-by-Side_Questions/SidebySide_Questions_(Insights).csv",
        "Side-by-Side_Questions.qsf",
        25,
        71,
        3,
        Q,
        Some(16),
        Some(16),
    ),
    (
        "qualtrics-tools/Side-by-Side_Questions/SidebySide_Questions_(Legacy).csv",
        "Side-by-Side_Questions.qsf",
        25,
        70,
        2,
        L,
        None,
        Some(16),
    ),
    (
        "qualtrics-tools/Single_Answer_Matrix_Questions/Single_Answer_Matrix_Questions.csv",
        "Single_Answer_Matrix_Questions.qsf",
        5,
        29,
        2,
        L,
        None,
        Some(5),
    ),
    (
        "qualtrics-tools/Single_Answer_Matrix_Questions/Single_Answer_Matrix_Questions_(Insights).csv",
        "Single_Answer_Matrix_Questions.qsf",
        5,
        30,
        3,
        Q,
        Some(5),
        Some(5),
    ),
    (
        "qualtrics-tools/Single_Answer_Multiple_Choice_Questions/Single_Answer_MC_Questions.csv",
        "Single_Answer_MC_Questions.qsf",
        5,
        19,
        2,
        L,
        None,
        Some(5),
    ),
    (
        "qualtrics-tools/Single_Answer_Multiple_Choice_Questions/Single_Answer_MC_Questions_(Insights).csv",
        "Single_Answer_MC_Questions.qsf",
        5,
        20,
        3,
        Q,
        Some(5),
        Some(5),
    ),
    (
        "qualtrics-tools/Survey_Logic/Survey_Logic_EVERYWHERE.csv",
        "Survey_Logic_EVERYWHERE.qsf",
        10,
        20,
        2,
        L,
        None,
        Some(5),
    ),
    (
        "qualtrics-tools/Test_Getting_Choice_Text_from_Response_Columns/Choice_Text_from_Response_Columns.csv",
        "Choice_Text_from_Response_Columns.qsf",
        5,
        30,
        3,
        Q,
        Some(4),
        Some(4),
    ),
    (
        "qualtrics-tools/Text_Entry_Components/Questions_with_Text_Entry_Components.csv",
        "Questions_with_Text_Entry_Components.qsf",
        15,
        40,
        3,
        Q,
        Some(7),
        Some(7),
    ),
    ("qualtrics-tools/User_Notes_Survey/Notes_Survey.csv", "Notes_Survey.qsf", 5, 17, 3, Q, Some(3), Some(3)),
    ("vanprooijen2018/replication_anon.csv", "", 251, 95, 3, Q, Some(36), None),
];

#[test]
fn rows_columns_headers_and_questions_are_those_that_python_counts() {
    let Some(folder) = folder(EXPORTS.len()) else { return };
    for (name, definition, rows, columns, header_rows, platform, alone, defined) in EXPORTS {
        let beside = format!("{}/{definition}", name.rsplit_once('/').unwrap().0);
        let readings = [(None, alone), (Some(beside.as_str()).filter(|_| !definition.is_empty()), defined)];
        for (definition, questions) in readings {
            let Some(questions) = questions else { continue };
            let export =
                read(&folder, name, definition).unwrap_or_else(|diags| panic!("{name}: {diags:?}")).value;
            let table = (export.table.height(), export.table.names().len(), export.header_rows);
            assert_eq!(table, (*rows, *columns, *header_rows), "{name}");
            assert_eq!(export.platform, *platform, "{name}");
            assert_eq!(export.instrument.questions.len(), *questions, "{name} with {definition:?}");
            every_column_has_one_place(&export, name);
        }
    }
}

fn every_column_has_one_place(export: &Export, name: &str) {
    let metadata = &export.metadata;
    let about = [
        metadata.record,
        metadata.status,
        metadata.channel,
        metadata.finished,
        metadata.progress,
        metadata.duration,
        metadata.started,
        metadata.ended,
    ];
    let mut places: Vec<usize> = about.into_iter().flatten().collect();
    places.extend(metadata.rest.iter().chain(&export.other_columns));
    places.extend(export.instrument.questions.iter().flat_map(|question| question.form.columns()));
    places.sort_unstable();
    assert_eq!(places, (0..export.table.names().len()).collect::<Vec<_>>(), "{name}");
}

/// Question, answered cells, choices in them: a recursive search in Python over `Choices` in `ChoiceOrder`, markup
/// taken off and entities decoded, of every way to make a cell of distinct choices joined by commas; each cell has one.
const EUR_MENTIONS: [(&str, usize, usize); 12] = [
    ("Q1.1", 62, 64),
    ("Q70", 49, 51),
    ("Q69", 10, 10),
    ("Q5", 139, 385),
    ("Q10", 136, 383),
    ("Q13", 135, 279),
    ("Q17", 132, 260),
    ("Q20", 131, 277),
    ("Q21.1", 105, 355),
    ("Q21.2", 55, 104),
    ("Q22.1", 33, 69),
    ("Q22.2", 47, 125),
];

#[test]
fn multi_selects_with_commas_in_their_choices_come_apart_in_one_way() {
    let Some(folder) = folder(EUR_MENTIONS.len()) else { return };
    let export = read(&folder, "eur-open-science-2022/EUR_raw.csv", Some("eur-open-science-2022/EUR.qsf"))
        .unwrap()
        .value;
    let is_joined = |form: &Form| matches!(form, Form::Multi { cells: MultiCells::Joined { .. }, .. });
    let joined = export.instrument.questions.iter().filter(|question| is_joined(&question.form)).count();
    assert_eq!(joined, EUR_MENTIONS.len());
    for (id, answered, mentions) in EUR_MENTIONS {
        let Form::Multi { cells: MultiCells::Joined { column, separator }, choices, .. } =
            &export.instrument.question(id).unwrap().form
        else {
            panic!("{id} is no joined multi-select")
        };
        let spellings = |choice: &'_ Choice| -> Vec<String> {
            [choice.label.clone()].into_iter().chain(choice.also.clone()).collect()
        };
        let spellings: Vec<Vec<String>> = choices.iter().map(spellings).collect();
        let spellings: Vec<Vec<&str>> =
            spellings.iter().map(|texts| texts.iter().map(String::as_str).collect()).collect();
        let ways: Vec<Vec<usize>> = export
            .table
            .column(*column)
            .flatten()
            .map(|cell| match tile(&spellings, separator, cell, FreeEnd::Refused).tiling {
                Tiling::Unique(way) => way,
                other => panic!("{id}: {other:?}"),
            })
            .collect();
        assert_eq!((ways.len(), ways.iter().map(Vec::len).sum()), (answered, mentions), "{id}");
    }
}

#[test]
fn text_or_codes_and_the_mark_of_no_answer_are_found_per_file() {
    let Some(folder) = folder(5) else { return };
    let facts = |name: &str, definition: Option<&str>| {
        let export = read(&folder, name, definition).unwrap().value;
        (export.cells, export.seen_unanswered)
    };
    assert_eq!(facts("projoint/mummolo_nall_replication.csv", None), (Cells::Labels, None));
    assert_eq!(facts("vanprooijen2018/replication_anon.csv", None), (Cells::Labels, None));
    assert_eq!(facts("qualtrics-r/sample.csv", None), (Cells::Codes, None));
    // grep -o: 513 cells hold -99 and 27 hold -1, which is the code of "not applicable".
    let dummy = "qualtrics-tools/Dummy_Enhancement_Sample_Survey/Dummy_Enhancement_Sample_Survey";
    let (csv, qsf) = (format!("{dummy}.csv"), format!("{dummy}.qsf"));
    for definition in [None, Some(qsf.as_str())] {
        assert_eq!(facts(&csv, definition), (Cells::Codes, Some("-99".to_owned())));
    }
}

#[test]
fn na_that_r_wrote_for_every_blank_is_blank() {
    let Some(folder) = folder(1) else { return };
    let Noted { value: export, notes } = read(&folder, "vanprooijen2018/replication_anon.csv", None).unwrap();
    let age = export.table.position("QID1157").unwrap();
    assert!(export.table.column(age).flatten().all(|cell| cell != "NA"));
    assert!(notes.iter().any(|note| note.code == codes::ASSUMED && note.message.contains("NA")));
    // Counter(r[2] for r in rows[3:]): 249 "IP Address", 2 "Survey Preview"; they are read, not dropped.
    let status = export.metadata.status.unwrap();
    let previews = export.table.column(status).flatten().filter(|cell| *cell == "Survey Preview").count();
    assert_eq!((export.table.height(), previews), (251, 2));
}

#[test]
fn the_definition_of_another_survey_is_refused() {
    let Some(folder) = folder(2) else { return };
    let pairs = [
        ("eur-open-science-2022/EUR_raw.csv", "projoint/mummolo_nall.qsf"),
        ("projoint/mummolo_nall_replication.csv", "eur-open-science-2022/EUR.qsf"),
    ];
    for (export, definition) in pairs {
        let diags = read(&folder, export, Some(definition)).unwrap_err();
        assert_eq!(diags[0].code, codes::DEFINITION_MISMATCH, "{export}");
    }
}

#[test]
fn who_was_asked_follows_from_display_and_branch_logic() {
    let Some(folder) = folder(3) else { return };
    let eur = read(&folder, "eur-open-science-2022/EUR_raw.csv", Some("eur-open-science-2022/EUR.qsf"))
        .unwrap()
        .value;
    let chosen =
        |question: &str, choice: &str| Condition::Chosen { question: question.into(), choice: choice.into() };
    // DisplayLogic of QID122: q://QID123/SelectableChoice/3 Selected, Or q://QID123/SelectableChoice/4 Selected.
    let expected = Condition::Any(vec![chosen("Q9", "3"), chosen("Q9", "4")]);
    assert_eq!(eur.instrument.question("Q21.2").unwrap().asked_if, Some(expected));
    assert_eq!(eur.instrument.question("Q21").unwrap().asked_if, None);
    let projoint = read(&folder, "projoint/mummolo_nall_replication.csv", Some("projoint/mummolo_nall.qsf"))
        .unwrap()
        .value;
    // Whoever did not consent (QID164) was asked nothing else.
    assert_eq!(projoint.instrument.question("Q2.2").unwrap().asked_if, Some(chosen("Q1.2", "1")));
}
