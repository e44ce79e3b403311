//! What stands behind the results: the methods that were used, cautions, what was left out, and how to check it all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::findings::Findings;
use crate::normalise::Ledger;
use crate::stats::Method;

use super::Report;
use super::page::escape;

/// The methods that some finding or interval names, once each, in the order of their ids.
pub(super) fn methods(findings: &Findings) -> String {
    let mut used: BTreeMap<&str, (Method, u64)> = BTreeMap::new();
    for finding in findings {
        let interval = finding.interval.as_ref().map(|interval| interval.method);
        for method in finding.method.into_iter().chain(interval) {
            used.entry(method.id).or_insert((method, 0)).1 += 1;
        }
    }
    if used.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "<p>Computed with Canvass {}. <code>canvass explain ID</code> prints the definition of a method and what it was \
         checked against.</p>\n<div class=\"table\">\n<table>\n<caption>Methods</caption>\n<thead>\n<tr><th scope=\"col\">Method</th>\
         <th scope=\"col\">Convention</th><th scope=\"col\">Id</th><th scope=\"col\">Findings</th></tr>\n</thead>\n<tbody>\n",
        env!("CARGO_PKG_VERSION")
    );
    for (id, (method, count)) in used {
        let _ = writeln!(
            text,
            "<tr><th scope=\"row\">{}</th><td class=\"words\">{}</td><td><code>{}</code></td><td>{count}</td></tr>",
            escape(method.name),
            escape(method.convention),
            escape(id)
        );
    }
    text.push_str("</tbody>\n</table>\n</div>\n");
    text
}

/// What must be said beside findings, by how many findings it is said of.
pub(super) fn cautions(findings: &Findings) -> String {
    let mut said: BTreeMap<String, (u64, &str)> = BTreeMap::new();
    for finding in findings {
        for caution in &finding.cautions {
            said.entry(caution.to_string()).or_insert((0, finding.id.as_str())).0 += 1;
        }
    }
    if said.is_empty() {
        return String::new();
    }
    let mut said: Vec<(String, (u64, &str))> = said.into_iter().collect();
    // The sort is stable: what is said equally often stays in the order of its words.
    said.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let mut text = "<div class=\"table\">\n<table>\n<caption>What must be said beside findings</caption>\n<thead>\n<tr><th scope=\"col\">Caution</th>\
         <th scope=\"col\">Findings</th><th scope=\"col\">For example</th></tr>\n</thead>\n<tbody>\n"
        .to_owned();
    for (words, (count, example)) in said {
        let _ = writeln!(
            text,
            "<tr><th scope=\"row\">{}</th><td>{count}</td><td class=\"words\"><code>{}</code></td></tr>",
            escape(&words),
            escape(example)
        );
    }
    text.push_str("</tbody>\n</table>\n</div>\n");
    text
}

/// How many rows and cells each rule left out or read otherwise; which ones stands in the ledger.
pub(super) fn ledger(ledger: &Ledger) -> String {
    let mut counts: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for entry in ledger.sorted() {
        *counts.entry((&entry.rule, entry.file.short().to_owned())).or_default() += 1;
    }
    if counts.is_empty() {
        return String::new();
    }
    let mut text = "<p><code>ledger.csv</code> names every row and cell by its line.</p>\n<div class=\"table\">\n<table>\n<caption>Rows and cells by rule</caption>\n\
         <thead>\n<tr><th scope=\"col\">Rule</th><th scope=\"col\">File</th><th scope=\"col\">Rows or cells</th></tr>\n</thead>\n<tbody>\n"
        .to_owned();
    for ((rule, file), count) in counts {
        let _ = writeln!(
            text,
            "<tr><th scope=\"row\">{}</th><td class=\"words\">{}</td><td>{count}</td></tr>",
            escape(rule),
            escape(&file)
        );
    }
    text.push_str("</tbody>\n</table>\n</div>\n");
    text
}

/// The commands by which somebody else finds the same, and what was read.
pub(super) fn check(report: &Report<'_>) -> String {
    let study = escape(report.study);
    let audience = if report.is_public { " --audience public" } else { "" };
    let mut text = format!(
        "<p>With the study's folder and its exports at hand:</p>\n<ul>\n\
         <li><code>canvass verify analyses/{study}{audience}</code> computes everything again and says, number by number, what differs.</li>\n\
         <li><code>canvass trace analyses/{study} FINDING</code> lists the lines of the exports behind a number. Every cell of a table here holds the \
         ids of its findings; <code>findings.json</code> holds them all, unformatted.</li>\n</ul>\n"
    );
    if !report.inputs.is_empty() {
        text.push_str(
            "<div class=\"table\">\n<table>\n<caption>What was read</caption>\n<thead>\n<tr><th scope=\"col\">File</th><th scope=\"col\">SHA-256</th></tr>\n\
             </thead>\n<tbody>\n",
        );
        for (file, digest) in report.inputs {
            let _ = writeln!(
                text,
                "<tr><th scope=\"row\">{}</th><td class=\"words\"><code>{}</code></td></tr>",
                escape(file),
                escape(digest)
            );
        }
        text.push_str("</tbody>\n</table>\n</div>\n");
    }
    text
}
