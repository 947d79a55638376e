//! A length of time in words: [`span`].

use chrono::TimeDelta;

/// A length of time in at most two units: `61.5 s`, `2 min 5 s`, `3 h`, `8 d 1 h`. The same words as in the messages
/// of findings.
pub(crate) fn span(length: TimeDelta) -> String {
    let whole = length.num_seconds();
    if whole < SHORT {
        let millis = length.subsec_nanos().abs() / 1_000_000;
        let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
        return format!("{whole}{} s", fraction.trim_end_matches('0'));
    }
    let units = [
        (length.num_days(), "d"),
        (length.num_hours() % 24, "h"),
        (length.num_minutes() % 60, "min"),
        (whole % 60, "s"),
    ];
    let greatest = units.iter().skip_while(|(count, _)| *count == 0).take(2);
    let parts: Vec<_> =
        greatest.filter(|(count, _)| *count != 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    parts.join(" ")
}

/// Shorter lengths are in seconds alone, with a fraction.
const SHORT: i64 = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_have_two_units() {
        for (millis, text) in [
            (0, "0 s"),
            (856, "0.856 s"),
            (61_500, "61.5 s"),
            (-1_000, "-1 s"),
            (119_999, "119.999 s"),
            (120_000, "2 min"),
            (125_000, "2 min 5 s"),
            (3_600_000, "1 h"),
            (3_605_000, "1 h"),
            (3_660_000, "1 h 1 min"),
            (694_800_000, "8 d 1 h"),
            (i64::MAX, "106751991167 d 7 h"),
        ] {
            assert_eq!(span(TimeDelta::try_milliseconds(millis).unwrap()), text, "{millis}");
        }
    }
}
