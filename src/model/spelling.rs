//! How values are written on the wire and in the command's JSON.

use std::fmt::{self, Write as _};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// A time in RFC 3339, UTC: `2021-01-14T09:22:24Z`. It has a fraction only if the time has one.
#[must_use]
pub(crate) fn time(time: &DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A checkpoint as on the wire: Unix seconds.
///
/// From the year 5138 on, a number of seconds would be read as milliseconds, so milliseconds are written.
pub(crate) fn checkpoint(time: &DateTime<Utc>) -> String {
    let seconds = time.timestamp();
    if seconds < CHECKPOINT_MILLIS { seconds.to_string() } else { time.timestamp_millis().to_string() }
}

/// Smallest checkpoint that is read as milliseconds: 10^11.
pub(crate) const CHECKPOINT_MILLIS: i64 = 100_000_000_000;

/// Smallest difference between `Delay` and `DelayMillis` of one record that rounding to whole seconds cannot
/// explain.
pub(crate) const DELAY_ROUNDING: TimeDelta = match TimeDelta::try_seconds(2) {
    Some(value) => value,
    None => TimeDelta::zero(),
};

/// A length of time as the closest number of seconds: 900.123 for 900123 ms.
pub(crate) fn seconds(value: TimeDelta) -> f64 {
    let sign = if value < TimeDelta::zero() { "-" } else { "" };
    let (whole, nanos) = (value.num_seconds().unsigned_abs(), value.subsec_nanos().unsigned_abs());
    // Arithmetic would round twice.
    format!("{sign}{whole}.{nanos:09}").parse().unwrap_or_else(|_| value.as_seconds_f64())
}

/// A length of time to the millisecond, or above 100,000 years to the second, where a double keeps no milliseconds.
pub(crate) fn to_millis(value: TimeDelta) -> TimeDelta {
    const MANY: i64 = 100_000 * 366 * 86_400;
    const HALF: TimeDelta = TimeDelta::microseconds(500);
    let seconds = value.num_seconds();
    let rounded = if (-MANY..=MANY).contains(&seconds) {
        let half = if value < TimeDelta::zero() { -HALF } else { HALF };
        value.checked_add(&half).and_then(|value| TimeDelta::try_milliseconds(value.num_milliseconds()))
    } else {
        TimeDelta::try_seconds(seconds)
    };
    rounded.unwrap_or(value)
}

/// An id that can be compared with another: neither absent nor empty nor masked (`dtsexjk1alb116****`).
pub(crate) fn unmasked(id: Option<&str>) -> Option<&str> {
    id.filter(|id| !id.is_empty() && !id.contains('*'))
}

/// A number in its shortest form: `100`, `12.5`.
pub(crate) struct Number(pub(crate) f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Most numbers are whole, and integers are written several times as fast. They have no precision.
        match whole(self.0).filter(|_| f.precision().is_none()) {
            Some(whole) => fmt::Display::fmt(&whole, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

/// Writes a text with the width and the alignment of the formatter, which has another use for its precision.
pub(crate) fn pad(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let missing = f.width().unwrap_or(0).saturating_sub(text.chars().count());
    let before = match f.align() {
        Some(fmt::Alignment::Right) => missing,
        Some(fmt::Alignment::Center) => missing / 2,
        Some(fmt::Alignment::Left) | None => 0,
    };
    let fill = f.fill();
    (0..before).try_for_each(|_| f.write_char(fill))?;
    f.write_str(text)?;
    (before..missing).try_for_each(|_| f.write_char(fill))
}

/// The number as an integer; `None` if it has a fraction or is too large.
pub(crate) fn whole(value: f64) -> Option<i64> {
    /// Below this, an `f64` holds every whole number exactly: 2^53.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

/// Writes a whole number without a fraction: `100`, not `100.0`.
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

pub(crate) fn serialize_seconds<S: Serializer>(
    value: &Option<TimeDelta>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) if value.subsec_nanos() != 0 => serializer.serialize_f64(seconds(*value)),
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

/// A number of JSON.
#[derive(Deserialize)]
#[serde(untagged)]
enum AnyNumber {
    Whole(i64),
    Fraction(f64),
}

/// The length of time of a number of seconds; `None` beyond the range of lengths.
fn length(number: &AnyNumber) -> Option<TimeDelta> {
    match *number {
        AnyNumber::Whole(seconds) => TimeDelta::try_seconds(seconds),
        AnyNumber::Fraction(seconds) => {
            // A double holds 15 digits, and milliseconds as long as [`to_millis`] keeps them. What comes after is noise
            // of binary fractions.
            let digits = seconds.abs().trunc().to_string().len();
            let text = format!("{seconds:.*}", 15_usize.saturating_sub(digits).clamp(3, 9));
            let (whole, fraction) = text.split_once('.')?;
            let sign = if text.starts_with('-') { "-" } else { "" };
            let nanos = TimeDelta::nanoseconds(format!("{sign}{fraction:0<9}").parse().ok()?);
            TimeDelta::try_seconds(whole.parse().ok()?)?.checked_add(&nanos)
        }
    }
}

/// Reads what [`serialize_seconds`] writes.
pub(crate) fn read_seconds<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<TimeDelta>, D::Error> {
    let read = |number: &AnyNumber| length(number).ok_or_else(|| D::Error::custom("too long a time"));
    Option::<AnyNumber>::deserialize(deserializer)?.as_ref().map(read).transpose()
}

/// Reads what [`serialize_millis`] writes.
pub(super) fn read_millis<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<TimeDelta>, D::Error> {
    let read =
        |millis| TimeDelta::try_milliseconds(millis).ok_or_else(|| D::Error::custom("too long a time"));
    Option::<i64>::deserialize(deserializer)?.map(read).transpose()
}

/// Reads what [`serialize_time`] writes.
pub(crate) fn read_time<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text = Option::<std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    let read = |text: std::borrow::Cow<'de, str>| {
        text.parse().map_err(|_| D::Error::custom(format_args!("invalid time {text:?}")))
    };
    text.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_the_closest_number() {
        for (nanos, expected) in [
            (0, 0.0),
            (1_118_000_000, 1.118),
            (-1_118_000_000, -1.118),
            (900_123_000_000, 900.123),
            (7_000_000_000, 7.0),
            (2_500_001_000, 2.500001),
            (-1, -1e-9),
            (9_007_199_254_740_993_001, 9_007_199_254.740_993),
            (-8_999_999_123_456_789, -8_999_999.123_456_79),
        ] {
            assert_eq!(
                seconds(TimeDelta::nanoseconds(nanos)).to_bits(),
                f64::to_bits(expected),
                "{expected}"
            );
        }
    }

    #[test]
    fn seconds_read_back_to_the_digit() {
        for (number, whole, nanos) in [
            (338_847_890.123, 338_847_890, 123_000_000),
            (-338_847_890.123, -338_847_891, 877_000_000),
            (3_162_240_000_000.999, 3_162_240_000_000, 999_000_000),
            (0.000000001, 0, 1),
            (-0.5, -1, 500_000_000),
            (1e-7, 0, 100),
            (7.0, 7, 0),
            (0.12345678999, 0, 123_456_790),
            (-1.9999999999, -2, 0),
            (11_223_344.556_677_89, 11_223_344, 556_677_900),
        ] {
            assert_eq!(length(&AnyNumber::Fraction(number)), TimeDelta::new(whole, nanos), "{number}");
        }
        for number in [1e300, -1e19, 9223372036854776.0, f64::NAN, f64::INFINITY] {
            assert_eq!(length(&AnyNumber::Fraction(number)), None, "{number}");
        }
    }
}
