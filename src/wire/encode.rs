//! From the model to bytes: [`encode`].

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

/// Encodes a response as a clean body in the documented form of its operation. Characters that XML cannot hold become
/// U+FFFD there.
///
/// The result decodes to an equal response, for every response that a [`Decoder`](crate::Decoder) of the same operation
/// returns. A value that the operation has no field for is not written.
#[must_use]
pub fn encode(response: &Response, format: Format) -> Vec<u8> {
    match response {
        Response::Job(job) => encode_job(job, format),
        Response::Page(page) => encode_page(page, format),
        Response::Fault(fault) if fault.code.is_none() && fault.message.is_none() => {
            // `Code` marks an error document.
            let fault = Fault { code: Some(String::new()), ..fault.clone() };
            encode_record::<FaultDocument>(&fault, ERROR_ROOT, format)
        }
        Response::Fault(fault) => encode_record::<FaultDocument>(fault, ERROR_ROOT, format),
    }
}

/// Encodes a job as the operation that it comes from. A job of a page is written as `DescribeSynchronizationJobStatus`.
fn encode_job(job: &SyncJob, format: Format) -> Vec<u8> {
    match job.operation {
        Operation::DescribeDtsJobDetail => {
            let mut draft = Draft::from(job);
            if job.job_id.is_none() && job.job_name.is_none() && job.job_class.is_none() {
                // An id shows the operation.
                draft.job.task_id.get_or_insert_default();
            }
            encode_record::<DtsJobDetail>(&draft, job.operation.root(), format)
        }
        Operation::DescribeMigrationJobStatus => {
            let mut draft = Draft::from(job);
            if job.job_name.is_none() && job.job_class.is_none() && job.status.is_none() {
                draft.job.job_id.get_or_insert_default();
            }
            encode_record::<MigrationJobStatusResponse>(&draft, job.operation.root(), format)
        }
        _ => {
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
    }
}

fn encode_page(page: &Page, format: Format) -> Vec<u8> {
    let draft = PageDraft::from(page);
    let root = page.operation.root();
    match page.operation {
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
