//! Small exports with and without their forms.

use super::*;
use crate::codebook::{Condition, MultiCells, OrderCells};
use crate::ingest::grid;
use crate::ingest::told::kinds;

const FORM: &str = "survey,,,,
,type,name,label::English (en),relevant
,start,start,,
,select_one yes_no,seen,Did you see it?,
,begin_group,more,More,${seen} = 'yes'
,select_multiple things or_other,what,What was it?,
,integer,age,Age,
,end_group,,,
,rank things,order,Order,
,geopoint,place,Place,
,text,email,Your e-mail,
,begin_group,t,Table,
,select_one yes_no,t1,First,
,select_one yes_no,t2,Second,
,end_group,,,
choices,,,,
,list_name,name,label::English (en),
,yes_no,yes,Yes,
,yes_no,no,No,
,things,a,A thing,
,things,b,Another one,
";

fn export(form: Option<&str>, data: &str) -> Noted<Export> {
    let grid = grid::read(&FileId::new("a.csv"), data.as_bytes()).unwrap().value;
    let file = FileId::new("form.csv");
    read(&grid, form.map(|form| (&file, form.as_bytes()))).unwrap()
}

fn question<'e>(export: &'e Export, id: &str) -> &'e Question {
    export.instrument.question(id).unwrap_or_else(|| panic!("no question {id}"))
}

fn warned(noted: &Noted<Export>, code: crate::diag::Code) -> Vec<&str> {
    noted.notes.iter().filter(|note| note.code == code).map(|note| note.message.as_str()).collect()
}

#[test]
fn xml_names_with_groups_find_their_questions() {
    let noted = export(
        Some(FORM),
        "start,seen,more/what,more/what/a,more/what/b,more/what/other,more/what_other,more/age,order,place,_place_latitude,email,t/t1,t/t2,_id,_uuid\n\
         2024-01-01T10:00:00.000+02:00,yes,a other,1,0,1,mine,30,b a,1 2 0 0,1,x@y.org,yes,no,7,u\n\
         2024-01-01T11:00:00.000+02:00,no,,,,,,,,,,,,,8,v\n",
    );
    let export = &noted.value;
    assert_eq!(
        kinds(export),
        [
            ("seen", "single"),
            ("what", "multi-select"),
            ("age", "number"),
            ("order", "ranking"),
            ("place", "other"),
            ("email", "text"),
            ("t1", "single"),
            ("t2", "single")
        ]
    );
    assert_eq!(export.cells, Cells::Codes);
    let Form::Multi { cells, choices, texts } = &question(export, "what").form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 2, separator: " ".into() });
    assert_eq!((choices.len(), texts.as_slice()), (3, &[6][..]));
    assert_eq!(export.other_columns, [3, 4, 5]);
    let chosen = Condition::Chosen { question: "seen".into(), choice: "yes".into() };
    assert_eq!(question(export, "age").asked_if, Some(chosen));
    // The place, its parts, the e-mail, and the two ids.
    assert_eq!(export.identifiers, [9, 10, 11, 14, 15]);
    assert_eq!((export.metadata.started, export.metadata.record), (Some(0), Some(14)));
    assert_eq!(export.submitted(1), Some(true));
}

#[test]
fn a_ranking_in_one_cell_lists_its_items() {
    let noted = export(Some(FORM), "seen,order,_id,_uuid\nyes,b a,1,x\nno,a,2,y\n");
    let Form::Ordering { cells, choices } = &question(&noted.value, "order").form else { panic!() };
    assert_eq!(*cells, OrderCells::Listed { column: 1, separator: " ".to_owned() });
    assert_eq!(choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn k_01_labels_joined_by_blanks_are_read_from_the_columns_of_the_choices() {
    let data = "Did you see it?,What was it?,What was it?/A thing,What was it?/Another one,What was it?/Other,Age,_id,_uuid\nYes,A thing Another one,1,1,0,3,1,x\n";
    let noted = export(Some(FORM), data);
    let Form::Multi { cells, .. } = &question(&noted.value, "what").form else { panic!() };
    assert_eq!(*cells, MultiCells::Split(vec![2, 3, 4]));
    assert_eq!(noted.value.cells, Cells::Labels);
    // Without those columns the cell itself is all there is, and that is said.
    let noted =
        export(Some(FORM), "Did you see it?,What was it?,Age,_id,_uuid\nYes,A thing Another one,3,1,x\n");
    let Form::Multi { cells, .. } = &question(&noted.value, "what").form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 1, separator: " ".into() });
    assert!(warned(&noted, codes::ASSUMED).iter().any(|message| message.contains("joined by blanks")));
}

#[test]
fn joined_cells_that_differ_from_the_columns_of_the_choices_are_said() {
    let noted = export(
        Some(FORM),
        "seen,what,what/a,what/b,_id,_uuid\nyes,a,1,0,1,x\nyes,a b,1,0,2,y\nyes,b,0,,3,z\n",
    );
    let differ: Vec<&Diag> = noted.notes.iter().filter(|note| note.code == codes::SAID_TWICE).collect();
    assert_eq!(differ.len(), 1);
    assert_eq!(differ[0].place, Place::row(&FileId::new("a.csv"), 3));
    assert!(differ[0].message.contains("(1 in all)"), "{}", differ[0].message);
}

#[test]
fn k_02_what_a_version_has_no_answer_to_may_not_have_been_asked() {
    let noted =
        export(Some(FORM), "seen,age,__version__,_id,_uuid\nyes,30,v1,1,x\nyes,,v1,2,y\nyes,,v2,3,z\n");
    let unknown = |id: &str| {
        let condition = question(&noted.value, id).asked_if.clone();
        condition.is_some_and(|condition| super::super::logic::first_unknown(&condition).is_some())
    };
    assert!(unknown("age") && !unknown("seen"));
    assert!(warned(&noted, codes::CONDITION_UNKNOWN)[0].contains("2 versions"));
}

#[test]
fn k_03_a_text_in_place_of_a_choice_stays_unread() {
    // Which is reported where the answers are coded; here it must not become a choice.
    let noted = export(Some(FORM), "seen,_id,_uuid\nperhaps,1,x\nyes,2,y\n");
    assert_eq!(question(&noted.value, "seen").form.choices().len(), 2);
}

#[test]
fn k_04_groups_that_had_other_names_do_not_hide_a_question() {
    let noted = export(Some(FORM), "seen,older/group/age,_id,_uuid\nyes,3,1,x\n");
    assert_eq!(question(&noted.value, "age").form.columns(), [1]);
}

#[test]
fn k_05_a_separator_that_names_hold_too_is_taken_only_where_it_is_plain() {
    let form = "type,name,label\nbegin_group,a,A\ntext,b_c,One\nend_group,,\nbegin_group,a_b,B\ntext,c,Two\nend_group,,\n";
    let noted = export(Some(form), "a_b_c,_id,_uuid\nx,1,u\n");
    assert!(noted.value.instrument.questions.is_empty());
    assert_eq!(noted.value.other_columns, [0]);
}

#[test]
fn k_06_choices_of_another_file_are_those_that_were_made() {
    let form = "type,name,label\nselect_one_from_file towns.csv,town,Town\n";
    let noted = export(Some(form), "town,_id,_uuid\nb,1,u\na,2,v\nb,3,w\n");
    let labels: Vec<&str> =
        question(&noted.value, "town").form.choices().iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["a", "b"]);
    assert_eq!(warned(&noted, codes::CHOICES_INFERRED).len(), 1);
}

#[test]
fn k_07_times_with_their_zone_are_kept() {
    let noted = export(
        None,
        "start,end,_id,_uuid\n2024-01-01T10:00:00.000+02:00,2024-01-01T10:10:00.000+02:00,1,u\n",
    );
    let metadata = &noted.value.metadata;
    assert_eq!((metadata.started, metadata.ended), (Some(0), Some(1)));
    assert_eq!(noted.value.table.cell(0, 0), Some("2024-01-01T10:00:00.000+02:00"));
}

#[test]
fn k_10_a_note_is_a_column_and_asks_nothing() {
    let form = "type,name,label\nnote,hello,Hello\ntext,q,Q\n";
    let noted = export(Some(form), "hello,q,_id,_uuid\n,x,1,u\n");
    assert_eq!(kinds(&noted.value), [("hello", "other"), ("q", "text")]);
}

#[test]
fn k_11_files_and_their_addresses_are_never_shown() {
    let form = "type,name,label\nimage,photo,Photo\ntext,q,Q\n";
    let noted = export(Some(form), "photo,photo_URL,q,_id,_uuid\na.jpg,https://x/a.jpg,t,1,u\n");
    assert_eq!(question(&noted.value, "photo").form.columns(), [0, 1]);
    assert_eq!(noted.value.identifiers, [0, 1, 3, 4]);
}

#[test]
fn k_12_rows_of_a_repeat_are_not_people() {
    let noted = export(None, "name,_index,_parent_table_name,_parent_index,_submission__id\nx,1,main,1,7\n");
    assert_eq!(warned(&noted, codes::ROWS_NOT_PEOPLE).len(), 1);
    let form = "type,name,label\nbegin_repeat,r,R\ntext,who,Who\nend_repeat,,\ntext,q,Q\n";
    let noted = export(Some(form), "q,_id,_uuid\nx,1,u\n");
    let said = warned(&noted, codes::DEFINITION_MISMATCH);
    assert_eq!(said, ["questions within repeats, without a column here (1): \"who\""]);
}

#[test]
fn k_13_a_matrix_is_a_battery_for_each_of_its_columns() {
    let form = "survey,,,,\n,type,name,label,kobo--matrix_list\n,begin_kobomatrix,m,Things,things\n,select_one yes_no,own,Own it?,\n,integer,many,How many?,\n,end_kobomatrix,,,\nchoices,,,,\n,list_name,name,label,\n,yes_no,yes,Yes,\n,yes_no,no,No,\n,things,pot,Pot,\n,things,pan,Pan,\n";
    let data =
        "m_pot/m_pot_own,m_pot/m_pot_many,m_pan/m_pan_own,m_pan/m_pan_many,_id,_uuid\nyes,2,no,0,1,u\n";
    let noted = export(Some(form), data);
    assert_eq!(kinds(&noted.value), [("m_own", "battery"), ("m_many", "number")]);
    let Form::Battery { items, .. } = &question(&noted.value, "m_own").form else { panic!() };
    let items: Vec<(&str, usize)> = items.iter().map(|item| (item.label.as_str(), item.column)).collect();
    assert_eq!(items, [("Pot", 0), ("Pan", 2)]);
}

#[test]
fn a_battery_is_what_the_form_declares_as_a_table() {
    let declared = FORM.replace(
        ",type,name,label::English (en),relevant",
        ",type,name,label::English (en),relevant,appearance",
    );
    let declared = declared.replace(",begin_group,t,Table,\n", ",begin_group,t,Table,,table-list\n");
    let data = "seen,t/t1,t/t2,_id,_uuid\nyes,yes,no,1,u\n";
    let noted = export(Some(&declared), data);
    let Form::Battery { items, choices } = &question(&noted.value, "t").form else { panic!() };
    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!((ids, choices.len()), (vec!["t1", "t2"], 2));
    // The same questions in an ordinary group stay apart.
    assert_eq!(question(&export(Some(FORM), data).value, "t1").form.kind(), "single");
}

#[test]
fn a_survey_sheet_without_its_choices_is_told_from_another_form() {
    let grid =
        grid::read(&FileId::new("a.csv"), b"m,m.a,m.b,m.c,m.d,_id,_uuid\na b,1,1,0,0,5,6\n").unwrap().value;
    let survey = "type,name,label\nselect_multiple list,m,M\n";
    let diags = read(&grid, Some((&FileId::new("survey.csv"), survey.as_bytes()))).unwrap_err();
    assert_eq!(diags[0].code, codes::DEFINITION_MISMATCH);
    assert!(diags[0].help.as_ref().unwrap().starts_with("survey.csv has no choices"), "{diags:?}");
}

#[test]
fn a_form_of_another_survey_is_refused() {
    let grid = grid::read(&FileId::new("a.csv"), b"p,q,r,s,_id,_uuid\n1,2,3,4,5,6\n").unwrap().value;
    let diags = read(&grid, Some((&FileId::new("form.csv"), FORM.as_bytes()))).unwrap_err();
    assert_eq!(diags[0].code, codes::DEFINITION_MISMATCH);
    assert!(diags[0].help.is_some());
}

#[test]
fn without_a_form_columns_of_ticks_are_one_question_where_the_names_say_so() {
    let noted = export(
        None,
        "g/seen,what,what/a,what/b,x/p,x/q,_place_latitude,_id,_uuid\nyes,a b,1,1,0,1,1.5,1,u\nno,b,0,1,1,0,1.6,2,v\nyes,,,,0,0,,3,w\nno,,,,0,0,,4,w\n",
    );
    let export = &noted.value;
    assert_eq!(
        kinds(export),
        [("g/seen", "single"), ("what", "multi-select"), ("x", "multi-select"), ("_place_latitude", "other")]
    );
    let Form::Multi { cells, .. } = &question(export, "what").form else { panic!() };
    assert_eq!(*cells, MultiCells::Joined { column: 1, separator: " ".into() });
    let Form::Multi { cells, .. } = &question(export, "x").form else { panic!() };
    assert_eq!(*cells, MultiCells::Split(vec![4, 5]));
    assert!(warned(&noted, codes::ASSUMED).iter().any(|message| message.contains("begin with \"x/\"")));
    assert_eq!(export.identifiers, [6, 7, 8]);
}

#[test]
fn both_platforms_are_known_by_the_columns_that_they_add() {
    let is =
        |text: &str| detect(&grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value).is_some();
    assert!(is("start;end;q;_id;_uuid\n1;2;3;4;5\n"));
    assert!(is("SubmissionDate,q,meta-instanceID,KEY\n1,2,3,4\n"));
    assert!(!is("start,end,q,id\n1,2,3,4\n") && !is("KEY,q\n1,2\n"));
}
