//! Instructions of a decode, counted by valgrind: `cargo bench --bench instructions`.
//!
//! Unlike time, the count is the same on a busy machine, so it can fail a build: where a decode of a documented
//! sample takes 5 % more than `benches/instructions.txt` allows, or a byte of a long body costs more than one of
//! a short body. `-- --write` writes a new budget.

mod support;

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};
use std::{env, fs};

use support::bodies::{self, KINDS, Syntax};
use support::candidates::{self, Candidate};
use support::measure::Effort;

/// Allowed distance of a count from its budget.
const TOLERANCE: f64 = 0.05;

/// Allowed cost of a byte of a long body, as a multiple of its cost in a short one.
const LINEAR: f64 = 1.10;

const SHORT: usize = 100_000;
const LONG: usize = 1_000_000;

const BUDGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/instructions.txt");

/// The name of the documented samples among the kinds of bodies.
const DOCUMENTED: &str = "documented";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, times, work @ ..] = arguments.as_slice()
        && flag == "--work"
    {
        Work::from_arguments(work).run(times.parse().expect("a number of times"));
        return ExitCode::SUCCESS;
    }
    if Effort::from_args().is_smoke() {
        all_kinds().for_each(|work| work.run(1));
        println!("instructions: every kind of body decoded once");
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("instructions: skipped, valgrind is not installed");
        return ExitCode::SUCCESS;
    }
    let write = arguments.iter().any(|argument| argument == "--write");
    let within = against_budget(write);
    let linear = linearity();
    if within && linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Returns true if decodes of the documented samples keep the budget. Prints all candidates for comparison.
fn against_budget(write: bool) -> bool {
    println!("\n## Instructions of one run on the documented sample\n");
    println!("| candidate | instructions | the crate ÷ this |\n|---|--:|--:|");
    let mut counts = BTreeMap::new();
    for syntax in Syntax::BOTH {
        let work = Work { syntax, kind: DOCUMENTED, size: 0, candidate: 0 };
        let mut ours = 0.0;
        for (candidate, Candidate { name, .. }) in
            work.candidates(bodies::documented(syntax)).iter().enumerate()
        {
            let count = Work { candidate, ..work }.count(20);
            if matches!(*name, "decode" | "encode") {
                ours = count;
            }
            if *name == "decode" {
                counts.insert(syntax.name(), count);
            }
            println!("| {}: {name} | {count:.0} | {:.2} |", syntax.name(), ours / count);
        }
    }
    println!();
    if write {
        let lines: String = counts.iter().map(|(name, count)| format!("{name} {count:.0}\n")).collect();
        let about = "# Instructions of one decode of the documented sample, written by\n\
                     # `cargo bench --bench instructions -- --write`.\n";
        fs::write(BUDGET, format!("{about}{lines}")).expect("the budget can be written");
        println!("wrote {BUDGET}");
        return true;
    }
    let budget = fs::read_to_string(BUDGET).expect("the budget can be read");
    counts.iter().fold(true, |within, (name, count)| {
        let line = budget.lines().find_map(|line| line.strip_prefix(name)).expect("a budget for each format");
        let budget: f64 = line.trim().parse().expect("a number");
        let change = count / budget - 1.0;
        let word = match change {
            _ if change > TOLERANCE => "over budget: FAILED",
            _ if change < -TOLERANCE => "better; lower the budget with --write",
            _ => "within budget",
        };
        println!("{name}: {count:.0} instructions, {:+.1} %, {word}", change * 100.0);
        within && change <= TOLERANCE
    })
}

/// Returns true if a byte costs the same in a short and a long body.
fn linearity() -> bool {
    println!(
        "\n## Instructions per byte of a decode, at most {LINEAR} times as many when ten times as long\n"
    );
    println!("| body | {SHORT} bytes | {LONG} bytes | ratio |\n|---|--:|--:|--:|");
    all_kinds().fold(true, |linear, work| {
        let [short, long] = [SHORT, LONG].map(|size| {
            let work = Work { size, ..work };
            work.count(2) / work.body().len() as f64
        });
        let ratio = long / short;
        let word = if ratio > LINEAR { " FAILED" } else { "" };
        println!("| {} {} | {short:.1} | {long:.1} | {ratio:.2}{word} |", work.syntax.name(), work.kind);
        linear && ratio <= LINEAR
    })
}

/// Returns every kind of body in every format that has it, short, for the first candidate.
fn all_kinds() -> impl Iterator<Item = Work<'static>> {
    let both = |(kind, _): &(&'static str, _)| {
        Syntax::BOTH.map(|syntax| Work { syntax, kind, size: SHORT, candidate: 0 })
    };
    KINDS.iter().flat_map(both).filter(|work| !work.body().is_empty())
}

/// The counted work: a candidate that decodes a body. This program runs itself under valgrind to do it.
#[derive(Debug, Clone, Copy)]
struct Work<'a> {
    syntax: Syntax,
    kind: &'a str,
    size: usize,
    candidate: usize,
}

impl<'a> Work<'a> {
    fn from_arguments(arguments: &'a [String]) -> Self {
        let [syntax, kind, size, candidate] = arguments else { panic!("four arguments, not {arguments:?}") };
        Work {
            syntax: *Syntax::BOTH.iter().find(|known| known.name() == syntax).expect("a format"),
            kind,
            size: size.parse().expect("a number of bytes"),
            candidate: candidate.parse().expect("the number of a candidate"),
        }
    }

    fn body(&self) -> String {
        match KINDS.iter().find(|(name, _)| *name == self.kind) {
            Some((_, body)) => bodies::of_size(self.size, self.syntax, *body),
            None => bodies::documented(self.syntax).to_owned(),
        }
    }

    fn run(&self, times: u32) {
        let body = self.body();
        let candidates = self.candidates(&body);
        (0..times).for_each(|_| (candidates[self.candidate].run)());
    }

    /// Returns the decoders, the crate first, and for a documented sample also the encoders.
    fn candidates<'b>(&self, body: &'b str) -> Vec<Candidate<'b>> {
        let mut candidates = candidates::decoders(self.syntax, body);
        if self.kind == DOCUMENTED {
            candidates.extend(candidates::encoders(self.syntax, body));
        }
        candidates
    }

    /// Returns the instructions of one decode: the difference between n and 2 n decodes, so that the start of the program
    /// and the making of the body cancel out.
    fn count(&self, times: u32) -> f64 {
        let [once, twice] = [times, 2 * times].map(|times| self.under_valgrind(times));
        (twice - once) as f64 / f64::from(times)
    }

    fn under_valgrind(&self, times: u32) -> u64 {
        let Work { syntax, kind, size, candidate } = self;
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(env::current_exe().expect("this program has a path"))
            .args([
                "--work",
                &times.to_string(),
                syntax.name(),
                kind,
                &size.to_string(),
                &candidate.to_string(),
            ])
            .output()
            .expect("valgrind starts");
        let report = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "valgrind failed on {self:?}:\n{report}");
        let collected = report.split_once("Collected : ").expect("callgrind says what it collected").1;
        collected.lines().next().and_then(|count| count.trim().parse().ok()).expect("a count")
    }
}
