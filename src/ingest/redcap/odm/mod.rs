//! A REDCap project as a CDISC ODM document: its instrument, its events and, if it was asked for, its answers.

mod answers;
mod definition;
mod xml;

use crate::diag::{Diag, FileId, Noted, Place, codes};
use crate::ingest::RawTable;

use super::dictionary::Dictionary;
use definition::Parts;
use xml::{Piece, Pull};

/// A project: its definition and the rows of its answers.
pub(super) struct Project {
    pub(super) dictionary: Dictionary,
    /// The rows that an export of raw data would have; `None` if the document holds no answers.
    pub(super) table: Option<RawTable>,
}

/// Whether a text is an ODM document, whoever wrote it.
pub(super) fn is_odm(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // A declaration and comments may stand before the root.
    while let Some(inside) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!--")) {
        let close = if rest.starts_with("<?") { "?>" } else { "-->" };
        let Some(end) = inside.find(close) else { return false };
        rest = inside[end + close.len()..].trim_start();
    }
    let Some(root) = rest.strip_prefix('<') else { return false };
    let name = root.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    name == "ODM" || name.ends_with(":ODM")
}

/// Reads a document: the definition, and the answers if they are wanted.
pub(super) fn read(file: &FileId, text: &str, with_answers: bool) -> Result<Noted<Project>, Vec<Diag>> {
    let mut pull = Pull::new(file, text);
    let mut parts = Parts::default();
    let mut notes = Vec::new();
    let mut table = None;
    let mut dictionary = None;
    let mut is_redcap = None;
    loop {
        let piece = pull.next().map_err(|diag| vec![diag])?;
        match piece {
            Piece::End => break,
            Piece::Open(root) if is_redcap.is_none() => {
                let written_by = root.text("SourceSystem");
                let ours =
                    written_by.eq_ignore_ascii_case("redcap") || root.any_value_has("projectredcap.org");
                if root.name != "ODM" || !ours {
                    return Err(vec![foreign(file, &written_by)]);
                }
                is_redcap = Some(true);
            }
            Piece::Open(element) if element.name == "ClinicalData" => {
                let defined = std::mem::take(&mut parts).dictionary(file)?.note_into(&mut notes);
                if with_answers {
                    table = Some(answers::read(&mut pull, file, text, &defined)?.note_into(&mut notes));
                    to_the_end(&mut pull, file).map_err(|diag| vec![diag])?;
                }
                dictionary = Some(defined);
                break;
            }
            Piece::Open(element) => parts.open(&element),
            Piece::Close(name) => parts.close(&name),
            Piece::Text(text) => parts.text(&text),
        }
    }
    let dictionary = match dictionary {
        Some(dictionary) => dictionary,
        None => parts.dictionary(file)?.note_into(&mut notes),
    };
    Ok(Noted { value: Project { dictionary, table }, notes })
}

/// Goes on to the end behind the answers: a document that is cut off there is not whole, and what other answers it holds
/// would be lost in silence.
fn to_the_end(pull: &mut Pull<'_>, file: &FileId) -> Result<(), Diag> {
    loop {
        match pull.next()? {
            Piece::End => return Ok(()),
            Piece::Open(element) if element.name == "ClinicalData" => {
                let message = "the document holds answers in a second place, which REDCap does not write";
                let place = Place::row(file, element.line);
                return Err(Diag::error(codes::FILE_DAMAGED, place, message)
                    .help("somebody joined two projects; export each from REDCap and read them apart"));
            }
            _ => {}
        }
    }
}

fn foreign(file: &FileId, written_by: &str) -> Diag {
    let by = if written_by.is_empty() { "another system than REDCap" } else { written_by };
    let message = format!("{file} is an ODM document of {by}");
    Diag::error(codes::FORMAT_UNKNOWN, Place::file(file), message).help(
        "ODM has no question with several answers, so each system writes them in its own way, and only REDCap's is read; export as CSV",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odm_document_is_known_by_its_root() {
        for text in [
            "<?xml version=\"1.0\"?>\n<ODM a=\"b\">",
            "\u{feff}<?xml version=\"1.0\"?><!-- x --><ODM>",
            "<odm:ODM xmlns:odm=\"x\"/>",
        ] {
            assert!(is_odm(text), "{text}");
        }
        for text in ["", "<", "<?xml", "<!-- ", "<html>", "ODM", "<ODMX>", "<document/>", "record_id,a\n"] {
            assert!(!is_odm(text), "{text}");
        }
    }

    #[test]
    fn o_06_documents_of_other_systems_are_refused_with_a_remedy() {
        for (root, by) in [
            ("<ODM SourceSystem=\"Castor\" xmlns=\"http://www.cdisc.org/ns/odm/v1.3\"/>", "Castor"),
            (
                "<ODM xmlns:OpenClinica=\"http://www.openclinica.org/ns/odm_ext_v130/v3.1\"/>",
                "another system",
            ),
        ] {
            let errors = read(&FileId::new("x.xml"), root, true).err().unwrap();
            assert!(errors[0].message.contains(by) && errors[0].help.is_some());
        }
    }
}
