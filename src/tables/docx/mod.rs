//! All tables of a study as a Word document: real tables with their style, header rows and row headings flagged, captions
//! that Word numbers, and notes.

mod styles;

use crate::word::{
    self, MARGIN, NoDocument, PAGE, Run, TABLE, Written, Xml, clean, empty, paragraph, run, section, within,
};

use super::table::{Row, Table, letter, marks};

/// From so many columns on a table lies on its side.
const WIDE: usize = 6;

/// Writes a document of all tables, each on a page of its own.
pub fn docx(title: &str, tables: &[Table]) -> Result<Vec<u8>, NoDocument> {
    document(tables).and_then(|written| word::pack(title, &written, styles::STYLES))
}

fn document(tables: &[Table]) -> Result<Vec<u8>, NoDocument> {
    word::document(|xml| {
        for (position, table) in tables.iter().enumerate() {
            write_table(xml, table, position + 1)?;
            let is_last = position + 1 == tables.len();
            // The last section of a document stands in its body, every other in a paragraph of its own.
            if is_last {
                section(xml, is_wide(table))?;
            } else {
                within(xml, "w:p", &[], |xml| within(xml, "w:pPr", &[], |xml| section(xml, is_wide(table))))?;
            }
        }
        Ok(())
    })
}

fn is_wide(table: &Table) -> bool {
    table.columns.len() > WIDE
}

fn page(table: &Table) -> (u32, u32) {
    if is_wide(table) { (PAGE.1, PAGE.0) } else { PAGE }
}

fn write_table(xml: &mut Xml, table: &Table, number: usize) -> Written {
    caption(xml, table, number)?;
    let widths = widths(table);
    within(xml, "w:tbl", &[], |xml| {
        within(xml, "w:tblPr", &[], |xml| {
            empty(xml, "w:tblStyle", &[("w:val", TABLE)])?;
            empty(xml, "w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
            empty(xml, "w:tblLayout", &[("w:type", "fixed")])?;
            let look = [("w:val", "00A0"), ("w:firstRow", "1"), ("w:lastRow", "0"), ("w:firstColumn", "1")];
            let rest = [("w:lastColumn", "0"), ("w:noHBand", "1"), ("w:noVBand", "1")];
            empty(xml, "w:tblLook", &[look.as_slice(), &rest].concat())?;
            // What a reader who cannot see the table is told of it.
            empty(xml, "w:tblCaption", &[("w:val", &clean(&table.title))])
        })?;
        within(xml, "w:tblGrid", &[], |xml| {
            widths.iter().try_for_each(|width| empty(xml, "w:gridCol", &[("w:w", &width.to_string())]))
        })?;
        let headings: Vec<(&str, String)> = std::iter::once(&table.stub)
            .chain(&table.columns)
            .map(|heading| (heading.as_str(), String::new()))
            .collect();
        line(xml, &headings, &widths, true)?;
        for part in &table.sections {
            if !part.label.is_empty() {
                spanning(xml, &part.label, &widths)?;
            }
            for row in &part.rows {
                line(xml, &cells(row), &widths, false)?;
            }
        }
        Ok(())
    })?;
    for (position, footnote) in table.footnotes.iter().enumerate() {
        let text = format!(" {footnote}.");
        paragraph(xml, styles::NOTE, false, |xml| {
            run(xml, &letter(position), Run::Raised)?;
            run(xml, &text, Run::Plain)
        })?;
    }
    table
        .notes
        .iter()
        .try_for_each(|note| paragraph(xml, styles::NOTE, false, |xml| run(xml, note, Run::Plain)))
}

/// "Table 1. Title", with a number that Word keeps when tables are moved.
fn caption(xml: &mut Xml, table: &Table, number: usize) -> Written {
    paragraph(xml, styles::CAPTION, true, |xml| {
        run(xml, "Table ", Run::Plain)?;
        within(xml, "w:fldSimple", &[("w:instr", " SEQ Table \\* ARABIC ")], |xml| {
            run(xml, &number.to_string(), Run::Plain)
        })?;
        run(xml, &format!(". {}", table.title), Run::Plain)
    })
}

fn cells(row: &Row) -> Vec<(&str, String)> {
    std::iter::once((row.label.as_str(), marks(&row.marks)))
        .chain(row.cells.iter().map(|cell| (cell.shown.as_str(), marks(&cell.marks))))
        .collect()
}

/// A row of cells, each with its text and marks. A header row repeats on every page, and no row breaks across two.
fn line(xml: &mut Xml, cells: &[(&str, String)], widths: &[u32], is_header: bool) -> Written {
    within(xml, "w:tr", &[], |xml| {
        within(xml, "w:trPr", &[], |xml| {
            empty(xml, "w:cantSplit", &[])?;
            if is_header { empty(xml, "w:tblHeader", &[]) } else { Ok(()) }
        })?;
        for (position, ((text, marks), width)) in cells.iter().zip(widths).enumerate() {
            within(xml, "w:tc", &[], |xml| {
                within(xml, "w:tcPr", &[], |xml| {
                    empty(xml, "w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])?;
                    if is_header { empty(xml, "w:vAlign", &[("w:val", "bottom")]) } else { Ok(()) }
                })?;
                let style = if position == 0 { styles::LABEL } else { styles::NUMBER };
                paragraph(xml, style, false, |xml| {
                    // An interval stands below its share, so that a wide table still fits a page.
                    let (share, interval) = lines(text);
                    run(xml, &share, Run::Plain)?;
                    if let Some(interval) = interval {
                        within(xml, "w:r", &[], |xml| empty(xml, "w:br", &[]))?;
                        run(xml, interval, Run::Plain)?;
                    }
                    if marks.is_empty() { Ok(()) } else { run(xml, marks, Run::Raised) }
                })
            })?;
        }
        Ok(())
    })
}

/// A share and its interval apart; any other text as it is.
fn lines(text: &str) -> (String, Option<&str>) {
    match text.split_once(") [") {
        Some((share, _)) => (format!("{share})"), text.get(share.len() + 2..)),
        None => (text.to_owned(), None),
    }
}

/// A row whose one cell goes over all columns.
fn spanning(xml: &mut Xml, label: &str, widths: &[u32]) -> Written {
    within(xml, "w:tr", &[], |xml| {
        within(xml, "w:trPr", &[], |xml| empty(xml, "w:cantSplit", &[]))?;
        within(xml, "w:tc", &[], |xml| {
            within(xml, "w:tcPr", &[], |xml| {
                let whole: u32 = widths.iter().sum();
                empty(xml, "w:tcW", &[("w:w", &whole.to_string()), ("w:type", "dxa")])?;
                empty(xml, "w:gridSpan", &[("w:val", &widths.len().to_string())])
            })?;
            paragraph(xml, styles::LABEL, true, |xml| run(xml, label, Run::Bold))
        })
    })
}

/// How wide each column is, in twentieths of a point: as its longest word or short text asks, the first what remains.
fn widths(table: &Table) -> Vec<u32> {
    let whole = page(table).0 - 2 * MARGIN;
    let columns = table.columns.iter().enumerate().map(|(position, heading)| {
        let cells = table.sections.iter().flat_map(|section| &section.rows);
        let shown = cells.filter_map(|row| row.cells.get(position)).map(|cell| {
            let (share, interval) = lines(&cell.shown);
            words_wide(&share, 2).max(interval.map_or(0, |interval| interval.chars().count()))
        });
        shown.max().unwrap_or(0).max(words_wide(heading, 1)).max(3)
    });
    let letters: Vec<usize> = columns.collect();
    let wanted: usize = letters.iter().sum();
    // A letter of eight points is about 90 wide; cells have a margin of 80 on both sides.
    let taken: u32 = letters.iter().map(|letters| width(*letters)).sum();
    let most = whole - whole / 4;
    let scaled = |letters: usize| match (taken > most, wanted) {
        (true, 1..) => u32::try_from(u64::from(most) * letters as u64 / wanted as u64).unwrap_or(most),
        _ => width(letters),
    };
    let columns: Vec<u32> = letters.iter().map(|letters| scaled(*letters)).collect();
    let first = whole - columns.iter().sum::<u32>().min(most);
    // A narrow table is not drawn out over the page.
    let longest =
        table.sections.iter().flat_map(|section| &section.rows).map(|row| row.label.chars().count());
    let enough = width(longest.max().unwrap_or(0).max(table.stub.chars().count()).max(20));
    std::iter::once(first.min(enough.max(whole / 4))).chain(columns).collect()
}

fn width(letters: usize) -> u32 {
    u32::try_from(letters.min(200)).unwrap_or(200) * 90 + 160
}

/// The letters of the longest run of so many words.
fn words_wide(text: &str, run: usize) -> usize {
    let words: Vec<usize> = text.split(' ').map(|word| word.chars().count()).collect();
    words
        .windows(run.min(words.len()))
        .map(|run| run.iter().sum::<usize>() + run.len() - 1)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::samples;

    fn body(table: &Table) -> String {
        String::from_utf8(document(std::slice::from_ref(table)).unwrap()).unwrap()
    }

    #[test]
    fn header_rows_and_row_headings_are_flagged() {
        let text = body(&samples::small());
        for part in [
            "<w:tblHeader/>",
            "w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\"",
            "<w:tblCaption w:val=\"Motivations\"/>",
            "<w:t xml:space=\"preserve\">9 (64%)</w:t>",
            "<w:vertAlign w:val=\"superscript\"/></w:rPr><w:t xml:space=\"preserve\">a</w:t>",
            "<w:gridSpan w:val=\"2\"/>",
            " SEQ Table ",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn hostile_words_stay_words() {
        let mut table = samples::small();
        table.title = "</w:t><w:instrText>DDE</w:instrText>\u{0}\u{ffff}&".into();
        let text = body(&table);
        assert!(!text.contains("<w:instrText>") && !text.contains('\u{0}') && !text.contains('\u{ffff}'));
    }

    #[test]
    fn columns_fill_the_page_and_no_more() {
        let mut table = samples::small();
        for columns in [1, 3, 12, 60] {
            table.columns = vec!["A heading of words".into(); columns];
            let widths = widths(&table);
            let whole = page(&table).0 - 2 * MARGIN;
            assert!(
                widths.iter().sum::<u32>() <= whole && widths.iter().all(|width| *width > 0),
                "{columns}"
            );
        }
    }
}
