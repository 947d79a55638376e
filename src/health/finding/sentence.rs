//! What a finding says: its code's sentence, then its evidence in words.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Evidence, FindingCode, OBSERVED_AT, PREVIOUS, is_message};
use crate::field::Field;
use crate::health::tracker::Tracker;
use crate::model::spelling::{CHECKPOINT_MILLIS, time};
use crate::path::Segment;

/// The sentence of a code with its evidence: `The target is behind …: Delay is 61 s.`
pub(super) fn message(code: FindingCode, evidence: &[Evidence]) -> String {
    let mut message = String::from(code.sentence());
    for (position, piece) in evidence.iter().enumerate() {
        message.push_str(if position == 0 { ": " } else { ", " });
        message.push_str(&words(code, evidence, position, piece));
    }
    message.push('.');
    message
}

/// One piece of evidence in words.
fn words(code: FindingCode, evidence: &[Evidence], position: usize, piece: &Evidence) -> String {
    let name = name(piece);
    let Some(value) = piece.value.as_deref() else {
        return format!("{} is absent", piece.path);
    };
    match name {
        Some(OBSERVED_AT) => match age(evidence, value) {
            Some(age) => format!("observed at {value}, {} later", span(age)),
            None => format!("observed at {value}"),
        },
        Some(PREVIOUS) => previous(code, evidence, position, value),
        Some(_) if code == FindingCode::DirectionMismatch => format!("asked for {}", short(value)),
        Some(_) if code == FindingCode::NoJobs => format!("{value} jobs"),
        Some(_) if matches!(code, FindingCode::ForwardNotObserved | FindingCode::ReverseNotObserved) => {
            format!("{value} is missing")
        }
        Some(_) => short(value).into_owned(),
        None => format!("{} is {}", piece.path, reading(field(piece), value)),
    }
}

/// What was known from before, in words.
fn previous(code: FindingCode, evidence: &[Evidence], position: usize, value: &str) -> String {
    use FindingCode as Code;
    match code {
        Code::SnapshotOrder => format!("the previous one at {value}"),
        Code::CheckpointStalled | Code::InitStalled => format!("as it was at {value}"),
        Code::SuspendOverHardLimit
        | Code::SuspendOverSoftLimit
        | Code::RecoveryWindowExpired
        | Code::RecoveryWindowClosing
        | Code::RetryWindowExhausted => format!("since {value}"),
        Code::Flapping => format!("{value} changes within {} polls", Tracker::FLAP_POLLS),
        // It has two: what was, then how long it will take.
        Code::LagShrinking if evidence.iter().take(position).any(|piece| name(piece) == Some(PREVIOUS)) => {
            format!("caught up in {}", seconds(value))
        }
        Code::LagShrinking | Code::LagGrowing => format!("the lag was {} before", seconds(value)),
        _ => format!("was {} before", reading(evidence.first().and_then(field), value)),
    }
}

/// A value of a field as a person reads it.
fn reading(field: Option<Field>, value: &str) -> Cow<'_, str> {
    match field {
        Some(Field::Delay) => seconds(value).into(),
        Some(Field::DelayMillis) => match value.parse().ok().and_then(TimeDelta::try_milliseconds) {
            Some(delay) => span(delay).into(),
            None => short(value),
        },
        Some(Field::Checkpoint) => match checkpoint(value) {
            Some(at) => time(&at).into(),
            None => short(value),
        },
        Some(field) if is_message(field) => format!("\"{}\"", short(value)).into(),
        _ => short(value),
    }
}

/// How much later than the checkpoint among the evidence it was observed.
fn age(evidence: &[Evidence], observed_at: &str) -> Option<TimeDelta> {
    let piece = evidence.iter().find(|piece| field(piece) == Some(Field::Checkpoint))?;
    let observed_at = DateTime::parse_from_rfc3339(observed_at).ok()?;
    let age = observed_at.to_utc().signed_duration_since(checkpoint(piece.value.as_deref()?)?);
    (age >= TimeDelta::zero()).then_some(age)
}

/// A checkpoint in its spelling on the wire.
fn checkpoint(value: &str) -> Option<DateTime<Utc>> {
    let number: i64 = value.parse().ok()?;
    if number < CHECKPOINT_MILLIS {
        DateTime::from_timestamp(number, 0)
    } else {
        DateTime::from_timestamp_millis(number)
    }
}

/// Seconds, perhaps with a fraction, as a person reads them.
fn seconds(value: &str) -> String {
    let whole = value.split('.').next().and_then(|whole| whole.parse().ok());
    match whole.filter(|whole| *whole >= LONG).and_then(TimeDelta::try_seconds) {
        Some(delay) => span(delay),
        None => format!("{value} s"),
    }
}

/// From so many seconds on, greater units are told.
const LONG: i64 = 120;

/// A length of time in at most two units: `61 s`, `2 min 5 s`, `3 h`, `8 d 1 h`.
fn span(value: TimeDelta) -> String {
    let whole = value.num_seconds();
    if whole < LONG {
        let millis = value.subsec_nanos().abs().wrapping_div(1_000_000);
        let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
        return format!("{whole}{} s", fraction.trim_end_matches('0'));
    }
    let parts = [
        (value.num_days(), "d"),
        (value.num_hours().wrapping_rem(24), "h"),
        (value.num_minutes().wrapping_rem(60), "min"),
        (whole.wrapping_rem(60), "s"),
    ];
    let mut text = String::new();
    for (count, unit) in parts.iter().skip_while(|(count, _)| *count == 0).take(2) {
        if *count != 0 {
            let gap = if text.is_empty() { "" } else { " " };
            // Writing to a String does not fail.
            let _ = write!(text, "{gap}{count} {unit}");
        }
    }
    text
}

/// A value on one line, cut where it grows long.
fn short(value: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    let cut = value.char_indices().nth(LONGEST).and_then(|(end, _)| value.get(..end));
    if cut.is_none() && !value.contains(char::is_control) {
        return value.into();
    }
    let mut text = cut.unwrap_or(value).replace(char::is_control, " ");
    if cut.is_some() {
        text.push('…');
    }
    text.into()
}

/// The field that evidence stands in.
fn field(piece: &Evidence) -> Option<Field> {
    match piece.path.segments().last()? {
        Segment::Field(field) => Some(*field),
        Segment::Index(_) | Segment::Name(_) => None,
    }
}

/// The bracketed name of evidence that is no field.
fn name(piece: &Evidence) -> Option<&str> {
    match piece.path.segments() {
        [Segment::Name(name)] => Some(name),
        _ => None,
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
        assert_eq!(seconds("900.123"), "15 min");
        assert_eq!(seconds("61.5"), "61.5 s");
    }

    #[test]
    fn long_and_broken_text_is_made_to_fit() {
        assert_eq!(short("a\nb\tc"), "a b c");
        let long = "无".repeat(201);
        assert_eq!(short(&long), "无".repeat(200) + "…");
        assert_eq!(short(&"x".repeat(200)), "x".repeat(200));
    }
}
