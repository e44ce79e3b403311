//! The `canvass` program: a thin shell over the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    canvass::cli::main()
}
