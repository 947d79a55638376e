//! A percentage: [`Percent`].

use std::fmt;

use serde::{Serialize, Serializer};

use super::number_error::finite_number;
use super::spelling;

/// A percentage. A value outside 0 to 100 is kept; validation reports it.
///
/// ```
/// use aliyun_dts_status::model::Percent;
///
/// let percent: Percent = "12.5%".parse()?;
/// assert_eq!(percent, Percent::try_from(12.5)?);
/// assert_eq!(format!("{percent:>8.2}"), "   12.50");
/// assert_eq!(Percent::try_from(f64::NAN).unwrap_err().to_string(), "expected a percentage, found \"NaN\"");
/// # Ok::<(), aliyun_dts_status::model::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Percent(f64);

impl Percent {
    /// A percentage from its number; `None` if the number is not finite.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        Percent::try_from(value).ok()
    }

    /// The number: 100 for the whole.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// Returns true if the value is from 0 to 100.
    #[must_use]
    pub fn is_in_range(self) -> bool {
        (0.0..=100.0).contains(&self.0)
    }
}

finite_number!(Percent, "a percentage", "%");

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
