//! A response from the record that is its root: [`read`].

use super::draft::{Draft, PageDraft};
use super::record::{BodyReader, Location, Table};
use super::schema::{
    DtsJobDetail, DtsJobsPage, JobStatusResponse, MigrationJobStatusResponse, MigrationJobsPage,
    StatusListPage, SynchronizationJobsPage,
};
use super::source::Source;
use crate::field::Field;
use crate::model::{Operation, Page, Response, SyncJob};

/// A response that was read.
pub(super) struct Read {
    pub(super) response: Response,
    /// Of a page, which directions of each item of its list are jobs.
    pub(super) items: Vec<Vec<bool>>,
    /// The fields that the record had, one bit each.
    fields: u64,
    bit: fn(Field) -> Option<u64>,
}

impl Read {
    /// Returns true if the record had a field.
    pub(super) fn has(&self, field: Field) -> bool {
        (self.bit)(field).is_some_and(|bit| self.fields & bit != 0)
    }

    /// Returns true if the record had a field that is as asked.
    pub(super) fn has_any(&self, is: impl Fn(Field) -> bool) -> bool {
        Field::ALL.iter().any(|&field| is(field) && self.has(field))
    }

    /// Returns true if the record had no field.
    pub(super) fn is_empty(&self) -> bool {
        self.fields == 0
    }
}

/// Reads the response of the reader's operation from a record.
pub(super) fn read<'a, S: Source<'a>>(reader: &mut BodyReader<'a, S>, location: &Location<'_>) -> Read {
    match reader.operation {
        Operation::DescribeSynchronizationJobStatus => {
            let mut job = Box::<SyncJob>::default();
            let fields = reader.record::<JobStatusResponse>(&mut job, location);
            Read { response: Response::Job(job), items: Vec::new(), fields, bit: JobStatusResponse::bit }
        }
        Operation::DescribeSynchronizationJobs => page::<SynchronizationJobsPage, S>(reader, location),
        Operation::DescribeSynchronizationJobStatusList => page::<StatusListPage, S>(reader, location),
        Operation::DescribeDtsJobDetail => job::<DtsJobDetail, S>(reader, location),
        Operation::DescribeDtsJobs => page::<DtsJobsPage, S>(reader, location),
        Operation::DescribeMigrationJobStatus => job::<MigrationJobStatusResponse, S>(reader, location),
        Operation::DescribeMigrationJobs => page::<MigrationJobsPage, S>(reader, location),
    }
}

#[inline(never)]
fn job<'a, T: Table<Model = Draft>, S: Source<'a>>(
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) -> Read {
    let mut draft = Draft::default();
    let fields = reader.record::<T>(&mut draft, location);
    let job = Box::new(draft.finish(reader, location));
    Read { response: Response::Job(job), items: Vec::new(), fields, bit: T::bit }
}

#[inline(never)]
fn page<'a, T: Table<Model = PageDraft>, S: Source<'a>>(
    reader: &mut BodyReader<'a, S>,
    location: &Location<'_>,
) -> Read {
    let mut draft = PageDraft::default();
    let fields = reader.record::<T>(&mut draft, location);
    let PageDraft { page, items } = draft;
    let places = items.iter().map(|item| item.iter().map(Option::is_some).collect()).collect();
    let mut jobs = Vec::with_capacity(items.iter().flatten().flatten().count());
    jobs.extend(items.into_iter().flatten().flatten());
    let page = Box::new(Page { operation: reader.operation, jobs, ..page });
    Read { response: Response::Page(page), items: places, fields, bit: T::bit }
}

/// The HTTP status that a field of a response holds.
pub(super) fn status_in(response: &Response) -> Option<u16> {
    let status = match response {
        Response::Job(job) => job.http_status_code,
        Response::Page(page) => page.http_status_code,
        Response::Fault(_) => None,
    };
    status.and_then(|status| u16::try_from(status).ok())
}
