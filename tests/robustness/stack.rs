//! The depth of a body does not decide how much stack the decoder uses.

use std::thread;

use aliyun_dts_status::{Decoder, ErrorKind, Format, Limits, encode};

use crate::check::check;

/// Stack that a caller may have left: 256 KiB for an optimised build, twice that for others.
const STACK: usize = if cfg!(debug_assertions) { 512 << 10 } else { 256 << 10 };

#[test]
fn small_stacks_are_enough() {
    in_small_stack(|| {
        for body in bodies(64).chain(bodies(65)).chain(bodies(128)).chain(bodies(20_000)) {
            check(body.as_bytes());
        }
    });
}

/// The limit of depth is as high as the number of bytes.
#[test]
fn small_stacks_are_enough_without_a_limit_of_depth() {
    in_small_stack(|| {
        let mut limits = Limits::default();
        (limits.depth, limits.nodes) = (usize::MAX, usize::MAX);
        let decoder = Decoder::new().limits(limits);
        for body in bodies(20_000) {
            match decoder.decode(body.as_bytes()) {
                Ok(decoded) => {
                    let _ = format!("{:?}", decoded.clone());
                    for format in [Format::Json, Format::Xml] {
                        let _ = encode(&decoded.response, format);
                    }
                }
                // serde_json has its own limit.
                Err(error) => {
                    let kind = error.kind();
                    assert!(matches!(kind, ErrorKind::TooDeep | ErrorKind::UnrecognizedBody), "{error}");
                }
            }
        }
    });
}

fn in_small_stack(work: fn()) {
    thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .expect("a thread")
        .join()
        .expect("the stack is enough");
}

/// Returns bodies of this depth, each nested in another way.
fn bodies(depth: usize) -> impl Iterator<Item = String> {
    let json = [
        "[",
        "{\"a\":",
        "{\"PrecheckStatus\":",
        "{\"Detail\":[",
        "{\"CheckItem\":[",
        "{\"TableIncludes\":[",
        "{\"TableName\":[",
    ];
    let json = json.into_iter().flat_map(move |open| {
        let close: String = open
            .chars()
            .rev()
            .filter_map(|c| Some(if c == '[' { ']' } else { (c == '{').then_some('}')? }))
            .collect();
        let nested = format!("{}0{}", open.repeat(depth), close.repeat(depth));
        [
            format!("{{\"TaskId\":\"a\",\"b\":{nested}}}"),
            format!("{{\"PrecheckStatus\":{{\"Detail\":{nested}}}}}"),
            format!("{{\"SynchronizationObjects\":[{{\"TableIncludes\":{nested}}}]}}"),
            format!("{{\"Code\":\"a\",\"AccessDeniedDetail\":{nested}}}"),
            nested,
        ]
    });
    let xml = ["a", "PrecheckStatus", "Detail", "CheckItem", "TableIncludes", "TableName"];
    let xml = xml.into_iter().flat_map(move |name| {
        // A second element of the same name makes a list.
        let (open, close) = (format!("<{name}><{name}/>"), format!("</{name}>"));
        let nested = format!("{}b{}", open.repeat(depth), close.repeat(depth));
        [
            format!("<Error><Code>a</Code><AccessDeniedDetail>{nested}</AccessDeniedDetail></Error>"),
            format!("<a><TaskId>b</TaskId><PrecheckStatus>{nested}</PrecheckStatus></a>"),
            format!("<a><SynchronizationObjects><TableIncludes>{nested}</TableIncludes></SynchronizationObjects></a>"),
            nested,
        ]
    });
    json.chain(xml)
}
