//! The content of a response: [`Response`].

use std::borrow::Cow;
use std::slice;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::{Fault, Page, SyncJob};

/// The content of a response: a job, a page of jobs or an error document.
///
/// It serialises with its kind: `{"kind": "job", "job": {…}}`, `{"kind": "page", "page": {…}}`, `{"kind": "fault", "fault": {…}}`.
///
/// ```
/// use aliyun_dts_status::{Response, SyncJob, decode};
///
/// let response = decode(br#"{"Code": "Throttling.User", "Message": "Request was denied"}"#)?.response;
/// assert_eq!(response.fault().and_then(|fault| fault.code.as_deref()), Some("Throttling.User"));
/// assert_eq!(Response::from(SyncJob::sample()).into_job(), Some(SyncJob::sample()));
/// # Ok::<(), aliyun_dts_status::DecodeError>(())
/// ```
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

    /// The job, if this is one.
    #[must_use]
    pub fn into_job(self) -> Option<SyncJob> {
        SyncJob::try_from(self).ok()
    }

    /// The page, if this is one.
    #[must_use]
    pub fn into_page(self) -> Option<Page> {
        Page::try_from(self).ok()
    }

    /// The fault, if this is one.
    #[must_use]
    pub fn into_fault(self) -> Option<Fault> {
        Fault::try_from(self).ok()
    }
}

/// A response of another kind than the one that was expected.
///
/// ```
/// use aliyun_dts_status::{Fault, Response, SyncJob};
///
/// let error = SyncJob::try_from(Response::from(Fault::default())).unwrap_err();
/// assert_eq!(error.to_string(), "expected a job, found an error document of the gateway");
/// assert!(error.into_response().fault().is_some());
/// ```
#[derive(Debug, Clone, PartialEq, Error, Serialize, Deserialize)]
#[error("expected {expected}, found {}", kind(.response))]
pub struct WrongResponseError {
    expected: Cow<'static, str>,
    response: Box<Response>,
}

impl WrongResponseError {
    /// The response.
    #[must_use]
    pub fn into_response(self) -> Response {
        *self.response
    }
}

const JOB: &str = "a job";
const PAGE: &str = "a page of jobs";
const FAULT: &str = "an error document of the gateway";

fn kind(response: &Response) -> &'static str {
    match response {
        Response::Job(_) => JOB,
        Response::Page(_) => PAGE,
        Response::Fault(_) => FAULT,
    }
}

impl TryFrom<Response> for SyncJob {
    type Error = WrongResponseError;

    fn try_from(response: Response) -> Result<Self, Self::Error> {
        match response {
            Response::Job(job) => Ok(*job),
            other => Err(WrongResponseError { expected: JOB.into(), response: Box::new(other) }),
        }
    }
}

impl TryFrom<Response> for Page {
    type Error = WrongResponseError;

    fn try_from(response: Response) -> Result<Self, Self::Error> {
        match response {
            Response::Page(page) => Ok(*page),
            other => Err(WrongResponseError { expected: PAGE.into(), response: Box::new(other) }),
        }
    }
}

impl TryFrom<Response> for Fault {
    type Error = WrongResponseError;

    fn try_from(response: Response) -> Result<Self, Self::Error> {
        match response {
            Response::Fault(fault) => Ok(fault),
            other => Err(WrongResponseError { expected: FAULT.into(), response: Box::new(other) }),
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

/// The kind of a response, and the member of that name.
#[derive(Serialize, Deserialize)]
struct Tagged<'a> {
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    job: Option<Cow<'a, SyncJob>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<Cow<'a, Page>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<Cow<'a, Fault>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Job,
    Page,
    Fault,
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self {
            Response::Job(_) => Kind::Job,
            Response::Page(_) => Kind::Page,
            Response::Fault(_) => Kind::Fault,
        };
        let (job, page) = (self.job().map(Cow::Borrowed), self.page().map(Cow::Borrowed));
        Tagged { kind, job, page, fault: self.fault().map(Cow::Borrowed) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Response {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Tagged { kind, job, page, fault } = Tagged::deserialize(deserializer)?;
        match kind {
            Kind::Job => {
                job.map(|job| Response::from(job.into_owned())).ok_or(D::Error::missing_field("job"))
            }
            Kind::Page => {
                page.map(|page| Response::from(page.into_owned())).ok_or(D::Error::missing_field("page"))
            }
            Kind::Fault => {
                fault.map(|fault| Response::from(fault.into_owned())).ok_or(D::Error::missing_field("fault"))
            }
        }
    }
}
