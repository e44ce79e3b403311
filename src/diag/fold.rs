//! Diagnostics that say the same of many places, brought together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Diag, Place, Severity, codes};

/// Diagnostics of one kind in one file: what the first says, and where the others are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded<'a> {
    /// The first of them, as an example.
    pub first: &'a Diag,
    /// The others.
    pub others: Vec<&'a Diag>,
}

/// Brings together what says the same of several columns, cells or questions of a file, the most serious first and
/// otherwise in the order in which they came.
///
/// Two messages say the same if they differ only in numbers, in quoted words and in the name of a question or column.
pub fn fold(diags: &[Diag]) -> Vec<Folded<'_>> {
    let mut seen: BTreeMap<(Code, String, String), usize> = BTreeMap::new();
    let mut said = BTreeSet::new();
    let mut folded: Vec<Folded<'_>> = Vec::new();
    for diag in diags.iter().filter(|diag| said.insert((diag.place.to_string(), diag.message.as_str()))) {
        let file = diag.place.file_id().map(ToString::to_string).unwrap_or_default();
        let key = (diag.code, file, shape(diag));
        match seen.get(&key).and_then(|at| folded.get_mut(*at)) {
            Some(same) if same.first.severity == diag.severity => same.others.push(diag),
            _ => {
                seen.insert(key, folded.len());
                folded.push(Folded { first: diag, others: Vec::new() });
            }
        }
    }
    folded.sort_by_key(|folded| folded.first.severity);
    folded
}

/// How many columns are named before the rest are counted.
const NAMED: usize = 12;
/// A column's name is as long as a question in some exports; here it only says which is meant.
const NAME_WIDTH: usize = 30;
/// Assumptions that a study file, a definition or another download would settle.
const ASSUMPTIONS: [Code; 3] = [codes::ASSUMED, codes::CHOICES_INFERRED, codes::ENCODING_ASSUMED];

/// What a diagnostic asks of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// To be known.
    Knowing,
    /// A decision: it was assumed, and the study file can say otherwise.
    Deciding,
    /// A remedy: it stands in the way, or a result is not what it could be.
    Mending,
}

impl Folded<'_> {
    /// What it asks of a person.
    pub fn asks(&self) -> Asks {
        match self.first.severity {
            Severity::Error | Severity::Warning => Asks::Mending,
            Severity::Note if ASSUMPTIONS.contains(&self.first.code) => Asks::Deciding,
            Severity::Note => Asks::Knowing,
        }
    }

    /// What is said of several columns as wholes, in one sentence with their names.
    pub fn of_columns(&self) -> Option<String> {
        let all: Vec<&Diag> = std::iter::once(self.first).chain(self.others.iter().copied()).collect();
        let of_whole = |diag: &&Diag| matches!(diag.place, Place::Column { .. });
        let first = column(self.first)?;
        if all.len() < 2 || !all.iter().all(of_whole) {
            return None;
        }
        let said = match self.first.code {
            codes::CHOICES_INFERRED => "have choices inferred from the answers".to_owned(),
            codes::MAY_IDENTIFY => "may tell who a person is, so nothing of them is ever shown".to_owned(),
            _ => format!("are {}", self.first.message.strip_prefix(&format!("\"{first}\" is "))?),
        };
        let names = names(all.iter().filter_map(|diag| column(diag)));
        Some(format!("{} columns {said}: {names}", all.len()))
    }

    /// Where else the same is the case, as the end of a sentence; nothing if it is nowhere else.
    pub fn elsewhere(&self) -> String {
        if self.others.is_empty() {
            return String::new();
        }
        let more = format!("; and {} more like it", self.others.len());
        let named = names(self.others.iter().filter_map(|diag| column(diag)));
        if named.is_empty() { more } else { format!("{more}: {named}") }
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let all = names.clone().count();
    let mut named: Vec<String> = names.take(NAMED).map(short_name).collect();
    if all > NAMED {
        named.push(format!("and {} more", all - NAMED));
    }
    named.join(", ")
}

fn short_name(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(NAME_WIDTH) {
        Some((end, _)) => format!("{}\u{2026}", line[..end].trim_end()),
        None => line,
    }
}

fn column(diag: &Diag) -> Option<&str> {
    match &diag.place {
        Place::Column { column, .. } | Place::Cell { column, .. } => Some(column),
        _ => None,
    }
}

/// A message without what differs between places.
fn shape(diag: &Diag) -> String {
    // Of these each says the same of another column, with what it was read as.
    if matches!(
        (diag.code, &diag.place),
        (codes::CHOICES_INFERRED | codes::MAY_IDENTIFY, Place::Column { .. })
    ) {
        return String::new();
    }
    let mut message = diag.message.clone();
    if let Place::Column { column, .. } | Place::Cell { column, .. } = &diag.place
        && !column.is_empty()
    {
        message = message.replace(column.as_str(), "");
    }
    let mut shape = String::new();
    let mut quoted = false;
    let mut skip_word = false;
    for word in message.split(' ') {
        for part in word.chars() {
            match part {
                '"' => quoted = !quoted,
                _ if quoted || skip_word => {}
                _ if part.is_ascii_digit() => {
                    if !shape.ends_with('#') {
                        shape.push('#');
                    }
                }
                _ => shape.push(part),
            }
        }
        // "question Q5" and "question age" name what is meant; "1 cell" and "2 cells" are one noun.
        skip_word = word == "question";
        if ["# cells", "# columns", "# rows", "# texts"].iter().any(|plural| shape.ends_with(plural)) {
            shape.pop();
        }
        shape.push(' ');
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    #[test]
    fn what_is_said_of_several_places_is_one_with_the_others_beside_it() {
        let file = FileId::new("a.csv");
        let cell = |line, column: &str, message: &str| {
            Diag::note(codes::NOT_SHOWN, Place::cell(&file, line, column), message)
        };
        let diags = [
            cell(5, "Q5_1", "question Q5 was not shown: 1 cell blank"),
            Diag::note(codes::ASSUMED, Place::column(&file, "age"), "\"age\" is read as numbers"),
            cell(9, "Q7_1", "question Q7 was not shown: 14 cells blank"),
            Diag::note(codes::ASSUMED, Place::column(&file, "why"), "\"why\" is read as free text"),
            Diag::note(codes::ASSUMED, Place::column(&file, "size"), "\"size\" is read as numbers"),
            Diag::warning(codes::ROWS_NOT_PEOPLE, Place::file(&file), "3 rows of 2 records"),
            cell(9, "Q7_1", "question Q7 was not shown: 14 cells blank"),
        ];
        let folded = fold(&diags);
        let said: Vec<(&str, usize)> =
            folded.iter().map(|folded| (folded.first.message.as_str(), folded.others.len())).collect();
        assert_eq!(
            said,
            [
                ("3 rows of 2 records", 0),
                ("question Q5 was not shown: 1 cell blank", 1),
                ("\"age\" is read as numbers", 1),
                ("\"why\" is read as free text", 0),
            ]
        );
    }

    #[test]
    fn other_files_and_other_words_stay_apart() {
        let note =
            |file: &str, message: &str| Diag::note(codes::ASSUMED, Place::file(&FileId::new(file)), message);
        assert_eq!(fold(&[note("a", "3 cells"), note("b", "3 cells"), note("a", "three cells")]).len(), 3);
    }
}
