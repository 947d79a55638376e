//! A length of time in words: [`Span`].

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::exact;
use crate::model::spelling;

/// A length of time as a person reads it: below two minutes in seconds, above in at most two units, cut.
///
/// ```
/// use aliyun_dts_status::health::Span;
/// use chrono::TimeDelta;
///
/// let text = |millis| TimeDelta::try_milliseconds(millis).map(|length| Span(length).to_string());
/// assert_eq!(text(61_500).as_deref(), Some("61.5 s"));
/// assert_eq!(text(3_660_000).as_deref(), Some("1 h 1 min"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(clippy::exhaustive_structs, reason = "it wraps one length of time")]
pub struct Span(#[serde(with = "exact::length")] pub TimeDelta);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

/// From this number of seconds on, greater units are used.
const LONG: i64 = 120;

impl Span {
    /// The length as a number of seconds: 1.118 for 1118 ms.
    #[must_use]
    pub fn seconds(self) -> f64 {
        spelling::seconds(self.0)
    }

    fn text(self) -> String {
        let whole = self.0.num_seconds();
        if whole < LONG {
            let millis = self.0.subsec_nanos().abs().wrapping_div(1_000_000);
            let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
            let sign = if whole == 0 && millis != 0 && self.0 < TimeDelta::zero() { "-" } else { "" };
            return format!("{sign}{whole}{} s", fraction.trim_end_matches('0'));
        }
        let parts = [
            (self.0.num_days(), "d"),
            (self.0.num_hours().wrapping_rem(24), "h"),
            (self.0.num_minutes().wrapping_rem(60), "min"),
            (whole.wrapping_rem(60), "s"),
        ];
        let parts = parts.iter().skip_while(|(count, _)| *count == 0).take(2);
        let parts: Vec<_> = parts.filter(|(count, _)| *count != 0).collect();
        parts.iter().map(|(count, unit)| format!("{count} {unit}")).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_read_well() {
        for (millis, text) in [
            (0, "0 s"),
            (856, "0.856 s"),
            (-500, "-0.5 s"),
            (61_500, "61.5 s"),
            (-61_500, "-61.5 s"),
            (-1_000, "-1 s"),
            (119_999, "119.999 s"),
            (120_000, "2 min"),
            (125_000, "2 min 5 s"),
            (900_123, "15 min"),
            (3_600_000, "1 h"),
            (3_605_000, "1 h"),
            (3_660_000, "1 h 1 min"),
            (694_800_000, "8 d 1 h"),
            (i64::MAX, "106751991167 d 7 h"),
        ] {
            assert_eq!(Span(TimeDelta::try_milliseconds(millis).unwrap()).to_string(), text, "{millis}");
        }
        assert_eq!(Span(TimeDelta::try_milliseconds(1118).unwrap()).seconds(), 1.118);
    }
}
