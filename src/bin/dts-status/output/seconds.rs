//! A length of time as a number: [`seconds`].

use chrono::TimeDelta;

/// A length of time in seconds. One division of whole milliseconds rounds only once, so 1118 ms are 1.118.
pub(crate) fn seconds(length: TimeDelta) -> f64 {
    match length.subsec_nanos() % 1_000_000 {
        0 => length.num_milliseconds() as f64 / 1e3,
        _ => length.as_seconds_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_rounded_once() {
        for (millis, expected) in
            [(1_118, "1.118"), (900_123, "900.123"), (-61_500, "-61.5"), (60_000, "60.0")]
        {
            let length = TimeDelta::try_milliseconds(millis).unwrap();
            assert_eq!(format!("{:?}", seconds(length)), expected);
        }
        assert_eq!(seconds(TimeDelta::nanoseconds(1_500)), 0.000_001_5);
    }
}
