//! Clocks of the benches: candidates in turns, the best of many rounds.

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use super::candidates::Candidate;

/// Effort of a measurement.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effort {
    /// Each candidate once, to see that it runs.
    Smoke,
    /// As many rounds as stable numbers need.
    Full,
}

impl Effort {
    /// Returns the effort by criterion's convention: `cargo bench` passes `--bench`, a smoke run says `--test`, and
    /// `cargo test --benches` passes neither.
    pub(crate) fn from_args() -> Self {
        let given = |flag| std::env::args().any(|argument| argument == flag);
        if given("--bench") && !given("--test") { Effort::Full } else { Effort::Smoke }
    }

    pub(crate) fn is_smoke(self) -> bool {
        matches!(self, Effort::Smoke)
    }
}

/// Returns the best time of one run of each candidate, in nanoseconds.
///
/// It is the thread's CPU time, which other work on the same core does not lengthen. The candidates take turns, so that
/// the state of the caches is equal for all, and the best round is the least disturbed one.
pub(crate) fn best(candidates: &[Candidate<'_>], effort: Effort) -> Vec<f64> {
    /// Nanoseconds of a sample that is long enough to ignore the cost of reading the clock.
    const SAMPLE: f64 = 2e6;
    const FEWEST_ROUNDS: u32 = 7;
    const BUDGET: Duration = Duration::from_secs(2);

    let start = ThreadTime::now();
    let mut best: Vec<f64> = candidates.iter().map(|candidate| nanoseconds(1, candidate)).collect();
    if effort.is_smoke() {
        return best;
    }
    let mut round = 0;
    while round < FEWEST_ROUNDS || start.elapsed() < BUDGET {
        for (best, candidate) in best.iter_mut().zip(candidates) {
            let runs = (SAMPLE / *best).ceil() as u32;
            // The candidate before has left caches and heap in another state, so the first run does not count.
            (candidate.run)();
            *best = best.min(nanoseconds(runs, candidate));
        }
        round += 1;
    }
    best
}

/// Returns the wall time of the work.
#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
pub(crate) fn wall_time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn nanoseconds(runs: u32, candidate: &Candidate<'_>) -> f64 {
    let start = ThreadTime::now();
    (0..runs).for_each(|_| (candidate.run)());
    start.elapsed().as_secs_f64() * 1e9 / f64::from(runs)
}
