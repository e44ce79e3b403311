//! The two streams: standard output is what was asked for, standard error is talk.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::diag::{Diag, Sources, render};
use crate::pipeline::Stopped;

use super::args::Colour;
use super::wrap::{WIDTH, cut, width};

/// Where the program writes.
pub(super) struct Ui {
    colour: bool,
    /// The line of progress; nothing if nobody watches.
    progress: Option<Progress>,
}

/// What is being done, on one line of the terminal that is overwritten.
///
/// It appears after a second, so that what is done at once leaves no flicker, and a thread keeps its seconds going
/// while the work has nothing to say.
struct Progress(Arc<Mutex<Line>>);

struct Line {
    what: String,
    begun: Instant,
    /// How wide the line on the terminal is now.
    shown: usize,
    over: bool,
}

/// How long somebody waits before being told what for.
const PATIENCE: Duration = Duration::from_secs(1);

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "how long somebody has waited reaches no result")]
    fn start() -> Self {
        let line = Line { what: String::new(), begun: Instant::now(), shown: 0, over: false };
        let line = Arc::new(Mutex::new(line));
        let ticking = Arc::clone(&line);
        thread::spawn(move || {
            loop {
                thread::sleep(PATIENCE / 5);
                let Ok(mut line) = ticking.lock() else { return };
                if line.over {
                    return;
                }
                line.show();
            }
        });
        Self(line)
    }

    fn with(&self, change: impl FnOnce(&mut Line)) {
        if let Ok(mut line) = self.0.lock() {
            change(&mut line);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.with(|line| line.over = true);
    }
}

impl Line {
    fn show(&mut self) {
        let waited = self.begun.elapsed();
        if waited < PATIENCE || self.what.is_empty() {
            return;
        }
        let said = format!("  {} \u{2026} {} s", cut(&self.what, WIDTH - 30), waited.as_secs());
        self.clear();
        self.shown = width(&said);
        let _ = write!(io::stderr(), "{said}");
        let _ = io::stderr().flush();
    }

    fn clear(&mut self) {
        let length = std::mem::take(&mut self.shown);
        if length > 0 {
            let _ = write!(io::stderr(), "\r{:length$}\r", "");
        }
    }
}

impl Ui {
    pub(super) fn new(colour: Colour) -> Self {
        let terminal = io::stderr().is_terminal();
        let colour = match colour {
            Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none(),
            Colour::Always => true,
            Colour::Never => false,
        };
        Self { colour, progress: terminal.then(Progress::start) }
    }

    /// Writes to standard output. A reader that has gone away is no failure.
    pub(super) fn out(&self, text: &str) {
        self.clear();
        let _ = io::stdout().write_all(text.as_bytes());
    }

    /// Says what is being done now, if it takes long and somebody watches.
    pub(super) fn progress(&self, what: &str) {
        if let Some(progress) = &self.progress {
            progress.with(|line| what.clone_into(&mut line.what));
        }
    }

    /// Ends the line of progress, because something is said.
    fn clear(&self) {
        if let Some(progress) = &self.progress {
            progress.with(|line| {
                line.what.clear();
                line.clear();
            });
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
