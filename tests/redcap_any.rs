//! No dictionary and no data make the reader of REDCap exports panic, and no cell is lost.

use canvass::diag::FileId;
use canvass::ingest::{grid, redcap};
use canvass::normalise::Coder;
use proptest::prelude::*;

const NAMES: [&str; 14] = [
    "record_id",
    "redcap_event_name",
    "redcap_repeat_instrument",
    "a",
    "b",
    "race___1",
    "race____99",
    "base_timestamp",
    "base_complete",
    "Complete?",
    "Race (choice=White)",
    "Event Name",
    "",
    "é\u{200b}",
];

const CELLS: [&str; 14] = [
    "",
    "0",
    "1",
    "2",
    "-99",
    "UNK",
    "Checked",
    "[not completed]",
    "\"a, b\"",
    "\"line\nbreak\"",
    "2020-01-01",
    "<b>é</b>",
    "1,5",
    "\u{feff}",
];

/// A cell of a dictionary: anything can stand in any column.
const DEFINITIONS: [&str; 16] = [
    "",
    "a",
    "b",
    "race",
    "base",
    "radio",
    "checkbox",
    "text",
    "calc",
    "y",
    "\"1, White | -99, Other\"",
    "\"|,|,,\"",
    "[a] = '1' and [race(-99)] <> ''",
    "\"((([a]\"",
    "@NONEOFTHEABOVE='é",
    "date_ymd",
];

const HEAD: &str = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,text_validation_type_or_show_slider_number,identifier,branching_logic,matrix_group_name,matrix_ranking,field_annotation";

fn lines(head: String, pool: &'static [&'static str], rows: &[Vec<usize>]) -> String {
    let mut text = head;
    for row in rows {
        text.push('\n');
        text.push_str(&row.iter().map(|cell| pool[*cell]).collect::<Vec<_>>().join(","));
    }
    text
}

proptest! {
    #[test]
    fn anything_is_read_or_refused(
        names in prop::collection::vec(0..NAMES.len(), 1..8),
        rows in prop::collection::vec(prop::collection::vec(0..CELLS.len(), 0..9), 0..6),
        fields in prop::collection::vec(prop::collection::vec(0..DEFINITIONS.len(), 0..13), 0..6),
        defined: bool,
    ) {
        let head = names.iter().map(|name| NAMES[*name]).collect::<Vec<_>>().join(",");
        let data = lines(head, &CELLS, &rows);
        let dictionary = lines(HEAD.to_owned(), &DEFINITIONS, &fields);
        let Ok(grid) = grid::read(&FileId::new("data.csv"), data.as_bytes()) else { return Ok(()) };
        let grid = grid.value;
        let _ = redcap::detect(&grid);
        let definition = FileId::new("dictionary.csv");
        let definition = defined.then_some((&definition, dictionary.as_bytes()));
        let Ok(export) = redcap::read(&grid, definition) else { return Ok(()) };
        let export = export.value;
        prop_assert_eq!(export.table.height(), grid.len() - 1);
        let mut placed: Vec<usize> =
            export.instrument.questions.iter().flat_map(|question| question.form.columns()).collect();
        placed.extend(export.metadata.record.iter().chain(&export.metadata.rest).chain(&export.other_columns));
        for form in &export.metadata.forms {
            placed.extend(form.status.iter().chain(&form.timestamp));
        }
        placed.sort_unstable();
        prop_assert_eq!(placed, (0..grid.width()).collect::<Vec<_>>(), "each column has one place");
        let coder = Coder::new(&export);
        for question in &export.instrument.questions {
            let coded = coder.code(question, None).value;
            prop_assert_eq!(coded.answers.height(), Some(export.table.height()));
        }
    }

    #[test]
    fn any_logic_is_parsed_or_unknown(logic in "[\\[\\]()a-c' =<>!0-9é\"andor,+-]{0,40}") {
        let dictionary = format!("{HEAD}\nid,f,,text,ID,,,,,,,\na,f,,text,A,,,,\"{}\",,,\n", logic.replace('"', "\"\""));
        let grid = grid::read(&FileId::new("data.csv"), b"id,a,f_complete\n1,x,2\n").unwrap().value;
        let definition = FileId::new("dictionary.csv");
        let export = redcap::read(&grid, Some((&definition, dictionary.as_bytes()))).unwrap().value;
        prop_assert_eq!(export.instrument.questions.len(), 1);
        let _ = Coder::new(&export).code(&export.instrument.questions[0], None);
    }
}
