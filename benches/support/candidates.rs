//! Who is measured: the ways a user could read or write a response, as closures of one body.

use std::hint::black_box;

use quick_xml::events::Event;

use super::bodies::{Syntax, documented};
use super::strict::Job;
use super::walks::{Record, write_document};

/// One way to do the work, by name.
pub(crate) struct Candidate<'a> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn Fn() + Sync + 'a>,
}

impl<'a> Candidate<'a> {
    /// The result is handed to the optimizer's blind spot and dropped, within what is measured.
    pub(crate) fn new<T>(name: &'static str, work: impl Fn() -> T + Sync + 'a) -> Self {
        Candidate { name, run: Box::new(move || drop(black_box(work()))) }
    }
}

/// Everybody who reads a body.
pub(crate) fn decoders(syntax: Syntax, body: &str) -> Vec<Candidate<'_>> {
    match syntax {
        Syntax::Json => vec![
            Candidate::new("serde_json derive", || strict_json(black_box(body))),
            Candidate::new("serde_json Value and walk", || walked_json(black_box(body))),
        ],
        Syntax::Xml => vec![
            Candidate::new("quick-xml events", || events(black_box(body))),
            Candidate::new("quick-xml derive", || strict_xml(black_box(body))),
            Candidate::new("roxmltree and walk", || walked_xml(black_box(body))),
        ],
    }
}

/// Everybody who writes what the body says.
pub(crate) fn encoders(syntax: Syntax, body: &str) -> Vec<Candidate<'static>> {
    let job = strict(syntax, body);
    match syntax {
        Syntax::Json => vec![Candidate::new("serde_json to_vec", move || {
            serde_json::to_vec(black_box(&job)).expect("strings and numbers")
        })],
        Syntax::Xml => vec![Candidate::new("quick-xml writer", move || {
            write_document("DescribeSynchronizationJobStatusResponse", black_box(&job))
                .expect("a Vec takes it")
        })],
    }
}

/// The baselines read the documented samples to the same end; else they are no baselines.
pub(crate) fn check_baselines() {
    let [json, xml] = Syntax::BOTH.map(documented);
    let job = strict_json(json);
    assert_eq!(job, walked_json(json));
    assert_eq!(strict_xml(xml), walked_xml(xml));
    assert_eq!(job, strict_xml(xml));
    assert_eq!(job.precheck.map(|precheck| precheck.items.len()), Some(16));
}

pub(crate) fn strict(syntax: Syntax, body: &str) -> Job {
    match syntax {
        Syntax::Json => strict_json(body),
        Syntax::Xml => strict_xml(body),
    }
}

fn strict_json(body: &str) -> Job {
    serde_json::from_slice(body.as_bytes()).expect("a body that strict structs can read")
}

fn walked_json(body: &str) -> Job {
    Job::from_value(&serde_json::from_slice(body.as_bytes()).expect("JSON"))
}

/// Bytes come from the network, so what reads a `str` pays for the check of UTF-8.
fn utf8(body: &str) -> &str {
    str::from_utf8(black_box(body.as_bytes())).expect("UTF-8")
}

fn strict_xml(body: &str) -> Job {
    quick_xml::de::from_str(utf8(body)).expect("a body that strict structs can read")
}

fn walked_xml(body: &str) -> Job {
    Job::from_node(roxmltree::Document::parse(utf8(body)).expect("XML").root_element())
}

fn events(body: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(utf8(body));
    let mut count = 0;
    while !matches!(reader.read_event().expect("XML"), Event::Eof) {
        count += 1;
    }
    count
}
