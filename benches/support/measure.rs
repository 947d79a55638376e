//! The clock of the benches, and how it is read: candidates in turn, the best of many rounds.

use std::time::{Duration, Instant};

use super::candidates::Candidate;

/// How long a measurement may take.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effort {
    /// Each candidate once, to see that it runs.
    Smoke,
    /// Rounds until the numbers stand.
    Full,
}

impl Effort {
    /// By criterion's convention: `cargo bench` passes `--bench`, a smoke run says `--test`, and
    /// `cargo test --benches` passes neither.
    pub(crate) fn from_args() -> Self {
        let given = |flag| std::env::args().any(|argument| argument == flag);
        if given("--bench") && !given("--test") { Effort::Full } else { Effort::Smoke }
    }

    pub(crate) fn is_smoke(self) -> bool {
        matches!(self, Effort::Smoke)
    }
}

/// The best time of one run of each candidate, in nanoseconds.
///
/// The candidates take turns, so that a busy neighbour slows them all; the best of the rounds is the one that
/// nobody disturbed.
pub(crate) fn best(candidates: &[Candidate<'_>], effort: Effort) -> Vec<f64> {
    /// A sample this long outweighs the reading of the clock.
    const SAMPLE: f64 = 2e6;
    const FEWEST_ROUNDS: u32 = 7;
    const BUDGET: Duration = Duration::from_secs(2);

    let first = candidates.iter().map(|candidate| nanoseconds(elapsed(1, candidate), 1));
    if effort.is_smoke() {
        return first.collect();
    }
    let runs: Vec<u32> = first.map(|once| (SAMPLE / once).ceil() as u32).collect();
    let mut best = vec![f64::INFINITY; candidates.len()];
    let start = now();
    let mut round = 0;
    while round < FEWEST_ROUNDS || start.elapsed() < BUDGET {
        for ((best, candidate), &runs) in best.iter_mut().zip(candidates).zip(&runs) {
            *best = best.min(nanoseconds(elapsed(runs, candidate), runs));
        }
        round += 1;
    }
    best
}

/// How long the work takes, once.
pub(crate) fn time(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    start.elapsed()
}

fn elapsed(runs: u32, candidate: &Candidate<'_>) -> Duration {
    time(|| (0..runs).for_each(|_| (candidate.run)()))
}

fn nanoseconds(time: Duration, runs: u32) -> f64 {
    time.as_secs_f64() * 1e9 / f64::from(runs)
}

#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
fn now() -> Instant {
    Instant::now()
}
