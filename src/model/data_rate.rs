//! An amount of data per second: [`DataRate`].

use std::fmt;

use serde::{Serialize, Serializer};

use super::spelling;

/// An amount of data per second, kept in MB/s, the unit of the wire. 1 MB is 1024 KB.
///
/// A negative value is kept; validation reports it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct DataRate(f64);

impl DataRate {
    /// A rate from its number of MB/s; `None` if the number is not finite.
    #[must_use]
    pub fn from_mb_per_s(value: f64) -> Option<Self> {
        // Adding zero turns -0 into 0.
        value.is_finite().then_some(DataRate(value + 0.0))
    }

    /// The rate in MB/s.
    #[must_use]
    pub fn mb_per_s(self) -> f64 {
        self.0
    }
}

/// As on the wire: `0.00MB/s`, with two decimal places, or more if the value needs them.
impl fmt::Display for DataRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(whole) = spelling::whole(self.0) {
            return write!(f, "{whole}.00MB/s");
        }
        let exact = self.0.to_string();
        match exact.split_once('.').map_or(0, |(_, fraction)| fraction.len()) {
            0 | 1 => write!(f, "{:.2}MB/s", self.0),
            _ => write!(f, "{exact}MB/s"),
        }
    }
}

impl Serialize for DataRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        spelling::serialize_number(self.0, serializer)
    }
}
