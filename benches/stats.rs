//! The statistics where size matters, beside R and Python, in one run: `cargo bench --bench stats`.
//!
//! The data are drawn here from a fixed seed and handed to `python3` (NumPy, SciPy) and `Rscript` through files in a
//! temporary folder. Every program times itself between having read the data and having the result, so that neither
//! start-up nor reading counts, and prints the statistic beside the time, so that it is seen to do the same work.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures time and writes what it hands to others"
)]
#![expect(clippy::print_stdout, reason = "the table is for people")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use canvass::stats::categorical::association::cramers_v;
use canvass::stats::categorical::independence::{Correction, chisq};
use canvass::stats::correlation::{Bivariate, KendallContinuity, kendall_tau_b};
use canvass::stats::count_table::CountTable;
use canvass::stats::random::Pcg64;
use canvass::stats::rank_tests::mann_whitney::{asymptotic, exact};
use canvass::stats::rank_tests::{Continuity, tabulate};
use canvass::stats::rankings::plackett_luce::{Options, plackett_luce};
use canvass::stats::rankings::{Ballots, Unranked};
use canvass::stats::resampling::{Interpolation, Plan, bootstrap};
use canvass::stats::tails::TwoSidedRule;
use canvass::stats::{ConfidenceLevel, Which};

/// How often ours runs; the scripts say how often theirs does.
const RUNS: usize = 7;

const PYTHON: &str = include_str!("stats.py");
const R: &str = include_str!("stats.R");

/// A comparison: its name in the scripts' output and in the table.
const COMPARISONS: [(&str, &str); 7] = [
    ("mann_whitney", "Mann-Whitney, 2,000,000 five-point answers"),
    ("tau_five", "Kendall tau-b, 1,000,000 pairs, five points"),
    ("tau_continuous", "Kendall tau-b, 1,000,000 pairs, continuous"),
    ("chisq", "Chi-square and Cramér's V, 1,000,000 rows, 5 × 7"),
    ("plackett_luce", "Plackett-Luce, 100,000 rankings of 10 items"),
    ("bca", "BCa interval of a mean, 10,000 replicates, 10,000 people"),
    ("exact", "Exact Mann-Whitney with ties, 150 v 150"),
];

/// Median seconds and the statistic, by comparison.
type Timings = BTreeMap<String, (f64, f64)>;

fn main() {
    // `cargo test --benches` builds and runs every bench; there is nothing to test here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = Data::draw(20_260_101);
    data.write(folder.path());
    let ours = data.measure();
    let python = foreign("python3", PYTHON, folder.path(), "stats.py");
    let r = foreign("Rscript", R, folder.path(), "stats.R");

    println!("| What | Canvass | Python | ratio | R | ratio |");
    println!("|---|---:|---:|---:|---:|---:|");
    for (name, title) in COMPARISONS {
        let Some((own, value)) = ours.get(name) else { continue };
        let beside = |timings: &Timings| match timings.get(name) {
            Some((seconds, _)) => format!("{} | {}", duration(*seconds), ratio(seconds / own)),
            None => "– | –".to_owned(),
        };
        println!("| {title} | {} | {} | {} |", duration(*own), beside(&python), beside(&r));
        for (tool, timings) in [("Python", &python), ("R", &r)] {
            if let Some((_, other)) = timings.get(name) {
                // A bootstrap draws its own numbers, so its limit agrees to two digits or so.
                let agrees =
                    (value - other).abs() <= 1e-6 + if name == "bca" { 0.01 } else { 1e-6 * value.abs() };
                if !agrees {
                    println!("{title}: {tool} says {other}, we say {value}");
                }
            }
        }
    }
}

/// What every program is given.
struct Data {
    first: Vec<f64>,
    second: Vec<f64>,
    five: [Vec<f64>; 2],
    continuous: [Vec<f64>; 2],
    rows: [Vec<f64>; 2],
    rankings: Vec<Vec<Option<u32>>>,
    people: Vec<f64>,
    small: [Vec<f64>; 2],
}

impl Data {
    fn draw(seed: u64) -> Self {
        let mut generator = Pcg64::new(seed);
        let mut five_points = |shares: [f64; 5], n: usize| -> Vec<f64> {
            (0..n).map(|_| level(&shares, generator.uniform())).collect()
        };
        let first = five_points([0.10, 0.20, 0.30, 0.25, 0.15], 1_000_000);
        let second = five_points([0.10, 0.20, 0.301, 0.25, 0.149], 1_000_000);
        let small = [
            five_points([0.10, 0.20, 0.30, 0.25, 0.15], 150),
            five_points([0.15, 0.25, 0.30, 0.20, 0.10], 150),
        ];
        let mut pairs = |make: fn(&mut Pcg64) -> (f64, f64)| -> [Vec<f64>; 2] {
            let (x, y) = (0..1_000_000).map(|_| make(&mut generator)).unzip();
            [x, y]
        };
        let five = pairs(|generator| {
            let common = 2.0 * generator.uniform();
            ((common + 3.0 * generator.uniform()).floor(), (common + 3.0 * generator.uniform()).floor())
        });
        let continuous = pairs(|generator| {
            let common = generator.uniform();
            (common + generator.uniform(), common + generator.uniform())
        });
        let rows = pairs(|generator| {
            let row = (5.0 * generator.uniform()).floor();
            (row, (7.0 * generator.uniform() + 0.002 * row).floor().min(6.0))
        });
        let rankings = (0..100_000)
            .map(|_| {
                // The order of exponential waiting times is a Plackett-Luce ranking.
                let mut waits: Vec<(f64, usize)> = (0..10)
                    .map(|item| (-libm::log(generator.uniform_open()) * (1.0 + 0.2 * item as f64), item))
                    .collect();
                waits.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut ranks = vec![None; 10];
                for (rank, (_, item)) in (1..).zip(waits) {
                    ranks[item] = Some(rank);
                }
                ranks
            })
            .collect();
        let people = (0..10_000).map(|_| -libm::log(generator.uniform_open())).collect();
        Self { first, second, five, continuous, rows, rankings, people, small }
    }

    fn write(&self, folder: &Path) {
        let write = |name: &str, values: &[f64]| {
            let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
            std::fs::write(folder.join(name), bytes).expect("the temporary folder takes files");
        };
        write("first", &self.first);
        write("second", &self.second);
        for (name, [x, y]) in [
            ("five", &self.five),
            ("continuous", &self.continuous),
            ("rows", &self.rows),
            ("small", &self.small),
        ] {
            write(&format!("{name}_x"), x);
            write(&format!("{name}_y"), y);
        }
        let ranks: Vec<f64> = self.rankings.iter().flatten().flatten().map(|rank| f64::from(*rank)).collect();
        write("rankings", &ranks);
        write("people", &self.people);
    }

    fn measure(&self) -> Timings {
        let level = ConfidenceLevel::P95;
        let tau = |[x, y]: &[Vec<f64>; 2]| {
            let pairs = Bivariate::from_pairs(x, y).expect("finite pairs");
            kendall_tau_b(&pairs, KendallContinuity::None, Which::TwoSided, level)
                .expect("both vary")
                .estimate
        };
        let mean = |chosen: &[usize]| {
            let sum: f64 = chosen.iter().map(|&person| self.people[person]).sum();
            Ok(sum / chosen.len() as f64)
        };
        let plan = Plan { replicates: 10_000, interpolation: Interpolation::Type7, ..Plan::new(1) };
        BTreeMap::from([
            timed("mann_whitney", || {
                let groups = tabulate(&[&self.first, &self.second]).expect("finite answers");
                asymptotic(&groups.table, Which::TwoSided, Continuity::Half).expect("answers vary").p
            }),
            timed("tau_five", || tau(&self.five)),
            timed("tau_continuous", || tau(&self.continuous)),
            timed("chisq", || {
                let [rows, columns] = &self.rows;
                let mut cells = vec![0_u64; 35];
                for (row, column) in rows.iter().zip(columns) {
                    cells[index(7.0 * row + column)] += 1;
                }
                let table = CountTable::new(7, cells).expect("a table of 5 by 7");
                black_box(cramers_v(&table)).expect("both vary");
                chisq(&table, Correction::None).expect("both vary").statistic.unwrap_or_default()
            }),
            timed("plackett_luce", || {
                let ballots = Ballots::new(&self.rankings).expect("rankings of ten items");
                plackett_luce(&ballots, Options::new(Unranked::LeftOut)).expect("a maximum").log_worth[9]
            }),
            timed("bca", || {
                bootstrap(self.people.len(), plan, mean).expect("an interval").result.interval.low
            }),
            timed("exact", || {
                let groups = tabulate(&self.small).expect("finite answers");
                exact(&groups.table, Which::TwoSided, TwoSidedRule::Distance).expect("within limits").test.p
            }),
        ])
    }
}

/// A point from 1 to 5 by its shares.
fn level(shares: &[f64; 5], mut uniform: f64) -> f64 {
    for (point, share) in (1..).zip(shares) {
        uniform -= share;
        if uniform < 0.0 {
            return f64::from(point);
        }
    }
    5.0
}

fn index(value: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell from 0 to 34")]
    let index = value as usize;
    index
}

/// The median time of [`RUNS`] runs after one that does not count, and the result.
fn timed(name: &str, mut work: impl FnMut() -> f64) -> (String, (f64, f64)) {
    let value = black_box(work());
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    (name.to_owned(), (seconds[RUNS / 2], value))
}

/// Runs a script that prints `name seconds statistic` per line; says so where the program is absent or fails.
fn foreign(program: &str, script: &str, folder: &Path, file: &str) -> Timings {
    let path = folder.join(file);
    std::fs::write(&path, script).expect("the temporary folder takes files");
    let output = match Command::new(program).arg(&path).arg(folder).output() {
        Ok(output) => output,
        Err(error) => {
            println!("{program} is absent, so nothing is compared with it: {error}");
            return Timings::new();
        }
    };
    let mut timings = Timings::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [name, seconds, value] => match (seconds.parse(), value.parse()) {
                (Ok(seconds), Ok(value)) => {
                    timings.insert((*name).to_owned(), (seconds, value));
                }
                _ => println!("{program}: {line}"),
            },
            _ => println!("{program}: {line}"),
        }
    }
    if !output.status.success() {
        println!("{program} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    timings
}

fn ratio(ratio: f64) -> String {
    if ratio < 10.0 { format!("{ratio:.1}×") } else { format!("{ratio:.0}×") }
}

fn duration(seconds: f64) -> String {
    if seconds >= 1.0 {
        format!("{seconds:.2} s")
    } else if seconds >= 1e-3 {
        format!("{:.1} ms", seconds * 1e3)
    } else {
        format!("{:.0} µs", seconds * 1e6)
    }
}
