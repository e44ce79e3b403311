//! Numbers outside the range that the study declares as possible.

use crate::codebook::{Item, Missing, Question};
use crate::diag::{Diag, Noted, Place, codes};
use crate::ingest::Export;
use crate::responses::Answers;
use crate::study::{OutOfRange, StudyQuestion};

use super::coding::{Coded, ReadAs, Recoded, RecodedFrom, Rule};

/// Says which numbers are out of range and, unless the study keeps them, takes them out.
pub(super) fn within_range(
    export: &Export,
    declared: &StudyQuestion,
    question: &Question,
    coded: &mut Coded,
) -> Noted<()> {
    let mut notes = Vec::new();
    let (Some((low, high)), Answers::Numbers { items }) = (declared.numbers.range, &mut coded.answers) else {
        return Noted { value: (), notes };
    };
    let is_kept = declared.numbers.outside == OutOfRange::Kept;
    for (numbers, item) in items.iter_mut().zip(question.form.items()) {
        let mut rows = Vec::new();
        for (row, number) in numbers.iter_mut().enumerate() {
            if number.as_ref().is_ok_and(|number| !(low..=high).contains(number)) {
                rows.push(row);
                if !is_kept {
                    *number = Err(Missing::OutOfRange);
                    coded.recoded.push(recoded(export, item, row));
                }
            }
        }
        notes.extend(said(export, declared, item, &rows, is_kept));
    }
    Noted { value: (), notes }
}

fn recoded(export: &Export, item: &Item, row: usize) -> Recoded {
    let text = export.table.cell(row, item.column);
    Recoded {
        line: export.table.line(row),
        column: name(export, item).to_owned(),
        from: text.map_or(RecodedFrom::Withheld, |text| RecodedFrom::Text(text.trim().to_owned())),
        to: ReadAs::Missing(Missing::OutOfRange),
        rule: Rule::OutOfRange,
    }
}

fn said(
    export: &Export,
    declared: &StudyQuestion,
    item: &Item,
    rows: &[usize],
    is_kept: bool,
) -> Option<Diag> {
    let place = Place::cell(export.table.file(), export.table.line(*rows.first()?), name(export, item));
    let numbers =
        if rows.len() == 1 { "1 number is".to_owned() } else { format!("{} numbers are", rows.len()) };
    let fate = if is_kept { "kept as they are" } else { "counted as missing (out of range)" };
    let message = format!("{numbers} outside the range that {} declares: {fate}", declared.id);
    let help = "the ledger lists each that is taken out; correct range, or say out-of-range = \"keep\"";
    Some(Diag::warning(codes::OUT_OF_RANGE, place, message).help(help))
}

fn name<'a>(export: &'a Export, item: &Item) -> &'a str {
    export.table.names().get(item.column).map_or("", String::as_str)
}
