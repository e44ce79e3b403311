//! The files that a run writes, made from the outcome in memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diag::{Diag, Noted, Place, codes};
use crate::figures::{self, Figure, FigureKind, FigureRequest, ItemOrder};
use crate::findings::{Findings, Outline, Reason, Statistic, Value};
use crate::io::{Digest, Source, relative};
use crate::record::{FindingsFile, InputRecord, ManifestFile, OutputRecord, ledger_csv};
use crate::report;
use crate::study::{Shown, Study};
use crate::tables::{self, PercentOf, Table, TableKind, TableRequest};
use crate::text::{self, TextTemplate};

use super::compute::Outcome;
use super::publish::Audience;
use super::{Stopped, as_text, asked, claims, inputs};

/// The file by which an output folder is known to be ours.
pub const MARK: &str = "manifest.json";

/// Renders every file of a run, by its name in the output folder.
pub fn render(
    outcome: &Outcome,
    source: &dyn Source,
    progress: &dyn Fn(&str),
) -> Result<Noted<BTreeMap<String, Vec<u8>>>, Stopped> {
    let mut renderer = Renderer {
        outcome,
        files: BTreeMap::new(),
        tables: Vec::new(),
        figures: Vec::new(),
        text: None,
        inputs: Vec::new(),
        problems: Vec::new(),
        notes: Vec::new(),
    };
    let mut sources = outcome.sources.clone();
    renderer.tables();
    renderer.figures(progress);
    renderer.text(source, &mut sources);
    // What was reported is checked against everything that was found, not against what may be told of it.
    if outcome.audience == Audience::Private {
        renderer.claims();
    }
    if !renderer.problems.is_empty() {
        return Err(Stopped { problems: renderer.problems, sources });
    }
    let findings = FindingsFile::new(&outcome.study.id, &outcome.outline, &outcome.findings);
    renderer.files.insert("findings.json".to_owned(), findings.write());
    // The ledger tells of single rows.
    if outcome.audience == Audience::Private {
        renderer.files.insert("ledger.csv".to_owned(), ledger_csv(&outcome.ledger, &outcome.study.file));
    }
    renderer.report();
    let manifest = renderer.manifest();
    renderer.files.insert(MARK.to_owned(), manifest.write());
    Ok(Noted { value: renderer.files, notes: renderer.notes })
}

struct Renderer<'a> {
    outcome: &'a Outcome,
    files: BTreeMap<String, Vec<u8>>,
    tables: Vec<report::Shown<Table>>,
    figures: Vec<report::Shown<Figure>>,
    text: Option<String>,
    inputs: Vec<InputRecord>,
    problems: Vec<Diag>,
    notes: Vec<Diag>,
}

impl Renderer<'_> {
    fn tables(&mut self) {
        let Outcome { study, outline, findings, .. } = self.outcome;
        let mut built = Vec::new();
        for shown in &study.tables {
            if self.outcome.audience == Audience::Public
                && !PUBLIC_TABLES.contains(&shown.show.value.as_str())
            {
                let note = left_out(shown, outline);
                self.files.insert(format!("tables/{}.md", shown.id), note.into_bytes());
                continue;
            }
            match table(study, shown, outline, findings) {
                Ok(table) => {
                    let texts = [
                        ("md", tables::markdown(&table).into_bytes()),
                        ("html", tables::html(&table).into_bytes()),
                        ("csv", tables::csv(&table)),
                        ("json", tables::json(&table)),
                        ("tex", tables::latex(&table).into_bytes()),
                    ];
                    for (ending, text) in texts {
                        self.files.insert(format!("tables/{}.{ending}", shown.id), text);
                    }
                    self.tables.push(report::Shown { what: table.clone(), of: shown.of.clone() });
                    built.push(table);
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        if built.is_empty() {
            return;
        }
        self.files.insert("tables.tex".to_owned(), tables::latex_document(&built).into_bytes());
        let whole = [
            ("tables.docx", tables::docx(&study.title, &built).map_err(|why| why.to_string())),
            ("tables.xlsx", tables::xlsx(&study.title, &built, findings).map_err(|why| why.to_string())),
        ];
        for (name, written) in whole {
            match written {
                Ok(bytes) => drop(self.files.insert(name.to_owned(), bytes)),
                Err(why) => {
                    let diag = Diag::error(codes::CANNOT_WRITE, Place::Nowhere, format!("{name}: {why}"));
                    self.problems.push(diag.help("a sheet holds at most 1,048,576 rows and 16,384 columns"));
                }
            }
        }
    }

    fn figures(&mut self, progress: &dyn Fn(&str)) {
        let Outcome { study, outline, findings, .. } = self.outcome;
        for shown in &study.figures {
            progress(&format!("drawing {}", shown.id));
            let (drawn, withheld) = told(shown, findings);
            if !withheld.is_empty() {
                let note = not_drawn(shown, outline, &withheld);
                self.files.insert(format!("figures/{}.md", shown.id), note.into_bytes());
            }
            if drawn.groups.is_empty() {
                continue;
            }
            let shown = &drawn;
            match figure(study, shown, outline, findings) {
                Ok(figure) => match figures::png(&figure, 1.0) {
                    Ok(png) => {
                        let place = study.place(&shown.show.span);
                        let warn = |caution: &String| {
                            Diag::warning(codes::FIGURE_CAUTION, place.clone(), caution.clone())
                        };
                        self.notes.extend(figure.cautions.iter().map(warn));
                        self.files
                            .insert(format!("figures/{}.svg", shown.id), figure.svg.clone().into_bytes());
                        self.files.insert(format!("figures/{}.png", shown.id), png);
                        self.figures.push(report::Shown { what: figure, of: shown.of.clone() });
                    }
                    Err(reason) => self.problems.push(cannot_show(study, shown, &reason.to_string())),
                },
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    fn text(&mut self, source: &dyn Source, sources: &mut crate::diag::Sources) {
        let Outcome { study, outline, findings, .. } = self.outcome;
        let Some(template) = &study.template else { return };
        let bytes = match source.read(&template.file) {
            Ok(bytes) => bytes,
            Err(problem) => {
                self.problems.push(problem);
                return;
            }
        };
        let record = self.input(&inputs::plain(&template.file, &bytes));
        self.inputs.push(record);
        let words = match as_text(&template.file, bytes) {
            Ok(words) => words,
            Err(problem) => {
                self.problems.push(problem);
                return;
            }
        };
        sources.insert(template.file.clone(), words.clone());
        let written = TextTemplate::parse(&template.file, &words)
            .and_then(|parsed| text::write(&parsed, template.words, outline, findings, study.style));
        match written {
            Ok(written) => {
                self.files.insert("results.md".to_owned(), written.markdown.clone().into_bytes());
                self.text = Some(written.markdown);
            }
            Err(mut problems) => self.problems.append(&mut problems),
        }
    }

    fn report(&mut self) {
        let Outcome { study, outline, findings, ledger, inputs, audience, .. } = self.outcome;
        let named =
            |input: &crate::record::Input| (relative(&study.file, &input.file), input.digest.to_string());
        let told = inputs.iter().filter(|input| self.is_told(input));
        let mut inputs: Vec<(String, String)> = told.map(named).collect();
        // By the names that are shown: how the study was named to the program changes nothing.
        inputs.sort();
        let page = report::report(&report::Report {
            study: &study.id,
            outline,
            findings,
            text: self.text.as_deref(),
            tables: &self.tables,
            figures: &self.figures,
            // The ledger tells of single rows.
            ledger: (*audience == Audience::Private).then_some(ledger),
            inputs: &inputs,
            is_public: *audience == Audience::Public,
        });
        self.files.insert("report.html".to_owned(), page.into_bytes());
    }

    /// A claim that nothing could bear out is a mistake of its file; one whose words say another number is warned of.
    fn claims(&mut self) {
        let Some(reported) = &self.outcome.reported else { return };
        let (mistakes, warnings): (Vec<Diag>, Vec<Diag>) =
            claims::check(reported, &self.outcome.findings).into_iter().partition(Diag::is_error);
        self.problems.extend(mistakes);
        self.notes.extend(warnings);
    }

    fn input(&self, input: &crate::record::Input) -> InputRecord {
        InputRecord {
            file: relative(&self.outcome.study.file, &input.file),
            sha256: input.digest.to_string(),
            rows: input.rows,
        }
    }

    /// Whether a file that was read may be named with its digest: that of answers, of lists of people or of what was
    /// reported of them lets anybody confirm a guess.
    fn is_told(&self, input: &crate::record::Input) -> bool {
        match self.outcome.audience {
            Audience::Private => true,
            Audience::Public => input.file == self.outcome.study.file,
        }
    }

    fn manifest(&mut self) -> ManifestFile {
        let mut inputs = std::mem::take(&mut self.inputs);
        inputs.extend(
            self.outcome.inputs.iter().filter(|input| self.is_told(input)).map(|input| self.input(input)),
        );
        inputs.sort_by(|a, b| a.file.cmp(&b.file));
        let outputs = self
            .files
            .iter()
            .map(|(file, bytes)| OutputRecord { file: file.clone(), sha256: Digest::of(bytes).to_string() })
            .collect();
        let manifest = ManifestFile::new(&self.outcome.study.id, inputs, outputs);
        match self.outcome.audience {
            Audience::Private => manifest,
            Audience::Public => manifest.public(),
        }
    }
}

/// A figure with the groups that it can draw whole, and the others: a bar that is missing would be seen as none.
fn told(shown: &Shown, findings: &Findings) -> (Shown, Vec<String>) {
    let is_withheld = |group: &String| {
        findings.iter().filter(|finding| finding.group == *group).any(|finding| {
            let of = finding.question.as_ref();
            let about = of.map_or(shown.of.is_empty(), |question| shown.of.contains(question));
            let is_drawn = matches!(
                finding.statistic,
                Statistic::Invited
                    | Statistic::Disposition
                    | Statistic::Received
                    | Statistic::Included
                    | Statistic::Rr2
                    | Statistic::Answered
                    | Statistic::Level
                    | Statistic::TopBox
                    | Statistic::Ticked
                    | Statistic::RankShare
                    | Statistic::Unranked
                    | Statistic::MeanRank
            );
            let value_is = matches!(finding.value, Value::NotComputed(Reason::Withheld));
            let account_is = finding.question.is_some() && finding.base.asked.is_none();
            about && is_drawn && (value_is || account_is)
        })
    };
    let (withheld, told) = shown.groups.iter().cloned().partition(is_withheld);
    (Shown { groups: told, ..shown.clone() }, withheld)
}

/// What stands in the place of a table that could tell something of single people.
fn left_out(shown: &Shown, outline: &Outline) -> String {
    let title = if shown.title.is_empty() { &shown.id } else { &shown.title };
    let mut words =
        format!("**{title}**\n\nLeft out: a table of {} is {}.\n", shown.show.value, Reason::Withheld);
    for note in &outline.notes {
        let _ = writeln!(words, "\n{note}");
    }
    words
}

/// What stands in the place of a figure, or of some groups of it.
fn not_drawn(shown: &Shown, outline: &Outline, withheld: &[String]) -> String {
    let title = if shown.title.is_empty() { &shown.id } else { &shown.title };
    let groups: Vec<&str> = withheld.iter().map(|group| outline.group_label(group)).collect();
    let mut words = format!("**{title}**\n\nNot drawn, because counts are {}: ", Reason::Withheld);
    words.push_str(&groups.join(", "));
    words.push_str(". The tables hold what is told of them.\n");
    for note in &outline.notes {
        let _ = writeln!(words, "\n{note}");
    }
    words
}

/// Builds a table that the study file asks for.
pub(super) fn table(
    study: &Study,
    shown: &Shown,
    outline: &Outline,
    findings: &Findings,
) -> Result<Table, Diag> {
    let request = TableRequest {
        id: shown.id.clone(),
        title: shown.title.clone(),
        groups: shown.groups.clone(),
        compared: asked::chosen(study, shown)?,
        kind: table_kind(study, shown)?,
    };
    asked::asked(study, shown)?;
    tables::build(&request, outline, findings, study.style)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))
}

/// Draws a figure that the study file asks for.
pub(super) fn figure(
    study: &Study,
    shown: &Shown,
    outline: &Outline,
    findings: &Findings,
) -> Result<Figure, Diag> {
    let request = FigureRequest {
        id: shown.id.clone(),
        kind: figure_kind(study, shown)?,
        title: shown.title.clone(),
        groups: shown.groups.clone(),
    };
    figures::render(&request, outline, findings, study.style)
        .map_err(|reason| cannot_show(study, shown, &reason.to_string()))
}

fn cannot_show(study: &Study, shown: &Shown, why: &str) -> Diag {
    let message = format!("\"{}\" cannot be made: {why}", shown.id);
    let diag = study.error(codes::STUDY_WRONG_KIND, &shown.show.span, message);
    diag.help("what it shows must be asked by an [[ask]]")
}

/// The one question that a table or figure shows.
fn one_question(study: &Study, shown: &Shown) -> Result<String, Diag> {
    match shown.of.as_slice() {
        [question] => Ok(question.clone()),
        _ => {
            let message = format!("\"{}\" shows one question, and names {}", shown.id, shown.of.len());
            Err(study
                .error(codes::STUDY_BAD_VALUE, &shown.show.span, message)
                .help("add of = \"the question\""))
        }
    }
}

/// Every kind of table, in the order in which they are listed to a writer.
const TABLES: &[&str] = &[
    "response",
    "sample",
    "items",
    "choices",
    "ranking",
    "numbers",
    "flow",
    "co-selection",
    "preferences",
    "worths",
    "multi-comparison",
    "ranking-comparison",
    "comparisons",
    "crosstab",
    "defaults",
    "pairs",
    "agreement",
    "concordance",
    "change",
    "dispositions",
    "outcome-rates",
    "nonresponse",
    "sides",
    "battery",
    "net promoter",
];

/// The kinds of table that show nothing but findings of which `disclose` knows what they tell, each in a cell of its own
/// whatever was found.
const PUBLIC_TABLES: &[&str] = &[
    "response",
    "sample",
    "items",
    "choices",
    "ranking",
    "numbers",
    "flow",
    "dispositions",
    "outcome-rates",
];

/// The link that a table is about: the only one, where it names none.
fn link(study: &Study, shown: &Shown) -> Result<String, Diag> {
    match (&shown.link, study.links.as_slice()) {
        (Some(link), _) => Ok(link.value.clone()),
        (None, [only]) => Ok(only.id.clone()),
        (None, links) => {
            let message = format!("\"{}\" is about a link, and the study has {}", shown.id, links.len());
            let ids: Vec<&str> = links.iter().map(|link| link.id.as_str()).collect();
            let help = if ids.is_empty() {
                "declare one: [links.NAME]".to_owned()
            } else {
                format!("add link = \"...\": {}", ids.join(", "))
            };
            Err(study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message).help(help))
        }
    }
}

/// The kind of table that the study file names.
fn table_kind(study: &Study, shown: &Shown) -> Result<TableKind, Diag> {
    if let Some(order) = &shown.order {
        let message = "the rows of a table stand in the order asked";
        return Err(study.error(codes::STUDY_BAD_VALUE, &order.span, message).help("leave order out"));
    }
    let question = || one_question(study, shown);
    let percent = percent(study, shown)?;
    let questions = || shown.of.clone();
    match shown.show.value.as_str() {
        "pairs" => Ok(TableKind::Pairs { link: link(study, shown)? }),
        "agreement" => Ok(TableKind::Agreement { link: link(study, shown)?, questions: questions() }),
        "concordance" => Ok(TableKind::Concordance { link: link(study, shown)?, questions: questions() }),
        "change" => Ok(TableKind::Change { link: link(study, shown)?, questions: questions() }),
        _ if shown.link.is_some() => {
            let span = shown.link.as_ref().map_or(&shown.show.span, |link| &link.span);
            let message = format!("a table of {} is about no link", shown.show.value);
            Err(study.error(codes::STUDY_BAD_VALUE, span, message).help("leave link out"))
        }
        "response" => Ok(TableKind::Response),
        "dispositions" => Ok(TableKind::Dispositions),
        "outcome-rates" => Ok(TableKind::OutcomeRates),
        "nonresponse" => Ok(TableKind::Nonresponse { questions: shown.of.clone() }),
        "sample" => Ok(TableKind::Sample { questions: shown.of.clone() }),
        "items" => Ok(TableKind::Items { question: question()? }),
        "choices" => Ok(TableKind::Choices { question: question()? }),
        "ranking" => Ok(TableKind::Ranking { question: question()? }),
        "co-selection" => Ok(TableKind::CoSelection { question: question()? }),
        "preferences" => Ok(TableKind::Preferences { question: question()? }),
        "worths" => Ok(TableKind::Worths { question: question()? }),
        "multi-comparison" => Ok(TableKind::MultiComparison { question: question()? }),
        "ranking-comparison" => Ok(TableKind::RankingComparison { question: question()? }),
        "flow" => Ok(TableKind::Flow),
        "numbers" => Ok(TableKind::Numbers { questions: shown.of.clone() }),
        "comparisons" => Ok(TableKind::Comparisons { questions: shown.of.clone() }),
        "crosstab" => Ok(TableKind::Crosstab { question: question()?, percent }),
        "defaults" => Ok(TableKind::Defaults { questions: shown.of.clone() }),
        "sides" => Ok(TableKind::Sides { question: question()? }),
        "battery" => Ok(TableKind::Battery { score: question()? }),
        "net promoter" => Ok(TableKind::NetPromoter { questions: shown.of.clone() }),
        other => {
            let message = format!("there is no table \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help(format!("there are: {}", TABLES.join(", "))))
        }
    }
}

/// What the percents of a crosstab are of; nothing else shows percents of several bases.
fn percent(study: &Study, shown: &Shown) -> Result<PercentOf, Diag> {
    let Some(percent) = &shown.percent else { return Ok(PercentOf::default()) };
    let error = |message: String| study.error(codes::STUDY_BAD_VALUE, &percent.span, message);
    if shown.show.value != "crosstab" {
        return Err(
            error("only a crosstab can choose what its percents are of".to_owned()).help("leave percent out")
        );
    }
    match percent.value.as_str() {
        "row" => Ok(PercentOf::Row),
        "column" => Ok(PercentOf::Column),
        "total" => Ok(PercentOf::Total),
        other => {
            Err(error(format!("percents cannot be of \"{other}\"")).help("there are: row, column, total"))
        }
    }
}

/// The kind of figure that the study file names.
fn figure_kind(study: &Study, shown: &Shown) -> Result<FigureKind, Diag> {
    let question = || one_question(study, shown);
    let order = match shown.order.as_ref().map(|order| order.value.as_str()) {
        None | Some("asked") => ItemOrder::Asked,
        Some("top-box") => ItemOrder::TopBox,
        Some(other) => {
            let span = shown.order.as_ref().map_or(&shown.show.span, |order| &order.span);
            let message = format!("there is no order \"{other}\"");
            return Err(study.error(codes::STUDY_BAD_VALUE, span, message).help("there are: asked, top-box"));
        }
    };
    match shown.show.value.as_str() {
        "flow" => Ok(FigureKind::Flow),
        "diverging" => Ok(FigureKind::Diverging { question: question()?, order }),
        "ranking" => Ok(FigureKind::Ranking { question: question()? }),
        "choices" => Ok(FigureKind::Choices { question: question()? }),
        other => {
            let message = format!("there is no figure \"{other}\"");
            let diag = study.error(codes::STUDY_BAD_VALUE, &shown.show.span, message);
            Err(diag.help("there are: flow, diverging, ranking, choices"))
        }
    }
}
