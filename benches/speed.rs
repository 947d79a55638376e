//! Criterion's statistics for every way to read and write a response: `cargo bench --bench speed`.

mod support;

use criterion::{Criterion, Throughput};
use support::bodies::{self, Syntax};
use support::candidates::{self, Candidate};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    decode(&mut criterion);
    encode(&mut criterion);
    criterion.final_summary();
}

fn decode(criterion: &mut Criterion) {
    for syntax in Syntax::BOTH {
        let bodies = [
            ("documented", bodies::documented(syntax).to_owned()),
            ("minified", bodies::minified(syntax)),
            ("1,000 items", bodies::items(syntax, 1_000)),
            ("20,000 items", bodies::items(syntax, 20_000)),
            ("20,000 tables", bodies::objects(syntax, 2_000)),
        ];
        for (name, body) in &bodies {
            group(
                criterion,
                &format!("decode {} {name}", syntax.name()),
                body,
                candidates::decoders(syntax, body),
            );
        }
    }
}

fn encode(criterion: &mut Criterion) {
    for syntax in Syntax::BOTH {
        let body = bodies::documented(syntax);
        group(criterion, &format!("encode {}", syntax.name()), body, candidates::encoders(syntax, body));
    }
}

fn group(criterion: &mut Criterion, name: &str, body: &str, candidates: Vec<Candidate<'_>>) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(body.len() as u64));
    for candidate in candidates {
        group.bench_function(candidate.name, |bencher| bencher.iter(|| (candidate.run)()));
    }
    group.finish();
}
