//! The content of a response: [`Response`].

use std::borrow::Cow;
use std::slice;

use super::{Fault, Page, SyncJob};

/// The content of a response: a job, a page of jobs or an error document.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// The state of a job, or an operation that ran and failed (`Success` false).
    Job(Box<SyncJob>),
    /// A page of jobs, or an operation that lists jobs, ran and failed.
    Page(Box<Page>),
    /// The gateway's error document.
    Fault(Fault),
}

impl Response {
    /// The job, if this is one.
    #[must_use]
    pub fn job(&self) -> Option<&SyncJob> {
        match self {
            Response::Job(job) => Some(job),
            Response::Page(_) | Response::Fault(_) => None,
        }
    }

    /// The page, if this is one.
    #[must_use]
    pub fn page(&self) -> Option<&Page> {
        match self {
            Response::Page(page) => Some(page),
            Response::Job(_) | Response::Fault(_) => None,
        }
    }

    /// The fault, if this is one.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Response::Fault(fault) => Some(fault),
            Response::Job(_) | Response::Page(_) => None,
        }
    }

    /// The jobs: the one job, those of the page, or none of a fault.
    #[must_use]
    pub fn jobs(&self) -> &[SyncJob] {
        match self {
            Response::Job(job) => slice::from_ref(job),
            Response::Page(page) => &page.jobs,
            Response::Fault(_) => &[],
        }
    }
}

impl From<SyncJob> for Response {
    fn from(job: SyncJob) -> Self {
        Response::Job(Box::new(job))
    }
}

impl From<Page> for Response {
    fn from(page: Page) -> Self {
        Response::Page(Box::new(page))
    }
}

impl From<Fault> for Response {
    fn from(fault: Fault) -> Self {
        Response::Fault(fault)
    }
}

impl From<Response> for Cow<'_, Response> {
    fn from(response: Response) -> Self {
        Cow::Owned(response)
    }
}

impl<'a> From<&'a Response> for Cow<'a, Response> {
    fn from(response: &'a Response) -> Self {
        Cow::Borrowed(response)
    }
}
