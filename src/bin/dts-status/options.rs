//! Arguments that several commands share.

mod below;
mod body;
mod direction;
mod output;
mod thresholds;
mod time;
mod zone;

pub(crate) use self::below::Below;
pub(crate) use self::body::{DecodeOptions, FormatName, operation_of};
pub(crate) use self::direction::DirectionName;
pub(crate) use self::output::OutputFormat;
pub(crate) use self::thresholds::Thresholds;
pub(crate) use self::time::{ObservedAt, now, parse_duration, parse_observed_at, parse_time, whole_seconds};
pub(crate) use self::zone::{Zone, parse_zone};
