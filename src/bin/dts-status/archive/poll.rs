//! The content of a line: [`Line`], [`Poll`].

use aliyun_dts_status::Response;
use aliyun_dts_status::model::Direction;
use chrono::{DateTime, Utc};

use super::skip::SkipReason;

/// One line of an archive.
pub(crate) struct Line {
    /// Index of its source.
    pub(crate) source: usize,
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) content: Result<Poll, SkipReason>,
}

/// One poll.
pub(crate) struct Poll {
    /// When it was received, if the record says so.
    pub(crate) observed_at: Option<DateTime<Utc>>,
    /// The requested job, if the record names it.
    pub(crate) job_id: Option<String>,
    /// The requested direction, if the record names it.
    pub(crate) direction: Option<Direction>,
    pub(crate) response: Response,
}
