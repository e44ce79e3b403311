//! The files of the figures: each as the formats that were asked for, its numbers as a table, its words as a text.

use std::fmt::Write as _;
use std::num::NonZero;
use std::thread;

use crate::diag::{Diag, codes};
use crate::figures::{Figure, NotPainted, pdf, png};
use crate::report;
use crate::study::{Format, ShownFigure};
use crate::tables::rows_csv;
use crate::text::escape_markdown;

use super::super::publish::Audience;
use super::Renderer;
use super::public::{is_public_figure, left_out, not_drawn, told};
use super::requests;

/// A file of a figure: its ending and its bytes.
type Written = (&'static str, Vec<u8>);

impl Renderer<'_> {
    /// Draws every figure of the study.
    pub(super) fn figures(&mut self, progress: &dyn Fn(&str)) {
        let study = &self.outcome.study;
        let drawn: Vec<(&ShownFigure, Figure)> =
            study.figures.iter().filter_map(|shown| Some((shown, self.drawn(shown, progress)?))).collect();
        if !drawn.is_empty() {
            self.files.insert("figures/legends.md".to_owned(), legends(&drawn).into_bytes());
        }
        for ((shown, figure), files) in drawn.iter().zip(written(&drawn)) {
            match files {
                Ok(files) => {
                    for (ending, bytes) in files {
                        self.files.insert(format!("figures/{}.{ending}", figure.id), bytes);
                    }
                    let of = shown.shown.of.clone();
                    self.figures.push(report::Shown { what: figure.clone(), of });
                }
                Err(why) => {
                    let message = format!("\"{}\" cannot be painted: {why}", figure.id);
                    let diag = study.error(codes::STUDY_BAD_VALUE, &shown.shown.show.span, message);
                    self.problems.push(diag.help("give it a lower dpi, or formats = [\"svg\", \"pdf\"]"));
                }
            }
        }
    }

    /// A figure of the groups of which everything may be told; a note says which are not drawn.
    fn drawn(&mut self, figure: &ShownFigure, progress: &dyn Fn(&str)) -> Option<Figure> {
        let super::Outcome { study, outline, findings, .. } = self.outcome;
        let shown = &figure.shown;
        let is_public = self.outcome.audience == Audience::Public;
        if is_public && !is_public_figure(shown) {
            let note = left_out("figure", shown, outline);
            self.files.insert(format!("figures/{}.md", shown.id), note.into_bytes());
            return None;
        }
        progress(&format!("drawing {}", shown.id));
        let (may_be_told, withheld) =
            if is_public { told(shown, findings) } else { (shown.clone(), Vec::new()) };
        if !withheld.is_empty() {
            let note = not_drawn(shown, outline, &withheld);
            self.files.insert(format!("figures/{}.md", shown.id), note.into_bytes());
        }
        if may_be_told.groups.is_empty() {
            return None;
        }
        let figure = ShownFigure { shown: may_be_told, ..figure.clone() };
        match requests::figure(study, &figure, outline, findings) {
            Ok(drawn) => {
                let place = study.place(&shown.show.span);
                let warn =
                    |caution: &String| Diag::warning(codes::FIGURE_CAUTION, place.clone(), caution.clone());
                self.notes.extend(drawn.cautions.iter().map(warn));
                Some(drawn)
            }
            Err(problem) => {
                // What `[figures]` says wrongly is wrong of every figure, and said once.
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
                None
            }
        }
    }
}

/// The legends of all figures, numbered in the order of the study file, for the manuscript.
fn legends(drawn: &[(&ShownFigure, Figure)]) -> String {
    let mut page = String::from("# Legends of the figures\n");
    for ((_, figure), number) in drawn.iter().zip(1..) {
        let notes: Vec<String> = figure.notes.iter().map(|note| escape_markdown(note)).collect();
        let _ = write!(
            page,
            "\n**Figure {number}. {}.** {}\n",
            escape_markdown(figure.title.trim_end_matches('.')),
            notes.join(" ")
        );
    }
    page
}

/// The files of each figure, in order. Pixels take most of the time of a run, so that several cores share the figures;
/// which of them is faster changes nothing.
fn written(drawn: &[(&ShownFigure, Figure)]) -> Vec<Result<Vec<Written>, NotPainted>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let part = drawn.len().div_ceil(cores).max(1);
    let mut all: Vec<_> = drawn.iter().map(|_| None).collect();
    thread::scope(|scope| {
        for (figures, places) in drawn.chunks(part).zip(all.chunks_mut(part)) {
            scope.spawn(move || {
                for ((shown, figure), place) in figures.iter().zip(places) {
                    *place = Some(files(figure, &shown.made.formats));
                }
            });
        }
    });
    all.into_iter().flatten().collect()
}

/// The files of a figure.
fn files(figure: &Figure, formats: &[Format]) -> Result<Vec<Written>, NotPainted> {
    let mut files = vec![("csv", rows_csv(&figure.data)), ("txt", format!("{}\n", figure.alt).into_bytes())];
    for format in formats {
        files.push(match format {
            Format::Svg => ("svg", figure.svg.clone().into_bytes()),
            Format::Png => ("png", png(figure, 1.0)?),
            Format::Pdf => ("pdf", pdf(figure)),
        });
    }
    Ok(files)
}
