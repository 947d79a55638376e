//! An amount of data per second: [`DataRate`].

use std::fmt;

use serde::{Serialize, Serializer};

use super::number_error::finite_number;
use super::spelling;

/// An amount of data per second, kept in MB/s, the unit of the wire. 1 MB is 1024 KB.
///
/// A negative value is kept; validation reports it.
///
/// ```
/// use aliyun_dts_status::model::DataRate;
///
/// let rate: DataRate = "0.25MB/s".parse()?;
/// assert_eq!(rate, DataRate::try_from(0.25)?);
/// assert_eq!((rate.to_string(), format!("{rate:>10.1}")), ("0.25MB/s".to_owned(), "   0.2MB/s".to_owned()));
/// # Ok::<(), aliyun_dts_status::model::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DataRate(f64);

impl DataRate {
    /// A rate from its number of MB/s; `None` if the number is not finite.
    #[must_use]
    pub fn from_mb_per_s(value: f64) -> Option<Self> {
        DataRate::try_from(value).ok()
    }

    /// The rate in MB/s.
    #[must_use]
    pub fn mb_per_s(self) -> f64 {
        self.0
    }
}

finite_number!(DataRate, "a number of MB/s", "MB/s");

/// As on the wire: `0.00MB/s`, with two decimal places, or more if the value needs them.
impl fmt::Display for DataRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(precision) = f.precision() {
            return spelling::pad(f, &format!("{:.precision$}MB/s", self.0));
        }
        if let Some(whole) = spelling::whole(self.0) {
            return spelling::pad(f, &format!("{whole}.00MB/s"));
        }
        let exact = self.0.to_string();
        match exact.split_once('.').map_or(0, |(_, fraction)| fraction.len()) {
            0 | 1 => spelling::pad(f, &format!("{:.2}MB/s", self.0)),
            _ => spelling::pad(f, &format!("{exact}MB/s")),
        }
    }
}

impl Serialize for DataRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        spelling::serialize_number(self.0, serializer)
    }
}
