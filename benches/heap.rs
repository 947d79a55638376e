//! Heap use of a decode: `cargo bench --bench heap` prints the tables.
//!
//! Bold numbers miss the goal, which is for `decode`.
//! It is a separate program, because counting slows what `ratios` measures.

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

/// Limit of allocations in a decode of the documented sample.
const MOST_ALLOCATIONS: usize = 25;

/// Limit of the heap that a decode holds at once, as a multiple of the body.
const MOST_PEAK: f64 = 2.0;

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

    println!("\n## Heap peak at 20,000 items, without the body, at most {MOST_PEAK} times the body\n");
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

/// Returns the number, in bold where it misses the goal.
fn marked(value: impl Display, misses: bool) -> String {
    if misses { format!("**{value}**") } else { value.to_string() }
}

/// The heap use of one run.
struct Taken {
    allocations: usize,
    reallocations: usize,
    peak: usize,
}

fn measure(candidate: &Candidate<'_>) -> Taken {
    // The first run also makes lazy tables, which are not part of a decode.
    (candidate.run)();
    let before = COUNT.stats();
    PEAK.reset_peak_memory();
    (candidate.run)();
    let peak = PEAK.get_peak_memory();
    let taken = COUNT.stats() - before;
    Taken { allocations: taken.allocations + taken.reallocations, reallocations: taken.reallocations, peak }
}
