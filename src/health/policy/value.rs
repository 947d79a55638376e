//! The value of a threshold: [`PolicyValue`], and its unit: [`PolicyUnit`].

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::length::{self, parse_length};
use crate::excerpt;
use crate::model::spelling;
use crate::named_enum::named_enum;

/// The value of a threshold. Its text reads back as the same value: `1h30m`, `80%`, `5`, `true`,
/// `2021-01-14T09:22:30Z`, `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PolicyValue {
    /// A length of time.
    Length(TimeDelta),
    /// A percentage: 100 for the whole.
    Percent(u32),
    /// A count or a factor.
    Count(u32),
    /// True or false.
    Switch(bool),
    /// A time, or none.
    Time(Option<DateTime<Utc>>),
}

impl PolicyValue {
    /// The unit of this value.
    #[must_use]
    pub fn unit(self) -> PolicyUnit {
        match self {
            PolicyValue::Length(_) => PolicyUnit::Length,
            PolicyValue::Percent(_) => PolicyUnit::Percent,
            PolicyValue::Count(_) => PolicyUnit::Count,
            PolicyValue::Switch(_) => PolicyUnit::Switch,
            PolicyValue::Time(_) => PolicyUnit::Time,
        }
    }
}

impl fmt::Display for PolicyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PolicyValue::Length(value) => f.pad(&length::text(*value)),
            PolicyValue::Percent(value) => f.pad(&format!("{value}%")),
            PolicyValue::Count(value) => value.fmt(f),
            PolicyValue::Switch(value) => value.fmt(f),
            PolicyValue::Time(Some(at)) => f.pad(&spelling::time(at)),
            PolicyValue::Time(None) => f.pad(NO_TIME),
        }
    }
}

/// `{"unit": "length", "value": "1h30m"}`
#[derive(Serialize, Deserialize)]
struct Form {
    unit: PolicyUnit,
    value: String,
}

impl Serialize for PolicyValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Form { unit: self.unit(), value: self.to_string() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PolicyValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Form { unit, value } = Form::deserialize(deserializer)?;
        let read = unit.parse(&value);
        read.ok_or_else(|| D::Error::custom(format_args!("invalid {unit} \"{}\"", excerpt::shown(&value))))
    }
}

named_enum! {
    /// The unit of a threshold.
    #[non_exhaustive]
    pub enum PolicyUnit as "unit" {
        /// A length of time.
        Length = "length",
        /// A percentage.
        Percent = "percent",
        /// A count or a factor.
        Count = "count",
        /// True or false.
        Switch = "switch",
        /// A time.
        Time = "time",
    }
}

impl PolicyUnit {
    /// Reads a value of this unit; `None` if the text is none.
    pub(super) fn parse(self, text: &str) -> Option<PolicyValue> {
        let text = text.trim();
        Some(match self {
            PolicyUnit::Length => PolicyValue::Length(parse_length(text)?),
            PolicyUnit::Percent => {
                PolicyValue::Percent(whole_number(text.strip_suffix('%').unwrap_or(text).trim_end())?)
            }
            PolicyUnit::Count => PolicyValue::Count(whole_number(text)?),
            PolicyUnit::Switch => PolicyValue::Switch(text.parse().ok()?),
            PolicyUnit::Time if text == NO_TIME => PolicyValue::Time(None),
            PolicyUnit::Time => PolicyValue::Time(Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())),
        })
    }
}

/// Text of the absence of a time.
pub(super) const NO_TIME: &str = "none";

/// A number without a sign.
fn whole_number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
