//! A response can be written in many ways that read the same, and whatever is read can be written and read again.

#[path = "support/choices.rs"]
mod choices;
#[path = "support/messy.rs"]
mod messy;
#[path = "support/models.rs"]
mod models;
mod support;
#[path = "support/trees.rs"]
mod trees;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use aliyun_dts_status::{Decoded, Fault, Format, QuirkKind, Response, SyncJob, decode, encode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use self::choices::Choices;
use self::models::Values;
use self::support::{decoded, kinds_and_paths};

const FORMATS: [Format; 2] = [Format::Json, Format::Xml];

fn jobs(values: Values) -> impl Strategy<Value = SyncJob> {
    vec(any::<u8>(), 0..1000).prop_map(move |bytes| models::job(values, &mut Choices::new(&bytes)))
}

fn faults(values: Values) -> impl Strategy<Value = Fault> {
    vec(any::<u8>(), 0..200).prop_map(move |bytes| models::fault(values, &mut Choices::new(&bytes)))
}

fn choices() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(any::<u8>(), 0..24), vec(any::<u8>(), 0..600)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_job_in_any_json(job in jobs(Values::Any), choices in choices()) {
        let mut job = job;
        // Some field must mark it as a job, whatever its root.
        // A body of `Success` and `Code` alone is not read.
        job.success.get_or_insert(true);
        job.delay.get_or_insert_default();
        let choices = &mut Choices::new(&choices);
        let body = messy::json(&messy::job(&job), choices);
        let decoded = decoded(&body);
        prop_assert_eq!(decoded.job(), Some(&job), "{}", String::from_utf8_lossy(&body));
    }

    #[test]
    fn a_job_in_any_xml(job in jobs(Values::Any), choices in choices()) {
        let mut job = job;
        // A body of `Success` and `Code` alone is not read.
        job.success.get_or_insert(true);
        job.delay.get_or_insert_default();
        let choices = &mut Choices::new(&choices);
        let roots = ["DescribeSynchronizationJobStatusResponse", "Response", "root", "DescribeSynchronizationJobStatus"];
        let body = messy::xml(&messy::job(&job), &roots, choices);
        let decoded = decoded(&body);
        prop_assert_eq!(decoded.job(), Some(&job), "{}", String::from_utf8_lossy(&body));
    }

    #[test]
    fn a_fault_in_any_form(fault in faults(Values::Any), choices in choices()) {
        let mut fault = fault;
        fault.code.get_or_insert("Throttling".to_owned());
        fault.message.get_or_insert("m".to_owned());
        let choices = &mut Choices::new(&choices);
        let members = messy::fault(&fault);
        let roots = ["Error", "DescribeSynchronizationJobStatusResponse", "Response", "html-error"];
        for body in [messy::json(&members, choices), messy::xml(&members, &roots, choices)] {
            let decoded = decoded(&body);
            prop_assert_eq!(decoded.response.fault(), Some(&fault), "{}", String::from_utf8_lossy(&body));
        }
    }

    #[test]
    fn what_is_encoded_decodes_to_the_same(job in jobs(Values::Any), fault in faults(Values::Any)) {
        for response in [Response::from(job), Response::from(fault)] {
            for format in FORMATS {
                let body = encode(&response, format);
                let decoded = decoded(&body);
                prop_assert_eq!(&decoded.response, &response, "{}", String::from_utf8_lossy(&body));
                prop_assert_eq!(decoded.format, format);
            }
        }
    }

    #[test]
    fn what_is_clean_is_encoded_clean(job in jobs(Values::Clean), fault in faults(Values::Clean)) {
        for response in [Response::from(job), Response::from(fault)] {
            for format in FORMATS {
                let body = encode(&response, format);
                let decoded = decoded(&body);
                prop_assert!(decoded.is_clean(), "{:?} {}", decoded.quirks, String::from_utf8_lossy(&body));
                prop_assert_eq!(&decoded.response, &response);
            }
        }
    }

    /// Damaged bodies of testdata: whatever can still be read can be written and read again.
    #[test]
    fn what_is_read_of_a_damaged_body_can_be_written(
        body in any::<Index>(),
        damages in vec((0..12_u8, any::<Index>(), any::<Index>(), any::<u8>()), 1..5),
    ) {
        let mut body = BODIES[body.index(BODIES.len())].clone();
        for (kind, from, to, byte) in damages {
            damage(&mut body, kind, from, to, byte);
        }
        match decode(&body) {
            Ok(decoded) => check_decoded(&body, &decoded)?,
            Err(error) => {
                prop_assert!(error.position().offset <= body.len());
                prop_assert!(error.excerpt().len() <= 128);
            }
        }
    }

    /// Known names in any order and depth, with values of any kind.
    #[test]
    fn nothing_is_dropped_without_a_quirk(tree in trees::any_tree()) {
        for body in [tree.to_json(), tree.to_xml()] {
            let Ok(decoded) = decode(body.as_bytes()) else { continue };
            check_decoded(body.as_bytes(), &decoded)?;
            // A text that is cut may hide a reported word.
            if decoded.quirks.iter().any(|quirk| quirk.found.len() > 120) {
                continue;
            }
            let model = support::model(&decoded.response);
            for word in tree.words() {
                let reported = decoded.quirks.iter().any(|quirk| quirk.found.contains(&word));
                prop_assert!(reported || model.contains(&word), "{} of {}: {} {:?}", word, body, model, decoded.quirks);
            }
        }
    }

    /// The same fields, right and wrong, in the shapes that both formats have.
    #[test]
    fn the_formats_agree(tree in trees::documented_tree()) {
        let [json, xml] = [tree.to_json(), tree.to_xml()].map(decoded);
        prop_assert_eq!(&json.response, &xml.response, "{}", tree.to_json());
        prop_assert_eq!(kinds_and_paths(&json.quirks), kinds_and_paths(&xml.quirks), "{}\n{}", tree.to_json(), tree.to_xml());
    }

    /// The same with one field repeated: also what was lost is the same, text by text where it is a plain value.
    #[test]
    fn the_formats_agree_on_repeated_names(tree in trees::documented_tree(), index in any::<Index>(), first in any::<bool>()) {
        let tree = tree.with_repeated(index, first);
        let [json, xml] = [tree.to_json(), tree.to_xml()].map(decoded);
        prop_assert_eq!(&json.response, &xml.response, "{}", tree.to_json());
        prop_assert_eq!(kinds_and_paths(&json.quirks), kinds_and_paths(&xml.quirks), "{}\n{}", tree.to_json(), tree.to_xml());
        let paths = |decoded: &Decoded| {
            let losses = decoded.losses().into_iter();
            losses.map(|loss| (loss.path.to_string(), loss.kept)).collect::<Vec<_>>()
        };
        prop_assert_eq!(paths(&json), paths(&xml), "{}\n{}", tree.to_json(), tree.to_xml());
    }
}

/// The bodies of testdata.
static BODIES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut bodies = Vec::new();
    for folder in ["samples", "quirks", "shapes", "values", "faults", "errors"] {
        bodies.extend(fs::read_dir(testdata.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    bodies.sort();
    bodies.into_iter().map(|path| fs::read(path).unwrap()).collect()
});

fn damage(body: &mut Vec<u8>, kind: u8, from: Index, to: Index, byte: u8) {
    const PIECES: [&str; 24] = [
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "<",
        ">",
        "</",
        "/>",
        "&",
        ";",
        "null",
        "[]",
        "{}",
        "<x>",
        "</x>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "\\u0000",
    ];
    if body.is_empty() {
        return;
    }
    let (from, to) = (from.index(body.len()), to.index(body.len()));
    let (from, to) = (from.min(to), from.max(to));
    match kind {
        0 => body.truncate(to),
        1 => drop(body.drain(from..to.min(from + 20))),
        2 => {
            let piece = body[from..to.min(from + 200)].to_vec();
            body.splice(to..to, piece);
        }
        3 => body[from] = byte,
        4 => drop(body.splice(from..from, PIECES[usize::from(byte) % PIECES.len()].bytes())),
        _ => {
            // Inside a word, so that the structure stays.
            if let Some(byte_of_word) = body[from..].iter_mut().find(|byte| byte.is_ascii_alphanumeric()) {
                *byte_of_word = b"0189aefzAEZ+-.* "[usize::from(byte) % 16];
            }
        }
    }
}

fn check_decoded(body: &[u8], decoded: &Decoded) -> Result<(), TestCaseError> {
    for quirk in &decoded.quirks {
        prop_assert!(quirk.offset <= body.len() && quirk.found.len() <= 128);
        if let Ok(text) = std::str::from_utf8(body) {
            let at = text.get(quirk.offset..).map(|rest| rest.trim_start_matches('\u{FEFF}'));
            let first = at.and_then(|rest| rest.chars().next());
            prop_assert!(quirk.offset == 0 || matches!(first, Some('"' | '<')), "{} in {}", quirk, text);
        }
    }
    for format in FORMATS {
        let written = encode(&decoded.response, format);
        let again = support::decoded(&written);
        prop_assert_eq!(again.format, format);
        if format == Format::Json || all_in_xml(&decoded.response) {
            prop_assert_eq!(&again.response, &decoded.response, "{}", String::from_utf8_lossy(&written));
            if decoded.is_clean() {
                prop_assert!(again.is_clean(), "{:?} {}", again.quirks, String::from_utf8_lossy(&written));
            }
        }
    }
    Ok(())
}

/// Returns true if XML can hold all characters of a response.
fn all_in_xml(response: &Response) -> bool {
    let json: serde_json::Value = match response {
        Response::Job(job) => serde_json::to_value(job).unwrap(),
        Response::Fault(fault) => serde_json::to_value(fault).unwrap(),
        other => unreachable!("{other:?}"),
    };
    fn holds(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => {
                text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..))
            }
            serde_json::Value::Array(items) => items.iter().all(holds),
            serde_json::Value::Object(members) => members.values().all(holds),
            _ => true,
        }
    }
    holds(&json)
}

/// The writers of messy bodies must produce quirks.
#[test]
fn messy_bodies_have_nearly_every_quirk() {
    let mut runner = TestRunner::deterministic();
    let strategy = (jobs(Values::Any), choices());
    let mut seen = BTreeSet::new();
    for _ in 0..1500 {
        let (mut job, choices) = strategy.new_tree(&mut runner).unwrap().current();
        // A body of `Success` and `Code` alone is not read.
        job.success.get_or_insert(true);
        job.delay.get_or_insert_default();
        let choices = &mut Choices::new(&choices);
        for body in
            [messy::json(&messy::job(&job), choices), messy::xml(&messy::job(&job), &["Response"], choices)]
        {
            let decoded = decoded(&body);
            seen.extend(decoded.quirks.iter().map(|quirk| quirk.kind));
        }
    }
    let missing: Vec<_> = QuirkKind::ALL.iter().filter(|kind| !seen.contains(kind)).collect();
    // These kinds would change the response, or are of other operations.
    assert_eq!(
        missing,
        [
            &QuirkKind::ValueAlias,
            &QuirkKind::Rounded,
            &QuirkKind::UnitUnknown,
            &QuirkKind::UnwrappedList,
            &QuirkKind::RecordForText,
            &QuirkKind::Unreadable,
        ]
    );
}
