//! A table in LaTeX: a `table` environment in the style of booktabs, and a document that holds all tables of a study.

use std::fmt::Write as _;

use super::table::{Row, Table, letter, marks};

/// From so many columns on a table is made to fit the width of the line.
const WIDE: usize = 6;

/// What stands before the tables. With pdfTeX Latin letters can be set, with LuaTeX or XeTeX those of every script of
/// the font.
const PREAMBLE: &str = "\
\\documentclass[10pt]{article}
\\usepackage[a4paper,margin=2cm]{geometry}
\\usepackage{iftex}
\\iftutex\\usepackage{fontspec}\\else\\usepackage[T1]{fontenc}\\usepackage{textcomp}\\fi
\\usepackage{booktabs,array,graphicx,caption}
\\captionsetup{justification=raggedright,singlelinecheck=false,labelfont=bf}
\\begin{document}
";

/// Writes a table as an environment; it needs booktabs, array and graphicx.
pub fn latex(table: &Table) -> String {
    let title = escape(&table.title);
    let mut text = format!("\\begin{{table}}[htbp]\n\\caption{{{title}}}\n\\label{{tab:{}}}\n", table.id);
    let wide = table.columns.len() > WIDE;
    text.push_str("\\footnotesize\n");
    if wide {
        text.push_str("\\resizebox{\\linewidth}{!}{%\n");
    }
    let columns = "r".repeat(table.columns.len());
    let first = if wide { "6cm" } else { "0.34\\linewidth" };
    let _ = writeln!(
        text,
        "\\begin{{tabular}}{{@{{}}>{{\\raggedright\\arraybackslash}}p{{{first}}}{columns}@{{}}}}\n\\toprule"
    );
    let headings = table.columns.iter().map(|heading| {
        // A long heading stands in several lines; a bracket after the break would be taken for its option.
        let words = escape(heading).replace(' ', "\\\\{}");
        format!("\\shortstack[r]{{{words}}}")
    });
    line(&mut text, std::iter::once(escape(&table.stub)).chain(headings));
    text.push_str("\\midrule\n");
    for (position, section) in table.sections.iter().enumerate() {
        if position > 0 {
            text.push_str("\\addlinespace\n");
        }
        if !section.label.is_empty() {
            let width = table.columns.len() + 1;
            let label = escape(&section.label);
            let _ = writeln!(text, "\\multicolumn{{{width}}}{{@{{}}l}}{{\\textbf{{{label}}}}}\\\\");
        }
        for row in &section.rows {
            write_row(&mut text, row);
        }
    }
    text.push_str("\\bottomrule\n\\end{tabular}");
    text.push_str(if wide { "}\n" } else { "\n" });
    for (position, footnote) in table.footnotes.iter().enumerate() {
        let mark = letter(position);
        let _ =
            writeln!(text, "\n\\par\\smallskip\\noindent\\textsuperscript{{{mark}}} {}.", escape(footnote));
    }
    for note in &table.notes {
        let _ = writeln!(text, "\n\\par\\smallskip\\noindent {}", escape(note));
    }
    text.push_str("\\end{table}\n");
    text
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

fn write_row(text: &mut String, row: &Row) {
    let cells = row.cells.iter().map(|cell| marked(&cell.shown, &cell.marks));
    line(text, std::iter::once(marked(&row.label, &row.marks)).chain(cells));
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
            "\\multicolumn{2}{@{}l}{\\textbf{Students}}\\\\\n{}Networking\\textsuperscript{a} & 9 (64\\%) \\\\\n\\bottomrule",
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
