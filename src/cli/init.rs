//! `canvass init`.

use std::fmt::Write as _;

use crate::diag::{Diag, FileId, Place, Sources, codes};
use crate::draft::{Change, Draft, Given, Source as DraftSource, TEMPLATE, changes, draft, fit};
use crate::ingest::{self, Export};
use crate::inspect::{Report, inspect};
use crate::io::{Disk, Source as _, create, join, relative, replace};
use crate::pipeline::Stopped;
use crate::study::Study;

use super::args::Init;
use super::exit::{DIFFERENT, DONE, FAILED};
use super::export::read_export;
use super::study::to_decide;
use super::ui::{Ui, counted};
use super::wrap::hang;

/// What init wrote, beside the study file that a person edits: what is new is told by comparing with it.
const DRAFTED: &str = ".study.drafted.toml";

pub(super) fn init(options: &Init, ui: &mut Ui) -> u8 {
    match work(options, ui) {
        Ok(status) => status,
        Err(problems) => {
            ui.stopped_before_writing(&Stopped { problems, sources: Sources::new() });
            FAILED
        }
    }
}

fn work(options: &Init, ui: &Ui) -> Result<u8, Vec<Diag>> {
    let folder = folder(options);
    let study = join(&folder, "study.toml");
    let read = exports(options, ui)?;
    let seen_from_study = |file: &FileId| relative(&Disk.absolute(&study), &Disk.absolute(file));
    let named: Vec<(String, Option<String>)> = read
        .iter()
        .map(|read| (seen_from_study(&read.file), read.definition.as_ref().map(seen_from_study)))
        .collect();
    let sources: Vec<DraftSource<'_>> = read
        .iter()
        .zip(&named)
        .map(|(read, (file, definition))| DraftSource {
            file,
            definition: definition.as_deref(),
            export: &read.export,
            report: &read.report,
        })
        .collect();
    let name = folder.rsplit('/').next().unwrap_or("study");
    let drafted = draft(&title(name), &sources);
    if Disk.exists(&study) {
        return again(&study, &folder, &drafted, ui).map_err(|problem| vec![problem]);
    }
    let text = drafted.study.as_bytes();
    let copy = join(&folder, DRAFTED);
    // A copy without its study is what a study that was moved away left.
    if Disk.exists(&copy) {
        replace(&copy, text).map_err(|problem| vec![problem])?;
    } else {
        create(&FileId::new(&folder), &[(DRAFTED, text)]).map_err(|problem| vec![problem])?;
    }
    let template = join(&folder, TEMPLATE);
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    if !Disk.exists(&template) {
        files.push((TEMPLATE, drafted.template.as_bytes()));
    }
    // Last of all, so that a study file is there only if all of it is.
    files.push(("study.toml", text));
    create(&FileId::new(&folder), &files).map_err(|problem| vec![problem])?;
    ui.out(&summary(&folder, &study, &drafted));
    Ok(DONE)
}

/// The folder of the study: the one that is named, else one called by the first export.
fn folder(options: &Init) -> String {
    match &options.out {
        Some(out) => {
            let out = out.trim_end_matches('/');
            out.strip_suffix("/study.toml").unwrap_or(if out.is_empty() { "/" } else { out }).to_owned()
        }
        None => {
            let file = FileId::new(options.exports.first().map_or("", String::as_str));
            let stem = file.short().rsplit_once('.').map_or(file.short(), |(stem, _)| stem);
            format!("analyses/{}", crate::codebook::slug(stem))
        }
    }
}

fn title(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(|| "Study".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// An export, read with the definition that fits it.
struct Read {
    file: FileId,
    definition: Option<FileId>,
    export: Export,
    report: Report,
}

fn exports(options: &Init, ui: &Ui) -> Result<Vec<Read>, Vec<Diag>> {
    let mut problems = Vec::new();
    let mut files: Vec<Given> = Vec::new();
    for name in &options.exports {
        let file = FileId::new(name);
        if files.iter().any(|given| given.file == file) {
            problems.push(usage(format!("{file} is named twice"), "name each export once"));
            continue;
        }
        match read_export(&file) {
            Ok(bytes) => files.push(Given { file, bytes }),
            Err(problem) => problems.push(problem),
        }
    }
    let (named, tried) = definitions(options, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    ui.progress("finding the definition of each export");
    let free: Vec<Given> =
        files.iter().filter(|given| !named.iter().any(|(of, _)| *of == given.file)).cloned().collect();
    let fitting = fit(&free, &tried)?;
    let mut read = Vec::new();
    for given in &files {
        let said = named.iter().find(|(of, _)| *of == given.file).map(|(_, definition)| definition);
        let found = || {
            let at = free.iter().position(|free| free.file == given.file)?;
            tried.get((*fitting.get(at)?)?)
        };
        let definition = said.or_else(found);
        ui.progress(&format!("reading {}", given.file.short()));
        match export(given, definition) {
            Ok(export) => read.push(export),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

/// The definitions: those of a named export, and those whose export is found by trying.
fn definitions(options: &Init, problems: &mut Vec<Diag>) -> (Vec<(FileId, Given)>, Vec<Given>) {
    let (mut named, mut tried) = (Vec::new(), Vec::new());
    for name in &options.definitions {
        let of = name.split_once('=').filter(|(export, _)| options.exports.iter().any(|own| own == export));
        let file = FileId::new(of.map_or(name.as_str(), |(_, file)| file));
        match (Disk.read(&file), of) {
            (Ok(bytes), Some((export, _))) => named.push((FileId::new(export), Given { file, bytes })),
            (Ok(bytes), None) => tried.push(Given { file, bytes }),
            (Err(problem), _) => problems.push(problem),
        }
    }
    (named, tried)
}

fn usage(message: String, help: &str) -> Diag {
    Diag::error(codes::STUDY_DUPLICATE, Place::Nowhere, message).help(help)
}

fn export(given: &Given, definition: Option<&Given>) -> Result<Read, Vec<Diag>> {
    let with = definition.map(|definition| (&definition.file, definition.bytes.as_slice()));
    let mut notes = Vec::new();
    let export = ingest::read(&given.file, &given.bytes, with)?.note_into(&mut notes);
    let report = inspect(&export, notes);
    let definition = definition.map(|definition| definition.file.clone());
    Ok(Read { file: given.file.clone(), definition, export, report })
}

fn summary(folder: &str, study: &FileId, drafted: &Draft) -> String {
    let lines = lines(study, &drafted.study);
    let mut text = format!(
        "wrote {study} ({}, {}, {}, {} to decide)\n",
        counted(drafted.questions as u64, "question"),
        counted(drafted.tables as u64, "table"),
        counted(drafted.figures as u64, "figure"),
        counted(lines.len() as u64, "line")
    );
    for line in &lines {
        text.push_str(&hang("  ", line, 4));
    }
    if drafted.private > 0 {
        let left = counted(drafted.private as u64, "column");
        let _ = writeln!(text, "left out: {left} that may tell who a person is");
    }
    let _ = writeln!(text, "try: canvass run {folder}");
    text
}

/// The lines to decide of a draft; none if it cannot be read, which `check` would say.
fn lines(study: &FileId, text: &str) -> Vec<String> {
    let sources = Sources::from([(study.clone(), text.to_owned())]);
    Study::parse(study, text, "study").map(|study| to_decide(&study, &sources)).unwrap_or_default()
}

/// Compares with the study that is there, and leaves it as it is.
fn again(study: &FileId, folder: &str, drafted: &Draft, ui: &Ui) -> Result<u8, Diag> {
    let read = |file: &FileId| Disk.read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let current = read(study)?;
    let copy = join(folder, DRAFTED);
    let before = if Disk.exists(&copy) { Some(read(&copy)?) } else { None };
    let change = changes(before.as_deref().unwrap_or(&current), &drafted.study, &current, study.as_str());
    match change {
        Change::Nothing => {
            ui.out(&format!("{study} is there, and init would write nothing new\n"));
            Ok(DONE)
        }
        Change::TakenOver => {
            replace(&copy, drafted.study.as_bytes())?;
            ui.out(&format!("{study} has taken over everything that is new\n"));
            Ok(DONE)
        }
        Change::Open(patch) => {
            ui.out(&patch);
            let compared = match &before {
                Some(before) if *before == current => "it is as init wrote it",
                Some(_) => "it was edited, and your edits are not part of this difference",
                None => "what init wrote at first is not known, so it is compared with the study as it is",
            };
            ui.complain(&format!(
                "{study} is left as it is: {compared}.\nTo take over what is new, copy the lines with + into it, or pipe this command into: patch {study}\n"
            ));
            Ok(DIFFERENT)
        }
    }
}
