//! The measured candidates: ways to read or write a response, as closures of one body.

use std::hint::black_box;

use aliyun_dts_status::health::{Context, Policy, assess};
use aliyun_dts_status::{Decoded, Decoder, Format, Limits, Response, SyncJob, encode};
use chrono::DateTime;
use quick_xml::events::Event;

use super::bodies::{Syntax, documented, items, objects, quirky_items};
use super::strict::Job;
use super::walks::{Record, write_document};

/// One way to do the work, by name.
pub(crate) struct Candidate<'a> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn Fn() + Sync + 'a>,
}

impl<'a> Candidate<'a> {
    /// The measured time includes `black_box` and the drop of the result.
    pub(crate) fn new<T>(name: &'static str, work: impl Fn() -> T + Sync + 'a) -> Self {
        Candidate { name, run: Box::new(move || drop(black_box(work()))) }
    }
}

/// Returns all decoders, the crate first.
pub(crate) fn decoders(syntax: Syntax, body: &str) -> Vec<Candidate<'_>> {
    match syntax {
        Syntax::Json => vec![
            decode(body),
            Candidate::new("serde_json derive", || strict_json(black_box(body))),
            Candidate::new("sonic-rs derive", || sonic_json(black_box(body))),
            Candidate::new("simd-json derive", || simd_json(black_box(body))),
            Candidate::new("serde_json Value and walk", || walked_json(black_box(body))),
        ],
        Syntax::Xml => vec![
            decode(body),
            Candidate::new("quick-xml events", || events(black_box(body))),
            Candidate::new("quick-xml derive", || strict_xml(black_box(body))),
            Candidate::new("roxmltree and walk", || walked_xml(black_box(body))),
        ],
    }
}

/// The crate.
pub(crate) fn decode(body: &str) -> Candidate<'_> {
    let decoder = decoder();
    Candidate::new("decode", move || decoded(&decoder, black_box(body)))
}

/// Returns all encoders of the body's response, the crate first.
pub(crate) fn encoders(syntax: Syntax, body: &str) -> Vec<Candidate<'static>> {
    let response = decoded(&decoder(), body).response;
    let format = format(syntax);
    // The baselines leave empty fields out, as the crate does.
    let strict = strict(syntax, &written(&response, format));
    vec![
        Candidate::new("encode", move || encode(black_box(&response), format)),
        match syntax {
            Syntax::Json => Candidate::new("serde_json to_vec", move || to_json(black_box(&strict))),
            Syntax::Xml => Candidate::new("quick-xml writer", move || to_xml(black_box(&strict))),
        },
    ]
}

/// Returns the assessment of the body's response.
pub(crate) fn assessment(body: &str) -> Candidate<'static> {
    let job = job(decoded(&decoder(), body));
    Candidate::new("assess", move || assess(black_box(&job), &context(), &Policy::default()))
}

/// Returns everything that a poller does with a body.
pub(crate) fn decode_and_assess(body: &str) -> Candidate<'_> {
    let decoder = decoder();
    Candidate::new("decode and assess", move || {
        let job = job(decoded(&decoder, black_box(body)));
        assess(&job, &context(), &Policy::default())
    })
}

/// Checks that the compared work is equal: the baselines read the same from the documented samples and write as much, the
/// generated bodies are clean, and the quirky ones are not.
pub(crate) fn check() {
    let [json, xml] = Syntax::BOTH.map(documented);
    let job = strict_json(json);
    assert_eq!(job, walked_json(json));
    assert_eq!(job, sonic_json(json));
    assert_eq!(job, simd_json(json));
    assert_eq!(strict_xml(xml), walked_xml(xml));
    assert_eq!(job, strict_xml(xml));
    assert_eq!(job.precheck.as_ref().map(|precheck| precheck.items.len()), Some(16));
    let response = decoded(&decoder(), json).response;
    let [json, xml] = [Format::Json, Format::Xml].map(|format| written(&response, format));
    assert_eq!(json.len(), to_json(&strict_json(&json)).len());
    assert_eq!(xml.len(), to_xml(&strict_xml(&xml)).len());
    for syntax in Syntax::BOTH {
        let quirks = |body: String| decoded(&decoder(), &body).quirks.len();
        assert_eq!(quirks(items(syntax, 100)), 0);
        assert_eq!(quirks(objects(syntax, 10)), 0);
        assert_eq!(quirks(quirky_items(syntax, 100)), 100);
    }
}

/// Returns a decoder without limits, for bodies of any size and any number of quirks.
fn decoder() -> Decoder {
    let mut limits = Limits::default();
    limits.bytes = usize::MAX;
    limits.nodes = usize::MAX;
    limits.items = usize::MAX;
    limits.scalar = usize::MAX;
    limits.quirks = usize::MAX;
    Decoder::new().limits(limits)
}

fn decoded(decoder: &Decoder, body: &str) -> Decoded {
    decoder.decode(body.as_bytes()).expect("a body that can be decoded")
}

fn written(response: &Response, format: Format) -> String {
    String::from_utf8(encode(response, format)).expect("UTF-8")
}

fn job(decoded: Decoded) -> Box<SyncJob> {
    match decoded.response {
        Response::Job(job) => job,
        other => panic!("a job, not {other:?}"),
    }
}

/// A poll six seconds after the checkpoint of the documented sample.
fn context() -> Context {
    Context::at(DateTime::from_timestamp(1_610_616_150, 0).expect("a time"))
}

fn format(syntax: Syntax) -> Format {
    match syntax {
        Syntax::Json => Format::Json,
        Syntax::Xml => Format::Xml,
    }
}

fn strict(syntax: Syntax, body: &str) -> Job {
    match syntax {
        Syntax::Json => strict_json(body),
        Syntax::Xml => strict_xml(body),
    }
}

fn strict_json(body: &str) -> Job {
    serde_json::from_slice(body.as_bytes()).expect("a body that strict structs can read")
}

fn sonic_json(body: &str) -> Job {
    sonic_rs::from_slice(body.as_bytes()).expect("a body that strict structs can read")
}

/// simd-json writes into the body, so it gets a copy.
fn simd_json(body: &str) -> Job {
    simd_json::serde::from_slice(&mut body.as_bytes().to_vec()).expect("a body that strict structs can read")
}

fn walked_json(body: &str) -> Job {
    Job::from_value(&serde_json::from_slice(body.as_bytes()).expect("JSON"))
}

/// Checks UTF-8. Bytes come from the network, so a decoder of `str` has to pay for this check.
fn utf8(body: &str) -> &str {
    str::from_utf8(black_box(body.as_bytes())).expect("UTF-8")
}

fn strict_xml(body: &str) -> Job {
    quick_xml::de::from_str(utf8(body)).expect("a body that strict structs can read")
}

fn walked_xml(body: &str) -> Job {
    Job::from_node(roxmltree::Document::parse(utf8(body)).expect("XML").root_element())
}

fn to_json(job: &Job) -> Vec<u8> {
    serde_json::to_vec(job).expect("strings and numbers")
}

fn to_xml(job: &Job) -> Vec<u8> {
    write_document("DescribeSynchronizationJobStatusResponse", job).expect("a Vec takes it")
}

/// Reads all events. Without `black_box` the optimizer would remove a part of the work.
fn events(body: &str) {
    let mut reader = quick_xml::Reader::from_str(utf8(body));
    loop {
        match black_box(reader.read_event().expect("XML")) {
            Event::Eof => return,
            event => drop(event),
        }
    }
}
