//! The files that a run writes, made from the outcome in memory.

mod public;
mod requests;

use std::collections::BTreeMap;

use crate::diag::{Diag, Noted, Place, codes};
use crate::figures::{self, Figure};
use crate::io::{Digest, Source, relative};
use crate::record::{FindingsFile, InputRecord, ManifestFile, OutputRecord, ledger_csv};
use crate::report;
use crate::study::ShownFigure;
use crate::tables::{self, Table};
use crate::text::{self, TextTemplate};

use super::compute::Outcome;
use super::publish::Audience;
use super::{Stopped, as_text, claims, inputs};

use public::{PUBLIC_TABLES, left_out, not_drawn, told};
use requests::cannot_show;
pub(super) use requests::{figure, table};

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
        for table in &study.tables {
            let shown = &table.shown;
            if self.outcome.audience == Audience::Public
                && !PUBLIC_TABLES.contains(&shown.show.value.as_str())
            {
                let note = left_out(shown, outline);
                self.files.insert(format!("tables/{}.md", shown.id), note.into_bytes());
                continue;
            }
            match requests::table(study, table, outline, findings) {
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
        for figure in &study.figures {
            let shown = &figure.shown;
            progress(&format!("drawing {}", shown.id));
            let (drawn, withheld) = told(shown, findings, self.outcome.audience);
            if !withheld.is_empty() {
                let note = not_drawn(shown, outline, &withheld);
                self.files.insert(format!("figures/{}.md", shown.id), note.into_bytes());
            }
            if drawn.groups.is_empty() {
                continue;
            }
            let figure = ShownFigure { shown: drawn, ..figure.clone() };
            match requests::figure(study, &figure, outline, findings) {
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
