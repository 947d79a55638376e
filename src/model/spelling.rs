//! How values are spelled on the wire and in the command's JSON.

use std::fmt;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::Serializer;

/// A time in RFC 3339, UTC: `2021-01-14T09:22:24Z`; with a fraction only where there is one.
#[must_use]
pub fn time(time: &DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A checkpoint as on the wire: Unix seconds.
///
/// From the year 5138 on the number of seconds would be read as milliseconds, so milliseconds are written.
#[must_use]
pub fn checkpoint(time: &DateTime<Utc>) -> String {
    let seconds = time.timestamp();
    if seconds < CHECKPOINT_MILLIS { seconds.to_string() } else { time.timestamp_millis().to_string() }
}

/// From this number on, a checkpoint is in milliseconds: 10^11.
pub const CHECKPOINT_MILLIS: i64 = 100_000_000_000;

/// An id that can be compared with another: given, and not masked as in `dtsexjk1alb116****`.
///
/// What a mask hides may be equal or not, so a masked id tells nothing.
pub(crate) fn unmasked(id: Option<&str>) -> Option<&str> {
    id.filter(|id| !id.is_empty() && !id.contains('*'))
}

/// A number in its shortest spelling: `100`, `12.5`.
pub(crate) struct Number(pub(crate) f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Most are whole, and whole numbers are written several times as fast.
        match whole(self.0) {
            Some(whole) => fmt::Display::fmt(&whole, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

/// The number as an integer, if it is one.
pub(crate) fn whole(value: f64) -> Option<i64> {
    /// Below this every whole number has a binary fraction of its own: 2^53.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

/// A whole number without a fraction (`100`, not `100.0`), any other as it is.
pub(crate) fn serialize_number<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(value) {
        Some(whole) => serializer.serialize_i64(whole),
        None => serializer.serialize_f64(value),
    }
}

pub(super) fn serialize_optional_number<S: Serializer>(
    value: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serialize_number(*value, serializer),
        None => serializer.serialize_none(),
    }
}

pub(super) fn serialize_seconds<S: Serializer>(
    value: &Option<TimeDelta>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_i64(value.num_seconds()),
        None => serializer.serialize_none(),
    }
}

pub(super) fn serialize_millis<S: Serializer>(
    value: &Option<TimeDelta>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_i64(value.num_milliseconds()),
        None => serializer.serialize_none(),
    }
}

pub(super) fn serialize_time<S: Serializer>(
    value: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_str(&time(value)),
        None => serializer.serialize_none(),
    }
}
