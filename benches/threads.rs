//! Scaling over threads: `cargo bench --bench threads` prints the factor of two threads over one.

mod support;

use std::thread;
use std::time::Duration;

use cpu_time::ThreadTime;
use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};
use support::measure::{Effort, wall_time};

/// Required factor of two threads over one.
const GOAL: f64 = 1.8;

fn main() {
    let effort = Effort::from_args();
    let (count, rounds) = if effort.is_smoke() { (100, 1) } else { (100_000, 7) };
    println!("\n## {count} documented samples on two threads, at least {GOAL} times as fast as on one\n");
    println!(
        "| candidate | one thread, ms | two threads, ms | factor | factor by own time |\n|---|--:|--:|--:|--:|"
    );
    for syntax in Syntax::BOTH {
        for candidate in candidates::decoders(syntax, bodies::documented(syntax)) {
            let [mut one, mut two] = [Taken::MOST; 2];
            for _ in 0..rounds {
                one = one.least(decode_all(&candidate, count, 1));
                two = two.least(decode_all(&candidate, count, 2));
            }
            let [one_ms, two_ms] = [one.wall, two.wall].map(|time| time.as_secs_f64() * 1e3);
            let own = 2.0 * one.own.as_secs_f64() / two.own.as_secs_f64();
            let (format, name) = (syntax.name(), candidate.name);
            println!("| {format}: {name} | {one_ms:.1} | {two_ms:.1} | {:.2} | {own:.2} |", one_ms / two_ms);
        }
    }
}

/// Time of the work.
#[derive(Clone, Copy)]
struct Taken {
    /// Wall time. The goal is for this, and it has no meaning where the cores have other work.
    wall: Duration,
    /// CPU time of the threads, added up. It grows where they compete for caches, and does not count waiting. A hint only: on
    /// busy cores the threads may rarely run at the same time.
    own: Duration,
}

impl Taken {
    const MOST: Taken = Taken { wall: Duration::MAX, own: Duration::MAX };

    fn least(self, other: Self) -> Self {
        Taken { wall: self.wall.min(other.wall), own: self.own.min(other.own) }
    }
}

fn decode_all(candidate: &Candidate<'_>, count: usize, threads: usize) -> Taken {
    let share = || {
        let start = ThreadTime::now();
        (0..count / threads).for_each(|_| (candidate.run)());
        start.elapsed()
    };
    let mut own = Duration::ZERO;
    let wall = wall_time(|| {
        own = thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
            running.into_iter().map(|thread| thread.join().expect("no panic")).sum()
        });
    });
    Taken { wall, own }
}
