//! Times and lengths of time of the standard library in place of chrono's: [`IntoTime`], [`IntoLength`].

use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

mod sealed {
    pub trait Sealed {}
}

/// A time, or none: `DateTime<Utc>`, `SystemTime`, `Option<DateTime<Utc>>`. A time beyond chrono's range is its end.
pub trait IntoTime: sealed::Sealed {
    /// The time.
    #[doc(hidden)]
    fn into_time(self) -> Option<DateTime<Utc>>;
}

/// A length of time: `TimeDelta` or `std::time::Duration`. A length beyond chrono's range is its end.
pub trait IntoLength: sealed::Sealed {
    /// The length of time.
    #[doc(hidden)]
    fn into_length(self) -> TimeDelta;
}

impl sealed::Sealed for DateTime<Utc> {}
impl sealed::Sealed for Option<DateTime<Utc>> {}
impl sealed::Sealed for SystemTime {}
impl sealed::Sealed for TimeDelta {}
impl sealed::Sealed for Duration {}

impl IntoTime for DateTime<Utc> {
    fn into_time(self) -> Option<DateTime<Utc>> {
        Some(self)
    }
}

impl IntoTime for Option<DateTime<Utc>> {
    fn into_time(self) -> Option<DateTime<Utc>> {
        self
    }
}

impl IntoTime for SystemTime {
    fn into_time(self) -> Option<DateTime<Utc>> {
        Some(date_time(self))
    }
}

impl IntoLength for TimeDelta {
    fn into_length(self) -> TimeDelta {
        self
    }
}

impl IntoLength for Duration {
    fn into_length(self) -> TimeDelta {
        TimeDelta::from_std(self).unwrap_or(TimeDelta::MAX)
    }
}

/// The time of the system as one of chrono's, whose own conversion panics beyond its range.
pub(super) fn date_time(time: SystemTime) -> DateTime<Utc> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => {
            DateTime::UNIX_EPOCH.checked_add_signed(after.into_length()).unwrap_or(DateTime::<Utc>::MAX_UTC)
        }
        Err(before) => {
            let length = before.duration().into_length();
            DateTime::UNIX_EPOCH.checked_sub_signed(length).unwrap_or(DateTime::<Utc>::MIN_UTC)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_system_are_converted_without_a_panic() {
        let epoch = SystemTime::UNIX_EPOCH;
        let at = |seconds, nanos| DateTime::from_timestamp(seconds, nanos).unwrap();
        for (time, expected) in [
            (epoch, at(0, 0)),
            (epoch + Duration::new(1_610_616_150, 5), at(1_610_616_150, 5)),
            (epoch - Duration::from_millis(1), at(-1, 999_000_000)),
            (epoch + Duration::from_secs(1 << 62), DateTime::<Utc>::MAX_UTC),
            (epoch - Duration::from_secs(1 << 62), DateTime::<Utc>::MIN_UTC),
        ] {
            assert_eq!(date_time(time), expected);
        }
        assert_eq!(Duration::MAX.into_length(), TimeDelta::MAX);
    }
}
