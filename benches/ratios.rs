//! Compares the crate with what a user would write instead: `cargo bench --bench ratios` prints the tables.
//!
//! Bold numbers miss their goal. `-- --test` runs everything once.
//!
//! Runs differ by a few percent. Another build may place the code differently, which changes the tightest loops by up to
//! a third; `cargo bench --bench instructions` has ratios that do not change.

mod support;

use std::hint::black_box;

use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};
use support::measure::{Effort, best};

/// Limit of the first candidate's time as a part of a baseline's, by the baseline's name.
const GOALS: [(&str, f64); 8] = [
    ("serde_json derive", 0.7),
    ("sonic-rs derive", 1.0),
    ("simd-json derive", 1.0),
    ("quick-xml events", 0.7),
    ("quick-xml derive", 1.0),
    ("roxmltree and walk", 1.0),
    ("serde_json to_vec", 1.2),
    ("quick-xml writer", 1.2),
];

fn main() {
    let effort = Effort::from_args();
    candidates::check();
    if effort.is_smoke() {
        println!("A smoke run: everything once. The numbers have no meaning.");
    }
    free_a_large_block();
    for syntax in Syntax::BOTH {
        println!("\n## {}: decode, in µs\n", syntax.name());
        let bodies = bodies::all(syntax, megabytes(effort));
        compare(&bodies, |body| candidates::decoders(syntax, body), effort);

        println!("\n## {}: encode, in µs\n", syntax.name());
        let [documented, _, items, ..] = bodies;
        compare(&[documented, items], |body| candidates::encoders(syntax, body), effort);
    }
    itself(effort);
}

/// Lets the allocator of glibc keep memory for the next run. Until a program frees its first large block, more than 128 kB
/// at the end of the heap go back to the kernel at once, so that some runs pay for new pages and others do not.
fn free_a_large_block() {
    drop(black_box(vec![0_u8; 30 << 20]));
}

/// Prints a table of the crate against itself, on other bodies or with more work.
fn itself(effort: Effort) {
    println!("\n## The crate against itself, in ns\n");
    println!("| this ÷ that | this | that | ratio | at most |\n|---|--:|--:|--:|--:|");
    for syntax in Syntax::BOTH {
        let row = |what: &str, goal: f64, pair: [Candidate<'_>; 2], bytes: [usize; 2]| {
            let times = best(&pair, effort);
            let [this, that] = [0, 1].map(|side| times[side] / bytes[side] as f64);
            let ratio = against(this / that, Some(goal));
            println!("| {}: {what} | {this:.2} | {that:.2} | {ratio} | {goal} |", syntax.name());
        };
        let decode = candidates::decode;
        let documented = bodies::documented(syntax);
        let clean = bodies::of_size(300_000, syntax, bodies::items);
        let quirky = bodies::of_size(300_000, syntax, bodies::quirky_items);

        let sizes = [quirky.len(), clean.len()];
        row("a byte with a quirk on every item ÷ clean", 2.5, [decode(&quirky), decode(&clean)], sizes);
        let pair = [candidates::assessment(documented), decode(documented)];
        row("assess ÷ decode", 0.08, pair, [1, 1]);
        let pair = [candidates::decode_and_assess(documented), decode(documented)];
        row("decode and assess ÷ decode", 1.08, pair, [1, 1]);
    }
}

/// Megabytes of the longest body.
fn megabytes(effort: Effort) -> usize {
    if effort.is_smoke() { 1 } else { 50 }
}

/// Prints a table: a row for each body, with the time of each candidate and the ratios of the first to the others.
fn compare<'a>(
    bodies: &'a [(&str, String)],
    candidates: impl Fn(&'a str) -> Vec<Candidate<'a>>,
    effort: Effort,
) {
    for (row, (name, body)) in bodies.iter().enumerate() {
        let candidates = candidates(body);
        if row == 0 {
            header(&candidates);
        }
        let times = best(&candidates, effort);
        print!("| {name} | {} |", body.len());
        times.iter().for_each(|time| print!(" {:.2} |", time / 1e3));
        for (candidate, time) in candidates.iter().zip(&times).skip(1) {
            print!(
                " {} |",
                against(times[0] / time, goal(candidate.name).filter(|_| *name != bodies::QUIRKY))
            );
        }
        println!();
    }
}

fn header(candidates: &[Candidate<'_>]) {
    print!("| body | bytes |");
    candidates.iter().for_each(|candidate| print!(" {} |", candidate.name));
    for Candidate { name, .. } in &candidates[1..] {
        match goal(name) {
            Some(goal) => print!(" ÷ {name}, at most {goal} |"),
            None => print!(" ÷ {name} |"),
        }
    }
    println!("\n|---|{}", "--:|".repeat(2 * candidates.len()));
}

fn goal(name: &str) -> Option<f64> {
    GOALS.iter().find(|(baseline, _)| *baseline == name).map(|(_, goal)| *goal)
}

/// Returns the ratio, in bold where it misses the goal.
fn against(ratio: f64, goal: Option<f64>) -> String {
    if goal.is_some_and(|goal| ratio > goal) { format!("**{ratio:.2}**") } else { format!("{ratio:.2}") }
}
