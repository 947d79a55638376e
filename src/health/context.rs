//! The circumstances of one poll: [`Context`].

use std::time::SystemTime;

use chrono::{DateTime, Utc};

use serde::{Deserialize, Serialize};

use super::clock::{IntoTime, date_time};
use super::exact;
use super::scope::Scope;
use crate::model::Direction;
use crate::optional_text::OptionalText;

/// The circumstances of one poll. The crate reads no clock, so the caller gives the times: chrono's, or those of the
/// standard library.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use aliyun_dts_status::health::Context;
/// use aliyun_dts_status::model::Direction;
/// use chrono::{DateTime, Utc};
///
/// let now = "2021-01-14T09:22:30Z".parse::<DateTime<Utc>>()?;
/// let context = Context::at(now).direction(Direction::Reverse).job_id("dtsexjk1alb116wxyz");
/// assert_eq!(context.observed_at, now);
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_610_616_150);
/// assert_eq!(Context::from(now), Context::at(context.observed_at));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Context {
    /// The time of judgement.
    #[serde(with = "exact::time")]
    pub now: DateTime<Utc>,
    /// The time at which the response was received.
    #[serde(with = "exact::time")]
    pub observed_at: DateTime<Utc>,
    /// The latest time that `observed_at` can have: a later one comes from a wrong clock, and a
    /// [`Tracker`](super::Tracker) does not remember it.
    #[serde(with = "exact::time")]
    pub not_after: DateTime<Utc>,
    /// The direction that was asked for.
    pub requested_direction: Direction,
    /// The time at which the current `Status` was first seen; without it, windows are estimated from the checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "exact::optional_time")]
    pub since: Option<DateTime<Utc>>,
    /// The job that was asked for. An answer about another job says nothing about this one. An answer without a job id,
    /// a task id, a job name and a job class is `JOB_UNNAMED`; a job that the caller made needs none of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// The status of the HTTP answer, where the caller knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The first poll with the current `Status`, which may have begun before it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "exact::optional_time")]
    pub(super) seen_since: Option<DateTime<Utc>>,
}

impl Context {
    /// A poll received and judged at this time, for direction Forward, with nothing known from before.
    #[must_use]
    pub const fn at(now: DateTime<Utc>) -> Self {
        Context {
            now,
            observed_at: now,
            not_after: now,
            requested_direction: Direction::Forward,
            since: None,
            job_id: None,
            http_status: None,
            seen_since: None,
        }
    }

    /// Sets the time at which the response was received; `None` keeps the time of judgement.
    #[must_use]
    pub fn observed_at(mut self, observed_at: impl IntoTime) -> Self {
        self.observed_at = observed_at.into_time().unwrap_or(self.observed_at);
        self
    }

    /// Sets the latest time that the response can have been received at; `None` keeps the time of judgement.
    #[must_use]
    pub fn not_after(mut self, not_after: impl IntoTime) -> Self {
        self.not_after = not_after.into_time().unwrap_or(self.not_after);
        self
    }

    /// Sets the direction that was asked for. An unknown direction counts as Forward, as in the API.
    #[must_use]
    pub fn direction(mut self, requested: Direction) -> Self {
        self.requested_direction = requested;
        self
    }

    /// Sets the time at which the current `Status` was first seen.
    #[must_use]
    pub fn since(mut self, since: impl IntoTime) -> Self {
        self.since = since.into_time();
        self
    }

    /// Sets the job that was asked for.
    #[must_use]
    pub fn job_id(mut self, job_id: impl OptionalText) -> Self {
        self.job_id = job_id.into_text();
        self
    }

    /// Sets the status of the HTTP answer.
    #[must_use]
    pub fn http_status(mut self, status: impl Into<Option<u16>>) -> Self {
        self.http_status = status.into();
        self
    }

    /// The requested direction as the scope of an assessment.
    pub(super) fn scope(&self) -> Scope {
        Scope::from(&self.requested_direction)
    }
}

/// A poll received and judged at this time; see [`Context::at`].
impl From<SystemTime> for Context {
    fn from(now: SystemTime) -> Self {
        Context::at(date_time(now))
    }
}

/// A poll received and judged at this time; see [`Context::at`].
impl From<DateTime<Utc>> for Context {
    fn from(now: DateTime<Utc>) -> Self {
        Context::at(now)
    }
}
