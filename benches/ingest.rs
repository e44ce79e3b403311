//! `canvass inspect` on a large export beside polars and pandas reading it as texts: `cargo bench --bench ingest -- 1000000`.
//!
//! The export is written here from a fixed seed: a Qualtrics choice-text export with three header rows, 60 Likert items
//! in six matrices, four multi-selects (two joined, two split), three rankings of five, demographics and metadata. Each
//! reader is a process of its own, run in turn, and timed from its start to its end with all that it needs to start;
//! its peak memory is what the system says of it. `PYTHON` names the interpreter that has polars and pandas.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures time and memory of what it starts, and writes what it reads"
)]
#![expect(clippy::print_stdout, reason = "the table is for people")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use canvass::stats::random::Pcg64;

const PYTHON: &str = include_str!("ingest.py");
/// How often each reader runs.
const RUNS: usize = 3;

const AGREE: [&str; 5] = [
    "Strongly disagree",
    "Somewhat disagree",
    "Neither agree nor disagree",
    "Somewhat agree",
    "Strongly agree",
];
const SEEN_ON: [&str; 6] =
    ["Television", "Radio", "A friend or relative", "Newspaper, printed", "The web", "Other"];
const COUNTRIES: [&str; 8] =
    ["Germany", "France", "United States of America", "India", "Brazil", "Kenya", "Japan", "Norway"];
const EDUCATION: [&str; 5] = [
    "Less than high school",
    "High school",
    "Some college",
    "Bachelor's degree",
    "Master's degree or higher",
];
const GENDERS: [&str; 4] = ["Female", "Male", "Another", "Prefer not to say"];

fn main() {
    // `cargo test --benches` builds and runs every bench; there is nothing to test here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let rows = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("export.csv");
    write(&path, rows).expect("the export is written");
    let script = folder.path().join("ingest.py");
    std::fs::write(&script, PYTHON).expect("the script is written");
    let megabytes = std::fs::metadata(&path).expect("the export").len() as f64 / 1e6;
    println!("{rows} respondents, {megabytes:.0} MB\n");

    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let foreign = |reader: &str| {
        let mut command = Command::new(&python);
        command.arg(&script).arg(reader).arg(&path);
        command
    };
    let canvass = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_canvass"));
        command.arg("inspect").arg(&path);
        command
    };
    let mut taken: [Vec<Taken>; 3] = Default::default();
    for _ in 0..RUNS {
        for (which, command) in [canvass(), foreign("polars"), foreign("pandas")].into_iter().enumerate() {
            taken[which].extend(measure(command));
        }
    }
    println!("| Reader | seconds | ratio | peak memory | of the file |");
    println!("|---|---:|---:|---:|---:|");
    let ours = median(&taken[0]);
    for (name, taken) in ["canvass inspect", "polars, as texts", "pandas, as texts"].iter().zip(&taken) {
        let Some(taken) = median(taken) else {
            println!("| {name} | – | – | – | – |");
            continue;
        };
        let ratio = ours.map_or(f64::NAN, |ours| taken.seconds / ours.seconds);
        let (seconds, memory) = (taken.seconds, taken.megabytes);
        println!("| {name} | {seconds:.2} | {ratio:.2}× | {memory:.0} MB | {:.2} |", memory / megabytes);
    }
}

/// What a process took.
#[derive(Debug, Clone, Copy)]
struct Taken {
    seconds: f64,
    megabytes: f64,
}

/// Runs a command; `None` if it cannot be run or fails.
fn measure(mut command: Command) -> Option<Taken> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut megabytes = 0.0_f64;
    loop {
        // The peak only grows, so that the last look before the end is close to all of it.
        let peak = std::fs::read_to_string(&status).ok().and_then(|status| peak(&status));
        megabytes = megabytes.max(peak.unwrap_or(0.0));
        if let Some(ended) = child.try_wait().ok()? {
            let seconds = start.elapsed().as_secs_f64();
            return ended.success().then_some(Taken { seconds, megabytes });
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn peak(status: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0 / 1e6)
}

/// The run in the middle, by time.
fn median(taken: &[Taken]) -> Option<Taken> {
    let mut taken = taken.to_vec();
    taken.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    taken.get(taken.len() / 2).copied()
}

/// A column: its name, its text, and the object that tells where it comes from.
type Column = (String, String, String);

fn columns() -> Vec<Column> {
    let mut columns = Vec::new();
    let mut add = |name: String, text: String, id: String| {
        columns.push((name, text, format!("{{\"\"ImportId\"\":{id}}}")));
    };
    let metadata = [
        ("StartDate", "Start Date", "\"\"startDate\"\",\"\"timeZone\"\":\"\"Z\"\""),
        ("EndDate", "End Date", "\"\"endDate\"\",\"\"timeZone\"\":\"\"Z\"\""),
        ("Status", "Response Type", "\"\"status\"\""),
        ("IPAddress", "IP Address", "\"\"ipAddress\"\""),
        ("Progress", "Progress", "\"\"progress\"\""),
        ("Duration (in seconds)", "Duration (in seconds)", "\"\"duration\"\""),
        ("Finished", "Finished", "\"\"finished\"\""),
        ("RecordedDate", "Recorded Date", "\"\"recordedDate\"\",\"\"timeZone\"\":\"\"Z\"\""),
        ("ResponseId", "Response ID", "\"\"_recordId\"\""),
        ("RecipientLastName", "Recipient Last Name", "\"\"recipientLastName\"\""),
        ("RecipientFirstName", "Recipient First Name", "\"\"recipientFirstName\"\""),
        ("RecipientEmail", "Recipient Email", "\"\"recipientEmail\"\""),
        ("ExternalReference", "External Data Reference", "\"\"externalDataReference\"\""),
        ("LocationLatitude", "Location Latitude", "\"\"locationLatitude\"\""),
        ("LocationLongitude", "Location Longitude", "\"\"locationLongitude\"\""),
        ("DistributionChannel", "Distribution Channel", "\"\"distributionChannel\"\""),
        ("UserLanguage", "User Language", "\"\"userLanguage\"\""),
    ];
    for (name, text, id) in metadata {
        add(name.to_owned(), text.to_owned(), id.to_owned());
    }
    for matrix in 1..=6 {
        for item in 1..=10 {
            let text =
                format!("How far do you agree with these statements? - Statement {item} of part {matrix}");
            add(format!("Q{matrix}_{item}"), text, format!("\"\"QID{matrix}_{item}\"\""));
        }
    }
    for question in [7, 8] {
        let text = format!("Where did you see it? Choose all that apply ({question})");
        add(format!("Q{question}"), text, format!("\"\"QID{question}\"\""));
    }
    for question in [9, 10] {
        for (choice, label) in SEEN_ON.iter().enumerate() {
            let text = format!("Where would you look for it? - Selected Choice - {label}");
            let id = format!("\"\"QID{question}\"\",\"\"choiceId\"\":\"\"{}\"\"", choice + 1);
            add(format!("Q{question}_{}", choice + 1), text, id);
        }
    }
    for question in 11..=13 {
        for item in 1..=5 {
            let text = format!("Rank these by how much they matter to you - Thing {item}");
            add(format!("Q{question}_{item}"), text, format!("\"\"QID{question}_{item}\"\""));
        }
    }
    for (name, text, number) in [
        ("Gender", "What is your gender?", 14),
        ("Age", "How old are you, in years?", 15),
        ("Education", "What is the highest level of school you have completed?", 16),
        ("Country", "In which country do you live?", 17),
    ] {
        let suffix = if name == "Age" { "_TEXT" } else { "" };
        add(name.to_owned(), text.to_owned(), format!("\"\"QID{number}{suffix}\"\""));
    }
    columns
}

fn write(path: &Path, rows: usize) -> std::io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let columns = columns();
    for part in [|c: &Column| c.0.clone(), |c: &Column| c.1.clone(), |c: &Column| c.2.clone()] {
        let cells: Vec<String> = columns.iter().map(|column| format!("\"{}\"", part(column))).collect();
        writeln!(file, "{}", cells.join(","))?;
    }
    let mut random = Pcg64::new(20_260_101);
    let mut line = String::new();
    for row in 0..rows {
        line.clear();
        respondent(&mut random, row, &mut line);
        file.write_all(line.as_bytes())?;
    }
    file.flush()
}

fn respondent(random: &mut Pcg64, row: usize, line: &mut String) {
    use std::fmt::Write as _;
    let mut below = |n: u64| usize::try_from(random.below(n)).unwrap_or(0);
    let (hour, minute, second, took) = (below(24), below(60), below(60), below(1500) + 60);
    let day = row % 28 + 1;
    let finished = below(20) > 0;
    let progress = if finished { 100 } else { below(99) + 1 };
    let date = format!("2025-03-{day:02} {hour:02}:{minute:02}:{second:02}");
    let ip = format!("203.0.{}.{}", below(256), below(256));
    let (north, east) = (below(18_000_000), below(36_000_000));
    let finished = if finished { "True" } else { "False" };
    // Writing to a text in memory does not fail.
    let _ = write!(
        line,
        "{date},{date},IP Address,{ip},{progress},{took},{finished},{date},R_{:015x},,,,,{:.4},{:.4},anonymous,EN",
        row as u64 * 0x9E37_79B1 + 7,
        north as f64 / 1e5 - 90.0,
        east as f64 / 1e5 - 180.0,
    );
    let mut cell = |text: &str| {
        line.push(',');
        if text.contains(',') {
            line.extend(["\"", text, "\""]);
        } else {
            line.push_str(text);
        }
    };
    for _ in 0..60 {
        let answer = below(21);
        cell(AGREE.get(answer / 4).unwrap_or(&""));
    }
    for _ in 0..2 {
        let chosen = below(64);
        let named: Vec<&str> = (0..6).filter(|at| chosen >> at & 1 == 1).map(|at| SEEN_ON[at]).collect();
        cell(&named.join(","));
    }
    for _ in 0..2 {
        let chosen = below(64);
        (0..6).for_each(|at| cell(if chosen >> at & 1 == 1 { SEEN_ON[at] } else { "" }));
    }
    for _ in 0..3 {
        let mut ranks = ["1", "2", "3", "4", "5"];
        (1..5).rev().for_each(|at| ranks.swap(at, below(at as u64 + 1)));
        for rank in &ranks {
            cell(rank);
        }
    }
    cell(GENDERS[below(4)]);
    cell(&(18 + below(70)).to_string());
    cell(EDUCATION[below(5)]);
    cell(COUNTRIES[below(8)]);
    line.push('\n');
}
