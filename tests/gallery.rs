//! docs/gallery.md shows every kind of table and figure, each as a committed study makes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use canvass::pipeline::{FIGURE_KINDS, TABLE_KINDS};

/// The studies that are run for everybody.
const STUDIES: [&str; 3] = ["near-peer", "anes96", "waves"];

/// A table of more lines is shown by its first ones.
const LINES: usize = 36;

/// One `[[table]]` or `[[figure]]` of a study file.
struct Asked {
    study: &'static str,
    id: String,
    title: String,
    /// As the study file says it.
    text: String,
}

/// What the studies ask to be shown, by kind, in the order of the studies.
fn asked(key: &str) -> BTreeMap<String, Asked> {
    let mut by_kind = BTreeMap::new();
    for study in STUDIES {
        let file = fs::read_to_string(format!("analyses/{study}/study.toml")).unwrap();
        let header = format!("[[{key}]]\n");
        for part in file.split(&header).skip(1) {
            let lines: Vec<&str> =
                part.lines().take_while(|line| !line.is_empty() && !line.starts_with('[')).collect();
            let body = lines.join("\n");
            let table: toml::Table = body.parse().unwrap();
            let text_of =
                |name: &str| table.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            let asked =
                Asked { study, id: text_of("id"), title: text_of("title"), text: format!("{header}{body}") };
            by_kind.entry(text_of("show")).or_insert(asked);
        }
    }
    by_kind
}

fn example<'a>(kind: &str, asked: &'a BTreeMap<String, Asked>) -> &'a Asked {
    asked.get(kind).unwrap_or_else(|| panic!("no committed study shows {kind}"))
}

/// The page, from the study files and the committed outputs.
fn gallery() -> String {
    let mut page = String::from(
        "# Gallery\n\nEvery kind of figure and table, as the studies of this repository ask for it and as Canvass makes it. \
         The answers of near-peer and waves are invented; those of anes96 are an extract of the American National Election \
         Study of 1996, unweighted.\n\n## Figures\n",
    );
    let figures = asked("figure");
    for kind in FIGURE_KINDS {
        let Asked { study, id, title, text } = example(kind, &figures);
        let path = format!("output/{study}/figures/{id}.svg");
        assert!(Path::new(&path).exists(), "{path} is not there");
        let _ = write!(
            page,
            "\n### {kind}\n\nIn `analyses/{study}/study.toml`:\n\n```toml\n{text}\n```\n\n![{title}](../{path})\n"
        );
    }
    page.push_str("\n## Tables\n");
    let tables = asked("table");
    for kind in TABLE_KINDS {
        let Asked { study, id, text, .. } = example(kind, &tables);
        let path = format!("output/{study}/tables/{id}.md");
        let table = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = table.trim_end().lines().collect();
        let _ = write!(page, "\n### {kind}\n\nIn `analyses/{study}/study.toml`:\n\n```toml\n{text}\n```\n\n");
        let shown = lines.get(..LINES).unwrap_or(&lines);
        let _ = writeln!(page, "{}", shown.join("\n"));
        if shown.len() < lines.len() {
            let _ = writeln!(page, "\n({} more lines: [{id}.md](../{path}))", lines.len() - shown.len());
        }
    }
    page
}

#[test]
fn the_gallery_shows_every_kind_as_the_studies_make_it() {
    let made = gallery();
    let committed = fs::read_to_string("docs/gallery.md").unwrap_or_default();
    if made != committed {
        fs::write("target/gallery.md", &made).unwrap();
        panic!(
            "docs/gallery.md is not what the studies make; what they make is in target/gallery.md: read it, and put it in its place"
        );
    }
}
