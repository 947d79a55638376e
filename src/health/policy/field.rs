//! A row of the table of thresholds: [`PolicyField`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::value::{PolicyUnit, PolicyValue};

/// A threshold of a [`Policy`](super::Policy): its name, meaning, default and bounds.
///
/// ```
/// use aliyun_dts_status::health::Policy;
///
/// let field = Policy::field("clear-at").ok_or("no such threshold")?;
/// assert_eq!((field.name, field.key().as_str()), ("clear_at", "clear-at"));
/// assert_eq!(field.default.to_string(), "80%");
/// assert_eq!(field.expected(), "a percentage from 1% to 100%");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PolicyField {
    /// The name of the field: `lag_warn`.
    pub name: &'static str,
    /// The meaning, in one or two sentences.
    pub sentence: &'static str,
    /// The unit of its values.
    pub unit: PolicyUnit,
    /// The value by default.
    pub default: PolicyValue,
    /// The least value that is allowed. A time may also be none.
    pub least: PolicyValue,
    /// The greatest value that is allowed.
    pub most: PolicyValue,
}

impl PolicyField {
    /// The name in options and files: `lag-warn`.
    #[must_use]
    pub fn key(&self) -> String {
        self.name.replace('_', "-")
    }

    /// Returns true if the value has the unit of this threshold and is within its bounds.
    #[must_use]
    pub fn allows(&self, value: PolicyValue) -> bool {
        value.unit() == self.unit
            && (value == PolicyValue::Time(None) || (self.least..=self.most).contains(&value))
    }

    /// The value of a text; `None` if it is no value of the unit, or out of the bounds.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<PolicyValue> {
        self.unit.parse(text).filter(|value| self.allows(*value))
    }

    /// The values that are allowed, in words: `a whole number from 2 to 31`.
    #[must_use]
    pub fn expected(&self) -> String {
        let PolicyField { least, most, .. } = self;
        match self.unit {
            PolicyUnit::Length => {
                "a length of time, not negative, such as 60s, 10m, 2h, 7d or 1h30m".to_owned()
            }
            PolicyUnit::Percent => format!("a percentage from {least} to {most}"),
            PolicyUnit::Count => format!("a whole number from {least} to {most}"),
            PolicyUnit::Switch => "true or false".to_owned(),
            PolicyUnit::Time => "a time such as 2021-01-14T09:22:30Z, or none".to_owned(),
        }
    }
}

pub(super) const LENGTH: (TimeDelta, TimeDelta) = (TimeDelta::zero(), TimeDelta::MAX);

pub(super) const SWITCH: (bool, bool) = (false, true);

/// The times that RFC 3339 can write: the years 0 to 9999.
pub(super) const TIME: (Option<DateTime<Utc>>, Option<DateTime<Utc>>) =
    (DateTime::from_timestamp(-62_167_219_200, 0), DateTime::from_timestamp(253_402_300_799, 999_999_999));
