//! Small exports with and without the structure of their survey.

use super::*;
use crate::codebook::{Condition, Form, MultiCells, OrderCells, Question};
use crate::ingest::grid;
use crate::ingest::told::kinds;

/// A structure as a table: type, code, text; sub-questions and answers below their question.
const STRUCTURE: &str = "class\ttype/scale\tname\trelevance\ttext\tlanguage\tother\tmultiflexible_checkbox
S\t\tsid\t\t42\t\t\t
G\tG0\tGroup\t1\t\ten\t\t
Q\tL\tjob\t1\tYour job?\ten\tY\t
A\t0\tA1\t\tNurse\ten\t\t
A\t0\tA2\t\tCook\ten\t\t
Q\tM\tuse\tjob.NAOK == \"A1\"\tWhat do you use?\ten\tY\t
SQ\t0\tSQ1\t1\tTea\ten\t\t
SQ\t0\tSQ2\t1\tCoffee\ten\t\t
Q\tF\tlike\t1\tHow do you like it?\ten\t\t
SQ\t0\tr1\t1\tHot\ten\t\t
SQ\t0\tr2\t1\tCold\ten\t\t
A\t0\t1\t\tLittle\ten\t\t
A\t0\t2\t\tMuch\ten\t\t
Q\t1\tdual\t1\tNow and then?\ten\t\t
SQ\t0\td1\t1\tWork\ten\t\t
A\t0\tn\t\tNow\ten\t\t
A\t1\tt\t\tThen\ten\t\t
Q\tR\trank\t1\tIn which order?\ten\t\t
A\t0\tx\t\tX-ray\ten\t\t
A\t0\ty\t\tYacht\ten\t\t
A\t0\tz\t\tZoo\ten\t\t
Q\tY\tagain\t1\tAgain?\ten\t\t
Q\tN\tage\t1\tAge?\ten\t\t
Q\tK\thours\t1\tHours?\ten\t\t
SQ\t0\tmo\t1\tMonday\ten\t\t
SQ\t0\ttu\t1\tTuesday\ten\t\t
Q\t;\tgrid\t1\tNotes?\ten\t\t
SQ\t0\ta\t1\tMorning\ten\t\t
SQ\t1\tb\t1\tWhere\ten\t\t
Q\t:\tbox\t1\tWhen?\ten\t\t1
SQ\t0\tp\t1\tPlay\ten\t\t
SQ\t1\tq\t1\tMay\ten\t\t
SQ\t1\ts\t1\tJune\ten\t\t
Q\tP\twhy\t1\tWhy?\ten\t\t
SQ\t0\tw\t1\tWish\ten\t\t
Q\tS\tmail\t1\tYour e-mail?\ten\t\t
";

fn export(structure: Option<&str>, data: &str) -> Noted<Export> {
    let grid = grid::read(&FileId::new("a.csv"), data.as_bytes()).unwrap().value;
    let file = FileId::new("structure.txt");
    read(&grid, structure.map(|structure| (&file, structure.as_bytes()))).unwrap()
}

fn question<'e>(export: &'e Export, id: &str) -> &'e Question {
    export.instrument.question(id).unwrap_or_else(|| panic!("no question {id}"))
}

fn labels(question: &Question) -> Vec<&str> {
    question.form.choices().iter().map(|choice| choice.label.as_str()).collect()
}

const CODES: &str = "id,submitdate,lastpage,startlanguage,job,job[other],use[SQ1],use[SQ2],use[other],like[r1],like[r2],dual[d1][1],dual[d1][2],rank[1],rank[2],rank[3],again,age,hours[mo],hours[tu],grid[a_b],box[p_q],box[p_s],why[w],why[wcomment],mail,interviewtime\n\
7,2024-01-02 03:04:05,9,en,-oth-,Baker,Y,,Milk,1,2,n,t,z,x,,Y,30,1,2,home,1,,Y,because,a@b.org,63.5\n\
8,,1,en,A2,,,,,,,,,,,,,,,,,,,,,,5\n";

#[test]
fn codes_in_brackets_find_the_questions_of_the_structure() {
    let noted = export(Some(STRUCTURE), CODES);
    let export = &noted.value;
    assert_eq!(
        kinds(export),
        [
            ("job", "single"),
            ("use", "multi-select"),
            ("like", "battery"),
            ("dual[1]", "battery"),
            ("dual[2]", "battery"),
            ("rank", "ranking"),
            ("again", "single"),
            ("age", "number"),
            ("hours", "number"),
            ("grid", "text"),
            ("box", "multi-select battery"),
            ("why", "multi-select"),
            ("mail", "text")
        ]
    );
    assert_eq!((export.platform, export.cells), (Platform::LimeSurvey, Cells::Codes));
    let Form::Single { choices, texts, .. } = &question(export, "job").form else { panic!() };
    assert_eq!(
        (choices[2].code.as_str(), choices[2].text_entry, texts.as_slice()),
        ("-oth-", true, &[5][..])
    );
    let Form::Multi { cells, choices, .. } = &question(export, "use").form else { panic!() };
    assert_eq!(*cells, MultiCells::Split(vec![6, 7, 8]));
    assert_eq!((choices[0].label.as_str(), choices[2].text_entry), ("Tea", true));
    assert_eq!(labels(question(export, "dual[2]")), ["Then"]);
    let Form::Multi { texts, .. } = &question(export, "why").form else { panic!() };
    assert_eq!(texts.as_slice(), [24]);
    let chosen = Condition::Chosen { question: "job".into(), choice: "A1".into() };
    assert_eq!(question(export, "use").asked_if, Some(chosen));
    assert_eq!((export.submitted(0), export.submitted(1)), (Some(true), Some(false)));
    assert_eq!(export.metadata.duration, Some(26));
    // The id and the e-mail address.
    assert_eq!(export.identifiers, [0, 25]);
}

#[test]
fn l_04_a_ranking_has_a_column_for_each_place() {
    let noted = export(Some(STRUCTURE), CODES);
    let Form::Ordering { cells, choices } = &question(&noted.value, "rank").form else { panic!() };
    assert_eq!(*cells, OrderCells::Places(vec![13, 14, 15]));
    assert_eq!(
        choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(),
        ["X-ray", "Yacht", "Zoo"]
    );
    assert!(noted.value.other_columns.is_empty());
}

#[test]
fn l_12_low_lines_find_their_questions_through_the_structure_alone() {
    let data = "id,submitdate,lastpage,startlanguage,use_SQ1,use_SQ2,dual_d1_0,dual_d1_1,rank_1,grid_a_b\n7,x,1,en,Y,,n,t,z,home\n";
    let with = export(Some(STRUCTURE), data).value;
    assert_eq!(
        kinds(&with),
        [
            ("use", "multi-select"),
            ("dual[1]", "battery"),
            ("dual[2]", "battery"),
            ("rank", "ranking"),
            ("grid", "text")
        ]
    );
    let without = export(None, data).value;
    assert_eq!(without.instrument.questions.len(), 6);
}

#[test]
fn full_answers_under_texts_find_their_questions_by_wording() {
    let data = "Response ID,Date submitted,Last page,Start language,Your job?,Your job? [Other],What do you use? [Tea],What do you use? [Coffee],How do you like it? [Hot],In which order? [Rank 1],Again?\n7,x,1,en,Nurse,,Yes,No,Much,Zoo,Yes\n8,x,1,en,Cook,,N/A,N/A,Little,,No\n";
    let export = export(Some(STRUCTURE), data).value;
    assert_eq!(
        kinds(&export),
        [
            ("job", "single"),
            ("use", "multi-select"),
            ("like", "battery"),
            ("rank", "ranking"),
            ("again", "single")
        ]
    );
    assert_eq!(export.cells, Cells::Labels);
    assert_eq!(export.missing_codes[1], ("N/A".to_owned(), "not asked".to_owned()));
}

#[test]
fn l_01_the_separator_of_older_versions_and_codes_with_texts_are_read() {
    let data = "\"id. Response ID\";\"submitdate. Date submitted\";\"lastpage. Last page\";\"startlanguage. Start language\";\"job. Your job?\";\"like[r1]. How do you like it? [Hot]\"\n\"7\";\"x\";\"1\";\"en\";\"A1\";\"2\"\n";
    let export = export(Some(STRUCTURE), data).value;
    assert_eq!(kinds(&export), [("job", "single"), ("like", "battery")]);
    assert_eq!(export.metadata.ended, Some(1));
}

#[test]
fn l_02_converted_yes_and_no_are_no_numbers() {
    let data = "id,submitdate,lastpage,startlanguage,again\n1,x,1,en,1\n2,x,1,en,2\n";
    let export = export(Some(STRUCTURE), data).value;
    let choices = question(&export, "again").form.choices();
    assert_eq!(
        (choices[0].also.as_slice(), choices[1].also.as_slice()),
        (&["1".to_owned()][..], &["2".to_owned()][..])
    );
}

#[test]
fn l_03_only_a_mark_says_that_a_question_was_not_shown() {
    let data = "Response ID\tDate submitted\tLast page\tStart language\tYour job?\tNote\nid\tsubmitdate\tlastpage\tstartlanguage\tjob\tmail\n7\tx\t1\ten\t{question_not_shown}\ta{newline}b {lbrace}c}\n";
    let export = export(Some(STRUCTURE), data).value;
    assert_eq!((export.header_rows, export.table.height()), (2, 1));
    assert_eq!(export.missing_codes, [("{question_not_shown}".to_owned(), "not asked".to_owned())]);
    assert_eq!(export.table.cell(0, 5), Some("a\nb {c}"));
    // A text that somebody typed is no mark.
    let typed = super::tests::export(
        None,
        "id,submitdate,lastpage,startlanguage,q\n1,x,1,en,N/A\n2,x,1,en,no idea\n",
    );
    assert_eq!(typed.value.missing_codes.len(), 1);
}

#[test]
fn l_05_texts_that_repeat_are_not_decided() {
    let twice = STRUCTURE.replace("Age?", "Again?");
    let noted =
        export(Some(&twice), "Response ID,Date submitted,Last page,Again?,Your job?\n1,x,1,Yes,Cook\n");
    assert_eq!(kinds(&noted.value), [("job", "single")]);
    assert_eq!(noted.value.other_columns, [3]);
    // Both of them, in order, are.
    let noted = export(Some(&twice), "Response ID,Date submitted,Last page,Again?,Again?\n1,x,1,Yes,30\n");
    assert_eq!(kinds(&noted.value), [("again", "single"), ("age", "number")]);
}

#[test]
fn l_08_whole_numbers_with_decimals_are_one_choice() {
    let data = "id,submitdate,lastpage,startlanguage,q[a],q[b]\n1,x,1,en,8.0,2\n2,x,1,en,8,10.0\n3,x,1,en,2.0,8\n4,x,1,en,,8\n";
    let export = export(None, data).value;
    assert_eq!(labels(question(&export, "q")), ["2", "8", "10"]);
}

#[test]
fn l_09_full_answers_in_two_languages_are_warned_of() {
    let data = "id,submitdate,lastpage,startlanguage,q\n1,x,1,en,Maybe so\n2,x,1,de,Vielleicht\n";
    let noted = export(None, data);
    assert!(noted.notes.iter().any(|note| note.message.contains("there are 2")));
}

#[test]
fn l_10_dates_that_are_not_kept_still_say_that_a_response_was_submitted() {
    let noted =
        export(None, "id,submitdate,lastpage,startlanguage,q\n1,1980-01-01 00:00:00,1,en,a\n2,,1,en,b\n");
    assert!(noted.notes.iter().any(|note| note.message.contains("1980-01-01")));
    assert_eq!((noted.value.submitted(0), noted.value.submitted(1)), (Some(true), Some(false)));
}

#[test]
fn l_11_values_for_assessment_are_no_part_of_a_choice() {
    let valued = STRUCTURE.replace("multiflexible_checkbox\n", "multiflexible_checkbox\tassessment_value\n");
    let export = export(Some(&valued), CODES).value;
    assert_eq!(labels(question(&export, "like")), ["Little", "Much"]);
}

#[test]
fn without_a_structure_parts_in_brackets_are_gathered_by_what_they_hold() {
    let data = "id,submitdate,lastpage,startlanguage,seed,m[a],m[b],m[other],f[1],f[2],r[1],r[2],n[x],n[y],t[c],t[d]\n\
1,x,1,en,5,Yes,No,,Agree,Agree,ant,bee,120.5,3,some words,other words\n\
2,x,1,en,6,,,,Agree,Disagree,bee,ant,7,44,more,\n\
3,x,1,en,7,No,No,mine,Disagree,Agree,bee,,15,2,,than that\n\
4,x,1,en,8,No,Yes,,,Disagree,,,16,1,that,\n";
    let noted = export(None, data);
    let export = &noted.value;
    assert_eq!(
        kinds(export),
        [("m", "multi-select"), ("f", "battery"), ("r", "ranking"), ("n", "number"), ("t", "text")]
    );
    let Form::Multi { cells, choices, .. } = &question(export, "m").form else { panic!() };
    assert_eq!(*cells, MultiCells::Split(vec![5, 6, 7]));
    assert!(choices[2].text_entry);
    let Form::Ordering { cells, choices } = &question(export, "r").form else { panic!() };
    assert_eq!(*cells, OrderCells::Places(vec![10, 11]));
    assert_eq!(choices.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(), ["ant", "bee"]);
    // Each of them is said to be a guess.
    for id in ["m", "f", "r", "n", "t"] {
        assert!(noted.notes.iter().any(|note| note.message.contains(&format!("\"{id}\""))), "{id}");
    }
}

#[test]
fn yes_and_no_with_blanks_between_are_rows_and_not_boxes() {
    let data = "id,submitdate,lastpage,startlanguage,f[a],f[b]\n1,x,1,en,Yes,\n2,x,1,en,No,Yes\n3,x,1,en,Yes,No\n4,x,1,en,Yes,No\n";
    assert_eq!(kinds(&export(None, data).value), [("f", "battery")]);
}

#[test]
fn the_export_is_known_by_its_columns_or_by_its_codes() {
    let is =
        |text: &str| detect(&grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value).is_some();
    assert!(is("id,submitdate,lastpage,startlanguage,q\n1,2,3,4,5\n"));
    assert!(is("\"Response ID\";\"Date submitted\";\"Last page\";\"Start language\";\"Q\"\n1;2;3;4;5\n"));
    assert!(is(",socio1. Where?,rse3[SQ001]. Who? [],f[a]. [How?]\n0,a,b,c\n"));
    assert!(is(",socio1. Where?,edu1. What?,edu2. Which?,rse16a. Are you?,tool2. With what?\n0,a,b,c,d,e\n"));
    // Numbered questions of any tool, a plain table, and one that has an id.
    assert!(!is("Q1. Where?,Q2. What?,Q3. Which?,Q4. Why?,Q5. When?\na,b,c,d,e\n"));
    assert!(!is("3. Python.,4. R.,a\n1,2,3\n") && !is("id,age,sex\n1,2,3\n") && !is("id,seed,q\n1,2,3\n"));
}

#[test]
fn a_structure_of_another_survey_is_refused() {
    let grid =
        grid::read(&FileId::new("a.csv"), b"id,submitdate,lastpage,startlanguage,k,l,m\n1,2,3,4,5,6,7\n")
            .unwrap()
            .value;
    let diags = read(&grid, Some((&FileId::new("s.txt"), STRUCTURE.as_bytes()))).unwrap_err();
    assert_eq!(diags[0].code, codes::DEFINITION_MISMATCH);
    assert!(diags[0].help.is_some());
}
