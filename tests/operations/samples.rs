//! The bodies of the vendor's own documentation, which are no part of this repository.

use std::path::Path;
use std::{env, fs};

use aliyun_dts_status::{Decoded, Decoder, ErrorKind, Format, Operation, QuirkKind, SyncJob, encode};

use crate::bodies::try_decode;

/// The variable with the folder of the documented bodies, named `OPERATION.json` and `OPERATION.xml`.
const FOLDER: &str = "DTS_SAMPLES";

/// Operations whose JSON has a status and no name that shows of what. They are read as jobs without an
/// id.
const MISTAKEN: [&str; 2] = ["DescribeEndpointSwitchStatus", "DescribeSynchronizationObjectModifyStatus"];

#[test]
#[ignore = "needs the documented bodies: set DTS_SAMPLES to their folder"]
fn documented_bodies_are_read_as_their_operation_and_refused_as_any_other() {
    let folder = env::var_os(FOLDER).expect("DTS_SAMPLES names the folder of the documented bodies");
    let mut read = 0;
    let mut refused = 0;
    for entry in fs::read_dir(Path::new(&folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let own: Option<Operation> = name.parse().ok();
        for &operation in Operation::ALL {
            match try_decode(operation, &text) {
                Ok(decoded) if Some(operation) == own => {
                    check(name, &decoded);
                    let detected = Decoder::new().detect_operation().decode(text.as_bytes()).unwrap();
                    assert_eq!(detected, decoded, "{name}");
                    read += 1;
                }
                Ok(_) if MISTAKEN.contains(&name) && operation == Operation::default() => {}
                // It names a job, and says nothing of how that does.
                Ok(decoded) if own.is_none() && says_nothing(&decoded) => {}
                Ok(decoded) => panic!("{} is read as {operation}: {decoded:?}", path.display()),
                Err(error) if Some(operation) == own => panic!("{}: {error}", path.display()),
                Err(error) => {
                    let is_refused =
                        matches!(error.kind(), ErrorKind::OtherOperation | ErrorKind::UnrecognizedBody);
                    assert!(is_refused, "{} as {operation}: {error}", path.display());
                    refused += 1;
                }
            }
        }
    }
    println!("{read} documented bodies are read, {refused} times one is refused as another operation");
    assert!(read > 0 && refused > 0);
}

fn says_nothing(decoded: &Decoded) -> bool {
    let is_silent = |job: &SyncJob| job.status.is_none() && job.delay.or(job.delay_millis).is_none();
    decoded.jobs().iter().all(is_silent)
}

fn check(name: &str, decoded: &Decoded) {
    for quirk in &decoded.quirks {
        println!("{name} {quirk}");
        // Documented bodies write `synchronizing`, the documented vocabulary `Synchronizing`.
        assert_eq!(quirk.kind, QuirkKind::ValueCase, "{name}: {quirk}");
    }
    assert!(!decoded.jobs().is_empty(), "{name}");
    for format in [Format::Json, Format::Xml] {
        let body = encode(&decoded.response, format);
        let again = Decoder::new().operation(decoded.operation).decode(&body).unwrap();
        assert_eq!(again.response, decoded.response, "{name}");
    }
}
