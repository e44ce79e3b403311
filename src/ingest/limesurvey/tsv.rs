//! Survey structures as a table: LimeSurvey's tab-separated `.txt`, a line for each group, question and answer.

use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest::{Grid, Record, grid};

use super::lss::add;
use super::structure::{Asked, Structure, Sub, choice};

/// Whether a table is a survey structure.
pub(super) fn is_structure(grid: &Grid) -> bool {
    let Some(header) = grid.record(0) else { return false };
    let first: Vec<&str> = header.cells().take(5).map(str::trim).collect();
    matches!(first.as_slice(), ["class", "type/scale", "name", "relevance", "text"])
        || matches!(first.as_slice(), ["id", "related_id", "class", "type/scale", "name"])
}

/// Reads a survey structure.
pub(super) fn read(file: &FileId, bytes: &[u8]) -> Result<Structure, Vec<Diag>> {
    let grid = grid::read(file, bytes)?.value;
    if !is_structure(&grid) {
        let message = format!("{file} is no survey structure of LimeSurvey");
        let diag = Diag::error(codes::DEFINITION_INVALID, Place::file(file), message);
        return Err(vec![diag.help("export the structure of the survey as .lss")]);
    }
    let heads: Vec<&str> =
        grid.record(0).map(|header| header.cells().map(str::trim).collect()).unwrap_or_default();
    let mut reading = Reading {
        heads: &heads,
        relevance: String::new(),
        open: None,
        structure: Structure { file: file.clone(), sid: String::new(), questions: Vec::new() },
    };
    for record in grid.records().skip(1) {
        reading.row(&record);
    }
    Ok(reading.structure)
}

struct Reading<'a> {
    heads: &'a [&'a str],
    /// The condition of the group at hand.
    relevance: String,
    /// The question to which the rows below belong.
    open: Option<usize>,
    structure: Structure,
}

impl Reading<'_> {
    fn cell<'r>(&self, record: &Record<'r>, head: &str) -> &'r str {
        self.heads.iter().position(|known| *known == head).map_or("", |column| record.cell(column).trim())
    }

    /// The questions stand once for each language, one language after the other.
    fn row(&mut self, record: &Record<'_>) {
        let name = self.cell(record, "name");
        let text = self.cell(record, "text");
        let texts: Vec<String> = Some(text.to_owned()).into_iter().filter(|text| !text.is_empty()).collect();
        let relevance = self.cell(record, "relevance").to_owned();
        let scale = self.cell(record, "type/scale");
        match self.cell(record, "class") {
            "S" if name == "sid" => text.clone_into(&mut self.structure.sid),
            "G" => {
                self.relevance = relevance;
                self.open = None;
            }
            "Q" => self.question(record, name, scale, texts, relevance),
            class @ ("SQ" | "A") => {
                let Some(question) = self.open.and_then(|open| self.structure.questions.get_mut(open)) else {
                    return;
                };
                if class == "A" {
                    add(&mut question.answers[usize::from(scale == "1")], choice(name, &texts));
                    return;
                }
                let conditional = !matches!(relevance.as_str(), "" | "1");
                let subs = if scale == "1" { &mut question.columns } else { &mut question.rows };
                match subs.iter_mut().find(|sub| sub.code == name) {
                    Some(sub) => sub.texts.extend(texts),
                    None => subs.push(Sub { code: name.to_owned(), texts, conditional }),
                }
            }
            _ => {}
        }
    }

    fn question(
        &mut self,
        record: &Record<'_>,
        code: &str,
        kind: &str,
        texts: Vec<String>,
        relevance: String,
    ) {
        let known = self.structure.questions.iter().position(|question| question.code == code);
        if let Some(known) = known {
            self.structure.questions[known].texts.extend(texts);
            self.open = Some(known);
            return;
        }
        let named = self.heads.iter().filter(|head| !head.is_empty());
        let attributes = named.map(|head| ((*head).to_owned(), self.cell(record, head).to_owned()));
        self.structure.questions.push(Asked {
            code: code.to_owned(),
            kind: kind.chars().next().unwrap_or('?'),
            texts,
            relevance: vec![self.relevance.clone(), relevance],
            other: self.cell(record, "other") == "Y",
            attributes: attributes.filter(|(_, value)| !value.is_empty()).collect(),
            ..Asked::default()
        });
        self.open = Some(self.structure.questions.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_groups_questions_and_answers_is_a_structure() {
        let text = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tother\thidden\nS\t\tsid\t\t42\t\t\t\t\nS\t\tlanguage\t\ten\t\t\t\t\nG\tG0\tOne\tb == 1\t\t\ten\t\t\nQ\tM\ta\t1\tWhat?\t\ten\tY\t1\nSQ\t0\tSQ1\t1\tTea\t\ten\t\t\nQ\tL\tb\t1\tWhich?\t\ten\tN\t\nA\t0\tA1\t\tYes\t\ten\t\t\nG\tG0\tOne\tb == 1\t\t\tde\t\t\nQ\tM\ta\t1\tWas?\t\tde\tY\t\nSQ\t0\tSQ1\t1\tTee\t\tde\t\t\nQ\tL\tb\t1\tWelche?\t\tde\tN\t\nA\t0\tA1\t\tJa\t\tde\t\t\n";
        let structure = read(&FileId::new("a.txt"), text.as_bytes()).unwrap();
        let [a, b] = structure.questions.as_slice() else { panic!() };
        assert_eq!((a.code.as_str(), a.kind, a.other, a.is_set("hidden")), ("a", 'M', true, true));
        assert_eq!(a.relevance, ["b == 1", "1"]);
        assert_eq!(
            (a.texts.len(), a.rows[0].texts.as_slice()),
            (2, &["Tea".to_owned(), "Tee".to_owned()][..])
        );
        assert_eq!(
            (b.choices(0)[0].label.as_str(), b.choices(0)[0].also.as_slice()),
            ("Yes", &["Ja".to_owned()][..])
        );
    }
}
