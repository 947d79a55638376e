//! The content of a line: [`Line`], [`Poll`].

use aliyun_dts_status::model::{Direction, Outcome};
use aliyun_dts_status::{Decoder, Response};
use chrono::{DateTime, Utc};

use super::problem::LineProblem;
use crate::record::Capture;

/// One line of an archive.
pub(crate) struct Line {
    /// Index of its source.
    pub(crate) source: usize,
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) poll: Poll,
}

/// One poll.
pub(crate) struct Poll {
    /// When it was received, if the record says so.
    pub(crate) observed_at: Option<DateTime<Utc>>,
    /// The requested job, if the record names it.
    pub(crate) job_id: Option<String>,
    /// The requested direction, if the record names it.
    pub(crate) direction: Option<Direction>,
    /// The status of the HTTP answer, if the record has it.
    pub(crate) http_status: Option<u16>,
    /// What came of it.
    pub(crate) outcome: Outcome<'static>,
    /// Why it has no response.
    pub(crate) failure: Option<LineProblem>,
    /// Members of the record that are not known.
    pub(crate) unknown: Vec<String>,
}

impl Poll {
    /// The poll that a line is.
    pub(super) fn of(line: &[u8], decoder: &Decoder) -> Self {
        // Half of the line break before, where lines of UTF-16 were appended to others.
        let line = line.strip_prefix(b"\0").unwrap_or(line);
        let Capture { observed_at, job_id, direction, http_status, decoded, unknown } =
            Capture::of(line, decoder);
        let (outcome, failure) = match decoded {
            Ok(mut decoded) => {
                // They do not affect a verdict and may be most of a body; memory that is freed at once is cheap.
                match &mut decoded.response {
                    Response::Job(job) => job.objects = Vec::new(),
                    Response::Page(page) => page.jobs.iter_mut().for_each(|job| job.objects = Vec::new()),
                    _ => {}
                }
                (Outcome::from(decoded), None)
            }
            Err(error) => (error.outcome(), Some(LineProblem::NoBody(error))),
        };
        Poll { observed_at, job_id, direction, http_status, outcome, failure, unknown }
    }

    /// A line without a poll.
    pub(super) fn failed(failure: LineProblem) -> Self {
        Poll {
            observed_at: None,
            job_id: None,
            direction: None,
            http_status: None,
            outcome: failure.outcome(),
            failure: Some(failure),
            unknown: Vec::new(),
        }
    }
}
