//! Times: the clock, arguments, and how long until then.

use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};

/// The system's time in whole seconds, as finer ones say nothing of a job. This is the one place where a clock is
/// read.
#[allow(clippy::disallowed_methods, reason = "the command has a clock, the library has none")]
pub(crate) fn now() -> DateTime<Utc> {
    let now = DateTime::<Utc>::from(SystemTime::now());
    DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now)
}

/// Reads RFC 3339 or Unix seconds.
pub(crate) fn parse(text: &str) -> Result<DateTime<Utc>, String> {
    let at = match text.parse() {
        Ok(seconds) => DateTime::from_timestamp(seconds, 0),
        Err(_) => DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc()),
    };
    at.ok_or_else(|| "expected a time such as 2021-01-14T09:22:30Z, or Unix seconds".to_owned())
}

/// A length of time in its two greatest units: `52 d 6 h`, `90 s` is `1 min 30 s`. Fractions of a second are
/// told of less than a minute.
pub(crate) fn span(length: TimeDelta) -> String {
    const UNITS: [(&str, i64); 4] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
    let seconds = length.num_seconds().saturating_abs();
    let Some(greatest) = UNITS.iter().position(|(_, size)| seconds >= *size && *size > 1) else {
        let millis = length.num_milliseconds().saturating_abs();
        return if millis % 1_000 == 0 {
            format!("{seconds} s")
        } else {
            format!("{} s", millis as f64 / 1e3)
        };
    };
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (unit, size) in &UNITS[greatest..] {
        if parts.len() < 2 && rest / size > 0 {
            parts.push(format!("{} {unit}", rest / size));
        }
        rest %= size;
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_both_forms() {
        let at = parse("2021-01-14T09:22:30Z").unwrap();
        assert_eq!(parse("1610616150"), Ok(at));
        assert_eq!(parse("2021-01-14T17:22:30+08:00"), Ok(at));
        assert_eq!(parse("-1").unwrap().timestamp(), -1);
        for text in ["", "now", "2021-01-14", "99999999999999999", "1610616150.5"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lengths_of_time_are_short() {
        for (millis, text) in [
            (0, "0 s"),
            (900, "0.9 s"),
            (61_500, "1 min 1 s"),
            (60_000, "1 min"),
            (-3_600_000, "1 h"),
            (3_601_000, "1 h 1 s"),
            (52 * 86_400_000 + 6 * 3_600_000 + 59 * 60_000, "52 d 6 h"),
        ] {
            assert_eq!(span(TimeDelta::try_milliseconds(millis).unwrap()), text);
        }
    }
}
