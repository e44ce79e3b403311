//! The shell: arguments in, text out, an exit status. Everything else is the library's.

mod args;
mod check;
mod codebook;
mod exit;
mod explain;
mod export;
mod init;
mod inspect;
mod notes;
mod run;
mod study;
mod template;
mod trace;
mod ui;
mod verify;
mod wrap;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use ui::Ui;

pub use exit::{DIFFERENT, DONE, FAILED};

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Clap writes help to standard output and complaints to standard error; a closed pipe is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { DONE });
        }
    };
    let mut ui = Ui::new(args.colour);
    let status = match &args.command {
        Command::Inspect(options) => inspect::inspect(options, &mut ui),
        Command::Init(options) => init::init(options, &mut ui),
        Command::Check(options) => check::check(options, &mut ui),
        Command::Codebook(options) => codebook::codebook(options, &mut ui),
        Command::Run(options) => run::run(options, &mut ui),
        Command::Template(options) => template::template(options, &mut ui),
        Command::Verify(options) => verify::verify(options, &mut ui),
        Command::Trace(options) => trace::trace(options, &mut ui),
        Command::Explain(options) => explain::explain(options, &mut ui),
    };
    ExitCode::from(status)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Args::command().debug_assert();
    }
}
