//! Times: the clock, and times and lengths of time as arguments.

use std::time::SystemTime;

use aliyun_dts_status::health::parse_length;
use chrono::{DateTime, TimeDelta, Utc};

/// The system's time, cut to whole seconds. The only place where the command reads a clock.
#[allow(clippy::disallowed_methods, reason = "the command has a clock, the library has none")]
pub(crate) fn now() -> DateTime<Utc> {
    whole_seconds(SystemTime::now())
}

/// A time of the system, cut to whole seconds.
pub(crate) fn whole_seconds(time: SystemTime) -> DateTime<Utc> {
    let time = DateTime::<Utc>::from(time);
    DateTime::from_timestamp(time.timestamp(), 0).unwrap_or(time)
}

/// Parses RFC 3339 with a zone, perhaps without seconds as some of the vendor's APIs give it; Unix seconds; or Unix
/// milliseconds, which are 10^11 and more. A time without a zone is refused, not guessed.
pub(crate) fn parse_time(text: &str) -> Result<DateTime<Utc>, String> {
    let in_words = || {
        let to_minutes = || DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%#z");
        DateTime::parse_from_rfc3339(text).or_else(|_| to_minutes()).ok().map(|at| at.to_utc())
    };
    let at = unix_time(text).or_else(in_words);
    at.ok_or_else(|| {
        "expected a time with a zone such as 2021-01-14T09:22:30Z, or Unix seconds or milliseconds".to_owned()
    })
}

/// When a body was received, as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObservedAt {
    At(DateTime<Utc>),
    /// The time of the latest change of its file.
    Mtime,
}

/// Parses a time, or `mtime`.
pub(crate) fn parse_observed_at(text: &str) -> Result<ObservedAt, String> {
    match text {
        "mtime" => Ok(ObservedAt::Mtime),
        _ => parse_time(text).map(ObservedAt::At).map_err(|expected| format!("{expected}, or mtime")),
    }
}

/// Unix seconds or milliseconds, perhaps with a fraction.
fn unix_time(text: &str) -> Option<DateTime<Utc>> {
    /// The least number of milliseconds; as seconds it would be the year 5138.
    const MILLISECONDS: i128 = 100_000_000_000;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole.strip_prefix('-').unwrap_or(whole)) || !is_digits(fraction) {
        return None;
    }
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.parse().ok()?;
    let billionths: i128 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let number = i128::from(whole) * 1_000_000_000 + sign * billionths;
    let is_milliseconds = i128::from(whole).abs() >= MILLISECONDS;
    let nanos = if is_milliseconds { number / 1000 } else { number };
    let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).ok()?;
    DateTime::from_timestamp(seconds, u32::try_from(nanos.rem_euclid(1_000_000_000)).ok()?)
}

/// Parses a length of time: `60`, `60s`, `10m`, `6h`, `7d`, `1h30m`.
pub(crate) fn parse_duration(text: &str) -> Result<TimeDelta, String> {
    parse_length(text).ok_or_else(|| "expected a length of time such as 60s, 10m, 6h or 7d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rfc_3339_or_unix_seconds_or_milliseconds() {
        let at = parse_time("2021-01-14T09:22:30Z").unwrap();
        assert_eq!(parse_time("1610616150"), Ok(at));
        assert_eq!(parse_time("1610616150000"), Ok(at));
        assert_eq!(parse_time("2021-01-14T17:22:30+08:00"), Ok(at));
        assert_eq!(parse_time("2021-01-14T09:22Z"), parse_time("2021-01-14T17:22:00+08:00"));
        assert_eq!(parse_time("-1").unwrap().timestamp(), -1);
        assert_eq!(parse_time("-1.5").unwrap().timestamp_millis(), -1500);
        assert_eq!(parse_time("1610616150.25").unwrap().timestamp_millis(), 1_610_616_150_250);
        assert_eq!(parse_time("99999999999").unwrap().timestamp(), 99_999_999_999);
        assert_eq!(parse_time("100000000000").unwrap().timestamp(), 100_000_000);
        for text in [
            "",
            "now",
            "2021-01-14",
            "2021-01-14T09:22",
            "2021-01-14T09:22:30",
            "99999999999999999",
            "1.",
            ".5",
            "+1",
            "1e9",
        ] {
            assert!(parse_time(text).is_err(), "{text}");
        }
    }
}
