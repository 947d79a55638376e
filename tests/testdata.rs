//! The bodies of testdata: snapshots of what each decodes to, and agreement of the two formats.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use aliyun_dts_status::{
    DecodeError, Decoded, Decoder, ErrorKind, Format, Operation, Response, encode, validate,
};

use self::support::kinds_and_paths;

/// Returns every body: the documented samples and the folders by subject.
fn bodies() -> Vec<PathBuf> {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut bodies = Vec::new();
    for entry in fs::read_dir(testdata).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_str().unwrap();
        if name == "archive" || name == "fuzz" {
            // Files of many bodies, for the command; and bodies that only must not break anything.
        } else if entry.is_dir() {
            bodies.extend(fs::read_dir(entry).unwrap().map(|entry| entry.unwrap().path()));
        } else if name.starts_with("docs-") {
            bodies.push(entry);
        }
    }
    bodies.sort();
    assert!(bodies.len() > 300, "{}", bodies.len());
    bodies
}

/// Returns the decoder of a body. Files in `operations` begin with the name of their operation.
fn decoder(path: &Path) -> Decoder {
    let operation = match path.parent().is_some_and(|folder| folder.ends_with("operations")) {
        true => path.file_name().unwrap().to_str().unwrap().split('-').next().unwrap().parse().unwrap(),
        false => Operation::default(),
    };
    Decoder::new().operation(operation)
}

fn decode_file(path: &Path) -> Result<Decoded, DecodeError> {
    decoder(path).decode(&fs::read(path).unwrap())
}

#[test]
fn every_body_decodes_as_its_snapshot() {
    insta::with_settings!({
        snapshot_path => "snapshots/testdata",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        for path in bodies() {
            let outcome = match decode_file(&path) {
                Ok(decoded) => of_decoded(&decoded),
                Err(error) => {
                    let position = error.position();
                    let kind = error.kind();
                    format!("refused: {kind}\n{error} (byte {})\n{:?}\n", position.offset, error.excerpt())
                }
            };
            insta::assert_snapshot!(name(&path), outcome);
        }
    });
}

/// Returns the name of a snapshot, from the folder and the file.
fn name(path: &Path) -> String {
    let file = path.file_name().unwrap().to_str().unwrap();
    match path.parent().unwrap().file_name().unwrap().to_str().unwrap() {
        "testdata" => file.to_owned(),
        folder => format!("{folder}-{file}"),
    }
}

fn of_decoded(decoded: &Decoded) -> String {
    let mut text = String::new();
    match &decoded.response {
        Response::Job(job) => {
            writeln!(text, "{} job {}", decoded.format, serde_json::to_string_pretty(job).unwrap()).unwrap();
            if decoded.operation == Operation::default() {
                for violation in validate(job) {
                    writeln!(text, "violation {violation}").unwrap();
                }
            }
        }
        Response::Page(page) => {
            writeln!(text, "{} page {}", decoded.format, serde_json::to_string_pretty(page).unwrap())
                .unwrap();
        }
        Response::Fault(fault) => {
            writeln!(text, "{} fault {}", decoded.format, serde_json::to_string_pretty(fault).unwrap())
                .unwrap();
        }
        other => unreachable!("{other:?}"),
    }
    for quirk in &decoded.quirks {
        writeln!(text, "quirk {quirk}").unwrap();
    }
    text
}

/// Bodies of the same name decode to the same response from XML and JSON.
#[test]
fn the_formats_agree() {
    let mut pairs = BTreeMap::<PathBuf, Vec<PathBuf>>::new();
    for path in bodies() {
        if path.extension().is_some_and(|extension| extension == "json" || extension == "xml") {
            pairs.entry(path.with_extension("")).or_default().push(path);
        }
    }
    let mut compared = 0;
    for (_, pair) in pairs {
        let [json, xml] = pair.as_slice() else { continue };
        let [json, xml] = [json, xml].map(|path| decode_file(path));
        match (json, xml) {
            (Ok(json), Ok(xml)) => {
                assert_eq!(json.response, xml.response, "{pair:?}");
                assert_eq!(kinds_and_paths(&json.quirks), kinds_and_paths(&xml.quirks), "{pair:?}");
            }
            (Err(json), Err(xml)) => assert_eq!(json.kind(), xml.kind(), "{pair:?}"),
            (json, xml) => panic!("{pair:?}: {json:?}, {xml:?}"),
        }
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

/// A document without a root holds the same job as the JSON.
#[test]
fn a_root_may_be_missing() {
    let json = support::decoded(include_bytes!("../testdata/samples/chinese-job.json"));
    let xml = support::decoded(include_bytes!("../testdata/samples/chinese-job-rootless.xml"));
    assert_eq!(json.response, xml.response);
    assert_eq!(kinds_and_paths(&json.quirks), [""; 0]);
    assert_eq!(kinds_and_paths(&xml.quirks), ["root_missing"]);
}

/// A given format has the same result as a detected one, and the other format is refused.
#[test]
fn the_format_may_be_given() {
    for path in bodies() {
        let body = fs::read(&path).unwrap();
        let decoder = decoder(&path);
        let Ok(decoded) = decoder.decode(&body) else { continue };
        let given = decoder.clone().format(decoded.format).decode(&body);
        assert_eq!(given.unwrap(), decoded, "{path:?}");
        let other = if decoded.format == Format::Json { Format::Xml } else { Format::Json };
        assert_eq!(
            decoder.clone().format(other).decode(&body).unwrap_err().kind(),
            ErrorKind::Syntax,
            "{path:?}"
        );
    }
}

/// A decoded response can be encoded, and decodes to an equal one, which is clean if the first was.
#[test]
fn decoded_responses_survive_encoding() {
    for path in bodies() {
        let Ok(decoded) = decode_file(&path) else { continue };
        for format in [Format::Json, Format::Xml] {
            let written = encode(&decoded.response, format);
            let again = decoder(&path).decode(&written).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            assert_eq!(again.response, decoded.response, "{path:?}: {}", String::from_utf8_lossy(&written));
            assert_eq!(again.format, format);
            if decoded.is_clean() {
                assert!(again.is_clean(), "{path:?}: {:?}", again.quirks);
            }
        }
    }
}
