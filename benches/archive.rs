//! Measures how fast the command judges an archive of polls, and its peak memory:
//!
//!     cargo bench --features cli --bench archive -- --write 1000000 > target/polls.ndjson
//!     cargo bench --features cli --bench archive -- target/polls.ndjson
//!
//! `-- --test` runs everything once, on a small archive. `-- --write` prints an archive, see `support/polls.rs`.

mod support;

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use aliyun_dts_status::decode;
use cpu_time::ThreadTime;
use support::measure::{Effort, wall_time};
use support::polls;

/// The least share of what all cores could decode in the time.
const GOAL: f64 = 0.6;
const STORY: &str = "testdata/archive/story.ndjson";

fn main() -> Result<(), Box<dyn Error>> {
    // cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let Some(index) = arguments.iter().position(|argument| argument == "--write") {
        return polls::print(&arguments[index + 1..]);
    }
    let effort = Effort::from_args();
    let archive = arguments.into_iter().find(|argument| !argument.starts_with('-'));
    let archive = archive.unwrap_or_else(|| STORY.to_owned());
    let rounds = if effort.is_smoke() { 1 } else { 3 };
    let (polls, bytes) = measure(&archive);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let gigabytes = bytes as f64 / 1e9;
    println!(
        "\n## {polls} polls, {gigabytes:.3} GB, on {cores} cores, at least {GOAL} of what they can decode\n"
    );
    println!(
        "| what | polls a second | MB a second | share | µs of work a poll | peak memory, MB |\n|---|--:|--:|--:|--:|--:|"
    );

    let bodies = bodies(&archive);
    // All take turns, so that other work on the machine slows each of them.
    let mut single = Taken::MOST;
    let mut taken = [Taken::MOST; COMMANDS.len()];
    let mut peak = [0; COMMANDS.len()];
    for _ in 0..rounds {
        for (index, arguments) in COMMANDS.iter().enumerate() {
            single = single.least(decode_all(&bodies));
            taken[index] = taken[index].least(run(arguments, &archive, &mut peak[index]));
        }
    }
    let decoded = bodies.len() as f64;
    let ideal = single.wall / decoded / cores as f64;
    let row = |what: &str, taken: Taken, count: f64, share: String, peak: String| {
        let rate = count / taken.wall;
        let megabytes = rate * bytes as f64 / polls as f64 / 1e6;
        let work = taken.work / count * 1e6;
        println!("| {what} | {rate:.0} | {megabytes:.0} | {share} | {work:.1} | {peak} |");
    };
    row("decode, one core", single, decoded, String::new(), String::new());
    for ((arguments, taken), peak) in COMMANDS.iter().zip(taken).zip(peak) {
        let share = ideal / (taken.wall / polls as f64);
        let share = if share < GOAL { format!("**{share:.2}**") } else { format!("{share:.2}") };
        let peak = format!("{:.1}", peak as f64 / 1024.0);
        row(&format!("`{}`", arguments.join(" ")), taken, polls as f64, share, peak);
    }
    Ok(())
}

/// Seconds of wall time, and of work of all cores together.
#[derive(Clone, Copy)]
struct Taken {
    wall: f64,
    work: f64,
}

impl Taken {
    const MOST: Taken = Taken { wall: f64::INFINITY, work: f64::INFINITY };

    fn least(self, other: Taken) -> Taken {
        Taken { wall: self.wall.min(other.wall), work: self.work.min(other.work) }
    }
}

fn decode_all(bodies: &[Vec<u8>]) -> Taken {
    let start = ThreadTime::now();
    let wall = wall_time(|| bodies.iter().for_each(|body| drop(black_box(decode(body)))));
    Taken { wall: wall.as_secs_f64(), work: start.elapsed().as_secs_f64() }
}

const COMMANDS: [&[&str]; 3] =
    [&["check", "--ndjson"], &["check", "--ndjson", "--output", "json"], &["timeline"]];

/// Returns the numbers of lines and bytes.
fn measure(archive: &str) -> (usize, u64) {
    let mut reader = BufReader::with_capacity(1 << 20, File::open(archive).expect("an archive"));
    let (mut lines, mut bytes) = (0, 0);
    loop {
        let read = reader.fill_buf().expect("an archive");
        if read.is_empty() {
            return (lines, bytes);
        }
        lines += read.iter().filter(|byte| **byte == b'\n').count();
        bytes += read.len() as u64;
        let count = read.len();
        reader.consume(count);
    }
}

/// Returns the bodies of the first records.
fn bodies(archive: &str) -> Vec<Vec<u8>> {
    const MOST: usize = 20_000;
    let reader = BufReader::new(File::open(archive).expect("an archive"));
    let body = |line: String| {
        let (_, rest) = line.split_once("\"body\":").expect("a record");
        rest.strip_suffix('}').expect("a record").as_bytes().to_vec()
    };
    reader.lines().take(MOST).map(|line| body(line.expect("an archive"))).collect()
}

/// Runs the command over the archive, and raises `peak` to the most memory it had, in KiB.
fn run(arguments: &[&str], archive: &str, peak: &mut u64) -> Taken {
    let before = work_of_children();
    let wall = wall_time(|| *peak = watch(arguments, archive).max(*peak));
    Taken { wall: wall.as_secs_f64(), work: work_of_children() - before }
}

/// Returns the seconds of work of all child processes that have ended; 0 where the system does not say.
fn work_of_children() -> f64 {
    /// Ticks per second of the kernel's clock.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The 14th and the 15th of the fields after the name, which may hold blanks.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(13).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

fn watch(arguments: &[&str], archive: &str) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dts-status"))
        .args(arguments)
        .arg(archive)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command");
    let mut output = child.stdout.take().expect("a pipe");
    let watched = thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut buffer = vec![0; 1 << 20];
            while output.read(&mut buffer).is_ok_and(|count| count > 0) {}
        });
        let mut peak = 0;
        while !reader.is_finished() {
            peak = peak.max(memory(&child));
            thread::sleep(Duration::from_millis(5));
        }
        peak
    });
    child.wait().expect("the command");
    watched
}

/// Returns the most memory that a process has had, in KiB; 0 where the system does not say.
fn memory(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}
