//! A codebook as an HTML page that stands alone: headings, tables with scopes, a list of contents, no script.

use std::fmt::Write as _;

use super::{answered, columns_of, counts_items, facts, parts, reasons, remark};
use crate::inspect::{Codebook, Entry};
use crate::tables::html::escape;

/// The look: one column that reads well on a screen and on paper.
const STYLE: &str = "\
body{font-family:\"Noto Sans\",Arial,sans-serif;color:#1a1a1a;background:#fff;line-height:1.45;margin:0 auto;\
max-width:62em;padding:1.5em}\
h1{font-size:1.6em;margin:0 0 .5em}h2{font-size:1.1em;margin:0 0 .4em}\
section{border-top:1px solid #767676;padding:1em 0}\
code{font-family:\"Noto Sans Mono\",Consolas,monospace;font-size:.92em;overflow-wrap:anywhere}\
dl{display:grid;grid-template-columns:9em 1fr;gap:.1em 1em;margin:.4em 0}\
dt{color:#4d4d4d}dd{margin:0;overflow-wrap:anywhere}\
table{border-collapse:collapse;margin:.6em 0;font-size:.95em}\
caption{text-align:left;color:#4d4d4d;padding-bottom:.2em}\
th,td{text-align:left;vertical-align:top;padding:.2em 1em .2em 0;overflow-wrap:anywhere}\
thead th{border-bottom:1px solid #767676}tbody th{font-weight:normal}\
td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\
nav ol{columns:18em;column-gap:3em;padding-left:1.6em}nav li{break-inside:avoid}\
a{color:#0b4f9e}a:focus{outline:3px solid #0b4f9e}\
@media print{body{max-width:none;padding:0;font-size:9pt}section{break-inside:avoid}a{color:inherit}}\
@media(max-width:40em){dl{grid-template-columns:1fr}dt{margin-top:.4em}}";

/// The longest wording in the list of contents, in characters.
const LONGEST: usize = 60;

/// Writes a codebook as a page.
pub fn html(codebook: &Codebook) -> String {
    let title = format!("Codebook: {}", escape(&codebook.title));
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    );
    sources(codebook, &mut text);
    text.push_str("</header>\n<nav aria-label=\"Questions\">\n<ol>\n");
    for (entry, number) in codebook.entries.iter().zip(1..) {
        let wording = if entry.label.is_empty() { &entry.wording } else { &entry.label };
        let mut short: String = wording.chars().take(LONGEST).collect();
        if short.len() < wording.len() {
            short.push('\u{2026}');
        }
        let wording = if *wording == entry.id { String::new() } else { format!(" {}", escape(&short)) };
        let source =
            if codebook.sources.len() > 1 { format!(" ({})", escape(&entry.source)) } else { String::new() };
        let _ = writeln!(
            text,
            "<li><a href=\"#q{number}\"><code>{}</code></a>{wording}{source}</li>",
            escape(&entry.id)
        );
    }
    text.push_str("</ol>\n</nav>\n<main>\n");
    for (entry, number) in codebook.entries.iter().zip(1..) {
        question(entry, number, codebook, &mut text);
    }
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

fn sources(codebook: &Codebook, text: &mut String) {
    text.push_str(
        "<table>\n<caption>Sources</caption>\n<thead>\n<tr><th scope=\"col\">Source</th><th scope=\"col\">File</th>\
         <th scope=\"col\">Definition</th><th scope=\"col\">Platform</th><th scope=\"col\">Rows</th>\
         <th scope=\"col\">Columns withheld</th></tr>\n</thead>\n<tbody>\n",
    );
    for source in &codebook.sources {
        let definition = source.definition.as_deref().unwrap_or("none");
        let _ = writeln!(
            text,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            escape(&source.label),
            escape(&source.file),
            escape(definition),
            escape(source.platform),
            source.rows,
            source.withheld
        );
    }
    text.push_str("</tbody>\n</table>\n");
}

fn question(entry: &Entry, number: usize, codebook: &Codebook, text: &mut String) {
    let wording =
        if entry.wording == entry.id { String::new() } else { format!(" {}", escape(&entry.wording)) };
    let _ = writeln!(
        text,
        "<section id=\"q{number}\" aria-labelledby=\"h{number}\">\n<h2 id=\"h{number}\"><code>{}</code>{wording}</h2>\n<dl>",
        escape(&entry.id)
    );
    for (name, what) in facts(entry, codebook) {
        let _ = writeln!(text, "<dt>{name}</dt><dd>{}</dd>", escape(&what));
    }
    text.push_str("</dl>\n");
    choices(entry, text);
    items(entry, text);
    text.push_str("</section>\n");
}

fn choices(entry: &Entry, text: &mut String) {
    if entry.choices.is_empty() {
        return;
    }
    let (codes, remarks) = columns_of(&entry.choices);
    let heading = |shown: bool, word: &str| {
        if shown { format!("<th scope=\"col\">{word}</th>") } else { String::new() }
    };
    let _ = writeln!(
        text,
        "<table>\n<caption>Choices</caption>\n<thead>\n<tr>{}<th scope=\"col\">Choice</th>{}</tr>\n</thead>\n<tbody>",
        heading(codes, "Code"),
        heading(remarks, "Remark")
    );
    for choice in &entry.choices {
        let code = choice.code.as_deref().unwrap_or_default();
        let code = if codes { format!("<td><code>{}</code></td>", escape(code)) } else { String::new() };
        let said = if remarks { format!("<td>{}</td>", escape(&remark(choice))) } else { String::new() };
        let _ = writeln!(text, "<tr>{code}<th scope=\"row\">{}</th>{said}</tr>", escape(&choice.label));
    }
    text.push_str("</tbody>\n</table>\n");
}

fn items(entry: &Entry, text: &mut String) {
    let parts = parts(entry);
    if parts.is_empty() {
        return;
    }
    let counted = counts_items(entry);
    let counts = if counted { "<th scope=\"col\">Answered</th><th scope=\"col\">Missing</th>" } else { "" };
    let _ = writeln!(
        text,
        "<table>\n<caption>Items</caption>\n<thead>\n<tr><th scope=\"col\">Item</th><th scope=\"col\">Wording</th>\
         <th scope=\"col\">Column</th>{counts}</tr>\n</thead>\n<tbody>"
    );
    for item in parts {
        let counts = if counted {
            let answered = answered(item, entry.rows);
            format!("<td class=\"n\">{}</td><td>{}</td>", escape(&answered), escape(&reasons(&item.missing)))
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td><code>{}</code></td>{counts}</tr>",
            escape(&item.id),
            escape(&item.label),
            escape(&item.columns.join(", "))
        );
    }
    text.push_str("</tbody>\n</table>\n");
}
