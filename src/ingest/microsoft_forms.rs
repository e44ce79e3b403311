//! Microsoft Forms: a sheet with one header row, five columns about the response before the questions.

#[cfg(test)]
mod tests;

use crate::codebook::wording::one_line;
use crate::codebook::{Choice, Form, OrderCells};
use crate::diag::{Diag, Noted, Place, codes};

use super::blocks::{Reader, Sheet, Tally, joined, question};
use super::identity::{column_tells_who, may_identify};
use super::infer::{WholeNumbers, is_date};
use super::{Export, Grid, Platform, RawTable};

/// The name of the column of starts in the languages of the form's owner, and of the ends after it.
const TIMES: &[(&str, &str)] = &[
    ("start time", "completion time"),
    ("startzeit", "fertigstellungszeit"),
    ("heure de d\u{e9}but", "heure de fin"),
    ("hora de inicio", "hora de finalizaci\u{f3}n"),
    ("hora de in\u{ed}cio", "hora de conclus\u{e3}o"),
    ("ora di inizio", "ora di completamento"),
    ("begintijd", "tijd van voltooien"),
    ("starttid", "slutf\u{f6}randetid"),
    ("starttidspunkt", "fuldf\u{f8}relsestidspunkt"),
    ("starttidspunkt", "fullf\u{f8}ringstidspunkt"),
    ("godzina rozpocz\u{119}cia", "godzina uko\u{144}czenia"),
    ("\u{958b}\u{59cb}\u{6642}\u{523b}", "\u{5b8c}\u{4e86}\u{6642}\u{523b}"),
    ("\u{5f00}\u{59cb}\u{65f6}\u{95f4}", "\u{5b8c}\u{6210}\u{65f6}\u{95f4}"),
    ("\u{958b}\u{59cb}\u{6642}\u{9593}", "\u{5b8c}\u{6210}\u{6642}\u{9593}"),
    ("\u{c2dc}\u{c791} \u{c2dc}\u{ac04}", "\u{c644}\u{b8cc} \u{c2dc}\u{ac04}"),
];

/// Names of columns about the response that stand behind the five, in English; others are questions.
const ABOUT: &[&str] =
    &["last modified time", "language", "total points", "quiz feedback", "grade posted time"];

/// What ends every answer of several.
const END: &str = ";";

/// Says why a grid is that of a Microsoft form, if it is one.
pub(super) fn detect(grid: &Grid) -> Option<String> {
    let header = grid.record(0)?;
    let name = |column: usize| one_line(header.cell(column)).to_lowercase();
    let named = TIMES.iter().any(|(start, end)| name(1) == *start && name(2) == *end);
    let is_time =
        |cell: &str| cell.trim().is_empty() || is_date(cell.trim()) || cell.trim().parse::<f64>().is_ok();
    let numbered = grid.records().skip(1).all(|record| {
        record.cell(0).trim().parse::<u64>().is_ok() && is_time(record.cell(1)) && is_time(record.cell(2))
    });
    (named && grid.width() > 3 && numbered).then(|| {
        format!(
            "the first columns are called {}",
            (0..3).map(|at| one_line(header.cell(at))).collect::<Vec<_>>().join(", ")
        )
    })
}

/// Reads the answers to a form.
pub(super) fn read(grid: &Grid) -> Result<Noted<Export>, Vec<Diag>> {
    let Some(evidence) = detect(grid) else {
        let message = format!("{} is not of a Microsoft form", grid.file());
        return Err(vec![Diag::error(codes::FORMAT_UNKNOWN, Place::file(grid.file()), message)]);
    };
    let Sheet { titles, names, table } = Sheet::of(grid);
    let reader = Reader { table: &table, numbers: WholeNumbers::Numbers };
    let mut export = Export::of_rows(Platform::MicrosoftForms, evidence, 1, table.clone());
    export.metadata.record = Some(0);
    export.metadata.started = Some(1);
    export.metadata.ended = Some(2);
    // Behind the times stand the address and the name of the respondent, who may be anonymous, in every language.
    export.metadata.rest = (3..5).filter(|column| is_who(&table, &titles, *column)).collect();
    export.identifiers = [&[0], export.metadata.rest.as_slice()].concat();
    let mut notes = Vec::new();
    for column in 3 + export.metadata.rest.len()..titles.len() {
        let title = &titles[column];
        if ABOUT.contains(&title.to_lowercase().as_str()) || is_graded(title, &titles) {
            export.metadata.rest.push(column);
        } else if column_tells_who(&table, column, title) {
            export.identifiers.push(column);
            notes.push(may_identify(&table, column, &names[column]));
        } else {
            let (question, note) = one(reader, column, &names[column], title);
            export.instrument.questions.push(question);
            notes.push(note);
        }
    }
    Ok(Noted { value: export, notes })
}

/// Whether one of the two columns behind the times is the respondent's address or name.
fn is_who(table: &RawTable, titles: &[String], column: usize) -> bool {
    const NAMES: &[&str] = &[
        "email",
        "e-mail",
        "mail",
        "adresse de messagerie",
        "correo electr\u{f3}nico",
        "posta elettronica",
        "e-post",
        "e-postadresse",
        "adres e-mail",
        "\u{30e1}\u{30fc}\u{30eb}",
        "\u{7535}\u{5b50}\u{90ae}\u{4ef6}",
        "\u{96fb}\u{5b50}\u{90f5}\u{4ef6}",
        "\u{c804}\u{c790} \u{ba54}\u{c77c}",
        "name",
        "nom",
        "nombre",
        "nome",
        "naam",
        "namn",
        "navn",
        "nazwa",
        "\u{540d}\u{524d}",
        "\u{540d}\u{79f0}",
        "\u{540d}\u{7a31}",
        "\u{c774}\u{b984}",
    ];
    titles.get(column).is_some_and(|title| NAMES.contains(&title.to_lowercase().as_str()))
        || (column == 3 && Tally::of(table, column).says_only("anonymous"))
}

/// Whether a column is what a quiz adds to a question: `Points - Q`, `Feedback - Q`.
fn is_graded(title: &str, titles: &[String]) -> bool {
    let of = title.strip_prefix("Points - ").or_else(|| title.strip_prefix("Feedback - "));
    of.is_some_and(|of| titles.iter().any(|title| title == of))
}

/// Reads a question: a list where every cell is ended by the mark, else one answer or free text.
fn one(reader: Reader<'_>, column: usize, id: &str, wording: &str) -> (crate::codebook::Question, Diag) {
    let tally = Tally::of(reader.table, column);
    let is_list = !tally.is_blank() && tally.texts.keys().all(|text| text.ends_with(END) && text.len() > 1);
    if !is_list {
        return reader.read_with_words(column, id, wording, &[]);
    }
    let options = joined::ended(&tally, END);
    match full_lists(&tally) {
        Lists::Ranked => {
            let choices = options.labels.iter().map(|label| Choice::labelled(label)).collect();
            let cells = OrderCells::Listed { column, separator: END.to_owned() };
            let message = format!(
                "\"{id}\" is read as a ranking of {} items, because every cell holds all of them in an order of its own",
                options.labels.len()
            );
            let note = reader.noted(column, message);
            (question(id, wording, Form::Ordering { cells, choices }), note)
        }
        Lists::Doubtful => {
            let (question, _) = reader.several(column, id, wording, END, &options);
            let message = format!(
                "\"{id}\" may be a ranking or a multi-select of which everybody chose all; it is read as a multi-select"
            );
            (question, reader.doubted(column, message, "if it is a ranking, declare it in the study file: kind = \"ranking\", with its choices and separator = \";\""))
        }
        Lists::Chosen => reader.several(column, id, wording, END, &options),
    }
}

/// What lists of the same pieces in every cell are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lists {
    /// The same items in several orders, in more cells than chance explains.
    Ranked,
    /// The same items, in few cells or always in one order.
    Doubtful,
    /// Different items.
    Chosen,
}

/// Fewer cells than these, each with every item, may be those of people who chose everything.
const FEWEST_RANKED: usize = 5;

fn full_lists(tally: &Tally<'_>) -> Lists {
    let sorted = |text: &str| {
        let mut pieces: Vec<String> =
            text.trim_end_matches(END).split(END).map(|piece| piece.trim().to_owned()).collect();
        pieces.sort_unstable();
        pieces
    };
    let mut sets: Vec<Vec<String>> = tally.texts.keys().map(|text| sorted(text)).collect();
    sets.dedup();
    match sets.as_slice() {
        [only] if only.len() > 1 => {
            if tally.texts.len() > 1 && tally.answers >= FEWEST_RANKED {
                Lists::Ranked
            } else {
                Lists::Doubtful
            }
        }
        _ => Lists::Chosen,
    }
}
