//! A filled checklist as a Word document: a table with a header row on every page.

use crate::word::{
    self, MARGIN, NoDocument, PAGE, Run, TABLE, Written, Xml, empty, paragraph, run, section, within,
};

use super::Filled;
use super::markdown::{ids, to_do};
use crate::text::blocks::blocks;

const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="ChecklistText"><w:name w:val="Checklist Text"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr><w:rPr><w:sz w:val="17"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="ChecklistIds"><w:name w:val="Checklist Ids"/><w:basedOn w:val="ChecklistText"/><w:qFormat/><w:rPr><w:color w:val="555555"/><w:sz w:val="14"/></w:rPr></w:style>
"#;

/// The columns' widths but the third, which takes what is left.
const WIDTHS: [u32; 3] = [620, 3_700, 2_900];
const TEXT: &str = "ChecklistText";

/// From so many letters on what is said may go over to the next page.
const LONG: usize = 900;

/// Where a row may break.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    /// Nowhere, and it stands on every page.
    Header,
    /// Nowhere.
    Never,
    /// Within.
    Within,
}

/// Writes a checklist.
pub fn docx(filled: &Filled, study: &str) -> Result<Vec<u8>, NoDocument> {
    word::pack(filled.checklist.title, &document(filled, study)?, STYLES)
}

fn document(filled: &Filled, study: &str) -> Result<Vec<u8>, NoDocument> {
    let [number, asks, ids] = WIDTHS;
    let widths = [number, asks, PAGE.1 - 2 * MARGIN - number - asks - ids, ids];
    word::document(|xml| {
        paragraph(xml, "Heading1", true, |xml| run(xml, filled.checklist.title, Run::Plain))?;
        paragraph(xml, TEXT, true, |xml| run(xml, study, Run::Bold))?;
        paragraph(xml, TEXT, true, |xml| run(xml, &format!("{}.", filled.checklist.source), Run::Plain))?;
        within(xml, "w:tbl", &[], |xml| table(xml, filled, &widths))?;
        for note in &filled.notes {
            paragraph(xml, TEXT, false, |xml| run(xml, note, Run::Plain))?;
        }
        // A table cannot be the last of a body.
        if filled.notes.is_empty() {
            paragraph(xml, TEXT, false, |_| Ok(()))?;
        }
        section(xml, true)
    })
}

fn table(xml: &mut Xml, filled: &Filled, widths: &[u32; 4]) -> Written {
    within(xml, "w:tblPr", &[], |xml| {
        empty(xml, "w:tblStyle", &[("w:val", TABLE)])?;
        empty(xml, "w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
        within(xml, "w:tblBorders", &[], |xml| {
            let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "BBBBBB")];
            empty(xml, "w:insideH", &line)
        })?;
        empty(xml, "w:tblLayout", &[("w:type", "fixed")])?;
        let look = [("w:val", "0020"), ("w:firstRow", "1"), ("w:lastRow", "0"), ("w:firstColumn", "0")];
        empty(
            xml,
            "w:tblLook",
            &[look.as_slice(), &[("w:lastColumn", "0"), ("w:noHBand", "1"), ("w:noVBand", "1")]].concat(),
        )?;
        empty(xml, "w:tblCaption", &[("w:val", filled.checklist.title)])
    })?;
    within(xml, "w:tblGrid", &[], |xml| {
        widths.iter().try_for_each(|width| empty(xml, "w:gridCol", &[("w:w", &width.to_string())]))
    })?;
    row(xml, widths, Breaks::Header, |xml, column| {
        let heading = ["No.", "Item", "What is said", "Findings"].get(column).copied().unwrap_or_default();
        paragraph(xml, TEXT, false, |xml| run(xml, heading, Run::Plain))
    })?;
    let mut before = "";
    for (item, said) in filled.checklist.items.iter().zip(&filled.said) {
        if item.section != before {
            before = item.section;
            heading(xml, widths, item.section)?;
        }
        let breaks = if said.text.chars().count() > LONG { Breaks::Within } else { Breaks::Never };
        row(xml, widths, breaks, |xml, column| match column {
            0 => paragraph(xml, TEXT, false, |xml| run(xml, item.number, Run::Plain)),
            1 => paragraph(xml, TEXT, false, |xml| run(xml, item.asks, Run::Plain)),
            2 => {
                for block in blocks(&said.text) {
                    paragraph(xml, TEXT, false, |xml| run(xml, &block.text(), Run::Plain))?;
                }
                match to_do(filled.checklist.name, item, said) {
                    Some(left) => paragraph(xml, TEXT, false, |xml| run(xml, &left, Run::Bold)),
                    // A cell holds a paragraph at least.
                    None if said.text.is_empty() => paragraph(xml, TEXT, false, |_| Ok(())),
                    None => Ok(()),
                }
            }
            _ => paragraph(xml, "ChecklistIds", false, |xml| run(xml, &ids(said), Run::Plain)),
        })?;
    }
    Ok(())
}

fn row(
    xml: &mut Xml,
    widths: &[u32; 4],
    breaks: Breaks,
    cell: impl Fn(&mut Xml, usize) -> Written,
) -> Written {
    within(xml, "w:tr", &[], |xml| {
        if breaks != Breaks::Within {
            within(xml, "w:trPr", &[], |xml| {
                empty(xml, "w:cantSplit", &[])?;
                if breaks == Breaks::Header { empty(xml, "w:tblHeader", &[]) } else { Ok(()) }
            })?;
        }
        for (column, width) in widths.iter().enumerate() {
            within(xml, "w:tc", &[], |xml| {
                within(xml, "w:tcPr", &[], |xml| {
                    empty(xml, "w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])
                })?;
                cell(xml, column)
            })?;
        }
        Ok(())
    })
}

/// A row with the name of a section.
fn heading(xml: &mut Xml, widths: &[u32; 4], name: &str) -> Written {
    within(xml, "w:tr", &[], |xml| {
        within(xml, "w:trPr", &[], |xml| empty(xml, "w:cantSplit", &[]))?;
        within(xml, "w:tc", &[], |xml| {
            within(xml, "w:tcPr", &[], |xml| {
                let whole: u32 = widths.iter().sum();
                empty(xml, "w:tcW", &[("w:w", &whole.to_string()), ("w:type", "dxa")])?;
                empty(xml, "w:gridSpan", &[("w:val", "4")])
            })?;
            paragraph(xml, TEXT, true, |xml| run(xml, name, Run::Bold))
        })
    })
}
