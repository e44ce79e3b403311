//! Groups: who answered, which rows count, and what is to be decided about an export as a whole.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diag::{Asks, Folded, fold};
use crate::ingest::Export;
use crate::inspect::one_row_of_each;
use crate::study::QUESTION_KEYS;

use super::names::Names;
use super::{Source, toml};

/// A group of the study.
pub(super) struct Group<'a> {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) source: Source<'a>,
    /// The column and text by which one row of each record is taken.
    one_row: Option<(String, String)>,
    /// The column of record ids, if a record still has several rows.
    repeated: Option<String>,
    /// Whether any row is a preview.
    has_previews: bool,
}

/// A group for each export, called by the export's file.
pub(super) fn groups<'a>(sources: &[Source<'a>]) -> Vec<Group<'a>> {
    let mut names = Names::beside(&QUESTION_KEYS);
    let group = |source: &Source<'a>| {
        let file = source.file.rsplit('/').next().unwrap_or(source.file);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let export = source.export;
        let one_row = one_row_of_each(export);
        let repeated = repeated_record(export, one_row.as_ref());
        Group {
            id: names.give(stem, "group"),
            label: title_of(stem),
            source: *source,
            one_row,
            repeated,
            has_previews: (0..export.table.height()).any(|row| export.is_preview(row) == Some(true)),
        }
    };
    sources.iter().map(group).collect()
}

/// The words of a file's name.
pub(super) fn title_of(stem: &str) -> String {
    let words: Vec<&str> = stem.split(|c: char| c == '_' || c == '-' || c.is_whitespace()).collect();
    let line = words.join(" ");
    let mut letters = line.trim().chars();
    letters.next().map_or_else(|| "Study".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// The name of the column of records, if rows of one record remain in the group.
fn repeated_record(export: &Export, one_row: Option<&(String, String)>) -> Option<String> {
    let table = &export.table;
    let record = export.metadata.record?;
    let filter = one_row.and_then(|(column, value)| {
        Some((table.names().iter().position(|name| name.trim() == column)?, value.as_str()))
    });
    let belongs = |row: &usize| {
        filter.is_none_or(|(column, value)| table.cell(*row, column).map(str::trim) == Some(value))
    };
    let mut seen = BTreeSet::new();
    let again = (0..table.height())
        .filter(belongs)
        .filter_map(|row| table.cell(row, record).map(str::trim))
        .any(|id| !id.is_empty() && !seen.insert(id));
    again.then(|| table.names().get(record).cloned()).flatten()
}

impl Group<'_> {
    /// The group as it stands in the study file.
    pub(super) fn written(&self) -> String {
        let Source { export, report, .. } = self.source;
        let cells = if report.labels { "choice texts" } else { "codes" };
        let what = format!("{} export, {cells} ({})", report.platform, report.evidence);
        let mut text = toml::comment(&what);
        for open in self.to_decide() {
            text.push_str(&toml::decide(&open));
        }
        let _ = writeln!(text, "[groups.{}]\nlabel = {}", self.id, toml::quoted(&self.label));
        let _ = writeln!(text, "export = {}", toml::quoted(self.source.file));
        if let Some(definition) = self.source.definition {
            let _ = writeln!(text, "definition = {}", toml::quoted(definition));
        }
        if let Some((column, value)) = &self.one_row {
            text.push_str(&toml::pairs("where", &[(column.clone(), value.clone())]));
        }
        let link = export.other_columns.first().and_then(|column| export.table.names().get(*column));
        let link = link.map_or("COLUMN OF THE EXPORT", String::as_str);
        text.push_str("# With the list of the people invited there is a response rate:\n");
        let invited = format!(
            "# invited = {{ roster = \"FILE\", key = \"COLUMN OF THE LIST\", link = {} }}\n",
            toml::quoted(&link.split_whitespace().collect::<Vec<_>>().join(" "))
        );
        text.push_str(&invited);
        text
    }

    /// What is doubtful of the export as a whole: what reading it assumed, and rows that may not count.
    fn to_decide(&self) -> Vec<String> {
        let report = self.source.report;
        let folded = fold(&report.notes);
        let mut open: Vec<String> =
            folded.iter().filter(|folded| folded.asks() != Asks::Knowing).map(sentence).collect();
        if let Some((column, value)) = &self.one_row {
            open.push(format!(
                "only rows with {value} in {column} are read, the most frequent; other events need groups of their own"
            ));
        }
        if report.responses.rows == 0 {
            open.push("the export has no rows, so nothing can be computed".to_owned());
        }
        let responses = &report.responses;
        let odd = |status: &str| !matches!(status, "ordinary" | "preview" | "blank" | "test");
        let odd: Vec<&str> = responses
            .by_status
            .iter()
            .map(|(status, _)| status.as_str())
            .filter(|status| odd(status))
            .collect();
        if !odd.is_empty() && odd.len() <= 4 {
            open.push(format!("rows marked as {} are kept", odd.join(", ")));
        }
        open
    }

    fn has_unfinished(&self) -> bool {
        let responses = &self.source.report.responses;
        let unfinished = |finished: u64| responses.rows > finished + responses.finished_unknown;
        responses.finished.is_some_and(unfinished)
    }
}

/// The rules that leave rows out, and as comments those that could.
pub(super) fn rules(groups: &[Group<'_>]) -> String {
    let mut text = String::new();
    let of = |fits: &dyn Fn(&Group<'_>) -> bool| -> Vec<String> {
        groups.iter().filter(|group| fits(group)).map(|group| group.id.clone()).collect()
    };
    let previews = of(&|group| group.has_previews);
    if !previews.is_empty() {
        text.push_str("# Previews and tests are nobody's answers.\n[[exclude]]\nrule = \"preview\"\n");
        text.push_str(&(toml::list("in", &previews) + "\n"));
    }
    for group in groups {
        let Some(record) = &group.repeated else { continue };
        let open =
            "several rows of one record remain, and a person may count once: the most complete is kept";
        text.push_str(&toml::decide(open));
        let _ = writeln!(text, "[[exclude]]\nrule = \"duplicate\"\nby = {}", toml::quoted(record));
        text.push_str("keep = \"most-complete\"\n");
        text.push_str(&(toml::list("in", std::slice::from_ref(&group.id)) + "\n"));
    }
    let unfinished = of(&|group| group.has_unfinished());
    if !unfinished.is_empty() {
        text.push_str(&toml::decide(
            "responses that were not submitted are kept as far as they go; \"break-off\" leaves out those below half, \"unfinished\" all of them",
        ));
        text.push_str(&commented("rule = \"break-off\"\n", &unfinished));
    }
    let repeated = of(&|group| group.source.report.responses.repeated > 0);
    if !repeated.is_empty() {
        text.push_str(&toml::decide(
            "some rows have the same answers as an earlier row; if a column tells people apart, this leaves the second out",
        ));
        text.push_str(&commented("rule = \"duplicate\"\nby = \"COLUMN\"\n", &repeated));
    }
    text
}

/// A rule that does not apply until somebody removes its marks.
fn commented(rule: &str, groups: &[String]) -> String {
    let rule = format!("[[exclude]]\n{rule}{}", toml::list("in", groups));
    let mut text = String::new();
    for line in rule.lines() {
        let _ = writeln!(text, "# {line}");
    }
    text + "\n"
}

/// What is said, once for all places.
fn sentence(folded: &Folded<'_>) -> String {
    let said =
        folded.of_columns().unwrap_or_else(|| format!("{}{}", folded.first.message, folded.elsewhere()));
    match &folded.first.help {
        Some(help) if folded.asks() == Asks::Mending => format!("{said}: {help}"),
        _ => said,
    }
}
