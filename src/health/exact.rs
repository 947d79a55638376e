//! Serde forms of times and lengths of time that keep every value exactly, for saved state.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A time: RFC 3339 within the years 0 to 9999, with a signed year outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time(pub(super) DateTime<Utc>);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:?}", self.0))
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map(Time).map_err(|_| D::Error::custom(format_args!("invalid time {text:?}")))
    }
}

/// A length of time: whole seconds, and the nanoseconds to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Length(pub(super) TimeDelta);

const NANOS: i64 = 1_000_000_000;

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The type that is read back: other formats than JSON write numbers of other types differently.
        let nanos = u32::try_from(i64::from(self.0.subsec_nanos()).rem_euclid(NANOS)).unwrap_or_default();
        // Nanoseconds are added to the next lower second, also of a negative length.
        let below = i64::from(self.0.subsec_nanos() < 0);
        (self.0.num_seconds().saturating_sub(below), nanos).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (seconds, nanos) = <(i64, u32)>::deserialize(deserializer)?;
        TimeDelta::new(seconds, nanos)
            .map(Length)
            .ok_or_else(|| D::Error::custom(format_args!("invalid length of time [{seconds}, {nanos}]")))
    }
}

/// For `#[serde(with)]` on a time.
pub(super) mod time {
    use super::{DateTime, Deserialize, Deserializer, Serialize, Serializer, Time, Utc};

    pub(in crate::health) fn serialize<S: Serializer>(
        at: &DateTime<Utc>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Time(*at).serialize(serializer)
    }

    pub(in crate::health) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DateTime<Utc>, D::Error> {
        Time::deserialize(deserializer).map(|at| at.0)
    }
}

/// For `#[serde(with)]` on a length of time.
pub(super) mod length {
    use super::{Deserialize, Deserializer, Length, Serialize, Serializer, TimeDelta};

    pub(in crate::health) fn serialize<S: Serializer>(
        length: &TimeDelta,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Length(*length).serialize(serializer)
    }

    pub(in crate::health) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<TimeDelta, D::Error> {
        Length::deserialize(deserializer).map(|length| length.0)
    }
}

/// For `#[serde(with)]` on an optional time.
pub(super) mod optional_time {
    use super::{DateTime, Deserialize, Deserializer, Serialize, Serializer, Time, Utc};

    pub(in crate::health) fn serialize<S: Serializer>(
        at: &Option<DateTime<Utc>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        at.map(Time).serialize(serializer)
    }

    pub(in crate::health) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        Ok(Option::<Time>::deserialize(deserializer)?.map(|at| at.0))
    }
}

/// For `#[serde(with)]` on an optional length of time.
pub(super) mod optional_length {
    use super::{Deserialize, Deserializer, Length, Serialize, Serializer, TimeDelta};

    pub(in crate::health) fn serialize<S: Serializer>(
        length: &Option<TimeDelta>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        length.map(Length).serialize(serializer)
    }

    pub(in crate::health) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<TimeDelta>, D::Error> {
        Ok(Option::<Length>::deserialize(deserializer)?.map(|length| length.0))
    }
}

/// Saves a struct as the list of its fields: short, and the same in every format. After `only functions` the struct has
/// no serde of its own.
macro_rules! save_as_list {
    (only functions $name:ident { $($field:ident),+ $(,)? }) => {
        impl $name {
            fn save_list<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&($(&self.$field,)+), serializer)
            }

            fn read_list<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let ($($field,)+) = serde::Deserialize::deserialize(deserializer)?;
                Ok($name { $($field,)+ })
            }
        }
    };
    ($name:ident { $($field:ident),+ $(,)? }) => {
        save_as_list!(only functions $name { $($field),+ });

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.save_list(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::read_list(deserializer)
            }
        }
    };
}

pub(super) use save_as_list;
