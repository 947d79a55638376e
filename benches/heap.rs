//! What a decode takes from the heap: `cargo bench --bench heap` prints the tables.
//!
//! What stands in bold misses the goal, which is meant for `decode`.
//! A program of its own, because the counting would slow what `ratios` measures.

mod support;

use std::alloc::System;
use std::fmt::Display;

use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait};
use stats_alloc::StatsAlloc;
use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};

static COUNT: StatsAlloc<System> = StatsAlloc::system();

#[global_allocator]
static PEAK: PeakMemAlloc<&StatsAlloc<System>> = PeakMemAlloc::new(&COUNT);

/// The most that a decode of the documented sample may allocate.
const MOST_ALLOCATIONS: usize = 35;

/// The most that a decode may hold at once, as a multiple of the body.
const MOST_PEAK: f64 = 3.0;

fn main() {
    candidates::check();
    println!("\n## Allocations of one decode of the documented sample, at most {MOST_ALLOCATIONS}\n");
    println!("| candidate | allocations | of these, reallocations |\n|---|--:|--:|");
    for syntax in Syntax::BOTH {
        for candidate in candidates::decoders(syntax, bodies::documented(syntax)) {
            let Taken { allocations, reallocations, .. } = measure(&candidate);
            let allocations = marked(allocations, allocations > MOST_ALLOCATIONS);
            println!("| {}: {} | {allocations} | {reallocations} |", syntax.name(), candidate.name);
        }
    }

    println!("\n## Heap peak at 20,000 items beside the body, at most {MOST_PEAK} times the body\n");
    println!("| candidate | body, bytes | peak, bytes | peak ÷ body |\n|---|--:|--:|--:|");
    for syntax in Syntax::BOTH {
        let body = bodies::items(syntax, 20_000);
        for candidate in candidates::decoders(syntax, &body) {
            let peak = measure(&candidate).peak;
            let times = peak as f64 / body.len() as f64;
            let times = marked(format!("{times:.2}"), times > MOST_PEAK);
            println!("| {}: {} | {} | {peak} | {times} |", syntax.name(), candidate.name, body.len());
        }
    }
}

/// In bold where it misses the goal.
fn marked(value: impl Display, misses: bool) -> String {
    if misses { format!("**{value}**") } else { value.to_string() }
}

/// What one run took.
struct Taken {
    allocations: usize,
    reallocations: usize,
    peak: usize,
}

fn measure(candidate: &Candidate<'_>) -> Taken {
    // What is made once, such as a lazy table, is not part of a decode.
    (candidate.run)();
    let before = COUNT.stats();
    PEAK.reset_peak_memory();
    (candidate.run)();
    let peak = PEAK.get_peak_memory();
    let taken = COUNT.stats() - before;
    Taken { allocations: taken.allocations + taken.reallocations, reallocations: taken.reallocations, peak }
}
