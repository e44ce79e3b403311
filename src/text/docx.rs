//! A text as a Word document, with Word's own headings, for a manuscript.

use crate::word::{self, NoDocument, Run as Look, paragraph, run, section, tab};

use super::blocks::{Block, Kind, blocks};

/// The styles of a text: letters of a manuscript, headings that Word finds.
const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading1"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Heading2"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:i/><w:sz w:val="22"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading4"><w:name w:val="heading 4"/><w:basedOn w:val="Heading3"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="160" w:line="360" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="22"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="BodyText"/><w:qFormat/><w:pPr><w:spacing w:after="60"/><w:ind w:left="360" w:hanging="360"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TextNote"><w:name w:val="Text Note"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="60" w:after="60"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
"#;

/// Writes a text, in Markdown, as a document.
pub fn docx(title: &str, text: &str) -> Result<Vec<u8>, NoDocument> {
    word::pack(title, &document(text)?, STYLES)
}

fn document(text: &str) -> Result<Vec<u8>, NoDocument> {
    word::document(|xml| {
        blocks(text).iter().try_for_each(|block| write(xml, block))?;
        section(xml, false)
    })
}

fn write(xml: &mut word::Xml, block: &Block) -> word::Written {
    let (style, before) = match block.kind {
        Kind::Heading(1) => ("Heading1", String::new()),
        Kind::Heading(2) => ("Heading2", String::new()),
        Kind::Heading(3) => ("Heading3", String::new()),
        Kind::Heading(_) => ("Heading4", String::new()),
        Kind::Paragraph | Kind::Row => ("BodyText", String::new()),
        Kind::Point(Some(number)) => ("ListParagraph", format!("{number}.\u{a0}\u{a0}")),
        Kind::Point(None) => ("ListParagraph", "\u{2022}\u{a0}\u{a0}".to_owned()),
        Kind::Note => ("TextNote", String::new()),
    };
    paragraph(xml, style, matches!(block.kind, Kind::Heading(_)), |xml| {
        if !before.is_empty() {
            run(xml, &before, Look::Plain)?;
        }
        for part in &block.runs {
            let look = match (part.bold, part.italic) {
                (true, _) => Look::Bold,
                (false, true) => Look::Italic,
                (false, false) => Look::Plain,
            };
            for (position, cell) in part.text.split('\t').enumerate() {
                if position > 0 {
                    tab(xml)?;
                }
                if !cell.is_empty() {
                    run(xml, cell, look)?;
                }
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_words_own_and_ids_are_not_seen() {
        let text = "# Results\n\nOf 22<!-- a/b --> **people**.\n\n> note\n";
        let body = String::from_utf8(document(text).unwrap()).unwrap();
        for part in [
            "<w:pStyle w:val=\"Heading1\"/>",
            "Of 22 </w:t>",
            "<w:b/></w:rPr><w:t xml:space=\"preserve\">people</w:t>",
            "<w:pStyle w:val=\"TextNote\"/>",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains("a/b"));
        assert_eq!(docx("T", text).unwrap(), docx("T", text).unwrap());
    }

    #[test]
    fn cells_of_a_row_stand_apart_and_an_empty_one_keeps_its_place() {
        let body = String::from_utf8(document("|   | n |\n|---|---|\n| a | 1 |\n").unwrap()).unwrap();
        let runs = |cells: &[&str]| {
            let of = |cell: &&str| {
                if cell.is_empty() {
                    return String::new();
                }
                format!("<w:r><w:t xml:space=\"preserve\">{cell}</w:t></w:r>")
            };
            cells.iter().map(of).collect::<Vec<_>>().join("<w:r><w:tab/></w:r>")
        };
        for row in [["", "n"], ["a", "1"]] {
            assert!(body.contains(&format!("</w:pPr>{}</w:p>", runs(&row))), "{row:?} in {body}");
        }
    }

    #[test]
    fn hostile_words_stay_words() {
        let text = "</w:t>&lt;w:instrText&gt;DDE&lt;/w:instrText&gt; \u{1}&amp;";
        let body = String::from_utf8(document(text).unwrap()).unwrap();
        assert!(!body.contains("<w:instrText>") && !body.contains('\u{1}'), "{body}");
    }
}
