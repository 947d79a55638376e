//! From the model to bytes: [`encode`].

use std::io;

use super::format::Format;
use super::record::Record;
use super::{json, xml};
use crate::field::{ERROR_ROOT, ROOT};
use crate::model::{Fault, Response, SyncJob};

/// Encodes a response, a job or a fault as a clean body in the documented form. Characters that XML cannot hold become
/// U+FFFD there.
///
/// The result decodes to an equal response, for every response that [`decode`](crate::decode) returns.
///
/// ```
/// use aliyun_dts_status::{Format, SyncJob, decode, encode};
///
/// let job = SyncJob::sample();
/// let body = encode(&job, Format::Xml);
/// assert_eq!(decode(&body)?.into_job(), Some(job));
/// # Ok::<(), aliyun_dts_status::DecodeError>(())
/// ```
#[must_use]
pub fn encode<R: Encode + ?Sized>(response: &R, format: Format) -> Vec<u8> {
    response.body(format)
}

/// Writes what [`encode`] returns.
///
/// # Errors
///
/// Passes on the error of the writer.
pub fn encode_to<R: Encode + ?Sized>(
    response: &R,
    format: Format,
    mut writer: impl io::Write,
) -> io::Result<()> {
    writer.write_all(&response.body(format))
}

/// What [`encode`] takes: [`Response`], [`SyncJob`], [`Fault`].
pub trait Encode: sealed::Sealed {
    #[doc(hidden)]
    fn body(&self, format: Format) -> Vec<u8>;
}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Response {}
impl sealed::Sealed for SyncJob {}
impl sealed::Sealed for Fault {}

impl Encode for Response {
    fn body(&self, format: Format) -> Vec<u8> {
        match self {
            Response::Job(job) => job.body(format),
            Response::Fault(fault) => fault.body(format),
        }
    }
}

impl Encode for SyncJob {
    fn body(&self, format: Format) -> Vec<u8> {
        if *self == SyncJob::default() {
            // A body without any field would be refused; an empty text adds no value and makes it readable.
            encode_record(&SyncJob { request_id: Some(String::new()), ..SyncJob::default() }, ROOT, format)
        } else if is_without_job_field(self) {
            // A code and no field of a job would be read as an error document.
            encode_record(&SyncJob { task_id: Some(String::new()), ..self.clone() }, ROOT, format)
        } else {
            encode_record(self, ROOT, format)
        }
    }
}

impl Encode for Fault {
    fn body(&self, format: Format) -> Vec<u8> {
        if self.code.is_none() && self.message.is_none() {
            // `Code` marks an error document.
            encode_record(&Fault { code: Some(String::new()), ..self.clone() }, ERROR_ROOT, format)
        } else {
            encode_record(self, ERROR_ROOT, format)
        }
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
