//! Whether decoding scales over threads: `cargo bench --bench threads` prints the factor of two threads over one.

mod support;

use std::thread;
use std::time::Duration;

use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};
use support::measure::{Effort, wall_time};

/// The least that two threads are worth.
const GOAL: f64 = 1.8;

fn main() {
    let effort = Effort::from_args();
    let (count, rounds) = if effort.is_smoke() { (100, 1) } else { (100_000, 7) };
    println!("\n## {count} documented samples on two threads, at least {GOAL} times as fast as on one\n");
    println!("| candidate | one thread, ms | two threads, ms | factor |\n|---|--:|--:|--:|");
    for syntax in Syntax::BOTH {
        for candidate in candidates::decoders(syntax, bodies::documented(syntax)) {
            let [mut one, mut two] = [Duration::MAX; 2];
            for _ in 0..rounds {
                one = one.min(decode_all(&candidate, count, 1));
                two = two.min(decode_all(&candidate, count, 2));
            }
            let [one, two] = [one, two].map(|time| time.as_secs_f64() * 1e3);
            let (format, name) = (syntax.name(), candidate.name);
            println!("| {format}: {name} | {one:.1} | {two:.1} | {:.2} |", one / two);
        }
    }
}

fn decode_all(candidate: &Candidate<'_>, count: usize, threads: usize) -> Duration {
    let share = || (0..count / threads).for_each(|_| (candidate.run)());
    wall_time(|| thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(share)))))
}
