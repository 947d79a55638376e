//! What a decode takes from the heap: `cargo bench --bench heap` prints the tables.
//!
//! A program of its own, because the counting would slow what `ratios` measures.

mod support;

use std::alloc::System;

use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait};
use stats_alloc::StatsAlloc;
use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};

static COUNT: StatsAlloc<System> = StatsAlloc::system();

#[global_allocator]
static PEAK: PeakMemAlloc<&StatsAlloc<System>> = PeakMemAlloc::new(&COUNT);

fn main() {
    println!("\n## Allocations of one decode of the documented sample\n");
    println!("| candidate | allocations | of these, reallocations |\n|---|--:|--:|");
    for syntax in Syntax::BOTH {
        for candidate in candidates::decoders(syntax, bodies::documented(syntax)) {
            let taken = measure(&candidate);
            println!("| {} | {} | {} |", candidate.name, taken.allocations, taken.reallocations);
        }
    }

    println!("\n## Heap peak at 20,000 items, the body not counted\n");
    println!("| candidate | body, bytes | peak, bytes | peak ÷ body |\n|---|--:|--:|--:|");
    for syntax in Syntax::BOTH {
        let body = bodies::items(syntax, 20_000);
        for candidate in candidates::decoders(syntax, &body) {
            let peak = measure(&candidate).peak;
            let times = peak as f64 / body.len() as f64;
            println!("| {} | {} | {peak} | {times:.2} |", candidate.name, body.len());
        }
    }
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
