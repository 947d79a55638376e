//! A time at which something ends: [`Deadline`].

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::exact;
use crate::model::spelling;
use crate::named_enum::named_enum;

/// A time at which something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Deadline {
    /// The thing that ends.
    pub kind: DeadlineKind,
    /// The time at which it ends.
    #[serde(with = "exact::time")]
    pub at: DateTime<Utc>,
    /// True if the time follows from known times, false if it is an estimate.
    pub exact: bool,
}

impl Deadline {
    /// A deadline made by hand, for tests of code that handles deadlines.
    #[must_use]
    pub const fn new(kind: DeadlineKind, at: DateTime<Utc>, exact: bool) -> Self {
        Deadline { kind, at, exact }
    }

    /// The end of a window that began at a known time; `None` beyond the range of dates.
    pub(super) fn after(kind: DeadlineKind, start: DateTime<Utc>, window: TimeDelta) -> Option<Self> {
        Some(Deadline { kind, at: start.checked_add_signed(window)?, exact: true })
    }
}

/// One line: `the subscription ends at 2021-03-07T16:00:00Z`, and that it is an estimate where it is one.
impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let estimate = if self.exact { "" } else { " (an estimate)" };
        write!(f, "{} {}{estimate}", self.kind.words(), spelling::time(&self.at))
    }
}

named_enum! {
    /// The thing that ends at a [`Deadline`].
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

impl DeadlineKind {
    /// The words before the time.
    const fn words(self) -> &'static str {
        match self {
            DeadlineKind::ResumeBySoft => "the job may not start again after",
            DeadlineKind::ResumeBy => "the job cannot be resumed after",
            DeadlineKind::RecoverBy => "the job cannot be recovered after",
            DeadlineKind::RetryUntil => "DTS stops retrying at",
            DeadlineKind::ExpiresAt => "the subscription ends at",
            DeadlineKind::ReleasedAt => "the instance is released at",
        }
    }
}
