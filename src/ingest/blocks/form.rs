//! The form of a question from the cells of its columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::{Choice, Form, Missing, MultiCells, fold, named_place};
use crate::diag::{Diag, codes};
use crate::ingest::RawTable;
use crate::ingest::infer::{self, Inferred, WholeNumbers, infer};

use super::tally::{LONGEST_CHOICE, MOST_CHOICES, Tally, is_not_applicable};
use super::{Block, Part, Reader, Said, ranks};

/// The form of a question and what to say about it; `None` for columns of which each is a question of its own.
pub(super) type Told = Option<(Form, Diag)>;

/// A column and what stands in it.
pub(super) struct Seen<'b, 't> {
    pub(super) part: &'b Part,
    pub(super) tally: Tally<'t>,
}

impl Seen<'_, '_> {
    fn is_box(&self) -> bool {
        self.part.said != Said::Closed && self.tally.says_only(&self.part.label)
    }
}

pub(super) fn of(reader: Reader<'_>, block: &Block) -> Told {
    let seen: Vec<Seen<'_, '_>> =
        block.parts.iter().map(|part| Seen { part, tally: Tally::of(reader.table, part.column) }).collect();
    let maker = Maker { reader, block, seen: &seen };
    if seen.iter().all(|seen| seen.tally.is_blank()) {
        let columns = block.parts.iter().map(|part| part.column).collect();
        let note = maker.assumed("a question without answers");
        return Some((Form::Other { columns, what: "no answers" }, note));
    }
    match seen.as_slice() {
        [only] => maker.one(only, &[]),
        [main, rest @ ..] if main.part.said == Said::Closed => maker.one(main, rest),
        _ => maker.boxes().or_else(|| maker.rows()),
    }
}

/// Makes the form of one block.
pub(super) struct Maker<'a, 't> {
    pub(super) reader: Reader<'t>,
    pub(super) block: &'a Block,
    pub(super) seen: &'a [Seen<'a, 't>],
}

impl Maker<'_, '_> {
    pub(super) fn assumed(&self, what: &str) -> Diag {
        self.reader.assumed(self.block, format!("\"{}\" is read as {what}", self.block.id))
    }

    fn inferred(&self, choices: usize) -> Diag {
        let message = format!("the {choices} choices of \"{}\" are those that somebody gave", self.block.id);
        Diag::note(
            codes::CHOICES_INFERRED,
            self.reader.at(self.seen.first().map_or(0, |seen| seen.part.column)),
            message,
        )
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
            return Some((form, note));
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
                (single(column, labels.iter().map(String::as_str), beside), note)
            }
            // A list of countries is long, and in a column that the platform calls closed every text is a choice.
            (_, Said::Closed) => {
                let note = self.inferred(main.tally.texts.len());
                (single(column, main.tally.texts.keys().copied(), beside), note)
            }
            _ => (Form::Texts { items: items() }, self.assumed("free text, which is never shown")),
        };
        if !texts.is_empty() && !matches!(form, Form::Single { .. }) {
            return None;
        }
        Some((form, note))
    }

    /// Boxes: columns that hold nothing but their own label, or in an export of codes one number each.
    fn boxes(&self) -> Told {
        let coded = self.reader.numbers == WholeNumbers::Codes && {
            let boxes: Vec<&Part> = self.block.parts.iter().filter(|part| part.said != Said::Other).collect();
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
                let also = seen.tally.texts.keys().filter(|text| fold(text) != fold(label));
                let also = also.map(|text| (*text).to_owned()).collect();
                choices.push(Choice { code: code.to_owned(), also, ..choice(label) });
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
        Some((form, self.assumed(why)))
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
            self.numbers(&parts, &items())
        } else if self.are_places(rows) {
            let note = self.assumed("a ranking, because each row holds different places");
            Some((Form::Ranking { items: items() }, note))
        } else if let Some(told) = self.grid_of_boxes(rows) {
            Some(told)
        } else if let Some(choices) = shared(rows) {
            let note = self.inferred(choices.len());
            Some((Form::Battery { items: items(), choices }, note))
        } else if filled().all(|seen| self.is_text(seen)) {
            let note = self.assumed("free texts, which are never shown");
            Some((Form::Texts { items: items() }, note))
        } else {
            None
        };
        match (told, remark) {
            // A form of rows has no place for a remark, so its column stands alone.
            (Some(_), Some(remark)) if !remark.tally.is_blank() => None,
            (told, _) => told,
        }
    }

    /// Whether the cells name places, "1st choice", and no two of a row the same: a grid that stands for a ranking.
    fn are_places(&self, rows: &[Seen<'_, '_>]) -> bool {
        let place = |text: &str| named_place(text).map(usize::from);
        let columns: Vec<usize> = rows.iter().map(|seen| seen.part.column).collect();
        rows.len() > 1
            && rows.iter().all(|seen| seen.tally.texts.keys().all(|text| place(text).is_some()))
            && ranks::look(self.reader.table, &columns, place) == ranks::Ranks::Certain
    }

    fn is_text(&self, seen: &Seen<'_, '_>) -> bool {
        let cells = self.reader.table.column(seen.part.column);
        seen.part.said == Said::Open || infer(cells, WholeNumbers::Numbers) == Inferred::Text
    }
}

/// The choices that several columns share: few, short and repeating, and no column has only its own.
pub(super) fn shared(rows: &[Seen<'_, '_>]) -> Option<Vec<Choice>> {
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
pub(super) fn choice(label: &str) -> Choice {
    let outside = is_not_applicable(label).then_some(Missing::NotApplicable);
    Choice { outside, ..Choice::labelled(label) }
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

/// One choice of a column, with what was written beside it.
fn single<'l>(column: usize, labels: impl Iterator<Item = &'l str>, beside: &[Seen<'_, '_>]) -> Form {
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
