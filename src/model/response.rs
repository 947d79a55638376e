//! The content of a response: [`Response`].

use std::borrow::Cow;

use super::{Fault, SyncJob};

/// The content of a response: a job or an error document.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Response {
    /// The state of a synchronization job, or an operation that ran and failed (`Success` false).
    Job(Box<SyncJob>),
    /// The gateway's error document.
    Fault(Fault),
}

impl Response {
    /// The job, unless this is a fault.
    #[must_use]
    pub fn job(&self) -> Option<&SyncJob> {
        match self {
            Response::Job(job) => Some(job),
            Response::Fault(_) => None,
        }
    }

    /// The fault, unless this is a job.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Response::Fault(fault) => Some(fault),
            Response::Job(_) => None,
        }
    }
}

impl From<SyncJob> for Response {
    fn from(job: SyncJob) -> Self {
        Response::Job(Box::new(job))
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
