//! Why a line is no ordinary poll: [`SkipReason`].

use std::fmt::{self, Display};

use aliyun_dts_status::ErrorKind;
use aliyun_dts_status::model::{Failure, Outcome};
use serde::{Serialize, Serializer};

use crate::output::BodyError;

/// Why a line is no ordinary poll.
pub(crate) enum SkipReason {
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
    /// The rest of the source can't be read, for this reason.
    BrokenOff(String),
}

impl SkipReason {
    /// The names of the reasons, in the order of [`index`](Self::index).
    pub(super) const NAMES: [&str; 7] =
        ["undecodable", "no_record", "too_long", "broken_off", "out_of_order", "no_time", "in_future"];

    pub(super) fn index(&self) -> usize {
        match self {
            SkipReason::NoBody(BodyError::Undecodable(_)) => 0,
            SkipReason::NoBody(BodyError::NoRecord(_)) => 1,
            SkipReason::TooLong => 2,
            SkipReason::BrokenOff(_) | SkipReason::NoBody(BodyError::Unreadable(_)) => 3,
            SkipReason::OutOfOrder => 4,
            SkipReason::NoTime => 5,
            SkipReason::InFuture => 6,
        }
    }

    /// The name in words.
    pub(crate) fn words(&self) -> String {
        Self::NAMES[self.index()].replace('_', " ")
    }

    /// True if the line gets a warning of its own.
    pub(super) fn is_damage(&self) -> bool {
        !matches!(self, SkipReason::OutOfOrder | SkipReason::NoTime)
    }

    /// True if there is no line at all.
    pub(super) fn is_no_line(&self) -> bool {
        matches!(self, SkipReason::BrokenOff(_) | SkipReason::NoBody(BodyError::Unreadable(_)))
    }

    /// What judging needs of a line without a response.
    pub(super) fn outcome(&self) -> Outcome<'static> {
        let failure = |kind| Outcome::failure(Failure::new(kind, self.to_string()));
        match self {
            SkipReason::NoBody(error) => error.outcome(),
            SkipReason::TooLong => failure(ErrorKind::TooLarge),
            SkipReason::BrokenOff(_) => failure(ErrorKind::Truncated),
            SkipReason::OutOfOrder | SkipReason::InFuture | SkipReason::NoTime => Outcome::no_answer(),
        }
    }
}

impl Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::NoBody(error) => error.fmt(f),
            SkipReason::TooLong => f.write_str("longer than a body may be"),
            SkipReason::OutOfOrder => f.write_str("not later than the previous poll"),
            SkipReason::InFuture => f.write_str("dated after the clock of this computer"),
            SkipReason::NoTime => f.write_str("the time of the poll is unknown"),
            SkipReason::BrokenOff(reason) => write!(f, "the rest can't be read: {reason}"),
        }
    }
}

/// The `error` object of JSON output.
impl Serialize for SkipReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Other {
            kind: &'static str,
            message: String,
        }
        match self {
            SkipReason::NoBody(error) => error.serialize(serializer),
            _ => Other { kind: Self::NAMES[self.index()], message: self.to_string() }.serialize(serializer),
        }
    }
}
