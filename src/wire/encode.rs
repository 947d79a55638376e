//! From the model to bytes: [`encode`].

use super::format::Format;
use super::record::Record;
use super::{json, xml};
use crate::field::{ERROR_ROOT, ROOT};
use crate::model::{Fault, Response, SyncJob};

/// Encodes a response as a clean body in the documented form. Characters that XML cannot hold become U+FFFD there.
///
/// The result decodes to an equal response, for every response that [`decode`](crate::decode) returns.
#[must_use]
pub fn encode(response: &Response, format: Format) -> Vec<u8> {
    match response {
        Response::Job(job) if **job == SyncJob::default() => {
            // A body without any field would be refused; an empty text adds no value and makes it readable.
            encode_record(&SyncJob { request_id: Some(String::new()), ..SyncJob::default() }, ROOT, format)
        }
        Response::Job(job) if is_without_job_field(job) => {
            // A code and no field of a job would be read as an error document.
            encode_record(&SyncJob { task_id: Some(String::new()), ..(**job).clone() }, ROOT, format)
        }
        Response::Job(job) => encode_record(&**job, ROOT, format),
        Response::Page(_) => Vec::new(),
        Response::Fault(fault) if fault.code.is_none() && fault.message.is_none() => {
            // `Code` marks an error document.
            encode_record(&Fault { code: Some(String::new()), ..fault.clone() }, ERROR_ROOT, format)
        }
        Response::Fault(fault) => encode_record(fault, ERROR_ROOT, format),
    }
}

/// Returns true for a job with a code and nothing that no error document has.
fn is_without_job_field(job: &SyncJob) -> bool {
    job.code.is_some()
        && SyncJob::default()
            == SyncJob { request_id: None, success: None, code: None, http_status_code: None, ..job.clone() }
}

fn encode_record<R: Record>(record: &R, root: &str, format: Format) -> Vec<u8> {
    match format {
        Format::Json => json::write(record),
        Format::Xml => xml::write(root, record),
    }
}
