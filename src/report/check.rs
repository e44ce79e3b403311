//! How to verify: the commands by which somebody else finds the same, and what was read.

use std::fmt::Write as _;

use super::Report;
use super::grid::{Column, grid};
use super::page::escape;

/// The commands and the digests.
pub(super) fn check(report: &Report<'_>) -> String {
    let study = quoted(&format!("analyses/{}", report.study));
    let audience = if report.is_public { " --audience public" } else { "" };
    let mut text = format!(
        "<p>With Canvass {}, the study's folder and its exports at hand (a study that does not stand in <code>analyses</code> is named by \
         its own folder):</p>\n<dl>\n\
         <dt><code>canvass verify {study}{audience}</code></dt>\n<dd>computes everything again from the files below and says, number by number, \
         what differs, which row of an export has changed and which output was edited.</dd>\n",
        env!("CARGO_PKG_VERSION")
    );
    // One that counts people leads to their rows.
    if let Some(finding) = report.findings.iter().find(|finding| finding.counts.is_some()) {
        let id = quoted(finding.id.as_str());
        let _ = write!(
            text,
            "<dt><code>canvass trace {study} {id}</code></dt>\n<dd>goes from one number to its base, its rule and the lines of the exports behind \
             it; any id under <a href=\"#findings\">All findings</a> will do.</dd>\n"
        );
    }
    text.push_str(
        "</dl>\n<p><code>manifest.json</code>, beside this report, holds the digest of every file that was written with it.</p>\n",
    );
    if !report.inputs.is_empty() {
        let columns = [("File", Column::Words), ("SHA-256", Column::Words)];
        let rows = report
            .inputs
            .iter()
            .map(|(file, digest)| vec![escape(file), format!("<code>{}</code>", escape(digest))]);
        text.push_str(&grid("What was read, from the study's folder", &columns, rows));
    }
    text
}

/// A word of a command as a shell takes it, escaped for the page.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/_-.~:,+@%".contains(c);
    if !word.is_empty() && !word.starts_with('~') && word.chars().all(is_plain) {
        escape(word)
    } else {
        escape(&format!("'{}'", word.replace('\'', "'\\''")))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_takes_a_word_as_one() {
        assert_eq!(quoted("analyses/near-peer"), "analyses/near-peer");
        assert_eq!(quoted("a b; rm -rf ~"), "&#39;a b; rm -rf ~&#39;");
        assert_eq!(quoted("it's"), "&#39;it&#39;\\&#39;&#39;s&#39;");
    }
}
