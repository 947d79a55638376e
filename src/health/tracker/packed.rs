//! Numbers, times and lengths of time in eight bytes each, also as an Option: [`Number`], [`Time`], [`Length`].
//!
//! A tracker keeps many of them for each of very many jobs. Times are kept to the microsecond.

use std::fmt;
use std::num::NonZeroI64;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number. The least of all is kept as the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(
    /// The number with its sign bit flipped, so that only the least one is zero.
    NonZeroI64,
);

/// A time to the microsecond; later fractions are cut.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time(Number);

/// A length of time to the microsecond; later fractions are cut. Above 292,000 years it is kept as that.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Length(Number);

impl Number {
    pub(super) fn new(number: i64) -> Self {
        // Never zero, because the least number is left out.
        Number(NonZeroI64::new(number.max(-i64::MAX) ^ i64::MIN).unwrap_or(NonZeroI64::MAX))
    }

    pub(super) fn get(self) -> i64 {
        self.0.get() ^ i64::MIN
    }
}

impl Time {
    pub(super) fn new(time: DateTime<Utc>) -> Self {
        Time(Number::new(time.timestamp_micros()))
    }

    pub(super) fn get(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.get()).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The number of microseconds from this to another time, in place of the time: shorter where they are close.
    pub(super) fn before(self, other: Time) -> Time {
        Time(Number::new(other.0.get().wrapping_sub(self.0.get())))
    }

    /// Microseconds since the Unix epoch.
    pub(super) fn micros(self) -> i64 {
        self.0.get()
    }

    /// Returns true for a time that chrono knows.
    pub(super) fn is_valid(self) -> bool {
        DateTime::from_timestamp_micros(self.micros()).is_some()
    }

    /// The length of time from this to a later time.
    pub(super) fn to(self, later: DateTime<Utc>) -> TimeDelta {
        later.signed_duration_since(self.get())
    }
}

impl Length {
    pub(super) fn new(length: TimeDelta) -> Self {
        let most = if length < TimeDelta::zero() { i64::MIN } else { i64::MAX };
        Length(Number::new(length.num_microseconds().unwrap_or(most)))
    }

    pub(super) fn get(self) -> TimeDelta {
        TimeDelta::microseconds(self.0.get())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.get().cmp(&other.get())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.get())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Number::new)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Number::deserialize(deserializer).map(Time)
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Number::deserialize(deserializer).map(Length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back() {
        for number in [0, 1, -1, i64::MAX, i64::MIN + 1] {
            assert_eq!(Number::new(number).get(), number);
        }
        assert_eq!(Number::new(i64::MIN).get(), i64::MIN + 1);
        for time in [DateTime::<Utc>::MIN_UTC, DateTime::UNIX_EPOCH] {
            assert_eq!(Time::new(time).get(), time);
        }
        let last = Time::new(DateTime::<Utc>::MAX_UTC);
        assert_eq!(last.to(DateTime::<Utc>::MAX_UTC), TimeDelta::nanoseconds(999));
        let before = DateTime::from_timestamp(-1, 999_999_999).unwrap();
        assert_eq!(Time::new(before).get(), DateTime::from_timestamp(-1, 999_999_000).unwrap());
        assert!(Time::new(before) < Time::new(DateTime::UNIX_EPOCH));
        for length in [TimeDelta::zero(), TimeDelta::microseconds(-61_500_001)] {
            assert_eq!(Length::new(length).get(), length);
        }
        assert_eq!(Length::new(TimeDelta::MAX).get(), TimeDelta::microseconds(i64::MAX));
        assert_eq!(Length::new(TimeDelta::MIN).get(), TimeDelta::microseconds(i64::MIN + 1));
    }

    #[test]
    fn an_absent_value_takes_no_space() {
        assert_eq!(size_of::<Option<Number>>(), 8);
        assert_eq!(size_of::<Option<Time>>(), 8);
        assert_eq!(size_of::<Option<Length>>(), 8);
    }

    #[test]
    fn a_time_before_another_comes_back() {
        let times = [DateTime::<Utc>::MIN_UTC, DateTime::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC].map(Time::new);
        for time in times {
            for other in times {
                assert_eq!(time.before(other).before(other), time);
            }
        }
        assert!(!Time(Number::new(9_000_000_000_000_000_000)).is_valid());
    }
}
