//! A table in LaTeX: a `table` environment in the style of booktabs, and a document that holds all tables of a study.

use std::fmt::Write as _;

use super::table::{Row, Table, letter, marks};

/// From so many columns on a table is made to fit the width of the line.
const WIDE: usize = 6;

/// With more lines than this a table goes on over pages.
const LONG: usize = 45;

/// What stands before the tables. Those that go on over pages have the widths of their columns from the second run on. With pdfTeX Latin letters can be set, with LuaTeX or XeTeX those of every script of
/// the font.
const PREAMBLE: &str = "\
% Tables over several pages have their widths from the second run on.
\\documentclass[10pt]{article}
\\usepackage[a4paper,margin=2cm]{geometry}
\\usepackage{iftex}
\\iftutex\\usepackage{fontspec}\\else\\usepackage[T1]{fontenc}\\usepackage{textcomp}\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\\fi
\\usepackage{booktabs,array,graphicx,caption,longtable,pdflscape}
\\captionsetup{justification=raggedright,singlelinecheck=false,labelfont=bf}
\\begin{document}
";

/// Writes a table as an environment; it needs booktabs, array and graphicx, and one of many rows, which goes on over pages
/// with its headings on each, longtable and pdflscape.
pub fn latex(table: &Table) -> String {
    let lines =
        table.sections.iter().map(|section| section.rows.len() + usize::from(!section.label.is_empty()));
    let is_long = lines.sum::<usize>() > LONG;
    let mut text = if is_long { long(table) } else { floating(table) };
    for (position, footnote) in table.footnotes.iter().enumerate() {
        let mark = letter(position);
        let _ =
            writeln!(text, "\n\\par\\smallskip\\noindent\\textsuperscript{{{mark}}} {}.", escape(footnote));
    }
    for note in &table.notes {
        let _ = writeln!(text, "\n\\par\\smallskip\\noindent {}", escape(note));
    }
    text.push_str(match (is_long, is_wide(table)) {
        (true, true) => "\\end{landscape}\n",
        (true, false) => "\\endgroup\n",
        (false, true) => "\\end{table}\n\\end{landscape}\n",
        (false, false) => "\\end{table}\n",
    });
    text
}

/// Whether the columns ask for more than the line has beside the labels.
fn is_wide(table: &Table) -> bool {
    /// A letter is about 4 points wide, and between columns there are 12.
    const ROOM: usize = 300;
    let points = table.columns.iter().enumerate().map(|(position, heading)| {
        let rows = table.sections.iter().flat_map(|section| &section.rows);
        let cells = rows.filter_map(|row| row.cells.get(position)).map(|cell| cell.shown.chars().count());
        let headings = lines(heading).into_iter().map(|line| line.chars().count());
        cells.chain(headings).max().unwrap_or(0) * 4 + 12
    });
    table.columns.len() > WIDE || points.sum::<usize>() > ROOM
}

/// A table on one page, up to its notes.
fn floating(table: &Table) -> String {
    let wide = is_wide(table);
    // A wide one lies on its side, and shrinks only if it is wider than that.
    let place = if wide { "\\begin{landscape}\n\\begin{table}[p]" } else { "\\begin{table}[htbp]" };
    let mut text = format!("{place}\n{}\n\\footnotesize\n", caption(table));
    if wide {
        text.push_str("\\setbox0=\\hbox{%\n");
    }
    let first = if wide { "6cm" } else { "0.34\\linewidth" };
    let _ = writeln!(text, "\\begin{{tabular}}{{{}}}\n\\toprule", columns(table, first));
    head(&mut text, table);
    body(&mut text, table);
    text.push_str("\\bottomrule\n\\end{tabular}");
    text.push_str(if wide {
        "}%\n\\noindent\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\copy0}\\else\\copy0\\fi\n"
    } else {
        "\n"
    });
    text
}

/// A table over several pages, up to its notes; a wide one on their side.
fn long(table: &Table) -> String {
    let (begin, size, first) = match table.columns.len() {
        _ if !is_wide(table) => ("\\begingroup\n", "\\footnotesize", "0.34\\linewidth"),
        0..=12 => ("\\begin{landscape}\n", "\\scriptsize\\setlength{\\tabcolsep}{3pt}", "5cm"),
        _ => ("\\begin{landscape}\n", "\\tiny\\setlength{\\tabcolsep}{2pt}", "4cm"),
    };
    let mut text = format!("{begin}{size}\n\\begin{{longtable}}{{{}}}\n", columns(table, first));
    let _ = writeln!(text, "{}\\\\\n\\toprule", caption(table));
    head(&mut text, table);
    text.push_str("\\endfirsthead\n\\toprule\n");
    head(&mut text, table);
    text.push_str("\\endhead\n\\bottomrule\n\\endfoot\n");
    body(&mut text, table);
    text.push_str("\\end{longtable}\n");
    text
}

fn caption(table: &Table) -> String {
    format!("\\caption{{{}}}\n\\label{{tab:{}}}", escape(&table.title), table.id)
}

/// The columns: the first of a width, in which long labels stand in several lines.
fn columns(table: &Table, first: &str) -> String {
    let others = "r".repeat(table.columns.len());
    format!("@{{}}>{{\\raggedright\\arraybackslash}}p{{{first}}}{others}@{{}}")
}

/// The row of headings and the rule below it.
fn head(text: &mut String, table: &Table) {
    let headings = table.columns.iter().map(|heading| {
        // A long heading stands in several lines; a bracket after the break would be taken for its option.
        let lines: Vec<String> = lines(heading).iter().map(|line| escape(line)).collect();
        format!("\\shortstack[r]{{{}}}", lines.join("\\\\{}"))
    });
    line(text, std::iter::once(escape(&table.stub)).chain(headings));
    text.push_str("\\midrule\n");
}

/// A heading in lines, broken between its words.
fn lines(heading: &str) -> Vec<String> {
    /// Letters of a line, if its words are not longer.
    const LINE: usize = 14;
    let mut lines: Vec<String> = Vec::new();
    for word in heading.split_whitespace() {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= LINE => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The rows in their sections; those below the label of a section stand further in.
fn body(text: &mut String, table: &Table) {
    for (position, section) in table.sections.iter().enumerate() {
        if position > 0 {
            text.push_str("\\addlinespace\n");
        }
        if !section.label.is_empty() {
            let width = table.columns.len() + 1;
            let label = escape(&section.label);
            // A label longer than the line stands in several; a short one makes no narrow table wider.
            let kind = if section.label.chars().count() > 60 { "p{0.9\\linewidth}" } else { "l" };
            let _ = writeln!(text, "\\multicolumn{{{width}}}{{@{{}}{kind}}}{{\\textbf{{{label}}}}}\\\\");
        }
        for row in &section.rows {
            write_row(text, row, !section.label.is_empty());
        }
    }
}

/// Writes a document of all tables, which compiles as it is.
pub fn latex_document(tables: &[Table]) -> String {
    let mut text = PREAMBLE.to_owned();
    for table in tables {
        text.push_str(&latex(table));
        text.push_str("\\clearpage\n");
    }
    text.push_str("\\end{document}\n");
    text
}

fn write_row(text: &mut String, row: &Row, is_below: bool) {
    let cells = row.cells.iter().map(|cell| marked(&cell.shown, &cell.marks));
    let indent = if is_below { "\\hspace{0.8em}" } else { "" };
    // A label of several lines keeps the distance to the next row.
    let label = format!("{indent}{}\\strut{{}}", marked(&row.label, &row.marks));
    line(text, std::iter::once(label).chain(cells));
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    // A bracket at the start of a cell would be taken for an option of the line break before it.
    let _ = writeln!(text, "{{}}{} \\\\", cells.join(" & "));
}

fn marked(words: &str, positions: &[usize]) -> String {
    let words = escape(words);
    if positions.is_empty() { words } else { format!("{words}\\textsuperscript{{{}}}", marks(positions)) }
}

/// A text without any command.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '<' => escaped.push_str("\\textless{}"),
            '>' => escaped.push_str("\\textgreater{}"),
            '|' => escaped.push_str("\\textbar{}"),
            '"' => escaped.push_str("\\textquotedbl{}"),
            // Two of them would become a dash or a quotation mark.
            '-' => escaped.push_str("-{}"),
            '`' => escaped.push_str("\\textasciigrave{}"),
            '\'' => escaped.push_str("\\textquotesingle{}"),
            '\u{2212}' => escaped.push_str("\\ensuremath{-}"),
            '\u{d7}' => escaped.push_str("\\ensuremath{\\times}"),
            '\u{2264}' => escaped.push_str("\\ensuremath{\\leq}"),
            '\u{2265}' => escaped.push_str("\\ensuremath{\\geq}"),
            '\u{3bf}' => escaped.push_str("\\ensuremath{o}"),
            '\u{3b1}'..='\u{3c9}' => {
                let _ = write!(escaped, "\\ensuremath{{\\{}}}", greek(character));
            }
            '\u{b2}' => escaped.push_str("\\textsuperscript{2}"),
            '\u{2013}' => escaped.push_str("--"),
            '\u{2014}' => escaped.push_str("---"),
            '\u{2026}' => escaped.push_str("\\ldots{}"),
            '\u{a0}' | '\u{202f}' => escaped.push('~'),
            _ if character.is_control() || character.is_whitespace() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The command of a lower-case Greek letter, with which every engine sets it.
fn greek(letter: char) -> &'static str {
    const NAMES: [&str; 25] = [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "rho",
        "varsigma",
        "sigma",
        "tau",
        "upsilon",
        "varphi",
        "chi",
        "psi",
        "omega",
    ];
    let position = u32::from(letter).checked_sub(0x3b1).and_then(|at| usize::try_from(at).ok());
    position.and_then(|at| NAMES.get(at)).copied().unwrap_or("alpha")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::samples;

    #[test]
    fn a_table_has_its_caption_rules_rows_and_notes() {
        let text = latex(&samples::small());
        for part in [
            "\\caption{Motivations}\n\\label{tab:motivations}",
            "\\toprule\n{}Choice & \\shortstack[r]{Respondents} \\\\\n\\midrule",
            "\\multicolumn{2}{@{}l}{\\textbf{Students}}\\\\\n{}\\hspace{0.8em}Networking\\textsuperscript{a}\\strut{} & 9 (64\\%) \\\\\n\\bottomrule",
            "\\noindent\\textsuperscript{a} small base.",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    /// Every sign beyond ASCII that the sources of tables write, as they spell it.
    #[test]
    fn every_sign_of_our_own_is_set_by_every_engine() {
        let sources = [
            include_str!("draft/mod.rs"),
            include_str!("builders/comparisons.rs"),
            include_str!("builders/crosstab/mod.rs"),
            include_str!("builders/linked.rs"),
            include_str!("builders/whole.rs"),
            include_str!("builders/together.rs"),
            include_str!("builders/net_promoter.rs"),
            include_str!("builders/battery.rs"),
        ];
        let mut greek = 0;
        for spelt in sources.iter().flat_map(|source| source.split("\\u{").skip(1)) {
            let hex = spelt.split('}').next().unwrap();
            let sign = char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap();
            let escaped = escape(&sign.to_string());
            // With T1 letters of Latin are set as they are.
            assert!(escaped.is_ascii() || (sign as u32) < 0x180, "U+{hex}: {escaped}");
            greek += usize::from(('\u{3b1}'..='\u{3c9}').contains(&sign));
        }
        assert!(greek > 3, "the signs are found in the sources");
        let all: String = ('\u{3b1}'..='\u{3c9}').map(|letter| escape(&letter.to_string())).collect();
        assert!(all.is_ascii(), "{all}");
        assert_eq!(escape("\u{3b5}\u{3b7}"), "\\ensuremath{\\varepsilon}\\ensuremath{\\eta}");
    }

    #[test]
    fn hostile_words_are_no_commands() {
        let escaped = escape("\\input{/etc/passwd} 50% & $x$ #1 _a_ ~ ^ [x] -- \u{0}");
        assert_eq!(
            escaped,
            "\\textbackslash{}input\\{/etc/passwd\\} 50\\% \\& \\$x\\$ \\#1 \\_a\\_ \\textasciitilde{} \
             \\textasciicircum{} [x] -{}-{}  "
        );
    }
}
