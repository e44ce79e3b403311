//! `canvass codebook`.

mod json;

use crate::diag::{Diag, FileId, Noted, Place, Sources, codes};
use crate::ingest;
use crate::inspect::Codebook as Book;
use crate::io::{Disk, Source as _, join, replace};
use crate::pipeline::{Stopped, prepare, study_file};
use crate::tables::codebook::{csv, html, markdown};

use super::args::{Codebook, CodebookFormat};
use super::exit::{DONE, FAILED};
use super::ui::Ui;

pub(super) fn codebook(options: &Codebook, ui: &mut Ui) -> u8 {
    let read_from = std::iter::once(&options.of).chain(&options.definition);
    if let Some(file) = options.out.as_ref().filter(|out| read_from.clone().any(|name| name == *out)) {
        let problem = Diag::error(
            codes::CANNOT_WRITE,
            Place::file(&FileId::new(file)),
            format!("{file} is what is read, and is not written over"),
        );
        ui.failed(problem);
        return FAILED;
    }
    let Some(format) = format(options) else {
        let file = options.out.as_deref().unwrap_or_default();
        let message = format!("{file} does not say which form of codebook it should be");
        let problem = Diag::error(codes::CANNOT_WRITE, Place::file(&FileId::new(file)), message);
        ui.failed(problem.help("end it in .html, .md, .csv or .json, or add --format"));
        return FAILED;
    };
    let written = read(options, ui).and_then(|book| {
        let bytes = match format {
            CodebookFormat::Html => html(&book).into_bytes(),
            CodebookFormat::Markdown => markdown(&book).into_bytes(),
            CodebookFormat::Csv => csv(&book),
            CodebookFormat::Json => json::json(&book).into_bytes(),
        };
        match &options.out {
            Some(file) => replace(&FileId::new(file), &bytes)
                .map_err(|problem| Stopped { problems: vec![problem], sources: Sources::new() }),
            None => {
                ui.out(&String::from_utf8_lossy(&bytes));
                Ok(())
            }
        }
    });
    match written {
        Ok(()) => DONE,
        Err(stopped) => {
            ui.stopped(&stopped);
            FAILED
        }
    }
}

/// The form that is asked for, or that the name of the file to write says; Markdown on a terminal.
fn format(options: &Codebook) -> Option<CodebookFormat> {
    let Some(file) = &options.out else { return Some(options.format.unwrap_or(CodebookFormat::Markdown)) };
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    options.format.or(match ending.as_deref() {
        Some("html" | "htm") => Some(CodebookFormat::Html),
        Some("md" | "markdown") => Some(CodebookFormat::Markdown),
        Some("csv") => Some(CodebookFormat::Csv),
        Some("json") => Some(CodebookFormat::Json),
        _ => None,
    })
}

fn read(options: &Codebook, ui: &Ui) -> Result<Book, Stopped> {
    let file = FileId::new(options.of.trim_end_matches('/'));
    let is_study =
        file.short().to_lowercase().ends_with(".toml") || Disk.exists(&join(file.as_str(), "study.toml"));
    if is_study || Disk.folder(&file).is_some() {
        let file = study_file(&Disk, &options.of)?;
        let prepared = prepare(&Disk, &file, &|what| ui.progress(what))?;
        return Ok(Book::of_study(&prepared.study, &prepared.cohorts, |group| {
            prepared.exports.get(&(group.export.clone()?, group.definition.clone()))
        }));
    }
    let stopped = |problems| Stopped { problems, sources: Sources::new() };
    let definition = options.definition.as_ref().map(|name| {
        let file = FileId::new(name);
        Disk.read(&file).map(|bytes| (file, bytes))
    });
    let (bytes, definition) = match (Disk.read(&file), definition.transpose()) {
        (Ok(bytes), Ok(definition)) => (bytes, definition),
        (bytes, definition) => {
            return Err(stopped(bytes.err().into_iter().chain(definition.err()).collect()));
        }
    };
    ui.progress(&format!("reading {}", file.short()));
    let given = definition.as_ref().map(|(file, bytes)| (file, bytes.as_slice()));
    let Noted { value: export, .. } = ingest::read(&file, &bytes, given).map_err(stopped)?;
    ui.progress("counting the answers");
    Ok(Book::of_export(&export, definition.as_ref().map(|(file, _)| file.short())))
}
