//! Times: the clock, and times and lengths of time as arguments.

use std::time::SystemTime;

use aliyun_dts_status::health::parse_length;
use chrono::{DateTime, TimeDelta, Utc};

/// The system's time, cut to whole seconds. The only place where the command reads a clock.
#[allow(clippy::disallowed_methods, reason = "the command has a clock, the library has none")]
pub(crate) fn now() -> DateTime<Utc> {
    let now = DateTime::<Utc>::from(SystemTime::now());
    DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now)
}

/// Parses RFC 3339 or Unix seconds.
pub(crate) fn parse_time(text: &str) -> Result<DateTime<Utc>, String> {
    let at = match text.parse() {
        Ok(seconds) => DateTime::from_timestamp(seconds, 0),
        Err(_) => DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc()),
    };
    at.ok_or_else(|| "expected a time such as 2021-01-14T09:22:30Z, or Unix seconds".to_owned())
}

/// Parses a length of time: `60`, `60s`, `10m`, `6h`, `7d`, `1h30m`.
pub(crate) fn parse_duration(text: &str) -> Result<TimeDelta, String> {
    parse_length(text).ok_or_else(|| "expected a length of time such as 60s, 10m, 6h or 7d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rfc_3339_or_unix_seconds() {
        let at = parse_time("2021-01-14T09:22:30Z").unwrap();
        assert_eq!(parse_time("1610616150"), Ok(at));
        assert_eq!(parse_time("2021-01-14T17:22:30+08:00"), Ok(at));
        assert_eq!(parse_time("-1").unwrap().timestamp(), -1);
        for text in ["", "now", "2021-01-14", "99999999999999999", "1610616150.5"] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }
}
