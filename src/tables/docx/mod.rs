//! All tables of a study as a Word document: real tables with their style, header rows and row headings flagged, captions
//! that Word numbers, and notes.

mod styles;

use crate::word::{
    self, MARGIN, NoDocument, PAGE, Run, TABLE, Written, Xml, clean, empty, paragraph, run, section, within,
};

use super::table::{Row, Table, letter, marks};

/// From so many columns on a table lies on its side.
const WIDE: usize = 6;
/// With more columns than this its letters are smaller.
const MANY: usize = 9;

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

/// The letters of a table.
fn letters(table: &Table) -> &'static styles::Letters {
    if table.columns.len() > MANY { &styles::SMALL } else { &styles::USUAL }
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
        let letters = letters(table);
        line(xml, &headings, (&widths, letters), Line::Header)?;
        for part in &table.sections {
            if !part.label.is_empty() {
                spanning(xml, &part.label, &widths, letters)?;
            }
            for row in &part.rows {
                let kind = if part.label.is_empty() { Line::Plain } else { Line::Below };
                line(xml, &cells(row), (&widths, letters), kind)?;
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

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Header,
    Plain,
    /// Below the label of a section.
    Below,
}

/// A row of cells, each with its text and marks. A header row repeats on every page, and no row breaks across two.
fn line(
    xml: &mut Xml,
    cells: &[(&str, String)],
    (widths, letters): (&[u32], &styles::Letters),
    kind: Line,
) -> Written {
    let is_header = kind == Line::Header;
    let label = if kind == Line::Below { letters.below } else { letters.label };
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
                let style = if position == 0 { label } else { letters.number };
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
fn spanning(xml: &mut Xml, label: &str, widths: &[u32], letters: &styles::Letters) -> Written {
    within(xml, "w:tr", &[], |xml| {
        within(xml, "w:trPr", &[], |xml| empty(xml, "w:cantSplit", &[]))?;
        within(xml, "w:tc", &[], |xml| {
            within(xml, "w:tcPr", &[], |xml| {
                let whole: u32 = widths.iter().sum();
                empty(xml, "w:tcW", &[("w:w", &whole.to_string()), ("w:type", "dxa")])?;
                empty(xml, "w:gridSpan", &[("w:val", &widths.len().to_string())])
            })?;
            paragraph(xml, letters.label, true, |xml| run(xml, label, Run::Bold))
        })
    })
}

/// How wide each column is, in twentieths of a point: as its texts ask and, where they ask for more than the page has beside
/// the labels, between that and the longest word, so that no word breaks while there is room for it.
fn widths(table: &Table) -> Vec<u32> {
    let whole = page(table).0 - 2 * MARGIN;
    let (label_least, label_wanted) = label_width(table, whole);
    let columns = |run: usize| -> Vec<(u32, u32)> {
        (0..table.columns.len()).map(|position| cell_width(table, position, run)).collect()
    };
    let sums = |columns: &[(u32, u32)]| -> (u32, u32) {
        columns.iter().fold((0, 0), |(least, wanted), column| (least + column.0, wanted + column.1))
    };
    // Two words of a heading stand beside each other where there is room; numbers come before headings.
    let roomy = Some(columns(2)).filter(|columns| sums(columns).1 + whole / 5 <= whole);
    let columns = roomy.unwrap_or_else(|| columns(1));
    let (least, wanted) = sums(&columns);
    // Labels give way, to a fifth of the page or to the longest of them.
    let label = whole.saturating_sub(wanted).clamp(label_least, label_wanted);
    let room = whole - label.min(whole / 2);
    let part = |of: u32, by: u32, all: u32| {
        u32::try_from(u64::from(of) * u64::from(by) / u64::from(all.max(1))).unwrap_or(of)
    };
    let fit = |(least_of, wanted_of): (u32, u32)| match room.checked_sub(least) {
        _ if wanted <= room => wanted_of,
        Some(spare) => least_of + part(spare, wanted_of - least_of, wanted - least),
        None => part(room, least_of, least).max(1),
    };
    std::iter::once(label.min(whole / 2)).chain(columns.into_iter().map(fit)).collect()
}

/// The least and the wanted width of the first column.
fn label_width(table: &Table, whole: u32) -> (u32, u32) {
    let labels = || {
        let rows = table.sections.iter().flat_map(|section| &section.rows);
        rows.map(|row| row.label.as_str()).chain([table.stub.as_str()])
    };
    let longest = labels().map(|label| label.chars().count()).max().unwrap_or(0);
    let word = labels().map(|label| words_wide(label, 1)).max().unwrap_or(0);
    // A narrow table is not drawn out over the page, and a long label stands in several lines.
    let wanted = width(table, longest.clamp(20, 60)).max(whole / 4);
    let least = width(table, word.clamp(12, LONGEST_WORD)).max(width(table, longest).min(whole / 5));
    (least.min(wanted), wanted)
}

/// The least and the wanted width of another column, with so many words of its heading beside each other.
fn cell_width(table: &Table, position: usize, run: usize) -> (u32, u32) {
    let heading = table.columns.get(position).map_or("", String::as_str);
    // Bold letters are wider.
    let (mut word, mut line) = (words_wide(heading, 1) + 1, words_wide(heading, run) + 1);
    let rows = table.sections.iter().flat_map(|section| &section.rows);
    for cell in rows.filter_map(|row| row.cells.get(position)) {
        let (share, interval) = lines(&cell.shown);
        let marks = marks(&cell.marks).chars().count().div_ceil(2);
        for text in [share.as_str(), interval.unwrap_or_default()] {
            word = word.max(words_wide(text, 1) + marks);
            line = line.max(text.chars().count() + marks);
        }
    }
    let least = width(table, word.clamp(3, LONGEST_WORD));
    (least, width(table, line.clamp(3, LONGEST_LINE)).max(least))
}

/// A longer word breaks.
const LONGEST_WORD: usize = 24;
/// A longer text stands in several lines.
const LONGEST_LINE: usize = 40;

/// The width of so many letters; cells have a margin of 80 on both sides.
fn width(table: &Table, count: usize) -> u32 {
    u32::try_from(count.min(200)).unwrap_or(200) * letters(table).width + 160
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
