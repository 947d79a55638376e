//! From a value of a body to a value of the model and back: every coercion, each in one impl (docs/wire.md,
//! section 4).

mod china_time;
mod coercion;
mod decimal;
mod job_type;
mod spelled;
mod time;

use std::borrow::Cow;
use std::marker::PhantomData;

use chrono::{DateTime, TimeDelta, Utc};

pub(super) use self::china_time::ChinaTime;
pub(super) use self::coercion::{Coercion, Note, Raw};
use self::coercion::{trim, unreadable};
use self::decimal::Decimal;
pub(super) use self::job_type::JobType;
pub(super) use self::spelled::{JsonType, Spelled};
use self::time::{can_be_spelled, has_form, time};
use super::quirk::QuirkKind;
use crate::model::spelling::{self, CHECKPOINT_MILLIS};
use crate::model::{DataRate, OpenSet, Percent, Recognition};

/// Free text, kept byte for byte.
pub(super) struct Text;

/// [`Text`] in the smallest form.
pub(super) struct BoxedText;

/// A text that names something: blanks around it are not part of it.
pub(super) struct Identifier;

/// A code, which may be a number.
pub(super) struct Code;

/// A value of an open set.
pub(super) struct Open<E>(pub(super) PhantomData<E>);

/// True or false.
pub(super) struct Bool;

/// A whole number.
pub(super) struct Integer;

/// A time span in whole seconds.
pub(super) struct Seconds;

/// A time span in milliseconds.
pub(super) struct Millis;

/// A share in percent.
pub(super) struct PercentOf;

/// A number per second.
pub(super) struct Rate;

/// An amount of data per second.
pub(super) struct Flow;

/// A time in Unix seconds; 0 means none yet.
pub(super) struct Checkpoint;

/// A time in RFC 3339.
pub(super) struct Time;

impl Coercion for Text {
    type Value = String;

    #[inline(always)]
    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<String> {
        match raw {
            Raw::Text("") => None,
            Raw::Text(text) => Some(text.to_owned()),
            other => Some(as_text(other, note)),
        }
    }

    fn spell(value: &String, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Text(value));
    }
}

impl Coercion for BoxedText {
    type Value = Box<str>;

    #[inline(always)]
    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<Box<str>> {
        Text::coerce(raw, note).map(String::into_boxed_str)
    }

    fn spell(value: &Box<str>, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Text(value));
    }
}

impl Coercion for Identifier {
    type Value = String;

    #[inline(always)]
    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<String> {
        match raw {
            Raw::Text("") => None,
            Raw::Text(text) => trim(text, note).map(str::to_owned),
            other => Some(as_text(other, note)),
        }
    }

    fn spell(value: &String, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Text(value));
    }
}

impl Coercion for Code {
    type Value = String;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<String> {
        match raw {
            Raw::Int(code) => Some(code.to_string()),
            other => Identifier::coerce(other, note),
        }
    }

    fn spell(value: &String, put: &mut dyn FnMut(Spelled<'_>)) {
        match plain_digits(value) {
            Some(code) => put(Spelled::Int(code.into())),
            None => put(Spelled::Text(value)),
        }
    }
}

impl<E: OpenSet + PartialEq> Coercion for Open<E> {
    type Value = E;

    #[inline(always)]
    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<E> {
        let (value, recognition) = match raw {
            Raw::Text(text) => E::recognize(trim(text, note)?),
            other => E::recognize(&as_text(other, note)),
        };
        match recognition {
            Recognition::Exact => {}
            Recognition::Case => note(QuirkKind::ValueCase),
            Recognition::Alias => note(QuirkKind::ValueAlias),
            Recognition::Unknown => note(QuirkKind::UnknownValue),
        }
        Some(value)
    }

    fn spell(value: &E, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Text(value.as_str()));
    }
}

impl Coercion for Bool {
    type Value = bool;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<bool> {
        let value = match raw {
            Raw::Bool(value) => return Some(value),
            Raw::Int(number) => bool_of_digit(&number.to_string()),
            Raw::Number(_) => None,
            Raw::Text(text) => match trim(text, note)? {
                "true" => return Some(true),
                "false" => return Some(false),
                text if text.eq_ignore_ascii_case("true") => Some(true),
                text if text.eq_ignore_ascii_case("false") => Some(false),
                text => bool_of_digit(text),
            },
        };
        note(if value.is_some() { QuirkKind::BoolForm } else { QuirkKind::Unreadable });
        value
    }

    fn spell(value: &bool, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Bool(*value));
    }
}

fn bool_of_digit(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

impl Coercion for Integer {
    type Value = i64;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<i64> {
        let text = match raw {
            Raw::Int(value) => return Some(value),
            Raw::Number(text) => text,
            Raw::Text(text) => match plain_digits(text) {
                Some(value) => return Some(value.into()),
                None => trim(text, note)?,
            },
            Raw::Bool(_) => return unreadable(note),
        };
        let Some(decimal) = Decimal::parse(text) else { return unreadable(note) };
        let Some(value) = decimal.to_i64() else { return unreadable(note) };
        if !(decimal.is_plain() && decimal.fraction.is_empty()) {
            note(QuirkKind::NumberForm);
        }
        Some(value)
    }

    fn spell(value: &i64, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Int(*value));
    }
}

impl Coercion for Seconds {
    type Value = TimeDelta;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<TimeDelta> {
        TimeDelta::try_seconds(Integer::coerce(raw, note)?).or_else(|| unreadable(note))
    }

    fn spell(value: &TimeDelta, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Int(value.num_seconds()));
    }
}

impl Coercion for Millis {
    type Value = TimeDelta;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<TimeDelta> {
        TimeDelta::try_milliseconds(Integer::coerce(raw, note)?).or_else(|| unreadable(note))
    }

    fn spell(value: &TimeDelta, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Int(value.num_milliseconds()));
    }
}

impl Coercion for PercentOf {
    type Value = Percent;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<Percent> {
        if let Raw::Text(text) = raw
            && let Some(percent) = plain_digits(text).and_then(|value| Percent::new(value.into()))
        {
            return Some(percent);
        }
        let text = numeral(raw, note)?;
        let bare = text.strip_suffix('%').map(str::trim_end);
        let Some((value, decimal)) = number(bare.unwrap_or(&text)) else { return unreadable(note) };
        let Some(percent) = Percent::new(value) else { return unreadable(note) };
        if bare.is_some() {
            note(QuirkKind::Unit);
        }
        if !decimal.fraction.is_empty() || !decimal.is_plain() {
            note(QuirkKind::NumberForm);
        }
        note_rounded(&decimal, value, note);
        Some(percent)
    }

    fn spell(value: &Percent, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Shown(value));
    }
}

impl Coercion for Rate {
    type Value = f64;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<f64> {
        let text = numeral(raw, note)?;
        let Some((value, decimal)) = number(&text) else { return unreadable(note) };
        if !decimal.is_plain() {
            note(QuirkKind::NumberForm);
        }
        note_rounded(&decimal, value, note);
        Some(value)
    }

    fn spell(value: &f64, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Shown(&spelling::Number(*value)));
    }
}

impl Coercion for Flow {
    type Value = DataRate;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<DataRate> {
        /// The known units, in MB/s.
        const UNITS: [(&str, f64); 5] = [
            ("MB/s", 1.0),
            ("KB/s", 1.0 / 1024.0),
            ("kB/s", 1.0 / 1024.0),
            ("GB/s", 1024.0),
            ("B/s", 1.0 / (1024.0 * 1024.0)),
        ];
        let text = match raw {
            Raw::Text(text) => trim(text, note)?,
            other => return DataRate::from_mb_per_s(Rate::coerce(other, note)?),
        };
        let with_unit = UNITS.iter().find_map(|(unit, size)| Some((text.strip_suffix(unit)?, *size)));
        let (bare, size) = with_unit.unwrap_or((text, 1.0));
        let digits = bare.trim_end();
        let Some((value, decimal)) = number(digits) else { return unreadable(note) };
        let converted = value * size;
        if converted == 0.0 && value != 0.0 {
            return unreadable(note);
        }
        // Only near the smallest number, a conversion is not exact.
        let is_exact = converted / size == value && decimal.is_exactly(value);
        let Some(rate) = DataRate::from_mb_per_s(converted) else { return unreadable(note) };
        if digits.len() < bare.len() || !(size == 1.0) {
            note(QuirkKind::Unit);
        }
        if !decimal.is_plain() {
            note(QuirkKind::NumberForm);
        }
        if !is_exact {
            note(QuirkKind::Rounded);
        }
        Some(rate)
    }

    fn spell(value: &DataRate, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Shown(value));
    }
}

impl Coercion for Checkpoint {
    type Value = DateTime<Utc>;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<DateTime<Utc>> {
        let raw = match raw {
            Raw::Text(text) => Raw::Text(trim(text, note)?),
            other => other,
        };
        let seconds = match raw {
            Raw::Text(text) if plain_digits(text).is_none() && Decimal::parse(text).is_none() => {
                match time(text) {
                    Some(time) => {
                        note(QuirkKind::TimeForm);
                        time.timestamp()
                    }
                    None => return unreadable(note),
                }
            }
            number => match Integer::coerce(number, note)? {
                millis @ CHECKPOINT_MILLIS.. => {
                    note(QuirkKind::TimeForm);
                    millis.div_euclid(1000)
                }
                seconds => seconds,
            },
        };
        match seconds {
            // No record was synchronized yet.
            0 => {
                note(QuirkKind::EmptyValue);
                None
            }
            1.. => DateTime::from_timestamp(seconds, 0).filter(can_be_spelled).or_else(|| unreadable(note)),
            _ => unreadable(note),
        }
    }

    fn spell(value: &DateTime<Utc>, put: &mut dyn FnMut(Spelled<'_>)) {
        match value.timestamp() {
            seconds if seconds < CHECKPOINT_MILLIS => put(Spelled::Int(seconds)),
            _ => put(Spelled::Text(&spelling::checkpoint(value))),
        }
    }
}

impl Coercion for Time {
    type Value = DateTime<Utc>;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<DateTime<Utc>> {
        let Raw::Text(text) = raw else { return unreadable(note) };
        let text = trim(text, note)?;
        let Some(time) = time(text) else { return unreadable(note) };
        if !has_form(text, b"0000-00-00T00:00:00Z") {
            note(QuirkKind::TimeForm);
        }
        Some(time)
    }

    fn spell(value: &DateTime<Utc>, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Text(&spelling::time(value)));
    }
}

/// The text of a value where a number is expected.
fn numeral<'r>(raw: Raw<'r>, note: Note<'_>) -> Option<Cow<'r, str>> {
    match raw {
        Raw::Int(value) => Some(value.to_string().into()),
        Raw::Number(text) => Some(text.into()),
        Raw::Text(text) => trim(text, note).map(Cow::from),
        Raw::Bool(_) => unreadable(note),
    }
}

/// A number or a boolean where text is expected.
#[cold]
fn as_text(raw: Raw<'_>, note: Note<'_>) -> String {
    note(match raw {
        Raw::Bool(_) => QuirkKind::BoolForm,
        _ => QuirkKind::NumberForm,
    });
    match raw {
        Raw::Text(text) | Raw::Number(text) => text.to_owned(),
        Raw::Int(value) => value.to_string(),
        Raw::Bool(value) => value.to_string(),
    }
}

/// A number of few digits without leading zeros, as nearly all are.
#[inline]
fn plain_digits(text: &str) -> Option<u32> {
    let digits = text.as_bytes();
    match digits {
        [b'0'] => return Some(0),
        [b'1'..=b'9', ..] if digits.len() <= 10 => {}
        _ => return None,
    }
    digits.iter().try_fold(0_u32, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 { None } else { sum.checked_mul(10)?.checked_add(digit.into()) }
    })
}

/// A finite number from a decimal, and the decimal; `None` also if the number underflows to 0.
fn number(text: &str) -> Option<(f64, Decimal<'_>)> {
    let decimal = Decimal::parse(text)?;
    let value: f64 = text.parse().ok()?;
    let underflows = value == 0.0 && !decimal.is_zero();
    // Adding zero turns -0 into 0.
    (value.is_finite() && !underflows).then_some((value + 0.0, decimal))
}

fn note_rounded(decimal: &Decimal<'_>, value: f64, note: Note<'_>) {
    if !decimal.is_exactly(value) {
        note(QuirkKind::Rounded);
    }
}
