//! The bodies of testdata by operation, and how to decode one.

use std::fs;
use std::path::Path;

use aliyun_dts_status::{DecodeError, Decoded, Decoder, Operation};
use serde_json::Value;

/// A body of testdata.
pub(crate) struct Body {
    pub(crate) name: String,
    pub(crate) operation: Operation,
    pub(crate) text: String,
}

impl Body {
    pub(crate) fn is_json(&self) -> bool {
        self.text.starts_with('{')
    }

    /// The body as a JSON value, if it is one.
    pub(crate) fn json(&self) -> Option<Value> {
        self.is_json().then(|| serde_json::from_str(&self.text).unwrap())
    }
}

/// Returns the bodies of the folder `operations`, whose names begin with that of their operation, and two of the first
/// operation.
pub(crate) fn bodies() -> Vec<Body> {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let body = |path: &Path, operation| Body {
        name: path.file_name().unwrap().to_str().unwrap().to_owned(),
        operation,
        text: fs::read_to_string(path).unwrap(),
    };
    let mut bodies: Vec<Body> = fs::read_dir(testdata.join("operations"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            body(&path, name.split('-').next().unwrap().parse().unwrap())
        })
        .collect();
    for name in ["samples/every-field.json", "samples/every-field.xml"] {
        bodies.push(body(&testdata.join(name), Operation::default()));
    }
    bodies.sort_by(|one, other| one.name.cmp(&other.name));
    for &operation in Operation::ALL {
        let count = bodies.iter().filter(|body| body.operation == operation).count();
        assert!(count >= 3, "{operation} has {count} bodies");
    }
    bodies
}

pub(crate) fn try_decode(operation: Operation, body: &str) -> Result<Decoded, DecodeError> {
    Decoder::new().operation(operation).decode(body.as_bytes())
}

#[track_caller]
pub(crate) fn decode(operation: Operation, body: &str) -> Decoded {
    try_decode(operation, body).unwrap_or_else(|error| panic!("{error} as {operation}: {body}"))
}

#[track_caller]
pub(crate) fn decode_json(operation: Operation, body: &Value) -> Decoded {
    decode(operation, &body.to_string())
}

/// Returns a document of an operation with these elements in its root.
pub(crate) fn document(operation: Operation, elements: &str) -> String {
    format!("<{operation}Response>{elements}</{operation}Response>")
}

/// The list of the jobs of a page, in JSON.
pub(crate) fn list(operation: Operation) -> &'static str {
    match operation {
        Operation::DescribeSynchronizationJobs => "SynchronizationInstances",
        Operation::DescribeSynchronizationJobStatusList => "SynchronizationJobListStatusList",
        Operation::DescribeDtsJobs => "DtsJobList",
        Operation::DescribeMigrationJobs => "MigrationJobs",
        other => panic!("{other} has no list"),
    }
}

/// Operations whose responses are pages.
pub(crate) fn pages() -> impl Iterator<Item = Operation> {
    Operation::ALL.iter().copied().filter(|operation| operation.is_page())
}
