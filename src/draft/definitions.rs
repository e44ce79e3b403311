//! Which definition belongs to which export: the one that defines it, found by trying.

use crate::codebook::Question;
use crate::diag::{Diag, FileId, Place, codes};
use crate::ingest;

/// A file with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The file.
    pub file: FileId,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// How well a definition fits an export: questions that it defines, then notes that something does not match.
type Fit = (usize, std::cmp::Reverse<usize>);

/// For each export the definition that fits it best, by position; each definition defines one export.
///
/// Fails where a definition fits no export, or two equally well. A single definition of a single export is taken
/// without trying: reading says what is wrong with it.
pub fn fit(exports: &[Given], definitions: &[Given]) -> Result<Vec<Option<usize>>, Vec<Diag>> {
    if let ([_], [_]) = (exports, definitions) {
        return Ok(vec![Some(0)]);
    }
    let mut of_export: Vec<Option<usize>> = vec![None; exports.len()];
    let mut problems = Vec::new();
    for (position, definition) in definitions.iter().enumerate() {
        let fits: Vec<Option<Fit>> = exports.iter().map(|export| tried(export, definition)).collect();
        let best = fits.iter().flatten().max().copied();
        let places =
            |fit: Fit| fits.iter().enumerate().filter(move |(_, own)| **own == Some(fit)).map(|(at, _)| at);
        let free: Vec<usize> = best.map(|best| places(best).collect()).unwrap_or_default();
        let named = |at: &usize| exports.get(*at).map_or("", |export| export.file.as_str());
        match free.as_slice() {
            [at] => match of_export[*at] {
                None => of_export[*at] = Some(position),
                Some(other) => {
                    let other = definitions.get(other).map_or("", |other| other.file.as_str());
                    let message = format!("{} and {other} both define {}", definition.file, named(at));
                    problems.push(problem(definition, message));
                }
            },
            [] => {
                problems
                    .push(problem(definition, format!("{} defines none of the exports", definition.file)));
            }
            [first, second, ..] => {
                let message =
                    format!("{} fits {} and {} equally well", definition.file, named(first), named(second));
                problems.push(problem(definition, message));
            }
        }
    }
    if problems.is_empty() { Ok(of_export) } else { Err(problems) }
}

fn problem(definition: &Given, message: String) -> Diag {
    let help = format!("say which export it defines: --definition EXPORT={}", definition.file);
    Diag::error(codes::DEFINITION_MISMATCH, Place::file(&definition.file), message).help(help)
}

/// How well a definition fits; nothing if the export cannot be read with it or it defines no question.
fn tried(export: &Given, definition: &Given) -> Option<Fit> {
    let given = Some((&definition.file, definition.bytes.as_slice()));
    let read = ingest::read(&export.file, &export.bytes, given).ok()?;
    let defined = read.value.instrument.questions.iter().filter(|question| is_defined(question)).count();
    let off = read.notes.iter().filter(|note| note.code == codes::DEFINITION_MISMATCH).count();
    (defined > 0).then_some((defined, std::cmp::Reverse(off)))
}

fn is_defined(question: &Question) -> bool {
    question.defined && !question.form.columns().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(name: &str, text: &str) -> Given {
        Given { file: FileId::new(name), bytes: text.as_bytes().to_vec() }
    }

    const HEAD: &str = "Variable / Field Name,Form Name,Section Header,Field Type,Field Label\n";

    fn dictionary(name: &str, fields: &[&str]) -> Given {
        let rows: Vec<String> = fields.iter().map(|field| format!("{field},base,,text,{field}\n")).collect();
        given(name, &format!("{HEAD}record_id,base,,text,Record\n{}", rows.concat()))
    }

    fn export(name: &str, fields: &[&str]) -> Given {
        given(
            name,
            &format!("record_id,{},base_complete\n1,{}2\n", fields.join(","), "x,".repeat(fields.len())),
        )
    }

    #[test]
    fn each_definition_finds_the_export_that_it_defines() {
        let exports = [export("a.csv", &["why", "how"]), export("b.csv", &["where", "who"])];
        let definitions = [dictionary("two.csv", &["where", "who"]), dictionary("one.csv", &["why", "how"])];
        assert_eq!(fit(&exports, &definitions).unwrap(), [Some(1), Some(0)]);
        assert_eq!(fit(&exports, &definitions[..1]).unwrap(), [None, Some(0)]);
    }

    #[test]
    fn a_definition_of_two_exports_or_of_none_is_to_be_said() {
        let exports = [export("a.csv", &["why"]), export("b.csv", &["why"])];
        let problems = fit(&exports, &[dictionary("d.csv", &["why"]), given("e.qsf", "{}")]).unwrap_err();
        let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(said, ["d.csv fits a.csv and b.csv equally well", "e.qsf defines none of the exports"]);
        assert_eq!(
            problems[0].help.as_deref(),
            Some("say which export it defines: --definition EXPORT=d.csv")
        );
    }
}
