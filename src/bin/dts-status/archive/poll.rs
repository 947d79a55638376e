//! The content of a line: [`Line`], [`Poll`].

use aliyun_dts_status::model::Outcome;
use aliyun_dts_status::{Decoder, Response};

use super::problem::LineProblem;
use crate::record::{Capture, Noted};

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
    /// What the record says.
    pub(crate) noted: Noted,
    /// What came of it.
    pub(crate) outcome: Outcome<'static>,
    /// Why it has no response.
    pub(crate) failure: Option<LineProblem>,
}

impl Poll {
    /// The poll that a line is.
    pub(super) fn of(line: &[u8], decoder: &Decoder) -> Self {
        // Half of the line break before, where lines of UTF-16 were appended to others.
        let line = line.strip_prefix(b"\0").unwrap_or(line);
        let Capture { noted, decoded } = Capture::of(line, decoder);
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
        Poll { noted, outcome, failure }
    }

    /// A line without a poll.
    pub(super) fn failed(failure: LineProblem) -> Self {
        Poll { noted: Noted::default(), outcome: failure.outcome(), failure: Some(failure) }
    }
}
