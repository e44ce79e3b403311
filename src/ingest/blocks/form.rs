//! The form of a question from the cells of its columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Choice, Form, Item, Missing, MultiCells, fold};
use crate::diag::{Diag, codes};
use crate::ingest::RawTable;
use crate::ingest::infer::{self, Inferred, WholeNumbers, infer};

use super::tally::{LONGEST_CHOICE, MOST_CHOICES, Tally, is_not_applicable};
use super::{Block, Part, Ranks, Reader, Said, ranks};

/// What the columns of a block are.
pub(super) enum Told {
    /// One question.
    As { form: Form, note: Option<Diag> },
    /// Columns of which each is a question of its own.
    Apart,
}

/// More answers than these many columns hold are looked at together only where they repeat.
struct Seen<'b, 't> {
    part: &'b Part,
    tally: Tally<'t>,
}

impl Seen<'_, '_> {
    fn is_box(&self) -> bool {
        self.part.said != Said::Closed && self.tally.says_only(&self.part.label)
    }
}

pub(super) fn of(reader: Reader<'_>, block: &Block) -> Told {
    let seen: Vec<Seen<'_, '_>> = block
        .parts
        .iter()
        .map(|part| Seen { part, tally: Tally::of(reader.table, part.column) })
        .collect();
    let maker = Maker { reader, block, seen: &seen };
    if seen.iter().all(|seen| seen.tally.is_blank()) {
        let columns = block.parts.iter().map(|part| part.column).collect();
        let note = maker.assumed("a question without answers");
        return Told::As { form: Form::Other { columns, what: "no answers" }, note: Some(note) };
    }
    match seen.as_slice() {
        [only] => maker.one(only, &[]),
        [main, rest @ ..] if main.part.said == Said::Closed => maker.one(main, rest),
        _ => maker.boxes().unwrap_or_else(|| maker.rows()),
    }
}

struct Maker<'a, 't> {
    reader: Reader<'t>,
    block: &'a Block,
    seen: &'a [Seen<'a, 't>],
}

impl Maker<'_, '_> {
    fn assumed(&self, what: &str) -> Diag {
        self.reader.assumed(self.block, format!("\"{}\" is read as {what}", self.block.id))
    }

    fn inferred(&self, choices: usize) -> Diag {
        let message =
            format!("the {choices} choices of \"{}\" are those that somebody gave", self.block.id);
        Diag::note(codes::CHOICES_INFERRED, self.reader.place(self.block), message)
            .help("declare them in the study file, those that nobody chose included")
    }

    /// One answer in a column, perhaps with what was written beside it.
    fn one(&self, main: &Seen<'_, '_>, beside: &[Seen<'_, '_>]) -> Told {
        let column = main.part.column;
        let cells = || self.reader.table.column(column);
        let items = || self.reader.items(&[main.part]);
        let texts: Vec<usize> = beside.iter().map(|seen| seen.part.column).collect();
        if main.is_box() {
            let choices = vec![Choice::labelled(&main.part.label)];
            let note = self.assumed("a box to tick, because its column holds nothing but its own label");
            let form = Form::Multi { cells: MultiCells::Split(vec![column]), choices, texts };
            return Told::As { form, note: Some(note) };
        }
        let read = infer(cells(), self.reader.numbers);
        let (form, note) = match (read, main.part.said) {
            (Inferred::Numbers, _) => (Form::Numbers { items: items() }, self.assumed("numbers")),
            (Inferred::Dates, _) => (Form::Date { column }, self.assumed("dates")),
            (_, Said::Open | Said::Other) => {
                (Form::Texts { items: items() }, self.assumed("free text, which is never shown"))
            }
            (Inferred::Choices(labels), _) => {
                let note = self.inferred(labels.len());
                (self.single(column, labels.iter().map(String::as_str), beside), note)
            }
            // A list of countries is long, and in a column that the platform calls closed every text is a choice.
            (_, Said::Closed) => {
                let note = self.inferred(main.tally.texts.len());
                (self.single(column, main.tally.texts.keys().copied(), beside), note)
            }
            _ => (Form::Texts { items: items() }, self.assumed("free text, which is never shown")),
        };
        if !texts.is_empty() && !matches!(form, Form::Single { .. }) {
            return Told::Apart;
        }
        Told::As { form, note: Some(note) }
    }

    fn single<'l>(
        &self,
        column: usize,
        labels: impl Iterator<Item = &'l str>,
        beside: &[Seen<'_, '_>],
    ) -> Form {
        let mut choices: Vec<Choice> = labels.map(choice).collect();
        let texts: Vec<usize> = beside.iter().map(|seen| seen.part.column).collect();
        // What was written with "Other" belongs to the choice of that name; where nobody's cell holds the name, the
        // text alone says that it was chosen.
        for other in beside.iter().filter(|seen| seen.part.said == Said::Other) {
            let label = fold(&other.part.label);
            match choices.iter_mut().find(|choice| fold(&choice.label) == label) {
                Some(known) => known.text_entry = true,
                None if !other.tally.is_blank() => {
                    choices.push(Choice { text_entry: true, ..Choice::labelled(&other.part.label) });
                }
                None => {}
            }
        }
        Form::Single { column, choices, texts }
    }

    /// Boxes: columns that hold nothing but their own label, or in an export of codes one number each.
    fn boxes(&self) -> Option<Told> {
        let coded = self.reader.numbers == WholeNumbers::Codes && {
            let boxes: Vec<&Part> =
                self.block.parts.iter().filter(|part| part.said != Said::Other).collect();
            hold_one_number_each(self.reader.table, &boxes)
        };
        let ticks = self.seen.iter().filter(|seen| seen.is_box()).count();
        if ticks == 0 && !coded {
            return None;
        }
        let (mut columns, mut choices, mut texts) = (Vec::new(), Vec::<Choice>::new(), Vec::new());
        for seen in self.seen {
            let Part { column, label, said } = seen.part;
            let known = choices.iter_mut().find(|choice| fold(&choice.label) == fold(label));
            if let (Some(known), false) = (known, seen.is_box()) {
                // A second column of one label holds what was written with the choice.
                known.text_entry = true;
                texts.push(*column);
            } else if seen.is_box() || (*said != Said::Other && (seen.tally.is_blank() || coded)) {
                let code = seen.tally.only().filter(|_| coded).unwrap_or(label);
                choices.push(Choice { code: code.to_owned(), ..choice(label) });
                columns.push(*column);
            } else if *said == Said::Other {
                choices.push(Choice { text_entry: true, ..Choice::labelled(label) });
                columns.push(*column);
                texts.push(*column);
            } else {
                texts.push(*column);
            }
        }
        // One column may hold a remark; if most are no boxes, the columns are not one question.
        if choices.len() < texts.len() {
            return None;
        }
        let why = if coded {
            "several boxes, because each of its columns holds one number"
        } else {
            "several boxes, because its columns hold nothing but their own labels"
        };
        let form = Form::Multi { cells: MultiCells::Split(columns), choices, texts };
        Some(Told::As { form, note: Some(self.assumed(why)) })
    }

    /// A column for each row of a matrix, item of a ranking or entry, perhaps with a remark in the last.
    fn rows(&self) -> Told {
        let (rows, remark) = match self.seen {
            [rows @ .., last] if last.part.said == Said::Other && rows.len() > 1 => (rows, Some(last)),
            rows => (rows, None),
        };
        let parts: Vec<&Part> = rows.iter().map(|seen| seen.part).collect();
        let items = || self.reader.items(&parts);
        let filled = || rows.iter().filter(|seen| !seen.tally.is_blank());
        let told = if filled().all(|seen| seen.tally.is_numeric()) {
            self.numbers(&parts, items())
        } else if let Some(told) = self.grid_of_boxes(rows) {
            told
        } else if let Some(choices) = shared(rows) {
            let note = self.inferred(choices.len());
            Told::As { form: Form::Battery { items: items(), choices }, note: Some(note) }
        } else if filled().all(|seen| self.is_text(seen)) {
            let note = self.assumed("free texts, which are never shown");
            Told::As { form: Form::Texts { items: items() }, note: Some(note) }
        } else {
            Told::Apart
        };
        match (told, remark) {
            // A form of rows has no place for a remark, so its column stands alone.
            (Told::As { .. }, Some(remark)) if !remark.tally.is_blank() => Told::Apart,
            (told, _) => told,
        }
    }

    fn is_text(&self, seen: &Seen<'_, '_>) -> bool {
        let cells = self.reader.table.column(seen.part.column);
        seen.part.said == Said::Open || infer(cells, WholeNumbers::Numbers) == Inferred::Text
    }

    fn numbers(&self, parts: &[&Part], items: Vec<Item>) -> Told {
        let columns: Vec<usize> = parts.iter().map(|part| part.column).collect();
        let id = &self.block.id;
        let help = "declare it in the study file: kind = \"ranking\", or kind = \"number\"";
        let looked = if parts.len() > 1 {
            ranks::look(self.reader.table, &columns, whole)
        } else {
            Ranks::No
        };
        let as_numbers = |note| {
            if self.reader.numbers == WholeNumbers::Codes && let Some(choices) = shared(self.seen) {
                return Told::As { form: Form::Battery { items: items.clone(), choices }, note };
            }
            Told::As { form: Form::Numbers { items: items.clone() }, note }
        };
        match looked {
            Ranks::Certain => {
                let note = self.assumed("a ranking, because each row holds different ranks from 1");
                Told::As { form: Form::Ranking { items: items.clone() }, note: Some(note) }
            }
            Ranks::Possible => {
                let message = format!(
                    "\"{id}\" may be a ranking or a matrix of numbers: no row repeats a number, but there are few; it is read as numbers"
                );
                as_numbers(Some(self.reader.doubt(self.block, message, help)))
            }
            Ranks::Marred { repeating, rows } => {
                let message = format!(
                    "\"{id}\" looks like a ranking, but in {repeating} of {rows} rows two items have one rank; it is read as numbers"
                );
                as_numbers(Some(self.reader.doubt(self.block, message, help)))
            }
            Ranks::No => as_numbers(Some(self.assumed("numbers"))),
        }
    }

    /// A grid in which any number of columns can be ticked: labels `Row - Column`, cells the column's own.
    fn grid_of_boxes(&self, rows: &[Seen<'_, '_>]) -> Option<Told> {
        let mut ticked: Vec<String> = Vec::new();
        for seen in rows.iter().filter(|seen| !seen.tally.is_blank()) {
            let text = seen.tally.only()?;
            row_of(&seen.part.label, text)?;
            if !ticked.iter().any(|known| fold(known) == fold(text)) {
                ticked.push(text.to_owned());
            }
        }
        let mut grid: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let (mut labels, mut choices): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for seen in rows {
            let label = &seen.part.label;
            let by_known = ticked.iter().filter_map(|text| Some((row_of(label, text)?, text.clone())));
            // Of a column that nobody ticked the last separator tells.
            let by_mark = || {
                let (row, column) = label.rsplit_once(" - ")?;
                Some((row.to_owned(), column.to_owned()))
            };
            let (row, choice) = by_known.max_by_key(|(_, text)| text.len()).or_else(by_mark)?;
            let at = |known: &mut Vec<String>, text: String| {
                known.iter().position(|known| fold(known) == fold(&text)).unwrap_or_else(|| {
                    known.push(text);
                    known.len() - 1
                })
            };
            let place = (at(&mut labels, row), at(&mut choices, choice));
            if grid.insert(place, seen.part.column).is_some() {
                return None;
            }
        }
        let columns: Option<Vec<Vec<usize>>> = (0..labels.len())
            .map(|row| (0..choices.len()).map(|choice| grid.get(&(row, choice)).copied()).collect())
            .collect();
        let columns = columns.filter(|_| labels.len() > 1 && choices.len() > 1)?;
        let items = labels
            .iter()
            .zip(&columns)
            .map(|(label, columns)| Item {
                id: super::join(&self.block.id, label),
                label: label.clone(),
                column: columns[0],
            })
            .collect();
        let choices = choices.iter().map(|label| choice(label)).collect();
        let form = Form::MultiBattery { items, columns, choices };
        let note = self.assumed("a grid of boxes, because each column holds nothing but the end of its label");
        Some(Told::As { form, note: Some(note) })
    }
}

/// The row of a label `Row - Column`, if it ends in the column's text.
fn row_of(label: &str, text: &str) -> Option<String> {
    let separated = format!(" - {}", text.trim());
    let row = label.strip_suffix(&separated).map(str::to_owned).or_else(|| {
        let (row, column) = label.rsplit_once(" - ")?;
        (fold(column) == fold(text)).then(|| row.to_owned())
    })?;
    Some(row.trim().to_owned()).filter(|row| !row.is_empty())
}

/// The choices that several columns share: few, short and repeating, and no column has only its own.
fn shared(rows: &[Seen<'_, '_>]) -> Option<Vec<Choice>> {
    let mut pooled: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut answers, mut listed, mut filled) = (0, 0, 0);
    for seen in rows.iter().filter(|seen| !seen.tally.is_blank()) {
        filled += 1;
        answers += seen.tally.answers;
        listed += seen.tally.texts.len();
        for (text, count) in &seen.tally.texts {
            *pooled.entry(text).or_default() += count;
        }
    }
    let few = pooled.len() <= MOST_CHOICES && pooled.keys().all(|text| text.len() <= LONGEST_CHOICE);
    let apart = |seen: &Seen<'_, '_>| {
        // A column shares at least one of its texts with another.
        !seen.tally.is_blank() && seen.tally.texts.iter().all(|(text, count)| pooled.get(text) == Some(count))
    };
    let together = filled < 2 || (listed > pooled.len() && !rows.iter().any(apart));
    if !few || !together || pooled.len() * 2 > answers {
        return None;
    }
    let texts = pooled.into_keys().collect();
    Some(infer::in_order(&texts).iter().map(|text| choice(text)).collect())
}

/// A choice known by its label; the platforms' own "N/A" is no answer on the question's terms.
fn choice(label: &str) -> Choice {
    let outside = is_not_applicable(label).then_some(Missing::NotApplicable);
    Choice { outside, ..Choice::labelled(label) }
}

/// A whole number that is not negative; programs that read blanks as numbers write `3.0`.
fn whole(cell: &str) -> Option<usize> {
    cell.strip_suffix(".0").unwrap_or(cell).parse().ok()
}

/// Whether each column with answers holds one number, the same for all or another for each, as boxes do in an export
/// of codes.
pub(in crate::ingest) fn hold_one_number_each(table: &RawTable, boxes: &[&Part]) -> bool {
    let tallies: Vec<Tally<'_>> = boxes.iter().map(|part| Tally::of(table, part.column)).collect();
    let filled = || tallies.iter().filter(|tally| !tally.is_blank());
    let numbers: Vec<&str> = filled().filter_map(Tally::only).collect();
    let distinct: BTreeSet<&str> = numbers.iter().copied().collect();
    numbers.len() > 1
        && numbers.len() == filled().count()
        && (distinct.len() == numbers.len() || distinct.len() == 1)
        && numbers.iter().all(|text| infer::number(text))
}
