//! What can be typed.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// From a raw survey export to every table, figure and sentence of an abstract, and back from any printed number to
/// the answers behind it.
#[derive(Debug, Parser)]
#[command(name = "canvass", version, max_term_width = 100, after_help = EXIT_STATUS)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to use colour.
    #[arg(long = "color", alias = "colour", value_enum, default_value_t = Colour::Auto, global = true)]
    pub(super) colour: Colour,
}

const EXIT_STATUS: &str = "Exit status: 0 done; 1 checked, and something differs; 2 it could not be done.";

/// Who is to read the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// Those who may see every answer.
    Private,
    /// Everybody: what the study's [disclosure] protects is withheld, and audited.
    Public,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal that wants it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say what an export is and why, its questions, who answered them, and every problem with its place.
    Inspect(Inspect),
    /// Draft a study of exports that runs as it is; where there is one, show what it would change.
    Init(Init),
    /// Check a study file against its data without computing: what it reads, keeps and asks, or every mistake in it.
    Check(Check),
    /// Write the codebook of an export or of a study: questions, items, choices, conditions, counts and columns.
    Codebook(Codebook),
    /// Compute a study and write its findings, tables, figures and text.
    Run(Run),
    /// Write a template of a study's text: headings, methods, a placeholder for each main finding, what is left to write.
    Template(Template),
    /// Compute a study again from its raw files and check its committed output and its reported results.
    Verify(Verify),
    /// Show the base, the rule, the formula and the rows behind one number.
    Trace(Trace),
    /// Explain a diagnostic code, a method or a statistic in plain words.
    Explain(Explain),
}

#[derive(Debug, ClapArgs)]
pub(super) struct Inspect {
    /// The export.
    pub(super) export: String,
    /// The definition of its survey: .qsf, data dictionary, ODM document, XLSForm or .lss.
    #[arg(long, value_name = "FILE")]
    pub(super) definition: Option<String>,
    /// Write JSON for machines.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = INIT_STATUS)]
pub(super) struct Init {
    /// The exports, a group for each.
    #[arg(required = true, value_name = "EXPORT")]
    pub(super) exports: Vec<String>,
    /// The definition of a survey, as for inspect. Of several exports it is of the one that it fits; EXPORT=FILE says
    /// which.
    #[arg(long = "definition", value_name = "FILE")]
    pub(super) definitions: Vec<String>,
    /// The folder for the study [default: analyses/<first export>].
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<String>,
}

const INIT_STATUS: &str = "A study that is there is never written over. Then init prints, as a patch, what it would write now and did \
not write before, without what the study has taken over since.

Exit status: 0 written, or nothing is new; 1 something is new; 2 it could not be done.";

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Exit status: 0 a run would accept it; 1 it has mistakes; 2 a file of it could not be read."
)]
pub(super) struct Check {
    /// The study: its folder or its study.toml.
    pub(super) study: String,
    /// Write JSON for machines.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Codebook {
    /// The export, or the study: its folder or its study.toml.
    pub(super) of: String,
    /// The definition of the export's survey: .qsf, data dictionary, ODM document, XLSForm or .lss.
    #[arg(long, value_name = "FILE")]
    pub(super) definition: Option<String>,
    /// The form to write [default: by the ending of --out, else markdown].
    #[arg(long, value_enum)]
    pub(super) format: Option<CodebookFormat>,
    /// The file to write; without it the codebook is printed.
    #[arg(short, long, value_name = "FILE")]
    pub(super) out: Option<String>,
}

/// The forms of a codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CodebookFormat {
    /// A page that stands alone.
    Html,
    /// Plain text with tables.
    Markdown,
    /// A line for each item and choice.
    Csv,
    /// For machines.
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Run {
    /// The study: its folder or its study.toml.
    pub(super) study: String,
    /// The folder for the outputs [default: output/<study>, or output/<study>-public].
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<String>,
    /// Who is to read them.
    #[arg(long, value_enum, default_value_t = Audience::Private)]
    pub(super) audience: Audience,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Template {
    /// The study: its folder or its study.toml.
    pub(super) study: String,
    /// The file to write, which must not be there yet; without it the template is printed.
    #[arg(short, long, value_name = "FILE")]
    pub(super) out: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Verify {
    /// The study: its folder or its study.toml.
    pub(super) study: String,
    /// The folder of the committed outputs [default: output/<study>, or output/<study>-public].
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<String>,
    /// For whom they were written.
    #[arg(long, value_enum, default_value_t = Audience::Private)]
    pub(super) audience: Audience,
    /// Write JSON for machines.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Trace {
    /// The study: its folder or its study.toml.
    pub(super) study: String,
    /// The id of the finding, for example students/rr2.
    pub(super) finding: String,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Explain {
    /// A diagnostic code such as D001, a method such as proportion_ci.wilson, or a statistic such as top-box.
    pub(super) code: String,
}
