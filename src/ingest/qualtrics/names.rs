//! Columns to questions by their names, where there are no import ids.

use std::collections::BTreeMap;

use crate::ingest::qsf::{Asked, Choice, Definition, Kind, Matrix, Side};

use super::header::{Generation, Header};
use super::import_id::{Address, Part};
use super::metadata;

/// The address of each column: as the definition names it, else as the names themselves tell.
pub(super) fn addresses(header: &Header, definition: Option<&Definition>) -> Vec<Option<Address>> {
    let mut expected = Expected::default();
    for asked in definition.iter().flat_map(|definition| &definition.questions) {
        let mut add = |name: String, side: Option<&str>, part: Part| {
            let side = side.map(str::to_owned);
            let address = Address { round: None, question: asked.qid.clone(), side, part };
            expected.add(name, address);
        };
        names_of(asked, header.generation, &mut add);
    }
    let mut taken: Vec<Address> = Vec::new();
    header
        .names
        .iter()
        .map(|name| {
            let found = expected.find(name, None, &taken).or_else(|| {
                let (round, rest) = name.split_once('_').filter(|(round, _)| is_number(round))?;
                expected.find(rest, Some(round), &taken)
            });
            if let Some(address) = &found {
                taken.push(address.clone());
            }
            found.or_else(|| by_grammar(name))
        })
        .collect()
}

/// The addresses that each name may have, as it is written and folded.
#[derive(Default)]
struct Expected {
    exact: BTreeMap<String, Vec<Address>>,
    folded: BTreeMap<String, Vec<Address>>,
}

impl Expected {
    fn add(&mut self, name: String, address: Address) {
        let folded = self.folded.entry(fold(&name)).or_default();
        if !folded.contains(&address) {
            folded.push(address.clone());
        }
        let exact = self.exact.entry(name).or_default();
        if !exact.contains(&address) {
            exact.push(address);
        }
    }

    /// The first address under a name that no column has taken. Folding loses what tells `Q6#2_1` from `Q6_2: 1`,
    /// so the name as it is written comes first.
    fn find(&self, name: &str, round: Option<&str>, taken: &[Address]) -> Option<Address> {
        let of_round = |address: &Address| Address { round: round.map(str::to_owned), ..address.clone() };
        let candidates = [self.exact.get(name), self.folded.get(&fold(name))];
        candidates.into_iter().flatten().flatten().map(of_round).find(|address| !taken.contains(address))
    }
}

/// Folds a name: lower case, every run of other characters one underscore, none at the ends.
pub(super) fn fold(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// The names that exporters give to a question's columns, the likeliest first.
fn names_of(asked: &Asked, generation: Generation, add: &mut dyn FnMut(String, Option<&str>, Part)) {
    let tag = &asked.tag;
    match asked.kind {
        Kind::Single | Kind::NetPromoter | Kind::Multi => {
            add(tag.clone(), None, Part::Answer(Vec::new()));
            add(format!("{tag}_NPS_GROUP"), None, Part::NpsGroup);
            if asked.kind == Kind::Multi {
                for (name, choice) in suffixed(tag, &asked.choices, generation) {
                    add(name, None, Part::Tick(choice.id.clone()));
                }
            }
            for (name, choice) in suffixed(tag, &asked.choices, generation) {
                add(format!("{name}_TEXT"), None, Part::Text(vec![choice.id.clone()]));
            }
            // Older exporters have one text column for the question.
            if let Some(choice) = asked.choices.iter().find(|choice| choice.text_entry) {
                add(format!("{tag}_TEXT"), None, Part::Text(vec![choice.id.clone()]));
            }
        }
        Kind::Text | Kind::Number | Kind::Date | Kind::Contact => {
            if asked.choices.is_empty() {
                add(tag.clone(), None, Part::Text(Vec::new()));
                add(format!("{tag}_TEXT"), None, Part::Text(Vec::new()));
            }
            for (name, field) in suffixed(tag, &asked.choices, generation) {
                add(format!("{name}_TEXT"), None, Part::Answer(vec![field.id.clone()]));
                add(name, None, Part::Answer(vec![field.id.clone()]));
            }
        }
        Kind::Numbers | Kind::Ranking => {
            for (name, item) in suffixed(tag, &asked.choices, generation) {
                add(format!("{name}_TEXT"), None, Part::Text(vec![item.id.clone()]));
                add(name, None, Part::Answer(vec![item.id.clone()]));
            }
        }
        Kind::Matrix(matrix) => {
            // The exporter before 2017 glued the tags of a text's question and row.
            for choice in &asked.choices {
                let row = choice.tag.as_ref().unwrap_or(&choice.id);
                add(format!("{tag}{row}_TEXT"), None, Part::Text(vec![choice.id.clone()]));
            }
            for (row, choice) in rows(tag, &asked.choices) {
                cells(&row, choice, matrix, &asked.answers, generation, &mut |name, part| {
                    add(name, None, part);
                });
            }
        }
        Kind::SideBySide => {
            for side in &asked.sides {
                for (row, choice) in side_rows(tag, side, &asked.choices) {
                    cells(&row, choice, side.matrix, &side.answers, generation, &mut |name, part| {
                        add(name, Some(&side.number), part);
                    });
                }
            }
        }
        Kind::Measured => {
            for page in ["First Click", "Last Click", "Page Submit", "Click Count"] {
                add(format!("{tag}_{page}"), None, Part::Timing);
            }
            for browser in ["Browser", "Version", "Operating System", "Resolution"] {
                add(format!("{tag}_{browser}"), None, Part::Browser);
            }
        }
        Kind::Other(_) => {
            add(tag.clone(), None, Part::Unknown);
            for (name, _) in suffixed(tag, &asked.choices, generation) {
                add(name, None, Part::Unknown);
            }
        }
        Kind::Shown => {}
    }
}

/// The columns of a row of a matrix.
fn cells(
    row: &str,
    choice: &Choice,
    matrix: Matrix,
    answers: &[Choice],
    generation: Generation,
    add: &mut dyn FnMut(String, Part),
) {
    add(format!("{row}_TEXT"), Part::Text(vec![choice.id.clone()]));
    match matrix {
        Matrix::Single | Matrix::Other(_) => add(row.to_owned(), Part::Answer(vec![choice.id.clone()])),
        Matrix::Multi | Matrix::Text | Matrix::Number => {
            for (name, answer) in suffixed(row, answers, generation) {
                let ids = vec![choice.id.clone(), answer.id.clone()];
                add(format!("{name}_TEXT"), Part::Answer(ids.clone()));
                add(name, Part::Answer(ids));
            }
        }
    }
}

/// Names of the columns of choices: by export tag, by id, by recode and by position.
fn suffixed<'a>(tag: &str, choices: &'a [Choice], generation: Generation) -> Vec<(String, &'a Choice)> {
    let by_id = choices.iter().map(|choice| (format!("{tag}_{}", choice.id), choice));
    let by_code = choices.iter().map(|choice| (format!("{tag}_{}", choice.code), choice));
    let by_position = (1..).zip(choices).map(|(position, choice)| (format!("{tag}_{position}"), choice));
    let by_tag = choices.iter().filter_map(|choice| Some((choice.tag.clone()?, choice)));
    let tagged =
        choices.iter().filter_map(|choice| Some((format!("{tag}_{}", choice.tag.as_ref()?), choice)));
    let named = by_tag.chain(tagged);
    // The modern exporter numbers columns by choice id, the older ones by recode.
    match generation {
        Generation::Legacy | Generation::Transitional => {
            named.chain(by_code).chain(by_id).chain(by_position).collect()
        }
        Generation::Modern | Generation::NamesOnly => {
            named.chain(by_id).chain(by_code).chain(by_position).collect()
        }
    }
}

/// Names of the rows of a matrix: by export tag, by position and by id.
fn rows<'a>(tag: &str, choices: &'a [Choice]) -> Vec<(String, &'a Choice)> {
    let by_tag = choices.iter().filter_map(|choice| Some((choice.tag.clone()?, choice)));
    let tagged =
        choices.iter().filter_map(|choice| Some((format!("{tag}_{}", choice.tag.as_ref()?), choice)));
    let by_position = (1..).zip(choices).map(|(position, choice)| (format!("{tag}_{position}"), choice));
    let by_id = choices.iter().map(|choice| (format!("{tag}_{}", choice.id), choice));
    by_tag.chain(tagged).chain(by_position).chain(by_id).collect()
}

/// Names of the rows of a part of a side-by-side question: `Q4#1_2`, or `tiny: 92` in the older exports.
fn side_rows<'a>(tag: &str, side: &Side, choices: &'a [Choice]) -> Vec<(String, &'a Choice)> {
    let mut rows = rows(&format!("{tag}#{}", side.number), choices);
    let own = side.tag.as_ref().unwrap_or(&side.number);
    for (position, choice) in (1..).zip(choices) {
        let row = choice.tag.clone().unwrap_or_else(|| format!("{tag}_{position}"));
        rows.push((format!("{row}: {own}"), choice));
        rows.push((format!("{tag}#{}_{row}_{own}", side.number), choice));
    }
    rows
}

/// The address that a name alone tells: a tag, then up to two numbers, then perhaps `_TEXT`.
fn by_grammar(name: &str) -> Option<Address> {
    if name.is_empty() || metadata::is_system_field(name) {
        return None;
    }
    let (round, rest) = match name.split_once('_') {
        Some((round, rest)) if is_number(round) && !is_number(rest) => (Some(round.to_owned()), rest),
        _ => (None, name),
    };
    let address = |question: &str, part: Part| {
        let (question, side) = match question.split_once('#') {
            Some((question, side)) if is_number(side) => (question, Some(side.to_owned())),
            _ => (question, None),
        };
        Some(Address { round: round.clone(), question: question.to_owned(), side, part })
    };
    for (suffix, part) in [
        ("_First Click", Part::Timing),
        ("_Last Click", Part::Timing),
        ("_Page Submit", Part::Timing),
        ("_Click Count", Part::Timing),
        ("_Browser", Part::Browser),
        ("_Version", Part::Browser),
        ("_Operating System", Part::Browser),
        ("_Resolution", Part::Browser),
        ("_NPS_GROUP", Part::NpsGroup),
    ] {
        let mangled = suffix.replace(' ', ".");
        if let Some(tag) = rest.strip_suffix(suffix).or_else(|| rest.strip_suffix(&mangled)) {
            return address(tag, part);
        }
    }
    if rest.contains("_DO_") || rest.ends_with("_DO") {
        return address(rest, Part::Order);
    }
    let (rest, is_text) = match rest.strip_suffix("_TEXT") {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let mut segments: Vec<&str> = rest.split('_').collect();
    let mut ids: Vec<String> = Vec::new();
    while segments.len() > 1 && ids.len() < 2 && segments.last().is_some_and(|last| is_number(last)) {
        ids.insert(0, segments.pop().unwrap_or_default().to_owned());
    }
    let tag = segments.join("_");
    address(&tag, if is_text { Part::Text(ids) } else { Part::Answer(ids) })
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(name: &str) -> (String, Option<String>, Part) {
        let address = by_grammar(name).unwrap();
        (address.question, address.side, address.part)
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn a_name_tells_its_question_and_part() {
        assert_eq!(address("Q1"), ("Q1".into(), None, Part::Answer(vec![])));
        assert_eq!(address("Q44_1_2"), ("Q44".into(), None, Part::Answer(ids(&["1", "2"]))));
        assert_eq!(address("Q2_6_TEXT"), ("Q2".into(), None, Part::Text(ids(&["6"]))));
        assert_eq!(address("Q4#1_2"), ("Q4".into(), Some("1".into()), Part::Answer(ids(&["2"]))));
        assert_eq!(address("Q15_-1"), ("Q15".into(), None, Part::Answer(ids(&["-1"]))));
        assert_eq!(address("trust_in_news"), ("trust_in_news".into(), None, Part::Answer(vec![])));
        assert_eq!(address("Q9_Page.Submit").2, Part::Timing);
    }

    #[test]
    fn a_round_of_a_loop_is_told_from_a_tag() {
        let address = by_grammar("2_Q7_1").unwrap();
        assert_eq!((address.round.as_deref(), address.question.as_str()), (Some("2"), "Q7"));
    }

    #[test]
    fn names_fold_as_r_and_spreadsheets_mangle_them() {
        assert_eq!(fold("Duration..in.seconds."), fold("Duration (in seconds)"));
        assert_eq!(fold("Q40_1: 1"), "q40_1_1");
    }
}
