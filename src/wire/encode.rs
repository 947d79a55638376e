//! From the model to bytes: [`encode`].

use std::io;

use super::draft::{Draft, PageDraft};
use super::format::Format;
use super::record::Table;
use super::schema::{
    DtsJobDetail, DtsJobsPage, FaultDocument, JobStatusResponse, MigrationJobStatusResponse,
    MigrationJobsPage, StatusListPage, SynchronizationJobsPage,
};
use super::{json, xml};
use crate::field::ERROR_ROOT;
use crate::model::{Fault, Operation, Page, Response, SyncJob};

/// Encodes a response, or one of its kinds, as a clean body in the documented form of its operation. Characters that XML
/// cannot hold become U+FFFD there.
///
/// The result decodes to an equal response, for every response that a [`Decoder`](crate::Decoder) of the same operation
/// returns. A value that the operation has no field for is not written.
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

/// The types that [`encode`] takes: [`Response`], [`SyncJob`], [`Page`], [`Fault`].
pub trait Encode: sealed::Sealed {
    #[doc(hidden)]
    fn body(&self, format: Format) -> Vec<u8>;
}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for Response {}
impl sealed::Sealed for SyncJob {}
impl sealed::Sealed for Page {}
impl sealed::Sealed for Fault {}

impl Encode for Response {
    fn body(&self, format: Format) -> Vec<u8> {
        match self {
            Response::Job(job) => job.body(format),
            Response::Page(page) => page.body(format),
            Response::Fault(fault) => fault.body(format),
        }
    }
}

/// A job is written as the operation that it comes from; one of a page as `DescribeSynchronizationJobStatus`.
impl Encode for SyncJob {
    fn body(&self, format: Format) -> Vec<u8> {
        match self.operation {
            Operation::DescribeDtsJobDetail => {
                let mut draft = Draft::from(self);
                if self.job_id.is_none() && self.job_name.is_none() && self.job_class.is_none() {
                    // An id shows the operation.
                    draft.job.task_id.get_or_insert_default();
                }
                encode_record::<DtsJobDetail>(&draft, self.operation.root(), format)
            }
            Operation::DescribeMigrationJobStatus => {
                let mut draft = Draft::from(self);
                if self.job_name.is_none() && self.job_class.is_none() && self.status.is_none() {
                    draft.job.job_id.get_or_insert_default();
                }
                encode_record::<MigrationJobStatusResponse>(&draft, self.operation.root(), format)
            }
            _ => encode_own(self, format),
        }
    }
}

fn encode_own(job: &SyncJob, format: Format) -> Vec<u8> {
    let root = Operation::DescribeSynchronizationJobStatus.root();
    if !JobStatusResponse::is_set(job) {
        // A body without any field would be refused; an empty text adds no value and makes it readable.
        let job = SyncJob { request_id: Some(String::new()), ..SyncJob::default() };
        return encode_record::<JobStatusResponse>(&job, root, format);
    }
    if is_without_job_field(job) {
        // A code and no field of a job would be read as an error document.
        let job = SyncJob { task_id: Some(String::new()), ..job.clone() };
        return encode_record::<JobStatusResponse>(&job, root, format);
    }
    encode_record::<JobStatusResponse>(job, root, format)
}

impl Encode for Page {
    fn body(&self, format: Format) -> Vec<u8> {
        let draft = PageDraft::from(self);
        let root = self.operation.root();
        match self.operation {
            Operation::DescribeSynchronizationJobStatusList => {
                encode_record::<StatusListPage>(&draft, root, format)
            }
            Operation::DescribeDtsJobs => encode_record::<DtsJobsPage>(&draft, root, format),
            Operation::DescribeMigrationJobs => encode_record::<MigrationJobsPage>(&draft, root, format),
            _ => {
                let root = Operation::DescribeSynchronizationJobs.root();
                encode_record::<SynchronizationJobsPage>(&draft, root, format)
            }
        }
    }
}

impl Encode for Fault {
    fn body(&self, format: Format) -> Vec<u8> {
        if self.code.is_none() && self.message.is_none() {
            // `Code` marks an error document.
            let fault = Fault { code: Some(String::new()), ..self.clone() };
            encode_record::<FaultDocument>(&fault, ERROR_ROOT, format)
        } else {
            encode_record::<FaultDocument>(self, ERROR_ROOT, format)
        }
    }
}

/// Returns true for a job with a code and nothing that no error document has.
fn is_without_job_field(job: &SyncJob) -> bool {
    let rest = SyncJob { request_id: None, success: None, code: None, http_status_code: None, ..job.clone() };
    job.code.is_some() && !JobStatusResponse::is_set(&rest)
}

fn encode_record<T: Table>(model: &T::Model, root: &str, format: Format) -> Vec<u8> {
    match format {
        Format::Json => json::write::<T>(model),
        Format::Xml => xml::write::<T>(root, model),
    }
}
