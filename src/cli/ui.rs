//! The two streams: standard output is what was asked for, standard error is talk.

use std::io::{self, IsTerminal as _, Write as _};

use crate::diag::{Diag, Sources, render};
use crate::pipeline::Stopped;

use super::args::Colour;

/// Where the program writes.
pub(super) struct Ui {
    colour: bool,
    talks: bool,
    /// The length of the line of progress that stands on the terminal now.
    progress: std::cell::Cell<usize>,
}

impl Ui {
    pub(super) fn new(colour: Colour) -> Self {
        let terminal = io::stderr().is_terminal();
        let colour = match colour {
            Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none(),
            Colour::Always => true,
            Colour::Never => false,
        };
        Self { colour, talks: terminal, progress: std::cell::Cell::new(0) }
    }

    /// Writes to standard output. A reader that has gone away is no failure.
    pub(super) fn out(&self, text: &str) {
        self.clear();
        let _ = io::stdout().write_all(text.as_bytes());
    }

    /// Says what is being done, on one line that is overwritten; nothing if nobody watches.
    pub(super) fn progress(&self, what: &str) {
        if self.talks {
            self.clear();
            self.progress.set(what.chars().count() + 2);
            let _ = write!(io::stderr(), "\r  {what}");
            let _ = io::stderr().flush();
        }
    }

    fn clear(&self) {
        let length = self.progress.replace(0);
        if length > 0 {
            let _ = write!(io::stderr(), "\r{:length$}\r", "");
        }
    }

    /// Writes diagnostics to standard error.
    pub(super) fn diagnostics(&self, diags: &[Diag], sources: &Sources) {
        self.clear();
        if !diags.is_empty() {
            let _ = io::stderr().write_all(render(diags, sources, self.colour).as_bytes());
        }
    }

    /// Says why the work stopped.
    pub(super) fn stopped(&self, stopped: &Stopped) {
        self.stopped_with(stopped, "");
    }

    /// Says why a run stopped, and that nothing was written.
    pub(super) fn stopped_before_writing(&self, stopped: &Stopped) {
        self.stopped_with(stopped, "; nothing was written");
    }

    fn stopped_with(&self, stopped: &Stopped, consequence: &str) {
        self.diagnostics(&stopped.problems, &stopped.sources);
        let problems = counted(stopped.problems.len() as u64, "problem");
        let _ = writeln!(io::stderr(), "{problems}{consequence}");
    }

    /// Writes a complaint to standard error.
    pub(super) fn complain(&self, message: &str) {
        self.clear();
        let _ = io::stderr().write_all(message.as_bytes());
    }

    /// Says why the work stopped.
    pub(super) fn failed(&self, diag: Diag) {
        self.diagnostics(&[diag], &Sources::new());
    }
}

/// A count with its noun: "1 table", "2 tables".
pub(super) fn counted(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
