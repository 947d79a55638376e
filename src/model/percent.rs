//! A percentage: [`Percent`].

use std::fmt;

use serde::{Serialize, Serializer};

use super::spelling;

/// A percentage. A value outside 0 to 100 is kept; validation reports it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Percent(f64);

impl Percent {
    /// A percentage from its number; `None` if the number is not finite.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero turns -0 into 0.
        value.is_finite().then_some(Percent(value + 0.0))
    }

    /// The number: 100 for the whole.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// True if the value is from 0 to 100.
    #[must_use]
    pub fn is_in_range(self) -> bool {
        (0.0..=100.0).contains(&self.0)
    }
}

/// As on the wire: `100`, `12.5`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        spelling::Number(self.0).fmt(f)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        spelling::serialize_number(self.0, serializer)
    }
}
