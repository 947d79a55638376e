//! Why a line is skipped: [`SkipReason`].

use std::fmt::{self, Display};

use aliyun_dts_status::DecodeError;
use serde::{Serialize, Serializer};

use crate::output::undecodable;

/// Why a line is skipped.
pub(crate) enum SkipReason {
    /// The body can't be decoded.
    Undecodable(DecodeError),
    /// The record is malformed, for this reason.
    NoRecord(String),
    /// The line is longer than any body may be.
    TooLong,
    /// The poll is not later than the previous one.
    OutOfOrder,
    /// The time of the poll is unknown.
    NoTime,
    /// The rest of the source can't be read, for this reason.
    BrokenOff(String),
}

impl SkipReason {
    /// The names of the reasons, in the order of [`index`](Self::index).
    pub(super) const NAMES: [&str; 6] =
        ["undecodable", "no_record", "too_long", "broken_off", "out_of_order", "no_time"];

    pub(super) fn index(&self) -> usize {
        match self {
            SkipReason::Undecodable(_) => 0,
            SkipReason::NoRecord(_) => 1,
            SkipReason::TooLong => 2,
            SkipReason::BrokenOff(_) => 3,
            SkipReason::OutOfOrder => 4,
            SkipReason::NoTime => 5,
        }
    }

    /// True if the content of the line is unknown.
    pub(super) fn is_damage(&self) -> bool {
        !matches!(self, SkipReason::OutOfOrder | SkipReason::NoTime)
    }
}

impl Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SkipReason::Undecodable(error) => f.write_str(&undecodable(error)),
            SkipReason::NoRecord(reason) => f.write_str(reason),
            SkipReason::TooLong => f.write_str("longer than a body may be"),
            SkipReason::OutOfOrder => f.write_str("not later than the previous poll"),
            SkipReason::NoTime => f.write_str("the time of the poll is unknown"),
            SkipReason::BrokenOff(reason) => write!(f, "the rest can't be read: {reason}"),
        }
    }
}

/// The error object of a body that can't be decoded; an object of the same shape for the other reasons.
impl Serialize for SkipReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Other {
            kind: &'static str,
            message: String,
        }
        match self {
            SkipReason::Undecodable(error) => error.serialize(serializer),
            _ => Other { kind: Self::NAMES[self.index()], message: self.to_string() }.serialize(serializer),
        }
    }
}
