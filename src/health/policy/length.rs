//! Lengths of time as text: [`parse_length`].

use chrono::TimeDelta;

/// Reads a length of time: `60` and `60s`, `10m`, `2h`, `7d`, `1h30m`; `None` if the text is none, or too long a time.
///
/// A number without a unit is seconds. The units are w, d, h, m (or min), s, ms, us and ns, the greater ones first;
/// longer names such as `hours` and blanks between the parts are allowed.
///
/// ```
/// use aliyun_dts_status::health::parse_length;
///
/// assert_eq!(parse_length("1h 30m").map(|length| length.num_minutes()), Some(90));
/// assert_eq!(parse_length("90"), parse_length("1m30s"));
/// assert_eq!(parse_length("30m1h"), None);
/// ```
#[must_use]
pub fn parse_length(text: &str) -> Option<TimeDelta> {
    let mut rest = text.trim();
    if !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return TimeDelta::try_seconds(rest.parse().ok()?);
    }
    let mut total = None;
    let mut smallest = i128::MAX;
    while !rest.is_empty() {
        let (number, after) = split(rest, |c| c.is_ascii_digit());
        let (name, after) = split(after.trim_start(), |c| c.is_ascii_alphabetic());
        let (_, unit) = UNITS.iter().find(|(names, _)| names.contains(&name))?;
        if *unit >= smallest {
            return None;
        }
        smallest = *unit;
        let part = number.parse::<i128>().ok()?.checked_mul(*unit)?;
        total = Some(part.checked_add(total.unwrap_or(0))?);
        rest = after.trim_start();
    }
    from_nanoseconds(total?)
}

/// The text of a length of time, such that it reads back as the same length: `1h30m`. A negative one has a sign, and
/// does not read back.
pub(super) fn text(length: TimeDelta) -> String {
    if length.is_zero() {
        return "0s".to_owned();
    }
    let mut text = String::from(if length < TimeDelta::zero() { "-" } else { "" });
    let mut rest = nanoseconds(length.abs());
    // Without weeks: people expect 7d.
    for (names, unit) in UNITS.iter().skip(1) {
        let count = rest.div_euclid(*unit);
        if count > 0 {
            text.push_str(&format!("{count}{}", names.first().unwrap_or(&"")));
        }
        rest = rest.rem_euclid(*unit);
    }
    text
}

/// A length of this many seconds, for the table of defaults; zero if it is too long.
pub(super) const fn seconds(number: i64) -> TimeDelta {
    match TimeDelta::try_seconds(number) {
        Some(length) => length,
        None => TimeDelta::zero(),
    }
}

pub(super) const fn minutes(number: i64) -> TimeDelta {
    seconds(number.saturating_mul(60))
}

pub(super) const fn hours(number: i64) -> TimeDelta {
    minutes(number.saturating_mul(60))
}

pub(super) const fn days(number: i64) -> TimeDelta {
    hours(number.saturating_mul(24))
}

const SECOND: i128 = 1_000_000_000;

/// The names of each unit, the one that is written first, and its nanoseconds.
const UNITS: [(&[&str], i128); 8] = [
    (&["w", "week", "weeks"], 7 * 24 * 3600 * SECOND),
    (&["d", "day", "days"], 24 * 3600 * SECOND),
    (&["h", "hr", "hrs", "hour", "hours"], 3600 * SECOND),
    (&["m", "min", "mins", "minute", "minutes"], 60 * SECOND),
    (&["s", "sec", "secs", "second", "seconds"], SECOND),
    (&["ms", "msec", "millis"], 1_000_000),
    (&["us", "usec", "micros"], 1000),
    (&["ns", "nsec", "nanos"], 1),
];

/// The start of a text whose characters all pass the test, and the rest.
fn split(text: &str, test: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !test(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn nanoseconds(length: TimeDelta) -> i128 {
    let seconds = i128::from(length.num_seconds()).saturating_mul(SECOND);
    seconds.saturating_add(i128::from(length.subsec_nanos()))
}

fn from_nanoseconds(nanoseconds: i128) -> Option<TimeDelta> {
    let seconds = i64::try_from(nanoseconds.div_euclid(SECOND)).ok()?;
    TimeDelta::new(seconds, u32::try_from(nanoseconds.rem_euclid(SECOND)).ok()?)
}
