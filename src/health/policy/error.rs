//! What is wrong with a policy: [`PolicyError`], a list of [`ThresholdError`].

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use super::field::PolicyField;
use crate::excerpt;

/// Everything that is wrong with a [`Policy`](super::Policy), in one message.
///
/// ```
/// use aliyun_dts_status::health::Policy;
///
/// let mut policy = Policy::default();
/// policy.lag_warn = policy.lag_critical * 2;
/// policy.clear_at = 0;
/// let error = policy.check().unwrap_err();
/// assert_eq!(error.defects().len(), 2);
/// assert_eq!(
///     error.to_string(),
///     "clear-at: expected a percentage from 1% to 100%, found \"0%\"; lag-warn is greater than lag-critical"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyError {
    defects: Vec<ThresholdError>,
}

impl PolicyError {
    /// The defects as an error; Ok if there are none.
    pub(super) fn of(defects: Vec<ThresholdError>) -> Result<(), PolicyError> {
        if defects.is_empty() { Ok(()) } else { Err(PolicyError { defects }) }
    }

    /// The defects, at least one.
    #[must_use]
    pub fn defects(&self) -> &[ThresholdError] {
        &self.defects
    }
}

impl std::error::Error for PolicyError {}

/// The defects, and the known names where a name is unknown.
impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let defects: Vec<_> = self.defects.iter().map(ToString::to_string).collect();
        f.write_str(&defects.join("; "))?;
        let known = self.defects.iter().find_map(|defect| match defect {
            ThresholdError::Unknown { known, .. } => Some(known.iter().map(PolicyField::key)),
            _ => None,
        });
        match known {
            Some(known) => write!(f, "; the thresholds are {}", known.collect::<Vec<_>>().join(", ")),
            None => Ok(()),
        }
    }
}

/// The name of a threshold: `lag_warn`. The derive of serde would borrow what it sees to be a reference.
type Name = &'static str;

/// One thing that is wrong with a [`Policy`](super::Policy).
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ThresholdError {
    /// There is no threshold of this name.
    #[error("{}: unknown threshold", excerpt::shown(.name))]
    #[non_exhaustive]
    Unknown {
        /// The name as it was given.
        name: Box<str>,
        /// The thresholds that there are.
        #[serde(skip, default = "table")]
        known: &'static [PolicyField],
    },
    /// A threshold is given more than once.
    #[error("{}: given more than once", .field.key())]
    #[non_exhaustive]
    Repeated {
        /// The threshold.
        #[serde(deserialize_with = "row")]
        field: &'static PolicyField,
    },
    /// A text is no value of its threshold, or the value is out of its bounds.
    #[error("{}: expected {}, found \"{}\"", .field.key(), .field.expected(), excerpt::shown(.text))]
    #[non_exhaustive]
    BadValue {
        /// The threshold.
        #[serde(deserialize_with = "row")]
        field: &'static PolicyField,
        /// The value as text.
        text: Box<str>,
    },
    /// A threshold is greater than one that it must not exceed.
    #[error("{} is greater than {}", key(.low), key(.high))]
    #[non_exhaustive]
    Greater {
        /// The threshold that must not be greater.
        #[serde(deserialize_with = "name")]
        low: Name,
        /// The threshold that must not be less.
        #[serde(deserialize_with = "name")]
        high: Name,
    },
    /// A threshold is not less than one that must be greater.
    #[error("{} is not less than {}", key(.low), key(.high))]
    #[non_exhaustive]
    NotLess {
        /// The threshold that must be less.
        #[serde(deserialize_with = "name")]
        low: Name,
        /// The threshold that must be greater.
        #[serde(deserialize_with = "name")]
        high: Name,
    },
}

impl ThresholdError {
    /// The names of the thresholds that the defect is about (`lag_warn`): two of a pair, none of an unknown name.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        match self {
            ThresholdError::Unknown { .. } => Vec::new(),
            ThresholdError::Repeated { field } | ThresholdError::BadValue { field, .. } => vec![field.name],
            ThresholdError::Greater { low, high } | ThresholdError::NotLess { low, high } => vec![low, high],
        }
    }
}

fn table() -> &'static [PolicyField] {
    super::Policy::FIELDS
}

/// The row of a threshold, of which the name is read.
fn row<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static PolicyField, D::Error> {
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    by_name(&Named::deserialize(deserializer)?.name)
}

/// The name of a threshold, as the table has it.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    by_name(&String::deserialize(deserializer)?).map(|field| field.name)
}

fn by_name<E: serde::de::Error>(name: &str) -> Result<&'static PolicyField, E> {
    let unknown = || E::custom(format_args!("{}: unknown threshold", excerpt::shown(name)));
    super::Policy::field(name).ok_or_else(unknown)
}

impl<'de> Deserialize<'de> for PolicyField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        row(deserializer).copied()
    }
}

fn key(name: &str) -> String {
    name.replace('_', "-")
}
