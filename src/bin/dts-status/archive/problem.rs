//! Why a line is no ordinary poll: [`LineProblem`].

use std::fmt::{self, Display};

use aliyun_dts_status::ErrorKind;
use aliyun_dts_status::model::{Failure, Outcome};
use serde::{Serialize, Serializer};

use crate::output::BodyError;

/// Why a line is no ordinary poll.
pub(crate) enum LineProblem {
    /// It has no response.
    NoBody(BodyError),
    /// The line is longer than any body may be.
    TooLong,
    /// The poll is not later than the previous one.
    OutOfOrder,
    /// The poll is dated after the clock of this computer.
    InFuture,
    /// The time of the poll is unknown.
    NoTime,
    /// The line is a page without jobs.
    NoJobs,
    /// The rest of the source can't be read, for this reason.
    BrokenOff(String),
}

impl LineProblem {
    /// The names of the reasons, in the order of [`index`](Self::index).
    pub(super) const NAMES: [&str; 8] = [
        "undecodable",
        "no_record",
        "too_long",
        "broken_off",
        "out_of_order",
        "no_time",
        "in_future",
        "no_jobs",
    ];

    pub(super) fn index(&self) -> usize {
        match self {
            LineProblem::NoBody(BodyError::Undecodable(..)) => 0,
            LineProblem::NoBody(BodyError::NoRecord(_)) => 1,
            LineProblem::TooLong => 2,
            LineProblem::BrokenOff(_) | LineProblem::NoBody(BodyError::Unreadable(_)) => 3,
            LineProblem::OutOfOrder => 4,
            LineProblem::NoTime => 5,
            LineProblem::InFuture => 6,
            LineProblem::NoJobs => 7,
        }
    }

    /// The name in words.
    pub(crate) fn words(&self) -> String {
        Self::NAMES[self.index()].replace('_', " ")
    }

    /// Returns true if the line gets a warning of its own.
    pub(super) fn is_damage(&self) -> bool {
        !matches!(self, LineProblem::OutOfOrder | LineProblem::NoTime)
    }

    /// Returns true if there is no line at all.
    pub(super) fn is_no_line(&self) -> bool {
        matches!(self, LineProblem::BrokenOff(_) | LineProblem::NoBody(BodyError::Unreadable(_)))
    }

    /// What judging needs of a line without a response.
    pub(super) fn outcome(&self) -> Outcome<'static> {
        let failure = |kind| Outcome::failure(Failure::new(kind, self.to_string()));
        match self {
            LineProblem::NoBody(error) => error.outcome(),
            LineProblem::TooLong => failure(ErrorKind::TooLarge),
            LineProblem::BrokenOff(_) => failure(ErrorKind::Truncated),
            LineProblem::OutOfOrder | LineProblem::InFuture | LineProblem::NoTime | LineProblem::NoJobs => {
                Outcome::no_answer()
            }
        }
    }
}

impl Display for LineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineProblem::NoBody(error) => error.fmt(f),
            LineProblem::TooLong => f.write_str("longer than a body may be"),
            LineProblem::OutOfOrder => f.write_str("not later than the previous poll"),
            LineProblem::InFuture => f.write_str("dated after the clock of this computer"),
            LineProblem::NoTime => f.write_str("the time of the poll is unknown"),
            LineProblem::NoJobs => f.write_str("a page without jobs"),
            LineProblem::BrokenOff(reason) => write!(f, "the rest can't be read: {reason}"),
        }
    }
}

/// The `error` object of JSON output.
impl Serialize for LineProblem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Other {
            kind: &'static str,
            message: String,
        }
        match self {
            LineProblem::NoBody(error) => error.serialize(serializer),
            _ => Other { kind: Self::NAMES[self.index()], message: self.to_string() }.serialize(serializer),
        }
    }
}
