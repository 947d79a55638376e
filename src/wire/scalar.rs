//! From what stands in a body to a value of the model, and back: every coercion, each in one impl.

use std::borrow::Cow;
use std::marker::PhantomData;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::quirk::QuirkKind;
use super::record::Spelled;
use crate::model::spelling::{self, CHECKPOINT_MILLIS};
use crate::model::{DataRate, OpenSet, Percent, Recognition};

/// How one kind of value is read and spelled. wire.md of the design calls the kinds text, identifier, bool and so on.
pub(super) trait Coercion {
    type Value;

    /// Reads a value; what had to be tolerated, or made it unreadable, goes to `note`.
    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<Self::Value>;

    /// Hands the documented spelling to `put`.
    fn spell(value: &Self::Value, put: &mut dyn FnMut(Spelled<'_>));
}

/// A plain value as it stands in a body.
#[derive(Clone, Copy)]
pub(super) enum Raw<'r> {
    Text(&'r str),
    Int(i64),
    /// A number of JSON that is no `i64`, in its spelling.
    Number(&'r str),
    Bool(bool),
}

pub(super) type Note<'n> = &'n mut dyn FnMut(QuirkKind);

/// Free text, kept byte for byte.
pub(super) struct Text;

/// A text that names something: blanks around it do not belong to it.
pub(super) struct Identifier;

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

/// A number a second.
pub(super) struct Rate;

/// An amount of data a second.
pub(super) struct Flow;

/// A time in Unix seconds; 0 is none yet.
pub(super) struct Checkpoint;

/// A time in RFC 3339.
pub(super) struct Time;

impl Coercion for Text {
    type Value = String;

    #[inline]
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

impl Coercion for Identifier {
    type Value = String;

    #[inline]
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

impl<E: OpenSet> Coercion for Open<E> {
    type Value = E;

    #[inline]
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
            Raw::Text(text) => trim(text, note)?,
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
        let text = numeral(raw, note)?;
        let bare = text.strip_suffix('%').map(str::trim_end);
        let Some((value, decimal)) = number(bare.unwrap_or(&text)) else { return unreadable(note) };
        let Some(percent) = Percent::new(value) else { return unreadable(note) };
        if bare.is_some() {
            note(QuirkKind::Unit);
        }
        if !decimal.fraction.is_empty() || !decimal.is_exactly(value) {
            note(QuirkKind::NumberForm);
        }
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
        if !decimal.is_exactly(value) {
            note(QuirkKind::NumberForm);
        }
        Some(value)
    }

    fn spell(value: &f64, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Shown(&spelling::Number(*value)));
    }
}

impl Coercion for Flow {
    type Value = DataRate;

    fn coerce(raw: Raw<'_>, note: Note<'_>) -> Option<DataRate> {
        /// The units seen, in MB/s.
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
        let Some(rate) = DataRate::from_mb_per_s(value * size) else { return unreadable(note) };
        if digits.len() < bare.len() || !(size == 1.0) {
            note(QuirkKind::Unit);
        }
        if !decimal.is_exactly(value) {
            note(QuirkKind::NumberForm);
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
            Raw::Text(text) if Decimal::parse(text).is_none() => match time(text) {
                Some(time) => {
                    note(QuirkKind::TimeForm);
                    time.timestamp()
                }
                None => return unreadable(note),
            },
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
            1.. => DateTime::from_timestamp(seconds, 0).or_else(|| unreadable(note)),
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
        if !is_documented_time(text) {
            note(QuirkKind::TimeForm);
        }
        Some(time)
    }

    fn spell(value: &DateTime<Utc>, put: &mut dyn FnMut(Spelled<'_>)) {
        put(Spelled::Text(&spelling::time(value)));
    }
}

/// What is written where a number is wanted.
fn numeral<'r>(raw: Raw<'r>, note: Note<'_>) -> Option<Cow<'r, str>> {
    match raw {
        Raw::Int(value) => Some(value.to_string().into()),
        Raw::Number(text) => Some(text.into()),
        Raw::Text(text) => trim(text, note).map(Cow::from),
        Raw::Bool(_) => unreadable(note),
    }
}

/// A number or a boolean where text is wanted.
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

#[cold]
fn unreadable<T>(note: Note<'_>) -> Option<T> {
    note(QuirkKind::Unreadable);
    None
}

/// The text without blanks around it; `None`, with a note, if nothing is left.
#[inline]
fn trim<'r>(text: &'r str, note: Note<'_>) -> Option<&'r str> {
    match text.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] | [b'!'..=b'~'] => Some(text),
        _ => trim_blanks(text, note),
    }
}

#[cold]
fn trim_blanks<'r>(text: &'r str, note: Note<'_>) -> Option<&'r str> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        note(QuirkKind::EmptyValue);
        return None;
    }
    if trimmed.len() < text.len() {
        note(QuirkKind::Padded);
    }
    Some(trimmed)
}

/// A finite number from a decimal, and the decimal.
fn number(text: &str) -> Option<(f64, Decimal<'_>)> {
    let decimal = Decimal::parse(text)?;
    let value: f64 = text.parse().ok()?;
    // Adding zero turns -0 into 0.
    value.is_finite().then_some((value + 0.0, decimal))
}

/// The parts of a decimal number: `-12.50e3`.
struct Decimal<'t> {
    text: &'t str,
    sign: Option<char>,
    whole: &'t str,
    fraction: &'t str,
    exponent: Option<i64>,
}

impl<'t> Decimal<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'));
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(parse_exponent(exponent)?)),
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, (!fraction.is_empty()).then_some(fraction)?),
            None => (mantissa, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (!whole.is_empty() && is_digits(whole) && is_digits(fraction)).then_some(Decimal {
            text,
            sign,
            whole,
            fraction,
            exponent,
        })
    }

    /// Whether it is written as the page writes numbers: no plus, no exponent, no zero before other digits.
    fn is_plain(&self) -> bool {
        let zero_first = self.whole.len() > 1 && self.whole.starts_with('0');
        self.exponent.is_none() && !zero_first && self.sign != Some('+') && self.text != "-0"
    }

    /// Whether it is plain, and a binary fraction says all of it.
    fn is_exactly(&self, value: f64) -> bool {
        /// So many digits always survive the way to binary and back.
        const SAFE_DIGITS: usize = 15;
        let digits = self.whole.len().saturating_add(self.fraction.len());
        self.is_plain() && (digits <= SAFE_DIGITS || self.says(&value.to_string()))
    }

    /// Whether a shortest spelling is of the same number.
    fn says(&self, shortest: &str) -> bool {
        let unsigned = shortest.strip_prefix('-').unwrap_or(shortest);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        whole == self.whole && fraction == self.fraction.trim_end_matches('0')
    }

    /// The number, if it is whole and fits.
    fn to_i64(&self) -> Option<i64> {
        if self.is_plain() && self.fraction.is_empty() {
            return self.text.parse().ok();
        }
        let digits = || self.whole.bytes().chain(self.fraction.bytes());
        let leading = digits().take_while(|digit| *digit == b'0').count();
        let trailing = digits().rev().take_while(|digit| *digit == b'0').count();
        let len = self.whole.len().checked_add(self.fraction.len())?;
        if leading == len {
            return Some(0);
        }
        let significant = len.checked_sub(leading)?.checked_sub(trailing)?;
        let shift = self
            .exponent
            .unwrap_or(0)
            .checked_sub(i64::try_from(self.fraction.len()).ok()?)?
            .checked_add(i64::try_from(trailing).ok()?)?;
        let shift = u32::try_from(shift).ok()?;
        if significant > 19 || shift > 19 {
            return None;
        }
        let magnitude = digits().skip(leading).take(significant).try_fold(0_i128, |sum, digit| {
            sum.checked_mul(10)?.checked_add(i128::from(digit.checked_sub(b'0')?))
        })?;
        let magnitude = magnitude.checked_mul(10_i128.checked_pow(shift)?)?;
        let signed = if self.sign == Some('-') { magnitude.checked_neg()? } else { magnitude };
        i64::try_from(signed).ok()
    }
}

/// A decimal exponent; one beyond an `i64` is as good as the largest.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let saturated = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    Some(text.parse().unwrap_or(saturated))
}

/// Whether a time is spelled as on the page: `2021-03-07T16:00:00Z`.
fn is_documented_time(text: &str) -> bool {
    const PATTERN: &[u8] = b"0000-00-00T00:00:00Z";
    text.len() == PATTERN.len()
        && text.bytes().zip(PATTERN).all(|(byte, &wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        })
}

/// A time in RFC 3339, also without seconds and with blanks behind the `T`; in the years 0 to 9999 of UTC, which
/// RFC 3339 can spell.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let parsed =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc3339(&mended_time(text)));
    parsed.ok().map(|time| time.to_utc()).filter(|time| (0..=9999).contains(&time.year()))
}

#[cold]
fn mended_time(text: &str) -> String {
    let Some((date, time)) = text.split_once(['T', 't']) else { return text.to_owned() };
    let time = time.trim_start();
    let zone_start = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_start).unwrap_or((time, ""));
    let seconds = if clock.len() == "16:00".len() { ":00" } else { "" };
    format!("{date}T{clock}{seconds}{zone}")
}
