//! Job ids, numbers and times as text: [`job_name`], [`count`], [`rfc3339`].

use std::fmt::Display;

use aliyun_dts_status::health::Span;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Serialize as _, Serializer};

use super::safe;

/// A job id on one line, or that there is none.
pub(crate) fn job_name(job_id: Option<&str>) -> String {
    job_id.filter(|job_id| !job_id.is_empty()).map_or_else(|| "(no job id)".to_owned(), safe::line)
}

/// A number of things: `1 quirk`, `2 quirks`.
pub(crate) fn count(number: impl Display, thing: &str) -> String {
    let number = number.to_string();
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// A time in RFC 3339, UTC, with a fraction only where there is one: `2021-01-14T09:22:24Z`.
pub(crate) fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Serialises a time as [`rfc3339`] writes it.
pub(crate) fn serialize_time<S: Serializer, T: Copy + Into<Option<DateTime<Utc>>>>(
    at: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    (*at).into().map(rfc3339).serialize(serializer)
}

/// A length of time in seconds.
pub(crate) fn seconds(length: TimeDelta) -> f64 {
    Span(length).seconds()
}
