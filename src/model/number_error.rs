//! A text or a number that is no percentage and no data rate: [`NumberError`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::excerpt;

/// A text or a number that is no [`Percent`](super::Percent) and no [`DataRate`](super::DataRate): not a number, or not
/// a finite one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[error("expected {expected}, found \"{}\"", excerpt::shown(.found))]
pub struct NumberError {
    expected: Cow<'static, str>,
    found: String,
}

impl NumberError {
    #[cold]
    pub(super) fn new(expected: &'static str, found: &(impl ToString + ?Sized)) -> Self {
        NumberError { expected: expected.into(), found: found.to_string() }
    }

    /// The text or the number.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

/// Implements what a newtype of a finite number has: an order that is total, because it is never NaN, reading from a
/// number and from a text, and serde.
macro_rules! finite_number {
    ($name:ident, $expected:literal, $unit:literal) => {
        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.to_bits().hash(state);
            }
        }

        impl TryFrom<f64> for $name {
            type Error = super::NumberError;

            /// Refuses a number that is not finite.
            fn try_from(value: f64) -> Result<Self, Self::Error> {
                // Adding zero turns -0 into 0.
                let finite = value.is_finite().then_some($name(value + 0.0));
                finite.ok_or_else(|| super::NumberError::new($expected, &value))
            }
        }

        impl std::str::FromStr for $name {
            type Err = super::NumberError;

            #[doc = concat!("Reads a number, with or without `", $unit, "`.")]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let number = text.trim();
                let number = number.strip_suffix($unit).unwrap_or(number).trim_end();
                let value = number.parse::<f64>().ok().and_then(|value| $name::try_from(value).ok());
                value.ok_or_else(|| super::NumberError::new($expected, text))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $name::try_from(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use finite_number;
