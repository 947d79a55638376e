//! A time at which something ends: [`Deadline`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, Serializer};

use crate::model::spelling;
use crate::named_enum::named_enum;

/// A time at which something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Deadline {
    /// What ends.
    pub kind: DeadlineKind,
    /// The time at which it ends.
    #[serde(serialize_with = "serialize_time")]
    pub at: DateTime<Utc>,
    /// True if the time follows from known times, false if it is an estimate.
    pub exact: bool,
}

impl Deadline {
    /// The end of a window that began at a known time; `None` beyond the range of dates.
    pub(super) fn after(kind: DeadlineKind, start: DateTime<Utc>, window: TimeDelta) -> Option<Self> {
        Some(Deadline { kind, at: start.checked_add_signed(window)?, exact: true })
    }
}

named_enum! {
    /// What ends at a [`Deadline`].
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum DeadlineKind as "kind of deadline" {
        /// After this a paused job may not start again.
        ResumeBySoft = "resume_by_soft",
        /// After this a paused job cannot be resumed.
        ResumeBy = "resume_by",
        /// After this a failed job cannot be recovered.
        RecoverBy = "recover_by",
        /// After this DTS stops retrying.
        RetryUntil = "retry_until",
        /// The subscription ends.
        ExpiresAt = "expires_at",
        /// The instance is released.
        ReleasedAt = "released_at",
    }
}

fn serialize_time<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&spelling::time(at))
}
