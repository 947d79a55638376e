//! Helpers of the tests of the decoder.
#![allow(dead_code, reason = "each test program uses a part of it")]

use aliyun_dts_status::{Decoded, Quirk, Response, decode};

/// The root of a response in XML.
pub(crate) const ROOT: &str = "DescribeSynchronizationJobStatusResponse";

/// Returns a document with these elements in the root of a response.
pub(crate) fn document(elements: &str) -> String {
    format!("<{ROOT}>{elements}</{ROOT}>")
}

/// Decodes a body, and panics if that fails.
#[track_caller]
pub(crate) fn decoded(body: impl AsRef<[u8]>) -> Decoded {
    let body = body.as_ref();
    decode(body).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(body)))
}

/// Returns the model as the command prints it: `job {"status":"Failed"}`.
pub(crate) fn model(response: &Response) -> String {
    match response {
        Response::Job(job) => format!("job {}", serde_json::to_string(job).unwrap()),
        Response::Fault(fault) => format!("fault {}", serde_json::to_string(fault).unwrap()),
        Response::Page(page) => format!("page {}", serde_json::to_string(page).unwrap()),
        other => unreachable!("{other:?}"),
    }
}

/// Kinds and paths of quirks, which are the same in both formats: `value_case Status`.
pub(crate) fn kinds_and_paths(quirks: &[Quirk]) -> Vec<String> {
    quirks.iter().map(|quirk| format!("{} {}", quirk.kind, quirk.path).trim_end().to_owned()).collect()
}
