//! Criterion's statistics for every way to read and write a response: `cargo bench --bench speed`.

mod support;

use criterion::{Criterion, Throughput};
use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    decode(&mut criterion);
    encode(&mut criterion);
    assess(&mut criterion);
    criterion.final_summary();
}

fn decode(criterion: &mut Criterion) {
    for syntax in Syntax::BOTH {
        for (name, body) in bodies::all(syntax, 50) {
            let candidates = candidates::decoders(syntax, &body);
            group(criterion, &format!("decode {} {name}", syntax.name()), &body, candidates);
        }
    }
}

fn encode(criterion: &mut Criterion) {
    for syntax in Syntax::BOTH {
        let body = bodies::documented(syntax);
        group(criterion, &format!("encode {}", syntax.name()), body, candidates::encoders(syntax, body));
    }
}

fn assess(criterion: &mut Criterion) {
    for syntax in Syntax::BOTH {
        let body = bodies::documented(syntax);
        let candidates = vec![candidates::assessment(body), candidates::decode_and_assess(body)];
        group(criterion, &format!("assess {}", syntax.name()), body, candidates);
    }
}

fn group(criterion: &mut Criterion, name: &str, body: &str, candidates: Vec<Candidate<'_>>) {
    let mut group = criterion.benchmark_group(name);
    if body.len() > 10_000_000 {
        group.sample_size(10);
    }
    group.throughput(Throughput::Bytes(body.len() as u64));
    for candidate in candidates {
        group.bench_function(candidate.name, |bencher| bencher.iter(|| (candidate.run)()));
    }
    group.finish();
}
